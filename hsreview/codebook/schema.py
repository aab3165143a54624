"""The file format of codebooks (`hsreview-codebook/1`), as pydantic models and as a JSON Schema for editors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "hsreview-codebook/1"
OVERLAY = "hsreview-overlay/1"
SCHEMA_FILE = "codebook.schema.json"

Language = Literal["en", "fr"]
Hue = Literal["", "blue", "orange", "green", "purple", "red", "teal", "yellow", "pink"]
Id = Annotated[str, Field(min_length=1, max_length=64, description="A short id, always between quotes when in doubt.")]
Key = Annotated[str, Field(pattern="^[!-~]?$", description="The key that sets it: one letter, digit or sign.")]
Refs = list[str]


class Entry(BaseModel):
    """What all blocks of a codebook file have in common: unknown keys and other types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class TextEntry(Entry):
    """One text in English and French; a language may be left out."""

    en: str = ""
    fr: str = ""


class CuesEntry(Entry):
    """Starting phrases by language, for suggestions and for the search of the picker."""

    en: list[str] = []
    fr: list[str] = []


class QuestionEntry(Entry):
    """A review question, or a bundle of cross-cutting themes."""

    id: Id
    uuid: str = Field("", description="Only in exported files: the identity of a question whose id was changed.")
    kind: Literal["review_question", "cross_cutting"] = "review_question"
    text: TextEntry
    short: TextEntry = Field(default_factory=TextEntry, description="A short form for narrow columns.")
    source: str = ""
    step: int | None = Field(None, ge=0, description="The step of the review that it feeds.")
    hue: Hue = Field("", description="The colour of its codes.")


class DefinedEntry(Entry):
    """What a code means, in a codebook and in an overlay."""

    id: Id
    label: TextEntry = Field(default_factory=TextEntry)
    definition: TextEntry = Field(default_factory=TextEntry)
    use: TextEntry = Field(default_factory=TextEntry, description="When to use the code.")
    not_use: TextEntry = Field(default_factory=TextEntry, description="When not to use it, and which code instead.")
    example: TextEntry = Field(default_factory=TextEntry)
    questions: Refs = Field([], description="The questions it serves; those of its theme when left out.")
    groups: Refs = Field([], description="The respondent groups it is meant for; left out or [all]: every group.")
    primary_group: str = Field("", description="The group it was written for first; left out or all: all alike.")
    origin: Literal["", "deductive", "inductive", "in_vivo"] = ""
    cues: CuesEntry = Field(default_factory=CuesEntry)
    hue: Hue = Field("", description="A colour of its own, when not that of its question.")


class CodeEntry(DefinedEntry):
    """A code; codes may stand below codes."""

    uuid: str = Field("", description="Only in exported files: the identity of a code whose id was changed.")
    codable: bool = Field(True, description="false: a heading in the tree that is never put on a text.")
    status: Literal["active", "proposed", "merged", "refused", "retired"] = "active"
    merged_into: str = Field("", description="The id of the code that took it over (status: merged).")
    codes: list[CodeEntry] = []


class ThemeEntry(Entry):
    """A theme and its codes."""

    id: Id
    uuid: str = Field("", description="Only in exported files: the identity of a theme whose id was changed.")
    label: TextEntry
    definition: TextEntry = Field(default_factory=TextEntry)
    questions: Refs = []
    codes: list[CodeEntry] = []


class LabelledEntry(Entry):
    """An id with its label."""

    id: Id
    label: TextEntry = Field(default_factory=TextEntry)


class ValueEntry(LabelledEntry):
    """A value of a modifier, or a flag."""

    key: Key = ""


class ModifierEntry(LabelledEntry):
    """A quality of a coding; a coding bears at most one of its values."""

    question: TextEntry = Field(default_factory=TextEntry, description="What the coder asks themselves.")
    key: Key = ""
    applies_to: Refs = Field(["*"], description="Ids of themes or codes; * means all.")
    values: list[ValueEntry] = Field(min_length=1)


class PassEntry(LabelledEntry):
    """A working order: which themes are coded first in which interviews."""

    groups: Refs = []
    themes: Refs = []
    then: Refs = []


class GroupEntry(LabelledEntry):
    """A group of respondents."""

    step: int | None = Field(None, ge=0, description="The step of the review in which they are interviewed.")
    subgroups: list[LabelledEntry] = []


class GuideEntry(Entry):
    """A question of the interview guide."""

    id: Id
    text: TextEntry
    questions: Refs = Field([], description="The review questions it serves.")
    groups: Refs = Field([], description="The groups it is asked of; left out or [all]: every group.")


class DeactivatedEntry(Entry):
    """A code of the base that is not used."""

    id: Id
    reason: str = ""


class RewordedEntry(Entry):
    """A code whose definition was reworded; its definition in the base."""

    id: Id
    definition: TextEntry = Field(default_factory=TextEntry)


class MapEntry(Entry):
    """How an added code stands to a code of the base."""

    from_: Id = Field(alias="from")
    to: str = Field("", description="A code of the base; left out when the relation is none.")
    relation: Literal["same", "narrower", "broader", "none"] = Field(
        description="What `from` means, seen from `to`: the same, a part of it, more than it; none needs a note."
    )
    note: str = ""


class LexiconEntry(Entry):
    """Words of a state."""

    places: list[str] = []
    actors: list[str] = []
    languages: list[str] = []


class DerivedEntry(Entry):
    """What a codebook made by an overlay took from its base; written by `overlay apply`."""

    base: Id
    base_version: str = Field(min_length=1)
    overlays: list[str] = []
    added: Refs = []
    deactivated: list[DeactivatedEntry] = []
    reworded: list[RewordedEntry] = []
    map: list[MapEntry] = []
    lexicon: LexiconEntry = Field(default_factory=LexiconEntry)


class CodebookEntry(Entry):
    """A whole codebook file."""

    model_config = ConfigDict(extra="forbid", strict=True, title="Codebook of hsreview")

    schema_: Literal["hsreview-codebook/1"] = Field(alias="schema")
    id: Id
    version: str = Field(min_length=1, description="A text: write it between quotes.")
    status: str = ""
    languages: list[Language] = Field(["en", "fr"], min_length=1)
    base_state: str = ""
    title: TextEntry
    provenance: str = ""
    questions: list[QuestionEntry] = []
    groups: list[GroupEntry] = []
    passes: list[PassEntry] = []
    modifiers: list[ModifierEntry] = []
    flags: list[ValueEntry] = []
    guide: list[GuideEntry] = []
    rules: dict[str, TextEntry] = {}
    derived: DerivedEntry | None = None
    themes: list[ThemeEntry] = []


def codebook_schema() -> dict[str, Any]:
    """The JSON Schema of a codebook file, for the completion and checks of an editor."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CodebookEntry.model_json_schema()}
