"""The versions of the framework. Enter shows the rows of one as they stood, and what changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import framework_versions as acts
from hsreview.workflows.codebook_versions import coder_names
from hsreview.workflows.framework_rows import said, status_name
from hsreview.workflows.framework_values import cells_in_words
from hsreview.workflows.framework_versions import FrameworkVersion, FrozenRow, VersionDiff
from hsreview.workflows.undoing import UndoResult
from hsreview.workflows.version_words import change_name, links_in_words, state_name, summary, told_cells


class FrameworkVersionsScreen(ListScreen):
    """The newest first."""

    SCOPES = (Scope.FRAMEWORK_VERSIONS,)
    ABOUT = HelpText(
        N_("Versions of the framework"),
        N_(
            "A version is the framework as it stood when it was set aside, or as a meeting signed it off; it never "
            "changes. Enter shows its rows, and what changed since."
        ),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: Mapping[str, FrameworkVersion] = {}
        self.names: Mapping[str, str] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Version"), 8, hued=True),
            Column(_("Name"), 18),
            Column(_("What"), 11),
            Column(_("On"), 10),
            Column(_("Rows"), 6, right=True),
            Column(_("Because")),
        )

    def all_rows(self) -> Sequence[Line]:
        project = self.session.project
        self.names = coder_names(project)
        self.found = {each.id: each for each in reversed(acts.frozen_versions(project, self.session.coder))}
        self.rows.empty = _("No version yet. Set the framework aside with {key}.").format(
            key=self.key("framework_versions.freeze")
        )
        return [
            Line(
                each.id,
                (
                    each.number, each.name, state_name(each.state), each.at[:10], str(len(each.rows)),
                    " ".join(each.reason.split()),
                ),
            )
            for each in self.found.values()
        ]  # fmt: skip

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.found)
        count = ngettext("{n} version", "{n} versions", n).format(n=n)
        return [Piece(_("Versions of the framework"), "strong"), Piece(f" · {count}", "quiet")]

    def detail_of(self, line: Line) -> str:
        each = self.found[line.key]
        parts = (each.at[:16].replace("T", " "), self.names.get(each.coder_id, ""), each.reason)
        return "  ".join(part for part in parts if part)

    def chosen(self, line: Line) -> None:
        self.workbench.push_screen(FrozenRowsScreen(line.key))


class FrozenRowsScreen(ListScreen):
    """The rows of one version; what changed since is marked, and told below."""

    SCOPES = (Scope.FROZEN_ROWS,)
    ABOUT = HelpText(
        N_("Rows of a version"),
        N_("Rows as they stood when the version was set aside. Below is told what changed in a row since."),
    )

    def __init__(self, version_id: str) -> None:
        super().__init__()
        self.version_id = version_id
        self.version: FrameworkVersion | None = None
        self.now: Sequence[FrozenRow] = ()
        self.since = VersionDiff((), (), ())
        self.all: bool | None = None
        """Whether unchanged rows are shown too; null until it was chosen: then only where nothing changed."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Row"), 6, hued=True),
            Column(_("Since then"), 11),
            Column(_("Status"), 10, least=70),
            Column(_("Says")),
        )

    def all_rows(self) -> Sequence[Line]:
        project = self.session.project
        with project.snapshot():
            there = {each.id: each for each in acts.frozen_versions(project, self.session.coder)}
            self.version = there.get(self.version_id)
            self.now = acts.frozen_rows(project)
        before = self.version.rows if self.version is not None else ()
        self.since = acts.diff(before, self.now) if self.now else VersionDiff((), (), ())
        self.rows.empty = _("Nothing changed since this version.")
        what = {
            **dict.fromkeys((each.row.id for each in self.since.removed), "removed"),
            **{each.after.row.id: "changed" for each in self.since.changed},
        }
        whole = not self.since if self.all is None else self.all
        return [
            *(self._line(each, "added") for each in self.since.added),
            *(self._line(each, what.get(each.row.id, "")) for each in before if whole or each.row.id in what),
        ]

    def _line(self, frozen: FrozenRow, change: str) -> Line:
        row = frozen.row
        text = " ".join(said(row, current_language()).split())
        return Line(row.id, (row.ref, change_name(change) if change else "", status_name(row.status), text))

    def title_pieces(self) -> Sequence[Piece]:
        if self.version is None:
            return [Piece(_("Rows of a version"), "strong")]
        named = _("Version {name}").format(name=acts.version_name(self.version))
        since = labelled(_("since then"), summary(self.since).rstrip("."))
        return [Piece(named, "strong"), *([Piece(f" · {since}", "quiet")] if self.now else [])]

    def detail_of(self, line: Line) -> str:
        if self.version is None:
            return ""
        before, after = acts.as_framework(self.version), acts.framework_of(self.now)
        for each in self.since.changed:
            if each.after.row.id == line.key:
                cells = told_cells(each, before, after)
                return "\n".join(labelled(c.label, f"{c.before or '–'} → {c.after or '–'}") for c in cells)
        frozen = next(each for each in (*self.version.rows, *self.now) if each.row.id == line.key)
        among = before if line.key in before.by_id else after
        evidence = " · ".join(part for part in (frozen.badge.get(current_language()), links_in_words(frozen)) if part)
        told = [labelled(*each) for each in cells_in_words(among, frozen.row, current_language())]
        return "\n".join([*told, *([labelled(_("Evidence"), evidence)] if evidence else [])])


def _versions(screen: BaseScreen) -> None:
    screen.workbench.push_screen(FrameworkVersionsScreen())


def _freeze(screen: FrameworkVersionsScreen) -> None:
    def done(name: str) -> None:
        made = acts.freeze(screen.session.project, screen.workbench.coder(), name)
        screen.reread()
        n = len(made.rows)
        said = ngettext("Version {name}: {n} row was set aside.", "Version {name}: {n} rows were set aside.", n)
        caution = acts.retold(acts.frozen_versions(screen.session.project), made)
        screen.say(" ".join(filter(None, [said.format(name=acts.version_name(made), n=n), caution])))

    screen.ask(_("Name of the version (may stay empty):"), done)


def _all(screen: FrozenRowsScreen) -> None:
    screen.all = bool(screen.since) if screen.all is None else not screen.all
    screen.reread()


def _undoing(screen: FrameworkVersionsScreen) -> Undoing:
    def done(_result: UndoResult, told: str) -> None:
        screen.reread()
        screen.say(told)

    return Undoing(screen, frozenset({"framework_version"}), None, done, screen.say)


OF_ROWS: Mapping[str, Callable[[Any], None]] = {"rows.versions": _versions}
"""What the screen of the rows does about versions."""
FrameworkVersionsScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    "framework_versions.freeze": _freeze,
    "framework_versions.undo": lambda screen: _undoing(screen).undo(),
    "framework_versions.redo": lambda screen: _undoing(screen).redo(),
}
FrozenRowsScreen.HANDLERS = {**ListScreen.HANDLERS, "frozen_rows.all": _all}
