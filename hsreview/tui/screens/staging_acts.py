"""What is done to the files before they are stored: roles, labels, encoding, leaving out; and storing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible_block
from hsreview.model.text import Role
from hsreview.tui.screens.staging_files import ROLE_NAMES, transcript_of
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.screens.staging import StagingScreen
    from hsreview.workflows.importing import Staged

ENCODINGS = ("utf-8", "cp1252", "iso-8859-15", "mac-roman", "utf-16")


def _role(role: Role) -> Callable[[StagingScreen], None]:
    def handler(screen: StagingScreen) -> None:
        entry, row = screen.current_entry(), screen.speakers.current
        staged = transcript_of(entry)
        if entry is None or staged is None or row is None:
            return
        screen.files.named.setdefault(entry.file, {})[row.key] = role
        speakers = tuple(replace(s, role=role) if s.label == row.key else s for s in staged.speakers)
        screen.replace_current(replace(entry, transcript=replace(staged, speakers=speakers)))  # type: ignore[arg-type]

    return handler


def _leave_out(screen: StagingScreen) -> None:
    entry = screen.current_entry()
    if entry is not None:
        screen.files.leave_out(entry.file)
        screen.reread()


def _encoding(screen: StagingScreen) -> None:
    from hsreview.tui.widgets.chooser import Choice

    entry = screen.current_entry()
    staged = transcript_of(entry)
    if entry is None or (staged is not None and not staged.encoding):
        screen.say(_("The format of this file says how it is encoded."))
        return
    readings = staged.readings if staged else {}
    names = list(dict.fromkeys([*readings, *ENCODINGS]))
    rows = [Row(name, (name, readings.get(name, ""))) for name in names]

    choice = Choice(
        _("Read {name} as").format(name=entry.file.name),
        lambda query: [row for row in rows if query in row.key],
        lambda row: screen.workbench.guarded(lambda: screen.read_again(entry, row.key)),
        (Column("", 14, hued=True), Column("")),
        total=len(rows),
    )
    screen.choose(choice)


def _labels(screen: StagingScreen) -> None:
    entry = screen.current_entry()
    staged = transcript_of(entry)
    if entry is None or staged is None:
        screen.say(_("This file was refused: it has no labels."))
        return

    def done(answer: str) -> None:
        from hsreview.workflows.importing import speaker_roles, unheard

        typed = speaker_roles(answer)
        screen.files.named[entry.file] = typed
        if not typed or not screen.read_again(entry, staged.encoding or None):
            return
        now = transcript_of(screen.current_entry() or entry)
        missing = unheard(typed, [speaker.label for speaker in now.speakers] if now else [])
        turns = ngettext("{n} turn now.", "{n} turns now.", len(now.turns) if now else 0)
        said = turns.format(n=len(now.turns) if now else 0)
        screen.say(" ".join([said, *missing]), "warn" if missing else "")

    known = ",".join(f"{speaker.label}={_(ROLE_NAMES[speaker.role])}" for speaker in staged.speakers)
    example = _("Interviewer=interviewer,Mrs D.=respondent")
    screen.ask(_("Labels at the beginning of lines, such as {example}:").format(example=example), done, text=known)


def _store(screen: StagingScreen) -> None:
    coder = screen.workbench.coder()
    wanted = screen.files.wanted()
    if screen.storing:
        screen.say(screen.progress)
        return
    if not wanted:
        screen.say(_("There is nothing to store."))
        return
    screen.storing = True
    root, paths = screen.session.project.root, list(screen.paths)

    def told() -> Iterator[Staged]:
        for number, entry in enumerate(wanted, 1):
            screen.progress = _("Storing {number} of {total} …").format(number=number, total=len(wanted))
            screen.call_later(screen.say, screen.progress)
            yield entry

    def work() -> str:
        from hsreview.workflows.importing import respondent_rows, store
        from hsreview.workflows.projects import Project

        try:
            with Project.open(root) as project:
                report = store(project, coder, told(), respondents=respondent_rows(paths))
        finally:
            screen.storing = False
        screen.stored = bool(report.stored or report.known)
        parts = [ngettext("{count} transcript stored.", "{count} transcripts stored.", len(report.stored))]
        said = parts[0].format(count=len(report.stored))
        if report.known:
            known = ngettext("{count} was here already.", "{count} were here already.", len(report.known))
            said += " " + known.format(count=len(report.known))
        if report.refused:
            first = report.refused[0]
            said += " " + _("Refused: {name}: {reason}").format(name=first.file.name, reason=first.reason)
        return " ".join([said, *report.warnings])

    workbench = screen.workbench

    def done(answer: str) -> None:
        if screen.stored and workbench.screen is screen:
            workbench.pop_screen()
        workbench.refresh_screens()
        workbench.notify(visible_block(answer), markup=False)

    workbench.in_background(work, done)


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    "staging.store": _store,
    "staging.leave_out": _leave_out,
    "staging.encoding": _encoding,
    "staging.labels": _labels,
    "staging.interviewer": _role(Role.INTERVIEWER),
    "staging.respondent": _role(Role.RESPONDENT),
    "staging.other": _role(Role.OTHER),
}
