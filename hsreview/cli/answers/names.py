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
    capital_forms: list[str]
    """The forms of which that is so: all, or after a merge those that are common words."""
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


class NameContradiction(TypedDict):
    """A name about which two registers differ; ours stays."""

    number: int | None
    """In our register; null when it is not there."""
    form: str
    message: str


class RegistersJoined(TypedDict):
    """What a colleague's key file brought."""

    contradictions: list[NameContradiction]
    added: int
    decided: int
    """Names that were open here, or were not here, and are decided now."""


class NameContact(TypedDict):
    """How somebody is reached. Keep the answer where the key file may lie."""

    number: int
    form: str
    replacement: str
    contact: str
    consent: str
    """Reference of the consent form."""


class NameContacts(TypedDict):
    """People of the register."""

    contacts: list[NameContact]


class NamePlace(TypedDict):
    """Where original names stand; the names are told by their numbers."""

    kind: str
    """`text`, `label`, `file_name`, `file`, `backup`, `log`, `local`, or a table such as `memo`."""
    where: str
    """A transcript, an id, or a path below the project's folder."""
    names: list[int]
    count: int


class NamesChecked(TypedDict):
    """Where original names of the register stand in the project folder."""

    places: list[NamePlace]
    unread: list[str]
    """Files that could not be looked into."""
    partial: bool
    """The work of others was left out, since the reader may not see it yet."""
    codebook: int
    """How often names stand in texts of the codebook that comes with hsreview; not in `places`."""
    shipped: list[str]
    """Names that it says itself; they stay there."""
    team: list[int]
    """Numbers of names in `places` that members of the team bear too: they may say who coded."""


class TextRiskEntry(TypedDict):
    """What remains recognisable in one transcript. Classes are those of `kind` in a name."""

    transcript_id: str
    transcript: str
    pseudonymised: bool
    replaced: dict[str, int]
    """Class → replacements in the newest text."""
    undecided: dict[str, int]
    """Open when it was stored."""
    left: dict[str, int]
    """What looks like a name in the stored text."""
    found_by: dict[str, int]
    refused: int | None
    """How many of these were left on purpose; null when the key file was not opened."""
    indirect_turns: list[int]
    left_out: dict[str, int]
    engines: list[str]


class ResidualRisk(TypedDict):
    """The report on residual risk."""

    texts: list[TextRiskEntry]
    engines: list[str]
