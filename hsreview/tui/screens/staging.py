"""Before an import is stored: what was found in every file, its speakers and their roles, and every doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Action, Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens import staging_acts
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.screens.staging_files import ROLE_NAMES, StagedFiles, transcript_of
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row, RowList

if TYPE_CHECKING:
    from hsreview.tui.screens.names_keeping import Keeper
    from hsreview.workflows.importing import Refused, Staged
    from hsreview.workflows.standing import Judge


class StagingScreen(ListScreen):
    """Files at the left, speakers of the highlighted file at the right, its first turns below."""

    SCOPES = (Scope.STAGING,)
    HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {**ListScreen.HANDLERS, **staging_acts.HANDLERS}
    ABOUT = HelpText(
        N_("Import"),
        N_(
            "Nothing is stored yet. Look through the files, correct the roles of the speakers (Tab goes to them), "
            "leave out what does not belong, then store."
        ),
    )

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self.paths = paths
        self.files = StagedFiles(self._judge)
        self.speakers = RowList(
            (Column(_("Speaker")), Column(_("Turns"), 5, right=True), Column(_("Role"), 12)), id="speakers"
        )
        self.total = 0
        self.stopped = False
        self.reading = False
        """Whether files are still being read."""
        self.storing = False
        self.progress = ""
        """How far the storing or the looking for names is, in words."""
        self.looking = False
        """Whether names are being looked for."""
        self.keeper: Keeper | None = None
        """The names that were found, and what was decided about them."""
        self.stored = False
        """Whether anything of this list is in the project now; until then the corrections made here stay."""

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("File")),
            Column(_("State"), 9, least=44),
            Column(_("Encoding"), 9, least=68),
            Column(_("Convention"), 14, least=58),
            Column(_("Turns"), 5, right=True),
            Column(_("Doubts"), 6, right=True),
        )

    def body(self) -> Iterable[Widget]:
        yield Horizontal(self.rows, self.speakers, id="staged")
        yield self.detail
        yield self.notice

    # Reading

    def _judge(self) -> Judge:
        from hsreview.workflows.standing import standings

        return standings(self.session.project)

    def fill(self) -> None:
        self.rows.empty = _("Reading the files …")
        self.reading = True
        super().fill()
        paths, language = list(self.paths), None

        def work() -> str:
            from hsreview.workflows.importing import files_in, respondent_rows, stage_files
            from hsreview.workflows.standing import notes_on

            try:
                walk = files_in(paths)
                self.app.call_from_thread(self._expect, len(walk.files))
                for entry in stage_files(walk.files, language=language, cancelled=lambda: self.stopped):
                    self.app.call_from_thread(self._staged, entry)
                with suppress(InputRefused):  # The screen says what is wrong with a table when the files are stored.
                    self.files.notes = notes_on(respondent_rows(paths))
            finally:
                self.reading = False
            return ""

        self.workbench.in_background(work, lambda _answer: self._all_read())

    def on_unmount(self) -> None:
        self.stopped = True

    def _expect(self, total: int) -> None:
        self.total = total
        self.refresh_header()

    def _staged(self, entry: Staged | Refused) -> None:
        self.files.add(entry)
        self.reread()

    def _all_read(self) -> None:
        if not self.files.found:
            self.rows.empty = _("There is no transcript to import there.")
        self.reread()
        refused = self.files.refused()
        said = ngettext("{count} file was read.", "{count} files were read.", len(self.files.found))
        bad = ngettext("{count} was refused.", "{count} were refused.", refused).format(count=refused)
        self.say(said.format(count=len(self.files.found)) + (f" {bad}" if refused else ""))

    def read_again(self, entry: Staged | Refused, encoding: str | None) -> bool:
        """Read the highlighted file anew with what was said of its labels; false when it is refused, with a word."""
        from hsreview.workflows.importing import Refused, stage_files

        (again,) = stage_files([entry.file], encoding=encoding, speakers=self.files.named.get(entry.file))
        if isinstance(again, Refused):
            self.say(again.reason, "warn")
            return False
        self.replace_current(again)
        return True

    # Showing

    def live_actions(self) -> list[Action]:
        # Neither list opens anything: the speakers follow the cursor.
        return [entry for entry in super().live_actions() if entry.id != "list.choose"]

    def all_rows(self) -> Sequence[Row]:
        return self.files.rows()

    def title_pieces(self) -> Sequence[Piece]:
        read = _("{count} of {total} read").format(count=len(self.files.found), total=self.total)
        return [Piece(_("Import"), "strong"), Piece(f"  {read}  ", "quiet"), Piece(_("nothing is stored yet"), "warn")]

    def right_pieces(self) -> Sequence[Piece]:
        if self.keeper is None:
            return [Piece(f" {_('names stay as they are')} ", "quiet")]
        left = len(self.keeper.names.undecided)
        told = ngettext("{count} name not decided", "{count} names not decided", left).format(count=left)
        return [Piece(f" {told} ", "warn" if left else "quiet")]

    def coder_leaves(self) -> bool:
        if self.keeper is not None:
            self.keeper.now()
        return True

    def unstored(self) -> str:
        return self.keeper.now() if self.keeper is not None else ""

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self.refresh_header()

    def current_entry(self) -> Staged | Refused | None:
        """The file under the cursor."""
        row = self.rows.current
        return self.files.found[int(row.key)] if row else None

    def moved(self) -> None:
        self.show_speakers()
        self.show_detail()

    def show_speakers(self) -> None:
        """Show the speakers of the highlighted file."""
        staged = transcript_of(self.current_entry())
        self.speakers.show(
            [
                Row(speaker.label, (speaker.label, str(speaker.turns), _(ROLE_NAMES[speaker.role])))
                for speaker in (staged.speakers if staged else ())
            ]
        )
        self.speakers.empty = _("no labels: every turn without speaker") if staged else ""

    def detail_of(self, row: Row) -> str:
        return self.files.detail(int(row.key), self.key("staging.labels"))

    def replace_current(self, entry: Staged) -> None:
        """Put another reading of the highlighted file in its place."""
        row = self.rows.current
        if row is not None:
            self.files.replace(int(row.key), entry)
            self.reread()
            self.show_speakers()
            self.show_detail()
