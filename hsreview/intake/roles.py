"""Who asks and who answers: roles proposed from labels and from how people speak, and the roles a user names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.text import Role, role_named

_NUMBER = r"(?:\s*(?:n\s?[°ºo]\.?\s*)?[-_]?\d{1,3}[a-z]?)?"
_ASKS = (
    r"(?:l')?(?:enqueteu[rs]e?|enquetrice|interviewe?u(?:r|se)|interviewer|interrogateur|questioner|question|"
    r"chercheu(?:r|se)|researcher|moderateur|moderatrice|moderator|animateur|animatrice|facilitateur|facilitatrice|"
    r"facilitator|host|journaliste|enq|int|intv|mod|anim|q)"
)
_ANSWERS = (
    r"(?:l')?(?:interviewee?|enquetee?|repondante?|respondent|participante?|informateur|informatrice|informant|"
    r"interlocuteur|interlocutrice|temoin|witness|reponse|answer|resp|rep|part|ptcp|r|a|p)"
)
_NEITHER = (
    r"(?:locuteur|locutrice|speaker|intervenante?|observateur|observatrice|observer|traducteur|traductrice|"
    r"interprete|interpreter|translator|(?:vice-?)?presidente?|chair|chairman|chairwoman|chairperson|"
    r"secretaire|assistante?|inconnue?|unknown|voix|voice|homme|femme|man|woman|male|female|tous|toutes|all|"
    r"(?:unknown|unidentified|other) speaker|(?:autre )?intervenante?(?: non identifiee?| inconnue?)?|"
    r"inaudible(?: speaker)?|indistinct|unidentified|non identifiee?|"
    r"(?:locuteur|locutrice|personne|voix|speaker|voice) (?:inconnue?|inaudible|unknown|non identifiee?)|"
    r"spkr?|loc|[blmsefhi])"
)
_ARTICLE = r"(?:(?:le|la|les|the|un|une|a|an|madame le|madame la|monsieur le|mme la|m\. le)\s+)?"
_KNOWN = {
    Role.INTERVIEWER: re.compile(rf"{_ARTICLE}{_ASKS}{_NUMBER}"),
    Role.RESPONDENT: re.compile(rf"{_ARTICLE}{_ANSWERS}{_NUMBER}"),
    Role.OTHER: re.compile(rf"{_ARTICLE}{_NEITHER}{_NUMBER}"),
}
_ASSEMBLY = 12
_BYSTANDER = re.compile("observ|interpr|traduct|transl|assistant|inconnu|unknown|inaudible|unidentif|non identif")
_OFFICER = re.compile("president|chair|secretair")
_AFTER_NAME = re.compile(r"(?:\(|,|\s[-–—]\s).*")
_PAIR = re.compile(r"\s*(?P<label>[^=]+?)\s*=\s*(?P<role>[^=,;]+?)\s*(?:[,;]|$)")


@dataclass(frozen=True, slots=True)
class Speech:
    """How one speaker of a file speaks."""

    label: str
    turns: int
    words: int
    questions: int
    """Turns that end with a question."""


def label_key(label: str) -> str:
    """What two spellings of one label have in common: no case, no accents, single blanks."""
    return " ".join(fold(label).split())


def known_role(label: str) -> Role | None:
    """The role that a known French or English word in `label` names; `OTHER` for words that mean just a speaker."""
    key = re.sub(r"\((?:e|euse|trice|se|rice)\)|·e|-e$", "", label_key(label)).strip(" .")
    parts = [part.strip(" .)") for part in (key, *re.split(r"\s+[-–—]\s+|\s*\(|\s*/\s*", key))]
    return next((role for role, pattern in _KNOWN.items() if any(pattern.fullmatch(part) for part in parts)), None)


def propose_roles(speeches: Sequence[Speech]) -> dict[str, Role]:
    """A role for each label of a file: by its words, else who asks more and says less is the interviewer."""
    roles: dict[str, Role] = {}
    open_: list[Speech] = []
    for speech in speeches:
        role = known_role(speech.label)
        if role in (Role.INTERVIEWER, Role.RESPONDENT):
            roles[speech.label] = role
        else:
            open_.append(speech)
    for speech in _askers(speeches, open_) if Role.INTERVIEWER not in roles.values() else ():
        roles[speech.label] = Role.INTERVIEWER
        open_.remove(speech)
    said = sum(speech.words for speech in speeches)
    main = [speech for speech in open_ if speech.words * 50 >= said or speech.turns >= 3]
    for speech in open_:
        roles[speech.label] = Role.OTHER if speech not in main or _bystander(speech) else Role.RESPONDENT
    if Role.RESPONDENT not in roles.values():  # Somebody answers, whatever the label says.
        taking_part = [speech for speech in main if not _BYSTANDER.search(label_key(speech.label))]
        roles |= {speech.label: Role.RESPONDENT for speech in taking_part or sorted(main, key=_words)[-1:]}
    return {speech.label: roles[speech.label] for speech in speeches}


def _words(speech: Speech) -> int:
    return speech.words


def _bystander(speech: Speech) -> bool:
    """Somebody beside the conversation; who bears a name and an office (`Mme X (présidente)`) takes part in it."""
    key = label_key(speech.label)
    return bool(_BYSTANDER.search(key) or _OFFICER.search(_AFTER_NAME.sub("", key)))


def _askers(speeches: Sequence[Speech], open_: Sequence[Speech]) -> list[Speech]:
    """The interviewers among those whose label says nothing.

    Of the two who say most, the one who ends fewer turns with a question is the respondent. Whoever speaks three
    times or more, and ends a fifth of the turns with a question and three times the respondent's share, interviews;
    so does the only speaker beside people labelled as respondents. An assembly (over twelve speakers) has none.
    """
    regular = [s for s in speeches if s.turns >= 3]
    candidates = [s for s in regular if s in open_]
    if len(open_) == 1 < len(speeches):
        return [s for s in open_ if not _bystander(s)]
    if len(regular) < 2 or not candidates or len(speeches) > _ASSEMBLY:
        return []
    main = min(sorted(regular, key=lambda s: s.words)[-2:], key=lambda s: s.questions / s.turns)
    least = max(1 / 5, 3 * main.questions / main.turns)
    return [s for s in candidates if s.questions / s.turns >= least]


def parse_roles(text: str) -> dict[str, Role]:
    """Labels and roles from `INT=interviewer,R1=respondent`; roles in French or English.

    A label may contain commas. Raises UsageProblem naming the first part that cannot be understood.
    """
    roles: dict[str, Role] = {}
    position = 0
    while position < len(text):
        pair = _PAIR.match(text, position)
        role = role_named(pair["role"]) if pair else None
        if pair is None or role is None:
            message = _(
                "“{part}” is not understood: write LABEL=ROLE with the role interviewer, respondent or other, "
                "and a comma between two of them."
            )
            raise UsageProblem(message.format(part=text[position:].strip()))
        roles[pair["label"]] = role
        position = pair.end()
    return roles


def apply_roles(proposed: Mapping[str, Role], wished: Mapping[str, Role]) -> dict[str, Role]:
    """`proposed` with the roles a user wished; labels are compared without case and accents."""
    by_key = {label_key(label): role for label, role in wished.items()}
    return {label: by_key.get(label_key(label), role) for label, role in proposed.items()}
