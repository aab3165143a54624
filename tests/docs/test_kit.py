"""The page about versions and the kit: its commands take votes in a room and bring them home, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_goes_to_the_room_and_its_votes_come_home(language: str, reader: Path) -> None:
    follow(DOCS / f"kit.{language}.md", reader)
    [version] = ok("framework", "versions", "--json").json("framework versions")["versions"]
    assert version["name"] == "Bamako" and version["since"] == {"added": 3, "removed": 0, "changed": 1}
    told = ok("validation", "show", "--json").json("validation show")
    counted = {each["ref"]: [table["votes"]["agree"] for table in each["votes"]] for each in told["ballots"]}
    assert counted == {"OC1": [], "IN1": [7, 5]}
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert {each["ref"]: each["parent"] for each in rows if each["parent"]} == {
        "OC1": "ST1", "IN1": "OC1", "OC2": "ST2", "IN2": "OC2",
    }  # fmt: skip
