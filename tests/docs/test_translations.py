"""The page about translations: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_segments_are_translated_and_a_table_goes_out_and_comes_back(language: str, reader: Path) -> None:
    follow(DOCS / f"translations.{language}.md", reader)
    found = ok("translations", "--json").json("translations")["translations"]
    assert [(each["translator"], each["place"]) for each in found] == [("machine", "7.1"), ("Sali", "7.2")]
