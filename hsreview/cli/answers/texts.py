"""Answers about transcripts and their words: `transcripts`, `turns`, `text`, `show`, `speakers`, `search`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.shared import AttributeValue, Role


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
    hidden: int
    """1 when others are at work there and the reader, who codes blind, does not see it; else 0."""
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


class FoundTurn(TypedDict):
    """One turn, with what was said in it."""

    transcript_id: str
    transcript: str
    version_id: str
    turn: int
    speaker: str | None
    start: int
    """Where what was said begins."""
    end: int
    text: str


class SearchHit(FoundTurn):
    """One turn that matches."""

    marks: list[list[int]]
    """`[start, end]` of each match inside `text`."""


class Hits(TypedDict):
    """Turns that match a search, in the order in which transcripts came in, and of their turns."""

    query: str
    total: int
    """How many turns match in all."""
    hits: list[SearchHit]
    notes: list[str]
    """What a reader should know of the answer, in the language of the interface."""


class KwicEntry(TypedDict):
    """One match between what was said before and after it in the same turn."""

    transcript_id: str
    transcript: str
    version_id: str
    turn: int
    speaker: str | None
    start: int
    end: int
    left: str
    """White space is written as single blanks in these three; `start` and `end` say where the words stand."""
    keyword: str
    right: str


class Kwic(TypedDict):
    """Keywords in context, in the order that was asked for."""

    query: str
    turns: int
    """How many turns match."""
    total: int
    """How many matches there are in all."""
    lines: list[KwicEntry]
    notes: list[str]
    """As in `search`."""


class Autocoded(TypedDict):
    """What was coded in one act by a search."""

    code_id: str
    code: str
    """Ref."""
    unit: Literal["match", "sentence", "turn"]
    matches: int
    made: int
    """Codings that were made; matches in one unit have one coding."""
    present: int
    """Units that bore this code by this coder already."""
    transcripts: int
    """In which codings were made."""
