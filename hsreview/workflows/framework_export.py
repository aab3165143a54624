"""The framework in a file that leaves the project: an Excel file to fill in, or a document; internal or public."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workbook.framework_book import BookFacts
from hsreview.workflows.evidence import grounds
from hsreview.workflows.files import written
from hsreview.workflows.framework_book import backing_of, basis_of, evidence_table, framework_book
from hsreview.workflows.framework_rows import framework
from hsreview.workflows.outputs import record_output


@dataclass(frozen=True, slots=True)
class FrameworkExported:
    """A file that was written."""

    path: Path
    rows: int
    sheets: tuple[str, ...]
    """The titles of its sheets; none of a document."""


def export_framework(
    project: Project, path: Path, *, lang: str = "fr", public: bool = False, paper: str = "a4",
    viewer: Coder | None = None, recipient: str = "",
) -> FrameworkExported:  # fmt: skip
    """Write the framework as .xlsx or .docx, in `fr`, `en` or `both`. It is put on record.

    A public file tells of evidence what its badge tells, and holds no words of respondents. Raises UsageProblem for
    another kind of file, InputRefused while `viewer` codes blind or when the file cannot be written.
    """
    form = path.suffix.lower()
    if form not in (".xlsx", ".docx"):
        raise UsageProblem(
            _("The framework is written as .xlsx or .docx; {name} is neither.").format(name=path.name)
        )  # fmt: skip
    with project.snapshot():
        found = framework(project, viewer=viewer)
        behind = grounds(project, found)
        name = str(queries.setting(project.connection, "name", project.root.name))
    facts = BookFacts(project.id, name, lang, public, now())
    backing, basis = backing_of(behind, facts), basis_of(behind, facts)
    sheets: tuple[str, ...] = ()
    if form == ".docx":
        from hsreview.documents.report_docx import write_report_docx
        from hsreview.workflows.framework_document import framework_document

        report = framework_document(found, facts, backing, basis)
        with written(path) as spare:
            write_report_docx(report, spare)
    else:
        from hsreview.workbook.framework_book_writing import write_framework_book

        evidence = None if public else evidence_table(behind, facts)
        book = framework_book(found, facts, backing, basis, evidence, paper)
        with written(path) as spare:
            sheets = write_framework_book(book, spare)
    details = {"rows": len(found.rows), "public": public, "language": lang}
    record_output(project, viewer, path, "framework_rows", recipient=recipient, details=details)
    return FrameworkExported(path, len(found.rows), sheets)
