"""How cells look: one `Look` per kind of cell, registered once per workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook

FONT = "Calibri"
INK = "1F2933"
GREY = "6B7280"
LINE = "D5D9E0"
HEADER_FILL = "DCE6F2"
THEME_FILL = "F1F4F8"
ALERT_FILL = "FBE3DD"
SCALE_LOW, SCALE_HIGH = "FFFFFF", "7FA9D6"
HUE_FILLS = {
    "blue": "CFE2F7",
    "orange": "FBE0C3",
    "green": "D3EBD0",
    "purple": "E3D7F2",
    "red": "F8D3D0",
    "teal": "CDEBE8",
    "yellow": "FBF1C0",
    "pink": "F8D9E8",
}
"""Light fills for the hues of the codebook; the hue's name stands in the cell too."""


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a cell. Colours are RRGGBB."""

    bold: bool = False
    italic: bool = False
    size: int = 10
    ink: str = INK
    fill: str = ""
    wrap: bool = False
    align: str = ""
    middle: bool = False
    rotate: bool = False
    format: str = "General"
    line: bool = True
    left_line: bool = False
    link: bool = False
    indent: int = 0
    shrink: bool = False
    """Make the text smaller until it fits the column."""
    quote: bool = False
    """The text would calculate if it were typed: keep the spreadsheet from doing so when somebody edits it."""


TEXT = Look(wrap=True)
SHORT = Look()
BARE = Look(line=False)
ID = Look(format="@")
COUNT = Look(format="0", align="right")
CENTRE = Look(align="center")
MEASURE = Look(format="0", align="center")
SHARE = Look(format="0.0%", align="center")
PERCENT = Look(format="0%", align="center")
EMPTY = Look(italic=True, ink=GREY, align="center", size=9, shrink=True)
NOTE = Look(italic=True, ink=GREY, line=False)
TITLE = Look(bold=True, size=14, line=False)
HEADER = Look(bold=True, fill=HEADER_FILL, wrap=True, middle=True)
UPRIGHT = replace(HEADER, rotate=True, align="center")
BAND = replace(HEADER, wrap=False, align="centerContinuous")
BASE = Look(italic=True, fill=THEME_FILL, align="center", format="0")
LINK = Look(link=True, ink="1F5FA8", format="@")
NOTICE = Look(bold=True, ink="8A1C0B", line=False)
ALERT = Look(bold=True, size=12, fill=ALERT_FILL, ink="8A1C0B", line=False)


def themed(look: Look) -> Look:
    """`look` in a row of a theme, above the rows of its codes."""
    return replace(look, bold=True, fill=THEME_FILL)


class Styles:
    """The looks that one workbook uses, and the style numbers that stand for them in its file."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._ids: dict[Look, int] = {}
        self._looks: dict[int, Look] = {}

    def number(self, look: Look) -> int:
        """The style number of `look` in this workbook."""
        if look not in self._ids:
            self._ids[look] = self._register(look)
            self._looks.setdefault(self._ids[look], look)
        return self._ids[look]

    def quoted(self, number: int) -> int:
        """The style number for the same look on a text that looks like a formula."""
        return self.number(replace(self._looks[number], quote=True))

    def _register(self, look: Look) -> int:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        sheet = self._workbook.worksheets[0]
        cell = WriteOnlyCell(sheet)
        cell.font = Font(
            name=FONT,
            size=look.size,
            bold=look.bold,
            italic=look.italic,
            color=f"FF{look.ink}",
            underline="single" if look.link else None,
        )
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=f"FF{look.fill}")
        cell.alignment = Alignment(
            horizontal=look.align or None,
            vertical="center" if look.middle and not look.rotate else "top",
            wrap_text=look.wrap or None,
            text_rotation=90 if look.rotate else 0,
            indent=look.indent,
            shrink_to_fit=look.shrink or None,
        )
        if look.line or look.left_line:
            thin, thick = Side("thin", color=f"FF{LINE}"), Side("medium", color=f"FF{GREY}")
            side = thin if look.line else None
            cell.border = Border(bottom=side, right=side, left=thick if look.left_line else None)
        cell.number_format = look.format
        if look.quote:
            cell.quotePrefix = True
        return cell.style_id
