"""No reading command tells a blind coder anything of what others coded: what they coded does not change its answer."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.cli.table import COMMANDS
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed, propose_code, write_memo
from hsreview.workflows.framework_matrix import CaseKind, Edit, write_cells
from hsreview.workflows.reading import codebook, codings_of
from tests.builders import TEXT, a_project, code_id, opened
from tests.cli.conftest import Done, call
from tests.project.teams import correct

SECRET = "what Eve thinks"
BEFORE, AFTER = (20, 30), (164, 190)
"""Segments on both sides of what only the second project holds, so that a number of places would tell of it."""

READING = {
    "transcripts": [
        ["transcripts"], ["transcripts", "versions", "cso-1"],
        ["transcripts", "correct", "cso-1", "--turn", "2", "--text", "Qui donc ?", "--dry-run"],
    ],
    "show": [["show", "cso-1"], ["show", "cso-1", "--plain"], ["show", "cso-1", "--layer", "Eve"]],
    "turns": [["turns", "cso-1"]],
    "text": [["text", "cso-1"]],
    "speakers": [["speakers", "cso-1"]],
    "search": [
        ["search", "consultées"], ["search", "thinks"], ["search", "a*", "--coded", "any"],
        ["search", "a*", "--uncoded", "K4", "--kwic"], ["search", "a*", "--coded", "any", "--by", "Eve"],
        ["search", r"\w+s", "--regex", "--uncoded", "any", "--kwic", "--sort", "left"],
    ],
    "codebook": [["codebook", "show"], ["codebook", "show", "K4"], ["codebook", "proposals"], ["codebook", "versions"]],
    "codings": [
        ["codings"], ["codings", "--coder", "Eve"], ["codings", "--layer", "Eve"], ["codings", "--code", "D2"],
        ["codings", "--transcript", "cso-1"], ["codings", "--lost"], ["codings", "--flag", "quote", "--context", "20"],
    ],
    "memos": [["memos"], ["memos", "--transcript", "cso-1"], ["memos", "--code", "D2"], ["memos", "--coder", "Eve"],
              ["memos", "--find", "think*"]],
    "carried": [["carried"], ["carried", "list", "--coder", "Eve"], ["carried", "--transcript", "cso-1"]],
    "recode": [["recode"], ["recode", "list", "--coder", "Eve"]],
    "coders": [["coders"]],
    "assign": [["assign"], ["assign", "list", "--coder", "Eve"], ["assign", "--methods"]],
    "conflicts": [["conflicts"]],
    "progress": [["progress"], ["progress", "--coder", "Eve"]],
    "layers": [["layers"]],
    "agreement": [["agreement"], ["agreement", "--coders", "Daan,Eve"]],
    "disagreements": [
        ["disagreements"], ["disagreements", "--coders", "Daan,Eve"], ["disagreements", "--kind", "missed"],
    ],
    "consensus": [["consensus"], ["consensus", "status"], ["consensus", "list", "cso-1"]],
    "export": [
        ["export", "excel", "x.xlsx"], ["export", "excel", "x.xlsx", "--layer", "Eve"],
        ["export", "excel", "x.xlsx", "--layer", "Daan"],
        ["export", "excel", "x.xlsx", "--layer", "nobody"], ["export", "transcript", "cso-1", "-o", "x.docx"],
        ["export", "transcript", "cso-1", "--layer", "Eve", "-o", "x.docx"],
        ["export", "public", "x.xlsx", "--layer", "Eve"], ["export", "public", "x.xlsx", "--layer", "Daan"],
        ["export", "report", "x.md", "--layer", "Eve"], ["export", "report", "x.md", "--layer", "Daan"],
        ["export", "csv", "x", "--layer", "Eve"], ["export", "csv", "x", "--layer", "Daan"],
        ["export", "json", "x.json", "--layer", "Eve"], ["export", "json", "x.json", "--layer", "Daan"],
    ],
    "doctor": [["doctor"]],
    "query": [
        ["query", "D1"], ["query", "D2 or K4", "--layer", "Daan"], ["query", "D1", "--layer", "Eve"],
        ["query", "D1", "--layer", "all"],
    ],
    "queries": [["queries"]],
    "matrix": [
        ["matrix", "theme-interview"], ["matrix", "co-occurrence", "--layer", "Daan"],
        ["matrix", "gaps", "--layer", "Daan"], ["matrix", "theme-group", "--layer", "Eve"],
    ],
    "asked": [["asked"], ["asked", "cso-1"]],
    "quotes": [["quotes"], ["quotes", "list", "--state", "draft"], ["quotes", "show", "nothing"]],
    "outputs": [["outputs", "--kind", "public"]],
    "framework-matrix": [
        ["framework-matrix", "--by", "transcript"], ["framework-matrix", "--by", "transcript", "--layer", "Daan"],
        ["framework-matrix", "--by", "transcript", "--layer", "Eve"],
        ["framework-matrix", "show", "--by", "transcript", "--layer", "Daan", "--case", "cso-1"],
        ["framework-matrix", "status", "--by", "group", "--layer", "Daan"],
        ["framework-matrix", "export", "x.xlsx", "--by", "transcript", "--layer", "Daan"],
    ],
}  # fmt: skip
"""Commands that read → calls of each; a call is made as it is and with --json."""
OTHERS = {
    "init", "import", "demo", "reviewed", "undo", "redo", "package", "merge", "keys", "sheet", "practice", "backup",
    "restore", "completion",
}  # fmt: skip
"""Commands that write, that concern one's own work or that hand over a whole file."""


@contextmanager
def edited(root: Path) -> Iterator[tuple[Project, Coder, Coder]]:
    with Project.open(root) as project:
        team = {coder.name: coder for coder in coders(project)}
        yield project, team["Awa"], team["Eve"]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two projects in which Daan coded the same, blind; Eve coded little in the one and much in the other."""
    home = tmp_path_factory.mktemp("blind")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(home / "home"))
        patch.setenv("HSREVIEW_CODER", "Daan")
        patch.chdir(home)
        project, awa = a_project(home / "one" / "project", transcripts=2)
        daan, eve = (store_coder(project, Coder(new_id(), name), awa.id) for name in ("Daan", "Eve"))
        text, other = opened(project), opened(project, "cso-2")
        assigning.assign(project, awa, [text.transcript, other.transcript], [daan, eve])
        for each in (text, other):
            add_codings(project, daan, each.version.id, *AFTER, [code_id("D1"), code_id("D2")])
            add_codings(project, eve, each.version.id, *BEFORE, [code_id("D1")])
            add_codings(project, eve, each.version.id, *BEFORE, [code_id("D1")], pass_="second")
            mark_reviewed(project, eve, each.transcript.id)
        propose_code(project, eve, Localized(en="Proposed", fr="Proposé"))
        correct(project, awa, TEXT.replace("Nous avons travaillé avec les chefs. ", ""))
        project.close()
        shutil.copytree(home / "one" / "project", home / "two" / "project")
        code_more(home / "two" / "project")
        for name in ("one", "two"):
            with edited(home / name / "project") as (project, awa, _eve):
                change_code(project, awa, code_id("D2"), texts={"definition": Localized(en="New", fr="Neuf")})
        yield home / "one" / "project", home / "two" / "project"


def code_more(root: Path) -> None:
    with edited(root) as (project, _awa, eve):
        text = opened(project)
        # What was put on the older text is carried along, or lost where its words are gone.
        [where] = project.connection.execute(
            "select id from text_version where transcript_id = ? and number = 1", (text.transcript.id,)
        ).fetchone()
        book = {row[0] for row in project.connection.execute("select id from code where status = 'proposed'")}
        [theirs] = add_codings(project, eve, where, 40, 60, [code_id("K4")], flags=["quote"])
        add_codings(project, eve, where, 60, 90, [code_id("D2"), *book])
        add_codings(project, eve, where, 60, 90, [code_id("D2")], pass_="second")
        daans = next(c for c in codings_of(project, text.version.id) if c.coder_id != eve.id)
        write_memo(project, eve, SECRET, coding_id=theirs.id)
        write_memo(project, eve, SECRET, coding_id=daans.id)
        write_memo(project, eve, SECRET, transcript_id=text.transcript.id)
        write_memo(project, eve, SECRET, version_id=where, start=40, end=60)
        theme = codebook(project).themes[0].id
        write_cells(project, eve, CaseKind.TRANSCRIPT, [Edit(text.transcript.id, theme, SECRET)])


def told(root: Path, args: list[str]) -> tuple[int, str]:
    """Exit code and all that was printed or written, without what differs between any two calls."""
    os.environ["HSREVIEW_PROJECT"] = str(root)
    done: Done = call(*args)
    written = "".join(sheet_text(Path(each)) for each in args if each.endswith(".xlsx") and Path(each).exists())
    said = done.out + done.err + written
    with Project.open(root) as project:  # Exports of Daan's own are on record, each with an id of its own.
        for (act,) in project.connection.execute("select act from change where kind = 'output.put'"):
            said = said.replace(act, "ACT")
    return int(str(done.code)), re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)?", "TIME", said).replace(
        str(root), "ROOT"
    )


def sheet_text(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path)
    path.unlink()
    return "\n".join(f"{sheet.title}: {row}" for sheet in book for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("args", [args for calls in READING.values() for args in calls], ids=" ".join)
def test_what_others_coded_changes_nothing_that_a_blind_coder_reads(
    projects: tuple[Path, Path], args: list[str], json: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    monkeypatch.setenv("HSREVIEW_PROJECT", "")
    little, much = (told(root, [*args, *json]) for root in projects)
    assert little == much and SECRET not in much[1]


def test_every_command_is_judged() -> None:
    assert READING.keys() | OTHERS == COMMANDS.keys() and not READING.keys() & OTHERS


def test_the_lead_reads_what_differs(projects: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.setenv("HSREVIEW_PROJECT", "")
    for args in (["codings"], ["memos"], ["layers"], ["progress"], ["codebook", "show"]):
        little, much = (told(root, args) for root in projects)
        assert little != much, args
