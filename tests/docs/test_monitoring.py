"""The page about the journal: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_are_written_followed_and_sent_out(language: str, reader: Path) -> None:
    follow(DOCS / f"monitoring.{language}.md", reader)
    found = ok("framework", "status", "--json").json("framework status")
    assert [(each["level"], each["trend"]) for each in found["markers"]] == [(2, [1, 2])]
    assert [(each["latest"], each["progress"]) for each in found["indicators"]] == [(3.5, "on_the_way")]
    assert [(each["status"], each["due"]) for each in found["recommendations"]] == [("accepted", "overdue")]
    assert list(Path("exports").glob("journal.xlsx"))
