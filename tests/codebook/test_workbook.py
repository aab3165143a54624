"""The codebook in a spreadsheet: nothing is lost on the way, and odd cells are named by their address."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import use_language
from hsreview.model.codebook import Codebook
from hsreview.model.localized import Localized
from hsreview.workbook.codebook_sheets import codebook_workbook, read_codebook_workbook
from tests.codebook.shipped import shipped
from tests.codebook.strategies import codebooks

BOOK = shipped()
SMALL = replace(
    BOOK,
    themes=tuple(replace(theme, codes=theme.codes[:2]) for theme in BOOK.themes if theme.ref in ("D", "T")),
    passes=(replace(BOOK.passes[0], themes=("D",), then=("T",)),),
    modifiers=(replace(BOOK.modifiers[0], applies_to=("T",)),),
)
"""A few rows of everything: quick to save and read."""
Edit = Callable[[openpyxl.Workbook], None]


def saved(book: Codebook, folder: Path, edit: Edit | None = None) -> Path:
    """The workbook of `book`, edited."""
    path = folder / "book.xlsx"
    workbook = codebook_workbook(book)
    if edit is not None:
        edit(workbook)
    workbook.save(path)
    return path


def saved_again(path: Path) -> Path:
    """`path` after a spreadsheet program has opened and saved it."""
    openpyxl.load_workbook(path).save(path)
    return path


def problems(path: Path) -> list[Problem]:
    with pytest.raises(InputRefused) as caught:
        read_codebook_workbook(path)
    return list(caught.value.problems)


def sheet(workbook: openpyxl.Workbook, title: str) -> Worksheet:
    found = workbook[title]
    assert isinstance(found, Worksheet)
    return found


def column(found: Worksheet, heading: str) -> int:
    return next(cell.column for cell in found[1] if cell.value == heading)


def put(title: str, ref: str, heading: str, value: Any) -> Edit:
    """An edit of one cell: the row whose first cell is `ref`, the column under `heading`."""

    def edit(workbook: openpyxl.Workbook) -> None:
        found = sheet(workbook, title)
        row = next(cells[0].row for cells in found.iter_rows() if cells[0].value == ref)
        found.cell(row, column(found, heading)).value = value

    return edit


def handmade(folder: Path, rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> Path:
    """A workbook of one sheet, as somebody without hsreview writes it."""
    workbook = openpyxl.Workbook()
    active = workbook.active
    assert isinstance(active, Worksheet)
    active.title = title
    for row in rows:
        active.append(list(row))
    path = folder / "made by hand.xlsx"
    workbook.save(path)
    return path


def test_the_shipped_codebook_comes_back_equal(tmp_path: Path) -> None:
    assert read_codebook_workbook(saved(BOOK, tmp_path)) == BOOK
    assert read_codebook_workbook(saved_again(tmp_path / "book.xlsx")) == BOOK


# Excel's own limits apply: no control characters, and a cue is one line of a cell.
LETTERS = st.characters(exclude_categories=["Cs", "Cc", "Cn"])


@settings(max_examples=12)  # each makes and reads a whole workbook
@given(book=codebooks(LETTERS))
def test_any_codebook_comes_back_equal(book: Codebook, tmp_path_factory: pytest.TempPathFactory) -> None:
    if any(not cue for place in book.codes() for cues in place.code.cues.values() for cue in cues):
        return
    assert read_codebook_workbook(saved(book, tmp_path_factory.getbasetemp())) == book


def test_french_headings_come_back_equal(tmp_path: Path) -> None:
    use_language("fr")
    path = saved(SMALL, tmp_path)
    use_language("en")
    workbook = openpyxl.load_workbook(path)
    assert [cell.value for cell in workbook["Grille"][1]][:2] == ["id_code", "libellé_fr"]
    assert read_codebook_workbook(path) == SMALL


def test_sorted_rows_change_nothing(tmp_path: Path) -> None:
    def shuffle(workbook: openpyxl.Workbook) -> None:
        for title in ("Codebook", "Themes", "Questions", "Groups", "Modifiers", "Flags", "Passes", "Guide", "Rules"):
            found = sheet(workbook, title)
            rows = [[cell.value for cell in row] for row in found.iter_rows(min_row=2)]
            random.Random(3).shuffle(rows)
            for number, row in enumerate(rows, 2):
                for place, value in enumerate(row, 1):
                    found.cell(number, place).value = value

    assert read_codebook_workbook(saved(SMALL, tmp_path, shuffle)) == SMALL


def test_ids_are_text_and_nothing_is_a_formula(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(saved(SMALL, tmp_path))
    assert {cell.data_type for found in workbook.worksheets for row in found for cell in row} <= {"s", "n"}
    codes = sheet(workbook, "Codebook")
    assert {codes.cell(row, column(codes, "code_id")).number_format for row in range(2, 6)} == {"@"}
    assert codes.freeze_panes == "D2" and codes.print_title_rows == "$1:$1"
    assert codes.column_dimensions[openpyxl.utils.get_column_letter(column(codes, "uuid"))].hidden


def test_values_are_chosen_from_lists(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(saved(SMALL, tmp_path))
    codes = sheet(workbook, "Codebook")
    rules = {rule.formula1 for rule in codes.data_validations.dataValidation}
    assert len(rules) == 5 and all(rule.startswith("'Lists'!$") or rule.startswith("Lists!$") for rule in rules)
    lists = [[cell.value for cell in cells if cell.value] for cells in workbook["Lists"].iter_cols()]
    assert ["statuses", "active", "proposed", "merged", "refused", "retired"] in lists


def test_texts_that_look_like_formulas_stay_texts(tmp_path: Path) -> None:
    book = Codebook("=1+1", "1.10", Localized(fr="=SUM(A1)", en="#N/A"), rules={"+1": Localized(fr="@x", en="_x000D_")})
    again = read_codebook_workbook(saved_again(saved(book, tmp_path)))
    assert again == book


def test_a_reworded_code_is_the_only_difference(tmp_path: Path) -> None:
    path = saved(SMALL, tmp_path, put("Codebook", "D1", "label_fr", "La crise d’abord"))
    again = {place.code.id: place.code for place in read_codebook_workbook(path).codes()}
    changed = [place.code for place in SMALL.codes() if again[place.code.id] != place.code]
    assert [code.ref for code in changed] == ["D1"]
    assert again[changed[0].id].label.fr == "La crise d’abord"


def test_a_new_row_and_a_moved_code(tmp_path: Path) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        codes = sheet(workbook, "Codebook")
        codes.append(["T3", "Nouveau", "New", *[None] * 8, "T"])
        put("Codebook", "T2", "parent_id", "T1")(workbook)

    book = read_codebook_workbook(saved(SMALL, tmp_path, edit))
    transfer = next(theme for theme in book.themes if theme.ref == "T")
    assert [code.ref for code in transfer.codes] == ["T1", "T3"]
    assert [code.ref for code in transfer.codes[0].children] == ["T2"]
    assert transfer.codes[1].label == Localized(fr="Nouveau", en="New")


@pytest.mark.parametrize(
    ("edit", "place", "word"),
    [
        (put("Codebook", "D1", "code_id", 1.1), "Codebook A2", "number or date"),
        (put("Codebook", "D1", "label_fr", "=1+1"), "Codebook B2", "formula"),
        (put("Codebook", "D1", "label_fr", "#REF!"), "Codebook B2", "error"),
        (put("Codebook", "D1", "definition_en", 3.5), "Codebook E2", "number or date"),
        (put("Codebook", "D1", "code_id", "D2"), "Codebook A3", "used twice"),
        (put("Codebook", "D1", "code_id", None), "Codebook A2", "missing or empty"),
        (put("Codebook", "D1", "parent_id", "ZZ"), "Codebook L2", "no theme or code “ZZ”"),
        (put("Codebook", "D1", "parent_id", "D1"), "Codebook L2", "below itself"),
        (put("Codebook", "D1", "parent_id", None), "Codebook L2", "not said under which theme"),
        (put("Codebook", "D1", "questions", "Q1, Q9"), "Codebook P2", "no question “Q9”"),
        (put("Codebook", "D1", "groups", "cso; cos"), "Codebook Q2", "Did you mean “cso”"),
        (put("Codebook", "D1", "primary_group", "both"), "Codebook R2", "primary_group"),
        (put("Codebook", "D1", "status", "gone"), "Codebook X2", "choose one of"),
        (put("Codebook", "D1", "hue", "mauve"), "Codebook W2", "choose one of"),
        (put("Codebook", "D1", "codable", "perhaps"), "Codebook V2", "true or false"),
        (put("Codebook", "D1", "merged_into", "D2"), "Codebook Y2", "belong together"),
        (put("Codebook", "D1", "order", "first"), "Codebook Z2", "whole number"),
        (put("Flags", "mask", "key", "qq"), "Flags D3", "one letter"),
        (put("Flags", "mask", "key", "q"), "Flags D3", "taken twice"),
        (put("Rules", "unit", "rule", "multiple"), "Rules A3", "used twice"),
        (put("Rules", "unit", "rule", "a b"), "Rules A2", "cannot be an id"),
        (put("Guide", "G1", "questions", "Q9"), "Guide D2", "no question “Q9”"),
        (put("Passes", "P-CSO", "themes", "D, Z"), "Passes E2", "no theme “Z”"),
        (put("Modifiers", "stance", "applies_to", "Z"), "Modifiers H2", "no theme or code “Z”"),
        (put("Read me", "languages", "", None), "Read me B6", "“de” is not possible"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, edit: Edit, place: str, word: str) -> None:
    if place.startswith("Read me"):
        edit = lambda workbook: workbook["Read me"].__setitem__("B6", "fr, de")  # noqa: E731
    found = problems(saved(SMALL, tmp_path, edit))
    assert len(found) == 1, found
    assert found[0].place == place
    assert word in found[0].message


def test_every_bad_cell_is_named_at_once(tmp_path: Path) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        put("Codebook", "D1", "questions", "Q9")(workbook)
        put("Codebook", "T2", "code_id", 10.1)(workbook)
        put("Questions", "Q1", "hue", "mauve")(workbook)
        put("Modifiers", "stance", "modifier_id", "other")(workbook)

    places = {problem.place for problem in problems(saved(SMALL, tmp_path, edit))}
    assert {"Codebook P2", "Codebook A5", "Questions I2"} <= places
    assert {f"Modifiers A{row}" for row in range(3, 7)} <= places


def test_ids_typed_as_numbers_are_explained(tmp_path: Path) -> None:
    path = handmade(tmp_path, [["code_id", "theme", "label_en"], [1.1, "Drivers", "Crisis"], ["1.2", "Drivers", "Gap"]])
    (problem,) = problems(path)
    assert problem.place == "Sheet1 A2" and "1.1" in problem.message and "as text" in problem.message


def test_a_sheet_made_by_hand_with_french_headings_and_paths(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Notre grille"],
        [],
        ["N°", "Chemin", "Libellé", "Définition", "Ne pas utiliser", "Couleur"],
        ["1", "Moteurs > Crise", "Crise", "Un choc.", "Contexte : 3.", "red"],
        ["2", "Moteurs > Crise > Coup d’État", "Coup d’État", None, None, None],
        ["3", "Contexte > Lieux", "Lieux", None, None, None],
    ]
    book = read_codebook_workbook(handmade(tmp_path, rows, "Grille"))
    assert (book.ref, book.languages) == ("made-by-hand", ("fr",))
    assert [theme.label.fr for theme in book.themes] == ["Moteurs", "Contexte"]
    crisis = book.themes[0].codes[0]
    assert (crisis.ref, crisis.label, crisis.hue) == ("1", Localized(fr="Crise"), "red")
    assert crisis.definition.fr == "Un choc." and crisis.not_use.fr == "Contexte : 3."
    assert [child.label.fr for child in crisis.children] == ["Coup d’État"]


def test_a_sheet_made_by_hand_with_levels_and_merged_themes(tmp_path: Path) -> None:
    def edit(path: Path) -> None:
        workbook = openpyxl.load_workbook(path)
        sheet(workbook, "Sheet1").merge_cells("B2:B3")
        workbook.save(path)

    rows: list[list[Any]] = [
        ["id", "Level 1", "Level 2", "Definition"],
        ["a", "Drivers", "Crisis", "x"],
        ["b", None, "Gap"],
        ["c", "Context", "Town"],
    ]
    path = handmade(tmp_path, rows)
    edit(path)
    book = read_codebook_workbook(path)
    assert {theme.label.en: [code.label.en for code in theme.codes] for theme in book.themes} == {
        "Drivers": ["Crisis", "Gap"],
        "Context": ["Town"],
    }


def test_a_path_whose_parent_has_no_row(tmp_path: Path) -> None:
    (problem,) = problems(handmade(tmp_path, [["id", "path"], ["a", "T > x > y"]]))
    assert problem.place == "Sheet1 B2" and "“x”" in problem.message


def test_a_theme_row_of_its_own_and_a_flat_list(tmp_path: Path) -> None:
    book = read_codebook_workbook(
        handmade(tmp_path, [["id", "path", "description"], ["T", "Drivers", "Why"], ["a", "Drivers > x"]])
    )
    assert [(theme.ref, theme.label.en, theme.definition.en) for theme in book.themes] == [("T", "Drivers", "Why")]
    flat = read_codebook_workbook(handmade(tmp_path, [["id", "name"], ["a", "One"], ["b", "Two"]]))
    assert [[code.label.en for code in theme.codes] for theme in flat.themes] == [["One", "Two"]]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "not an .xlsx"),
        (b"just a text", "not an .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (b"PK\x03\x04" + b"\0" * 100, "not an .xlsx"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=word):
        read_codebook_workbook(path)


def test_a_missing_workbook(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        read_codebook_workbook(tmp_path / "none.xlsx")


def test_a_workbook_without_codes(tmp_path: Path) -> None:
    (problem,) = problems(handmade(tmp_path, [["a", "b"], ["c", "d"]]))
    assert "code_id" in problem.message


def repacked(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    data = BytesIO(path.read_bytes())
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item)
            new.writestr(item, change(content) if item.filename == part else content)


def test_hostile_workbooks(tmp_path: Path) -> None:
    path = saved(SMALL, tmp_path)
    repacked(path, "xl/workbook.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml)
    with pytest.raises(InputRefused, match="document type"):
        read_codebook_workbook(path)
    path = saved(SMALL, tmp_path)
    repacked(path, "xl/theme/theme1.xml", lambda xml: xml + b" " * 120_000_000)
    with pytest.raises(InputRefused, match="unpacks"):
        read_codebook_workbook(path)
    path = saved(SMALL, tmp_path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(InputRefused, match="damaged"):
        read_codebook_workbook(path)


def test_a_text_that_no_cell_can_hold_is_refused_and_not_cut() -> None:
    book = Codebook("b", "1", Localized(en="x"), rules={"unit": Localized(en="long " * 8000)})
    with pytest.raises(InputRefused) as caught:
        codebook_workbook(book)
    assert caught.value.problems[0].place == "Rules C2"


def test_control_characters_are_replaced_and_counted(tmp_path: Path) -> None:
    book = Codebook("b", "1", Localized(en="a\x1bb"))
    path = saved(book, tmp_path)
    assert read_codebook_workbook(path).title.en == "a␛b"
    notes = [row[0].value for row in openpyxl.load_workbook(path)["Read me"].iter_rows()]
    assert any(isinstance(note, str) and "that a spreadsheet cannot hold" in note for note in notes)
