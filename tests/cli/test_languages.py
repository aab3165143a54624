"""Which languages are spoken: told turn by turn, corrected by a person, and followed by what depends on it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import call, ok
from tests.cli.test_suggest import built
from tests.tui.stage import workbench

__all__ = ["built"]


@pytest.fixture(autouse=True)
def there(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Texts on record as French, in which the sixth turn is English."""
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "project"))
    return shutil.copytree(built, tmp_path / "project")


def test_the_languages_of_transcripts_and_turns_are_told() -> None:
    every = ok("transcripts", "languages", "--json").json("transcripts languages")["transcripts"]
    assert len(every) == 6 and all(each["turns"] == [] for each in every)
    [found] = ok("transcripts", "languages", "t-1", "--json").json("transcripts languages")["transcripts"]
    assert (found["language"], found["heard"], found["words"]["en"]) == ("fr", "mixed", 9)
    assert [each["heard"] for each in found["turns"]] == ["", "fr", "fr", "fr", "fr", "en", ""]
    said = ok("transcripts", "languages", "t-1")
    assert "Here the state is absent" in said.out and said.err == "1 turn is heard in another language.\n"


def test_an_interview_in_which_every_turn_is_in_both_languages_is_mixed_and_its_words_have_shares(
    tmp_path: Path,
) -> None:
    both = tmp_path / "both.txt"
    both.write_text(
        "INT : Alors, il faut parler with the women, and then what do they say de la route ?\n"
        "R1 : Bon, on a peur de la route, but the women still go because they have to, vous savez.\n",
        encoding="utf-8",
    )
    ok("import", str(both))
    [found] = ok("transcripts", "languages", "both", "--json").json("transcripts languages")["transcripts"]
    assert (found["language"], found["heard"]) == ("mixed", "mixed")
    assert {each["heard"] for each in found["turns"]} == {"mixed"}
    assert sum(found["words"].values()) == 34, "each word counts once"
    assert found["words"]["other"] == 0 and min(found["words"]["fr"], found["words"]["en"]) >= 10


def test_a_person_corrects_the_language_and_what_is_no_language_is_refused() -> None:
    ok("transcripts", "set", "t-1", "--language", "mixed")
    rows = ok("transcripts", "--json").json("transcripts")["transcripts"]
    assert [row["language"] for row in rows][:2] == ["mixed", "fr"]
    assert ok("search", "the", "--language", "mixed", "--json").json("search")["total"] == 1
    refused = call("transcripts", "set", "t-1", "--language", "klingon")
    assert refused.code == 2 and "mixed" in refused.err


async def test_the_status_line_tells_the_language_where_it_is_another(there: Path) -> None:
    async with workbench(there, "Awa", (80, 24)) as stage:
        await stage.press("escape", "g", "t", "end", "enter", "t", "g", "l", "=6", "enter", "t")
        assert "in English" in stage.status
        await stage.press("up")
        assert "in English" not in stage.status and "in French" not in stage.status
