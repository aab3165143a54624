"""Somebody who lays public files side by side and draws every conclusion: independent of how the files were made."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import permutations
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

Name = Hashable
People = frozenset[str]
LIMIT = 3_000
"""Steps after which a number counts as possible."""


@dataclass
class Numbers:
    """Whole numbers in intervals, and sums of which one is at most the other; asked by trying."""

    known: dict[Name, tuple[int, int]] = field(default_factory=dict)
    rules: list[tuple[tuple[Name, ...], tuple[Name, ...]]] = field(default_factory=list)

    def learn(self, name: Name, low: int, high: int) -> None:
        old = self.known.get(name, (low, high))
        self.known[name] = max(low, old[0]), min(high, old[1])

    def at_most(self, less: Iterable[Name], more: Iterable[Name]) -> None:
        self.rules.append((tuple(less), tuple(more)))

    def possible(self, name: Name, value: int) -> bool:
        low, high = self.known[name]
        self._steps = 0
        return low <= value <= high and self._search({**self.known, name: (value, value)})

    def consistent(self) -> bool:
        self._steps = 0
        return self._search(dict(self.known))

    def _search(self, known: dict[Name, tuple[int, int]]) -> bool:
        self._steps += 1
        if not self._narrow(known):
            return False
        open_ = [name for name, (low, high) in known.items() if low < high]
        if not open_ or self._steps > LIMIT:
            return True
        name = min(open_, key=lambda each: known[each][1] - known[each][0])
        low, high = known[name]
        return any(self._search({**known, name: (n, n)}) for n in (low, high, *range(low + 1, high)))

    def _narrow(self, known: dict[Name, tuple[int, int]]) -> bool:
        changed = True
        while changed:
            changed = False
            for less, more in self.rules:
                for name in less:
                    low, high = known[name]
                    most = sum(known[m][1] for m in more) - sum(known[m][0] for m in less) + low
                    if most < high:
                        known[name], changed = (low, most), True
                    if most < low:
                        return False
                for name in more:
                    low, high = known[name]
                    least = sum(known[m][0] for m in less) - sum(known[m][1] for m in more) + high
                    if least > low:
                        known[name], changed = (least, high), True
                    if least > high:
                        return False
        return True


@dataclass(frozen=True)
class Table:
    """A table of a public file: the n of its columns, and the rows by ref."""

    title: str
    columns: tuple[str, ...]
    sizes: tuple[int, ...]
    rows: Mapping[str, tuple[str, ...]]


# What stands in the files


def tables_of(path: Path) -> list[Table]:
    """Every table of numbers that a file shows."""
    if path.suffix == ".xlsx":
        return list(_sheets(path))
    if path.suffix == ".docx":
        grids = [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(path)).tables]
    elif path.suffix == ".html":
        page = _Page()
        page.feed(path.read_text("utf-8"))
        grids = page.grids
    else:
        grids = list(_pipes(path.read_text("utf-8")))
    return [_grid(grid) for grid in grids]


def _sheets(path: Path) -> Iterator[Table]:
    for sheet in load_workbook(path).worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        sizes = next((row for row in rows if str(row[1] if len(row) > 1 else "").startswith("n (")), None)
        if sizes is None:
            continue
        head = rows.index(sizes) + 1
        yield Table(
            sheet.title, tuple(str(each) for each in rows[head][2:]), tuple(int(str(n)) for n in sizes[2:]),
            {str(row[0]): tuple("" if v is None else str(v) for v in row[2:]) for row in rows[head + 1 :]},
        )  # fmt: skip


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.grids: list[list[list[str]]] = []
        self.cell = False
        self.texts: list[str] = []
        self.style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.style = tag == "style"
        if tag == "table":
            self.grids.append([])
        elif tag == "tr":
            self.grids[-1].append([])
        elif tag in ("td", "th"):
            self.grids[-1][-1].append("")
            self.cell = True

    def handle_endtag(self, tag: str) -> None:
        self.cell = self.cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if not self.style:
            self.texts.append(data)
        if self.cell:
            self.grids[-1][-1][-1] += data


def _pipes(text: str) -> Iterator[list[list[str]]]:
    found: list[list[str]] = []
    for line in (*text.split("\n"), ""):
        if line.startswith("|"):
            cells = [cell.strip().replace("\\", "") for cell in line.strip("|").split("|")]
            found += [] if set("".join(cells)) <= {"-", ":"} else [cells]
        elif found:
            yield found
            found = []


def _grid(grid: list[list[str]]) -> Table:
    names = [re.fullmatch(r"(.*) \(n = (\d+)\)", head) for head in grid[0][2:]]
    assert all(names), grid[0]
    return Table(
        "group", tuple(n[1] for n in names if n), tuple(int(n[2]) for n in names if n),
        {row[0]: tuple(cell.strip() for cell in row[2:]) for row in grid[1:]},
    )  # fmt: skip


def texts_of(path: Path) -> list[str]:
    """Every text that a file shows, cells included."""
    if path.suffix == ".xlsx":
        rows = [row for sheet in load_workbook(path).worksheets for row in sheet.iter_rows(values_only=True)]
        return [str(value) for row in rows for value in row if value is not None]
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs] + cells
    if path.suffix == ".html":
        page = _Page()
        page.feed(path.read_text("utf-8"))
        return page.texts
    return path.read_text("utf-8").replace("\\", "").split("\n")


def everything(path: Path) -> str:
    """All that is in a file, seen or not: every member of an archive as it is."""
    if path.suffix in (".html", ".md"):
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


# Conclusions


def band(said: str, k: int, size: int) -> tuple[int, int]:
    """What a cell stands for."""
    known = {f"0–{k - 1}": (0, k - 1), f"{k}–{2 * k - 1}": (k, 2 * k - 1), f"{2 * k}+": (2 * k, size)}
    low, high = known.get(said, (0, size))
    assert said in (*known, "·", ""), said
    return low, min(high, size)


def learnt(
    files: Iterable[tuple[int, list[tuple[Table, list[People]]]]], codes: Mapping[str, list[str]]
) -> list[tuple[str, Name]]:
    """Cells of the lowest band that cannot be 0, or not the largest number of the band.

    `files` are k and the tables with the people of each column: who could be meant is known to whoever knows the
    country. `codes` are those of each theme.
    """
    found: list[tuple[str, Name]] = []
    for theme, of in codes.items():
        numbers, small = _theme(list(files), theme, of)
        assert numbers.consistent(), (theme, "what the files say cannot be")
        found += [(theme, n) for n, k in small.items() if not all(numbers.possible(n, v) for v in (0, k - 1))]
    return found


def _theme(
    files: list[tuple[int, list[tuple[Table, list[People]]]]], theme: str, codes: list[str]
) -> tuple[Numbers, dict[Name, int]]:
    numbers = Numbers()
    small: dict[Name, int] = {}
    divisions: list[list[People]] = []
    for k, tables in files:
        for table, columns in tables:
            if theme not in table.rows:
                continue
            parts = columns[:-1] or columns
            divisions.append(parts)
            shown = [code for code in codes if code in table.rows]
            for people, size, said in zip(columns, table.sizes, table.rows[theme], strict=True):
                numbers.learn(people, *band(said, k, size))
                if said == f"0–{k - 1}":
                    small[people] = min(k, small.get(people, k))
            numbers.at_most([columns[-1]], parts)
            numbers.at_most(parts, [columns[-1]])
            for place, people in enumerate(parts if shown else ()):
                cells: list[Name] = [(code, people) for code in codes]
                for code, cell in zip(codes, cells, strict=True):
                    said = table.rows[code][place] if code in shown else f"0–{k - 1}"
                    numbers.learn(cell, *band(said, k, table.sizes[place]))
                    if said == f"0–{k - 1}":
                        small[cell] = min(k, small.get(cell, k))
                    numbers.at_most([cell], [people])
                numbers.at_most([people], cells)
    for one, other in permutations(divisions, 2):
        for people in one:
            around = [each for each in other if each & people]
            inside = [each for each in one if each <= frozenset().union(*around)]
            numbers.at_most(inside, around)
    return numbers, small
