"""Where a coder was last, so that the next start opens there."""

from __future__ import annotations

from contextlib import suppress

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.tui.session import Session
from hsreview.workflows import reading, whereabouts
from hsreview.workflows.reading import Transcript
from hsreview.workflows.whereabouts import Place


def last_place(session: Session) -> tuple[Transcript, Place] | None:
    """Transcript and place of the coder at the keyboard; null where there is none, or the transcript is gone."""
    place = whereabouts.last_place(session.project, session.coder.id if session.coder else "")
    if place is None:
        return None
    try:
        return reading.find_transcript(session.project, place.transcript_id), place
    except InputRefused:
        return None


class KeptPlace:
    """Stores a place when it is another than the one that was stored before."""

    def __init__(self) -> None:
        self._kept: Place | None = None

    def keep(self, session: Session, place: Place) -> None:
        """Remember the place for the coder at the keyboard, for the next start."""
        if session.coder is None or place == self._kept:
            return
        # A place that cannot be kept now is kept later; nobody's work may stop for it.
        with suppress(HsreviewError):
            whereabouts.remember_place(session.project, session.coder.id, place)
            self._kept = place
