"""The page about corrected transcripts: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_transcript_is_corrected(language: str, reader: Path) -> None:
    follow(DOCS / f"correcting.{language}.md", reader)
