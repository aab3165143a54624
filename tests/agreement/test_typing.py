"""Kinds of difference: each rule, and what holds for all texts, against a slow reading of the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.agreement.typing import Compared, differences
from hsreview.model.review import DifferenceKind, Mark

Spans = Mapping[str, Sequence[tuple[str, int, int]]]


def marks(spans: Spans) -> dict[str, list[Mark]]:
    return {
        coder: [Mark(f"{coder}{number}", coder, code, start, end) for number, (code, start, end) in enumerate(own)]
        for coder, own in spans.items()
    }


def kinds(spans: Spans, overlap: float = 0.5) -> list[tuple[str, set[str]]]:
    return [
        (each.kind.value, {mark.coding_id for mark in each.marks})
        for each in differences(marks(spans), overlap).differing
    ]


def test_matching_marks_of_everybody_agree_on_what_all_of_them_coded() -> None:
    found = differences(marks({"a": [("x", 0, 10)], "b": [("x", 2, 10)], "c": [("x", 0, 9)]}))
    assert not found.differing
    assert [(each.code_id, each.start, each.end, len(each.marks)) for each in found.agreed] == [("x", 2, 9, 3)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ({"a": [("x", 0, 10)], "b": []}, [("missed", {"a0"})]),
        ({"a": [("x", 0, 10)], "b": [("x", 8, 30)]}, [("boundary", {"a0", "b0"})]),
        ({"a": [("x", 0, 10)], "b": [("x", 0, 4), ("x", 4, 10)]}, [("split", {"a0", "b0", "b1"})]),
        ({"a": [("x", 0, 10)], "b": [("y", 0, 9)]}, [("different", {"a0", "b0"})]),
        ({"a": [("x", 0, 10), ("y", 0, 10)], "b": [("y", 0, 9)]}, [("extra", {"a0"})]),
        ({"a": [("x", 0, 10)], "b": [("y", 6, 30)]}, [("missed", {"a0"}), ("missed", {"b0"})]),
        ({"a": [("x", 0, 10)], "b": [("x", 10, 20)]}, [("missed", {"a0"}), ("missed", {"b0"})]),
        ({"a": [("x", 0, 10)], "b": [("x", 0, 10)], "c": []}, [("missed", {"a0", "b0"})]),
        ({"a": [("x", 0, 9)], "b": [("x", 0, 9)], "c": [("y", 0, 9)]}, [("different", {"a0", "b0", "c0"})]),
        (
            {"a": [("x", 0, 9)], "b": [("x", 0, 9), ("y", 0, 9)], "c": [("y", 0, 9)]},
            [("different", {"a0", "b0", "b1", "c0"})],
        ),
        ({"a": [("x", 0, 9)], "b": [("y", 0, 9)], "c": [("z", 0, 9)]}, [("different", {"a0", "b0", "c0"})]),
    ],
)
def test_each_kind_has_its_rule(spans: Spans, expected: list[tuple[str, set[str]]]) -> None:
    assert kinds(spans) == expected


def test_where_several_rules_fit_the_first_counts() -> None:
    with_other_code = {"a": [("x", 0, 10)], "b": [("x", 0, 2), ("x", 4, 6), ("y", 0, 10)]}
    assert ("split", {"a0", "b0", "b1"}) in kinds(with_other_code)
    short = {"a": [("x", 0, 10)], "b": [("x", 0, 2), ("y", 0, 10)]}
    assert ("boundary", {"a0", "b0"}) in kinds(short)
    one_more = {"a": [("x", 0, 9), ("y", 0, 9)], "b": [("y", 0, 9)], "c": [("y", 0, 9), ("z", 0, 9)]}
    assert kinds(one_more) == [("extra", {"a0"}), ("extra", {"c1"})]


def test_a_match_needs_the_overlap_that_was_asked_for() -> None:
    assert kinds({"a": [("x", 0, 8)], "b": [("x", 0, 10)]}, overlap=0.8) == []
    assert [kind for kind, _ids in kinds({"a": [("x", 0, 79)], "b": [("x", 0, 100)]}, overlap=0.8)] == ["boundary"]


def test_overlapping_marks_of_one_coder_count_as_one_and_adjacent_ones_do_not() -> None:
    assert kinds({"a": [("x", 0, 6), ("x", 4, 10)], "b": [("x", 0, 10)]}) == []
    assert [kind for kind, _ids in kinds({"a": [("x", 0, 5), ("x", 5, 10)], "b": [("x", 0, 10)]})] == ["split"]


def test_the_key_tells_coders_apart_so_that_two_passes_of_one_can_be_compared() -> None:
    first, second = Mark("1", "ann", "x", 0, 10), Mark("2", "ann", "x", 0, 10)
    assert len(differences({"ann": [first], "ann second": [second]}).agreed) == 1


def test_one_coder_or_a_senseless_overlap_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two coders"):
        differences({"a": []})
    with pytest.raises(ValueError, match="overlap"):
        differences({"a": [], "b": []}, 0)


texts = st.dictionaries(
    st.sampled_from("abcd"),
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.integers(0, 20), st.integers(1, 12)).map(
            lambda span: (span[0], span[1], span[1] + span[2])
        ),
        max_size=6,
    ),
    min_size=2,
)
overlaps = st.sampled_from([0.2, 0.5, 0.8, 1.0])


def _content(found: Compared) -> set[tuple[str, frozenset[str]]]:
    agreed = {("agreed", frozenset(mark.coding_id for mark in each.marks)) for each in found.agreed}
    return agreed | {(each.kind.value, frozenset(mark.coding_id for mark in each.marks)) for each in found.differing}


def _shares(one: Mark, other: Mark) -> bool:
    return one.start < other.end and other.start < one.end


def _iou(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def _slow(given_marks: Mapping[str, Sequence[Mark]], overlap: float) -> set[tuple[str, frozenset[str]]]:
    """The rules read literally: sets of characters, every pair looked at."""
    every = [(coder, mark) for coder, own in given_marks.items() for mark in own]
    places: list[list[tuple[str, Mark]]] = []
    for coder, mark in every:
        joined = [p for p in places if any(m.code_id == mark.code_id and _shares(m, mark) for _c, m in p)]
        places = [p for p in places if p not in joined] + [[*(pair for p in joined for pair in p), (coder, mark)]]
    pieces: list[dict[str, list[set[int]]]] = []
    for place in places:
        piece: dict[str, list[set[int]]] = {}
        for coder, mark in sorted(place, key=lambda pair: pair[1].start):
            extent = set(range(mark.start, mark.end))
            own = piece.setdefault(coder, [])
            meets = [each for each in own if each & extent]
            piece[coder] = [each for each in own if not each & extent] + [extent.union(*meets)]
        pieces.append(piece)
    kind: list[str] = []
    for piece in pieces:
        flat = [text for own in piece.values() for text in own]
        if any(len(own) > 1 for own in piece.values()):
            kind.append("split")
        elif any(_iou(one, other) < overlap for one in flat for other in flat):
            kind.append("boundary")
        else:
            kind.append("agreed" if set(piece) == set(given_marks) else "lacking")
    instead: dict[int, set[int]] = {}
    for here, place in enumerate(places):
        if kind[here] != "lacking":
            continue
        kind[here] = "missed"
        mine = set(pieces[here])
        for there, other in enumerate(places):
            theirs = set(pieces[there])
            pairs = {
                (a, c)
                for a, texts_a in pieces[here].items()
                for c, texts_c in pieces[there].items()
                if c not in mine and any(_iou(x, y) >= overlap for x in texts_a for y in texts_c)
            }
            if other[0][1].code_id == place[0][1].code_id or not pairs:
                continue
            if mine < theirs:
                kind[here] = "extra"
            elif any(a not in theirs for a, _c in pairs):
                instead.setdefault(here, set()).add(there)
    for here in instead:
        kind[here] = "different" if kind[here] == "missed" else kind[here]
    groups: list[set[int]] = [{here} for here in range(len(places))]
    for here, others in instead.items():
        for there in others:
            if kind[here] == kind[there] == "different":
                one = next(group for group in groups if here in group)
                two = next(group for group in groups if there in group)
                groups = [group for group in groups if group is not one and group is not two] + [one | two]
    return {
        (kind[min(group)], frozenset(mark.coding_id for index in group for _c, mark in places[index]))
        for group in groups
    }


@given(texts, overlaps)
def test_the_rules_are_those_written_down(spans: Spans, overlap: float) -> None:
    assert _content(differences(marks(spans), overlap)) == _slow(marks(spans), overlap)


@given(texts, overlaps)
def test_every_mark_is_in_one_place_and_agreement_is_everybodys(spans: Spans, overlap: float) -> None:
    found = differences(marks(spans), overlap)
    groups = [each.marks for each in found.agreed] + [each.marks for each in found.differing]
    seen = [mark.coding_id for group in groups for mark in group]
    assert sorted(seen) == sorted(mark.coding_id for own in marks(spans).values() for mark in own)
    for agreed in found.agreed:
        assert agreed.start < agreed.end
        assert {mark.coder_id for mark in agreed.marks} == set(spans)
        assert {mark.code_id for mark in agreed.marks} == {agreed.code_id}
    for differing in found.differing:
        assert differing.start == min(mark.start for mark in differing.marks)
        assert differing.end == max(mark.end for mark in differing.marks)
        assert isinstance(differing.kind, DifferenceKind)


@given(texts, overlaps)
def test_names_and_order_of_coders_do_not_matter(spans: Spans, overlap: float) -> None:
    original = marks(spans)
    turned = {f"z{coder}": list(reversed(own)) for coder, own in reversed(original.items())}
    assert _content(differences(turned, overlap)) == _content(differences(original, overlap))
