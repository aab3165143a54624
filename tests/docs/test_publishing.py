"""The page about what goes out: its commands run in both languages, and take the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_of_the_page_run(language: str, reader: Path) -> None:
    follow(DOCS / f"publishing.{language}.md", reader)
    assert Path("exports/public.xlsx").stat().st_size > 10_000
