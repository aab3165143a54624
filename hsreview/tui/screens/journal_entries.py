"""The entries on one row of the framework. Enter goes to the words on which one rests."""

from __future__ import annotations

from collections.abc import Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_evidence import UNDO, choose_name
from hsreview.tui.screens.journal_form import ask_column, cell_text, write_entry
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import journal as acts
from hsreview.workflows.framework_rows import Row, said
from hsreview.workflows.journal import DATE, Journal, Observation, entry_columns
from hsreview.workflows.monitoring import entry_words
from hsreview.workflows.reading import present_transcript
from hsreview.workflows.tracing import segments_of_entry
from hsreview.workflows.undoing import UndoResult

OWN = frozenset({"observation", "evidence", "framework_row"})
"""What is taken back on these screens without a question."""


class JournalBase(ListScreen):
    """What the screens of the journal share: the journal, and undo."""

    journal: Journal

    def reread(self) -> None:
        try:
            super().reread()
        except InputRefused as error:
            self.rows.empty = error.message  # It stays when the warning has gone.
            self.rows.show(())
            raise

    @property
    def undoing(self) -> Undoing:
        return Undoing(self, OWN, None, self._undone, self.say)

    def _undone(self, _result: UndoResult, told: str) -> None:
        self.show_again(told)

    def show_again(self, told: str) -> None:
        """Read the journal again, and say something."""
        self.reread()
        self.say(told)


class EntriesScreen(JournalBase):
    """The latest entry first."""

    SCOPES = (Scope.ENTRIES,)
    ABOUT = HelpText(
        N_("Entries on a row"),
        N_(
            "Everything that was entered on this row, the latest first. a writes another entry, e changes a cell of "
            "one, d takes one away. Enter goes to the words on which an entry rests."
        ),
    )

    def __init__(self, row_id: str) -> None:
        super().__init__()
        self.row_id = row_id
        self.found: dict[str, Observation] = {}

    def columns(self) -> Sequence[Column]:
        return (Column(_("Date"), 10), Column(_("Entry")))

    @property
    def row(self) -> Row:
        """The row whose entries they are. Raises InputRefused when it was removed."""
        row = self.journal.framework.by_id.get(self.row_id)
        if row is None:
            raise InputRefused(_("The row was removed."))
        return row

    def all_rows(self) -> Sequence[Line]:
        self.found = {}
        self.journal = acts.journal(self.session.project, viewer=self.session.coder)
        self.rows.empty = _("No entry yet. Write one with {key}.").format(key=self.key("entries.add"))
        self.found = {each.id: each for each in reversed(self.journal.of.get(self.row_id, ()))}
        return [Line(each.id, (each.date, self._line(each))) for each in self.found.values()]

    def _line(self, entry: Observation) -> str:
        words = [words for _label, words in entry_words(self.journal, entry, current_language())]
        return " · ".join(" ".join(each.split()) for each in words)

    def title_pieces(self) -> Sequence[Piece]:
        row = self.journal.framework.by_id.get(self.row_id) if hasattr(self, "journal") else None
        if row is None:
            return [Piece(_("Entries on a row"), "strong")]
        text = " ".join(said(row, current_language()).split())
        return [Piece(row.ref, "strong"), Piece(f" · {acts.told(len(self.found))} · ", "key"), Piece(text, "quiet")]

    def detail_of(self, line: Line) -> str:
        words = entry_words(self.journal, self.found[line.key], current_language())
        return "\n".join(labelled(label, told) for label, told in words)

    def entry(self) -> Observation:
        """The entry under the cursor. Raises InputRefused when there is none."""
        line = self.rows.current
        if line is None:
            raise InputRefused(_("There is no entry here."))
        return self.found[line.key]

    def chosen(self, line: Line) -> None:
        segments = segments_of_entry(self.session.project, self.journal, self.found[line.key])
        if not segments:
            raise InputRefused(_("This entry rests on no words in the project; `journal set --from` links them."))
        coding = segments[0].coding
        transcript = present_transcript(self.session.project, segments[0].transcript_id)
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)


def _add(screen: EntriesScreen) -> None:
    write_entry(screen, screen.journal, screen.row, screen.show_again)


def _edit(screen: EntriesScreen) -> None:
    entry, row = screen.entry(), screen.row
    columns = {each.key: each for each in (DATE, *entry_columns(row))}
    held = screen.journal.values(entry)

    def column_chosen(key: str) -> None:
        def write(text: str) -> None:
            values = acts.read_entry(screen.journal.framework, row, [(key, text)])
            changed = acts.change_entry(screen.session.project, screen.workbench.coder(), entry, values)
            screen.show_again(_("The entry was changed.") if changed else _("The entry says this already."))

        ask_column(screen, row, columns[key], cell_text(screen.journal, columns[key], held.get(key)), write)

    labels = {key: each.label.get(current_language()) for key, each in columns.items()}
    choose_name(screen, _("Which column?"), labels, column_chosen)


def _remove(screen: EntriesScreen) -> None:
    entry = screen.entry()
    acts.remove_entries(screen.session.project, screen.workbench.coder(), [entry])
    screen.show_again(_("The entry of {date} was taken away.").format(date=entry.date))


EntriesScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    **{f"entries.{name}": act for name, act in UNDO.items()},
    "entries.add": _add,
    "entries.edit": _edit,
    "entries.remove": _remove,
}
