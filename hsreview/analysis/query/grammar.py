"""From an expression to its tree.

either   = all { "or" all }
all      = related { "and" related | "except" related }
related  = unary { ["not"] relation unary }
unary    = "not" unary | "(" either ")" | code | condition
"""

from __future__ import annotations

from collections.abc import Callable

from hsreview.analysis.query import words
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.operands import Operands
from hsreview.analysis.query.tree import (
    And,
    Link,
    Node,
    Not,
    Or,
    Related,
    Relation,
)
from hsreview.analysis.query.words import Sort, Token, tokens
from hsreview.base.messages import _

DEEPEST = 50
"""Brackets and `not` within each other."""
MOST_DIGITS = 6
"""Of a number of turns."""


def parse(expression: str) -> Node:
    """The tree of an expression, in English, French or both. Raises QueryFault, with the expression and the column."""
    try:
        return _Parser(tokens(expression)).whole()
    except QueryFault as fault:
        fault.expression = expression
        raise


class _Parser(Operands):
    def __init__(self, found: list[Token]) -> None:
        super().__init__(found)
        self.depth, self.deepest, self.joins = 0, 0, 0

    # Connections

    def whole(self) -> Node:
        if len(self.tokens) == 1:
            raise QueryFault(_("the expression is empty: write a code, such as D1."), 1)
        node = self.either()
        if self.token.sort is not Sort.END:
            raise self._unexpected()
        return node

    def _unexpected(self) -> QueryFault:
        token = self.token
        if self.is_sign(")"):
            return QueryFault(_("this bracket closes nothing: an opening one is missing."), token.column)
        before = self.tokens[self.at - 1] if self.at else token
        if self.is_sign(",") or self.is_sign(";"):
            told = _("a list of values stands behind “in” or “parmi”: region in (Gao, Mopti).")
        elif self.is_sign("*") or self.is_sign("!"):
            told = _("“{sign}” stands directly behind a name: D*, D1!").format(sign=token.text)
        elif token.sort is Sort.SIGN:
            told = _("“{sign}” compares nothing here: write group = cso.").format(sign=token.text)
        elif self.is_word(words.WITHOUT):
            told = _("“{word}” has no meaning here: write “and not”.").format(word=token.text)
        elif self.is_word(words.NEAR):
            told = _("“{word}” has no meaning here: write “within 2 turns”.").format(word=token.text)
        elif before.sort is Sort.WORD and token.sort is Sort.WORD and not self.is_word(words.NEVER_CODES):
            told = _(
                "“and”, “or” or a relation is missing before “{word}”. Names of several words stand in quotation marks."
            ).format(word=token.text)
        else:
            told = _("“and”, “or” or a relation is expected here, not “{word}”.").format(word=token.text)
        return QueryFault(told, token.column)

    def either(self) -> Node:
        column = self.token.column
        parts = [self.all()]
        while self.word(words.CONNECTING[words.OR]):
            parts.append(self.all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts), column)

    def all(self) -> Node:
        column = self.token.column
        parts = [self.related()]
        while True:
            here = self.token.column
            if self.word(words.CONNECTING[words.AND]):
                if links := self.links():
                    parts = [self.asked_of(parts, links, column)]
                else:
                    parts.append(self.related())
            elif self.word(words.CONNECTING[words.EXCEPT]):
                parts.append(Not(self.excepted(), here))
            else:
                return _joined(parts, column)

    def asked_of(self, parts: list[Node], links: tuple[Link, ...], column: int) -> Node:
        """“A and group = cso and not within turn B” asks the relation of all that was picked before it."""
        self.joins += 1  # Each is a bracket more when the expression is written out.
        if self.joins + self.deepest > DEEPEST:
            raise self._too_deep(self.token)
        return Related(_joined(parts, column), links, column)

    def excepted(self) -> Node:
        """What stands behind “except”: codes or a condition, and no relation."""
        opening, before = self.token, self.tokens[self.at - 1]
        if self.relation() is not None:
            asked = " ".join(each.text for each in self.tokens if opening.column <= each.column < self.token.column)
            told = _("before a relation, “{word}” is “and not”: write and not {relation} …")
            raise QueryFault(told.format(word=before.text, relation=asked), before.column)
        return self.related()

    # Relations

    def related(self) -> Node:
        column = self.token.column
        base = self.unary()
        links = self.links()
        return Related(base, links, column) if links else base

    def links(self) -> tuple[Link, ...]:
        found: list[Link] = []
        while (link := self.link()) is not None:
            found.append(link)
        return tuple(found)

    def link(self) -> Link | None:
        column, begin = self.token.column, self.at
        negated = self.word(words.CONNECTING[words.NOT])
        relation = self.relation()
        if relation is None:
            self.at = begin
            return None
        kind, turns = relation
        self.word(words.AS)
        to = self.unary()
        if kind is Relation.FOLLOWED:
            begin = self.at
            apart = self.within()
            if apart is not None and apart[0] is Relation.TURN:
                turns = apart[1]
            else:
                self.at = begin
        return Link(kind, to, turns, negated, column)

    def relation(self) -> tuple[Relation, int] | None:
        """Take a relation; null (and nothing taken) when none stands here."""
        found = self.within()
        if found is not None:
            return found
        for known, kind in (
            (words.OVERLAPS, Relation.OVERLAPS),
            (words.INSIDE, Relation.INSIDE),
            (words.CONTAINS, Relation.CONTAINS),
        ):
            if self.word(known):
                return kind, 0
        if self.word(words.FOLLOWED):
            if not self.word({"by", "de", "par"}):
                raise QueryFault(_("“by” is missing: D1 followed by K4."), self.token.column)
            return Relation.FOLLOWED, 1
        return None

    def within(self) -> tuple[Relation, int] | None:
        """`within turn`, `within 2 turns`, `within interview`, `within respondent`, and so in French."""
        begin, opening = self.at, self.token
        if not self.word(words.WITHIN):
            return None
        while self.word(words.ARTICLES):
            pass
        if self.is_word({words.LESS[0]}) and self.is_word({words.LESS[1]}, 1):
            self.at += 2
        if self.turns():
            return Relation.TURN, 0
        if self.word(words.INTERVIEW):
            return Relation.INTERVIEW, 0
        if self.word(words.RESPONDENT):
            return Relation.RESPONDENT, 0
        number = self.token
        if number.sort is Sort.WORD and number.text.isdecimal() and self.is_word(words.TURN, 1):
            self.at += 1
            self.turns()
            if len(number.text) > MOST_DIGITS:
                told = _("{number} turns are more than any text has.")
                raise QueryFault(told.format(number=number.text), number.column)
            return Relation.TURN, int(number.text)
        if opening.key in ("within", "chez"):
            raise QueryFault(
                _("“{word}” wants what both stand in: turn, 2 turns, interview or respondent.").format(
                    word=opening.text
                ),
                number.column,
            )
        self.at = begin
        return None

    def turns(self) -> bool:
        """Take `turn`, `turns`, `tours`, `tour de parole`."""
        found = self.word(words.TURN)
        if found and self.is_word({"de"}) and self.is_word({"parole"}, 1):
            self.at += 2
        return found

    # Operands

    def unary(self) -> Node:
        token = self.token
        if self.word(words.CONNECTING[words.NOT]):
            return self.deeper(token, lambda: Not(self.unary(), token.column))
        if self.is_sign("("):
            self.at += 1
            return self.deeper(token, lambda: self.bracket(token))
        return self.primary()

    def deeper(self, token: Token, read: Callable[[], Node]) -> Node:
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)
        if self.joins + self.deepest > DEEPEST:
            raise self._too_deep(token)
        node = read()
        self.depth -= 1
        return node

    def _too_deep(self, token: Token) -> QueryFault:
        told = _("more than {n} brackets (or “not”) stand within each other: write it more simply.")
        return QueryFault(told.format(n=DEEPEST), token.column)

    def bracket(self, opening: Token) -> Node:
        node = self.either()
        if not self.is_sign(")"):
            if self.token.sort is Sort.END:
                raise QueryFault(_("this bracket is not closed: “)” is missing."), opening.column)
            raise self._unexpected()
        self.at += 1
        return node


def _joined(parts: list[Node], column: int) -> Node:
    return parts[0] if len(parts) == 1 else And(tuple(parts), column)
