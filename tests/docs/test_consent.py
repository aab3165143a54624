"""The page about consent and roles: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_consent_is_recorded_and_gates_close(language: str, reader: Path) -> None:
    follow(DOCS / f"consent.{language}.md", reader)
    answer = ok("consent", "--json").json("consent")
    found = {each["respondent"]: each for each in answer["consents"]}
    assert (found["CSO-Mopti-1"]["status"], found["CSO-Mopti-1"]["may_code"]) == ("withdrawn", False)
    [new] = [each for each in answer["transcripts"] if each["gated"] and each["transcript"].startswith(("sec", "deux"))]
    assert new["may_code"] is True
    assert [each["scope"] for name, each in found.items() if name == new["transcript"]] == [["analysis", "quotes"]]
