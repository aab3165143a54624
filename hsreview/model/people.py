"""Who spoke and who codes: respondents, organisations, speakers, consent, coders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from hsreview.model.text import Role

AttributeValue = str | int | float | bool | None
Attributes = Mapping[str, AttributeValue]


class ConsentStatus(StrEnum):
    """What the respondent agreed to; `not_recorded` until someone says."""

    NOT_RECORDED = "not_recorded"
    NONE = "none"
    ORAL = "oral"
    WRITTEN = "written"
    LIMITED = "limited"
    WITHDRAWN = "withdrawn"


CONSENT_SCOPES = ("analysis", "quotes", "archive", "transfer")
ATTRIBUTION_LEVELS = ("none", "group", "organisation", "role", "name")


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent of one respondent."""

    status: ConsentStatus = ConsentStatus.NOT_RECORDED
    scope: tuple[str, ...] = ()
    """Which of `CONSENT_SCOPES` were agreed to."""
    attribution: str = ""
    """The finest attribution allowed, one of `ATTRIBUTION_LEVELS`; empty when not recorded."""
    date: str = ""
    language: str = ""
    embargo: str = ""
    """ISO date before which nothing may be published."""
    because: str = ""
    """Why what had been recorded was changed last."""

    def to_json(self) -> dict[str, object]:
        """As it is stored."""
        return {**asdict(self), "status": str(self.status), "scope": list(self.scope)}


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation; two people of one organisation are not two independent sources."""

    id: str
    name: str
    group: str = ""
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Respondent:
    """A person who was interviewed, under a pseudonym."""

    id: str
    name: str
    """The pseudonym."""
    group: str = ""
    """cso, policymaker, …"""
    organisation_id: str | None = None
    consent: Consent = Consent()
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Speaker:
    """One label in one transcript, and the person behind it."""

    id: str
    transcript_id: str
    label: str
    role: Role
    respondent_id: str | None = None


class CoderRole(StrEnum):
    """What a member of the team may do."""

    CODER = "coder"
    LEAD = "lead"
    VALIDATOR = "validator"
    ARCHIVIST = "archivist"


@dataclass(frozen=True, slots=True)
class Coder:
    """A member of the team; two coders may bear the same name."""

    id: str
    name: str
    role: CoderRole = CoderRole.CODER
