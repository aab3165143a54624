"""The sheets of the workbook, one module each, in the order of the file. A new sheet is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hsreview.base.errors import Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.sheets import (
    agreement,
    assignments,
    audit,
    cells,
    changes,
    charts,
    codebook,
    confusion,
    coreq,
    counts,
    disagreements,
    drift,
    framework,
    memos,
    overlaps,
    progress,
    provenance,
    quotes,
    segments,
    segments_wide,
    tables,
    theme_group,
    theme_interview,
)


@dataclass(frozen=True, slots=True)
class Registered:
    """A sheet: `write(context, book, order)` makes it, where it is `wanted`; the `last` one tells of the others."""

    key: str
    """Its stable name, for people to choose it by: it is never changed, in whatever language the sheet is titled."""
    write: Callable[[Context, Book, int], None]
    last: bool = False
    wanted: Callable[[Context], bool] = lambda _context: True


MATRICES = (
    "theme_speaker", "crosstabs", "gaps", "divergence", "co_occurrence", "modifiers", "timeline", "saturation",
)  # fmt: skip
"""Sheets that draw one of the matrices each, or several of a kind."""


def _matrix(key: str) -> Registered:
    write, wanted = tables.sheet_of(key)
    return Registered(key, write, wanted=wanted)


SHEETS = (
    Registered("provenance", provenance.write, last=True),
    Registered("codebook", codebook.write),
    Registered("segments", segments.write),
    Registered("segments_wide", segments_wide.write),
    Registered("cells", cells.write, wanted=cells.wanted),
    Registered("theme_interview", theme_interview.write),
    Registered("theme_group", theme_group.write),
    Registered("framework", framework.write, wanted=framework.wanted),
    Registered("quotes", quotes.write),
    Registered("memos", memos.write),
    Registered("progress", progress.write),
    Registered("agreement", agreement.write_codes, wanted=agreement.has_report),
    Registered("agreement_values", agreement.write_values, wanted=agreement.has_report),
    Registered("disagreements", disagreements.write, wanted=agreement.has_report),
    Registered("confusion", confusion.write, wanted=confusion.wanted),
    Registered("drift", drift.write, wanted=drift.wanted),
    Registered("assignments", assignments.write, wanted=assignments.wanted),
    *map(_matrix, MATRICES),
    Registered("overlaps", overlaps.write, wanted=overlaps.wanted),
    Registered("counts", counts.write),
    Registered("charts", charts.write, wanted=charts.wanted),
    Registered("coreq", coreq.write),
    Registered("audit", audit.write, wanted=audit.wanted),
    Registered("changes", changes.write, wanted=changes.wanted),
    Registered("changes_themes", changes.write_themes, wanted=changes.wanted),
)


def chosen(names: Sequence[str] | None) -> tuple[Registered, ...]:
    """The sheets called `names` in the order of the file, with the one that tells of the others; null: all there are.

    Case, and `-` for `_`, make no difference. Raises UsageProblem with the names there are when one is unknown, or
    when none is given.
    """
    if names is None:
        return SHEETS
    wished = {_key(name): name for name in names if name.strip()}
    known = ", ".join(sheet.key for sheet in SHEETS)
    if not wished:
        raise UsageProblem(_("Name at least one sheet. There are: {names}").format(names=known))
    unknown = [name for key, name in wished.items() if all(key != sheet.key for sheet in SHEETS)]
    if unknown:
        raise UsageProblem(
            _("Some sheets are unknown. There are: {names}").format(names=known),
            [Problem(_("there is no such sheet"), name, "unknown_sheet") for name in unknown],
        )
    return tuple(sheet for sheet in SHEETS if sheet.last or sheet.key in wished)


def _key(name: str) -> str:
    return name.strip().casefold().replace("-", "_")
