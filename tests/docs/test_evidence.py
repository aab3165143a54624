"""The page about the strength of evidence: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_framework_is_begun_graded_and_checked(language: str, reader: Path) -> None:
    follow(DOCS / f"evidence.{language}.md", reader)
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert sorted(row["ref"] for row in rows) == ["F1", "OC1", "OC2", "OC3", "OC4", "ST1"]
    [finding] = [row for row in rows if row["kind"] == "finding"]
    assert (finding["strength"]["set"], bool(finding["strength"]["reason"])) == ("low", True)
    usual = ok("framework", "thresholds", "--json").json("framework thresholds")["thresholds"]
    assert all(each["value"] == each["usual"] for each in usual)
