"""The page about audit, retention and archive: its commands run in both languages."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS
from tests.docs.shell import follow


@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.deep)])  # The same way, twice as long.
def test_a_project_is_audited_and_archived_by_two_people(language: str, reader: Path) -> None:
    follow(DOCS / f"archive.{language}.md", reader)
    readme = (reader / "archive" / f"README.{language}.md").read_text("utf-8")
    assert "coder-1" in readme and "CC-BY-NC-4.0" in readme and "Draft" not in readme and "Brouillon" not in readme
    with (reader / "audit.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {"consent", "coding", "reviewed"} & {row["kind"] for row in csv.DictReader(file)}
    [draft, released] = ok("audit", "--kind", "archive", "--json").json("audit")["acts"][::-1]
    assert (draft["by"], released["by"], released["others"]) == ("Aïcha", "Daan", ["Aïcha"])
