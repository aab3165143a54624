"""How wide characters are on the screen, which belong together, and what is shown for them.

Almost every text here consists of characters that take one cell and stand alone; `has_odd` finds the others (wide,
combining, joined, invisible), and only a stretch with one of those is measured character by character.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

from hsreview.base.terminal import visible

_SAFE = (
    (0x00, 0x09),  # controls: shown as one glyph
    (0x0B, 0x2FF),  # Latin with its supplements, IPA (ɛ ɔ ɲ ŋ, œ, « », no-break space)
    (0x370, 0x377),
    (0x384, 0x38A),
    (0x38E, 0x3A1),
    (0x3A3, 0x482),  # Greek, Cyrillic
    (0x48A, 0x52F),
    (0x5D0, 0x5EA),  # Hebrew letters
    (0x620, 0x64A),  # Arabic letters and digits, without the marks
    (0x660, 0x66F),
    (0x671, 0x6D5),
    (0x7C0, 0x7EA),  # N'Ko letters
    (0x7F4, 0x7FA),
    (0x1200, 0x1248),  # Ethiopic
    (0x1250, 0x1256),
    (0x1260, 0x1288),
    (0x1290, 0x12B0),
    (0x12C8, 0x12D6),
    (0x12D8, 0x1310),
    (0x1318, 0x135A),
    (0x1E00, 0x1F15),  # Latin with dots below (ẹ ọ ṣ), Greek with accents
    (0x1F20, 0x1F45),
    (0x2000, 0x200A),  # spaces
    (0x2010, 0x205F),  # dashes, quotes, …, narrow no-break space; directional overrides are shown as one glyph
    (0x2066, 0x2069),
    (0x2074, 0x208E),
    (0x20A0, 0x20C0),
    (0x2100, 0x218B),
    (0x2190, 0x2319),
    (0x2400, 0x2426),
    (0x2460, 0x25FC),
    (0x2C60, 0x2C7F),
    (0x2D30, 0x2D67),  # Tifinagh
    (0xA720, 0xA7CA),
    (0xFB00, 0xFB06),
    (0xFFFD, 0xFFFD),
)
SAFE_RANGES = _SAFE
_odd = re.compile(f"[^\n{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' for a, b in _SAFE)}]").search

_JOINER = "\u200d"
_EMOJI_PRESENTATION = "\ufe0f"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def next_odd(text: str, start: int, end: int) -> int | None:
    """The first offset in `[start, end)` whose character is not sure to take one cell and stand alone."""
    match = _odd(text, start, end)
    return match.start() if match else None


@lru_cache(maxsize=8192)
def _measure(char: str) -> tuple[int, bool]:
    """Cells, and whether the character belongs to the one before it."""
    if char == _EMOJI_PRESENTATION:
        return 0, True
    cells = get_character_cell_size(visible(char))
    return cells, cells == 0 or unicodedata.category(char) in _MARKS


def cell_widths(text: str) -> list[int]:
    """For each character the cells of the sequence that starts with it; -1 for those that continue a sequence.

    Sequences (accents on their letter, emoji joined by U+200D, flags) are never cut. The sum of the positive numbers is
    the width of `shown(text)` as Rich measures it.
    """
    widths: list[int] = []
    base = -1
    joined = flag = False
    for char in text:
        cells, continues = _measure(char)
        indicator = "\U0001f1e6" <= char <= "\U0001f1ff"
        if base >= 0 and (joined or continues or (flag and indicator)):
            if not joined:
                widths[base] += cells
            widths.append(-1)
            flag = False
        else:
            base = len(widths)
            widths.append(cells)
            flag = indicator
        # Rich skips whatever follows a joiner, even another joiner.
        joined = char == _JOINER and not joined
    return widths


def shown(text: str) -> str:
    """What is drawn for `text`: control characters as glyphs, a soft hyphen as a hyphen, and no U+FE0F.

    Terminals disagree on the width of the last two.
    """
    return visible(text).replace(_EMOJI_PRESENTATION, "").replace("\u00ad", "-")
