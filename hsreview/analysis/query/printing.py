"""An expression written out in its canonical form: as it was understood, in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsreview.analysis.query import words
from hsreview.analysis.query.tree import (
    And,
    Any,
    CodeName,
    Condition,
    HasMemo,
    Link,
    Node,
    Not,
    Or,
    Related,
    Relation,
    Says,
    Value,
)
from hsreview.base.folding import fold

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "and": "and", "or": "or", "not": "not", "any": "any", "memo": "memo", "says": "says", "by": "by", "in": "in",
        "overlaps": "overlaps", "inside": "inside", "contains": "contains", "followed": "followed by",
        "turn": "within turn", "turns": "within {n} turns", "one": "within 1 turn",
        "interview": "within interview", "respondent": "within respondent",
    },
    "fr": {
        "and": "et", "or": "ou", "not": "non", "any": "tout", "memo": "mémo", "says": "dit", "by": "par",
        "in": "parmi", "overlaps": "chevauche", "inside": "dans", "contains": "contient", "followed": "suivi de",
        "turn": "dans le tour de", "turns": "à {n} tours de", "one": "à 1 tour de",
        "interview": "dans l’entretien de", "respondent": "chez le répondant de",
    },
}  # fmt: skip
_APART = {"en": {0: "within turn", 1: "within 1 turn"}, "fr": {0: "dans le tour", 1: "à 1 tour"}}
_TURNS_APART = {"en": "within {n} turns", "fr": "à moins de {n} tours"}

_EITHER, _ALL, _RELATED, _OPERAND = 1, 2, 3, 4


def written(node: Node, language: str) -> str:
    """`node` as an expression in `language` (`en` or `fr`); reading it gives the same tree."""
    return _Writer("fr" if language == "fr" else "en").text(node, _EITHER)


class _Writer:
    def __init__(self, language: str) -> None:
        self.language = language
        self.words = _WORDS[language]

    def text(self, node: Node, least: int) -> str:
        """`node`, in brackets where it binds less than `least`."""
        if isinstance(node, Or):
            return _bracketed(f" {self.words['or']} ".join(self.text(p, _ALL) for p in node.parts), least > _EITHER)
        if isinstance(node, And):
            return _bracketed("".join(self._all(node)), least > _ALL)
        if isinstance(node, Related):
            links = "".join(self._links(node.links))
            return _bracketed(self._related(node.base) + links, least > _RELATED)
        if isinstance(node, Not):
            return f"{self.words['not']} {self.text(node.of, _OPERAND)}"
        return self._atom(node)

    def _all(self, node: And) -> Iterator[str]:
        yield self.text(node.parts[0], _RELATED)
        for part in node.parts[1:]:
            if self.language == "fr" and isinstance(part, Not):
                yield f" sauf {self.text(part.of, _OPERAND)}"
            else:
                yield f" {self.words['and']} {self.text(part, _RELATED)}"

    def _related(self, node: Node) -> str:
        """One side of a relation; `not` stands in brackets there, so that nobody reads it otherwise."""
        return _bracketed(self.text(node, _OPERAND), isinstance(node, Not))

    def _links(self, links: tuple[Link, ...]) -> Iterator[str]:
        for number, link in enumerate(links):
            told = f"{self.words['not']} " if link.negated else ""
            followed = number + 1 < len(links) and not links[number + 1].negated
            turn_next = followed and links[number + 1].relation is Relation.TURN
            yield f" {told}{self._relation(link)} {self._related(link.to)}{self._apart(link, turn_next)}"

    def _relation(self, link: Link) -> str:
        if link.relation is not Relation.TURN or link.turns == 0:
            return self.words[link.relation.value]
        return self.words["one" if link.turns == 1 else "turns"].format(n=link.turns)

    def _apart(self, link: Link, needed: bool) -> str:
        """How far the follower may be; one turn goes without saying, unless another distance comes next."""
        if link.relation is not Relation.FOLLOWED or (link.turns == 1 and not needed):
            return ""
        return " " + _APART[self.language].get(link.turns, _TURNS_APART[self.language].format(n=link.turns))

    def _atom(self, node: Any | CodeName | Condition | HasMemo | Says) -> str:
        if isinstance(node, Any):
            return self.words["any"]
        if isinstance(node, HasMemo):
            return self.words["memo"]
        if isinstance(node, Says):
            return f"{self.words['says']} {_in_quotes(node.text)}"
        if isinstance(node, CodeName):
            return code_word(node.text) + "*" * node.prefix + "!" * node.only
        if node.name == "coder" and not node.own and node.sign == "=" and len(node.values) == 1:
            return f"{self.words['by']} {_value(node.values[0])}"
        return self._condition(node)

    def _condition(self, node: Condition) -> str:
        name = node.name
        if node.own:
            name = _in_quotes(name) if fold(name) in words.FIELD_OF else code_word(name)
        elif self.language == "fr":
            name = words.FIELDS[name]
        elif name == "role":
            name = "speaker role"
        if len(node.values) == 1:
            return f"{name} {node.sign} {_value(node.values[0])}"
        listed = f"({', '.join(_value(value) for value in node.values)})"
        among = self.words["in"] if node.sign == "=" else f"{self.words['not']} {self.words['in']}"
        return f"{name} {among} {listed}"


def _bracketed(text: str, wanted: bool) -> str:
    return f"({text})" if wanted else text


def _plain(text: str) -> bool:
    return words.PLAIN.fullmatch(text) is not None and text.isprintable()


def _in_quotes(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def code_word(text: str) -> str:
    """A ref or a label as it stands in an expression: in quotation marks where it needs them."""
    return text if _plain(text) and fold(text) not in words.QUOTED else _in_quotes(text)


def _value(value: Value) -> str:
    return (value.text if _plain(value.text) else _in_quotes(value.text)) + "*" * value.prefix
