"""The page about the framework as files for partners: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import ok
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_go_out_and_what_partners_wrote_comes_back(language: str, reader: Path) -> None:
    follow(DOCS / f"framework-files.{language}.md", reader)
    folder = Path.cwd()
    assert {path.name for path in folder.glob("*.*x")} == {"cadre.xlsx", "partners.xlsx", "cadre.docx"}
    files = ok("outputs", "--json").json("outputs")["outputs"]
    assert [each["recipient"] for each in files if each["kind"] == "framework_rows"].count("") == 2
    book = load_workbook("partners.xlsx")
    sheet = next(each for each in book.worksheets if each["A2"].value and each["D2"].value == "indicator.statement_en")
    keys = {str(sheet.cell(2, at).value): at for at in range(1, sheet.max_column + 1)}
    sheet.cell(4, keys["indicator.unit"]).value = "séances"
    sheet.cell(5, keys["indicator.statement_fr"]).value = "Lettres"
    book.save("back.xlsx")
    found = ok("framework", "import", "back.xlsx", "--json").json("framework import")
    assert [(each["name"], each["kind"], each["taken"]) for each in found["changes"]] == [
        ("IN1.unit", "changed", False), ("IN+1", "new", False),
    ]  # fmt: skip
    ok("--coder", "Aïcha", "framework", "import", "back.xlsx", "--all", "--except", "IN+1")
    rows = ok("framework", "show", "--kind", "indicator", "--json").json("framework show")["rows"]
    assert [row["data"]["unit"] for row in rows] == ["séances"]
