"""Who reads what: the draw, the order of passes."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.review.assigning import current_pass, draw, draw_key, seats, wanted_size
from hsreview.workflows import assigning
from hsreview.workflows.assigning import next_assigned
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import mark_reviewed
from hsreview.workflows.reading import find_transcript, transcripts
from hsreview.workflows.transcripts import change_transcript
from hsreview.workflows.undoing import undo
from tests.builders import a_project


def test_the_draw_is_that_of_sha256sum() -> None:
    assert draw_key(7, "cso-1") == hashlib.sha256(b"7:cso-1").hexdigest()
    assert draw_key(7, "cso-e\u0301") == draw_key(7, "cso-\u00e9"), "composed or not, a name is the same"


def test_a_draw_is_the_same_everywhere() -> None:
    """The names drawn were worked out with printf and sha256sum."""
    names = [f"cso-{n}" for n in range(1, 11)]
    assert draw([(n, n, "") for n in names], 3, 7) == {"": ["cso-9", "cso-10", "cso-6"]}
    assert draw([(n, n, "") for n in reversed(names)], 3, 7) == draw([(n, n, "") for n in names], 3, 7)
    assert draw([(n, n, "") for n in names], 3, 8) != draw([(n, n, "") for n in names], 3, 7)


@given(st.dictionaries(st.text(max_size=3), st.integers(1, 40), min_size=1, max_size=6), st.data())
def test_seats_follow_the_sizes(sizes: dict[str, int], data: st.DataObject) -> None:
    total = data.draw(st.integers(1, sum(sizes.values())))
    given_ = seats(sizes, total)
    assert sum(given_.values()) == total and all(given_[name] <= sizes[name] for name in sizes)
    assert total < len(sizes) or min(given_.values()) >= 1
    assert all(given_[a] >= given_[b] for a in sizes for b in sizes if sizes[a] > sizes[b])


def test_sizes_of_samples() -> None:
    assert [wanted_size(wish, 50) for wish in ("20%", "20 %", "8", "12,5%", "1%", "100%")] == [10, 10, 8, 7, 1, 50]
    for wish in ("0", "0%", "51", "101%", "many", "", "-3", "2.5"):
        with pytest.raises(UsageProblem):
            wanted_size(wish, 50)


def test_the_open_assignment_says_which_pass() -> None:
    parts = ("CSO", "POL")
    assert current_pass([], [], parts) == ""
    assert current_pass(["POL", "second", "CSO"], [], parts) == "CSO"
    assert current_pass(["POL", "second", "CSO"], ["CSO"], parts) == "POL"
    assert current_pass(["POL", "second", "CSO"], ["CSO", "POL"], parts) == "second"
    assert current_pass(["POL", "second", "CSO"], ["CSO", "POL", "second"], parts) == "POL"
    assert current_pass(["", "second"], ["", "second"], parts) == ""


def test_assigning_is_one_act_and_undone_as_one(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=3)
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    texts = transcripts(project)
    done = assigning.assign(project, awa, texts, [awa, daan], reason="double")
    assert (done.new, done.present) == (6, 0)
    assert assigning.assign(project, awa, texts[:1], [daan], reason="double") == assigning.Assigned(0, 1)
    assert {(e.transcript, e.coder, e.blind, e.reason) for e in assigning.assignments(project, daan.id)} == {
        (t.name, "Daan", True, "double") for t in texts
    }
    with pytest.raises(InputRefused):
        assigning.unassign(project, awa, texts, [daan], "second")
    assert assigning.unassign(project, awa, texts[:2], [daan]) == 2
    assert len(assigning.assignments(project)) == 4
    assert undo(project, awa).done and len(assigning.assignments(project)) == 6
    assert undo(project, awa).done and assigning.assignments(project) == []
    assert examine(project.connection) == []
    project.close()


def test_a_draw_is_recorded_with_its_strata(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=6)
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    for n in (5, 6):
        change_transcript(project, awa, find_transcript(project, f"cso-{n}"), group="policymaker")
    made = assigning.draw(project, awa, [awa, daan], size="50%", seed=7, stratify="group")
    assert [(s.name, s.size, len(s.drawn)) for s in made.strata] == [("cso", 4, 2), ("policymaker", 2, 1)]
    assert assigning.draws(project) == [made] and len(assigning.assignments(project)) == 6
    [said] = assigning.methods(project)
    assert "3 of 6 transcripts" in said and "cso: 2 of 4; policymaker: 1 of 2" in said and "Awa and Daan" in said
    assert all(name in said for stratum in made.strata for name in stratum.drawn) and "“7:name”" in said
    again = assigning.draw(project, awa, [awa, daan], size="50%", seed=7, stratify="group")
    assert again == made, "the same draw is recorded once"
    assert undo(project, awa).done
    assert assigning.draws(project) == [] and assigning.assignments(project) == []
    project.close()


def test_a_draw_that_would_tell_an_untruth_is_neither_made_nor_recorded(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=4)
    for wrong in ("grp", "wave"):
        with pytest.raises(UsageProblem, match=f"No transcript has a field {wrong} .*group"):
            assigning.draw(project, awa, [awa], size="2", seed=7, stratify=wrong)
    assigning.draw(project, awa, [awa], size="2", seed=7, stratify="group")
    with pytest.raises(InputRefused, match="assigned to these coders already"):
        assigning.draw(project, awa, [awa], size="50%", seed=7)
    assert [each.stratified_by for each in assigning.draws(project)] == ["group"]
    assert assigning.draw(project, awa, [awa], size="3", seed=7).size == 3, "one more is new"
    project.close()


def test_what_waits_is_counted_by_pass(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p", transcripts=2)
    first, second = transcripts(project)
    assert next_assigned(project, awa.id, first.id) == second, "nobody assigned anything: any may be taken"
    assigning.assign(project, awa, [first], [awa])
    assigning.assign(project, awa, [first], [awa], pass_="second")
    assert assigning.current_pass(project, first.id, awa.id) == ""
    mark_reviewed(project, awa, first.id)
    assert assigning.current_pass(project, first.id, awa.id) == "second"
    assert next_assigned(project, awa.id) == first, "the second pass still waits"
    mark_reviewed(project, awa, first.id, pass_="second")
    assert next_assigned(project, awa.id) is None
    project.close()
