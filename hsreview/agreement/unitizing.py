"""
Agreement on where segments lie and what they are: the unitizing family of Krippendorff, Mathet, Bouvry and Widlöcher.

A continuum is one document; its readers are the coders who read it, with or without segments. Everything is a function
of sums that add up over documents, so that leaving documents out, drawing them again or taking a batch of them costs
no more than an addition: `sums` gives an array `(documents, codes, 6)`, and every measure takes `(…, codes, 6)` and
gives an array with the leading dimensions; nan = undefined. Documents with fewer than two readers count for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hsreview.model.agreement import Estimate, Undefined

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

TOTAL, LENGTH, SQUARES, SAME, MEET, MEET_SQUARES = range(6)
"""
Columns of the sums of one document and code: the text of all its readers (the same for every code); how much of it
they gave the code; the sum of the squared lengths of the segments; and, each pair of coders counted both ways and
divided by the number of the others: text with this code from both, text with this code that the other gave any code,
and the latter per segment and other coder, squared (zero unless asked for).
"""

CHARACTERS = "krippendorff_alpha_nominal_characters"
"""Name of α with characters as units: of any code, and with `[x]` of one."""
_LEAST = 1e-4
"""Less than any part of a character that ten thousand coders can share."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Who read what."""

    readers: NDArray[np.bool_]
    """(documents, coders)."""
    starts: Ints
    lengths: Ints
    """Of each document; a document is `[start, start + length)`."""


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Segments as columns: numbers of document, coder and code from 0, and `[start, end)` within the document."""

    document: Ints
    coder: Ints
    code: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.start)

    def where(self, which: NDArray[Any]) -> Spans:
        """Those that a mask or an index picks."""
        return Spans(self.document[which], self.coder[which], self.code[which], self.start[which], self.end[which])


def merged(spans: Spans) -> Spans:
    """One coder's overlapping segments of one code become their union; adjacent ones stay apart. Sorted."""
    if not len(spans):
        return spans
    begins, ends = keys(_numbered(spans.document, spans.coder, spans.code), spans.start, spans.end)
    order = np.argsort(begins)
    spans = spans.where(order)
    reach = np.maximum.accumulate(ends[order])
    first = np.flatnonzero(np.append(True, begins[order][1:] >= reach[:-1]))
    whole = spans.where(first)
    return Spans(whole.document, whole.coder, whole.code, whole.start, np.maximum.reduceat(spans.end, first))


def any_code(spans: Spans) -> Spans:
    """The segments without their codes: all of code 0, overlapping ones as their union."""
    return merged(Spans(spans.document, spans.coder, np.zeros_like(spans.code), spans.start, spans.end))


def overlapping(spans: Spans) -> Ints:
    """Positions in `spans` (merged) of segments that begin within another segment of the same coder."""
    if not len(spans):
        return spans.start
    begins, ends = keys(_numbered(spans.document, spans.coder), spans.start, spans.end)
    order = np.argsort(begins)
    reach = np.maximum.accumulate(ends[order])
    found: Ints = order[1:][begins[order][1:] < reach[:-1]]
    return found


def keys(group: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Numbers for the starts and the ends of some segments: by group first, then by position."""
    first = start.min(initial=0)
    width = int(end.max(initial=0)) - int(first) + 1
    if (int(group.max(initial=0)) + 1) * width >= 2**62:
        places, rank = np.unique(np.concatenate([start, end]), return_inverse=True)
        return group * len(places) + rank[: len(start)], group * len(places) + rank[len(start) :]
    return group * width + (start - first), group * width + (end - first)


def sums(spans: Spans, reading: Reading, codes: int, *, meetings: bool = False) -> Floats:
    """
    The sums of each document: `(documents, codes, 6)`.

    `spans` are merged, lie inside their documents and belong to readers of them. With `meetings` the last two columns
    are filled in, for which one coder's segments must not overlap at all (see `overlapping`).
    """
    readers = reading.readers.sum(axis=1)
    shared = readers >= 2
    spans = spans.where(shared[spans.document])
    documents = len(readers)
    cell = spans.document * codes + spans.code
    length = (spans.end - spans.start).astype(float)

    def added(weights: Floats) -> Floats:
        return np.bincount(cell, weights, documents * codes).astype(float).reshape(documents, codes)

    found = np.zeros((documents, codes, 6))
    found[:, :, TOTAL] = np.where(shared, readers * reading.lengths, 0)[:, None]
    found[:, :, LENGTH] = added(length)
    found[:, :, SQUARES] = added(length * length)
    others = np.maximum(readers - 1, 1)[:, None]
    squared = _squared_counts(spans, cell, documents * codes).reshape(documents, codes)
    found[:, :, SAME] = (squared - found[:, :, LENGTH]) / others
    if meetings:
        met, squares = _meetings(spans, reading)
        found[:, :, MEET] = added(met) / others
        found[:, :, MEET_SQUARES] = added(squares) / others
    return found


def u_alpha_binary(of: Floats) -> Floats:
    """|uα of each code: `(…, 6)` → `(…)`. With the sums of `any_code`: of segments against gaps."""
    disagreement, expected = _binary(of)
    return _one_minus(disagreement, expected)


def u_alpha_binary_pooled(of: Floats) -> Floats:
    """|uα over all codes: one minus all disagreement by all expected disagreement."""
    disagreement, expected = _binary(of)
    return _one_minus(disagreement.sum(axis=-1), expected.sum(axis=-1))


def alpha_characters(of: Floats) -> Floats:
    """
    Krippendorff's nominal α of each code, every character a unit: `(…, 6)` → `(…)`.

    Unlike |uα it pairs characters of one segment with each other when it works out what chance would give.
    """
    total, length = of[..., TOTAL], of[..., LENGTH]
    return _one_minus((total - 1) * (length - of[..., SAME]), length * (total - length))


def u_alpha_nominal(of: Floats) -> Floats:
    """uα: where and what at once."""
    total = of[..., 0, TOTAL]
    gaps = total - of[..., LENGTH].sum(axis=-1)
    same_gaps = gaps - (of[..., LENGTH] - of[..., MEET]).sum(axis=-1)
    disagreement = total - same_gaps - of[..., SAME].sum(axis=-1)
    of_values = (of[..., LENGTH] ** 2).sum(axis=-1) + gaps**2
    return _one_minus(disagreement, _expected(total, of_values, of[..., SQUARES].sum(axis=-1) + gaps))


def cu_alpha_nominal(of: Floats) -> Floats:
    """
    cuα: on text to which two coders gave codes, whether they are the same.

    Undefined also where three or more coders have so little of it in common that the pairs within segments, which
    chance may not make, outweigh all pairs.
    """
    met = _met(of)
    total = met.sum(axis=-1)
    disagreement = total - of[..., SAME].sum(axis=-1)
    expected = _expected(total, (met**2).sum(axis=-1), of[..., MEET_SQUARES].sum(axis=-1))
    return _one_minus(disagreement, np.where(total - met.max(axis=-1) > _LEAST, expected, 0))


def cu_coverage(of: Floats) -> Floats:
    """The part of all text that cuα is about."""
    return _ratio(_met(of).sum(axis=-1), of[..., 0, TOTAL])


def k_u_alpha(of: Floats) -> Floats:
    """(k)uα of each code: `(…, codes)`."""
    met = _met(of)
    total = met.sum(axis=-1, keepdims=True)
    disagreement = (met * total - of[..., MEET_SQUARES]) * (met - of[..., SAME])
    defined = (total - met > _LEAST) & (total * total - of[..., MEET_SQUARES].sum(axis=-1, keepdims=True) > _LEAST)
    return _one_minus(disagreement, np.where(defined, met * met * (total - met), 0))


def k_u_coverage(of: Floats) -> Floats:
    """The part of each code's text that (k)uα is about."""
    return _ratio(_met(of), of[..., LENGTH])


def why_binary(of: Floats) -> Undefined | None:
    """Why |uα of one code's sums `(6,)` is undefined."""
    if not of[TOTAL]:
        return Undefined.NOTHING_SHARED
    if not of[LENGTH]:
        return Undefined.NEVER_USED
    return Undefined.ONE_VALUE if np.isnan(u_alpha_binary(of)) else None


def estimate(value: float, reason: Undefined | None) -> Estimate:
    """A value, or its reason when it is undefined."""
    return Estimate(None, reason) if np.isnan(value) else Estimate(float(value))


def statistics(spans: Spans, reading: Reading, codes: Sequence[str]) -> dict[str, Estimate]:
    """
    Every coefficient of the family, and α of characters, by name; `codes` are the codes' names by number.

    Where a coder put different codes on the same text, those that need exclusive codes are `Undefined.OVERLAPPING`.
    """
    spans = merged(spans)
    count = len(codes)
    exclusive = not len(overlapping(spans))
    per_code = sums(spans, reading, count, meetings=exclusive).sum(axis=0)
    anything = sums(any_code(spans), reading, 1).sum(axis=0)[0]
    nothing = None if anything[TOTAL] else Undefined.NOTHING_SHARED
    found: dict[str, Estimate] = {}
    binary_reason = nothing or Undefined.ONE_VALUE
    family = {
        "u_alpha_nominal": (u_alpha_nominal, nothing or Undefined.ONE_VALUE),
        "cu_alpha_nominal": (cu_alpha_nominal, nothing or _why_met(per_code)),
        "cu_coverage": (cu_coverage, nothing),
    }
    found["u_alpha_binary"] = estimate(float(u_alpha_binary(anything)), binary_reason)
    found[CHARACTERS] = estimate(float(alpha_characters(anything)), binary_reason)
    for name, (measure, reason) in family.items():
        value = float(measure(per_code)) if count and exclusive else np.nan
        found[name] = estimate(value, (reason or Undefined.NEVER_USED) if exclusive else Undefined.OVERLAPPING)
    pooled = u_alpha_binary_pooled(per_code) if count else np.nan
    found["u_alpha_binary_pooled"] = estimate(float(pooled), binary_reason)
    of_each = {"k_u_alpha": k_u_alpha(per_code), "k_u_coverage": k_u_coverage(per_code)} if count else {}
    for number, name in enumerate(codes):
        own = per_code[number]
        found[f"u_alpha_binary_code[{name}]"] = estimate(float(u_alpha_binary(own)), why_binary(own))
        found[f"{CHARACTERS}[{name}]"] = estimate(float(alpha_characters(own)), why_binary(own))
        for label, values in of_each.items():
            value = float(values[number]) if exclusive else np.nan
            found[f"{label}[{name}]"] = estimate(value, _why_k(per_code, number, exclusive))
    return found


def _why_met(of: Floats) -> Undefined:
    met = of[..., MEET]
    if not met.sum():
        return Undefined.NO_COVERAGE
    return Undefined.TOO_LITTLE if met.sum() > met.max() + _LEAST else Undefined.ONE_VALUE


def _why_k(of: Floats, number: int, exclusive: bool) -> Undefined:
    if not exclusive:
        return Undefined.OVERLAPPING
    if not of[number, TOTAL]:
        return Undefined.NOTHING_SHARED
    if not of[number, LENGTH]:
        return Undefined.NEVER_USED
    return _why_met(of) if of[number, MEET] else Undefined.NO_COVERAGE


def _numbered(*columns: Ints) -> Ints:
    """One number for each combination, in their order."""
    number = np.zeros_like(columns[0])
    for column in columns:
        number = number * (int(column.max(initial=0)) + 1) + column
    return number


def _squared_counts(spans: Spans, cell: Ints, cells: int) -> Floats:
    """Per cell: the squared number of segments on each character, added up (one coder's do not overlap)."""
    if not len(spans):
        return np.zeros(cells)
    position = np.concatenate([spans.start, spans.end])
    order = np.argsort(np.concatenate(keys(cell, spans.start, spans.end)))
    count = np.cumsum(np.where(order < len(spans), 1, -1))[:-1].astype(float)
    # Between cells the count is zero, so the distance to the next cell's first position does not matter.
    weights = count * count * np.diff(position[order])
    return np.bincount(cell[order[:-1] % len(spans)], weights, cells).astype(float)


def _meetings(spans: Spans, reading: Reading) -> tuple[Floats, Floats]:
    """Per segment: how much of it the others gave any code, added up over them; and the squares added up."""
    offset = np.concatenate([[0], np.cumsum(reading.lengths)[:-1]]) - reading.starts
    start, end = spans.start + offset[spans.document], spans.end + offset[spans.document]
    bounds = np.concatenate([start, end])
    order = np.argsort(bounds)
    where = np.empty_like(order)
    where[order] = np.arange(len(order))
    begins, ends = where[: len(spans)], where[len(spans) :]
    widths = np.diff(bounds[order], append=bounds[order][-1:])
    met, squares = np.zeros(len(spans)), np.zeros(len(spans))
    for coder in range(reading.readers.shape[1]):
        own = spans.coder == coder
        steps = np.bincount(begins[own], minlength=len(bounds)) - np.bincount(ends[own], minlength=len(bounds))
        until = np.cumsum(np.cumsum(steps) * widths)
        # The text up to a bound is what was added before it.
        until = np.concatenate([[0], until])[: len(bounds)]
        with_coder = np.where(own, 0.0, until[ends] - until[begins])
        met += with_coder
        squares += with_coder * with_coder
    return met, squares


def _met(of: Floats) -> Floats:
    """The text that met a code: what is left of parts of characters when documents are taken off again is nothing."""
    return np.where(of[..., MEET] > _LEAST, of[..., MEET], 0)


def _binary(of: Floats) -> tuple[Floats, Floats]:
    total, length = of[..., TOTAL], of[..., LENGTH]
    gaps = total - length
    # Text that one gave the code and the other did not, each pair counted both ways: hence twice.
    return 2 * (length - of[..., SAME]), _expected(total, length**2 + gaps**2, of[..., SQUARES] + gaps)


def _expected(total: Floats, of_values: Floats, of_units: Floats) -> Floats:
    """Expected disagreement: the squared totals of the values and the squared lengths of the units are taken off."""
    return np.where(total * total > of_values, _ratio(total * (total * total - of_values), total * total - of_units), 0)


def _ratio(one: Floats, other: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(other > 0, one / np.where(other > 0, other, 1), np.nan)


def _one_minus(disagreement: Floats, expected: Floats) -> Floats:
    found: Floats = 1 - _ratio(disagreement, expected)
    return found
