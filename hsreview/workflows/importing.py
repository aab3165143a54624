"""Import transcripts: stage files, show what was found, store them whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsreview.base.errors import HsreviewError, InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.staging import Doubt as Doubt
from hsreview.model.staging import StagedRespondent
from hsreview.model.staging import StagedSpeaker as StagedSpeaker
from hsreview.model.staging import StagedTranscript as StagedTranscript
from hsreview.model.text import Role, text_hash
from hsreview.project import content, queries
from hsreview.project.log import Act
from hsreview.project.maskings import any_masking
from hsreview.project.project import Project
from hsreview.workflows.consents import waiting_for_consent
from hsreview.workflows.respondent_rows import RespondentTable, kind_note, kind_of, put_people, put_speakers

if TYPE_CHECKING:
    from hsreview.intake.folder import Walk


Progress = Callable[[int, int, str], None]
_NAMED = 5
"""So many transcripts are named in one sentence."""


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
    masking: Mapping[str, Any] | None = field(default=None, repr=False)
    """What was replaced in it: `items`, `undecided` and `engines` of the record about that."""


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
    speakers: Mapping[str, Role] = field(default_factory=dict)
    """Roles that were named by label when the files were staged; a label that no file has is warned of."""
    gated: bool = field(default=True, kw_only=True)
    """Whether nothing may be coded before consent is recorded."""


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
    """The rows of every `respondents.csv` or `.xlsx` in the folders of `paths`, and those beside its files about them.

    Raises InputRefused with all bad rows of a table.
    """
    from hsreview.intake.respondents import read_respondents

    tables: dict[Path, list[Path] | None] = {}
    for path in paths:
        if path.is_dir():
            tables |= dict.fromkeys(_tables(path, path.rglob("*")))
            continue
        for beside in _tables(path.parent, path.parent.glob("*")):
            files = tables.setdefault(beside, [])
            if files is not None:
                files.append(path)
    rows: list[StagedRespondent] = []
    for sheet, files in tables.items():
        folder = str(sheet.parent.resolve())
        table = RespondentTable([replace(row, folder=folder) for row in read_respondents(sheet)])
        rows += table.rows if files is None else [row for file in files for row in table.of(file)]
    return tuple(rows)


def _tables(folder: Path, paths: Iterable[Path]) -> list[Path]:
    return sorted(
        path
        for path in paths
        if path.name.casefold() in ("respondents.csv", "respondents.xlsx")
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


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
    told: list[str] = []
    table = RespondentTable(respondents)
    labels: set[str] = set()
    if queries.transcripts(project.connection):
        project.backup("before-import")
    groups = known_groups(project)
    strange: set[str] = set()
    with_names: list[str] = []
    for entry in staged:
        rows = table.of(entry.file)
        labels.update(speaker.label for speaker in entry.transcript.speakers)
        said: list[str] = []
        try:
            with project.write():
                same = _same_content(project, entry.transcript)
                if same is not None:
                    known.append((entry.file, same))
                    continue
                result = _store_one(project, coder, entry, options, rows, said.append)
        except HsreviewError as error:
            refused.append(Refused(entry.file, str(error)))
            continue
        stored.append(result)
        told += said
        with_names += [result.name] if entry.masking is None else []
        strange |= {g for g in (options.group, *(r.group for r in rows)) if g and groups and g not in groups}
    warnings = [
        _("The codebook has no group {group}; it was accepted as it is. Its groups: {groups}").format(
            group=visible(group), groups=", ".join(sorted(groups))
        )
        for group in sorted(strange)
    ]
    told += [*table.unused(), *unheard(options.speakers, labels)]
    if with_names and any_masking(project.connection):
        told.append(
            _(
                "Names were replaced in other transcripts of this project, but not in {names}. To replace them first: "
                "hsreview import … --pseudonymise"
            ).format(names=visible(", ".join(with_names[:_NAMED]) + (" …" if len(with_names) > _NAMED else "")))
        )
    told += waiting_for_consent(project, [each.transcript_id for each in stored])
    return ImportReport(stored, known, refused, [*warnings, *dict.fromkeys(told)])


def unheard(wished: Mapping[str, Role], labels: Iterable[str]) -> list[str]:
    """A sentence when roles were named for labels that no file has (`labels` are those of all files)."""
    from hsreview.intake.roles import label_key

    keys = {label_key(label) for label in labels}
    missing = [label for label in wished if label_key(label) not in keys]
    text = ngettext("No file has a speaker {labels}.", "No file has any of the speakers {labels}.", len(missing))
    return [text.format(labels=visible(", ".join(missing)))] if missing else []


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
    tell: Callable[[str], None],
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
            kind=str(kind_of(rows)),
            grp=groups.pop() if len(groups) == 1 else options.group,
            language=said.get("language") or options.language or staged.language,
            date=said.get("date", ""), wave=said.get("wave", ""), attributes=_shared_attributes(options, rows),
            **({"gated": 1} if options.gated else {}),
        )  # fmt: skip
        note = kind_note(staged.file_name, rows)
        if note:
            tell(note)
        people = put_people(project, act, rows, options.group, tell)
        put_speakers(act, transcript_id, staged, rows, people, tell)
        version_id = _put_version(project, act, transcript_id, staged)
        if entry.masking is not None:
            act.put(
                "masking", new_id(), transcript_id=transcript_id, version_id=version_id, coder_id=coder.id, at=act.at,
                **entry.masking,
            )  # fmt: skip
    return Stored(entry.file, transcript_id, name, len(staged.units.words), len(staged.turns), staged.doubts)


def _shared_attributes(options: ImportOptions, rows: Sequence[StagedRespondent]) -> dict[str, str]:
    shared = dict(rows[0].attributes) if rows else {}
    for row in rows[1:]:
        shared = {key: value for key, value in shared.items() if row.attributes.get(key) == value}
    return dict(options.attributes) | shared


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
