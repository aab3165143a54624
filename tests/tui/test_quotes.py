"""The screen of quotes: checked by a second person, released, withdrawn, translated, and taken back."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.quotes import QuotesScreen
from hsreview.workflows import people, quotes
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.outputs import outputs
from hsreview.workflows.quotes import Quote
from tests.builders import code_id, opened
from tests.tui.stage import Stage, workbench

CONSENT = {"status": "written", "scope": ["quotes"], "attribution": "group"}


def starred(root: Path) -> None:
    """Awa stars a passage of somebody who allows quotes; Ben may check it."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        store_coder(project, Coder(new_id(), "Ben", CoderRole.VALIDATOR), awa.id)
        text = opened(project)
        people.set_speaker(project, awa, text.transcript.id, "R1", respondent="Fanta")
        with project.act(awa.id) as act:
            for (person,) in project.connection.execute("select id from respondent").fetchall():
                act.put("respondent", person, consent=CONSENT)
        start = text.text.index("Mais sans budget")
        add_codings(project, awa, text.version.id, start, start + 16, [code_id("K4")], flags=["quote"])


def four_people(root: Path) -> None:
    """Four respondents are heard in an interview that Awa reviewed."""
    with Project.open(root) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        text = opened(project)
        mark_reviewed(project, awa, text.transcript.id)
        with project.act(awa.id) as act:
            for n in range(4):
                person = new_id()
                act.put("respondent", person, name=f"Person {n}", grp="cso", consent=CONSENT, attributes={})
                act.put(
                    "speaker", new_id(), transcript_id=text.transcript.id, label=f"X{n}", role="respondent",
                    respondent_id=person,
                )  # fmt: skip


def said(stage: Stage) -> str:
    screen = stage.app.screen
    assert isinstance(screen, ListScreen)
    return screen.notice.text()


def quote(stage: Stage) -> Quote:
    [found] = quotes.quotes(stage.project)
    return found


async def test_a_second_person_checks_and_releases_by_one_key_each(root: Path) -> None:
    starred(root)
    async with workbench(root, "Ben") as stage:
        await stage.press("g", "v")
        assert isinstance(stage.app.screen, QuotesScreen)
        await stage.press("c")
        assert quote(stage).state == "checked" and "checked" in said(stage) and "u undo" in said(stage)
        await stage.press("r")
        assert quote(stage).state == "released"
        await stage.press("u")
        assert quote(stage).state == "checked" and "Undone" in said(stage)
        await stage.press("U", "w", "=too easy to recognise", "enter")
        assert (quote(stage).state, quote(stage).reason) == ("draft", "too easy to recognise")


async def test_who_starred_it_is_told_why_they_cannot_check_it_and_releases_with_a_reason(root: Path) -> None:
    starred(root)
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "v", "c")
        assert quote(stage).state == "draft"
        await stage.press("r", "=alone in the field", "enter")
        assert (quote(stage).state, quote(stage).reason) == ("released", "alone in the field")
        await stage.press("t", "enter")
        screen = stage.app.screen
        assert isinstance(screen, QuotesScreen) and "a draft again" in screen.prompt.text()
        await stage.press("=But without", "enter")
        assert "check and release it anew" in said(stage)
        assert quote(stage).translations["en"]["text"] == "But without" and quote(stage).state == "draft"


async def test_states_are_filtered_and_enter_opens_the_text(root: Path) -> None:
    starred(root)
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "v", "s", "s")
        screen = stage.app.screen
        assert isinstance(screen, QuotesScreen) and screen.rows.rows == []
        await stage.press("s", "s", "enter")
        here = stage.app.current_transcript()
        assert not isinstance(stage.app.screen, QuotesScreen) and here is not None and here.name == "cso-1"


async def test_the_public_workbook_is_written_from_here(root: Path) -> None:
    starred(root)
    four_people(root)
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "v", "p", "w")
        assert "Written" in said(stage) and "not in it" in said(stage)
        [made] = (root / "exports").glob("public-*.xlsx")
        [record] = outputs(stage.project, "public")
        assert record.name == made.name
