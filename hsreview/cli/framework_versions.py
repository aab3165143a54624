"""`framework freeze`, `versions`, `diff`, `derive`, and `show --version`: the framework as it stood at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.framework_building import emit_view
from hsreview.cli.framework_print import emit_cells, flat, kind_word, status_word
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_versions import (
        CellDifference,
        FrameworkVersionEntry,
        FrozenRowEntry,
        LinkCounts,
        RowDifference,
    )
    from hsreview.project.project import Project
    from hsreview.workflows.framework_versions import Framework, FrameworkVersion, FrozenRow, VersionDiff


@command(
    "freeze",
    N_(
        "Set the framework aside as it stands: a version that never changes; its number is printed.\n\n"
        "It holds every row with its evidence in words that may leave the team. Rows go on changing; `framework diff` "
        "tells what changed since. Undo takes the version away again."
    ),
)
@argument("name", N_("[NAME]"), required=False, default="")
@option("--because", metavar=N_("TEXT"), default="", text=N_("Why, such as the meeting it is for."))
@pass_world
def freeze(world: World, name: str, because: str) -> None:
    from hsreview.workflows.evidence import grounds
    from hsreview.workflows.framework_lint import Level, row_problems
    from hsreview.workflows.framework_rows import framework
    from hsreview.workflows.framework_versions import freeze, frozen_versions, retold

    with world.writing() as (project, coder):
        made = freeze(project, coder, name, because)
        caution = retold(frozen_versions(project), made)
        problems = row_problems(grounds(project, framework(project)))
    n = len(made.rows)
    say(ngettext("{n} row was set aside.", "{n} rows were set aside.", n).format(n=n))
    errors = sum(each.level is Level.ERROR for each in problems)
    if errors:
        say(
            ngettext(
                "{n} thing has to be mended before partners see it: hsreview framework check",
                "{n} things have to be mended before partners see it: hsreview framework check", errors,
            ).format(n=errors)
        )  # fmt: skip
    if caution:
        say(caution)
    emit(made.number)


@command("versions", N_("List the versions of the framework, and how much changed since each."))
@as_json
@pass_world
def versions(world: World, as_json: bool) -> None:
    from hsreview.workflows.framework_versions import frozen_versions, withdrawn_versions

    with world.reading() as project, project.snapshot():
        found = frozen_versions(project, world.reader(project))
        entries, gone = _entries(project, found), withdrawn_versions(project, world.reader(project))
    if as_json:
        emit_json({"versions": entries})
        return
    emit_table(
        [_("version"), _("name"), _("what"), _("date"), _("by"), _("rows"), _("since then"), _("because")],
        [
            (
                each["number"], each["name"], _state(each), each["at"][:10], each["coder"], each["rows"],
                _counts(each), shortened(flat(each["reason"]), 40),
            )
            for each in entries
        ],
    )  # fmt: skip
    say(ngettext("{n} version.", "{n} versions.", len(entries)).format(n=len(entries)))
    if gone:
        told = ngettext(
            "Taken back by undo: version {numbers}. Whoever has a copy of it holds what counts no more.",
            "Taken back by undo: versions {numbers}. Whoever has a copy of them holds what counts no more.", len(gone),
        )  # fmt: skip
        say(told.format(numbers=", ".join(gone)))


@command(
    "diff",
    N_(
        "Tell what differs between two versions of the framework, cell by cell.\n\n"
        "A version is named by its number or name, the newest one by `last`. Without AFTER, BEFORE is compared with "
        "the framework as it stands now."
    ),
)
@argument("before", N_("BEFORE"))
@argument("after", N_("[AFTER]"), required=False)
@as_json
@pass_world
def diff(world: World, before: str, after: str | None, as_json: bool) -> None:
    from hsreview.workflows.framework_versions import chosen_version, diff, framework_of, frozen_rows, frozen_versions
    from hsreview.workflows.version_words import change_name, summary

    with world.reading() as project, project.snapshot():
        there = frozen_versions(project, world.reader(project))
        wanted = [chosen_version(there, wish) for wish in (before, after) if wish is not None]
        new = wanted[1].rows if after is not None else frozen_rows(project)
        if not new:
            raise UsageProblem(_("There is no row here to compare with; name two versions."))
        found = diff(wanted[0].rows, new)
        entries = _differences(found, framework_of(wanted[0].rows), framework_of(new))
        told = _entries(project, wanted)
    if as_json:
        emit_json({"before": told[0], "after": told[1] if after is not None else None, "rows": entries})
        return
    for each in entries:
        emit(labelled(f"{each['ref']} · {kind_word(each['kind'])} · {change_name(each['change'])}", flat(each["text"])))
        for cell in each["cells"]:
            emit("  " + labelled(cell["label"], f"{flat(cell['before']) or '–'} → {flat(cell['after']) or '–'}"))
    say(summary(found))


@command(
    "derive",
    N_(
        "Take rows of a version over as drafts for another strategy; their refs are printed.\n\n"
        "Named rows are taken with all that stands under them; otherwise all that stand under another strategy or "
        "none. Rejected and retired rows are left out, and so is what was taken over before. A draft holds the cells "
        "of its row and says from which it was derived; evidence is linked anew. Undo takes the drafts away again."
    ),
)
@argument("version", N_("VERSION"))
@argument("refs", N_("[ROW]..."), nargs=-1)
@option("--under", "strategy", metavar=N_("STRATEGY"), required=True, text=N_("The strategy they are drafts for."))
@pass_world
def derive(world: World, version: str, refs: Sequence[str], strategy: str) -> None:
    from hsreview.workflows.framework_deriving import derive
    from hsreview.workflows.framework_rows import RowKind, find_row, framework
    from hsreview.workflows.framework_versions import find_version

    with world.writing() as (project, coder):
        target = find_row(framework(project, viewer=coder, links=False), strategy, RowKind.STRATEGY)
        made = derive(project, coder, find_version(project, version, coder), target, refs)
    for row in made.rows:
        emit(row.ref)
    n = len(made.rows)
    say(ngettext("{n} draft for {ref}.", "{n} drafts for {ref}.", n).format(n=n, ref=target.ref))
    if made.there:
        n = len(made.there)
        say(ngettext("{n} row was taken over before.", "{n} rows were taken over before.", n).format(n=n))


def show_version(
    world: World, wish: str, refs: Sequence[str], kind: str | None, view: str | None, *, as_json: bool
) -> None:  # fmt: skip
    """Answer or print rows as they stood in a version."""
    from hsreview.workflows.framework_rows import RowKind, find_row
    from hsreview.workflows.framework_versions import as_framework, find_version

    with world.reading() as project:
        version = find_version(project, wish, world.reader(project))
        [told] = _entries(project, [version])
    found = as_framework(version)
    if view is not None:
        emit_view(found, view, as_json=as_json)
        return
    kinds = [RowKind(kind)] if kind else []
    chosen = {find_row(found, ref, *kinds).id for ref in refs} or {row.id for row in found.of(*(kinds or RowKind))}
    frozen = [each for each in version.rows if each.row.id in chosen]
    entries = [_row_entry(found, each) for each in frozen]
    if as_json:
        emit_json({"version": told, "rows": entries})
    elif refs:
        for each in frozen:
            _emit_whole(found, each)
    else:
        emit_table(
            [_("row"), _("kind"), _("status"), _("under"), _("says"), _("evidence")],
            [
                (
                    each["ref"], kind_word(each["kind"]), status_word(each["status"]), each["parent"],
                    shortened(flat(each["text"]), 60), each["badge"].get(current_language(), ""),
                )
                for each in entries
            ],
        )  # fmt: skip
        say(
            _("Version {number}, {what} on {date}.").format(
                number=told["number"], what=_state(told), date=told["at"][:10]
            )
        )


def _entries(project: Project, found: Sequence[FrameworkVersion]) -> list[FrameworkVersionEntry]:
    from hsreview.workflows.codebook_versions import coder_names
    from hsreview.workflows.framework_versions import diff, frozen_rows

    names, now = coder_names(project), frozen_rows(project)
    differences = [diff(each.rows, now) if now else None for each in found]
    return [
        {
            "id": each.id, "number": each.number, "name": each.name, "state": each.state.value, "at": each.at,
            "coder_id": each.coder_id, "coder": names.get(each.coder_id, ""), "reason": each.reason,
            "rows": len(each.rows), "from_id": each.from_id, "validation_id": each.validation_id,
            "since": None if d is None else {
                "added": len(d.added), "removed": len(d.removed), "changed": len(d.changed)
            },
        }
        for each, d in zip(found, differences, strict=True)
    ]  # fmt: skip


def _row_entry(found: Framework, frozen: FrozenRow) -> FrozenRowEntry:
    from hsreview.cli.answers.shared import text_in
    from hsreview.workflows.framework_rows import said

    row = frozen.row
    parent = found.by_id.get(row.parent_id or "")
    return {
        "id": row.id, "ref": row.ref, "kind": row.kind.value, "status": row.status.value, "parent_id": row.parent_id,
        "parent": parent.ref if parent else "", "text": said(row, current_language()), "data": dict(row.data),
        "badge": text_in(frozen.badge), "links": _links(frozen),
    }  # fmt: skip


def _links(frozen: FrozenRow) -> LinkCounts:
    counts = {stance.value: n for stance, n in frozen.links.items()}
    return cast("LinkCounts", counts)


def _emit_whole(found: Framework, frozen: FrozenRow) -> None:
    from hsreview.workflows.version_words import links_in_words

    emit_cells(found, frozen.row)
    told = " · ".join(part for part in (frozen.badge.get(current_language()), links_in_words(frozen)) if part)
    if told:
        emit("  " + labelled(_("Evidence"), told))


def _differences(found: VersionDiff, before: Framework, after: Framework) -> list[RowDifference]:
    from hsreview.workflows.version_words import told_cells

    return [
        *(_difference(each, "added") for each in found.added),
        *(_difference(each, "removed") for each in found.removed),
        *(
            _difference(
                each.after, "changed",
                [
                    {"field": cell.field, "label": cell.label, "before": cell.before, "after": cell.after}
                    for cell in told_cells(each, before, after)
                ],
            )
            for each in found.changed
        ),
    ]  # fmt: skip


def _difference(
    frozen: FrozenRow, change: Literal["added", "removed", "changed"], cells: list[CellDifference] | None = None
) -> RowDifference:  # fmt: skip
    from hsreview.workflows.framework_rows import said

    row = frozen.row
    return {
        "id": row.id, "ref": row.ref, "kind": row.kind.value, "change": change, "text": said(row, current_language()),
        "cells": cells or [],
    }  # fmt: skip


def _state(entry: FrameworkVersionEntry) -> str:
    from hsreview.workflows.version_words import VersionState, state_name

    return state_name(VersionState(entry["state"]))


def _counts(entry: FrameworkVersionEntry) -> str:
    since = entry["since"]
    if since is None:
        return ""
    parts = [
        ngettext("{n} added", "{n} added", since["added"]).format(n=since["added"]) if since["added"] else "",
        ngettext("{n} removed", "{n} removed", since["removed"]).format(n=since["removed"]) if since["removed"] else "",
        ngettext("{n} changed", "{n} changed", since["changed"]).format(n=since["changed"]) if since["changed"] else "",
    ]
    return ", ".join(filter(None, parts)) or _("nothing changed")
