"""The rows of a matrix: themes, codes at a depth with those below rolled up, or every code by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hsreview.analysis.layer_frame import Ints, LayerFrame, Mask, Placed
from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.codebook import Code, Codebook, CodePlace, Status, Theme
from hsreview.model.former import became
from hsreview.model.tables import Header

THEME, CODE = "theme", "code"


@dataclass(frozen=True, slots=True)
class Level:
    """Which rows are wanted."""

    depth: int | None = 0
    """0: themes; 1: the codes of a theme, with those below; 2 …; null: every code by itself."""
    refs: tuple[str, ...] = ()
    """Only these themes and codes, with all below them; empty: all."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows, and where each code counts."""

    headers: tuple[Header, ...]
    row_of: Mapping[str, int]
    """Code id → row; codes that were not asked for are missing."""
    table: Ints
    """Place of the code in the codebook → row, or -1."""

    def place(self, frame: LayerFrame, column: Ints, width: int, among: Mask | None = None) -> Placed:
        """The codings in the grid of these rows and `column`, which has an entry for each coding of the layer."""
        row = self.table[frame.code] if frame.size else column
        inside = row >= 0 if among is None else (row >= 0) & among
        if inside.all():
            return Placed(np.arange(frame.size), row, column, (len(self.headers), width))
        return Placed(np.flatnonzero(inside), row[inside], column[inside], (len(self.headers), width))

    def place_at(self, frame: LayerFrame, position: Ints, column: Ints, width: int) -> Placed:
        """The codings at `position`, each in the `column` beside it; a position may come more than once."""
        row = self.table[frame.code[position]] if len(position) else position
        inside = row >= 0
        return Placed(position[inside], row[inside], column[inside], (len(self.headers), width))


def level_named(word: str) -> int | None:
    """The depth of `theme`, `code` or a number. Raises UsageProblem for another word."""
    if fold(word) == THEME:
        return 0
    if fold(word) == CODE:
        return None
    if word.isdecimal():
        return int(word)
    raise UsageProblem(_("There is no level {name}: write theme, code, or a number of levels.").format(name=word))


def rows(frame: LayerFrame, level: Level = Level()) -> Rows:
    """The rows of a level in the order of the codebook; codes out of use stand there only where the layer has them.

    Raises UsageProblem for a ref that names no theme and no code.
    """
    book = frame.dataset.codebook
    places = list(book.codes())
    used = {places[number].code.id for number in np.flatnonzero(np.bincount(frame.code)).tolist()}
    wanted = _wanted(book, level.refs)
    headers: dict[str, Header] = {theme.id: theme_header(theme) for theme in _themes(book, level, wanted)}
    row_of: dict[str, str] = {}
    for place in places:
        if wanted is not None and place.code.id not in wanted:
            continue
        bears = _bears(place, level.depth)
        shown = bears if isinstance(bears, Code) else None
        in_use = place.code.status in (Status.ACTIVE, Status.PROPOSED)
        if not in_use and place.code.id not in used:
            continue
        if shown is not None:
            headers.setdefault(shown.id, code_header(shown, place.theme))
        row_of[place.code.id] = bears.id
    order = {key: number for number, key in enumerate(headers)}
    found = {code: order[key] for code, key in row_of.items()}
    table = np.array([found.get(place.code.id, -1) for place in places], np.int64)
    return Rows(tuple(headers.values()), found, table)


def _themes(book: Codebook, level: Level, wanted: Collection[str] | None) -> Sequence[Theme]:
    if level.depth != 0:
        return ()
    return [t for t in book.themes if wanted is None or any(p.code.id in wanted for p in book.codes() if p.theme is t)]


def _bears(place: CodePlace, depth: int | None) -> Theme | Code:
    """The theme or code in whose row a code counts; one that is less deep than the level counts by itself."""
    if depth == 0:
        return place.theme
    line = (*place.parents, place.code)
    return line[-1] if depth is None or depth > len(line) else line[depth - 1]


def _wanted(book: Codebook, refs: Sequence[str]) -> set[str] | None:
    """Ids of the codes under the themes and codes with these refs; null for all."""
    if not refs:
        return None
    found: set[str] = set()
    for ref in refs:
        wish = fold(ref)
        under = {
            place.code.id
            for place in book.codes()
            if wish in {fold(place.theme.ref), *(fold(code.ref) for code in (*place.parents, place.code))}
        }
        if not under:
            raise UsageProblem(became(book.former, ref) or _("There is no theme and no code {ref}.").format(ref=ref))
        found |= under
    return found


def theme_header(theme: Theme) -> Header:
    """A theme as a row or column."""
    return Header(THEME, theme.id, theme.ref, theme.label)


def code_header(code: Code, theme: Theme) -> Header:
    """A code as a row or column."""
    return Header(CODE, code.id, code.ref, code.label, about={"theme": theme.ref})
