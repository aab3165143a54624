"""`framework`, `finding` and `trace`: rows of the framework, and what they stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import takewhile

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.framework_book import export, import_
from hsreview.cli.framework_building import VIEWS, codes, draft, emit_view, segments
from hsreview.cli.framework_listing import list_rows
from hsreview.cli.framework_print import KINDS, emit_down, emit_row, flat, row_entry, row_names, step_entry
from hsreview.cli.framework_rules import check, start, thresholds
from hsreview.cli.framework_transfer import transfer
from hsreview.cli.framework_versions import derive, diff, freeze, show_version, versions
from hsreview.cli.journal_print import emit_traced, traced_entries
from hsreview.cli.kit import argument, as_json, command, group, option, sub
from hsreview.cli.monitoring import engagement, status
from hsreview.cli.output import emit, emit_json, emit_table, say
from hsreview.cli.validation_print import decision_entries, emit_decisions
from hsreview.cli.world import World, pass_world

STANCES = ["supports", "contradicts", "qualifies", "illustrates"]
ROLES = ["problem", "outcome", "indicator", "baseline", "target", "source", "risk"]

framework = group(
    "framework",
    N_(
        "Build the monitoring and evaluation framework: rows and what they stand on.\n\n"
        "Rows are strategies, actors (institutions, never persons), findings, outcomes, progress markers, indicators "
        "and recommendations. Without a further word, they are listed."
    ),
    default="show",
)
finding = group(
    "finding",
    N_(
        "Write findings and link them to segments.\n\n"
        "A finding says in a sentence what was found; outcomes, indicators and recommendations stand on findings and "
        "on segments. Without a further word, findings are listed with the strength of their evidence."
    ),
    default="list",
)
_stance = option(
    "--stance", type=click.Choice(STANCES), default="supports", show_default=True,
    text=N_("What the sources do to what the row says."),
)  # fmt: skip
_role = option("--role", type=click.Choice(ROLES), default=None, text=N_("Which part of the row they are about."))
_set = option(
    "--set", "cells", metavar=N_("COLUMN=TEXT"), multiple=True,
    text=N_("What a column holds; `framework columns` lists them. An empty text empties it."),
)  # fmt: skip
_from = option(
    "--from",
    "codings",
    metavar=N_("CODING"),
    multiple=True,
    text=N_("A coding on which it stands: its id, or “TRANSCRIPT PLACE CODE”."),
)
_language = option(
    "--in", "language", type=click.Choice(["fr", "en"]), default=None,
    text=N_("The language of TEXT (else that of the interface)."),
)  # fmt: skip


@sub(
    framework,
    "show",
    N_("List the rows of the framework, or show those that are named whole, with what they stand on."),
)
@argument("refs", N_("[ROW]..."), nargs=-1)
@option("--kind", type=click.Choice(KINDS), text=N_("Only rows of this kind."))
@option(
    "--view", "wanted", type=click.Choice(VIEWS),
    text=N_("All rows in one list, as an outcome map, or as a logframe; each row has one place in it."),
)  # fmt: skip
@option(
    "--version", metavar=N_("VERSION"),
    text=N_("The rows as they stood in a version: its number, its name, or `last`."),
)  # fmt: skip
@as_json
@pass_world
def show(
    world: World, refs: tuple[str, ...], kind: str | None, wanted: str | None, version: str | None, as_json: bool
) -> None:  # fmt: skip
    if wanted is not None and (refs or kind):
        raise UsageProblem(_("--view shows all rows; leave --kind and the names of rows out."))
    if version is None and world.in_kit():
        version = "last"
    if version is not None:
        show_version(world, version, refs, kind, wanted, as_json=as_json)
        return
    if wanted is None:
        list_rows(world, refs, kind, as_json=as_json)
        return
    from hsreview.workflows.framework_rows import framework

    with world.reading() as project:
        emit_view(framework(project, viewer=world.reader(project), links=False), wanted, as_json=as_json)


@sub(finding, "list", N_("List findings with the strength of their evidence, or show those that are named whole."))
@argument("refs", N_("[FINDING]..."), nargs=-1)
@as_json
@pass_world
def list_(world: World, refs: tuple[str, ...], as_json: bool) -> None:
    list_rows(world, refs, "finding", as_json=as_json)


@sub(
    framework,
    "add",
    N_(
        "Make a row; its ref is printed.\n\nKIND is strategy, actor, finding, outcome, marker, indicator or "
        "recommendation; TEXT is what the row says. Undo takes it away again."
    ),
)
@argument("kind", N_("KIND"), type=click.Choice(KINDS))
@argument("text", N_("TEXT"))
@_language
@option("--under", metavar=N_("ROW"), text=N_("The row it stands under."))
@_set
@_from
@_stance
@_role
@pass_world
def add(
    world: World, kind: str, text: str, language: str | None, under: str | None, cells: tuple[str, ...],
    codings: tuple[str, ...], stance: str, role: str | None,
) -> None:  # fmt: skip
    _add(world, kind, text, language, under, cells, codings, stance, role)


@sub(finding, "add", N_("Write a finding; its ref is printed.\n\nUndo takes it away again."))
@argument("text", N_("TEXT"))
@_language
@option("--question", metavar=N_("QUESTION"), text=N_("The review question that it answers, such as Q1."))
@option("--code", "codes", metavar=N_("CODE"), multiple=True, text=N_("A code that it is about."))
@_from
@_stance
@pass_world
def add_finding(
    world: World, text: str, language: str | None, question: str | None, codes: tuple[str, ...],
    codings: tuple[str, ...], stance: str,
) -> None:  # fmt: skip
    cells = [*([f"question={question}"] if question else []), *([f"codes={';'.join(codes)}"] if codes else [])]
    _add(world, "finding", text, language, None, cells, codings, stance, None)


@sub(
    framework,
    "set",
    N_(
        "Change cells, the status or the place of rows; undo brings back what was there.\n\n"
        "All rows that are named get the same, as one act; when one of them does not take it, none is changed."
    ),
)
@argument("words", N_("ROW... [COLUMN=TEXT]..."), nargs=-1, required=True)
@option("--status", metavar=N_("STATUS"), text=N_("How far they are; a wrong word lists what there is."))
@option("--under", metavar=N_("ROW"), text=N_("The row they stand under."))
@pass_world
def set_(world: World, words: tuple[str, ...], status: str | None, under: str | None) -> None:
    from hsreview.workflows.framework_rows import change_rows, find_row, framework, read_values, status_named

    refs = list(takewhile(lambda word: "=" not in word, words))
    cells = list(map(_pair, words[len(refs) :]))
    if not refs:
        raise UsageProblem(_("Name the rows first, such as IN1, then COLUMN=TEXT."))
    if not (cells or status or under):
        raise UsageProblem(_("Say what is to change: COLUMN=TEXT, --status or --under."))
    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        rows = {row.id: row for row in (find_row(found, ref) for ref in refs)}.values()
        changes, wanted = [], None
        for row in rows:
            with _telling_which(row.ref if len(rows) > 1 else ""):
                changes.append((row, read_values(found, row.kind, cells)))
                wanted = status_named(row.kind, status) if status else None
        changed = change_rows(
            project, coder, changes, status=wanted, parent=find_row(found, under) if under else None
        )  # fmt: skip
        for row in rows:
            told = _("{ref} was changed.") if row in changed else _("{ref} says this already.")
            say(told.format(ref=row.ref))


@contextmanager
def _telling_which(ref: str) -> Iterator[None]:
    """Put `ref`, where it is not empty, before what a refusal says."""
    try:
        yield
    except (InputRefused, UsageProblem) as error:
        if not ref:
            raise
        raise type(error)(labelled(ref, error.message), error.problems) from None


@sub(framework, "remove", N_("Take rows away, with their links; undo brings them back."))
@argument("refs", N_("ROW..."), nargs=-1, required=True)
@pass_world
def remove(world: World, refs: tuple[str, ...]) -> None:
    from hsreview.workflows.framework_rows import find_row, framework, remove_rows

    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        remove_rows(project, coder, found, [find_row(found, ref) for ref in refs])
        say(_("Removed: {refs}").format(refs=", ".join(refs)))


@sub(
    framework,
    "link",
    N_(
        "Say on what a row stands: codings by id or as “TRANSCRIPT PLACE CODE”, findings by ref, documents by name.\n\n"
        "A link that is there gets the stance, the role and the note that are given."
    ),
)
@argument("ref", N_("ROW"))
@argument("codings", N_("[CODING]..."), nargs=-1)
@option("--finding", "findings", metavar=N_("FINDING"), multiple=True, text=N_("A finding on which it stands."))
@option("--document", "documents", metavar=N_("NAME"), multiple=True, text=N_("A document on which it stands."))
@_stance
@_role
@option("--note", metavar=N_("TEXT"), default="", text=N_("A note on the link."))
@pass_world
def link(
    world: World, ref: str, codings: tuple[str, ...], findings: tuple[str, ...], documents: tuple[str, ...],
    stance: str, role: str | None, note: str,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_rows import EvidenceRole, SourceKind, Stance, find_row, framework, link

    wanted = [
        *((SourceKind.CODING, each) for each in codings), *((SourceKind.FINDING, each) for each in findings),
        *((SourceKind.DOCUMENT, each) for each in documents),
    ]  # fmt: skip
    if not wanted:
        raise UsageProblem(_("Name what it stands on: ids of codings, --finding or --document."))
    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        row = find_row(found, ref)
        n = link(project, coder, found, row, wanted, Stance(stance), role=EvidenceRole(role or ""), note=note)
        say(ngettext("{ref}: {n} new link.", "{ref}: {n} new links.", n).format(ref=row.ref, n=n))


@sub(framework, "unlink", N_("Take links of a row away: codings by id, findings by ref, documents by name."))
@argument("ref", N_("ROW"))
@argument("sources", N_("SOURCE..."), nargs=-1, required=True)
@pass_world
def unlink(world: World, ref: str, sources: tuple[str, ...]) -> None:
    from hsreview.workflows.framework_rows import find_links, find_row, framework, unlink

    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        row = find_row(found, ref)
        n = unlink(project, coder, find_links(found, row, sources))
        say(ngettext("{ref}: {n} link taken away.", "{ref}: {n} links taken away.", n).format(ref=row.ref, n=n))


@sub(framework, "columns", N_("List the columns of a kind of row, with what may stand in them."))
@argument("kind", N_("KIND"), type=click.Choice(KINDS))
@as_json
def columns(kind: str, as_json: bool) -> None:
    from hsreview.workflows.framework_rows import COLUMNS, RowKind
    from hsreview.workflows.framework_values import choice_name

    language = current_language()
    found = [
        {
            "key": key, "kind": str(column.kind), "label": column.label.get(language),
            "choices": [choice.key for choice in column.choices],
        }
        for column in COLUMNS[RowKind(kind)]
        for key in column.keys
    ]  # fmt: skip
    if as_json:
        emit_json({"columns": found})
        return
    emit_table(
        [_("column"), _("heading"), _("holds"), _("one of")],
        [
            (key, column.label.get(language), str(column.kind), ", ".join(map(choice_name, column.choices)))
            for column in COLUMNS[RowKind(kind)]
            for key in column.keys
        ],
    )


@command(
    "trace",
    N_(
        "Show both ways from a row or a coding: down to the words, up to the rows.\n\n"
        "ROW is a ref such as IN1; CODING the id of a coding, its beginning, or “TRANSCRIPT PLACE CODE”."
    ),
)
@argument("what", N_("ROW|CODING"))
@as_json
@pass_world
def trace(world: World, what: str, as_json: bool) -> None:
    from hsreview.workflows.evidence_agreement import agreement_behind
    from hsreview.workflows.tracing import trace

    with world.reading() as project:
        viewer = world.reader(project)
        found = trace(project, what, viewer=viewer)
        behind, segment = found.grounds, found.segment
        agreed = agreement_behind(project, behind, [found.row], viewer=viewer) if found.row else {}
    down = [step_entry(behind, each) for each in found.down]
    entries, decisions = traced_entries(found), decision_entries(found)
    row = row_entry(behind, found.row, agreed.get(found.row.id)) if found.row else None
    if as_json:
        there = None
        if segment is not None:
            there = {
                "id": segment.coding.id, "transcript_id": segment.transcript_id, "place": behind.place(segment),
                "code": behind.codes.get(segment.coding.code_id, "?"), "text": segment.text,
            }  # fmt: skip
        emit_json(
            {
                "row": row, "segment": there, "above": row_names(found.above), "below": row_names(found.below),
                "down": down, "up": row_names(found.up), "decisions": decisions, "entries": entries,
            }
        )  # fmt: skip
        return
    if found.row is not None and row is not None:
        emit_row(behind, row, agreed.get(found.row.id))
    elif segment is not None:
        emit(f"{behind.place(segment)} {behind.codes.get(segment.coding.code_id, '?')}: {flat(segment.text)}")
    if segment is not None and not (found.up or entries):
        emit(_("No row and no entry of the journal stands on it."))
    for heading, rows in (
        (_("It stands under"), found.above), (_("Under it"), found.below), (_("On it stand"), found.up),
    ):  # fmt: skip
        if rows:
            emit(labelled(heading, "").rstrip())
            for each in row_names(rows):
                emit(f"  {each['ref']} {flat(each['text'])}")
    emit_down(down)
    emit_decisions(decisions)
    emit_traced(entries)


for _each in (
    start,
    check,
    codes,
    draft,
    segments,
    export,
    import_,
    thresholds,
    freeze,
    versions,
    diff,
    derive,
    transfer,
    status,
    engagement,
):
    framework.add_command(_each)


def _add(
    world: World, kind: str, text: str, language: str | None, under: str | None, cells: Sequence[str],
    codings: Sequence[str], stance: str, role: str | None,
) -> None:  # fmt: skip
    from hsreview.workflows.framework_rows import (
        EvidenceRole,
        RowKind,
        Stance,
        add_row,
        find_row,
        framework,
        main_column,
        read_values,
    )

    wanted = RowKind(kind)
    main = f"{main_column(wanted).key}_{language or current_language()}"
    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        values = read_values(found, wanted, [(main, text), *map(_pair, cells)])
        links = [(coding, Stance(stance), EvidenceRole(role or "")) for coding in codings]
        made = add_row(
            project, coder, wanted, values, parent=find_row(found, under) if under else None, evidence=links
        )  # fmt: skip
        emit(made.ref)


def _pair(cell: str) -> tuple[str, str]:
    name, sign, text = cell.partition("=")
    if not sign:
        raise UsageProblem(_("“{cell}” has no “=”; write COLUMN=TEXT.").format(cell=cell))
    return name.strip(), text
