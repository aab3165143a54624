"""A report of one layer: review question → themes → summaries → quotes → who, with the methods and what is behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from hsreview.model.codebook import Question, Theme
from hsreview.model.dataset import Dataset
from hsreview.model.matrices import GroupBase, GroupCount, Matrices, ThemeGroupRow
from hsreview.model.people import Coder
from hsreview.model.report import Block, Figure, Grid, Heading, Paragraph, Quotation, Report
from hsreview.project.project import Project
from hsreview.workflows.exporting import complete_dataset
from hsreview.workflows.files import written
from hsreview.workflows.outputs import record_output
from hsreview.workflows.quoted import State
from hsreview.workflows.report_chapters import chapter_head, chapters_of, questions_of
from hsreview.workflows.report_methods import methods
from hsreview.workflows.report_voices import Voices
from hsreview.workflows.report_words import word

FORMS = ("docx", "html", "md")
MOST_QUOTES = 6
"""Of one theme."""
_ORDER = (State.RELEASED, State.CHECKED, State.DRAFT)

Behind = Mapping[str, Sequence[int]]
"""Name of an interview → the numbers of its segments behind a code."""


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
        made = _Reporter(project, layer, lang, viewer, partial, recipient)
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


class _Reporter:
    def __init__(
        self, project: Project, layer: str | None, lang: str, viewer: Coder | None, partial: bool, recipient: str
    ) -> None:
        from hsreview.analysis.layer_frame import LayerFrame
        from hsreview.analysis.matrices import matrices
        from hsreview.workflows.review_sheets import review

        self.project, self.lang, self.viewer = project, lang, viewer
        self.dataset: Dataset = complete_dataset(
            project, layer, lang=lang, viewer=viewer, partial=partial, recipient=recipient
        )  # fmt: skip
        self.matrices: Matrices = matrices(LayerFrame(self.dataset))
        self.review = review(project, viewer=viewer)
        self.voices = Voices(project, self.dataset, lang, viewer, self.group_named, recipient)
        self.themes = 0

    def say(self, key: str, **values: object) -> str:
        return word(self.lang, key, **values)

    def report(self, question: str | None) -> Report:
        basis, book = self.dataset.basis, self.dataset.codebook
        chosen = questions_of(book, question)
        chapters = chapters_of(book, chosen)
        behind = self.behind([theme for _question, themes, _told in chapters for theme in themes])
        blocks: list[Block] = [
            Paragraph(self.basis(sum(len(ids) for places in behind.values() for ids in places.values())), note=True),
            Paragraph(self.say("reading"), note=True),
        ]
        for chapter in chapters:
            blocks += self.chapter(*chapter)
        blocks.append(Heading(1, self.say("methods")))
        blocks += [
            Paragraph(text) for text in methods(self.project, self.dataset, self.matrices, self.review, self.lang)
        ]
        blocks += self.appendix(behind)
        title = self.say("title", project=basis.project)
        if question is not None:
            title += f" · {', '.join(each.ref for each in chosen)}"
        footer = self.say("footer", tool=basis.tool, made=basis.made[:16].replace("T", " "))
        return Report(title, self.say("internal"), self.lang, blocks, footer)

    @property
    def layer(self) -> str:
        return self.say("consensus") if self.dataset.basis.layer_coder is None else self.dataset.basis.layer

    def basis(self, codings: int) -> str:
        """What the numbers rest on; `codings` are those behind them."""
        basis = self.dataset.basis
        line = self.say(
            "basis", layer=self.layer, reviewed=len(self.dataset.reviewed), all=len(self.dataset.transcripts),
            codings=codings, book=basis.codebook, version=basis.codebook_version,
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
        yield from self.voices.summaries(theme)
        if not row.counts[-1].segments:
            yield Paragraph(self.say("never"))
            return
        yield from self.voices.quotes(theme)
        yield Heading(3, self.say("who"))
        heads = ("group", "interviews", "respondents", "organisations", "segments")
        yield Grid(
            tuple(map(self.say, heads)),
            [(self.group(base), *self.numbers(base, row.counts[n])) for n, base in self.bases],
        )
        yield Paragraph(self.say("mentioning"), note=True)
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

    # What is behind the numbers

    def behind(self, themes: Sequence[Theme]) -> Mapping[str, Behind]:
        """Code id → interview → the numbers of its segments, of the interviews that were reviewed."""
        names = {t.id: t.name for t in self.dataset.transcripts}
        wanted = {theme.id for theme in themes}
        places = {place.code.id: place.theme.id for place in self.dataset.codebook.codes()}
        behind: dict[str, dict[str, list[int]]] = {}
        for each in self.dataset.reviewed_segments:
            if places[each.coding.code_id] in wanted:
                interviews = behind.setdefault(each.coding.code_id, {})
                interviews.setdefault(names[each.transcript_id], []).append(each.number)
        return behind

    def appendix(self, behind: Mapping[str, Behind]) -> Iterator[Block]:
        yield Heading(1, self.say("appendix"))
        yield Paragraph(self.say("appendix_note"), note=True)
        yield Grid(
            (self.say("code"), self.say("segments")),
            [
                (place.code.ref, self.listed(behind[place.code.id]))
                for place in self.dataset.codebook.codes()
                if place.code.id in behind
            ],
        )

    def listed(self, behind: Behind) -> str:
        """`cso-01: 27, 29; cso-02: 3`: the name of an interview stands once, however many segments it gives."""
        told = (
            self.say("appendix_interview", interview=name, numbers=", ".join(map(str, sorted(numbers))))
            for name, numbers in behind.items()
        )
        return self.say("appendix_next").join(told)
