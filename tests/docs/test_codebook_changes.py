"""The page about changes of the codebook: its commands run in both languages, and write the files that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lead_changes_the_codebook(language: str, reader: Path) -> None:
    follow(DOCS / f"codebook-changes.{language}.md", reader)
    assert {path.suffix for path in Path("exports").iterdir() if path.stat().st_size > 3000} >= {".docx", ".xlsx"}
