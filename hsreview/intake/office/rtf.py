"""Rich text files (rtf): the text as it reads with every tracked change accepted, hidden text left out and counted.

The file is gone through once, token by token, so that no nesting and no length of it can exhaust the stack.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.intake.encoding import known_encoding
from hsreview.intake.office.left_out import doubts_of
from hsreview.intake.office.limits import check_size
from hsreview.intake.office.rtf_layout import TABLE_WORDS, Layout
from hsreview.intake.office.rtf_words import (
    CHARACTERS,
    CHARSETS,
    COUNTED,
    DOCUMENT_CODECS,
    SKIPPED,
    SYMBOLS,
    TEXT_BOXES,
    codec_of_page,
)
from hsreview.intake.office.tables import marks_of
from hsreview.intake.source import Source

_FORMATS = frozenset({"v", "b", "deleted", "f", "deff", "plain", "uc"})
_DRAWINGS = frozenset({"shp", "shpgrp", "do"})
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>.)"
    r"|(?P<brace>[{}])|[\r\n\0]+|(?P<plain>[^\\{}\r\n\0]+)",
    re.DOTALL,
)


def read(data: bytes, name: str, *, encoding: str | None = None) -> Source:
    """The text of the rich text file in `data`; `encoding` replaces the code pages that the file names.

    Raises InputRefused when the file is no rich text, too long, or ends in the middle; UsageProblem for an unknown
    `encoding`.
    """
    check_size(data)
    data = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.startswith(b"{\\rtf"):
        raise InputRefused(_("The file is not a rich text (RTF) file."))
    reader = _Reader(known_encoding(encoding) if encoding else "")
    reader.run(data.decode("latin-1"))
    text = reader.out.text()
    return Source(
        text=text,
        format="rtf",
        encoding=reader.forced or reader.codec,
        marks=marks_of(text, reader.out.tables),
        bold=reader.out.bold_starts(text),
        doubts=doubts_of(reader.counts),
    )


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the group ends."""

    skipped: bool = False
    hidden: bool = False
    deleted: bool = False
    bold: bool = False
    font: int = -1
    in_fonts: bool = False
    in_drawing: bool = False
    fallback: int = 1
    """How many characters after a Unicode character stand for it in programs that do not know it."""


class _Reader:
    """Goes through the tokens once, keeping a stack of states, one for each open group."""

    def __init__(self, forced: str) -> None:
        self.out = Layout()
        self.counts: Counter[str] = Counter()
        self.codec = "cp1252"
        """The document's code page."""
        self.forced = forced
        """The encoding that was asked for; empty when the file's own code pages hold."""
        self._fonts: dict[int, str] = {}
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._skip = 0
        self._high = 0
        self._ignorable = False
        self._in_gap = ""
        self._default_font = -1

    def run(self, source: str) -> None:
        """Read the whole file. Raises InputRefused when it ends inside a group."""
        at, length = 0, len(source)
        while at < length:
            match = _TOKEN.match(source, at)
            if match is None:  # a lone backslash at the very end
                break
            at = match.end()
            kind = match.lastgroup
            if kind == "plain":
                self._plain(match["plain"])
            elif kind == "hex":
                self._raw(bytes.fromhex(match["hex"]))
            elif kind in ("word", "number"):
                number = match["number"]
                if match["word"] == "bin":
                    at += max(0, int(number or 0))
                else:
                    self._word(match["word"], None if number is None else int(number))
            elif kind == "symbol":
                self._symbol(match["symbol"])
            elif kind == "brace":
                self._brace(match["brace"])
                if not self._stack:
                    return
        raise InputRefused(_("The file ends before its text is complete: copy or save it again."))

    def _brace(self, brace: str) -> None:
        self._flush()
        self._skip = 0
        self._ignorable = False
        if brace == "{":
            self._stack.append(self._state)
        else:
            self._state = self._stack.pop()
            if not self._stack:
                if self._high:
                    self._write("")
                self.out.end()

    # Characters

    def _plain(self, text: str) -> None:
        if self._skip:
            cut = min(self._skip, len(text))
            self._skip -= cut
            text = text[cut:]
        self._ignorable = False
        if text:
            self._raw(text.encode("latin-1"))

    def _raw(self, data: bytes) -> None:
        """Bytes in the code page of the current font; decoded together, since one character may take two."""
        if self._skip:
            self._skip -= 1
        elif self._is_text():
            self._bytes += data
        elif not self._state.skipped:
            self._left_out()

    def _is_text(self) -> bool:
        state = self._state
        return not (state.skipped or state.hidden or state.deleted)

    def _left_out(self) -> None:
        kind = "deletions" if self._state.deleted else "hidden"
        if self._in_gap != kind:
            self._flush()
            self._in_gap = kind
            self.counts[kind] += 1

    def _flush(self) -> None:
        if self._bytes:
            data = bytes(self._bytes)
            self._bytes.clear()
            self._write(self._decode(data))

    def _decode(self, data: bytes) -> str:
        font = self._state.font if self._state.font >= 0 else self._default_font
        codec = self.forced or self._fonts.get(font, self.codec)
        try:
            return data.decode(codec)
        except (UnicodeDecodeError, LookupError):
            pass
        try:
            return data.decode(self.codec)
        except UnicodeDecodeError:
            self.counts["undecoded"] += 1
            return data.decode("cp1252", "replace")

    def _unicode(self, number: int) -> None:
        self._flush()
        self._skip = self._state.fallback
        if not self._is_text():
            if not self._state.skipped:
                self._left_out()
            return
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            pair = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
            self._high = 0
            self._write(chr(pair))
        else:
            self._write(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd")

    def _write(self, text: str) -> None:
        if self._high:
            text, self._high = chr(self._high) + text, 0
        self._in_gap = ""
        self.out.put(text, self._state.bold)

    def _char(self, text: str) -> None:
        self._flush()
        if self._is_text():
            self._write(text)

    # Control words

    def _symbol(self, symbol: str) -> None:
        self._skip = 0
        if symbol == "*":
            self._ignorable = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol in SYMBOLS:
            self._char(SYMBOLS[symbol])

    def _end_paragraph(self) -> None:
        self._flush()
        if self._is_text():  # else its mark is hidden or deleted: the next paragraph goes on in its line
            self._write("")
            self.out.finish_paragraph()

    def _word(self, word: str, number: int | None) -> None:
        ignorable, self._ignorable = self._ignorable, False
        if word == "u":
            self._unicode(number or 0)
            return
        self._skip = 0
        if self._destination(word, ignorable):
            return
        if self._state.in_fonts:
            self._font_table(word, number)
        if word in _FORMATS:
            self._format(word, number)
        elif word in DOCUMENT_CODECS or word == "ansicpg":
            codec = DOCUMENT_CODECS.get(word) or codec_of_page(number or 0)
            self.codec = codec or self.codec
        elif self._state.skipped:
            return
        elif word in CHARACTERS:
            self._char(CHARACTERS[word])
        elif word in ("par", "sect", "nestrow"):
            self._end_paragraph()
        elif word in TABLE_WORDS:
            self._flush()
            self.out.table_word(word)

    def _destination(self, word: str, ignorable: bool) -> bool:
        """Leave out the group that `word` opens, if it is of such a kind; whether it is."""
        if word in TEXT_BOXES and self._state.in_drawing:
            self.counts["textboxes_left_out"] += 1
        if not (ignorable or word in COUNTED or word in SKIPPED):
            return False
        self._flush()
        if word in COUNTED and (not self._state.skipped or (word == "pict" and self._state.in_drawing)):
            self.counts[COUNTED[word]] += 1
        self._state = replace(
            self._state,
            skipped=True,
            in_fonts=word == "fonttbl",
            in_drawing=self._state.in_drawing or word in _DRAWINGS,
        )
        return True

    def _font_table(self, word: str, number: int | None) -> None:
        if word == "fcharset" and number in CHARSETS:
            self._fonts[self._state.font] = CHARSETS[number]
        elif word == "cpg" and (codec := codec_of_page(number or 0)):
            self._fonts[self._state.font] = codec

    def _format(self, word: str, number: int | None) -> None:
        self._flush()
        on = number != 0
        if word == "v":
            self._state = replace(self._state, hidden=on)
        elif word == "b":
            self._state = replace(self._state, bold=on)
        elif word == "deleted":
            self._state = replace(self._state, deleted=on)
        elif word == "f":
            self._state = replace(self._state, font=number or 0)
        elif word == "deff":
            self._default_font = number or 0
        elif word == "plain":
            self._state = replace(self._state, hidden=False, bold=False, font=-1)
        elif word == "uc":
            self._state = replace(self._state, fallback=max(0, number or 0))
