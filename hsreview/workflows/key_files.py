"""Where the key file of a project lies on this computer, and how it is made and opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.settings import change_setting, setting
from hsreview.model.confidentiality import KEY_DESTROYED
from hsreview.privacy import key_file
from hsreview.privacy.key_file import KeyFile as KeyFile
from hsreview.privacy.key_file import Lock
from hsreview.privacy.key_file import check_writable as check_writable
from hsreview.privacy.keys import PrivateKey, checked_public_key, has_key, private_key
from hsreview.project import queries
from hsreview.project.places import danger
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows.keys import own_public_key

_SETTING = "key_files"
Ask = Callable[[str], str]
"""Asks somebody a question and gives the passphrase that they answer."""


def place_of(project: Project, named: Path | None = None) -> Path:
    """Where the key file is: as `named`, else where it was last on this computer, else at its usual place."""
    if named is not None:
        return Path.cwd() / named.expanduser()
    known = setting(_SETTING, {})
    last = known.get(project.id) if isinstance(known, dict) else None
    return Path(last) if isinstance(last, str) else key_file.default_place(project.id)


def check_place(project: Project, path: Path) -> None:
    """Raise InputRefused when a file with names may not lie there: in a project, or where others get a copy of it."""
    place = path.resolve()
    in_project = any(os.path.isfile(folder / FILE_NAME) for folder in place.parents)
    if in_project or place.is_relative_to(project.root.resolve()):
        raise InputRefused(
            _(
                "{path} lies inside a project folder, which is copied, packed and handed on. A file with names belongs "
                "elsewhere: name another place."
            ).format(path=path)
        )
    found = danger(place)
    if found is not None and found.kind == "synchronised":
        raise InputRefused(
            _(
                "{path} lies in a folder that {name} copies to other computers. A file with names belongs on this "
                "computer, or on a stick: name another place."
            ).format(path=path, name=found.name)
        )


def open_or_new(project: Project, ask: Ask, ask_new: Ask, named: Path | None = None) -> tuple[KeyFile, bool]:
    """The key file of a project, made when there is none, and whether it is new. `ask_new` asks for a new passphrase.

    Raises InputRefused when the place is not allowed or cannot be written, or the file cannot be opened.
    """
    path = place_of(project, named)
    if path.exists():
        check_writable(path)
        return opened(project, ask, named), False
    _check_not_destroyed(project)
    return new(project, ask_new, path), True


def new(project: Project, ask_new: Ask, path: Path, recipients: Sequence[str] = ()) -> KeyFile:
    """Make the key file of a project: for public keys (and one's own), else with a passphrase.

    Raises InputRefused as `open_or_new` does, UsageProblem for an empty passphrase or what is no public key.
    """
    check_place(project, path)
    check_writable(path)
    made = key_file.new_key_file(path, project.id, _lock(recipients, ask_new))
    _remember(project, path)
    return made


def relock(file: KeyFile, ask_new: Ask, recipients: Sequence[str] = ()) -> None:
    """Encrypt a key file anew: for public keys (and one's own), else with another passphrase. Raises as `new`."""
    file.relock(_lock(recipients, ask_new))


def _lock(recipients: Sequence[str], ask_new: Ask) -> Lock:
    if recipients:
        return Lock(recipients=tuple(dict.fromkeys([own_public_key(), *map(checked_public_key, recipients)])))
    return Lock(key_file.checked_passphrase(ask_new(_("New passphrase of the key file"))))


def opened(project: Project, ask: Ask, named: Path | None = None) -> KeyFile:
    """The key file of a project. Raises InputRefused when there is none, or it may not lie there, or not be opened."""
    path = place_of(project, named)
    if path.exists():
        check_place(project, path)
    else:
        _check_not_destroyed(project)
    found = open_at(project, path, ask)
    if named is not None:
        _remember(project, path)
    return found


def open_at(project: Project, path: Path, ask: Ask) -> KeyFile:
    """A key file of this project wherever it lies, such as a colleague's. Raises InputRefused as `opened` does."""

    def identity() -> PrivateKey:
        if not has_key():
            raise InputRefused(
                _(
                    "{path} was made for people’s keys, and you have none on this computer. Make one (hsreview keys "
                    "new); a colleague who opens the file encrypts it for all of you: hsreview names relock --to …"
                ).format(path=path)
            )
        return private_key(lambda: ask(_("Passphrase of your key")))

    return key_file.open_key_file(path, project.id, lambda: ask(_("Passphrase of the key file")), identity)


def _check_not_destroyed(project: Project) -> None:
    """Raise InputRefused where the key file was destroyed on purpose: pseudonyms have no names any more."""
    found = queries.setting(project.connection, KEY_DESTROYED)
    if isinstance(found, dict):
        raise InputRefused(
            _(
                "The key file of this project was destroyed on {day}, and that is on record: nobody can tell any more "
                "who is behind a pseudonym. For new names, begin another one: hsreview names new"
            ).format(day=str(found.get("at", ""))[:10])
        )


def _remember(project: Project, path: Path) -> None:
    """Note on this computer where the key file lies; nothing of it stands in the project."""
    known = setting(_SETTING, {})
    places = dict(known) if isinstance(known, dict) else {}
    places[project.id] = str(path.resolve())
    if path.resolve() == key_file.default_place(project.id).resolve():
        places.pop(project.id)
    change_setting(_SETTING, places or None)
