"""Who may see what: the one place that decides whether the work of others is shown to somebody.

A lead, a validator and an archivist see everything, and so does whoever reads without having said who they are. Any
other coder sees what others did on a transcript (codings, memos, differences, numbers, the consensus) only after
marking a pass of their own on it reviewed, or when an assignment of theirs says that it is not blind. While a coder
reads a transcript again in a blind repetition, everything but that repetition is hidden, their own first reading
included.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.people import Coder, CoderRole
from hsreview.model.review import reading_of
from hsreview.privacy.roles import Duty, check
from hsreview.project import passes, queries
from hsreview.review.assigning import order

SEES_EVERYTHING = (CoderRole.LEAD, CoderRole.VALIDATOR, CoderRole.ARCHIVIST)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see."""

    coder_id: str | None
    """Null when nobody was named."""
    everything: bool
    open: frozenset[str] = frozenset()
    """Ids of the transcripts on which the work of others may be seen."""
    repeating: Mapping[str, str] = field(default_factory=dict)
    """Transcript id → the repetition in which it is being read blind."""
    parts: tuple[str, ...] = ()
    """The passes that are parts of the first reading."""

    def transcript(self, transcript_id: str | None) -> bool:
        """Whether the work of others on a transcript may be seen; what is about none (a code) may."""
        if self.everything or transcript_id is None:
            return True
        return transcript_id in self.open and transcript_id not in self.repeating

    def work(self, transcript_id: str | None, coder_id: str, pass_: str = "") -> bool:
        """Whether the work of a coder (in a pass) on a transcript may be seen."""
        if self.everything or coder_id != self.coder_id:
            return self.transcript(transcript_id)
        again = self.repeating.get(transcript_id or "")
        return again is None or reading_of(pass_, self.parts) == again

    @property
    def may(self) -> queries.May | None:
        """The question to ask of each piece of work, as queries take it; null when all of it may be seen."""
        return None if self.everything else self.work


def sight(connection: sqlite3.Connection, viewer: Coder | None) -> Sight:
    """What `viewer` may see now; null: nobody said who they are."""
    parts = passes.parts(connection)
    if viewer is None or viewer.role in SEES_EVERYTHING:
        return Sight(viewer.id if viewer else None, True, parts=parts)
    reviewed = {(t, p) for t, c, p in queries.reviewed(connection) if c == viewer.id}
    mine = [each for each in queries.assignments(connection) if each.coder_id == viewer.id]
    open_ = {t for t, _pass in reviewed} | {each.transcript_id for each in mine if not each.blind}
    waiting: dict[str, list[str]] = {}
    for each in mine:
        if each.blind and (each.transcript_id, each.pass_) not in reviewed:
            waiting.setdefault(each.transcript_id, []).append(each.pass_)
    first = {transcript: order(names, parts)[0] for transcript, names in waiting.items()}
    repeating = {t: pass_ for t, pass_ in first.items() if reading_of(pass_, parts)}
    return Sight(viewer.id, False, frozenset(open_), repeating, parts)


def anywhere(connection: sqlite3.Connection, viewer: Coder | None) -> bool:
    """Whether there is a transcript on which `viewer` may not see the work of others."""
    seen = sight(connection, viewer)
    return not all(seen.transcript(each.id) for each in queries.transcripts(connection))


def check_settles(connection: sqlite3.Connection, coder: Coder, transcript_ids: Iterable[str]) -> None:
    """Raise InputRefused when `coder` would settle, in one way or another, what they may not see yet.

    UsageProblem when their role does not settle anything.
    """
    check(Duty.SETTLE, coder, queries.coders(connection))
    seen = sight(connection, coder)
    hidden = {each for each in transcript_ids if not seen.transcript(each)}
    if hidden:
        names = [each.name for each in queries.transcripts(connection) if each.id in hidden]
        raise InputRefused(
            _("You code blind: mark {names} as reviewed before you settle anything there.").format(
                names=", ".join(names)
            )
        )
