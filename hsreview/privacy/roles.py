"""Which role may do what: one table, and the sentence for whoever may not.

Roles guide and leave a trace in the log. They do not stop the owner of a laptop, who may give themselves any role in
their own copy: only keys and encryption protect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder, CoderRole


class Duty(StrEnum):
    """Something that is not for everybody."""

    ROLES = "roles"
    CODES = "codes"
    PROPOSALS = "proposals"
    VERSIONS = "versions"
    CONFLICTS = "conflicts"
    ASSIGN = "assign"
    SETTLE = "settle"
    QUOTES = "quotes"
    PUBLISH = "publish"
    CONSENT = "consent"
    CONSENT_BACK = "consent_back"
    MASK = "mask"
    ORIGINALS = "originals"
    WITHDRAW = "withdraw"
    RETENTION = "retention"
    ARCHIVE = "archive"
    DESTROY_KEY = "destroy_key"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may do something."""

    roles: tuple[CoderRole, ...]
    sentence: str
    """Marked with N_."""


_LEAD, _CODER, _VALIDATOR, _ARCHIVIST = CoderRole.LEAD, CoderRole.CODER, CoderRole.VALIDATOR, CoderRole.ARCHIVIST

RULES: Mapping[Duty, Rule] = {
    Duty.ROLES: Rule((_LEAD,), N_("Only a lead gives roles.")),
    Duty.CODES: Rule((_LEAD,), N_("Only a lead changes which codes there are.")),
    Duty.PROPOSALS: Rule((_LEAD,), N_("Only a lead decides on proposals.")),
    Duty.VERSIONS: Rule((_LEAD,), N_("Only a lead names versions.")),
    Duty.CONFLICTS: Rule((_LEAD,), N_("Only a lead decides on conflicts.")),
    Duty.ASSIGN: Rule((_LEAD,), N_("Only a lead assigns transcripts.")),
    Duty.SETTLE: Rule((_LEAD, _CODER, _VALIDATOR), N_("An archivist does not settle differences.")),
    Duty.QUOTES: Rule((_LEAD, _CODER, _VALIDATOR), N_("An archivist does not decide on quotes.")),
    Duty.PUBLISH: Rule((_LEAD, _ARCHIVIST), N_("Only a lead or an archivist publishes.")),
    Duty.CONSENT: Rule((_LEAD, _CODER, _ARCHIVIST), N_("A validator does not record consent.")),
    Duty.CONSENT_BACK: Rule(
        (_LEAD, _ARCHIVIST), N_("Only a lead or an archivist records a consent that was refused or withdrawn as given.")
    ),
    # Packages of others that erase something are refused: a coder who masked could hand over nothing any more.
    Duty.MASK: Rule((_LEAD, _ARCHIVIST), N_("Only a lead or an archivist masks names in stored texts.")),
    Duty.ORIGINALS: Rule((_LEAD, _CODER, _ARCHIVIST), N_("A validator does not move originals away.")),
    Duty.WITHDRAW: Rule((_ARCHIVIST, _LEAD), N_("Only an archivist or a lead withdraws somebody.")),
    Duty.RETENTION: Rule((_ARCHIVIST, _LEAD), N_("Only an archivist or a lead sets how long the material is kept.")),
    Duty.ARCHIVE: Rule((_ARCHIVIST, _LEAD), N_("Only an archivist or a lead makes an archive.")),
    Duty.DESTROY_KEY: Rule((_ARCHIVIST,), N_("Only an archivist destroys the key file.")),
}
ROLE_WORDS: Mapping[CoderRole, str] = {
    _CODER: N_("coder"), _LEAD: N_("lead"), _VALIDATOR: N_("validator"), _ARCHIVIST: N_("archivist"),
}  # fmt: skip


def holders(duty: Duty, team: Iterable[Coder]) -> list[Coder]:
    """Those of the team who may do it. A lead stands in where the project has no archivist."""
    found = list(team)
    roles = RULES[duty].roles
    if _ARCHIVIST in roles and not any(each.role is _ARCHIVIST for each in found):
        roles = (*roles, _LEAD)
    return [each for each in found if each.role in roles]


def may(duty: Duty, coder: Coder, team: Iterable[Coder]) -> bool:
    """Whether a member of the team may do it, by the role they have in the team now, or will have when they join it.

    Roles are given by anyone where nobody leads, or there would never be a lead again.
    """
    people = list(team)
    found = holders(duty, people if any(each.id == coder.id for each in people) else [*people, coder])
    return coder.id in {each.id for each in found} or (duty is Duty.ROLES and not found)


def check(duty: Duty, coder: Coder, team: Iterable[Coder]) -> None:
    """Raise UsageProblem, with who may, when this member of the team may not do it."""
    people = list(team)
    if may(duty, coder, people):
        return
    mine = next((each for each in people if each.id == coder.id), coder)
    said = _("{rule} The role of {name} is: {role}.").format(
        rule=_(RULES[duty].sentence), name=visible(mine.name), role=_(ROLE_WORDS[mine.role])
    )
    others = ", ".join(visible(each.name) for each in holders(duty, people))
    ask = _("Ask: {names}").format(names=others) if others else _("A lead gives roles: hsreview coders role NAME ROLE")
    raise UsageProblem(f"{said} {ask}")
