"""What one row of the framework stands on, down to the words; and what the screens of rows share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.base.terminal import visible_block
from hsreview.tui.action import Scope
from hsreview.tui.base_screen import BaseScreen
from hsreview.tui.help import HelpText
from hsreview.tui.screens.framework_ways import HANDLERS as AROUND
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.undoing import Undoing
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.chooser import Choice
from hsreview.tui.widgets.rows import Column
from hsreview.tui.widgets.rows import Row as Line
from hsreview.workflows import framework_rows as acts
from hsreview.workflows.evidence import Grade, Grounds, grade_name, grounds
from hsreview.workflows.evidence_words import in_words
from hsreview.workflows.framework_rows import (
    GROUNDED,
    Row,
    SourceKind,
    Stance,
    said,
    stance_name,
)
from hsreview.workflows.reading import present_transcript
from hsreview.workflows.tracing import Step, steps
from hsreview.workflows.undoing import UndoResult

OWN = frozenset({"framework_row", "evidence", "setting"})
"""What is taken back on these screens without a question."""
UNDO: Mapping[str, Callable[[Any], None]] = {
    "undo": lambda screen: screen.undoing.undo(),
    "redo": lambda screen: screen.undoing.redo(),
}


class RowsBase(ListScreen):
    """What both screens share: what the rows stand on, and undo."""

    behind: Grounds

    @property
    def undoing(self) -> Undoing:
        return Undoing(self, OWN, None, self._undone, self.say)

    def _undone(self, _result: UndoResult, told: str) -> None:
        self.reread()
        self.say(told)

    def evidence_of(self, row: Row) -> str:
        """How strong a row is, in a word or two; empty for rows without evidence of their own."""
        if row.kind not in GROUNDED:
            return ""
        chosen = row.data.get("strength_set")
        return grade_name(Grade(chosen)) if chosen else grade_name(self.behind.strength(row).grade)


class EvidenceScreen(RowsBase):
    """What one row stands on, through findings, down to the words."""

    SCOPES = (Scope.EVIDENCE,)
    ABOUT = HelpText(
        N_("What a row stands on"),
        N_("Segments, findings with their own segments, and documents. Enter goes to the words in the transcript."),
    )

    def __init__(self, row_id: str) -> None:
        super().__init__()
        self.row_id = row_id
        self.found: dict[str, Step] = {}
        self.known = False
        """Whether the row is there, and the coder may see it."""

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Stance"), 14),
            Column(_("Place"), 22, place=True),
            Column(_("Code"), 6, hued=True),
            Column(_("Words")),
        )

    @property
    def row(self) -> Row:
        """The row whose evidence it is."""
        return self.behind.framework.by_id[self.row_id]

    def all_rows(self) -> Sequence[Line]:
        project = self.session.project
        self.known = False
        found = acts.framework(project, viewer=self.session.coder)
        self.behind = grounds(project, found, [row for row in found.rows if row.id == self.row_id])
        self.rows.empty = _("It stands on nothing yet. Link segments from the list of coded segments.")
        self.known = self.row_id in found.by_id
        if not self.known:
            self.found = {}
            return []
        self.found = {f"{n}": step for n, step in enumerate(steps(self.behind, self.row))}
        return [self._line(key, step) for key, step in self.found.items()]

    def _line(self, key: str, step: Step) -> Line:
        link, segment = step.ground.link, step.segment
        place, code, words = "", "", link.source
        if segment is not None:
            place, words = self.behind.place(segment), segment.text
            code = self.behind.codes.get(segment.coding.code_id, "?")
        elif step.finding is not None:
            place, words = step.finding.ref, said(step.finding, current_language())
        elif link.source_kind is SourceKind.CODING:
            words = _("a coding that is no longer there")
        indent = "  " * (step.depth - 1)
        return Line(key, (indent + stance_name(link.stance), place, code, " ".join(words.split())))

    def title_pieces(self) -> Sequence[Piece]:
        if not self.known:
            return [Piece(_("What a row stands on"), "strong")]
        text = " ".join(said(self.row, current_language()).split())
        return [
            Piece(self.row.ref, "strong"),
            Piece(f" · {self.evidence_of(self.row)} · ", "key"),
            Piece(text, "quiet"),
        ]

    def detail_of(self, line: Line) -> str:
        step = self.found[line.key]
        link = step.ground.link
        words = step.segment.text if step.segment else said(step.finding, current_language()) if step.finding else ""
        return "\n".join(part for part in (" ".join(words.split()), link.note) if part)

    def chosen(self, line: Line) -> None:
        step = self.found[line.key]
        if step.finding is not None:
            self.workbench.push_screen(EvidenceScreen(step.finding.id))
            return
        if step.segment is None:
            raise InputRefused(_("There are no words in the project behind this link."))
        coding = step.segment.coding
        transcript = present_transcript(self.session.project, step.segment.transcript_id)
        self.workbench.ways.jump(transcript, start=coding.start, end=coding.end, coding_id=coding.id)


def choose_name(screen: BaseScreen, title: str, options: Mapping[str, str], then: Callable[[str], None]) -> None:
    """Choose one of a few names."""
    lines = [Line(key, (label,)) for key, label in options.items()]

    def search(query: str) -> Sequence[Line]:
        return [line for line in lines if fold(query) in fold(line.cells[0])]

    screen.choose(
        Choice(title, search, lambda line: then(line.key), (Column("", hued=True),), total=len(lines)), width=60
    )


def _strength(screen: EvidenceScreen) -> None:
    from hsreview.workflows.evidence_agreement import agreement_behind  # Not when the rows are first painted.

    if not screen.known:
        raise InputRefused(_("There is no row here."))
    project, row = screen.session.project, screen.row
    agreed = agreement_behind(project, screen.behind, [row], viewer=screen.session.coder)
    screen.detail.update(visible_block(" · ".join(in_words(screen.behind, row, agreed.get(row.id)))))


def _unlink(screen: EvidenceScreen) -> None:
    line = screen.rows.current
    if line is None:
        raise InputRefused(_("There is no link here."))
    step = screen.found[line.key]
    if step.depth > 1:
        raise InputRefused(_("This link belongs to a finding: open the finding with Enter first."))
    acts.unlink(screen.session.project, screen.workbench.coder(), [step.ground.link])
    screen.reread()
    n = 1
    screen.say(
        ngettext("{ref}: {n} link taken away.", "{ref}: {n} links taken away.", n).format(ref=screen.row.ref, n=n)
    )


def _stance(screen: EvidenceScreen) -> None:
    line = screen.rows.current
    if line is None:
        raise InputRefused(_("There is no link here."))
    step = screen.found[line.key]
    owner = screen.behind.framework.by_id[step.ground.link.row_id]

    def chosen(key: str) -> None:
        link = step.ground.link
        found = screen.behind.framework
        acts.link(
            screen.session.project, screen.workbench.coder(), found, owner, [(link.source_kind, link.source)],
            Stance(key), role=link.role, note=link.note,
        )  # fmt: skip
        screen.reread()

    choose_name(screen, _("What does it do to what the row says?"), {s.value: stance_name(s) for s in Stance}, chosen)


EvidenceScreen.HANDLERS = {
    **ListScreen.HANDLERS,
    **{f"evidence.{name}": act for name, act in UNDO.items()},
    "evidence.around": AROUND["evidence.around"],
    "evidence.strength": _strength,
    "evidence.unlink": _unlink,
    "evidence.stance": _stance,
}
