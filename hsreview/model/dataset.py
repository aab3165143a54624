"""One named layer with all that analysis and exports need; numbers made from it name their basis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from hsreview.model.codebook import Codebook
from hsreview.model.coding import Coding
from hsreview.model.people import Coder, Organisation, Respondent
from hsreview.model.transcript import Transcript

if TYPE_CHECKING:
    from hsreview.model.review_sheets import Review


@dataclass(frozen=True, slots=True)
class Basis:
    """What a number rests on (design promise 6)."""

    project: str
    project_id: str
    layer: str
    """`consensus`, or the name of the coder whose layer it is."""
    layer_coder: str | None
    """The coder's id; null for the consensus layer."""
    codebook: str
    """Ref of the codebook."""
    codebook_version: str
    made: str
    """ISO time of the export, UTC."""
    tool: str
    """`hsreview` and its version."""
    codebook_hash: str = ""
    """SHA-256 of the codebook version, hexadecimal; empty when not known."""
    layer_pass: str = ""
    """The repetition whose layer it is; empty for the coder's first reading."""
    selection: str = ""
    """What the export was limited to, or what the consensus consists of, in words; empty: everything of the layer."""
    partial: tuple[int, int] | None = None
    """`(n, N)` when only n of N transcripts are in the consensus that is exported although more were reviewed."""


class Reading(StrEnum):
    """How far an interview was read in one layer. Only of one that was reviewed does a zero say anything."""

    REVIEWED = "reviewed"
    """Read to the end, and marked so."""
    BEGUN = "begun"
    """It has codings and no mark: the rest may not have been read."""
    UNSETTLED = "unsettled"
    """Read by coders, and not in the consensus yet; of the consensus layer only."""
    NOT_READ = "not_read"


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What the log knows of one code."""

    added: str = ""
    """Codebook version in which it appeared."""
    changed: str = ""
    """Codebook version in which it last changed."""
    coders: int | None = None
    """How many coders used it in their own layers."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What a segment says in another language."""

    language: str
    text: str
    translator: str
    """As it was typed."""
    checker: str = ""
    """Name of who compared it with the original; empty where nobody did."""


@dataclass(frozen=True, slots=True)
class CodedSegment:
    """One coding with its place and its words."""

    coding: Coding
    transcript_id: str
    number: int
    """1, 2, 3 … in the order of the transcript: the `17` of the quote id `CSO_Gao_02:17`."""
    turn: int
    """Number of the turn in which it starts."""
    sentence: int
    """Number of the sentence of that turn in which it starts; 0 when it starts in none."""
    speaker: str | None
    """Label of the first respondent whom the segment touches, else of that turn's speaker."""
    role: str
    """Of the first respondent whom the segment touches, else of that turn's speaker."""
    respondent_id: str | None
    """The first respondent whom the segment touches."""
    text: str
    memo: str = ""
    last_turn: int = 0
    """Number of the turn in which it ends; 0 when that is not known, as where it starts."""
    translated: tuple[Translated, ...] = ()
    """What just this stretch says in other languages, by language."""

    @property
    def place(self) -> str:
        """`12.3` (turn.sentence), or `12` when it starts in no sentence."""
        return f"{self.turn}.{self.sentence}" if self.sentence else str(self.turn)


@dataclass(frozen=True, slots=True)
class MemoRow:
    """A memo with what it is attached to, in words."""

    memo_id: str
    coder: str
    created: str
    about: str
    """`transcript`, `coding`, `segment`, `code` or `project`."""
    transcript_id: str | None
    code_ref: str
    place: str
    """`12.3` (turn.sentence) or empty."""
    quote: str
    text: str
    coder_id: str = ""
    pass_: str = ""
    """Of the coding that it is on, else empty."""
    span: tuple[str, int, int] | None = None
    """Text version, start and end of what it is on, where it is on words."""


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """How far one coder is with one transcript."""

    transcript_id: str
    coder_id: str
    coder: str
    pass_: str
    assigned: bool
    started: bool
    reviewed: bool
    codings: int | None
    """Null where the reader may not see it: they code blind."""
    coded_turns: int | None
    """Respondents' turns touched by a coding of this coder; null as above."""
    turns: int
    """Respondents' turns of the transcript."""
    corrected_since: bool = False
    """Whether it was marked reviewed on an earlier text than the present one; the mark counts all the same."""

    @property
    def share(self) -> float | None:
        """Part of the respondents' turns that are coded (0–1); null when there are none, or it may not be seen."""
        return round(self.coded_turns / self.turns, 4) if self.turns and self.coded_turns is not None else None


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything of one layer. `segments` come in the order of transcripts and offsets."""

    basis: Basis
    codebook: Codebook
    transcripts: Sequence[Transcript]
    segments: Sequence[CodedSegment]
    coders: Mapping[str, Coder] = field(default_factory=dict)
    respondents: Mapping[str, Respondent] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    respondents_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Transcript id → ids of the respondents who speak in it."""
    nameless: Mapping[str, int] = field(default_factory=dict)
    """Transcript id → how many labels speak in it as respondents with nobody known behind them; they are in no n of
    respondents."""
    gated: frozenset[str] = frozenset()
    """Transcripts imported since consent is asked for: what is not recorded of those who speak in them is not
    allowed."""
    respondent_words: Mapping[str, int] = field(default_factory=dict)
    """Transcript id → words in respondents' turns."""
    segment_words: Mapping[str, int] = field(default_factory=dict)
    """Coding id → words of its segment."""
    word_starts: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Transcript id → offsets at which the words in respondents' turns start, ascending. Asked for once per
    transcript, so that a mapping may read them when they are asked for."""
    code_facts: Mapping[str, CodeFacts] = field(default_factory=dict)
    """Code id → its history and use; a code may be missing."""
    reviewed: frozenset[str] = frozenset()
    """Transcripts that this layer's coder marked reviewed; for the consensus, those that are in it."""
    begun: frozenset[str] = frozenset()
    """Transcripts with codings of this layer that are not `reviewed`."""
    unsettled: frozenset[str] = frozenset()
    """For the consensus: transcripts that a coder marked reviewed and that are not in it."""
    memos: Sequence[MemoRow] = ()
    progress: Sequence[ProgressRow] = ()
    review: Review | None = None
    """The team's review: agreement, differences, assignments. Null where one coder works alone."""
    unnamed_organisation: frozenset[str] = frozenset()
    """Ids of the respondents whose consent does not allow their organisation to be told."""
    held_back: Mapping[str, str] = field(default_factory=dict)
    """Pseudonym of whoever's words are not shown because of the consent → the end of an embargo, or empty."""

    @property
    def languages_translated(self) -> list[str]:
        """The languages into which any segment was translated."""
        return sorted({each.language for segment in self.segments for each in segment.translated})

    @property
    def reviewed_segments(self) -> list[CodedSegment]:
        """The segments of the transcripts on which numbers rest."""
        return [each for each in self.segments if each.transcript_id in self.reviewed]

    def reading(self, transcript_id: str) -> Reading:
        """How far this layer read a transcript."""
        if transcript_id in self.reviewed:
            return Reading.REVIEWED
        if transcript_id in self.begun:
            return Reading.BEGUN
        return Reading.UNSETTLED if transcript_id in self.unsettled else Reading.NOT_READ
