"""The shapes of all JSON answers. They are documented in docs/json.md, which is made from this module.

Ids are UUIDs as text. Offsets count Unicode code points of the stored text and are half-open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypedDict

AttributeValue = str | int | float | bool | None
Role = Literal["interviewer", "respondent", "other"]


class TextIn(TypedDict, total=False):
    """A text in both languages; a language that was not written is absent."""

    en: str
    fr: str


class TranscriptEntry(TypedDict):
    """One transcript."""

    id: str
    name: str
    kind: Literal["interview", "focus_group", "document"]
    group: str
    """Empty when unknown; so are `language`, `date` and `wave`."""
    language: str
    date: str
    wave: str
    attributes: dict[str, AttributeValue]
    version_id: str
    """The current text version."""
    words: int
    turns: int
    speakers: int
    respondent_turns: int
    codings: int
    """Of `coder`, else of all coders."""
    coded_turns: int
    """Respondents' turns that codings of `coder` touch; without a coder, the most that any coder reached."""
    coders: list[str]
    """Names of those who coded it or marked it reviewed."""
    assigned: bool
    """To `coder`."""
    reviewed: bool
    """By `coder`."""


class Transcripts(TypedDict):
    """The transcripts by name, with sizes and progress."""

    coder: str | None
    """Id of the coder whose figures these are; null: of all coders."""
    transcripts: list[TranscriptEntry]


class TurnEntry(TypedDict):
    """One turn. The turns of a text partition it."""

    number: int
    """1 for the first turn, without gaps."""
    speaker: str | None
    """The label as written, without the number of a numbered question or answer; null for an unlabelled block."""
    role: Role | None
    """Null when there is no speaker."""
    start: int
    label_end: int
    """Where what was said begins."""
    end: int
    """Where the next turn starts."""
    time: int | None
    """When the turn starts in the recording, in milliseconds; null when the file had no times."""
    text: str
    """What was said, without the label and the line ends after it."""


class Turns(TypedDict):
    """The turns of a transcript."""

    transcript_id: str
    transcript: str
    version_id: str
    turns: list[TurnEntry]


class StoredText(TypedDict):
    """The stored text of a transcript."""

    transcript_id: str
    transcript: str
    version_id: str
    length: int
    """Code points."""
    sha256: str
    """Of the UTF-8 bytes of the text."""
    text: str


class ShownCoding(TypedDict):
    """A coding at the turn in which it starts."""

    id: str
    start: int
    end: int
    place: str
    """Turn and sentence: `12.3`, or `12.3-5`, or `12.3-14.1`."""
    code: str
    """Ref, such as `D1`."""
    label: str
    """In the interface language."""
    coder: str
    layer: Literal["own", "consensus"]
    modifiers: dict[str, str]
    flags: list[str]
    text: str


class ShownTurn(TypedDict):
    """A turn with the codings that start in it."""

    number: int
    speaker: str | None
    role: Role | None
    start: int
    label_end: int
    end: int
    time: int | None
    text: str
    codings: list[ShownCoding]


class ShownText(TypedDict):
    """A transcript with its codings."""

    transcript_id: str
    transcript: str
    version_id: str
    turns: list[ShownTurn]


class SpeakerEntry(TypedDict):
    """One label of a transcript."""

    id: str
    label: str
    role: Role
    respondent_id: str | None
    respondent: str
    """Pseudonym of the person behind the label, or empty."""
    turns: int
    sample: str
    """The beginning of what they say first."""


class Speakers(TypedDict):
    """The speakers of a transcript, in the order in which they first speak."""

    transcript_id: str
    transcript: str
    speakers: list[SpeakerEntry]


class SearchHit(TypedDict):
    """One turn that matches."""

    transcript_id: str
    transcript: str
    version_id: str
    turn: int
    speaker: str | None
    start: int
    """Where what was said begins."""
    end: int
    text: str
    marks: list[list[int]]
    """`[start, end]` of each match inside `text`."""


class Hits(TypedDict):
    """Turns that match a search, in the order in which transcripts came in, and of their turns."""

    query: str
    total: int
    """How many turns match in all."""
    hits: list[SearchHit]


class Doubt(TypedDict):
    """A warning of a reader."""

    code: str
    """A stable English word."""
    message: str
    count: int


class ImportedFile(TypedDict):
    """What became of a file."""

    file: str
    status: Literal["stored", "known", "refused", "skipped"]
    """`known`: its content is in the project already."""
    transcript_id: str | None
    """Of a stored file."""
    name: str
    """The transcript's name; empty for a file that was refused or skipped."""
    words: int
    turns: int
    reason: str
    """Why a file was refused or skipped."""
    doubts: list[Doubt]


class Imported(TypedDict):
    """What an import did."""

    files: list[ImportedFile]
    warnings: list[str]


class StagedSpeaker(TypedDict):
    """A label with the role that is proposed for it."""

    label: str
    role: Role
    turns: int
    words: int
    sample: str


class StagedTurn(TypedDict):
    """One of the first turns of a file."""

    number: int
    speaker: str | None
    start: int
    label_end: int
    end: int
    text: str


class StagedFile(TypedDict):
    """What a reader found in a file. Of a file that was refused or skipped only `file`, `status` and `reason` say
    anything."""

    file: str
    status: Literal["staged", "known", "refused", "skipped"]
    """`known`: its content is in the project already."""
    reason: str
    name: str
    format: str
    encoding: str
    """Empty where the format fixes it."""
    convention: str
    """How speakers are labelled; `none` when they are not."""
    language: str
    words: int
    turns: int
    speakers: list[StagedSpeaker]
    doubts: list[Doubt]
    readings: dict[str, str]
    """Other encodings, and how the first accented words read in them."""
    sample: list[StagedTurn]
    """The first turns."""


class StagedFiles(TypedDict):
    """What an import would do (`--dry-run`); nothing was stored."""

    files: list[StagedFile]


class CodeEntry(TypedDict):
    """One code."""

    id: str
    ref: str
    label: TextIn
    definition: TextIn
    use: TextIn
    not_use: TextIn
    example: TextIn
    theme: str
    """Ref of its theme."""
    parent: str | None
    """Ref of the code above it."""
    questions: list[str]
    """Refs of the review questions it serves."""
    groups: list[str]
    codable: bool
    status: Literal["active", "proposed", "merged", "refused", "retired"]
    codings: int
    """By all coders together, in their own layers."""
    transcripts: int


class Codes(TypedDict):
    """The codes in the order of the codebook, parents before their children."""

    codebook: str
    """Ref of the codebook; empty when the project has none."""
    version: str
    title: TextIn
    codes: list[CodeEntry]


class CodebookProblem(TypedDict):
    """Something wrong with a codebook file, or weak in it."""

    level: Literal["error", "warning", "note"]
    message: str
    place: str
    """`line 12, column 3`, or a cell, or empty."""
    code: str
    """A stable English word."""
    ref: str
    """The code, theme or pass that is meant; empty for errors."""


class CodebookProblems(TypedDict):
    """What `codebook check` found."""

    problems: list[CodebookProblem]


class CodebookDifference(TypedDict):
    """One difference between two codebooks."""

    kind: Literal["added", "removed", "moved", "renamed", "changed", "reordered"]
    what: str
    """`code`, `theme`, `question`, `group`, `pass`, `modifier`, `flag`, `guide`, `rule` or `codebook`."""
    ref: str
    field: str
    language: str
    before: str
    after: str


class CodebookChanges(TypedDict):
    """What changed between two codebooks; for an import, what it changed in the project's."""

    codebook: str
    version: str
    changes: list[CodebookDifference]


class ProposalEntry(TypedDict):
    """A proposed code that waits for a decision."""

    id: str
    ref: str
    label: TextIn
    by: str
    """The coder's name."""
    created: str
    reason: str
    codings: int


class Proposals(TypedDict):
    """The open proposals, oldest first."""

    proposals: list[ProposalEntry]


class CodingEntry(TypedDict):
    """One coding, with its words and its place."""

    id: str
    transcript_id: str
    transcript: str
    version_id: str
    number: int
    """1, 2, 3 … in the order of the transcript, over all codings of the selected coder and layer."""
    start: int
    end: int
    turn: int
    """The turn in which it starts."""
    sentence: int
    """The sentence of that turn; 0 when it starts in none."""
    speaker: str | None
    role: str
    """Of the speaker, or empty."""
    respondent_id: str | None
    text: str
    code_id: str
    code: str
    """Ref, such as `D1`."""
    coder_id: str
    coder: str
    layer: Literal["own", "consensus"]
    origin: Literal["typed", "suggested", "autocoded", "imported"]
    modifiers: dict[str, str]
    flags: list[str]
    memo: str
    created: str
    """ISO time, UTC."""


# `pass` cannot be a field of a class, so the entry is completed by the other way of writing a TypedDict.
_Pass = TypedDict("_Pass", {"pass": str})


class Coding(CodingEntry, _Pass):
    """One coding, with its words and its place. `pass` is the coder's pass, empty for the first."""


class Codings(TypedDict):
    """Codings in the order of transcripts (by name) and offsets."""

    total: int
    """How many there are without `--limit`."""
    hidden: int
    """Codings of others that a coder does not see while coding blind."""
    codings: list[Coding]


class AddedCoding(TypedDict):
    """A coding that stands in the project now."""

    id: str
    transcript_id: str
    version_id: str
    start: int
    end: int
    code_id: str
    code: str
    coder_id: str
    modifiers: dict[str, str]
    flags: list[str]
    created: str


class AddedCodings(TypedDict):
    """The codings that stand on the segment now, one for each code that was asked for."""

    codings: list[AddedCoding]


class CoderCount(TypedDict):
    """Codings that an import stored for a coder."""

    coder: str
    stored: int
    new: bool
    """Whether the coder joined the team by this import."""


class CodingsImported(TypedDict):
    """What `codings import` stored."""

    stored: int
    present: int
    """Rows that brought nothing new: their coding was there already."""
    added_to: int
    """Rows whose coding was there already, and got a memo, flags or modifiers."""
    coders: list[CoderCount]


class UndoAnswer(TypedDict):
    """What undo or redo did."""

    done: bool
    act: str
    """What was taken back or done again, in words."""
    reason: str
    """Why nothing was done."""
    version_id: str | None
    start: int | None
    end: int | None


class MemoEntry(TypedDict):
    """A memo and what it is about."""

    id: str
    coder: str
    created: str
    about: Literal["transcript", "coding", "segment", "code", "project"]
    transcript_id: str | None
    transcript: str
    code: str
    """Ref, or empty."""
    place: str
    """`12.3` (turn and sentence), or empty."""
    quote: str
    text: str


class Memos(TypedDict):
    """Memos by time."""

    memos: list[MemoEntry]


class CoderEntry(TypedDict):
    """A member of the team."""

    id: str
    name: str
    role: Literal["coder", "lead", "validator", "archivist"]


class Coders(TypedDict):
    """The team by name."""

    coders: list[CoderEntry]


class _ProgressEntry(TypedDict):
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    assigned: bool
    started: bool
    reviewed: bool
    codings: int
    coded_turns: int
    """Respondents' turns that this coder's codings touch."""
    turns: int
    """Respondents' turns of the transcript."""


class ProgressEntry(_ProgressEntry, _Pass):
    """How far one coder is with one transcript. `pass` is empty for the first pass."""


class Progress(TypedDict):
    """Every coder with every transcript they were given, coded or marked."""

    progress: list[ProgressEntry]


class LayerEntry(TypedDict):
    """Whose codings are meant."""

    name: str
    """The coder's name, or `consensus`."""
    coder_id: str | None
    """Null for the consensus layer."""
    codings: int


class Layers(TypedDict):
    """The layers that hold codings."""

    layers: list[LayerEntry]


class Exported(TypedDict):
    """A workbook that was written."""

    path: str
    layer: str
    sheets: list[str]


class FindingEntry(TypedDict):
    """One thing that is wrong with a project."""

    code: str
    """A stable English word."""
    details: str
    """Ids and numbers, never text."""
    message: str


class Findings(TypedDict):
    """What `doctor` found; empty when the project is sound."""

    findings: list[FindingEntry]


class BackupEntry(TypedDict):
    """A backup."""

    path: str
    bytes: int


class Backups(TypedDict):
    """For `backup` the one that was made, for `restore` the one that was used, with `--list` all, newest first."""

    backups: list[BackupEntry]


ANSWERS: Mapping[str, type] = {
    "import": Imported,
    "import --dry-run": StagedFiles,
    "transcripts": Transcripts,
    "show": ShownText,
    "turns": Turns,
    "text": StoredText,
    "speakers": Speakers,
    "search": Hits,
    "codebook check": CodebookProblems,
    "codebook show": Codes,
    "codebook import": CodebookChanges,
    "codebook diff": CodebookChanges,
    "codebook proposals": Proposals,
    "codings": Codings,
    "codings add": AddedCodings,
    "codings change": AddedCodings,
    "codings import": CodingsImported,
    "memos": Memos,
    "undo": UndoAnswer,
    "redo": UndoAnswer,
    "coders": Coders,
    "progress": Progress,
    "layers": Layers,
    "export excel": Exported,
    "doctor": Findings,
    "backup": Backups,
    "restore": Backups,
}
"""Command → the shape of its JSON answer."""
