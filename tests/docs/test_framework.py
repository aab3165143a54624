"""The page about findings and framework rows: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_are_written_and_traced(language: str, reader: Path) -> None:
    follow(DOCS / f"framework.{language}.md", reader)
    rows = ok("framework", "--json").json("framework show")["rows"]
    assert [row["ref"] for row in rows] == ["ST1", "AC1", "F1", "OC1", "IN1"]
    [indicator] = [row for row in rows if row["kind"] == "indicator"]
    assert indicator["status"] == "proposed" and indicator["data"]["disaggregation"] == ["sex", "region"]
