"""Figures as SVG: bars that can be read without colour, with their numbers beside them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from hsreview.documents.docx_parts import clean
from hsreview.model.report import Figure

INKS = ("#2F5D8C", "#9DB8D3", "#5B6770", "#C9CED4", "#7A5C99", "#D4C6E3", "#3E7D5A", "#BFDCCB")
"""Dark and light by turns, so that neighbours differ on a grey print too."""
_WIDTH, _LABELS, _NUMBERS = 720, 250, 40
_BAR, _GAP, _TOP = 14, 12, 34
_CHARACTERS = 38


def svg(figure: Figure) -> str:
    """The figure as one `<svg>` element; its texts can be read by a screen reader."""
    per_row = len(figure.series) * _BAR + _GAP
    bars_end = _TOP + len(figure.rows) * per_row
    height = bars_end + 20 * len(figure.series) + 8
    room = _WIDTH - _LABELS - _NUMBERS
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}"'
        f' role="img" font-family="Calibri, Carlito, sans-serif" font-size="12"><title>{_text(figure.title)}</title>',
        f'<text x="0" y="18" font-size="14" font-weight="bold">{_text(figure.title)}</text>',
    ]
    for row, (label, numbers) in enumerate(figure.rows):
        top = _TOP + row * per_row
        middle = top + len(numbers) * _BAR / 2 + 4
        parts.append(f'<text x="{_LABELS - 8}" y="{middle:g}" text-anchor="end">{_text(_short(label))}</text>')
        for series, number in enumerate(numbers):
            y, length = top + series * _BAR, round(room * number / figure.most)
            parts.append(
                f'<rect x="{_LABELS}" y="{y}" width="{length}" height="{_BAR - 2}" fill="{_ink(series)}"'
                f' stroke="#1F2933" stroke-width="0.5"/>'
                f'<text x="{_LABELS + length + 5}" y="{y + _BAR - 4}" font-size="11">{number}</text>'
            )
    for series, name in enumerate(figure.series):
        y = bars_end + 20 * series
        parts.append(
            f'<rect x="{_LABELS}" y="{y}" width="12" height="12" fill="{_ink(series)}" stroke="#1F2933"'
            f' stroke-width="0.5"/><text x="{_LABELS + 18}" y="{y + 10}">{_text(name)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _ink(series: int) -> str:
    return INKS[series % len(INKS)]


def _text(text: str) -> str:
    return escape(" ".join(clean(text).split()))


def _short(label: str) -> str:
    return label if len(label) <= _CHARACTERS else label[: _CHARACTERS - 1] + "…"
