"""Keys of the team: the public ones stand in the project's settings, the private one with its owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder, CoderRole
from hsreview.model.settings import KEY_SETTING
from hsreview.privacy import keys
from hsreview.project import queries
from hsreview.project.project import Project


@dataclass(frozen=True, slots=True)
class TeamKey:
    """A public key of a member of the team."""

    coder: Coder
    key: str
    own: bool
    """Whether its private key is the one of this user on this computer."""


def new_key(passphrase: str | None = None) -> str:
    """Make this user's key pair on this computer; returns the public key. Raises InputRefused when there is one."""
    return keys.new_key(passphrase).public


def key_path() -> Path:
    """Where this user's private key lies."""
    return keys.key_file()


def own_public_key() -> str:
    """This user's public key. Raises InputRefused when there is none."""
    found = keys.own_public_key()
    if found is None:
        raise InputRefused(_("You have no key on this computer yet. Make one with: hsreview keys new"))
    return found


def keys_of(project: Project, coder_id: str) -> tuple[str, ...]:
    """The public keys that a coder gave, one for each computer."""
    stored = queries.setting(project.connection, KEY_SETTING + coder_id, [])
    return tuple(each for each in stored if isinstance(each, str)) if isinstance(stored, list) else ()


def team_keys(project: Project) -> list[TeamKey]:
    """The public keys of the team, by coder."""
    own = keys.own_public_key()
    return [
        TeamKey(coder, key, key == own)
        for coder in queries.coders(project.connection)
        for key in keys_of(project, coder.id)
    ]


def lead_keys(project: Project) -> list[str]:
    """The public keys of whoever leads the project."""
    return [each.key for each in team_keys(project) if each.coder.role is CoderRole.LEAD]


def add_key(project: Project, by: Coder, coder: Coder, key: str) -> bool:
    """Note a public key of `coder`; false when it was known.

    Raises UsageProblem when it is no public key, or another coder's: packages for one would be open to the other.
    """
    key = keys.checked_public_key(key)
    owner = next((each.coder for each in team_keys(project) if each.key == key and each.coder.id != coder.id), None)
    if owner is not None:
        raise UsageProblem(
            _("This is the key of {owner}, and a key has one owner. Ask {name} for the right one.").format(
                owner=visible(owner.name), name=visible(coder.name)
            )
        )
    return _change(project, by, coder, lambda known: known if key in known else [*known, key])


def forget_key(project: Project, by: Coder, coder: Coder, key: str | None = None) -> None:
    """Take a public key of `coder`, or all, out of the project. Raises UsageProblem when there is no such key."""
    wanted = key.strip() if key else None
    if not _change(project, by, coder, lambda known: [each for each in known if wanted not in (None, each)]):
        raise UsageProblem(_("{name} has no such key in this project.").format(name=coder.name))


def _change(project: Project, by: Coder, coder: Coder, change: Callable[[list[str]], list[str]]) -> bool:
    with project.write():
        known = list(keys_of(project, coder.id))
        wanted = change(known)
        if wanted == known:
            return False
        with project.act(by.id) as act:
            act.put("setting", KEY_SETTING + coder.id, value=wanted)
    return True
