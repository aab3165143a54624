"""The page about other states: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_state_is_derived_compared_and_takes_rows_over(language: str, reader: Path) -> None:
    follow(DOCS / f"transfer.{language}.md", reader)
    found = ok("overlay", "matrix", "mali", "niger", "--layer", "Aïcha", "--json").json("overlay matrix")
    [access] = [each for each in found["codes"] if each["ref"] == "K3"]
    assert access["cells"][1]["codings"] == 1 and access["cells"][1]["through"] == ["NE-2"]
    rows = ok("-p", "niger", "framework", "--json").json("framework show")["rows"]
    [indicator] = [row for row in rows if row["kind"] == "indicator"]
    assert indicator["data"]["needs_new_baseline"] == "yes" and "baseline_value" not in indicator["data"]
    assert len(list(reader.glob("*.xlsx"))) == len(list(reader.glob("*.csv"))) == 1
