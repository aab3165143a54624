"""The agreement of coders on the screen: worst codes first, reasons for what is undefined, cases behind numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.messages import use_language
from hsreview.model.agreement import DriftPoint, Estimate, Interval, Undefined, Unit
from hsreview.tui.screens.adjudication import AdjudicationScreen
from hsreview.tui.screens.agreement import AgreementScreen
from hsreview.tui.screens.agreement_cases import CasesScreen
from hsreview.tui.screens.agreement_confusion import ConfusionScreen
from hsreview.tui.screens.agreement_drift import DriftScreen
from hsreview.tui.screens.agreement_rows import SCALE, bar, number, plot
from hsreview.workflows.comparing import Confusion, ConfusionTable, Selection
from tests.builders import a_project
from tests.tui.differing import AWA, CHEFS, MOUSSA, differing
from tests.tui.stage import Stage, workbench
from tests.tui.test_adjudication import painted

SIZES = [(80, 24), (120, 40)]


def dashboard(stage: Stage) -> AgreementScreen:
    screen = stage.app.screen
    assert isinstance(screen, AgreementScreen)
    return screen


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return differing(tmp_path / "project")


@pytest.mark.parametrize("size", SIZES)
async def test_codes_stand_by_their_share_of_disagreement(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "a")
        rows = dashboard(stage).rows.rows
        assert [row.cells[0] for row in rows] == ["All codes together", "K4 Label K4", "D1 Label D1", "D2 Label D2"]
        assert [row.cells[1] for row in rows] == ["", "1/1", "2/1", "1/1"]
        assert [row.cells[6] for row in rows] == ["1/0/1/0/1", "1/0/0/0/1", "0/0/1/0/0", "0/0/1/0/0"]
        assert "m/b/d/s/e" in painted(stage)
        assert rows[0].cells[2] == "50" and "Awa – Moussa" in painted(stage)
        assert "respondents only" in painted(stage), "a number names its basis"


async def test_enter_opens_the_cases_and_a_case_opens_in_adjudication(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "a")
        await stage.press("down", "enter")
        cases = stage.app.screen
        assert isinstance(cases, CasesScreen)
        assert [row.cells[1] for row in cases.rows.rows] == ["missed", "extra"]
        await stage.press("down", "enter")
        screen = stage.app.screen
        assert isinstance(screen, AdjudicationScreen)
        current = screen.docket.current
        assert current is not None and current.kind == "extra"
        await stage.press("2", "escape")
        assert [row.cells[3] for row in cases.rows.rows] == ["waits", "settled"]


async def test_every_value_has_a_reason_where_it_is_missing(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "a", "v")
        rows = dashboard(stage).rows.rows
        names = {row.cells[0].strip() for row in rows}
        assert {"kappa pooled over codes", "Conger's kappa", "Holsti", "Landis & Koch (1977)"} <= names
        assert not any("_" in name for name in names), "measures have names"
        values = [row for row in rows if not row.key.startswith(SCALE)]
        without = [row for row in values if row.look != "heading" and not row.cells[2]]
        assert without and all(row.cells[1] != "–" or row.cells[3] for row in without)
        await stage.press("end")
        assert ".41 moderate" in painted(stage) and "the limits are arbitrary" in painted(stage)
        assert "none of them is a verdict" in painted(stage)
        await stage.press("v")
        assert dashboard(stage).rows.rows[0].cells[0] == "All codes together"


async def test_the_unit_changes_by_key(root: Path) -> None:
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "a", "c", "2")
        report = dashboard(stage).report
        assert report is not None and report.basis.unit is Unit.SENTENCE and report.basis.units == 4
        await stage.press("t")
        assert dashboard(stage).selection.parents and "themes" in painted(stage)


async def test_a_pair_of_three_coders_is_chosen(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", AWA), ("Moussa", MOUSSA), ("Zoé", [("K4", CHEFS)])))
    async with workbench(root, "Awa") as stage:
        await stage.press("g", "a")
        report = dashboard(stage).report
        assert report is not None and len(report.basis.coders) == 3
        await stage.press("p", "3")
        report = dashboard(stage).report
        assert report is not None and report.basis.names == ("Awa", "Zoé")


async def test_nothing_to_compare_is_said(tmp_path: Path) -> None:
    project, _lead = a_project(tmp_path / "p")
    project.close()
    async with workbench(tmp_path / "p", "Awa", (80, 24)) as stage:
        await stage.press("g", "a", "d", "enter", "v")
        assert dashboard(stage).report is None
        assert "marked reviewed by two coders" in painted(stage)


async def test_who_codes_blind_sees_no_numbers(root: Path) -> None:
    async with workbench(root, "Zoé") as stage:
        await stage.press("g", "a")
        assert dashboard(stage).report is None


@pytest.mark.parametrize("size", SIZES)
async def test_the_heat_map_has_numbers_and_what_was_left_uncoded(root: Path, size: tuple[int, int]) -> None:
    async with workbench(root, "Awa", size) as stage:
        await stage.press("g", "a")
        await stage.press("c", "2")
        await stage.press("m")
        screen = stage.app.screen
        assert isinstance(screen, ConfusionScreen)
        assert "Awa × Moussa" in painted(stage) and "uncoded" in painted(stage)
        table = screen.table
        assert table is not None
        assert sum(map(sum, table.counts)) == pytest.approx(4), "four sentences of respondents"
        assert any("=" in cell for row in screen.rows.rows for cell in row.cells)
        await stage.press("right", "left", "down")


async def test_a_wide_heat_map_scrolls_by_columns(tmp_path: Path) -> None:
    async with workbench(differing(tmp_path / "p"), "Awa", (80, 24)) as stage:
        refs = tuple(f"C{n}" for n in range(12))
        counts = tuple(tuple(float(row == column) for column in range(13)) for row in range(13))
        screen = ConfusionScreen(Selection())
        stage.app.push_screen(screen)
        await stage.press("down")
        assert screen.found is not None
        screen.found = Confusion(screen.found.basis, [ConfusionTable(("", ""), refs, counts)])
        screen.reread()
        await stage.press("right", "right")
        assert [column.title for column in screen.rows.columns][1:] == ["C2", "C3", "C4", "C5", "C6", "uncoded"]
        assert "columns 3–7 of 12" in painted(stage)


def a_point(label: str, alpha: float | None, low: float = 0.0, high: float = 1.0, changed: bool = False) -> DriftPoint:
    known = Estimate(alpha, interval=Interval(low, high, 6, "jackknife-t"))
    missing = Estimate(None, Undefined.NOTHING_SHARED)
    return DriftPoint(label, 6, 40, known if alpha is not None else missing, Estimate(alpha), changed)


def test_the_plot_has_an_axis_points_intervals_and_codebook_marks() -> None:
    lines = plot([a_point("1", 1.0, 0.5, 1.0), a_point("2", 0.0, 0.0, 0.25, True), a_point("3", None)], 60, 9)
    assert lines[0].startswith(" 1.00 ┤") and "●" in lines[0]
    assert lines[8].startswith(" 0.00 ┤") and lines[8].index("●") > lines[0].index("●")
    assert sum("│" in line for line in lines) == 6, "four rows below the first point, two above the second"
    assert lines[-1].index("▲") == lines[8].index("●"), "the codebook changed before the second batch"
    assert all(len(line) <= 60 for line in lines)


def test_a_value_below_zero_moves_the_axis_down() -> None:
    assert plot([a_point("1", -0.5, -1.0, 0.0)], 40, 5)[4].startswith("-1.00 ┤")


async def test_the_plot_is_a_screen_with_its_numbers(root: Path) -> None:
    async with workbench(root, "Awa", (80, 24)) as stage:
        stage.app.push_screen(DriftScreen([a_point("2026-11-01", 0.4), a_point("2026-11-02", 0.8, changed=True)]))
        await stage.press("down")
        assert "●" in painted(stage) and "▲" in painted(stage)
        assert "2026-11-02 ▲" in painted(stage) and "[0.00; 1.00]" in painted(stage)


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert number(0.5) == "0.50" and number(None) == "–" and number(-0.001) == "0.00"
    use_language("fr")
    assert number(0.5) == "0,50"
    assert bar(1.0) == "████████" and bar(0.5) == "████" and bar(None) == ""
