"""Where the key file of a project lies on this computer, and how it is made and opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.settings import change_setting, setting
from hsreview.model.settings import KEY_DESTROYED
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
    """Where the key file is: as `named`, else where it was last on this computer, else at its usual place.

    One at the usual place is taken where the last one is gone, or came into a folder where it may not lie.
    """
    if named is not None:
        return Path.cwd() / named.expanduser()
    last, usual = last_place(project), key_file.default_place(project.id)
    if last is None or (usual.exists() and not (last.exists() and _refused(project, last) is None)):
        return usual
    return last


def last_place(project: Project) -> Path | None:
    """Where the key file was last on this computer; null when none is known."""
    known = setting(_SETTING, {})
    last = known.get(project.id) if isinstance(known, dict) else None
    return Path(last) if isinstance(last, str) else None


def has_key_file(project: Project) -> bool:
    """Whether there is, or was on this computer, a key file of the project; nothing of it is read.

    A folder that may not be looked into holds none for whoever runs this.
    """
    return last_place(project) is not None or os.path.lexists(key_file.default_place(project.id))


def forget_place(project: Project) -> None:
    """Know no longer where the key file was: it is gone on purpose."""
    known = setting(_SETTING, {})
    change_setting(_SETTING, {key: place for key, place in known.items() if key != project.id} or None)


def check_place(project: Project, path: Path) -> None:
    """Raise InputRefused when a file with names may not lie there: in a project, or where others get a copy of it."""
    refused = _refused(project, path)
    if refused is not None:
        raise refused


def _refused(project: Project, path: Path) -> InputRefused | None:
    place = path.resolve()
    in_project = any(os.path.isfile(folder / FILE_NAME) for folder in place.parents)
    if in_project or place.is_relative_to(project.root.resolve()):
        return InputRefused(
            _(
                "{path} lies inside a project folder, which is copied, packed and handed on. A file with names belongs "
                "elsewhere: name another place."
            ).format(path=path)
        )
    found = danger(place)
    if found is not None and found.kind == "synchronised":
        return InputRefused(
            _(
                "{path} lies in a folder that {name} copies to other computers. A file with names belongs on this "
                "computer, or on a stick: name another place."
            ).format(path=path, name=found.name)
        )
    return None


def open_or_new(project: Project, ask: Ask, ask_new: Ask, named: Path | None = None) -> tuple[KeyFile, bool]:
    """The key file of a project, made when there is none, and whether it is new. `ask_new` asks for a new passphrase.

    Raises InputRefused when the place is not allowed or cannot be written, or the file cannot be opened.
    """
    path = place_of(project, named)
    if path.exists():
        check_writable(path)
        return opened(project, ask, named), False
    _check_not_destroyed(project)
    return new(project, ask_new, named), True


def new(project: Project, ask_new: Ask, named: Path | None = None, recipients: Sequence[str] = ()) -> KeyFile:
    """Make the key file of a project: for public keys (and one's own), else with a passphrase.

    Raises InputRefused as `open_or_new` does, and without a named place when there was one on this computer;
    UsageProblem for an empty passphrase or what is no public key.
    """
    path = place_of(project, named)
    if named is None and not path.exists():
        _check_not_lost(project)
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
        if named is None:
            _check_not_lost(project)
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


def _check_not_lost(project: Project) -> None:
    """Raise InputRefused where there was a key file on this computer: another one would know none of its names."""
    last = last_place(project)
    if last is not None:
        raise InputRefused(
            _(
                "The key file of this project was last in {path}, and is not there now. Put it back, plug in its "
                "stick, or say where it lies with --key-file. A second one would know none of its names, and give its "
                "pseudonyms to others; to begin one all the same: hsreview names new --key-file PLACE"
            ).format(path=last)
        )


def _remember(project: Project, path: Path) -> None:
    """Note on this computer where the key file lies; nothing of it stands in the project."""
    known = setting(_SETTING, {})
    places = dict(known) if isinstance(known, dict) else {}
    places[project.id] = str(path.resolve())
    change_setting(_SETTING, places)
