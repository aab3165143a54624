"""Whose things are: a coding, memo or mark is changed only by who made it or whose it is, an act only by its coder.

An import makes codings on behalf of others; then both may change them. Where a body is withheld, nobody can tell whose
the thing is, and nothing is said against its records until the body comes. Only who leads the project or keeps its
archive erases, and only who leads it gives roles.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.model.change import Change
from hsreview.model.people import CoderRole
from hsreview.project.candidates import Candidate, Here, new_or_filled
from hsreview.project.entities import ENTITIES
from hsreview.project.erasing import KINDS
from hsreview.project.leading import given_by_no_lead
from hsreview.project.unflagging import takes_off

OWN = frozenset({"reviewed", *(name for name, entity in ENTITIES.items() if entity.own)})
"""Tables whose rows belong to one coder."""
_KINDS = json.dumps([f"{table}.{verb}" for table in sorted(OWN) for verb in ("put", "remove", "restore")])


@dataclass(slots=True)
class _Work:
    """A thing that belongs to a coder, as its records tell."""

    authors: set[str] = field(default_factory=set)
    makers: set[tuple[str, str]] = field(default_factory=set)
    """Who made it, for whom."""
    hidden: bool = False
    """Whether the record that made it may be one whose body is not here."""

    @property
    def is_sound(self) -> bool:
        """Whether all who wrote might."""
        if not self.makers:
            return True
        return len(self.makers) == 1 and self.authors <= set(*self.makers)


def belongs(here: Here, candidate: Candidate) -> Iterable[Problem]:
    """Why the package is refused for what it does to others' things."""
    new = [each.change for each in new_or_filled(here, candidate)]
    foreign = unknown = 0
    gone = here.erased.bodies | here.erased_by(candidate).bodies  # What told of a name is told again by who masked it.
    may = _erasers(here, candidate)
    own = [change for change in new if change.kind.partition(".")[0] in OWN]
    own = [change for change in own if change.coder not in may or not takes_off(change.kind, change.body)]
    for work in _works(here, own, gone, may):
        foreign += not work.is_sound
        unknown += not (work.makers or work.hidden)
    foreign_acts, unknown_acts = _acts(here, candidate, new)
    if foreign + foreign_acts:
        yield candidate.problem(
            _("It changes {count} things that belong to another coder, who alone may change them.").format(
                count=foreign + foreign_acts
            ),
            "foreign_work",
        )
    if unknown + unknown_acts:
        yield candidate.problem(
            _("It changes work that this project does not have. Merge the package that brings the work first."),
            "unknown_work",
        )
    erasers = {change.coder for change in new if change.kind in KINDS}
    if not erasers <= may:
        yield candidate.problem(
            _("It erases texts or records for somebody who neither leads the project nor keeps its archive."),
            "not_a_lead",
        )
    if given_by_no_lead(here, candidate):
        yield candidate.problem(_("It gives a role for somebody who does not lead the project."), "not_a_lead")


def _works(
    here: Here, new: Sequence[Change], gone: AbstractSet[str], may: AbstractSet[str]
) -> Iterable[_Work]:  # fmt: skip
    found: dict[str, _Work] = {}
    stored = here.connection.execute(
        "select id, entity, coder, kind, body is null, json_extract(body, '$.set.coder_id'), json_type(body, '$.was'),"
        " case when kind = 'coding.put' and json_type(body, '$.set.flags') is not null then body end from change"
        " where entity in (select value from json_each(?)) and kind in (select value from json_each(?))"
        " order by clock, id",
        (json.dumps(list({change.entity for change in new})), _KINDS),
    )
    for key, entity, author, kind, hidden, owner, was, flags in stored:
        if flags is not None and takes_off(kind, json.loads(flags)):
            continue  # Whoever masks the words does so, whose coding it may be.
        hidden = hidden or key in gone
        work = found.setdefault(entity, _Work())
        if not (hidden and _may_take_off(work, author, kind, may)):
            _note(work, author, kind, hidden, owner, edits=was is not None)
    accepted = [change for entity in {change.entity for change in new} for change in here.arrived.get(entity, ())]
    for change in (*(each for each in accepted if not takes_off(each.kind, each.body)), *new):
        body = change.body or {}
        owner = body.get("set", {}).get("coder_id")
        work = found.setdefault(change.entity, _Work())
        hidden = change.body is None or change.id in gone
        if not (hidden and _may_take_off(work, change.coder, change.kind, may)):
            _note(work, change.coder, change.kind, hidden, owner, edits="was" in body)
    return found.values()


def _may_take_off(work: _Work, author: str, kind: str, may: AbstractSet[str]) -> bool:
    """Whether a record that cannot be read may be one that takes the flag off; it is looked at when its body comes."""
    return bool(work.authors) and kind == "coding.put" and author in may


def _note(work: _Work, author: str, kind: str, hidden: bool, owner: str | None, *, edits: bool) -> None:
    work.authors.add(author)
    if kind.endswith(".put") and hidden:
        work.hidden = True
    elif kind.endswith(".put") and not edits:
        work.makers.add((author, owner or author))


def _acts(here: Here, candidate: Candidate, new: Sequence[Change]) -> tuple[int, int]:
    """How many acts of others the records add to, take back or let stand, and how many that nobody knows."""
    brought: dict[str, str] = {}
    for each in candidate.rows:
        brought.setdefault(each.change.act, each.change.coder)
    foreign: set[str] = set()
    unknown: set[str] = set()
    for change in new:
        for act in (change.act, change.undoes, change.redoes, change.entity if change.kind == "act.keep" else None):
            if act is not None:
                coder = here.acts.get(act) or brought.get(act)
                if coder is None:
                    unknown.add(act)
                elif coder != change.coder:
                    foreign.add(act)
    return len(foreign), len(unknown)


def _erasers(here: Here, candidate: Candidate) -> set[str]:
    """Who leads the project or keeps its archive, or did so once."""
    roles = [str(role) for role in (CoderRole.LEAD, CoderRole.ARCHIVIST)]
    rows = here.connection.execute(
        "select entity from change where kind = 'coder.put' and json_extract(body, '$.set.role') in (?, ?)", roles
    )
    told = (*(each.change for each in here.rows.values()), *(each.change for each in candidate.rows))
    return {row[0] for row in rows} | {
        change.entity
        for change in told
        if change.kind == "coder.put" and change.body and change.body["set"].get("role") in roles
    }
