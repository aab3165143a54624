"""From bytes to text: byte order mark, UTF-16 pattern, strict UTF-8, then the likeliest of three old encodings.

Old encodings are told apart by scoring every non-ASCII character in its context: an accented letter inside a word
speaks for a reading, a quotation mark between two letters against it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.intake.characters import unify_line_ends
from hsreview.model.staging import Doubt

OLD_ENCODINGS = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS 850"}
"""The readings tried when a file is not Unicode, best first among equals, with the names people know."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_FOR_FILES = {"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7", "mbcs", "oem"}
_NON_ASCII = re.compile("[^\x00-\x7f]")
_ACCENTED_WORD = re.compile(r"\w*[^\x00-\x7f]\w*")
_SCORED = 20_000
_PUNCTUATION = frozenset("«»“”„‘‹›–—…\u00a0•")
_NEUTRAL = frozenset("£€§°©½ñíóúãõß·ªº")
_WORDS_SHOWN = 5
_CONTEXT = 12


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text, how it was read, and how else it could be."""

    text: str
    """Without byte order mark, line ends LF."""
    encoding: str
    """Python's name for it."""
    doubts: tuple[Doubt, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    """Encoding → the first accented words read that way, the chosen one first; empty for a Unicode file."""


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of `data`, read as `encoding` or as the likeliest one.

    Raises InputRefused, naming the byte, when the bytes cannot be read so; UsageProblem for an unknown `encoding`.
    """
    if encoding:
        name = known_encoding(encoding)
        text = _strictly(data, name)
        return _finished(text, name)
    pattern = _unicode_name(data)
    if pattern:
        return _finished(_strictly(data, pattern), pattern)
    try:
        return _finished(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        _refuse_nearly_utf8(data, error)
    return _old(data)


def known_encoding(name: str) -> str:
    """Python's name of the encoding a user asked for. Raises UsageProblem when there is none of that name."""
    try:
        info = codecs.lookup(name)
        if info.name in _NOT_FOR_FILES:
            raise LookupError
        b"text".decode(info.name, "replace")  # a LookupError for codecs that are no text encodings
    except (LookupError, ValueError):
        message = _("There is no encoding named “{name}”. Names such as utf-8, cp1252, mac_roman or cp850 are known.")
        raise UsageProblem(message.format(name=name)) from None
    return info.name.replace("-", "_") if info.name.startswith("mac") else info.name


def _finished(text: str, encoding: str) -> Decoded:
    text, doubts = unify_line_ends(text)
    return Decoded(text, encoding, doubts)


def _strictly(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        message = _("The file cannot be read as {encoding}: byte {offset} does not fit.")
        message = message.format(encoding=name, offset=error.start)
        place = _("byte {offset}").format(offset=error.start)
        raise InputRefused(message, [Problem(message, place, "bad_byte")]) from None


def _unicode_name(data: bytes) -> str | None:
    """The encoding that a byte order mark or the pattern of zero bytes gives away."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    head = data[:40]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 10 > even:
        return "utf-16-le"
    if even > 10 > odd:
        return "utf-16-be"
    return None


def _refuse_nearly_utf8(data: bytes, first: UnicodeDecodeError) -> None:
    """Refuse a UTF-8 file with a few stray bytes: read otherwise, every accent in it would be wrong."""
    if re.match(b"\xed[\xa0-\xbf][\x80-\xbf]", data[first.start : first.start + 3]):
        message = _("Byte {offset} begins half a character (a lone surrogate). Repair the file or save it as UTF-8.")
        place = _("byte {offset}").format(offset=first.start)
        message = message.format(offset=first.start)
        raise InputRefused(message, [Problem(message, place, "surrogate")])
    lenient = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall("[\udc80-\udcff]", lenient))
    good = len(_NON_ASCII.findall(lenient)) - stray
    if good > stray:
        line = data.count(b"\n", 0, first.start) + 1
        message = _(
            "The file is UTF-8 but for a stray byte at position {offset} (line {line}). "
            "Repair or re-save the file, or name its encoding."
        ).format(offset=first.start, line=line)
        place = _("byte {offset}").format(offset=first.start)
        raise InputRefused(message, [Problem(message, place, "stray_byte")])


def _old(data: bytes) -> Decoded:
    candidates = []
    for name in OLD_ENCODINGS:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        candidates.append((_score(text), name, text))
    score, name, text = max(candidates, key=lambda c: c[0])
    foreign = len(_NON_ASCII.findall(text))
    if score <= -0.5 or (foreign >= 12 and 3 * foreign > len(text)):
        raise InputRefused(_("The encoding of this file was not recognised. Name it, or save the file as UTF-8."))
    order = [name, *(other for _score_, other, _text in candidates if other != name)]
    texts = {other: read for _score_, other, read in candidates}
    message = _("The file is not UTF-8; it was read as {encoding}. Check its accents, or name another encoding.")
    text, doubts = unify_line_ends(text)
    guess = Doubt("encoding_guessed", message.format(encoding=OLD_ENCODINGS[name]))
    return Decoded(text, name, (guess, *doubts), {other: " · ".join(accented_words(texts[other])) for other in order})


def _score(text: str) -> float:
    """The mean score of the first non-ASCII characters of `text` in their context."""
    total = count = 0
    for match in islice(_NON_ASCII.finditer(text), _SCORED):
        at = match.start()
        total += _score_in_context(text[at - 1 : at] if at else "", match[0], text[at + 1 : at + 2])
        count += 1
    return total / count if count else 0.0


def _score_in_context(before: str, char: str, after: str) -> int:
    if char in _NEUTRAL:
        return 0
    if char == "’":
        return 1 if before.isalpha() or after.isalpha() else 0
    if char in _PUNCTUATION:
        return -2 if before.isalpha() and after.isalpha() else 1
    if char in "àâäçèéêëîïôöùûüÿœæ":
        return -1 if before.isupper() and after.isupper() else 1
    if char in "ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒÆ":
        return -2 if before.islower() or (before.isalpha() and after.islower()) else 1
    return -3


def accented_words(text: str) -> Iterator[str]:
    """The first words of `text` with a non-ASCII character, each with a little of its context, on one line."""
    end = 0
    shown = 0
    for match in _ACCENTED_WORD.finditer(text):
        if match.start() < end:
            continue
        if shown == _WORDS_SHOWN:
            return
        end = match.end() + _CONTEXT
        yield " ".join(text[max(0, match.start() - _CONTEXT) : end].split())
        shown += 1
