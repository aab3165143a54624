"""The codebook of a project: import, export, edits, proposals and the lead's decisions."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _
from hsreview.base.samples import sample_dir
from hsreview.model.codebook import HUES, Status
from hsreview.model.codebook import Code as Code
from hsreview.model.codebook import Codebook as Codebook
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook, put_codebook
from hsreview.project.project import Project
from hsreview.review import blind

if TYPE_CHECKING:
    from hsreview.codebook.diff import CodebookChange as CodebookChange
    from hsreview.codebook.lint import Lint


EXPORT_SUFFIXES = (".yaml", ".yml", ".xlsx", ".docx", ".json")


@dataclass(frozen=True, slots=True)
class CodebookImported:
    """What an import changed."""

    codebook: Codebook
    changes: Sequence[CodebookChange]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code that a coder proposed and that waits for a decision."""

    code: Code
    by: str
    """The coder's name."""
    created: str
    reason: str
    uses: int


def codebook_file(wish: str) -> Path:
    """The file called `wish`, or the codebook of that name that comes with hsreview (`critical-review`)."""
    path = Path(wish)
    shipped = sample_dir("codebooks") / f"{wish}.yaml"
    return shipped if path.name == wish and not path.exists() and shipped.is_file() else path


def read_codebook_file(path: Path) -> Codebook:
    """The codebook in a YAML file or workbook. Raises InputRefused with every problem and its place."""
    if not path.is_file():
        raise InputRefused(_("There is no file {name}.").format(name=path))
    if path.suffix.lower() == ".xlsx":
        from hsreview.workbook.codebook_sheets import read_codebook_workbook

        return read_codebook_workbook(path)
    from hsreview.codebook.read import read_codebook

    return read_codebook(path)


def check_codebook(path: Path) -> Sequence[Lint]:
    """The weaknesses of a codebook file; its errors are raised as InputRefused."""
    from hsreview.codebook.lint import lint_codebook, lint_file

    if path.suffix.lower() == ".xlsx":
        return lint_codebook(read_codebook_file(path))
    return lint_file(path)


def store_codebook(project: Project, coder_id: str, book: Codebook) -> None:
    """Make `book` the project's codebook, as one act. Codes that it lacks but that are used are retired."""
    with project.act(coder_id) as act:
        put_codebook(act, book, project.connection)


def import_codebook(project: Project, coder: Coder, path: Path) -> CodebookImported:
    """Read a codebook file and make it the project's (a backup is made first)."""
    from hsreview.codebook.diff import diff_codebooks

    book = read_codebook_file(path)
    old = load_codebook(project.connection)
    if old.ref and old.ref != book.ref:
        raise InputRefused(
            _(
                "This project uses the codebook {old}; the file holds {new}. A project keeps one codebook: "
                "give the file the same id if it is a new version."
            ).format(old=old.ref, new=book.ref)
        )
    # `1.0+3` is the project's own count of edits since the file's 1.0 was imported, and no change of the file.
    edits = (old.version, old.version.rpartition("+")[0])
    changes = [c for c in diff_codebooks(old, book) if (c.field, c.before, c.after) != ("version", *edits)]
    if changes:
        if old.ref:
            project.backup("before-codebook")
        store_codebook(project, coder.id, book)
    return CodebookImported(load_codebook(project.connection), changes)


def export_codebook(book: Codebook, path: Path, *, lang: str = "both") -> Path:
    """Write a codebook as YAML, workbook, docx or JSON, by the file's suffix; `lang` is `fr`, `en` or `both`."""
    write = _writers().get(path.suffix.lower())
    if write is None:
        raise UsageProblem(
            _("A codebook is exported as {suffixes}; {name} has none of these endings.").format(
                suffixes=", ".join(EXPORT_SUFFIXES), name=path
            )
        )
    from hsreview.workflows.files import written

    with written(path) as spare:
        write(book, spare, lang)
    return path


def _writers() -> Mapping[str, Callable[[Codebook, Path, str], None]]:
    def yaml(book: Codebook, path: Path, lang: str) -> None:
        from hsreview.codebook.write import write_codebook

        path.write_text(write_codebook(book), encoding="utf-8", newline="\n")

    def xlsx(book: Codebook, path: Path, lang: str) -> None:
        from hsreview.workbook.codebook_sheets import codebook_workbook

        buffer = io.BytesIO()  # A zip archive that a full disk leaves unfinished would complain on stderr.
        codebook_workbook(book).save(buffer)
        path.write_bytes(buffer.getvalue())

    def docx(book: Codebook, path: Path, lang: str) -> None:
        from hsreview.documents.codebook_docx import write_codebook_docx

        write_codebook_docx(book, path, lang)

    def as_json(book: Codebook, path: Path, lang: str) -> None:
        from hsreview.model.codebook_json import codebook_to_json

        text = json.dumps(codebook_to_json(book), ensure_ascii=False, indent=2)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")

    return {".yaml": yaml, ".yml": yaml, ".xlsx": xlsx, ".docx": docx, ".json": as_json}


_TEXT_FIELDS = ("label", "definition", "use", "not_use", "example")


def change_code(
    project: Project,
    coder: Coder,
    code_id: str,
    *,
    texts: Mapping[str, Localized] | None = None,
    hue: str | None = None,
) -> Codebook:
    """Rename, recolour or reword a code, theme or question: one version of the codebook.

    `texts` maps `label`, `definition`, `use`, `not_use`, `example` to the new texts; `hue` is one of `HUES` or empty.
    Only what differs is recorded, so that two people can change different fields of one code.
    """
    changed: dict[str, Any] = {}
    for field, text in (texts or {}).items():
        if field not in _TEXT_FIELDS:
            raise UsageProblem(_("A code has no field {field}.").format(field=field))
        if field == "label" and not text:
            raise InputRefused(_("A code needs a label in at least one language."))
        changed[field] = text.to_json()
    if hue is not None:
        if hue and hue not in HUES:
            raise UsageProblem(
                _("There is no colour {hue}; choose one of {hues}.").format(hue=hue, hues=", ".join(HUES))
            )
        changed["hue"] = hue
    with project.act(coder.id) as act:
        row = project.connection.execute("select data from code where id = ? and removed = 0", (code_id,)).fetchone()
        if row is None:
            raise InputRefused(_("This code is not (or no longer) in the codebook."))
        act.put("code", code_id, data=json.loads(row[0]) | changed)
    return load_codebook(project.connection)


def proposals(project: Project, *, viewer: Coder | None = None) -> list[Proposal]:
    """Proposed codes that wait for a decision, oldest first; used as often as `viewer` may see."""
    names = {c.id: c.name for c in queries.coders(project.connection)}
    usage = queries.code_usage(project.connection, may=blind.sight(project.connection, viewer).may)
    codes = {place.code.id: place.code for place in load_codebook(project.connection).codes()}
    rows = project.connection.execute(
        "select id, coder_id, created, reason from code where status = 'proposed' and removed = 0 order by created, id"
    )
    return [
        Proposal(codes[code_id], names.get(by or "", by or ""), created, reason, usage.get(code_id, (0, 0))[0])
        for code_id, by, created, reason in rows
        if code_id in codes
    ]


def decide_proposal(
    project: Project, coder: Coder, code_id: str, decision: str, *, reason: str, into: str | None = None,
    ref: str | None = None, theme_id: str | None = None, label: Localized | None = None,
) -> None:  # fmt: skip
    """Decide on a proposed code, with a reason: `accept` (with a ref and a theme), `merge` (into a code), `refuse`.

    After a merge the proposal's codings count for the other code; a refused code's codings stay with their coders,
    who are expected to recode them. Only a lead decides.
    """
    check(Duty.PROPOSALS, coder, queries.coders(project.connection))
    if not reason.strip():
        raise UsageProblem(_("A decision needs a reason."))
    with project.act(coder.id) as act:
        row = project.connection.execute(
            "select status, data from code where id = ? and removed = 0 and kind = 'code'", (code_id,)
        ).fetchone()
        if row is None or row[0] != Status.PROPOSED:
            raise InputRefused(_("This is not an open proposal."))
        fields: dict[str, Any] = {"reason": reason}
        if decision == "accept":
            fields |= _accepted(project, code_id, ref, theme_id)
            if label:
                fields["data"] = json.loads(row[1]) | {"label": label.to_json()}
        elif decision == "merge":
            fields |= _merged(project, code_id, into)
        elif decision == "refuse":
            fields |= {"status": str(Status.REFUSED)}
        else:
            raise UsageProblem(_("A proposal is accepted, merged or refused."))
        act.put("code", code_id, **fields)


def _accepted(project: Project, code_id: str, ref: str | None, theme_id: str | None) -> dict[str, Any]:
    connection = project.connection
    fields: dict[str, Any] = {"status": str(Status.ACTIVE)}
    if ref:
        taken = "select 1 from code where ref = ? and removed = 0 and id <> ?"
        if connection.execute(taken, (ref, code_id)).fetchone():
            raise InputRefused(_("The id {ref} is taken.").format(ref=ref))
        fields["ref"] = ref
    if theme_id:
        # A parent that was decided on cannot stand below an open proposal, so no circle can come about.
        known = (
            "select 1 from code where id = ? and kind <> 'question' and status = 'active' and removed = 0 and id <> ?"
        )
        if connection.execute(known, (theme_id, code_id)).fetchone() is None or _below(project, theme_id, code_id):
            raise InputRefused(_("There is no such theme."))
        fields["parent_id"] = theme_id
    return fields


def _below(project: Project, node_id: str, ancestor_id: str) -> bool:
    seen: set[str] = set()
    parent: str | None = node_id
    while parent is not None and parent not in seen:
        if parent == ancestor_id:
            return True
        seen.add(parent)
        row = project.connection.execute("select parent_id from code where id = ?", (parent,)).fetchone()
        parent = row[0] if row else None
    return False


def _merged(project: Project, code_id: str, into: str | None) -> dict[str, Any]:
    target = project.connection.execute(
        "select 1 from code where id = ? and removed = 0 and kind = 'code' and status = 'active' and codable = 1",
        (into,),
    ).fetchone()
    if target is None or into == code_id:
        raise InputRefused(_("Name an active code to merge the proposal into."))
    return {"status": str(Status.MERGED), "merged_into": into}
