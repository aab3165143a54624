"""How codings stand to each other: for all codings at once, and for the partners of one.

`overlaps`, `inside`, `contains` and `followed` are said of two different codings; that which a coding stands in (turn,
interview, respondent) it shares with itself too. All are decided by sorting and counting, in n log n.
"""

from __future__ import annotations

import numpy as np

from hsreview.analysis.query.layer import Ints, Layer, Mask
from hsreview.analysis.query.tree import Relation


def touched(layer: Layer, among: Mask) -> Mask:
    """The codings that overlap one of `among`, or are one of them."""
    return _overlaps(layer, among) > 0


def related(layer: Layer, relation: Relation, turns: int, to: Mask) -> Mask:
    """The codings that stand in the relation to one of `to`."""
    match relation:
        case Relation.OVERLAPS:
            return _overlaps(layer, to) > to
        case Relation.INSIDE:
            return _inside(layer, to)
        case Relation.CONTAINS:
            return _contains(layer, to)
        case Relation.TURN:
            return _turns_apart(layer, to, turns)
        case Relation.FOLLOWED:
            return _followed(layer, to, turns)
        case Relation.INTERVIEW:
            return _shared(layer.transcript, to)
        case Relation.RESPONDENT:
            return _shared(layer.respondent, to & (layer.respondent >= 0)) & (layer.respondent >= 0)


def partners(layer: Layer, one: int, relation: Relation, turns: int, to: Mask) -> Ints:
    """The other codings of `to` to which this one stands in the relation, in no particular order."""
    there = layer.of_respondent(one) if relation is Relation.RESPONDENT else layer.of_transcript(one)
    there = there[to[there] & (there != one)]
    holds = np.ones(len(there), bool)
    start, end = layer.start, layer.end
    match relation:
        case Relation.OVERLAPS:
            holds = (start[there] < end[one]) & (end[there] > start[one])
        case Relation.INSIDE:
            holds = (start[there] <= start[one]) & (end[there] >= end[one])
        case Relation.CONTAINS:
            holds = (start[there] >= start[one]) & (end[there] <= end[one])
        case Relation.TURN:
            near = layer.turn[there] <= layer.last_turn[one] + turns
            holds = near & (layer.last_turn[there] >= layer.turn[one] - turns) & layer.placed[there] & layer.placed[one]
        case Relation.FOLLOWED:
            near = layer.turn[there] <= layer.last_turn[one] + turns
            holds = (start[there] >= end[one]) & near & layer.placed[there] & layer.placed[one]
    found: Ints = there[holds]
    return found


def _overlaps(layer: Layer, among: Mask) -> Ints:
    """With how many of `among` each coding shares a character: those that start before its end, without those that
    end before its start.
    """
    starts, ends = np.sort(layer.start[among]), np.sort(layer.end[among])
    met: Ints = np.searchsorted(starts, layer.end, "left") - np.searchsorted(ends, layer.start, "right")
    return met


def _inside(layer: Layer, to: Mask) -> Mask:
    """In order of starts (longest first), what holds a coding stands before it; the furthest end so far decides."""
    order = np.lexsort((-layer.end, layer.start))
    ends = layer.end[order]
    furthest = np.maximum.accumulate(np.where(to[order], ends, -1))
    before = np.concatenate(([-1], furthest[:-1]))
    found = np.zeros(layer.size, bool)
    found[order] = before >= ends
    return found | _twin(layer, to)


def _contains(layer: Layer, to: Mask) -> Mask:
    """In the same order, what a coding holds stands after it; the nearest end from there on decides."""
    order = np.lexsort((-layer.end, layer.start))
    ends = layer.end[order]
    beyond = np.iinfo(np.int64).max
    nearest = np.minimum.accumulate(np.where(to[order], ends, beyond)[::-1])[::-1]
    after = np.concatenate((nearest[1:], [beyond]))
    found = np.zeros(layer.size, bool)
    found[order] = after <= ends
    return found | _twin(layer, to)


def _twin(layer: Layer, to: Mask) -> Mask:
    """The codings on whose very span another one of `to` stands."""
    if not layer.size:
        return np.zeros(0, bool)
    order = np.lexsort((layer.end, layer.start))
    starts, ends = layer.start[order], layer.end[order]
    new = np.concatenate(([True], (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])))
    span = np.empty(layer.size, np.int64)
    span[order] = np.cumsum(new) - 1
    return np.bincount(span, to)[span] > to


def _turns_apart(layer: Layer, to: Mask, turns: int) -> Mask:
    """As overlapping, in turns: those that begin in time, without those that ended too early."""
    among = to & layer.placed
    first, last = np.sort(layer.turn[among]), np.sort(layer.last_turn[among])
    begun = np.searchsorted(first, layer.last_turn + turns, "right")
    return (begun - np.searchsorted(last, layer.turn - turns, "left") > 0) & layer.placed


def _followed(layer: Layer, to: Mask, turns: int) -> Mask:
    """Of those that start at the end of a coding or later, the first is in the nearest turn."""
    among = np.flatnonzero(to & layer.placed)
    if not len(among):
        return np.zeros(layer.size, bool)
    among = among[np.argsort(layer.start[among], kind="stable")]
    at = np.searchsorted(layer.start[among], layer.end, "left")
    first = among[np.minimum(at, len(among) - 1)]
    # In the turns of another text there is none so near.
    found: Mask = (at < len(among)) & (layer.turn[first] <= layer.last_turn + turns) & layer.placed
    return found


def _shared(number: Ints, to: Mask) -> Mask:
    """The codings that have the same number as one of `to`."""
    return np.isin(number, np.unique(number[to]))
