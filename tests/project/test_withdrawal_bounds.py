"""What a withdrawal that came from elsewhere may not erase: whatever it names, only what is a person's goes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.project.codebooks import load_codebook
from hsreview.project.doctor import examine
from hsreview.project.log import rebuild
from hsreview.project.merging import merge, plan
from hsreview.project.personal import THINGS
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.coders import store_coder
from hsreview.workflows.people import Role, set_speaker
from hsreview.workflows.reading import transcripts
from tests.builders import a_project, code_id, opened
from tests.project.teams import copied, package, tables

Header = tuple[str, str, str]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Coder]]:
    """A project with codings, a memo, a respondent and a second lead, who does harm."""
    project, awa = a_project(tmp_path_factory.mktemp("base") / "project", transcripts=2)
    mallory = store_coder(project, Coder(new_id(), "Mallory", CoderRole.LEAD))
    version = opened(project).version
    acts.add_codings(project, awa, version.id, 20, 30, [code_id("D1"), code_id("D2")])
    acts.write_memo(project, awa, "why", transcript_id=opened(project).transcript.id)
    set_speaker(project, awa, opened(project).transcript.id, "R1", role=Role.RESPONDENT, respondent="CSO-1")
    yield project, mallory
    project.close()


def _headers(project: Project) -> list[Header]:
    return project.connection.execute("select id, kind, entity from change order by clock, id").fetchall()


def _withdraws(project: Project, coder: Coder, things: list[str], records: list[str]) -> None:
    with project.act(coder.id) as act:
        act.put(
            "withdrawal", new_id(), respondent_id="r", reason="asked", coder_id=coder.id, at=act.at, things=things,
            stretches={}, contents=[], records=records,
        )  # fmt: skip
        rebuild(project.connection)


def _without_trace(project: Project) -> dict[str, Any]:
    found = {key: rows for key, rows in tables(project).items() if key not in ("withdrawal", "head", "act")}
    found["change"] = [row for row in found["change"] if "withdrawal.put" not in row]
    return found


@settings(
    max_examples=200 if settings().max_examples > 50 else 6, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_withdrawal_that_names_what_is_no_persons_erases_nothing_in_whatever_order_it_comes(
    base: tuple[Project, Coder], data: st.DataObject
) -> None:
    team, mallory = base
    headers = _headers(team)
    others = sorted({entity for _id, kind, entity in headers if kind.partition(".")[0] not in THINGS})
    single = [key for key, kind, _entity in headers if not kind.startswith(("summary.", "ruling."))]
    things = data.draw(st.lists(st.sampled_from(others), min_size=1, unique=True), "things")
    records = data.draw(st.lists(st.sampled_from(single), unique=True), "records")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        there, early = copied(team, root / "there"), Project.create(root / "early", project_id=team.id)
        _withdraws(there, mallory, things, records)
        given, before = package(there, mine=mallory.id), package(team)
        late = copied(team, root / "late")
        told = merge(late, [("p", given)])
        assert told.refused == () and told.spared == len(things) + len(records)
        for each in (given, before):
            assert merge(early, [("p", each)]).refused == ()
        assert tables(late) == tables(early) == tables(there)
        assert _without_trace(late) == _without_trace(team)
        assert examine(late.connection) == []
        for project in (there, early, late):
            project.close()


def test_what_is_a_persons_goes_beside_what_stays_and_a_merge_says_so(
    base: tuple[Project, Coder], tmp_path: Path
) -> None:
    team, mallory = base
    here, there = copied(team, tmp_path / "here"), copied(team, tmp_path / "there")
    gone, kept = transcripts(here)
    _withdraws(there, mallory, [gone.id, mallory.id, code_id("D1")], [])
    assert plan(here, [("p", package(there))]).spared == merge(here, [("p", package(there))]).spared == 2
    assert [each.id for each in transcripts(here)] == [kept.id]
    assert {place.code.ref for place in load_codebook(here.connection).codes()} == {"D1", "D2", "K4"}
    assert merge(here, [("p", package(there))]).spared == 0, "it is told once"


def test_a_coding_that_takes_the_id_of_a_code_takes_no_code_with_it(
    base: tuple[Project, Coder], tmp_path: Path
) -> None:
    team, mallory = base
    here, there = copied(team, tmp_path / "here"), copied(team, tmp_path / "there")
    version = opened(there).version
    with there.act(mallory.id) as act:
        act.put(
            "coding", code_id("D1"), version_id=version.id, start=1, end=2, given_code_id=code_id("D2"),
            coder_id=mallory.id, layer="own", **{"pass": 1}, origin="typed", modifiers={}, flags=[], created=act.at,
        )  # fmt: skip
    _withdraws(there, mallory, [opened(there).transcript.id], [])
    assert merge(here, [("p", package(there))]).refused == ()
    for project in (here, there):
        assert {place.code.ref for place in load_codebook(project.connection).codes()} == {"D1", "D2", "K4"}


def test_a_setting_that_is_told_anew_beside_a_withdrawal_keeps_what_it_said(
    base: tuple[Project, Coder], tmp_path: Path
) -> None:
    team, mallory = base
    here = copied(team, tmp_path / "here")
    with here.act(mallory.id) as act:
        act.put("setting", "name", value="Team")
    [record] = here.connection.execute("select id from change where kind = 'setting.put'").fetchone()
    there = copied(here, tmp_path / "there")
    with there.act(mallory.id) as act:
        act.put(
            "withdrawal", new_id(), respondent_id="r", reason="asked", coder_id=mallory.id, at=act.at, things=[],
            stretches={}, contents=[], records=[record],
        )  # fmt: skip
        act.put("setting", "name", value="Renamed")
        rebuild(there.connection)
    assert merge(here, [("p", package(there))]).spared == 1
    assert here.connection.execute("select state from change where id = ?", (record,)).fetchone() == ("present",)


def test_what_is_erased_by_itself_stays_erased_whatever_a_withdrawal_names(
    base: tuple[Project, Coder], tmp_path: Path
) -> None:
    team, mallory = base
    here, there = copied(team, tmp_path / "here"), copied(team, tmp_path / "there")
    [memo] = here.connection.execute("select id from change where kind = 'memo.put'").fetchone()
    with there.act(mallory.id) as act:
        act.record("change.erase", memo, {})
    _withdraws(there, mallory, [], [memo])
    assert merge(here, [("p", package(there))]).refused == ()
    assert here.connection.execute("select state from change where id = ?", (memo,)).fetchone() == ("erased",)
