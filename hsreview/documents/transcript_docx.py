"""A coded transcript as a Word document, for partners who read: the words on the left, the codes in the margin.

The margin is a column of a table, because comments are not printed by every program and hide the page on a small
screen. Coded words have the colour of their code and stand between the numbers of their segment: `[3 … 3]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from hsreview.documents.docx_parts import (
    FILLS,
    HEADING_FILL,
    LINE,
    add_row,
    add_table,
    clean,
    new_document,
    put,
    repeat_row,
    save,
    set_header_and_footer,
    shade,
)
from hsreview.model.localized import Localized
from hsreview.model.text import Span, Turn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_WORDS = {
    "codes": Localized(fr="Codes utilisés", en="Codes used"),
    "code": Localized(fr="Code", en="Code"),
    "definition": Localized(fr="Définition", en="Definition"),
    "segments": Localized(fr="Segments", en="Segments"),
    "interview": Localized(fr="Entretien", en="Interview"),
    "margin": Localized(fr="Codes", en="Codes"),
    "confidential": Localized(fr="CONFIDENTIEL", en="CONFIDENTIAL"),
    "reading": Localized(
        fr="Les passages codés sont en couleur, entre les numéros de leur segment ; la marge dit quels codes ils "
        "portent. Le texte figure tel qu’enregistré.",
        en="Coded passages are in colour, between the numbers of their segment; the margin says which codes they "
        "bear. The text stands as stored.",
    ),
}
_WIDTHS = (11.4, 5.8)
_CODE_WIDTHS = (5.2, 10.0, 2.0)
_BLOCK = 500
"""Characters after which a long turn goes on in a new row, so that codes stay beside their words."""
_DEFAULT_FILL = "E5E7EB"
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])[^*\n]*[^\s*]\1(?![\w*])")
"""Words between single or double asterisks, as Markdown marks them: italic or bold."""


@dataclass(frozen=True, slots=True)
class MarginCode:
    """One coding in the margin."""

    ref: str
    label: str
    hue: str = ""
    marks: tuple[str, ...] = ()
    """Modifiers and flags in words."""


@dataclass(frozen=True, slots=True)
class MarginSegment:
    """A coded stretch `[start, end)` of the text, with everything that was put on it."""

    start: int
    end: int
    codes: tuple[MarginCode, ...]
    translations: tuple[str, ...] = ()
    """What it says in other languages, each with its translator."""


@dataclass(frozen=True, slots=True)
class UsedCode:
    """A code of the list at the end."""

    ref: str
    label: str
    definition: str
    segments: int
    hue: str = ""


@dataclass(frozen=True, slots=True)
class CodedTranscript:
    """Everything that the document says."""

    title: str
    facts: Sequence[tuple[str, str]]
    """What the codings rest on: name and value."""
    text: str
    turns: Sequence[Turn]
    questions: frozenset[int]
    """Numbers of the turns that interviewers speak."""
    sentences: Sequence[Span]
    segments: Sequence[MarginSegment]
    """By start."""
    codes: Sequence[UsedCode]
    language: str
    """`fr` or `en`: that of labels and headings."""
    text_language: str = ""
    """That of the text, when it is known."""


def write_transcript_docx(transcript: CodedTranscript, path: Path) -> None:
    """Write the document to `path` as .docx; raises OSError."""
    printer = _Printer(transcript)
    printer.print()
    save(printer.document, path)


class _Printer:
    def __init__(self, transcript: CodedTranscript) -> None:
        self.of = transcript
        self.document = new_document(transcript.title, transcript.language)
        self.colon = "\u00a0: " if transcript.language == "fr" else ": "
        self.numbers = {(each.start, each.end): number for number, each in enumerate(transcript.segments, 1)}
        self.emphasis = [(*found.span(), len(found[1])) for found in _EMPHASIS.finditer(transcript.text)]
        known = transcript.text_language in ("fr", "en") and transcript.text_language != transcript.language
        self.foreign = transcript.text_language if known else ""

    def word(self, key: str) -> str:
        return _WORDS[key].get(self.of.language)

    def print(self) -> None:
        set_header_and_footer(self.document, f"{self.word('confidential')} · {self.of.title}")
        self.document.add_paragraph(clean(self.of.title), style="Title")
        for name, value in self.of.facts:
            if not value:
                continue
            paragraph = self.document.add_paragraph()
            put(paragraph, name + self.colon, grey=True)
            put(paragraph, value)
        put(self.document.add_paragraph(), self.word("reading"), grey=True)
        table = add_table(self.document, _WIDTHS)
        _only_middle_line(table)
        for cell, key in zip(add_row(table, _WIDTHS, keep_with_next=True), ("interview", "margin"), strict=True):
            put(cell.paragraphs[0], self.word(key), bold=True)
            shade(cell, HEADING_FILL)
        for turn in self.of.turns:
            for start, end in self.blocks(turn):
                self.block(table, turn, start, end)
        repeat_row(table)
        self.codes()

    def blocks(self, turn: Turn) -> Iterator[Span]:
        """What was said, in stretches that end with a sentence."""
        start, last = turn.label_end, turn.label_end + len(turn.said(self.of.text))
        for sentence, _end in self.of.sentences:
            if start < sentence < last and sentence - start >= _BLOCK:
                yield start, sentence
                start = sentence
        yield start, last

    def block(self, table: Table, turn: Turn, start: int, end: int) -> None:
        said, margin = add_row(table, _WIDTHS)
        first = start == turn.label_end
        paragraph = said.paragraphs[0]
        if first and turn.speaker is not None:
            put(paragraph, turn.speaker + self.colon, bold=True)
        self.words(paragraph, start, end, question=turn.number in self.of.questions)
        # What begins in the label or in the line ends is listed beside the turn's first or last words.
        begins = turn.start if first else start
        ends = turn.end if end == turn.label_end + len(turn.said(self.of.text)) else end
        here = [each for each in self.of.segments if begins <= each.start < ends]
        for number, segment in enumerate(here):
            self.note(margin.paragraphs[0] if number == 0 else margin.add_paragraph(), segment)

    def words(self, paragraph: Paragraph, start: int, end: int, *, question: bool) -> None:
        """The words `[start, end)`, each stretch in the colour of the shortest segment over it."""
        over = [each for each in self.of.segments if each.start < end and each.end > start]
        ends = {p for each in over for p in (each.start, each.end)}
        ends |= {p for first, last, n in self.emphasis for p in (first, first + n, last - n, last)}
        cuts = sorted({start, end, *(p for p in ends if start <= p <= end)})
        for position, following in zip(cuts, [*cuts[1:], None], strict=True):
            for each in over:
                if each.end == position and position > start:
                    self.mark(paragraph, f"{self.number(each)}]")
            if following is None:
                break
            for each in over:
                if each.start == position or (position == start and self.begins_in_label(each, start)):
                    self.mark(paragraph, f"[{self.number(each)}")
            stars = self.stars(position)
            if stars is None:
                continue
            run = put(paragraph, self.of.text[position:following], grey=question, language=self.foreign)
            run.italic, run.bold = stars == 1 or None, stars == 2 or None
            covering = [each for each in over if each.start <= position and each.end >= following]
            if covering:
                shortest = min(covering, key=lambda each: each.end - each.start)
                _shade_run(run, _fill(shortest.codes[0].hue))

    def stars(self, position: int) -> int | None:
        """How many asterisks stand on either side of the words here; null where the asterisks themselves are."""
        for first, last, n in self.emphasis:
            if first <= position < last:
                return n if first + n <= position < last - n else None
        return 0

    def begins_in_label(self, segment: MarginSegment, start: int) -> bool:
        return any(turn.label_end == start and turn.start <= segment.start < start for turn in self.of.turns)

    def number(self, segment: MarginSegment) -> int:
        return self.numbers[segment.start, segment.end]

    def mark(self, paragraph: Paragraph, text: str) -> None:
        from docx.shared import Pt

        run = put(paragraph, text, bold=True, grey=True)
        run.font.superscript, run.font.size = True, Pt(11)

    def note(self, paragraph: Paragraph, segment: MarginSegment) -> None:
        from docx.shared import Pt

        for number, code in enumerate(segment.codes):
            line = paragraph if number == 0 else _after(paragraph)
            line.paragraph_format.space_after = Pt(1)
            paragraph = line
            put(line, f"{self.number(segment)}\u00a0" if number == 0 else "\u2003", grey=True).font.size = Pt(8.5)
            ref = put(line, code.ref, bold=True)
            _shade_run(ref, _fill(code.hue))
            ref.font.size = Pt(8.5)
            put(line, f" {code.label}").font.size = Pt(8.5)
            if code.marks:
                put(line, f" ({', '.join(code.marks)})", grey=True).font.size = Pt(8.5)
        for words in segment.translations:
            paragraph = _after(paragraph)
            paragraph.paragraph_format.space_after = Pt(1)
            put(paragraph, f"\u2003⇄ {words}", grey=True).font.size = Pt(8.5)

    def codes(self) -> None:
        """The codes that the margin names, with what they mean."""
        if not self.of.codes:
            return
        self.document.add_heading(self.word("codes"), 1)
        table = add_table(self.document, _CODE_WIDTHS)
        headings = (self.word("code"), self.word("definition"), self.word("segments"))
        for cell, heading in zip(add_row(table, _CODE_WIDTHS, keep_with_next=True), headings, strict=True):
            put(cell.paragraphs[0], heading, bold=True)
            shade(cell, HEADING_FILL)
        for code in self.of.codes:
            name, definition, count = add_row(table, _CODE_WIDTHS)
            put(name.paragraphs[0], f"{code.ref} ", bold=True)
            put(name.paragraphs[0], code.label)
            shade(name, _fill(code.hue))
            put(definition.paragraphs[0], code.definition)
            put(count.paragraphs[0], str(code.segments))
        repeat_row(table)


def _fill(hue: str) -> str:
    return FILLS.get(hue, _DEFAULT_FILL)


def _after(paragraph: Paragraph) -> Paragraph:
    """A new paragraph below `paragraph`, in the same cell."""
    from docx.oxml import OxmlElement
    from docx.text.paragraph import Paragraph as Made

    element = OxmlElement("w:p")
    paragraph._p.addnext(element)
    return Made(element, paragraph._parent)  # type: ignore[arg-type]


def _shade_run(run: Run, fill: str) -> None:
    """Colour the ground of the words of `run`; `fill` is RRGGBB."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    properties = run._r.get_or_add_rPr()
    # The schema wants the shading before the superscript and the language.
    properties.insert_element_before(
        cast("BaseOxmlElement", shading), "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em", "w:lang"
    )


def _only_middle_line(table: Table) -> None:
    """No lines but the one between the words and the margin."""
    from docx.oxml.ns import qn

    for borders in table._tbl.tblPr.iter(qn("w:tblBorders")):
        for border in borders:
            if border.tag != qn("w:insideV"):
                border.set(qn("w:val"), "nil")
            else:
                border.set(qn("w:color"), LINE)
