"""The page about language models: its commands run in both languages, whichever models are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.privacy.candidates import ENGINES
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_models_are_listed_and_an_unknown_file_is_refused(language: str, reader: Path) -> None:
    page = DOCS / f"models.{language}.md"
    follow(page, reader)
    told = page.read_text(encoding="utf-8")
    assert all(f"| `{engine}` |" in told for engine in ENGINES)
