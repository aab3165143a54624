"""The cue phrases of codes in a text, found by spaCy's PhraseMatcher on folded words, and on lemmas with a model."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hsreview.language.words import Word, folded, words_of
from hsreview.model.text import Span

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Lemmas = Callable[[Iterable[str]], Mapping[str, str]]
"""Words in small letters → the lemma of each."""
BREAK = "¶"
"""Stands between words where no phrase goes on."""
SHORT = 3
"""Shorter words have no lemma: they are elided articles and the like."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that hints at a code."""

    code_id: str
    phrase: str
    language: str


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue that stands in a text, in its own words or in other forms of them."""

    cue: Cue
    start: int
    """Code points of the text that was searched."""
    end: int
    other_form: bool
    """Whether only the lemmas are the same."""


class CueMatcher:
    """The cues of a codebook, ready to be looked for.

    `lemmas` (language → what knows them) is empty where no model is installed: then only words as they are written
    count, without regard to case and accents.
    """

    def __init__(self, cues: Sequence[Cue], lemmas: Mapping[str, Lemmas] | None = None) -> None:
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

        self._cues = [cue for cue in cues if any(word for word, _s, _e in words_of(cue.phrase))]
        self._lemmas = lemmas or {}
        self._vocab = Vocab()
        self._forms: dict[str, PhraseMatcher] = {}
        self._stems: dict[str, PhraseMatcher] = {}
        for number, cue in enumerate(self._cues):
            words = words_of(cue.phrase)
            matcher = self._forms.setdefault(cue.language, PhraseMatcher(self._vocab))
            matcher.add(str(number), [self._doc([word for word, _s, _e in words])])
            if cue.language in self._lemmas:
                stems = self._stems.setdefault(cue.language, PhraseMatcher(self._vocab))
                stems.add(str(number), [self._doc(self._stemmed(cue.language, cue.phrase, words))])

    @property
    def languages(self) -> frozenset[str]:
        """Of the cues."""
        return frozenset(self._forms)

    def prepare(self, text: str, language: str = "") -> None:
        """Look up the lemmas of a text's words, so that they are known when a part of it is asked for."""
        words = words_of(text)
        for each in self._stems:
            if language in (each, ""):
                self._stemmed(each, text, words)

    def find(self, text: str, languages: Iterable[str]) -> list[CueHit]:
        """The cues of these languages in `text`, by place; of cues of one code that overlap, the longest."""
        words = words_of(text)
        hits: dict[tuple[int, int, int], bool] = {}
        for language in languages:
            if language in self._stems:
                stems = self._doc(self._stemmed(language, text, words))
                hits |= dict.fromkeys(self._matched(self._stems[language], stems), True)
            if language in self._forms:
                forms = self._doc([word for word, _s, _e in words])
                hits |= dict.fromkeys(self._matched(self._forms[language], forms), False)
        found = [
            CueHit(self._cues[number], words[first][1], words[last - 1][2], other)
            for (number, first, last), other in hits.items()
        ]
        return _longest(found)

    def _doc(self, words: Sequence[str]) -> Doc:
        from spacy.tokens import Doc

        return Doc(self._vocab, words=[word or BREAK for word in words])

    def _stemmed(self, language: str, text: str, words: Sequence[Word]) -> list[str]:
        written = [text[start:end].lower() if len(word) >= SHORT else "" for word, start, end in words]
        known = self._lemmas[language]({each for each in written if each})
        return [folded(known[own]) if own else word for own, (word, _s, _e) in zip(written, words, strict=True)]

    @staticmethod
    def _matched(matcher: PhraseMatcher, doc: Doc) -> Iterable[tuple[int, int, int]]:
        strings = doc.vocab.strings
        return ((int(strings[key]), start, end) for key, start, end in matcher(doc))


def _longest(hits: Iterable[CueHit]) -> list[CueHit]:
    """Of hits of one code that overlap the longest, its own words before other forms."""
    taken: dict[str, list[Span]] = {}
    kept = []
    for hit in sorted(hits, key=lambda each: (each.start - each.end, each.other_form, each.start)):
        own = taken.setdefault(hit.cue.code_id, [])
        if all(hit.end <= start or end <= hit.start for start, end in own):
            own.append((hit.start, hit.end))
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end, hit.cue.code_id))
