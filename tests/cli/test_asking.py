"""Questions in a terminal: yes and no in both languages, and what is at stake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import TEXT
from tests.cli.conftest import call, ok


@pytest.fixture(autouse=True)
def _at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True, raising=False)


@pytest.fixture
def imported(folder: Path, tmp_path: Path) -> None:
    """A third transcript, just imported by Awa."""
    (tmp_path / "cso-09.txt").write_text(TEXT + "R1 : Encore une phrase inventée.\n", encoding="utf-8")
    ok("--coder", "Awa", "import", "cso-09.txt")


def names() -> list[str]:
    return [entry["name"] for entry in ok("transcripts", "--json").json("transcripts")["transcripts"]]


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("answer", ["o", "oui", "OUI", "y", " yes"])
def test_yes_is_understood_in_both_languages(lang: str, answer: str) -> None:
    ok("--lang", lang, "--coder", "Awa", "undo", stdin=answer + "\n")
    assert "cso-09" not in names()


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("answer", ["n", "non", "NO", ""])
def test_anything_but_yes_leaves_an_import_where_it_is(answer: str) -> None:
    done = call("--lang", "fr", "--coder", "Awa", "undo", stdin=answer + "\n")
    assert done.code == 130 and "cso-09" in names()


@pytest.mark.usefixtures("imported")
def test_the_question_names_what_would_be_taken_back_and_is_asked_until_it_is_answered() -> None:
    done = call("--coder", "Awa", "undo", stdin="what\nn\n")
    assert done.err.count("import of cso-09") == 2 and done.err.count("[y/N]") == 2
    assert "answer with y (yes) or n (no)" in done.err and done.out == ""


def test_help_in_french_is_not_taken_for_an_option_that_is_spelt_alike(folder: Path) -> None:
    for command in (["import"], ["codings"], ["codebook", "show"], []):
        done = call("--lang", "fr", *command, "--aide")
        assert done.code == 2 and "--help" in done.err.rpartition("--aide")[2] and "--as" not in done.err
