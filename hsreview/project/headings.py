"""Headings and labels after a mask: two that become alike are still two, or one would hide what the other says."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from itertools import chain, count

from hsreview.project.pieces import ATTRIBUTE


def kept_apart(headings: Iterable[str], short: Callable[[str], str]) -> dict[str, str]:
    """Each of some headings or labels → how it reads when `short` replaces names in it, another one for each."""
    found = dict.fromkeys(headings)
    made = {each: short(each) for each in found}
    taken = {each for each, new in made.items() if each == new}
    for heading, plain in made.items():
        if heading != plain:
            numbered = chain([plain], (f"{plain} ({n})" for n in count(2)))
            made[heading] = next(each for each in numbered if each not in taken)
            taken.add(made[heading])
    return made


def headings_of(connection: sqlite3.Connection) -> list[str]:
    """All headings of attributes that records tell, former ones too."""
    bodies = connection.execute("select body from change where body like ? order by clock, id", (f'%"{ATTRIBUTE}%',))
    told = (key for (body,) in bodies for part in json.loads(body).values() if isinstance(part, dict) for key in part)
    return [key.removeprefix(ATTRIBUTE) for key in dict.fromkeys(told) if key.startswith(ATTRIBUTE)]
