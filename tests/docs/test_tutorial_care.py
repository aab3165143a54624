"""The tutorial of care does what it says: its interviews are imported, coded, withdrawn, searched for and archived."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES, Command, steps
from tests.docs.shell import run
from tests.docs.test_tutorial_framework import press, shape
from tests.project.encrypted import quick_keys as quick_keys

FOLDER = {"en": "interviews", "fr": "entretiens"}
FOLLOW_UP = {"en": "follow-up.txt", "fr": "suites.txt"}
COLLEAGUE = {"en": "Kojo", "fr": "Sali"}
NEIGHBOUR = {"en": "Kwame Tetteh", "fr": "Ousmane Keïta"}
"""What the page puts in the place of the neighbour's name."""
ORIGINALS = re.compile(
    "adjoa|mensah|boateng|asante|bolgatanga|diarra|coulibaly|dembélé|bandiagara|zobiko|oilcloth|toile cirée",
    re.IGNORECASE,
)
"""Names of the interviews, and words of whoever withdrew."""
_INTERVIEW = re.compile(r"`(p\d\d\.txt)`[^`]*```text\n(.*?)```", re.DOTALL)


def page(language: str) -> Path:
    return DOCS / f"tutorial-care.{language}.md"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("quick_passphrases", "quick_keys")
async def test_a_week_of_care_ends_with_an_archive_of_whoever_agreed(
    language: str, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if language == "fr":  # In English the models that are installed propose more than the page names.
        monkeypatch.setattr("hsreview.workflows.suggesting.models", lambda: {})
    for name in ("HSREVIEW_PASSPHRASE", "HSREVIEW_NEW_PASSPHRASE"):
        monkeypatch.setenv(name, "cinq mots sans aucun rapport")
    use_language(language)
    folder = reader / FOLDER[language]
    folder.mkdir()
    for name, text in _INTERVIEW.findall(page(language).read_text(encoding="utf-8")):
        (folder / name).write_text(text, encoding="utf-8")
    for step in steps(page(language)):
        if isinstance(step, Command):
            run(step, reader)
        else:
            await press(step)
            assert coded() == [("H1", "suggested"), ("H5", "typed")]
    assert coded() == [("H5", "typed")]
    assert COLLEAGUE[language] in (reader / FOLLOW_UP[language]).read_text(encoding="utf-8")
    archive = [path.read_text(encoding="utf-8") for path in (reader / "archive").rglob("*") if path.is_file()]
    assert any(NEIGHBOUR[language] in text for text in archive)
    assert not any(ORIGINALS.search(text) for text in archive)


def coded() -> list[tuple[str, str]]:
    """The codes of the project, with what they came from."""
    return [(each["code"], each["origin"]) for each in ok("codings", "--json").json("codings")["codings"]]


def test_both_pages_take_the_same_way() -> None:
    assert shape(page("en")) == shape(page("fr"))
