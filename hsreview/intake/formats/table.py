"""Turns in a table (csv, tsv, xlsx): a column of texts, and perhaps one of speakers and one or two of times."""

from __future__ import annotations

from collections.abc import Iterator

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, ngettext
from hsreview.intake.formats.composing import Piece, Spoken, compose
from hsreview.intake.sheets import Sheet, headings, read_sheet
from hsreview.intake.source import Source
from hsreview.intake.times import milliseconds
from hsreview.model.staging import Doubt

_COLUMNS = {
    "text": ("texte", "propos", "parole", "paroles", "contenu", "content", "utterance", "transcript", "transcription",
             "énoncé", "tour de parole", "turn", "words", "body"),
    "speaker": ("locuteur", "locutrice", "intervenant", "intervenante", "orateur", "name", "nom", "speaker name",
                "participant", "who", "qui", "label"),
    "time": ("start", "start time", "begin", "from", "timestamp", "timecode", "temps", "début", "heure", "horodatage",
             "minutage", "time start", "in"),
    "time end": ("end", "end time", "stop", "to", "fin", "time stop", "out"),
}  # fmt: skip


def read(data: bytes, name: str, *, encoding: str | None) -> Source:
    """One turn per row, composed to a text. Raises InputRefused when no column is called text."""
    sheet = read_sheet(data, name, encoding=encoding)
    columns = sheet.columns(_COLUMNS)
    if "text" not in columns:
        message = _("A table of turns needs a column called text (and speaker, time). Its columns are: {headings}.")
        raise InputRefused(message.format(headings=headings(sheet)))
    composed = compose(_turns(sheet, columns))
    empty = sum(1 for row in sheet.rows if not row.get(columns["text"]).strip())
    doubts = list(sheet.doubts)
    if empty:
        message = ngettext("{count} row without text was left out.", "{count} rows without text were left out.", empty)
        doubts.append(Doubt("empty_rows", message.format(count=empty), empty))
    return Source(
        composed.text,
        sheet.format,
        sheet.encoding,
        marks=composed.marks,
        cues=composed.cues,
        doubts=tuple(doubts),
        readings=sheet.readings,
    )


def holds_turns(data: bytes, name: str) -> bool:
    """Whether a table is meant as a transcript: it has columns of speakers and of texts, or cannot be read at all."""
    try:
        sheet = read_sheet(data, name)
    except InputRefused:
        return True
    return {"text", "speaker"} <= sheet.columns(_COLUMNS).keys()


def _turns(sheet: Sheet, columns: dict[str, int]) -> Iterator[Spoken]:
    for row in sheet.rows:
        text = row.get(columns["text"]).strip("\n")
        if not text.strip():
            continue
        speaker = " ".join(row.get(columns.get("speaker")).split()).removesuffix(":").rstrip() or None
        times = [_time(row.get(columns.get(name))) for name in ("time", "time end")]
        yield Spoken(speaker, [Piece(text, *times)])


def _time(cell: str) -> int | None:
    """A clock time, or a number of seconds, in milliseconds."""
    clock = milliseconds(cell)
    if clock is not None:
        return clock
    try:
        seconds = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return round(seconds * 1000) if 0 <= seconds < 10_000_000 else None
