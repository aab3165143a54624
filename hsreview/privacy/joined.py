"""Names in names of files, where words are joined: `entretien_AwaDiarra`, `entretien_awadiarra.docx`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from hsreview.base.folding import fold_with_map
from hsreview.privacy.generalisations import said_in
from hsreview.privacy.replacing import Replacer, Rule
from hsreview.privacy.spelling import words_of
from hsreview.privacy.telephones import national

CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
"""Where a file name joins two words: `AwaDiarra`."""
_LEAST = 6
"""Letters of a name that is looked for inside a word; a shorter one stands in too many."""
_TOKEN = re.compile(r"\S+")
_LETTER = re.compile(r"\w")
_JOINS = re.compile(rf"[_\d]|\.\w{{2,5}}\W*\Z|{CAMEL.pattern}")
"""What a word of a file name has, and other words seldom have."""


class JoinedNames:
    """Finds names in short texts, also where a word of a file's name joins them with others."""

    def __init__(self, rules: Iterable[Rule], replacer: Replacer) -> None:
        self._replacer = replacer
        self._squeezed: dict[str, Rule] = {}
        for rule in rules:
            for form in () if rule.cased else (form for form in rule.forms if form not in rule.capital):
                letters = "".join(word.folded for word in words_of(form))
                for each in filter(None, (letters, national(form))):
                    if len(each) >= _LEAST:
                        self._squeezed.setdefault(each, rule)
        longest_first = sorted(self._squeezed, key=lambda letters: (-len(letters), letters))
        self._any = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def replace(self, text: str, language: str) -> str:
        """A short text (a label, a memo, the name of a file) with replacements."""
        parts, done = [], 0
        for token in _TOKEN.finditer(text):
            if _JOINS.search(token[0]) and not self._is_name(token[0]):
                parts += [text[done : token.start()], self._word(token[0], language)]
                done = token.end()
        new = self._replacer.label("".join([*parts, text[done:]]), language)
        return new if new != text or " " in text else self._unjoined(text, language)

    def _is_name(self, word: str) -> bool:
        """Whether a word is a name and nothing else, such as a date with its hyphens."""
        return any(not _LETTER.search(word[: hit.start] + word[hit.end :]) for hit in self._replacer.hits(word))

    def file_name(self, stem: str, language: str) -> str:
        """The name of a file, without its ending, with replacements; any word of it may join others."""
        apart = CAMEL.sub("_", stem)
        new = self._replacer.label(apart, language)
        if new == apart:
            new = stem
        elif " " in stem:
            new = new.replace("[", "").replace("]", "")
        else:
            new = _one_word(new)
        return _TOKEN.sub(lambda word: self._unjoined(word[0], language), new)

    def rules_in(self, text: str) -> Iterator[Rule]:
        """The rule of every name that stands in the name of a file."""
        apart = CAMEL.sub("_", text)
        found = {hit.rule.forms[0]: hit.rule for hit in self._replacer.hits(apart)}
        for _start, _end, rule in self._inside(text):
            found.setdefault(rule.forms[0], rule)
        yield from found.values()

    def _word(self, word: str, language: str) -> str:
        apart = CAMEL.sub("_", word)
        new = self._replacer.label(apart, language)
        return self._unjoined(word if new == apart else _one_word(new), language)

    def _unjoined(self, word: str, language: str) -> str:
        parts, done = [], 0
        for start, end, rule in self._inside(word):
            parts += [word[done:start], _one_word(said_in(rule.replacement, language))]
            done = end
        return "".join([*parts, word[done:]])

    def _inside(self, word: str) -> Iterator[tuple[int, int, Rule]]:
        """`(start, end, rule)` of names whose letters follow each other, whatever stands between them."""
        folded, offsets = fold_with_map(word)
        places = [at for at, sign in enumerate(folded) if sign.isalnum()]
        for found in self._any.finditer("".join(folded[at] for at in places)):
            last = places[found.end() - 1]
            yield offsets[places[found.start()]], offsets[last + 1], self._squeezed[found[0]]


def _one_word(text: str) -> str:
    return text.replace("[", "").replace("]", "").replace(" ", "_")
