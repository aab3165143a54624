"""What changed since an earlier export: coding by coding, and theme by theme."""

from __future__ import annotations

from hsreview.model.since import Changes
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled
from hsreview.workbook.sheet import Column, Plan, TopRow
from hsreview.workbook.styles import CENTRE, COUNT, ID, NOTE, TEXT


def wanted(context: Context) -> bool:
    """Whether an earlier export was named."""
    return context.material.changes is not None


def _changes(context: Context) -> Changes:
    changes = context.material.changes
    assert changes is not None
    return changes


def _top(context: Context) -> tuple[TopRow, ...]:
    changes = _changes(context)
    since = context.words("since", made=changes.made, layer=changes.layer)
    return ([Styled(since, NOTE)], [Styled(context.basis, NOTE)])


def write(context: Context, book: Book, order: int) -> None:
    """One row per coding that was added, removed or changed."""
    words = context.words
    columns = (
        Column(words("change"), 12),
        Column(words("quote_id"), 22, ID, repeat=True),
        Column(words("code"), 9, ID),
        Column(words("what_changed"), 18, TEXT),
        Column(words("before"), 60, TEXT),
        Column(words("now_is"), 60, TEXT),
        Column(words("part"), 8, CENTRE),
        Column(words("coding_id"), 38, ID, repeat=True),
    )
    top = (*_top(context), [Styled(words("about_quote_ids"), NOTE)])
    sheet = book.sheet(Plan("changes", words.title("changes"), columns, top=top, part=6, printed=6), order)
    for each in _changes(context).codings:
        fields = ", ".join(words(f"field_{name}") for name in each.fields)
        sheet.row(
            [
                words(f"change_{each.kind}"), each.quote_id, each.code, fields or None, each.before or None,
                each.now or None, None, each.coding_id,
            ]
        )  # fmt: skip


def write_themes(context: Context, book: Book, order: int) -> None:
    """One row per theme: segments and starred quotes then and now."""
    words = context.words
    heads = (
        "segments_before", "segments_now", "difference", "change_added", "change_removed", "change_changed",
        "stars_before", "stars_now",
    )  # fmt: skip
    columns = (Column(words("theme"), 44, TEXT), *(Column(words(head), 13, COUNT) for head in heads))
    sheet = book.sheet(Plan("changes_themes", words.title("changes_themes"), columns, top=_top(context)), order)
    for each in _changes(context).themes:
        name = context.theme_labels[each.theme_id] if each.theme_id else words("gone_theme")
        sheet.row(
            [
                name, each.before, each.now, each.now - each.before, each.added, each.removed, each.changed,
                each.stars_before, each.stars_now,
            ]
        )  # fmt: skip
