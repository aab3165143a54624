"""What was published before: which numbers of an earlier public file differ from those of a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Codebook, Theme
from hsreview.model.public import LEAST_K, Earlier, Public, PublicTable, band_words
from hsreview.workflows.outputs import Output

SIZES = "n"
"""The row of a table that tells how many people are in each column."""
NAMED = 5
"""So many differing numbers are named."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of one public file."""

    cells: Mapping[str, str]
    """`table/row/column` → the number, as the file tells it."""
    tables: tuple[str, ...]
    """The tables that the file holds."""
    themes: frozenset[str]
    """Refs of the themes that it holds."""

    def record(self) -> dict[str, object]:
        """As the record of the file keeps it."""
        return {"cells": dict(self.cells), "by": list(self.tables[1:]), "themes": sorted(self.themes)}


def numbers_of(public: Public, themes: Sequence[Theme]) -> Numbers:
    """Every number that a file with these themes publishes."""
    kept = {theme.id for theme in themes}
    cells: dict[str, str] = {}
    for table in public.tables:
        for number, column in enumerate(table.columns):
            cells[f"{table.by}/{SIZES}/{column.key}"] = str(column.n)
            for row in table.rows:
                told = band_words(row.bands[number], public.k)
                if row.theme_id in kept and told not in ("", "·"):
                    cells[f"{table.by}/{row.ref}/{column.key}"] = told
    return Numbers(cells, tuple(table.by for table in public.tables), frozenset(theme.ref for theme in themes))


def on_record(found: Sequence[Output]) -> list[Earlier]:
    """What the records of public files say of their numbers; one that another version wrote may say nothing."""
    return [_earlier(each.details) for each in found]


def _earlier(details: Mapping[str, Any]) -> Earlier:
    k, by, zones, cells = (details.get(name) for name in ("k", "by", "zones", "cells"))
    return Earlier(
        k if isinstance(k, int) and k >= LEAST_K else LEAST_K,
        tuple(map(str, by)) if isinstance(by, list) else (),
        {key: str(zone) for key, zone in zones.items()} if isinstance(zones, dict) else {},
        {key: str(said) for key, said in cells.items()} if isinstance(cells, dict) else {},
    )


def differences(earlier: Sequence[Output], now: Numbers, public: Public, codebook: Codebook) -> Iterator[str]:
    """What somebody who has an earlier public file could compare with this one: of tables and themes in both; and
    which files rest on other data, for those tables that only one of them has."""
    theme_of = {place.code.ref: place.theme.ref for place in codebook.codes()}
    heads = {f"{table.by}/": table for table in public.tables}
    for number, output in enumerate(earlier):
        before: Mapping[str, str] = output.details.get("cells", {})
        shared = {now.tables[0], *output.details.get("by", ())} & {*now.tables}
        themes = now.themes & {*output.details.get("themes", now.themes)}
        named = []
        for key in sorted(key for key in before.keys() | now.cells.keys() if before.get(key) != now.cells.get(key)):
            head = next((head for head, table in heads.items() if table.by in shared and key.startswith(head)), None)
            if head is None:
                continue
            row, _slash, column = key.removeprefix(head).partition("/")
            if row == SIZES or theme_of.get(row, row) in themes:
                named.append(f"{_table(heads[head])} · {row} · {_column(heads[head], column)}")
        if named:
            yield _(
                "The numbers differ from those of {name}, published on {date} ({n}: {cells}). Whoever has both files "
                "can compare them: withdraw the older one, or publish later, when more has changed."
            ).format(
                n=len(named), name=output.name, date=output.at[:10],
                cells=", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else ""),
            )  # fmt: skip
        elif number in public.outdated:
            yield _(
                "What {name}, published on {date}, tells is no longer so. Whoever has both files can compare them: "
                "withdraw the older one, or publish later, when more has changed."
            ).format(name=output.name, date=output.at[:10])


def _table(table: PublicTable) -> str:
    return _("group") if table.by == "group" else table.by


def _column(table: PublicTable, key: str) -> str:
    """How a column is called in the user's language; one that only the earlier file has keeps its key."""
    kinds = {"all": _("all together"), "none": _("not told"), "other": _("others")}
    called = {each.key: kinds.get(each.kind) or each.label.get(current_language()) for each in table.columns}
    return called.get(key) or key
