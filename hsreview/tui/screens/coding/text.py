"""The transcript view with its keys."""

from __future__ import annotations

from typing import ClassVar

from hsreview.base.messages import N_
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.widgets.transcript_view import TranscriptView


class CodingText(TranscriptView):
    """The transcript. Something is always selected; a code key acts on it."""

    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.TEXT,)
    ABOUT = HelpText(
        N_("Transcript"),
        N_(
            "Something is always selected: a word, a sentence or a turn. Move with the arrows; a digit codes the "
            "selection with the code of that slot, Space opens the list of codes, r repeats the last code. "
            "Everything is stored at once and can be undone without limit."
        ),
    )
