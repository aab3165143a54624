"""Coding sheets made and filled in for tests, and what came of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder
from tests.cli.conftest import Done, call, ok

Edit = Callable[[Worksheet], None]
FIRST = 5
"""The first row below the heading."""


def made(*more: str, coder: str = "Fatou") -> Path:
    """A coding sheet of cso-1, in French."""
    path = Path("sheet.xlsx")
    joined(coder)
    ok("sheet", "make", "cso-1", "--coder", coder, "--lang", "fr", "-o", str(path), *more)
    return path


def joined(coder: str) -> None:
    """See to it that the team has this coder."""
    if coder not in {each["name"] for each in ok("coders", "--json").json("coders")["coders"]}:
        ok("coders", "add", coder)


def edited(path: Path, edit: Edit, name: str = "back.xlsx") -> Path:
    """The sheet as it comes back after `edit`."""
    workbook = load_workbook(path)
    edit(workbook.worksheets[0])
    target = path.with_name(name)
    workbook.save(target)
    return target


def row_with(sheet: Worksheet, words: str) -> int:
    return next(number for number, cell in enumerate(sheet["E"], 1) if words in str(cell.value))


def fill(sheet: Worksheet) -> None:
    """Two codes and a remark on one sentence, one code on another."""
    first = row_with(sheet, "Nous avons travaillé")
    sheet.cell(first, 6).value = "D1 – Libellé D1"
    sheet.cell(first, 7).value = "k4"
    sheet.cell(first, 10).value = "à vérifier"
    sheet.cell(row_with(sheet, "Les femmes"), 6).value = "Libellé D2"


def codings_of(coder: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = ok("codings", "list", "--coder", coder, "--json").json("codings")["codings"]
    return answer


def read(path: Path, *more: str) -> dict[str, Any]:
    answer: dict[str, Any] = ok("sheet", "read", str(path), "--json", *more).json("sheet read")
    return answer


def as_coder(name: str, act: Callable[[Project, Coder], object]) -> None:
    """Do in the project what a coder does in the workbench."""
    with Project.open(Path(os.environ["HSREVIEW_PROJECT"])) as project:
        coder = find_coder(project, name)
        assert coder is not None
        act(project, coder)


def refused(path: Path, *more: str) -> Done:
    before = codings_of("Fatou")
    done = call("sheet", "read", str(path), *more)
    assert done.code == 3
    assert codings_of("Fatou") == before
    return done
