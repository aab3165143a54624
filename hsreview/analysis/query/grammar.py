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
from hsreview.analysis.query.words import Sort, Token, tokens
from hsreview.base.messages import _

DEEPEST = 50
"""Brackets and `not` within each other."""
MOST_DIGITS = 6
"""Of a number of turns."""
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


def parse(expression: str) -> Node:
    """The tree of an expression, in English, French or both. Raises QueryFault, with the expression and the column."""
    try:
        return _Parser(tokens(expression)).whole()
    except QueryFault as fault:
        fault.expression = expression
        raise


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at, self.depth = found, 0, 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, by: int = 1) -> Token:
        return self.tokens[min(self.at + by, len(self.tokens) - 1)]

    def take(self) -> Token:
        """The next token, which is not the end."""
        self.at += 1
        return self.tokens[self.at - 1]

    def is_sign(self, sign: str, by: int = 0) -> bool:
        token = self.ahead(by)
        return token.sort is Sort.SIGN and token.text == sign

    def is_word(self, among: frozenset[str] | set[str], by: int = 0) -> bool:
        token = self.ahead(by)
        return token.sort is Sort.WORD and token.key in among

    def word(self, among: frozenset[str] | set[str]) -> bool:
        """Take the next token when it is one of these words."""
        found = self.is_word(among)
        self.at += found
        return found

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
                parts.append(self.related())
            elif self.word(words.CONNECTING[words.EXCEPT]):
                parts.append(Not(self.related(), here))
            else:
                return parts[0] if len(parts) == 1 else And(tuple(parts), column)

    # Relations

    def related(self) -> Node:
        column = self.token.column
        base = self.unary()
        links: list[Link] = []
        while (link := self.link()) is not None:
            links.append(link)
        return Related(base, tuple(links), column) if links else base

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
        if self.depth > DEEPEST:
            told = _("more than {n} brackets (or “not”) stand within each other: write it more simply.")
            raise QueryFault(told.format(n=DEEPEST), token.column)
        node = read()
        self.depth -= 1
        return node

    def bracket(self, opening: Token) -> Node:
        node = self.either()
        if not self.is_sign(")"):
            if self.token.sort is Sort.END:
                raise QueryFault(_("this bracket is not closed: “)” is missing."), opening.column)
            raise self._unexpected()
        self.at += 1
        return node

    def primary(self) -> Node:
        token = self.token
        condition = self.condition()
        if condition is not None:
            return condition
        if self.word(words.ANY):
            return Any(token.column)
        if self.word(words.MEMO):
            return HasMemo(token.column)
        if self.word(words.SAYS):
            said = self.lone_value(_('the words are missing: says "budget*".'))
            return Says(said.text + "*" * said.prefix, token.column)
        if self.word(words.BY):
            who = self.lone_value(_("the name of a coder is missing: by Awa."))
            return Condition("coder", "=", (who,), column=token.column)
        if token.sort in (Sort.WORD, Sort.TEXT) and not self.is_word(words.NEVER_CODES):
            return self.code()
        raise self._no_operand()

    def _no_operand(self) -> QueryFault:
        token = self.token
        if token.sort is Sort.END:
            return QueryFault(_("the expression ends too early: a code or a condition is missing."), token.column)
        if self.is_sign(")"):
            return QueryFault(_("a code or a condition is missing before this bracket."), token.column)
        told = _("a code or a condition is expected here, not “{word}”.")
        return QueryFault(told.format(word=token.text), token.column)

    def code(self) -> Node:
        token = self.take()
        prefix, only = self.mark("*", token), False
        if not prefix:
            only = self.mark("!", token)
        return CodeName(token.text, only, prefix, column=token.column)

    def mark(self, sign: str, behind: Token) -> bool:
        """Take a sign that stands directly behind a token."""
        found = self.is_sign(sign) and self.token.column == behind.after
        self.at += found
        return found

    def condition(self) -> Condition | None:
        """`name = value`, `name in (value, value)`; null when it is none."""
        token = self.token
        if token.sort not in (Sort.WORD, Sort.TEXT):
            return None
        length = 1
        if self.is_word({words.ROLE_BEFORE}) and self.is_word({"role"}, 1):
            length = 2
        elif self.is_word({"role"}) and self.is_word({"du", "de", "of"}, 1) and self.is_word(words.SPEAKER, 2):
            length = 3
        sign = self._comparison(length)
        if sign is None:
            return None
        name = "role" if length > 1 else token.text
        own = token.sort is Sort.TEXT or (length == 1 and token.key not in words.FIELD_OF)
        if not own and length == 1:
            name = words.FIELD_OF[token.key]
        missing = _("a value is missing: group = cso.")
        if sign not in ("=", "!=") and self.is_sign("("):
            raise QueryFault(_("only one value can be compared with “{sign}”.").format(sign=sign), self.token.column)
        values = self.values(missing) if self.is_sign("(") else (self.lone_value(missing),)
        return Condition(name, sign, values, own, token.column)

    def lone_value(self, missing: str) -> Value:
        value = self.value(missing)
        if self.token.sort is Sort.WORD and not self.is_word(words.NEVER_CODES | words.WITHIN):
            raise QueryFault(_("a value of several words stands in quotation marks."), self.token.column)
        return value

    def _comparison(self, length: int) -> str | None:
        """Take the name before it (of `length` tokens) and a comparison; null when there is none."""
        sign = self.ahead(length)
        if sign.sort is Sort.SIGN and sign.text in COMPARISONS:
            self.at += length + 1
            return sign.text
        if self.is_word(words.AMONG, length):
            self.at += length + 1
            self._wants_list()
            return "="
        if self.is_word(words.CONNECTING[words.NOT], length) and self.is_word(words.AMONG, length + 1):
            self.at += length + 2
            self._wants_list()
            return "!="
        return None

    def _wants_list(self) -> None:
        if not self.is_sign("("):
            raise QueryFault(_("a list in brackets is missing: region in (Gao, Mopti)."), self.token.column)

    def values(self, missing: str) -> tuple[Value, ...]:
        opening = self.take()
        found = [self.value(missing)]
        while self.is_sign(",") or self.is_sign(";"):
            self.at += 1
            found.append(self.value(missing))
        if not self.is_sign(")"):
            if self.token.sort is Sort.END:
                raise QueryFault(_("this bracket is not closed: “)” is missing."), opening.column)
            told = _("a comma or “)” is expected here, not “{word}”. Values of several words stand in quotation marks.")
            raise QueryFault(told.format(word=self.token.text), self.token.column)
        self.at += 1
        return tuple(found)

    def value(self, missing: str) -> Value:
        if self.token.sort not in (Sort.WORD, Sort.TEXT):
            raise QueryFault(missing, self.token.column)
        token = self.take()
        return Value(token.text, self.mark("*", token), token.column)
