"""Theme × interview: segments, presence, share of the respondents' words, side by side for each interview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsreview.model.dataset import Reading
from hsreview.model.tables import Grid, Measure, Number
from hsreview.model.transcript import Transcript
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, Scale, TopRow
from hsreview.workbook.styles import BAND, BASE, COUNT, EMPTY, ID, LINK, MEASURE, NOTE, SHARE, TEXT, TITLE, Look

_FIXED = 6
_BLOCKS = (("block_segments", MEASURE, 5.4), ("block_presence", MEASURE, 5), ("block_words", SHARE, 6.6))


def write(context: Context, book: Book, order: int) -> None:
    """One row per interview; only one that was reviewed shows zeros, and those merely begun are summed apart."""
    words, matrix = context.words, context.matrices.interviews
    count = len(matrix.rows)
    extra = context.dataset.review is not None
    first_block = _fixed(context)
    blocks = tuple(
        Column(header, width, replace(look, left_line=first), upright=True)
        for _key, look, width in _BLOCKS
        for header, first in zip(_headers(context), (True, *[False] * count), strict=False)
    )
    fixed = (
        Column(words("interview"), 22, ID),
        Column(words("group"), 14, TEXT),
        Column(words("reading_state"), 14 if context.dataset.unsettled else 11),
        Column(words("respondents"), 11, COUNT),
        Column(words("respondent_words"), 11, COUNT),
        *(
            (Column(words("second_reader"), 16, replace(TEXT, indent=1)), Column(words("consensus_status"), 16, TEXT))
            if extra
            else ()
        ),
        Column(words("segments_all"), 10, COUNT),
    )
    assert len(fixed) == first_block
    plan = Plan(
        "theme_interview",
        words.title("theme_interview"),
        (*fixed, *blocks),
        top=_top(context),
        scales=tuple(
            Scale(first_block + block * count, first_block + (block + 1) * count - 1, top)
            for block, top in enumerate((None, 1, None))
            if count
        ),
        header_height=165 if len(words.languages) == 1 else 260,
    )
    sheet = book.sheet(plan, order)
    for column, transcript in enumerate(context.dataset.transcripts):
        sheet.row(_values(context, column, transcript))


def _fixed(context: Context) -> int:
    """How many columns stand before the themes."""
    return _FIXED + (2 if context.dataset.review is not None else 0)


def _headers(context: Context) -> list[str]:
    """The themes; one that the layer never uses says so."""
    never = f" ({context.words('never_used')})"
    matrix = context.matrices.interviews
    return [
        context.theme_labels[theme.key] + ("" if any(line) else never)
        for theme, line in zip(matrix.rows, matrix.values[Measure.SEGMENTS], strict=True)
    ]


def _top(context: Context) -> tuple[TopRow, ...]:
    words, matrix = context.words, context.matrices.interviews
    count = len(matrix.rows)
    band: list[Value] = [None] * _fixed(context)
    for key, _look, _width in _BLOCKS:
        band += [Styled(words(key), BAND), *[Styled(None, BAND)] * (count - 1)][:count]
    return (
        [Styled(words("title_theme_interview"), TITLE)],
        [Styled(context.basis, NOTE)],
        band,
        *_sums(context, Reading.REVIEWED),
        *(_sums(context, Reading.BEGUN) if context.dataset.begun else ()),
    )


def _sums(context: Context, reading: Reading) -> tuple[TopRow, TopRow]:
    """Segments, and interviews that mention, over the interviews in one state."""
    words, dataset = context.words, context.dataset
    state = [dataset.reading(t.id) is reading for t in dataset.transcripts]

    def over(grid: Grid) -> list[Number]:
        return [sum(n or 0 for n, chosen in zip(line, state, strict=False) if chosen) for line in grid]

    values = context.matrices.interviews.values
    segments, mentioning = over(values[Measure.SEGMENTS]), over(values[Measure.INTERVIEWS])
    none, zero = [None] * len(segments), 0 if reading is Reading.REVIEWED else "–"
    told = words(f"total_{reading}"), words(f"mentioning_{reading}", n=sum(state))
    return (
        _sum_row(context, told[0], sum(segments), [*(n or zero for n in segments), *none, *none]),
        _sum_row(context, told[1], None, [*none, *(n or zero for n in mentioning), *none]),
    )


def _sum_row(context: Context, label: str, whole: Number | None, cells: Sequence[Number | str | None]) -> TopRow:
    left = replace(BASE, align="left")
    values = [
        Styled(label, left),
        *[Styled(None, BASE)] * (_fixed(context) - 2),
        Styled(whole, replace(BASE, align="right")),
    ]
    return [*values, *(Styled(cell, BASE) for cell in cells)]


_UNSAID = Styled("–", EMPTY)
"""Nothing can be said: not a zero."""


def _values(context: Context, column: int, transcript: Transcript) -> list[Value]:
    matrix, reading = context.matrices.interviews, context.dataset.reading(transcript.id)
    people = [p for p in context.dataset.respondents_of.get(transcript.id, ()) if p in context.dataset.respondents]
    all_words = matrix.columns[column].base.get(Measure.WORDS)
    fixed: list[Value] = [
        transcript.name,
        context.groups_of(transcript),
        context.reading(transcript.id),
        len(people),
        all_words,
    ]
    if context.dataset.review is not None:
        fixed += [context.readers(transcript.id), context.consensus_status(transcript.id)]
    if reading in (Reading.NOT_READ, Reading.UNSETTLED):
        return [*fixed, _UNSAID, *(_block(["–"] * len(matrix.rows), EMPTY) * len(_BLOCKS))]
    segments = [line[column] or 0 for line in matrix.values[Measure.SEGMENTS]]
    shares = _shares(context, [line[column] for line in matrix.values[Measure.WORDS]], all_words)
    cells: list[Value] = [*segments, *(int(n > 0) for n in segments), *shares]
    if reading is Reading.BEGUN:
        cells = [_so_far(cell, position, len(segments)) for position, cell in enumerate(cells)]
    return [*fixed, sum(segments), *_linked(context, transcript, segments, cells)]


def _linked(
    context: Context, transcript: Transcript, segments: Sequence[Number], cells: Sequence[Value]
) -> list[Value]:  # fmt: skip
    """The cells, those of the first block with a link to the codings behind them."""
    linked = list(cells)
    for position, theme in enumerate(context.matrices.interviews.rows):
        link = context.cell_links.get(("theme_interview", theme.key, transcript.id))
        if link:
            cell = cells[position]
            look = cell.look if isinstance(cell, Styled) else replace(_BLOCKS[0][1], left_line=position == 0)
            linked[position] = Styled(segments[position], replace(look, link=True, ink=LINK.ink), link)
    return linked


def _so_far(cell: Value, position: int, count: int) -> Value:
    """A cell of an interview that was begun: what was found in italics, and no zero."""
    block, theme = divmod(position, count)
    if cell == 0:
        return Styled("–", replace(EMPTY, left_line=theme == 0))
    if isinstance(cell, Styled):
        return cell
    return Styled(cell, replace(_BLOCKS[block][1], italic=True, left_line=theme == 0))


def _shares(context: Context, words: Sequence[Number | None], all_words: int | None) -> list[Value]:
    if all_words is None or None in words:
        return _block([context.words("not_a_number")] * len(words), context.emptiness)
    if not all_words:
        return _block([context.words("nobody")] * len(words), context.emptiness)
    return [(n or 0) / all_words for n in words]


def _block(texts: list[str], look: Look) -> list[Value]:
    """The cells of one block, its left line kept."""
    return [Styled(text, replace(look, left_line=i == 0)) for i, text in enumerate(texts)]
