"""The page about working as a team: its commands run in both languages, and lead to a workbook of the consensus."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_gets_from_assignments_to_a_consensus(language: str, reader: Path) -> None:
    follow(DOCS / f"team.{language}.md", reader)
    assert Path("exports/consensus.xlsx").stat().st_size > 20_000
