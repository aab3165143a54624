"""Import transcripts: stage files, show what was found, store them whole or not at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.people import Coder, Consent, Organisation, Respondent
from hsreview.model.staging import Doubt as Doubt
from hsreview.model.staging import StagedRespondent
from hsreview.model.staging import StagedSpeaker as StagedSpeaker
from hsreview.model.staging import StagedTranscript as StagedTranscript
from hsreview.model.text import Role, text_hash
from hsreview.model.transcript import Kind
from hsreview.project import content, queries
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.state import speaker_id

if TYPE_CHECKING:
    from hsreview.intake.folder import Walk


Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    file: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A file as it would be stored."""

    file: Path
    transcript: StagedTranscript
    name: str = ""
    """The name it will bear; empty: the proposed one."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A transcript that was stored."""

    file: Path
    transcript_id: str
    name: str
    words: int
    turns: int
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What is said of all files of an import; `respondents.csv` overrides it file by file."""

    group: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    name: str = ""
    """For a single file."""


@dataclass(frozen=True)
class ImportReport:
    """What became of every file."""

    stored: Sequence[Stored] = ()
    known: Sequence[tuple[Path, str]] = ()
    """Files whose content is in the project already, with the transcript's name."""
    refused: Sequence[Refused] = ()
    warnings: Sequence[str] = ()


def files_in(paths: Sequence[Path]) -> Walk:
    """The transcript files in files and folders, in a stable order, and what was skipped."""
    from hsreview.intake.folder import walk

    return walk(paths)


def respondent_rows(paths: Sequence[Path]) -> tuple[StagedRespondent, ...]:
    """The rows of the `respondents.csv` or `.xlsx` in the folders of `paths`, and those beside its files about them.

    Raises InputRefused with all bad rows of a table.
    """
    from hsreview.intake.respondents import read_respondents

    sheets: dict[Path, set[str] | None] = {}
    for path in paths:
        if path.is_dir():
            sheets |= dict.fromkeys(sorted(path.rglob("respondents.*")))
            continue
        for beside in sorted(path.parent.glob("respondents.*")):
            wanted = sheets.setdefault(beside, set())
            if wanted is not None:
                wanted |= {_same_name(path.name), _same_name(path.stem)}
    rows: list[StagedRespondent] = []
    for sheet, wanted in sheets.items():
        if sheet.suffix.lower() not in (".csv", ".xlsx"):
            continue
        folder = str(sheet.parent.resolve())
        read = (replace(row, folder=folder) for row in read_respondents(sheet))
        rows.extend(row for row in read if wanted is None or _same_name(row.file_name) in wanted)
    return tuple(rows)


def stage_files(
    files: Sequence[Path], *, encoding: str | None = None, speakers: Mapping[str, Role] | None = None,
    language: str | None = None, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None,
) -> Iterator[Staged | Refused]:  # fmt: skip
    """Read files one by one; a bad file is refused with its reason and does not stop the others."""
    from hsreview.intake.staging import stage

    for number, file in enumerate(files, 1):
        if cancelled and cancelled():
            return
        if progress:
            progress(number, len(files), file.name)
        try:
            yield Staged(file, stage(file, encoding=encoding, speakers=speakers, language=language))
        except HsreviewError as error:
            yield Refused(file, str(error))
        except OSError as error:
            yield Refused(file, _("The file cannot be read: {reason}.").format(reason=os_reason(error)))
        except Exception as error:  # A file that confuses a reader must not cost the others.
            kind = type(error).__name__
            yield Refused(file, _("The file could not be read ({kind}); please report this.").format(kind=kind))


def store(
    project: Project, coder: Coder, staged: Iterable[Staged], options: ImportOptions | None = None,
    respondents: Sequence[StagedRespondent] = (),
) -> ImportReport:  # fmt: skip
    """Store staged files, each whole or not at all, one act per file; a project that holds some is backed up first.

    Each file is stored before the next one is taken from `staged`, which may read them one by one.
    """
    options = options or ImportOptions()
    stored: list[Stored] = []
    known: list[tuple[Path, str]] = []
    refused: list[Refused] = []
    if queries.transcripts(project.connection):
        project.backup("before-import")
    groups = known_groups(project)
    strange: set[str] = set()
    used: set[int] = set()
    warnings: list[str] = []
    for entry in staged:
        rows = _rows_of(entry.file, respondents)
        used |= {id(row) for row in rows}
        try:
            with project.write():
                same = _same_content(project, entry.transcript)
                if same is not None:
                    known.append((entry.file, same))
                    continue
                result = _store_one(project, coder, entry, options, rows, warnings)
        except HsreviewError as error:
            refused.append(Refused(entry.file, str(error)))
            continue
        stored.append(result)
        strange |= {g for g in (options.group, *(r.group for r in rows)) if g and groups and g not in groups}
    warnings += [
        _("The codebook has no group {group}; it was accepted as it is. Its groups: {groups}").format(
            group=visible(group), groups=", ".join(sorted(groups))
        )
        for group in sorted(strange)
    ]
    warnings += [
        _("The table of respondents names {file}, which is not among the imported files.").format(
            file=visible(row.file_name)
        )
        for row in {r.file_name: r for r in respondents if id(r) not in used}.values()
    ]
    return ImportReport(stored, known, refused, warnings)


def speaker_roles(text: str) -> dict[str, Role]:
    """Labels and roles from `INT=interviewer,R1=respondent`. Raises UsageProblem naming what is not understood."""
    from hsreview.intake.roles import parse_roles

    return parse_roles(text)


def known_texts(project: Project) -> dict[str, str]:
    """Hashes of the imported texts and of the files they came from → the transcript's name."""
    rows = project.connection.execute(
        "select t.name, v.original_hash, v.text_hash from text_version v join transcript t on t.id = v.transcript_id"
        " where v.removed = 0 and t.removed = 0 and v.number = 1"
    )
    return {key: name for name, *hashes in rows for key in hashes}


def _rows_of(file: Path, respondents: Sequence[StagedRespondent]) -> list[StagedRespondent]:
    """The rows about a file: those of the nearest sheet in its folder or above that names it."""
    names = {_same_name(file.name), _same_name(file.stem)}
    above = {str(folder) for folder in file.resolve().parents}
    rows = [r for r in respondents if _same_name(r.file_name) in names and (not r.folder or r.folder in above)]
    nearest = max((len(r.folder) for r in rows), default=0)
    return [r for r in rows if len(r.folder) == nearest]


def _same_name(name: str) -> str:
    """File names compare without case, and composed (macOS hands them out decomposed)."""
    return unicodedata.normalize("NFC", name).casefold()


def known_groups(project: Project) -> set[str]:
    """The respondent groups that the codebook names."""
    from hsreview.project.codebooks import load_codebook

    return {group.ref for group in load_codebook(project.connection).groups}


def _same_content(project: Project, staged: StagedTranscript) -> str | None:
    row = project.connection.execute(
        "select t.name from text_version v join transcript t on t.id = v.transcript_id"
        " where v.removed = 0 and t.removed = 0 and v.number = 1 and (v.original_hash = ? or v.text_hash = ?)",
        (staged.original_hash, text_hash(staged.text)),
    ).fetchone()
    return row[0] if row else None


def _store_one(
    project: Project, coder: Coder, entry: Staged, options: ImportOptions, rows: Sequence[StagedRespondent],
    warnings: list[str],
) -> Stored:  # fmt: skip
    staged = entry.transcript
    name = entry.name or options.name or staged.name
    with project.act(coder.id) as act:
        if queries.transcript(project.connection, name):
            raise InputRefused(
                _("There is already a transcript called {name} with other content. Import it with --as NAME.").format(
                    name=visible(name)
                )
            )
        said = dict(rows[0].transcript) if rows else {}
        transcript_id = new_id()
        groups = {r.group for r in rows if r.group}
        act.put(
            "transcript", transcript_id, name=name,
            kind=said.get("kind") or str(Kind.FOCUS_GROUP if len(rows) > 1 else Kind.INTERVIEW),
            grp=groups.pop() if len(groups) == 1 else options.group,
            language=said.get("language") or options.language or staged.language,
            date=said.get("date", ""), wave=said.get("wave", ""), attributes=_shared_attributes(options, rows),
        )  # fmt: skip
        people = _put_people(project, act, rows, options, warnings)
        labels = {speaker.label for speaker in staged.speakers}
        warnings += [
            _("{name}: nobody in the file is labelled {label}, as the table of respondents says.").format(
                name=visible(name), label=visible(row.speaker)
            )
            for row in rows
            if row.speaker and row.speaker not in labels
        ]
        _put_speakers(act, transcript_id, staged, rows, people)
        _put_version(project, act, transcript_id, staged)
    return Stored(entry.file, transcript_id, name, len(staged.units.words), len(staged.turns), staged.doubts)


def _shared_attributes(options: ImportOptions, rows: Sequence[StagedRespondent]) -> dict[str, str]:
    shared = dict(rows[0].attributes) if rows else {}
    for row in rows[1:]:
        shared = {key: value for key, value in shared.items() if row.attributes.get(key) == value}
    return dict(options.attributes) | shared


def _put_people(
    project: Project, act: Act, rows: Sequence[StagedRespondent], options: ImportOptions, warnings: list[str]
) -> dict[str, str]:
    """Add the people of the rows, or add to what is known of them; what is known is never overwritten.

    Returns pseudonym → id.
    """
    known = {r.name: r for r in queries.respondents(project.connection)}
    organisations = {o.name: o for o in queries.organisations(project.connection)}
    ids = {name: person.id for name, person in known.items()}
    for row in rows:
        group = row.group or options.group
        organisation = None
        if row.organisation:
            found = organisations.get(row.organisation)
            if found is None:
                found = Organisation(new_id(), row.organisation, group)
                organisations[found.name] = found
                act.put("organisation", found.id, name=found.name, grp=group, attributes={})
            organisation = found.id
        person = known.get(row.respondent)
        if person is None:
            ids[row.respondent] = new_id()
            person = Respondent(ids[row.respondent], row.respondent)
        told = _added(person, row, group, organisation, warnings)
        known[row.respondent] = told
        act.put(
            "respondent", told.id, name=told.name, grp=told.group, organisation_id=told.organisation_id,
            consent=_consent_json(told.consent), attributes=dict(told.attributes),
        )  # fmt: skip
    return ids


def _added(
    person: Respondent, row: StagedRespondent, group: str, organisation: str | None, warnings: list[str]
) -> Respondent:
    """The person with what the row adds; where the row contradicts what is known, that stays and a warning is given."""
    contradicted = []
    if person.group and row.group and row.group != person.group:
        contradicted.append("group")
    if person.organisation_id and organisation and organisation != person.organisation_id:
        contradicted.append("organisation")
    consent = person.consent
    if consent == Consent():
        consent = row.consent
    elif row.consent not in (consent, Consent()):
        contradicted.append("consent")
    attributes = dict(row.attributes) | dict(person.attributes)
    contradicted += [name for name, value in row.attributes.items() if attributes[name] != value]
    if contradicted:
        warnings.append(
            _("{name} is known already, and the table contradicts it ({fields}); what was known stays.").format(
                name=visible(person.name), fields=visible(", ".join(contradicted))
            )
        )
    return Respondent(
        person.id, person.name, person.group or group, person.organisation_id or organisation, consent, attributes
    )


def _consent_json(consent: Consent) -> dict[str, object]:
    return {
        "status": str(consent.status), "scope": list(consent.scope), "attribution": consent.attribution,
        "date": consent.date, "language": consent.language, "embargo": consent.embargo,
    }  # fmt: skip


def _put_speakers(
    act: Act, transcript_id: str, staged: StagedTranscript, rows: Sequence[StagedRespondent], people: Mapping[str, str]
) -> None:
    by_label = {row.speaker: people[row.respondent] for row in rows if row.speaker}
    unnamed = [row for row in rows if not row.speaker]
    talkers = [s for s in staged.speakers if s.role is Role.RESPONDENT and s.label not in by_label]
    if len(unnamed) == 1 and len(talkers) == 1:
        by_label[talkers[0].label] = people[unnamed[0].respondent]
    if len(unnamed) == 1 and not staged.speakers:
        # The person behind a text without labels: a speaker without a label, whom no turn names.
        act.put(
            "speaker", new_id(), transcript_id=transcript_id, label="",
            role=str(Role.RESPONDENT), respondent_id=people[unnamed[0].respondent],
        )  # fmt: skip
    order = list(dict.fromkeys(turn.speaker for turn in staged.turns if turn.speaker is not None))
    for speaker in staged.speakers:
        act.put(
            "speaker", speaker_id(transcript_id, order.index(speaker.label)), transcript_id=transcript_id,
            label=speaker.label, role=str(speaker.role), respondent_id=by_label.get(speaker.label),
        )  # fmt: skip


def _put_version(project: Project, act: Act, transcript_id: str, staged: StagedTranscript) -> str:
    connection = project.connection
    version_id = new_id()
    act.put(
        "text_version", version_id, transcript_id=transcript_id, number=1,
        text_hash=content.put_text(connection, staged.text),
        turns_hash=content.put_turns(connection, staged.turns),
        sentences_hash=content.put_spans(connection, "sentences", staged.units.sentences),
        words_hash=content.put_spans(connection, "words", staged.units.words),
        cues_hash=content.put_cues(connection, staged.cues) if staged.cues else None,
        file_name_hash=content.put_name(connection, staged.file_name),
        original_hash=staged.original_hash, length=len(staged.text), words=len(staged.units.words),
        splitter=staged.units.splitter, format=staged.format, encoding=staged.encoding, convention=staged.convention,
        doubts=[[d.code, d.count] for d in staged.doubts],
    )  # fmt: skip
    return version_id
