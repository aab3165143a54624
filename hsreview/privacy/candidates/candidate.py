"""What is proposed to a person: stretches of text that may name somebody, and who proposed them.

Representations never show the words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hsreview.base.messages import N_
from hsreview.model.naming import NameClass

GAZETTEER = "gazetteer"
LISTS = "lists"
CAPITALS = "capitals"
TITLES = "titles"
PATTERNS = "patterns"
ELSEWHERE = "elsewhere"
UNUSUAL = "unusual"
TABLE = "respondents"
ENGINES: Mapping[str, str] = {
    GAZETTEER: N_("list of names"),
    LISTS: N_("your names"),
    CAPITALS: N_("capitals"),
    TITLES: N_("word before it"),
    PATTERNS: N_("form of a number"),
    ELSEWHERE: N_("found elsewhere"),
    UNUSUAL: N_("unusual word"),
    TABLE: N_("table of respondents"),
}
"""Each engine of ours in a few words for people; a model is called by its name and version."""
RULES_VERSION = "3"
"""Raise the number when a rule or a list of this folder changes what is found."""


@dataclass(frozen=True, slots=True)
class Found:
    """One engine's proposal; engines are the words above, or a model with its version."""

    engine: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch `[start, end)` of one text, in code points, and every engine that proposed it or a part of it."""

    start: int
    end: int
    name_class: NameClass
    found: tuple[Found, ...]
    also_word: bool = False
    """Whether it is a common word too (Paix, Désiré): a replacement everywhere would hit ordinary words."""


@dataclass(frozen=True, slots=True)
class Context:
    """One place where a form stands, with some words around it."""

    text: str
    """The key of the text."""
    start: int
    end: int
    before: str = field(repr=False)
    form: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """All candidates with one surface form, folded by `form_key`."""

    key: str = field(repr=False)
    form: str = field(repr=False)
    """As it is written most often."""
    name_class: NameClass
    """Proposed most often."""
    texts: Mapping[str, int]
    """Key of a text → how often it stands there."""
    engines: tuple[str, ...]
    also_word: bool
    contexts: tuple[Context, ...] = field(repr=False)
    """The first few, from as many texts as possible; those with a capital come first."""
    small: Mapping[str, int]
    """Key of a text → how often it stands there in small letters."""
    forms: Mapping[str, int] = field(repr=False)
    """Every spelling → how often."""
    variants: tuple[str, ...] = field(repr=False)
    """Keys of groups that may mean the same."""

    @property
    def count(self) -> int:
        """How often it stands in all texts."""
        return sum(self.texts.values())


@dataclass(frozen=True, slots=True)
class Lists:
    """A project's own words: what has to be proposed, by class, and what must not be."""

    names: Mapping[str, NameClass] = field(default_factory=dict, repr=False)
    refused: Iterable[str] = field(default=(), repr=False)
    """Forms that a person has said are no names."""
