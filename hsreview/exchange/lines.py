"""Change records as JSON lines, without what can be worked out again: a package goes by e-mail over slow lines.

A line is one record in the order of replay. It leaves out `coder`, `replica`, `act` and `at` where they are those of
the line before; `seq` and `clock` where they are one more than those of the actor's record before and of the line
before; what is null; and the digest of a body that is there, because it follows from salt and body.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.change import BodyState, Change
from hsreview.project.entities import dump
from hsreview.project.log import body_digest

_REPEATED = ("coder", "replica", "act", "at")
_NULLABLE = ("undoes", "redoes", "salt")
_TEXTS = ("id", "coder", "replica", "kind", "entity", "act", "at")
_FIELDS = {*_TEXTS, *_NULLABLE, "seq", "clock", "saw", "body", "state", "body_digest"}


def write_lines(changes: Iterable[Change]) -> bytes:
    """Records as JSON lines in UTF-8.

    Raises InputRefused when a body is not what its digest says: the project that it comes from is damaged.
    """
    lines = []
    before = _Before()
    for change in changes:
        line = {name: value for name, value in _line(change).items() if before.of(name, change) != value}
        before.note(change)
        lines.append(dump(line))
    return "".join(line + "\n" for line in lines).encode()


def _line(change: Change) -> dict[str, Any]:
    line: dict[str, Any] = {
        name: getattr(change, name) for name in (*_TEXTS, "seq", "clock")
    }  # fmt: skip
    line |= {name: value for name in _NULLABLE if (value := getattr(change, name)) is not None}
    if change.saw is not None:
        line["saw"] = dict(change.saw)
    if change.state is BodyState.PRESENT:
        if change.body is None or body_digest(change.salt or "", dump(change.body)) != change.body_digest:
            raise InputRefused(_("A record of this project is damaged, so no package was made. Run: hsreview doctor"))
        line["body"] = change.body
    else:
        line |= {"state": change.state.value, "body_digest": change.body_digest}
    return line


class _Before:
    """What the lines before say of the next one."""

    def __init__(self) -> None:
        self._last: Change | None = None
        self._seq: dict[tuple[str, str], int] = {}

    def of(self, name: str, change: Change) -> Any:
        """The value that a line may leave out, where it has it; `coder` and `replica` of `change` must be known."""
        if name in _REPEATED:
            return getattr(self._last, name) if self._last else None
        if name == "seq":
            return self.seq(change.coder, change.replica)
        return self.clock() if name == "clock" else None

    def seq(self, coder: str, replica: str) -> int:
        return self._seq.get((coder, replica), 0) + 1

    def clock(self) -> int:
        return self._last.clock + 1 if self._last else 1

    def repeated(self) -> dict[str, Any]:
        return {name: getattr(self._last, name) for name in _REPEATED} if self._last else {}

    def note(self, change: Change) -> None:
        self._last = change
        self._seq[change.coder, change.replica] = change.seq


def read_lines(data: bytes) -> Iterator[Change]:
    """The records in `data`, completed. Raises InputRefused, with the line, when one cannot be a record."""
    before = _Before()
    for number, line in enumerate(data.split(b"\n")[:-1], 1):
        try:
            change = _change(json.loads(line.decode("utf-8")), before)
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise InputRefused(
                _("This package is damaged: line {n} of its records cannot be read. Ask for it again.").format(n=number)
            ) from error
        before.note(change)
        yield change


def _change(line: Any, before: _Before) -> Change:
    if not isinstance(line, dict) or not line.keys() <= _FIELDS:
        raise ValueError("not a record")
    values = before.repeated() | line
    texts = [values[name] for name in _TEXTS]
    undoes, redoes, salt = nullable = [line.get(name) for name in _NULLABLE]
    if not all(type(text) is str for text in texts) or not all(text is None or type(text) is str for text in nullable):
        raise TypeError("texts are expected")
    key, coder, replica, kind, entity, act, at = texts
    seq = line["seq"] if "seq" in line else before.seq(coder, replica)
    clock = line["clock"] if "clock" in line else before.clock()
    saw = line.get("saw")
    numbers = [seq, clock, *(_checked(saw, dict).values() if saw is not None else ())]
    if not all(type(number) is int for number in numbers):
        raise TypeError("numbers are expected")
    state = BodyState(line["state"]) if "state" in line else BodyState.PRESENT
    if state is BodyState.PRESENT:
        body = _checked(line["body"], dict)
        digest = body_digest(salt or "", dump(body))
    elif "body" in line:
        raise ValueError("a body that should not be there")
    else:
        body = None
        digest = _checked(line["body_digest"], str)
    return Change(
        key, coder, replica, seq, clock, saw, kind, entity, act, undoes, redoes, at, body, state, digest, salt
    )  # fmt: skip


def _checked(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise TypeError(f"a {kind.__name__} is expected")
    return value
