"""How long the rows of the framework take: one traced, all of them read for the screen, painted, exported, followed.

300 rows stand on 5,000 links to segments of 50 interviews, and 3,000 entries tell how they went on; a kit for a meeting
is made of a version of them. The baseline is reading all the rows and links.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any

from hsreview.base.ids import new_id
from hsreview.model.framework import RowKind, RowStatus, SourceKind, Stance
from hsreview.project.project import Project

TIMES = 9
ROWS, LINKS, FINDINGS = 300, 5_000, 100
ENTRIES = 3_000


def _median(work: Callable[[], object], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 1)


def fill(project: Project, coder_id: str) -> None:
    """Findings on segments, and indicators under outcomes on findings and on segments of their own."""
    codings = cycle(row[0] for row in project.connection.execute("select id from coding order by id"))
    kinds = [RowKind.FINDING] * FINDINGS + [RowKind.OUTCOME] * 50 + [RowKind.INDICATOR] * (ROWS - FINDINGS - 50)
    ids = [new_id() for _ in kinds]
    stances = cycle(list(Stance))
    with project.act(coder_id) as act:
        rows, numbers = [], dict.fromkeys(RowKind, 0)
        for identity, kind in zip(ids, kinds, strict=True):
            numbers[kind] += 1
            parent = ids[FINDINGS + numbers[kind] % 50] if kind is RowKind.INDICATOR else None
            prefix = {RowKind.FINDING: "F", RowKind.OUTCOME: "OC"}.get(kind, "IN")
            rows.append(
                (
                    identity,
                    {
                        "kind": str(kind), "ref": f"{prefix}{numbers[kind]}", "status": str(RowStatus.DRAFT),
                        "parent_id": parent, "position": numbers[kind], "coder_id": coder_id, "created": act.at,
                        "data": {"statement_fr": f"Ligne {numbers[kind]} du cadre."},
                    },
                )
            )  # fmt: skip
        act.make("framework_row", rows)
        links = []
        for number in range(LINKS):
            row = number % ROWS
            finding = row >= FINDINGS and number // ROWS < 3
            source = ids[(number * 7) % FINDINGS] if finding else next(codings)
            of = SourceKind.FINDING if finding else SourceKind.CODING
            body = {
                "row_id": ids[row], "source_kind": str(of), "source": source, "stance": str(next(stances)),
                "role": "", "note": "", "coder_id": coder_id, "created": act.at,
            }  # fmt: skip
            links.append((new_id(), body))
        act.make("evidence", links)


def follow(project: Project, coder_id: str) -> None:
    """Entries on the indicators, over twenty years of months."""
    rows = cycle(
        row[0]
        for row in project.connection.execute("select id from framework_row where kind = 'indicator' order by id")
    )
    with project.act(coder_id) as act:
        bodies = (
            {
                "row_id": next(rows), "date": f"{2005 + number // 12 % 20}-{number % 12 + 1:02}", "value": number % 40,
                "description": "Compté sur place.", "source": "registre", "coder_id": coder_id, "created": act.at,
            }
            for number in range(ENTRIES)
        )  # fmt: skip
        act.make("observation", [(new_id(), body) for body in bodies])


async def _first_paint(root: Path, screen: Callable[[], Any]) -> float:
    """Milliseconds from the keys that open a screen to the first row on it."""
    from hsreview.tui.app import Workbench

    app = Workbench(Project.open(root))
    async with app.run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        taken = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            app.push_screen(screen())
            await pilot.pause()
            taken.append(time.perf_counter() - begun)
            app.pop_screen()
            await pilot.pause()
    return round(statistics.median(taken) * 1000, 1)


def measured(scratch: Path, interviews: int = 50) -> dict[str, Any]:
    """Median milliseconds of each."""
    from bench.projects import make_project
    from hsreview.workflows.coders import coders
    from hsreview.workflows.evidence import grounds
    from hsreview.workflows.framework_export import export_framework
    from hsreview.workflows.framework_import import compare_book
    from hsreview.workflows.framework_rows import framework
    from hsreview.workflows.framework_versions import freeze
    from hsreview.workflows.tracing import trace
    from hsreview.workflows.validation_kit import make_kit

    root, book = scratch / "framework-rows", scratch / "framework.xlsx"
    project = make_project(root, [(10_000, 90)] * interviews)
    fill(project, coders(project)[0].id)
    project.close()
    gc.collect()
    gc.freeze()  # What it took to make the project is in no workbench.
    project = Project.open(root)
    found = framework(project)
    coding = found.codings(found.of(RowKind.FINDING)[0].id)[0]

    def read() -> None:
        behind = grounds(project, framework(project))
        for row in behind.framework.rows:
            behind.strength(row)

    figures: dict[str, Any] = {
        "rows": len(found.rows),
        "links": len(found.evidence),
        "baseline_rows_and_links_ms": _median(lambda: framework(project)),
        "trace_row_ms": {"median": _median(lambda: trace(project, "IN7")), "reach": 50},
        "trace_coding_ms": {"median": _median(lambda: trace(project, coding)), "reach": 50},
        "read_screen_ms": {"median": _median(read), "reach": 400},
        "export_workbook_ms": {
            "median": _median(lambda: export_framework(project, book, lang="both"), 3),
            "reach": 3_000,
        },
        "export_document_ms": {
            "median": _median(lambda: export_framework(project, book.with_suffix(".docx"), lang="both"), 3),
            "reach": 3_000,
        },
        "compare_workbook_ms": {"median": _median(lambda: compare_book(project, book), 3), "reach": 3_000},
    }
    lead = coders(project)[0]
    follow(project, lead.id)
    version, kits = freeze(project, lead), (scratch / f"kit-{number}" for number in range(TIMES))
    figures["entries"] = ENTRIES
    figures["kit_ms"] = {"median": _median(lambda: make_kit(project, lead, next(kits), version), 3), "reach": 5_000}
    project.close()
    from hsreview.tui.screens.framework_builder import BuilderScreen
    from hsreview.tui.screens.framework_rows import FrameworkRowsScreen
    from hsreview.tui.screens.monitoring import MonitoringScreen

    figures["first_paint_ms"] = {"median": asyncio.run(_first_paint(root, FrameworkRowsScreen)), "reach": 400}
    figures["builder_first_paint_ms"] = {"median": asyncio.run(_first_paint(root, BuilderScreen)), "reach": 400}
    figures["journal_first_paint_ms"] = {"median": asyncio.run(_first_paint(root, MonitoringScreen)), "reach": 400}
    return figures
