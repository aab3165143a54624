"""The audit as a file of its own: one act per row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hsreview.base.messages import _, current_language
from hsreview.workbook.book import Book
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import COUNT, ID, SHORT
from hsreview.workbook.tidy_variables import Cell, Tidy, Variable, integer, text, truth

VARIABLES: Sequence[Variable] = (
    text("at", "Quand (UTC)", "When (UTC)"),
    text("coder", "Qui", "Who"),
    text("others", "Avec qui : qui a vérifié ou confirmé", "With whom: who checked or confirmed"),
    text("kind", "Sorte d’acte", "Kind of act"),
    text("verb", "Ce qui a été fait", "What was done"),
    text("things", "Références ou identifiants", "Refs or ids"),
    text("transcripts", "Identifiants des transcriptions", "Ids of transcripts"),
    integer("records", "Enregistrements de l’acte", "Records of the act"),
    integer("withheld", "dont le contenu est retenu", "of which the body is withheld"),
    integer("erased", "dont le contenu est effacé", "of which the body is erased"),
    truth("stands", "Tient encore", "Still stands"),
    text("of_act", "Acte repris ou refait", "Act taken back or done again"),
    text("codebook_version", "Version de la grille alors", "Version of the codebook then"),
    text("framework_version", "Version du cadre alors", "Version of the framework then"),
    text("copy", "Copie du projet", "Copy of the project"),
    text("act", "Acte", "Act"),
)
_WIDTHS = (24, 18, 18, 14, 10, 38, 38, 12, 10, 10, 10, 38, 12, 12, 38, 38)


def audit_table(rows: Iterable[Sequence[Cell]]) -> Tidy:
    """The acts as a tidy table."""
    return Tidy("audit", tuple(VARIABLES), rows)


def write_audit_book(rows: Iterable[Sequence[Cell]], path: Path) -> int:
    """Write a workbook of one sheet, going on in further ones where it is full: how many rows. Raises OSError."""
    title = _("Audit")
    looks = {"integer": COUNT, "0/1": COUNT}
    columns = tuple(
        Column(
            variable.about.get(current_language()), width,
            ID if width > 20 else looks.get(variable.kind, SHORT),
        )
        for variable, width in zip(VARIABLES, _WIDTHS, strict=True)
    )  # fmt: skip
    written = 0
    with Book(title=title, header=title, footer="hsreview", undefined="–") as book:
        sheet = book.sheet(Plan("audit", title, columns), 1)
        for row in rows:
            sheet.row(list(row))
            written += 1
        book.save(path)
    return written
