"""What goes out of a meeting from the screen: ballots to print before a round, the report after the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hsreview.base.messages import _, current_language
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens.validation_speaking import AtMeeting
from hsreview.workflows.outputs import unrecorded


def print_ballots(screen: AtMeeting) -> None:
    """Write the ballots of the last round; the ending of the name says whether as Word or as HTML."""
    from hsreview.workflows.ballots import write_ballots

    def write(path: Path) -> Path:
        return write_ballots(screen.session.project, screen.meeting_id, path, viewer=screen.session.coder).path

    name = _("ballots-{round}").format(round=screen.open_meeting.round)
    _ask_where(screen, _("Write the ballots (.docx, .html) to:"), f"{name}.docx", write)


def write_meeting_report(screen: AtMeeting) -> None:
    """Write what was said and done, and what was signed off."""
    from hsreview.workflows.validation_report import write_report

    def write(path: Path) -> Path:
        project, coder = screen.session.project, screen.session.coder
        return write_report(project, screen.meeting_id, path, language=current_language(), viewer=coder).path

    _ask_where(screen, _("Write the report (.xlsx, .docx, .md) to:"), f"{_('meeting')}.xlsx", write)


def _ask_where(screen: AtMeeting, question: str, name: str, write: Callable[[Path], Path]) -> None:
    def done(answer: str) -> None:
        if not answer.strip():
            return
        path = write(typed_path(answer))
        told = unrecorded(screen.session.project, screen.session.coder, path)
        screen.say(" ".join(filter(None, (_("Written: {path}").format(path=path), told))))

    screen.ask(question, done, text=str(screen.session.project.root / "exports" / name), select=False)
