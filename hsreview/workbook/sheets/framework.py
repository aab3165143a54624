"""Framework: cases × themes, each cell a written summary, its state, and the quotes that it rests on."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.framework_matrix import CaseKind, Cell, Empty
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, ID, SHORT, TEXT


def wanted(context: Context) -> bool:
    """Whether anything was summed up that may be shown."""
    return bool(context.material.framework)


def write(context: Context, book: Book, order: int) -> None:
    """One row per case of each kind that has summaries. A text longer than a cell continues in the next row."""
    words, matrices = context.words, context.material.framework
    themes = list({theme.id: theme for matrix in matrices for theme in matrix.themes}.values())
    attributes = list(dict.fromkeys(name for m in matrices for case in m.cases for name in case.attributes))
    columns = [
        Column(words("framework_cases"), 14, repeat=True),
        Column(words("framework_case"), 20, ID, repeat=True),
        Column(words("group"), 14),
        *(Column(name, 14, SHORT) for name in attributes),
        Column(words("part"), 8, CENTRE),
    ]
    part = len(columns) - 1
    for theme in themes:
        columns += [
            Column(context.theme_labels.get(theme.id, theme.ref), 50, TEXT),
            Column(f"{theme.ref} {words('framework_state')}", 11),
            Column(f"{theme.ref} {words('framework_rests')}", 18, ID),
        ]
    plan = Plan(
        "framework", words.title("framework"), table_columns(columns), table="framework", freeze=2, part=part
    )  # fmt: skip
    sheet = book.sheet(plan, order)
    quotes = {segment.coding.id: context.quote_id(segment) for segment in context.dataset.segments}
    for matrix in matrices:
        for case in matrix.cases:
            known = [case.attributes.get(name) for name in attributes]
            name = context.group(case.name) if matrix.kind is CaseKind.GROUP else case.name
            groups = ", ".join(context.group(ref) for ref in case.group.split(", ") if ref)
            row = [words(f"framework_{matrix.kind}"), name, groups or None, *known, None]
            for theme in themes:
                row += _cell(context, matrix.cell(case, theme), quotes)
            sheet.row(row)


def _cell(context: Context, cell: Cell, quotes: Mapping[str, str]) -> list[str | None]:
    """Summary, state and quote ids; for an empty cell the kind of empty."""
    words = context.words
    if cell.empty is not Empty.NO or cell.summary is None:
        return [None if cell.empty is Empty.TO_DO else words(f"framework_{cell.empty}"),
                words("framework_todo") if cell.empty is Empty.TO_DO else None, None]  # fmt: skip
    rests = [quotes[each] for each in cell.summary.segments if each in quotes]
    return [cell.text, words(f"framework_{cell.status}"), ", ".join(rests) or None]
