"""Comparing what is known of a coding with the value of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from operator import ge, gt, le, lt
from typing import Any

from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.tree import Condition, Value
from hsreview.base.folding import fold
from hsreview.base.messages import _

_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_DATE_BEGUN = re.compile(r"[0-9]{1,4}|[0-9]{4}-[0-9]{0,2}|[0-9]{4}-[0-9]{2}-[0-9]{0,2}")
_TRUTHS = {True: ("true", "yes", "vrai", "oui"), False: ("false", "no", "faux", "non")}


def test_of(condition: Condition) -> Callable[[Hashable], bool]:
    """Whether one thing known of a coding (null: not recorded) meets a condition. What is not recorded never does.

    Numbers are compared as numbers; a date with a month (`2014-05`) by its month. Raises QueryFault when `<` and its
    like are asked of something else, and for a day that no calendar has.
    """
    for each in condition.values:
        _check_date(condition, each)
    if condition.sign in _ORDERS:
        (value,) = condition.values
        if value.prefix or (_number(value.text) is None and not _DATE.fullmatch(value.text)):
            told = _("“{sign}” compares numbers and dates, such as 40 or 2014-05.").format(sign=condition.sign)
            raise QueryFault(told, value.column)
        order = _ORDERS[condition.sign]
        return lambda known: _ordered(known, value.text, order)
    wanted = condition.sign == "="
    return lambda known: known not in (None, "") and any(_equal(known, v) for v in condition.values) is wanted


def _check_date(condition: Condition, value: Value) -> None:
    is_date = condition.name == "date" and not condition.own
    shaped = _DATE.fullmatch(value.text) is not None
    begun = value.prefix and _DATE_BEGUN.fullmatch(value.text) is not None
    meant = is_date or (shaped and condition.sign in _ORDERS)
    if meant and not begun and not (shaped and _is_day((value.text + "-01-01")[:10])):
        told = _("{value} is no date: write 2016, 2016-03 or 2016-03-25.").format(value=value.text)
        raise QueryFault(told, value.column)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float | None:
    try:
        return float(text) if text.isascii() and "_" not in text and text[-1:].isdigit() else None
    except ValueError:
        return None


def _ordered(known: Hashable, wanted: str, order: Callable[[Any, Any], bool]) -> bool:
    if known is None or isinstance(known, bool):
        return False
    text = str(known)
    if _DATE.fullmatch(wanted) and "-" in text and _DATE.fullmatch(text[:10]):
        return order(text[: len(wanted)], wanted)
    one, other = _number(text), _number(wanted)
    return one is not None and other is not None and order(one, other)


def _equal(known: Hashable, value: Value) -> bool:
    if isinstance(known, bool):
        return fold(value.text) in _TRUTHS[known]
    text, wish = fold(str(known)), fold(value.text)
    if value.prefix:
        return text.startswith(wish)
    if text == wish:
        return True
    if _DATE.fullmatch(wish) and "-" in text and _DATE.fullmatch(text[:10]):
        return text[: len(wish)] == wish
    one, other = _number(text), _number(wish)
    return one is not None and one == other
