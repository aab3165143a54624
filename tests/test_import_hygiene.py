"""What a command loads before it needs it: seen in a fresh process, because imports may be deferred."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "textual",
    "rich",
    "pandas",
    "numpy",
    "openpyxl",
    "spacy",
    "pydantic",
    "lxml",
    "PIL",
    "sqlite_utils",
    "ruamel",
    "docx",
}
LATER = {
    "hsreview.model.agreement",
    "hsreview.model.exchange",
    "hsreview.model.staging",
    "hsreview.workflows.carrying",
    "hsreview.workflows.undoing",
}
"""What the first screen shows only when asked: it takes a tenth of the time until the text stands there."""
LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)))"


def loaded_after(program: str) -> set[str]:
    """The modules in memory after `program` ran in a new process; what it printed is not looked at."""
    code = f"{program}\n{LOADED}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    return set(json.loads(done.stdout.split("\n")[-2]))


def command(*args: str) -> str:
    """A program that runs one hsreview command and goes on after its exit."""
    run = f"sys.argv[1:] = {list(args)!r}\ntry:\n main()\nexcept SystemExit:\n pass"
    return f"import sys\nfrom hsreview.__main__ import main\n{run}"


@pytest.mark.parametrize(
    "program",
    [
        "import hsreview.cli",
        "import hsreview.__main__",
        command("--version"),
        command("--help"),
        command("import", "--help"),
        command("models"),
    ],
    ids=["cli", "main", "--version", "--help", "import --help", "models"],
)
def test_the_command_line_starts_light(program: str) -> None:
    assert loaded_after(program) & HEAVY == set()


@pytest.mark.parametrize("room", ["base", "model", "project", "workflows"])
def test_importing_a_room_is_light(room: str) -> None:
    program = (
        "import importlib, pkgutil\n"
        f"room = importlib.import_module('hsreview.{room}')\n"
        "for found in pkgutil.walk_packages(room.__path__, room.__name__ + '.'): importlib.import_module(found.name)"
    )
    assert loaded_after(program) & (HEAVY - {"docx"}) == set()


def test_the_workbench_does_not_load_what_it_shows_later() -> None:
    loaded = loaded_after("import hsreview.tui.app, hsreview.tui.screens.coding.screen")
    assert "textual.app" in loaded
    assert loaded & ((HEAVY - {"textual", "rich"}) | LATER) == set()
