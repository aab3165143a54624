"""The export screen: what is chosen is shown, written, put on record, and told with what is not in it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook

from hsreview.model.naming import NameClass
from hsreview.model.people import CoderRole
from hsreview.privacy.key_file import Lock, default_place, new_key_file
from hsreview.project.project import Project
from hsreview.tui.screens.exporting import ExportScreen
from hsreview.tui.widgets.prompt import Prompt
from hsreview.workflows import exports
from hsreview.workflows.coders import add_coder, coders
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.names import Deciding
from hsreview.workflows.outputs import outputs
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import transcripts
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench
from tests.tui.test_quotes import said


@pytest.fixture
def coded(root: Path) -> Path:
    with Project.open(root) as project:
        [awa] = coders(project)
        text = opened(project)
        add_codings(project, awa, text.version.id, 50, 80, [code_id("D1")])
        mark_reviewed(project, awa, text.transcript.id)
    return root


def lines(stage: Stage) -> dict[str, str]:
    screen = stage.app.screen
    assert isinstance(screen, ExportScreen)
    return {row.key: row.cells[1] for row in screen.rows.rows}


async def chosen(stage: Stage, key: str, *keys: str) -> None:
    """Press Enter on a line, then `keys`."""
    screen = stage.app.screen
    assert isinstance(screen, ExportScreen)
    screen.rows.go_to([row.key for row in screen.rows.rows].index(key))
    await stage.press("enter", *keys)


async def test_some_sheets_are_written_saved_as_a_profile_and_chosen_by_it(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await stage.press("g", "X")
        assert lines(stage)["layer"] == "Awa" and lines(stage)["path"].endswith("themes-Awa.xlsx")
        await chosen(stage, "sheets", "down", "enter", "ctrl+u", "=memos, progress", "enter")
        await chosen(stage, "recipient", "=Oxfam", "enter")
        await chosen(stage, "lang", "=engl", "enter")
        await stage.press("S", "=short", "enter", "w")
        assert "Written" in said(stage)
        path = coded / "exports" / "themes-Awa.xlsx"
        assert load_workbook(path).sheetnames == ["Provenance", "Memos", "Progress"]
        [record] = outputs(stage.project)
        assert (record.kind, record.recipient) == ("excel", "Oxfam")
        await chosen(stage, "sheets", "enter")
        assert lines(stage)["sheets"] == "all"
        await chosen(stage, "sheets", "=short", "enter")
        assert lines(stage)["sheets"] == "provenance, memos, progress"


async def test_lines_are_those_of_the_kind_and_wrong_answers_stay_open(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await stage.press("g", "X")
        await chosen(stage, "what", "=public wo", "enter")
        assert {"k", "by"} <= lines(stage).keys() and not {"sheets", "since", "form"} & lines(stage).keys()
        await chosen(stage, "k", "ctrl+u", "=2", "enter")
        screen = stage.app.screen
        assert isinstance(screen, ExportScreen) and "At least 3 respondents" in screen.prompt.text()
        await stage.press("ctrl+u", "=4", "enter")
        assert lines(stage)["k"] == "4"
        await chosen(stage, "what", "=public rep", "enter")
        await chosen(stage, "form", "=html", "enter")
        await chosen(stage, "question", "=q1", "enter")
        assert lines(stage)["path"].endswith("public-report-Awa.html") and lines(stage)["question"] == "Q1"
        await chosen(stage, "path", "ctrl+u", f"={coded / 'x.txt'}", "enter", "w")
        assert not (coded / "x.txt").exists() and "told:path" not in lines(stage)


async def test_a_profile_is_offered_only_where_sheets_are_chosen(coded: Path) -> None:
    async with workbench(coded, "Awa", (80, 24)) as stage:
        await stage.press("g", "X")
        screen = stage.app.screen
        assert isinstance(screen, ExportScreen) and "profile" in screen.footer.text()
        await chosen(stage, "sheets", "down", "enter", "ctrl+u", "=memos", "enter")
        await chosen(stage, "what", "=public wo", "enter")
        assert "profile" not in screen.footer.text()
        await stage.press("S")
        assert screen.prompt.question is None
        await chosen(stage, "what", "=workbook", "enter")
        assert "profile" in screen.footer.text()


async def test_what_is_held_back_of_a_public_file_is_told_below(coded: Path) -> None:
    from tests.tui.test_quotes import four_people

    four_people(coded)
    async with workbench(coded, "Awa") as stage:
        await stage.press("g", "X")
        await chosen(stage, "what", "=public wo", "enter")
        await stage.press("w")
        assert lines(stage)["told:path"].endswith("public-Awa.xlsx") and "held:0" in lines(stage)


async def test_escape_stops_what_is_written(coded: Path) -> None:
    async with workbench(coded, "Awa") as stage:
        await stage.press("g", "X")
        await stage.press("w", "escape")
        assert isinstance(stage.app.screen, ExportScreen) and "stopped" in said(stage)
        assert not (coded / "exports" / "themes-Awa.xlsx").exists()
        await stage.press("escape")
        assert not isinstance(stage.app.screen, ExportScreen)


async def test_who_goes_to_a_text_meanwhile_is_told_there(coded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left, export = Event(), exports.export

    def later(*asked: Any) -> exports.Exported:
        left.wait(20)
        return export(*asked)

    monkeypatch.setattr(exports, "export", later)
    async with workbench(coded, "Awa", notes=True) as stage:
        await stage.pilot.press("g", "X", "w")
        stage.app.open_transcript(transcripts(stage.project)[0])
        left.set()
        await stage.settle()
        assert stage.app.screen is stage.coding and (coded / "exports" / "themes-Awa.xlsx").exists()
        assert any("Written" in each.message for each in stage.app._notifications)


async def test_a_layer_without_codings_is_called_by_its_coder(coded: Path) -> None:
    with Project.open(coded) as project:
        add_coder(project, coders(project)[0].id, "Ben")
    async with workbench(coded, "Ben", notes=True) as stage:
        await stage.press("g", "X")
        assert lines(stage)["layer"] == "Ben" and lines(stage)["path"].endswith("themes-Ben.xlsx")
        await chosen(stage, "layer", "=Awa", "enter", "w")
        assert any("You code blind" in each.message for each in stage.app._notifications)
        assert not list((coded / "exports").glob("*.xlsx")) and "told:path" not in lines(stage)


async def test_without_codings_what_needs_none_is_there_and_it_says_so(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "X")
        assert "Nothing is coded yet" in said(stage)
        assert lines(stage)["path"].endswith("archive.zip") and not {"layer", "sheets"} & lines(stage).keys()
        await chosen(stage, "what", "=workbook", "enter", "escape")
        assert lines(stage)["path"].endswith("archive.zip"), "no workbook is offered"
        await chosen(stage, "what", "=audit", "enter", "w")
        assert (root / "exports" / "audit.xlsx").exists() and "Written" in said(stage)


@pytest.mark.usefixtures("quick_passphrases")
async def test_an_archive_is_prepared_and_confirmed_by_somebody_else(coded: Path) -> None:
    with Project.open(coded) as project:
        [awa] = coders(project)
        text = opened(project)
        set_speaker(project, awa, text.transcript.id, "R1", respondent="P1")
        person = project.connection.execute("select id from respondent").fetchone()[0]
        with project.act(awa.id) as act:
            act.put("respondent", person, consent={"status": "written", "scope": ["analysis", "archive"]})
        add_coder(project, awa.id, "Fanta", CoderRole.ARCHIVIST)
        add_coder(project, awa.id, "Daan", CoderRole.VALIDATOR)
    async with workbench(coded, "Awa", notes=True) as stage:
        await stage.press("g", "X")
        await chosen(stage, "what", "=archive for", "enter")
        assert lines(stage)["licence"] == "to be filled in" and lines(stage)["path"].endswith("exports/archive.zip")
        await stage.press("w", "=CC-BY-NC-4.0", "enter")
        assert not (coded / "exports" / "archive.zip").exists()
        await chosen(stage, "before", "=by hand", "enter")
        await stage.press("w")
        assert "Written" in said(stage) and any("draft until" in each for each in lines(stage).values())
        assert "Nobody looked for original names in it." in lines(stage).values()
        acts = Deciding(new_key_file(default_place(stage.project.id), stage.project.id, Lock("secret")), "me")
        acts.accept(acts.add("les chefs", NameClass.OTHER).number, "Zed")
        acts.save()
        (coded / "exports" / "archive.zip").unlink()
        assert isinstance(stage.app.screen, ExportScreen)
        stage.app.screen.change(licence="", recipient="secret")
        await stage.press("w", "=secret", "enter")  # The passphrase comes before the licence, which would show it.
        await stage.press("=secret", "enter")
        assert "This is the passphrase" in stage.app.screen.query_one(Prompt).wrong
        await stage.press("ctrl+u", "=CC-BY-NC-4.0", "enter")
        assert "This is the passphrase" in stage.app.screen.query_one(Prompt).wrong, "of the recipient"
        await stage.press("escape")
        await chosen(stage, "recipient", "ctrl+u", "=Archives", "enter", "w", "=secret", "enter")
        assert any("Original names stand" in each.message for each in stage.app._notifications)
        assert not (coded / "exports" / "archive.zip").exists()
        await stage.press("w")
        await stage.press("escape")
        assert not (coded / "exports" / "archive.zip").exists()
        await chosen(stage, "names", "w")
        assert "Nobody looked for original names in it." in lines(stage).values()
    async with workbench(coded, "Daan") as stage:
        await stage.press("g", "X")
        await chosen(stage, "what", "=archive that", "enter")
        assert lines(stage)["licence"] == "CC-BY-NC-4.0"
        await chosen(stage, "names", "w")
        assert [each.details["state"] for each in outputs(stage.project, "archive")] == ["draft", "draft", "released"]
