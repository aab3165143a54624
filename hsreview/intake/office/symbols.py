"""Characters of symbol fonts that people have in transcripts: arrows, smileys, ticks, bullets."""

from __future__ import annotations

_WINGDINGS = {
    0x4A: "☺",
    0x4B: "😐",
    0x4C: "☹",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE7: "⇦",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
_SYMBOL = {
    0xA3: "≤",
    0xAB: "↔",
    0xAC: "←",
    0xAD: "↑",
    0xAE: "→",
    0xAF: "↓",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB9: "≠",
    0xBB: "≈",
    0xDE: "⇒",
}
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}


def symbol(font: str, code: str) -> str:
    """The Unicode character for the hexadecimal `code` of a symbol `font`; `\ufffd` when there is no certain one."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    table = _FONTS.get(font.lower())
    if table is not None:
        return table.get(number & 0xFF, "\ufffd")
    char = chr(number) if 0x20 <= number < 0xD800 else "\ufffd"
    return char if char.isprintable() else "\ufffd"
