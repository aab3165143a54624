"""Some sheets instead of all: by their stable names, with nothing silently missing or broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import UsageProblem
from hsreview.workbook.sheets import SHEETS, chosen
from tests.analysis.builders import sample
from tests.workbook.exporting import export
from tests.workbook.structure import problems


def test_the_names_of_the_first_sheets_stay_what_profiles_hold() -> None:
    names = [sheet.key for sheet in SHEETS]
    assert len(names) == len(set(names))
    stable = [
        "provenance", "codebook", "segments", "segments_wide", "theme_interview", "theme_group", "quotes", "memos",
        "progress", "agreement", "agreement_values", "disagreements", "confusion", "drift", "assignments",
    ]  # fmt: skip
    assert [name for name in names if name in stable] == stable


def test_without_a_choice_there_are_all() -> None:
    assert chosen(None) == SHEETS


def test_a_choice_stands_in_the_order_of_the_file_and_once() -> None:
    names = [sheet.key for sheet in chosen(["memos", " Segments-Wide ", "codebook", "memos"])]
    assert names == ["provenance", "codebook", "segments_wide", "memos"]


def test_an_unknown_name_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(UsageProblem) as refusal:
        chosen(["segments", "framwork", "agrement"])
    said = [problem.place for problem in refusal.value.problems]
    assert said == ["framwork", "agrement"]
    assert "segments_wide" in str(refusal.value)


@pytest.mark.parametrize("names", [[], ["", " "]])
def test_an_empty_choice_is_refused(names: list[str]) -> None:
    with pytest.raises(UsageProblem):
        chosen(names)


def test_an_export_holds_the_sheets_chosen_and_what_they_rest_on(tmp_path: Path) -> None:
    report = export(sample(), tmp_path / "out.xlsx", lang="en", sheets=["theme_group", "codebook"])
    assert problems(report.path) == []
    assert report.sheets == ("Provenance", "Codebook", "Theme×Group")
    assert load_workbook(report.path).sheetnames == list(report.sheets)


def test_quotes_without_their_segments_keep_their_ids_and_lead_nowhere(tmp_path: Path) -> None:
    whole = load_workbook(export(sample(), tmp_path / "all.xlsx", lang="en").path)["Quotes"]
    report = export(sample(), tmp_path / "some.xlsx", lang="en", sheets=["quotes"])
    assert problems(report.path) == []
    alone = load_workbook(report.path)["Quotes"]
    assert any(cell.hyperlink for row in whole.iter_rows() for cell in row)
    assert not any(cell.hyperlink for row in alone.iter_rows() for cell in row)
    values = [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in (whole, alone)]
    assert values[0] == values[1]


def test_a_sheet_asked_for_that_has_nothing_to_hold_is_named(tmp_path: Path) -> None:
    report = export(sample(), tmp_path / "out.xlsx", lang="en", sheets=["codebook", "agreement", "drift"])
    assert report.sheets == ("Provenance", "Codebook")
    assert report.left_out == ("agreement", "drift")
    assert any("agreement, drift" in notice for notice in report.notices())


def test_nothing_is_called_left_out_where_nothing_was_chosen(tmp_path: Path) -> None:
    assert export(sample(), tmp_path / "out.xlsx", lang="en").left_out == ()


def test_an_unknown_name_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(UsageProblem):
        export(sample(), tmp_path / "out.xlsx", lang="en", sheets=["nonsense"])
    assert list(tmp_path.iterdir()) == []
