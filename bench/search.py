"""How long a search takes over 3 million words (15 with `--extreme`), in process.

First hits are unranked and uncounted. The baseline is a `like` scan of the texts.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

WORDS = ("sécurité", "budget", '"human security"', "femm*", "chefs commune", "NEAR(budget femmes, 5)")


def _median_ms(work: Callable[[], object], times: int) -> float:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return round(statistics.median(taken) * 1000, 2)


def measured(scratch: Path, extreme: bool) -> dict[str, Any]:
    """First 50 hits of words, everywhere and among respondents; all matches in context; a pattern over every turn."""
    from bench.projects import make_project
    from hsreview.project.scopes import Filter, Scope
    from hsreview.project.search import search
    from hsreview.workflows.searching import How, Order, kwic
    from hsreview.workflows.searching import search as find

    million = 15 if extreme else 3
    project = make_project(scratch / "search", [(30_000, 0)] * (million * 1000 // 30))
    connection = project.connection
    result: dict[str, Any] = {"words": million * 1_000_000, "reach_ms": 20, "queries": {}}
    for query in WORDS:
        hits = search(connection, query, count=False).hits

        def first(query: str = query) -> object:
            return search(connection, query, count=False)

        def among(query: str = query) -> object:
            return search(connection, query, count=False, within=Filter(connection, Scope(role="respondent")))

        result["queries"][query] = {
            "hits": len(hits),
            "median_ms": _median_ms(first, 20),
            "respondents_only_ms": _median_ms(among, 5),
        }
    found = find(project, "budget", None)
    result["all_in_context"] = {
        "matches": len(kwic(found.hits)),
        "ms": _median_ms(lambda: kwic(find(project, "budget", None).hits, Order.LEFT), 1),
    }
    result["pattern_first_50_and_count_ms"] = _median_ms(lambda: find(project, r"\bbudgets?\b", how=How.REGEX), 1)
    sql = "select count(*) from content where kind = 'text' and data like '%sécurité%'"
    result["like_scan_ms"] = _median_ms(lambda: connection.execute(sql).fetchone(), 1)
    project.close()
    return result
