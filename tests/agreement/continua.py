"""Random documents with segments, and what they look like character by character."""

from __future__ import annotations

import random

import numpy as np

from hsreview.agreement.unitizing import Reading, Spans

Row = tuple[int, int, int, int, int]
"""Document, coder, code, start, end."""


def spans_of(rows: list[Row]) -> Spans:
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    return Spans(*(table[:, column] for column in range(5)))


def some_documents(seed: int, *, exclusive: bool, codes: int = 3) -> tuple[list[Row], Reading]:
    """A few short documents, each read by some of the coders; with `exclusive`, no coder's segments overlap."""
    draw = random.Random(seed)
    coders, documents = draw.randint(2, 4), draw.randint(1, 4)
    readers = np.array([[draw.random() < 0.8 for _ in range(coders)] for _ in range(documents)])
    starts = np.array([draw.choice([0, 0, 7]) for _ in range(documents)], dtype=np.int64)
    lengths = np.array([draw.randint(1, 25) for _ in range(documents)], dtype=np.int64)
    rows: list[Row] = []
    for document, coder in np.argwhere(readers):
        free = [True] * lengths[document]
        for _ in range(draw.randint(0, 6)):
            start = draw.randrange(lengths[document])
            end = draw.randint(start + 1, min(lengths[document], start + 12))
            if exclusive and not all(free[start:end]):
                continue
            free[start:end] = [False] * (end - start)
            shift = int(starts[document])
            rows.append((int(document), int(coder), draw.randrange(codes), start + shift, end + shift))
    return rows, Reading(readers, starts, lengths)


def units_of(rows: list[Row], document: int, coder: int, code: int | None) -> list[tuple[int, int]]:
    """One coder's units of a code (None = of any): characters joined as long as one segment covers two neighbours."""
    own = [row for row in rows if row[:2] == (document, coder) and code in (None, row[2])]
    units: list[tuple[int, int]] = []
    for start, end in sorted(row[3:] for row in own):
        if units and start < units[-1][1]:
            units[-1] = (units[-1][0], max(units[-1][1], end))
        else:
            units.append((start, end))
    return units
