"""Names that are in a list: those that come with hsreview, in any case, misread too; and a project's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import GAZETTEER, LISTS, Lists
from hsreview.privacy.candidates.lexicon import PARTICLES, Lexicon, misread_key, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word, words

_LEADING = word_set("ag ould ben ibn el al walet wallet mint")
"""Particles with which a name may begin."""
_SHORT = 2
_LEAST_MISREAD = 4


def by_lists(text_words: Sequence[Word], known: Lexicon) -> Iterator[Proposal]:
    """Listed places, organisations and parts of names; parts that follow each other are one name."""
    at = 0
    while at < len(text_words):
        word = text_words[at]
        forms = known.phrases.get(word.key)
        length = _phrase(text_words, at, forms) if forms else None
        if length is not None:
            yield _proposal(text_words, at, at + length[0], length[1])
            at += length[0]
            continue
        key = _listed_key(word, known)
        if key is None:
            at += 1
        elif known.is_part(key):
            end = _name_end(text_words, at, known)
            while end - at > 1 and _is_before_name(text_words[at], text_words[at + 1], known):
                at += 1
            if _is_name(text_words[at:end], known):
                also_word = all(word.key in known.common for word in text_words[at:end])
                first = _name_start(text_words, at, known)
                yield _proposal(text_words, first, end, _class_of(text_words, at, end, known), also_word)
            at = end
        else:
            if _stands_alone(word, key, known):
                yield _proposal(text_words, at, at + 1, known.class_of(key), key in known.common)
            at += 1


def by_own_lists(text_words: Sequence[Word], lists: Lists) -> Iterator[Proposal]:
    """Every place where one of the project's own names stands."""
    yield from matches(text_words, [(_keys(name), name_class) for name, name_class in lists.names.items()], LISTS, 5)


def matches(
    text_words: Sequence[Word], forms: Iterable[tuple[tuple[str, ...], NameClass]], engine: str, sure: int
) -> Iterator[Proposal]:
    """Every place where one of the forms (folded words) stands; of several that begin together the longest."""
    first: dict[str, list[tuple[tuple[str, ...], NameClass]]] = {}
    for keys, name_class in forms:
        if keys:
            first.setdefault(keys[0], []).append((keys, name_class))
    for some in first.values():
        some.sort(key=lambda form: -len(form[0]))
    for at, word in enumerate(text_words):
        found = first.get(word.key)
        if found and (length := _phrase(text_words, at, found)) is not None:
            last = text_words[at + length[0] - 1]
            yield Proposal(word.start, last.end, length[1], engine, sure)


def _keys(form: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(form))


def _phrase(
    text_words: Sequence[Word], at: int, forms: Sequence[tuple[tuple[str, ...], NameClass]]
) -> tuple[int, NameClass] | None:
    """How many words from `at` on are the longest of the forms, and its class."""
    for keys, name_class in forms:
        end = at + len(keys)
        if end <= len(text_words) and all(
            text_words[at + n].key == key and (not n or text_words[at + n].gap) for n, key in enumerate(keys)
        ):
            return len(keys), name_class
    return None


def _listed_key(word: Word, known: Lexicon) -> str | None:
    """The listed word that it is, or that it is read for."""
    if known.class_of(word.key) is not None:
        return word.key
    if len(word.key) < _LEAST_MISREAD or word.key in known.common:
        return None
    return known.misread.get(misread_key(word.key))


def _name_start(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name begins whose first listed part is at `at`: particles and initials before it belong to it."""
    while at:
        before, gap = text_words[at - 1], text_words[at].gap
        initial = len(before.key) == 1 and gap == "." and before.key.isalpha() and before.key not in known.titles
        if not initial and not (before.key in _LEADING and gap in (" ", "-")):
            break
        at -= 1
    return at


def _name_end(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name that begins at `at` ends: parts, particles between them, and a second word nobody knows."""
    end = at + 1
    while end < len(text_words) and text_words[end].gap in (" ", "-", "\n") and not text_words[end].elided:
        word = text_words[end]
        key = _listed_key(word, known)
        if key is not None and known.is_part(key):
            end += 1
        elif word.key in PARTICLES and end + 1 < len(text_words) and text_words[end + 1].gap in (" ", "-"):
            following = _listed_key(text_words[end + 1], known)
            if following is None or not known.is_part(following):
                break
            end += 2
        else:
            break
    last = text_words[end - 1]
    if (
        end < len(text_words)
        and last.shape == "lower"
        and last.key in known.first_names
        and last.key not in known.common
    ):
        word = text_words[end]
        if word.gap == " " and word.shape == "lower" and not word.elided and len(word.key) > _SHORT:
            end += word.key not in known.common
    return end


def _is_before_name(word: Word, after: Word, known: Lexicon) -> bool:
    """Whether a listed word is an ordinary one here, with a name after it: "mon ami Attaher"."""
    return word.shape == "lower" and word.key in known.common and after.shape in ("title", "upper")


def _class_of(text_words: Sequence[Word], at: int, end: int, known: Lexicon) -> NameClass:
    """What listed parts name: a town that somebody may be called by too is a town, but after a title."""
    alone = end - at == 1 and text_words[at].key in known.places
    titled = at > 0 and text_words[at].gap in (" ", ".") and text_words[at - 1].key in known.titles
    return NameClass.PLACE if alone and not titled else NameClass.PERSON


def _is_name(parts: Sequence[Word], known: Lexicon) -> bool:
    """Whether listed parts are likely a name here: a lone short or common word is one with a capital only."""
    if len(parts) == 1 and _is_usual(parts[0], known):
        return False
    if any(_stands_alone(word, word.key, known) for word in parts):
        return True
    two = len(parts) > 1 and parts[0].key in known.first_names and parts[-1].key in known.family_names
    return two and not all(word.key in known.common for word in parts)


def _is_usual(word: Word, known: Lexicon) -> bool:
    """Whether a lone listed word is more likely a day, or an ordinary word with which a sentence begins."""
    return word.key in known.idle or (word.first and word.key in known.common and word.key not in known.first_names)


def _stands_alone(word: Word, key: str, known: Lexicon) -> bool:
    if key in known.stop:
        return word.shape == "upper" and len(word.key) > 1
    if word.shape in ("title", "upper"):
        return True
    return len(key) > _SHORT and key not in known.common and key not in known.titles


def _proposal(
    text_words: Sequence[Word], at: int, end: int, name_class: NameClass | None, also_word: bool = False
) -> Proposal:
    first, last = text_words[at], text_words[end - 1]
    return Proposal(first.start, last.end, name_class or NameClass.OTHER, GAZETTEER, 3, also_word)
