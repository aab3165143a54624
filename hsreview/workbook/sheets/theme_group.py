"""Theme × group: of how many interviews and respondents of each group, how many mention a theme or a code."""

from __future__ import annotations

from dataclasses import replace

from hsreview.model.matrices import MIN_PEOPLE, GroupBase, GroupCount, NoShare, ThemeGroupRow
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, Scale, TopRow
from hsreview.workbook.styles import (
    BAND,
    BASE,
    EMPTY,
    ID,
    LINK,
    MEASURE,
    NOTE,
    PERCENT,
    SHORT,
    TEXT,
    TITLE,
    Look,
    themed,
)

_FIXED = 2


def write(context: Context, book: Book, order: int) -> None:
    """Rows are themes with their codes grouped below; the cells read “3 / 12” and hold the number 3.

    The 12 are the interviews reviewed; where some were merely begun, they have a column of their own.
    """
    words, matrix = context.words, context.matrices.groups
    with_organisations = any(base.organisations for base in matrix.groups)
    measures = _Measures(context, with_organisations, any(base.begun for base in matrix.groups))
    columns = [
        Column(words("code"), 8, ID),
        Column(words("theme_or_code"), 44, TEXT),
        *(column for base in matrix.groups for column in measures.columns(base)),
        Column(words("state"), 16, SHORT),
    ]
    plan = Plan(
        "theme_group",
        words.title("theme_group"),
        tuple(columns),
        top=_top(context, measures),
        freeze=2,
        scales=tuple(measures.scales(matrix.groups)),
        outline=True,
    )
    sheet = book.sheet(plan, order)
    for row in matrix.rows:
        sheet.row(_values(context, measures, row), theme=row.code_id is None, outline=0 if row.code_id is None else 1)


class _Measures:
    """The columns that every group has."""

    def __init__(self, context: Context, with_organisations: bool, with_begun: bool) -> None:
        self._words = context.words
        begun = ["begun"] if with_begun else []
        organisations = ["organisations"] if with_organisations else []
        self._keys = ["interviews", *begun, "respondents", *organisations, "segments"]
        self.width = len(self._keys) + 1

    def columns(self, base: GroupBase) -> list[Column]:
        """Interviews, those begun, respondents, organisations, segments, share."""
        looks = [self._look(key, base) for key in self._keys]
        looks[0] = replace(looks[0], left_line=True)
        named = zip(self._keys, looks, strict=True)
        return [
            *(Column(self._words(f"short_{key}"), 12, look) for key, look in named),
            Column(self._words("share"), 12, PERCENT),
        ]

    def bases(self, base: GroupBase) -> list[Value]:
        """The n of every column."""
        reasons = {
            NoShare.NONE: f"n = {base.respondents}",
            NoShare.EMPTY: self._words("nobody"),
            NoShare.SMALL: self._words("small_n", least=MIN_PEOPLE),
        }
        cells = [None if key == "segments" else _n(key, base) for key in self._keys]
        return [*(Styled(n, BASE) for n in cells), Styled(reasons[base.no_share], replace(BASE, wrap=True))]

    def cells(self, base: GroupBase, count: GroupCount, used: bool, theme: bool) -> list[Value]:
        """What one group says of one theme or code."""

        def cell(key: str) -> Value:
            if _n("interviews" if key == "segments" else key, base) == 0:
                return Styled(self._words("nobody"), themed(EMPTY) if theme else EMPTY)
            number: int = getattr(count, key)
            if key == "begun" and not number:
                return Styled("–", themed(EMPTY) if theme else EMPTY)
            if used:
                return number
            return Styled(number, replace(self._look(key, base), italic=True, ink=EMPTY.ink))

        return [*(cell(key) for key in self._keys), count.share]

    def scales(self, groups: tuple[GroupBase, ...]) -> list[Scale]:
        """Colour by the share of the group, so that groups of different size compare (not what was only begun)."""
        result = []
        for position, base in enumerate(groups):
            for offset, key in enumerate(self._keys):
                n = 0 if key in ("segments", "begun") else _n(key, base)
                if n:
                    column = _FIXED + position * self.width + offset
                    result.append(Scale(column, column, n))
        return result

    @staticmethod
    def _look(key: str, base: GroupBase) -> Look:
        return MEASURE if key == "segments" else replace(MEASURE, format=f'0" / {_n(key, base)}"')


def _n(key: str, base: GroupBase) -> int:
    if key == "interviews":
        return base.reviewed
    return {"begun": base.begun, "respondents": base.respondents, "organisations": base.organisations}[key]


def _top(context: Context, measures: _Measures) -> tuple[TopRow, ...]:
    words, bases = context.words, context.matrices.groups.groups
    band: list[Value] = [None] * _FIXED
    label = replace(BASE, align="left", wrap=True)
    heard: list[Value] = [Styled(None, BASE), Styled(words("base_reviewed"), label)]
    whole: list[Value] = [Styled(None, BASE), Styled(words("base_project"), label)]
    for base in bases:
        name = words("all_groups") if base.group is None else context.group_title(base.group)
        band += [Styled(name, BAND), *[Styled(None, BAND)] * (measures.width - 1)]
        heard += measures.bases(base)
        whole += [Styled(base.interviews, BASE), *[Styled(None, BASE)] * (measures.width - 1)]
    return (
        [Styled(words("title_theme_group"), TITLE)],
        [Styled(context.basis, NOTE)],
        band,
        whole,
        heard,
    )


def _values(context: Context, measures: _Measures, row: ThemeGroupRow) -> list[Value]:
    theme = row.code_id is None
    if row.code_id is None:
        name = next(t for t in context.dataset.codebook.themes if t.id == row.theme_id)
        ref, label = name.ref, Styled(context.words.join(name.label), themed(TEXT))
    else:
        place = context.places[row.code_id]
        ref = place.code.ref
        label = Styled(context.words.join(place.code.label), replace(TEXT, indent=1 + len(place.parents)))
    cells = [
        cell
        for base, count in zip(context.matrices.groups.groups, row.counts, strict=True)
        for cell in _linked(context, row, base, measures.cells(base, count, row.used, theme))
    ]
    return [ref, label, *cells, None if row.used else context.words("never_used")]


def _linked(context: Context, row: ThemeGroupRow, base: GroupBase, cells: list[Value]) -> list[Value]:
    """The cells of a theme in one group, the first of them with a link to the codings behind it."""
    column = "*" if base.group is None else base.group
    link = context.cell_links.get(("theme_group", row.theme_id, column)) if row.code_id is None else None
    if link and isinstance(cells[0], int):
        look = themed(replace(MEASURE, format=f'0" / {base.reviewed}"', left_line=True, link=True, ink=LINK.ink))
        return [Styled(cells[0], look, link), *cells[1:]]
    return cells
