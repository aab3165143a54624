"""`overlay`: the codebook of another state as changes of a base, and what projects of several states have in common."""

from __future__ import annotations

from pathlib import Path

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.codebook_notes import checked
from hsreview.cli.codebook_versions import differences
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.states_print import emit_states, states_answer
from hsreview.cli.world import World, pass_world

overlay = group(
    "overlay",
    N_(
        "Derive the codebook of another state, and compare projects of several states.\n\n"
        "An overlay is a file that says what a state changes in a codebook: other words, codes that are not used and "
        "why, codes that are added, and how these compare. The base never changes. niger-sample is an invented one "
        "that comes with hsreview."
    ),
)
_base = option(
    "--base", metavar=N_("FILE"), type=PATH,
    text=N_("The codebook or overlay that it extends (else looked for beside it and among those of hsreview)."),
)  # fmt: skip


@sub(
    overlay,
    "check",
    N_(
        "Check an overlay on its base.\n\n"
        "Errors make it useless (exit code 3); warnings and notes are what a careful editor would ask about (exit code "
        "1). All of them are printed, each with its line."
    ),
)
@argument("name", N_("FILE"))
@_base
@as_json
def check(name: str, base: Path | None, as_json: bool) -> int:
    from hsreview.workflows.overlays import open_overlay, overlay_file

    return checked(lambda: open_overlay(overlay_file(name), base).notes, _("The overlay is in order."), as_json=as_json)


@sub(overlay, "show", N_("Show what the state's codebook will be: every difference from the base."))
@argument("name", N_("FILE"))
@_base
@as_json
def show(name: str, base: Path | None, as_json: bool) -> None:
    from hsreview.workflows.overlays import changes, open_overlay, overlay_file

    found = open_overlay(overlay_file(name), base)
    entry, made, changed = found.source.overlay, found.codebook, changes(found)
    if as_json:
        emit_json(
            {
                "codebook": made.ref,
                "version": made.version,
                "state": entry.state,
                "extends": entry.extends,
                "base_file": str(found.base_path),
                "changes": list(differences(changed)),
                "deactivated": [{"id": each.id, "reason": each.reason} for each in entry.deactivate],
                "map": [
                    {"code": each.from_, "to": each.to, "relation": each.relation, "note": each.note}
                    for each in entry.map
                ],
                "lexicon": entry.lexicon.model_dump(),
            }
        )
        return
    emit(_("{codebook} {version} ({state}) on {base}").format(
        codebook=made.ref, version=made.version, state=entry.state, base=entry.extends
    ))  # fmt: skip
    emit_lines(each.describe() for each in changed)
    emit_lines(_("{code} is not used: {reason}").format(code=each.id, reason=each.reason) for each in entry.deactivate)
    for each in entry.map:
        told = labelled(each.from_, f"{_(_RELATIONS[each.relation])} {each.to}".rstrip())
        emit(f"{told} ({each.note})" if each.note else told)
    for kind, words in entry.lexicon.model_dump().items():
        if words:
            emit(labelled(_(_LEXICON[kind]), ", ".join(words)))
    n = len(changed)
    say(ngettext("{n} difference.", "{n} differences.", n).format(n=n))


_RELATIONS = {
    "same": N_("means the same as"),
    "narrower": N_("is narrower than"),
    "broader": N_("is broader than"),
    "none": N_("compares with nothing"),
}
_LEXICON = {"places": N_("Places"), "actors": N_("Actors"), "languages": N_("Languages")}


@sub(
    overlay,
    "apply",
    N_(
        "Write the state's codebook.\n\n"
        "By the ending of its name: .yaml, .xlsx, .docx or .json. A project of that state begins with it: "
        "hsreview init DIR --codebook FILE. The path is printed."
    ),
)
@argument("name", N_("FILE"))
@option("-o", "--output", "path", metavar=N_("FILE"), type=PATH, required=True, text=N_("Where to write it."))
@_base
def apply(name: str, path: Path, base: Path | None) -> None:
    from hsreview.workflows.overlays import open_overlay, overlay_file, write_overlaid

    found = open_overlay(overlay_file(name), base)
    written = write_overlaid(found, path)
    n = len(found.notes)
    if n:
        told = ngettext(
            "{n} remark about the overlay. See: hsreview overlay check",
            "{n} remarks about the overlay. See: hsreview overlay check", n,
        )  # fmt: skip
        say(told.format(n=n))
    emit(str(written.resolve()))


@sub(
    overlay,
    "matrix",
    N_(
        "Count the codes that projects of several states have in common.\n\n"
        "Codes are compared by their ids and by the maps of overlays, never by their labels. Codings of narrower codes "
        "count with the code that they are mapped to; what does not compare is listed with the reason. Each PROJECT is "
        "a folder, and nothing in it is changed. The numbers are internal."
    ),
)
@argument("projects", N_("PROJECT..."), type=PATH, nargs=-1, required=True)
@option(
    "--layer", "layers", metavar=N_("NAME"), multiple=True,
    text=N_("Whose codings: one name for all projects, or one for each in their order."),
)  # fmt: skip
@option("-o", "--output", "path", metavar=N_("FILE.xlsx"), type=PATH, text=N_("Write the matrix as a workbook."))
@as_json
@pass_world
def matrix(
    world: World, projects: tuple[Path, ...], layers: tuple[str, ...], path: Path | None, as_json: bool
) -> None:  # fmt: skip
    from hsreview.workflows.states import compare_states, other_project, side, write_states

    if len(layers) not in (0, 1, len(projects)):
        raise UsageProblem(_("Give --layer once, or once for each project."))
    sides = []
    for number, folder in enumerate(projects):
        wish = layers[number % len(layers)] if layers else None
        with other_project(folder) as project:
            sides.append(side(project, wish, viewer=world.reader_elsewhere(project)))
    found = compare_states(sides)
    if as_json:
        emit_json(states_answer(found))
    elif path is None:
        emit_states(found)
    if path is not None:
        written = write_states(found, path).resolve()
        say(str(written)) if as_json else emit(str(written))
