"""The versions of the codebook, and what changed between two of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import codebook_versions as acts
from hsreview.workflows.codebook_versions import Compared, Version
from hsreview.workflows.undoing import UndoResult


class VersionsScreen(ListScreen):
    """The newest first; Enter compares the highlighted one with the one before, or with the marked one."""

    SCOPES = (Scope.VERSIONS,)
    ABOUT = HelpText(
        N_("Versions of the codebook"),
        N_(
            "Every act that changed the codebook is a version. Enter shows what changed since the version before, or "
            "since the one that you marked. A lead can give a version a name."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, Version] = {}
        self.names: Mapping[str, str] = {}
        self.marked: str | None = None

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Version"), 12, hued=True),
            Column(_("Name"), 16, least=70),
            Column(_("On"), 10),
            Column(_("By"), 10),
            Column(_("What")),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.names = acts.coder_names(project)
        self.found = {str(each.number): each for each in reversed(acts.versions(project))}
        self.rows.empty = _("The project has no codebook yet.")
        return [self._row(key, each) for key, each in self.found.items()]

    def _row(self, key: str, each: Version) -> Row:
        mark = "◆ " if key == self.marked else ""
        what = labelled(_("taken back"), each.what) if each.taken_back else each.what
        name = self.names.get(each.coder_id, "")
        return Row(key, (f"{mark}{each.label}", each.name, each.at[:10], name, what))

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} version", "{count} versions", count).format(count=count)
        return [Piece(_("Versions of the codebook"), "strong"), Piece(f" · {said}", "quiet")]

    def detail_of(self, row: Row) -> str:
        each = self.found[row.key]
        return "\n".join(filter(None, (f"{acts.called(each)}  {each.at[:16].replace('T', ' ')}", each.reason)))

    def version(self) -> Version:
        """The version under the cursor. Raises InputRefused when there is none."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("The project has no codebook yet."))
        return self.found[row.key]

    def chosen(self, row: Row) -> None:
        new = self.found[row.key]
        old = self.found.get(self.marked or str(new.number - 1))
        if old is None or old.number == new.number:
            key = self.key("versions.mark")
            raise InputRefused(_("Mark another version with {key}, to compare it with this one.").format(key=key))
        first, second = sorted((old, new), key=lambda each: each.number)
        self.app.push_screen(DiffScreen(acts.compare_versions(self.session.project, first, second)))


class DiffScreen(ListScreen):
    """One row for each difference."""

    SCOPES = (Scope.DIFF,)
    ABOUT = HelpText(
        N_("What changed in the codebook"),
        N_("One row for each difference; below, the texts whole. They can be written for Word or Excel."),
    )

    def __init__(self, compared: Compared) -> None:
        super().__init__()
        self.compared = compared

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("What"), 14, hued=True),
            Column(_("Change"), 12),
            Column(_("Field"), 14, least=70),
            Column(_("Before")),
            Column(_("After")),
        )

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("The codebooks are the same.")
        return [Row(str(number), each.cells()) for number, each in enumerate(self.compared.changes)]

    def title_pieces(self) -> Sequence[Piece]:
        said = _("from version {old} to version {new}").format(old=self.compared.old, new=self.compared.new)
        return [Piece(said, "strong")]

    def detail_of(self, row: Row) -> str:
        each = self.compared.changes[int(row.key)]
        lines = (each.before, each.after)
        return "\n".join(f"{sign} {' '.join(text.split())}" for sign, text in zip("−+", lines, strict=True) if text)


def _mark(screen: VersionsScreen) -> None:
    row = screen.rows.current
    if row is not None:
        screen.marked = None if screen.marked == row.key else row.key
        screen.reread()


def _name(screen: VersionsScreen) -> None:
    version, coder = screen.version(), screen.workbench.coder()

    def done(name: str) -> None:
        acts.name_version(screen.session.project, coder, version, name)
        screen.reread()

    screen.ask(_("Name of version {label}:").format(label=version.label), done, text=version.name)


def _undoing(screen: VersionsScreen) -> Undoing:
    def done(_result: UndoResult, said: str) -> None:
        screen.session.read_codebook()
        screen.workbench.refresh_screens()
        screen.say(said)

    return Undoing(
        screen, frozenset({"code", "codebook", "setting"}), None, done, lambda reason: screen.say(reason, "warn")
    )


def _save(screen: DiffScreen) -> None:
    path = screen.session.project.root / "exports" / "codebook-changes.docx"

    def done(answer: str) -> None:
        if answer.strip():
            written = acts.write_comparison(screen.compared, typed_path(answer))
            screen.say(_("Written: {path}").format(path=written))

    screen.ask(_("Write the differences to (.docx or .xlsx):"), done, text=str(path))


VersionsScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    "versions.mark": _mark,
    "versions.name": _name,
    "versions.undo": lambda screen: _undoing(screen).undo(),
    "versions.redo": lambda screen: _undoing(screen).redo(),
}
HANDLERS: Mapping[str, Callable[[Any], None]] = {**ListScreen.HANDLERS, "diff.save": _save}
DiffScreen.HANDLERS = HANDLERS
