"""The page about withdrawals: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_somebody_is_withdrawn_and_a_trace_stays(language: str, reader: Path) -> None:
    follow(DOCS / f"withdrawal.{language}.md", reader)
    [trace] = ok("withdraw", "--list", "--json").json("withdraw --list")["withdrawals"]
    assert (trace["because"], trace["by"]) == ("request", "Aïcha")
    names = {each["name"] for each in ok("transcripts", "--json").json("transcripts")["transcripts"]}
    assert "pol-gao-sous-prefet" not in names and "cso-segou-groupe" in names
    assert "POL-Gao-1" not in Path("../left.txt").read_text(encoding="utf-8")
