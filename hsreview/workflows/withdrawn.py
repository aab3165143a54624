"""Who withdrew: traces without a name, and how lists tell of them."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.confidentiality import Withdrawal as Withdrawal
from hsreview.project.project import Project
from hsreview.project.withdrawal import came_since, withdrawals

REASONS: Mapping[str, str] = {
    "request": N_("the person asked for it"),
    "consent": N_("the consent does not cover it"),
    "harm": N_("it could harm the person"),
    "error": N_("it was collected or stored by mistake"),
    "other": N_("another reason"),
    "none": N_("no reason given"),
}
"""Word by which the reason of a withdrawal is stored → what it means. Sentences could tell of the person."""


def listed(project: Project) -> list[Withdrawal]:
    """The traces of withdrawals, the oldest first: ids, dates and reasons, no name."""
    return withdrawals(project.connection)


def withdrawn_notice(project: Project) -> str:
    """That people withdrew, without a name; empty when nobody did."""
    found = withdrawals(project.connection)
    if not found:
        return ""
    n = len({each.respondent_id for each in found})
    said = ngettext(
        "{n} respondent was withdrawn, on {date}: hsreview withdraw --list",
        "{n} respondents were withdrawn, the last one on {date}: hsreview withdraw --list",
        n,
    )
    return " ".join([said.format(n=n, date=found[-1].at[:10]), *came_notices(project)])


def came_notices(project: Project) -> list[str]:
    """Interviews of people who withdrew that somebody brought who did not know, each with what to do."""
    told = _("{names}: somebody speaks there who withdrew. To erase this too: hsreview withdraw {id}")
    return [
        told.format(names=", ".join(map(visible, names)), id=respondent)
        for respondent, names in came_since(project.connection).items()
    ]
