"""What is done to the files before they are stored: roles, labels, encoding, leaving out; and storing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible_block
from hsreview.model.text import Role
from hsreview.tui.screens.staging_files import ROLE_NAMES, transcript_of
from hsreview.tui.screens.staging_names import is_busy, is_up_to_date, names
from hsreview.tui.widgets.rows import Column, Row

if TYPE_CHECKING:
    from hsreview.tui.screens.staging import StagingScreen
    from hsreview.workflows.importing import Staged
    from hsreview.workflows.pseudonymising import Pseudonymising

ENCODINGS = ("utf-8", "cp1252", "iso-8859-15", "mac-roman", "utf-16")
SOME = 5
"""How many of the names that are not decided are named."""


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
    from hsreview.workflows.key_files import has_key_file

    if is_busy(screen):
        return
    if not screen.files.wanted():
        screen.say(_("There is nothing to store."))
        return
    names = screen.keeper.names if screen.keeper is not None else None
    if names is None and screen.files.fresh() and has_key_file(screen.session.project):
        _ask_plain(screen)
    elif names is None:
        _store_all(screen, None, "")
    elif not is_up_to_date(screen):
        key = screen.key("staging.names")
        screen.say(_("The files changed since names were looked for: {key} looks again.").format(key=key))
    elif names.undecided:
        _ask_why(screen, names)
    else:
        _store_called(screen, names, "")


def _ask_plain(screen: StagingScreen) -> None:
    """In a project with a key file, names stay as they are only where somebody says so, and why."""
    from hsreview.tui.actions import find
    from hsreview.tui.widgets.key_menu import Entry

    def done(reason: str) -> None:
        if not reason.strip():
            raise UsageProblem(_("Write a reason, or go back with Esc."))
        _store_all(screen, None, reason.strip())

    keys = screen.workbench.keymap.keys(find("staging.names"))
    entries = [
        Entry(keys, _("Look for the names first, to replace them"), lambda: names(screen)),
        Entry(("p",), _("Store with the names as they are"), lambda: screen.ask(_("Why do the names stay?"), done)),
    ]
    screen.show_menu(_("This project has a key file for names"), entries)


def _ask_why(screen: StagingScreen, names: Pseudonymising) -> None:
    """Names that nobody decided about are stored only with a reason, which is noted as a memo."""
    left = names.undecided
    told = ngettext(
        "{n} name is not decided. Why is it stored all the same?",
        "{n} names are not decided. Why are they stored all the same?",
        len(left),
    )
    screen.say(", ".join([*(name.form for name in left[:SOME]), *(["…"] if len(left) > SOME else [])]), "warn")

    def done(reason: str) -> None:
        if not reason.strip():
            raise UsageProblem(_("Write a reason, or go back with Esc and decide."))
        _store_called(screen, names, reason.strip())

    screen.ask(told.format(n=len(left)), done, given_up=lambda: screen.say(""))


def _store_called(screen: StagingScreen, names: Pseudonymising, reason: str) -> None:
    """Store, once it is told what respondents and files will be called, where that is not as now."""
    from hsreview.tui.widgets.key_menu import Entry
    from hsreview.workflows.pseudonymising import called_in_words

    told = called_in_words(screen.session.project, names)
    if told:
        screen.say(told)
        store = Entry(("enter",), _("Store under these names"), lambda: _store_all(screen, names, reason))
        screen.show_menu(_("Nothing is stored yet"), [store])
    else:
        _store_all(screen, names, reason)


def _store_all(screen: StagingScreen, names: Pseudonymising | None, reason: str) -> None:
    coder = screen.workbench.coder()
    wanted, fresh = screen.files.wanted(), {each.file for each in screen.files.fresh()}
    screen.storing = True
    root, paths = screen.session.project.root, list(screen.paths)

    def told(entries: Sequence[Staged]) -> Iterator[Staged]:
        for number, entry in enumerate(entries, 1):
            screen.progress = _("Storing {number} of {total} …").format(number=number, total=len(entries))
            screen.call_later(screen.say, screen.progress)
            yield entry

    def work() -> str:
        from hsreview.workflows.importing import respondent_rows, store
        from hsreview.workflows.plain_names import note_plain
        from hsreview.workflows.projects import Project
        from hsreview.workflows.pseudonymising import store_with_pseudonyms

        try:
            with Project.open(root) as project:
                if names is None:
                    report = store(project, coder, told(wanted), respondents=respondent_rows(paths))
                    note_plain(project, coder, report.stored, reason)
                else:
                    known = [each for each in wanted if each.file not in fresh]
                    report = store_with_pseudonyms(project, coder, names, known, reason, told=told)
        finally:
            screen.storing = False
        screen.stored = bool(report.stored or report.known)
        parts = [ngettext("{count} transcript stored.", "{count} transcripts stored.", len(report.stored))]
        said = parts[0].format(count=len(report.stored))
        if report.known:
            known_said = ngettext("{count} was here already.", "{count} were here already.", len(report.known))
            said += " " + known_said.format(count=len(report.known))
        if report.refused:
            first = report.refused[0]
            said += " " + _("Refused: {name}: {reason}").format(name=first.file.name, reason=first.reason)
        if names is not None:
            said += " " + _("Names may remain: the texts are pseudonymised, which does not make them anonymous.")
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
    "staging.names": names,
    "staging.leave_out": _leave_out,
    "staging.encoding": _encoding,
    "staging.labels": _labels,
    "staging.interviewer": _role(Role.INTERVIEWER),
    "staging.respondent": _role(Role.RESPONDENT),
    "staging.other": _role(Role.OTHER),
}
