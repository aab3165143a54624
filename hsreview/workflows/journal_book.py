"""The journal as an Excel file for partners: which sheets, columns and cells there are, in French, English or both."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hsreview.base.errors import UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.framework.monitoring import OUT, IndicatorStatus, MarkerStatus, RecommendationStatus
from hsreview.model.framework import Row, RowKind
from hsreview.model.observation_columns import DATE, ENTRY_COLUMNS
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workbook.framework_book import JOURNAL, BookFacts, Field, FrameworkBook, Held, Holds, Line, Table
from hsreview.workbook.words import Words
from hsreview.workflows.files import written
from hsreview.workflows.framework_book import Sheets
from hsreview.workflows.journal import Journal, journal
from hsreview.workflows.monitoring import Status, status
from hsreview.workflows.outputs import record_output

ENTRY = "entry_"
"""What stands before a kind of row in the key of its sheet."""
OF = "row"
"""The key of the column that says which row an entry is about."""
SPARE = 30
"""Empty lines for new entries, of each sheet."""


def export_journal(
    project: Project, path: Path, *, lang: str = "fr", viewer: Coder | None = None, recipient: str = ""
) -> int:  # fmt: skip
    """Write the journal as .xlsx, in `fr`, `en` or `both`; how many entries there are. It is put on record.

    Raises UsageProblem for another kind of file, InputRefused while `viewer` codes blind or when the file cannot be
    written.
    """
    from hsreview.workbook.framework_book_writing import write_framework_book

    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("The name of a workbook ends in .xlsx; {name} does not.").format(name=path.name))
    found = journal(project, viewer=viewer)
    name = str(queries.setting(project.connection, "name", project.root.name))
    book = journal_book(found, BookFacts(project.id, name, lang, False, now()))
    with written(path) as spare:
        write_framework_book(book, spare)
    record_output(project, viewer, path, "journal", recipient=recipient, details={"entries": len(found.entries)})
    return len(found.entries)


def journal_book(found: Journal, facts: BookFacts) -> FrameworkBook:
    """The journal as it is written into a file: a sheet for each kind of row, and where things stand."""
    sheets = Sheets(found.framework, facts)
    tables = [_table(found, sheets, kind) for kind in ENTRY_COLUMNS]
    stands = _status_table(sheets, status(found))
    return FrameworkBook(
        facts, list(_read_me(facts)), [*tables, stands], title="jr_title", internal="jr_internal", meta=JOURNAL,
        spare=SPARE,
    )  # fmt: skip


def _table(found: Journal, sheets: Sheets, kind: RowKind) -> Table:
    words = sheets.words
    rows = [row for row in found.framework.of(kind) if row.status not in OUT or row.id in found.of]
    fields = [
        Field(OF, words("fw_ref"), 36, Holds.WORD, tuple(sheets.named(row) for row in rows)),
        Field(DATE.key, words.join(DATE.label), 12, Holds.DATE),
        *(sheets.field(column, column.key) for column in ENTRY_COLUMNS[kind]),
    ]
    lines = []
    for row in rows:
        for entry in found.of.get(row.id, ()):
            held = found.values(entry)
            cells: list[Held] = [sheets.named(row)]
            cells += [sheets.held(column, held.get(column.key)) for column in (DATE, *ENTRY_COLUMNS[kind])]
            lines.append(Line(entry.id, row.ref, cells, {OF: row.id, **held}))
    return Table(f"{ENTRY}{kind}", fields, lines)


_STATUS_FIELDS = (
    ("ref", "fw_ref", 8, Holds.FIXED), ("kind", "jr_kind", 18, Holds.FIXED), ("says", "jr_says", 44, Holds.FIXED),
    ("stands", "jr_stands", 14, Holds.FIGURE), ("since", "jr_since", 12, Holds.FIXED),
    ("baseline", "jr_baseline", 14, Holds.FIGURE), ("target", "jr_target", 12, Holds.FIGURE),
    ("progress", "jr_progress", 24, Holds.FIXED), ("next_check", "jr_next_check", 14, Holds.FIXED),
    ("entries", "jr_entries", 10, Holds.COUNT),
)  # fmt: skip


def _status_table(sheets: Sheets, stands: Status) -> Table:
    """A sheet that is only read."""
    fields = [Field(key, sheets.words(word), width, holds) for key, word, width, holds in _STATUS_FIELDS]
    lines = [
        *(_marker(sheets, each) for each in stands.markers), *(_indicator(sheets, each) for each in stands.indicators),
        *(_recommendation(sheets, each) for each in stands.recommendations),
    ]  # fmt: skip
    return Table("entry_status", fields, lines)


def _marker(sheets: Sheets, each: MarkerStatus) -> Line:
    level = _choice(sheets, RowKind.MARKER, "level", each.level)
    return _line(sheets, each.row, each.level, each.since, None, None, level, "", each.entries)


def _indicator(sheets: Sheets, each: IndicatorStatus) -> Line:
    data = each.row.data
    return _line(
        sheets, each.row, each.latest, each.date, data.get("baseline_value"), data.get("target_value"),
        sheets.words(f"jr_{each.progress}"), "", each.entries,
    )  # fmt: skip


def _recommendation(sheets: Sheets, each: RecommendationStatus) -> Line:
    told = [_choice(sheets, RowKind.RECOMMENDATION, "status", each.status)]
    told += [sheets.words(f"jr_{each.due}")] if each.due else []
    return _line(sheets, each.row, None, each.since, None, None, ", ".join(told), each.next_check, each.entries)


def _line(
    sheets: Sheets, row: Row, stands: float | None, since: str, baseline: float | None, target: float | None,
    progress: str, next_check: str, entries: int,
) -> Line:  # fmt: skip
    kind = sheets.words(f"fw_entry_{row.kind}")
    cells: tuple[Held, ...] = (
        row.ref, kind, sheets.said(row), stands, _day(since), baseline, target, progress, _day(next_check), entries,
    )  # fmt: skip
    return Line("", row.ref, cells)


def _choice(sheets: Sheets, kind: RowKind, key: str, value: object) -> str:
    column = next(each for each in ENTRY_COLUMNS[kind] if each.key == key)
    return "–" if value is None else sheets.choice(column, str(value))


def _day(when: str) -> Held:
    """A real date where the day is known."""
    return date.fromisoformat(when) if len(when) == len("2017-03-31") else when or None


def _read_me(facts: BookFacts) -> Iterator[tuple[str, str]]:
    words = Words(facts.language)
    yield words("fw_project"), facts.project
    yield words("jr_what"), words("jr_what_value")
    yield words("fw_made"), facts.made[:10]
    for key in ("new", "dates", "names", "parts", "moving", "back"):
        yield words(f"jr_{key}"), words(f"jr_{key}_value")
