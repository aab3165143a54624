"""The sheets of matrices: their numbers are those of the matrices, and their links lead to the codings behind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.analysis.table_set import MOST_VALUES, table_set
from hsreview.model.dataset import Dataset
from hsreview.model.material import Material
from hsreview.model.tables import Measure, Table, Why
from hsreview.workbook import writer
from hsreview.workbook.sheets import SHEETS
from hsreview.workbook.sheets.cells import MOST
from tests.analysis.layers import a_layer
from tests.workbook.structure import problems

NAMES = {
    "theme_speaker": "Theme×Speaker",
    "crosstabs": "Theme×Attribute",
    "co_occurrence": "Co-occurrence",
    "modifiers": "Code×Modifier",
    "timeline": "Timeline",
    "saturation": "Saturation",
    "gaps": "Evidence gaps",
    "divergence": "Divergence",
}


def written(dataset: Dataset, path: Path, lang: str = "en") -> tuple[Workbook, Material]:
    """The workbook of a layer with all its matrices, and the tables that are in it."""
    frame = LayerFrame(dataset)
    tables, overlaps = table_set(frame, {}, {sheet.key for sheet in SHEETS})
    material = Material(tables=tables, overlaps=overlaps)
    report = writer.export(dataset, matrices(frame), path, lang=lang, material=material)
    assert problems(report.path) == []
    return load_workbook(report.path), material


@pytest.fixture(scope="module", params=[2, pytest.param(5, marks=pytest.mark.deep)])
def book(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Workbook, Material, Dataset]:
    """A workbook of a random layer."""
    dataset = a_layer(request.param)
    return *written(dataset, tmp_path_factory.mktemp("book") / "a.xlsx"), dataset


def header_row(sheet: Worksheet, name: str = "Counted") -> int:
    return next(row for row in range(1, 30) if sheet.cell(row, 1).value == name)


def numbers(sheet: Worksheet, fixed: int) -> list[list[object]]:
    """The rows of numbers below the header, without those of the n."""
    first = header_row(sheet) + 1
    found: list[list[object]] = []
    for row in sheet.iter_rows(min_row=first):
        if row[1].value != "n":
            found.append([cell.value for cell in row[fixed:]])
    return found


def expected(tables: list[Table]) -> list[list[object]]:
    """The numbers of tables side by side, measure by measure; null where a cell says why there is none."""
    return [
        [
            table.value(row, column, measure) if table.reason(row, column) in (Why.NUMBER, Why.SELF) else ...
            for table in tables
            for column in range(len(table.columns))
        ]
        for measure in tables[0].measures
        for row in range(len(tables[0].rows))
    ]


@pytest.mark.parametrize("key", NAMES)
def test_a_sheet_holds_the_numbers_of_its_matrix(book: tuple[Workbook, Material, Dataset], key: str) -> None:
    workbook, material, _dataset = book
    tables = [table for name, table in material.tables.items() if name.partition(":")[0] == key]
    fixed = 4 if key == "divergence" and tables[0].rows else 3
    found = numbers(workbook[NAMES[key]], fixed)
    wanted = [line for table in tables for line in expected([table])] if key == "co_occurrence" else expected(tables)
    assert len(found) == len(wanted)
    for line, want in zip(found, wanted, strict=True):
        for cell, number in zip(line, want, strict=True):
            assert number is ... or cell == (pytest.approx(number) if isinstance(number, float) else number)


def whole(value: object) -> int | None:
    """A number of a cell; null for a word in place of one."""
    return value if isinstance(value, int) else None


def test_theme_by_interview_holds_the_numbers_of_its_matrix(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, material, dataset = book
    sheet, table = workbook["Theme×Interview"], material.tables["theme_interview"]
    first = header_row(sheet, "Interview") + 1
    theme = next(n for n, c in enumerate(sheet[first - 1], 1) if str(c.value).startswith(table.rows[0].ref))
    for column, header in enumerate(header for header in table.columns if header.kind == "interview"):
        row = next(r for r in range(first, sheet.max_row + 1) if sheet.cell(r, 1).value == header.ref)
        if header.key not in dataset.reviewed:
            continue
        for line in range(len(table.rows)):
            segments = table.value(line, column, Measure.SEGMENTS)
            assert sheet.cell(row, theme + line).value == segments
            assert sheet.cell(row, theme + len(table.rows) + line).value == int(bool(segments))


def test_theme_by_group_holds_the_numbers_of_its_matrix(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, material, _dataset = book
    sheet, table = workbook["Theme×Group"], material.tables["theme_group"]
    first = header_row(sheet, "Code") + 1
    heads = [cell.value for cell in sheet[first - 1]]
    measures = {
        "Interviews reviewed": Measure.INTERVIEWS, "Respondents": Measure.RESPONDENTS,
        "Organisations": Measure.ORGANISATIONS, "Segments": Measure.SEGMENTS,
    }  # fmt: skip
    compared = 0
    for line, header in enumerate(table.rows):
        row = next(r for r in range(first, sheet.max_row + 1) if sheet.cell(r, 1).value == header.ref)
        for head, measure in measures.items():
            places = [n for n, each in enumerate(heads, 1) if each == head]
            assert len(places) == len(table.columns)
            for column, place in enumerate(places):
                found = whole(sheet.cell(row, place).value)
                assert found is None or found == table.value(line, column, measure), (header.ref, head, column)
                compared += found is not None
    assert compared > len(table.rows) * len(measures)


def test_totals_of_sheets_are_those_of_the_layer(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, material, dataset = book
    reviewed = sum(s.transcript_id in dataset.reviewed for s in dataset.segments)
    for key in ("theme_speaker", "crosstabs", "timeline"):
        sheet = workbook[NAMES[key]]
        rows = [
            r for r in sheet.iter_rows(min_row=header_row(sheet) + 1) if r[0].value == "Codings" and r[1].value != "n"
        ]
        assert sum(int(str(row[-1].value or 0)) for row in rows) == reviewed
    assert {name.partition(":")[0] for name in material.tables} >= set(NAMES)


def follow(workbook: Workbook, cell: Any) -> tuple[Worksheet, int]:
    """The sheet and the row to which the link of a cell leads."""
    name, _bang, place = cell.hyperlink.location.rpartition("!")
    return workbook[name.strip("'").replace("''", "'")], int("".join(filter(str.isdigit, place)))


def test_a_cell_leads_to_its_codings_and_they_to_their_rows(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, material, dataset = book
    sheet, table = workbook["Theme×Speaker"], material.tables["theme_speaker"]
    first, followed = header_row(sheet) + 1, 0
    heads = [cell.value for cell in workbook["Segments"][1]]
    coding_id = heads.index("Coding id")
    for row in range(len(table.rows)):
        for column in range(len(table.columns)):
            behind = list(table.behind(row, column))
            cell = sheet.cell(first + row, 4 + column)
            assert (cell.hyperlink is not None) == bool(behind)
            if not behind:
                continue
            cells, at = follow(workbook, cell)
            assert cells.title == "Behind_the_cells" and cells.cell(at, 4).value == len(behind)
            for number, position in enumerate(behind[:MOST]):
                segments, there = follow(workbook, cells.cell(at + number, 5))
                assert segments.cell(there, coding_id + 1).value == dataset.segments[position].coding.id
                followed += 1
    assert followed > 20


def test_theme_sheets_lead_to_their_codings_too(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, _material, dataset = book
    for name in ("Theme×Interview", "Theme×Group"):
        linked = [cell for row in workbook[name].iter_rows() for cell in row if cell.hyperlink]
        assert linked and all(isinstance(cell.value, int) and cell.value > 0 for cell in linked)
        for cell in linked:
            assert follow(workbook, cell)[0].title == "Behind_the_cells"
    coded = {(s.transcript_id, next(p.theme.id for p in dataset.codebook.codes() if p.code.id == s.coding.code_id))
             for s in dataset.segments}  # fmt: skip
    assert len([c for row in workbook["Theme×Interview"].iter_rows() for c in row if c.hyperlink]) == len(coded)


def test_overlaps_hold_the_shared_words(book: tuple[Workbook, Material, Dataset]) -> None:
    workbook, material, _dataset = book
    sheet = workbook["Overlaps"]
    first = header_row(sheet, "First code") + 1
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    assert len(lines) == len(material.overlaps) > 0
    pairs: Counter[tuple[object, object]] = Counter()
    for line, (_row, _column, meeting) in zip(lines, material.overlaps, strict=True):
        assert (line[6], line[7]) == (meeting.start, meeting.end)
        assert len(str(line[8])) == meeting.end - meeting.start
        pairs[line[0], line[1]] += 1
    table = material.tables["co_occurrence:overlap"]
    total = sum(int(table.value(r, c, Measure.PAIRS) or 0) for r in range(len(table.rows)) for c in range(r))
    assert total == sum(pairs.values())


def test_a_gap_says_which_kind_it_is(tmp_path: Path) -> None:
    said = set()
    for seed in (0, 1):
        workbook, _material = written(a_layer(seed), tmp_path / f"{seed}.xlsx")
        sheet = workbook["Evidence gaps"]
        first = header_row(sheet) + 1
        said |= {c.value for row in sheet.iter_rows(min_row=first, min_col=4) for c in row if isinstance(c.value, str)}
    assert {"not asked", "not yet coded"} < said


@pytest.mark.parametrize("seed", range(4))
def test_a_gap_that_is_heard_says_of_how_many(tmp_path: Path, seed: int) -> None:
    workbook, material = written(a_layer(seed), tmp_path / "a.xlsx")
    sheet, table = workbook["Evidence gaps"], material.tables["gaps"]
    measure = table.measures[0]
    first = header_row(sheet) + 1 + any(header.base.get(measure) is not None for header in table.columns)
    heard = [(r, c) for r in range(len(table.rows)) for c in range(len(table.columns)) if table.value(r, c, measure)]
    assert heard
    for row, column in heard:
        assert sheet.cell(first + row, 4 + column).value == table.value(row, column, measure)


def test_the_sheets_speak_the_language_of_the_workbook(tmp_path: Path) -> None:
    workbook, _material = written(a_layer(2), tmp_path / "a.xlsx", "both")
    assert {"Lacunes · Evidence gaps", "Divergences · Divergence"} < set(workbook.sheetnames)
    assert workbook["Lacunes · Evidence gaps"]["A1"].value == "Lacunes / Gaps in the evidence"


def test_an_attribute_is_drawn_where_it_divides_and_can_be_read() -> None:
    dataset = a_layer(1, interviews=MOST_VALUES + 1)
    attributes = {"one": "same", "two": "same", "all": "", "most": ""}
    several = [
        replace(
            t, date=f"{2000 + n // 12}-{n % 12 + 1:02}-01",
            attributes={**attributes, "two": str(n % 2), "all": str(n), "most": str(n % MOST_VALUES)},
        )
        for n, t in enumerate(dataset.transcripts)
    ]  # fmt: skip
    bare = replace(dataset, transcripts=several, respondents={}, respondents_of={}, organisations={})
    tables, _overlaps = table_set(LayerFrame(bare), {}, {"crosstabs", "timeline"})
    assert {"crosstabs:two", "crosstabs:most"} < set(tables) and not {"crosstabs:one", "crosstabs:all"} & set(tables)
    assert "timeline:year" in tables and "timeline:month" not in tables
    fewer = replace(bare, transcripts=several[:MOST_VALUES], segments=())
    assert "timeline:month" in table_set(LayerFrame(fewer), {}, {"timeline"})[0]


def test_only_the_wanted_matrices_are_counted() -> None:
    tables, overlaps = table_set(LayerFrame(a_layer(1)), {}, {"gaps", "segments"})
    assert set(tables) == {"gaps"} and not overlaps
