"""Long names of organisations: "association des femmes de Gao", "Ministry of Security and Civil Protection"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word

_CONNECTORS = word_set("de du des d la le les l et pour of the and for")
_LEAST = 3
_MOST = 11
"""Words of such a name."""
_NAMED = word_set(
    "radio association fondation foundation ong ngo cooperative groupement plateforme collectif reseau mouvement"
)
"""After these a name follows at once, in small letters too."""
_OFFICES = word_set("ministere ministry direction directorate chambre chamber secretariat")
"""What they are for names them: "ministère de la justice"."""


def by_heads(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """From a word like "association" to the last word of its name, over small words between."""
    at = 0
    while at < len(text_words):
        end = _end(text_words, at, known) if text_words[at].key in known.heads else at
        if end > at + 1:
            first = _start(text_words, at, known)
            yield Proposal(text_words[first].start, text_words[end - 1].end, NameClass.ORGANISATION, TITLES, sure=2)
        at = max(end, at + 1)


def _start(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name begins whose head is at `at`: English puts adjectives and places before it."""
    while at and text_words[at].gap == " " and not text_words[at].elided:
        before = text_words[at - 1]
        capital = before.shape in ("title", "upper") and not before.first
        if not capital and before.key not in known.inner and before.key not in known.places:
            break
        at -= 1
    return at


def _end(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name ends; `at` when it is an ordinary word here."""
    end, named = at, False
    for n in range(at + 1, min(at + _MOST, len(text_words))):
        word = text_words[n]
        if word.gap not in (" ", "-", "\n") or (
            word.gap == "\n" and word.first and word.shape == "title" and word.key in known.stop
        ):
            break
        if word.key in _CONNECTORS and word.shape == "lower":
            continue
        follows = n == at + 1
        telling = _tells(word, follows, text_words[at], known)
        if not telling and word.key not in known.inner:
            break
        if telling and not follows and known.is_part(word.key):
            break
        end, named = n + 1, named or telling
    head = text_words[at]
    if named or head.key in _OFFICES or (head.shape == "title" and not head.first):
        return end
    return at


def _tells(word: Word, follows: bool, head: Word, known: Lexicon) -> bool:
    """Whether a word makes an ordinary "association of …" the name of one."""
    if word.shape in ("title", "upper"):
        return word.key not in known.titles
    if word.shape == "lower" and word.key not in known.common:
        listed = word.key in known.places or word.key in known.organisations
        unknown = head.key in _NAMED and word.key not in known.inner and len(word.key) > _LEAST
        return listed or (follows and (unknown or known.is_part(word.key)))
    return False
