"""Ten code slots under the digit keys. They never move under the fingers. No Textual."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

SLOTS = 10
DIGITS = "1234567890"


@dataclass
class Slots:
    """Which code stands in which slot. Index 0 is the key `1`, index 9 the key `0`."""

    held: list[str | None] = field(default_factory=lambda: [None] * SLOTS)
    """What was put into each slot, also a code that is no longer in the codebook: redo may bring it back."""
    held_pinned: set[int] = field(default_factory=set)
    used: list[int] = field(default_factory=list)
    """Slots in the order of their last use, the latest last."""
    offered: Collection[str] | None = field(default=None, compare=False)
    """The codes that may be applied; null before the codebook is known: all."""

    @property
    def codes(self) -> list[str | None]:
        """The code of each slot; null where it is empty."""
        return [code if self.offered is None or code in self.offered else None for code in self.held]

    @property
    def pinned(self) -> set[int]:
        """The slots whose code stays for good."""
        codes = self.codes
        return {index for index in self.held_pinned if codes[index] is not None}

    def offer_only(self, code_ids: Collection[str]) -> None:
        """Let the slots of all other codes be empty, until their code is offered again."""
        self.offered = code_ids

    def use(self, code_id: str) -> bool:
        """The code was applied: it gets the first empty slot, else that of a code which is no longer offered, else
        that of the least recently used code that is not pinned. True when the slots changed.
        """
        codes = self.codes
        if code_id in codes:
            self._touch(codes.index(code_id))
            return False
        free = self._free_slot(codes)
        if free is None:
            return False
        self.held[free] = code_id
        self.held_pinned.discard(free)
        self._touch(free)
        return True

    def _free_slot(self, codes: list[str | None]) -> int | None:
        if None in self.held:
            return self.held.index(None)
        gone = [index for index in range(SLOTS) if codes[index] is None]
        if gone:
            return min(gone, key=lambda index: (index in self.held_pinned, index))
        loose = [index for index in range(SLOTS) if index not in self.held_pinned]
        return min(loose, key=lambda index: self.used.index(index) if index in self.used else -1, default=None)

    def pin(self, index: int, code_id: str) -> None:
        """Put the code into this slot for good; where it stood before becomes free."""
        if code_id in self.held:
            self.free(self.held.index(code_id))
        self.held[index] = code_id
        self.held_pinned.add(index)

    def toggle_pin(self, index: int) -> None:
        """Pin the code that stands in this slot, or let it go again."""
        self.held_pinned.symmetric_difference_update({index})

    def free(self, index: int) -> None:
        """Empty a slot."""
        self.held[index] = None
        self.held_pinned.discard(index)

    def digit_of(self, code_id: str) -> str:
        """The key of the code's slot, or nothing."""
        codes = self.codes
        return DIGITS[codes.index(code_id)] if code_id in codes else ""

    def _touch(self, index: int) -> None:
        if index in self.used:
            self.used.remove(index)
        self.used.append(index)

    def to_json(self) -> dict[str, Any]:
        """As it is remembered for a coder."""
        return {"codes": self.held, "pinned": sorted(self.held_pinned), "used": self.used}

    @classmethod
    def from_json(cls, value: object) -> Slots:
        """From what was remembered; whatever is odd in it is left out."""
        slots = cls()
        if not isinstance(value, Mapping):
            return slots
        codes = value.get("codes")
        if isinstance(codes, list):
            for index, code in enumerate(codes[:SLOTS]):
                slots.held[index] = code if isinstance(code, str) else None
        slots.held_pinned = {index for index in _numbers(value.get("pinned")) if slots.held[index] is not None}
        slots.used = list(dict.fromkeys(_numbers(value.get("used"))))
        return slots


def _numbers(value: object) -> Iterable[int]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, int) and 0 <= item < SLOTS]
