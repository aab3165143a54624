"""What a check of a codebook or an overlay found, as the command line tells it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, InputRefused
from hsreview.base.messages import _, labelled, ngettext
from hsreview.cli.output import emit, emit_json, say

if TYPE_CHECKING:
    from hsreview.cli.answers.codebook import CodebookProblem
    from hsreview.workflows.overlays import Lint


def checked(look: Callable[[], Sequence[Lint]], in_order: str, *, as_json: bool) -> int:
    """Tell what `look` finds, errors included; the exit code. `in_order` is said when it finds nothing."""
    try:
        notes = look()
    except InputRefused as error:
        if as_json:
            found: list[CodebookProblem] = [
                {"level": "error", "message": p.message, "place": p.place, "code": p.code, "ref": ""}
                for p in error.problems
            ]
            emit_json({"problems": found})
        raise
    if as_json:
        emit_json(
            {
                "problems": [
                    {"level": n.level.value, "message": n.message, "place": n.place, "code": n.code, "ref": n.ref}
                    for n in notes
                ]
            }
        )
    else:
        levels = {"warning": _("warning"), "note": _("note")}
        for note in notes:
            said = labelled(levels[note.level], note.message)
            emit(labelled(note.place, said) if note.place else note.message)
    n = len(notes)
    say(ngettext("{n} remark.", "{n} remarks.", n).format(n=n) if n else in_order)
    return EXIT_FOUND if notes else EXIT_DONE
