"""Who reads what: the order of passes, and the random draw of the transcripts that several coders read.

The draw depends on nothing but the seed and the names: each transcript gets the SHA-256 digest of `SEED:NAME` (UTF-8,
NFC), written in hexadecimal, and in each stratum those with the smallest digests are drawn. So anyone can repeat it
with a pencil and `printf '7:cso-1' | sha256sum`, on any machine and with any version of anything.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _
from hsreview.model.review import reading_of


def draw_key(seed: int, name: str) -> str:
    """Where a transcript stands in the draw: the digest of seed and name; the smallest are drawn."""
    return hashlib.sha256(f"{seed}:{unicodedata.normalize('NFC', name)}".encode()).hexdigest()


def wanted_size(wish: str, population: int) -> int:
    """How many of `population` a size such as `20%` or `8` means; a share is rounded up.

    Raises UsageProblem when it is neither, or nothing, or more than there is.
    """
    found = re.fullmatch(r"\s*(\d{1,9})(?:[.,](\d{1,6}))?\s*(%?)\s*", wish)
    if found is None or (found[2] and not found[3]):
        raise UsageProblem(
            _("“{wish}” is no size of a sample: write a number or a share, such as 8 or 20%.").format(wish=wish)
        )
    number = Fraction(f"{found[1]}.{found[2] or 0}")
    size = -(-(number * population) // 100) if found[3] else int(number)
    if not 0 < size <= population:
        raise UsageProblem(_("{wish} cannot be drawn from {n} transcripts.").format(wish=wish.strip(), n=population))
    return int(size)


def seats(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """How many to draw from each stratum, in proportion to its size (Sainte-Laguë's divisors).

    Every stratum gets one before any gets two, as far as `total` reaches: the larger first, then by name.
    """
    given = dict.fromkeys(sorted(sizes), 0)
    for _seat in range(total):
        open_ = [name for name in given if given[name] < sizes[name]]
        best = min(open_, key=lambda name: (given[name] > 0, -Fraction(sizes[name], 2 * given[name] + 1), name))
        given[best] += 1
    return given


def draw(population: Iterable[tuple[str, str, str]], total: int, seed: int) -> dict[str, list[str]]:
    """Stratum → ids drawn, in the order of their digests; `population` is `(id, name, stratum)` of each transcript."""
    strata: dict[str, list[tuple[str, str]]] = {}
    for transcript_id, name, stratum in population:
        strata.setdefault(stratum, []).append((draw_key(seed, name), transcript_id))
    given = seats({name: len(there) for name, there in strata.items()}, total)
    return {name: [each for _key, each in sorted(strata[name])[:count]] for name, count in given.items()}


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum of a draw."""

    name: str
    size: int
    drawn: tuple[str, ...]
    """Names of the transcripts drawn, as they were called then."""


@dataclass(frozen=True, slots=True)
class Draw:
    """A random draw as it was recorded."""

    id: str
    at: str
    by: str
    """Coder id."""
    seed: int
    wish: str
    """The size asked for: `20%` or `8`."""
    stratified_by: str
    """`group`, the name of an attribute, or empty."""
    strata: tuple[Stratum, ...]
    coders: tuple[str, ...]
    """Ids of those who read what was drawn."""
    pass_: str
    blind: bool

    @property
    def size(self) -> int:
        """How many were drawn."""
        return sum(len(stratum.drawn) for stratum in self.strata)

    @property
    def population(self) -> int:
        """From how many."""
        return sum(stratum.size for stratum in self.strata)


def order(passes: Iterable[str], parts: Sequence[str]) -> list[str]:
    """Passes in the order in which they are read: the one without a name, those of the codebook, repetitions."""
    places = {"": -1, **{ref: place for place, ref in enumerate(parts)}}
    return sorted(passes, key=lambda each: (places.get(each, len(parts)), each))


def current_pass(assigned: Iterable[str], reviewed: Iterable[str], parts: Sequence[str]) -> str:
    """The pass that a coder works in, given the passes of one transcript that were assigned to them and reviewed.

    The first that was assigned and not reviewed; when none waits, the last of the first reading that was reviewed;
    else the first pass.
    """
    done = set(reviewed)
    waiting = [each for each in order(assigned, parts) if each not in done]
    if waiting:
        return waiting[0]
    read = [each for each in order(done, parts) if reading_of(each, parts) == ""]
    return read[-1] if read else ""
