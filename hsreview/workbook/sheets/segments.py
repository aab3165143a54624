"""The tidy sheet: one row per coding."""

from __future__ import annotations

from hsreview.model.dataset import CodedSegment
from hsreview.workbook.book import Book
from hsreview.workbook.context import QUOTE, Context, table_columns
from hsreview.workbook.rowxml import Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, COUNT, ID, TEXT


def write(context: Context, book: Book, order: int) -> None:
    """One row per coding, in the order of the interviews; notes where those stand to which others lead."""
    words, codebook = context.words, context.dataset.codebook
    columns = [
        Column(words("quote_id"), 20, ID, repeat=True),
        Column(words("group"), 14, TEXT),
        Column(words("respondent"), 16),
        Column(words("code"), 8, ID, repeat=True),
        *(Column(h, 24, TEXT) for h in context.in_languages("label")),
        Column(words("text"), 80, TEXT),
        *(Column(words("translated", language=each), 60, TEXT) for each in context.dataset.languages_translated),
        Column(words("memo"), 32, TEXT),
        Column(words("star"), 9, CENTRE),
    ]
    printed = len(columns)
    columns += [
        Column(words("part"), 8, CENTRE),
        Column(words("interview"), 18, ID),
        Column(words("reading_state"), 11),
        Column(words("speaker"), 14),
        Column(words("role"), 12),
        Column(words("place"), 11, ID),
        Column(words("turn"), 8, COUNT),
        Column(words("sentence"), 8, COUNT),
        Column(words("start"), 9, COUNT),
        Column(words("end"), 9, COUNT),
        Column(words("words"), 8, COUNT),
        *(Column(h, 22) for h in context.level_headers()),
        Column(words("flags"), 16),
        *(Column(words.join(m.label) or m.ref, 14) for m in codebook.modifiers),
        Column(words("language"), 9),
        Column(words("kind"), 14),
        Column(words("date"), 12, ID),
        Column(words("wave"), 9, ID),
        Column(words("organisation"), 18),
        *context.attribute_columns(),
        Column(words("quotes_consent"), 14),
        Column(words("coder"), 14),
        Column(words("layer_column"), 14),
        Column(words("pass"), 9, ID),
        Column(words("origin"), 12),
        Column(words("created"), 24, ID),
        Column(words("coding_id"), 38, ID, repeat=True),
    ]
    plan = Plan(
        "segments", words.title("segments"), table_columns(columns), table="segments", part=printed, printed=printed
    )
    sheet = book.sheet(plan, order)
    row = _Rows(context)
    wanted = {pick.index for cell in context.matrices.quotes for pick in cell.picks}
    linked = bool(context.material.tables)
    for index, segment in enumerate(context.dataset.segments):
        here = sheet.row(row.values(segment))
        if linked or index in wanted:
            context.targets[index] = here


class _Rows:
    """The values of one coding; what is the same for many rows is looked up once."""

    def __init__(self, context: Context) -> None:
        self._context = context
        codebook, words = context.dataset.codebook, context.words
        self._labels = {i: context.texts(p.code.label) for i, p in context.places.items()}
        self._levels = {i: context.levels(p) for i, p in context.places.items()}
        self._flags = {f.ref: words.join(f.label) or f.ref for f in codebook.flags}
        self._values = {m.ref: {v.ref: words.join(v.label) or v.ref for v in m.values} for m in codebook.modifiers}
        self._coders = {c.id: c.name for c in context.dataset.coders.values()}
        self._readings = {t: context.reading(t) for t in context.transcripts}
        self._word: dict[tuple[str, str], str] = {}
        self._languages = context.dataset.languages_translated

    def _known(self, prefix: str, value: str) -> str:
        key = (prefix, value)
        if key not in self._word:
            self._word[key] = self._context.words.known(prefix, value)
        return self._word[key]

    def values(self, segment: CodedSegment) -> list[Value]:
        """In the order of the columns."""
        context, coding = self._context, segment.coding
        transcript = context.transcripts[segment.transcript_id]
        person = context.respondent(segment)
        modifiers = coding.modifiers
        return [
            context.quote_id(segment),
            context.groups_of_segment(segment),
            person.name if person else None,
            context.places[coding.code_id].code.ref,
            *self._labels[coding.code_id],
            segment.text,
            *(context.translations(segment, language) for language in self._languages),
            segment.memo or None,
            "★" if QUOTE in coding.flags else None,
            None,
            transcript.name,
            self._readings[transcript.id],
            segment.speaker,
            self._known("role", segment.role),
            segment.place,
            segment.turn,
            segment.sentence,
            coding.start,
            coding.end,
            context.dataset.segment_words.get(coding.id),
            *self._levels[coding.code_id],
            ", ".join(self._flags.get(f, f) for f in coding.flags) or None,
            *(_modifier(values, modifiers.get(ref)) for ref, values in self._values.items()),
            transcript.language or None,
            self._known("kind", transcript.kind.value),
            transcript.date or None,
            transcript.wave or None,
            context.organisation(person),
            *context.attribute_values(person, transcript),
            context.yes_no(context.matrices.quotable.get(person.id)) if person else None,
            self._coders.get(coding.coder_id, coding.coder_id),
            context.layer,
            coding.pass_ or None,
            self._known("origin", coding.origin.value),
            coding.created or None,
            coding.id,
        ]


def _modifier(values: dict[str, str], value: str | None) -> str | None:
    return None if value is None else values.get(value, value)
