"""Until when the material of a project is kept: the date, the reminders, and what is to be done then by people.

Nothing is ever deleted because a date has passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, ngettext
from hsreview.base.settings import read_json, state_dir, write_json
from hsreview.model.people import Coder
from hsreview.model.settings import KEY_DESTROYED, RETENTION
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.outputs import outputs
from hsreview.project.project import Project

NOTICE = 60
"""Days before the date from which on there are reminders, one a day; after it, every command reminds."""
_FILE = "retention.json"


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when the material is kept."""

    until: date
    because: str = ""

    def days_left(self, today: date | None = None) -> int:
        """Days until the date; negative when it has passed."""
        return (self.until - (today or date.today())).days


@dataclass(frozen=True, slots=True)
class Step:
    """Something that is to be done when the date comes."""

    what: str
    """A stable word: `archive`, `key`, `withdraw`, `delete`."""
    said: str
    """In the user's language, with the command."""
    done: str = ""
    """ISO time at which it was done last, as far as the project knows; empty otherwise."""


def retention(project: Project) -> Retention | None:
    """Until when the material is kept; null when nobody said."""
    value = queries.setting(project.connection, RETENTION)
    if not isinstance(value, dict):
        return None
    try:
        return Retention(date.fromisoformat(value.get("date", "")), value.get("because", ""))
    except ValueError:
        return None


def set_retention(project: Project, coder: Coder, until: str, because: str = "") -> Retention:
    """Say until when the material is kept. Raises InputRefused for what is no day, UsageProblem for who may not."""
    try:
        day = date.fromisoformat(until.strip())
    except ValueError:
        raise InputRefused(_("A day is written 2031-12-31; {date} is not.").format(date=until)) from None
    found = Retention(day, because.strip())
    _store(project, coder, {"date": day.isoformat(), "because": found.because})
    return found


def clear_retention(project: Project, coder: Coder) -> bool:
    """Take the date away; false when there is none. Raises UsageProblem for who may not."""
    return _store(project, coder, None)


def _store(project: Project, coder: Coder, value: dict[str, str] | None) -> bool:
    with project.act(coder.id) as act:
        check(Duty.RETENTION, coder, queries.coders(project.connection))
        if value is None and retention(project) is None:
            return False
        return act.put("setting", RETENTION, value=value)


def steps(project: Project) -> list[Step]:
    """What people do when the date comes, in a good order."""
    destroyed = queries.setting(project.connection, KEY_DESTROYED)
    made = max((each.at for each in outputs(project.connection, "archive")), default="")
    return [
        Step("archive", _("Give what may be kept to a repository: hsreview export archive FOLDER"), made),
        Step(
            "key", _("Destroy the key file, so that nobody can be found again: hsreview keyfile destroy --because …"),
            str(destroyed.get("at", "")) if isinstance(destroyed, dict) else "",
        ),
        Step("withdraw", _("Erase whoever asked for it: hsreview withdraw RESPONDENT")),
        Step(
            "delete",
            _(
                "Delete by hand: this folder with its backups, the original files, packages, the copies of the team "
                "and what was handed over (hsreview outputs)"
            ),
        ),
    ]  # fmt: skip


def told(found: Retention, today: date | None = None) -> str:
    """How far it is to the date, in a sentence."""
    left = found.days_left(today)
    day = found.until.isoformat()
    if left < 0:
        return ngettext(
            "The material of this project was to be kept until {day}: that was {n} day ago.",
            "The material of this project was to be kept until {day}: that was {n} days ago.",
            -left,
        ).format(day=day, n=-left)
    return ngettext(
        "The material of this project is kept until {day}: {n} day is left.",
        "The material of this project is kept until {day}: {n} days are left.",
        left,
    ).format(day=day, n=left)


def reminder(project: Project, *, writing: bool, today: date | None = None) -> str:
    """What whoever opens the project is to be told now; empty when nothing.

    In the last days it is told to those who write, once a day on this machine; after the date always.
    """
    found = retention(project)
    if found is None:
        return ""
    now = today or date.today()
    left = found.days_left(now)
    if left > NOTICE or (left >= 0 and not (writing and _first_today(project, now))):
        return ""
    return f"{told(found, now)} " + _("What is to be done: hsreview retention show")


def _first_today(project: Project, today: date) -> bool:
    """Whether nobody was reminded today on this machine; from now on somebody was."""
    path = state_dir() / _FILE
    known = read_json(path)
    if known.get(project.id) == today.isoformat():
        return False
    write_json(path, {**known, project.id: today.isoformat()})
    return True
