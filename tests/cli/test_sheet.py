"""Coding sheets: made, filled in, sorted, damaged, read back."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.base.messages import use_language
from tests.cli.conftest import call, ok
from tests.cli.sheets import FIRST, codings_of, edited, fill, made, read, refused, row_with
from tests.workbook.structure import problems


@pytest.fixture(autouse=True)
def project(folder: Path) -> Path:
    return folder


def test_a_sheet_has_the_sentences_of_respondents_and_lists_from_a_range() -> None:
    ok("coders", "add", "Fatou")
    answer = ok("sheet", "make", "cso-1", "--coder", "Fatou", "--lang", "fr", "-o", "a.xlsx", "--json")
    assert answer.json("sheet make")["rows"] == 4
    assert problems(Path("a.xlsx")) == []
    workbook = load_workbook("a.xlsx")
    assert workbook.sheetnames == ["Codage", "Codes", "Mode d’emploi", "hsreview"]
    sheet = workbook["Codage"]
    heads = [sheet.cell(FIRST - 1, column).value for column in range(1, 11)]
    assert heads[5:] == ["Code 1", "Code 2", "Code 3", "Code 4", "Remarque"]
    rows = [row for row in sheet.iter_rows(min_row=FIRST, max_col=5, values_only=True) if row[0]]
    assert [row[2] for row in rows] == ["3.1", "3.2", "5.1", "5.2"]
    assert [row[3] for row in rows] == ["R1"] * 4
    assert sheet.column_dimensions["A"].hidden
    rule = sheet.data_validations.dataValidation[0]
    assert rule.formula1 == "'Codes'!$A$2:$A$4"
    assert [workbook["Codes"].cell(row, 1).value for row in (2, 3)] == ["D1 – Libellé D1", "D2 – Libellé D2"]
    assert all(workbook["Codage"].cell(row_with(sheet, "Nous"), column).number_format == "@" for column in (6, 10))


def test_questions_stand_between_the_rows_without_being_rows_to_code() -> None:
    sheet = load_workbook(made()).worksheets[0]
    question = row_with(sheet, "Et la sécurité humaine")
    assert sheet.cell(question, 1).value is None
    assert row_with(sheet, "La sécurité, c’est") == question + 1


def test_a_sheet_comes_back_as_that_coders_codings_and_memos() -> None:
    done = read(edited(made(), fill))
    assert (done["added"], done["memos"], done["removed"], done["missing_rows"]) == (3, 1, 0, 0)
    codings = sorted(codings_of("Fatou"), key=lambda c: (c["start"], c["code"]))
    assert [(c["code"], c["origin"], c["text"]) for c in codings] == [
        ("D1", "imported", "Nous avons travaillé avec les chefs."),
        ("K4", "imported", "Nous avons travaillé avec les chefs."),
        ("D2", "imported", "Les femmes n’ont pas été consultées au début."),
    ]
    memos = ok("memos", "list", "--coder", "Fatou", "--json").json("memos")["memos"]
    assert [(memo["text"], memo["place"]) for memo in memos] == [("à vérifier", "3.1")]


def test_a_dry_run_stores_nothing() -> None:
    assert read(edited(made(), fill), "--dry-run")["added"] == 3
    assert codings_of("Fatou") == []


def test_sorting_is_harmless() -> None:
    def upside_down(sheet: Worksheet) -> None:
        fill(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_col=10)]
        for number, values in enumerate(reversed(rows), FIRST):
            for column, value in enumerate(values, 1):
                sheet.cell(number, column).value = value

    assert read(edited(made(), upside_down))["added"] == 3


def test_autocorrection_is_tolerated_and_reviewed_is_marked() -> None:
    def corrected(sheet: Worksheet) -> None:
        fill(sheet)
        cell = sheet.cell(row_with(sheet, "Mais sans budget"), 5)
        cell.value = str(cell.value).replace("’", "'") + " "

    assert read(edited(made(), corrected), "--reviewed")["reviewed"]
    rows = ok("progress", "--json").json("progress")["progress"]
    assert [row["reviewed"] for row in rows if row["coder"] == "Fatou"] == [True]


def test_every_bad_cell_is_told_and_marked_in_a_copy() -> None:
    def spoil(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.cell(row_with(sheet, "Nous avons"), 8).value = "Zzz"
        sheet.cell(row_with(sheet, "Mais sans budget"), 5).value = "Autre texte"
        sheet.cell(row_with(sheet, "Et la sécurité humaine"), 6).value = "D1"
        sheet.cell(row_with(sheet, "Les femmes"), 7).value = "=1+1"

    path = edited(made(), spoil)
    sheet = load_workbook(path).worksheets[0]
    bad = {f"H{row_with(sheet, 'Nous avons')}", f"E{row_with(sheet, 'Autre')}"}
    bad |= {f"F{row_with(sheet, 'Et la sécurité')}", f"G{row_with(sheet, 'Les femmes')}"}
    done = refused(path)
    assert all(f"{cell}:" in done.err for cell in bad)
    assert "budget" not in done.err
    copy = Path("back (à corriger).xlsx")
    marked = load_workbook(copy).worksheets[0]
    assert {cell.coordinate for row in marked.iter_rows() for cell in row if cell.comment} == bad
    assert "n’est pas un code" in marked[f"H{row_with(marked, 'Nous avons')}"].comment.text
    assert "Mais sans budget" in marked[f"E{row_with(marked, 'Autre')}"].comment.text
    assert marked.cell(row_with(marked, "Nous avons"), 6).value == "D1 – Libellé D1"
    refused(copy)
    assert Path("back (à corriger 2).xlsx").exists()

    def mend(sheet: Worksheet) -> None:
        sheet.cell(row_with(sheet, "Nous avons"), 8).value = None
        sheet.cell(row_with(sheet, "Autre texte"), 5).value = "Mais sans budget, c’était l’œuvre de tous."
        sheet.cell(row_with(sheet, "Et la sécurité humaine"), 6).value = None
        sheet.cell(row_with(sheet, "Les femmes"), 7).value = None

    assert read(edited(copy, mend))["added"] == 3


def test_merged_cells_are_refused() -> None:
    def merge(sheet: Worksheet) -> None:
        first = row_with(sheet, "Nous avons")
        sheet.cell(first, 6).value = "D1"
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=6, end_column=6)

    path = edited(made(), merge)
    done = refused(path)
    assert "merged" in done.err
    assert Path("back (à corriger).xlsx").exists()


def test_merged_texts_and_hidden_ids_yield_a_marked_copy_too() -> None:
    def merge(sheet: Worksheet) -> None:
        first = row_with(sheet, "Nous avons")
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=1, end_column=10)

    done = refused(edited(made(), merge))
    assert "merged" in done.err
    marked = load_workbook("back (à corriger).xlsx").worksheets[0]
    assert [cell.comment.author for row in marked.iter_rows() for cell in row if cell.comment] == ["hsreview"]


def test_columns_may_be_moved_and_added_and_rows_put_above() -> None:
    def rearrange(sheet: Worksheet) -> None:
        fill(sheet)
        sheet.cell(FIRST - 1, 11).value = "Code 5"
        sheet.cell(row_with(sheet, "Mais sans budget"), 11).value = "D2"
        sheet.insert_rows(1, 2)
        sheet.insert_cols(2)

    assert read(edited(made(), rearrange))["added"] == 4


def test_a_sheet_is_made_for_somebody_of_the_team_alone() -> None:
    ok("coders", "add", "Efua")
    slip, unknown = call("sheet", "make", "cso-1", "--coder", "Efau"), call("sheet", "make", "cso-1", "--coder", "Zeno")
    assert slip.code == unknown.code == 2
    assert "Did you mean Efua?" in slip.err and "coders add Zeno" in unknown.err
    assert {each["name"] for each in ok("coders", "--json").json("coders")["coders"]} == {"Awa", "Daan", "Efua"}


@pytest.mark.parametrize(("column", "heading"), [(6, "Code 1"), (8, "Code 3"), (10, "Remarque")])
@pytest.mark.parametrize("how", ["renamed", "deleted"])
def test_a_sheet_without_one_of_its_columns_is_refused(column: int, heading: str, how: str) -> None:
    def spoil(sheet: Worksheet) -> None:
        fill(sheet)
        if how == "deleted":
            sheet.delete_cols(column)
        else:
            sheet.cell(FIRST - 1, column).value = "Mes notes"

    done = refused(edited(made(), spoil))
    assert f"“{heading}”" in done.err
    assert codings_of("Fatou") == []


def test_a_sheet_without_its_id_column_is_refused() -> None:
    done = refused(edited(made(), lambda sheet: sheet.delete_cols(1)))
    assert "hsreview_id" in done.err


def test_a_sheet_of_the_trial_version_is_refused() -> None:
    workbook = load_workbook(edited(made(), fill))
    meta = workbook["hsreview"]
    meta.delete_rows(2)
    meta["B1"].value = "1"
    workbook.save("old.xlsx")
    assert "trial version" in refused(Path("old.xlsx")).err


def test_a_sheet_of_another_coder_or_project_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = edited(made(), fill).resolve()
    assert "made for Fatou" in refused(path, "--coder", "Daan").err
    ok("init", str(tmp_path / "other"))
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "other"))
    done = call("sheet", "read", str(path))
    assert done.code == 3
    assert "another project" in done.err


def test_what_is_no_coding_sheet_is_refused() -> None:
    made()
    Workbook().save("plain.xlsx")
    Path("text.xlsx").write_text("no workbook")
    for name in ("plain.xlsx", "text.xlsx", "missing.xlsx"):
        done = refused(Path(name))
        assert name in done.err
    assert not list(Path().glob("*corriger*"))


def test_a_sheet_saved_as_opendocument_is_refused_with_what_to_do() -> None:
    made()
    with zipfile.ZipFile("back.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    assert "Save it as .xlsx" in refused(Path("back.ods")).err


def test_turns_and_interviewers_can_be_rows() -> None:
    sheet = load_workbook(made("--unit", "turn", "--include-interviewer")).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=FIRST, max_col=5, values_only=True) if row[0]]
    assert [row[2] for row in rows] == ["2", "3", "4", "5"]
    path = edited(Path("sheet.xlsx"), lambda s: setattr(s.cell(row_with(s, "Qui a décidé"), 6), "value", "D1"))
    read(path)
    assert [c["turn"] for c in codings_of("Fatou")] == [2]


def test_the_sheet_speaks_its_own_language_and_the_terminal_its_own() -> None:
    path = edited(made(), lambda s: setattr(s.cell(row_with(s, "Les femmes"), 6), "value", "Zzz"))
    assert "is no code of the codebook" in refused(path).err
    use_language("fr")
    done = call("--lang", "fr", "sheet", "read", str(path))
    assert "n’est pas un code" in done.err
