"""What is in memory when the first screen stands: seen in a fresh process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from hsreview.tui.app import Workbench
from tests.conftest import ROOT

HEAVY = {"pandas", "openpyxl", "spacy", "sqlite_utils", "numpy", "pydantic", "lxml", "ruamel", "click", "docx"}
LATER = {"textual.widgets._text_area", "hsreview.tui.screens.codebook", "hsreview.tui.screens.staging"}
PROGRAM = """
import asyncio, json, sys
from pathlib import Path
from hsreview.tui.app import Workbench
from hsreview.workflows.projects import open_project
from hsreview.tui.screens.coding.screen import CodingScreen

loaded = []
settle = CodingScreen._settle

def at_first_paint(screen):
    loaded.extend(sys.modules)
    settle(screen)

CodingScreen._settle = at_first_paint

async def main():
    app = Workbench(open_project(Path(sys.argv[1])), "Awa")
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()

asyncio.run(main())
print(json.dumps(loaded))
"""


def test_the_first_screen_stands_without_heavy_libraries(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(root)], capture_output=True, text=True, encoding="utf-8", check=True
    )
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "textual.app" in loaded
    assert {name.partition(".")[0] for name in loaded} & HEAVY == set()
    assert loaded & LATER == set()


def test_every_style_is_read_at_the_start() -> None:
    """What a screen brought itself would make Textual read and apply all styles anew when it opens."""
    folder = ROOT / "hsreview" / "tui"
    assert {folder / path for path in Workbench.CSS_PATH} == set(folder.rglob("*.tcss"))
    brings = re.compile(r"^    CSS(_PATH)?\b", re.MULTILINE)
    assert [path.name for path in folder.rglob("*.py") if brings.search(path.read_text("utf-8"))] == ["app.py"]
