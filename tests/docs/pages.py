"""The pages of docs/ as the tests read them: headings, links, commands to run, keys to press."""

from __future__ import annotations

import re
import shlex
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

DOCS = ROOT / "docs"
LANGUAGES = ("en", "fr")
_FENCE = re.compile(r"^```(.*)$")
_EXIT = re.compile(r"\s+# exit code (\d)$")
_KEYS = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Command:
    """One line of a block that begins with ```sh run."""

    line: int
    words: tuple[str, ...]
    exit_code: int = 0


@dataclass(frozen=True)
class Press:
    """One row of a table that follows `<!-- journey: TRANSCRIPT -->`: keys, and words to be typed."""

    line: int
    keys: tuple[str, ...]


def lines_of(page: Path) -> list[str]:
    """The lines of a page."""
    return page.read_text(encoding="utf-8").split("\n")


def steps(page: Path) -> Iterator[Command | list[Press]]:
    """What a reader is told to do, from top to bottom: commands, and tables of keys."""
    fence: str | None = None
    journey: list[Press] | None = None
    for number, line in enumerate(lines_of(page), 1):
        if found := _FENCE.match(line):
            fence = found[1] if fence is None else None
        elif fence == "sh run" and line.strip():
            code = _EXIT.search(line)
            words = shlex.split(_EXIT.sub("", line), comments=True)
            yield Command(number, tuple(words), int(code[1]) if code else 0)
        elif line.startswith("<!-- journey:"):
            journey = []
        elif journey is not None and line.startswith("| `"):
            journey.append(Press(number, tuple(_KEYS.findall(line.split(" | ")[0]))))
        elif journey:
            yield journey
            journey = None


def prose(page: Path) -> Iterator[tuple[int, str]]:
    """The lines outside of code blocks, with their numbers."""
    inside = False
    for number, line in enumerate(lines_of(page), 1):
        if _FENCE.match(line):
            inside = not inside
        elif not inside:
            yield number, line


def links(page: Path) -> Iterator[str]:
    """Every target of a link or picture that is not on the web."""
    for _number, line in prose(page):
        yield from (target for target in _LINK.findall(line) if "://" not in target)


def anchors(page: Path) -> set[str]:
    """The names under which the headings of a page can be linked to, as Git hosts make them."""
    found = set()
    for _number, line in prose(page):
        if line.startswith("#"):
            title = line.lstrip("#").strip().lower()
            kept = "".join(c for c in title if c in " -_" or unicodedata.category(c)[0] in "LN")
            found.add(kept.replace(" ", "-"))
    return found
