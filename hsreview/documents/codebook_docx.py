"""The codebook as a Word document to print: for day one, and for partners who install nothing.

In one language a code is a small table of its rules; in both, French stands left of English.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.documents.docx_parts import (
    FILLS,
    HEADING_FILL,
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
from hsreview.model.codebook import Code, Codebook, CodePlace, Status, Theme
from hsreview.model.localized import Localized

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_WORDS = {
    "version": Localized(fr="Version", en="Version"),
    "questions": Localized(fr="Questions de revue", en="Review questions"),
    "overview": Localized(fr="Vue d’ensemble", en="Overview"),
    "rules": Localized(fr="Règles de codage", en="Coding rules"),
    "modifiers": Localized(fr="Modificateurs", en="Modifiers"),
    "flags": Localized(fr="Drapeaux", en="Flags"),
    "passes": Localized(fr="Ordre de travail", en="Working order"),
    "groups": Localized(fr="Groupes de répondants", en="Respondent groups"),
    "guide": Localized(fr="Guide d’entretien", en="Interview guide"),
    "codes": Localized(fr="Codes", en="Codes"),
    "code": Localized(fr="Code", en="Code"),
    "label": Localized(fr="Libellé", en="Label"),
    "key": Localized(fr="Touche", en="Key"),
    "values": Localized(fr="Valeurs", en="Values"),
    "applies": Localized(fr="S’applique à", en="Applies to"),
    "all": Localized(fr="tous", en="all"),
    "question": Localized(fr="Question", en="Question"),
    "asked": Localized(fr="Posée à", en="Asked of"),
    "first": Localized(fr="D’abord", en="First"),
    "then": Localized(fr="Ensuite", en="Then"),
    "definition": Localized(fr="Définition", en="Definition"),
    "use": Localized(fr="Quand l’utiliser", en="When to use"),
    "not_use": Localized(fr="Quand ne pas l’utiliser", en="When not to use"),
    "example": Localized(fr="Exemple", en="Example"),
    "proposed": Localized(fr="code proposé", en="proposed code"),
    "retired": Localized(fr="n’est plus utilisé", en="no longer used"),
    "written": Localized(fr="Écrit d’abord pour", en="Written first for"),
}
_FIELDS = ("definition", "use", "not_use", "example")
_WIDTH = 17.2
"""Room between the margins in centimetres."""


def write_codebook_docx(codebook: Codebook, path: Path, lang: str = "both") -> None:
    """Write `codebook` to `path` as .docx; `lang` is `fr`, `en` or `both`. Raises OSError.

    Merged and refused codes are left out; a text that one language lacks is shown in the other.
    """
    languages = ("fr", "en") if lang == "both" else (lang,)
    printer = _Printer(codebook, languages)
    printer.print()
    save(printer.document, path)


class _Printer:
    def __init__(self, book: Codebook, languages: Sequence[str]) -> None:
        self.book = book
        self.languages = languages
        self.main = languages[0]
        self.titles = list(dict.fromkeys(filter(None, (book.title.get(lang) for lang in languages)))) or [book.ref]
        self.document = new_document(self.titles[0], self.main)
        set_header_and_footer(self.document, f"{book.ref} · {self.word('version')} {book.version}")
        self.group_labels = {group.ref: group.label for group in book.groups}
        for group in book.groups:
            self.group_labels |= group.subgroup_labels

    def joined(self, text: Localized) -> str:
        """`text` in every language of the document, each once."""
        return " / ".join(dict.fromkeys(filter(None, (text.get(language) for language in self.languages))))

    def word(self, key: str) -> str:
        return self.joined(_WORDS[key])

    def print(self) -> None:
        book = self.book
        self.document.add_paragraph(clean(self.titles[0]), style="Title")
        for title in self.titles[1:]:
            put(self.document.add_paragraph(style="Heading 2"), title, grey=True, language=self.languages[1])
        facts = [book.ref, f"{self.word('version')} {book.version}", book.status]
        put(self.document.add_paragraph(), " · ".join(filter(None, facts)), grey=True)
        if book.provenance:
            put(self.document.add_paragraph(), book.provenance, language="en" if self.main != "en" else "")
        self.questions()
        self.overview()
        self.rules()
        self.modifiers()
        self.working_order()
        self.guide()
        for theme in book.themes:
            self.theme(theme)

    def heading(self, text: str, level: int = 1) -> Paragraph:
        paragraph: Paragraph = self.document.add_heading(clean(text), level)
        paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def texts(self, cell: _Cell, text: Localized, *, bold: bool = False) -> None:
        """`text` in every language, one paragraph each; the second in grey."""
        from docx.shared import Pt

        for number, language in enumerate(self.languages):
            own = text.get(language)
            if number and own == text.get(self.main):
                continue
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(2)
            put(paragraph, own, bold=bold and number == 0, grey=number > 0, language=language if number else "")

    def table(
        self, headings: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Localized | str]]
    ) -> None:
        """A table with a heading row that is repeated on every page."""
        table = add_table(self.document, widths)
        for cell, heading in zip(add_row(table, widths, keep_with_next=True), headings, strict=True):
            put(cell.paragraphs[0], heading, bold=True)
            shade(cell, HEADING_FILL)
        for row in rows:
            for cell, value in zip(add_row(table, widths), row, strict=True):
                if isinstance(value, Localized):
                    self.texts(cell, value)
                else:
                    put(cell.paragraphs[0], value)
        repeat_row(table)

    def questions(self) -> None:
        if not self.book.questions:
            return
        self.heading(self.word("questions"))
        widths = (1.6, _WIDTH - 1.6)
        table = add_table(self.document, widths)
        for question in self.book.questions:
            cells = add_row(table, widths)
            put(cells[0].paragraphs[0], question.ref, bold=True)
            if question.hue:
                shade(cells[0], FILLS[question.hue])
            self.texts(cells[1], question.text)

    def overview(self) -> None:
        """Every code on a page or two: what lies beside the keyboard."""
        places = [place for place in self.book.codes() if _shown(place.code)]
        if not places:
            return
        self.heading(self.word("overview"))
        each = (_WIDTH - 1.6) / len(self.languages)
        widths = (1.6, *(each for _language in self.languages))
        table = add_table(self.document, widths)
        theme: Theme | None = None
        for place in places:
            if place.theme is not theme:
                theme = place.theme
                self._overview_row(table, widths, theme.ref, theme.label, heading=True)
            indent = "\u2003" * len(place.parents)
            cells = self._overview_row(table, widths, place.code.ref, place.code.label, indent=indent)
            shade(cells[0], FILLS.get(self.book.hue_of(place), "FFFFFF"))

    def _overview_row(
        self,
        table: object,
        widths: Sequence[float],
        ref: str,
        label: Localized,
        *,
        heading: bool = False,
        indent: str = "",
    ) -> list[_Cell]:
        from docx.shared import Pt
        from docx.table import Table

        assert isinstance(table, Table)
        cells = add_row(table, widths, keep_with_next=heading)
        texts = [ref, *(indent + label.get(language) for language in self.languages)]
        for cell, text in zip(cells, texts, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
            put(paragraph, text, bold=heading)
            if heading:
                shade(cell, HEADING_FILL)
        return cells

    def rules(self) -> None:
        if self.book.rules:
            self.heading(self.word("rules"))
            for text in self.book.rules.values():
                for number, language in enumerate(self.languages):
                    style = "List Bullet" if number == 0 else "List Continue"
                    paragraph = self.document.add_paragraph(style=style)
                    put(paragraph, text.get(language), grey=number > 0, language=language if number else "")

    def modifiers(self) -> None:
        if self.book.modifiers:
            self.heading(self.word("modifiers"))
            self.table(
                [self.word("key"), self.word("modifiers"), self.word("values"), self.word("applies")],
                (2.0, 6.2, 6.4, 2.6),
                [
                    (
                        modifier.key,
                        _below(modifier.label, modifier.question),
                        "\n".join(f"{v.key}  {self.joined(v.label) or v.ref}" for v in modifier.values),
                        self.word("all") if modifier.applies_to == ("*",) else ", ".join(modifier.applies_to),
                    )
                    for modifier in self.book.modifiers
                ],
            )
        if self.book.flags:
            self.heading(self.word("flags"))
            headings = [self.word("key"), self.word("flags"), self.word("label")]
            self.table(headings, (2.0, 3, _WIDTH - 5.0), [(f.key, f.ref, f.label) for f in self.book.flags])

    def working_order(self) -> None:
        if self.book.groups:
            self.heading(self.word("groups"))
            for group in self.book.groups:
                paragraph = self.document.add_paragraph()
                put(paragraph, self.joined(group.label) or group.ref, bold=True)
                parts = [self.joined(group.subgroup_labels.get(ref, Localized())) or ref for ref in group.subgroups]
                put(paragraph, " – " + "; ".join(parts) if parts else "")
        if self.book.passes:
            self.heading(self.word("passes"))
            headings = [self.word("passes"), self.word("first"), self.word("then")]
            rows = [(pass_.label, ", ".join(pass_.themes), ", ".join(pass_.then)) for pass_ in self.book.passes]
            self.table(headings, (8, 4.6, 4.6), rows)

    def guide(self) -> None:
        if not self.book.guide:
            return
        self.heading(self.word("guide"))
        self.table(
            ["", self.word("question"), self.word("questions"), self.word("asked")],
            (1.3, 9.3, 2.8, 3.8),
            [
                (item.ref, item.text, ", ".join(item.questions), self.group_names(item.groups) or self.word("all"))
                for item in self.book.guide
            ],
        )

    def group_names(self, refs: Iterable[str]) -> str:
        return ", ".join(self.joined(self.group_labels.get(ref, Localized())) or ref for ref in refs)

    def theme(self, theme: Theme) -> None:
        places = [place for place in self.book.codes() if place.theme is theme and _shown(place.code)]
        self.heading(f"{theme.ref} · {self.joined(theme.label)}").paragraph_format.page_break_before = (
            theme is self.book.themes[0]
        )
        for number, language in enumerate(self.languages):
            text = theme.definition.own(language)
            if text:
                put(self.document.add_paragraph(), text, grey=number > 0, language=language if number else "")
        for place in places:
            self.code(place)

    def code(self, place: CodePlace) -> None:
        code = place.code
        first = 2.9
        rest = (_WIDTH - first) / len(self.languages)
        widths = (first, *(rest for _language in self.languages))
        table = add_table(self.document, widths)
        heading = add_row(table, widths, keep_with_next=True)
        put(heading[0].paragraphs[0], code.ref, bold=True)
        for cell, language in zip(heading[1:], self.languages, strict=True):
            above = "".join(f"{parent.label.get(language)} › " for parent in place.parents)
            put(cell.paragraphs[0], above, grey=True)
            put(cell.paragraphs[0], code.label.get(language), bold=True, language=language)
        for cell in heading:
            shade(cell, FILLS.get(self.book.hue_of(place), HEADING_FILL))
        rows = [(self.word(key), getattr(code, key)) for key in _FIELDS if getattr(code, key)]
        for number, (label, text) in enumerate(rows):
            cells = add_row(table, widths, keep_with_next=number < len(rows) - 1)
            put(cells[0].paragraphs[0], label.replace(" / ", "\n"), grey=True)
            for cell, language in zip(cells[1:], self.languages, strict=True):
                put(cell.paragraphs[0], text.own(language), language=language)
        self._facts(place)

    def _facts(self, place: CodePlace) -> None:
        """A line below the table: questions, the group the code was written for, and its status."""
        from docx.shared import Pt

        code = place.code
        facts = [" · ".join(place.questions)]
        if code.primary_group:
            facts.append(f"{self.word('written')}{_colon(self.main)} {self.group_names([code.primary_group])}")
        if code.status is not Status.ACTIVE:
            facts.append(self.word(str(code.status)))
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(2), Pt(10)
        put(paragraph, " · ".join(filter(None, facts)), grey=True)


def _shown(code: Code) -> bool:
    return code.status in (Status.ACTIVE, Status.PROPOSED, Status.RETIRED)


def _below(first: Localized, second: Localized) -> Localized:
    return Localized(*("\n".join(filter(None, (first.own(x), second.own(x)))) for x in ("fr", "en")))


def _colon(language: str) -> str:
    return "\u00a0:" if language == "fr" else ":"
