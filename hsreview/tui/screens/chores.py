"""Chores of a project from its list of transcripts: workbook, check, backup."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import _, current_language, ngettext
from hsreview.tui.line_editor import typed_path
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.screens.list_screen import ListScreen


def export_workbook(screen: ListScreen) -> None:
    """Ask for the layer and the file, and write the workbook."""
    _ask_layer(screen, "themes", _("Write the workbook to:"), _write)


def export_public(screen: ListScreen) -> None:
    """Ask for the layer and the file, and write the public workbook."""
    _ask_layer(screen, "public", _("Write the public workbook to:"), _write_public)


def _ask_layer(screen: ListScreen, stem: str, question: str, write: Callable[[ListScreen, str, str], None]) -> None:
    from hsreview.workflows.exporting import layers, size_of

    found = {layer.id or layer.name: layer for layer in layers(screen.session.project, viewer=screen.session.coder)}
    if not found:
        screen.say(_("Nothing is coded yet, so there is no layer to export."), "warn")
        return
    rows = [Row(key, (layer.name, size_of(layer.codings))) for key, layer in found.items()]

    def ask_file(key: str) -> None:
        name = re.sub(r"[^\w-]+", "-", found[key].name).strip("-")
        path = screen.session.project.root / "exports" / f"{stem}-{name}.xlsx"
        screen.ask(question, lambda answer: write(screen, key, answer), text=str(path))

    def search(query: str) -> Sequence[Row]:
        return [row for row in rows if query.casefold() in row.cells[0].casefold()]

    columns = (Column("", hued=True), Column("", 16, right=True))
    screen.choose(
        Choice(_("Whose codings? One layer makes one workbook."), search, lambda row: ask_file(row.key), columns,
               total=len(rows)), width=64,
    )  # fmt: skip


def _write(screen: ListScreen, layer: str, answer: str) -> None:
    if not answer.strip():
        return
    path = typed_path(answer)
    screen.say(_("Writing the workbook …"))

    def work() -> str:
        from hsreview.workflows.exporting import export_excel
        from hsreview.workflows.projects import Project

        with Project.open(root) as project:
            report = export_excel(project, path, layer=layer, lang=current_language(), viewer=viewer)
        return " ".join([_("Written: {path}").format(path=report.path), *report.notices()])

    root, viewer = screen.session.project.root, screen.session.coder
    screen.workbench.in_background(work, screen.say)


def _write_public(screen: ListScreen, layer: str, answer: str) -> None:
    if not answer.strip():
        return
    path, coder, root = typed_path(answer), screen.workbench.coder(), screen.session.project.root
    screen.say(_("Writing the workbook …"))

    def work() -> str:
        from hsreview.workflows.projects import Project
        from hsreview.workflows.publishing import export_public as write

        with Project.open(root) as project:
            done = write(project, coder, path, layer=layer, lang=current_language())
        n = len(done.public.withheld)
        left = ngettext(
            "{n} thing was held back; hsreview export public tells which.",
            "{n} things were held back; hsreview export public tells which.",
            n,
        ).format(n=n)
        return " ".join([_("Written: {path}").format(path=done.path), left, *done.warnings])

    screen.workbench.in_background(work, screen.say)


def check(screen: ListScreen) -> None:
    """Run the doctor."""
    root = screen.session.project.root
    screen.say(_("Checking the project …"))

    def work() -> str:
        from hsreview.workflows.checking import doctor, finding_sentence
        from hsreview.workflows.projects import Project

        with Project.open(root) as project:
            findings = doctor(project)
        if not findings:
            return _("The project is sound.")
        more = ngettext("{count} finding:", "{count} findings:", len(findings)).format(count=len(findings))
        return f"{more} {finding_sentence(findings[0])}"

    screen.workbench.in_background(work, screen.say)


def back_up(screen: ListScreen) -> None:
    """Make a verified backup."""
    root = screen.session.project.root

    def work() -> str:
        from hsreview.workflows.checking import backup
        from hsreview.workflows.projects import Project

        with Project.open(root) as project:
            return _("Backup: {path}").format(path=backup(project))

    screen.workbench.in_background(work, screen.say)
