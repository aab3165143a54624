"""Names of organisations that their last word gives away: "Blue Spit Salt Limited", "the Bawku peace committee"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word

_LEGAL = word_set("ltd limited sarl sa sas plc inc llc gmbh fm tv")
_ALSO_WORDS = word_set("sa sas limited inc tv")
"""Without a capital these are words."""
_LAST = word_set(
    "association network committee cooperative union council society foundation commission forum initiative movement "
    "alliance club cooperatives vanguard coalition federation group assembly company enterprise enterprises ventures "
    "sisters brothers bank hospital radio clinic school college university bureau lodge hotel centre center agency "
    "authority board institute corps microfinance "
    "parish church mosque"
)
"""English puts what an organisation is at the end of its name."""
_LINKS = word_set("du de la des d of and et for the les")
_NATURES = word_set("district regional national municipal metropolitan international")
"""With these as first word ordinary words are a name too: the district security council."""
_LEAST = 3
_SAINTS = word_set("saint sainte st")
_MOST = 7
"""Words of such a name."""
_NEAR = 2
"""Words in small letters before "fm" that are taken along."""
_SONS = re.compile(r"\s?&\s?(?:sons|fils|frères|freres|brothers|bros|co)\b", re.IGNORECASE)
_OWNER = re.compile(r"(?:[^\W\d_][\w'’-]* )?[^\W\d_][\w'’-]*$")
_OWNER_LENGTH = 60
"""Code points before "& Sons" within which the owner's name stands."""


def by_form(text: str, text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """A run of capitals that ends with Ltd, SA, FM and the like, and "… & Sons"."""
    for match in _SONS.finditer(text):
        owner = _OWNER.search(text[max(0, match.start() - _OWNER_LENGTH) : match.start()])
        if owner is not None:
            start = match.start() - len(owner[0])
            yield Proposal(start, match.end(), NameClass.ORGANISATION, TITLES, sure=2)
    for at, word in enumerate(text_words):
        if word.key not in _LEGAL or (word.shape == "lower" and word.key in _ALSO_WORDS):
            continue
        first = _beginning(text_words, at, known)
        if first < at:
            yield Proposal(text_words[first].start, word.end, NameClass.ORGANISATION, TITLES, sure=2)


def _beginning(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the run of capitals begins, over small words; in small letters, of the words before."""
    first = n = at
    while n and at - n < _MOST and text_words[n].gap in (" ", "-") and not text_words[n].elided:
        n -= 1
        word = text_words[n]
        capital = word.shape in ("title", "upper") and not (word.first and word.key in known.stop)
        near = at - n <= _NEAR or word.key in known.heads
        small = text_words[at].shape == "lower" and near and word.key not in known.stop
        if capital or small or "-" in (word.gap, text_words[n + 1].gap):
            first = n
        elif word.key not in _LINKS or text_words[at].shape == "lower":
            break
    return first


def by_last_word(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """English names in small letters, from a place or an unusual word to what the organisation is."""
    for at, word in enumerate(text_words):
        if word.key not in _LAST or word.shape != "lower":
            continue
        first, n = at, at
        while n and at - n < _MOST and text_words[n].gap in (" ", "-", "\n"):
            n -= 1
            before = text_words[n]
            if before.key in known.stop and before.key != "and":
                break
            if _tells(before, known, _LEAST if n < at - 1 else _LEAST - 1):
                first = n
        if first == at and at - n > 2 and text_words[n + 1].key in _NATURES:
            first = n + 1
        elif first == at and text_words[at - 1].key in _NATURES and _end(text_words, at, known) > at + 1:
            first = at - 1
        if first < at:
            end = _end(text_words, at, known)
            yield Proposal(text_words[first].start, text_words[end - 1].end, NameClass.ORGANISATION, TITLES, sure=2)


def _tells(word: Word, known: Lexicon, least: int) -> bool:
    if any(word.key in some for some in (known.places, known.peoples, known.organisations, _SAINTS)):
        return True
    ordinary = word.key in known.common or word.key in known.titles
    return len(word.key) > least and word.key.isalpha() and not ordinary


def _end(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """After the last word, or after what it is for: "network for peacebuilding"."""
    if at + 2 >= len(text_words) or text_words[at + 1].key != "for" or text_words[at + 2].key in known.stop:
        return at + 1
    end = at + 3
    while end < len(text_words) and text_words[end].gap in (" ", "\n") and text_words[end].key in known.inner:
        end += 1
    return end
