"""Finding codes by a few typed letters: the search behind the picker.

Everything is folded once (case, accents, ligatures, apostrophes); a keystroke then only compares short strings.
Labels and cues of both languages count alike, so that a coder finds a code in either language of the interface.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from hsreview.base.folding import fold, fold_with_map
from hsreview.model.codebook import Codebook, CodePlace, Status
from hsreview.model.localized import Localized

MAX_QUERY = 80
_WORD = re.compile(r"[^\W_]+")


class Match(IntEnum):
    """How well a code answers a query; smaller is better."""

    EXACT_ID = 0
    LABEL_START = 1
    ID_START = 2
    LABEL_WORD = 3
    LABEL_PART = 4
    CUE = 5
    PATH = 6
    WORDS = 7
    """Every word of the query stands somewhere: some in the label, some in cues or path."""
    LETTERS = 8
    """The letters of the query stand in the label in this order."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One code that answers a query."""

    place: CodePlace
    match: Match
    spans: tuple[tuple[int, int], ...] = ()
    """What matched in the label as shown in the language of the index: `[start, end)` in code points."""
    cue: str = ""
    """The cue that matched, when it was a cue."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One code, folded. In the word forms every word follows a blank; a bar keeps texts apart."""

    place: CodePlace
    shown: str
    """The label in the language of the index, as written."""
    ref: str
    labels: tuple[str, ...]
    """The word form of each label."""
    words: str
    """The word forms of all labels."""
    parts: str
    """All labels with and without their punctuation."""
    cues: str
    path: str
    all: str
    letters: frozenset[str]


class CodeIndex:
    """The codes of one codebook, ready to be searched."""

    def __init__(self, codebook: Codebook, language: str = "en", *, headings: bool = False) -> None:
        """Active and proposed codes of `codebook`; with `headings` also those that are not codable.

        `language` (`en` or `fr`) is the one that labels are shown in: it decides which part of them is marked.
        """
        self.language = language
        # The whole question would match nearly every word; its short form is what people call it.
        self._questions = {q.ref: _both(q.short) or _both(q.text) for q in codebook.questions}
        self._entries = [
            self._entry(place)
            for place in codebook.codes()
            if place.code.status in (Status.ACTIVE, Status.PROPOSED) and (place.code.codable or headings)
        ]

    def _entry(self, place: CodePlace) -> _Entry:
        code = place.code
        folded = [fold(label) for label in _both(code.label)]
        above = [place.theme.ref, *_both(place.theme.label)]
        above += [text for parent in place.parents for text in (parent.ref, *_both(parent.label))]
        above += [text for ref in place.questions for text in (ref, *self._questions.get(ref, ()))]
        labels = tuple(_words(label) for label in folded)
        words, cues = " |".join(labels), _words_of(cue for cues in code.cues.values() for cue in cues)
        path = _words_of(above)
        return _Entry(
            place=place,
            shown=code.label.get(self.language),
            ref=fold(code.ref),
            labels=labels,
            words=words,
            parts="\n".join((*folded, *labels)),
            cues=cues,
            path=path,
            all=f" {fold(code.ref)} |{words} |{cues} |{path}",
            letters=frozenset("".join(folded)),
        )

    def search(self, query: str, limit: int = 50) -> list[Hit]:
        """The codes that answer `query`, best first, at most `limit`; every code, in order, for an empty query.

        Order: exact id, start of a label, start of an id, start of a word in a label, part of a label, cue, path
        (theme and question labels, ids above), every word somewhere, letters in this order; codes that answer alike
        keep the order of the codebook. Never raises.
        """
        raw = fold(query[:MAX_QUERY]).strip()
        if not raw:
            return [Hit(entry.place, Match.PATH) for entry in self._entries[: max(limit, 0)]]
        words = _WORD.findall(raw)
        phrase = "".join(" " + word for word in words)
        tokens = [" " + word for word in words]
        letters = "".join(words)
        found: list[tuple[Match, int]] = []
        for number, entry in enumerate(self._entries):
            match = _match(entry, raw, phrase, tokens, letters)
            if match is not None:
                found.append((match, number))
        found.sort()
        return [self._hit(self._entries[number], match, raw, words) for match, number in found[: max(limit, 0)]]

    def _hit(self, entry: _Entry, match: Match, raw: str, words: list[str]) -> Hit:
        cue = ""
        if match is Match.CUE:
            phrase = "".join(" " + word for word in words)
            # The cue in the shown language first, so that the line reads in one language.
            languages = sorted(entry.place.code.cues, key=lambda language: language != self.language)
            cues = (cue for language in languages for cue in entry.place.code.cues[language])
            cue = next((cue for cue in cues if phrase in _words(fold(cue))), "")
        return Hit(entry.place, match, _spans(entry.shown, raw, words, match), cue)


def _match(entry: _Entry, raw: str, phrase: str, tokens: list[str], letters: str) -> Match | None:
    if entry.ref == raw:
        return Match.EXACT_ID
    if not phrase:
        return Match.LABEL_PART if raw in entry.parts else None
    if phrase in entry.words:
        if any(label.startswith(phrase) for label in entry.labels):
            return Match.LABEL_START
        return Match.ID_START if entry.ref.startswith(raw) else Match.LABEL_WORD
    if entry.ref.startswith(raw):
        return Match.ID_START
    if raw in entry.parts or phrase[1:] in entry.parts:
        return Match.LABEL_PART
    if phrase in entry.cues:
        return Match.CUE
    if phrase in entry.path:
        return Match.PATH
    if len(tokens) > 1 and all(token in entry.all for token in tokens):
        return Match.WORDS
    if len(letters) > 1 and entry.letters.issuperset(letters) and _in_order(letters, entry.parts):
        return Match.LETTERS
    return None


def _in_order(letters: str, labels: str) -> bool:
    """Whether one of the labels holds all `letters` in this order."""
    for label in labels.split("\n"):
        at = -1
        for letter in letters:
            at = label.find(letter, at + 1)
            if at < 0:
                break
        else:
            return True
    return False


def _both(text: Localized) -> tuple[str, ...]:
    return tuple(filter(None, (text.en, text.fr)))


def _words(folded: str) -> str:
    """The words of a folded text, each after one blank."""
    return "".join(" " + word for word in _WORD.findall(folded))


def _words_of(texts: Iterable[str]) -> str:
    return " |".join(_folded_words(text) for text in texts)


@lru_cache(maxsize=4096)
def _folded_words(text: str) -> str:
    return _words(fold(text))


def _spans(label: str, raw: str, words: list[str], match: Match) -> tuple[tuple[int, int], ...]:
    """Where the query stands in the label as shown."""
    folded, offsets = fold_with_map(label)
    if match is Match.LETTERS:
        found = _letter_spans(folded, "".join(words))
    else:
        whole = folded.find(raw)
        found = [(whole, whole + len(raw))] if whole >= 0 else [_word_span(folded, word) for word in words]
    # The last folded character decides the end, because one character may fold to two.
    return tuple((offsets[start], offsets[end - 1] + 1) for start, end in sorted(set(found)) if 0 <= start < end)


def _letter_spans(folded: str, letters: str) -> list[tuple[int, int]]:
    spans, at = [], -1
    for letter in letters:
        at = folded.find(letter, at + 1)
        if at < 0:
            return []
        spans.append((at, at + 1))
    return spans


def _word_span(folded: str, word: str) -> tuple[int, int]:
    starts = [match.start() for match in _WORD.finditer(folded) if match[0].startswith(word)]
    start = starts[0] if starts else folded.find(word)
    return start, start + len(word)
