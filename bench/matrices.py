"""How long matrices take, in process: imports and the making of the invented layer are not counted.

Reach: co-occurrence of 60 codes over 100,000 codings in 1.5 s; theme × interview over 1,000,000 codings in 0.5 s. The
baseline of each is one plain walk over the same codings that counts them by code.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from bench.workbook import codebook
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.transcript import Transcript

_PER_INTERVIEW, _LENGTH, _TURN = 100, 60_000, 300


def layer(codings: int) -> Dataset:
    """Interviews of 100 codings each, under 60 codes; a coding is a sentence or a few, and many overlap."""
    book, dice = codebook(), random.Random(4)
    codes = [place.code.id for place in book.codes()]
    segments: list[CodedSegment] = []
    interviews = max(1, codings // _PER_INTERVIEW)
    for interview in range(interviews):
        key, version, person = f"i-{interview}", f"v-{interview}", f"r-{interview}"
        starts = sorted(dice.randrange(_LENGTH - 1000) for _n in range(_PER_INTERVIEW))
        for number, start in enumerate(starts, 1):
            end = start + dice.randrange(40, 900)
            coding = Coding(f"{key}-{number}", version, start, end, dice.choice(codes), "anna")
            turns = start // _TURN + 1, (end - 1) // _TURN + 1
            segments.append(CodedSegment(coding, key, number, turns[0], 1, "R", "respondent", person, "", "", turns[1]))
    transcripts = [Transcript(f"i-{n}", f"I{n:05}", version_id=f"v-{n}") for n in range(interviews)]
    return Dataset(
        basis=Basis("Bench", "p", "Anna", "anna", "bench", "1", "2016-06-01T10:00:00.000Z", "hsreview bench"),
        codebook=book,
        transcripts=transcripts,
        segments=segments,
        reviewed=frozenset(t.id for t in transcripts),
    )


def _best(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds; nothing is kept from one to the next."""
    taken = []
    for _run in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def measured(extreme: bool) -> dict[str, Any]:
    """Co-occurrence over 100,000 codings, and with `extreme` the theme matrix over a million."""
    from hsreview.analysis.co_occurrence import CoOccurrence
    from hsreview.analysis.crosstabs import crosstab, theme_interview
    from hsreview.analysis.divisions import by_group
    from hsreview.analysis.layer_frame import LayerFrame
    from hsreview.analysis.levels import Level, rows

    dataset = layer(100_000)
    every = Level(None)

    def walk(chosen: Dataset) -> Callable[[], object]:
        return lambda: Counter(s.coding.code_id for s in chosen.segments)

    def overlap() -> object:
        frame = LayerFrame(dataset)
        return CoOccurrence(frame, rows(frame, every)).overlap()

    def turns() -> object:
        frame = LayerFrame(dataset)
        return CoOccurrence(frame, rows(frame, every)).within(2)

    def groups() -> object:
        frame = LayerFrame(dataset)
        return crosstab(frame, rows(frame), by_group(dataset), "theme-group", words=False)

    def interviews() -> object:
        frame = LayerFrame(dataset)
        return theme_interview(frame, rows(frame), words=False)

    plain = _best(walk(dataset))
    figures = {
        "co_occurrence_overlap": (_best(overlap), 1.5),
        "co_occurrence_2_turns": (_best(turns), 1.5),
        "theme_group": (_best(groups), None),
        "theme_interview": (_best(interviews), None),
    }
    found: dict[str, Any] = {"codings": len(dataset.segments), "codes": 60, "walk_ms": round(plain * 1000, 1)}
    for name, (seconds, reach) in figures.items():
        found[name] = _figure(seconds, plain, reach)
    if extreme:
        del dataset
        large = layer(1_000_000)

        def million() -> object:
            frame = LayerFrame(large)
            return theme_interview(frame, rows(frame), words=False)

        plain = _best(walk(large))
        found["extreme"] = {
            "codings": len(large.segments),
            "interviews": len(large.transcripts),
            "walk_ms": round(plain * 1000, 1),
            "theme_interview": _figure(_best(million), plain, 0.5),
        }
    return found


def _figure(seconds: float, plain: float, reach: float | None) -> dict[str, Any]:
    figure = {"seconds": round(seconds, 3), "ratio": round(seconds / plain, 1)}
    return figure if reach is None else {**figure, "reach_seconds": reach}
