"""Destroying the key file of a project, with a receipt: from then on nobody can tell who is behind a pseudonym."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.ids import now
from hsreview.base.messages import _, labelled
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.settings import KEY_DESTROYED
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.files import written
from hsreview.workflows.key_files import Ask, KeyFile, forget_place, opened, place_of
from hsreview.workflows.name_holders import holders
from hsreview.workflows.outputs import outputs
from hsreview.workflows.overwriting import destroy_file
from hsreview.workflows.projects import project_name


@dataclass(frozen=True, slots=True)
class Loss:
    """What goes with a key file; no name is in it."""

    path: Path
    size: int
    digest: str
    """SHA-256 of the file."""
    names: int | None
    """Names in it; null when nobody opened it."""
    people: int | None
    """Of these, with a contact or the reference of a consent form."""
    others: tuple[str, ...] = ()
    """What else holds original names and is on record or known on this computer, a line each."""
    gone: tuple[str, ...] = ()
    """Files of that kind that are not there any more."""


@dataclass(frozen=True, slots=True)
class Destroyed:
    """That a key file is gone on purpose."""

    at: str
    digest: str
    because: str


def destroyed(project: Project) -> Destroyed | None:
    """When the key file was destroyed last, as it is on record; null when it was not."""
    found = queries.setting(project.connection, KEY_DESTROYED)
    if not isinstance(found, dict):
        return None
    return Destroyed(*(str(found.get(name, "")) for name in ("at", "digest", "because")))


def check_may(project: Project, coder: Coder) -> None:
    """Raise UsageProblem when this member of the team may not destroy the key file."""
    check(Duty.DESTROY_KEY, coder, queries.coders(project.connection))


def loss(project: Project, ask: Ask | None, named: Path | None = None) -> Loss:
    """What destroying the key file would take away; with `ask` null it is not opened, and nothing is counted.

    Raises InputRefused when there is no key file, or it cannot be read or opened.
    """
    path = place_of(project, named)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = os_reason(error)
        raise InputRefused(_("{path} cannot be read: {reason}.").format(path=path, reason=reason)) from error
    found: KeyFile | None = opened(project, ask, named) if ask is not None else None
    names = found.register.names if found is not None else ()
    return Loss(
        path, len(data), hashlib.sha256(data).hexdigest(), len(names) if found else None,
        sum(bool(name.contact or name.consent) for name in names) if found else None, *others(project),
    )  # fmt: skip


def others(project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What else holds original names, a line each: what is there, or where nobody here knows; and what is gone."""
    told = {
        "originals": _("archive of originals, opened by its own passphrase or the keys it was made for"),
        "names": _("table of names, in plain text: whoever has it reads it"),
        "joined": _("key file of a colleague that was joined to this one, opened by its own passphrase"),
    }
    known = holders(project)
    places = {(each.kind, each.path.name) for each in known}
    there = [
        labelled(visible(str(each.path)), f"{told[each.kind]} ({each.at[:10]})")
        for each in known
        if each.kind in told and each.path.exists()
    ]
    elsewhere = [
        labelled(visible(each.name), f"{told[each.kind]} ({each.at[:10]})")
        for each in outputs(project)
        if each.kind in told and (each.kind, each.name) not in places
    ]
    gone = [f"{visible(str(each.path))} ({each.at[:10]})" for each in known if not each.path.exists()]
    return (*there, *elsewhere), tuple(gone)


def destroy(project: Project, coder: Coder, lost: Loss, because: str, receipt: Path) -> None:
    """Overwrite and remove the key file, write a receipt, and put it on record.

    Raises UsageProblem for who may not, InputRefused without a reason, when the file is another one meanwhile, or when
    it or the receipt cannot be written.
    """
    check_may(project, coder)
    if not because.strip():
        raise InputRefused(_("Say why the key file is destroyed: it stays on record."))
    at = now()
    with written(receipt) as spare:
        spare.write_text(_receipt(project, coder, lost, because.strip(), at), encoding="utf-8", newline="\n")
        with project.act(coder.id) as act:
            value = {"at": at, "digest": lost.digest, "because": because.strip()}
            act.put("setting", KEY_DESTROYED, value=value)
            destroy_file(lost.path, lost.digest)
    forget_place(project)


def _receipt(project: Project, coder: Coder, lost: Loss, because: str, at: str) -> str:
    names = _("not counted: the file was not opened") if lost.names is None else str(lost.names)
    lines = [
        _("Receipt: the key file of a project was destroyed"),
        "",
        _("Project: {name} ({id})").format(name=project_name(project), id=project.id),
        _("When (UTC): {at}").format(at=at),
        _("By: {name}").format(name=coder.name),
        _("Because: {reason}").format(reason=because),
        _("Names in it: {n}").format(n=names),
        _("SHA-256 of the file: {digest} ({n} bytes)").format(digest=lost.digest, n=lost.size),
        "",
        *([still_holding(), *(f"- {each}" for each in lost.others), ""] if lost.others else []),
        *([gone_already(), *(f"- {each}" for each in lost.gone), ""] if lost.gone else []),
        limits(),
    ]
    return "\n".join(lines) + "\n"


def still_holding() -> str:
    """What has to be thought of beside the key file."""
    return _(
        "Original names are in these files too, which this does not destroy; wherever they are, destroy them as well:"
    )


def gone_already() -> str:
    """What need not be looked for where it was."""
    return _("These are not where they were any more; if somebody moved them, destroy them there:")


def limits() -> str:
    """What overwriting cannot promise."""
    return _(
        "The file was overwritten and removed. That cannot be guaranteed of every disk: memory cards and solid-state "
        "disks keep old copies of blocks, and backups, sticks and colleagues may have copies of the file. Destroy "
        "those too; all of them are encrypted."
    )
