"""The journal: dated entries on markers, indicators, actors and recommendations, and what they rest on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, ngettext
from hsreview.framework.chain import Framework
from hsreview.framework.monitoring import by_row, in_time
from hsreview.model.framework import Evidence, Row, RowKind, RowStatus, SourceKind, Stance
from hsreview.model.framework_columns import Column, fits, is_date
from hsreview.model.observation import EngagementKind, Frequency
from hsreview.model.observation import Observation as Observation
from hsreview.model.observation_columns import DATE as DATE
from hsreview.model.observation_columns import ENTRY_COLUMNS as ENTRY_COLUMNS
from hsreview.model.observation_columns import NEEDED, PARTS, VALUE
from hsreview.model.people import Coder
from hsreview.model.periods import first_day, is_period, last_day
from hsreview.project import framework as stored
from hsreview.project.log import Act
from hsreview.project.observations import observations, put_observation
from hsreview.project.project import Project
from hsreview.workflows.evidence import coding_ids
from hsreview.workflows.framework_rows import framework, kind_name
from hsreview.workflows.framework_values import read_value

_QUARTER_FIRST = re.compile(r"[QT]([1-4])[ /.-]?(\d{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})[ /.-]?[QT]([1-4])", re.IGNORECASE)
NEXT_CHECK = "next_check"
"""Kept on the row, so that what is due follows from one place."""
SENT_ON = "sent_on"
"""On the row, too."""

Values = Mapping[str, Any]
"""Key of a column of `ENTRY_COLUMNS`, or `date` → what it holds; null empties it."""


@dataclass(frozen=True)
class Journal:
    """Every entry with the rows that it is about, and the links on which it rests; entries come in time."""

    framework: Framework
    entries: Sequence[Observation]

    @cached_property
    def of(self) -> Mapping[str, Sequence[Observation]]:
        """Id of a row that is there → its entries, the latest last."""
        return by_row(self.framework, self.entries)

    @cached_property
    def links(self) -> Mapping[str, Sequence[Evidence]]:
        """Id of an entry → the codings that it rests on."""
        ids = {each.id for each in self.entries}
        found: dict[str, list[Evidence]] = {}
        for link in self.framework.evidence:
            if link.row_id in ids:
                found.setdefault(link.row_id, []).append(link)
        return found

    def row(self, entry: Observation) -> Row | None:
        """The row that an entry is about; null when it was removed."""
        return self.framework.by_id.get(entry.row_id)

    def values(self, entry: Observation) -> dict[str, Any]:
        """What an entry holds, as columns hold it; the next check stands with the latest entry on a recommendation."""
        row = self.row(entry)
        found: dict[str, Any] = {
            "date": entry.date, "level": _digit(entry.level), "value": entry.value,
            "parts": [f"{name}={number:.15g}" for name, number in entry.parts.items()] or None,
            "status": _word(entry.status), "kind": _word(entry.kind), "frequency": _word(entry.frequency),
            "quality": _digit(entry.quality), "description": entry.description, "source": entry.source,
            "verified_by": entry.verified_by, "who": entry.who,
        }  # fmt: skip
        if row is not None and row.kind is RowKind.RECOMMENDATION and self.of[row.id][-1].id == entry.id:
            found[NEXT_CHECK] = row.data.get(NEXT_CHECK)
        return {key: value for key, value in found.items() if value not in (None, "")}


def journal(project: Project, *, viewer: Coder | None = None) -> Journal:
    """The journal of a project.

    Raises InputRefused while `viewer` codes blind, because entries rest on what others coded, and in a file for a
    meeting, where none of them can be read.
    """
    if project.kit_coder is not None:
        raise InputRefused(_("A project file for a meeting holds no journal: it is read where the project is."))
    with project.snapshot():
        rows = framework(project, viewer=viewer, links=False)
        entries = observations(project.connection)
        links = stored.evidence(project.connection, [each.id for each in entries])
        return Journal(replace(rows, evidence=links), entries)


def journal_of(project: Project, found: Framework, rows: Iterable[Row]) -> Journal:
    """What the journal says of some rows of a framework that was read with its links."""
    ids = [row.id for row in rows]
    return Journal(found, observations(project.connection, ids) if ids else [])


def between(found: Journal, since: str | None, until: str | None) -> list[Observation]:
    """The entries whose periods touch the days from `since` to `until`, as people write dates. Raises InputRefused."""
    start = first_day(read_entry_value(found.framework, DATE, since)) if since else date.min
    end = last_day(read_entry_value(found.framework, DATE, until)) if until else date.max
    ordered = sorted(found.entries, key=in_time)
    return [each for each in ordered if last_day(each.date) >= start and first_day(each.date) <= end]


def find_entry(found: Journal, wish: str) -> Observation:
    """The entry with that id, or whose id begins so. Raises UsageProblem when there is none, or several."""
    entries = [each for each in found.entries if wish and each.id.startswith(wish)]
    if len(entries) != 1:
        raise UsageProblem(
            _("There is no entry {id}, or there are several; `journal list` shows the ids.").format(id=wish)
        )
    return entries[0]


def entry_columns(row: Row) -> tuple[Column, ...]:
    """What an entry on a row holds beside its date. Raises InputRefused for rows that take no entries."""
    if row.kind not in ENTRY_COLUMNS:
        kinds = ", ".join(map(kind_name, ENTRY_COLUMNS))
        raise InputRefused(
            _("{ref} is a row on which nothing is entered; entries are about: {kinds}.").format(
                ref=row.ref, kinds=kinds
            )
        )
    return ENTRY_COLUMNS[row.kind]


def read_entry(found: Framework, row: Row, wishes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What an entry on a row is to hold, from `(key, text)` as people write them.

    Raises UsageProblem for what such an entry does not hold, and InputRefused with every text that cannot be read.
    """
    columns = {each.key: each for each in (DATE, *entry_columns(row))}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, text in wishes:
        if key not in columns:
            raise UsageProblem(
                _("An entry on {ref} ({kind}) holds no {name}; it holds: {names}.").format(
                    ref=row.ref, kind=kind_name(row.kind), name=key, names=", ".join(columns)
                )
            )
        try:
            values[key] = read_entry_value(found, columns[key], text)
        except InputRefused as error:
            problems.append(Problem(error.message, key, "value"))
    if problems:
        raise InputRefused(_("The entry cannot be read. Nothing was stored."), problems)
    return values


def read_entry_value(found: Framework, column: Column, text: str) -> Any:
    """What one cell of an entry is to hold; null for an empty text. Raises InputRefused when it cannot be read."""
    if column is DATE and (quarter := _quarter(text)):
        return quarter
    value = read_value(found, column, text)
    if not fits(column, value):
        raise InputRefused(_("“{value}” is not a number.").format(value=text))
    return _read_parts(found, value) if column is PARTS and value else value


def add_entry(
    project: Project, coder: Coder, row: Row, values: Values, codings: Iterable[str] = (),
    stance: Stance = Stance.SUPPORTS,
) -> Observation:  # fmt: skip
    """Write an entry on a row, resting on codings, as one act; a recommendation takes over status and next check.

    Raises InputRefused when it says nothing, has no date, or while `coder` codes blind; UsageProblem for a coding that
    there is not.
    """
    [made] = add_entries(project, coder, [(row, values)], codings, stance)
    return made


def add_entries(
    project: Project, coder: Coder, given: Sequence[tuple[Row, Values]], codings: Iterable[str] = (),
    stance: Stance = Stance.SUPPORTS, changed: Sequence[tuple[Observation, Values]] = (),
    removed: Sequence[Observation] = (),
) -> list[Observation]:  # fmt: skip
    """Write entries, change and remove others, as one act; the new ones. Raises as `add_entry`."""
    there = journal(project, viewer=coder)
    ids = coding_ids(project, codings)
    new = [_observation(row, Observation("", row.id, ""), values) for row, values in given]
    edits = [(_present(there, entry), values) for entry, values in changed]
    gone = [_present(there, entry) for entry in removed]
    edited = [_edited(there, entry, values) for entry, values in edits]
    with project.act(coder.id) as act:
        made = [replace(each, id=put_observation(act, each)) for each in new]
        for each in edited:
            put_observation(act, each)
        for each in made:
            for coding in dict.fromkeys(ids):
                stored.add_evidence(act, each.id, SourceKind.CODING, coding, stance)
        _remove(act, there, gone)
        wishes = [values for _of, values in (*given, *edits)]
        _tell_rows(project, act, there, list(zip((*made, *edited), wishes, strict=True)), gone)
    return made


def change_entry(
    project: Project, coder: Coder, entry: Observation, values: Values, codings: Iterable[str] = (),
    stance: Stance = Stance.SUPPORTS,
) -> bool:  # fmt: skip
    """Change what an entry holds, and let it rest on more codings, as one act; false when it says this already.

    Raises as `add_entry`.
    """
    there = journal(project, viewer=coder)
    now = _present(there, entry)
    ids = coding_ids(project, codings)
    edited = _edited(there, now, values)
    linked = {link.source: link for link in there.links.get(now.id, ())}
    with project.act(coder.id) as act:
        put_observation(act, edited)
        changed = edited != now
        for coding in dict.fromkeys(ids):
            if coding in linked:
                changed |= act.put("evidence", linked[coding].id, stance=str(stance))
            else:
                stored.add_evidence(act, now.id, SourceKind.CODING, coding, stance)
                changed = True
        return _tell_rows(project, act, there, [(edited, values)], []) or changed


def remove_entries(project: Project, coder: Coder, entries: Sequence[Observation]) -> None:
    """Take entries away, with what they rest on, as one act; a recommendation falls back to what came before."""
    add_entries(project, coder, [], removed=entries)


def form_columns(row: Row) -> tuple[Column, ...]:
    """What a short form asks for an entry on a row. Raises InputRefused for rows that take no entries."""
    columns = entry_columns(row)
    asked = {DATE.key, *(each.key for each in NEEDED[row.kind]), "description", "source", "verified_by"}
    return tuple(each for each in (DATE, *columns) if each.key in asked)


def check_entry(row: Row, values: Values) -> None:
    """Raises InputRefused when an entry on `row` cannot hold these values, and these alone."""
    _observation(row, Observation("", row.id, ""), values)


def _edited(there: Journal, entry: Observation, values: Values) -> Observation:
    row = there.row(entry)
    if row is None:
        raise InputRefused(_("The row of this entry was removed; undo that first. Nothing was changed."))
    return _observation(row, entry, {**there.values(entry), **values})


def _observation(row: Row, base: Observation, values: Values) -> Observation:
    """An entry that holds these values; raises InputRefused when it lacks what it needs."""
    columns = {each.key for each in entry_columns(row)}
    held = {key: value for key, value in values.items() if value not in (None, "", [])}
    when = str(held.get("date") or "")
    if not is_period(when):
        raise InputRefused(_("Give the date of the entry on {ref}. Nothing was stored.").format(ref=row.ref))
    needed = NEEDED[row.kind]
    if not any(each.key in held for each in needed):
        raise InputRefused(
            _("An entry on {ref} ({kind}) needs one of: {names}. Nothing was stored.").format(
                ref=row.ref, kind=kind_name(row.kind), names=", ".join(each.key for each in needed)
            )
        )
    held = {key: value for key, value in held.items() if key in columns}
    level, quality = held.get("level"), held.get("quality")
    return replace(
        base,
        row_id=row.id,
        date=when,
        level=None if level is None else int(level),
        value=held.get("value"),
        parts=_parts(held.get("parts") or ()),
        status=RowStatus(held["status"]) if "status" in held else None,
        kind=EngagementKind(held["kind"]) if "kind" in held else None,
        frequency=Frequency(held["frequency"]) if "frequency" in held else None,
        quality=None if quality is None else int(quality),
        description=str(held.get("description") or ""),
        source=str(held.get("source") or ""),
        verified_by=str(held.get("verified_by") or ""),
        who=str(held.get("who") or ""),
    )


def _tell_rows(
    project: Project, act: Act, before: Journal, put: Sequence[tuple[Observation, Values]], gone: Sequence[Observation]
) -> bool:
    """Let recommendations have the status and the next check that their latest entries tell; whether one changed.

    The status of an entry that is filled in afterwards, with a later one there, changes nothing. `put`: entries with
    what was wished for them; of several next checks that of the latest entry counts. The day of sending follows the
    first entry that tells it, unless another one was written by hand.
    """
    changed = False
    after = Journal(before.framework, observations(project.connection))
    wishes = {entry.id: values for entry, values in put}
    touched = wishes.keys()
    ids = touched | {each.id for each in gone}
    about = {entry.row_id for entry in (*(entry for entry, _values in put), *gone)}
    for row in (row for row in before.framework.rows if row.id in about):
        if row.kind is not RowKind.RECOMMENDATION:
            continue
        was = [each for each in before.of.get(row.id, ()) if each.status is not None]
        now = [each for each in after.of.get(row.id, ()) if each.status is not None]
        latest = now[-1] if now else None
        moved = bool(was) and was[-1].id in ids and row.status == was[-1].status
        fields: dict[str, Any] = {}
        if latest is not None and (latest.id in touched or moved):
            fields["status"] = str(latest.status)
        told = (wishes.get(entry.id, {}) for entry in after.of.get(row.id, ()))
        checks = [values[NEXT_CHECK] for values in told if NEXT_CHECK in values]
        data = {**(stored.data_of(project.connection, row.id) or {}), **({NEXT_CHECK: checks[-1]} if checks else {})}
        first, old = _sent(after.of.get(row.id, ())), _sent(before.of.get(row.id, ()))
        if {entry for entry, _day in (first, old)} & ids and data.get(SENT_ON) in (None, "", old[1]):
            data[SENT_ON] = first[1]
        fields["data"] = {key: value for key, value in data.items() if value is not None}
        changed |= act.put("framework_row", row.id, **fields)
    return changed


def _sent(entries: Sequence[Observation]) -> tuple[str, str | None]:
    """Id and date of the first entry that tells of sending; of a quarter the year, as a row holds no quarters."""
    for each in entries:
        if each.status is RowStatus.SENT:
            return each.id, each.date if is_date(each.date) else each.date[:4]
    return "", None


def _remove(act: Act, there: Journal, gone: Sequence[Observation]) -> None:
    for entry in gone:
        act.remove("observation", entry.id)
        for link in there.links.get(entry.id, ()):
            act.remove("evidence", link.id)


def _present(there: Journal, entry: Observation) -> Observation:
    found = next((each for each in there.entries if each.id == entry.id), None)
    if found is None:
        raise InputRefused(_("The entry was removed meanwhile. Nothing was changed."))
    return found


def _read_parts(found: Framework, told: Sequence[str]) -> list[str]:
    """`women = 7,5` → `women=7.5`, each name once."""
    parts: dict[str, str] = {}
    for each in told:
        name, sign, number = (part.strip() for part in each.rpartition("="))
        if not (sign and name):
            raise InputRefused(_("“{value}” has no “=”; write for instance women=7.").format(value=each))
        if fold(name) in map(fold, parts):
            raise InputRefused(_("“{value}” is there twice.").format(value=name))
        parts[name] = f"{read_entry_value(found, VALUE, number) or 0:.15g}"
    return [f"{name}={number}" for name, number in parts.items()]


def _parts(held: Sequence[str]) -> dict[str, float]:
    pairs = (each.rpartition("=") for each in held)
    return {name: float(number) for name, _sign, number in pairs}


def _quarter(text: str) -> str:
    wish = text.strip()
    if found := _YEAR_FIRST.fullmatch(wish):
        return f"{found[1]}-Q{found[2]}"
    if found := _QUARTER_FIRST.fullmatch(wish):
        return f"{found[2]}-Q{found[1]}"
    return ""


def _digit(number: int | None) -> str | None:
    return None if number is None else str(number)


def _word(value: RowStatus | EngagementKind | Frequency | None) -> str | None:
    return None if value is None else str(value)


def told(n: int) -> str:
    """`3 entries`."""
    return ngettext("{n} entry", "{n} entries", n).format(n=n)
