"""The measure that a project fixed beforehand: what it is, and each time it was set."""

from __future__ import annotations

from dataclasses import dataclass

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.model.agreement import Unit
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.log import changes
from hsreview.project.project import Project

PRIMARY_SETTING = "agreement.primary"
MEASURES = (
    "percent_agreement", "krippendorff_alpha_nominal", "gwet_ac1", "cohen_kappa_mean_pairwise", "brennan_prediger",
    "fleiss_kappa_gwet", "alpha_set_jaccard", "alpha_set_masi", "u_alpha_binary", "f1_0.5",
)  # fmt: skip
"""What a project may fix as its primary measure, by the names of the field."""


@dataclass(frozen=True, slots=True)
class Primary:
    """The measure that the project fixed beforehand, and each time it was set."""

    measure: str = ""
    unit: str = ""
    history: tuple[str, ...] = ()
    """When, by whom, to what: oldest first."""


def primary(project: Project) -> Primary:
    """The primary measure with its history."""
    stored = queries.setting(project.connection, PRIMARY_SETTING) or {}
    return Primary(stored.get("measure", ""), stored.get("unit", ""), tuple(_history(project)))


def set_primary(project: Project, coder: Coder, measure: str, unit: Unit) -> Primary:
    """Fix the primary measure and unit; each change is recorded and printed. Raises InputRefused for other names."""
    if measure not in MEASURES:
        raise InputRefused(
            _("There is no measure {name}. Measures: {known}").format(name=measure, known=", ".join(MEASURES))
        )
    with project.act(coder.id) as act:
        act.put("setting", PRIMARY_SETTING, value={"measure": measure, "unit": str(unit)})
    return primary(project)


def _history(project: Project) -> list[str]:
    names = {c.id: c.name for c in queries.coders(project.connection)}
    lines = []
    for change in changes(project.connection, "entity = ? and kind glob 'setting.*'", (PRIMARY_SETTING,)):
        value = (change.body or {}).get("set", {}).get("value")
        if value:
            lines.append(
                f"{change.at[:10]} {names.get(change.coder, change.coder)}: {value['measure']}, {value['unit']}"
            )
    return lines
