"""The tutorials do what they say: their commands run, their keys are pressed, from the first line to the last."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.tui.actions import registry
from hsreview.tui.keymap import key_name, key_text
from hsreview.workflows import reading
from hsreview.workflows.coders import Coder, coders
from hsreview.workflows.places import place_name
from hsreview.workflows.projects import Project, open_project
from tests.conftest import ROOT
from tests.docs.pages import DOCS, Command, Press, steps
from tests.docs.shell import run
from tests.tui.stage import workbench

CODED = {
    "en": {("6.3-4", "D1"), ("8.1", "D1"), ("8.3", "C1"), ("8.4-6", "E4"), ("8.4-6", "M2"), ("22.1", "N1")},
    "fr": {
        ("5.3-4", "D3"), ("5.6", "D3"), ("7.3-4", "D2"), ("21.1-4", "K2"), ("21.1-4", "E7"), ("19.2", "E6"),
        ("15.4", "N1"),
    },
}  # fmt: skip
TRANSCRIPT = {"en": "cso-bandiagara-monitor", "fr": "cso-mopti-jeunes"}
FOLDER = {"en": "mali-review", "fr": "revue-mali"}


def page(language: str) -> Path:
    return DOCS / f"tutorial.{language}.md"


def test_both_tutorials_take_the_same_way() -> None:
    """Each command of one page has its twin on the other, though names and places differ."""

    def shape(language: str) -> list[str]:
        return [
            f"{each.words[0]} {next((w for w in each.words[1:] if w.isalpha()), '')} {each.exit_code}"
            if isinstance(each, Command) and each.words[0] == "hsreview"
            else "other"
            for each in steps(page(language))
        ]

    assert shape("en") == shape("fr")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_reader_gets_from_transcripts_to_the_workbook(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", language)
    monkeypatch.setenv("HOME", str(tmp_path))
    use_language(language)
    shutil.copytree(ROOT / "transcripts", tmp_path / "hsreview" / "transcripts")
    monkeypatch.chdir(tmp_path / "hsreview")
    project = tmp_path / FOLDER[language]
    for step in steps(page(language)):
        if isinstance(step, Command):
            run(step, tmp_path)
        else:
            await press(step, project)
            check_what_was_coded(language, project)
    assert (project / "exports" / "themes.xlsx").stat().st_size > 20_000
    assert list((project / "backups").glob("*-asked.hsreview"))


async def press(rows: list[Press], project: Path) -> None:
    """Press the keys of a table in the workbench; what is no key is typed."""
    keys = keys_by_text()
    async with workbench(project, size=(80, 24)) as stage:
        for row in rows:
            await stage.press(*(keys.get(text) or key_name(text) or f"={text}" for text in row.keys))
        assert stage.coding.desk is not None


def keys_by_text() -> dict[str, str]:
    """Every key of the registry by the name that people read in the present language."""
    return {key_text(key): key for entry in registry() for key in entry.keys}


def check_what_was_coded(language: str, folder: Path) -> None:
    with open_project(folder) as project:
        transcript = reading.find_transcript(project, TRANSCRIPT[language])
        codes = {place.code.id: place.code.ref for place in reading.codebook(project).codes()}
        text = reading.open_text(project, transcript)
        codings = reading.codings_of(project)
        assert {(place_name(text, c.start, c.end), codes[c.code_id]) for c in codings} == CODED[language]
        [marked] = [coding for coding in codings if coding.flags]
        assert marked.flags == ("unsure",)
        assert marked.modifiers == {"voice": "first_hand"}
        assert [memo.coding_id for memo in reading.memos_of(project)] == [marked.id]
        [row] = [row for row in reading.transcript_rows(project, text_coder(project)) if row.reviewed]
        assert row.transcript.id == transcript.id


def text_coder(project: Project) -> Coder:
    [coder] = coders(project)
    return coder


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_tables_name_keys_that_exist(language: str) -> None:
    """The first column of a table headed `key` holds keys of the workbench only."""
    use_language(language)
    known = set(keys_by_text())
    head = {"en": "| key | what it does |", "fr": "| touche | ce qu’elle fait |"}[language]
    inside, found = False, []
    for line in page(language).read_text(encoding="utf-8").split("\n"):
        inside = line == head or (inside and line.startswith("|"))
        if inside and line.startswith("| `"):
            found += [key.strip("`") for key in line.split(" | ")[0].removeprefix("| ").split()]
    assert len(found) > 20
    assert set(found) <= known
