"""What stands between the connections of an expression: codes, conditions, and their values."""

from __future__ import annotations

from hsreview.analysis.query import words
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.tree import Any, CodeName, Condition, HasMemo, Node, Says, Value
from hsreview.analysis.query.words import Sort, Token
from hsreview.base.messages import _

COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")


class Operands:
    """Reads the tokens of an expression one after the other; every method takes what it reads."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens, self.at = found, 0

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
