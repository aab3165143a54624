"""The file format of overlays (`hsreview-overlay/1`): what another state changes in a codebook that stays as it is."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from hsreview.codebook.schema import (
    DeactivatedEntry,
    DefinedEntry,
    Entry,
    Id,
    LexiconEntry,
    MapEntry,
    TextEntry,
)  # fmt: skip

OVERLAY_SCHEMA_FILE = "overlay.schema.json"


class RenamedEntry(Entry):
    """Other words for a theme or a code of the base; its meaning stays. What is left out stays as it is."""

    label: TextEntry = Field(default_factory=TextEntry)
    definition: TextEntry = Field(default_factory=TextEntry)
    example: TextEntry = Field(default_factory=TextEntry)


class AddedEntry(DefinedEntry):
    """A code that only this state has."""

    under: str = Field(min_length=1, description="The theme or the code below which it stands.")


class OverlayEntry(Entry):
    """A whole overlay file."""

    model_config = ConfigDict(extra="forbid", strict=True, title="Overlay of hsreview")

    schema_: Literal["hsreview-overlay/1"] = Field(alias="schema")
    id: Id = Field(description="Also the id of the codebook that is made.")
    version: str = Field(min_length=1, description="A text: write it between quotes.")
    status: str = ""
    extends: str = Field(description="The codebook or overlay on which it stands, with its version: id@1.0.0")
    state: str = Field(description="The state, in two capital letters: NE. Ids that it adds begin with them: NE-1")
    title: TextEntry = Field(default_factory=TextEntry)
    provenance: str = ""
    rename: dict[str, RenamedEntry] = Field({}, description="By the id of a theme or code.")
    lexicon: LexiconEntry = Field(default_factory=LexiconEntry)
    deactivate: list[DeactivatedEntry] = Field([], description="Codes of the base that are not used, with the reason.")
    add: list[AddedEntry] = Field([], description="Codes that only this state has.")
    map: list[MapEntry] = Field([], description="How each added code stands to a code of the base.")


def overlay_schema() -> dict[str, Any]:
    """The JSON Schema of an overlay file, for the completion and checks of an editor."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **OverlayEntry.model_json_schema()}
