"""Ids (UUIDs ordered by time) and the time of day."""

from __future__ import annotations

import os
import time
import uuid
from datetime import UTC, datetime

_NAMESPACE = uuid.UUID("6f1b2c0e-7d3a-5e58-9b7e-2f0c5d1a4e10")
_last = 0


def new_id() -> str:
    """A version-7 UUID (RFC 9562) as text; later calls in one process sort after earlier ones."""
    global _last
    # The 12 bits after the version hold a fraction of the millisecond, so that ids of one burst keep their order.
    ticks = time.time_ns() * 4096 // 1_000_000
    _last = ticks = max(ticks, _last + 1)
    millis, fraction = divmod(ticks, 4096)
    value = (millis & (2**48 - 1)) << 80 | 0x7 << 76 | fraction << 64
    value |= 0b10 << 62 | int.from_bytes(os.urandom(8)) >> 2
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def derived_id(*parts: str) -> str:
    """The UUID (version 5) that follows from `parts`: the same on every machine."""
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def now() -> str:
    """The current time in UTC, ISO 8601 with milliseconds, ending in `Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
