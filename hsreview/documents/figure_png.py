"""A figure as PNG, for word processors that do not draw SVG."""

from __future__ import annotations

import unicodedata
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from hsreview.documents.figures import LINE, WIDTH, Bar, Text, height, shapes
from hsreview.model.report import Figure

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

_SCALE = 3
"""Pixels per unit: about 300 to the inch on A4."""
_PLAIN = ("calibri.ttf", "Carlito-Regular.ttf", "Arial.ttf", "LiberationSans-Regular.ttf", "DejaVuSans.ttf")
_BOLD = ("calibrib.ttf", "Carlito-Bold.ttf", "Arial Bold.ttf", "LiberationSans-Bold.ttf", "DejaVuSans-Bold.ttf")


def png(figure: Figure) -> bytes:
    """The figure, drawn with a font of this computer."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH * _SCALE, height(figure) * _SCALE), "white")
    drawing = ImageDraw.Draw(image)
    for shape in shapes(figure):
        if isinstance(shape, Bar):
            corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
            drawing.rectangle([each * _SCALE for each in corners], fill=shape.ink, outline=LINE, width=1)
        else:
            _write(drawing.text, shape)
    target = BytesIO()
    image.save(target, "PNG", optimize=True)
    return target.getvalue()


def _write(draw: object, shape: Text) -> None:
    assert callable(draw)
    font, whole = _font(shape.size * _SCALE, shape.bold)
    place = (shape.x * _SCALE, round(shape.y * _SCALE))
    draw(place, shape.text if whole else _bare(shape.text), fill=LINE, font=font, anchor="rs" if shape.right else "ls")


@cache
def _font(size: int, bold: bool) -> tuple[FreeTypeFont | ImageFont, bool]:
    """The first font that there is, and whether it has letters with accents; Pillow's own one has none."""
    from PIL import ImageFont

    for name in _BOLD if bold else _PLAIN:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return ImageFont.load_default(size), False


def _bare(text: str) -> str:
    """`text` without accents and with plain dashes, which any font has."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("–", "-"))
    return "".join(each for each in spread if not unicodedata.combining(each))
