"""The page about pseudonyms: its commands run in both languages on the invented interview that it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("quick_passphrases")
def test_names_are_replaced_before_an_interview_is_stored(
    language: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "quatre mots de passe")
    page = DOCS / f"pseudonyms.{language}.md"
    found = re.search(r"`(\w+\.txt)`.*?```text\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    (reader / found[1]).write_text(found[2], encoding="utf-8")
    follow(page, reader)
    text = ok("text", found[1].removesuffix(".txt")).out
    assert not re.search("aminata|mercy|awa|akosua|bandiagara|tamale|12", text, re.IGNORECASE)
    assert not list((Path.cwd() / "transcripts").iterdir()) and (reader / found[1]).exists()
    assert (reader / {"fr": "retour", "en": "back"}[language] / "transcripts" / found[1]).exists()
    [risk] = ok("names", "report", "--no-model", "--json").json("names report")["texts"]
    assert risk["indirect_turns"] == [4] and not risk["left"] and not risk["undecided"]
