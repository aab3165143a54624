"""How long queries take over one layer of 100,000 codings in 1,000 interviews, in process, imports excluded.

Each expression is asked three times of an open layer; the first asking also makes the columns that it looks at. The
baseline is one pass over the codings that looks at the code of each.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

EXPRESSIONS = (
    "A1",
    "A and not B",
    "(A* or C*) within turn B1",
    "A within 2 turns B",
    "A overlaps B",
    "A inside any",
    "any contains B2",
    "A followed by B within 2 turns",
    "A within interview B1",
    "A not within respondent B1",
    "any and group = cso and region in (Gao, Mopti)",
    "any and stance = pos and flag = quote and origin = typed",
    'any and says "secur*"',
    'any and says "le budget"',
    "memo or date >= 2014-05",
    "not (A or B overlaps C followed by D within 3 turns and not group = policymaker)",
)
REACH = 0.3


def measured(codings: int = 100_000) -> dict[str, Any]:
    """Seconds of each expression: opening and first asking, and the slowest asking after that."""
    from bench.workbook import layer
    from hsreview.workflows.querying import OpenLayer

    data = layer(codings)
    people = {
        key: replace(r, attributes={"region": ("Gao", "Mopti", "Kayes")[n % 3]})
        for n, (key, r) in enumerate(data.respondents.items())
    }
    data = replace(data, respondents=people)
    begun = time.perf_counter()
    sum(s.coding.code_id == "c-1.1" for s in data.segments)
    baseline = time.perf_counter() - begun
    OpenLayer(layer(100)).ask("A")  # Imports.
    figures = {}
    for expression in EXPRESSIONS:
        opened = OpenLayer(data)
        taken, worked = [], []
        for _ in range(4):
            begun, before = time.perf_counter(), time.process_time()
            answer = opened.ask(expression, 200)
            taken.append(time.perf_counter() - begun)
            worked.append(time.process_time() - before)
        figures[expression] = {
            "codings": answer.total,
            "first_s": round(taken[0], 3),
            "first_cpu_s": round(worked[0], 3),
            "again_s": round(max(taken[1:]), 3),
        }
    return {
        "codings": len(data.segments),
        "queries": figures,
        "slowest_s": max(each["first_s"] for each in figures.values()),
        "slowest_cpu_s": max(each["first_cpu_s"] for each in figures.values()),
        "reach_s": REACH,
        "baseline_s": round(baseline, 4),
    }
