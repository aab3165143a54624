"""The framework as an Excel file for partners: its sheets, columns and cells, in French, English or both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import speaking
from hsreview.framework.chain import Framework
from hsreview.model.framework import GROUNDED, PARENTS, PREFIXES, STATUSES, Row, RowKind, SourceKind
from hsreview.model.framework_columns import COLUMNS, Column, ValueKind, main_column
from hsreview.model.localized import Localized
from hsreview.workbook.framework_book import REF, BookFacts, Field, FrameworkBook, Held, Holds, Line, Table
from hsreview.workbook.names import short
from hsreview.workbook.words import Words
from hsreview.workflows.badges import badge
from hsreview.workflows.evidence import Grounds
from hsreview.workflows.evidence_words import in_words

if TYPE_CHECKING:
    from hsreview.workflows.evidence_agreement import EvidenceAgreement

KINDS = (
    RowKind.STRATEGY, RowKind.ACTOR, RowKind.OUTCOME, RowKind.INDICATOR, RowKind.MARKER, RowKind.RECOMMENDATION,
    RowKind.FINDING,
)  # fmt: skip
"""In the order of the sheets."""
STATUS, UNDER = "status", "under"
_NAMED = 60
"""Characters of what a row says that stand beside its ref where it is named."""
_MAIN = 44.0
_WIDTHS = {
    ValueKind.TEXT: 28.0, ValueKind.BOTH: 36.0, ValueKind.CHOICE: 16.0, ValueKind.CHOICES: 22.0,
    ValueKind.NUMBER: 12.0, ValueKind.DATE: 12.0, ValueKind.ROW: 26.0, ValueKind.TEXTS: 28.0,
}  # fmt: skip
_HOLDS = {
    ValueKind.CHOICE: Holds.WORD, ValueKind.CHOICES: Holds.WORDS, ValueKind.NUMBER: Holds.NUMBER,
    ValueKind.DATE: Holds.DATE, ValueKind.ROW: Holds.WORD,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Backing:
    """What is told of the evidence of a row, in the language of a file."""

    strength: str
    """In words; in a public file the badge, which is all that it tells."""
    heard: str = ""
    parts: str = ""
    """Everything that the strength is made of, in clauses."""
    organisations: int | None = None
    segments: int | None = None
    contradicting: int | None = None
    documents: int | None = None


def framework_book(
    found: Framework, facts: BookFacts, backing: Callable[[Row], Backing], basis: str, evidence: Table | None = None,
    paper: str = "a4",
) -> FrameworkBook:  # fmt: skip
    """A framework as it is written into a file; it may be a project's or a version of it.

    `backing` tells of the evidence of a row, `basis` what that was counted from; `evidence` is a sheet that shows it.
    """
    sheets = Sheets(found, facts)
    tables = [sheets.table(kind, backing) for kind in KINDS]
    return FrameworkBook(facts, [*_read_me(found, facts, basis)], [*tables, *([evidence] if evidence else [])], paper)


class Sheets:
    """The sheets of a framework, and how its cells are said in them."""

    def __init__(self, found: Framework, facts: BookFacts) -> None:
        self.found, self.facts, self.words = found, facts, Words(facts.language)

    def table(self, kind: RowKind, backing: Callable[[Row], Backing]) -> Table:
        """The sheet of one kind of row."""
        rows = self.found.of(kind)
        columns = list(self.columns(kind))
        first = [each for each in columns if each[0].main]
        fields = [Field(REF, self.words("fw_ref"), 8, Holds.FIXED)]
        fields += [self.field(column, key) for column, key in first]
        statuses = tuple(self.status(status) for status in STATUSES[kind])
        fields.append(Field(STATUS, self.words("fw_status"), 14, Holds.WORD, statuses))
        if PARENTS[kind]:
            above = tuple(self.named(row) for of in PARENTS[kind] for row in self.found.of(of))
            fields.append(Field(UNDER, self.words("fw_under"), 26, Holds.WORD, above, self._hint(PARENTS[kind][0])))
        rest = [each for each in columns if not each[0].main]
        fields += [self.field(column, key) for column, key in rest]
        told = list(self._backing_fields()) if kind in GROUNDED else []
        lines = []
        for row in rows:
            parent = self.found.by_id.get(row.parent_id or "")
            cells: list[Held] = [row.ref, *(self.held(column, row.data.get(key)) for column, key in first)]
            cells.append(self.status(row.status))
            base: dict[str, Any] = {STATUS: str(row.status)}
            if PARENTS[kind]:
                cells.append(self.named(parent) if parent else None)
                base[UNDER] = parent.id if parent else None
            cells += [self.held(column, row.data.get(key)) for column, key in rest]
            base |= {key: row.data.get(key) for _column, key in columns}
            if told:
                behind = backing(row)
                cells += [getattr(behind, each.key) for each in told]
            lines.append(Line(row.id, row.ref, cells, {key: value for key, value in base.items() if value is not None}))
        return Table(str(kind), [*fields, *told], lines)

    def columns(self, kind: RowKind) -> Iterator[tuple[Column, str]]:
        """The columns and their keys that are in the file.

        In a file of one language a text has its column in the other one where something stands in that alone.
        """
        rows = self.found.of(kind)
        for column in COLUMNS[kind]:
            if column.internal and self.facts.public:
                continue
            if column.kind is not ValueKind.BOTH:
                yield column, column.key
                continue
            own = [f"{column.key}_{language}" for language in self.words.languages]
            for key in column.keys:
                alone = any(row.data.get(key) and not any(row.data.get(each) for each in own) for row in rows)
                if key in own or alone:
                    yield column, key

    def held(self, column: Column, value: Any) -> Held:
        """What a cell shows."""
        if value is None:
            return None
        match column.kind:
            case ValueKind.CHOICE:
                return self.choice(column, value)
            case ValueKind.CHOICES:
                return "; ".join(self.choice(column, each) for each in value)
            case ValueKind.TEXTS:
                return "; ".join(value)
            case ValueKind.ROW:
                row = self.found.by_id.get(value)
                return self.named(row) if row else None
            case ValueKind.DATE if len(value) == len("2017-03-31"):
                return date.fromisoformat(value)
            case ValueKind.NUMBER:
                return int(value) if isinstance(value, int) else float(value)
            case _:
                return str(value)

    def choice(self, column: Column, key: str) -> str:
        """A choice in words."""
        return next((self.words.join(each.label) for each in column.choices if each.key == key), key)

    def status(self, status: str) -> str:
        """How far a row is, in words."""
        return self.words(f"fw_is_{status}")

    def said(self, row: Row) -> str:
        """What a row says, in the language of the file, else in the other one."""
        fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
        return self.words.join(Localized(fr, en))

    def named(self, row: Row) -> str:
        """`OC1 · The governor's office consults …`."""
        fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
        text = short(Localized(fr, en).get(self.words.languages[0]), _NAMED)
        return f"{row.ref} · {text}" if text else row.ref

    def header(self, column: Column, key: str) -> str:
        """What stands above a column."""
        label = self.words.join(column.label)
        return f"{label} ({key[-2:]})" if column.kind is ValueKind.BOTH else label

    def field(self, column: Column, key: str) -> Field:
        """The column of a sheet."""
        holds = _HOLDS.get(column.kind, Holds.TEXT)
        choices = tuple(self.words.join(each.label) for each in column.choices)
        hint = self.words("fw_hint_words", words=", ".join(choices)) if holds is Holds.WORDS else ""
        if column.of is not None:
            choices, hint = tuple(self.named(row) for row in self.found.of(column.of)), self._hint(column.of)
        width = _MAIN if column.main else _WIDTHS[column.kind]
        return Field(key, self.header(column, key), width, holds, choices, hint)

    def _hint(self, kind: RowKind) -> str:
        return self.words("fw_hint_row", ref=PREFIXES[kind])

    def _backing_fields(self) -> Iterator[Field]:
        words = self.words
        yield Field("strength", words("fw_strength"), 40 if self.facts.public else 22, Holds.FIXED)
        if not self.facts.public:
            yield Field("heard", words("fw_heard"), 18, Holds.FIXED)
            yield Field("parts", words("fw_parts"), 60, Holds.FIXED)
            for key in ("organisations", "segments", "contradicting", "documents"):
                yield Field(key, words(f"fw_{key}"), 14, Holds.COUNT)


def backing_of(
    behind: Grounds, facts: BookFacts, agreed: Mapping[str, EvidenceAgreement]
) -> Callable[[Row], Backing]:  # fmt: skip
    """What is told of the evidence of rows of a project as it stands.

    `agreed`: id of a row → how far coders agree on the codes behind it.
    """
    words, total = Words(facts.language), len(behind.people)
    labels = {
        choice.key: words.join(choice.label)
        for column in COLUMNS[RowKind.FINDING] if column.key == "strength_set" for choice in column.choices
    }  # fmt: skip

    def told(row: Row) -> Backing:
        if facts.public:
            return Backing(words.join(badge(behind, row)))
        found, chosen = behind.strength(row), row.data.get("strength_set")
        grade = labels[found.grade]
        if chosen and chosen != found.grade:
            grade = words("fw_set", grade=labels.get(chosen, chosen), counted=grade)
        heard = words("fw_heard_of", n=found.respondents, all=total)
        return Backing(
            grade, heard, parts(row), found.organisations, found.segments, found.contradicting, found.documents
        )  # fmt: skip

    def parts(row: Row) -> str:
        spoken = []
        for language in words.languages:
            with speaking(language):
                spoken.append(" · ".join(in_words(behind, row, agreed.get(row.id))))
        return " / ".join(spoken)

    return told


def evidence_table(behind: Grounds, facts: BookFacts) -> Table:
    """A sheet that is only read: every link of every row, with the words of its segment."""
    words, sheets = Words(facts.language), Sheets(behind.framework, facts)
    widths = (
        ("ref", 8), ("stance", 14), ("source", 18), ("place", 20), ("code", 10), ("words", 80), ("note", 30),
    )  # fmt: skip
    fields = [Field(key, words(f"fw_{key}"), width, Holds.FIXED) for key, width in widths]
    lines = []
    for kind in KINDS:
        for row in behind.framework.of(kind):
            for link in behind.framework.links.get(row.id, ()):
                source, place, code, text = words(f"fw_by_{link.source_kind}"), "", "", link.source
                if link.source_kind is SourceKind.FINDING:
                    finding = behind.framework.by_id.get(link.source)
                    place, text = (finding.ref, sheets.said(finding)) if finding else ("", words("fw_gone"))
                elif link.source_kind is SourceKind.CODING:
                    segment = behind.segments.get(link.source)
                    text = segment.text if segment else words("fw_gone")
                    if segment:
                        place, code = behind.place(segment), behind.codes.get(segment.coding.code_id, "?")
                stance = words(f"fw_stance_{link.stance}")
                lines.append(Line("", row.ref, (row.ref, stance, source, place, code, text, link.note)))
    return Table("evidence", fields, lines)


def basis_of(behind: Grounds, facts: BookFacts) -> str:
    """What the strength of evidence was counted from."""
    book = behind.dataset.codebook
    return Words(facts.language)("fw_layer_value", book=book.ref, version=book.version, people=len(behind.people))


def _read_me(found: Framework, facts: BookFacts, basis: str) -> Iterator[tuple[str, str]]:
    words = Words(facts.language)
    counts = [f"{words(f'fw_{kind}')} {len(found.of(kind))}" for kind in KINDS]
    yield words("fw_project"), facts.project
    yield words("fw_what"), words("fw_what_value")
    yield words("fw_made"), facts.made[:10]
    yield words("fw_version"), facts.version or words("fw_version_now")
    yield words("fw_rows"), " · ".join(counts)
    if not facts.public:
        yield words("fw_layer"), basis
    yield words("fw_hidden"), words("fw_hidden_public" if facts.public else "fw_hidden_internal")
    for key in ("fill", "new", "dates", "numbers", "moving", "back"):
        yield words(f"fw_{key}"), words(f"fw_{key}_value")
