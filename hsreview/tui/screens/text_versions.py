"""The texts of a transcript: who corrected it when, what changed, and what became of the codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.model.transcript import Transcript
from hsreview.tui.help import HelpText
from hsreview.tui.screens.correction import STATES
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import text_history as history
from hsreview.workflows.carrying import Carried, Pieces, nearest
from hsreview.workflows.carrying import Piece as Carry
from hsreview.workflows.coders import coders
from hsreview.workflows.reading import open_text, present_transcript
from hsreview.workflows.text_history import HOW, VERSION_WORDS, ChangedTurn, VersionRow

TURN = "turn:"
"""What the key of a row that tells of a turn begins with; its place in the list follows."""


class TextVersionsScreen(ListScreen):
    """The newest first; Enter shows what a correction changed."""

    ABOUT = HelpText(
        N_("Texts of a transcript"),
        N_(
            "The imported text and its corrections, the newest first. Enter shows what one of them changed, and what "
            "became of the codings and memos that stood on the texts before it. u in the transcript takes a correction "
            "back."
        ),
    )

    def __init__(self, transcript: Transcript) -> None:
        super().__init__()
        self.transcript = transcript
        self.found: dict[str, tuple[VersionRow, str]] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("no."), 4, right=True),
            Column(_("On"), 10),
            Column(_("By"), 12),
            Column(_("What")),
            Column(_("Words"), 8, right=True),
            Column(_("Turns"), 8, right=True),
            Column("", 13),
        )

    def all_rows(self) -> Sequence[Row]:
        project = self.session.project
        self.transcript = present_transcript(project, self.transcript.id)
        names = {each.id: each.name for each in coders(project)}
        self.found = {row.id: (row, what) for row, what in reversed(history.versions(project, self.transcript))}
        return [
            Row(
                row.id,
                (
                    str(row.number), row.at[:10], names.get(row.coder_id, ""), _(VERSION_WORDS[what]), str(row.words),
                    str(row.turns), _("read now") if row.newest else "",
                ),
            )
            for row, what in self.found.values()
        ]  # fmt: skip

    def title_pieces(self) -> Sequence[Piece]:
        n = len(self.found)
        said = ngettext("{n} text", "{n} texts", n).format(n=n)
        return [Piece(self.transcript.name, "strong"), Piece(f" · {said}", "quiet")]

    def detail_of(self, row: Row) -> str:
        text, what = self.found[row.key]
        if what == "apart":
            return _("Made apart from another correction: what is in it only is not in the text that is read.")
        return labelled(_(VERSION_WORDS[what]), f"{text.at[:16].replace('T', ' ')} · {text.format}".rstrip(" ·"))

    def chosen(self, row: Row) -> None:
        project, coder = self.session.project, self.session.coder
        before, new = history.two_texts(project, self.transcript, row.key)
        changed = history.changed_turns(project, before.id, new.id)
        pieces = history.became(project, self.transcript, new, coder)
        self.app.push_screen(TextChangeScreen(self.transcript, before, new, changed, pieces))


class TextChangeScreen(ListScreen):
    """The turns that a correction changed, then the codings and memos that it did not leave where they were."""

    ABOUT = HelpText(
        N_("What a correction changed"),
        N_(
            "First the turns that are not the same as in the text before, then the codings and memos from before, as "
            "they stand in the newest text: changed and lost ones wait for their coders. Below, the words before and "
            "after. Enter goes to the place in the text."
        ),
    )

    def __init__(
        self, transcript: Transcript, old: VersionRow, new: VersionRow, changed: Sequence[ChangedTurn], pieces: Pieces
    ) -> None:
        super().__init__()
        self.transcript, self.old, self.new = transcript, old, new
        self.turns, self.pieces = changed, pieces
        self.carried: Mapping[str, Carry] = {each.id: each for each in pieces.entries}

    def columns(self) -> Sequence[Column]:
        return (Column(_("What"), 12), Column(_("Place"), 12), Column(_("Code"), 14, hued=True), Column(_("Words")))

    def all_rows(self) -> Sequence[Row]:
        self.rows.empty = _("The words and turns are the same.")
        rows = [
            Row(
                f"{TURN}{at}",
                (_(HOW[each.how]), _("turn {n}").format(n=each.number), "", _line(each.after or each.before)),
            )
            for at, each in enumerate(self.turns)
        ]
        counts = self.pieces.counts()
        told = " · ".join(f"{_(word)} {counts[state]}" for state, word in STATES.items())
        hidden = [_("those of others are not shown: you code blind")] if self.pieces.hidden else []
        rows.append(Row("heading", (_("Codings"), "", "", " · ".join([told, *hidden])), "heading"))
        order = [state for state in STATES if state is not Carried.UNCHANGED]
        return rows + [
            self._piece(each) for state in order for each in self.pieces.entries if each.state is state
        ]  # fmt: skip

    def _piece(self, each: Carry) -> Row:
        name = self.session.code_name(each.code_id) if each.code_id else None
        cells = (_(STATES[each.state]), each.where or each.where_before, name.ref if name else _("memo"))
        return Row(each.id, (*cells, _line(each.after or each.before)), hue=name.hue if name else "")

    def title_pieces(self) -> Sequence[Piece]:
        said = _("{name}: from text {old} to text {new}")
        return [Piece(said.format(name=self.transcript.name, old=self.old.number, new=self.new.number), "strong")]

    def detail_of(self, row: Row) -> str:
        if row.key == "heading":
            return ""
        if row.key.startswith(TURN):
            turn = self.turns[int(row.key.removeprefix(TURN))]
            before, after = turn.before, turn.after
        else:
            before, after = self.carried[row.key].before, self.carried[row.key].after
        return "\n".join([labelled(_("before"), _line(before) or "–"), labelled(_("after"), _line(after) or "–")])

    def chosen(self, row: Row) -> None:
        project, transcript = self.session.project, present_transcript(self.session.project, self.transcript.id)
        if not row.key.startswith(TURN):
            start, end = nearest(project, self.carried[row.key])
            self.workbench.open_transcript(transcript, start=start, end=end)
            return
        if transcript.version_id != self.new.id:
            raise InputRefused(_("This is not the newest text: only that one can be opened."))
        number = self.turns[int(row.key.removeprefix(TURN))].number
        turns = open_text(project, transcript).turns
        turn = turns[min(number, len(turns)) - 1]
        self.workbench.open_transcript(transcript, start=turn.label_end, end=turn.end)


def _line(words: str) -> str:
    return " ".join(words.split())
