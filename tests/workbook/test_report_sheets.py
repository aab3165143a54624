"""The sheets that report on the whole: counts for pivot tables, charts, audit, COREQ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.model.dataset import Dataset
from hsreview.model.material import Audit, AuditRow, Material
from tests.analysis.builders import ANNA, Layer, half_read, sample
from tests.workbook.exporting import export
from tests.workbook.structure import problems


def made(path: Path, dataset: Dataset, lang: str = "en", material: Material | None = None) -> Workbook:
    report = export(dataset, path, lang=lang, material=material)
    assert problems(report.path) == []
    return load_workbook(report.path)


def lines(workbook: Workbook, sheet: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in workbook[sheet].iter_rows()]


@pytest.mark.parametrize("dataset", [sample(), half_read(), Layer().dataset()])
def test_the_counts_are_those_of_the_matrix_each_with_its_n(tmp_path: Path, dataset: Dataset) -> None:
    header, *rows = lines(made(tmp_path / "a.xlsx", dataset), "Counts")
    columns = {str(name): n for n, name in enumerate(header)}
    matrix = matrices(LayerFrame(dataset)).groups
    wanted = [(base, count) for row in matrix.rows for base, count in zip(matrix.groups, row.counts, strict=True)]
    assert len(rows) == len(wanted)
    for row, (base, count) in zip(rows, wanted, strict=True):
        assert row[columns["n interviews"]] == base.reviewed
        assert row[columns["Interviews"]] == (count.interviews if base.reviewed else None)
        assert row[columns["Respondents"]] == (count.respondents if base.respondents else None)
        assert row[columns["Segments"]] == (count.segments if base.reviewed else None)


def test_a_chart_is_drawn_from_the_numbers_that_stand_above_it(tmp_path: Path) -> None:
    workbook = made(tmp_path / "a.xlsx", sample())
    sheet = workbook["Charts"]
    table = {str(row[0]): row[1:] for row in lines(workbook, "Charts")[3:]}
    assert [cell.value for cell in sheet[3]][:3] == ["Theme", "Civil society (n = 2)", "Policymakers (n = 1)"]
    assert table["D · Drivers"][:2] == [1, 1] and table["E · Effects"][:2] == [2, 0]
    [chart] = sheet._charts  # type: ignore[attr-defined]
    assert [series.val.numRef.f for series in chart.series] == ["'Charts'!$B$4:$B$6", "'Charts'!$C$4:$C$6"]


def test_there_is_no_chart_of_nothing(tmp_path: Path) -> None:
    assert "Charts" not in made(tmp_path / "a.xlsx", Layer().dataset()).sheetnames


def test_a_chart_survives_names_that_a_spreadsheet_would_calculate(tmp_path: Path) -> None:
    book = sample().codebook
    odd = replace(book, groups=tuple(replace(g, label=replace(g.label, en="=1+1 'x'")) for g in book.groups))
    made(tmp_path / "a.xlsx", replace(sample(), codebook=odd))


def audit(*, own_only: bool = False) -> Material:
    one = AuditRow("act-1", "2016-05-01T08:00:00.000Z", ANNA.id, "replica-1", "put", "coding", 3, stands=False)
    two = AuditRow("act-2", "2016-05-01T09:00:00.000Z", "somebody", "replica-1", "undo", "coding", 3, "act-1")
    return Material(audit=Audit((one, two), own_only))


def test_the_audit_says_who_did_what_and_what_was_taken_back(tmp_path: Path) -> None:
    _header, first, second = lines(made(tmp_path / "a.xlsx", sample(), material=audit()), "Audit")
    assert first[1:6] == ["Anna", "make or change", "coding", 3, "taken back"]
    assert second[1:6] == ["somebody", "undo", "coding", 3, "stands"] and second[7] == "act-1"


def test_whoever_codes_blind_is_told_that_the_acts_of_others_are_missing(tmp_path: Path) -> None:
    said = lines(made(tmp_path / "a.xlsx", sample(), material=audit(own_only=True)), "Audit")[1]
    assert said[3] == "You code blind: only your own acts stand here."


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
def test_coreq_has_its_32_items_and_fills_what_the_project_knows(tmp_path: Path, lang: str) -> None:
    rows = lines(made(tmp_path / "a.xlsx", half_read(), lang), "COREQ")[2:]
    assert [row[0] for row in rows] == list(range(1, 33))
    filled = {row[0] for row in rows if row[3]}
    assert {12, 16, 18, 20, 22, 24, 25, 27, 29, 31} <= filled and not filled & {1, 6, 11, 19, 28, 30}


def test_coreq_counts_as_the_other_sheets_do(tmp_path: Path) -> None:
    answers = {row[0]: str(row[3]) for row in lines(made(tmp_path / "a.xlsx", sample()), "COREQ")[2:]}
    assert answers[12].startswith("4 interviews in the project; 3 reviewed in this layer, 3 respondents of 1 org")
    assert answers[31] == "Interviews reviewed that mention each theme, of 3: D 2, E 2, T 0"
    assert answers[22] == "Last new code in interview 3 of 3 reviewed, by date"
    assert answers[29].startswith("1 passage marked")
