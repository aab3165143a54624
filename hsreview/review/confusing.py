"""Which code of one coder meets which code of another, for each pair of coders and for all pairs together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from hsreview.agreement.confusion import confusion_of_characters, confusion_of_units, pooled_confusion
from hsreview.agreement.patterns import Floats
from hsreview.model.agreement import Unit
from hsreview.review.units import ComparedText, continua, unit_cells


def confusion_tables(
    unit: Unit, texts: Sequence[ComparedText], coders: Sequence[str], codes: Sequence[str]
) -> dict[tuple[str, str], Floats]:
    """(Coder of the rows, coder of the columns) → the table; with more than two coders, empty ids → all pairs.

    The last row and column are what was left uncoded; each table adds up to the units (of segments: the characters)
    that both read.
    """
    if unit in (Unit.CHARACTER, Unit.SPAN):
        counted = [replace(text, ground=None) for text in texts]  # What is counted here is the unit.
        found = confusion_of_characters(*continua(counted, coders, codes), len(codes))
    else:
        of = unit_cells(texts, coders, codes)
        read = of.units.readers[of.units.document].T
        given = np.zeros((*read.shape, len(codes)), bool)
        given[:, of.unit, of.code] = of.coded.T
        found = confusion_of_units(given, read)
    tables = {(coders[one], coders[other]): table for (one, other), table in found.items()}
    if len(coders) > 2:
        tables["", ""] = pooled_confusion(found, len(codes))
    return tables
