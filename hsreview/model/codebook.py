"""The codebook: review question → theme → code, with rules in French and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from hsreview.base.ids import derived_id
from hsreview.model.former import Former
from hsreview.model.localized import Localized

if TYPE_CHECKING:
    from hsreview.model.derivation import Derivation


class Status(StrEnum):
    """Where a code stands in its life."""

    ACTIVE = "active"
    PROPOSED = "proposed"
    MERGED = "merged"
    REFUSED = "refused"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Code:
    """A code, with MacQueen's fields; `ref` is what people read and type (`D1`), `id` the UUID behind it."""

    id: str
    ref: str
    label: Localized
    definition: Localized = Localized()
    use: Localized = Localized()
    """When to use."""
    not_use: Localized = Localized()
    """When not to use."""
    example: Localized = Localized()
    questions: tuple[str, ...] = ()
    """Refs of the review questions it serves."""
    groups: tuple[str, ...] = ()
    """Respondent groups it is meant for; empty means all."""
    primary_group: str = ""
    """The group it was written for first; empty means all alike."""
    origin: str = ""
    """`deductive`, `inductive` or `in_vivo`."""
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Language → starting phrases."""
    codable: bool = True
    hue: str = ""
    """A colour of its own, when not its question's."""
    status: Status = Status.ACTIVE
    merged_into: str | None = None
    """The id of the code that took it over, when `status` is `merged`."""
    children: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme of one or more questions; its codes may nest to any depth."""

    id: str
    ref: str
    label: Localized
    definition: Localized = Localized()
    questions: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A review question (`review_question`) or a bundle of cross-cutting themes (`cross_cutting`)."""

    id: str
    ref: str
    text: Localized
    short: Localized = Localized()
    kind: str = "review_question"
    source: str = ""
    hue: str = ""
    """Colour of its codes: one of `HUES`."""
    step: int | None = None
    """The step of the review that it feeds."""


OUTSIDE_REF = "?"
"""Ref of the theme that holds proposals without a theme, and codes whose theme is gone; no file needs it."""

HUES = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink")


@dataclass(frozen=True, slots=True)
class ModifierValue:
    """One value of a modifier; `key` sets it after a code."""

    ref: str
    label: Localized
    key: str = ""


@dataclass(frozen=True, slots=True)
class Modifier:
    """A quality of a coding (stance, modality, time, level …); at most one value each."""

    ref: str
    label: Localized
    question: Localized = Localized()
    """What the coder asks themselves."""
    key: str = ""
    values: tuple[ModifierValue, ...] = ()
    applies_to: tuple[str, ...] = ("*",)
    """Refs of themes or codes; `*` means all."""


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on a coding (`quote`, `mask`, `contra`, `unsure`, `new`)."""

    ref: str
    label: Localized
    key: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """A working order of themes for one kind of interview."""

    ref: str
    label: Localized
    groups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A respondent group and its subgroups."""

    ref: str
    label: Localized
    subgroups: tuple[str, ...] = ()
    step: int | None = None
    subgroup_labels: Mapping[str, Localized] = field(default_factory=dict)
    """Subgroup → label, for those that have one."""


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    """A question of the interview guide and the review question it serves."""

    ref: str
    text: Localized
    questions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook."""

    ref: str
    version: str
    title: Localized
    languages: tuple[str, ...] = ("en", "fr")
    status: str = ""
    provenance: str = ""
    base_state: str = ""
    """The country it was written for (`ML`)."""
    questions: tuple[Question, ...] = ()
    themes: tuple[Theme, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    flags: tuple[Flag, ...] = ()
    passes: tuple[Pass, ...] = ()
    groups: tuple[Group, ...] = ()
    guide: tuple[GuideQuestion, ...] = ()
    rules: Mapping[str, Localized] = field(default_factory=dict)
    derived: Derivation | None = None
    """What it took from its base, when it was made by an overlay; null for a codebook of its own."""
    former: tuple[Former, ...] = field(default=(), compare=False)
    """Names that a project's codebook had, by time, and what became of them; no file holds them."""

    def codes(self) -> Iterator[CodePlace]:
        """Every code in the order of the codebook, parents before their children."""

        def walk(theme: Theme, codes: tuple[Code, ...], parents: tuple[Code, ...]) -> Iterator[CodePlace]:
            for code in codes:
                yield CodePlace(theme, parents, code)
                yield from walk(theme, code.children, (*parents, code))

        for theme in self.themes:
            yield from walk(theme, theme.codes, ())

    def hue_of(self, place: CodePlace) -> str:
        """The code's own hue, else that of the first of its questions that has one, else an empty string."""
        hues = {question.ref: question.hue for question in self.questions}
        return place.code.hue or next((hues[ref] for ref in place.questions if hues.get(ref)), "")


@dataclass(frozen=True, slots=True)
class CodePlace:
    """A code with the theme and the codes above it."""

    theme: Theme
    parents: tuple[Code, ...]
    code: Code

    def levels(self, language: str) -> tuple[str, ...]:
        """The labels from the theme down to the code itself."""
        return (self.theme.label.get(language), *(c.label.get(language) for c in (*self.parents, self.code)))

    def path(self, language: str) -> str:
        """`Theme > parent > code`."""
        return " > ".join(self.levels(language))

    def code_path(self, language: str) -> str:
        """`parent > code`: the path below the theme."""
        return " > ".join(self.levels(language)[1:])

    @property
    def questions(self) -> tuple[str, ...]:
        """The code's questions, else its theme's."""
        return self.code.questions or self.theme.questions


def node_id(codebook_ref: str, kind: str, ref: str) -> str:
    """The id of a question, theme or code of a codebook file: the same wherever that file is read.

    `kind` is `question`, `theme` or `code`. A ref never changes its meaning, so id and ref name the same thing.
    """
    return derived_id("codebook", codebook_ref, kind, ref)


Json = dict[str, Any]
