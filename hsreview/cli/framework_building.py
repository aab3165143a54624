"""The framework as an outcome map and a logframe, and what it is built from: views, segments, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language, ngettext
from hsreview.cli.framework_print import KINDS, flat, kind_word, row_names, status_word
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.framework_building import BuildingCode, BuildingSegment, FrameworkPlace
    from hsreview.workflows.framework_rows import Framework
    from hsreview.workflows.framework_views import Place

VIEWS = ["list", "outcome-map", "logframe"]
ROOM = 60
"""Cells for what a row says."""
_LONG: tuple[Literal["verification", "assumptions"], ...] = ("verification", "assumptions")


def emit_view(found: Framework, wanted: str, *, as_json: bool) -> None:
    """Answer or print the rows as a view lays them out."""
    from hsreview.workflows.framework_views import View, view

    places = [place_entry(found, each) for each in view(found, View(wanted))]
    if as_json:
        emit_json({"view": wanted, "places": places})
    elif wanted == View.LOGFRAME:
        emit_table(
            [_("row"), _("baseline"), _("target"), _("means of verification"), _("assumptions")],
            [
                (_line(each), each["baseline"], each["target"], *(_short(each[key]) for key in _LONG))
                for each in places
            ],
        )  # fmt: skip
    else:
        emit_table(
            [_("row"), _("level"), _("actor"), _("status")],
            [(_line(each), each["level"], _short(each["actor"]), _status(each)) for each in places],
        )


def place_entry(found: Framework, place: Place) -> FrameworkPlace:
    """A line of a view as it is answered."""
    from hsreview.workflows.framework_views import NOTHING, cells, part_name

    told = cells(found, place.row, current_language()) if place.row and not place.again else NOTHING
    return {
        "depth": place.depth, "heading": part_name(place.part) if place.part else "",
        "row": row_names([place.row])[0] if place.row else None, "again": place.again,
        "status": place.row.status.value if place.row else "", "level": told.level, "actor": told.actor,
        "baseline": told.baseline, "target": told.target, "verification": told.verification,
        "assumptions": told.assumptions,
    }  # fmt: skip


def _line(entry: FrameworkPlace) -> str:
    row = entry["row"]
    said = f"{row['ref']} {shortened(flat(row['text']), ROOM)}" if row else f"— {entry['heading']}"
    return "  " * entry["depth"] + said


def _status(entry: FrameworkPlace) -> str:
    return "" if entry["again"] or not entry["status"] else status_word(entry["status"])


def _short(text: str) -> str:
    return shortened(flat(text), 30)


@command(
    "segments",
    N_(
        "List the coded segments from which rows are made, with the kind of row that each suggests.\n\n"
        "They are those of the codes of `framework codes`; the last column names the rows that stand on the words."
    ),
)
@option("--code", "codes", metavar=N_("CODE"), multiple=True, text=N_("Only segments of this code."))
@option("--group", metavar=N_("GROUP"), text=N_("Only interviews of this group."))
@option("--unused", is_flag=True, text=N_("Only segments on which no row stands."))
@option("--layer", metavar=N_("CODER|consensus"), text=N_("Whose codings; otherwise those of all coders, each apart."))
@as_json
@pass_world
def segments(
    world: World, codes: tuple[str, ...], group: str | None, unused: bool, layer: str | None, as_json: bool
) -> None:
    from hsreview.workflows.building import CONSENSUS, LEVEL, place_of, sources, standing
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.framework_rows import framework
    from hsreview.workflows.reading import codebook, find_code

    with world.reading() as project:
        viewer = world.reader(project)
        whose = layer if layer in (None, CONSENSUS) else known_coder(project, layer).id
        wanted = [find_code(codebook(project), code).id for code in codes]
        found = sources(project, whose=whose, code_ids=wanted, viewer=viewer)
        rows = standing(project, framework(project, viewer=viewer))
    entries: list[BuildingSegment] = [
        {
            "coding_id": each.segment.coding.id, "transcript_id": each.segment.transcript_id, "place": each.place,
            "code": each.code.code.ref, "group": each.group, "text": each.segment.text,
            "kind": each.suggestion.kind.value, "role": each.suggestion.role.value,
            "stance": each.suggestion.stance.value, "level": str(each.suggestion.cells.get(LEVEL, "")),
            "rows": [row.ref for row in rows.get(place_of(each.segment.coding), ())],
        }
        for each in found
        if group in (None, each.group)
    ]  # fmt: skip
    entries = [each for each in entries if not (unused and each["rows"])]
    if as_json:
        emit_json({"layer": layer or "", "segments": entries})
        return
    emit_table(
        [_("coding"), _("place"), _("code"), _("words"), _("suggests"), _("rows")],
        [
            (
                each["coding_id"], each["place"], each["code"], shortened(flat(each["text"]), ROOM),
                kind_word(each["kind"]), " ".join(each["rows"]),
            )
            for each in entries
        ],
    )  # fmt: skip
    say(ngettext("{n} segment.", "{n} segments.", len(entries)).format(n=len(entries)))


@command(
    "draft",
    N_(
        "Make a row from a coded segment; its ref is printed.\n\n"
        "Its kind is what the code suggests (`framework segments`), it stands on the segment, and TEXT says it in "
        "words of your own: partners read it, so that it must not repeat the respondent. CODING is the id of a coding, "
        "its beginning, or “TRANSCRIPT PLACE CODE”. Undo takes it away again."
    ),
)
@argument("coding", N_("CODING"))
@argument("text", N_("TEXT"))
@option("--kind", type=click.Choice(KINDS), text=N_("Another kind of row."))
@option("--under", metavar=N_("ROW"), text=N_("The row under which it stands, or beside which."))
@option(
    "--in", "language", type=click.Choice(["fr", "en"]), default=None,
    text=N_("The language of TEXT (else that of the interface)."),
)  # fmt: skip
@pass_world
def draft(world: World, coding: str, text: str, kind: str | None, under: str | None, language: str | None) -> None:
    from hsreview.workflows.building import draft, find_source, repeated
    from hsreview.workflows.framework_rows import RowKind, find_row, framework

    with world.writing() as (project, coder):
        found = framework(project, viewer=coder)
        source = find_source(project, coding, viewer=coder)
        made = draft(
            project, coder, found, source, text, language=language or current_language(),
            kind=RowKind(kind) if kind else None, near=find_row(found, under) if under else None,
        )  # fmt: skip
        emit(made.ref)
        if said := repeated(text, source.segment.text):
            say(
                _("{ref} repeats the respondent: “{words}”. Reword it before partners read it.").format(
                    ref=made.ref, words=said
                )
            )


@command(
    "codes",
    N_(
        "Show or choose the codes from whose segments rows are made.\n\n"
        "Without a choice they are those that the program knows (M1 to M10, P3 to P7, O1 to O3, K5), as far as the "
        "codebook has them. A code stands for all below it. Undo brings back what was chosen before."
    ),
)
@argument("codes", N_("[CODE]..."), nargs=-1)
@option("--reset", is_flag=True, text=N_("Go back to the usual codes."))
@as_json
@pass_world
def codes(world: World, codes: tuple[str, ...], reset: bool, as_json: bool) -> None:
    from hsreview.workflows.building import EvidenceRole, building_codes, choose_codes, role_name, suggested

    if codes and reset:
        raise UsageProblem(_("Give either codes or --reset."))
    if codes or reset:
        with world.writing() as (project, coder):
            changed = choose_codes(project, coder, codes)
            found, chosen = building_codes(project)
        say(_("The codes were changed.") if changed else _("These are the codes already."))
    else:
        with world.reading() as project:
            found, chosen = building_codes(project)
    language = current_language()
    entries: list[BuildingCode] = [
        {
            "id": place.code.id, "ref": place.code.ref, "label": place.code.label.get(language),
            "kind": suggested(place).kind.value, "role": suggested(place).role.value,
            "stance": suggested(place).stance.value,
        }
        for place in found
    ]  # fmt: skip
    if as_json:
        emit_json({"chosen": chosen, "codes": entries})
        return
    emit_table(
        [_("code"), _("label"), _("suggests"), _("as")],
        [
            (each["ref"], each["label"], kind_word(each["kind"]), role_name(EvidenceRole(each["role"])))
            for each in entries
        ],
    )
