"""What changed since an earlier export: read back from the file that was written, in every language."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from hsreview.analysis.since import changes_since
from hsreview.base.errors import InputRefused
from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.material import Material
from hsreview.model.since import Kind
from hsreview.workbook.cells import Report, clean
from hsreview.workbook.earlier import read_earlier
from tests.analysis.builders import half_read, sample, with_texts
from tests.workbook.exporting import export
from tests.workbook.structure import problems


def cleaned(text: str) -> str:
    return clean(text, Report())


def earlier(dataset: Dataset, path: Path, lang: str = "en") -> Path:
    return export(dataset, path, lang=lang, sheets=["segments"]).path


@pytest.mark.parametrize("lang", ["fr", "en", "both"])
@pytest.mark.parametrize("dataset", [sample(), half_read()])
def test_nothing_changed_in_an_export_of_the_same_layer(tmp_path: Path, lang: str, dataset: Dataset) -> None:
    found = read_earlier(earlier(dataset, tmp_path / "a.xlsx", lang))
    assert (found.project_id, found.made) == (dataset.basis.project_id, dataset.basis.made)
    changes = changes_since(dataset, found, cleaned)
    assert changes.codings == []
    assert all(theme.before == theme.now and theme.stars_before == theme.stars_now for theme in changes.themes)


@pytest.mark.parametrize("text", ["=1+1", "_x000D_ _x0041_", "a\x0bb\ud800", "é" * 40_000 + " fin", "a\n\nb ", "1.10"])
def test_texts_that_a_cell_cannot_hold_as_they_are_did_not_change(tmp_path: Path, text: str) -> None:
    dataset = with_texts(sample(), text)
    assert changes_since(dataset, read_earlier(earlier(dataset, tmp_path / "a.xlsx")), cleaned).codings == []


def changed(dataset: Dataset, seed: int) -> tuple[Dataset, dict[str, Kind]]:
    """Some codings gone, some new, some with another code, place, memo or star."""
    dice = random.Random(seed)
    codes = [place.code.id for place in dataset.codebook.codes()]
    kept: list[CodedSegment] = []
    truth: dict[str, Kind] = {}
    for each in dataset.segments:
        fate, coding = dice.random(), each.coding
        if fate < 0.2:
            truth[coding.id] = Kind.REMOVED
            continue
        after = each
        if fate < 0.35:
            after = replace(each, coding=replace(coding, code_id=dice.choice(codes)))
        elif fate < 0.5:
            after = replace(each, coding=replace(coding, end=coding.end + 1), text=each.text + "x")
        elif fate < 0.6:
            after = replace(each, memo=each.memo + "!")
        elif fate < 0.7:
            after = replace(each, coding=replace(coding, flags=("quote",)))
        same_code = after.coding.code_id == coding.code_id
        starred = ("quote" in after.coding.flags) == ("quote" in coding.flags)
        if not (same_code and starred and (after.text, after.memo) == (each.text, each.memo)):
            truth[coding.id] = Kind.CHANGED
        kept.append(after)
        if fate > 0.85:
            new = replace(each, number=100 + len(kept), coding=replace(coding, id=f"new-{len(kept)}"))
            truth[new.coding.id] = Kind.ADDED
            kept.append(new)
    return replace(dataset, segments=kept), truth


@pytest.mark.parametrize("seed", range(25))
def test_every_change_is_found_and_the_themes_add_up(tmp_path: Path, seed: int) -> None:
    before = half_read()
    found = read_earlier(earlier(before, tmp_path / "a.xlsx"))
    after, truth = changed(before, seed)
    changes = changes_since(after, found, cleaned)
    assert {each.coding_id: each.kind for each in changes.codings} == truth
    themes = {place.code.id: place.theme.id for place in before.codebook.codes()}
    then = Counter(themes[each.coding.code_id] for each in before.segments)
    now = Counter(themes[each.coding.code_id] for each in after.segments)
    for theme in changes.themes:
        assert (theme.before, theme.now) == (then[theme.theme_id], now[theme.theme_id])
    kinds = Counter(truth.values())
    assert sum(theme.added for theme in changes.themes) == kinds[Kind.ADDED]
    assert sum(theme.removed for theme in changes.themes) == kinds[Kind.REMOVED]
    assert sum(theme.changed for theme in changes.themes) == kinds[Kind.CHANGED]


def test_a_sheet_that_somebody_sorted_and_renamed_is_read_all_the_same(tmp_path: Path) -> None:
    path = export(sample(), tmp_path / "a.xlsx", lang="fr", sheets=["segments"]).path
    workbook = load_workbook(path)
    sheet = workbook["Segments"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
            sheet.cell(number, column).data_type = (
                "s" if isinstance(value, str) else sheet.cell(number, column).data_type
            )
    sheet.title = "Copie de travail"
    workbook.save(path)
    assert changes_since(sample(), read_earlier(path), cleaned).codings == []


def test_the_sheets_tell_what_changed(tmp_path: Path) -> None:
    before = sample()
    found = read_earlier(earlier(before, tmp_path / "a.xlsx"))
    first, *others = before.segments
    after = replace(before, segments=[replace(first, memo="=new"), *others[:-1]])
    material = Material(changes=changes_since(after, found, cleaned))
    path = export(after, tmp_path / "b.xlsx", lang="en", material=material).path
    assert problems(path) == []
    workbook = load_workbook(path)
    assert any("the number of the coding in it" in str(cell.value) for cell in workbook["Changes"]["A"])
    rows = [[cell.value for cell in row] for row in workbook["Changes"].iter_rows(min_row=5)]
    assert [row[0] for row in rows] == ["changed", "removed"]
    assert rows[0][3:6] == ["memo", "=SUM(A1)", "=new"]
    themes = {str(row[0].value): [cell.value for cell in row[1:7]] for row in workbook["Changes_themes"].iter_rows()}
    assert themes["D · Drivers"] == [4, 3, -1, 0, 1, 1]


def test_what_is_no_such_workbook_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.xlsx"
    Workbook().save(plain)
    text = tmp_path / "text.xlsx"
    text.write_text("no workbook", encoding="utf-8")
    alone = export(sample(), tmp_path / "a.xlsx", lang="en", sheets=["codebook"]).path
    for path in (plain, text, alone, tmp_path / "missing.xlsx"):
        with pytest.raises(InputRefused):
            read_earlier(path)
