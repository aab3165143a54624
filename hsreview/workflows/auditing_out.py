"""The audit: who did what to which thing and when, page by page and as a file; no text, no memo, no name of a person
who was interviewed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, ngettext
from hsreview.model.people import Coder
from hsreview.project import auditing, queries
from hsreview.project.auditing import KINDS as KINDS
from hsreview.project.auditing import AuditEntry as AuditEntry
from hsreview.project.project import Project
from hsreview.review import blind
from hsreview.workflows.files import written
from hsreview.workflows.framework_values import read_date
from hsreview.workflows.outputs import record_output

PAGE = 100
"""Acts that are told at once."""
SUFFIXES = (".csv", ".jsonl", ".xlsx")
_LISTED = 50
"""Things of one act that a cell lists; more are counted. A file of JSON lines has them all."""
KIND_WORDS: Mapping[str, str] = {
    "withdrawal": N_("withdrawal of a person"),
    "masking": N_("replacement of names"),
    "key": N_("key file"),
    "retention": N_("retention"),
    "encryption": N_("encryption of the project file"),
    "originals": N_("originals moved away"),
    "consent": N_("consent"),
    "release": N_("release of quotes"),
    "archive": N_("archive for a repository"),
    "erasure": N_("erasure"),
    "export": N_("file written"),
    "package": N_("package"),
    "coding": N_("coding"),
    "memo": N_("memo"),
    "codebook": N_("codebook"),
    "transcript": N_("transcript"),
    "text": N_("corrected text"),
    "speaker": N_("speakers"),
    "respondent": N_("respondents"),
    "assignment": N_("assignment"),
    "reviewed": N_("reviewed mark"),
    "asked": N_("what was asked"),
    "quote": N_("quote"),
    "translation": N_("translation of a segment"),
    "consensus": N_("consensus"),
    "conflict": N_("decision on a conflict"),
    "summary": N_("summary"),
    "framework": N_("row of the framework"),
    "validation": N_("validation meeting"),
    "journal": N_("journal entry"),
    "team": N_("coders"),
    "saved": N_("saved search"),
    "setting": N_("setting of the project"),
    "undo": N_("limit of undo"),
}
"""Kind of act → in words."""
VERB_WORDS: Mapping[str, str] = {
    "put": N_("entry"),
    "change": N_("change"),
    "remove": N_("removal"),
    "restore": N_("return"),
    "undo": N_("undone"),
    "redo": N_("done again"),
    "erase": N_("erasure"),
    "keep": N_("entry"),
}
"""What was done → in words."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which acts are wanted; what is empty does not restrict."""

    since: str = ""
    """ISO year, month or day (UTC), included, as the next one."""
    until: str = ""
    coder: Coder | None = None
    kind: str | None = None
    """One of `KINDS`."""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Acts, the newest first."""

    entries: tuple[AuditEntry, ...]
    more: bool
    """Whether older ones follow on the next page."""
    own_only: bool
    """Whether the acts of others are left out, because the reader codes blind."""
    people: Mapping[str, str] = field(repr=False)
    """Coder id → name."""


def audit_filter(since: str | None, until: str | None, coder: Coder | None, kind: str | None) -> Filter:
    """The filter that words ask for. Raises UsageProblem for an unknown kind, InputRefused for what is no date."""
    if kind is not None and kind not in KINDS:
        raise UsageProblem(_("There is no kind {name}. Kinds: {names}").format(name=kind, names=", ".join(KINDS)))
    return Filter(read_date(since) if since else "", read_date(until) if until else "", coder, kind)


def audit_page(project: Project, viewer: Coder | None, wanted: Filter, number: int = 1) -> AuditPage:
    """The page with that number (1 is the newest) of what `viewer` may see of the log."""
    with project.snapshot():
        chosen, own_only = _seen(project, viewer, wanted, newest_first=True)
        found = list(islice(chosen, (number - 1) * PAGE, number * PAGE + 1))
        return AuditPage(tuple(found[:PAGE]), len(found) > PAGE, own_only, _people(project))


def export_audit(
    project: Project, viewer: Coder | None, path: Path, wanted: Filter, *, recipient: str = ""
) -> int:  # fmt: skip
    """Write the acts, the oldest first, as CSV, JSON lines or Excel by the file's suffix, and put the file on record.

    Returns how many. Raises UsageProblem for another suffix, InputRefused when it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageProblem(
            _("The audit is written as {suffixes}; {name} has none of these endings.").format(
                suffixes=", ".join(SUFFIXES), name=path.name
            )
        )
    if path.is_dir():
        raise InputRefused(_("{path} is a folder. Give the name of a file.").format(path=path))
    with project.snapshot(), written(path) as spare:
        chosen, _own_only = _seen(project, viewer, wanted)
        rows = write_audit(chosen, _people(project), spare)
    record_output(project, viewer, path, "audit", recipient=recipient, details={"acts": rows})
    return rows


def write_audit(found: Iterator[AuditEntry], people: Mapping[str, str], path: Path) -> int:
    """Write acts to `path`; `people` says how coders are called. Returns how many. Raises OSError."""
    writers: Mapping[str, Callable[[Iterator[AuditEntry], Mapping[str, str], Path], int]] = {
        ".csv": _write_csv,
        ".jsonl": _write_lines,
        ".xlsx": _write_book,
    }
    return writers[path.suffix.lower()](found, people, path)


def _seen(
    project: Project, viewer: Coder | None, wanted: Filter, *, newest_first: bool = False
) -> tuple[Iterator[AuditEntry], bool]:
    """The acts, and whether they are those of `viewer` alone: every act of others tells a blind coder of their work."""
    own_only = viewer is not None and blind.anywhere(project.connection, viewer)
    who = wanted.coder.id if wanted.coder else None
    if own_only and viewer is not None:
        if who not in (None, viewer.id):
            return iter(()), True
        who = viewer.id
    found = auditing.entries(
        project.connection, since=wanted.since, until=wanted.until, coder_id=who, kind=wanted.kind,
        newest_first=newest_first,
    )  # fmt: skip
    return map(_alone, found) if own_only else found, own_only


def _alone(entry: AuditEntry) -> AuditEntry:
    """An act without what rests on the work of others: digests of records, and the version of the framework."""
    return replace(entry, framework="", things=tuple(replace(each, digest="") for each in entry.things))


def _people(project: Project) -> Mapping[str, str]:
    return {coder.id: coder.name for coder in queries.coders(project.connection)}


def who(entry: AuditEntry, people: Mapping[str, str]) -> str:
    """Everybody who took part in an act, whoever wrote it first: `Awa + Daan`."""
    return " + ".join(people.get(each, each) for each in (entry.coder_id, *entry.others))


def what(entry: AuditEntry) -> str:
    """The kind of an act in words: `coding: removal`."""
    return _("{kind}: {verb}").format(kind=_(KIND_WORDS[entry.kind]), verb=_(VERB_WORDS.get(entry.verb, entry.verb)))


def which(entry: AuditEntry, most: int = 1) -> str:
    """What an act was about: refs or ids of its first things, and how many there are besides."""
    things = dict.fromkeys(thing.ref or thing.id for thing in entry.things if thing.ref or thing.id)
    more = len(things) - most
    return " ".join([*islice(things, most), *([f"+{more}"] if more > 0 else [])])


def standing(entry: AuditEntry) -> str:
    """What is to be known of an act: that it was taken back, or that bodies are withheld or erased; else empty."""
    said = [] if entry.stands else [_("was taken back")]
    for state, n in (("withheld", entry.bodies("withheld")), ("erased", entry.bodies("erased"))):
        if n and state == "withheld":
            said.append(ngettext("{n} body withheld", "{n} bodies withheld", n).format(n=n))
        elif n:
            said.append(ngettext("{n} body erased", "{n} bodies erased", n).format(n=n))
    return ", ".join(said)


def as_row(entry: AuditEntry, people: Mapping[str, str]) -> Sequence[str | int]:
    """An act as a row of the columns of `hsreview.workbook.audit_file`."""
    return [
        entry.at, people.get(entry.coder_id, entry.coder_id),
        " ".join(people.get(each, each) for each in entry.others), entry.kind, entry.verb, which(entry, _LISTED),
        " ".join(islice(dict.fromkeys(thing.transcript_id for thing in entry.things if thing.transcript_id), _LISTED)),
        len(entry.things), entry.bodies("withheld"), entry.bodies("erased"), int(entry.stands), entry.of,
        entry.codebook, entry.framework, entry.replica, entry.act,
    ]  # fmt: skip


def _write_csv(found: Iterator[AuditEntry], people: Mapping[str, str], path: Path) -> int:
    from hsreview.workbook.audit_file import audit_table
    from hsreview.workbook.tidy_files import write_table

    return write_table(audit_table(as_row(each, people) for each in found), path)


def _write_book(found: Iterator[AuditEntry], people: Mapping[str, str], path: Path) -> int:
    from hsreview.workbook.audit_file import write_audit_book

    return write_audit_book((as_row(each, people) for each in found), path)


def _write_lines(found: Iterator[AuditEntry], people: Mapping[str, str], path: Path) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entry in found:
            file.write(json.dumps(as_json(entry, people), ensure_ascii=False) + "\n")
            rows += 1
    return rows


def as_json(entry: AuditEntry, people: Mapping[str, str]) -> dict[str, object]:
    """An act with all its records, as JSON lines and the answer of `audit` hold it."""
    return {
        "act": entry.act,
        "at": entry.at,
        "by_id": entry.coder_id,
        "by": people.get(entry.coder_id, entry.coder_id),
        "others": [people.get(each, each) for each in entry.others],
        "replica": entry.replica,
        "kind": entry.kind,
        "verb": entry.verb,
        "stands": entry.stands,
        "of": entry.of,
        "codebook_version": entry.codebook,
        "framework_version": entry.framework,
        "records": [
            {
                "kind": thing.kind,
                "id": thing.id,
                "ref": thing.ref,
                "transcript_id": thing.transcript_id,
                "body": thing.state,
                "digest": thing.digest,
            }
            for thing in entry.things
        ],
    }
