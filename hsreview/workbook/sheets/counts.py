"""Counts: theme × group as one row per number's place, so that a pivot table or R can take it as it is."""

from __future__ import annotations

from hsreview.model.matrices import GroupBase, GroupCount
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import COUNT, ID, TEXT

_PAIRS = (("interviews", "reviewed"), ("respondents", "respondents"), ("organisations", "organisations"))
"""What is counted → the n that it is of."""


def write(context: Context, book: Book, order: int) -> None:
    """One row per theme or code and group; all groups together are a group of their own."""
    words = context.words
    columns = [
        Column(words("question"), 10, ID),
        Column(words("level_of_row"), 10),
        Column(words("theme_ref"), 10, ID),
        Column(words("code_ref"), 10, ID),
        *(Column(h, 34, TEXT) for h in context.in_languages("label")),
        Column(words("group"), 20, TEXT),
    ]
    for counted, _of in _PAIRS:
        columns += [Column(words(counted), 13, COUNT), Column(words(f"{counted}_n"), 13, COUNT)]
    columns += [Column(words("short_segments"), 11, COUNT), Column(words("short_begun"), 13, COUNT)]
    screen = words("note_on_screen")
    plan = Plan("counts", words.title("counts"), table_columns(columns), table="counts", on_screen=screen)
    sheet = book.sheet(plan, order)
    themes = {theme.id: theme for theme in context.dataset.codebook.themes}
    for row in context.matrices.groups.rows:
        theme = themes[row.theme_id]
        code = context.places[row.code_id].code if row.code_id is not None else None
        named: list[Value] = [
            ", ".join(theme.questions) or None,
            words("row_theme" if code is None else "row_code"),
            theme.ref,
            None if code is None else code.ref,
            *context.texts((code or theme).label),
        ]
        for base, count in zip(context.matrices.groups.groups, row.counts, strict=True):
            group = words("all_groups") if base.group is None else context.group_title(base.group)
            sheet.row([*named, group, *_numbers(base, count)])


def _numbers(base: GroupBase, count: GroupCount) -> list[Value]:
    """Each number with its n; none where the n is 0, because nobody could mention anything."""
    numbers: list[Value] = []
    for counted, of in _PAIRS:
        n: int = getattr(base, of)
        numbers += [getattr(count, counted) if n else None, n]
    return [*numbers, count.segments if base.reviewed else None, count.begun]
