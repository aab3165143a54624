"""Codings from a CSV file: every row is checked before anything is stored, and one bad row refuses the file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from hsreview.base.errors import HsreviewError, InputRefused, Problem, UsageProblem
from hsreview.base.ids import new_id, now
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.codebook import Code, Codebook
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.workflows.coders import find_coder, store_coder
from hsreview.workflows.coding import check_code, put_coding
from hsreview.workflows.reading import find_code, find_transcript

NEEDED = ("transcript", "start", "end", "code")
OPTIONAL = ("quote", "coder", "memo", "created", "flags", "modifiers")
MAX_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class CodingsImported:
    """What a file of codings brought."""

    stored: int
    present: int
    """Rows whose coding was there already."""
    by_coder: Mapping[str, int]
    """Coder's name → codings stored."""
    new_coders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    """Where the row begins."""
    values: Mapping[str, str]
    surplus: bool = False
    """Whether it has more cells than the header."""


@dataclass(frozen=True, slots=True)
class _Checked:
    coding: Coding
    coder: str
    memo: str


def import_codings(
    project: Project,
    coder: Coder,
    path: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    delimiter: str | None = None,
) -> CodingsImported:
    """Store the codings of a CSV file: columns transcript, start, end, code and optionally quote, coder, memo, created,
    flags (`quote;unsure`) and modifiers (`stance=negative;voice=first_hand`).

    `mapping` names the file's columns (`{"doc": "transcript"}`); the delimiter is detected unless given. A quote must
    equal the text at its offsets. A coder column may name people who are not in the team yet: they are added.
    Raises InputRefused with every bad row; nothing is stored then.
    """
    rows = _read(path, mapping or {}, delimiter)
    book = load_codebook(project.connection)
    checker = _Checker(project, book)
    problems: list[Problem] = []
    checked: list[_Checked] = []
    for row in rows:
        found = checker.check(row, coder)
        if isinstance(found, _Checked):
            checked.append(found)
        else:
            problems.extend(Problem(message, _("line {n}").format(n=row.line), "bad_row") for message in found)
    if problems:
        text = ngettext(
            "{name} was refused: {n} problem. Nothing was stored.",
            "{name} was refused: {n} problems. Nothing was stored.",
            len(problems),
        )
        raise InputRefused(text.format(name=visible(path.name), n=len(problems)), problems)
    return _store(project, coder, checked)


def _read(path: Path, mapping: Mapping[str, str], delimiter: str | None) -> list[_Row]:
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
    rows: list[_Row] = []
    columns: list[str] = []
    begun = 1
    try:
        for values in reader:
            if not columns:
                columns = _columns(values, mapping, path)
            elif any(values):
                rows.append(_Row(begun, dict(zip(columns, values, strict=False)), surplus=len(values) > len(columns)))
            begun = reader.line_num + 1
    except csv.Error as error:
        place = _("line {n}").format(n=begun)
        raise InputRefused(
            _("{name} is not a well-formed CSV file.").format(name=visible(path.name)),
            [Problem(_("A cell that opens with a quotation mark here is not closed properly."), place, "csv")],
        ) from error
    if not columns:
        raise InputRefused(_("{name} is empty.").format(name=visible(path.name)))
    return rows


def _columns(header: Sequence[str], mapping: Mapping[str, str], path: Path) -> list[str]:
    unknown = set(mapping.values()) - {*NEEDED, *OPTIONAL}
    if unknown:
        raise UsageProblem(
            _("There is no column {names}; the columns are {columns}.").format(
                names=", ".join(sorted(unknown)), columns=", ".join((*NEEDED, *OPTIONAL))
            )
        )
    names = [name.strip() for name in header]
    strange = [name for name in mapping if name not in names]
    if strange:
        raise UsageProblem(
            _("{name} has no column {missing}. Its columns are {found}.").format(
                name=visible(path.name), missing=visible(", ".join(strange)), found=visible(", ".join(names))
            )
        )
    columns = [mapping.get(name, name.lower()) for name in names]
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise InputRefused(
            _("{name} has several columns {names}.").format(name=visible(path.name), names=visible(", ".join(twice)))
        )
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputRefused(
            _("{name} lacks the columns {missing}. Its columns are {found}; match them with --map theirs=ours.").format(
                name=visible(path.name), missing=", ".join(missing), found=visible(", ".join(header))
            )
        )
    return columns


_NUMBER = re.compile(r"[0-9]{1,9}")


def _is_time(value: str) -> bool:
    try:
        return not value or bool(datetime.fromisoformat(value))
    except ValueError:
        return False


class _Checker:
    """Looks up and checks the rows of one file; each transcript and code is looked up once."""

    def __init__(self, project: Project, book: Codebook) -> None:
        self._project = project
        self._book = book
        self._transcripts: dict[str, tuple[Transcript, str]] = {}
        self._codes: dict[str, Code] = {}
        self._flags = {flag.ref for flag in book.flags}
        self._modifiers = {m.ref: {v.ref for v in m.values} for m in book.modifiers}

    def check(self, row: _Row, coder: Coder) -> _Checked | list[str]:
        """The coding of a row, or everything that is wrong with it."""
        wrong: list[str] = []
        if row.surplus:
            wrong.append(_("The row has more cells than the header; a text that holds the delimiter needs quotes."))
        if not _is_time(row.values.get("created", "")):
            wrong.append(_("“created” must be a date or time such as 2016-01-31 or 2016-01-31T14:05:00Z."))
        transcript: Transcript | None = None
        text = ""
        try:
            transcript, text = self._transcript(row.values.get("transcript", ""))
        except HsreviewError as error:
            wrong.append(error.message)
        code: Code | None = None
        try:
            code = self._code(row.values.get("code", ""))
        except HsreviewError as error:
            wrong.append(error.message)
        span = self._span(row, text, transcript is not None, wrong)
        flags = [flag for flag in row.values.get("flags", "").replace(",", ";").split(";") if flag]
        wrong += [_("There is no flag {name}.").format(name=visible(flag)) for flag in flags if flag not in self._flags]
        modifiers = self._modifier_values(row.values.get("modifiers", ""), wrong)
        if wrong or transcript is None or code is None or span is None:
            return wrong
        coding = Coding(
            new_id(), transcript.version_id, span[0], span[1], code.id, "", origin=Origin.IMPORTED, modifiers=modifiers,
            flags=tuple(flags), created=row.values.get("created", "") or now(),
        )  # fmt: skip
        return _Checked(coding, row.values.get("coder", "").strip() or coder.id, row.values.get("memo", ""))

    def _transcript(self, wish: str) -> tuple[Transcript, str]:
        if wish not in self._transcripts:
            found = find_transcript(self._project, wish)
            self._transcripts[wish] = (found, queries.text_of(self._project.connection, found.version_id))
        return self._transcripts[wish]

    def _code(self, wish: str) -> Code:
        if wish not in self._codes:
            code = find_code(self._book, wish)
            check_code(self._project, code.id)
            self._codes[wish] = code
        return self._codes[wish]

    def _span(self, row: _Row, text: str, known: bool, wrong: list[str]) -> tuple[int, int] | None:
        start_text, end_text = row.values.get("start", "").strip(), row.values.get("end", "").strip()
        if not (_NUMBER.fullmatch(start_text) and _NUMBER.fullmatch(end_text)):
            wrong.append(_("start and end must be whole numbers (code points)."))
            return None
        start, end = int(start_text), int(end_text)
        if not known:
            return None
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
        for part in value.replace(",", ";").split(";"):
            if not part:
                continue
            name, _equals, choice = part.partition("=")
            if choice not in self._modifiers.get(name, ()):
                wrong.append(_("There is no modifier {name}.").format(name=visible(part)))
            found[name] = choice
        return found


def _store(project: Project, coder: Coder, checked: Sequence[_Checked]) -> CodingsImported:
    if not checked:
        return CodingsImported(0, 0, {})
    if queries.codings(project.connection, layer=None):
        project.backup("before-codings")
    by_coder: dict[str, int] = {}
    new: list[str] = []
    stored = present = 0
    with project.write():
        owners = {wish: _owner(project, coder, wish, new) for wish in dict.fromkeys(row.coder for row in checked)}
        with project.act(coder.id, on_behalf=True) as act:
            for wish, owner in owners.items():
                there = {
                    (c.version_id, c.start, c.end, c.code_id): c
                    for c in queries.codings(project.connection, coder_id=owner.id)
                }
                for row in checked:
                    if row.coder != wish:
                        continue
                    place = (row.coding.version_id, row.coding.start, row.coding.end, row.coding.code_id)
                    found = there.get(place)
                    if found is None:
                        found = there[place] = replace(row.coding, coder_id=owner.id)
                        put_coding(act, found)
                        by_coder[owner.name] = by_coder.get(owner.name, 0) + 1
                        stored += 1
                    else:
                        present += 1
                    _put_memo(project, act, found, row.memo)
    return CodingsImported(stored, present, by_coder, tuple(new))


def _owner(project: Project, coder: Coder, wish: str, new: list[str]) -> Coder:
    """The coder whom the file names; who is not in the team yet is added, which undo does not take back."""
    owner = find_coder(project, wish)
    if owner is None:
        owner = store_coder(project, Coder(new_id(), wish), coder.id)
        new.append(wish)
    return owner


def _put_memo(project: Project, act: Act, coding: Coding, text: str) -> None:
    """Add a memo to a coding, unless it has that memo already."""
    if not text.strip() or any(m.text == text for m in queries.memos(project.connection, coding_id=coding.id)):
        return
    act.put(
        "memo", new_id(), coder_id=coding.coder_id, text=text, transcript_id=None, coding_id=coding.id, code_id=None,
        version_id=None, start=None, end=None, created=coding.created,
    )  # fmt: skip
