"""What whoever erased something is told while its words still lie in the project's files."""

from __future__ import annotations

from hsreview.base.messages import _
from hsreview.project.scrubbing import Cleared


def not_cleared(cleared: Cleared) -> str:
    """Why the files are not cleared yet and what to do, in a sentence; empty when they are."""
    if cleared.done:
        return ""
    if cleared.in_use:
        return _(
            "Another program has the project open, so the words still lie in its file: close that program, "
            "then run hsreview doctor, which goes on with it."
        )
    return _(
        "It is erased, but the words still lie in the project's file or its backups, because these could not be "
        "written anew: see that the disk has room, then run hsreview doctor, which goes on with it."
    )
