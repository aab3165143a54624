"""Is a proposed label a person, or the first words of a clause? Judged by its words and by how often it comes back."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from hsreview.base.folding import fold
from hsreview.intake.roles import known_role, label_key
from hsreview.intake.word_sets import word_set

_TITLES = word_set(
    "m mr mrs ms miss mx mme mmes mlle mles mm monsieur madame mademoiselle dr docteur doctor pr prof professeur "
    "professor sir lord lady baroness baron judge juge maitre me general colonel commandant capitaine imam pere "
    "soeur father sister rev reverend hadj hadja"
)
_PARTICLES = word_set(
    "de du des d la le les l von van der den di da dos bin ben ibn al el ould ag of the a y e st kc qc mp"
)
_FUNCTIONS = word_set(
    "rapporteur rapporteure ministre president presidente vice-president vice-presidente secretaire depute deputee "
    "garde directeur directrice coordinateur coordinatrice representant representante membre chef responsable "
    "conseiller conseillere maire prefet gouverneur ambassadeur porte-parole minister president chair director "
    "secretary coordinator representative member head advisor adviser officer mayor governor ambassador "
    "spokesperson chief commissioner"
)
_CROWD = word_set(
    "voix depute deputes deputee deputees membre membres participant participants participante participantes homme "
    "hommes femme femmes personne speaker speakers member members voice voices man men woman women witness "
    "witnesses groupe groupes group groups salle public audience all tous toutes ensemble"
)
_CLAUSE = word_set(
    "je j tu il elle on nous vous ils elles ce c cela ceci ca qui que qu dont ou y en ne n pas plus est sont etait "
    "etaient ai as a avez avons ont avait fut sera serait dit disait disent ecrit ajoute voici voila donc alors "
    "puis mais car or et si comme quand pour par avec sans dans sur selon ainsi aussi enfin meme tout tous toute "
    "toutes votre vos notre nos son sa ses leur leurs cet cette ces mon ma mes bien oui non merci i you he she it "
    "we they this that these those who what which is are was were be been has have had do does did will would can "
    "could should may might must say says said and but so then if as at by for from in on to with not my your his "
    "her its our their here there please yes no now just also let first second"
)
_NOT_PEOPLE = word_set(
    "note notes nb n.b ps p.s exemple example ex remarque remark mali date lieu place location duree duration heure "
    "time langue language transcription transcripteur transcriber transcript nom name age sexe sex gender "
    "profession fonction function organisation organization organisme institution fichier file titre title objet "
    "subject sujet theme topic code interview entretien enregistrement recording contexte context consentement "
    "consent version statut status participants presents source sources reference references adresse address tel "
    "telephone phone email e-mail mail courriel total resultat result resultats results attention conclusion "
    "introduction resume summary annexe appendix article chapitre chapter section partie part page pages figure "
    "table tableau point item paragraphe paragraph alinea ligne line slide etape step seance session jour day duree "
    "mots words guide consigne groupe group region village ville city cercle commune pays country pseudonyme "
    "pseudonym numero number id oui non yes no ok okay d'accord voila bon ah euh mmh merci thanks right sure "
    "exactly exactement bonjour bonsoir hello first second third premier premiere deuxieme second seconde troisieme "
    "quatrieme dernier derniere autre"
)
_ORDINALS = word_set(
    "premier premiere deuxieme second seconde troisieme quatrieme cinquieme dernier derniere first third last next"
)
_METADATA = word_set(
    "date lieu place location duree duration heure time langue language transcription transcripteur transcriptrice "
    "transcriber transcribed transcrit nom name age sexe sex gender profession fonction organisation organization "
    "institution fichier file titre title objet subject sujet theme topic code interview entretien enregistrement "
    "recording contexte context consentement consent version statut status participants presents groupe group "
    "region village ville cercle commune pays country pseudonyme pseudonym numero number guide source"
)
_COLLECTIVE = word_set("groupe groupes group groups participants presents")
_SOME = word_set("un une plusieurs des les several some a an all mmes mm")
_ONLY_WHEN_REPEATED = word_set("question reponse answer voix voice part int mod anim rep")
_ADDRESS = word_set("je j vous votre vos tu nous notre nos qui que ne est sont a ont i you your we our is are")
_WORD = re.compile(r"[^\s,()/]+")
_COMPACT = re.compile(r"[A-Za-z]{1,3}\d{1,3}[a-z]?|[A-Za-z]+(?:_[A-Za-z0-9]+)+|(?:[A-Z]\.[ -]?){2,4}")
_SENTENCE_MARKS = re.compile(r"[?!…;\"“”«»]|\.\.|[a-z]{3}\. +[a-z]|https?$")


class Label:
    """What can be told about a label from its words alone; the text is compared in composed form."""

    __slots__ = ("key", "lower", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = unicodedata.normalize("NFC", text)
        self.key = label_key(text)
        self.words = _WORD.findall(self.text.replace("’", "'"))
        self.lower = [part for word in self.words for part in re.split(r"'", fold(word).strip(".,;"))]

    @property
    def known(self) -> bool:
        """A role word, with or without article and number, or one of a crowd ("a voice")."""
        if known_role(self.text) is not None:
            return True
        first, *rest = [fold(word).strip(".") for word in self.words] or [""]
        if first not in _SOME or not any(word in _CROWD for word in rest[:3]):
            return False
        return all(
            w in _CROWD or w in _PARTICLES or w == "et" or not o.islower()
            for w, o in zip(rest, self.words[1:], strict=True)
        )

    @property
    def compact(self) -> bool:
        """Short identifiers such as `R1`, `SPEAKER_00`, `A.B.`"""
        return _COMPACT.fullmatch(self.text) is not None

    @property
    def caseless(self) -> bool:
        """Written in a script without capitals, where nothing tells a name from other words."""
        return not any(c.islower() or c.isupper() for c in self.text)

    @property
    def titled(self) -> bool:
        """A title and a name, such as `Mme X`."""
        return (
            len(self.words) >= 2
            and self.lower[0] in _TITLES
            and _capitalised(self.words[-1])
            and self._only_names(self.words[1:])
        )

    @property
    def full_name(self) -> bool:
        """Two to six capitalised words, particles aside."""
        return 2 <= len(self.words) <= 6 and self._is_name()

    @property
    def first_name(self) -> bool:
        """One capitalised word that is no common opening."""
        return len(self.words) == 1 and self._is_name() and not self.text.endswith(".")

    @property
    def name_and_function(self) -> bool:
        """A name, a comma and what the person does."""
        name, comma, function = self.text.partition(",")
        head = Label(name.strip())
        if not comma or not (head.full_name or head.titled):
            return False
        rest = Label(function.strip(" ,"))
        if not rest.words:
            return True
        return rest.lower[0] in _FUNCTIONS and not any(w in _ADDRESS for w in rest.lower)

    @property
    def opens_clause(self) -> bool:
        """Its first word is that of a clause, an ordinal point or a form field, or it holds a mark of a sentence."""
        if _SENTENCE_MARKS.search(self.text) or not self.lower:
            return True
        return self.lower[0] in _ORDINALS or self.lower[0] in _NOT_PEOPLE or self.lower[0] in _CLAUSE

    @property
    def clause(self) -> bool:
        """It reads like the beginning of a sentence, an ordinal point, or a form field."""
        return self.opens_clause or any(word in _CLAUSE for word in self.lower)

    @property
    def field(self) -> bool:
        """It opens like a field of a cover sheet (date, place, duration …)."""
        return bool(self.lower) and self.lower[0] in _METADATA

    @property
    def collective(self) -> bool:
        """One word that is a field on a cover sheet, but may as well speak: `Groupe`."""
        return len(self.lower) == 1 and self.lower[0] in _COLLECTIVE

    def _is_name(self) -> bool:
        if self.lower[0] in _NOT_PEOPLE or self.lower[0] in _CLAUSE or not _capitalised(self.words[0]):
            return False
        return self._only_names(self.words)

    def _only_names(self, words: list[str]) -> bool:
        return all(
            _capitalised(w) or fold(w).strip(".") in _PARTICLES or fold(w).startswith(("d'", "l'")) for w in words
        )


def _capitalised(word: str) -> bool:
    return word[0].isupper() and not any(c.isdigit() for c in word)


class Verdict(Enum):
    """What the words of a label alone say."""

    SURE = "a role, an identifier, a title and a name"
    NAME = "two names or more, or a name and a function"
    FIRST_NAME = "one capitalised word, or one letter"
    MAYBE = "other words, without those of a clause"
    CLAUSE = "the beginning of a sentence, a list item or a form field"


@lru_cache(maxsize=20_000)
def judge(text: str) -> Verdict:
    """The verdict on a label as written."""
    label = Label(text)
    if len(text) > 40 and not label.name_and_function and not label.known:
        return Verdict.CLAUSE
    if len(label.key) == 1 or label.caseless or (label.key in _ONLY_WHEN_REPEATED and not text.isupper()):
        return Verdict.FIRST_NAME
    if label.known or label.compact or label.titled:
        return Verdict.SURE
    if label.name_and_function or (label.full_name and not label.clause):
        return Verdict.NAME
    if label.first_name:
        return Verdict.FIRST_NAME
    lone_pronoun = len(label.words) == 1 and label.lower[0] not in _NOT_PEOPLE
    return Verdict.MAYBE if lone_pronoun or not (label.clause or len(label.words) > 5) else Verdict.CLAUSE


def accept(text: str, count: int, lines: int, dense: bool) -> bool:
    """Whether a label that opens `count` of the `lines` proposed by a convention is a speaker.

    `dense` says that the convention marks most lines of the file, so that even a lone first name is one.
    """
    verdict = judge(text)
    if verdict is Verdict.FIRST_NAME:
        return count >= 2 or dense
    if verdict is Verdict.MAYBE:
        return count >= max(3, lines // 50)
    if verdict is Verdict.CLAUSE:
        # No clause opens a tenth of the turns in the same words; a long function or "R1 et R2" does.
        return count >= max(3, lines // 10) and not Label(text).opens_clause
    return True
