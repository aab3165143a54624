"""The journal as an Excel file: filled in by partners, compared cell by cell, stored as one act."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused
from hsreview.project.project import Project
from hsreview.workflows.coders import choose_coder
from hsreview.workflows.journal_import import compare_journal, take_journal
from tests.cli.conftest import Done, call, ok
from tests.cli.test_journal import add, entries, recommendation, rows

pytestmark = pytest.mark.usefixtures("folder")


def filled(tmp_path: Path, lang: str = "fr") -> Path:
    """The file of a journal with an entry of each kind."""
    rows()
    add("PM1", "--date", "2016-02", "--level", "1", "--source", "=rapport", "texte")
    add("IN1", "--date", "2016-03-31", "--value", "2,5", "--part", "femmes=1")
    add("AC1", "--date", "2016-Q1", "--kind", "visit", "--quality", "2", "--frequency", "often")
    add("R1", "--date", "2016-01", "--status", "sent", "--next-check", "2016-07-01")
    path = tmp_path / "journal.xlsx"
    ok("--coder", "Awa", "journal", "export", str(path), "--in", lang)
    return path


def place(sheet: Any, key: str) -> int:
    """The number of the column with that key, from the hidden row."""
    for row in sheet.iter_rows(max_row=60):
        for cell in row:
            if str(cell.value or "").endswith(f".{key}"):
                return int(cell.column)
    raise AssertionError(key)


def first_line(sheet: Any) -> int:
    """The number of the first line with an entry."""
    return next(int(row[0].row) + 2 for row in sheet.iter_rows(max_row=60) if row[0].value == "hsreview_id")


def put(path: Path, title: str, line: int, **cells: Any) -> None:
    """Write into cells of the entry with that number (from 0) of a sheet."""
    book: Any = load_workbook(path)
    sheet = book[title]
    for key, value in cells.items():
        sheet.cell(first_line(sheet) + line, place(sheet, key)).value = value
    book.save(path)


def read(path: Path, *args: str) -> Done:
    return call("--coder", "Awa", "journal", "import", str(path), *args)


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
def test_a_file_that_comes_back_as_it_went_out_brings_nothing(tmp_path: Path, lang: str) -> None:
    path = filled(tmp_path, lang)
    before = entries()
    done = read(path, "--all", "--emptied", "--clashes", "--removed", "--json")
    assert done.code == 0 and done.json("journal import")["changes"] == [] and "what the project says" in done.err
    assert entries() == before
    book: Any = load_workbook(path)
    sheet = book.worksheets[2]
    line = first_line(sheet)
    assert sheet.cell(line, place(sheet, "date")).value == datetime(2016, 3, 31), "a real date"
    assert sheet.cell(line, place(sheet, "value")).value == 2.5, "a real number"
    assert sheet.data_validations.dataValidation and sheet.page_setup.orientation == "landscape"
    assert {"PM1", "IN1", "R1"} <= {cell.value for cell in book.worksheets[5]["A"]}, "where things stand"


def test_what_partners_filled_in_is_listed_and_stored_as_one_act(tmp_path: Path) -> None:
    path = filled(tmp_path)
    put(path, "Marqueurs", 0, level="entièrement", source="note")
    put(path, "Marqueurs", 1, row="PM1", date="T2/2016", level=2)
    put(path, "Indicateurs", 1, row="IN1 · Réunions", date=date(2016, 6, 30), value="3,5")
    put(path, "Engagement", 1, row="ac1", date="31/05/2016", quality="très bonne", who="point focal")
    put(path, "Recommandations", 1, row="R1", date="2016-06", status="Acceptée", next_check=date(2016, 9, 1))
    listed = read(path, "--json")
    changes = listed.json("journal import")["changes"]
    assert {(each["name"], each["kind"], each["taken"]) for each in changes} == {
        ("PM1@2016-02.level", "changed", False), ("PM1@2016-02.source", "changed", False), ("PM1+1", "new", False),
        ("IN1+1", "new", False), ("AC1+1", "new", False), ("R1+1", "new", False),
    }  # fmt: skip
    assert len(entries()) == 4 and "Nothing was stored" in listed.err
    assert read(path, "--all", "--except", "PM1@2016-02.source").code == 0
    told = {(each["row"], each["date"]): each for each in entries()}
    assert told["PM1", "2016-02"]["level"] == 3 and told["PM1", "2016-02"]["source"] == "=rapport"
    assert told["PM1", "2016-Q2"]["level"] == 2 and told["IN1", "2016-06-30"]["value"] == 3.5
    assert (told["AC1", "2016-05-31"]["quality"], told["AC1", "2016-05-31"]["who"]) == (3, "point focal")
    assert recommendation() == ("accepted", "2016-09-01")
    again = read(path, "--all", "--json")
    assert [each["name"] for each in again.json("journal import")["changes"]] == ["PM1@2016-02.source"]
    assert "says this already" in again.err
    ok("--coder", "Awa", "undo")
    ok("--coder", "Awa", "undo")
    assert len(entries()) == 4 and recommendation() == ("sent", "2016-07-01")


def test_a_clash_an_emptied_cell_and_a_line_that_is_gone_are_left_unless_asked_for(tmp_path: Path) -> None:
    path = filled(tmp_path)
    [marker, *_others] = [each["id"] for each in entries("PM1")]
    ok("--coder", "Awa", "journal", "set", marker, "--level", "2")
    put(path, "Marqueurs", 0, level="entièrement", source="")
    book: Any = load_workbook(path)
    sheet = book["Engagement"]
    sheet.delete_rows(first_line(sheet))
    book.save(path)
    changes = read(path, "--all", "--json").json("journal import")["changes"]
    assert [(each["name"], each["kind"], each["taken"]) for each in changes] == [
        ("PM1@2016-02.level", "clash", False), ("PM1@2016-02.source", "emptied", False),
        ("AC1@2016-Q1.removed", "removed", False),
    ]  # fmt: skip
    assert (changes[0]["was"], changes[0]["now"]) == ("1 (a little)", "2 (largely)")
    read(path, "--clashes", "--emptied", "--removed")
    [entry] = entries("PM1")
    assert (entry["level"], entry["source"], entries("AC1")) == (3, "", [])


@pytest.mark.parametrize(
    ("sheet", "line", "cells", "told"),
    [
        ("Marqueurs", 0, {"level": "=1+1"}, "formula"),
        ("Marqueurs", 0, {"level": "9"}, "is none of"),
        ("Marqueurs", 0, {"date": "30/02/2016"}, "is not a date"),
        ("Marqueurs", 0, {"date": None}, "Give the date"),
        ("Marqueurs", 0, {"level": None}, "needs one of: level"),
        ("Marqueurs", 0, {"source": 12}, "This is a number"),
        ("Indicateurs", 0, {"value": "beaucoup"}, "is not a number"),
        ("Marqueurs", 1, {"row": "PM9", "date": "2016", "level": "1"}, "names no row"),
        ("Marqueurs", 1, {"date": "2016", "level": "1"}, "must say which row"),
        ("Marqueurs", 1, {"row": "PM1", "level": "1"}, "Give the date"),
        ("Marqueurs", 1, {"row": "PM1", "date": "2016"}, "needs one of: level"),
        ("Indicateurs", 0, {"parts": "femmes"}, "has no “=”"),
        ("Indicateurs", 0, {"value": 1e305}, "is not a number"),
        ("Indicateurs", 0, {"value": "1e305"}, "is not a number"),
        ("Indicateurs", 0, {"parts": "femmes=1e305"}, "is not a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_cell_and_left(
    tmp_path: Path, sheet: str, line: int, cells: dict[str, Any], told: str
) -> None:
    path = filled(tmp_path)
    before = entries()
    put(path, sheet, line, **cells)
    done = read(path, "--all", "--emptied")
    assert (done.code, told in done.err, f"{sheet}!" in done.err) == (3, True, True), done.err
    assert entries() == before


def test_lines_that_are_there_twice_or_of_unknown_ids_are_told(tmp_path: Path) -> None:
    path = filled(tmp_path)
    book: Any = load_workbook(path)
    sheet = book["Marqueurs"]
    line = first_line(sheet)
    for column in range(1, sheet.max_column + 1):
        sheet.cell(line + 1, column, sheet.cell(line, column).value)
    other = book["Engagement"]
    other.cell(first_line(other), 1, "unknown")
    book.save(path)
    done = read(path, "--all")
    assert done.code == 3 and "in the file twice" in done.err and "is not known" in done.err
    assert len(entries()) == 4


def test_an_entry_whose_id_is_broken_is_not_told_to_be_gone(tmp_path: Path) -> None:
    path = filled(tmp_path)
    book: Any = load_workbook(path)
    sheet = book["Marqueurs"]
    sheet.cell(first_line(sheet), 1, "unknown")
    book.save(path)
    done = read(path, "--removed", "--json")
    assert done.code == 3 and len(entries()) == 4 and "removed" not in done.out


def test_of_several_next_checks_in_a_file_that_of_the_latest_entry_counts(tmp_path: Path) -> None:
    path = filled(tmp_path)
    put(path, "Recommandations", 1, row="R1", date="2016-05", status="accepted", next_check="2016-12")
    put(path, "Recommandations", 2, row="R1", date="2016-04", status="sent", next_check="2016-11")
    ok("--coder", "Awa", "journal", "import", str(path), "--all")
    assert recommendation() == ("accepted", "2016-12")
    assert read(path, "--all").code == 0 and recommendation() == ("accepted", "2016-12"), "and read again it does"
    ok("--coder", "Awa", "journal", "export", str(path), "--in", "fr")
    book: Any = load_workbook(path)
    sheet = book["Recommandations"]
    told = [sheet.cell(first_line(sheet) + line, place(sheet, "next_check")).value for line in range(4)]
    assert told == [None, None, "2016-12", None], "it stands with the latest entry alone"


def test_an_entry_stays_with_its_row_and_a_status_set_by_hand_with_its_recommendation(tmp_path: Path) -> None:
    path = filled(tmp_path)
    ok("--coder", "Awa", "framework", "add", "marker", "Elle répond", "--in", "fr", "--under", "OC1")
    put(path, "Marqueurs", 0, row="PM2")
    done = read(path, "--all")
    assert done.code == 3 and "An entry stays with its row" in done.err
    later = add("R1", "--date", "2016-02", "--status", "acknowledged")
    ok("--coder", "Awa", "framework", "set", "R1", "--status", "refused")
    ok("--coder", "Awa", "journal", "remove", later)
    assert recommendation()[0] == "refused"
    ok("--coder", "Awa", "framework", "set", "PM2", "--status", "retired")
    ok("--coder", "Awa", "journal", "export", str(path))
    offered = {str(cell.value)[:3] for row in load_workbook(path)["hsreview_lists"] for cell in row}
    assert "PM1" in offered and "PM2" not in offered, "nobody follows it any more"


def test_what_changed_between_the_look_and_the_storing_is_refused_whole(tmp_path: Path) -> None:
    path = filled(tmp_path)
    put(path, "Marqueurs", 0, level=3)
    put(path, "Indicateurs", 1, row="IN1", date="2016-06", value=4)
    with Project.open(tmp_path / "project") as project:
        awa = choose_coder(project, "Awa", create=False)
        assert awa is not None
        diff = compare_journal(project, path)
        changed = next(each["id"] for each in entries() if each["row"] == "PM1")
        ok("--coder", "Awa", "journal", "set", changed, "--level", "2")
        before = entries()
        with pytest.raises(InputRefused, match="Nothing was stored; read the file again"):
            take_journal(project, awa.coder, diff, diff.found.changes)
    assert entries() == before


def test_a_hidden_sheet_that_was_tampered_with_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = filled(tmp_path)
    book: Any = load_workbook(path)
    row = next(row for row in book["hsreview_journal"].iter_rows() if row[3].value == "IN1")
    row[4].value = row[4].value.replace("2.5", "[1]")
    book.save(path)
    done = read(path, "--all")
    assert done.code == 3 and "hidden sheet of journal.xlsx was changed" in done.err


def test_other_files_are_refused(tmp_path: Path) -> None:
    path = filled(tmp_path)
    framework = tmp_path / "framework.xlsx"
    ok("--coder", "Awa", "framework", "export", str(framework))
    assert read(framework).code == 3 and "no file of the journal" in read(framework).err
    assert "no file of a framework" in call("--coder", "Awa", "framework", "import", str(path)).err
    assert call("journal", "export", str(tmp_path / "x.docx")).code == 2
    assert ok("outputs", "--json").json("outputs")["outputs"][0]["kind"] in ("journal", "framework_rows")
