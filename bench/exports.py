"""How long a whole export takes: the workbook with all its sheets, and the report, from a project file.

    python -m bench exports

The sample project, and a team: three coders, 50 interviews, 90 codings of each coder in each interview. In process,
imports excluded. Reach: sample 3 s, team 8 s.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.make_text import make_corpus
from bench.projects import staged
from hsreview.base.ids import new_id
from hsreview.base.samples import sample_dir
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows.coders import remember_coder, store_coder
from hsreview.workflows.coding import mark_reviewed, put_codings
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.projects import create_project, open_project
from hsreview.workflows.reading import codebook, find_transcript

CODERS, INTERVIEWS, CODINGS, WORDS = 3, 50, 90, 10_000


def team_project(root: Path) -> Project:
    """A project in which every coder coded and reviewed every interview."""
    lead = Coder(new_id(), "Bench", CoderRole.LEAD)
    project = create_project(root, codebook=sample_dir("codebooks") / "critical-review.yaml", coder=lead)
    remember_coder(project, lead)
    team = [lead, *(store_coder(project, Coder(new_id(), f"Coder {n}"), lead.id) for n in range(2, CODERS + 1))]
    codes = [place.code.id for place in codebook(project).codes()]
    for number in range(1, INTERVIEWS + 1):
        name = f"bench-{number:04}"
        corpus = make_corpus(WORDS, CODINGS * CODERS, codes, seed=number)
        options = ImportOptions(group="cso" if number % 4 else "policymaker", gated=False)
        store(project, lead, [Staged(Path(f"{name}.txt"), staged(corpus, name))], options)
        transcript = find_transcript(project, name)
        for n, coder in enumerate(team):
            with project.act(coder.id) as act:
                put_codings(
                    act,
                    (
                        Coding(
                            new_id(), transcript.version_id, start, end, code, coder.id, origin=Origin.IMPORTED,
                            created=act.at,
                        )
                        for start, end, code in corpus.codings[n::CODERS]
                    ),
                )  # fmt: skip
            mark_reviewed(project, coder, transcript.id)
    return project


def measured(scratch: Path) -> dict[str, Any]:
    """Seconds of each export, with the number of its sheets."""
    from hsreview.workflows.demo import LEAD, build_demo

    demo = build_demo(scratch / "sample")  # Its own export loads what is imported late.
    with open_project(demo.root) as project:
        sample = _timed(project, scratch, LEAD)
    project = team_project(scratch / "team")
    team = _timed(project, scratch, "Bench")
    project.close()
    codings = CODERS * INTERVIEWS * CODINGS
    return {
        "sample": {**sample, "reach_seconds": 3},
        "team": {"coders": CODERS, "interviews": INTERVIEWS, "codings": codings, **team, "reach_seconds": 8},
    }


def _timed(project: Project, scratch: Path, layer: str) -> dict[str, Any]:
    from hsreview.workflows.exporting import export_excel
    from hsreview.workflows.reporting import export_report

    begun, worked = time.perf_counter(), time.process_time()
    report = export_excel(project, scratch / "all.xlsx", layer=layer)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - worked
    begun = time.perf_counter()
    export_report(project, scratch / "report.html", "html", layer=layer)
    return {
        "sheets": len(report.sheets),
        "workbook_seconds": round(seconds, 2),
        "workbook_cpu_seconds": round(cpu, 2),
        "report_seconds": round(time.perf_counter() - begun, 2),
    }
