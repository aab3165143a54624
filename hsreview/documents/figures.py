"""Figures of bars that can be read without colour, with their numbers beside them: shapes, and these as SVG."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from hsreview.documents.docx_parts import clean
from hsreview.model.report import Figure

INKS = ("#2F5D8C", "#9DB8D3", "#5B6770", "#C9CED4", "#7A5C99", "#D4C6E3", "#3E7D5A", "#BFDCCB")
"""Dark and light by turns, so that neighbours differ on a grey print too."""
LINE = "#1F2933"
WIDTH = 720
_LABELS, _NUMBERS = 250, 40
_BAR, _GAP, _TOP, _LEGEND = 14, 12, 34, 20
_CHARACTERS = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, from its upper left corner."""

    x: int
    y: int
    width: int
    height: int
    ink: str


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text on its base line; `x` is where it begins, or ends when `right`."""

    x: int
    y: float
    text: str
    size: int = 12
    bold: bool = False
    right: bool = False


def height(figure: Figure) -> int:
    """How high the figure is drawn; it is `WIDTH` wide."""
    return _bars_end(figure) + _LEGEND * len(figure.series) + 8


def _bars_end(figure: Figure) -> int:
    return _TOP + len(figure.rows) * (len(figure.series) * _BAR + _GAP)


def shapes(figure: Figure) -> Iterator[Bar | Text]:
    """Everything that is drawn: the title, for each row its label, bars and numbers, and what the bars stand for."""
    yield Text(0, 18, _line(figure.title), 14, bold=True)
    room = WIDTH - _LABELS - _NUMBERS
    for row, (label, numbers) in enumerate(figure.rows):
        top = _TOP + row * (len(figure.series) * _BAR + _GAP)
        yield Text(_LABELS - 8, top + len(numbers) * _BAR / 2 + 4, _short(_line(label)), right=True)
        for series, number in enumerate(numbers):
            y, length = top + series * _BAR, round(room * number / figure.most)
            yield Bar(_LABELS, y, length, _BAR - 2, _ink(series))
            yield Text(_LABELS + length + 5, y + _BAR - 4, str(number), 11)
    for series, name in enumerate(figure.series):
        y = _bars_end(figure) + _LEGEND * series
        yield Bar(_LABELS, y, 12, 12, _ink(series))
        yield Text(_LABELS + 18, y + 10, _line(name))


def in_words(figure: Figure) -> str:
    """What the figure shows, for those who do not see it."""
    rows = (
        f"{_line(label)}: " + ", ".join(f"{_line(name)} {n}" for name, n in zip(figure.series, numbers, strict=True))
        for label, numbers in figure.rows
    )
    return "\n".join([_line(figure.title), *rows])


def svg(figure: Figure) -> str:
    """The figure as one `<svg>` element; its texts can be read by a screen reader."""
    high = height(figure)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" width="{WIDTH}" height="{high}"'
        f' role="img" font-family="Calibri, Carlito, sans-serif" font-size="12">'
        f"<title>{escape(_line(figure.title))}</title>"
    )
    return head + "".join(map(_element, shapes(figure))) + "</svg>"


def _element(shape: Bar | Text) -> str:
    if isinstance(shape, Bar):
        return (
            f'<rect x="{shape.x}" y="{shape.y}" width="{shape.width}" height="{shape.height}" fill="{shape.ink}"'
            f' stroke="{LINE}" stroke-width="0.5"/>'
        )
    look = f' font-size="{shape.size}"' if shape.size != 12 else ""
    look += ' font-weight="bold"' if shape.bold else ""
    look += ' text-anchor="end"' if shape.right else ""
    return f'<text x="{shape.x}" y="{shape.y:g}"{look}>{escape(shape.text)}</text>'


def _ink(series: int) -> str:
    return INKS[series % len(INKS)]


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _short(label: str) -> str:
    return label if len(label) <= _CHARACTERS else label[: _CHARACTERS - 1] + "…"
