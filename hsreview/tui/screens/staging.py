"""Before an import is stored: what was found in every file, its speakers and their roles, and every doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.widget import Widget

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible_block
from hsreview.model.staging import CONVENTIONS, TO_CHECK
from hsreview.model.text import Role
from hsreview.tui.action import Action, Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row, RowList

if TYPE_CHECKING:
    from hsreview.model.staging import Doubt, StagedTranscript
    from hsreview.workflows.importing import Refused, Staged
    from hsreview.workflows.standing import Judge, Standing

ROLE_NAMES = {Role.INTERVIEWER: N_("interviewer"), Role.RESPONDENT: N_("respondent"), Role.OTHER: N_("other")}
ENCODINGS = ("utf-8", "cp1252", "iso-8859-15", "mac-roman", "utf-16")
SAMPLE_TURNS = 4


class StagingScreen(ListScreen):
    """Files at the left, speakers of the highlighted file at the right, its first turns below."""

    CSS_PATH = "staging.tcss"
    SCOPES = (Scope.STAGING,)
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
        self.speakers = RowList(
            (Column(_("Speaker")), Column(_("Turns"), 5, right=True), Column(_("Role"), 12)), id="speakers"
        )
        self.found: list[Staged | Refused] = []
        self.left_out: set[Path] = set()
        self.named: dict[Path, dict[str, Role]] = {}
        """The labels and roles that were said of each file here; they outlast another reading of it."""
        self.total = 0
        self.stopped = False
        self.storing = False
        self.progress = ""
        """How far the storing is, in words."""
        self.standing: dict[Path, Standing] = {}
        """What each file is to the project and to the files before it."""
        self.judge: Judge | None = None
        self.notes: Callable[[Path], Sequence[Doubt]] = lambda file: ()
        """What the table of respondents makes of a file."""
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

    def fill(self) -> None:
        self.rows.empty = _("Reading the files …")
        super().fill()
        paths, language = list(self.paths), None

        def work() -> str:
            from hsreview.workflows.importing import files_in, respondent_rows, stage_files
            from hsreview.workflows.standing import notes_on

            walk = files_in(paths)
            self.app.call_from_thread(self._expect, len(walk.files))
            for entry in stage_files(walk.files, language=language, cancelled=lambda: self.stopped):
                self.app.call_from_thread(self._staged, entry)
            with suppress(InputRefused):  # The screen says what is wrong with a table when the files are stored.
                self.notes = notes_on(respondent_rows(paths))
            return ""

        self.workbench.in_background(work, lambda _answer: self._all_read())

    def live_actions(self) -> list[Action]:
        # Neither list opens anything: the speakers follow the cursor.
        return [entry for entry in super().live_actions() if entry.id != "list.choose"]

    def on_unmount(self) -> None:
        self.stopped = True

    def _expect(self, total: int) -> None:
        self.total = total
        self.refresh_header()

    def _staged(self, entry: Staged | Refused) -> None:
        self._judge(entry)
        self.found.append(entry)
        self.reread()

    def _judge(self, entry: Staged | Refused) -> None:
        """Say what a file is to the project and to the files before it that will be stored."""
        from hsreview.workflows.standing import standings

        self.judge = self.judge or standings(self.session.project)
        staged = self.transcript_of(entry)
        if staged is not None:
            self.standing[entry.file] = self.judge(staged, counts=entry.file not in self.left_out)

    def judge_again(self) -> None:
        """Say it of every file anew, after one of them has changed or is left out."""
        self.judge = None
        for entry in self.found:
            self._judge(entry)

    def _all_read(self) -> None:
        if not self.found:
            self.rows.empty = _("There is no transcript to import there.")
        self.reread()
        refused = sum(1 for entry in self.found if not self.transcript_of(entry))
        said = ngettext("{count} file was read.", "{count} files were read.", len(self.found))
        bad = ngettext("{count} was refused.", "{count} were refused.", refused).format(count=refused)
        self.say(said.format(count=len(self.found)) + (f" {bad}" if refused else ""))

    @staticmethod
    def transcript_of(entry: Staged | Refused) -> StagedTranscript | None:
        """What was found in a file, unless it was refused."""
        return getattr(entry, "transcript", None)

    def all_rows(self) -> Sequence[Row]:
        return [self._row(index, entry) for index, entry in enumerate(self.found)]

    def _row(self, index: int, entry: Staged | Refused) -> Row:
        staged = self.transcript_of(entry)
        if staged is None:
            return Row(str(index), ("✗", entry.file.name, _("refused"), "", "", "", ""), "warn")
        mark, state, look = (
            ("–", N_("left out"), "quiet") if entry.file in self.left_out else self._state(entry.file, staged)
        )
        doubts = len(self._doubts(entry.file, staged))
        cells = (
            mark,
            entry.file.name,
            _(state),
            staged.encoding or staged.format,
            _(CONVENTIONS.get(staged.convention, staged.convention)),
            str(len(staged.turns)),
            str(doubts) if doubts else "",
        )
        return Row(str(index), cells, look)

    def _state(self, file: Path, staged: StagedTranscript) -> tuple[str, str, str]:
        """Mark, word and look of what an import does with a file."""
        from hsreview.workflows.standing import Status

        check = any(doubt.code in TO_CHECK for doubt in staged.doubts)
        return {
            Status.NEW: ("?", N_("to check"), "warn") if check else ("✓", N_("new"), ""),
            Status.KNOWN: ("=", N_("known"), "quiet"),
            Status.CHANGED: ("≠", N_("changed"), "warn"),
        }[self.standing[file].status]

    def _doubts(self, file: Path, staged: StagedTranscript) -> list[Doubt]:
        return [*self.notes(file), *staged.doubts]

    def title_pieces(self) -> Sequence[Piece]:
        read = _("{count} of {total} read").format(count=len(self.found), total=self.total)
        return [Piece(_("Import"), "strong"), Piece(f"  {read}  ", "quiet"), Piece(_("nothing is stored yet"), "warn")]

    def current_entry(self) -> Staged | Refused | None:
        """The file under the cursor."""
        row = self.rows.current
        return self.found[int(row.key)] if row else None

    def moved(self) -> None:
        self.show_speakers()
        self.show_detail()

    def show_speakers(self) -> None:
        """Show the speakers of the highlighted file."""
        entry = self.current_entry()
        staged = self.transcript_of(entry) if entry else None
        self.speakers.show(
            [
                Row(speaker.label, (speaker.label, str(speaker.turns), _(ROLE_NAMES[speaker.role])))
                for speaker in (staged.speakers if staged else ())
            ]
        )
        self.speakers.empty = _("no labels: every turn without speaker") if staged else ""

    def detail_of(self, row: Row) -> str:
        entry = self.found[int(row.key)]
        staged = self.transcript_of(entry)
        if staged is None:
            return str(getattr(entry, "reason", ""))
        said = self.standing[entry.file].sentence
        lines = [said] if said else []
        # What has to be checked comes first: three doubts are shown.
        doubts = sorted(self._doubts(entry.file, staged), key=lambda doubt: doubt.code not in TO_CHECK)
        if doubts and doubts[0].code in TO_CHECK:
            lines.append(_("Key {key}: name the labels of this file.").format(key=self.key("staging.labels")))
        lines += [f"⚠ {doubt.message}" for doubt in doubts[:3]]
        for turn in staged.turns[:SAMPLE_TURNS]:
            said = " ".join(turn.said(staged.text)[:160].split())
            lines.append(f"{turn.number} {turn.speaker or '–'}: {said}")
        return "\n".join(lines)

    def replace_current(self, entry: Staged) -> None:
        """Put another reading of the highlighted file in its place."""
        row = self.rows.current
        if row is not None:
            self.found[int(row.key)] = entry
            self.judge_again()
            self.reread()
            self.show_speakers()
            self.show_detail()

    def read_again(self, entry: Staged | Refused, encoding: str | None) -> bool:
        """Read the highlighted file anew with what was said of its labels; false when it is refused, with a word."""
        from hsreview.workflows.importing import Refused, stage_files

        (again,) = stage_files([entry.file], encoding=encoding, speakers=self.named.get(entry.file))
        if isinstance(again, Refused):
            self.say(again.reason, "warn")
            return False
        self.replace_current(again)
        return True


def _role(role: Role) -> Callable[[StagingScreen], None]:
    def handler(screen: StagingScreen) -> None:
        entry, row = screen.current_entry(), screen.speakers.current
        staged = screen.transcript_of(entry) if entry else None
        if entry is None or staged is None or row is None:
            return
        screen.named.setdefault(entry.file, {})[row.key] = role
        speakers = tuple(replace(s, role=role) if s.label == row.key else s for s in staged.speakers)
        screen.replace_current(replace(entry, transcript=replace(staged, speakers=speakers)))  # type: ignore[arg-type]

    return handler


def _leave_out(screen: StagingScreen) -> None:
    entry = screen.current_entry()
    if entry is not None:
        screen.left_out.symmetric_difference_update({entry.file})
        screen.judge_again()
        screen.reread()


def _encoding(screen: StagingScreen) -> None:
    from hsreview.tui.widgets.chooser import Choice

    entry = screen.current_entry()
    staged = screen.transcript_of(entry) if entry else None
    if entry is None or (staged is not None and not staged.encoding):
        screen.say(_("The format of this file says how it is encoded."))
        return
    readings = staged.readings if staged else {}
    names = list(dict.fromkeys([*readings, *ENCODINGS]))
    rows = [Row(name, (name, readings.get(name, ""))) for name in names]

    choice = Choice(
        _("Read {name} as").format(name=entry.file.name),
        lambda query: [row for row in rows if query in row.key],
        lambda row: screen.workbench.guarded(lambda: screen.read_again(entry, row.key)),
        (Column("", 14, hued=True), Column("")),
        total=len(rows),
    )
    screen.choose(choice)


def _labels(screen: StagingScreen) -> None:
    entry = screen.current_entry()
    staged = screen.transcript_of(entry) if entry else None
    if entry is None or staged is None:
        screen.say(_("This file was refused: it has no labels."))
        return

    def done(answer: str) -> None:
        from hsreview.workflows.importing import speaker_roles, unheard

        typed = speaker_roles(answer)
        screen.named[entry.file] = typed
        if not typed or not screen.read_again(entry, staged.encoding or None):
            return
        now = screen.transcript_of(screen.current_entry() or entry)
        missing = unheard(typed, [speaker.label for speaker in now.speakers] if now else [])
        turns = ngettext("{n} turn now.", "{n} turns now.", len(now.turns) if now else 0)
        said = turns.format(n=len(now.turns) if now else 0)
        screen.say(" ".join([said, *missing]), "warn" if missing else "")

    known = ",".join(f"{speaker.label}={_(ROLE_NAMES[speaker.role])}" for speaker in staged.speakers)
    example = _("Interviewer=interviewer,Mrs D.=respondent")
    screen.ask(_("Labels at the beginning of lines, such as {example}:").format(example=example), done, text=known)


def _store(screen: StagingScreen) -> None:
    coder = screen.workbench.coder()
    wanted = [entry for entry in screen.found if screen.transcript_of(entry) and entry.file not in screen.left_out]
    if screen.storing:
        screen.say(screen.progress)
        return
    if not wanted:
        screen.say(_("There is nothing to store."))
        return
    screen.storing = True
    root, paths = screen.session.project.root, list(screen.paths)

    def told() -> Iterator[Staged]:
        for number, entry in enumerate(wanted, 1):
            screen.progress = _("Storing {number} of {total} …").format(number=number, total=len(wanted))
            screen.call_later(screen.say, screen.progress)
            yield entry  # type: ignore[misc]

    def work() -> str:
        from hsreview.workflows.importing import respondent_rows, store
        from hsreview.workflows.projects import Project

        try:
            with Project.open(root) as project:
                report = store(project, coder, told(), respondents=respondent_rows(paths))
        finally:
            screen.storing = False
        screen.stored = bool(report.stored or report.known)
        parts = [ngettext("{count} transcript stored.", "{count} transcripts stored.", len(report.stored))]
        said = parts[0].format(count=len(report.stored))
        if report.known:
            known = ngettext("{count} was here already.", "{count} were here already.", len(report.known))
            said += " " + known.format(count=len(report.known))
        if report.refused:
            first = report.refused[0]
            said += " " + _("Refused: {name}: {reason}").format(name=first.file.name, reason=first.reason)
        return " ".join([said, *report.warnings])

    workbench = screen.workbench

    def done(answer: str) -> None:
        if screen.stored and workbench.screen is screen:
            workbench.pop_screen()
        workbench.refresh_screens()
        workbench.notify(visible_block(answer), markup=False)

    workbench.in_background(work, done)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "staging.store": _store,
    "staging.leave_out": _leave_out,
    "staging.encoding": _encoding,
    "staging.labels": _labels,
    "staging.interviewer": _role(Role.INTERVIEWER),
    "staging.respondent": _role(Role.RESPONDENT),
    "staging.other": _role(Role.OTHER),
}
StagingScreen.HANDLERS = HANDLERS
