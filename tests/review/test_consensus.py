"""What the consensus derives from layers and decisions, whatever the layers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from hsreview.agreement.typing import differences
from hsreview.model.review import Decision, Entry, Mark, Outcome, Settled, Standing, TranscriptConsensus
from hsreview.review.consensus import Readings, coding_of, consensus, joined, outcome_of
from hsreview.review.consensus import decided as decided_as
from hsreview.review.differences import basis_of

Marks = Mapping[str, Sequence[Mark]]
SPANS = st.tuples(st.sampled_from(["c1", "c2", "c3"]), st.integers(0, 60), st.integers(1, 20))


@st.composite
def layers(draw: st.DrawFn) -> dict[str, list[Mark]]:
    """Two or three coders' codings of one text."""
    number = count()
    return {
        coder: [
            Mark(f"m{next(number)}", coder, code, start, start + length)
            for code, start, length in draw(st.lists(SPANS, max_size=6, unique=True))
        ]
        for coder in draw(st.sampled_from([("a", "b"), ("a", "b", "c")]))
    }


def state(marks: Marks, decisions: Sequence[Decision] = ()) -> TranscriptConsensus:
    return consensus(Readings("t", "v", marks, decisions))


def decided(found: TranscriptConsensus, outcome: Outcome, taken: str = "") -> list[Decision]:
    """The same decision on every difference."""
    return [
        Decision(d.key, "v", basis_of(d.marks), outcome, taken, outcome_of(d, outcome, taken), "so", "lead", "1")
        for d in found.differences
    ]


def said(settled: Sequence[Settled]) -> set[tuple[str, int, int]]:
    return {(each.code_id, each.start, each.end) for each in settled}


def characters(segments: Iterable[tuple[str, int, int]]) -> set[tuple[str, int]]:
    return {(code, at) for code, start, end in segments for at in range(start, end)}


def test_overlapping_segments_of_a_code_are_one_and_adjacent_ones_stay_apart() -> None:
    def settled(code: str, start: int, end: int) -> Settled:
        return Settled(code, start, end, {}, (), (f"{code}{start}",))

    found = joined([settled("c1", 5, 9), settled("c1", 9, 12), settled("c1", 0, 6), settled("c2", 3, 5)])
    assert [(each.code_id, each.start, each.end) for each in found] == [("c1", 0, 9), ("c1", 9, 12), ("c2", 3, 5)]
    assert found[0].sources == ("c10", "c15")


@given(layers())
def test_every_coding_is_agreed_or_in_one_difference_and_nothing_is_settled_before_all_is(marks: Marks) -> None:
    found = state(marks)
    in_differences = [mark.coding_id for d in found.differences for mark in d.marks]
    agreed = [mark.coding_id for each in differences(marks).agreed for mark in each.marks]
    assert sorted(in_differences + agreed) == sorted(mark.coding_id for own in marks.values() for mark in own)
    assert (found.entry is Entry.ADJUDICATED) == (not found.differences)
    assert found.settled == () or not found.differences


@given(st.lists(SPANS, max_size=6, unique=True))
def test_the_consensus_of_identical_layers_is_that_layer_once_its_overlaps_are_one(
    own: list[tuple[str, int, int]],
) -> None:
    marks = {
        coder: [Mark(f"{coder}{n}", coder, code, start, start + size) for n, (code, start, size) in enumerate(own)]
        for coder in ("a", "b")
    }
    found = state(marks)
    covered = {(code, at) for code, start, size in own for at in range(start, start + size)}
    assert found.entry is Entry.ADJUDICATED
    assert {(s.code_id, at) for s in found.settled for at in range(s.start, s.end)} == covered


@given(layers(), st.sampled_from(["a", "b"]))
def test_taking_one_side_everywhere_gives_that_side_where_they_differ(marks: Marks, taken: str) -> None:
    first = state(marks)
    found = state(marks, decided(first, Outcome.TAKE, taken))
    assert found.entry is Entry.ADJUDICATED
    theirs = [(m.code_id, m.start, m.end) for d in first.differences for m in d.marks if m.coder_id == taken]
    shared = [(each.code_id, each.start, each.end) for each in differences(marks).agreed]
    assert characters(said(found.settled)) == characters([*theirs, *shared])


@given(layers(), st.data())
def test_nothing_settled_overlaps_under_one_code_and_what_all_coded_is_in_it(marks: Marks, data: st.DataObject) -> None:
    decisions, given_up = [], set()
    for difference in state(marks).differences:
        outcome = data.draw(st.sampled_from([Outcome.TAKE, Outcome.BOTH, Outcome.NEITHER, Outcome.OTHER]))
        taken = data.draw(st.sampled_from(difference.coders)) if outcome is Outcome.TAKE else ""
        result = outcome_of(difference, outcome, taken)
        if outcome is Outcome.OTHER:
            code, start, length = data.draw(SPANS)
            result = (Settled(code, start, start + length, sources=("other",)),)
        if outcome in (Outcome.NEITHER, Outcome.OTHER):
            given_up |= characters([(m.code_id, m.start, m.end) for m in difference.marks])
        basis = basis_of(difference.marks)
        decisions.append(Decision(difference.key, "v", basis, outcome, taken, result, "so", "lead", "1"))
    settled = state(marks, decisions).settled
    assert len(characters(said(settled))) == sum(each.end - each.start for each in settled)
    by_each = [characters([(m.code_id, m.start, m.end) for m in own]) for own in marks.values()]
    assert set.intersection(*by_each) - given_up <= characters(said(settled))


def test_segments_that_two_decisions_give_one_code_are_one_segment_that_rests_on_both() -> None:
    marks = {"a": [Mark("m1", "a", "c1", 0, 10)], "b": [Mark("m2", "b", "c2", 20, 30, flags=("quote",))]}
    one, two = state(marks).differences
    spans = {one.key: (0, 12), two.key: (8, 30)}
    decisions = [
        Decision(d.key, "v", basis_of(d.marks), Outcome.OTHER, "", (Settled("c3", *spans[d.key], {}, m.flags,
                 (m.coding_id,)),), "so", "lead", "1")
        for d in (one, two) for m in d.marks
    ]  # fmt: skip
    assert state(marks, decisions).settled == (Settled("c3", 0, 30, {}, ("quote",), ("m1", "m2")),)


@given(layers())
def test_the_order_in_which_decisions_and_codings_arrive_does_not_matter(marks: Marks) -> None:
    decisions = decided(state(marks), Outcome.BOTH)
    shuffled = {coder: list(reversed(own)) for coder, own in reversed(list(marks.items()))}
    one, other = state(marks, decisions), state(shuffled, list(reversed(decisions)))
    assert one.settled == other.settled and [d.key for d in one.differences] == [d.key for d in other.differences]
    assert [coding_of("v", s).id for s in one.settled] == [coding_of("v", s).id for s in other.settled]


@given(layers(), st.data())
def test_a_changed_coding_reopens_its_own_difference_only(marks: Marks, data: st.DataObject) -> None:
    decisions = decided(state(marks), Outcome.NEITHER)
    everything = [mark for own in marks.values() for mark in own]
    if not everything:
        return
    chosen = data.draw(st.sampled_from(everything))
    flagged = {
        coder: [replace(mark, flags=("unsure",)) if mark == chosen else mark for mark in own]
        for coder, own in marks.items()
    }
    for difference in state(flagged, decisions).differences:
        touched = any(mark.coding_id == chosen.coding_id for mark in difference.marks)
        assert difference.standing is (Standing.REOPENED if touched else Standing.DECIDED)
        assert difference.decision is not None


def test_contrary_decisions_reopen_and_are_both_shown() -> None:
    marks = {"a": [Mark("m1", "a", "c1", 0, 10)], "b": []}
    (one,) = decided(state(marks), Outcome.NEITHER)
    (other,) = decided(state(marks), Outcome.TAKE, "a")
    readings = Readings("t", "v", marks, [one], contrary={one.id: [one, other]})
    (difference,) = consensus(readings).differences
    assert difference.standing is Standing.REOPENED and difference.contrary == (one, other)
    assert consensus(readings).entry is Entry.OPEN


def test_a_decision_whose_codings_went_or_agree_by_now_is_told() -> None:
    marks = {"a": [Mark("m1", "a", "c1", 0, 10)], "b": [Mark("m2", "b", "c2", 20, 30)]}
    gone, agreed_on = decided(state(marks), Outcome.NEITHER)
    assert state(marks, [gone, agreed_on]).lapsed == ()
    found = state({"a": [Mark("m3", "a", "c2", 20, 30)], "b": marks["b"]}, [gone, agreed_on])
    assert found.lapsed == (gone, agreed_on) and found.entry is Entry.ADJUDICATED
    assert said(found.settled) == {("c2", 20, 30)}


def test_a_decision_on_an_earlier_text_shows_as_the_former_one() -> None:
    marks = {"a": [Mark("m1", "a", "c1", 0, 10)], "b": []}
    decisions = decided(state(marks), Outcome.NEITHER)
    (difference,) = consensus(Readings("t", "corrected", marks, decisions)).differences
    assert difference.standing is Standing.REOPENED and difference.decision == decisions[0]


@given(layers(), st.sampled_from([Outcome.BOTH, Outcome.NEITHER]), st.integers(0, 3))
def test_what_changed_decisions_give_does_not_depend_on_deriving_anew(
    marks: Marks, outcome: Outcome, missing: int
) -> None:
    decisions = decided(state(marks), outcome)
    before = state(marks, decisions)
    assert decided_as(before, decisions[missing:], {}) == state(marks, decisions[missing:])
