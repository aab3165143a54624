"""How long the framework matrix takes: opened, a summary stored and shown, an Excel sheet written and compared.

The project is of real size, 50 interviews of 10,000 words with 90 codings each. The baseline is reading the layer,
which every matrix has to do first.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

TIMES = 5


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken), 3)


def measured(scratch: Path, interviews: int = 50) -> dict[str, Any]:
    """Median seconds of each step."""
    from bench.projects import make_project
    from hsreview.model.framework_matrix import CaseKind
    from hsreview.workflows.coders import coders
    from hsreview.workflows.exporting import choose_layer, dataset
    from hsreview.workflows.framework_matrix import Edit, charting, recharted, write_cells
    from hsreview.workflows.framework_sheets import compare_sheet, make_framework_sheet
    from hsreview.workflows.querying import newest

    project = make_project(scratch / "framework", [(10_000, 90)] * interviews)
    coder, layer, kind = coders(project)[0], choose_layer(project, None), CaseKind.TRANSCRIPT
    opened = charting(project, kind)
    cells = list(opened.matrix.cells.values())
    numbers = count()

    def store() -> None:
        since, number = newest(project), next(numbers)
        cell = cells[number % len(cells)]
        write_cells(project, coder, kind, [Edit(cell.case.id, cell.theme.id, f"Summary {number}.")])
        assert recharted(project, opened, since) is not None

    sheet = scratch / "framework.xlsx"
    figures = {
        "interviews": interviews,
        "codings": len(opened.dataset.segments),
        "cells": len(cells),
        "baseline_read_layer_s": _median(lambda: dataset(project, layer)),
        "open_s": _median(lambda: charting(project, kind)),
        "store_and_show_s": _median(store),
        "write_sheet_s": _median(lambda: make_framework_sheet(project, kind, sheet)),
        "compare_sheet_s": _median(lambda: compare_sheet(project, sheet)),
    }
    project.close()
    return figures
