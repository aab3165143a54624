"""What a tidy table is: its variables, with names that every program accepts, and its rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsreview.model.localized import Localized

Cell = str | int | float | None
_NO_LETTER = re.compile(r"\W+", re.ASCII)
LONGEST_NAME = 32
"""Stata cuts longer names."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One column."""

    name: str
    kind: str
    """`text`, `integer`, `number` or `0/1`."""
    about: Localized


@dataclass(frozen=True, slots=True)
class Tidy:
    """One table; its rows are made while they are written."""

    name: str
    variables: tuple[Variable, ...]
    rows: Iterable[Sequence[Cell]]


def text(name: str, fr: str, en: str) -> Variable:
    """A column of texts."""
    return Variable(name, "text", Localized(fr=fr, en=en))


def integer(name: str, fr: str, en: str) -> Variable:
    """A column of whole numbers; empty where there is none."""
    return Variable(name, "integer", Localized(fr=fr, en=en))


def truth(name: str, fr: str, en: str) -> Variable:
    """A column of 0 and 1."""
    return Variable(name, "0/1", Localized(fr=fr, en=en))


def names(prefix: str, wanted: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Names of variables near `wanted`: ASCII letters, digits and `_`, unique whatever their case, not too long."""
    used = {each.casefold() for each in taken}
    result = []
    for wish in wanted:
        plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode()
        base = f"{prefix}_{_NO_LETTER.sub('_', plain).strip('_')}".rstrip("_")[:LONGEST_NAME]
        name, number = base, 1
        while name.casefold() in used:
            number += 1
            name = f"{base[: LONGEST_NAME - len(str(number)) - 1]}_{number}"
        used.add(name.casefold())
        result.append(name)
    return result
