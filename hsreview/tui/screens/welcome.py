"""Started outside a project: create one, open a recent one, see the demo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows.projects import place_warnings, proposed_place, recent_projects
from hsreview.workflows.unlocking import is_encrypted


class WelcomeScreen(ListScreen):
    """What one can do without a project."""

    ABOUT = HelpText(N_("Welcome"), N_("A project is a folder with one file, project.hsreview, that holds everything."))

    def columns(self) -> Sequence[Column]:
        return (Column("", 30, hued=True), Column(""))

    def all_rows(self) -> Sequence[Row]:
        rows = [
            Row("create", (_("Create a project"), _("a new folder with the critical-review codebook"))),
            Row("demo", (_("See the demo"), _("invented interviews, coded by three people"))),
        ]
        recent = recent_projects()
        if recent:
            rows.append(Row("", (_("Recent projects"), ""), "heading"))
            rows += [Row(f"open:{entry.path}", (f"  {entry.name}", _where(entry.path))) for entry in recent]
        rows.append(Row("folder", (_("Open another folder"), "")))
        rows.append(Row("quit", (_("Leave"), "")))
        return rows

    def title_pieces(self) -> Sequence[Piece]:
        return [Piece("hsreview", "strong"), Piece(f"  {_('code interviews by keyboard')}", "quiet")]

    def detail_of(self, row: Row) -> str:
        return _("There is no project in this folder. What do you want to do?")

    def chosen(self, row: Row) -> None:
        if row.key == "create":
            self._ask_folder()
        elif row.key == "demo":
            self._demo()
        elif row.key == "folder":
            self.ask(_("Folder of the project:"), self._enter, text=str(Path.cwd()))
        elif row.key == "quit":
            self.app.exit(0)
        elif row.key.startswith("open:"):
            self.workbench.guarded(lambda: self._enter(row.key.removeprefix("open:")))

    def _enter(self, path: str) -> None:
        self.workbench.enter_project(typed_path(path))

    def _ask_folder(self) -> None:
        here = Path.cwd() / "review"
        self.ask(_("Folder of the new project:"), self._check_folder, text=str(proposed_place(here) or here))

    def _check_folder(self, answer: str) -> None:
        if not answer.strip():
            return
        root = typed_path(answer)
        warnings = place_warnings(root)
        if warnings:
            self.workbench.warn(warnings[0], timeout=20)
        self.ask(_("Who codes (your name or initials):"), lambda name: self._create(root, name.strip()))

    def _create(self, root: Path, name: str) -> None:
        if not name:
            raise InputRefused(_("A coder needs a name."))

        def work() -> str:
            from hsreview.base.ids import new_id
            from hsreview.base.samples import sample_dir
            from hsreview.model.people import Coder
            from hsreview.workflows.projects import create_project

            create_project(
                root, codebook=sample_dir("codebooks") / "critical-review.yaml", coder=Coder(new_id(), name)
            ).close()
            return str(root)

        self.say(_("Creating the project …"))
        self.workbench.in_background(work, lambda answer: self.workbench.enter_project(Path(answer), name))

    def _demo(self) -> None:
        def work() -> str:
            import tempfile

            from hsreview.workflows.demo import build_demo

            root = Path(tempfile.mkdtemp(prefix="hsreview-demo-"))
            return str(build_demo(root).root)

        self.say(_("Building the sample project; this takes a few seconds …"))
        self.workbench.in_background(work, lambda answer: self.workbench.enter_project(Path(answer)))


def _where(root: Path) -> str:
    return _("{folder} (encrypted)").format(folder=root) if is_encrypted(root) else str(root)
