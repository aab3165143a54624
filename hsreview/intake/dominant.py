"""Which one labelling convention a file follows: every one is tried, the one that marks most turns is taken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hsreview.intake.bare import asks, bare_labels
from hsreview.intake.conventions import BOLD, COLON, CONVENTIONS, Candidate, Convention, Line, bold_candidate, is_note
from hsreview.intake.judging import Label, Verdict, accept, judge
from hsreview.intake.named import named_labels
from hsreview.intake.numbered import stem, without_numbers
from hsreview.intake.roles import apply_roles, known_role, label_key
from hsreview.model.text import Role, Span

NONE = "none"
MIXED = "mixed"
"""Some labels follow a convention, others stand without a colon."""
BARE = "bare"
"""All labels stand without a colon before the words."""
_COVER_LINES = 15
_SHORT = 80
_PAIRS: Sequence[set[str]] = ({"q", "r"}, {"q", "a"}, {"i", "r"}, {"e", "r"}, {"i", "p"})
_ASKING = frozenset({"q", "i", "e"})
"""Letters that stand for whoever asks."""
_TWO_DIGITS = re.compile(r"\d\d")


@dataclass(frozen=True, slots=True)
class Found:
    """A convention and the lines that it marks."""

    convention: str = NONE
    labels: list[Candidate] = field(default_factory=list)
    """The turn starts, in order."""
    rejected: list[Candidate] = field(default_factory=list)
    """Lines that look like labels but were not taken."""
    in_part: bool = False
    """Somebody without a label speaks first and most: unlabelled lines then continue nobody's turn."""
    questions_only: bool = False
    """Only who asks has a label: the lines below one are nobody's."""
    bare: Sequence[str] = ()
    """The labels that were taken without a colon, beside those of a convention."""
    people_or_questions: bool = False
    """Numbers in the labels may be people or questions, and were taken for people."""


def dominant(lines: Sequence[Line], bold: Mapping[int, Span], named: Mapping[str, Role] | None = None) -> Found:
    """The convention that marks most turns of a text; `bold` gives the bold run that begins at an offset.

    Labels without a colon count beside it when it leaves the answers without a voice; those that a user `named` count
    wherever they open a line.
    """
    voice = _collective_voice(lines)
    body = lines[_cover_length(lines, voice) :]
    filled = sum(1 for line in body if line.text and not line.text.isspace())
    best, numbers, worded = Found(), list[Candidate](), list[Candidate]()
    marked = [c for line in body if line.start in bold and (c := bold_candidate(line, bold[line.start]))]
    if marked:
        best = Found(BOLD, [c for c in marked if c.label and (_fits_bold(c.label) or label_key(c.label) == voice)])
    for convention in CONVENTIONS:
        candidates = [c for line in body if line.text and (c := convention.find(line))]
        if convention is COLON:
            numbers = [c for c in candidates if c.label and c.label.isdigit()]
            worded = candidates = [c for c in candidates if c not in numbers]
        taken = _taken(convention, candidates, filled, body, voice)
        if len(taken) > len(best.labels):
            lines_taken = {c.line for c in taken}
            left = [] if convention.repeated else [c for c in candidates if c.line not in lines_taken]
            best = Found(convention.name, taken, left)
    others = [c for c in worded if judge(c.label or "") is not Verdict.CLAUSE]
    if not _back(best.labels) and len(others) * 5 <= len(numbers) and _are_people(numbers, filled, body):
        candidates = sorted([*worded, *numbers], key=lambda c: c.line)
        best = Found(COLON.name, _taken(COLON, candidates, filled, body, voice))
    elif len(_back(numbers)) >= 2:
        best.rejected.extend(numbers)
    best = replace(best, labels=_with_variants(best.labels, body, best.convention))
    spoken = [line for line in body if line.text.strip()]
    if not _answered(best.labels) or not _somebody_asks(spoken, best.labels):
        best = _with_bare(best, bare_labels(body, bold, best.labels))
    best = replace(best, labels=named_labels(body, best.labels, named or {}))
    confirmed = {label_key(label) for label in named or {}}
    best = replace(best, bare=[label for label in best.bare if label_key(label) not in confirmed])
    if best.convention == NONE and best.labels:
        best = replace(best, convention=BARE)
    labels, in_doubt = without_numbers(best.labels)
    return replace(
        best,
        labels=labels,
        in_part=_labelled_in_part(body, labels),
        questions_only=_questions_only(body, labels, named or {}),
        people_or_questions=in_doubt,
    )


def _answered(labels: Sequence[Candidate]) -> bool:
    """Whether two voices or more have labels, and not all of them are interviewers'."""
    keys = {label_key(c.label) for c in labels if c.label}
    return len(keys) >= 2 and any(known_role(c.label) is not Role.INTERVIEWER for c in labels if c.label)


def _somebody_asks(spoken: Sequence[Line], labels: Sequence[Candidate]) -> bool:
    return any(asks(voice, labels, spoken) for voice in {label_key(c.label) for c in labels if c.label})


def _with_bare(found: Found, bare: list[Candidate]) -> Found:
    """`found` with labels that stand without a colon."""
    if not bare:
        return found
    labels = sorted([*found.labels, *bare], key=lambda c: c.line)
    beside = tuple(dict.fromkeys(c.label for c in bare if c.label)) if found.labels else ()
    lines = {c.line for c in bare}
    rejected = [c for c in found.rejected if c.line not in lines]
    convention = MIXED if found.labels else BARE
    return replace(found, convention=convention, labels=labels, rejected=rejected, bare=beside)


def _questions_only(body: Sequence[Line], labels: Sequence[Candidate], named: Mapping[str, Role]) -> bool:
    """Whether everybody with a label asks, so that what stands below the labels is somebody else's answer."""
    labelled = {c.label: known_role(c.label) or Role.OTHER for c in labels if c.label}
    roles = list(apply_roles(labelled, named).values())
    if roles and all(role is Role.INTERVIEWER for role in roles):
        return True
    voices = {label_key(label) for label in labelled}
    spoken = [line for line in body if line.text.strip() and not is_note(line.text)]
    return len(voices) == 1 and Role.RESPONDENT not in roles and asks(voices.pop(), labels, spoken)


def _fits_bold(label: str) -> bool:
    return judge(label) is not Verdict.CLAUSE or not Label(label).opens_clause


def _taken(
    convention: Convention, candidates: list[Candidate], filled: int, body: Sequence[Line], voice: str
) -> list[Candidate]:
    """The candidates of one convention that are turns; none when the convention does not hold in this file."""
    if not convention.named:
        return candidates if len(candidates) >= 3 and 2 * len(candidates) >= filled else []
    counts = Counter(label_key(c.label or "") for c in candidates)
    come_back = sum(1 for n in counts.values() if n >= 2)
    dense = come_back < 2 <= len(candidates) and 2 * len(candidates) >= filled
    taken = [
        c
        for c in candidates
        if c.label
        and (
            label_key(c.label) == voice
            or (convention.explicit and not Label(c.label).opens_clause)
            or accept(c.label, counts[label_key(c.label)], len(candidates), dense)
        )
    ]
    if convention.repeated:
        return _coming_back(convention, taken, body)
    if any(judge(c.label or "") is Verdict.SURE for c in taken) or convention.explicit:
        return taken
    return taken if len(taken) >= 2 and len(taken) * 100 >= filled else []


def _coming_back(convention: Convention, taken: list[Candidate], body: Sequence[Line]) -> list[Candidate]:
    """Labels of a pattern that also fits ordinary lines: at least two people, at least two of whom come back."""
    if convention.name in ("label_line", "md_heading", "md_bold_line"):
        alone = {c.line for c in taken}
        follows = {line.number for line in body if line.text.strip()}
        taken = [c for c in taken if _next_filled(c.line, follows) not in alone]
    counts = Counter(label_key(c.label or "") for c in taken)
    back = {key for key, n in counts.items() if n >= 2}
    sure = {label_key(c.label or "") for c in taken if judge(c.label or "") is Verdict.SURE}
    if convention.name == "letter_stop":
        return _lettered(taken, body)
    # A time beside the name is proof enough, so that one speaker who comes back will do.
    if len(back | sure) < (1 if convention.name == "time_name" else 2):
        return []
    return [c for c in taken if label_key(c.label or "") in back | sure or judge(c.label or "") is Verdict.NAME]


def _lettered(taken: list[Candidate], body: Sequence[Line]) -> list[Candidate]:
    """`Q.` and `R.`, `Q1.` and `R1.`, `Mme D.`: a known pair, or initials that open a third of the lines and ask."""
    stems = {stem(c.label or "") for c in taken}
    pair = next((pair for pair in _PAIRS if pair <= stems), set[str]())
    text_of = {line.number: line for line in body}

    def opens(c: Candidate) -> bool:
        """Whether what follows begins like an utterance: `Mme D. ne sait pas` is said of her, not by her."""
        line = text_of[c.line]
        return not line.text[c.label_end - line.start].islower()

    initials = [c for c in taken if len(c.label or "") > 1 and stem(c.label or "")[-1] == "." and opens(c)]
    letters = pair or (_ASKING & stems)
    found = sorted([*initials, *(c for c in taken if stem(c.label or "") in letters)], key=lambda c: c.line)
    back = sum(1 for n in Counter(stem(c.label or "") for c in found).values() if n >= 2)
    spoken = [line for line in body if line.text.strip()]
    if initials and back >= 2 and 3 * len(found) >= len(spoken) and _somebody_asks(spoken, found):
        return found
    return [c for c in taken if stem(c.label or "") in pair]


def _are_people(numbers: list[Candidate], filled: int, body: Sequence[Line]) -> bool:
    """Whether bare numbers (`1 : …`) speak, in a file without other labels, rather than count a list or tell a time.

    Two of them come back, they open half of the filled lines, and three or more do not just count up.
    """
    values = [int(c.label or "") for c in numbers]
    counts_up = len(set(values)) > 2 and all(n in (1, before + 1) for before, n in pairwise(values))
    line_of = {line.number: line for line in body}
    times = sum(1 for c in numbers if _TWO_DIGITS.match(line_of[c.line].text, c.label_end - line_of[c.line].start))
    return len(_back(numbers)) >= 2 and 2 * len(numbers) >= filled and 4 * times < len(numbers) and not counts_up


def _back(found: Sequence[Candidate]) -> set[str]:
    """The labels that come back."""
    return {key for key, n in Counter(label_key(c.label) for c in found if c.label).items() if n >= 2}


def _next_filled(line: int, filled: set[int]) -> int | None:
    return next((n for n in range(line + 1, line + 4) if n in filled), None)


def _with_variants(found: list[Candidate], body: Sequence[Line], name: str) -> list[Candidate]:
    """`found` and the lines where a typist wrote one of its labels with a plain colon."""
    if name not in (BOLD, "md_bold", "bracket", "tab", "dash"):
        return found
    keys = {label_key(c.label or "") for c in found}
    lines = {c.line for c in found}
    extra = [
        c
        for line in body
        if line.number not in lines
        and ":" in line.text
        and (c := COLON.find(line))
        and label_key(c.label or "") in keys
    ]
    return sorted([*found, *extra], key=lambda c: c.line)


def _collective_voice(lines: Sequence[Line]) -> str:
    """The key of a label such as `Groupe`, if it speaks in this file; empty when it is but a field, or not there.

    A voice comes back, no other field does, and somebody else comes back too: a document may repeat a field. Twice is
    enough in a file without a cover sheet.
    """
    found = [c for line in lines if (c := COLON.find(line) or CONVENTIONS[0].find(line)) and c.label]
    others = [c for c in found if not Label(c.label or "").field and judge(c.label or "") is not Verdict.CLAUSE]
    fields = Counter(label_key(c.label or "") for c in found if Label(c.label or "").field)
    back = [key for key, n in fields.items() if n >= (2 if len(fields) == 1 else 3)]
    return back[0] if len(back) == 1 and Label(back[0]).collective and _back(others) else ""


def _cover_length(lines: Sequence[Line], voice: str) -> int:
    """How many lines at the top are a cover sheet: `Date: …`, `Place: …`, and what stands with them."""
    if lines and lines[0].text.rstrip() == "---":
        for line in lines[1:200]:
            if line.text.rstrip() in ("---", "..."):
                return line.number + 1
    last = 0
    labels: set[str] = set()
    for line in [line for line in lines[: 4 * _COVER_LINES] if line.text.strip()][:_COVER_LINES]:
        candidate = COLON.find(line)
        key = label_key(candidate.label or "") if candidate else ""
        if len(line.text) > 2 * _SHORT or key in labels:
            break  # the conversation has begun
        if candidate and candidate.label and Label(candidate.label).field and key != voice:
            last = line.number + 1
        elif key:
            labels.add(key)
    if not last:
        return 0
    end = last
    while end < len(lines) and lines[end].text.strip() and end - last < 4 and len(lines[end].text) <= _SHORT:
        end += 1
    closed = end == len(lines) or not lines[end].text.strip()
    return end if closed else last


def _labelled_in_part(body: Sequence[Line], labels: Sequence[Candidate]) -> bool:
    """Whether a tenth or more is said before the first label, and most lines have none."""
    if not labels:
        return False
    labelled = {c.line for c in labels}
    spoken = [line for line in body if line.text.strip() and not is_note(line.text)]
    lead = sum(len(line.text) for line in spoken if line.number < labels[0].line)
    unlabelled = sum(1 for line in spoken if line.number not in labelled)
    return lead * 10 >= sum(len(line.text) for line in spoken) and 2 * unlabelled > len(spoken)
