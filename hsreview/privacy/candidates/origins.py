"""Where listed parts of people's names are at home, and whether they are first names or family names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hsreview.privacy.candidates.words import word_key

MALI, GHANA, NORTH = "fr", "en", "north"
"""Mali and its neighbours who speak French; Ghana and its coast; Europe and others."""
_HOMES = {"Mali": MALI, "Burkina": MALI, "Ghana": GHANA, "Others": NORTH}
_FAMILY_HOMES = _HOMES | {"French,": NORTH}


@dataclass(frozen=True, slots=True)
class Origin:
    """What the lists say of one word."""

    first: bool
    family: bool
    first_home: str
    """Where it is a first name; empty where it is not listed, or used everywhere (Marie, Joseph)."""
    family_home: str
    """Where it is a family name."""
    woman: bool | None
    """Of a first name; null when the lists do not say."""


@cache
def _listed(name: str) -> dict[str, str]:
    """Folded word → the heading under which it stands first."""
    text = resources.files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    heading, found = "", dict[str, str]()
    for line in text.split("\n"):
        if line.startswith("#"):
            heading = line.lstrip("# ")
        else:
            for part in _words(line):
                found.setdefault(part, heading)
    return found


def _words(line: str) -> Iterator[str]:
    for entry in line.split(","):
        parts = entry.replace("-", " ").split()
        yield from (word_key(part) for part in parts if len(part) > 2 or len(parts) == 1)


def origin(word: str) -> Origin:
    """What the lists say of a word, in any case and with or without accents."""
    key = word_key(word)
    first, family = _listed("first_names").get(key), _listed("family_names").get(key)
    first_home = _HOMES.get((first or "").partition(" ")[0], "")
    family_home = _FAMILY_HOMES.get((family or "").partition(" ")[0], "")
    woman = {"women": True, "men": False}.get((first or "").rpartition(" ")[2])
    return Origin(first is not None, family is not None, first_home, family_home, woman)
