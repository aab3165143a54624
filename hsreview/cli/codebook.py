"""`codebook`: check, show, import, export; its other commands stand in modules of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.answers.codebook import CodeEntry
from hsreview.cli.codebook_changes import CHANGES
from hsreview.cli.codebook_notes import checked
from hsreview.cli.codebook_versions import diff, differences, name, versions
from hsreview.cli.export_public import tell_unrecorded, to_whom
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, emit_lines, say
from hsreview.cli.proposals import decide, proposals, propose
from hsreview.cli.values import CODE
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.workflows.reading import Codebook, CodePlace

codebook = group(
    "codebook",
    N_(
        "Check, show, import, export and compare codebooks.\n\n"
        "FILE is a codebook as .yaml or .xlsx; critical-review is the one that comes with hsreview."
    ),
)


@sub(
    codebook,
    "check",
    N_(
        "Check a codebook file.\n\n"
        "Errors make a file useless (exit code 3); warnings and notes are what a careful editor would ask about (exit "
        "code 1). All of them are printed, each with its line."
    ),
)
@argument("name", N_("FILE"))
@as_json
def check(name: str, as_json: bool) -> int:
    from hsreview.workflows.codebooks import check_codebook, codebook_file

    return checked(lambda: check_codebook(codebook_file(name)), _("The codebook is in order."), as_json=as_json)


@sub(
    codebook,
    "show",
    N_(
        "Show the project's codebook, or the rules of one code.\n\n"
        "Codings are counted over all coders together, in their own layers; while you code blind, without those that "
        "you may not see yet."
    ),
)
@argument("code", N_("[CODE]"), required=False, type=CODE)
@as_json
@pass_world
def show(world: World, code: str | None, as_json: bool) -> None:
    from hsreview.workflows.reading import code_usage, find_code
    from hsreview.workflows.reading import codebook as read

    with world.reading() as project:
        book = read(project)
        usage = code_usage(project, viewer=world.reader(project))
        chosen = find_code(book, code) if code else None
    places = [place for place in book.codes() if chosen is None or place.code.id == chosen.id]
    if as_json:
        entries = [_entry(place, usage.get(place.code.id, (0, 0))) for place in places]
        emit_json({"codebook": book.ref, "version": book.version, "title": book.title.to_json(), "codes": entries})
    elif chosen is not None:
        emit_lines(_rules(places[0]))
    elif not book.ref and not places:
        say(_("The project has no codebook yet. See: hsreview codebook import --help"))
    else:
        emit_lines(_tree(book, usage))


_STATUS_WORDS = {"proposed": N_("proposed"), "retired": N_("retired")}


def _entry(place: CodePlace, used: tuple[int, int]) -> CodeEntry:
    code = place.code
    texts = {name: getattr(code, name).to_json() for name in ("label", "definition", "use", "not_use", "example")}
    return {
        "id": code.id,
        "ref": code.ref,
        "label": texts["label"],
        "definition": texts["definition"],
        "use": texts["use"],
        "not_use": texts["not_use"],
        "example": texts["example"],
        "theme": place.theme.ref,
        "parent": place.parents[-1].ref if place.parents else None,
        "questions": list(place.questions),
        "groups": list(code.groups),
        "codable": code.codable,
        "status": code.status.value,
        "codings": used[0],
        "transcripts": used[1],
    }


def _tree(book: Codebook, usage: dict[str, tuple[int, int]]) -> Iterator[str]:
    language = current_language()
    yield _("{title}, version {version}").format(title=book.title.get(language), version=book.version)
    if book.derived is not None:
        told = _("{state}: made from {base} {version} by the overlay {overlay}")
        yield told.format(
            state=book.base_state, base=book.derived.base, version=book.derived.base_version,
            overlay=", ".join(book.derived.overlays),
        )  # fmt: skip
    for question in book.questions:
        yield f"{question.ref}  {question.text.get(language)}"
    theme = None
    for place in book.codes():
        if theme is not place.theme:
            theme = place.theme
            yield ""
            yield f"{theme.ref}  {theme.label.get(language)}"
        codings, transcripts = usage.get(place.code.id, (0, 0))
        indent = "  " * (len(place.parents) + 1)
        line = f"{indent}{place.code.ref}  {place.code.label.get(language)}"
        if place.code.status != "active":
            line += f"  ({_(_STATUS_WORDS.get(place.code.status, place.code.status))})"
        elif not place.code.codable:
            line += f"  ({_('not for coding')})"
        if codings:
            line += "  " + _("[codings of all coders: {n}, transcripts: {m}]").format(n=codings, m=transcripts)
        yield line


def _rules(place: CodePlace) -> Iterator[str]:
    language = current_language()
    code = place.code
    yield f"{code.ref}  {place.path(language)}"
    for title, text in (
        (_("Definition"), code.definition),
        (_("When to use"), code.use),
        (_("When not to use"), code.not_use),
        (_("Example"), code.example),
    ):
        if text:
            yield labelled(title, text.get(language))


@sub(
    codebook,
    "import",
    N_(
        "Make a codebook file the project's codebook.\n\n"
        "A new version replaces the old one; codes that it lacks but that are used are retired. A file with errors "
        "is refused whole, with every error and its line. What changed is printed."
    ),
)
@argument("name", N_("FILE"))
@as_json
@pass_world
def import_(world: World, name: str, as_json: bool) -> None:
    from hsreview.workflows.codebooks import codebook_file, import_codebook

    with world.writing() as (project, coder):
        done = import_codebook(project, coder, codebook_file(name))
    book = done.codebook
    if as_json:
        emit_json({"codebook": book.ref, "version": book.version, "changes": list(differences(done.changes))})
    n = len(list(book.codes()))
    if not done.changes:
        say(_("The project has exactly this codebook already."))
        return
    said = ngettext("{title}, version {version}: {n} code.", "{title}, version {version}: {n} codes.", n)
    say(said.format(title=book.title.get(current_language()), version=book.version, n=n))


@sub(
    codebook,
    "export",
    N_(
        "Write the project's codebook to a file.\n\n"
        "By the ending of its name: .yaml and .xlsx can be imported again, .docx is for printing, .json for programs. "
        "The path is printed."
    ),
)
@argument("path", N_("FILE"), type=PATH)
@option(
    "--lang",
    type=click.Choice(["fr", "en", "both"]),
    default="both",
    show_default=True,
    text=N_("Language of a printed codebook."),
)
@to_whom
@pass_world
def export(world: World, path: Path, lang: str, to_whom: str) -> None:
    from hsreview.workflows.codebooks import export_codebook
    from hsreview.workflows.outputs import record_output
    from hsreview.workflows.reading import codebook as read

    with world.reading() as project:
        book = read(project)
        if not book.ref:
            raise InputRefused(_("The project has no codebook yet. See: hsreview codebook import --help"))
        written = export_codebook(book, path, lang=lang)
        viewer = world.reader(project)
        record_output(
            project, viewer, written, "codebook", recipient=to_whom,
            details={"codebook": book.ref, "codebook_version": book.version},
        )  # fmt: skip
        tell_unrecorded(project, viewer, written)
    emit(str(written.resolve()))


for _each in (proposals, propose, decide, *CHANGES, versions, name, diff):
    codebook.add_command(_each)
