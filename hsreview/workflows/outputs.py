"""What went out of a project: every export is on record, with its layer, its recipient and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from hsreview.base.errors import HsreviewError
from hsreview.base.ids import new_id, now
from hsreview.base.messages import N_, _
from hsreview.base.surrogates import readable
from hsreview.base.terminal import visible
from hsreview.model.dataset import Basis
from hsreview.model.people import Coder
from hsreview.project import outputs as records
from hsreview.project.outputs import Output as Output
from hsreview.project.project import Project

KINDS: Mapping[str, str] = {
    "package": N_("package"),
    "excel": N_("theme workbook"),
    "public": N_("public workbook"),
    "transcript": N_("coded transcript"),
    "codebook": N_("codebook"),
    "report": N_("report"),
    "csv": N_("tables as CSV"),
    "json": N_("tables as JSON"),
    "framework": N_("framework matrix"),
    "framework_rows": N_("monitoring and evaluation framework"),
    "journal": N_("monitoring journal"),
    "ballots": N_("ballots"),
    "validation_report": N_("report of a validation meeting"),
    "sheet": N_("coding sheet"),
    "kit": N_("kit for a validation meeting"),
    "residual_risk": N_("report on residual risk"),
    "archive": N_("archive for a repository"),
    "originals": N_("archive of originals"),
    "names": N_("table of names"),
    "audit": N_("audit"),
    "translations": N_("table for a translator"),
}
"""Kind → what it is, in words."""


def record_output(
    project: Project, coder: Coder | None, path: Path, kind: str, *, basis: Basis | None = None, recipient: str = "",
    details: Mapping[str, object] | None = None, digest: str = "",
) -> bool:  # fmt: skip
    """Put a file that was written on record: what, of which layer (`basis`), for whom.

    The digest is that of the file at `path` (of all files of a folder) unless it is given. False when it could not be
    put on record; `unrecorded` says why. When the project cannot be written, its error is raised and the file removed:
    nothing goes out without a record.
    """
    if coder is None or project.read_only:
        return False
    layer = {} if basis is None else {
        "layer": basis.layer, "layer_coder": basis.layer_coder, "pass": basis.layer_pass, "codebook": basis.codebook,
        "codebook_version": basis.codebook_version,
    }  # fmt: skip
    try:
        with project.act(coder.id) as act:
            act.put(
                "output", new_id(), name=readable(path.name), kind=kind, at=now(), digest=digest or digest_of(path),
                recipient=recipient.strip(), details={**layer, **(details or {})},
            )  # fmt: skip
    except HsreviewError:
        if path.is_file():
            path.unlink()
        raise
    return True


def unrecorded(project: Project, coder: Coder | None, path: Path) -> str:
    """Why what is written for `coder` is not on record: nobody said who they are, or the project is read-only."""
    name = visible(path.name)
    if coder is None:
        return _("{name} is not on record as handed over: say who you are with --coder.").format(name=name)
    if project.read_only:
        return _("{name} is not on record as handed over: the project is read-only.").format(name=name)
    return ""


def digest_of(path: Path) -> str:
    """SHA-256 of a file, or of all files of a folder with their names."""
    found = hashlib.sha256()
    for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if each.is_file():
            if each != path:
                found.update(str(each.relative_to(path)).encode("utf-8", "surrogateescape") + b"\0")
            with open(each, "rb") as file:
                while block := file.read(1 << 20):
                    found.update(block)
    return found.hexdigest()


def outputs(project: Project, kind: str | None = None) -> list[Output]:
    """What is on record as handed over, oldest first: exports and packages."""
    return records.outputs(project.connection, kind)
