"""Rows of another state's framework: taken over, or dropped; only dropped ones need a record of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.model.localized import Localized

DROPPED = "framework.transfer."
"""What the setting of a dropped row begins with; the id of the row over there follows."""


class TransferChoice(StrEnum):
    """What becomes of a row of another state's framework."""

    ADOPT = "adopt"
    """It is taken over as it is."""
    ADAPT = "adapt"
    """It is taken over to be reworded for this state."""
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that was not taken over; what it said over there, and why."""

    ref: str
    text: Localized
    project: str
    reason: str

    def to_json(self) -> dict[str, object]:
        """As it is stored."""
        return {"ref": self.ref, "text": self.text.to_json(), "project": self.project, "reason": self.reason}

    @classmethod
    def read(cls, value: object) -> Dropped | None:
        """From what is stored; null when it cannot be read."""
        if not isinstance(value, Mapping):
            return None
        parts = [value.get(name) for name in ("ref", "project", "reason")]
        if not all(isinstance(each, str) for each in parts) or not isinstance(value.get("text"), Mapping):
            return None
        return cls(str(parts[0]), Localized.from_json(value["text"]), str(parts[1]), str(parts[2]))
