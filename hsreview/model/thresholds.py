"""What the grades of evidence ask for: settings of the project, and which of them make sense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

SETTING = "framework.thresholds"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a grade asks for; settings of the project may say otherwise."""

    high_respondents: int = 6
    high_organisations: int = 4
    high_groups: int = 2
    """How many groups of respondents must be heard: 2 stands for both sides."""
    moderate_respondents: int = 3
    moderate_organisations: int = 2
    low_respondents: int = 2
    """Fewer respondents than this are very low."""


NAMES = tuple(each.name for each in fields(Thresholds))
LEAST: Mapping[str, int] = {name: 1 if name.endswith("respondents") else 0 for name in NAMES}
"""Nobody is heard of whom a grade speaks without a respondent; organisations and groups may be asked for or not."""
MOST: Mapping[str, int] = {name: 20 if name.endswith("groups") else 500 for name in NAMES}
ORDER = (
    ("low_respondents", "moderate_respondents"), ("moderate_respondents", "high_respondents"),
    ("moderate_organisations", "high_organisations"),
)  # fmt: skip
"""Pairs of which the first asks for no more than the second: else a stronger grade would be easier to reach."""


def out_of_range(limits: Thresholds) -> list[str]:
    """Names of the thresholds that no project can mean."""
    return [name for name, value in asdict(limits).items() if not LEAST[name] <= value <= MOST[name]]


def out_of_order(limits: Thresholds) -> list[tuple[str, str]]:
    """Pairs of thresholds of which the weaker grade asks for more."""
    asked = asdict(limits)
    return [(weaker, stronger) for weaker, stronger in ORDER if asked[weaker] > asked[stronger]]


def read(value: object) -> Thresholds | None:
    """The thresholds that a setting holds, with the usual ones for those it does not name; null when it makes none."""
    if not isinstance(value, Mapping) or not all(type(each) is int for each in value.values()):
        return None
    limits = Thresholds(**{name: value[name] for name in NAMES if name in value})
    return None if out_of_range(limits) or out_of_order(limits) else limits
