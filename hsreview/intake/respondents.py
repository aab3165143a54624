"""`respondents.csv` or `.xlsx`: who is behind which transcript, with group, organisation, consent and attributes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.folding import fold
from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.intake.reader import read_bytes
from hsreview.intake.respondent_words import ATTRIBUTION, CONSENT, KIND, LANGUAGE, SCOPE, Words, meaning, words_told
from hsreview.intake.sheets import Row, Sheet, headings, plain, read_sheet
from hsreview.model.people import Consent, ConsentStatus
from hsreview.model.staging import StagedRespondent
from hsreview.model.transcript import Kind

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file": ("fichier", "filename", "file name", "nom du fichier", "nom de fichier", "transcript", "transcription"),
    "respondent": ("répondant", "répondante", "pseudonym", "pseudonyme", "participant", "participante", "enquêté"),
    "group": ("groupe",),
    "organisation": ("organization", "organisme", "structure"),
    "speaker": ("locuteur", "locutrice", "label", "étiquette"),
    "consent": ("consentement", "consent status", "statut du consentement"),
    "consent scope": ("scope", "portée", "étendue", "portée du consentement", "étendue du consentement"),
    "attribution": ("consent attribution", "attribution du consentement"),
    "consent date": ("date du consentement", "date consentement"),
    "consent language": ("langue du consentement", "langue consentement"),
    "embargo": ("consent embargo", "embargo jusqu'au", "embargo until"),
    "language": ("langue", "lang"),
    "date": ("interview date", "date de l'entretien", "date entretien"),
    "wave": ("vague",),
    "kind": ("type", "nature"),
}
_TRANSCRIPT = ("language", "date", "wave", "kind")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


def read_respondents(path: Path, *, encoding: str | None = None) -> tuple[StagedRespondent, ...]:
    """The rows of a respondents table. Columns that are not known are attributes under their own heading.

    Raises InputRefused listing every wrong cell with its place.
    """
    try:
        sheet = read_sheet(read_bytes(path), path.name, encoding=encoding)
    except InputRefused as error:
        raise InputRefused(labelled(visible(path.name), error.message)) from error
    columns = sheet.columns(_COLUMNS)
    missing = [name for name in ("file", "respondent") if name not in columns]
    if missing:
        message = _("{file} needs the columns file and respondent; it has: {headings}.")
        raise InputRefused(message.format(file=visible(path.name), headings=headings(sheet)))
    reading = _Reading(sheet, columns)
    rows = tuple(reading.row(row) for row in sheet.rows)
    if reading.problems:
        count = len(reading.problems)
        message = ngettext("{file} has {count} wrong cell.", "{file} has {count} wrong cells.", count)
        raise InputRefused(message.format(file=visible(path.name), count=count), reading.problems)
    return rows


class _Reading:
    """Reads row after row and collects what is wrong."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, int]) -> None:
        self.problems: list[Problem] = []
        self._sheet = sheet
        self._columns = columns
        self._seen: dict[tuple[str, str], int] = {}
        known = set(columns.values())
        self._others: dict[int, str] = {}
        for column, cell in enumerate(sheet.header.cells):
            if column in known or not cell.strip():
                continue
            heading = cell.strip()
            if heading in self._others.values() or plain(heading) in {plain(k) for k in columns}:
                self._wrong(sheet.header, column, "repeated", _("The heading stands twice."))
            self._others[column] = heading

    def row(self, row: Row) -> StagedRespondent:
        """One row; wrong cells are noted and left empty."""
        for column, cell in enumerate(row.cells):
            if cell.strip() and (
                column >= len(self._sheet.header.cells) or not self._sheet.header.cells[column].strip()
            ):
                self._wrong(row, column, "no_heading", _("The cell stands under no heading."))
        file_name = self._needed(row, "file")
        kind = self._word(row, "kind", KIND)
        # A document speaks for nobody in particular, so it may do without a respondent.
        person = self._get(row, "respondent") if kind == Kind.DOCUMENT else self._needed(row, "respondent")
        speaker = self._get(row, "speaker")
        self._once(row, file_name, speaker)
        transcript = {
            "language": self._word(row, "language", LANGUAGE),
            "date": self._day(row, "date"),
            "wave": self._get(row, "wave"),
            "kind": kind,
        }
        return StagedRespondent(
            file_name=file_name,
            respondent=person,
            group=self._get(row, "group"),
            organisation=self._get(row, "organisation"),
            speaker=speaker,
            consent=self._consent(row),
            attributes={name: row.get(n).strip() for n, name in self._others.items() if row.get(n).strip()},
            transcript={name: transcript[name] for name in _TRANSCRIPT if transcript[name]},
        )

    def _consent(self, row: Row) -> Consent:
        status = self._word(row, "consent", CONSENT)
        attribution = self._word(row, "attribution", ATTRIBUTION)
        return Consent(
            status=ConsentStatus(status) if status else ConsentStatus.NOT_RECORDED,
            scope=self._scope(row),
            attribution=attribution,
            date=self._day(row, "consent date"),
            language=self._get(row, "consent language"),
            embargo=self._day(row, "embargo"),
        )

    def _scope(self, row: Row) -> tuple[str, ...]:
        scopes: list[str] = []
        for part in re.split(r"[,;|/+]|\bet\b|\band\b", self._get(row, "consent scope")):
            scope = meaning(part, SCOPE)
            if scope is None and plain(part):
                self._unknown(row, "consent scope", part.strip(), SCOPE)
            elif scope and scope not in scopes:
                scopes.append(scope)
        return tuple(scopes)

    def _get(self, row: Row, name: str) -> str:
        return row.get(self._columns.get(name)).strip()

    def _needed(self, row: Row, name: str) -> str:
        value = self._get(row, name)
        if not value:
            self._wrong(row, self._columns[name], "missing", _("The column {name} is empty.").format(name=name))
        return value

    def _word(self, row: Row, name: str, words: Words) -> str:
        """A value out of a known set, written in French or English."""
        value = self._get(row, name)
        found = meaning(value, words) if value else ""
        if found is None:
            self._unknown(row, name, value, words)
        return found or ""

    def _day(self, row: Row, name: str) -> str:
        """A date as `2024-03-12`, read from that or from `12/03/2024` (day first)."""
        value = self._get(row, name)
        if not value:
            return ""
        match = _DAY.fullmatch(value)
        try:
            if match is None:
                raise ValueError
            parts = [int(p) for p in match.groups() if p]
            return date(*(parts if match[1] else parts[::-1])).isoformat()
        except ValueError:
            self._wrong(row, self._columns[name], "date", _("Not a date: write it as 2024-03-12."))
            return ""

    def _once(self, row: Row, file_name: str, speaker: str) -> None:
        key = (fold(file_name), fold(speaker))
        if file_name and key in self._seen:
            message = _("The same file and speaker stand in {place} already.")
            place = self._sheet.place(self._seen[key])
            self._wrong(row, self._columns["file"], "twice", message.format(place=place))
        self._seen.setdefault(key, row.number)

    def _unknown(self, row: Row, name: str, value: str, words: Words) -> None:
        message = _("“{value}” is not known; write one of: {known}.")
        text = message.format(value=visible(value[:40]), known=words_told(words))
        self._wrong(row, self._columns[name], "unknown", text)

    def _wrong(self, row: Row, column: int, code: str, message: str) -> None:
        self.problems.append(Problem(message, self._sheet.place(row.number, column), code))
