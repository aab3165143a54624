"""What a reader found in a file, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hsreview.base.messages import N_
from hsreview.model.people import Consent
from hsreview.model.text import CueTime, Role, Turn, Units

CONVENTIONS: Mapping[str, str] = {
    "none": N_("no labels"),
    "colon": N_("Name: text"),
    "bold": N_("bold names"),
    "table": N_("a table"),
    "cues": N_("cue voices"),
    "columns": N_("columns"),
    "md_bold": N_("**Name:** text"),
    "md_bold_line": N_("**Name** line"),
    "md_heading": N_("# Name"),
    "bracket": N_("[Name] text"),
    "time_name": N_("time and name"),
    "letter_stop": N_("A. text"),
    "tab": N_("Name, tab"),
    "dash": N_("Name – text"),
    "label_line": N_("name alone"),
    "mixed": N_("mixed labels"),
    "bare": N_("Name text"),
    "time": N_("times only"),
    "dialogue": N_("– text"),
}
"""How speakers are labelled in a file, in a few words for people."""
TO_CHECK = frozenset({"no_labels", "only_questions", "one_speaker", "mixed_labels", "partly_labelled"})
"""Codes of the doubts after which who speaks has to be checked; naming the labels settles them."""


@dataclass(frozen=True, slots=True)
class StagedSpeaker:
    """One label with what the reader can say about it."""

    label: str
    role: Role
    """Proposed."""
    turns: int
    words: int
    sample: str
    """The first words this speaker says."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning of a reader: a stable English `code`, a sentence for the user, and how often it occurred."""

    code: str
    message: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class StagedTranscript:
    """A file as it would be stored: text, turns, units, and every doubt."""

    name: str
    """Proposed name: the file's stem."""
    file_name: str
    format: str
    """`txt`, `md`, `docx`, `odt`, `rtf`, `pdf`, `vtt`, `srt`, `xlsx`, `csv`."""
    encoding: str
    """Empty where the format fixes it."""
    convention: str
    """The labelling convention found, one of `CONVENTIONS`; `none` when the file has no labels."""
    language: str
    """`fr`, `en` or empty."""
    text: str
    turns: tuple[Turn, ...]
    units: Units
    speakers: tuple[StagedSpeaker, ...]
    original_hash: str
    cues: tuple[CueTime, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    """Encoding → the first accented words read that way; the chosen one comes first."""


@dataclass(frozen=True, slots=True)
class StagedRespondent:
    """One row of `respondents.csv`: who is behind which file (and label)."""

    file_name: str
    """Name or stem of the transcript file."""
    respondent: str
    group: str = ""
    organisation: str = ""
    speaker: str = ""
    """The label meant; empty: the file's only respondent."""
    consent: Consent = Consent()
    attributes: Mapping[str, str] = field(default_factory=dict)
    folder: str = ""
    """The folder of the sheet; the row is about files in or below it. Empty: any file."""
    transcript: Mapping[str, str] = field(default_factory=dict)
    """What the row says of the transcript: `language`, `date`, `wave`, `kind`."""
