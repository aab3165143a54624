"""Where the framework stands, and engagement beside change, with the words in which both are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _, ngettext
from hsreview.framework.engagement import EngagementTable as EngagementTable
from hsreview.framework.engagement import Quarter as Quarter
from hsreview.framework.engagement import engagement as _engagement
from hsreview.framework.monitoring import OUT as OUT
from hsreview.framework.monitoring import WITHIN as WITHIN
from hsreview.framework.monitoring import Due as Due
from hsreview.framework.monitoring import IndicatorStatus as IndicatorStatus
from hsreview.framework.monitoring import MarkerStatus as MarkerStatus
from hsreview.framework.monitoring import Progress as Progress
from hsreview.framework.monitoring import RecommendationStatus as RecommendationStatus
from hsreview.framework.monitoring import Status as Status
from hsreview.framework.monitoring import actor_of as actor_of
from hsreview.framework.monitoring import status as _status
from hsreview.framework.standing import Standing as Standing
from hsreview.framework.standing import by_outcome as by_outcome
from hsreview.model.framework import Row
from hsreview.model.framework_columns import COLUMNS, Column
from hsreview.model.observation import Observation
from hsreview.model.observation_columns import ENTRY_COLUMNS, FREQUENCY, LEVEL, PARTS, QUALITY, VALUE
from hsreview.model.periods import last_day
from hsreview.workflows.framework_values import show_value
from hsreview.workflows.journal import DATE, Journal, read_entry_value

BARS = "▁▂▃▄▅▆▇█"
GAP = "·"
"""Stands in a chart where nothing was entered."""


def status(found: Journal, at: str | None = None, *, within: int = WITHIN) -> Status:
    """Where the framework stands today, or at the end of `at` as people write dates. Raises InputRefused.

    At an earlier day the status of a recommendation is what entries told by then, else “open”.
    """
    day = _day(found, at)
    return _status(found.framework, found.entries, day, within=within, today=day >= date.today())


def engagement(found: Journal, at: str | None = None) -> EngagementTable:
    """The table of engagement beside change, up to today or to the end of `at`. Raises InputRefused."""
    return _engagement(found.framework, found.entries, _day(found, at))


def _day(found: Journal, at: str | None) -> date:
    if at is None:
        return date.today()
    when = read_entry_value(found.framework, DATE, at)
    if when is None:
        raise UsageProblem(_("Give a date, such as 2017-03-31."))
    return last_day(when)


def chart(values: Sequence[float | None], least: float | None = None, most: float | None = None) -> str:
    """A small chart, one sign for each value, from `least` to `most` (else from the values); `·` where there is none.

    Equal values stand in the middle.
    """
    known = [each for each in values if each is not None]
    if not known:
        return GAP * len(values)
    low, high = min(known) if least is None else least, max(known) if most is None else most
    last = len(BARS) - 1

    def bar(value: float | None) -> str:
        if value is None:
            return GAP
        return BARS[round((value - low) / (high - low) * last)] if high > low else BARS[last // 2]

    return "".join(map(bar, values))


def level_chart(each: MarkerStatus) -> str:
    """The chart of a marker: from not at all (▁) to fully (█)."""
    return chart(each.trend, 0, 3)


def entry_words(found: Journal, entry: Observation, language: str) -> list[tuple[str, str]]:
    """What an entry holds, label and words, in the order of its columns; what it rests on comes last."""
    row = found.row(entry)
    held = found.values(entry)
    columns: Iterable[Column] = ENTRY_COLUMNS[row.kind] if row is not None and row.kind in ENTRY_COLUMNS else _ALL
    told = [
        (each.label.get(language), show_entry_value(found, each, held[each.key], language))
        for each in columns if each.key in held
    ]  # fmt: skip
    n = len(found.links.get(entry.id, ()))
    return [*told, *([(_("Rests on"), ngettext("{n} coding", "{n} codings", n).format(n=n))] if n else [])]


_ALL = tuple({column.key: column for columns in ENTRY_COLUMNS.values() for column in columns}.values())


def show_entry_value(found: Journal, column: Column, value: object, language: str) -> str:
    """A cell of an entry in words; a level and a quality with their number, parts with the decimal sign."""
    words = show_value(found.framework, column, value, language)
    if column is PARTS and isinstance(value, list):
        pairs = (each.rpartition("=") for each in value)
        return "; ".join(f"{name}={show_value(found.framework, VALUE, float(n), language)}" for name, _is, n in pairs)
    return f"{value} ({words})" if column in (LEVEL, QUALITY) else words


def choice_name(column: Column, key: object, language: str) -> str:
    """A choice of a column in words; empty for null."""
    return next((each.label.get(language) for each in column.choices if each.key == str(key)), "")


def level_words(level: int | None, language: str) -> str:
    """`2 (largely)`; a dash when nothing was entered."""
    return "–" if level is None else f"{level} ({choice_name(LEVEL, level, language)})"


def progress_name(progress: Progress) -> str:
    """How an indicator stands, in the user's language."""
    return {
        Progress.REACHED: _("reached"), Progress.ON_THE_WAY: _("on the way"),
        Progress.UNCHANGED: _("as at the baseline"), Progress.AWAY: _("away from the target"),
        Progress.NO_VALUE: _("no value"),
        Progress.NO_BASELINE: _("no baseline"), Progress.NO_TARGET: _("no target"),
        Progress.UNCLEAR: _("target and direction disagree"),
    }[progress]  # fmt: skip


def due_name(due: Due) -> str:
    """Why something is on the due list, in the user's language."""
    return {Due.OVERDUE: _("overdue"), Due.SOON: _("soon"), Due.NEVER: _("never followed up")}[due]


def cell(found: Journal, row: Row, key: str, language: str) -> str:
    """A cell of a row in words; empty when nothing stands in it."""
    column = next(each for each in COLUMNS[row.kind] if key in each.keys)
    return show_value(found.framework, column, row.data.get(key), language)


def measured(found: Journal, row: Row, name: str, language: str) -> str:
    """`2.5 (2015)`: the `baseline` or the `target` of an indicator."""
    value, when = cell(found, row, f"{name}_value", language), cell(found, row, f"{name}_date", language)
    return f"{value} ({when})" if value and when else value


def number(value: float | None, language: str) -> str:
    """A number as people write it; a dash for null."""
    if value is None:
        return "–"
    text = f"{value:.15g}"
    return text.replace(".", ",") if language == "fr" else text


def frequency_words(quarter: Quarter, language: str) -> str:
    """`often 2, once 1`: how often which frequency was entered."""
    order = [each.key for each in reversed(FREQUENCY.choices)]
    told = sorted(quarter.frequencies.items(), key=lambda item: order.index(item[0]))
    return ", ".join(f"{choice_name(FREQUENCY, key, language)} {n}" for key, n in told)


def quality_words(quarter: Quarter, language: str) -> str:
    """`2.5 (n = 2, best 3)`; a dash when no entry tells it."""
    if quarter.mean is None:
        return "–"
    mean = number(round(quarter.mean, 1), language)
    return _("{mean} (n = {n}, best {best})").format(mean=mean, n=len(quarter.qualities), best=quarter.best)


def change_words(quarter: Quarter) -> str:
    """`+2 (2 up, 0 down; n = 3)`, n being the markers that had a level at both ends; a dash when none had."""
    if not quarter.compared:
        return "–"
    change = f"{quarter.change:+d}" if quarter.change else "0"
    return _("{change} ({rose} up, {fell} down; n = {n})").format(
        change=change, rose=quarter.rose, fell=quarter.fell, n=quarter.compared
    )


def engagement_remarks(table: EngagementTable) -> list[str]:
    """What the table cannot say, in sentences."""
    said = [_("The table sets engagement beside change; it does not say that one brought about the other.")]
    if table.few:
        said.append(_("Some means rest on one or two entries: read the entries themselves."))
    if table.unplaced:
        n = table.unplaced
        said.append(
            ngettext(
                "{n} entry of engagement tells only a year and stands in no quarter.",
                "{n} entries of engagement tell only a year and stand in no quarter.", n,
            ).format(n=n)
        )  # fmt: skip
    if table.homeless:
        said.append(
            _("Markers that are about no actor are not in the table: {refs}.").format(
                refs=", ".join(row.ref for row in table.homeless)
            )
        )
    return said


def status_remarks(found: Status) -> list[str]:
    """What should be known of the entries beside where things stand, in sentences."""
    said = []
    if found.out:
        rows = ", ".join(f"{row.ref} ({n})" for row, n in found.out)
        said.append(_("Retired or rejected rows keep their entries: {rows}.").format(rows=rows))
    if found.gone:
        n = found.gone
        said.append(
            ngettext(
                "{n} entry is about a row that was removed.", "{n} entries are about rows that were removed.", n
            ).format(n=n)
        )
    if found.later:
        n = found.later
        said.append(
            ngettext(
                "{n} entry is dated later and does not count.", "{n} entries are dated later and do not count.", n
            ).format(n=n)
        )
    return said
