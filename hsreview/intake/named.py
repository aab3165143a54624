"""Labels that a user named: looked for at the beginning of every line, whatever stands behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsreview.base.folding import fold_with_map
from hsreview.intake.conventions import BLANK, LIST, STAMP, Candidate, Line
from hsreview.intake.judging import Verdict, judge
from hsreview.intake.roles import label_key
from hsreview.intake.times import milliseconds

_BEFORE = re.compile(
    rf"{LIST}(?:(?P<t>{STAMP}){BLANK}{{0,20}})?(?:[-–]{BLANK}{{1,20}})?(?:#{{1,6}}{BLANK})?[@\[<*_]{{0,4}}"
)
_AFTER = re.compile(
    rf"[\])>*_.]{{0,4}}{BLANK}{{0,20}}(?P<t>{STAMP})?{BLANK}{{0,20}}[*_]{{0,3}}"
    rf"(?P<mark>:|\t|[-–—|](?={BLANK})|(?<=[\])>*_]))?[*_]{{0,3}}{BLANK}{{0,20}}"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A line that begins with a label that was named."""

    candidate: Candidate
    plain: bool
    """What follows may as well go on with a sentence: no mark ends the label, and a small letter follows."""


def named_labels(lines: Sequence[Line], found: list[Candidate], named: Iterable[str]) -> list[Candidate]:
    """`found` and the lines that begin with a label in `named` (compared without case and accents), in order.

    `Awa est là` begins with the label only where all lines of Awa look like that. Of a label that is found already
    more than once, only unmistakable lines are added.
    """
    taken = {c.line for c in found}
    counts = Counter(label_key(c.label or "") for c in found)
    added: list[Candidate] = []
    for label in sorted(named, key=len, reverse=True):
        places = [p for line in lines if line.number not in taken and (p := _place(line, label))]
        if counts[label_key(label)] >= 2:
            places = [p for p in places if not p.plain and judge(label) is Verdict.SURE]
        elif counts[label_key(label)] or any(not p.plain for p in places):
            places = [p for p in places if not p.plain]
        added += [p.candidate for p in places]
        taken |= {p.candidate.line for p in places}
    return sorted([*found, *added], key=lambda c: c.line)


def _place(line: Line, label: str) -> _Place | None:
    before = _BEFORE.match(line.text)
    for at in {before.end() if before else 0, len(line.text) - len(line.text.lstrip())}:
        end = _end_of(line.text, at, label)
        after = _AFTER.match(line.text, end) if end is not None else None
        if end is None or after is None or line.text[end : end + 1].isalnum():
            continue
        rest = line.text[after.end() :]
        stamp = after["t"] or (before["t"] if before else None)
        candidate = Candidate(
            line.number,
            line.text[at:end],
            line.start + after.end(),
            milliseconds(stamp) if stamp else None,
            not rest.strip(),
        )
        return _Place(candidate, after["mark"] is None and (rest[:1].islower() or (rest != "" and rest[0] in ",;.!?…")))
    return None


def _end_of(text: str, start: int, label: str) -> int | None:
    """Where `label` ends that begins at `start`, if it does; blanks, case and accents may differ."""
    key = label_key(label)
    folded, offsets = fold_with_map(text[start : start + 3 * len(label) + 10])
    match = re.match(r"\s+".join(map(re.escape, key.split(" "))), folded)
    return start + offsets[match.end()] if match and key else None
