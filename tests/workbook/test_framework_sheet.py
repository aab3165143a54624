"""A framework matrix filled in by partners in every wrong way: each is told, and nothing is lost."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.workbook.framework_sheet import META, digest
from hsreview.workbook.words import Words
from hsreview.workbook.words_framework import says_empty, status_written
from hsreview.workflows import coding as acts
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.framework_matrix import Edit, cases, charting, find_case, write_cells
from hsreview.workflows.framework_sheets import (
    ChangeKind,
    SheetDiff,
    choose_changes,
    compare_sheet,
    make_framework_sheet,
    take_changes,
)
from hsreview.workflows.reading import codebook
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened

KIND = CaseKind.TRANSCRIPT
FIRST = 6
"""Row of the first case; summaries stand in column D, their states in E."""


class Desk:
    """A project with three interviews, and the sheet that was made of it."""

    def __init__(self, folder: Path) -> None:
        self.project, self.awa = a_project(folder / "project", transcripts=3)
        acts.add_codings(self.project, self.awa, opened(self.project).version.id, 50, 80, [code_id("D1")])
        self.path = folder / "sheet.xlsx"

    def write(self, name: str, text: str, **more: Any) -> None:
        theme = codebook(self.project).themes[0].id
        write_cells(
            self.project, self.awa, KIND, [Edit(find_case(cases(self.project, KIND), name).id, theme, text, **more)]
        )

    def make(self, lang: str = "en") -> Any:
        make_framework_sheet(self.project, KIND, self.path, layer="Awa", lang=lang)
        return load_workbook(self.path)

    def back(self, book: Workbook) -> SheetDiff:
        book.save(self.path)
        return compare_sheet(self.project, self.path)

    def take(self, diff: SheetDiff, **how: Any) -> int:
        return take_changes(self.project, self.awa, KIND, choose_changes(diff, **how))

    def texts(self) -> dict[str, str]:
        matrix = charting(self.project, KIND).matrix
        return {case.name: matrix.cell(case, matrix.themes[0]).text for case in matrix.cases}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = Desk(tmp_path)
    yield found
    found.project.close()


def kinds(diff: SheetDiff) -> dict[str, ChangeKind]:
    return {each.case.name: each.kind for each in diff.changes}


def codes(diff: SheetDiff) -> dict[str, str]:
    return {each.cell: each.code for each in diff.faults}


def test_a_sheet_that_was_not_touched_changes_nothing(desk: Desk) -> None:
    desk.write("cso-1", "=1+1 is what they said\n and more ")
    for language in ("en", "fr"):
        book = desk.make(language)
        assert book.worksheets[0]["D7"].value == ("[not read]" if language == "en" else "[non lu]")
        diff = desk.back(book)
        assert (diff.changes, diff.faults, diff.missing, diff.notices) == ([], [], [], [])


def test_new_changed_and_checked_summaries_come_back_as_one_act(desk: Desk) -> None:
    desk.write("cso-2", "Before.")
    book = desk.make()
    sheet = book.worksheets[0]
    sheet["D6"], sheet["D7"], sheet["E7"] = "New: +1, =1.", "After.", "vérifié"
    diff = desk.back(book)
    assert kinds(diff) == {"cso-1": ChangeKind.NEW, "cso-2": ChangeKind.CHANGED}
    assert desk.take(diff) == 2
    assert desk.texts() == {"cso-1": "New: +1, =1.", "cso-2": "After.", "cso-3": ""}
    matrix = charting(desk.project, KIND).matrix
    first, second = (matrix.cell(case, matrix.themes[0]).summary for case in matrix.cases[:2])
    assert first and second and (first.status, second.status) == (Charted.DRAFTED, Charted.CHECKED)
    assert len(first.segments) == 1, "it rests on the words that the sheet showed"
    assert compare_sheet(desk.project, desk.path).changes == [], "reading it again changes nothing"
    assert undo(desk.project, desk.awa).done
    assert desk.texts() == {"cso-1": "", "cso-2": "Before.", "cso-3": ""}


def test_sorted_rows_and_a_renamed_sheet_do_no_harm(desk: Desk) -> None:
    book = desk.make()
    sheet = book.worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=8)]
    rows[0][3] = "Of the first."
    for at, values in enumerate(reversed(rows), FIRST):
        for column, value in enumerate(values, 1):
            sheet.cell(at, column).value = value
    sheet.title = "Feuil1"
    diff = desk.back(book)
    assert kinds(diff) == {"cso-1": ChangeKind.NEW} and diff.changes[0].cell == "D8"
    assert desk.take(diff) == 1 and desk.texts()["cso-1"] == "Of the first."


def test_rows_sorted_without_their_hidden_ids_go_to_no_other_case(desk: Desk) -> None:
    desk.write("cso-1", "About the first.")
    book = desk.make()
    sheet = book.worksheets[0]
    seen = [[sheet.cell(row, column).value for column in range(2, 6)] for row in range(FIRST, FIRST + 3)]
    for row, values in zip(range(FIRST, FIRST + 3), seen[::-1], strict=True):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    sheet[f"D{FIRST + 1}"] = "About the second."
    diff = desk.back(book)
    assert codes(diff) == {f"A{FIRST}": "mixed_up", f"A{FIRST + 2}": "mixed_up"}
    assert kinds(diff) == {"cso-2": ChangeKind.NEW} and not diff.missing


def test_groups_sorted_without_their_hidden_ids_go_to_no_other_group(desk: Desk) -> None:
    book = codebook(desk.project)
    groups = [replace(each, label=Localized(fr=f"Les {each.ref}", en=f"The {each.ref}")) for each in book.groups]
    store_codebook(desk.project, desk.awa.id, replace(book, groups=tuple(groups)))
    make_framework_sheet(desk.project, CaseKind.GROUP, desk.path, layer="Awa", lang="fr")
    sheets = load_workbook(desk.path)
    sheet = sheets.worksheets[0]
    seen = [[sheet.cell(row, column).value for column in range(2, 6)] for row in (FIRST, FIRST + 1)]
    assert [row[0] for row in seen] == ["Les cso", "Les policymaker"]
    for row, values in zip((FIRST, FIRST + 1), reversed(seen), strict=True):
        for column, value in enumerate(values, 2):
            sheet.cell(row, column).value = value
    sheet[f"D{FIRST}"] = "About policymakers."
    diff = desk.back(sheets)
    assert codes(diff) == {f"A{FIRST}": "mixed_up", f"A{FIRST + 1}": "mixed_up"} and not diff.changes


def test_a_row_that_names_another_case_beside_its_own_is_read(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0][f"C{FIRST}"] = "cso-2"
    book.worksheets[0][f"D{FIRST}"] = "About the first."
    assert kinds(desk.back(book)) == {"cso-1": ChangeKind.NEW}


def test_words_beside_the_columns_are_told(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0][f"H{FIRST}"] = "Ask the minister."
    diff = desk.back(book)
    assert [each.cell for each in diff.notices] == [f"H{FIRST}"] and not diff.changes and not diff.faults


def test_deleted_rows_and_columns_take_nothing_away(desk: Desk) -> None:
    desk.write("cso-2", "Stays.")
    book = desk.make()
    book.worksheets[0].delete_rows(7)
    diff = desk.back(book)
    assert list(diff.missing) == ["cso-2"] and diff.changes == []
    book = desk.make()
    book.worksheets[0].delete_cols(4)
    diff = desk.back(book)
    assert diff.changes == [] and len(diff.notices) == 1


@pytest.mark.parametrize("wrong", ["c999", None, 1.1])
def test_words_of_a_row_whose_id_was_changed_are_told(desk: Desk, wrong: object) -> None:
    book = desk.make()
    sheet = book.worksheets[0]
    sheet["A6"], sheet["D6"], sheet["D7"] = wrong, "Whose?", "Known."
    diff = desk.back(book)
    assert codes(diff) == {"A6": "unknown_row"} and kinds(diff) == {"cso-2": ChangeKind.NEW}
    assert list(diff.missing) == ["cso-1"]


def test_a_row_that_is_there_twice_is_told_and_not_read(desk: Desk) -> None:
    book = desk.make()
    sheet = book.worksheets[0]
    sheet["A7"], sheet["D6"], sheet["D7"] = sheet["A6"].value, "One.", "Other."
    diff = desk.back(book)
    assert codes(diff) == {"A6": "twice", "A7": "twice"} and diff.changes == []


@pytest.mark.parametrize(
    ("value", "code"), [(1.1, "number"), (True, "number"), ("=SUM(A1:A2)", "formula"), ("#N/A", "error")]
)
def test_what_the_spreadsheet_made_of_words_is_refused_and_told(desk: Desk, value: object, code: str) -> None:
    desk.write("cso-1", "Stays.")
    book = desk.make()
    sheet = book.worksheets[0]
    sheet["D6"] = value
    sheet["D7"] = "1.10"
    diff = desk.back(book)
    assert codes(diff) == {"D6": code} and kinds(diff) == {"cso-2": ChangeKind.NEW}
    assert desk.take(diff) == 1 and desk.texts() == {"cso-1": "Stays.", "cso-2": "1.10", "cso-3": ""}


def test_merged_cells_are_told_and_do_not_empty_what_they_cover(desk: Desk) -> None:
    desk.write("cso-2", "Covered.")
    book = desk.make()
    book.worksheets[0].merge_cells("D6:D7")
    diff = desk.back(book)
    assert codes(diff) == {"D6": "merged", "D7": "merged"} and diff.changes == []


def test_comments_are_told(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0]["D6"].comment = Comment("Ask Awa about this.", "Partner")
    [notice] = desk.back(book).notices
    assert notice.cell == "D6" and "Ask Awa about this." in notice.message and "D6" not in notice.message


def test_forty_thousand_characters_come_back_whole(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0]["D6"] = "PLACEHOLDER"
    book.save(desk.path)
    long = "très long " * 4000
    with zipfile.ZipFile(desk.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(desk.path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"PLACEHOLDER", long.encode()))
    diff = compare_sheet(desk.project, desk.path)
    assert desk.take(diff) == 1 and desk.texts()["cso-1"] == long.strip()


def test_a_summary_longer_than_a_cell_is_shown_cut_and_not_changed_through_the_sheet(desk: Desk) -> None:
    long = "mot " * 10_000
    desk.write("cso-1", long)
    made = make_framework_sheet(desk.project, KIND, desk.path, layer="Awa", lang="fr")
    assert made.too_long == 1
    assert compare_sheet(desk.project, desk.path).changes == []
    book = load_workbook(desk.path)
    book.worksheets[0]["D6"] = "Shorter."
    diff = desk.back(book)
    assert codes(diff) == {"D6": "cut"} and desk.texts()["cso-1"] == long


def test_what_was_changed_on_both_sides_is_a_conflict_that_somebody_decides(desk: Desk) -> None:
    desk.write("cso-1", "Base.")
    desk.write("cso-2", "Base.")
    book = desk.make()
    book.worksheets[0]["D6"], book.worksheets[0]["D7"] = "Partner.", "Same."
    desk.write("cso-1", "Team.")
    desk.write("cso-2", "Same.")
    diff = desk.back(book)
    assert kinds(diff) == {"cso-1": ChangeKind.CONFLICT}, "the same words on both sides are no conflict"
    assert (diff.changes[0].before, diff.changes[0].after) == ("Team.", "Partner.")
    assert desk.take(diff) == 0 and desk.texts()["cso-1"] == "Team."
    assert desk.take(diff, only=["d6"]) == 1 and desk.texts()["cso-1"] == "Partner."


def test_emptied_cells_are_emptied_only_when_asked_for(desk: Desk) -> None:
    desk.write("cso-1", "Words.")
    book = desk.make()
    book.worksheets[0]["D6"] = None
    diff = desk.back(book)
    assert kinds(diff) == {"cso-1": ChangeKind.EMPTIED} and desk.take(diff) == 0
    assert desk.take(diff, kinds=[ChangeKind.EMPTIED]) == 1 and desk.texts()["cso-1"] == ""


def test_notes_of_empty_cells_are_no_summaries_wherever_they_are_copied(desk: Desk) -> None:
    book = desk.make()
    sheet = book.worksheets[0]
    sheet["D6"], sheet["D7"], sheet["D8"] = "[asked, nothing said]", None, "[non lu]"
    diff = desk.back(book)
    assert diff.changes == [] and diff.faults == []
    assert says_empty("[question posée, rien dit]") and not says_empty("not read")
    assert status_written("Vérifié") is Charted.CHECKED and status_written("fini") is None


def test_states_that_make_no_sense_are_told(desk: Desk) -> None:
    desk.write("cso-1", "Words.")
    book = desk.make()
    book.worksheets[0]["E6"], book.worksheets[0]["E7"] = "perfect", "checked"
    diff = desk.back(book)
    assert codes(diff) == {"E6": "status", "D7": "status"} and diff.changes == []


def test_only_and_except_choose_cells(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0]["D6"], book.worksheets[0]["D7"] = "One.", "Two."
    diff = desk.back(book)
    assert [each.cell for each in choose_changes(diff, without=["D6"])] == ["D7"]
    assert [each.cell for each in choose_changes(diff, only=["D6"])] == ["D6"]
    with pytest.raises(UsageProblem):
        choose_changes(diff, only=["Z9"])


def test_what_changed_after_the_comparison_is_not_overwritten(desk: Desk) -> None:
    book = desk.make()
    book.worksheets[0]["D6"] = "Partner."
    diff = desk.back(book)
    desk.write("cso-1", "Meanwhile.")
    with pytest.raises(InputRefused):
        desk.take(diff)
    assert desk.texts()["cso-1"] == "Meanwhile."


def test_a_sheet_of_another_kind_or_project_or_without_its_ids_is_refused(desk: Desk, tmp_path: Path) -> None:
    book = desk.make()
    other = Desk(tmp_path / "other")
    with pytest.raises(InputRefused):
        compare_sheet(other.project, desk.path)
    other.project.close()
    del book[META]
    with pytest.raises(InputRefused):
        desk.back(book)
    book = desk.make()
    book.worksheets[0].delete_rows(4)
    with pytest.raises(InputRefused):
        desk.back(book)
    book = desk.make()
    book.copy_worksheet(book.worksheets[0])
    with pytest.raises(InputRefused):
        desk.back(book)


def test_a_blind_coder_changes_nothing_through_a_sheet(desk: Desk) -> None:
    from hsreview.base.ids import new_id
    from hsreview.workflows.coders import store_coder

    eve = store_coder(desk.project, Coder(new_id(), "Eve"), desk.awa.id)
    book = desk.make()
    book.worksheets[0]["D6"] = "Mine."
    book.save(desk.path)
    diff = compare_sheet(desk.project, desk.path, viewer=eve)
    assert codes(diff) == {"D6": "blind"} and diff.changes == []


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    found = Desk(tmp_path_factory.mktemp("desk"))
    yield found
    found.project.close()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60) | st.just("[not read]"))
@settings(max_examples=25, deadline=None)
def test_whatever_was_written_comes_back_as_it_was(shared: Desk, text: str) -> None:
    shared.write("cso-1", text)
    shared.make()
    assert compare_sheet(shared.project, shared.path).changes == []
    assert digest(text) == digest(text.replace("\n", "\r\n")) or "\r" in text


@pytest.mark.parametrize("language", ["fr", "en", "both"])
def test_the_theme_workbook_has_summaries_states_quotes_and_kinds_of_empty(desk: Desk, language: str) -> None:
    desk.write("cso-2", "=Summed up.")
    segment = charting(desk.project, KIND).dataset.segments[0].coding.id
    desk.write("cso-1", "word " * 8000, segments=(segment,), status=Charted.CHECKED)
    path = desk.path.with_name("themes.xlsx")
    export_excel(desk.project, path, layer="Awa", lang=language, sheets=["framework"])
    sheet = load_workbook(path)[Words(language).title("framework")]
    heads, *rows = [row for row in sheet.iter_rows(values_only=True) if row[1] is not None]
    at = {str(head).partition(" ")[0]: place for place, head in enumerate(heads)}["D"]
    texts = [str(row[at - 2] or "") for row in rows]
    assert [row[1] for row in rows] == ["cso-1", "cso-1", "cso-2", "cso-3"], "a long text goes on in a row of its own"
    assert "".join(texts[:2]).split() == ["word"] * 8000 and texts[2] == "=Summed up."
    assert texts[3] == Words(language)("framework_not_read")
    assert rows[0][at - 1] == Words(language)("framework_checked") and rows[0][at] == "cso-1:1"


def test_without_summaries_the_theme_workbook_has_no_sheet_of_them(desk: Desk) -> None:
    path = desk.path.with_name("themes.xlsx")
    assert export_excel(desk.project, path, layer="Awa", lang="en", sheets=["framework"]).left_out == ("framework",)


def test_groups_are_called_by_their_labels_and_come_back_as_they_are(desk: Desk) -> None:
    labels = {"fr": "Société civile", "en": "Civil society"}
    book = codebook(desk.project)
    groups = [replace(each, label=Localized(**labels)) if each.ref == "cso" else each for each in book.groups]
    store_codebook(desk.project, desk.awa.id, replace(book, version="2.0", groups=tuple(groups)))
    for language, label in labels.items():
        make_framework_sheet(desk.project, CaseKind.GROUP, desk.path, layer="Awa", lang=language)
        sheet = load_workbook(desk.path)
        assert [cell.value for cell in sheet.worksheets[0][FIRST][1:3]] == [label, label]
        sheet.worksheets[0]["D6"] = "They agree."
        [change] = desk.back(sheet).changes
        assert (change.case.id, change.case.name, change.called) == ("cso", "cso", "Civil society")
