"""Cells of the framework as people write and read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.framework.chain import Framework
from hsreview.model.framework import Row
from hsreview.model.framework_columns import COLUMNS, Choice, Column, ValueKind, is_date, main_column
from hsreview.model.localized import Localized

_MOST = 20
"""Refs that a sentence names."""
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH = re.compile(r"(\d{1,2})[/.](\d{4})")
_NAMED_MONTH = re.compile(r"(?:(\d{1,2}|1er) )?([a-z]+) (\d{4})")
_MONTHS = {
    name: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_SMALL = re.compile(r"(?:(?:a|la|le|les|l'|de|du|des|chaque|une?|to|be)(?: |(?<=')))+")
"""Small words with which a label begins, before its main word."""
_LEAST = 3
"""Letters from which on the beginning of a word says which is meant."""
_SEPARATORS = re.compile(r"[;\n]")


def read_value(found: Framework, column: Column, text: str) -> Any:
    """What a cell of the column is to hold; null for an empty text. Raises InputRefused when it cannot be read."""
    wish = text.strip()
    if not wish:
        return None
    match column.kind:
        case ValueKind.TEXT | ValueKind.BOTH:
            return text.replace("\r\n", "\n")
        case ValueKind.NUMBER:
            return _number(wish)
        case ValueKind.DATE:
            return read_date(wish)
        case ValueKind.CHOICE:
            return _choice(column, wish)
        case ValueKind.CHOICES:
            return list(dict.fromkeys(_choice(column, part) for part in _parts(wish.replace(",", ";"))))
        case ValueKind.TEXTS:
            return _parts(wish)
        case ValueKind.ROW:
            return _named(found, column, wish).id


def show_value(found: Framework, column: Column, value: Any, language: str) -> str:
    """A cell in words; an empty text for null."""
    if value is None:
        return ""
    labels = {each.key: each.label.get(language) for each in column.choices}
    match column.kind:
        case ValueKind.CHOICE:
            return labels.get(value, str(value))
        case ValueKind.CHOICES:
            return "; ".join(labels.get(each, str(each)) for each in value)
        case ValueKind.TEXTS:
            return "; ".join(value)
        case ValueKind.NUMBER:
            number = f"{value:.15g}"
            return number.replace(".", ",") if language == "fr" else number
        case ValueKind.ROW:
            row = found.by_id.get(value)
            return f"{row.ref} {_label(row).get(language)}".strip() if row else "?"
        case _:
            return str(value)


def cells_in_words(found: Framework, row: Row, language: str) -> list[tuple[str, str]]:
    """The cells of a row that hold something, each with its heading; `found` holds the rows that they may name."""
    return [
        (heading(column, key, language), show_value(found, column, row.data[key], language))
        for column in COLUMNS[row.kind]
        for key in column.keys
        if key in row.data
    ]


def heading(column: Column, key: str, language: str) -> str:
    """What stands above a cell of the column: its label, with the language where it has two (`Statement (fr)`)."""
    return column.label.get(language) + (f" ({key[-2:]})" if len(column.keys) > 1 else "")


def _number(wish: str) -> int | float:
    plain = re.sub(r"[\s\u00a0\u202f]", "", wish).replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        number = float("nan")
    if number - number != 0 or "_" in plain:
        raise InputRefused(_("“{value}” is not a number.").format(value=wish))
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def read_date(wish: str) -> str:
    """The ISO date that is meant; day/month/year and month/year too, as people in Mali and the Netherlands write them.

    A year, a month or a day, without blanks around it. Raises InputRefused.
    """
    written = wish
    if day := _DAY.fullmatch(wish):
        written = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}"
    elif month := _MONTH.fullmatch(wish):
        written = f"{month[2]}-{int(month[1]):02}"
    elif (named := _NAMED_MONTH.fullmatch(" ".join(fold(wish).split()))) and named[2] in _MONTHS:
        written = f"{named[3]}-{_MONTHS[named[2]]:02}"
        if named[1]:
            written += f"-{int(named[1].removesuffix('er')):02}"
    if not is_date(written):
        raise InputRefused(
            _("“{value}” is not a date; write 2017, 2017-03, 2017-03-31, 31/03/2017 or March 2017.").format(value=wish)
        )
    return written


def _choice(column: Column, wish: str) -> str:
    wanted = " ".join(fold(wish).split())
    for each in column.choices:
        if wanted in {*_names(each), f"{fold(each.label.fr)} / {fold(each.label.en)}"}:
            return each.key
    begun = [each for each in column.choices if any(_begins(name, wanted) for name in _names(each))]
    if len(begun) == 1:
        return begun[0].key
    raise InputRefused(
        _("“{value}” is none of: {choices}.").format(value=wish, choices=", ".join(map(choice_name, column.choices)))
    )


def _names(choice: Choice) -> list[str]:
    return [fold(each) for each in (choice.key, choice.label.fr, choice.label.en, *choice.also)]


def _begins(name: str, wanted: str) -> bool:
    """Whether `wanted` is how a name begins, or its main word."""
    return len(wanted) >= _LEAST and (name.startswith(wanted) or _SMALL.sub("", name, count=1).startswith(wanted))


def choice_name(choice: Choice) -> str:
    """`up (à la hausse)`: both words that name a choice; a key that the label repeats stands alone."""
    if fold(choice.key) == fold(choice.label.fr):
        return choice.key
    return _("{key} ({label})").format(key=choice.key, label=choice.label.get("fr"))


def _parts(wish: str) -> list[str]:
    return [part.strip() for part in _SEPARATORS.split(wish) if part.strip()]


def _named(found: Framework, column: Column, wish: str) -> Row:
    wanted = fold(wish)
    rows = found.of(column.of) if column.of else []
    ref = wanted.partition(" ")[0]  # `AC1 · Governor's office`, as cells show it.
    chosen = [row for row in rows if row.id == wish or fold(row.ref) in (wanted, ref)] or [
        row for row in rows if wanted in {fold(_label(row).fr), fold(_label(row).en)}
    ]
    if len(chosen) != 1:
        raise InputRefused(
            _("“{value}” names no row here; there are: {refs}.").format(value=wish, refs=refs_named(rows))
        )
    return chosen[0]


def refs_named(rows: Sequence[Row]) -> str:
    """`IN1, IN2, …`: the refs of rows for a sentence, with a sign where they are more than it can hold."""
    refs = [row.ref for row in rows]
    return ", ".join([*refs[:_MOST], *(["…"] if len(refs) > _MOST else [])]) or "–"


def _label(row: Row) -> Localized:
    fr, en = (str(row.data.get(key) or "") for key in main_column(row.kind).keys)
    return Localized(fr, en)
