"""The coding sheet: how a partner codes a transcript in a spreadsheet, and what its rows are known by.

A row is known by its id, never by its place, so that sorting and filtering do no harm. Its text is there to be read;
when the sheet comes back the text has to be the same, whatever typing programs made of quotes, dashes and spaces.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.model.localized import Localized
from hsreview.workbook.cells import Report, clean, pieces

FORMAT = "2"
META = "hsreview"
"""Name of the hidden sheet that says what the coding sheet belongs to."""
ID_HEADING = "hsreview_id"
CODE_COLUMNS = 4
_SHOWN_UNITS = 32_000
_CUT = " […]"
_SAME: Mapping[int, str] = {
    **dict.fromkeys(map(ord, "‘’‚‛′ʼʹ`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), ""),
    ord("…"): "...",
    ord("©"): "(c)",
    ord("®"): "(r)",
    ord("™"): "(tm)",
}
_BLANKS = re.compile(r"\s+")
_LOOSE = re.compile(r" ?\" ?| (?=[;:!?%])")
_DASHES = re.compile("-{2,}")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a coding sheet belongs to; stored on its hidden sheet."""

    sheet_id: str
    """Random, and nowhere but in the sheet and its copies: who has it can tell what a coding made from it says."""
    project_id: str
    transcript_id: str
    transcript: str
    version_id: str
    coder_id: str
    coder: str
    pass_: str
    unit: str
    """`sentence` or `turn`."""
    language: str
    codebook: str
    codebook_version: str
    made: str

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value, in the order of the sheet."""
        return [
            ("format", FORMAT),
            ("sheet_id", self.sheet_id),
            ("project_id", self.project_id),
            ("transcript_id", self.transcript_id),
            ("transcript", self.transcript),
            ("version_id", self.version_id),
            ("coder_id", self.coder_id),
            ("coder", self.coder),
            ("pass", self.pass_),
            ("unit", self.unit),
            ("language", self.language),
            ("codebook", self.codebook),
            ("codebook_version", self.codebook_version),
            ("made", self.made),
        ]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> SheetFacts:
        """From names and values; raises KeyError when one is missing."""
        return cls(
            values["sheet_id"], values["project_id"], values["transcript_id"], values["transcript"],
            values["version_id"], values["coder_id"], values["coder"], values["pass"], values["unit"],
            values["language"], values["codebook"], values["codebook_version"], values["made"],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the sheet: a unit to code, or (without an id) a turn that is there to be read only."""

    id: str
    place: str
    """Turn and sentence, such as `12.3`."""
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetCode:
    """A code as the sheet offers or recognises it."""

    id: str
    ref: str
    label: Localized
    theme: Localized
    paths: tuple[str, ...] = ()
    """Other ways to write it, such as `parent > code`."""
    definition: Localized = Localized()
    use: Localized = Localized()
    not_use: Localized = Localized()
    example: Localized = Localized()
    hue: str = ""
    codable: bool = True

    def choice(self, language: str) -> str:
        """What the drop-down list shows."""
        label = " ".join(self.label.get(language).split())
        return f"{self.ref} – {label}" if label else self.ref


@dataclass(frozen=True, slots=True)
class CodingSheet:
    """Everything that is written into a coding sheet."""

    facts: SheetFacts
    pass_label: Localized
    rows: Sequence[SheetRow]
    codes: Sequence[SheetCode]
    """In the order of the list: those of the pass first."""


def row_id(unit: str, start: int, end: int) -> str:
    """The id of the row for `[start, end)`; the letter keeps a spreadsheet from reading it as a date."""
    return f"{unit[:1]}{start}-{end}"


def shown(text: str) -> str:
    """`text` as a cell shows it: illegal characters replaced, and what no cell can hold cut with a mark."""
    parts = pieces(clean(text, Report()), _SHOWN_UNITS)
    return parts[0] if len(parts) == 1 else parts[0] + _CUT


def same_text(one: str, other: str) -> bool:
    """Whether two texts differ at most by what typing programs change by themselves.

    That is: kinds of quotation marks, apostrophes, dashes, blanks and ellipses, blanks beside French punctuation, and
    composed or decomposed accents. Letters, digits and their case have to be the same.
    """
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_SAME)
    text = _DASHES.sub("-", _BLANKS.sub(" ", text))
    return _LOOSE.sub(lambda found: found[0].strip(), text).strip()
