"""`mask`: replace names in texts that are stored already, and erase what held them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.base.terminal import visible
from hsreview.cli.asking import agreed
from hsreview.cli.kit import argument, as_json, command, option
from hsreview.cli.names_kit import KIND, KeyPlace, alike_option, capital_only, key_options
from hsreview.cli.output import cells, emit_json, emit_lines, emit_table, say
from hsreview.cli.world import World, pass_world
from hsreview.model.naming import NameClass

if TYPE_CHECKING:
    from hsreview.cli.answers.masking import MaskPlanned
    from hsreview.cli.answers.names import NamePlace
    from hsreview.workflows.masking import Done, Place, Plan


@command(
    "mask",
    N_(
        "Replace names in texts that are stored already.\n\n"
        "NAME is a number of the register or a name as it is written (which the history of your shell may keep); "
        "--from-register takes all that are decided. Each transcript in which one stands gets a new text, codings and "
        "memos stay on their words, and memos, labels and other records that hold it are told anew. The older texts "
        "and records are erased: in the project file, its index and its backups. Nothing undoes it."
    ),
)
@argument("names", N_("[NAME...]"), nargs=-1)
@option("--as", "replacement", metavar=N_("TEXT"), default="", text=N_("What stands in its place (for one name)."))
@option("--class", "kind", type=KIND, text=N_("The class of a name that is not in the register yet."))
@alike_option
@capital_only
@option("--from-register", is_flag=True, text=N_("Mask every name of the register that is replaced."))
@option("--dry-run", is_flag=True, text=N_("Only tell what would change."))
@option("--yes", is_flag=True, text=N_("Do not ask."))
@key_options
@as_json
@pass_world
def mask(
    world: World, names: tuple[str, ...], replacement: str, kind: str | None, alike: bool, cased: bool | None,
    from_register: bool, dry_run: bool, yes: bool, key_file: Path | None, secret_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    from hsreview.workflows.key_files import opened
    from hsreview.workflows.masking import check_may, in_words, only, plan
    from hsreview.workflows.masking import mask as carry_out
    from hsreview.workflows.names import Deciding, State, occurs_in

    if bool(names) == from_register:
        raise UsageProblem(_("Name what is masked, or take all with --from-register."))
    if replacement and len(names) != 1:
        raise UsageProblem(_("--as says what stands in the place of one name."))
    with world.writing() as (project, coder):
        check_may(project, coder)
        place = KeyPlace(key_file, secret_file)
        acts = Deciding(opened(project, place.ask(), place.file), coder.id, occurs=occurs_in(project))
        chosen = []
        with acts.as_one():
            for word in names:
                number = acts.number_of(word, NameClass(kind) if kind else None)
                name = acts.register.numbered(number)
                if replacement or cased is not None or name is None or name.state in (State.OPEN, State.KEPT):
                    acts.accept(number, replacement or (name.replacement if name else ""), cased=cased, alike=alike)
                chosen.append(number)
        if from_register:
            chosen = [name.number for name in acts.register.names if name.replacement and not name.kept]
        planned = plan(project, coder, acts.register, chosen, _show_progress)
        if planned.is_empty:
            if as_json:
                emit_json({**_planned(planned)})
            for line in in_words(planned):
                say(line)
            return EXIT_DONE
        if not as_json or dry_run:
            _show(planned, in_words(planned), as_json=as_json)
        if dry_run:
            say(_("This was a dry run: nothing was changed."))
            return EXIT_DONE
        if not yes:
            _insist()
        acts.save()  # Before anything is erased: a pseudonym of which nobody knows whose it is would be worse.
        done = carry_out(project, coder, planned, only(acts.register, chosen))
    return _tell(planned, done, as_json=as_json)


def _planned(planned: Plan) -> MaskPlanned:
    return {
        "texts": [
            {"transcript_id": each.id, "transcript": each.name, "places": each.places, "erased_texts": each.texts}
            for each in planned.texts
        ],
        "things": dict(planned.things),
        "codebook": [
            {"what": each.what, "ref": each.ref, "field": each.place, "after": each.after} for each in planned.codebook
        ],
        "shipped": list(planned.authors),
        "carried": dict(planned.carried),
        "sent": [{"name": each.name, "kind": each.kind, "at": each.at} for each in planned.sent],
        "parts": [
            {"form": each.form, "number": each.number or None, "places": _places(each.places)} for each in planned.parts
        ],
    }


def _places(found: Sequence[Place]) -> list[NamePlace]:
    return [{"kind": each.kind, "where": each.where, "names": list(each.names), "count": each.count} for each in found]


def _show(planned: Plan, lines: list[str], *, as_json: bool) -> None:
    if as_json:
        emit_json({**_planned(planned)})
        return
    emit_lines(lines)
    if planned.sent:
        n = len(planned.sent)
        text = ngettext(
            "{n} file went out since these texts are in the project; it may hold the names:",
            "{n} files went out since these texts are in the project; they may hold the names:",
            n,
        )
        emit_lines([text.format(n=n), *(f"  {each.at[:10]} {visible(each.name)}" for each in planned.sent)])


def _show_progress(done: int, count: int) -> None:
    if sys.stderr.isatty():
        line = _("Looking for names: {done} of {count} transcripts").format(done=done, count=count)
        sys.stderr.write(f"\r{line}" if done < count else f"\r{' ' * cells(line)}\r")
        sys.stderr.flush()


def _insist() -> None:
    if not sys.stdin.isatty():
        raise UsageProblem(_("This cannot be undone, and nobody can be asked here: add --yes. Nothing was changed."))
    if not agreed(_("This cannot be undone. Mask these names?")):
        raise click.Abort


def _tell(planned: Plan, done: Done, *, as_json: bool) -> int:
    from hsreview.workflows.masking import done_in_words

    if as_json:
        emit_json(
            {**_planned(planned), "left": _places(done.left), "unread": list(done.unread), "done": done.cleared.done}
        )
    elif done.left:
        emit_table(
            [_("what"), _("where"), _("names"), _("how often")],
            [(each.label, each.where, ", ".join(map(str, each.names)), each.count) for each in done.left],
        )
    for line in done_in_words(planned, done):
        say(line)
    return EXIT_FOUND if done.left or not done.cleared.done else EXIT_DONE
