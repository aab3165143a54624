"""Theme × interview: segments, presence, share of the respondents' words, side by side for each interview."""

from __future__ import annotations

from dataclasses import replace

from hsreview.model.matrices import InterviewRow
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, Scale, TopRow
from hsreview.workbook.styles import BAND, BASE, COUNT, ID, MEASURE, NOTE, SHARE, TEXT, TITLE, Look

_FIXED = 6
_BLOCKS = (("block_segments", MEASURE, 5.4), ("block_presence", MEASURE, 5), ("block_words", SHARE, 6.6))


def write(context: Context, book: Book, order: int) -> None:
    """One row per interview; an interview that was not read says so instead of showing zeros."""
    words, matrix = context.words, context.matrices.interviews
    count = len(matrix.themes)
    blocks = tuple(
        Column(header, width, replace(look, left_line=first), upright=True)
        for _key, look, width in _BLOCKS
        for header, first in zip(_headers(context), (True, *[False] * count), strict=False)
    )
    fixed = (
        Column(words("interview"), 22, ID),
        Column(words("group"), 14, TEXT),
        Column(words("read"), 7),
        Column(words("respondents"), 11, COUNT),
        Column(words("respondent_words"), 11, COUNT),
        Column(words("segments_all"), 10, COUNT),
    )
    assert len(fixed) == _FIXED
    plan = Plan(
        "theme_interview",
        words.title("theme_interview"),
        (*fixed, *blocks),
        top=_top(context),
        scales=tuple(
            Scale(_FIXED + block * count, _FIXED + (block + 1) * count - 1, top)
            for block, top in enumerate((None, 1, None))
            if count
        ),
        header_height=165 if len(words.languages) == 1 else 260,
    )
    sheet = book.sheet(plan, order)
    for row in matrix.rows:
        sheet.row(_values(context, row))


def _headers(context: Context) -> list[str]:
    """The themes; one that the layer never uses says so."""
    never = f" ({context.words('never_used')})"
    matrix = context.matrices.interviews
    return [
        context.theme_labels[theme] + ("" if used else never)
        for theme, used in zip(matrix.themes, matrix.segments, strict=True)
    ]


def _top(context: Context) -> tuple[TopRow, ...]:
    words, matrix = context.words, context.matrices.interviews
    count = len(matrix.themes)
    band: list[Value] = [None] * _FIXED
    for key, _look, _width in _BLOCKS:
        band += [Styled(words(key), BAND), *[Styled(None, BAND)] * (count - 1)][:count]
    read = sum(row.read for row in matrix.rows)
    return (
        [Styled(words("title_theme_interview"), TITLE)],
        [Styled(context.basis, NOTE)],
        band,
        _sums(words("total_segments"), sum(matrix.segments), [*matrix.segments, *[None] * (2 * count)]),
        _sums(words("mentioning_of", n=read), None, [*[None] * count, *matrix.mentioning, *[None] * count]),
    )


def _sums(label: str, whole: int | None, cells: list[int | None]) -> TopRow:
    left = replace(BASE, align="left")
    values = [Styled(label, left), *[Styled(None, BASE)] * (_FIXED - 2), Styled(whole, replace(BASE, align="right"))]
    return [*values, *(Styled(cell, BASE) for cell in cells)]


def _values(context: Context, row: InterviewRow) -> list[Value]:
    transcript = context.transcripts[row.transcript_id]
    people = [p for p in context.dataset.respondents_of.get(transcript.id, ()) if p in context.dataset.respondents]
    groups = dict.fromkeys(context.group(context.dataset.respondents[p].group) for p in people)
    fixed: list[Value] = [
        transcript.name,
        context.group(transcript.group) or ", ".join(filter(None, groups)) or None,
        context.words("yes" if row.read else "no"),
        len(people),
        row.respondent_words,
    ]
    if not row.read:
        unknown = context.words("not_read")
        look = context.emptiness
        return [*fixed, Styled(unknown, look), *(_block([unknown] * len(row.segments), look) * len(_BLOCKS))]
    presence = [int(n > 0) for n in row.segments]
    return [*fixed, sum(row.segments), *row.segments, *presence, *_shares(context, row)]


def _shares(context: Context, row: InterviewRow) -> list[Value]:
    if row.words is None:
        return _block([context.words("not_a_number")] * len(row.segments), context.emptiness)
    if not row.respondent_words:
        return _block([context.words("nobody")] * len(row.segments), context.emptiness)
    return [n / row.respondent_words for n in row.words]


def _block(texts: list[str], look: Look) -> list[Value]:
    """The cells of one block, its left line kept."""
    return [Styled(text, replace(look, left_line=i == 0)) for i, text in enumerate(texts)]
