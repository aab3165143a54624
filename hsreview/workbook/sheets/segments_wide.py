"""One row per segment and one 0/1 column per code: opens straight in R, SPSS or a pivot table."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hsreview.model.dataset import CodedSegment
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan, Scale
from hsreview.workbook.styles import CENTRE, COUNT, ID, TEXT

_CODES = 3
"""The column of the first code."""


def write(context: Context, book: Book, order: int) -> None:
    """One row per stretch of text, whatever the number of codes on it."""
    words = context.words
    shown = [row.code_id for row in context.matrices.groups.rows if row.code_id is not None]
    codes = {code_id: position for position, code_id in enumerate(shown)}
    columns = [
        Column(words("segment_id"), 20, ID, repeat=True),
        Column(words("group"), 14, TEXT),
        Column(words("text"), 50, TEXT),
        *(Column(context.places[code].code.ref, 3.3, CENTRE, upright=True) for code in shown),
    ]
    part = len(columns)
    columns += [
        Column(words("part"), 8, CENTRE),
        Column(words("interview"), 18, ID),
        Column(words("reading_state"), 11),
        Column(words("respondent"), 16),
        Column(words("speaker"), 14),
        Column(words("turn"), 8, COUNT),
        Column(words("sentence"), 8, COUNT),
        Column(words("start"), 9, COUNT),
        Column(words("end"), 9, COUNT),
        Column(words("words"), 8, COUNT),
        Column(words("language"), 9),
        *context.attribute_columns(),
    ]
    plan = Plan(
        "segments_wide",
        words.title("segments_wide"),
        table_columns(columns),
        table="segments_wide",
        part=part,
        on_screen=words("note_on_screen"),
        header_height=60,
        scales=(Scale(_CODES, _CODES + len(codes) - 1, 1),) if codes else (),
    )
    sheet = book.sheet(plan, order)
    for together in _by_span(context):
        segment, coding = together[0], together[0].coding
        transcript = context.transcripts[segment.transcript_id]
        person = context.respondent(segment)
        marks: list[Value] = [0] * len(codes)
        for one in together:
            marks[codes[one.coding.code_id]] = 1
        sheet.row(
            [
                context.quote_id(segment),
                context.groups_of_segment(segment),
                segment.text,
                *marks,
                None,
                transcript.name,
                context.reading(transcript.id),
                person.name if person else None,
                segment.speaker,
                segment.turn,
                segment.sentence,
                coding.start,
                coding.end,
                context.dataset.segment_words.get(coding.id),
                transcript.language or None,
                *context.attribute_values(person, transcript),
            ]
        )


def _by_span(context: Context) -> Iterator[list[CodedSegment]]:
    """The codings of each stretch of text together, interview after interview, by start and end."""
    for _transcript, codings in groupby(context.dataset.segments, key=lambda s: s.transcript_id):
        ordered = sorted(codings, key=lambda s: (s.coding.start, s.coding.end))
        for _span, together in groupby(ordered, key=lambda s: (s.coding.start, s.coding.end)):
            yield list(together)
