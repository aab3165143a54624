"""The public report: review question → themes → released quotes → bands, and no number that could tell of a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.model.codebook import Codebook, Question, Theme
from hsreview.model.people import Coder
from hsreview.model.public import LEAST_K, Public, PublicColumn, PublicQuote, PublicTable, band_words
from hsreview.model.report import Block, Grid, Heading, Paragraph, Quotation, Report
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.exporting import complete_dataset
from hsreview.workflows.files import written
from hsreview.workflows.leaving import publishable
from hsreview.workflows.outputs import digest_of, outputs, record_output
from hsreview.workflows.published_before import differences, numbers_of, on_record
from hsreview.workflows.publishing import published
from hsreview.workflows.quotes import quotes
from hsreview.workflows.report_chapters import chapter_head, chapters_of, questions_of
from hsreview.workflows.report_methods import public_methods
from hsreview.workflows.report_words import word
from hsreview.workflows.reporting import ReportExported, writer_of


@dataclass(frozen=True, slots=True)
class PublicReportExported(ReportExported):
    """A public report, with what somebody should know before it is handed over."""

    warnings: tuple[str, ...] = ()


def export_public_report(
    project: Project, coder: Coder, path: Path, form: str, *, layer: str | None = None, lang: str = "fr",
    question: str | None = None, partial: bool = False, recipient: str = "",
) -> PublicReportExported:  # fmt: skip
    """Write a report of bands and released quotes, and put it on record with its numbers.

    What may be told is what the public workbook tells; summaries, segments and single interviews are in no public
    report. Raises InputRefused when there are too few respondents, and as `complete_dataset` does.
    """
    from hsreview.workflows.review_sheets import review

    check(Duty.PUBLISH, coder, queries.coders(project.connection))
    with project.snapshot():
        dataset = publishable(complete_dataset(project, layer, lang=lang, viewer=coder, partial=partial))
        chosen = questions_of(dataset.codebook, question)
        names = {each.id: each.name for each in queries.coders(project.connection)}
        before = outputs(project, "public")
        public = published(dataset, quotes(project, viewer=coder), names, k=LEAST_K, earlier=on_record(before))
        themes = [theme for _question, own, _told in chapters_of(dataset.codebook, chosen) for theme in own]
        numbers = numbers_of(public, themes)
        warnings = tuple(differences(before, numbers, public, dataset.codebook))
        methods = public_methods(dataset, review(project, viewer=coder), lang)
    report = public_report(public, dataset.codebook, chosen, methods, lang, whole=question is None)
    told = sum(isinstance(each, Quotation) for each in report.blocks)
    with written(path) as spare:
        writer_of(form)(report, spare)
        # Recorded first, and as what is public: numbers of later public files are compared with these.
        record_output(
            project, coder, path, "public", basis=dataset.basis, recipient=recipient, digest=digest_of(spare),
            details={"k": LEAST_K, "quotes": told, "report": form, **numbers.record()},
        )  # fmt: skip
    return PublicReportExported(path, dataset.basis.layer, len(themes), told, warnings)


def public_report(
    public: Public, book: Codebook, questions: Sequence[Question], methods: Sequence[str], lang: str, *, whole: bool
) -> Report:
    """The report of some review questions, or of the `whole` codebook; it tells nothing but what `public` holds."""
    made = _PublicReporter(public, lang)
    blocks = [block for chapter in chapters_of(book, questions) for block in made.chapter(*chapter)]
    title = word(lang, "title", project=public.basis.project)
    return Report(
        title if whole else f"{title} · {', '.join(each.ref for each in questions)}",
        word(lang, "public"), lang,
        [*made.basis(), *blocks, Heading(1, word(lang, "methods")), *map(Paragraph, methods)],
        word(lang, "footer", tool=public.basis.tool, made=public.basis.made[:16].replace("T", " ")),
    )  # fmt: skip


class _PublicReporter:
    def __init__(self, public: Public, lang: str) -> None:
        self.public, self.lang = public, lang

    def say(self, key: str, **values: object) -> str:
        return word(self.lang, key, **values)

    def basis(self) -> Iterator[Block]:
        public, basis = self.public, self.public.basis
        layer = self.say("consensus" if basis.layer_coder is None else "one_coder")
        yield Paragraph(
            self.say(
                "public_basis", layer=layer, respondents=public.respondents, book=basis.codebook,
                version=basis.codebook_version,
            ),
            note=True,
        )  # fmt: skip
        yield Paragraph(self.say("public_reading", k=public.k), note=True)

    def chapter(self, question: Question, themes: Sequence[Theme], told: Sequence[Theme]) -> Iterator[Block]:
        yield from chapter_head(question, told, self.lang)
        for theme in themes:
            yield Heading(2, f"{theme.ref} · {theme.label.get(self.lang)}")
            if definition := theme.definition.get(self.lang):
                yield Paragraph(definition)
            yield from self.said(theme)
            for table in self.public.tables:
                yield from self.table(table, theme)

    def said(self, theme: Theme) -> Iterator[Block]:
        here = [each for each in self.public.quotes if each.theme_id == theme.id]
        for quote in here:
            translations = tuple(
                self.say("translation", language=language, by=by, text=text)
                for language, text, by in quote.translations
            )
            yield Quotation(self.say("quote", text=quote.text), self.source(quote), "", translations)

    def source(self, quote: PublicQuote) -> str:
        if quote.group is None:
            return self.say("no_attribution")
        group = self.column(self.public.tables[0].columns[quote.group])
        place = quote.place.get(self.lang) if quote.place is not None else ""
        return ", ".join(filter(None, (group, place)))

    def table(self, table: PublicTable, theme: Theme) -> Iterator[Block]:
        rows = [
            (row.ref, row.label.get(self.lang), *(band_words(band, self.public.k) for band in row.bands))
            for row in table.rows
            if row.theme_id == theme.id
        ]
        if not rows:
            yield Paragraph(self.say("held_back"), note=True)
            return
        heads = [self.say("group_n", group=self.column(column), n=column.n) for column in table.columns]
        yield Grid((self.say("code"), self.say("label"), *heads), rows)

    def column(self, column: PublicColumn) -> str:
        named = {"all": "everybody", "none": "no_group", "other": "others"}.get(column.kind)
        return self.say(named) if named else column.label.get(self.lang) or column.key
