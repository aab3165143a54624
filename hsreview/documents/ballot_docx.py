"""Ballots and tally sheets as a Word document to print on A4: large letters, no names, no row parted by a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from hsreview.documents.ballot_words import NO_BREAK, BallotWords, shortened
from hsreview.documents.docx_parts import (
    HEADING_FILL,
    add_field,
    add_row,
    add_table,
    clean,
    new_document,
    put,
    repeat_row,
    save,
    shade,
)
from hsreview.model.ballot_paper import BallotPaper, PaperRow, PaperTable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_SIZE, _LARGE, _BOX = 12, 13, 20
"""Points of the letters, of the words that are voted on, and of the boxes."""
_NUMBER, _WIDTH = 1.7, 17.2
"""Centimetres of the column of numbers, and between the margins."""
_COUNT, _SUM = 2.05, 1.65
"""Centimetres of a column of counts and of the sums."""
_BOXES = (2.8, 3.0, 2.8, 3.1, 3.4)
"""Centimetres of each box with its word."""
_LINES = 2
"""Ruled lines for words."""


def write_ballot_docx(paper: BallotPaper, path: Path) -> None:
    """Write the paper to `path` as .docx; raises OSError."""
    printer = _Printer(paper)
    printer.print()
    save(printer.document, path)


class _Printer:
    def __init__(self, paper: BallotPaper) -> None:
        from docx.shared import Pt

        self.paper, self.words = paper, BallotWords(paper)
        self.main = paper.languages[0]
        self.document = new_document(f"{self.words('ballot')} – {paper.meeting}", self.main)
        self.document.styles["Normal"].font.size = Pt(_SIZE)
        self._begun = False

    def print(self) -> None:
        for table in self.paper.copies:
            self.part("ballot", table)
            self.ballot(table)
        for table in self.paper.tables:
            self.part("tally", table)
            self.tally(table)

    def part(self, kind: str, table: PaperTable) -> None:
        """Begin a paper of its own: a new page, numbered from 1, with its name above every page."""
        from docx.enum.section import WD_SECTION
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        section = self.document.add_section(WD_SECTION.NEW_PAGE) if self._begun else self.document.sections[0]
        self._begun = True
        _number_from_one(section)
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        put(section.header.paragraphs[0], self.words.header(kind, table), grey=True)
        put(section.footer.paragraphs[0], f"{self.words('page')} ", grey=True)
        add_field(section.footer.paragraphs[0], "PAGE")
        section.footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def heading(self, kind: str, table: PaperTable) -> None:
        """What the paper is, of which meeting and table."""
        self.document.add_paragraph(clean(self.words(kind)), style="Title")
        put(self.document.add_paragraph(), self.paper.meeting, bold=True)
        where = self.words.place_and_date()
        put(self.document.add_paragraph(), " · ".join(filter(None, (where, self.words.facts()))))
        people = self.words.people(table)
        put(self.document.add_paragraph(), " · ".join(filter(None, (self.words.of_table(table), people))), bold=True)

    def sentences(self, told: list[tuple[str, str]]) -> None:
        """A paragraph in each language."""
        for language, text in told:
            self.put_in(self.document.add_paragraph(), language, text)

    def put_in(self, paragraph: Paragraph, language: str, text: str, size: int = 0) -> None:
        """Words at the end of a paragraph, grey in the second language."""
        from docx.shared import Pt

        other = language != self.main
        run = put(paragraph, text, grey=other, language=language if other else "")
        if size:
            run.font.size = Pt(size)

    def ballot(self, table: PaperTable) -> None:
        self.heading("ballot", table)
        self.sentences(self.words.by_language(self.paper.rule))
        self.sentences(self.words.sentences("how"))
        widths = (_NUMBER, _WIDTH - _NUMBER)
        grid = add_table(self.document, widths)
        for row in self.paper.rows:
            number, cell = add_row(grid, widths)
            self.numbered(number, row)
            self.row(cell, row)

    def numbered(self, cell: _Cell, row: PaperRow) -> None:
        """The number of a row, large, above its ref."""
        from docx.shared import Pt

        put(cell.paragraphs[0], str(row.number), bold=True).font.size = Pt(_BOX)
        put(cell.add_paragraph(), row.ref)
        shade(cell, HEADING_FILL)

    def row(self, cell: _Cell, row: PaperRow) -> None:
        """What one row says, what it rests on, the boxes, and lines for words."""
        first = cell.paragraphs[0]
        put(first, self.words.joined(row.kind), grey=True)
        for language, text in self.words.by_language(row.text):
            self.put_in(cell.add_paragraph(), language, text, _LARGE)
        for language, text in self.words.support(row.badge):
            self.put_in(cell.add_paragraph(), language, text)
        self.boxes(cell)
        lines = [cell.paragraphs[-1], *(cell.add_paragraph() for _line in range(_LINES - 1))]
        put(lines[0], self.words("own_words"), grey=True)
        for line in lines:
            _rule_below(line)

    def boxes(self, cell: _Cell) -> None:
        """A box for everything that one may vote, side by side."""
        from docx.shared import Cm, Pt

        grid = cell.add_table(1, len(_BOXES))
        grid.autofit = False
        _no_margins(grid)
        for column, place, width, vote in zip(grid.columns, grid.rows[0].cells, _BOXES, self.paper.votes, strict=True):
            column.width = place.width = Cm(width)
            paragraph = place.paragraphs[0]
            put(paragraph, "☐").font.size = Pt(_BOX)
            for number, (language, text) in enumerate(self.words.by_language(vote)):
                if number:
                    paragraph = place.add_paragraph()
                self.put_in(paragraph, language, f"\u00a0{text.replace(' ', NO_BREAK)}")

    def tally(self, table: PaperTable) -> None:
        self.heading("tally", table)
        self.sentences(self.words.sentences("count"))
        widths = (
            _NUMBER,
            _WIDTH - _NUMBER - len(self.paper.votes) * _COUNT - _SUM,
            *(_COUNT for _vote in self.paper.votes),
            _SUM,
        )
        grid = add_table(self.document, widths)
        headings = ("", self.words("what"), *map(self.words.joined, self.paper.votes), self.words.total(table))
        for cell, text in zip(add_row(grid, widths, keep_with_next=True), headings, strict=True):
            self.small(cell, text.replace(" / ", "\n"), bold=True)
            shade(cell, HEADING_FILL)
        for row in self.paper.rows:
            number, says, *_counts = add_row(grid, widths)
            put(number.paragraphs[0], str(row.number), bold=True)
            put(number.add_paragraph(), row.ref)
            self.small(says, shortened(row.text.get(self.main)))
        repeat_row(grid)

    def small(self, cell: _Cell, text: str, *, bold: bool = False) -> None:
        """Words that only say where one is."""
        from docx.shared import Pt

        put(cell.paragraphs[0], text, bold=bold).font.size = Pt(10 if not bold else 9)


def _number_from_one(section: Section) -> None:
    """The pages of a section count from 1."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    kind = OxmlElement("w:pgNumType")
    kind.set(qn("w:start"), "1")
    properties = section._sectPr
    for before in properties.findall(qn("w:pgNumType")):
        properties.remove(before)
    margins = properties.find(qn("w:pgMar"))
    assert margins is not None
    margins.addnext(kind)


def _no_margins(grid: Table) -> None:
    """The cells of a table have no room at their sides."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.insert_element_before(cast("BaseOxmlElement", margins), "w:tblLook")


def _rule_below(paragraph: Paragraph) -> None:
    """A line below a paragraph, with room to write above it."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    border = OxmlElement("w:pBdr")
    for name in ("bottom", "between"):
        line = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "6B7280")):
            line.set(qn(f"w:{key}"), value)
        border.append(line)
    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after = Pt(0), Pt(2)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(24)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        cast("BaseOxmlElement", border),
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )
