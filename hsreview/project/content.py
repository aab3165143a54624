"""The content store: texts, turns and units, addressed by hash. Contents are not in the change log."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.text import CueTime, Span, Turn


@dataclass(frozen=True, slots=True)
class TurnsContent:
    """The turns of a text as they were made at intake; `labels` are what people are called."""

    labels: tuple[str, ...]
    turns: tuple[tuple[int, int, int, int, int | None, int | None], ...]
    """`(label index or -1, start, label_end, end, time, time_end)`."""


def digest(data: bytes) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def put_text(connection: sqlite3.Connection, text: str) -> str:
    """Store a text as it is; returns its hash."""
    return _put(connection, "text", text, text.encode("utf-8"))


def put_name(connection: sqlite3.Connection, name: str) -> str:
    """Store the original file's name, which may name a person, salted so that its hash tells nothing; returns that."""
    data = f"{os.urandom(8).hex()}\n{visible(name)}"
    return _put(connection, "file_name", data, data.encode("utf-8"))


def put_turns(connection: sqlite3.Connection, turns: Sequence[Turn], known: Sequence[str] = ()) -> str:
    """Store turns; returns their hash. `known` are the labels of an earlier text, which keep their places."""
    labels = tuple(dict.fromkeys((*known, *(t.speaker for t in turns if t.speaker is not None))))
    index = {label: i for i, label in enumerate(labels)}
    rows = [
        [-1 if t.speaker is None else index[t.speaker], t.start, t.label_end, t.end, t.time, t.time_end] for t in turns
    ]
    return _put_json(connection, "turns", {"labels": labels, "turns": rows})


def put_cues(connection: sqlite3.Connection, cues: Iterable[CueTime]) -> str:
    """Store cue times; returns their hash."""
    return _put_json(connection, "cues", [[c.offset, c.time, c.time_end] for c in cues])


def put_spans(connection: sqlite3.Connection, kind: str, spans: Sequence[Span]) -> str:
    """Store ascending spans (`sentences` or `words`) as packed differences; returns their hash."""
    flat = [offset for span in spans for offset in span]
    deltas = array("I", (b - a for a, b in zip([0, *flat], flat, strict=False)))
    if sys.byteorder == "big":
        deltas.byteswap()
    raw = deltas.tobytes()
    return _put(connection, kind, zlib.compress(raw, 6), raw)


def _put_json(connection: sqlite3.Connection, kind: str, value: object) -> str:
    raw = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return _put(connection, kind, zlib.compress(raw, 6), raw)


def _put(connection: sqlite3.Connection, kind: str, data: str | bytes, hashed: bytes) -> str:
    """Store `data` under the hash of what it says, before any packing (another packer may pack differently)."""
    key = digest(hashed)
    row = connection.execute("select state from content where hash = ?", (key,)).fetchone()
    if row is not None and row[0] == "erased":
        raise InputRefused(_("This content was erased from the project and does not come back."))
    connection.execute(
        "insert into content(hash, kind, data) values (?, ?, ?)"
        " on conflict(hash) do update set data = excluded.data, state = 'present' where state = 'withheld'",
        (key, kind, data),
    )
    return key


def _data(connection: sqlite3.Connection, key: str | None) -> str | bytes | None:
    row = connection.execute("select data from content where hash = ?", (key,)).fetchone()
    return row[0] if row else None


def text(connection: sqlite3.Connection, key: str) -> str | None:
    """The text with that hash, or null when it is withheld or erased."""
    value = _data(connection, key)
    return value if isinstance(value, str) else None


def turns(connection: sqlite3.Connection, key: str) -> TurnsContent | None:
    """The turns with that hash, or null when they are withheld or erased."""
    value = _json(connection, key)
    if not isinstance(value, dict):
        return None
    return TurnsContent(tuple(value["labels"]), tuple(tuple(row) for row in value["turns"]))


def cues(connection: sqlite3.Connection, key: str | None) -> tuple[CueTime, ...]:
    """The cue times with that hash; empty when there are none."""
    value = _json(connection, key)
    return tuple(CueTime(*row) for row in value) if isinstance(value, list) else ()


def spans(connection: sqlite3.Connection, key: str | None) -> tuple[Span, ...]:
    """The spans with that hash; empty when they are withheld or erased."""
    value = _data(connection, key)
    if not isinstance(value, bytes):
        return ()
    offsets = iter(accumulate(_differences(zlib.decompress(value))))
    return tuple(zip(offsets, offsets, strict=True))


def span_starts(connection: sqlite3.Connection, key: str | None) -> array[int]:
    """Where the spans with that hash start, as `spans` gives them."""
    value = _data(connection, key)
    if not isinstance(value, bytes):
        return array("I")
    return array("I", accumulate(_differences(zlib.decompress(value))))[::2]


def last_offset(raw: bytes) -> int:
    """Where the last of unpacked spans ends; 0 when there are none."""
    return sum(_differences(raw))


def _differences(raw: bytes) -> array[int]:
    deltas = array("I")
    deltas.frombytes(raw)
    if sys.byteorder == "big":
        deltas.byteswap()
    return deltas


def _json(connection: sqlite3.Connection, key: str | None) -> object:
    value = _data(connection, key)
    return json.loads(zlib.decompress(value)) if isinstance(value, bytes) else None


def damaged(connection: sqlite3.Connection) -> list[str]:
    """Hashes of contents whose data no longer match them."""
    wrong = []
    for key, data in connection.execute("select hash, data from content where state = 'present'"):
        try:
            raw = data.encode("utf-8") if isinstance(data, str) else zlib.decompress(data)
        except zlib.error:
            raw = b""
        if digest(raw) != key:
            wrong.append(key)
    return wrong
