"""Packages that came: look into one, take one in, begin a project with one; and which ones went out and came here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.bulk import bulk
from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, labelled
from hsreview.base.reasons import os_reason
from hsreview.base.surrogates import readable
from hsreview.exchange import sealing
from hsreview.exchange.package import MOST_PACKED, unpack
from hsreview.exchange.sealing import Lock
from hsreview.model.change import BodyState
from hsreview.model.exchange import Manifest, Merged
from hsreview.model.people import Coder
from hsreview.privacy.keys import PrivateKey, private_key
from hsreview.project import merging, queries
from hsreview.project.cipher import Key
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows.brought import reopened
from hsreview.workflows.coders import remember_coder
from hsreview.workflows.package_list import Came, note
from hsreview.workflows.packages import Ask, normal, transcripts_in
from hsreview.workflows.projects import open_project
from hsreview.workflows.undoing import note_merge
from hsreview.workflows.withdrawn_files import after_erasing, before_erasing


@dataclass(frozen=True, slots=True)
class Inside:
    """What is in a package, without taking it in."""

    manifest: Manifest
    lock: Lock
    records: dict[str, int]
    """Name of a coder (else the id) → records."""
    withheld: int
    erased: int
    transcripts: tuple[str, ...]
    """Names of those that can be read in it."""
    made_by: str
    made_for: str
    """Names; empty for whoever leads the project."""
    digest: str
    """SHA-256 of the file."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that was taken into a project, which it may have begun."""

    root: Path
    created: bool
    coder: Coder | None
    """Who codes there from now on, when the package says so."""
    merged: Merged


class Opener:
    """Reads package files; the private key is fetched at most once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._key: PrivateKey | None = None

    def open(self, path: Path) -> Came:
        """Read, decrypt and check one file. Raises InputRefused, one sentence each; its place is not told."""
        data = _read(path)
        digest = hashlib.sha256(data).hexdigest()
        lock = sealing.lock_of(data)
        if lock is Lock.PASSPHRASE:
            asked = self._ask(_("Passphrase of {name}").format(name=readable(path.name)))
            data = sealing.unseal_with_passphrase(data, normal(asked))
        elif lock is Lock.KEY:
            self._key = self._key or private_key(lambda: normal(self._ask(_("Passphrase of your key"))))
            data = sealing.unseal_with_key(data, self._key)
        return Came(readable(path.name), unpack(data), lock, digest)


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise InputRefused(_("It cannot be read: {reason}.").format(reason=os_reason(error))) from error
    if len(data) > MOST_PACKED:
        raise InputRefused(_("It is too large for a package; nothing was stored."))
    return data


def _open(path: Path, ask: Ask) -> Came:
    """Read, decrypt and check one file. Raises InputRefused that names the file."""
    try:
        return Opener(ask).open(path)
    except InputRefused as error:
        raise InputRefused(labelled(readable(str(path)), error.message), error.problems) from error


def look_inside(path: Path, ask: Ask, project: Project | None = None) -> Inside:
    """What is in a package, without taking it in; `project` (when it is that of the package) knows more names.

    Raises InputRefused when it cannot be opened.
    """
    came = _open(path, ask)
    package = came.package
    names: dict[str, str] = {}
    if project is not None and project.id == package.manifest.project_id:
        names |= {coder.id: coder.name for coder in queries.coders(project.connection)}
    for change in package.changes:
        name = change.body["set"].get("name") if change.kind == "coder.put" and change.body else None
        if isinstance(name, str):
            names[change.entity] = name
    records: dict[str, int] = {}
    for change in package.changes:
        who = names.get(change.coder, change.coder)
        records[who] = records.get(who, 0) + 1
    states = [change.state for change in package.changes]
    manifest = package.manifest
    return Inside(
        manifest, came.lock, records, states.count(BodyState.WITHHELD), states.count(BodyState.ERASED),
        transcripts_in(package), names.get(manifest.made_by, manifest.made_by),
        names.get(manifest.made_for, manifest.made_for), came.digest,
    )  # fmt: skip


def merge_files(
    project: Project, paths: Sequence[Path], ask: Ask, *, dry_run: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Merged:  # fmt: skip
    """Take packages in, all together in one transaction; with `dry_run` only say what that would do.

    A file that is refused does not stop the others: it stands in `refused`, and nothing of it is stored. Raises
    InputRefused in a file for a meeting, which must not hold what packages bring.
    """
    with bulk():
        return _merge_files(project, paths, ask, dry_run, progress)


def _merge_files(
    project: Project, paths: Sequence[Path], ask: Ask, dry_run: bool, progress: Callable[[int, int, str], None] | None
) -> Merged:
    if project.kit_coder is not None:
        raise InputRefused(
            _("A project file for a meeting takes no packages in: take its package in where the project is.")
        )
    opener = Opener(ask)
    packages: dict[str, Came] = {}
    refused: list[Problem] = []
    wanted = list(dict.fromkeys(paths))
    for number, path in enumerate(wanted, 1):
        name = readable(str(path))
        if progress:
            progress(number, len(wanted), name)
        try:
            packages[name] = opener.open(path)
        except InputRefused as error:
            refused.append(Problem(error.message, name, "unreadable"))
    named = [(name, came.package) for name, came in packages.items()]
    looked = [] if dry_run else before_erasing(project, (change for _n, each in named for change in each.changes))
    merged = (merging.plan if dry_run else merging.merge)(project, named, reopened)
    if not dry_run:
        after_erasing(project, looked)
        note(project, [packages[name] for name in merged.packages])
        if merged.new:
            note_merge(project)
    digests = {name: came.digest for name, came in packages.items()}
    return replace(merged, refused=[*refused, *merged.refused], digests=digests)


def open_package(path: Path, root: Path, ask: Ask, key: Callable[[], Key] | None = None) -> Opened:
    """Take a package into the project in `root`; where there is none, the package begins one.

    A new project has the id of the package's, and whoever the package was made for codes there; it is encrypted when
    there is a `key`, which is asked for when the package can be taken. Raises InputRefused
    when the package is refused; then no project is made.
    """
    if (root / FILE_NAME).exists():
        with open_project(root) as project:
            merged = merge_files(project, [path], ask)
            return Opened(project.root, False, None, _accepted(merged))
    came = _open(path, ask)
    package = came.package
    taken: list[Merged] = []

    def fill(project: Project) -> None:
        name = readable(str(path))
        taken.append(replace(_accepted(merging.merge(project, [(name, package)])), digests={name: came.digest}))

    chosen = key() if key is not None else None
    Project.create(root, fill, project_id=package.manifest.project_id, key=chosen).close()
    with open_project(root) as project:
        note(project, [came])
        team = {coder.id: coder for coder in queries.coders(project.connection)}
        coder = team.get(package.manifest.made_for)
        if coder is not None:
            remember_coder(project, coder)
    return Opened(root, True, coder, taken[0])


def _accepted(merged: Merged) -> Merged:
    if merged.refused:
        raise InputRefused(_("The package was refused; nothing was stored."), merged.refused)
    return merged
