"""Answers about packages, merging, conflicts and keys."""

from __future__ import annotations

from typing import Literal, TypedDict


class PackageMade(TypedDict):
    """A package file that was written."""

    path: str
    lock: Literal["none", "key", "passphrase"]
    """What opens it."""
    recipients: list[str]
    """Names of those whose keys open it."""
    records: int
    withheld: int
    """Records whose body was left out."""
    transcripts: list[str]
    """Names of those that can be read in it."""
    digest: str
    """SHA-256 of the file."""


class PackageShown(TypedDict):
    """What is in a package."""

    id: str
    project_id: str
    project: str
    """Name of the project."""
    format: int
    tool: str
    made: str
    made_by: str
    """A coder's id."""
    made_by_name: str
    made_for: str
    """A coder's id; empty for whoever leads the project."""
    made_for_name: str
    codebook: str
    lock: Literal["none", "key", "passphrase"]
    records: dict[str, int]
    """Name of a coder (else the id) → records."""
    withheld: int
    erased: int
    transcripts: list[str]
    """Names of those that can be read in it."""
    heads: dict[str, int]
    """`coder/replica` → number of the newest record inside."""
    knows: dict[str, int]
    """The same for the project that it was made from."""
    digest: str
    """SHA-256 of the file."""


class PackageEntry(TypedDict):
    """A package that was made, or taken in on this computer."""

    direction: str
    """`sent` or `received`."""
    at: str
    name: str
    """Of the file."""
    lock: str
    """What opens it: `none`, `key` or `passphrase`."""
    because: str
    """Why it was not encrypted."""
    made_by: str
    """A coder's id."""
    made_by_name: str
    made_for: str
    """A coder's id; empty for whoever leads the project."""
    made_for_name: str
    records: int
    digest: str
    """SHA-256 of the file."""
    heads: dict[str, int]
    """`coder/replica` → number of the newest record inside."""


class PackageEntries(TypedDict):
    """The packages that went out, and those that came in here, oldest first."""

    packages: list[PackageEntry]


class ValueEntry(TypedDict):
    """One of the contradicting records."""

    record: str
    coder_id: str
    coder: str
    at: str
    value: str
    """The value, as JSON."""
    said: str
    """The value as people read it: names instead of ids."""
    turns: list[str]
    """Of texts that were corrected apart from each other: the turns of this one that another does not have."""


class ConflictEntry(TypedDict):
    """Changes of one field that were made without knowledge of each other."""

    id: str
    table: str
    entity: str
    field: str
    field_said: str
    """What people call the field: the heading of a cell of the framework."""
    thing: str
    """What people call it."""
    values: list[ValueEntry]


class Conflicts(TypedDict):
    """The conflicts that wait for a decision."""

    conflicts: list[ConflictEntry]


class GapEntry(TypedDict):
    """Records that are missing: the numbers of one coder on one replica from `first` to `last`."""

    coder_id: str
    coder: str
    replica: str
    first: int
    last: int
    refused: bool
    """Whether a package was refused for it; else its sender merely knew of them."""


class RefusedPackage(TypedDict):
    """A file that was refused."""

    path: str
    code: str
    """A stable English word."""
    message: str


class WeightyEntry(TypedDict):
    """Something of weight that came with a merge."""

    coder_id: str
    """Who did it."""
    coder: str
    what: str
    """A stable English word: `role`, `coder_removed`, `renamed`, `key`, `setting`, `on_behalf`, `transcript_removed`,
    `new_text`, `consent`, `ruling`, `assigned`, `unassigned`, `adopted`, `unadopted`, `settled`, `erased_text`,
    `erased_record`, `withdrawn` or `masked`."""
    subject: str
    """Id of the coder, transcript or respondent whom it is about; empty where there is none."""
    subject_name: str
    value: str
    """The role, name or setting; `first` for a consent of which nothing was recorded before."""
    count: int
    by_lead: bool
    """Whether who did it leads the project, or led it once."""
    said: str
    """The whole as a sentence."""


class WorkEntry(TypedDict):
    """What a merge brings of one coder's work, as far as it stands."""

    coder_id: str
    coder: str
    records: int
    transcripts: int
    """In how many transcripts codings were made."""
    codings: int
    removed: int
    """Codings that were taken away."""
    reviewed: int
    """Transcripts that were marked as reviewed."""


class MergedPackages(TypedDict):
    """What a merge did, or with `--dry-run` would do."""

    packages: list[str]
    """Files that were taken in."""
    new: dict[str, int]
    """Name of a coder (else the id) → records that were not here."""
    known: int
    filled: int
    """Bodies that were withheld here and came now."""
    erased: int
    """Bodies that were erased elsewhere and are now erased here."""
    erased_contents: int
    """Texts, units and file names that were erased elsewhere and are now erased here."""
    unproven: int
    """Texts and records that a package calls erased while no record says so: they stay as they are."""
    withdrawn: int
    """Records, texts and units in the packages that were not taken in: they belong to somebody who withdrew."""
    spared: int
    """What a withdrawal in them names although it is no person's (a code, a setting): it stays."""
    work: list[WorkEntry]
    """By coder; while you code blind, of you alone."""
    reopened: int
    """Settled differences that are open again; 0 while you code blind."""
    weighty: list[WeightyEntry]
    carried: dict[str, int]
    """`unchanged`, `moved`, `changed`, `lost` → codings and memos made on an older text version."""
    missing: list[GapEntry]
    conflicts: list[ConflictEntry]
    """Conflicts open after it."""
    same_names: list[str]
    """Names that several coders bear."""
    same_people: list[str]
    """Pseudonyms that several respondents bear."""
    digests: dict[str, str]
    """File → its SHA-256."""
    refused: list[RefusedPackage]


class OpenedPackage(TypedDict):
    """A package that was taken into a project."""

    path: str
    """The project's folder."""
    created: bool
    coder_id: str | None
    """Who codes there, when the package says so."""
    coder: str | None
    merged: MergedPackages


class KeyEntry(TypedDict):
    """A public key."""

    coder_id: str
    coder: str
    key: str
    own: bool
    """Whether its private key is the user's on this computer."""


class Keys(TypedDict):
    """The public keys of the team."""

    keys: list[KeyEntry]


class OwnKey(TypedDict):
    """The user's own public key."""

    key: str
    path: str
    """Where the private key lies."""
