"""What the readers of sheets that come back share: faults and notices with their cells, and cells that say nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, labelled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be read, and so is left as the project has it."""

    cell: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader should know of a cell, or of the sheet (then the cell is empty)."""

    cell: str
    message: str

    def __str__(self) -> str:
        return labelled(self.cell, self.message) if self.cell else self.message


def merged_areas(sheet: Worksheet) -> Mapping[tuple[int, int], str]:
    """Row and column of every merged cell → the area that it is part of."""
    return {
        (row, column): str(area)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def unreadable(cell: Any, name: str, merged: Mapping[tuple[int, int], str]) -> Fault | None:
    """Why a cell says nothing of its own: it is merged with others, a formula or an error. `name` is told with it."""
    area = merged.get((cell.row, cell.column))
    if area is not None:
        said = _("These cells are merged ({area}): unmerge them, so that each says something of its own.")
        return Fault(name, "merged", said.format(area=area))
    if cell.data_type == "f":
        return Fault(name, "formula", _("This is a formula. Write text."))
    if cell.data_type == "e":
        return Fault(name, "error", _("This is an error of the spreadsheet, not a text."))
    return None
