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

    codes: list[str | None] = field(default_factory=lambda: [None] * SLOTS)
    pinned: set[int] = field(default_factory=set)
    used: list[int] = field(default_factory=list)
    """Slots in the order of their last use, the latest last."""

    def use(self, code_id: str) -> bool:
        """The code was applied: it gets the first free slot, or that of the least recently used code that is not
        pinned. True when the slots changed.
        """
        if code_id in self.codes:
            self._touch(self.codes.index(code_id))
            return False
        free = next((index for index, code in enumerate(self.codes) if code is None), None)
        if free is None:
            loose = [index for index in range(SLOTS) if index not in self.pinned]
            if not loose:
                return False
            free = min(loose, key=lambda index: self.used.index(index) if index in self.used else -1)
        self.codes[free] = code_id
        self._touch(free)
        return True

    def pin(self, index: int, code_id: str) -> None:
        """Put the code into this slot for good; where it stood before becomes free."""
        if code_id in self.codes:
            self.free(self.codes.index(code_id))
        self.codes[index] = code_id
        self.pinned.add(index)

    def toggle_pin(self, index: int) -> None:
        """Pin the code that stands in this slot, or let it go again."""
        self.pinned.symmetric_difference_update({index})

    def free(self, index: int) -> None:
        """Empty a slot."""
        self.codes[index] = None
        self.pinned.discard(index)

    def keep_only(self, code_ids: Collection[str]) -> None:
        """Empty the slots whose code is no longer in the codebook."""
        for index, code in enumerate(self.codes):
            if code is not None and code not in code_ids:
                self.free(index)

    def digit_of(self, code_id: str) -> str:
        """The key of the code's slot, or nothing."""
        return DIGITS[self.codes.index(code_id)] if code_id in self.codes else ""

    def _touch(self, index: int) -> None:
        if index in self.used:
            self.used.remove(index)
        self.used.append(index)

    def to_json(self) -> dict[str, Any]:
        """As it is remembered for a coder."""
        return {"codes": self.codes, "pinned": sorted(self.pinned), "used": self.used}

    @classmethod
    def from_json(cls, value: object) -> Slots:
        """From what was remembered; whatever is odd in it is left out."""
        slots = cls()
        if not isinstance(value, Mapping):
            return slots
        codes = value.get("codes")
        if isinstance(codes, list):
            for index, code in enumerate(codes[:SLOTS]):
                slots.codes[index] = code if isinstance(code, str) else None
        slots.pinned = {index for index in _numbers(value.get("pinned")) if slots.codes[index] is not None}
        slots.used = list(dict.fromkeys(_numbers(value.get("used"))))
        return slots


def _numbers(value: object) -> Iterable[int]:
    items = value if isinstance(value, list) else []
    return [item for item in items if isinstance(item, int) and 0 <= item < SLOTS]
