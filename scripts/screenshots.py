"""Make the pictures of the docs from the real screens and the real workbook.

    python scripts/screenshots.py [FOLDER] [--only NAME]

Builds the sample project (invented interviews) in a folder for temporary files, runs the workbench on it without a
terminal, presses keys, and writes PNG files to `docs/img`: `coding.png` with the interface in English, `coding.fr.png`
in French, and so on. Needs cairosvg and Pillow (`pip install cairosvg` brings both) with the system's libcairo, and the
font DejaVu Sans Mono. The picture of the workbook needs LibreOffice (`soffice`) and poppler (`pdftoppm`) too; without
them it is left out.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import PIL.Image

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "img"
WIDTH = 1280
COLOURS = 128
PAGE_HEIGHT, MARGIN = 560, 8
SETTLED = 0.5
"""Seconds after which a screen shows all that it will show."""
TEXT = re.compile(r'(<text [^>]*?)x="([\d.]+)"([^>]*?) textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
LEAD = "Aïcha"

SLOTS = tuple(f"space ={ref} enter" for ref in ("d1", "k2", "e4", "e7", "s1", "m2", "p5"))
"""Each code that is applied once takes the next free slot; the codings themselves are undone again."""


@dataclass(frozen=True)
class Shot:
    """One picture: what to open and which keys to press first; `=words` types words."""

    name: str
    size: tuple[int, int]
    keys: str
    empty_project: bool = False


DECIDED = "a down a down x down b enter down down a"
OPEN = "g t f ={interview} enter enter"
SHOTS = (
    Shot("transcripts", (100, 24), "g t"),
    Shot("staging", (110, 28), "i enter down down down down down", empty_project=True),
    Shot("coding", (120, 32), f"{OPEN} g l 1 enter {' '.join(SLOTS)} {'u ' * len(SLOTS)} g l {{turn}} enter n z"),
    Shot("picker", (110, 30), f"{OPEN} g l {{turn}} enter down e space =secur down"),
    Shot("suggestions", (110, 30), f"{OPEN} g l {{suggested}} enter t H"),
    Shot("consent", (100, 24), "g C down down down"),
    Shot("names", (110, 30), f"i enter n {2 * '=passphrase enter '} {DECIDED}", empty_project=True),
    Shot("builder", (120, 32), "g B down down down"),
    Shot("counting", (100, 26), "g V enter"),
    Shot("codebook", (110, 30), "g c down down down down down down down down down down"),
)
PLACES = {
    "en": {"interview": "bandia", "turn": "1 8", "suggested": "1 8"},
    "fr": {"interview": "jeunes", "turn": "1 3", "suggested": "7"},
}
SHEET = {"en": "Theme×Group", "fr": "Thème×Groupe"}


@contextmanager
def a_user(folder: Path) -> Iterator[None]:
    """Settings of nobody, and colours as on a good terminal."""
    os.environ.update(HSREVIEW_HOME=str(folder / "home"), COLORTERM="truecolor", TERM="xterm-256color", TZ="UTC")
    for name in ("NO_COLOR", "HSREVIEW_PROJECT", "HSREVIEW_CODER", "TEXTUAL_THEME"):
        os.environ.pop(name, None)
    yield


async def picture(shot: Shot, root: Path, language: str) -> str:
    """The screen as SVG after the keys of `shot` were pressed."""
    from hsreview.tui.app import Workbench
    from hsreview.workflows.projects import open_project

    with open_project(root) as project:
        app = Workbench(project, LEAD)
        async with app.run_test(size=shot.size) as pilot:
            await pilot.pause(SETTLED)
            for key in shot.keys.format(**PLACES[language]).split():
                await pilot.press(*(key[1:] if key.startswith("=") else [key]))
                await app.workers.wait_for_complete()
                await pilot.pause()
            await pilot.pause(SETTLED)
            return app.export_screenshot(title="hsreview")


def png_of(svg: str) -> bytes:
    """The picture as PNG."""
    import cairosvg
    from PIL import Image

    svg = TEXT.sub(on_the_grid, svg.replace("Fira Code", "DejaVu Sans Mono"))
    return small(Image.open(io.BytesIO(cairosvg.svg2png(bytestring=svg.encode(), output_width=WIDTH))))


def on_the_grid(text: re.Match[str]) -> str:
    """A text element with a place of its own for every character: the letters of no font fill Textual's cells."""
    head, start, middle, length, tail, content = text.groups()
    characters = html.unescape(content)
    step = float(length) / max(1, len(characters))
    places = " ".join(f"{float(start) + number * step:.2f}" for number in range(len(characters)))
    return f'{head}x="{places}"{middle}{tail}>{content}</text>'


def small(image: PIL.Image.Image) -> bytes:
    """PNG bytes with few colours, so that the repository stays light."""
    from PIL.Image import Dither, Quantize

    out = io.BytesIO()
    few = image.convert("RGB").quantize(COLOURS, Quantize.MAXCOVERAGE, dither=Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


def workbook_page(workbook: Path, sheet: str, folder: Path) -> bytes | None:
    """The first page of a sheet as LibreOffice prints it; null where the programs for that are missing."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        return None
    import openpyxl
    from PIL import Image, ImageChops

    book = openpyxl.load_workbook(workbook)
    for name in book.sheetnames:
        if name != sheet:
            del book[name]
    alone = folder / "sheet.xlsx"
    book.save(alone)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(alone)]
    subprocess.run(convert, check=True, capture_output=True)
    pdf = str(folder / "sheet.pdf")
    subprocess.run(["pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-png", pdf, str(folder / "page")], check=True)
    page = Image.open(next(folder.glob("page*.png"))).convert("RGB")
    box = ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return small(page.crop((left - MARGIN, top - MARGIN, right + MARGIN, min(bottom, top + PAGE_HEIGHT))))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=IMAGES)
    parser.add_argument("--only", metavar="NAME", help="make this picture only")
    wishes = parser.parse_args()
    wishes.folder.mkdir(parents=True, exist_ok=True)
    for language, ending in (("en", ""), ("fr", ".fr")):
        with tempfile.TemporaryDirectory() as scratch, a_user(Path(scratch)):
            for name, data in pictures(language, Path(scratch), wishes.only):
                path = wishes.folder / f"{name}{ending}.png"
                path.write_bytes(data)
                print(f"{path}: {len(data) // 1024} kB", file=sys.stderr)
    return 0


def pictures(language: str, scratch: Path, only: str | None) -> Iterator[tuple[str, bytes]]:
    """Every picture in one language, with its name."""
    from hsreview.base.messages import use_language
    from hsreview.base.samples import sample_dir
    from hsreview.workflows.demo import build_demo
    from hsreview.workflows.projects import create_project

    use_language(language)
    demo = build_demo(scratch / "mali-review", lang=language)
    create_project(scratch / "new" / "mali-review", codebook=None, coder=None).close()
    shutil.copytree(sample_dir("transcripts"), scratch / "new" / "mali-review" / "transcripts", dirs_exist_ok=True)
    for shot in SHOTS:
        if only in (None, shot.name):
            root = scratch / "new" / "mali-review" if shot.empty_project else demo.root
            yield shot.name, png_of(asyncio.run(picture(shot, root, language)))
    if only in (None, "workbook"):
        page = workbook_page(demo.workbook, SHEET[language], scratch)
        if page is not None:
            yield "workbook", page


if __name__ == "__main__":
    sys.exit(main())
