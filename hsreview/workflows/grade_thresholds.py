"""What the grades of evidence ask for in a project: shown, set and taken back to the usual numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.people import Coder
from hsreview.model.thresholds import LEAST, MOST, NAMES, out_of_order, out_of_range
from hsreview.model.thresholds import SETTING as SETTING
from hsreview.model.thresholds import Thresholds as Thresholds
from hsreview.project.project import Project
from hsreview.workflows.evidence import thresholds as thresholds

MEANINGS: Mapping[str, str] = {
    "high_respondents": N_("respondents of whom high evidence is heard"),
    "high_organisations": N_("organisations of which high evidence is heard"),
    "high_groups": N_("groups of which high evidence is heard; 2 for both sides"),
    "moderate_respondents": N_("respondents of whom moderate evidence is heard"),
    "moderate_organisations": N_("organisations of which moderate evidence is heard"),
    "low_respondents": N_("respondents; evidence of fewer is very low"),
}


def read_thresholds(wishes: Iterable[str]) -> dict[str, int]:
    """What `NAME=NUMBER` says. Raises UsageProblem for other names, InputRefused for what is no whole number."""
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for wish in wishes:
        name, sign, number = (part.strip() for part in wish.partition("="))
        if not sign or name not in NAMES:
            raise UsageProblem(
                _("“{wish}” sets no threshold; write NAME=NUMBER. Names: {names}").format(
                    wish=wish, names=", ".join(NAMES)
                )
            )
        if number.isdecimal() and number.isascii() and len(number) < 10:
            found[name] = int(number)
        else:
            problems.append(Problem(_("“{value}” is not a whole number.").format(value=number), name, "number"))
    _refuse(problems)
    return found


def set_thresholds(project: Project, coder: Coder, changed: Mapping[str, int]) -> bool:
    """Set some thresholds, as one act, which undo takes back; false when they say this already.

    Raises InputRefused for numbers out of range, and where a weaker grade would ask for more than a stronger one.
    """
    with project.act(coder.id) as act:
        limits = replace(thresholds(project), **changed)
        _check(limits)
        return limits != thresholds(project) and act.put("setting", SETTING, value=asdict(limits))


def reset_thresholds(project: Project, coder: Coder) -> bool:
    """Go back to the usual thresholds, as one act; false when they are in use already."""
    with project.act(coder.id) as act:
        return thresholds(project) != Thresholds() and act.put("setting", SETTING, value=None)


def thresholds_written(limits: Thresholds) -> str:
    """`high_respondents=6 high_organisations=4 …`, as `read_thresholds` takes them one by one."""
    return " ".join(f"{name}={value}" for name, value in asdict(limits).items())


def _check(limits: Thresholds) -> None:
    _refuse(
        [
            Problem(
                _("A number from {least} to {most} is wanted.").format(least=LEAST[name], most=MOST[name]),
                name,
                "range",
            )
            for name in out_of_range(limits)
        ]
    )
    _refuse(
        [
            Problem(
                _("It may not be more than {stronger}: the stronger grade would be easier to reach.").format(
                    stronger=stronger
                ),
                weaker, "order",
            )
            for weaker, stronger in out_of_order(limits)
        ]
    )  # fmt: skip


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise InputRefused(
            ngettext(
                "{count} threshold cannot be set so. Nothing was stored.",
                "{count} thresholds cannot be set so. Nothing was stored.", len(problems),
            ).format(count=len(problems)), problems,
        )  # fmt: skip
