"""How much a file from outside may ask of this machine; beyond it the file is refused."""

from __future__ import annotations

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _

MAX_FILE_BYTES = 50_000_000
MAX_PARAGRAPHS = 200_000
MAX_CHARACTERS = 5_000_000
MAX_REPEAT = 1_000
"""Most blanks that one repeat count of a file may stand for."""


def check_size(data: bytes, limit: int = MAX_FILE_BYTES) -> None:
    """Raise InputRefused when `data` is empty or longer than `limit` bytes."""
    if not data:
        raise InputRefused(_("The file is empty."))
    if len(data) > limit:
        message = _("The file is too large ({size} MB, the limit is {limit} MB). Split it, or remove its pictures.")
        raise InputRefused(message.format(size=-(-len(data) // 1_000_000), limit=limit // 1_000_000))


def too_long() -> InputRefused:
    """The error for a file whose text is longer than any transcript."""
    message = _(
        "The file holds more text than a transcript can have ({paragraphs} paragraphs or {characters} characters at "
        "most). Split it."
    )
    return InputRefused(message.format(paragraphs=MAX_PARAGRAPHS, characters=MAX_CHARACTERS))
