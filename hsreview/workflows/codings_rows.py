"""The rows of a CSV file of codings: read, and checked against the project."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder, usable_name
from hsreview.workflows.coding import check_code
from hsreview.workflows.reading import find_code, find_transcript

NEEDED = ("transcript", "start", "end", "code")
OPTIONAL = ("quote", "coder", "memo", "created", "flags", "modifiers")
MAX_BYTES = 100_000_000
_NUMBER = re.compile(r"[0-9]{1,12}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in the file."""

    line: int
    """The line on which it begins."""
    values: Mapping[str, str]
    surplus: bool
    """Whether it holds more than the columns of the file."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A row that can be stored."""

    line: int
    version_id: str
    start: int
    end: int
    code_id: str
    coder: str
    """Whose it is: the id of a member of the team, or the name of one who will join."""
    memo: str
    created: str
    """Empty when the file does not say."""
    flags: tuple[str, ...]
    modifiers: Mapping[str, str]

    def coding(self, coder_id: str, moment: str) -> Coding:
        """The coding of that coder; `moment` is when, unless the file says it."""
        return Coding(
            new_id(), self.version_id, self.start, self.end, self.code_id, coder_id, origin=Origin.IMPORTED,
            modifiers=self.modifiers, flags=self.flags, created=self.created or moment,
        )  # fmt: skip


def read_rows(
    path: Path, mapping: Mapping[str, str] | None, delimiter: str | None, needed: Sequence[str] = NEEDED,
    optional: Sequence[str] = OPTIONAL,
) -> Iterator[Row]:  # fmt: skip
    """The rows of the file, by column, one after the other; `mapping` is null where columns cannot be matched.

    Raises InputRefused, and UsageProblem for a wrong `mapping` or `delimiter`.
    """
    if delimiter is not None and len(delimiter) != 1:
        raise UsageProblem(_("The delimiter is one character, such as ; or tab."))
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise InputRefused(
            _("{name} cannot be read: {reason}.").format(name=visible(str(path)), reason=os_reason(error))
        ) from error
    if data is None:
        raise InputRefused(_("{name} is too large for a file of codings.").format(name=visible(path.name)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputRefused(
            _("{name} is not UTF-8 (byte {n}). Save it as “CSV UTF-8”.").format(name=visible(path.name), n=error.start)
        ) from error
    if "\0" in text:
        raise InputRefused(_("{name} is not a text file.").format(name=visible(path.name)))
    head = text.partition("\n")[0]
    separator = delimiter or max(",;\t|", key=head.count)
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    columns: list[str] = []
    line = 1
    try:
        for values in reader:
            first, line = line, reader.line_num + 1  # A quoted cell may hold line ends.
            if not columns:
                columns = _columns(values, mapping, path, needed, optional)
            elif any(values):
                yield Row(first, dict(zip(columns, values, strict=False)), _is_surplus(columns, values))
    except csv.Error as error:
        place = _("line {n}").format(n=line)
        raise InputRefused(
            _("{name} is not a well-formed CSV file.").format(name=visible(path.name)),
            [Problem(_("A cell that opens with a quotation mark here is not closed properly."), place, "csv")],
        ) from error
    if not columns:
        raise InputRefused(_("{name} is empty.").format(name=visible(path.name)))


def _is_surplus(columns: Sequence[str], values: Sequence[str]) -> bool:
    """Whether a cell without a heading holds anything."""
    if len(values) <= len(columns) and "" not in columns:
        return False
    return any(values[len(columns) :]) or any(value for name, value in zip(columns, values, strict=False) if not name)


def _columns(
    header: Sequence[str], wanted: Mapping[str, str] | None, path: Path, needed: Sequence[str], optional: Sequence[str]
) -> list[str]:
    """What each column holds, empty for a column without a heading."""
    mapping = wanted or {}
    headings = [name.strip() for name in header]
    there = visible(", ".join(headings))
    unknown = set(mapping.values()) - {*needed, *optional}
    if unknown:
        raise UsageProblem(
            _("There is no column {names}; the columns are {columns}.").format(
                names=", ".join(sorted(unknown)), columns=", ".join((*needed, *optional))
            )
        )
    absent = mapping.keys() - set(headings)
    if absent:
        raise UsageProblem(
            _("{name} has no column {missing}. Its columns are {found}.").format(
                name=visible(path.name), missing=visible(", ".join(sorted(absent))), found=there
            )
        )
    columns = [mapping.get(name, name.lower()) for name in headings]
    missing = [name for name in needed if name not in columns]
    if missing and wanted is None:
        raise InputRefused(
            _("{name} has no column {missing}. Its columns are {found}.").format(
                name=visible(path.name), missing=", ".join(missing), found=there
            )
        )
    if missing:
        raise InputRefused(
            _("{name} lacks the columns {missing}. Its columns are {found}; match them with --map theirs=ours.").format(
                name=visible(path.name), missing=", ".join(missing), found=there
            )
        )
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise InputRefused(
            _("{name} has several columns {names}.").format(name=visible(path.name), names=visible(", ".join(twice)))
        )
    return columns


class Checker:
    """Looks up and checks the rows of one file; each transcript and code is looked up once."""

    def __init__(self, project: Project, book: Codebook) -> None:
        self._project = project
        self._book = book
        self._transcripts: dict[str, tuple[Transcript, str]] = {}
        self._codes: dict[str, str] = {}
        self._coders: dict[str, str] = {}
        self._flags = {flag.ref for flag in book.flags}
        self._modifiers = {m.ref: {v.ref for v in m.values} for m in book.modifiers}

    def check(self, row: Row, coder: Coder) -> Checked | list[str]:
        """The coding of a row, or everything that is wrong with it."""
        wrong: list[str] = []
        if row.surplus:
            wrong.append(_("The row has more cells than the header; a text that holds the delimiter needs quotes."))
        transcript: Transcript | None = None
        text: str | None = None
        code = None
        owner = row.values.get("coder", "").strip()
        try:
            transcript, text = self._transcript(_needed(row, "transcript"))
        except HsreviewError as error:
            wrong.append(error.message)
        try:
            code = self._code(_needed(row, "code"))
        except HsreviewError as error:
            wrong.append(error.message)
        try:
            owner = self._coder(owner) if owner else coder.id
        except HsreviewError as error:
            wrong.append(error.message)
        span = self._span(row, text, wrong)
        flags = _parts(row.values.get("flags", ""))
        wrong += [_("There is no flag {name}.").format(name=visible(flag)) for flag in flags if flag not in self._flags]
        modifiers = self._modifier_values(row.values.get("modifiers", ""), wrong)
        created = _moment(row.values.get("created", "").strip(), wrong)
        if wrong or transcript is None or code is None or span is None:
            return wrong
        return Checked(
            row.line, transcript.version_id, span[0], span[1], code, owner, row.values.get("memo", ""), created,
            tuple(dict.fromkeys(flags)), modifiers,
        )  # fmt: skip

    def _coder(self, wish: str) -> str:
        """The id of a member of the team, else the name of one who will join."""
        if wish not in self._coders:
            found = find_coder(self._project, wish)
            self._coders[wish] = found.id if found else usable_name(wish)
        return self._coders[wish]

    def _transcript(self, wish: str) -> tuple[Transcript, str]:
        if wish not in self._transcripts:
            found = find_transcript(self._project, wish)
            self._transcripts[wish] = (found, queries.text_of(self._project.connection, found.version_id))
        return self._transcripts[wish]

    def _code(self, wish: str) -> str:
        if wish not in self._codes:
            code_id = self._project.state.resolve_code(find_code(self._book, wish).id)
            check_code(self._project, code_id)
            self._codes[wish] = code_id
        return self._codes[wish]

    def _span(self, row: Row, text: str | None, wrong: list[str]) -> tuple[int, int] | None:
        first, last = row.values.get("start", "").strip(), row.values.get("end", "").strip()
        if not (_NUMBER.fullmatch(first) and _NUMBER.fullmatch(last)):
            wrong.append(_("start and end must be whole numbers (code points)."))
            return None
        if text is None:
            return None
        start, end = int(first), int(last)
        if not 0 <= start < end <= len(text):
            wrong.append(
                _("The segment {start}–{end} lies outside the text, which has {length} characters.").format(
                    start=start, end=end, length=len(text)
                )
            )
            return None
        quote = row.values.get("quote", "").replace("\r\n", "\n")
        if quote and quote != text[start:end]:
            wrong.append(_("The quote differs from the text at {start}–{end}.").format(start=start, end=end))
            return None
        return start, end

    def _modifier_values(self, value: str, wrong: list[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in _parts(value):
            name, _equals, choice = part.partition("=")
            if choice not in self._modifiers.get(name, ()):
                wrong.append(_("There is no modifier {name}.").format(name=visible(part)))
            found[name] = choice
        return found


def _parts(value: str) -> list[str]:
    """What stands between semicolons or commas."""
    return [part for part in value.replace(",", ";").split(";") if part] if value else []


def _needed(row: Row, name: str) -> str:
    value = row.values.get(name, "")
    if not value.strip():
        raise InputRefused(_("The column {name} is empty.").format(name=name))
    return value


def _moment(value: str, wrong: list[str]) -> str:
    """A date, or a date and time, as ISO 8601 writes them; empty when none is given."""
    if not value:
        return ""
    try:
        if not _MOMENT.fullmatch(value):
            raise ValueError
        datetime.fromisoformat(value)
    except ValueError:
        wrong.append(_("“created” must be a date or time such as 2016-01-31 or 2016-01-31T14:05:00Z."))
    return value.replace(" ", "T")
