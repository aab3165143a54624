"""What may reach the terminal: control characters become glyphs, one for one, so that offsets hold."""

from __future__ import annotations

_GLYPHS: dict[int, str] = {code: chr(0x2400 + code) for code in range(0x20)}
_GLYPHS[0x7F] = "␡"
_GLYPHS.update({code: "\ufffd" for code in range(0x80, 0xA0)})
_GLYPHS.update({code: "\ufffd" for code in (0x2028, 0x2029, *range(0xD800, 0xE000))})
_GLYPHS.update({code: "⇄" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))})
_LINE = _GLYPHS | {0x09: " ", 0x0A: " "}
_BLOCK = {k: v for k, v in _GLYPHS.items() if k != 0x0A} | {0x09: " "}


def visible(text: str) -> str:
    """`text` on one line with every control character replaced by one visible glyph (tab and line end by a blank).

    The result has as many code points as `text`. Directional overrides are shown as `⇄`, because they could
    make one name look like another.
    """
    return text if text.isascii() and text.isprintable() else text.translate(_LINE)


def visible_block(text: str) -> str:
    """As `visible`, but line ends stay."""
    return text.translate(_BLOCK)
