"""Characters that need a word: line ends are made LF, the impossible is refused, the surprising is kept and counted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.model.staging import Doubt

LONGEST_TEXT = 5_000_000
"""Code points that one transcript may have; the longest real one seen has a tenth of that."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_SEPARATOR = re.compile("[\u2028\u2029]")
_ZERO_WIDTH = re.compile("[\u200b\u2060]")
_TWICE_ENCODED = re.compile(
    "Ã[\u00a0-\u00bf\u0192\u2020\u2021\u2026\u2030\u0160\u2039]|â€[\u2122\u0153\u0161\u02dc\u00a6]|Â[«»\u00a0]"
)


def unify_line_ends(text: str) -> tuple[str, tuple[Doubt, ...]]:
    """`text` without a leading BOM and with LF line ends; a doubt when the file mixed its line ends."""
    text = text.removeprefix("\ufeff")
    if "\r" not in text:
        return text, ()
    crlf = text.count("\r\n")
    cr = text.count("\r") - crlf
    lf = text.count("\n") - crlf
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if sum(1 for n in (crlf, cr, lf) if n) < 2:
        return text, ()
    message = _("The file mixes kinds of line ends; they were made alike.")
    return text, (Doubt("mixed_line_ends", message, crlf + cr + lf - max(crlf, cr, lf)),)


def line_of(text: str, offset: int) -> int:
    """The number of the line, from 1, in which `offset` lies."""
    return text.count("\n", 0, offset) + 1


def refuse_impossible(text: str) -> None:
    """Raise InputRefused for a text that is empty or too long, or that has NUL or a lone surrogate."""
    if not text or text.isspace():
        raise InputRefused(_("There is no text in this file."))
    if len(text) > LONGEST_TEXT:
        message = _("The text has {count} characters; at most {limit} can be read. Divide the file.")
        raise InputRefused(message.format(count=len(text), limit=LONGEST_TEXT))
    at = text.find("\x00")
    if at >= 0:
        _refuse_at(text, at, "nul", _("Line {line} contains a NUL character, which no text should have."))
    broken = _SURROGATE.search(text)
    if broken:
        _refuse_at(text, broken.start(), "surrogate", _("Line {line} contains half a character (a lone surrogate)."))


def _refuse_at(text: str, offset: int, code: str, message: str) -> None:
    line = line_of(text, offset)
    place = _("line {line}").format(line=line)
    message = message.format(line=line)
    raise InputRefused(message, [Problem(message, place, code)])


def examine(text: str) -> tuple[Doubt, ...]:
    """Doubts with counts about characters that stay in the text but that a reader should know of."""
    found = list(_control_doubts(text)) if not text.isprintable() else []
    if not text.isascii():
        found += _unusual_doubts(text)
    return tuple(doubt for doubt in found if doubt.count)


def _control_doubts(text: str) -> Iterator[Doubt]:
    n = len(_CONTROL.findall(text))
    message = ngettext(
        "{count} control character is kept in the text and shown as a sign.",
        "{count} control characters are kept in the text and shown as signs.",
        n,
    )
    yield Doubt("control_characters", message.format(count=n), n)
    n = text.count("\x1b")
    message = ngettext(
        "{count} terminal escape is kept in the text; it is shown as a sign and never sent to the terminal.",
        "{count} terminal escapes are kept in the text; they are shown as signs and never sent to the terminal.",
        n,
    )
    yield Doubt("escape_characters", message.format(count=n), n)


def _unusual_doubts(text: str) -> Iterator[Doubt]:
    n = len(_BIDI.findall(text))
    message = ngettext(
        "{count} invisible character that turns the reading direction is kept; it is shown as ⇄.",
        "{count} invisible characters that turn the reading direction are kept; they are shown as ⇄.",
        n,
    )
    yield Doubt("bidi_controls", message.format(count=n), n)
    n = text.count("\ufeff")
    message = ngettext(
        "{count} byte order mark inside the text is kept.", "{count} byte order marks inside the text are kept.", n
    )
    yield Doubt("bom_inside", message.format(count=n), n)
    n = text.count("\u00ad")
    message = ngettext("{count} soft hyphen is kept.", "{count} soft hyphens are kept.", n)
    yield Doubt("soft_hyphens", message.format(count=n), n)
    n = len(_ZERO_WIDTH.findall(text))
    message = ngettext("{count} character without width is kept.", "{count} characters without width are kept.", n)
    yield Doubt("zero_width", message.format(count=n), n)
    n = len(_LINE_SEPARATOR.findall(text))
    message = ngettext(
        "{count} Unicode line separator is kept; it does not start a new line.",
        "{count} Unicode line separators are kept; they do not start new lines.",
        n,
    )
    yield Doubt("line_separators", message.format(count=n), n)
    n = text.count("\ufffd")
    message = ngettext(
        "{count} character was already lost in the file (it shows �).",
        "{count} characters were already lost in the file (they show �).",
        n,
    )
    yield Doubt("replacement_characters", message.format(count=n), n)
    n = len(_TWICE_ENCODED.findall(text))
    message = ngettext(
        "{count} letter looks encoded twice (such as Ã©); the text was kept as it stands.",
        "{count} letters look encoded twice (such as Ã©); the text was kept as it stands.",
        n,
    )
    yield Doubt("encoded_twice", message.format(count=n), n)
