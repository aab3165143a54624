"""`practice`: code a transcript against an answer key, outside of the data."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import ProjectUnavailable, UsageProblem
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.kit import PATH, argument, as_json, group, option, sub
from hsreview.cli.output import emit, emit_json, in_terminal, say, shortened
from hsreview.cli.values import TRANSCRIPT
from hsreview.cli.world import OpenWorkbench, World, pass_world
from hsreview.model.review import DifferenceKind

if TYPE_CHECKING:
    from hsreview.cli.answers.practice import LessonEntry
    from hsreview.workflows.practising import Lesson, Practice

KINDS = {
    DifferenceKind.SPLIT: N_("split"),
    DifferenceKind.BOUNDARY: N_("boundary"),
    DifferenceKind.EXTRA: N_("extra"),
    DifferenceKind.DIFFERENT: N_("different code"),
    DifferenceKind.MISSED: N_("missed"),
}

practice = group(
    "practice",
    N_(
        "Code a transcript against an answer key, and learn from each difference.\n\n"
        "\b\n"
        "hsreview practice start DIR            an invented transcript and its key\n"
        "hsreview practice start DIR --transcript cso-1 --key Awa\n"
        "hsreview -p DIR practice check\n\n"
        "It happens in a project of its own, so that nothing of it reaches the data; the key is shown nowhere."
    ),
    default="check",
)


@sub(
    practice,
    "start",
    N_(
        "Make a practice project and open it.\n\n"
        "Without --transcript it holds an invented interview and its key. The folder is printed; in a terminal the "
        "workbench opens. The words of a real transcript are copied into it: treat the folder as you treat the data."
    ),
)
@argument("folder", N_("[DIR]"), required=False, type=PATH)
@option("--transcript", metavar=N_("TRANSCRIPT"), type=TRANSCRIPT, text=N_("A transcript of this project."))
@option("--key", metavar=N_("LAYER|FILE.csv"), text=N_("The answer key: a layer of this project, or codings as CSV."))
@option("--key-coder", metavar=N_("NAME"), default="", text=N_("Whose codings of the CSV file are the key."))
@option("--no-open", is_flag=True, text=N_("Do not open the workbench."))
@pass_world
def start(
    world: World, folder: Path | None, transcript: str | None, key: str | None, key_coder: str, no_open: bool
) -> OpenWorkbench | None:
    from hsreview.workflows.practising import start as make
    from hsreview.workflows.practising import start_sample
    from hsreview.workflows.reading import find_transcript

    if (transcript is None) != (key is None):
        raise UsageProblem(_("--transcript and --key belong together: what is coded, and what it is compared with."))
    root = folder or Path(tempfile.mkdtemp(prefix="hsreview-practice-"))
    if transcript is None or key is None:
        made = start_sample(root)
    else:
        with world.reading() as project:
            found = find_transcript(project, transcript)
            made = make(project, root, found, key, world.reader(project), key_coder=key_coder)
    n = made.key
    said = ngettext("Practice on {name}; the key has {n} coding.", "Practice on {name}; the key has {n} codings.", n)
    say(said.format(name=made.transcript, n=n))
    say(
        _("When you have coded it and marked it as reviewed (R): {command}").format(
            command=f"hsreview -p {made.root} practice check"
        )
    )
    emit(str(made.root))
    if no_open or not in_terminal():
        return None
    return OpenWorkbench(made.root, made.coder.id, world.mouse)


@sub(
    practice,
    "check",
    N_(
        "Compare what you coded with the key: each difference with the rules of its codes.\n\n"
        "Mark the transcript as reviewed first."
    ),
)
@as_json
@pass_world
def check(world: World, as_json: bool) -> None:
    from hsreview.workflows.practising import check as compare

    try:
        with world.reading() as project:
            found = compare(project, world.reader(project))
    except ProjectUnavailable:
        if world.folder is not None:
            raise
        raise UsageProblem(_("There is no practice project here. Make one with: hsreview practice start DIR")) from None
    if as_json:
        feedback = found.feedback
        emit_json(
            {
                "transcript": found.transcript.name,
                "agreed": feedback.agreed,
                "key": feedback.key,
                "own": feedback.own,
                "counts": {kind.value: n for kind, n in feedback.counts.items()},
                "differences": [_entry(each, found) for each in found.lessons],
            }
        )
        return
    for each in found.lessons:
        _tell(each, found)
    _summary(found)


def _tell(each: Lesson, found: Practice) -> None:
    from hsreview.workflows.practising import said

    language = current_language()
    emit(f"{each.place}  {_(KINDS[each.deviation.kind])}  “{shortened(each.quote, 70)}”")
    emit("    " + said(each, found.refs))
    for code in each.codes:
        emit(f"    {code.ref} {code.label.get(language)}")
        for name, text in (
            (_("definition"), code.definition), (_("use when"), code.use), (_("do not use when"), code.not_use),
        ):  # fmt: skip
            if text.get(language):
                emit("        " + labelled(name, text.get(language)))


def _summary(found: Practice) -> None:
    feedback = found.feedback
    n = feedback.agreed
    said = ngettext("{n} place as in the key", "{n} places as in the key", n).format(n=n)
    kinds = [f"{_(KINDS[kind])} {count}" for kind, count in feedback.counts.items() if count]
    total = len(feedback.deviations)
    differing = ngettext("{n} difference", "{n} differences", total).format(n=total)
    if kinds:
        differing += f" ({', '.join(kinds)})"
    say(_("{same}; {differing}.").format(same=said, differing=differing))


def _entry(each: Lesson, found: Practice) -> LessonEntry:
    deviation = each.deviation
    return {
        "kind": deviation.kind.value,
        "start": deviation.start,
        "end": deviation.end,
        "place": each.place,
        "text": each.quote,
        "key": [found.refs.get(mark.code_id, "?") for mark in deviation.key],
        "own": [found.refs.get(mark.code_id, "?") for mark in deviation.own],
        "codes": [
            {
                "id": code.id,
                "code": code.ref,
                "label": {"en": code.label.en, "fr": code.label.fr},
                "definition": {"en": code.definition.en, "fr": code.definition.fr},
                "use": {"en": code.use.en, "fr": code.use.fr},
                "not_use": {"en": code.not_use.en, "fr": code.not_use.fr},
            }
            for code in each.codes
        ],
    }
