"""Conflicts follow from the log, are the same everywhere, and are open until somebody decides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import derived_id, new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.conflicts import decide
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code, decide_proposal
from hsreview.workflows.coders import store_coder
from hsreview.workflows.conflicts import decide_conflict
from hsreview.workflows.reading import codebook, codings_of
from tests.builders import code_id, opened
from tests.project.teams import Leads, give


class Pair(Leads):
    """Leads who give a code other labels."""

    def label(self, project: Project) -> str:
        return next(place.code.label.fr for place in codebook(project).codes() if place.code.id == code_id("D1"))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with closing(Pair(tmp_path)) as found:
        yield found


def rename(project: Project, coder: Coder, label: str) -> None:
    change_code(project, coder, code_id("D1"), texts={"label": Localized(fr=label, en=label)})


def test_the_same_value_written_twice_is_no_conflict(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Même")
    rename(pair.there, pair.daan, "Même")
    assert pair.exchange() == []


def test_changes_of_different_fields_are_no_conflict(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Autre")
    change_code(pair.there, pair.daan, code_id("D1"), hue="red")
    assert pair.exchange() == [] and pair.label(pair.there) == "Autre"


def test_a_later_change_by_somebody_who_knew_is_no_conflict(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Un")
    give(pair.here, pair.there)
    rename(pair.there, pair.daan, "Deux")
    assert pair.exchange() == [] and pair.label(pair.here) == "Deux"


@pytest.mark.parametrize("times", [1, 2, 3])
def test_what_was_undone_neither_contradicts_nor_hides(pair: Pair, times: int) -> None:
    rename(pair.here, pair.awa, "Un")
    for label in ("Deux", "Trois", "Quatre")[:times]:
        rename(pair.there, pair.daan, label)
        assert undoing.undo(pair.there, pair.daan).done
    assert pair.exchange() == []
    assert pair.label(pair.here) == "Un"
    assert not undoing.redo(pair.there, pair.daan).done, "somebody else changed it since"


def test_a_removal_stands_although_another_one_was_undone(pair: Pair) -> None:
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        with project.act(coder.id) as act:
            act.remove("code", code_id("K4"))
    assert undoing.undo(pair.there, pair.daan).done
    assert pair.exchange() == []
    assert code_id("K4") not in {place.code.id for place in codebook(pair.there).codes()}


def test_contrary_decisions_open_it_again(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Un")
    rename(pair.there, pair.daan, "Deux")
    [found] = pair.exchange()
    decide(pair.here, pair.awa, found.id, found.values[0].record, "first")
    decide(pair.there, pair.daan, found.id, found.values[1].record, "second")
    [again] = pair.exchange()
    assert again.id != found.id and {value.coder_id for value in again.values} == {pair.awa.id, pair.daan.id}
    decide(pair.there, pair.daan, again.id, again.values[0].record, "talked about")
    assert pair.exchange() == []
    assert pair.label(pair.here) == again.values[0].value["fr"]


def test_a_decision_that_is_undone_leaves_the_conflict_open(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Un")
    rename(pair.there, pair.daan, "Deux")
    [found] = pair.exchange()
    decide(pair.here, pair.awa, found.id, found.values[0].record, "first")
    assert pair.exchange() == []
    assert undoing.undo(pair.here, pair.awa).done
    assert pair.exchange() == [found]


def test_a_code_removed_here_and_used_there_is_kept_or_removed(pair: Pair) -> None:
    with pair.here.act(pair.awa.id) as act:
        act.remove("code", code_id("K4"))
    acts.add_codings(pair.there, pair.daan, opened(pair.there).version.id, 20, 30, [code_id("K4")])
    [found] = pair.exchange()
    assert (found.table, found.field, found.name) == ("code", "removed", "K4")
    keep = next(value for value in found.values if value.value is False)
    assert keep.coder_id == pair.daan.id
    decide(pair.here, pair.awa, found.id, keep.record, "still needed")
    assert pair.exchange() == []
    assert code_id("K4") in {place.code.id for place in codebook(pair.there).codes()}
    assert undoing.undo(pair.here, pair.awa).done
    assert pair.exchange() == [found]
    gone = next(value for value in found.values if value.value is True)
    decide(pair.here, pair.awa, found.id, gone.record, "recode them")
    assert pair.exchange() == [] and len(codings_of(pair.there)) == 1


def test_a_code_retired_here_and_used_there_is_a_conflict(pair: Pair) -> None:
    with pair.here.act(pair.awa.id) as act:
        act.put("code", code_id("K4"), status="retired")
    acts.add_codings(pair.there, pair.daan, opened(pair.there).version.id, 20, 30, [code_id("K4")])
    [found] = pair.exchange()
    assert found.field == "status" and {value.value for value in found.values} == {"retired", "active"}
    keep = next(value for value in found.values if value.value == "active")
    decide(pair.there, pair.daan, found.id, keep.record, "still needed")
    assert pair.exchange() == []


def test_a_code_removed_by_somebody_who_knew_of_its_use_is_no_conflict(pair: Pair) -> None:
    acts.add_codings(pair.there, pair.daan, opened(pair.there).version.id, 20, 30, [code_id("K4")])
    give(pair.there, pair.here)
    with pair.here.act(pair.awa.id) as act:
        act.remove("code", code_id("K4"))
    assert pair.exchange() == []


def test_two_codes_of_one_name_become_one(pair: Pair) -> None:
    for project, coder in ((pair.here, pair.awa), (pair.there, pair.daan)):
        code, _coding = acts.in_vivo(project, coder, opened(project).version.id, 20, 40)
        theme = project.connection.execute("select id from code where kind = 'theme'").fetchone()[0]
        decide_proposal(project, coder, code.id, "accept", reason="new", ref="D9", theme_id=theme)
    [found] = pair.exchange()
    assert (found.field, found.name) == ("ref", "D9") and len(found.values) == 2
    decide(pair.here, pair.awa, found.id, found.values[0].record, "the same")
    assert pair.exchange() == []
    assert len({coding.code_id for coding in codings_of(pair.there)}) == 1


def test_two_leads_who_decide_one_difference_are_one_conflict(pair: Pair) -> None:
    key = derived_id("difference", "a", "b")
    for project, coder, outcome in ((pair.here, pair.awa, "take"), (pair.there, pair.daan, "both")):
        version = opened(project).version.id
        with project.act(coder.id) as act:
            act.put(
                "decision", key, version_id=version, basis=[], outcome=outcome, taken=coder.id, result=[],
                because="why", coder_id=coder.id, at=act.at,
            )  # fmt: skip
    [found] = pair.exchange()
    assert (found.table, found.field) == ("decision", "decision")
    decide(pair.here, pair.awa, found.id, found.values[1].record, "talked about")
    assert pair.exchange() == []
    wanted = pair.there.connection.execute("select outcome from decision").fetchone()[0]
    assert wanted == found.values[1].value["outcome"]


def test_a_decision_needs_a_lead_a_reason_and_an_open_conflict(pair: Pair) -> None:
    rename(pair.here, pair.awa, "Un")
    rename(pair.there, pair.daan, "Deux")
    [found] = pair.exchange()
    stranger = store_coder(pair.here, Coder(new_id(), "Eve"), pair.awa.id)
    with pytest.raises(UsageProblem, match="Only a lead"):
        decide_conflict(pair.here, stranger, found.id, found.values[0].record, "why")
    with pytest.raises(UsageProblem):
        decide(pair.here, pair.awa, found.id, found.values[0].record, " ")
    with pytest.raises(InputRefused):
        decide(pair.here, pair.awa, new_id(), found.values[0].record, "why")
    with pytest.raises(InputRefused):
        decide(pair.here, pair.awa, found.id, new_id(), "why")
    assert pair.exchange() == [found]
