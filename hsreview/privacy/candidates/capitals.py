"""The rule of capitals: words with a capital that ordinary spelling does not ask for, and runs of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import CAPITALS
from hsreview.privacy.candidates.lexicon import KIN, PARTICLES, TURN, Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.usage import Usage
from hsreview.privacy.candidates.words import Word

_CAPITAL = ("title", "upper", "initial")
_KEPT = word_set(
    "grand grande haut haute nouveau nouvelle new saint sainte petit petite great high old vieux little young gros "
    "grosse"
)
"""Ordinary words with which a name may begin."""
_NUMERALS = word_set("ii iii iv v vi vii viii ix")
_BEFORE_PLACES = word_set(
    "a in from near at to vers village villages ville commune cercle region town hamlet hameau quartier route pres "
    "city district jusqu depuis between entre camp campement marche gare"
)
_SUFFIXES = ("ment", "ement", "tion", "tions", "aient", "ions", "ons", "ez", "ing", "ly")
"""Ends of ordinary words that begin sentences; names that end so are listed or stand elsewhere too."""
_ARTICLES = word_set("le la les")
_OF = word_set("du des")
_MOST_PARTICLES = 3
_ELIDED_WITHIN = frozenset({"n"})
"""Tidawt n'Adagh."""


def by_capitals(text_words: Sequence[Word], known: Lexicon, usage: Usage) -> Iterator[Proposal]:
    """Words and runs of words with a capital; `usage` tells how texts write them elsewhere."""
    at = 0
    while at < len(text_words):
        if text_words[at].shape not in _CAPITAL:
            at += 1
            continue
        end = _run_end(text_words, at, known)
        end = _with_south(text_words, at, end)
        for first, last in _parts(text_words, at, end, known, usage):
            found = _proposed(text_words, first, last, known, usage)
            if found is not None:
                yield found
        at = end


def _run_end(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the run of capitals that begins at `at` ends; small words inside names belong to it."""
    end = at + 1
    while end < len(text_words):
        word, last = text_words[end], text_words[end - 1]
        if word.elided and word.elided not in _ELIDED_WITHIN:
            break
        if _follows(word, last, known):
            end += 1
        elif (over := _over_particles(text_words, end, known)) > end:
            end = over
        else:
            break
    return end


def _over_particles(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name ends that goes on after small words from `at` on, van der Meer, de la Cruz; else `at`."""
    end = at
    limit = min(len(text_words), at + _MOST_PARTICLES)
    while end < limit and text_words[end].key in PARTICLES and text_words[end].gap in (" ", "-"):
        end += 1
    if end == at and text_words[at - 1].key in known.first_names:
        of_the = [word.key for word in text_words[at : at + 2]] == ["de", "la"]
        end += 2 if of_the and text_words[at].gap == text_words[at + 1].gap == " " else 0
    return end + 1 if end > at and _goes_on(text_words, end) else at


def _with_south(text_words: Sequence[Word], at: int, end: int) -> int:
    """Where a title that begins with its article ends: Le Griot du Sud."""
    run = text_words[at:end]
    article = run[0].key in _ARTICLES and run[0].shape == "title" and not run[0].first and len(run) > 1
    if article and end + 1 < len(text_words) and text_words[end].key in _OF and text_words[end].gap == " ":
        after = text_words[end + 1]
        return end + 2 if after.gap == " " and after.shape == "title" else end
    return end


def _follows(word: Word, last: Word, known: Lexicon) -> bool:
    """Whether a word goes on with the name in which `last` is."""
    if word.shape == "lower":
        return word.gap == "-" and last.key not in known.common and last.shape != "initial"
    if word.shape not in _CAPITAL:
        return False
    if word.gap == ".":
        return last.shape == "initial" or last.key in known.titles
    if word.gap == "\n":
        return word.key not in known.common and last.key not in known.common
    return word.gap in (" ", "-")


def _goes_on(text_words: Sequence[Word], at: int) -> bool:
    return at < len(text_words) and text_words[at].gap in (" ", "-") and text_words[at].shape in _CAPITAL


def _parts(text_words: Sequence[Word], at: int, end: int, known: Lexicon, usage: Usage) -> Iterator[tuple[int, int]]:
    """The run without what does not belong to a name at its ends; a shouted line falls into its unusual words."""
    run = text_words[at:end]
    if (
        all(word.shape == "initial" and word.gap == "." for word in run[1:])
        and run[0].shape == "initial"
        and len(run) > 1
    ):
        yield at, end
        return
    if len(run) > 2 and all(word.shape in ("upper", "initial") for word in run):
        first = at
        for n in range(at, end + 1):
            if n == end or text_words[n].key in known.common or text_words[n].key in known.titles:
                if n > first:
                    yield first, n
                first = n + 1
        return
    while at < end and _is_no_beginning(text_words[at], end - at, known, usage):
        at += 1
    while (
        end > at
        and text_words[end - 1].key in known.idle
        and (text_words[end - 1].key not in _NUMERALS or end - at < 2)
    ):
        end -= 1
    if at < end:
        yield at, end


def _is_no_beginning(word: Word, length: int, known: Lexicon, usage: Usage) -> bool:
    if word.key in known.idle:
        return True
    if word.key in known.titles and not known.is_part(word.key) and (word.key not in KIN or length == 1):
        return True
    if not word.first or word.shape == "upper":
        return False
    if length > 1 and word.key in _KEPT:
        return False
    if word.key in known.stop:
        return True
    usual = word.key in known.common or usage.small[word.key] > 0 or word.key.endswith(_SUFFIXES)
    if usage.always_capital(word.key):
        return False
    listed = known.class_of(word.key) is not None
    if length == 1:
        only_family = known.class_of(word.key) is NameClass.PERSON and word.key not in known.first_names
        return usual and (not listed or (only_family and word.key in known.common))
    return usual and not listed and word.key not in known.heads


def _proposed(text_words: Sequence[Word], at: int, end: int, known: Lexicon, usage: Usage) -> Proposal | None:
    run = text_words[at:end]
    names = [word for word in run if word.key not in PARTICLES]
    if all(word.key in known.idle or word.key in known.peoples or word.key in known.titles for word in names):
        return None
    if len(run) == 1:
        word = run[0]
        if word.shape == "initial":
            alone = not _is_lone_initial(text_words, at, known)
        else:
            function = word.key in known.stop and (word.first or word.key not in known.first_names)
            alone = word.key in known.heads or function
        if alone or (word.shape == "upper" and (word.key in known.common or TURN.fullmatch(word.key))):
            return None
    elif all(word.shape == "initial" for word in run) and not all(word.gap == "." for word in run[1:]):
        return None
    also_word = all(word.key in known.common for word in names)
    return Proposal(run[0].start, run[-1].end, _class_of(text_words, at, end, known), CAPITALS, 1, also_word)


def _is_lone_initial(text_words: Sequence[Word], at: int, known: Lexicon) -> bool:
    """Whether one letter names somebody: after a title, or inside a sentence with a full stop after it."""
    word = text_words[at]
    if at and text_words[at - 1].key in known.titles and word.gap in (" ", "."):
        return True
    after = text_words[at + 1] if at + 1 < len(text_words) else None
    return (
        not word.first
        and word.key not in known.titles
        and after is not None
        and after.gap == "."
        and after.shape == "lower"
    )


def _class_of(text_words: Sequence[Word], at: int, end: int, known: Lexicon) -> NameClass:
    run = text_words[at:end]
    before = text_words[at - 1] if at and run[0].gap in (" ", ".", "\n") else None
    if before is not None and before.key in known.titles:
        return NameClass.PERSON
    if run[0].key in known.heads or (before is not None and before.key in known.heads):
        return NameClass.ORGANISATION
    if any(known.is_part(word.key) for word in run):
        return NameClass.PERSON
    if len(run) == 1 and run[0].shape == "upper":
        return NameClass.ORGANISATION
    if before is not None and before.key in _BEFORE_PLACES:
        return NameClass.PLACE
    return NameClass.OTHER if all(word.key in known.common for word in run) else NameClass.PERSON
