"""Words that could steer a terminal, a spreadsheet or a browser, through all that analysis prints and exports."""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, CoderRole
from hsreview.workflows import quotes
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed, write_memo
from hsreview.workflows.framework_matrix import CaseKind, Edit, write_cells
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import codebook
from tests.accidents.test_hostile_text import picture
from tests.accidents.witness import HOSTILE, clean
from tests.builders import a_project, code_id, opened
from tests.cli.conftest import call
from tests.review.test_blind_screens import WALKS
from tests.tui.stage import workbench

BAD = f'=HYPERLINK("http://x")<script>alert(1)</script>{HOSTILE}|a|b'
CONSENT = {"status": "written", "scope": ["quotes"], "attribution": "group"}
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project in which everything that may be written freely is hostile."""
    home = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(home / "home"))
        project, awa = a_project(home / "project")
        ben = store_coder(project, Coder(new_id(), f"Ben{HOSTILE}", CoderRole.VALIDATOR), awa.id)
        text = opened(project)
        for label in ("R1", "R2"):
            if label in text.speakers:
                set_speaker(project, awa, text.transcript.id, label, respondent=f"P {label}")
        with project.act(awa.id) as act:
            act.put("setting", "name", value=BAD)
            organisation = new_id()
            act.put("organisation", organisation, name=BAD, grp="cso", attributes={"kind": BAD})
            for (person,) in project.connection.execute("select id from respondent").fetchall():
                act.put(
                    "respondent", person, name=f"{person[-4:]}{BAD}", grp="cso", consent=CONSENT,
                    organisation_id=organisation, attributes={"region": f"={BAD}"},
                )  # fmt: skip
            for n in range(4):
                person = new_id()
                act.put(
                    "respondent", person, name=f"{n}{BAD}", grp="cso", consent=CONSENT, attributes={"region": f"={BAD}"}
                )
                act.put(
                    "speaker", new_id(), transcript_id=text.transcript.id, label=f"X{n}", role="respondent",
                    respondent_id=person,
                )  # fmt: skip
        start = text.text.index("Mais sans budget")
        [first, _second] = add_codings(
            project, awa, text.version.id, start, start + 16, [code_id("K4"), code_id("D1")], flags=["quote"]
        )
        words = Localized(en=BAD, fr=BAD)
        change_code(project, awa, code_id("K4"), texts={"label": words, "definition": words})
        write_memo(project, awa, BAD, coding_id=first.id)
        write_memo(project, awa, BAD, transcript_id=text.transcript.id)
        write_cells(project, awa, CaseKind.TRANSCRIPT, [Edit(text.transcript.id, codebook(project).themes[0].id, BAD)])
        quotes.translate(project, ben, first.id, "en", BAD)
        quotes.check(project, ben, [first.id])
        quotes.release(project, awa, [first.id])
        mark_reviewed(project, awa, text.transcript.id)
        project.close()
        yield home / "project"


@pytest.fixture(autouse=True)
def here(hostile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HSREVIEW_PROJECT", str(hostile))
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.chdir(tmp_path)


PRINTED = (
    ["query", "any"], ["query", "any", "--csv"], ["query", 'region = "x\x1b[31m"'], ["query", f"by {HOSTILE}"],
    ["query", "K4", "--save", HOSTILE], ["queries"], ["queries", "show", HOSTILE], ["queries", "run", HOSTILE],
    ["search", "budget", "--kwic"], ["search", HOSTILE], ["codings", "--context", "40"], ["memos", "--find", "script"],
    ["matrix", "theme-interview", "--level", "code"], ["matrix", "crosstab", "--by", "region"],
    ["matrix", "crosstab", "--by", "organisation", "--csv"], ["matrix", "theme-speaker"], ["matrix", "gaps"],
    ["matrix", "crosstab", "--by", HOSTILE], ["matrix", "theme-interview", "--cell", HOSTILE, HOSTILE],
    ["framework-matrix", "--by", "transcript"], ["framework-matrix", "show", "--by", "transcript"],
    ["framework-matrix", "show", "--by", "respondent", "--csv"], ["framework-matrix", "status", "--by", "organisation"],
    ["quotes"], ["quotes", "show", HOSTILE], ["quotes", "check", HOSTILE], ["outputs"],
    ["codebook", "show"], ["codebook", "versions"], ["codebook", "retire", "K4", "--because", HOSTILE, "--dry-run"],
    ["codebook", "rename", "K4", "--en", HOSTILE, "--because", HOSTILE, "--dry-run"],
    ["codebook", "merge", "K4", HOSTILE, "--because", "x"], ["carried"], ["transcripts", "versions", "cso-1"],
    ["transcripts", "correct", "cso-1", "--turn", "2", "--text", HOSTILE, "--dry-run"],
    ["export", "excel", "x.xlsx", "--sheets", HOSTILE], ["export", "excel", "x.xlsx", "--since", HOSTILE],
    ["export", "public", "x.xlsx", "--by", HOSTILE], ["export", "public", "x.xlsx", "--zone", f"{HOSTILE}=,"],
    ["export", "report", "x.md", "--question", HOSTILE], ["export", "csv", f"{HOSTILE}x"],
)  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("args", PRINTED, ids=lambda args: " ".join(args[:2]))
def test_what_is_printed_steers_no_terminal(args: list[str], lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_LANG", lang)
    done = clean(call(*args))
    assert done.code in (0, 2, 3), done.err
    if "--csv" in args:
        assert not [cell for row in csv.reader(done.out.splitlines()) for cell in row if cell.startswith(("=", "@"))]
    else:
        clean(call(*args, "--json"))


def test_no_cell_of_a_workbook_is_a_formula_or_holds_a_control(tmp_path: Path) -> None:
    for args in (("excel",), ("excel", "--lang", "fr"), ("public", "--by", "region")):
        done = clean(call("export", args[0], "x.xlsx", "--layer", "Awa", *args[1:]))
        assert done.code == 0, done.err
        for sheet in load_workbook("x.xlsx"):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f" and "\x1b" not in str(cell.value or ""), cell
        with zipfile.ZipFile("x.xlsx") as archive:
            assert not any(b"<script" in archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("public", [[], ["--public"]], ids=["internal", "public"])
@pytest.mark.parametrize("name", ["x.html", "x.md", "x.docx"])
def test_a_report_runs_nothing_and_turns_nothing_round(name: str, public: list[str], tmp_path: Path) -> None:
    done = clean(call("export", "report", name, "--layer", "Awa", *public))
    assert done.code == 0, done.err
    if name.endswith("docx"):
        with zipfile.ZipFile(name) as archive:
            held = archive.read("word/document.xml").decode()
    else:
        held = Path(name).read_text("utf-8")
    assert "alert(1)" in held and not re.search(r"(?<!\\)<script", held)
    assert not CONTROLS.search(held.replace("\n", ""))


def test_tables_for_statistics_hold_no_formula_and_no_control(tmp_path: Path) -> None:
    assert clean(call("export", "csv", "tables", "--layer", "Awa")).code == 0
    for path in Path("tables").iterdir():
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not re.match(r"[=+@\t\r]|-\D", cell), (path.name, cell)
                    assert "\x1b" not in cell, (path.name, cell)


@pytest.mark.parametrize("lang", ["en", "fr"])
async def test_no_screen_of_the_analysis_steers_the_terminal(
    hostile: Path, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deep: bool
) -> None:
    """Of the daily run each language has every other screen."""
    monkeypatch.setenv("HSREVIEW_LANG", lang)
    letters = list(WALKS) if deep else list(WALKS)[lang == "fr" :: 2]
    copy = Path(shutil.copytree(hostile, tmp_path / "project"))
    shown = ""
    async with workbench(copy, "Awa", (140, 40)) as stage:
        for letter in letters:
            await stage.press("g", letter)
            for keys in ((), *WALKS[letter]):
                await stage.press(*keys)
                shown += picture(stage)
            await stage.press("escape", "escape")
    assert "␛[31m" in shown and "⇄" in shown
