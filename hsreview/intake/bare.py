"""Labels without a colon: `Enquêtrice Où ?`, `Mme D. Là.`, a bold name before its words, or a name on its own line.

Such a beginning is taken for a label only when several of them take turns and somebody asks; ordinary sentences that
begin with a name do neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from hsreview.intake.conventions import BLANK, LIST, STAMP, Candidate, Line, is_note
from hsreview.intake.judging import Label, Verdict, judge
from hsreview.intake.roles import known_role, label_key
from hsreview.intake.times import milliseconds
from hsreview.model.text import Role, Span

_BEFORE = re.compile(rf"{LIST}(?:(?P<t>{STAMP}){BLANK}{{1,20}})?")
_MARKED = re.compile(rf"(?P<q>\*{{2,3}}|__)(?P<s>[^*:\n]{{1,60}}?){BLANK}{{0,20}}(?P=q)")
_WORD = re.compile(rf"[^\s,;:!?…«»“”\"()\[\]]{{1,40}}{BLANK}{{0,20}}")
_AFTER = re.compile(rf"{BLANK}{{0,20}}(?:[-–—]{BLANK}{{1,20}})?")
_ENDS_ASKING = re.compile(r"\?[\s»”\")]*")
_NUMBERED = re.compile(r"(?i:q(?:uestion)?)[\s.°ºno-]{0,6}\d")
"""`Q2.` numbers a question, which `numbered` looks after."""
_LONGEST = 4
"""So many words a label without a mark has at most, such as `Mme Awa El Inventée`."""
_TAKES_PART = (Role.INTERVIEWER, Role.RESPONDENT)


@dataclass(frozen=True, slots=True)
class _Opening:
    """The beginning of a line that may be a label."""

    candidate: Candidate
    sure: bool
    """Its words alone say that it is somebody: a role, a title and a name, an identifier, or a name in bold."""


def bare_labels(body: Sequence[Line], bold: Mapping[int, Span], marked: Sequence[Candidate]) -> list[Candidate]:
    """The lines that begin with a label without a colon, beside those that a convention has `marked`; in order.

    Empty unless two voices or more take turns, one of whom asks. With marked labels the others must stand in two
    thirds of the stretches between them; without any they must open a quarter of the lines.
    """
    spoken = [line for line in body if line.text.strip() and not is_note(line.text)]
    taken = {c.line for c in marked}
    openings = [o for line in spoken if line.number not in taken and (o := _opening(line, bold.get(line.start)))]
    openings = _followed(_with_surnames(openings, spoken), spoken, taken)
    counts = Counter(label_key(o.candidate.label or "") for o in openings)
    found = [
        o.candidate
        for o in openings
        if counts[label_key(o.candidate.label or "")] >= (2 if o.sure else 3) and (o.sure or marked)
    ]
    order = sorted([*marked, *found], key=lambda c: c.line)
    voices = {label_key(c.label or "") for c in order}
    if not found or len(voices) < 2 or not _take_turns(order) or not any(asks(v, order, spoken) for v in voices):
        return []
    if marked:
        return found if _between(spoken, marked, found) else []
    lead = sum(1 for line in spoken if line.number < order[0].line)
    return found if 4 * len(found) >= len(spoken) - lead and 4 * lead <= len(spoken) else []


def asks(voice: str, labels: Sequence[Candidate], spoken: Sequence[Line]) -> bool:
    """Whether the speaker of this label key asks: by the label's words, or since half of the turns begin by asking."""
    own = [c for c in labels if label_key(c.label or "") == voice]
    role = known_role(own[0].label or "") if own else None
    if role in _TAKES_PART:
        return role is Role.INTERVIEWER
    following = {a.number: b for a, b in pairwise(spoken)}
    here = {line.number: line for line in spoken}
    lines = [following.get(c.line) if c.alone else here.get(c.line) for c in own]
    asked = sum(1 for line in lines if line is not None and _asked(line))
    return len(own) >= 2 and 2 * asked >= len(own)


def _asked(line: Line) -> bool:
    mark = line.text.rfind("?")
    return mark >= 0 and _ENDS_ASKING.fullmatch(line.text[mark:]) is not None


def _opening(line: Line, run: Span | None) -> _Opening | None:
    before = _BEFORE.match(line.text)
    at = before.end() if before else 0
    time = milliseconds(before["t"]) if before and before["t"] else None
    for label, end, sure in _prefixes(line, at, run):
        after = _AFTER.match(line.text, end)
        said = after.end() if after else end
        rest = line.text[said:]
        if rest[:1].islower() or (rest and not sure and not rest[0].isupper()):
            continue
        if rest.strip() and (said == end or rest[0] in ",;:.!?…)"):
            continue
        return _Opening(Candidate(line.number, label, line.start + said, time, not rest.strip()), sure)
    return None


def _prefixes(line: Line, at: int, run: Span | None) -> Iterator[tuple[str, int, bool]]:
    """What may be the label of the line, where it ends in the line, and whether its words alone say so; best first."""
    if run is not None:
        text = line.text[: run[1] - line.start]
        if _person(text.strip()):
            yield text.strip(), len(text.rstrip()), True
        return
    marked = _MARKED.match(line.text, at)
    if marked is not None:
        if _person(marked["s"].strip()):
            yield marked["s"].strip(), marked.end(), True
        return
    if _NUMBERED.match(line.text, at):
        return
    ends: list[int] = []
    end = at
    while len(ends) < _LONGEST and (word := _WORD.match(line.text, end)):
        if word[0][0] in "-–—":
            break
        end = word.end()
        ends.append(end)
    labels = [(line.text[at:end].rstrip(), at + len(line.text[at:end].rstrip())) for end in ends]
    for label, end in reversed(labels):
        # À opens sentences, and reads like the letter of an answer.
        if label_key(label) != "a" and (known_role(label) in _TAKES_PART or Label(label).compact):
            yield label, end, True
    for label, end in labels:
        if Label(label).titled:
            yield label, end, True
    for label, end in labels[:1]:
        if judge(label) is Verdict.FIRST_NAME and Label(label).first_name:
            yield label, end, False


def _person(label: str) -> bool:
    """Whether a name in bold is a person's: a role, a name, an identifier; no clause and no heading."""
    single = len(label.strip(".")) == 1
    return judge(label) in (Verdict.SURE, Verdict.NAME, Verdict.FIRST_NAME) and (
        not single or known_role(label) is not None
    )


def _with_surnames(openings: Sequence[_Opening], spoken: Sequence[Line]) -> list[_Opening]:
    """Names that are always followed by the same capitalised word take it along: `Mme Awa Inventée`."""
    line_of = {line.number: line for line in spoken}
    longer: dict[str, list[_Opening | None]] = {}
    for o in openings:
        longer.setdefault(label_key(o.candidate.label or ""), []).append(_longer(o, line_of[o.candidate.line]))
    grown: list[_Opening] = []
    for o in openings:
        others = longer[label_key(o.candidate.label or "")]
        same = {label_key(x.candidate.label or "") if x else None for x in others}
        mine = _longer(o, line_of[o.candidate.line])
        grown.append(mine if mine and len(same) == 1 and len(others) >= 3 else o)
    return grown


def _longer(o: _Opening, line: Line) -> _Opening | None:
    label = o.candidate.label or ""
    said = o.candidate.label_end - line.start
    word = _WORD.match(line.text, said)
    if known_role(label) is not None or Label(label).compact or word is None or not line.text[said].isupper():
        return None
    name = word[0].rstrip()
    rest = line.text[word.end() :]
    joined = f"{label} {name}"
    if Label(name).opens_clause or not line.text[:said].rstrip().endswith(label) or (rest and not rest[0].isupper()):
        return None
    end = line.start + word.end()
    return replace(o, candidate=replace(o.candidate, label=joined, label_end=end, alone=not rest))


def _followed(openings: Sequence[_Opening], spoken: Sequence[Line], taken: set[int]) -> list[_Opening]:
    """Without those that stand alone on a line and have nothing said below them."""
    alone = {o.candidate.line for o in openings if o.candidate.alone}
    following = {a.number: b.number for a, b in pairwise(spoken)}
    return [
        o
        for o in openings
        if not o.candidate.alone
        or (following.get(o.candidate.line, -1) not in alone | taken | {-1})
    ]  # fmt: skip


def _take_turns(order: Sequence[Candidate]) -> bool:
    changes = sum(1 for a, b in pairwise(order) if label_key(a.label or "") != label_key(b.label or ""))
    return len(order) >= 3 and 2 * changes >= len(order) - 1


def _between(spoken: Sequence[Line], marked: Sequence[Candidate], found: Sequence[Candidate]) -> bool:
    """Whether two thirds of the stretches between marked labels hold one of the labels `found`."""
    starts = [c.line for c in marked]
    ends = [*starts[1:], spoken[-1].number + 1]
    filled = {line.number for line in spoken}
    others = {c.line for c in found}
    stretches = [range(start + 1, end) for start, end in zip(starts, ends, strict=True)]
    open_ = [stretch for stretch in stretches if not filled.isdisjoint(stretch)]
    held = sum(1 for stretch in open_ if not others.isdisjoint(stretch))
    return 3 * held >= 2 * len(open_)
