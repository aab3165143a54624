"""What expressions pick is what trying every pair of codings picks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.query import comparing
from hsreview.analysis.query.evaluate import Picked
from hsreview.analysis.query.layer import Layer
from hsreview.analysis.query.tree import And, Any, CodeName, Condition, Link, Node, Not, Related, Relation, Value
from hsreview.analysis.query.who import who
from hsreview.model.dataset import Dataset
from hsreview.model.groups import respondent_groups
from tests.query.layers import CODES, CONDITIONS, atom, dataset, datasets, expressions, meets, overlap, picked, stands

NODES = expressions(st.one_of(CODES, CODES, CONDITIONS))


def same(data: Dataset, node: Node) -> None:
    found = Picked(Layer(data), node)
    assert set(found.places()) == picked(data, node)
    for place in found.places():
        assert set(found.partners(place)) <= set(range(len(data.segments))) - {place}


@given(datasets(), NODES)
def test_an_expression_picks_what_every_pair_tried_says(data: Dataset, node: Node) -> None:
    same(data, node)


@given(datasets(), CONDITIONS)
def test_a_condition_holds_of_the_codings_for_which_it_is_true(data: Dataset, node: Node) -> None:
    assert set(Picked(Layer(data), node).places()) == {i for i, s in enumerate(data.segments) if atom(data, s, node)}


@given(datasets(), CODES, CODES, st.sampled_from(Relation), st.integers(0, 3))
def test_a_related_coding_names_every_partner(
    data: Dataset, base: Node, to: Node, relation: Relation, turns: int
) -> None:
    turns = turns if relation in (Relation.TURN, Relation.FOLLOWED) else 0
    link = Link(relation, to, turns)
    found = Picked(Layer(data), Related(base, (link,)))
    others = picked(data, to)
    for place in found.places():
        assert set(found.partners(place)) == {j for j in others if j != place and stands(data, place, j, link)}


@given(datasets(), CODES, CODES)
def test_and_keeps_the_first_codings_and_names_what_they_overlap(data: Dataset, one: Node, other: Node) -> None:
    both = Picked(Layer(data), And((one, other)))
    without = Picked(Layer(data), And((one, Not(other))))
    mine, theirs = picked(data, one), picked(data, other)
    assert set(both.places()) | set(without.places()) == mine
    assert not set(both.places()) & set(without.places())
    for place in both.places():
        assert meets(data, place, other)
        assert set(both.partners(place)) == {j for j in theirs if j != place and overlap(data, place, j)}
    assert all(without.partners(place) == [] for place in without.places())


@given(datasets(), CODES)
def test_the_counts_are_those_of_different_people_in_reviewed_interviews(data: Dataset, node: Node) -> None:
    found = Picked(Layer(data), node)
    segments = [data.segments[i] for i in found.places()]
    read = [s for s in segments if s.transcript_id in data.reviewed]
    answer, groups = who(data, found.voices()), respondent_groups(data)
    together = answer[-1]
    assert together.base.group is None and together.base.reviewed == len(data.reviewed)
    assert together.count.segments == len(read)
    assert together.count.interviews == len({s.transcript_id for s in read})
    assert together.count.respondents == len({s.respondent_id for s in read} - {None})
    assert together.count.begun_segments == len(segments) - len(read)
    for each in answer[:-1]:
        home = {"cso": ("t-1", "t-3"), "army": ("t-2",), "": ("t-3",)}[each.base.group or ""]
        mine = [s for s in read if s.transcript_id in home]
        assert (each.count.segments, each.count.interviews) == (len(mine), len({s.transcript_id for s in mine}))
        people = {s.respondent_id for s in read if each.base.group in groups.get(s.respondent_id or "", ())}
        organisations = {data.respondents[p or ""].organisation_id for p in people} - {None}
        assert (each.count.respondents, each.count.organisations) == (len(people), len(organisations))


@given(datasets(), CODES)
def test_what_a_coding_stands_in_it_shares_with_itself(data: Dataset, node: Node) -> None:
    layer = Layer(data)
    for relation in (Relation.INTERVIEW, Relation.RESPONDENT, Relation.TURN):
        kept = Picked(layer, Related(node, (Link(relation, node),))).places()
        known = [i for i in Picked(layer, node).places() if data.segments[i].turn and data.segments[i].respondent_id]
        assert set(known) <= set(kept)


@pytest.mark.parametrize(
    ("known", "sign", "wanted", "holds"),
    [
        ("2014-05-31", "<=", "2014-05", True), ("2014-05-31", "<", "2014-05", False),
        ("2014-05-31", ">", "2014", False),
        ("2014-06-01", "<=", "2014-05", False), ("2014-06-01", ">", "2014-05", True),
        ("2014-05-01", ">=", "2014", True),
        ("2014-05-01", "=", "2014-05", True), ("2014-05-01", "!=", "2014-05", False), ("", "!=", "2014-05", False),
        ("10", ">", "9", True), ("9", "<", "10.5", True), ("Gao", "<", "10", False),
    ],
)  # fmt: skip
def test_dates_are_compared_as_far_as_they_are_given_and_numbers_by_size(
    known: str, sign: str, wanted: str, holds: bool
) -> None:
    condition = Condition("date" if "-" in wanted else "wave", sign, (Value(wanted),))
    assert comparing.test_of(condition)(known) is holds


def test_an_empty_layer_answers_with_nothing() -> None:
    layer = Layer(dataset([]))
    for relation in Relation:
        node = Related(Any(), (Link(relation, CodeName("D1")),))
        assert Picked(layer, node).places() == []
        assert Picked(layer, Related(Any(), (Link(relation, CodeName("D1"), negated=True),))).places() == []


@given(datasets(), CODES, CODES)
def test_speakers_to_whom_nobody_is_linked_are_left_out_and_counted(data: Dataset, one: Node, other: Node) -> None:
    found = Picked(Layer(data), Related(one, (Link(Relation.RESPONDENT, other, negated=True),)))
    nameless = [data.segments[i] for i in picked(data, one) if data.segments[i].respondent_id is None]
    assert all(data.segments[i].respondent_id is not None for i in found.places())
    assert found.left() == (len(nameless), len({s.transcript_id for s in nameless}))
    assert any("left out" in note for note in found.notes) is bool(nameless)
