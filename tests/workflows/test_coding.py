"""Coding: no twins, no work on what was removed, memos on what is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.codebooks import decide_proposal
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import (
    add_codings,
    change_coding,
    in_vivo,
    mark_reviewed,
    propose_code,
    remove_coding,
    remove_memo,
    write_memo,
)
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.reading import codebook, codings_of, find_code, memos_of, transcripts
from hsreview.workflows.transcripts import change_transcript, remove_transcript
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened

World = tuple[Project, Coder]


@pytest.fixture
def world(tmp_path: Path) -> World:
    return a_project(tmp_path / "p")


def test_a_merged_code_stands_for_the_one_that_took_it_over(world: World) -> None:
    project, awa = world
    version = opened(project).version.id
    proposed, _coding = in_vivo(project, awa, version, 20, 30)
    decide_proposal(project, awa, proposed.id, "merge", into=code_id("D2"), reason="the same")
    for code in (proposed.id, code_id("D2")):
        [found] = add_codings(project, awa, version, 20, 30, [code, code_id("D2")])
        assert found.code_id == code_id("D2")
    assert len(codings_of(project)) == 1


@pytest.mark.parametrize("change", [{"start": 20, "end": 30}, {"start": 20, "end": 30, "code_id": code_id("D2")}])
def test_a_coding_is_not_moved_onto_its_twin(world: World, change: dict[str, Any]) -> None:
    project, awa = world
    version = opened(project).version.id
    add_codings(project, awa, version, 20, 30, [code_id("D2")])
    [moved] = add_codings(project, awa, version, 40, 50, [code_id("D2")])
    with pytest.raises(InputRefused, match="D2 stands on exactly this segment"):
        change_coding(project, awa, moved.id, **change)
    assert [(c.start, c.end) for c in codings_of(project)] == [(20, 30), (40, 50)]


def test_a_coding_does_not_take_the_code_of_its_neighbour(world: World) -> None:
    project, awa = world
    first, _second = add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1"), code_id("D2")])
    with pytest.raises(InputRefused):
        change_coding(project, awa, first.id, code_id=code_id("D2"))
    assert change_coding(project, awa, first.id, start=19, flags=["quote"]).start == 19
    assert change_coding(project, awa, first.id, start=19, flags=[]).flags == (), "its own place is free"


def removed(project: Project, coder: Coder) -> dict[str, Callable[[], object]]:
    """Ways to work on a transcript, which is removed when they are called."""
    text = opened(project)
    [coding] = add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    memo = write_memo(project, coder, "note", transcript_id=text.transcript.id)
    assert memo is not None
    version, transcript = text.version.id, text.transcript
    remove_transcript(project, coder, transcript)
    return {
        "code": lambda: add_codings(project, coder, version, 40, 50, [code_id("D1")]),
        "code in vivo": lambda: in_vivo(project, coder, version, 40, 50),
        "change a coding": lambda: change_coding(project, coder, coding.id, flags=["quote"]),
        "remove a coding": lambda: remove_coding(project, coder, coding.id),
        "write a memo": lambda: write_memo(project, coder, "x", transcript_id=transcript.id),
        "write a memo on words": lambda: write_memo(project, coder, "x", version_id=version, start=1, end=2),
        "write a memo on a coding": lambda: write_memo(project, coder, "x", coding_id=coding.id),
        "change a memo": lambda: write_memo(project, coder, "x", memo_id=memo.id),
        "remove a memo": lambda: remove_memo(project, coder, memo.id),
        "mark it reviewed": lambda: mark_reviewed(project, coder, transcript.id),
        "rename it": lambda: change_transcript(project, coder, transcript, name="x"),
        "remove it": lambda: remove_transcript(project, coder, transcript),
        "set a speaker": lambda: set_speaker(project, coder, transcript.id, "R1", role=Role.OTHER),
        "relabel a turn": lambda: relabel_turn(project, coder, version, 2, "R1"),
    }


def test_a_removed_transcript_takes_no_work_and_does_not_come_back(world: World) -> None:
    project, awa = world
    for what, act in removed(project, awa).items():
        with pytest.raises(InputRefused):
            act()
            raise AssertionError(what)
        assert transcripts(project) == [], what
    assert undo(project, awa).done and len(transcripts(project)) == 1
    assert [c.flags for c in codings_of(project)] == [()] and [m.text for m in memos_of(project)] == ["note"]
    assert examine(project.connection) == []


@pytest.mark.parametrize(
    "target",
    [
        {"coding_id": "nobody"},
        {"transcript_id": "nothing"},
        {"code_id": "no code"},
        {"version_id": "no text", "start": 1, "end": 2},
        {"memo_id": "no memo"},
    ],
)
def test_a_memo_is_about_something_that_is_there(world: World, target: dict[str, Any]) -> None:
    project, awa = world
    with pytest.raises(InputRefused):
        write_memo(project, awa, "x", **target)
    with pytest.raises(InputRefused):
        write_memo(project, awa, "x", version_id=opened(project).version.id, start=5, end=10**6)
    assert memos_of(project) == []


def test_a_removed_memo_is_not_changed_back_to_life(world: World) -> None:
    project, awa = world
    memo = write_memo(project, awa, "x", code_id=code_id("D1"))
    assert memo is not None
    remove_memo(project, awa, memo.id)
    with pytest.raises(InputRefused):
        write_memo(project, awa, "y", memo_id=memo.id)
    assert memos_of(project) == []


@pytest.mark.parametrize("label", [Localized(), Localized(fr=" ", en="\t")])
def test_a_proposal_needs_a_label(world: World, label: Localized) -> None:
    project, awa = world
    with pytest.raises(InputRefused, match="label"):
        propose_code(project, awa, label)


def test_codes_of_one_name_are_told_apart_by_their_ids(world: World) -> None:
    project, awa = world
    one = propose_code(project, awa, Localized(fr="peur", en="fear"))
    two = propose_code(project, awa, Localized(fr="joie", en="joy"))
    project.connection.execute("update code set ref = 'N1' where id = ?", (two.id,))
    with pytest.raises(Exception, match=r"Several codes are called N1.*fear.*joy") as refused:
        find_code(codebook(project), "N1")
    assert one.id in str(refused.value) and two.id in str(refused.value)
    assert find_code(codebook(project), two.id).label.en == "joy"
    with pytest.raises(InputRefused):
        find_code(codebook(project), "")


def test_two_people_change_different_things_of_one_transcript(world: World) -> None:
    project, awa = world
    daan = store_coder(project, Coder(new_id(), "Daan"))
    seen_by_both = opened(project).transcript
    change_transcript(project, awa, seen_by_both, attributes={"region": "Gao", "sex": "m"})
    change_transcript(project, daan, seen_by_both, attributes={"sex": None, "age": "40"}, wave="2")
    [now] = transcripts(project)
    assert now.attributes == {"region": "Gao", "age": "40"} and now.wave == "2"


@pytest.mark.parametrize("date", ["2016", "2016-03", "2016-03-14", "2016-02-29", ""])
def test_a_date_may_be_a_year_a_month_or_a_day(world: World, date: str) -> None:
    project, awa = world
    assert change_transcript(project, awa, opened(project).transcript, date=date).date == date


@pytest.mark.parametrize(
    "date", ["soon", "14/03/2016", "2016-13", "2016-02-30", "2016-3-4", "２０１６", "2016-", "0000"]
)
def test_other_dates_are_refused(world: World, date: str) -> None:
    project, awa = world
    with pytest.raises(InputRefused, match="2016-01-31"):
        change_transcript(project, awa, opened(project).transcript, date=date)


@pytest.mark.parametrize("label", ["", "  ", "R\x1b[31m", "R\n2", "R\u202e2"])
def test_a_label_can_be_read(world: World, label: str) -> None:
    project, awa = world
    text = opened(project)
    with pytest.raises(InputRefused, match="control"):
        relabel_turn(project, awa, text.version.id, 3, label)
    if label:
        with pytest.raises(InputRefused, match="control"):
            set_speaker(project, awa, text.transcript.id, "R1", respondent=label)
    assert opened(project).turns == text.turns
