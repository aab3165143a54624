"""`codebook merge|split|move|rename|retire|deactivate|reactivate`: a lead changes which codes there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.output import emit, emit_json, emit_table, say, shortened
from hsreview.cli.values import CODE
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.codebook import CodeCount, CodeTally, TouchedCoding
    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.codebook_changes import CodebookChanged, Tally, Touched

Change = Callable[["Project", "Coder"], "CodebookChanged"]


def _how(required: bool) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The options that all changes have."""

    def add(function: Callable[..., None]) -> Callable[..., None]:
        said = N_("Why; it is stored with the change.")
        if required:
            because = option("--because", metavar=N_("TEXT"), required=True, text=said)
        else:
            because = option("--because", metavar=N_("TEXT"), default="", text=said)
        dry_run = option("--dry-run", is_flag=True, text=N_("Say what would change, and store nothing."))
        return because(dry_run(as_json(pass_world(function))))

    return add


def _change(world: World, change: Change, as_json: bool) -> None:
    with world.writing() as (project, coder):
        done = change(project, coder)
    if as_json:
        emit_json(_answer(done))
        return
    heads = [_("code"), _("label"), _("codings"), "→", _("transcripts"), "→", _("coders"), "→"]
    emit_table(
        heads,
        [
            (
                each.ref, each.label, each.before.codings, each.after.codings, each.before.transcripts,
                each.after.transcripts, each.before.coders, each.after.coders,
            )
            for each in done.counts
        ],
    )  # fmt: skip
    for each in done.touched:
        who = f"{each.coder} {each.pass_}".rstrip()
        emit(f"{each.transcript} {each.place}  {who}  {_becomes(each)}  [{each.coding_id}]")
        emit(f"    {shortened(each.text, 90)}")
    _say(done)


def _change_one(
    world: World, act: Callable[..., CodebookChanged], name: str, because: str, dry_run: bool, as_json: bool
) -> None:
    """Do what is asked of one code and nothing else."""
    from hsreview.workflows.codebook_changes import find_node

    def change(project: Project, coder: Coder) -> CodebookChanged:
        return act(project, coder, find_node(project, name).id, because=because, preview=dry_run)

    _change(world, change, as_json)


def _becomes(each: Touched) -> str:
    if each.waits:
        return f"{each.before} ({_('waits')})"
    return each.before if each.after == (each.before,) else f"{each.before} → {', '.join(each.after)}"


def _say(done: CodebookChanged) -> None:
    n = len(done.touched)
    say(ngettext("{n} coding touched.", "{n} codings touched.", n).format(n=n))
    if done.shared:
        said = ngettext(
            "{n} passage had both codes from one coder, and counts once now.",
            "{n} passages had both codes from one coder, and count once now.",
            done.shared,
        )
        say(said.format(n=done.shared))
    waiting = sum(each.waits for each in done.touched)
    if waiting:
        said = ngettext(
            "{n} coding waits for its coder to decide. See: hsreview recode",
            "{n} codings wait for their coders to decide. See: hsreview recode",
            waiting,
        )
        say(said.format(n=waiting))
    if done.stored:
        say(_("The codebook is at version {version} now.").format(version=done.version))
    else:
        say(_("Nothing was stored."))


def _answer(done: CodebookChanged) -> Mapping[str, object]:
    counts: list[CodeCount] = [
        {
            "id": each.code_id,
            "ref": each.ref,
            "label": each.label,
            "before": _tally(each.before),
            "after": _tally(each.after),
        }
        for each in done.counts
    ]
    codings: list[TouchedCoding] = [
        {
            "id": each.coding_id,
            "transcript_id": each.transcript_id,
            "transcript": each.transcript,
            "start": each.start,
            "end": each.end,
            "place": each.place,
            "coder_id": each.coder_id,
            "coder": each.coder,
            "pass": each.pass_,
            "before": each.before,
            "after": list(each.after),
            "waits": each.waits,
            "text": each.text,
        }
        for each in done.touched
    ]
    return {
        "stored": done.stored,
        "version": done.version,
        "new_code": done.new_code,
        "shared": done.shared,
        "counts": counts,
        "codings": codings,
    }


def _tally(tally: Tally) -> CodeTally:
    return {"codings": tally.codings, "transcripts": tally.transcripts, "coders": tally.coders}


@command(
    "merge",
    N_(
        "Merge codes into another one: CODE... INTO.\n\n"
        "The codings of all coders count for INTO from then on, memos and flags included; codes below a merged one "
        "move below INTO. Undo takes it back whole, and reactivate does so later. Every coding it touches is listed."
    ),
)
@argument("names", N_("CODE... INTO"), nargs=-1, required=True, type=CODE)
@_how(required=True)
def merge(world: World, names: tuple[str, ...], because: str, dry_run: bool, as_json: bool) -> None:
    from hsreview.workflows.codebook_changes import find_node, merge_codes

    if len(names) < 2:
        raise UsageProblem(_("Name the code that is merged, then the one that takes it over."))

    def change(project: Project, coder: Coder) -> CodebookChanged:
        *sources, into = (find_node(project, each).id for each in names)
        return merge_codes(project, coder, sources, into, because=because, preview=dry_run)

    _change(world, change, as_json)


@command(
    "split",
    N_(
        "Split a code: a part of its codings goes to another code, new (--new) or there already (--into).\n\n"
        "What becomes of your own codings you say by their ids; those without a word, and the codings of others, wait "
        "for their coders (hsreview recode). Nobody's codings are changed by somebody else."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@option("--into", metavar=N_("CODE"), type=CODE, text=N_("The other code, when there is one already."))
@option("--new", metavar=N_("NAME"), text=N_("The name of the new code."))
@option("--ref", metavar=N_("REF"), default="", text=N_("Reference of the new code; else the next free number."))
@option("--stays", metavar="ID", multiple=True, text=N_("This coding of mine stays; may be repeated."))
@option("--goes", metavar="ID", multiple=True, text=N_("This coding of mine goes to the other code; may be repeated."))
@option("--both", metavar="ID", multiple=True, text=N_("This coding of mine gets both codes; may be repeated."))
@_how(required=True)
def split(
    world: World, name: str, into: str | None, new: str | None, ref: str, stays: tuple[str, ...],
    goes: tuple[str, ...], both: tuple[str, ...], because: str, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    from hsreview.model.localized import Localized
    from hsreview.workflows.codebook_changes import find_node
    from hsreview.workflows.codebook_splitting import Choice, NewCode, split_code

    if (into is None) == (new is None):
        raise UsageProblem(_("Name the new code with --new, or one that is there already with --into."))
    decisions = {
        each: choice
        for choice, ids in ((Choice.STAYS, stays), (Choice.GOES, goes), (Choice.BOTH, both))
        for each in ids
    }
    if len(decisions) < len(stays) + len(goes) + len(both):
        raise UsageProblem(_("A coding is named twice: it stays, goes, or gets both codes."))

    def change(project: Project, coder: Coder) -> CodebookChanged:
        other = find_node(project, into).id if into else NewCode(Localized(fr=new or "", en=new or ""), ref)
        code = find_node(project, name).id
        return split_code(project, coder, code, other, decisions, because=because, preview=dry_run)

    _change(world, change, as_json)


@command(
    "move",
    N_("Move a code below a theme or another code, or before or after another code; a theme among the themes."),
)
@argument("name", N_("CODE"), type=CODE)
@option("--under", metavar=N_("CODE"), text=N_("The theme or code below which it comes, at the end."))
@option("--before", metavar=N_("CODE"), type=CODE, text=N_("The code (or theme) before which it comes."))
@option("--after", metavar=N_("CODE"), type=CODE, text=N_("The code (or theme) after which it comes."))
@_how(required=False)
def move(
    world: World, name: str, under: str | None, before: str | None, after: str | None, because: str, dry_run: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from hsreview.workflows.codebook_changes import find_node, move_code

    def change(project: Project, coder: Coder) -> CodebookChanged:
        node, *places = (
            find_node(project, each, themes=True).id if each else None for each in (name, under, before, after)
        )
        assert node is not None
        return move_code(
            project, coder, node, under=places[0], before=places[1], after=places[2], because=because, preview=dry_run
        )

    _change(world, change, as_json)


@command(
    "rename",
    N_(
        "Give a code or theme another reference or another label.\n\n"
        "It stays the same code, with its codings; modifiers and passes that name it follow. A change of meaning is "
        "not a new name: propose or split off a new code for it."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@option("--ref", metavar=N_("REF"), default="", text=N_("The new reference, one that was never used."))
@option("--fr", metavar=N_("TEXT"), text=N_("The new label in French."))
@option("--en", metavar=N_("TEXT"), text=N_("The new label in English."))
@_how(required=False)
def rename(
    world: World, name: str, ref: str, fr: str | None, en: str | None, because: str, dry_run: bool, as_json: bool
) -> None:
    from hsreview.workflows.codebook_changes import find_node, rename_code

    labels = {language: text for language, text in (("fr", fr), ("en", en)) if text is not None}

    def change(project: Project, coder: Coder) -> CodebookChanged:
        node = find_node(project, name, themes=True).id
        return rename_code(project, coder, node, ref=ref, labels=labels, because=because, preview=dry_run)

    _change(world, change, as_json)


@command(
    "retire",
    N_(
        "Take a code, and the codes below it, out of the codebook.\n\n"
        "Its codings stay and keep it; nobody can code with it any more. reactivate brings it back."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@_how(required=True)
def retire(world: World, name: str, because: str, dry_run: bool, as_json: bool) -> None:
    from hsreview.workflows.codebook_changes import retire_code

    _change_one(world, retire_code, name, because, dry_run, as_json)


@command(
    "deactivate",
    N_(
        "Set a code aside: it stays in its place with its codings, and takes no new ones.\n\n"
        "The codes below it stay in use. reactivate ends it."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@_how(required=True)
def deactivate(world: World, name: str, because: str, dry_run: bool, as_json: bool) -> None:
    from hsreview.workflows.codebook_changes import deactivate_code

    _change_one(world, deactivate_code, name, because, dry_run, as_json)


@command(
    "reactivate",
    N_(
        "Use a code again that was deactivated, retired, refused or merged.\n\n"
        "A merged one gets its codings back: those that were made with it."
    ),
)
@argument("name", N_("CODE"), type=CODE)
@_how(required=False)
def reactivate(world: World, name: str, because: str, dry_run: bool, as_json: bool) -> None:
    from hsreview.workflows.codebook_changes import reactivate_code

    _change_one(world, reactivate_code, name, because, dry_run, as_json)


CHANGES = (merge, split, move, rename, retire, deactivate, reactivate)
"""The commands, in the order in which help lists them."""
