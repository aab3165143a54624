"""Where a name was proposed last: how often, in which files, and a few places. Representations show no name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hsreview.privacy.spelling import bare, is_small, key_of


@dataclass(frozen=True, slots=True)
class Seen:
    """Where a name was proposed last: how often, in which files, by which engines, and a few places."""

    count: int = 0
    files: tuple[str, ...] = field(default=(), repr=False)
    engines: tuple[str, ...] = ()
    contexts: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    """`(before, form, after)`."""
    language: str = ""
    """That of the first text: `fr`, `en` or empty."""
    counts: tuple[int, ...] = ()
    """How often in each of the files; empty where that is not known."""
    small: tuple[tuple[str, str, int], ...] = field(default=(), repr=False)
    """`(form as it is compared, file, how often)` of places in small letters."""

    def in_files(self) -> dict[str, int]:
        """How often it stands in each file; 0 where that is not known."""
        return dict(zip(self.files, self.counts or (0,) * len(self.files), strict=True))

    def and_also(self, other: Seen) -> Seen:
        """Both together."""
        places = {file: 0 for file in (*self.files, *other.files)}
        for each in (self, other):
            for file, n in each.in_files().items():
                places[file] += n
        return Seen(
            self.count + other.count, tuple(places), tuple(dict.fromkeys((*self.engines, *other.engines))),
            self.contexts + other.contexts, self.language or other.language, tuple(places.values()),
            self.small + other.small,
        )  # fmt: skip

    def without_small(self, forms: Iterable[str]) -> Seen:
        """Without the places of some forms in small letters."""
        keys = set(map(key_of, forms))
        left, gone = self.in_files(), 0
        for key, file, n in self.small:
            if key in keys:
                left[file] -= n
                gone += n
        if not gone:
            return self
        left = {file: n for file, n in left.items() if n > 0}
        contexts = (each for each in self.contexts if not (is_small(each[1]) and key_of(bare(each[1])) in keys))
        return replace(
            self, count=self.count - gone, files=tuple(left), counts=tuple(left.values()), contexts=tuple(contexts)
        )
