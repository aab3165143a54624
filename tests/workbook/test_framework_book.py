"""The framework as an Excel file: written, filled in by partners in every wrong way, and read back."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.framework.chain import Framework
from hsreview.model.framework import PARENTS, PREFIXES, STATUSES, EvidenceRole, Row, RowKind, RowStatus, Stance
from hsreview.model.framework_columns import COLUMNS, Column, ValueKind
from hsreview.project import framework as stored
from hsreview.workbook.framework_book import META, BookFacts
from hsreview.workbook.framework_book_reading import read_framework_book
from hsreview.workbook.framework_book_writing import write_framework_book
from hsreview.workflows.coding import add_codings
from hsreview.workflows.framework_book import Backing, framework_book
from hsreview.workflows.framework_compared import compared
from hsreview.workflows.framework_export import export_framework
from hsreview.workflows.framework_import import TAKEN, BookDiff, ChangeKind, choose_changes, compare_book, take_changes
from hsreview.workflows.framework_rows import add_row, change_row, framework, read_values, remove_rows
from hsreview.workflows.outputs import outputs
from hsreview.workflows.people import set_speaker
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened
from tests.workbook.structure import problems

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "framework_book"
FIRST = 4
"""The row of the first row of a sheet: above it stand the mark, the hidden keys and the headers."""


class Desk:
    """A project with a small framework, and the file that was made of it."""

    def __init__(self, folder: Path) -> None:
        self.project, self.awa = a_project(folder / "project")
        self.path = folder / "cadre.xlsx"
        self.add(RowKind.STRATEGY, "Stratégie inventée")
        self.add(RowKind.ACTOR, "Mairie inventée", cells={"kind": "gov_local"})
        self.add(RowKind.OUTCOME, "La mairie consulte", under="ST1", cells={"actor": "AC1"})
        self.add(RowKind.OUTCOME, "La mairie répond", under="ST1")
        cells = {"unit": "réunions", "baseline_value": "2,5", "baseline_date": "2015-03", "harm": "some"}
        self.add(RowKind.INDICATOR, "Réunions par an", under="OC1", cells=cells)
        self.add(RowKind.INDICATOR, "Réponses écrites", under="OC2")

    def add(self, kind: RowKind, text: str, *, under: str = "", cells: dict[str, str] | None = None) -> Row:
        found = framework(self.project)
        main = next(each for each in COLUMNS[kind] if each.main)
        values = read_values(found, kind, [(f"{main.key}_fr", text), *(cells or {}).items()])
        return add_row(self.project, self.awa, kind, values, parent=self.row(under) if under else None)

    def row(self, ref: str) -> Row:
        return next(row for row in framework(self.project).rows if row.ref == ref)

    def refs(self) -> list[str]:
        return [row.ref for row in framework(self.project).rows]

    def set(self, ref: str, **cells: str) -> None:
        row = self.row(ref)
        change_row(self.project, self.awa, row, read_values(framework(self.project), row.kind, list(cells.items())))

    def make(self, lang: str = "fr", **how: Any) -> Workbook:
        export_framework(self.project, self.path, lang=lang, **how)
        return load_workbook(self.path)

    def back(self, book: Workbook, **how: Any) -> BookDiff:
        book.save(self.path)
        return compare_book(self.project, self.path, **how)

    def take(self, diff: BookDiff, **how: Any) -> int:
        return take_changes(self.project, self.awa, choose_changes(diff, **(how or {"kinds": TAKEN})))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    yield found
    found.project.close()


def sheet_of(book: Workbook, kind: RowKind) -> Worksheet:
    for sheet in book.worksheets:
        if f"{kind}.status" in [sheet.cell(FIRST - 2, at).value for at in range(1, sheet.max_column + 1)]:
            return sheet
    raise AssertionError(kind)


def put(book: Workbook, kind: RowKind, row: int, /, **cells: Any) -> dict[str, str]:
    """Write into cells by the keys of their columns; key → where it stands."""
    sheet = sheet_of(book, kind)
    keys = {str(sheet.cell(FIRST - 2, at).value): at for at in range(1, sheet.max_column + 1)}
    places = {}
    for key, value in cells.items():
        cell = sheet.cell(row, keys["hsreview_id" if key == "id" else f"{kind}.{key}"])
        cell.value = value
        places[key] = f"{sheet.title}!{cell.coordinate}"
    return places


def names(diff: BookDiff) -> dict[str, ChangeKind]:
    return {each.name: each.kind for each in diff.changes}


def codes(diff: BookDiff) -> dict[str, str]:
    return {each.cell: each.code for each in diff.faults}


IN = RowKind.INDICATOR


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
@pytest.mark.parametrize("public", [False, True])
def test_a_file_that_was_not_touched_changes_nothing(desk: Desk, lang: str, public: bool) -> None:
    book = desk.make(lang, public=public, paper="a3" if public else "a4")
    assert problems(desk.path) == []
    sheet = sheet_of(book, IN)
    assert sheet.page_setup.paperSize == (8 if public else 9) and sheet.page_setup.orientation == "landscape"
    assert sheet.freeze_panes == f"D{FIRST}" and sheet.auto_filter.ref and sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[FIRST - 2].hidden and not sheet.merged_cells.ranges
    mark = {"fr": ("INTERNE", "PUBLIC"), "en": ("INTERNAL", "PUBLIC"), "both": ("INTERNE", "PUBLIC")}[lang][public]
    assert str(sheet["B1"].value).startswith(mark) and str(book.worksheets[0]["A1"].value).startswith(mark)
    diff = desk.back(book)
    assert (diff.changes, diff.faults, diff.notices) == ([], [], [])


def test_cells_are_numbers_dates_and_words_to_choose(desk: Desk) -> None:
    desk.set("IN1", target_date="31/03/2017", disaggregation="sex; region")
    book = desk.make()
    sheet = sheet_of(book, IN)
    row = {str(sheet.cell(FIRST - 2, at).value): sheet.cell(FIRST, at) for at in range(1, sheet.max_column + 1)}
    assert row["indicator.baseline_value"].value == 2.5
    assert row["indicator.target_date"].value == datetime(2017, 3, 31) and row["indicator.target_date"].is_date
    assert row["indicator.baseline_date"].value == "2015-03", "what is known in part stays readable"
    assert row["indicator.disaggregation"].value == "sexe; région"
    assert row["indicator.under"].value == "OC1 · La mairie consulte"
    lists = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    harm = lists[row["indicator.harm"].coordinate]
    column = harm.formula1.split("$")[1]
    words = [cell.value for cell in book["hsreview_lists"][column]]
    assert words[:3] == ["aucun connu", "possible", "élevé"] and not harm.showErrorMessage
    assert book["hsreview_lists"].sheet_state == book[META].sheet_state == "hidden"


def test_what_partners_filled_in_comes_back_as_one_act(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres", target_value="15,5", harm="Élevé", frequency="Yearly", status="PROPOSEE")
    put(book, IN, FIRST + 1, target_date="mars 2017", baseline_date=datetime(2017, 3, 31), under="oc1")
    put(book, RowKind.OUTCOME, FIRST + 1, actor="Mairie inventée")
    diff = desk.back(book)
    assert not diff.faults and set(names(diff).values()) == {ChangeKind.FILLED, ChangeKind.CHANGED}
    assert desk.take(diff) == 9
    first, second = desk.row("IN1"), desk.row("IN2")
    assert first.status is RowStatus.PROPOSED
    assert {key: first.data[key] for key in ("unit", "target_value", "harm", "frequency")} == {
        "unit": "rencontres", "target_value": 15.5, "harm": "high", "frequency": "yearly",
    }  # fmt: skip
    assert (second.data["target_date"], second.data["baseline_date"]) == ("2017-03", "2017-03-31")
    assert second.parent_id == desk.row("OC1").id
    assert desk.row("OC2").data["actor"] == desk.row("AC1").id
    assert compare_book(desk.project, desk.path).changes == [], "reading it again changes nothing"
    assert undo(desk.project, desk.awa).done
    assert desk.row("IN1").data["unit"] == "réunions" and "target_date" not in desk.row("IN2").data


@pytest.mark.parametrize(
    ("written", "stored_as"),
    [
        ("31/03/2017", "2017-03-31"), ("03/04/2017", "2017-04-03"), ("2017-03-31", "2017-03-31"), ("2017", "2017"),
        (2017, "2017"), ("1er mars 2017", "2017-03-01"), ("31 March 2017", "2017-03-31"), ("Août 2017", "2017-08"),
        ("3/2017", "2017-03"), (datetime(2017, 3, 31, 10, 30), "2017-03-31"),
    ],
)  # fmt: skip
def test_dates_are_read_in_every_form_the_day_before_the_month(desk: Desk, written: object, stored_as: str) -> None:
    book = desk.make()
    put(book, IN, FIRST, target_date=written)
    [change] = desk.back(book).changes
    assert change.value == stored_as


@pytest.mark.parametrize(("written", "number"), [("2,50", 2.5), ("1 200", 1200), ("3.0", 3), (12, 12), ("-1e2", -100)])
def test_numbers_are_read_with_a_comma_and_as_text(desk: Desk, written: object, number: float) -> None:
    book = desk.make()
    put(book, IN, FIRST, target_value=written)
    [change] = desk.back(book).changes
    assert change.value == number


def test_a_cell_that_changed_on_both_sides_is_a_clash_that_a_person_decides(desk: Desk) -> None:
    book = desk.make("en")
    desk.set("IN1", unit="séances")
    desk.set("IN2", unit="lettres")
    put(book, IN, FIRST, unit="rencontres")
    put(book, IN, FIRST + 1, unit="lettres")
    [clash] = (diff := desk.back(book)).changes
    assert (clash.name, clash.kind) == ("IN1.unit", ChangeKind.CLASH)
    assert (clash.was, clash.now, clash.after) == ("réunions", "séances", "rencontres")
    assert desk.take(diff) == 0, "it is not among what is taken without a word"
    assert desk.take(diff, accept=["in1.unit"]) == 1 and desk.row("IN1").data["unit"] == "rencontres"


def test_a_new_row_stands_under_what_it_names_also_under_another_new_one(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST + 2, statement_fr="Nouvel indicateur", under="PM-a", target_value=3)
    put(book, RowKind.MARKER, FIRST, statement_fr="Nouveau marqueur", under="OC2 · La mairie répond")
    sheet = sheet_of(book, RowKind.MARKER)
    sheet.cell(FIRST, 2).value = "PM-a"
    diff = desk.back(book)
    assert names(diff) == {"IN+1": ChangeKind.NEW, "PM+1": ChangeKind.NEW} and not diff.faults
    with pytest.raises(InputRefused, match="belongs to PM\\+1, which is not accepted"):
        desk.take(diff, accept=["IN+1"])
    assert "IN3" not in desk.refs(), "nothing half-done"
    assert desk.take(diff) == 2
    assert desk.row("IN3").parent_id == desk.row("PM1").id and desk.row("PM1").parent_id == desk.row("OC2").id
    assert undo(desk.project, desk.awa).done
    assert {"IN3", "PM1"}.isdisjoint(desk.refs())


def test_rows_that_are_gone_are_told_and_go_only_when_somebody_says_so(desk: Desk) -> None:
    book = desk.make()
    sheet_of(book, IN).delete_rows(FIRST)
    sheet_of(book, RowKind.OUTCOME).delete_rows(FIRST)
    diff = desk.back(book)
    assert names(diff) == {"IN1.removed": ChangeKind.REMOVED, "OC1.removed": ChangeKind.REMOVED}
    assert desk.take(diff) == 0
    assert desk.take(diff, kinds=[ChangeKind.REMOVED]) == 2, "IN1 stood under OC1, and goes with it"
    assert {"IN1", "OC1"}.isdisjoint(desk.refs())
    assert undo(desk.project, desk.awa).done and {"IN1", "OC1"} <= set(desk.refs())
    with pytest.raises(InputRefused, match="what is to be removed"):
        desk.take(diff, accept=["OC1.removed"])
    assert "OC1" in desk.refs()


def test_a_deleted_sheet_or_column_takes_nothing_away(desk: Desk) -> None:
    book = desk.make()
    del book[sheet_of(book, RowKind.OUTCOME).title]
    sheet = sheet_of(book, IN)
    at = next(n for n in range(1, sheet.max_column + 1) if sheet.cell(FIRST - 2, n).value == "indicator.unit")
    sheet.delete_cols(at)
    diff = desk.back(book)
    assert diff.changes == [] and [each.message.rpartition(" ")[2] for each in diff.notices] == ["unit"]


def test_sorted_rows_moved_columns_and_renamed_sheets_do_no_harm(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres")
    sheet = sheet_of(book, IN)
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=FIRST + 1)]
    rows[FIRST - 1], rows[FIRST] = rows[FIRST], rows[FIRST - 1]
    for at, values in enumerate(rows, 1):
        for column, value in enumerate([*values[2:], "notes" if at == FIRST else None, *values[:2]], 1):
            sheet.cell(at, column).value = value
    sheet.title = "Feuil1"
    book.move_sheet("Feuil1", -4)
    diff = desk.back(book)
    [change] = diff.changes
    assert change.name == "IN1.unit" and change.cell.startswith("Feuil1!") and not diff.faults
    [notice] = diff.notices
    assert notice.cell.startswith("Feuil1!") and "not read" in notice.message


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"id": "019f0000-0000-7000-8000-000000000000"}, "unknown_row"),
        ({"id": 1.1}, "unknown_row"),
        ({"id": None}, "no_id"),
    ],
)
def test_a_changed_id_is_told_and_a_new_row_only_when_asked(desk: Desk, cells: dict[str, Any], code: str) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres", **cells)
    diff = desk.back(book)
    assert list(codes(diff).values()) == [code] and "IN1.unit" not in names(diff)
    again = compare_book(desk.project, desk.path, as_new=True)
    assert names(again)["IN+1"] is ChangeKind.NEW and not again.faults
    assert desk.take(again) == 1 and desk.row("IN3").data["unit"] == "rencontres"


def test_a_row_whose_id_is_broken_is_not_told_to_be_gone(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, id="019f0000-0000-7000-8000-000000000000")
    assert names(desk.back(book)) == {}


def test_reading_a_file_twice_adds_its_new_rows_once(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST + 2, statement_fr="Nouvel indicateur", under="PM-a", target_value=3)
    put(book, RowKind.MARKER, FIRST, statement_fr="Nouveau marqueur", under="OC2", level="aimerait voir")
    sheet_of(book, RowKind.MARKER).cell(FIRST, 2).value = "PM-a"
    assert desk.take(desk.back(book)) == 2
    desk.set("IN3", unit="réunions")
    again = compare_book(desk.project, desk.path)
    assert again.changes == [] and again.faults == []
    assert ["PM1" in each.message or "IN3" in each.message for each in again.notices] == [True, True]
    put(book, IN, FIRST + 2, statement_fr="Un autre indicateur")
    assert desk.take(diff := desk.back(book)) == 1 and names(diff) == {"IN+1": ChangeKind.NEW}
    assert desk.row("IN4").parent_id == desk.row("PM1").id, "it stands under the marker that came with the first file"


@pytest.mark.parametrize("act", ["delete", "insert"])
def test_a_header_that_was_deleted_or_moved_takes_no_row_away(desk: Desk, act: str) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres")
    sheet = sheet_of(book, IN)
    (sheet.delete_rows if act == "delete" else sheet.insert_rows)(FIRST - 1)
    diff = desk.back(book, as_new=True)
    assert names(diff) == {"IN1.unit": ChangeKind.CHANGED} and not diff.faults


def test_a_sheet_without_its_keys_is_told(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres")
    sheet_of(book, IN).delete_rows(FIRST - 2)
    diff = desk.back(book)
    assert list(codes(diff).values()) == ["no_keys"] and diff.changes == []


def test_a_copied_row_is_told_and_is_a_new_row_when_asked(desk: Desk) -> None:
    book = desk.make()
    sheet = sheet_of(book, IN)
    for at in range(1, sheet.max_column + 1):
        sheet.cell(FIRST + 2, at).value = sheet.cell(FIRST, at).value
    put(book, IN, FIRST + 2, statement_fr="Une variante")
    diff = desk.back(book)
    assert list(codes(diff).values()) == ["twice", "twice"] and diff.changes == []
    again = compare_book(desk.project, desk.path, as_new=True)
    assert names(again) == {"IN+1": ChangeKind.NEW}
    assert desk.take(again) == 1
    assert (desk.row("IN1").data["statement_fr"], desk.row("IN3").data["statement_fr"]) == (
        "Réunions par an", "Une variante",
    )  # fmt: skip


def test_rows_sorted_without_their_hidden_ids_go_to_no_other_row(desk: Desk) -> None:
    book = desk.make()
    sheet = sheet_of(book, IN)
    ids = [sheet.cell(row, 1).value for row in (FIRST, FIRST + 1)]
    sheet.cell(FIRST, 1).value, sheet.cell(FIRST + 1, 1).value = ids[1], ids[0]
    diff = desk.back(book)
    assert list(codes(diff).values()) == ["mixed_up", "mixed_up"] and diff.changes == []


@pytest.mark.parametrize(
    ("key", "value", "code", "told"),
    [
        ("unit", "=1+1", "formula", "formula"), ("unit", "#N/A", "error", "error"),
        ("unit", True, "logical", "logical"),
        ("unit", 1.1, "value", "number or a date (1.1)"), ("harm", "rouge", "value", "“rouge” is none of"),
        ("target_value", "beaucoup", "value", "“beaucoup” is not a number"), ("target_value", 1e305, "value", "number"),
        ("target_date", "30/02/2017", "value", "is not a date"), ("target_date", "31/03/17", "value", "is not a date"),
        ("target_date", "mars", "value", "is not a date"), ("disaggregation", "sexe; couleur", "value", "“couleur”"),
        ("under", "OC9", "value", "“OC9” names no outcome or progress marker here"),
        ("under", "ST1", "value", "“ST1” names no outcome"), ("status", "open", "value", "“open” is none of"),
        ("status", None, "status", "Every row has a status"), ("statement_fr", None, "says_nothing", "say nothing"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_cell_and_changes_nothing(
    desk: Desk, key: str, value: object, code: str, told: str
) -> None:
    book = desk.make()
    places = put(book, IN, FIRST, **{key: value})
    put(book, IN, FIRST + 1, unit="lettres")
    diff = desk.back(book)
    assert codes(diff) == {places[key]: code} and told in diff.faults[0].message
    assert names(diff) == {"IN2.unit": ChangeKind.FILLED}, "the rest is read"


def test_merged_cells_comments_and_emptied_cells_are_told(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit=None)
    sheet = sheet_of(book, IN)
    sheet.cell(FIRST, 3).comment = Comment("Trop long ?", "Partenaire")
    where = put(book, RowKind.ACTOR, FIRST, kind="média")["kind"].partition("!")[2]
    sheet_of(book, RowKind.ACTOR).merge_cells(f"{where}:{where[0]}{int(where[1:]) + 1}")
    diff = desk.back(book)
    assert set(codes(diff).values()) == {"merged"}
    assert names(diff) == {"IN1.unit": ChangeKind.EMPTIED} and "Trop long ?" in diff.notices[0].message
    assert desk.take(diff) == 0
    assert desk.take(diff, kinds=[ChangeKind.EMPTIED]) == 1 and "unit" not in desk.row("IN1").data


def test_a_text_longer_than_a_cell_is_shown_cut_and_not_changed_through_the_file(desk: Desk) -> None:
    desk.set("IN1", assumptions="mot " * 10_000)
    book = desk.make()
    assert problems(desk.path) == [] and desk.back(book).changes == []
    put(book, IN, FIRST, assumptions="court")
    diff = desk.back(book)
    assert list(codes(diff).values()) == ["cut"] and diff.changes == []


def test_forty_thousand_characters_of_a_partner_come_back_whole(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, assumptions="PLACEHOLDER")
    book.save(desk.path)
    long = "très long " * 4000
    with zipfile.ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(desk.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"PLACEHOLDER", long.encode()))
    diff = compare_book(desk.project, desk.path)
    assert desk.take(diff) == 1 and desk.row("IN1").data["assumptions"] == long.strip()
    assert len(diff.notices) == 1


def test_a_row_that_was_removed_meanwhile_is_told_with_what_cannot_be_stored(desk: Desk) -> None:
    book = desk.make()
    remove_rows(desk.project, desk.awa, framework(desk.project), [desk.row("IN2")])
    assert desk.back(book).faults == [], "what nobody changed needs no word"
    put(book, IN, FIRST + 1, unit="lettres")
    diff = desk.back(book)
    assert list(codes(diff).values()) == ["gone"] and diff.changes == []


def test_what_changed_between_the_look_and_the_storing_is_refused_whole(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres", target_value=3)
    diff = desk.back(book)
    desk.set("IN1", unit="séances")
    with pytest.raises(InputRefused, match="Nothing was stored; read the file again"):
        desk.take(diff)
    assert desk.row("IN1").data["unit"] == "séances" and "target_value" not in desk.row("IN1").data


def test_an_unknown_name_of_a_change_lists_those_that_there_are(desk: Desk) -> None:
    book = desk.make()
    put(book, IN, FIRST, unit="rencontres", target_value=3)
    diff = desk.back(book)
    with pytest.raises(UsageProblem, match=r"IN1\.unit, IN1\.target_value"):
        choose_changes(diff, accept=["IN9"])
    assert [each.key for each in choose_changes(diff, accept=["IN1"], without=["IN1.unit"])] == ["target_value"]


def test_files_that_are_none_are_refused_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    other = Workbook()
    other.save(tmp_path / "other.xlsx")
    with pytest.raises(InputRefused, match="is no file of a framework"):
        compare_book(desk.project, tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("nothing", encoding="utf-8")
    with pytest.raises(InputRefused, match="is damaged or not"):
        compare_book(desk.project, tmp_path / "text.xlsx")
    book = desk.make()
    book[META]["A2"] = "strange"
    with pytest.raises(InputRefused, match=r"hidden sheet of cadre\.xlsx was changed"):
        desk.back(book)
    book = desk.make()
    book[META]["B1"] = "99"
    with pytest.raises(InputRefused, match="newer hsreview"):
        desk.back(book)
    book = desk.make()
    for sheet in book.worksheets:
        if sheet.title != META:
            sheet.delete_rows(FIRST - 2)
    with pytest.raises(InputRefused, match="hidden rows with the keys"):
        desk.back(book)
    desk.make()
    again, _awa = a_project(tmp_path / "again")
    with again, pytest.raises(InputRefused, match="belongs to another project"):
        compare_book(again, desk.path)


@pytest.mark.parametrize(
    "held",
    [
        {"target_date": "2017-99-99"}, {"target_date": 5}, {"disaggregation": 5}, {"disaggregation": [1]},
        {"milestones": 7}, {"unit": 5}, {"baseline_value": "abc"}, {"baseline_value": [1]}, {"under": [1]},
        {"status": "zz"}, {"harm": ["x"]}, None, "[" * 30_000,
    ],
    ids=str,
)  # fmt: skip
def test_a_hidden_sheet_that_was_tampered_with_is_refused_in_a_sentence(desk: Desk, held: Any) -> None:
    book = desk.make()
    if held is None:
        next(row for row in book[META].iter_rows() if row[0].value == "language")[1].value = "de"
    else:
        row = next(row for row in book[META].iter_rows() if row[3].value == "IN1")
        row[4].value = held if isinstance(held, str) else json.dumps(json.loads(str(row[4].value)) | held)
    with pytest.raises(InputRefused, match=r"hidden sheet of cadre\.xlsx was changed"):
        desk.back(book)


def test_a_sheet_without_its_ids_or_there_twice_is_not_read_and_takes_nothing_away(desk: Desk) -> None:
    book = desk.make()
    sheet_of(book, IN).delete_cols(1)
    copy = book.copy_worksheet(sheet_of(book, RowKind.OUTCOME))
    copy.cell(FIRST, 3).value = "Autre"
    diff = desk.back(book)
    assert sorted(codes(diff).values()) == ["no_ids", "sheet_twice"] and diff.changes == []


def test_a_public_file_holds_no_counts_no_words_and_no_notes_of_the_team(desk: Desk) -> None:
    text = opened(desk.project)
    start = text.text.index("Mais sans budget")
    [made] = add_codings(desk.project, desk.awa, text.version.id, start, start + 16, [code_id("K4")])
    found = framework(desk.project)
    secret = {"answered": "réponse interne", "methods_note": "note de méthode", "strength_reason": "raison interne"}
    values = read_values(found, RowKind.FINDING, [("statement_fr", "L’argent manque."), *secret.items()])
    add_row(desk.project, desk.awa, RowKind.FINDING, values, evidence=[(made.id, Stance.SUPPORTS, EvidenceRole.NONE)])

    def said() -> str:
        return "\n".join(
            str(cell.value) for sheet in load_workbook(desk.path).worksheets for row in sheet for cell in row
        )

    desk.make("both")
    assert all(text in said() for text in ("Mais sans budget", *secret.values(), "cso-1 "))
    desk.make("both", public=True)
    public = said()
    assert "L’argent manque." in public
    assert not [
        text for text in ("Mais sans budget", "cso-1", *secret.values(), "très faible", "0 sur") if text in public
    ]


def test_a_public_file_that_repeats_testimony_is_warned_of_with_the_cell(desk: Desk) -> None:
    desk.set("IN1", assumptions="On dit : « nous avons travaillé avec les chefs », et rien de plus.")
    made = export_framework(desk.project, desk.path, public=True)
    [warning] = made.warnings
    assert warning.startswith("IN1 · Assumptions:") and "“nous avons travaillé avec les chefs”" in warning
    assert export_framework(desk.project, desk.path).warnings == (), "the internal file holds testimony anyway"
    desk.set("IN1", assumptions="Les chefs ont pris part au travail.")
    assert export_framework(desk.project, desk.path, public=True).warnings == ()


def test_a_public_file_that_names_somebody_or_an_interview_is_warned_of(desk: Desk) -> None:
    transcript = opened(desk.project).transcript
    set_speaker(desk.project, desk.awa, transcript.id, "R1", respondent="Kadidiatoulaye")
    desk.set("IN1", source=f"Selon KADIDIATOULAYE, {transcript.name}", assumptions="Le maire reste.")
    for name in ("public.xlsx", "public.docx"):
        made = export_framework(desk.project, desk.path.with_name(name), public=True)
        assert ["“KADIDIATOULAYE”" in each or f"“{transcript.name}”" in each for each in made.warnings] == [True, True]
        assert all(each.startswith("IN1 · Source of the row:") for each in made.warnings)


def test_a_file_is_on_record_with_whom_it_is_for(desk: Desk) -> None:
    export_framework(desk.project, desk.path, viewer=desk.awa, public=True, recipient="Partenaires")
    [output] = outputs(desk.project, "framework_rows")
    assert (output.recipient, output.details["public"], output.details["rows"]) == ("Partenaires", True, 6)


# Property: whatever rows hold, a file of them says the same when it is read back.

TEXTS = st.one_of(
    st.sampled_from(["=1+1", "#N/A", "_x000D_", "+1", "1.10", "true", "2017", "a; b", "x\r\ny", "\x0b", "œ’« é »"]),
    st.text(max_size=30),
)  # fmt: skip
PLAIN = st.sampled_from(["=1+1", "1.10", "Réunions œ", "«\u202fé\u202f»", "deux\nlignes", "+1", "a, b", "😀"])
ISO = st.dates().map(str) | st.dates().map(lambda d: str(d)[:7]) | st.dates().map(lambda d: str(d)[:4])


def value_of(column: Column, texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    keys = [choice.key for choice in column.choices]
    match column.kind:
        case ValueKind.CHOICE:
            return st.sampled_from(keys)
        case ValueKind.CHOICES:
            return st.lists(st.sampled_from(keys), unique=True, min_size=1)
        case ValueKind.NUMBER:
            return st.integers() | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300)
        case ValueKind.DATE:
            return ISO
        case ValueKind.ROW:
            return st.just("actor-0")
        case ValueKind.TEXTS:
            return st.lists(texts.filter(lambda text: texts is not PLAIN or "\n" not in text), min_size=1, max_size=3)
        case _:
            return texts


@st.composite
def frameworks(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Framework:
    rows = [Row("actor-0", RowKind.ACTOR, "AC1", RowStatus.ACTIVE, data={"label_fr": "Mairie"})]
    for number in range(draw(st.integers(0, 5))):
        kind = draw(st.sampled_from([kind for kind in RowKind if kind is not RowKind.ACTOR]))
        data = {}
        for column in COLUMNS[kind]:
            for key in column.keys:
                if draw(st.booleans()):
                    data[key] = draw(value_of(column, texts))
        above = [row.id for row in rows if row.kind in PARENTS[kind]]
        parent = draw(st.sampled_from([*above, None])) if above else None
        status = draw(st.sampled_from(STATUSES[kind]))
        rows.append(Row(f"row-{number}", kind, f"{PREFIXES[kind]}{number + 2}", status, parent, data=data))
    return Framework(rows, ())


@settings(max_examples=12, deadline=None)
@given(found=frameworks(), lang=st.sampled_from(["fr", "en", "both"]), public=st.booleans())
def test_every_framework_reads_back_as_it_is(
    found: Framework, lang: str, public: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("property") / "book.xlsx"
    facts = BookFacts("project", "Projet", lang, public, "2026-01-02T03:04:05Z")
    write_framework_book(framework_book(found, facts, lambda row: Backing("faible", "", "", 0, 0, 0, 0), "base"), path)
    assert problems(path) == []
    diff = compared(found, read_framework_book(path))
    assert (diff.changes, diff.faults, diff.notices) == ([], [], [])


@settings(max_examples=8, deadline=None)
@given(found=frameworks(PLAIN), lang=st.sampled_from(["fr", "en", "both"]))
def test_every_cell_that_is_shown_is_read_as_what_it_holds(
    found: Framework, lang: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("property") / "book.xlsx"
    facts = BookFacts("project", "Projet", lang, False, "2026-01-02T03:04:05Z")
    write_framework_book(framework_book(found, facts, lambda row: Backing("faible", "", "", 0, 0, 0, 0), "base"), path)
    returned = read_framework_book(path)
    # As if every cell had been typed: nothing says any more what the file showed.
    returned.bases = {identity: replace(base, values={}) for identity, base in returned.bases.items()}
    diff = compared(found, returned)
    assert ([change.name for change in diff.changes], diff.faults) == ([], [])


def test_an_empty_framework_is_a_file_to_fill_in(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    path = tmp_path / "empty.xlsx"
    export_framework(project, path, lang="both")
    assert problems(path) == []
    book = load_workbook(path)
    put(book, RowKind.ACTOR, FIRST, label_fr="Mairie", kind="autorité locale / local authority")
    book.save(path)
    diff = compare_book(project, path)
    assert take_changes(project, awa, choose_changes(diff, kinds=TAKEN)) == 1
    [row] = stored.rows(project.connection)
    assert row.data == {"label_fr": "Mairie", "kind": "gov_local"}
    project.close()


def test_the_sheets_are_as_they_were(tmp_path: Path) -> None:
    """Compared with `tests/golden/framework_book`; write it anew with `GOLDEN=write` after a change that is meant."""
    rows = [
        Row("a1", RowKind.ACTOR, "AC1", RowStatus.ACTIVE, data={"label_fr": "Mairie inventée", "kind": "gov_local"}),
        Row("s1", RowKind.STRATEGY, "ST1", RowStatus.ACTIVE, data={"title_fr": "Stratégie inventée"}),
        Row("o1", RowKind.OUTCOME, "OC1", RowStatus.PROPOSED, "s1", data={"statement_en": "Only in English",
            "actor": "a1", "dimensions": ["food", "health"], "programme_outcomes": ["O1"]}),
        Row("i1", RowKind.INDICATOR, "IN1", RowStatus.DRAFT, "o1", data={"statement_fr": "=Réunions", "unit": "1.10",
            "baseline_value": 2.5, "baseline_date": "2015-03", "target_date": "2017-03-31", "milestones": ["a", "b"]}),
    ]  # fmt: skip
    facts = BookFacts("project", "Projet inventé", "fr", False, "2026-01-02T03:04:05Z")
    told = Backing("faible", "1 sur 3", "1 sur 3 · lieux", 1, 2, 0, 0)
    book = framework_book(Framework(rows, ()), facts, lambda row: told, "Base.")
    path = tmp_path / "book.xlsx"
    write_framework_book(book, path)
    text = ""
    with zipfile.ZipFile(path) as archive:
        for number in range(1, 11):
            part = archive.read(f"xl/worksheets/sheet{number}.xml").decode("utf-8")
            for tag in ("<row ", "</sheetData>", "<c ", "<col ", "<dataValidation "):
                part = part.replace(tag, f"\n{tag}")
            text += f"=== {number}\n{part}\n"
    golden = GOLDEN / "sheets.xml"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")
