"""What whoever writes an entry of the journal should know, though it is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.framework.monitoring import OUT
from hsreview.model.framework import Row
from hsreview.model.framework_columns import COLUMNS
from hsreview.model.observation import Observation
from hsreview.model.observation_columns import PARTS
from hsreview.model.periods import first_day
from hsreview.workflows.framework_rows import status_name
from hsreview.workflows.journal import Values


def remarks(
    row: Row | None, when: str, others: Iterable[Observation] = (), parts: Iterable[str] = (), kind: str = ""
) -> list[str]:  # fmt: skip
    """What whoever writes an entry on a row with this date should know, though it is stored.

    `others`: the other entries on the row; `parts`: the names of the entry's parts; `kind` of an engagement, of which
    one day sees several.
    """
    told = []
    if when and first_day(when) > date.today():
        told.append(_("{date} lies in the future; it counts when that day has come.").format(date=when))
    if row is None:
        return told
    if row.status in OUT:
        told.append(
            _("{ref} is {status}: its entries are kept, but it is followed no more.").format(
                ref=row.ref, status=status_name(row.status)
            )
        )
    there = list(others)
    if any((each.date, each.kind or "") == (when, kind) for each in there):
        told.append(
            _("{ref} has an entry dated {date} already; both are kept.").format(ref=row.ref, date=when)
        )  # fmt: skip
    return told + _part_remarks(row, list(parts), [name for each in there for name in each.parts])


def part_names(values: Values) -> list[str]:
    """The names of the parts that an entry is to hold."""
    return [each.rpartition("=")[0] for each in values.get(PARTS.key) or ()]


def _part_remarks(row: Row, parts: Sequence[str], known: Sequence[str]) -> list[str]:
    """What is odd about the names of parts: those of a breakdown, or others than before."""
    broken_down = {
        fold(name)
        for column in COLUMNS[row.kind]
        if column.key == "disaggregation"
        for each in column.choices
        for name in (each.key, each.label.fr, each.label.en)
    }
    told = [
        _("“{name}” says by what {ref} is broken down; a part is one of the groups, such as women=7.").format(
            name=name, ref=row.ref
        )
        for name in parts
        if fold(name) in broken_down
    ]
    strange = [name for name in parts if fold(name) not in broken_down | set(map(fold, known))]
    if known and strange:
        told.append(
            _("Other entries on {ref} do not name {names}; they name: {known}.").format(
                ref=row.ref, names=", ".join(strange), known=", ".join(dict.fromkeys(known))
            )
        )
    return told
