"""The page about suggestions: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_are_suggested_accepted_and_checked(language: str, reader: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.workflows.suggesting.models", lambda: {})
    follow(DOCS / f"suggestions.{language}.md", reader)
    codings = ok("codings", "--transcript", "cso-kayes-retour", "--json").json("codings")["codings"]
    assert [each["code"] for each in codings if each["origin"] == "suggested"] == ["K3"]
    [spoken] = [
        each
        for each in ok("transcripts", "languages", "--json").json("transcripts languages")["transcripts"]
        if each["transcript"] == "cso-kayes-retour"
    ]
    assert (spoken["language"], spoken["heard"]) == ("mixed", "fr")
