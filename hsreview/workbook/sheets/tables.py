"""The sheets of matrices: one writer for every table, side by side where their rows are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from hsreview.model.tables import PEOPLE, Header, Measure, Table, Why
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, Scale, Sheet, TopRow
from hsreview.workbook.styles import BAND, BASE, EMPTY, ID, LINK, MEASURE, NOTE, TEXT, TITLE, Look

_MANY = 20
"""With more columns than this, their names stand upright."""
_FEW = 2_000
"""Of a table with more cells than this, only the first measure has links."""
Named = tuple[str, Table]
"""The key of a table among the material, and the table."""
_DECIMAL = replace(MEASURE, format="0.00")


def tables_of(context: Context, key: str) -> list[Named]:
    """The tables that the sheet called `key` draws."""
    found = context.material.tables.items()
    return [(name, table) for name, table in found if name == key or name.startswith(f"{key}:")]


def sheet_of(key: str) -> tuple[Callable[[Context, Book, int], None], Callable[[Context], bool]]:
    """The writer of the sheet called `key`, and whether there is anything for it to draw."""
    return (lambda context, book, order: _write(context, book, order, key)), (lambda c: bool(tables_of(c, key)))


def _write(context: Context, book: Book, order: int, key: str) -> None:
    words, drawn = context.words, tables_of(context, key)
    stacked = drawn[0][1].kind == "co-occurrence"
    beside = drawn[:1] if stacked else drawn
    heads = [header for _name, table in beside for header in table.columns]
    differs = any(row.about.get("how") for _name, table in drawn for row in table.rows)
    # What is counted stands in every row: where it says how codes meet, it would make each two lines tall.
    counted = Column(words("counted"), 42 if stacked else 20, TEXT)
    fixed = [counted, Column(words("ref"), 10, ID), Column(words("row_label"), 40, TEXT)]
    fixed += [Column(words("how"), 34, TEXT)] if differs else []
    upright = len(heads) > _MANY
    width = 5.5 if stacked else 8 if upright else 14
    names = [h.ref if stacked else column_name(context, h) for h in heads]
    columns = [*fixed, *(Column(name, width, MEASURE, upright=upright) for name in names)]
    parts = [[each] for each in drawn] if stacked else [drawn]
    plan = Plan(
        key, words.title(key), tuple(columns), top=_top(context, key, beside, len(fixed)), freeze=len(fixed),
        header_height=90 if upright and not stacked else None, scales=tuple(_scales(parts, len(fixed))),
    )  # fmt: skip
    sheet = book.sheet(plan, order)
    for part in parts:
        for measure in part[0][1].measures:
            _measure_rows(context, sheet, part, measure, differs)


def _scales(parts: Sequence[Sequence[Named]], fixed: int) -> Iterator[Scale]:
    """A colour scale for the rows of each measure, and for each table on its own; all together is left out."""
    row = 0
    for part in parts:
        for measure in part[0][1].measures:
            row += _has_base(part, measure)
            column = fixed
            for _name, table in part:
                shown = sum(header.kind != "all" for header in table.columns)
                if shown and table.rows:
                    yield Scale(column, column + shown - 1, rows=(row, row + len(table.rows) - 1))
                column += len(table.columns)
            row += len(part[0][1].rows)


def _has_base(part: Sequence[Named], measure: Measure) -> bool:
    return any(header.base.get(measure) is not None for _name, table in part for header in table.columns)


def _top(context: Context, key: str, beside: Sequence[Named], fixed: int) -> tuple[TopRow, ...]:
    words = context.words
    notes = dict.fromkeys(words(f"note_{n.key}", n=n.n) for _name, table in beside for n in table.notes)
    top: list[TopRow] = [
        [Styled(words(f"title_{key}"), TITLE)],
        [Styled(context.basis, NOTE)],
        [Styled(words("note_reviewed"), NOTE)],
        *([[Styled(words("note_linked"), NOTE)]] if context.cell_links else []),
        *([Styled(note, NOTE)] for note in notes),
    ]
    if len(beside) > 1:
        band: list[Value] = [None] * fixed
        for _name, table in beside:
            name = words.known("detail", table.detail)
            band += [Styled(name, BAND), *[Styled(None, BAND)] * (len(table.columns) - 1)]
        top.append(band)
    return tuple(top)


def _measure_rows(context: Context, sheet: Sheet, part: Sequence[Named], measure: Measure, differs: bool) -> None:
    """The rows of one measure: the n of every column, then the rows of the tables."""
    words = context.words
    counted = words(f"counted_{measure}")
    if part[0][1].kind == "co-occurrence":
        counted = f"{counted} · {words.known('detail', part[0][1].detail)}"
    fill: list[Value] = [None] if differs else []
    bases = [header.base.get(measure) for _name, table in part for header in table.columns]
    if _has_base(part, measure):
        label = [Styled(counted, replace(BASE, align="left")), Styled(words("base_row"), BASE), Styled(None, BASE)]
        sheet.row(
            [*label, *(Styled(None, BASE) for _each in fill), *(Styled(base, BASE) for base in bases)], theme=True
        )
    for number, row in enumerate(part[0][1].rows):
        how: list[Value] = [_how(context, part[0][1], row)] if differs else []
        cells = [
            _cell(context, name, table, number, column, measure)
            for name, table in part
            for column in range(len(table.columns))
        ]
        sheet.row([counted, _ref(row), words.join(row.label) or row.ref, *how, *cells])


def _cell(context: Context, name: str, table: Table, row: int, column: int, measure: Measure) -> Value:
    """A number, of how many where it has an n, linked to the codings behind it; or why there is none."""
    value, why = table.value(row, column, measure), table.reason(row, column)
    link = ""
    if measure is table.measures[0] or len(table.rows) * len(table.columns) <= _FEW:
        link = context.cell_links.get((name, table.rows[row].key, table.columns[column].key), "")
    # Asked in vain is more than a zero, and a zero of what was only begun is less.
    unsaid = why is Why.SILENT or (why is Why.SO_FAR and not value) or why is Why.NOBODY
    if value is None or unsaid:
        return Styled(context.words(f"why_{why}"), context.emptiness, link) if why and why is not Why.SELF else None
    look = _DECIMAL if measure is Measure.JACCARD else MEASURE
    base = table.base(row, column, measure)
    if base is not None and measure in PEOPLE and table.columns[column].kind != "speaker":
        look = replace(look, format=f'0" / {base}"')
    if why in (Why.SO_FAR, Why.SELF):
        look = replace(look, italic=True, ink=EMPTY.ink)
    return Styled(value, _linked(look), link) if link else Styled(value, look)


def _linked(look: Look) -> Look:
    return replace(look, link=True, ink=LINK.ink)


def column_name(context: Context, header: Header) -> str:
    """The header of a column."""
    words = context.words
    if header.kind == "all":
        return words("all_together")
    if header.kind in ("used", "new", "total"):
        return words(f"column_{header.kind}")
    around = header.about.get("interview") or header.about.get("modifier") or ""
    if header.kind == "none":
        return f"{words('without')} {around}".rstrip()
    label = words.join(header.label)
    name = f"{header.ref} · {label}" if header.kind in ("theme", "code") and label else label or header.ref
    place = header.about.get("place", "")
    return " · ".join(part for part in (around, name, place) if part) or words("no_group")


def row_name(context: Context, header: Header) -> str:
    """A row in full."""
    label = context.words.join(header.label)
    return f"{header.ref} · {label}" if label and label != header.ref else header.ref


def _ref(row: Header) -> str | None:
    return row.ref if row.kind in ("theme", "code", "question") else row.about.get("date")


def _how(context: Context, table: Table, row: Header) -> str | None:
    """How groups differ about a row."""
    names = {header.key: column_name(context, header) for header in table.columns}
    about = {
        key: ", ".join(names.get(each, each) for each in value.split(", "))
        for key, value in row.about.items()
        if key in ("who", "positive", "negative")
    }
    return context.words(row.about["how"], **about) if row.about.get("how") else None
