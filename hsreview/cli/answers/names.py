"""Answers of `names` and of `import --pseudonymise`."""

from __future__ import annotations

from typing import Literal, TypedDict

from hsreview.cli.answers.importing import ImportedFile

NameKind = Literal["person", "place", "organisation", "phone", "email", "id", "date", "exact_place", "other"]


class NameContext(TypedDict):
    """A place where a name stands."""

    before: str
    form: str
    after: str


class RegisterName(TypedDict):
    """A name of the register. It holds original names: keep the answer where the key file may lie."""

    number: int
    """It stands for the name in other commands."""
    form: str
    variants: list[str]
    kind: NameKind
    state: Literal["open", "replaced", "generalised", "kept"]
    replacement: str
    """Empty when nothing is replaced."""
    proposal: str
    """What `names accept` would put in its place; empty unless it is open."""
    capital_only: bool
    """It is a common word too, and meant only where it begins with a capital."""
    used: bool
    """A stored text has the replacement."""
    count: int
    """How often it stood in the files that were looked at last."""
    files: list[str]
    engines: list[str]
    """Who proposed it."""
    contexts: list[NameContext]


class RegisterNames(TypedDict):
    """The names of the register."""

    names: list[RegisterName]
    undecided: int


class PseudonymisedImport(TypedDict):
    """What an import with pseudonyms did. Where names are not decided, nothing was stored, and `files` is empty."""

    files: list[ImportedFile]
    warnings: list[str]
    names: list[RegisterName]
    """Those about which nobody decided."""
    engines: list[str]
    """Who looked for names, each with its version."""
