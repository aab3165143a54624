"""What people type about a validation meeting: its day, its rule, counts of hands, reasons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.framework.meeting_words import SIDE_WORDS
from hsreview.model.validation import Absent, Rule, Side, Tally
from hsreview.workflows.framework_values import read_date
from hsreview.workflows.validating import Meeting, check_rule, find_ballot

_YES, _NO = {"yes", "oui", "1"}, {"no", "non", "0"}
_ABSENT = {"ignore": Absent.IGNORE, "ignorer": Absent.IGNORE, "block": Absent.BLOCK, "bloquer": Absent.BLOCK}


def read_side(text: str) -> Side:
    """The side that is meant by its key, or by its name in either language (`officials`). Raises UsageProblem."""
    wanted = fold(text.strip())
    for side, words in SIDE_WORDS.items():
        if wanted in (side.value, fold(words.fr), fold(words.en)):
            return side
    raise UsageProblem(
        _("“{value}” is none of: {choices}.").format(value=text, choices=", ".join(each.value for each in Side))
    )


def read_day(text: str) -> str:
    """The ISO day that is meant, in any form in which days are written. Raises InputRefused."""
    day = read_date(text.strip())
    if len(day) != len("2016-05-12"):
        raise InputRefused(
            _("“{date}” is not a day; write 2016-05-12, 12/05/2016 or 12 May 2016.").format(date=text.strip())
        )
    return day


def read_rule(wishes: Iterable[str], usual: Rule | None = None) -> Rule:
    """The usual rule with the parts that are wished for: `overall=70,absent=block`. Raises UsageProblem."""
    changes: dict[str, Any] = {}
    for name, text in _pairs(wishes):
        part = _PARTS.get(fold(name))
        if part is None:
            raise UsageProblem(
                _("A rule has no part {name}. Its parts: {parts}").format(name=name, parts=", ".join(_PARTS))
            )
        field, read = part
        changes[field] = read(name, text)
    rule = replace(usual or Rule(), **changes)
    check_rule(rule)
    return rule


def read_counts(wishes: Iterable[str]) -> dict[str, int]:
    """`women=5,organisations=3` → counts by name. Raises UsageProblem."""
    return {name: _whole(name, text) for name, text in _pairs(wishes)}


def read_tally(counts: Sequence[str]) -> Tally:
    """Hands counted, in the order of a tally; those that are left out are 0. Raises UsageProblem."""
    names = [each.name for each in fields(Tally)]
    if len(counts) > len(names):
        raise UsageProblem(
            _("At most five numbers: agree, amend, reject, abstain, not understood; {n} were given.").format(
                n=len(counts)
            )
        )
    return Tally(*(_whole(name, text) for name, text in zip(names, counts, strict=False)))


def read_reasons(meeting: Meeting, wishes: Iterable[str]) -> Mapping[str, str]:
    """`IN2=Nobody measures it.` → reasons by the id of the row. Raises UsageProblem."""
    found = {}
    for wish in wishes:
        ref, sign, text = wish.partition("=")
        if not sign or not text.strip():
            raise UsageProblem(_("“{wish}” gives no reason; write ROW=TEXT.").format(wish=wish))
        found[find_ballot(meeting, ref.strip()).row_id] = text.strip()
    return found


def _pairs(wishes: Iterable[str]) -> Iterator[tuple[str, str]]:
    for wish in (part for each in wishes for part in each.split(",") if part.strip()):
        name, sign, text = wish.partition("=")
        if not (sign and name.strip() and text.strip()):
            raise UsageProblem(_("“{wish}” says no value; write NAME=VALUE.").format(wish=wish.strip()))
        yield name.strip(), text.strip()


def _whole(name: str, text: str) -> int:
    digits = text.strip()
    if not (digits.removeprefix("-").isdecimal() and digits.isascii() and len(digits) < 10):
        raise UsageProblem(_("“{value}” is not a whole number ({name}).").format(value=digits, name=name))
    return int(digits)


def _flag(name: str, text: str) -> bool:
    if fold(text) not in _YES | _NO:
        raise UsageProblem(_("{name} is yes or no; not “{value}”.").format(name=name, value=text))
    return fold(text) in _YES


def _absent(name: str, text: str) -> Absent:
    if fold(text) not in _ABSENT:
        raise UsageProblem(_("{name} is ignore or block; not “{value}”.").format(name=name, value=text))
    return _ABSENT[fold(text)]


_PARTS: Mapping[str, tuple[str, Callable[[str, str], Any]]] = {
    "overall": ("overall", _whole), "each_side": ("each_side", _whole), "rounds": ("rounds", _whole),
    "abstentions": ("abstentions_count", _flag), "not_understood": ("not_understood_count", _flag),
    "absent": ("absent", _absent),
}  # fmt: skip
"""What a part of the rule is called when it is typed → its field, and how it is read."""
