"""Chores of a project from its list of transcripts: workbook, check, backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import _, ngettext

if TYPE_CHECKING:
    from hsreview.tui.screens.list_screen import ListScreen


def export_workbook(screen: ListScreen) -> None:
    """Choose what of the theme workbook is to be written, and write it."""
    _export(screen, "workbook")


def export_public(screen: ListScreen) -> None:
    """Choose what of the public workbook is to be written, and write it."""
    _export(screen, "public")


def _export(screen: ListScreen, what: str) -> None:
    from hsreview.tui.screens.exporting import ExportScreen
    from hsreview.workflows.exports import What

    screen.workbench.push_screen(ExportScreen(What(what)))


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
