"""The framework in a file that leaves the project: an Excel file to fill in, or a document; internal or public."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _, current_language, labelled
from hsreview.framework.chain import Framework
from hsreview.model.framework import Row, Stance
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workbook.framework_book import BookFacts, Table
from hsreview.workbook.words import Words
from hsreview.workflows.evidence import grounds
from hsreview.workflows.evidence_agreement import agreement_behind
from hsreview.workflows.files import written
from hsreview.workflows.framework_book import Backing, Sheets, backing_of, basis_of, evidence_table, framework_book
from hsreview.workflows.framework_rows import framework
from hsreview.workflows.framework_values import heading
from hsreview.workflows.framework_versions import as_framework, find_version, version_name
from hsreview.workflows.kit_check import Text, telling
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.outputs import record_output


@dataclass(frozen=True, slots=True)
class FrameworkExported:
    """A file that was written."""

    path: Path
    rows: int
    sheets: tuple[str, ...]
    """The titles of its sheets; none of a document."""
    warnings: tuple[str, ...] = ()
    """Of a public file: which cells repeat what somebody said or name somebody, each in a sentence."""


def export_framework(
    project: Project, path: Path, *, lang: str = "fr", public: bool = False, paper: str = "a4",
    version: str | None = None, viewer: Coder | None = None, recipient: str = "",
) -> FrameworkExported:  # fmt: skip
    """Write the framework as .xlsx or .docx, in `fr`, `en` or `both`, as it stands or as it stood in a version. It is
    put on record.

    A public file tells of evidence what its badge tells, and holds no words of respondents. A file for a meeting holds
    a version and nothing else, and what is written there is public. Raises UsageProblem for another kind of file or a
    version that there is not, InputRefused while `viewer` codes blind or when the file cannot be written.
    """
    form = path.suffix.lower()
    if form not in (".xlsx", ".docx"):
        raise UsageProblem(
            _("The framework is written as .xlsx or .docx; {name} is neither.").format(name=path.name)
        )  # fmt: skip
    if project.kit_coder is not None:
        if not public:
            raise InputRefused(
                _("A project file for a meeting holds nothing internal: write the framework with --public.")
            )
        version = version or "last"
    with project.snapshot():
        name = str(queries.setting(project.connection, "name", project.root.name))
        facts = BookFacts(project.id, name, lang, public, now())
        made = _now(project, facts, viewer, recipient) if version is None else _then(project, facts, version, viewer)
        warnings = tuple(_told(project, made.found, facts)) if public else ()
    sheets: tuple[str, ...] = ()
    if form == ".docx":
        from hsreview.documents.report_docx import write_report_docx
        from hsreview.workflows.framework_document import framework_document

        report = framework_document(made.found, made.facts, made.backing, made.basis)
        with written(path) as spare:
            write_report_docx(report, spare)
    else:
        from hsreview.workbook.framework_book_writing import write_framework_book

        book = framework_book(made.found, made.facts, made.backing, made.basis, made.evidence, paper)
        with written(path) as spare:
            sheets = write_framework_book(book, spare)
    rows = len(made.found.rows)
    details = {"rows": rows, "public": public, "language": lang, "version": made.facts.version}
    record_output(project, viewer, path, "framework_rows", recipient=recipient, details=details)
    return FrameworkExported(path, rows, sheets, warnings)


@dataclass(frozen=True, slots=True)
class _Made:
    """What goes into a file."""

    found: Framework
    facts: BookFacts
    backing: Callable[[Row], Backing]
    basis: str
    evidence: Table | None = None


def _now(project: Project, facts: BookFacts, viewer: Coder | None, recipient: str) -> _Made:
    """The framework as it stands."""
    found = framework(project, viewer=viewer)
    behind = grounds(project, found)
    leaving = Leaving(project, recipient)
    behind = replace(behind, segments={key: leaving.segment(each) for key, each in behind.segments.items()})
    agreed = {} if facts.public else agreement_behind(project, behind, found.rows, viewer=viewer)
    evidence = None if facts.public else evidence_table(behind, facts)
    return _Made(found, facts, backing_of(behind, facts, agreed), basis_of(behind, facts), evidence)


def _then(project: Project, facts: BookFacts, wish: str, viewer: Coder | None) -> _Made:
    """The framework as it stood in a version, with what that keeps of its evidence."""
    version = find_version(project, wish, viewer)
    facts, words = replace(facts, version=version_name(version)), Words(facts.language)
    frozen = {each.row.id: each for each in version.rows}

    def told(row: Row) -> Backing:
        badge, links = words.join(frozen[row.id].badge), frozen[row.id].links
        if facts.public:
            return Backing(badge)
        return Backing(
            badge, segments=links.get(Stance.SUPPORTS, 0), contradicting=links.get(Stance.CONTRADICTS, 0)
        )  # fmt: skip

    return _Made(as_framework(version), facts, told, words("fw_layer_version", version=facts.version))


def _told(project: Project, found: Framework, facts: BookFacts) -> Iterator[str]:
    """Cells that repeat an interview or name somebody: a public file is no place for them."""
    sheets = Sheets(found, facts)
    texts = [
        Text(f"{row.ref} · {heading(column, key, current_language())}", text)
        for row in found.rows
        for column, key in sheets.columns(row.kind)
        if (text := str(sheets.held(column, row.data.get(key)) or ""))
    ]
    return (labelled(each.place, each.message) for each in telling(project, texts))
