"""Move originals out of the project's folder: into an encrypted archive that is read back first, or away for good."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.surrogates import readable
from hsreview.model.people import Coder
from hsreview.privacy import passphrase_work
from hsreview.privacy.key_file import checked_passphrase
from hsreview.privacy.keys import checked_public_key, private_key
from hsreview.project.project import Project
from hsreview.workflows.file_acts import FileAct, record_file_act
from hsreview.workflows.files import written
from hsreview.workflows.key_files import Ask, check_place
from hsreview.workflows.name_holders import note_holder
from hsreview.workflows.originals import Original, check_may
from hsreview.workflows.outputs import record_output
from hsreview.workflows.overwriting import destroy_file

Open = Callable[[bytes], bytes]
_GONE = ".gone"
_MARK = b"age-encryption.org/v"
_PASSPHRASE = b"\n-> scrypt "


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved away."""

    files: tuple[Original, ...] = field(repr=False)
    left: tuple[Problem, ...]
    """Files that could not be removed, and why."""


def archive(
    project: Project, coder: Coder, files: Sequence[Original], target: Path, ask_new: Ask,
    recipients: Sequence[str] = (),
) -> Moved:  # fmt: skip
    """Write `files` into an encrypted archive, read it back, put it on record; then overwrite and remove them.

    It is made for public keys, else with a passphrase. Whenever it is interrupted, each file is in the folder, in the
    archive, or in both. Raises UsageProblem for who may not, InputRefused when the place is not allowed, the archive
    cannot be written or is not what was put in it: then nothing is removed.
    """
    check_may(project, coder)
    target = Path.cwd() / target.expanduser()
    check_place(project, target)
    if os.path.lexists(target):
        raise InputRefused(_("{path} is there already, and is not overwritten.").format(path=target))
    keys = tuple(map(checked_public_key, recipients))
    passphrase = "" if keys else checked_passphrase(ask_new(_("New passphrase of the archive")))
    named = _names(files)
    with written(target) as spare:
        sealed, opened = _sealed(_zipped({name: _read(each) for name, each in named.items()}), keys, passphrase)
        spare.touch(mode=0o600)
        with open(spare, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        if _digests(opened, spare.read_bytes()) != {name: each.digest for name, each in named.items()}:
            raise InputRefused(_("The archive is not what was put in it; nothing was removed. Is the disk sound?"))
    note_holder(project, target, "originals")
    record_output(project, coder, target, "originals", details={"files": len(files)})
    return _remove(project, files)


def remove(project: Project, coder: Coder, files: Sequence[Original]) -> Moved:
    """Overwrite and remove files, and put on record how many. Raises UsageProblem for who may not."""
    check_may(project, coder)
    moved = _remove(project, files)
    if moved.files:
        record_file_act(project, coder, FileAct.ORIGINALS, len(moved.files))
    return moved


def unpack(project: Project, path: Path, folder: Path, ask: Ask) -> list[Path]:
    """Write what is in an archive of originals into a new folder outside of the project; returns the files.

    Raises InputRefused when it cannot be read or opened, or the folder is there already or not allowed.
    """
    folder = Path.cwd() / folder.expanduser()
    check_place(project, folder)
    if os.path.lexists(folder):
        raise InputRefused(_("{path} is there already, and is not overwritten.").format(path=folder))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputRefused(_("{path} cannot be read: {reason}.").format(path=path, reason=os_reason(error))) from error
    files = _opened(path, data, ask)
    made = []
    try:
        for name, content in files.items():
            place = folder.joinpath(*(part for part in PurePosixPath(name).parts if part not in ("/", "..")))
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.write_bytes(content)
            made.append(place)
    except OSError as error:
        raise InputRefused(
            _("{name} could not be written: {reason}.").format(name=folder, reason=os_reason(error))
        ) from error
    return made


def limits() -> str:
    """What moving originals away cannot promise."""
    return _(
        "Overwriting cannot be guaranteed: memory cards and solid-state disks keep old copies of blocks. Recorders, "
        "telephones, mail, sticks, copies of this folder and the backups of this computer are not looked at: think of "
        "them, and of recordings."
    )


def _names(files: Sequence[Original]) -> dict[str, Original]:
    """What each file is called in the archive."""
    found: dict[str, Original] = {}
    for each in files:
        name = readable(each.name)
        found[name if name not in found else f"{len(found)}-{name}"] = each
    return found


def _read(each: Original) -> bytes:
    try:
        data = each.path.read_bytes()
    except OSError as error:
        raise InputRefused(
            _("{name} cannot be read: {reason}.").format(name=each.path, reason=os_reason(error))
        ) from error
    if hashlib.sha256(data).hexdigest() != each.digest:
        raise InputRefused(_("{path} was changed meanwhile; nothing was removed.").format(path=each.path))
    return data


def _zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def _unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sealed(data: bytes, keys: Sequence[str], passphrase: str) -> tuple[bytes, Open]:
    """An age file, and what opens it again now: nobody's private key is needed for reading it back."""
    import pyrage

    if passphrase:
        return passphrase_work.encrypt(data, passphrase), lambda sealed: passphrase_work.decrypt(sealed, passphrase)
    once = pyrage.x25519.Identity.generate()
    people = [pyrage.x25519.Recipient.from_str(each) for each in keys]
    return bytes(pyrage.encrypt(data, [*people, once.to_public()])), lambda sealed: bytes(
        pyrage.decrypt(sealed, [once])
    )


def _digests(opened: Open, sealed: bytes) -> dict[str, str]:
    """Name → SHA-256 of what an archive holds; nothing when it cannot be opened."""
    import pyrage

    with suppress(pyrage.DecryptError, zipfile.BadZipFile):
        return {name: hashlib.sha256(content).hexdigest() for name, content in _unzipped(opened(sealed)).items()}
    return {}


def _opened(path: Path, data: bytes, ask: Ask) -> dict[str, bytes]:
    """What is in an archive. Raises InputRefused when it is none, damaged, or opened by something else."""
    import pyrage

    header, end, _rest = data.partition(b"\n--- ")
    try:
        if not data.startswith(_MARK) or not end:
            raise zipfile.BadZipFile
        if _PASSPHRASE in header:
            return _unzipped(passphrase_work.decrypt(data, checked_passphrase(ask(_("Passphrase of the archive")))))
        key = private_key(lambda: ask(_("Passphrase of your key")))
        return _unzipped(bytes(pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(key.secret)])))
    except pyrage.DecryptError:
        raise InputRefused(
            _("{path} cannot be opened: it is damaged, or the passphrase or your key is not the one of it.").format(
                path=path
            )
        ) from None
    except zipfile.BadZipFile:
        raise InputRefused(_("{path} is no archive of originals, or damaged.").format(path=path)) from None


def _remove(project: Project, files: Sequence[Original]) -> Moved:
    """Each gets another name first, which says nothing; what is left of an interruption goes too."""
    gone, left = [], []
    for each in files:
        spare = each.path.with_name(f".{new_id()}{_GONE}")
        try:
            each.path.rename(spare)
            destroy_file(spare, each.digest)
            gone.append(each)
        except OSError as error:
            left.append(Problem(each.name, os_reason(error)))
        except InputRefused as error:
            left.append(Problem(each.name, error.message))
            with suppress(OSError):
                spare.rename(each.path)
    for rest in sorted(project.root.rglob(f".*{_GONE}")):
        with suppress(OSError):
            rest.unlink()
    return Moved(tuple(gone), tuple(left))
