"""`import`: transcripts from files and folders."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hsreview.base.errors import EXIT_DONE, EXIT_FOUND, EXIT_REFUSED, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.guard import EXIT_INTERRUPTED
from hsreview.cli.kit import PATH, argument, as_json, command, option
from hsreview.cli.names_kit import KeyPlace, key_options
from hsreview.cli.output import PROGRESS, cells, clear_line, emit_json, say, shortened
from hsreview.cli.pseudonymised import Wish
from hsreview.cli.values import known_encoding, pairs
from hsreview.cli.world import World, pass_world

if TYPE_CHECKING:
    from hsreview.cli.answers.importing import ImportedFile
    from hsreview.model.staging import StagedRespondent
    from hsreview.model.text import Role
    from hsreview.workflows.importing import ImportOptions, ImportReport, Refused, Staged

ALIKE = 3
"""How many files of one unread type are told one by one."""


@dataclass
class _Reading:
    """Files as they are read one by one; Ctrl-C stops between two of them."""

    files: tuple[Path, ...]
    settings: Mapping[str, Any]
    refused: list[Refused] = field(default_factory=list)
    stopped: bool = False

    def staged(self) -> Iterator[Staged]:
        from hsreview.workflows.importing import Refused, stage_files

        for entry in stage_files(self.files, progress=_show_progress, cancelled=lambda: self.stopped, **self.settings):
            if isinstance(entry, Refused):
                self.refused.append(entry)
            else:
                yield entry

    @contextmanager
    def stoppable(self) -> Iterator[None]:
        """Let the first Ctrl-C finish the present file; the second one stops at once."""

        def stop(_signal: int, _frame: object) -> None:
            self.stopped = True
            signal.signal(signal.SIGINT, before)
            say(_("Stopping after this file …"))

        before = signal.signal(signal.SIGINT, stop)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
            clear_line()


@command(
    "import",
    N_(
        "Import transcripts.\n\n"
        "Reads txt, md, docx, odt, rtf, pdf, vtt, srt, and xlsx or csv with a row for each turn. Folders are walked; "
        "READMEs and the like are skipped. A table respondents.csv or respondents.xlsx beside the transcripts says who "
        "is behind each file. Nothing is asked: encoding, convention and roles are stored as proposed, and doubts are "
        "printed. A refused file does not stop the others (exit code 3)."
    ),
)
@argument("paths", N_("FILE|DIR..."), nargs=-1, required=True, type=PATH)
@option("--group", metavar=N_("GROUP"), default="", text=N_("Respondent group of these transcripts, such as cso."))
@option(
    "--attribute",
    "attributes",
    metavar=N_("NAME=VALUE"),
    multiple=True,
    text=N_("An attribute of these transcripts, such as region=Gao; may be repeated."),
)
@option(
    "--language", type=click.Choice(["fr", "en", "mixed"]),
    text=N_("Language of the transcripts (else it is guessed)."),
)  # fmt: skip
@option(
    "--encoding",
    metavar=N_("NAME"),
    callback=known_encoding,
    text=N_("Encoding of text files, such as cp1252 (else it is found out)."),
)
@option(
    "--speakers",
    metavar=N_("LABEL=ROLE,..."),
    text=N_("Roles of labels: interviewer, respondent or other, such as INT=interviewer,R1=respondent."),
)
@option("--as", "name", metavar=N_("NAME"), text=N_("Name of the transcript, for a single file."))
@option("--dry-run", is_flag=True, text=N_("Only show what would be imported; nothing is stored."))
@option(
    "--pseudonymise",
    is_flag=True,
    text=N_("Replace names first: what is decided in the key file; while names are not decided, nothing is stored."),
)
@option(
    "--accept-undecided",
    "undecided",
    metavar=N_("REASON"),
    default="",
    text=N_("Store although names are not decided; the reason is noted as a memo."),
)
@option(
    "--plain-names",
    "plain",
    metavar=N_("REASON"),
    default="",
    text=N_("Store texts with their names although the project has a key file; the reason is noted as a memo."),
)
@option("--codes", is_flag=True, text=N_("Propose codes such as P12 in place of invented names."))
@option("--no-model", is_flag=True, text=N_("Look for names with rules and lists alone, without a language model."))
@key_options
@as_json
@pass_world
def import_(
    world: World, paths: tuple[Path, ...], group: str, attributes: tuple[str, ...], language: str | None,
    encoding: str | None, speakers: str | None, name: str | None, dry_run: bool, pseudonymise: bool, undecided: str,
    plain: str, codes: bool, no_model: bool, key_file: Path | None, secret_file: Path | None, as_json: bool,
) -> int:  # fmt: skip
    from hsreview.workflows.importing import ImportOptions, files_in, respondent_rows, speaker_roles, store
    from hsreview.workflows.plain_names import check_plain, note_plain

    if pseudonymise and plain:
        raise UsageProblem(_("Choose one of --pseudonymise and --plain-names."))
    roles: Mapping[str, Role] = speaker_roles(speakers) if speakers else {}
    options = ImportOptions(group, pairs(attributes, "--attribute"), language or "", name or "", roles)
    missing = [path for path in paths if _missing(path)]
    walk = files_in([path for path in paths if path not in missing])
    count = len(walk.files) + len(missing)
    if name and count != 1:
        raise UsageProblem(_("--as names one transcript; {n} files were given.").format(n=count))
    reading = _Reading(walk.files, {"encoding": encoding, "speakers": roles, "language": language})
    left = [(path, "refused", _("There is no such file or folder.")) for path in missing]
    left += [(each.path, "refused" if each.unsupported else "skipped", each.reason) for each in walk.skipped]
    unread = {each.path for each in walk.skipped if each.unsupported}
    respondents = respondent_rows([path for path in paths if os.path.lexists(path)])
    if pseudonymise:
        wish = Wish(KeyPlace(key_file, secret_file), undecided, codes, not no_model, dry_run)
        return _with_pseudonyms(world, reading, options, respondents, left, unread, wish, as_json)
    if dry_run:
        if respondents:
            text = ngettext("Table of respondents: {n} row.", "Table of respondents: {n} rows.", len(respondents))
            say(text.format(n=len(respondents)))
        return _dry_run(world, reading, name, respondents, left, unread, as_json)
    with world.writing() as (project, coder), reading.stoppable():
        check_plain(project, plain)
        report = store(project, coder, reading.staged(), options, respondents)
        note_plain(project, coder, report.stored, plain)
    return _tell_all(reading, report, left, unread, as_json, {})


def _with_pseudonyms(
    world: World, reading: _Reading, options: ImportOptions, respondents: Sequence[StagedRespondent],
    left: list[tuple[Path, str, str]], unread: Collection[Path], wish: Wish, as_json: bool,
) -> int:  # fmt: skip
    from hsreview.cli.pseudonymised import import_with_pseudonyms, say_stored, tell_waiting

    with world.writing() as (project, coder), reading.stoppable():
        outcome = import_with_pseudonyms(
            project, coder, list(reading.staged()), options, respondents, wish, lambda: reading.stopped
        )
    if outcome is None:
        say(_("Stopped."))
        return EXIT_INTERRUPTED
    names = {"names": list(outcome.waiting), "engines": list(outcome.engines)}
    tell_waiting(outcome, listed=not as_json)
    if outcome.report is None:
        bad = [(path, reason) for path, status, reason in left if status == "refused"]
        _tell_refused([*((each.file, each.reason) for each in reading.refused), *bad], unread)
        if as_json:
            emit_json({"files": [], "warnings": [], **names})
        say(_("Nothing was stored."))
        return EXIT_FOUND if outcome.waiting else EXIT_DONE
    say_stored()
    return _tell_all(reading, outcome.report, left, unread, as_json, names)


def _tell_all(
    reading: _Reading, report: ImportReport, left: list[tuple[Path, str, str]], unread: Collection[Path],
    as_json: bool, more: Mapping[str, object],
) -> int:  # fmt: skip
    if reading.stopped:  # What the walk passed by is told when the import goes on; it was not its turn yet.
        left = [each for each in left if each[0] not in unread]
    left = [(each.file, "refused", each.reason) for each in (*reading.refused, *report.refused)] + left
    refused = [(path, reason) for path, status, reason in left if status == "refused"]
    if as_json:
        emit_json({"files": list(_files(report, left)), "warnings": list(report.warnings), **more})
    _tell(report, refused, unread)
    if reading.stopped:
        say(_("Stopped. What was stored stays; import the same files again to go on."))
        return EXIT_INTERRUPTED
    return EXIT_REFUSED if refused else EXIT_DONE


def _files(report: ImportReport, left: Iterable[tuple[Path, str, str]]) -> Iterator[ImportedFile]:
    from hsreview.cli.staging import doubt_entries

    for each in report.stored:
        yield {
            "file": str(each.file), "status": "stored", "transcript_id": each.transcript_id, "name": each.name,
            "words": each.words, "turns": each.turns, "reason": "", "doubts": doubt_entries(each.doubts),
        }  # fmt: skip
    known: list[tuple[Path, str, str, str]] = [(path, "known", "", name) for path, name in report.known]
    for path, status, reason, name in [*known, *((path, status, reason, "") for path, status, reason in left)]:
        yield {
            "file": str(path), "status": "known" if name else "refused" if status == "refused" else "skipped",
            "transcript_id": None, "name": name, "words": 0, "turns": 0, "reason": reason, "doubts": [],
        }  # fmt: skip


def _missing(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # It may be there; its reader says what is wrong with it.
        return False
    return False


def _tell_refused(refused: Sequence[tuple[Path, str]], unread: Collection[Path]) -> None:
    """A line for each refused file; many files of a type that is not read (`unread`) share one."""
    endings = Counter(path.suffix.lower() for path, _reason in refused if path in unread)
    many = {ending: n for ending, n in endings.items() if n > ALIKE}
    for path, reason in refused:
        if path not in unread or path.suffix.lower() not in many:
            say(_("{file}: refused. {reason}").format(file=path, reason=reason))
    for ending, n in many.items():
        if ending:
            said = ngettext("{n} file ending in {ending} is not read.", "{n} files ending in {ending} are not read.", n)
        else:
            said = ngettext("{n} file without an ending is not read.", "{n} files without an ending are not read.", n)
        say(said.format(n=n, ending=ending))


def _tell(report: ImportReport, refused: Sequence[tuple[Path, str]], unread: Collection[Path]) -> None:
    for each in report.stored:
        for doubt in each.doubts:
            say(f"{each.name}: {doubt.message}")
    for warning in report.warnings:
        say(_("Warning: {warning}").format(warning=warning))
    for path, name in report.known:
        say(_("{file}: already in the project as {name}").format(file=path, name=name))
    _tell_refused(refused, unread)
    n = len(report.stored)
    said = [ngettext("{n} transcript stored", "{n} transcripts stored", n).format(n=n)]
    if report.known:
        n = len(report.known)
        said.append(ngettext("{n} known already", "{n} known already", n).format(n=n))
    if refused:
        n = len(refused)
        said.append(ngettext("{n} refused", "{n} refused", n).format(n=n))
    say(", ".join(said) + "." + (f" {_beside_refused(report)}" if refused else ""))


def _beside_refused(report: ImportReport) -> str:
    """What became of the files beside those that were refused, so that exit code 3 frightens nobody."""
    if report.stored or report.known:
        return _("All the other transcripts are in the project.")
    return _("Nothing else was there to import.")


def _dry_run(
    world: World, reading: _Reading, name: str | None, respondents: Sequence[StagedRespondent],
    left: Iterable[tuple[Path, str, str]], unread: Collection[Path], as_json: bool,
) -> int:  # fmt: skip
    from hsreview.cli.staging import left_file, print_staged, staged_file, standing_in
    from hsreview.workflows.importing import unheard
    from hsreview.workflows.standing import notes_on

    standing, notes = standing_in(world), notes_on(respondents)
    with reading.stoppable():
        found = [
            staged_file(each.file, text, standing(text), notes(each.file))
            for each in reading.staged()
            for text in [replace(each.transcript, name=name or each.transcript.name)]
        ]
    found += [left_file(each.file, "refused", each.reason) for each in reading.refused]
    found += [left_file(path, status, reason) for path, status, reason in left]
    if as_json:
        emit_json({"files": found})
    else:
        print_staged(found)
    _tell_refused([(Path(each["file"]), each["reason"]) for each in found if each["status"] == "refused"], unread)
    labels = [speaker["label"] for each in found for speaker in each["speakers"]]
    for warning in unheard(reading.settings["speakers"], labels):
        say(_("Warning: {warning}").format(warning=warning))
    count = Counter(each["status"] for each in found)
    said = _("{new} to store, {known} known already, {refused} refused. This was a dry run: nothing was stored.")
    say(said.format(new=count["staged"], known=count["known"], refused=count["refused"]))
    if reading.stopped:
        return EXIT_INTERRUPTED
    return EXIT_REFUSED if any(each["status"] == "refused" for each in found) else EXIT_DONE


def _show_progress(number: int, count: int, name: str) -> None:
    if sys.stderr.isatty():
        line = shortened(f"[{number}/{count}] {name}", PROGRESS)
        sys.stderr.write(f"\r{line}{' ' * (PROGRESS - cells(line))}")
        sys.stderr.flush()
