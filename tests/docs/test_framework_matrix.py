"""The page about the framework matrix: its commands run in both languages, and write the sheet that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_team_charts_and_exchanges_a_sheet(language: str, reader: Path) -> None:
    follow(DOCS / f"framework-matrix.{language}.md", reader)
    [written] = Path("exports").glob("*matri*.xlsx") if language == "fr" else Path("exports").glob("framework.xlsx")
    assert written.stat().st_size > 3000
