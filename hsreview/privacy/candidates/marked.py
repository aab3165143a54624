"""What a language model marks, without the ordinary words that it takes along."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from hsreview.model.naming import ModelSpan
from hsreview.privacy.candidates.lexicon import TURN, Lexicon
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word


def by_model(text_words: Sequence[Word], spans: Iterable[ModelSpan], known: Lexicon) -> Iterator[Proposal]:
    """The spans from their first to their last word that may belong to a name; none for those without one.

    A span over a colon, a bracket or a quotation mark ("Awa Ba : Je suis Awa Ba") falls into what stands between them.
    """
    starts = [word.start for word in text_words]
    for span, at, end in _pieces(text_words, starts, spans):
        while at < end and _is_ordinary(text_words[at], known):
            at += 1
        while end > at and _is_ordinary(text_words[end - 1], known):
            end -= 1
        generic = end - at == 1 and text_words[at].key in known.heads  # "le Conseil", which of many?
        if at < end and not generic:
            run = text_words[at:end]
            also_word = all(word.key in known.common for word in run)
            yield Proposal(run[0].start, run[-1].end, span.name_class, span.engine, also_word=also_word)


def _pieces(
    text_words: Sequence[Word], starts: Sequence[int], spans: Iterable[ModelSpan]
) -> Iterator[tuple[ModelSpan, int, int]]:
    for span in spans:
        at = bisect_left(starts, span.start)
        if at and text_words[at - 1].end > span.start:
            at -= 1
        end = bisect_left(starts, span.end)
        cuts = [n for n in range(at + 1, end) if text_words[n].first and not text_words[n].gap]
        for first, last in pairwise((at, *cuts, end)):
            yield span, first, last


def _is_ordinary(word: Word, known: Lexicon) -> bool:
    if word.shape in ("initial", "number") or len(word.key) == 1 or TURN.fullmatch(word.key):
        return True
    if word.key in known.titles and not known.is_part(word.key):
        return True
    plain = word.first or word.shape == "lower"
    return (plain and word.key in known.common) or word.key in known.idle or word.key in known.peoples
