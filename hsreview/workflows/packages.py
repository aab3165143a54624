"""Packages: hand over records as one encrypted file, look into one, take one in."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from hsreview import __version__
from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id, now
from hsreview.base.messages import _, labelled
from hsreview.base.reasons import os_reason
from hsreview.base.surrogates import readable
from hsreview.exchange import sealing
from hsreview.exchange.package import MOST_PACKED, SUFFIX, pack, unpack
from hsreview.exchange.sealing import Lock as Lock
from hsreview.model.change import BodyState
from hsreview.model.exchange import Manifest, Merged, Package
from hsreview.model.people import Coder, CoderRole
from hsreview.privacy.keys import PrivateKey, private_key
from hsreview.project import merging, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.merging import Selected
from hsreview.project.project import FILE_NAME, Project
from hsreview.project.schema import SCHEMA_VERSION
from hsreview.project.selecting import holds_work_of_others
from hsreview.review import blind
from hsreview.workflows.coders import remember_coder
from hsreview.workflows.files import written
from hsreview.workflows.keys import keys_of, lead_keys
from hsreview.workflows.projects import open_project, project_name

LEAST_PASSPHRASE = 8
"""Characters of a passphrase that is chosen."""

Ask = Callable[[str], str]
"""Gives the passphrase that a question (a whole sentence) asks for; raises UsageProblem where nobody can be asked."""


class Purpose(StrEnum):
    """What goes into a package."""

    FOR_CODER = "for"
    """What one coder needs: assigned transcripts, the codebook; others' work withheld."""
    MINE = "mine"
    """All records of whoever makes it, back to the lead."""
    ALL = "all"
    """The whole project."""


@dataclass(frozen=True, slots=True)
class Made:
    """A package file that was written."""

    path: Path
    lock: Lock
    recipients: tuple[str, ...]
    """Names of those whose keys open it."""
    records: int
    withheld: int
    transcripts: tuple[str, ...]
    """Names of those that can be read in it."""
    digest: str
    """SHA-256 of the file."""


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


@dataclass(frozen=True, slots=True)
class Opened:
    """A package that was taken into a project, which it may have begun."""

    root: Path
    created: bool
    coder: Coder | None
    """Who codes there from now on, when the package says so."""
    merged: Merged


def make_package(
    project: Project, by: Coder, purpose: Purpose, *, recipient: Coder | None = None, target: Path | None = None,
    ask: Ask | None = None, with_passphrase: bool = False, plain: bool = False, because: str = "",
) -> Made:  # fmt: skip
    """Write a package and record that it was made.

    It is encrypted to the keys of `recipient`, or of the lead; with a passphrase (from `ask`) when they have none or
    `with_passphrase` wants it so; not at all with `plain`, which needs a reason. Raises UsageProblem when the wish
    cannot be carried out, InputRefused when the file is there already or cannot be written; nothing is left then.
    """
    if plain and not because.strip():
        raise UsageProblem(_("A package without encryption can be read by anyone: say why with --because."))
    if plain and with_passphrase:
        raise UsageProblem(_("A package is either encrypted or plain: leave out --plain or the passphrase."))
    with project.snapshot():
        package = _package(project, by, purpose, recipient)
        owners, keys = _keys(project, by, purpose, recipient)
        path = target if target is not None else _free_name(project, recipient or by)
    if path.exists():
        raise InputRefused(
            _("There is a file {name} already, and nothing is overwritten. Name another with -o.").format(name=path)
        )
    data = pack(package)
    lock = Lock.NONE if plain else Lock.PASSPHRASE if with_passphrase or not keys else Lock.KEY
    if lock is Lock.PASSPHRASE:
        data = sealing.seal_with_passphrase(data, _new_passphrase(ask, recipient, keys))
    elif lock is Lock.KEY:
        data = sealing.seal_to_keys(data, keys)
    made = Made(
        path=path, lock=lock, recipients=tuple(owners) if lock is Lock.KEY else (), records=len(package.changes),
        withheld=sum(change.state is BodyState.WITHHELD for change in package.changes),
        transcripts=_transcripts(package), digest=hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    details = {
        "package": package.manifest.id, "purpose": str(purpose), "lock": str(lock), "records": made.records,
        "heads": dict(package.manifest.heads), "because": because.strip(), "to": list(made.recipients),
    }  # fmt: skip
    with written(path) as spare:
        _write(spare, data)
        # Recorded first: a file that somebody has and nobody knows of is worse than a record of a file that is missing.
        with project.act(by.id) as act:
            act.put(
                "output", new_id(), name=readable(path.name), kind="package", at=now(), digest=made.digest,
                recipient=recipient.id if recipient else "", details=details,
            )  # fmt: skip
    return made


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _package(project: Project, by: Coder, purpose: Purpose, recipient: Coder | None) -> Package:
    selected = _selected(project, by, purpose, recipient)
    if blind.anywhere(project.connection, by) and holds_work_of_others(project.connection, selected.changes, by.id):
        raise InputRefused(
            _(
                "You code blind, and this package would hold what others coded: the lead makes it. Your own work goes "
                "to the lead with: hsreview package make --mine"
            )
        )
    book = load_codebook(project.connection)
    manifest = Manifest(
        id=new_id(), project_id=project.id, project=project_name(project), format=SCHEMA_VERSION,
        tool=f"hsreview {__version__}", made=now(), made_by=by.id, made_for=recipient.id if recipient else "",
        heads=selected.heads, knows=selected.knows, codebook=f"{book.ref} {book.version}".strip(), digests={},
    )  # fmt: skip
    return Package(manifest, selected.changes, selected.contents)


def _selected(project: Project, by: Coder, purpose: Purpose, recipient: Coder | None) -> Selected:
    connection = project.connection
    if purpose is Purpose.MINE:
        return merging.select(connection, mine=by.id)
    if purpose is Purpose.ALL:
        return merging.select(connection)
    if recipient is None:
        raise UsageProblem(_("Say for whom the package is: --for CODER."))
    if recipient.role is not CoderRole.CODER:
        return merging.select(connection)  # Whoever leads or checks sees everything.
    return merging.select(connection, blind_for=recipient.id)


def _keys(project: Project, by: Coder, purpose: Purpose, recipient: Coder | None) -> tuple[list[str], list[str]]:
    """Names and public keys of those who shall be able to open the package."""
    if recipient is not None:
        keys = list(keys_of(project, recipient.id))
        return [recipient.name] * bool(keys), keys
    keys = lead_keys(project)
    if purpose is Purpose.ALL and keys:
        keys += [key for key in keys_of(project, by.id) if key not in keys]
    owners = [c.name for c in queries.coders(project.connection) if set(keys_of(project, c.id)) & set(keys)]
    return owners, keys


def _new_passphrase(ask: Ask | None, recipient: Coder | None, keys: Sequence[str]) -> str:
    who = recipient.name if recipient else _("the lead")
    if ask is None:
        raise UsageProblem(_("No key of {name} is known, and no passphrase was given.").format(name=who))
    question = _("Passphrase for the package") if keys else _("No key of {name} is known. Passphrase for the package")
    passphrase = _normal(ask(question.format(name=who)))
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UsageProblem(_("A passphrase needs at least {n} characters.").format(n=LEAST_PASSPHRASE))
    return passphrase


def _normal(passphrase: str) -> str:
    """Keyboards write é in two ways; both are meant to be one."""
    return unicodedata.normalize("NFC", passphrase)


def _free_name(project: Project, coder: Coder) -> Path:
    """A name in `exports` that tells the project, for (or by) whom and when, and that no file has."""
    words = [project_name(project), coder.name, now()[:10]]
    stem = "-".join(re.sub(r"[^a-z0-9]+", "-", fold(word)).strip("-")[:40] or "x" for word in words)
    numbers = ["", *(f"-{n}" for n in range(2, 1000))]
    names = (project.root / "exports" / f"{stem}{number}{SUFFIX}" for number in numbers)
    return next(path for path in names if not path.exists())


class Opener:
    """Reads package files; the private key is fetched at most once."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._key: PrivateKey | None = None

    def open(self, path: Path) -> tuple[Package, Lock]:
        """Read, decrypt and check one file. Raises InputRefused, one sentence each; its place is not told."""
        data = _read(path)
        lock = sealing.lock_of(data)
        if lock is Lock.PASSPHRASE:
            asked = self._ask(_("Passphrase of {name}").format(name=readable(path.name)))
            data = sealing.unseal_with_passphrase(data, _normal(asked))
        elif lock is Lock.KEY:
            self._key = self._key or private_key(lambda: _normal(self._ask(_("Passphrase of your key"))))
            data = sealing.unseal_with_key(data, self._key)
        return unpack(data), lock


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            data = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise InputRefused(_("It cannot be read: {reason}.").format(reason=os_reason(error))) from error
    if len(data) > MOST_PACKED:
        raise InputRefused(_("It is too large for a package; nothing was stored."))
    return data


def read_package(path: Path, ask: Ask) -> tuple[Package, Lock]:
    """Read, decrypt and check one file. Raises InputRefused that names the file."""
    try:
        return Opener(ask).open(path)
    except InputRefused as error:
        raise InputRefused(labelled(readable(str(path)), error.message), error.problems) from error


def look_inside(path: Path, ask: Ask, project: Project | None = None) -> Inside:
    """What is in a package, without taking it in; `project` (when it is that of the package) knows more names.

    Raises InputRefused when it cannot be opened.
    """
    package, lock = read_package(path, ask)
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
        manifest, lock, records, states.count(BodyState.WITHHELD), states.count(BodyState.ERASED),
        _transcripts(package), names.get(manifest.made_by, manifest.made_by),
        names.get(manifest.made_for, manifest.made_for),
    )  # fmt: skip


def _transcripts(package: Package) -> tuple[str, ...]:
    """Names of the transcripts whose text is in the package."""
    texts = {each.hash for each in package.contents if each.kind == "text" and each.data is not None}
    names: dict[str, str] = {}
    readable_ones = set()
    for change in package.changes:
        fields = (change.body or {}).get("set", {})
        if change.kind == "transcript.put" and isinstance(fields.get("name"), str):
            names[change.entity] = fields["name"]
        elif change.kind == "transcript.remove":
            names.pop(change.entity, None)
        elif change.kind == "text_version.put" and fields.get("text_hash") in texts:
            readable_ones.add(fields.get("transcript_id"))
    return tuple(sorted(name for key, name in names.items() if key in readable_ones))


def merge_files(
    project: Project, paths: Sequence[Path], ask: Ask, *, dry_run: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Merged:  # fmt: skip
    """Take packages in, all together in one transaction; with `dry_run` only say what that would do.

    A file that is refused does not stop the others: it stands in `refused`, and nothing of it is stored.
    """
    opener = Opener(ask)
    packages: list[tuple[str, Package]] = []
    refused: list[Problem] = []
    wanted = list(dict.fromkeys(paths))
    for number, path in enumerate(wanted, 1):
        name = readable(str(path))
        if progress:
            progress(number, len(wanted), name)
        try:
            packages.append((name, opener.open(path)[0]))
        except InputRefused as error:
            refused.append(Problem(error.message, name, "unreadable"))
    merged = (merging.plan if dry_run else merging.merge)(project, packages)
    return replace(merged, refused=[*refused, *merged.refused])


def open_package(path: Path, root: Path, ask: Ask) -> Opened:
    """Take a package into the project in `root`; where there is none, the package begins one.

    A new project has the id of the package's, and whoever the package was made for codes there. Raises InputRefused
    when the package is refused; then no project is made.
    """
    if (root / FILE_NAME).exists():
        with open_project(root) as project:
            merged = merge_files(project, [path], ask)
            return Opened(project.root, False, None, _accepted(merged))
    package, _lock = read_package(path, ask)
    taken: list[Merged] = []

    def fill(project: Project) -> None:
        taken.append(_accepted(merging.merge(project, [(readable(str(path)), package)])))

    Project.create(root, fill, project_id=package.manifest.project_id).close()
    with open_project(root) as project:
        team = {coder.id: coder for coder in queries.coders(project.connection)}
        coder = team.get(package.manifest.made_for)
        if coder is not None:
            remember_coder(project, coder)
    return Opened(root, True, coder, taken[0])


def _accepted(merged: Merged) -> Merged:
    if merged.refused:
        raise InputRefused(_("The package was refused; nothing was stored."), merged.refused)
    return merged
