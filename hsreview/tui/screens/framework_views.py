"""How a line of the framework's views is written: its branch, its ref and what it says."""

from __future__ import annotations

from collections.abc import Collection

from hsreview.base.messages import current_language
from hsreview.workflows.framework_rows import Framework, RowKind, said
from hsreview.workflows.framework_views import Part, Place, cells, part_name

OPEN, CLOSED = "▾", "▸"


def place_text(found: Framework, place: Place, heads: Collection[str], closed: Collection[str] = ()) -> str:
    """`▾ OC1 The office consults`, indented; a marker with its level. `heads`: keys of lines with others below them."""
    sign = CLOSED if place.key in closed else OPEN if place.key in heads else " "
    return f"{'  ' * place.depth}{sign} {_said(found, place)}"


def _said(found: Framework, place: Place) -> str:
    if place.row is None:
        return part_name(place.part or Part.OUTSIDE)
    language, row = current_language(), place.row
    level = cells(found, row, language).level if row.kind is RowKind.MARKER else ""
    return " ".join([row.ref, *([f"[{level}]"] if level else []), *said(row, language).split()])
