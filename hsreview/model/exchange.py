"""Words of the exchange: what a package says of itself, what a merge would do, where replicas contradict each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from hsreview.base.errors import Problem
from hsreview.model.change import Change


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself."""

    id: str
    project_id: str
    project: str
    """Name of the project."""
    format: int
    """Format of the project file it came from."""
    tool: str
    made: str
    made_by: str
    """Coder id."""
    made_for: str
    """Coder id; empty when it is for whoever leads the project."""
    heads: Mapping[str, int]
    """`coder/replica` → number of the newest record inside, for each actor of which it holds records."""
    knows: Mapping[str, int]
    """The heads of the project it was made from."""
    codebook: str
    """Ref and version of the codebook."""
    digests: Mapping[str, str]
    """Name of each part → SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class Content:
    """A text, turns or units, addressed by hash; `data` as it is stored, or null when withheld or erased."""

    hash: str
    kind: str
    data: str | bytes | None
    state: str = "present"


@dataclass(frozen=True, slots=True)
class Package:
    """An opened package: records in the order of replay."""

    manifest: Manifest
    changes: Sequence[Change]
    contents: Sequence[Content]


@dataclass(frozen=True, slots=True)
class Gap:
    """Records that are missing: the numbers of one actor between `first` and `last`."""

    coder: str
    replica: str
    first: int
    last: int
    refused: bool
    """Whether what comes after the gap was refused; else those who sent the package merely had seen them."""


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One of the contradicting records."""

    record: str
    coder_id: str
    at: str
    value: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """Concurrent changes of one field of a shared thing, until someone decides."""

    id: str
    table: str
    entity: str
    name: str
    """What people call the thing."""
    field: str
    values: Sequence[ConflictValue]


class Weight(StrEnum):
    """Acts of others that a team wants to know of before it takes them in."""

    ROLE = "role"
    """Gave a member of the team a role; `value` is the role."""
    CODER_REMOVED = "coder_removed"
    RENAMED = "renamed"
    """Gave somebody else another name; `value` is the name."""
    KEY = "key"
    """Changed the public keys of a member of the team."""
    SETTING = "setting"
    """Changed a setting of the project; `value` is its name."""
    ON_BEHALF = "on_behalf"
    """Made codings, memos or marks in the name of another coder."""
    TRANSCRIPT_REMOVED = "transcript_removed"
    NEW_TEXT = "new_text"
    """Gave a transcript that is here another text."""
    CONSENT = "consent"
    """Changed what a respondent consents to."""
    RULING = "ruling"
    """Decided on a conflict."""
    ASSIGNED = "assigned"
    """Assigned transcripts to a coder."""
    UNASSIGNED = "unassigned"
    """Took assigned transcripts away from a coder."""
    ADOPTED = "adopted"
    """Adopted a coder's reading of transcripts into the consensus."""
    UNADOPTED = "unadopted"
    """Took such transcripts out of the consensus again."""
    SETTLED = "settled"
    """Settled differences between coders."""
    ERASED_TEXT = "erased_text"
    """Erased a text, its units, or a file name."""
    ERASED_RECORD = "erased_record"
    """Erased what a record says."""
    WITHDRAWN = "withdrawn"
    """Withdrew a respondent."""
    MASKED = "masked"
    """Replaced names in transcripts that are here, and erased what held them."""


FIRST = "first"
"""The value of a consent of which nothing was recorded before."""


@dataclass(frozen=True, slots=True)
class Weighty:
    """Acts of one coder that weigh."""

    coder_id: str
    """Who did it."""
    what: Weight
    subject: str
    """Id of the coder, transcript or respondent whom it is about; empty where `count` says it all."""
    value: str
    count: int
    by_lead: bool = True
    """Whether who did it leads the project, or led it once."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a merge brings of one coder's work."""

    transcripts: int = 0
    """In how many transcripts codings were made."""
    codings: int = 0
    """Made."""
    removed: int = 0
    """Codings that were taken away."""
    reviewed: int = 0
    """Transcripts that were marked as reviewed."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, or (dry run) would do."""

    packages: Sequence[str]
    """File names that were taken in."""
    new: Mapping[str, int]
    """Coder id → records that were not here."""
    filled: int
    """Bodies that were withheld here and came now."""
    erased: int
    """Bodies that were erased elsewhere and are now erased here."""
    known: int
    """Records that were here already."""
    missing: Sequence[Gap]
    conflicts: Sequence[Conflict]
    """Conflicts open after it."""
    refused: Sequence[Problem]
    """Files that were refused, each with its reason; nothing of them is stored."""
    carried: Mapping[str, int] = field(default_factory=dict)
    """`unchanged`, `moved`, `changed`, `lost` → codings and memos made on an older text version."""
    same_names: Sequence[str] = ()
    """Names that several coders bear."""
    same_people: Sequence[str] = ()
    """Pseudonyms that several respondents bear: two people, or one who is in the project twice."""
    erased_contents: int = 0
    """Texts, units and file names that were erased elsewhere and are now erased here."""
    unproven: int = 0
    """Texts and records that a package calls erased while no record says so: they stay as they are here."""
    weighty: Sequence[Weighty] = ()
    """New acts of weight, in the order of replay."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """File name → SHA-256 of the file, of those that could be opened."""
    works: Mapping[str, Work] = field(default_factory=dict)
    """Coder id → what came of that coder's work."""
    withdrawn: int = 0
    """Records, texts and units in the packages that were not taken in: they belong to somebody who withdrew."""
    spared: int = 0
    """Things and records that a withdrawal names although they are no person's: they stay."""
    reopened: int = 0
    """Settled differences that are open again, because what they rest on changed or somebody settled them otherwise."""
