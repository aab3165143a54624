"""What two texts have in common: the words of one that are in the other, in the same order.

Lines are paired first, then the words between them. Whatever occurs once in both texts holds the rest: such lines and
runs of words are chained in their order, and what lies between two of them is compared again on its own. So the time
grows with the length of the texts, not with its square, however much was changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, groupby, takewhile
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from hsreview.model.text import Span

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u07eb-\u07f3\u08d3-\u08ff"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\u2d7f\ufe00-\ufe0f"
    "\ufe20-\ufe2f\U0001e944-\U0001e94a"
)
"""Accents, vowel signs and joiners that belong to the letter before them, in scripts that interviews are written in."""
_PIECES = re.compile(rf"\w[\w{_MARKS}]*|\W")
_WORD = re.compile(r"\w")
_RUNS = (8, 4, 2, 1)
"""Pieces in a row that are looked for, the longest first."""
_DEEPEST = 40
_CHANCE = 8
"""Up to so many words in a row may be the same by chance in a passage and in what it was replaced with."""
_ALIKE = 0.6
"""From this ratio of common letters on, a word that stands for another one is a misspelling of it."""
_LONGEST_WORDS = 60
_WHOLE_LINES = 2

Block = tuple[int, int, int]
"""`(start in the old text, start in the new text, length)` of a stretch that is in both."""


class Common(NamedTuple):
    """What two texts share, in code points."""

    blocks: list[Block]
    doubtful: list[Span]
    """Stretches of the old text whose place cannot be told from the words alone."""
    respelt: list[tuple[Span, Span]]
    """Words of the old text and of the new one that are the same letters in other code points: é as one or as two."""


def common(old: str, new: str) -> Common:
    """The stretches that are in both texts, in order, none beside another one with the same shift.

    Doubtful are words that stand several times in a row where some of them were put in or taken out, and a few words
    that are left between passages which were replaced: they may be words of the replacement.
    """
    if old == new:
        return Common([(0, 0, len(old))] if old else [], [], [])
    written, their_written = _PIECES.findall(old), _PIECES.findall(new)
    ours, theirs = _composed(written), _composed(their_written)
    blocks, repeated = _settle(ours, theirs, _merged(_paired(old, new, ours, theirs)))
    here, there = _places(written), _places(their_written)
    doubtful = [(here[a], here[b]) for a, b in (*repeated, *_islands(ours, theirs, blocks))]
    same: list[Block] = []
    respelt: list[tuple[Span, Span]] = []
    for a, c, n in blocks:
        for first, last, exact in _stretches([written[a + k] == their_written[c + k] for k in range(n)]):
            stretch, other = (here[a + first], here[a + last]), (there[c + first], there[c + last])
            if exact:
                same.append((stretch[0], other[0], stretch[1] - stretch[0]))
            else:
                respelt.append((stretch, other))
    return Common(same, sorted(doubtful), respelt)


def _composed(pieces: list[str]) -> list[str]:
    """Pieces in the form in which an accented letter is one code point, whatever program wrote them."""
    return pieces if is_normalized("NFC", "".join(pieces)) else [normalize("NFC", each) for each in pieces]


def _stretches(flags: Sequence[bool]) -> Iterator[tuple[int, int, bool]]:
    """`(first, behind the last, flag)` of each run of equal flags."""
    first = 0
    for flag, run in groupby(flags):
        length = sum(1 for _each in run)
        yield first, first + length, flag
        first += length


def only_in(ours: Sequence[str], theirs: Sequence[str]) -> list[int]:
    """The indices of those lines of one text that are not, in their order, in another one."""
    shared = {k for at, _there, n in _alike(ours, theirs, (1,)) for k in range(at, at + n)}
    return [k for k in range(len(ours)) if k not in shared]


def _paired(old: str, new: str, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Block]:
    """Blocks of pieces: those of whole lines, and those between them."""
    our_lines, their_lines = _LINES.findall(old), _LINES.findall(new)
    starts, their_starts = (_places([_PIECES.findall(line) for line in lines]) for lines in (our_lines, their_lines))
    our_lines, their_lines = _composed(our_lines), _composed(their_lines)
    a = c = 0
    whole = [
        (starts[i], their_starts[j], starts[i + n] - starts[i]) for i, j, n in _alike(our_lines, their_lines, (1,))
    ]
    for at, there, length in (*whole, (len(ours), len(theirs), 0)):
        for i, j, n in _alike(ours[a:at], theirs[c:there], _RUNS):
            yield a + i, c + j, n
        if length:
            yield at, there, length
        a, c = at + length, there + length


def _places(units: Sequence[Sequence[str]]) -> list[int]:
    return [0, *accumulate(map(len, units))]


def _merged(blocks: Iterator[Block]) -> list[Block]:
    """Neighbours with the same shift as one block."""
    merged: list[Block] = []
    for a, c, n in blocks:
        if merged and merged[-1][0] + merged[-1][2] == a and merged[-1][1] + merged[-1][2] == c:
            merged[-1] = (merged[-1][0], merged[-1][1], merged[-1][2] + n)
        else:
            merged.append((a, c, n))
    return merged


def _alike(ours: Sequence[str], theirs: Sequence[str], runs: Sequence[int]) -> list[Block]:
    """Blocks of equal units, in order.

    What is chained is extended to both sides, which says more than that both texts happen to begin or end alike: where
    a turn was put in, it begins with a label, as the next one does.
    """
    found: list[Block] = []
    waiting = [(0, len(ours), 0, len(theirs), 0)]
    while waiting:
        a, b, c, d, depth = waiting.pop()
        chain = _first_chain(ours, theirs, a, b, c, d, runs) if depth == 0 else ()
        if not chain:
            ends_first = depth == 1 and a == 0
            if ends_first:
                b, d = _trim_end(ours, theirs, a, b, c, d, found)
            a, c = _trim_begin(ours, theirs, a, b, c, d, found)
            b, d = _trim_end(ours, theirs, a, b, c, d, found)
            chain = _first_chain(ours, theirs, a, b, c, d, runs) if depth < _DEEPEST else ()
        for i, j, n in chain:
            waiting.append((a, i, c, j, depth + 1))
            found.append((i, j, n))
            a, c = i + n, j + n
        if chain:
            waiting.append((a, b, c, d, depth + 1))
    return sorted(found)


def _trim_begin(
    ours: Sequence[str], theirs: Sequence[str], a: int, b: int, c: int, d: int, found: list[Block]
) -> tuple[int, int]:
    most = min(b - a, d - c)
    same = next((n for n in range(most) if ours[a + n] != theirs[c + n]), most)
    if same:
        found.append((a, c, same))
    return a + same, c + same


def _trim_end(
    ours: Sequence[str], theirs: Sequence[str], a: int, b: int, c: int, d: int, found: list[Block]
) -> tuple[int, int]:
    most = min(b - a, d - c)
    same = next((n for n in range(most) if ours[b - 1 - n] != theirs[d - 1 - n]), most)
    if same:
        found.append((b - same, d - same, same))
    return b - same, d - same


def _first_chain(
    ours: Sequence[str], theirs: Sequence[str], a: int, b: int, c: int, d: int, runs: Sequence[int]
) -> Sequence[Block]:
    if a == b or c == d:
        return ()
    return next((chain for run in runs if (chain := _chain(ours, theirs, a, b, c, d, run))), ())


def _chain(ours: Sequence[str], theirs: Sequence[str], a: int, b: int, c: int, d: int, run: int) -> list[Block]:
    """Runs that occur once in either stretch, those of the heaviest chain in which both orders agree."""
    here, there = _once(ours, a, b, run), _once(theirs, c, d, run)
    pairs = [(i, there[key]) for key, i in here.items() if key in there]
    blocks: list[Block] = []
    for i, j in _heaviest(sorted(pairs), [sum(map(len, ours[i : i + run])) for i, _j in sorted(pairs)]):
        last = blocks[-1] if blocks else None
        if last is not None and i - j == last[0] - last[1] and i <= last[0] + last[2]:
            blocks[-1] = (last[0], last[1], i + run - last[0])
        elif last is None or (i >= last[0] + last[2] and j >= last[1] + last[2]):
            blocks.append((i, j, run))
    return blocks


def _once(units: Sequence[str], first: int, last: int, run: int) -> dict[tuple[str, ...], int]:
    """Runs of units that hold a word and occur once between two places → where."""
    seen: dict[tuple[str, ...], int] = {}
    for i in range(first, last - run + 1):
        key = tuple(units[i : i + run])
        seen[key] = -1 if key in seen else i
    return {key: i for key, i in seen.items() if i >= 0 and any(map(_WORD.search, key))}


def _heaviest(pairs: Sequence[tuple[int, int]], weights: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of the heaviest chain in which both places grow; `pairs` are sorted by the first, each place once."""
    order = sorted(j for _i, j in pairs)
    best: list[tuple[int, int]] = [(0, -1)] * (len(order) + 1)
    before = []
    for k, (_i, j) in enumerate(pairs):
        rank = bisect_left(order, j)
        weight, last = max((best[at] for at in _below(rank)), default=(0, -1))
        before.append(last)
        at = rank + 1
        while at < len(best):
            best[at] = max(best[at], (weight + weights[k], k))
            at += at & -at
    last = max((best[at] for at in _below(len(order))), default=(0, -1))[1]
    chain = []
    while last >= 0:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def _below(rank: int) -> Iterator[int]:
    """The places of a Fenwick tree that together cover the first `rank` entries."""
    while rank > 0:
        yield rank
        rank -= rank & -rank


def _settle(ours: Sequence[str], theirs: Sequence[str], blocks: list[Block]) -> tuple[list[Block], list[Span]]:
    """Put what was only put in, or only taken out, where a line ends if it may stand there as well as elsewhere.

    The second answer are the stretches of pieces between the places where it may stand as well, and the lines beside it
    that are in it too: some of it may be what is still there.
    """
    repeated: list[Span] = []
    blocks = [(0, 0, 0), *blocks, (len(ours), len(theirs), 0)]
    for k in range(1, len(blocks)):
        a, c, back = blocks[k - 1]
        a, c = a + back, c + back
        b, d, forth = blocks[k]
        if (a == b) == (c == d):
            continue
        units, first, last = (theirs, c, d) if a == b else (ours, a, b)
        up = next((n for n in range(back) if units[first - 1 - n] != units[last - 1 - n]), back)
        down = next((n for n in range(forth) if units[first + n] != units[last + n]), forth)
        fits = {step: _fitting(units, first + step, last + step) for step in range(-up, down + 1)}
        most = max(fits.values())
        steps = [step for step, fit in fits.items() if fit == most]
        if len(steps) > 1:
            repeated.append((a + steps[0], b + steps[-1]))
        step = steps[-1]
        if most == _WHOLE_LINES:
            held = set(_lines(units[first + step : last + step]))
            after = sum(map(len, takewhile(held.__contains__, _lines(ours[b + step : b + forth]))))
            before = sum(map(len, takewhile(held.__contains__, reversed(list(_lines(ours[a - back : a + step]))))))
            repeated += [(a + step - before, a + step), (b + step, b + step + after)]
        blocks[k - 1] = (*blocks[k - 1][:2], back + step)
        blocks[k] = (b + step, d + step, forth - step)
    return [block for block in blocks if block[2]], repeated


def _lines(units: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Units line by line, a line with the empty ones after it."""
    start = 0
    for at, unit in enumerate(units):
        if unit == "\n" and units[at + 1 : at + 2] != ["\n"]:
            yield tuple(units[start : at + 1])
            start = at + 1
    if start < len(units):
        yield tuple(units[start:])


def _fitting(units: Sequence[str], first: int, last: int) -> int:
    """How well a stretch stands for itself: whole lines best, then whole words."""
    before = units[first - 1] if first else "\n"
    after = units[last] if last < len(units) else "\n"
    if before == "\n" and (units[last - 1] == "\n" or last == len(units)):
        return _WHOLE_LINES
    return int(before.isspace() or after.isspace())


def _islands(ours: Sequence[str], theirs: Sequence[str], blocks: Sequence[Block]) -> Iterator[Span]:
    """Stretches of a few words between replaced passages, none of which is shorter."""
    start = a = c = 0
    before: tuple[int, int] | None = None
    for at, there, length in (*blocks, (len(ours), len(theirs), 0)):
        gap = _words(ours[a:at]), _words(theirs[c:there])
        if any(gap) and not _misspelt(ours[a:at], theirs[c:there]):
            if before is not None and (all(gap) or all(before)):
                said = _words(ours[start:a])
                if said <= min(_CHANCE, max(before), max(gap)):
                    yield start, a
            start, before = at, gap
        a, c = at + length, there + length


def _words(units: Sequence[str]) -> int:
    return sum(1 for unit in units if _WORD.match(unit))


def _misspelt(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether a few words stand for a few others that are spelt nearly the same."""
    old, new = "".join(ours), "".join(theirs)
    if not old or not new or max(len(old), len(new)) > _LONGEST_WORDS:
        return False
    return SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False).ratio() >= _ALIKE
