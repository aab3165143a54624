"""The page about validation meetings: its commands hold one in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_is_held_to_its_end(language: str, reader: Path) -> None:
    follow(DOCS / f"validation.{language}.md", reader)
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert {row["ref"]: row["status"] for row in rows} == {"OC1": "validated", "IN1": "amended", "PM1": "rejected"}
    told = ok("validation", "show", "--json").json("validation show")
    assert (told["meeting"]["signed"], told["to_do"], told["meeting"]["language"]) == (["2"], [], language)
    assert Path("exports/bamako.xlsx").is_file()
