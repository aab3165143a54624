"""The page about ballots and counting hands: its commands run and its keys are pressed, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.cli.conftest import call, ok
from tests.docs.pages import DOCS, LANGUAGES, Command, steps
from tests.docs.shell import run
from tests.docs.test_tutorial import keys_by_text
from tests.tui.stage import workbench

PAPERS = {"en": ("ballots.docx", "by-table.html"), "fr": ("bulletins.docx", "par-table.html")}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_ballots_are_printed_and_two_tables_are_counted(
    language: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    use_language(language)
    for step in steps(DOCS / f"counting.{language}.md"):
        if isinstance(step, Command):
            run(step, reader)
        else:
            keys = keys_by_text()
            async with workbench(Path.cwd(), size=(80, 24)) as stage:
                await stage.press(*(keys.get(text, text) for row in step for text in row.keys))
    found = ok("validation", "show", "Bamako", "--json").json("validation show")
    votes = {
        (ballot["ref"], table["table"]): [table["votes"][each] for each in ("agree", "amend", "reject")]
        for ballot in found["ballots"]
        for table in ballot["votes"]
    }
    assert votes == {("OC1", "A"): [6, 1, 1], ("OC1", "B"): [4, 2, 0], ("IN1", "A"): [8, 0, 0], ("IN1", "B"): [6, 0, 0]}
    word, page = PAPERS[language]
    assert Path(word).stat().st_size > 10_000
    assert Path(page).read_text(encoding="utf-8").count('<section class="paper">') == 4
    again = call("validation", "ballots", "Bamako", "-o", word)
    assert again.code == 3 and word in again.err
    made = ok("validation", "ballots", "-o", "other.html", "--json").json("validation ballots")
    assert (made["rows"], made["ballots"], made["tally_sheets"], made["round"]) == (2, 1, 2, 1)
