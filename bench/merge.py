"""Packages of many coders merged into one project, in process; what is sealed and written is measured elsewhere."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.projects import make_project
from hsreview.base.ids import new_id, now
from hsreview.model.coding import Coding
from hsreview.model.exchange import Manifest, Package
from hsreview.model.people import Coder
from hsreview.project.merging import merge, plan, select
from hsreview.project.project import Project
from hsreview.project.schema import SCHEMA_VERSION
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import put_codings
from hsreview.workflows.reading import codebook, find_transcript


def measure(scratch: Path, packages: int = 50, codings: int = 2000) -> dict[str, Any]:
    """Seconds for a merge of `packages` packages with `codings` codings each, for its preview, and for a repetition."""
    project = make_project(scratch / "merge", [(20_000, 0)])
    people = [store_coder(project, Coder(new_id(), f"Coder {n}")) for n in range(packages)]
    source = scratch / "source"
    source.mkdir()
    project.backup("asked", source / "project.hsreview")
    version = find_transcript(project, "bench-0001").version_id
    codes = [place.code.id for place in codebook(project).codes()]
    named = []
    with Project.open(source) as other:
        for number, coder in enumerate(people):
            with other.act(coder.id) as act:
                put_codings(
                    act,
                    (
                        Coding(
                            new_id(),
                            version,
                            n * 13 + number,
                            n * 13 + number + 90,
                            codes[n % len(codes)],
                            coder.id,
                            created=act.at,
                        )
                        for n in range(codings)
                    ),
                )
            chosen = select(other.connection, mine=coder.id)
            manifest = Manifest(
                new_id(),
                other.id,
                "bench",
                SCHEMA_VERSION,
                "bench",
                now(),
                coder.id,
                "",
                chosen.heads,
                chosen.knows,
                "",
                {},
            )
            named.append((coder.name, Package(manifest, chosen.changes, chosen.contents)))
    begun = time.perf_counter()
    previewed = plan(project, named)
    preview = time.perf_counter() - begun
    begun = time.perf_counter()
    merged = merge(project, named)
    seconds = time.perf_counter() - begun
    assert merged == previewed and sum(merged.new.values()) == packages * codings
    begun = time.perf_counter()
    merge(project, named)
    again = time.perf_counter() - begun
    project.close()
    return {
        "packages": packages,
        "codings_each": codings,
        "seconds": round(seconds, 1),
        "reach_seconds": 15,
        "preview_seconds": round(preview, 1),
        "again_seconds": round(again, 1),
    }
