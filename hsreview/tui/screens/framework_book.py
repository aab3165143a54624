"""A framework's Excel file that came back: every changed cell, new row and missing row is accepted or refused."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.framework_evidence import choose_name
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.returned_sheet import CHANGE, ReturnedScreen, handlers
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import framework_import as books
from hsreview.workflows.framework_import import TAKEN, BookDiff, ChangeKind


class FrameworkBookScreen(ReturnedScreen):
    """One row per cell that says something else than the project; nothing is stored before `s`."""

    SCOPES = (Scope.FRAMEWORK_BOOK,)
    ABOUT = HelpText(
        N_("A framework that came back"),
        N_(
            "Every cell that says something else than the project, every new row, and rows that are no longer in the "
            "file. ✓ will be stored, – is left as it is; what would empty a cell, what was changed on both sides, and "
            "rows that would go, are left unless you accept them. ✗ could not be read. s stores what is accepted as "
            "one act."
        ),
    )

    def __init__(self, name: str, diff: BookDiff) -> None:
        names = [each.name for each in diff.changes]
        super().__init__(name, names, {each.name for each in diff.changes if each.kind in TAKEN})
        self.diff, self.faults = diff, len(diff.faults)

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Row"), 6, hued=True),
            Column(_("Column"), 22),
            Column(_("Kind"), 20),
            Column(_("Words")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("The file says what the project says.")
        changes = [
            self.change(
                each.name,
                (
                    each.row.ref if each.row else each.name, each.label, books.change_name(each.kind),
                    " ".join((each.now if each.kind is ChangeKind.REMOVED else each.after).split()),
                ),
            )
            for each in self.diff.changes
        ]  # fmt: skip
        faults = [
            Row(f"fault:{n}", ("✗", "", each.cell, "", each.message), "warn") for n, each in enumerate(self.diff.faults)
        ]
        notes = [
            Row(f"note:{n}", ("·", "", each.cell, "", each.message)) for n, each in enumerate(self.diff.notices)
        ]  # fmt: skip
        # First what somebody has to see to before the changes are accepted.
        return [*faults, *notes, *changes]

    def detail_of(self, row: Row) -> str:
        change = next((each for each in self.diff.changes if row.key == f"{CHANGE}{each.name}"), None)
        if change is None:
            return " · ".join(part for part in (row.cells[2], row.cells[-1]) if part)
        lines = [f"- {change.now}" if change.now else "", f"+ {change.after}" if change.after else ""]
        if change.kind is ChangeKind.CLASH:
            lines.insert(0, labelled(_("when it was written"), change.was or "–"))
        return "\n".join(filter(None, lines))

    def store_chosen(self) -> int:
        chosen = [each for each in self.diff.changes if each.name in self.taken]
        return books.take_changes(self.session.project, self.workbench.coder(), chosen)


FrameworkBookScreen.HANDLERS = handlers("framework_book")


def export(screen: ListScreen) -> None:
    """Ask for whom and in which language, and where the framework goes; the name says whether as a workbook or as a
    document."""
    project = screen.session.project
    own, other = ("fr", "en") if current_language() == "fr" else ("en", "fr")
    languages = {"fr": _("in French"), "en": _("in English"), "both": _("in both languages")}
    readers = {"team": _("for the team"), "public": _("public")}
    options = {
        f"{reader} {language}": f"{said}, {languages[language]}"
        for reader, said in readers.items()
        for language in (own, other, "both")
    }

    def chosen(key: str) -> None:
        reader, language = key.split()

        def done(answer: str) -> None:
            if answer.strip():
                from hsreview.workflows.framework_export import export_framework

                made = export_framework(
                    project, typed_path(answer), lang=language, public=reader == "public", viewer=screen.session.coder
                )
                told = _("Written, {reader}: {path}").format(reader=readers[reader], path=made.path)
                screen.say(" · ".join([*made.warnings[:1], told]), "warn" if made.warnings else "strong")

        name = "framework-public.xlsx" if reader == "public" else "framework.xlsx"
        screen.ask(_("Write the framework to (.xlsx or .docx):"), done, text=str(project.root / "exports" / name))

    choose_name(screen, _("For whom?"), options, chosen)


def read_back(screen: ListScreen) -> None:
    """Ask for a file that came back, and show what it would change."""

    def done(answer: str) -> None:
        if answer.strip():
            path = typed_path(answer)
            diff = books.compare_book(screen.session.project, path, viewer=screen.session.coder)
            screen.workbench.push_screen(FrameworkBookScreen(path.name, diff))

    folder = str(screen.session.project.root / "exports") + "/"
    screen.ask(_("Which workbook of the framework came back?"), done, text=folder, select=False)
