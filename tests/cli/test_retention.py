"""How long the material is kept: reminders, who may say so, and nothing that happens by itself."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.retention import set_retention
from tests.cli.conftest import call, ok
from tests.project.teams import copied, give
from tests.tui.stage import workbench

TODAY = date.today()


def kept_for(folder: Path, days: int) -> str:
    """The material of the project is kept until so many days from now."""
    day = (TODAY + timedelta(days=days)).isoformat()
    with (
        Project.open(folder) as project,
        project.act(project.connection.execute("select id from coder").fetchone()[0]) as act,
    ):
        act.put("setting", "privacy.retention", value={"date": day, "because": ""})
    return day


def test_the_date_is_set_shown_and_taken_away(folder: Path) -> None:
    assert "Nobody said" in ok("retention").err
    done = ok("--coder", "Awa", "retention", "set", "9998-12-31", "--because", "the consent form")
    assert "9998-12-31" in done.err
    shown = ok("retention", "show").out
    assert "9998-12-31" in shown and "the consent form" in shown and "keyfile destroy" in shown
    answer = ok("retention", "--json").json("retention")
    assert (answer["date"], answer["because"], answer["days_left"] > 1000) == ("9998-12-31", "the consent form", True)
    assert [step["done"] for step in answer["steps"]] == ["", "", "", ""]
    ok("--coder", "Awa", "retention", "clear")
    assert ok("retention", "--json").json("retention")["date"] is None
    assert "no date" in ok("--coder", "Awa", "retention", "clear").err


def test_only_an_archivist_or_a_lead_says_so_and_only_a_day_counts(folder: Path) -> None:
    refused = call("--coder", "Daan", "retention", "set", "2031-12-31")
    assert refused.code == 2 and "archivist or a lead" in refused.err
    for wrong in ("2031", "2031-02-30", "soon"):
        refused = call("--coder", "Awa", "retention", "set", wrong)
        assert refused.code == 3 and wrong in refused.err
    with Project.open(folder) as project:
        store_coder(project, Coder(new_id(), "Fanta", CoderRole.ARCHIVIST), None)
    ok("--coder", "Fanta", "retention", "set", "2031-12-31")


@pytest.mark.parametrize(("days", "reading", "writing"), [(90, 0, 0), (60, 0, 1), (0, 0, 1), (-1, 2, 2)])
def test_who_writes_is_reminded_once_a_day_and_after_the_date_everybody(
    folder: Path, days: int, reading: int, writing: int
) -> None:
    day = kept_for(folder, days)
    reads = [ok("transcripts").err for _each in range(2)]
    writes = [ok("--coder", "Awa", "memos", "add", "Seen", "--transcript", "cso-1").err for _each in range(2)]
    assert [sum(day in said for said in told) for told in (reads, writes)] == [reading, writing]
    assert all(said.count(day) <= 1 for said in (*reads, *writes))
    assert ok("transcripts").out.count("cso-") == 2


async def test_the_workbench_reminds_when_it_is_opened(folder: Path) -> None:
    day = kept_for(folder, -3)
    async with workbench(folder, coder="Awa") as stage:
        assert any(day in each.message and "3 days ago" in each.message for each in stage.app._notifications)


def test_two_days_that_were_set_apart_are_an_open_conflict_in_words(folder: Path, tmp_path: Path) -> None:
    with Project.open(folder) as here:
        awa = next(each for each in coders(here) if each.name == "Awa")
        fanta = store_coder(here, Coder(new_id(), "Fanta", CoderRole.ARCHIVIST), awa.id)
        copied(here, tmp_path / "there").close()
    ok("--coder", "Awa", "retention", "set", "2031-12-31", "--because", "the funder")
    with Project.open(folder) as here, Project.open(tmp_path / "there") as there:
        set_retention(there, fanta, "2041-12-31")
        give(there, here)
    done = ok("conflicts")
    told = done.out + done.err
    assert "day until which the material is kept" in told and "2031-12-31 · the funder" in told and "2041-12-31" in told
    assert "2041" in ok("retention").out or "2031" in ok("retention").out
