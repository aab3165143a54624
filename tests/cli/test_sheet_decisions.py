"""The workbook's sheet of disagreements: exported, filled in, read back."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import change_coding
from hsreview.workflows.reading import codings_of
from tests.cli.conftest import call, ok
from tests.workbook.structure import problems


@pytest.fixture(scope="module")
def done(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a project, in which Awa put K4 and Daan D1 on about the same words and both are done, and with the
    workbook of it in both languages: `fr.xlsx` and `both.xlsx`."""
    box = tmp_path_factory.mktemp("done")
    shutil.copytree(template, box / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(box / "home"))
        patch.setenv("HSREVIEW_PROJECT", str(box / "project"))
        for coder in ("Awa", "Daan"):
            ok("--coder", coder, "reviewed", "cso-1")
        for lang in ("fr", "both"):
            export(box / f"{lang}.xlsx", lang)
    return box


@pytest.fixture(autouse=True)
def reviewed(done: Path, folder: Path) -> Path:
    """The project before anything was decided, and the folder of this test with its workbooks."""
    shutil.copytree(done, folder.parent, dirs_exist_ok=True)
    return folder


def export(path: Path, lang: str = "fr") -> Path:
    ok("--coder", "Awa", "export", "excel", str(path), "--layer", "Awa", "--lang", lang)
    return path


def exported(lang: str = "fr") -> Path:
    """The workbook from before anything was decided."""
    return Path(f"{lang}.xlsx")


def filled(path: Path, decision: str, because: str, title: str = "Désaccords") -> tuple[Path, str]:
    """The workbook with a decision on its only difference, and the address of that cell."""
    workbook = load_workbook(path)
    sheet = workbook[title]
    header = header_row(sheet)
    heads = [str(cell.value) for cell in sheet[header]]
    at = next(n for n, head in enumerate(heads, 1) if head.startswith(("Décision", "Decision")))
    sheet.cell(header + 1, at).value = decision
    sheet.cell(header + 1, at + 1).value = because
    workbook.save("back.xlsx")
    return Path("back.xlsx"), sheet.cell(header + 1, at).coordinate


def header_row(sheet: Worksheet) -> int:
    return next(n for n, cell in enumerate(sheet["A"], 1) if str(cell.value).startswith(("Entretien", "Interview")))


def open_differences() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok("disagreements", "--json").json("disagreements")["disagreements"]
    return found


def test_the_workbook_shows_the_review_with_its_basis() -> None:
    path = exported()
    assert problems(path) == []
    workbook = load_workbook(path)
    assert {"Accord", "Accord_valeurs", "Désaccords", "Confusion"} <= set(workbook.sheetnames)
    assert "codeurs\u00a0: Awa, Daan" in str(workbook["Accord"]["A2"].value)
    sheet = workbook["Désaccords"]
    row = [cell.value for cell in sheet[header_row(sheet) + 1]]
    assert row[:2] == ["cso-1", "3.2"]
    assert row[4:6] == ["K4", "D1"]
    progress = workbook["Avancement"]
    assert [cell.value for cell in progress[2]][-2:] == ["Awa, Daan", "1 désaccord ouvert sur 1"]


@pytest.mark.parametrize(
    ("decision", "outcome"),
    [("daan", "take"), ("les deux", "both"), ("aucun", "neither"), ("both", "both"), ("D2 ", "other")],
)
def test_a_decision_is_read_back_once(decision: str, outcome: str) -> None:
    path, _cell = filled(exported(), decision, "vu ensemble")
    args = ("--coder", "Awa", "disagreements", "read", str(path), "--json")
    assert ok(*args, "--dry-run").json("disagreements read")["stored"] == 1
    assert open_differences()[0]["standing"] == "open"
    assert ok(*args).json("disagreements read")["stored"] == 1
    found = open_differences()[0]
    assert found["standing"] == "decided"
    assert found["decision"]["outcome"] == outcome
    assert found["decision"]["because"] == "vu ensemble"
    again = ok(*args).json("disagreements read")
    assert (again["stored"], again["present"]) == (0, 1)


def test_an_exported_decision_reads_as_present() -> None:
    path, _cell = filled(exported("both"), "les deux / both", "vu", "Désaccords · Disagreements")
    ok("--coder", "Awa", "disagreements", "read", str(path))
    path = export(Path("later.xlsx"))
    sheet = load_workbook(path)["Désaccords"]
    row = [cell.value for cell in sheet[header_row(sheet) + 1]]
    assert row[7:11] == ["arbitré", "les deux", "vu", "Awa"]
    done = ok("--coder", "Awa", "disagreements", "read", str(path), "--json").json("disagreements read")
    assert (done["stored"], done["present"]) == (0, 1)


@pytest.mark.parametrize(
    ("decision", "because", "said"),
    [
        ("Zzz", "vu", "neither a coder"),
        ("Daan", "", "needs a reason"),
        ("=1+1", "vu", "formula"),
        ("limites corrigées", "vu", "Boundaries"),
    ],
)
def test_a_bad_cell_refuses_the_file_with_its_address(decision: str, because: str, said: str) -> None:
    path, cell = filled(exported(), decision, because)
    done = call("--coder", "Awa", "disagreements", "read", str(path))
    assert done.code == 3
    assert said in done.err
    assert cell[1:] in done.err
    assert open_differences()[0]["standing"] == "open"


def test_a_workbook_of_another_project_is_refused_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = filled(exported(), "Daan", "vu")[0].resolve()
    ok("init", str(tmp_path / "other"))
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "other"))
    done = call("--coder", "Awa", "disagreements", "read", str(path))
    assert done.code == 3 and done.err.count("another project") == 1
    assert "no longer there" not in done.err


def test_a_difference_that_has_changed_is_refused() -> None:
    path, _cell = filled(exported(), "Daan", "vu")
    ok("--coder", "Awa", "undo")
    own = ok("codings", "list", "--coder", "Awa", "--json").json("codings")["codings"]
    ok("--coder", "Awa", "codings", "remove", *(each["id"] for each in own))
    ok("--coder", "Awa", "reviewed", "cso-1")
    done = call("--coder", "Awa", "disagreements", "read", str(path))
    assert done.code == 3
    assert "no longer there" in done.err


def test_a_decision_about_codings_that_were_changed_since_is_refused(reviewed: Path) -> None:
    path, cell = filled(exported(), "les deux", "vu ensemble")
    with Project.open(reviewed) as project:
        [awa] = [coder for coder in coders(project) if coder.name == "Awa"]
        [coding] = codings_of(project, coder_id=awa.id)
        change_coding(project, awa, coding.id, end=coding.end - 1)
    done = call("--coder", "Awa", "disagreements", "read", str(path))
    assert done.code == 3
    assert "Export it again" in done.err and cell[1:] in done.err
    assert open_differences()[0]["standing"] == "open"
