"""Dates that may be partly known: a year, a quarter, a month or a day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from hsreview.model.framework_columns import is_date

_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


def is_period(value: str) -> bool:
    """Whether it is `2017`, `2017-Q1`, `2017-03` or `2017-03-31`."""
    found = _QUARTER.fullmatch(value)
    return found[1] != "0000" if found else is_date(value)


@lru_cache(maxsize=4096)
def first_day(period: str) -> date:
    """The day on which a period (`is_period`) begins."""
    if found := _QUARTER.fullmatch(period):
        return date(int(found[1]), int(found[2]) * 3 - 2, 1)
    parts = [*map(int, period.split("-")), 1, 1]
    return date(parts[0], parts[1], parts[2])


@lru_cache(maxsize=4096)
def last_day(period: str) -> date:
    """The day on which a period ends."""
    start = first_day(period)
    months = 3 if "Q" in period else {4: 12, 7: 1}.get(len(period), 0)
    if not months:
        return start
    month = start.month + months
    if month > 12:
        return date(start.year, 12, 31)
    return date(start.year, month, 1) - timedelta(days=1)


def quarter_of(period: str) -> str:
    """The quarter in which a period lies, such as `2017-Q1`; empty for a year, which lies in none."""
    if len(period) == 4:
        return ""
    return quarter(first_day(period))


def quarter(day: date) -> str:
    """The quarter of a day."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def quarters(first: str, last: str) -> tuple[str, ...]:
    """Every quarter from `first` to `last`, both included."""
    found, at = [], first
    while at <= last:
        found.append(at)
        year, n = int(at[:4]), int(at[-1])
        at = f"{year:04}-Q{n + 1}" if n < 4 else f"{year + 1:04}-Q1"
    return tuple(found)
