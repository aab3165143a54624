"""Coding sheets: made, filled in, sorted, damaged, read back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.base.messages import use_language
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder
from hsreview.workflows.coding import write_memo
from tests.cli.conftest import Done, call, ok
from tests.workbook.structure import problems

Edit = Callable[[Worksheet], None]
FIRST = 5
"""The first row below the heading."""


def made(*more: str, coder: str = "Fatou") -> Path:
    """A coding sheet of cso-1, in French."""
    path = Path("sheet.xlsx")
    ok("sheet", "make", "cso-1", "--coder", coder, "--lang", "fr", "-o", str(path), *more)
    return path


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


def rewrite(memo: str, text: str) -> None:
    """Change a memo as Fatou does in the workbench."""
    project = Project.open(Path(os.environ["HSREVIEW_PROJECT"]))
    fatou = find_coder(project, "Fatou")
    assert fatou is not None
    write_memo(project, fatou, text, memo_id=memo)
    project.close()


def refused(path: Path, *more: str) -> Done:
    before = codings_of("Fatou")
    done = call("sheet", "read", str(path), *more)
    assert done.code == 3
    assert codings_of("Fatou") == before
    return done


@pytest.fixture(autouse=True)
def project(folder: Path) -> Path:
    return folder


def test_a_sheet_has_the_sentences_of_respondents_and_lists_from_a_range() -> None:
    answer = ok("sheet", "make", "cso-1", "--coder", "Fatou", "--lang", "fr", "-o", "a.xlsx", "--json")
    assert answer.json("sheet make")["rows"] == 4
    assert "New coder: Fatou" in answer.err
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


def test_reading_twice_adds_nothing() -> None:
    path = edited(made(), fill)
    read(path)
    again = read(path)
    assert (again["added"], again["present"], again["removed"], again["memos"]) == (0, 3, 0, 0)
    assert len(codings_of("Fatou")) == 3


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


def test_what_the_sheet_no_longer_says_goes_and_other_codings_stay() -> None:
    path = made()
    read(edited(path, fill))
    ok("--coder", "Fatou", "codings", "add", "cso-1", "5.1", "K4")

    def less(sheet: Worksheet) -> None:
        sheet.cell(row_with(sheet, "Les femmes"), 6).value = "K4"

    done = read(edited(path, less))
    assert (done["added"], done["removed"], done["memos_removed"]) == (1, 3, 1)
    assert [(c["code"], c["turn"], c["sentence"]) for c in codings_of("Fatou")] == [("K4", 5, 1), ("K4", 5, 2)]
    assert read(edited(path, fill))["added"] == 3


def test_undo_takes_the_sheet_back() -> None:
    read(edited(made(), fill))
    ok("--coder", "Fatou", "undo")
    assert codings_of("Fatou") == []


def test_a_deleted_row_keeps_what_it_had() -> None:
    path = made()
    read(edited(path, fill))
    done = read(edited(path, lambda sheet: sheet.delete_rows(row_with(sheet, "Les femmes"))))
    assert (done["missing_rows"], done["removed"]) == (1, 2)
    assert [c["code"] for c in codings_of("Fatou")] == ["D2"]


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


def test_a_sheet_without_its_id_column_is_refused() -> None:
    done = refused(edited(made(), lambda sheet: sheet.delete_cols(1)))
    assert "hsreview_id" in done.err


def test_a_corrected_hand_made_place_is_kept_when_the_sheet_is_read_again() -> None:
    path = edited(made(), fill)
    read(path)
    moved = next(c for c in codings_of("Fatou") if c["code"] == "D2")
    ok("--coder", "Fatou", "codings", "change", moved["id"], "--end", str(moved["end"] - 5))
    again = read(path)
    assert (again["added"], again["present"], again["removed"]) == (0, 3, 0)
    assert [c["end"] for c in codings_of("Fatou") if c["code"] == "D2"] == [moved["end"] - 5]


def test_a_coding_with_a_memo_or_another_look_is_kept_and_told() -> None:
    path = made()
    read(edited(path, fill))
    for coding in codings_of("Fatou"):
        if coding["code"] == "D1":
            ok("--coder", "Fatou", "memos", "add", "--coding", coding["id"], "why?")
        elif coding["code"] == "D2":
            ok("--coder", "Fatou", "codings", "change", coding["id"], "--flag", "unsure")
    done = read(path)
    assert (done["removed"], done["memos_removed"]) == (1, 1)
    assert sorted((each["place"], each["code"]) for each in done["kept"]) == [("3.1", "D1"), ("5.2", "D2")]
    assert sorted(c["code"] for c in codings_of("Fatou")) == ["D1", "D2"]
    assert [memo["text"] for memo in ok("memos", "--json").json("memos")["memos"]] == ["why?"]
    assert "3.1 D1, 5.2 D2" in ok("sheet", "read", str(path)).err


def test_a_moved_coding_is_kept_and_told_when_the_sheet_no_longer_has_it() -> None:
    path = made()
    read(edited(path, fill))
    moved = next(c for c in codings_of("Fatou") if c["code"] == "D2")
    ok("--coder", "Fatou", "codings", "change", moved["id"], "--end", str(moved["end"] - 5))
    done = read(path)
    assert (done["removed"], [each["id"] for each in done["kept"]]) == (2, [moved["id"]])
    assert [c["id"] for c in codings_of("Fatou")] == [moved["id"]]


def test_a_memo_that_was_rewritten_by_hand_is_kept_and_told() -> None:
    path = made()
    read(edited(path, fill))
    [memo] = ok("memos", "--json").json("memos")["memos"]
    rewrite(memo["id"], "vérifié")
    assert (read(edited(path, fill))["memos"], read(edited(path, fill))["kept"]) == (0, [])
    done = read(path)
    assert (done["memos_removed"], done["kept"]) == (0, [{"id": memo["id"], "place": "3.1", "code": None}])
    assert [each["text"] for each in ok("memos", "--json").json("memos")["memos"]] == ["vérifié"]


def test_a_changed_remark_takes_the_place_of_the_old_one() -> None:
    path = edited(made(), fill)
    read(path)
    edit = edited(path, lambda sheet: setattr(sheet.cell(row_with(sheet, "Nous avons"), 10), "value", "clair"))
    done = read(edit)
    assert (done["memos"], done["memos_removed"]) == (1, 0)
    assert [each["text"] for each in ok("memos", "--json").json("memos")["memos"]] == ["clair"]


def test_another_sheet_for_the_same_coder_takes_nothing_away() -> None:
    read(edited(made(), fill))
    done = read(made())
    assert (done["added"], done["present"], done["removed"], done["memos_removed"], done["kept"]) == (0, 0, 0, 0, [])
    again = read(edited(made(), fill))
    assert (again["added"], again["present"], again["memos"]) == (0, 3, 0)
    assert len(codings_of("Fatou")) == 3


def test_ids_of_codings_from_a_sheet_cannot_be_guessed_from_what_everybody_knows() -> None:
    read(edited(made(), fill))
    first = {c["id"] for c in codings_of("Fatou")}
    ok("--coder", "Fatou", "undo")
    read(edited(made(), fill))
    assert first.isdisjoint(c["id"] for c in codings_of("Fatou"))


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


def test_turns_and_interviewers_can_be_rows() -> None:
    sheet = load_workbook(made("--unit", "turn", "--include-interviewer")).worksheets[0]
    rows = [row for row in sheet.iter_rows(min_row=FIRST, max_col=5, values_only=True) if row[0]]
    assert [row[2] for row in rows] == ["2", "3", "4", "5"]
    path = edited(Path("sheet.xlsx"), lambda s: setattr(s.cell(row_with(s, "Qui a décidé"), 6), "value", "D1"))
    read(path)
    assert [c["turn"] for c in codings_of("Fatou")] == [2]


def test_a_second_pass_is_kept_apart() -> None:
    read(edited(made(), fill))
    read(edited(made("--pass", "second"), fill))
    assert sorted(c["pass"] for c in codings_of("Fatou")) == ["", "", "", "second", "second", "second"]


def test_the_sheet_speaks_its_own_language_and_the_terminal_its_own() -> None:
    path = edited(made(), lambda s: setattr(s.cell(row_with(s, "Les femmes"), 6), "value", "Zzz"))
    assert "is no code of the codebook" in refused(path).err
    use_language("fr")
    done = call("--lang", "fr", "sheet", "read", str(path))
    assert "n’est pas un code" in done.err
