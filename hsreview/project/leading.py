"""Who led the project as its records tell, and who gave roles without ever leading it."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.change import Change
from hsreview.model.people import CoderRole
from hsreview.project.candidates import Candidate, Here, new_or_filled
from hsreview.project.log import changes

_KINDS = ("coder.put", "coder.remove")


def given_by_no_lead(here: Here, candidate: Candidate) -> int:
    """How many roles the new records of a package give for somebody who never led the project.

    Nothing is said against them where the package rests on records that are not here, which may have made their writer
    a lead, or where the project was without any lead for a while: anyone gives roles then.
    """
    new = {each.change.id: each.change for each in new_or_filled(here, candidate) if gives_a_role(each.change)}
    if not new or not _is_whole(here, candidate):
        return 0
    leads: set[str] = set()
    roles: dict[str, str] = {}
    found = 0
    for change in _in_order(here, candidate):
        if change.id in new and leads and change.coder not in leads:
            found += 1
            continue
        role = _role(change)
        if change.kind == "coder.remove":
            roles.pop(change.entity, None)
        elif role is not None:
            roles[change.entity] = role
        if role == CoderRole.LEAD:
            leads.add(change.entity)
        elif leads and CoderRole.LEAD not in roles.values():
            return found
    return found


def gives_a_role(change: Change) -> bool:
    """Whether a record makes somebody more or less than a coder; that a newcomer codes says nothing."""
    role = _role(change)
    return role is not None and (role != CoderRole.CODER or "was" in (change.body or {}))


def _role(change: Change) -> str | None:
    role = (change.body or {}).get("set", {}).get("role") if change.kind == "coder.put" else None
    return role if isinstance(role, str) else None


def _is_whole(here: Here, candidate: Candidate) -> bool:
    """Whether all that the writers of a package say to have seen is here or in it."""
    heads = {f"{coder}/{replica}": seq for (coder, replica), seq in here.heads.items()}
    claims: dict[str, int] = {}
    for each in candidate.rows:
        change = each.change
        actor = f"{change.coder}/{change.replica}"
        heads[actor] = max(change.seq, heads.get(actor, 0))
        for other, seq in (change.saw or {}).items():
            claims[other] = max(seq, claims.get(other, 0))
    return all(seq <= heads.get(actor, 0) for actor, seq in claims.items())


def _in_order(here: Here, candidate: Candidate) -> list[Change]:
    """All records about the team, here, accepted and new, in the order of replay."""
    found: Mapping[str, Change] = {
        **{each.id: each for each in changes(here.connection, f"kind in {_KINDS}")},
        **{
            each.change.id: each.change
            for each in (*here.rows.values(), *candidate.rows)
            if each.change.kind in _KINDS and each.change.body is not None
        },
    }
    return sorted(found.values(), key=lambda each: (each.clock, each.coder, each.replica, each.seq))
