"""Changes of the codebook under many codings: a preview, the act, its undo, and the difference of two versions.

python -m bench codebook_changes
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.projects import make_project
from hsreview.workflows.codebook_changes import merge_codes
from hsreview.workflows.codebook_splitting import NewCode, split_code
from hsreview.workflows.codebook_versions import compare_versions, versions
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import code_usage
from hsreview.workflows.rechecking import recode_queue
from hsreview.workflows.undoing import undo

INTERVIEWS, WORDS = 50, 6_000


def measured(scratch: Path, extreme: bool) -> dict[str, Any]:
    """Seconds of each step on 13,500 codings (extreme: 100,000), of which the codes in question hold their share."""
    from hsreview.model.localized import Localized

    codings = 100_000 if extreme else 13_500
    project = make_project(scratch / "codebook-changes", [(WORDS, codings // INTERVIEWS)] * INTERVIEWS)
    [lead] = coders(project)
    used = sorted(code_usage(project).items(), key=lambda item: -item[1][0])
    (first, (n, _transcripts)), (second, (m, _others)) = used[:2]
    found: dict[str, Any] = {"codings": codings, "touched_by_merge": n, "touched_by_split": m}

    def timed(name: str, step: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        result = step()
        found[f"{name}_s"] = round(time.perf_counter() - begun, 3)
        return result

    timed("merge_preview", lambda: merge_codes(project, lead, [first], second, because="bench", preview=True))
    done = timed("merge", lambda: merge_codes(project, lead, [first], second, because="bench"))
    assert len(done.touched) == n
    timed("undo", lambda: undo(project, lead))
    new = NewCode(Localized(fr="Banc", en="Bench"))
    timed("split", lambda: split_code(project, lead, second, new, because="bench"))
    assert len(timed("recode_queue", lambda: recode_queue(project, lead)).entries) == m
    old, *_between, last = timed("versions", lambda: versions(project))
    timed("diff", lambda: compare_versions(project, old, last))
    project.close()
    return found
