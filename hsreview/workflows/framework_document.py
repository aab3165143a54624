"""The framework as a document that partners read and print: strategy by strategy, outcome by outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from hsreview.framework.chain import Framework
from hsreview.model.framework import GROUNDED, Row, RowKind
from hsreview.model.framework_columns import Column
from hsreview.model.report import Block, Grid, Heading, Paragraph, Report
from hsreview.workbook.framework_book import BookFacts, Held
from hsreview.workbook.words import Words
from hsreview.workflows.framework_book import Backing, Sheets


def framework_document(
    found: Framework, facts: BookFacts, backing: Callable[[Row], Backing], basis: str
) -> Report:  # fmt: skip
    """A framework as a document; it may be a project's or a version of it. No words of respondents are in it."""
    return _Document(found, facts, backing).report(basis)


class _Document:
    def __init__(self, found: Framework, facts: BookFacts, backing: Callable[[Row], Backing]) -> None:
        self.found, self.facts, self.backing = found, facts, backing
        self.words, self.sheets = Words(facts.language), Sheets(found, facts)

    def report(self, basis: str) -> Report:
        words, facts = self.words, self.facts
        version = facts.version or words("fw_version_now")
        blocks: list[Block] = [
            Paragraph(f"{facts.project} · {words('fw_made')} {facts.made[:10]} · {words('fw_version')} {version}"),
            Paragraph(words("fw_document_public") if facts.public else basis, note=True),
        ]
        strategies = self.found.of(RowKind.STRATEGY)
        for row in strategies:
            blocks += self.strategy(row)
        apart = self.found.children.get("", ())
        blocks += self.under(words("fw_top"), [row for row in apart if row.kind is RowKind.OUTCOME], ())
        loose = [r for r in apart if r.kind in (RowKind.MARKER, RowKind.INDICATOR, RowKind.RECOMMENDATION)]
        if loose:
            blocks += [Heading(1, words("fw_apart")), *self.parts(loose)]
        for kind in (RowKind.FINDING, RowKind.ACTOR):
            rows = self.found.of(kind)
            if rows:
                blocks += [Heading(1, words(f"fw_{kind}")), *self.listed(kind, rows)]
        if not self.found.rows:
            blocks.append(Paragraph(words("fw_empty")))
        return Report(
            words("fw_title"), words("fw_document_public" if facts.public else "fw_document_internal"),
            words.languages[0], blocks, f"{facts.project} · {facts.made[:10]}",
        )  # fmt: skip

    def strategy(self, row: Row) -> Iterator[Block]:
        """A strategy with its outcomes and recommendations."""
        below = self.found.children.get(row.id, ())
        outcomes = [each for each in below if each.kind is RowKind.OUTCOME]
        others = [each for each in below if each.kind is not RowKind.OUTCOME]
        facts = [each for each in self.cells(row) if not each[0].main]
        yield from self.under(f"{row.ref} · {self.sheets.said(row)}", outcomes, others, self.line(facts), always=True)

    def under(
        self, title: str, outcomes: Sequence[Row], others: Sequence[Row], line: str = "", *, always: bool = False
    ) -> Iterator[Block]:
        """A chapter: outcomes one by one, and what stands beside them."""
        if outcomes or others or always:
            yield Heading(1, title)
            if line:
                yield Paragraph(line, note=True)
            for row in outcomes:
                yield Heading(2, f"{row.ref} · {self.sheets.said(row)}")
                yield self.card(row, (self.words("fw_column"), self.words("fw_value")))
                yield from self.parts(self.found.children.get(row.id, ()))
            yield from self.parts(others)

    def parts(self, rows: Sequence[Row]) -> Iterator[Block]:
        """Markers in one table, every indicator in one of its own, recommendations in one table."""
        markers = [row for row in rows if row.kind is RowKind.MARKER]
        if markers:
            yield from self.listed(RowKind.MARKER, markers)
        below = [each for row in markers for each in self.found.children.get(row.id, ())]
        for row in [*(each for each in rows if each.kind is RowKind.INDICATOR), *below]:
            yield self.card(row, (row.ref, self.sheets.said(row)))
        recommendations = [row for row in rows if row.kind is RowKind.RECOMMENDATION]
        if recommendations:
            yield from self.listed(RowKind.RECOMMENDATION, recommendations)

    def listed(self, kind: RowKind, rows: Sequence[Row]) -> Iterator[Block]:
        """Rows in one table: what they say, and the rest of their cells on one line."""
        heads = [self.words("fw_number"), self.words(f"fw_{kind}"), self.words("fw_details")]
        if kind in GROUNDED:
            heads.append(self.words("fw_strength"))
        made = []
        for row in rows:
            rest = self.line([each for each in self.cells(row) if not each[0].main], row)
            cells = [row.ref, self.sheets.said(row), rest]
            made.append([*cells, self.evidence(row)] if kind in GROUNDED else cells)
        yield Grid(tuple(heads), made)

    def card(self, row: Row, head: tuple[str, str]) -> Grid:
        """A row on its own: a line for every cell that holds something."""
        parent = self.found.by_id.get(row.parent_id or "")
        lines = [
            (self.sheets.header(column, key), said)
            for column, key, said in self.cells(row)
            if not column.main
        ]  # fmt: skip
        lines.insert(0, (self.words("fw_status"), self.sheets.status(row.status)))
        if parent is not None and parent.kind is RowKind.MARKER:
            lines.insert(1, (self.words("fw_under"), self.sheets.named(parent)))
        lines.append((self.words("fw_strength"), self.evidence(row)))
        return Grid(head, lines)

    def cells(self, row: Row) -> list[tuple[Column, str, str]]:
        """The cells that hold something, as they are said."""
        found = []
        for column, key in self.sheets.columns(row.kind):
            said = _text(self.sheets.held(column, row.data.get(key)), self.words.languages[0])
            if said:
                found.append((column, key, said))
        return found

    def line(self, cells: Sequence[tuple[Column, str, str]], row: Row | None = None) -> str:
        """Cells, and with `row` its status, on one line."""
        colon = "\u00a0: " if self.words.languages[0] == "fr" else ": "
        parts = [self.sheets.status(row.status)] if row is not None else []
        for column, key, said in cells:
            parts.append(f"{self.sheets.header(column, key)}{colon}{said}")
        return " · ".join(parts)

    def evidence(self, row: Row) -> str:
        """How strong the evidence of a row is, in words."""
        told = self.backing(row)
        return " · ".join(part for part in (told.strength, told.parts) if part)


def _text(held: Held, language: str) -> str:
    if isinstance(held, float):
        number = f"{held:.15g}"
        return number.replace(".", ",") if language == "fr" else number
    return "" if held is None else str(held)
