"""What an expression is once it was read. Columns (1 is the first character) say where each part stood; two trees are
equal when they say the same, wherever it stood.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Relation(StrEnum):
    """How a coding may stand to another one."""

    OVERLAPS = "overlaps"
    INSIDE = "inside"
    CONTAINS = "contains"
    TURN = "turn"
    """Some turns apart at most; 0: they touch the same turn."""
    FOLLOWED = "followed"
    """The other begins where this one ends, or later, some turns on at most."""
    INTERVIEW = "interview"
    RESPONDENT = "respondent"


@dataclass(frozen=True, slots=True)
class Any:
    """Every coding of the layer."""

    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class CodeName:
    """The codings of a code, theme or review question, those of the codes below it included."""

    text: str
    """A ref or a label."""
    only: bool = False
    """`D1!`: without the codes below it."""
    prefix: bool = False
    """`D*`: every ref that begins so."""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Value:
    """What something is compared with."""

    text: str
    prefix: bool = False
    """`Ga*`: everything that begins so."""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Condition:
    """`group = cso`: something that is known of a coding, compared with one of several values."""

    name: str
    """One of the built-in fields in English, else the name of a modifier or an attribute as it was written."""
    sign: str
    """`=`, `!=`, `<`, `<=`, `>` or `>=`."""
    values: tuple[Value, ...]
    own: bool = False
    """Whether the name is that of a modifier or an attribute of the project."""
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class HasMemo:
    """There is a memo on the coding."""

    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Says:
    """The words of the coding hold these words, one after the other."""

    text: str
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Complement of a condition; of codings: what overlaps none of them."""

    of: Node
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """The first part that names codings, without those that do not meet the other parts."""

    parts: tuple[Node, ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """What one of the parts picks."""

    parts: tuple[Node, ...]
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """A relation to one of the codings of `to`."""

    relation: Relation
    to: Node
    turns: int = 0
    """For `turn` and `followed`: how many turns apart at most."""
    negated: bool = False
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Related:
    """The codings of `base` for which every link holds."""

    base: Node
    links: tuple[Link, ...]
    column: int = field(default=0, compare=False)


Node = Any | CodeName | Condition | HasMemo | Says | Not | And | Or | Related


def names_codings(node: Node) -> bool:
    """Whether an expression names codings by code or relation; otherwise it is a condition on codings."""
    if isinstance(node, And | Or):
        return any(names_codings(part) for part in node.parts)
    return isinstance(node, Any | CodeName | Related)
