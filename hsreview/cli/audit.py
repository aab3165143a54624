"""`audit`: who did what, when; and as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.values import AT_LEAST_ONE, CODER
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.model.people import Coder
    from hsreview.project.project import Project

audit = group("audit", N_("Tell who did what, and when; without anybody’s words."), default="list")

_since = option("--since", metavar=N_("DATE"), text=N_("Only from this day, month or year on (UTC)."))
_until = option("--until", metavar=N_("DATE"), text=N_("Only up to and with this day, month or year (UTC)."))
_who = option("--coder", metavar=N_("CODER"), type=CODER, text=N_("Only what this coder did."))
_kind = option(
    "--kind", metavar=N_("KIND"),
    text=N_("Only acts of this kind, such as coding, consent, release or export; a wrong one lists them."),
)  # fmt: skip


@sub(
    audit,
    "list",
    N_(
        "List the acts in the log of the project, the newest first.\n\n"
        "Each with who did it and who took part, what kind of act it was, the ref or id of what it was about, whether "
        "it was taken back, how many of its records are withheld or erased, the version of the codebook at the time, "
        "and the copy of the project. Texts, memos, labels, reasons, names of people who were interviewed and names "
        "of files are not told. Who codes blind sees their own acts."
    ),
)
@_since
@_until
@_who
@_kind
@option("--page", type=AT_LEAST_ONE, default=1, metavar=N_("N"), text=N_("Which page of 100 acts; 1 is the newest."))
@as_json
@pass_world
def list_(
    world: World, since: str | None, until: str | None, coder: str | None, kind: str | None, page: int, as_json: bool
) -> None:
    from hsreview.workflows import auditing_out as out

    with world.reading() as project:
        wanted = out.audit_filter(since, until, _member(project, coder), kind)
        found = out.audit_page(project, world.reader(project), wanted, page)
    if as_json:
        acts = [out.as_json(each, found.people) for each in found.entries]
        emit_json({"acts": acts, "page": page, "more": found.more, "own_only": found.own_only})
        return
    if found.own_only:
        say(_("You code blind: only your own acts are listed."))
    if not found.entries:
        say(_("There is no such act."))
        return
    emit_table(
        [_("when"), _("who"), _("what"), _("which"), _("records"), _("codebook version"), _("replica"), _("note")],
        [
            (
                each.at[:16].replace("T", " "),
                out.who(each, found.people),
                out.what(each),
                out.which(each),
                len(each.things),
                each.codebook,
                each.replica[:8],
                out.standing(each),
            )
            for each in found.entries
        ],
    )
    if found.more:
        say(_("Older acts: hsreview audit --page {n}").format(n=page + 1))


@sub(
    audit,
    "export",
    N_(
        "Write all acts to a file, the oldest first.\n\n"
        "By the ending of its name: .csv, .xlsx (one act per row) or .jsonl (one act per line, with every record and "
        "its digest, by which it can be compared with the project). The file is put on record. The path is printed."
    ),
)
@argument("path", N_("FILE"), type=PATH)
@_since
@_until
@_who
@_kind
@to_whom
@as_json
@pass_world
def export(
    world: World, path: Path, since: str | None, until: str | None, coder: str | None, kind: str | None, to_whom: str,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows import auditing_out as out

    with world.reading() as project:
        wanted = out.audit_filter(since, until, _member(project, coder), kind)
        viewer = world.reader(project)
        n = out.export_audit(project, viewer, path, wanted, recipient=to_whom)
        tell_unrecorded(project, viewer, path)
    written = str(path.resolve())
    if as_json:
        emit_json({"path": written, "acts": n})
        return
    say(ngettext("{n} act.", "{n} acts.", n).format(n=n))
    emit(written)


def _member(project: Project, name: str | None) -> Coder | None:
    from hsreview.workflows.coders import known_coder

    return known_coder(project, name) if name is not None else None
