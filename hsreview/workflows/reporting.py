"""A report of one layer: review question → themes → summaries → quotes → who, with the methods and what is behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.codebook import Codebook, Question, Theme
from hsreview.model.dataset import CodedSegment, Dataset
from hsreview.model.framework_matrix import CaseKind, Cell, Charted
from hsreview.model.matrices import GroupBase, GroupCount, Matrices, ThemeGroupRow
from hsreview.model.people import Coder
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report
from hsreview.project.asked import asked
from hsreview.project.project import Project
from hsreview.project.summaries import summaries
from hsreview.review.blind import sight
from hsreview.workflows.exporting import complete_dataset
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output
from hsreview.workflows.quoted import Quote, State
from hsreview.workflows.quotes import quotes
from hsreview.workflows.report_methods import methods
from hsreview.workflows.report_words import word

FORMS = ("docx", "html", "md")
MOST_QUOTES = 6
"""Of one theme."""
_ORDER = (State.RELEASED, State.CHECKED, State.DRAFT)


@dataclass(frozen=True, slots=True)
class ReportExported:
    """A report that was written."""

    path: Path
    layer: str
    themes: int
    quotes: int
    """How many quotes it shows."""


def export_report(
    project: Project, path: Path, form: str, *, layer: str | None = None, lang: str = "fr",
    question: str | None = None, viewer: Coder | None = None, partial: bool = False,
    recipient: str = "",
) -> ReportExported:  # fmt: skip
    """Write the internal report of one layer as `form` (one of `FORMS`), of one review question or of all. It is put on
    record.

    Raises UsageProblem for a question that is not in the codebook, InputRefused when the layer holds work of others
    that `viewer` may not see yet, or when a reviewed transcript is not in the consensus (unless `partial`).
    """
    with project.snapshot():
        made = _Reporter(project, layer, lang, viewer, partial)
        report = made.report(question)
    with written(path) as spare:
        writer_of(form)(report, spare)
    record_output(project, viewer, path, "report", basis=made.dataset.basis, recipient=recipient)
    return ReportExported(
        path, made.dataset.basis.layer, made.themes, sum(isinstance(each, Quotation) for each in report.blocks)
    )


def writer_of(form: str) -> Callable[[Report, Path], None]:
    """What writes a report as a kind of file; it raises OSError."""
    if form == "html":
        from hsreview.documents.report_html import write_report_html

        return write_report_html
    if form == "md":
        from hsreview.documents.report_md import write_report_md

        return write_report_md
    from hsreview.documents.report_docx import write_report_docx

    return write_report_docx


def questions_of(book: Codebook, wish: str | None) -> list[Question]:
    """The review questions with that ref, or all. Raises UsageProblem with those there are."""
    found = [each for each in book.questions if wish is None or fold(each.ref) == fold(wish)]
    if not found and wish is not None:
        refs = ", ".join(each.ref for each in book.questions) or "–"
        raise UsageProblem(_("There is no review question {name}. There are: {names}").format(name=wish, names=refs))
    return found


def themes_of(book: Codebook, question: Question) -> list[Theme]:
    """The themes that serve a review question, in the order of the codebook."""
    return [
        theme
        for theme in book.themes
        if question.ref in theme.questions or any(question.ref in code.questions for code in theme.codes)
    ]


def chapters_of(book: Codebook, questions: Sequence[Question]) -> list[tuple[Question, list[Theme], list[Theme]]]:
    """Each question with its themes, and with those that stand under an earlier question already."""
    told: dict[str, None] = {}
    found = []
    for question in questions:
        themes = themes_of(book, question)
        found.append((question, [t for t in themes if t.id not in told], [t for t in themes if t.id in told]))
        told.update(dict.fromkeys(theme.id for theme in themes))
    return found


def chapter_head(question: Question, told: Sequence[Theme], lang: str) -> Iterator[Block]:
    """The question, and where to look for those of its themes that were told already."""
    text = question.text.get(lang)
    ref = word(lang, "question", ref=question.ref)
    yield Heading(1, f"{ref} · {text}" if text else ref)
    if told:
        yield Paragraph(word(lang, "told", themes=", ".join(theme.ref for theme in told)), note=True)


class _Reporter:
    def __init__(self, project: Project, layer: str | None, lang: str, viewer: Coder | None, partial: bool) -> None:
        from hsreview.analysis.layer_frame import LayerFrame
        from hsreview.analysis.matrices import matrices
        from hsreview.workflows.review_sheets import review

        self.project, self.lang, self.viewer = project, lang, viewer
        self.dataset: Dataset = complete_dataset(project, layer, lang=lang, viewer=viewer, partial=partial)
        self.matrices: Matrices = matrices(LayerFrame(self.dataset))
        self.review = review(project, viewer=viewer)
        self.themes = 0

    def say(self, key: str, **values: object) -> str:
        return word(self.lang, key, **values)

    def report(self, question: str | None) -> Report:
        basis, book = self.dataset.basis, self.dataset.codebook
        chosen = questions_of(book, question)
        blocks: list[Block] = [Paragraph(self.basis, note=True), Paragraph(self.say("reading"), note=True)]
        chapters = chapters_of(book, chosen)
        for chapter in chapters:
            blocks += self.chapter(*chapter)
        blocks.append(Heading(1, self.say("methods")))
        blocks += [
            Paragraph(text) for text in methods(self.project, self.dataset, self.matrices, self.review, self.lang)
        ]
        blocks += self.appendix([theme for _question, themes, _told in chapters for theme in themes])
        title = self.say("title", project=basis.project)
        if question is not None:
            title += f" · {', '.join(each.ref for each in chosen)}"
        footer = self.say("footer", tool=basis.tool, made=basis.made[:16].replace("T", " "))
        return Report(title, self.say("internal"), self.lang, blocks, footer)

    @property
    def layer(self) -> str:
        return self.say("consensus") if self.dataset.basis.layer_coder is None else self.dataset.basis.layer

    @property
    def basis(self) -> str:
        basis = self.dataset.basis
        line = self.say(
            "basis", layer=self.layer, reviewed=len(self.dataset.reviewed), all=len(self.dataset.transcripts),
            codings=len(self.dataset.segments), book=basis.codebook, version=basis.codebook_version,
        )  # fmt: skip
        begun = [self.say("begun", begun=len(self.dataset.begun))] if self.dataset.begun else []
        return "\n".join([line, *begun, *filter(None, [basis.selection])])

    def chapter(self, question: Question, themes: Sequence[Theme], told: Sequence[Theme]) -> Iterator[Block]:
        yield from chapter_head(question, told, self.lang)
        if themes:
            yield self.figure(themes)
        for theme in themes:
            self.themes += 1
            yield from self.theme(theme)

    # Who

    @cached_property
    def bases(self) -> list[tuple[int, GroupBase]]:
        """The groups with interviews reviewed, and all together where there are several."""
        *groups, whole = enumerate(self.matrices.groups.groups)
        heard = [each for each in groups if each[1].reviewed]
        return [*heard, whole] if len(heard) != 1 else heard

    def group(self, base: GroupBase) -> str:
        return self.say("everybody") if base.group is None else self.group_named(base.group)

    def group_named(self, ref: str) -> str:
        known = {group.ref: group.label.get(self.lang) for group in self.dataset.codebook.groups}
        return known.get(ref) or ref or self.say("no_group")

    @cached_property
    def rows(self) -> Mapping[tuple[str, str | None], ThemeGroupRow]:
        return {(row.theme_id, row.code_id): row for row in self.matrices.groups.rows}

    def figure(self, themes: Sequence[Theme]) -> Figure:
        shown = [each for each in self.bases if each[1].group is not None] or self.bases
        series = tuple(self.say("group_n", group=self.group(base), n=base.reviewed) for _n, base in shown)
        rows = [
            (
                f"{theme.ref} · {theme.label.get(self.lang)}",
                tuple(self.rows[theme.id, None].counts[n].interviews for n, _base in shown),
            )
            for theme in themes
        ]
        return Figure(self.say("figure"), series, rows)

    def of(self, n: int, everybody: int) -> str:
        return self.say("of", n=n, all=everybody) if everybody else self.say("nobody")

    def theme(self, theme: Theme) -> Iterator[Block]:
        yield Heading(2, f"{theme.ref} · {theme.label.get(self.lang)}")
        if definition := theme.definition.get(self.lang):
            yield Paragraph(definition)
        row = self.rows[theme.id, None]
        yield from self.summaries(theme)
        if not row.counts[-1].segments:
            yield Paragraph(self.say("never"))
            return
        yield from self.quotes(theme)
        yield Heading(3, self.say("who"))
        heads = ("group", "interviews", "respondents", "organisations", "segments")
        yield Grid(
            tuple(map(self.say, heads)),
            [(self.group(base), *self.numbers(base, row.counts[n])) for n, base in self.bases],
        )
        yield self.codes(theme)

    def numbers(self, base: GroupBase, count: GroupCount) -> tuple[str, ...]:
        return (
            self.of(count.interviews, base.reviewed),
            self.of(count.respondents, base.respondents),
            self.of(count.organisations, base.organisations),
            str(count.segments),
        )

    def codes(self, theme: Theme) -> Grid:
        codes = {place.code.id: place.code for place in self.dataset.codebook.codes()}

        def cells(row: ThemeGroupRow) -> tuple[str, ...]:
            code = codes[row.code_id or ""]
            counts = (self.of(row.counts[n].interviews, base.reviewed) for n, base in self.bases)
            return (code.ref, code.label.get(self.lang), *counts)

        rows = [
            cells(row)
            for (theme_id, code), row in self.rows.items()
            if theme_id == theme.id and code is not None and row.counts[-1].segments
        ]
        heads = (self.say("code"), self.say("label"), *(self.group(base) for _n, base in self.bases))
        return Grid(heads, rows)

    # Summaries and quotes

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the framework matrix that hold a summary which the reader may see."""
        from hsreview.analysis.framework_matrix import framework_matrix

        seen = sight(self.project.connection, self.viewer).transcript
        given = asked(self.project.connection)
        found = []
        for kind in CaseKind:
            if texts := [each for each in summaries(self.project.connection, kind) if each.text]:
                matrix = framework_matrix(self.dataset, kind, texts, given, seen=seen)
                found += [each for each in matrix.cells.values() if each.text]
        return found

    def summaries(self, theme: Theme) -> Iterator[Block]:
        here = [each for each in self.cells if each.theme.id == theme.id]
        if here:
            yield Heading(3, self.say("summaries"))
        for each in here:
            draft = "" if each.status is Charted.CHECKED else f" {self.say('summary_draft')}"
            name = self.group_named(each.case.id) if each.case.kind is CaseKind.GROUP else each.case.name
            yield Paragraph(f"{name}{draft} – {each.text}")

    @cached_property
    def starred(self) -> list[Quote]:
        """What the consent allows to show, or does not forbid; the release state is told with it."""
        return [each for each in quotes(self.project, viewer=self.viewer) if each.allowed is not False]

    @cached_property
    def places(self) -> Mapping[str, str]:
        return {place.code.id: place.theme.id for place in self.dataset.codebook.codes()}

    @cached_property
    def spans(self) -> Mapping[tuple[str, int, int], list[CodedSegment]]:
        found: dict[tuple[str, int, int], list[CodedSegment]] = {}
        for segment in self.dataset.segments:
            found.setdefault((segment.transcript_id, segment.coding.start, segment.coding.end), []).append(segment)
        return found

    def quotes(self, theme: Theme) -> Iterator[Block]:
        """Quotes on segments of this layer that bear the theme: released ones first, one of each interview in turn."""
        here: list[tuple[Quote, CodedSegment]] = []
        for quote in self.starred:
            same = self.spans.get((quote.transcript_id, quote.start, quote.end), [])
            segment = next((s for s in same if self.places.get(s.coding.code_id) == theme.id), None)
            if segment is not None and quote.transcript_id in self.dataset.reviewed:
                here.append((quote, segment))
        yield Heading(3, self.say("quotes"))
        if not here:
            yield Paragraph(self.say("no_quotes"), note=True)
            return
        shown = _in_turn(here)[:MOST_QUOTES]
        if len(shown) < len(here):
            yield Paragraph(self.say("quotes_shown", shown=len(shown), n=len(here)), note=True)
        for quote, segment in shown:
            yield self.quotation(quote, segment)

    def quotation(self, quote: Quote, segment: CodedSegment) -> Quotation:
        person = quote.respondent
        marks = [self.say(f"state_{quote.state}"), self.say("consent_unknown") if quote.allowed is None else ""]
        transcript = next(t for t in self.dataset.transcripts if t.id == quote.transcript_id)
        group = (person.group if person else "") or transcript.group
        names = {coder.id: coder.name for coder in self.dataset.coders.values()}
        return Quotation(
            self.say("quote", text=quote.text),
            self.say(
                "source", who=person.name if person else self.say("someone"), group=self.group_named(group),
                id=f"{quote.transcript}:{segment.number}",
            ),
            " ".join(filter(None, marks)),
            tuple(
                self.say("translation", language=language, by=names.get(each.get("by", ""), "?"), text=each["text"])
                for language, each in sorted(quote.translations.items())
            ),
        )  # fmt: skip

    # What is behind the numbers

    def appendix(self, themes: Sequence[Theme]) -> Iterator[Block]:
        names = {t.id: t.name for t in self.dataset.transcripts}
        wanted = {theme.id for theme in themes}
        behind: dict[str, list[str]] = {}
        for each in self.dataset.segments:
            if each.transcript_id in self.dataset.reviewed and self.places.get(each.coding.code_id) in wanted:
                behind.setdefault(each.coding.code_id, []).append(f"{names[each.transcript_id]}:{each.number}")
        yield Heading(1, self.say("appendix"))
        yield Paragraph(self.say("appendix_note"), note=True)
        yield Grid(
            (self.say("code"), self.say("segments")),
            [
                (place.code.ref, ", ".join(behind[place.code.id]))
                for place in self.dataset.codebook.codes()
                if place.code.id in behind
            ],
        )


def _in_turn(found: Sequence[tuple[Quote, CodedSegment]]) -> list[tuple[Quote, CodedSegment]]:
    """Released before checked before drafts; within each, every interview has its turn."""
    turns: dict[tuple[State, str], int] = {}
    placed: list[tuple[int, int, int, Quote, CodedSegment]] = []
    for quote, segment in found:
        key = (quote.state, quote.transcript_id)
        turns[key] = turns.get(key, 0) + 1
        placed.append((_ORDER.index(quote.state), turns[key], len(placed), quote, segment))
    return [(quote, segment) for _state, _turn, _order, quote, segment in sorted(placed, key=lambda each: each[:3])]
