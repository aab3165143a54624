"""Packages: hand over records as one encrypted file."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hsreview import __version__
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id, now
from hsreview.base.messages import _
from hsreview.base.surrogates import readable
from hsreview.exchange import sealing
from hsreview.exchange.package import SUFFIX, pack
from hsreview.exchange.sealing import Lock as Lock
from hsreview.model.change import BodyState
from hsreview.model.exchange import Manifest, Package
from hsreview.model.people import Coder, CoderRole
from hsreview.project import merging, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.merging import Selected
from hsreview.project.project import Project
from hsreview.project.schema import SCHEMA_VERSION
from hsreview.project.selecting import holds_work_of_others
from hsreview.review import blind
from hsreview.workflows.files import written
from hsreview.workflows.keys import keys_of, lead_keys
from hsreview.workflows.projects import project_name

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
        transcripts=transcripts_in(package), digest=hashlib.sha256(data).hexdigest(),
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
    passphrase = normal(ask(question.format(name=who)))
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UsageProblem(_("A passphrase needs at least {n} characters.").format(n=LEAST_PASSPHRASE))
    return passphrase


def normal(passphrase: str) -> str:
    """Keyboards write é in two ways; both are meant to be one."""
    return unicodedata.normalize("NFC", passphrase)


def _free_name(project: Project, coder: Coder) -> Path:
    """A name in `exports` that tells the project, for (or by) whom and when, and that no file has."""
    words = [project_name(project), coder.name, now()[:10]]
    stem = "-".join(re.sub(r"[^a-z0-9]+", "-", fold(word)).strip("-")[:40] or "x" for word in words)
    numbers = ["", *(f"-{n}" for n in range(2, 1000))]
    names = (project.root / "exports" / f"{stem}{number}{SUFFIX}" for number in numbers)
    return next(path for path in names if not path.exists())


def fingerprint(digest: str) -> str:
    """The beginning of a file's digest, to be compared by telephone: `1a2b 3c4d 5e6f 7a8b`."""
    return " ".join(digest[n : n + 4] for n in range(0, 16, 4))


def transcripts_in(package: Package) -> tuple[str, ...]:
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
