"""Candidates grouped by surface form over all texts, with the forms that may mean the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import Candidate, Context, Group
from hsreview.privacy.candidates.lexicon import misread_key
from hsreview.privacy.candidates.words import form_key
from hsreview.privacy.spelling import is_small

AROUND = 60
"""Code points shown on either side of a form."""
MOST_CONTEXTS = 6
MOST_VARIANTS = 8
_LEAST = 3
"""Letters of a part from which on two names that share it may mean the same."""
_NAMED = frozenset({NameClass.PERSON, NameClass.PLACE, NameClass.ORGANISATION, NameClass.OTHER, NameClass.EXACT_PLACE})
_DOUBLED = re.compile(r"(.)\1+")


class _Gathered:
    """What is known of one form while texts are read."""

    def __init__(self) -> None:
        self.forms: Counter[str] = Counter()
        self.classes: Counter[NameClass] = Counter()
        self.texts: Counter[str] = Counter()
        self.small: Counter[str] = Counter()
        self.engines: dict[str, None] = {}
        self.also_word = True
        self.contexts: dict[tuple[str, bool], list[Context]] = {}


def grouped(found: Iterable[tuple[str, str, Sequence[Candidate]]]) -> list[Group]:
    """One group for each surface form of the texts (key, text, its candidates), in the order in which they come.

    Case, accents, apostrophes, hyphens, blanks and elision make no difference.
    """
    gathered: dict[str, _Gathered] = {}
    for text_key, text, candidates in found:
        for each in candidates:
            form = text[each.start : each.end]
            key = form_key(form) or form
            group = gathered.setdefault(key, _Gathered())
            group.forms[form] += 1
            group.classes[each.name_class] += 1
            group.texts[text_key] += 1
            group.engines.update((engine.engine, None) for engine in each.found)
            group.also_word &= each.also_word
            small = is_small(form)
            group.small[text_key] += small
            some = group.contexts.setdefault((text_key, small), [])
            if len(some) < MOST_CONTEXTS:
                some.append(_context(text_key, text, each))
    variants = _variants({key: group.classes.most_common(1)[0][0] for key, group in gathered.items()})
    return [
        Group(
            key=key,
            form=group.forms.most_common(1)[0][0],
            name_class=group.classes.most_common(1)[0][0],
            texts=dict(group.texts),
            engines=tuple(group.engines),
            also_word=group.also_word,
            contexts=tuple(_spread(group.contexts)),
            small=dict(group.small),
            forms=dict(group.forms),
            variants=variants.get(key, ()),
        )
        for key, group in gathered.items()
    ]


def _context(text_key: str, text: str, each: Candidate) -> Context:
    before = text[max(0, each.start - AROUND) : each.start]
    return Context(
        text_key, each.start, each.end, before, text[each.start : each.end], text[each.end : each.end + AROUND]
    )


def _spread(contexts: Mapping[tuple[str, bool], Sequence[Context]]) -> list[Context]:
    """A few with a capital and a few in small letters: the first of every text, then the second, and so on."""
    found: list[Context] = []
    for small in (False, True):
        of_texts = [some for (_text, is_so), some in contexts.items() if is_so is small]
        rounds = (some[n] for n in range(MOST_CONTEXTS) for some in of_texts if n < len(some))
        found += (context for _n, context in zip(range(MOST_CONTEXTS // 2), rounds, strict=False))
    return found


def _variants(classes: Mapping[str, NameClass]) -> dict[str, tuple[str, ...]]:
    """Forms that may mean the same: one name within the other (with initials too), an acronym, another spelling."""
    parts = {key: key.split(" ") for key, name_class in classes.items() if name_class in _NAMED}
    alike: dict[str, list[str]] = {}
    by_part: dict[str, list[str]] = {}
    for key, some in parts.items():
        alike.setdefault(_sound(key), []).append(key)
        if len(some) >= _LEAST:
            alike.setdefault("".join(part[0] for part in some), []).append(key)
        for part in dict.fromkeys(some):
            if len(part) >= _LEAST:
                by_part.setdefault(part, []).append(key)
    found: dict[str, dict[str, None]] = {}
    for keys in alike.values():
        _pair(((one, other) for one in keys[:MOST_VARIANTS] for other in keys[:MOST_VARIANTS]), found)
    for part, keys in by_part.items():
        short = [key for key in keys if len(parts[key]) <= 2]
        _pair(((one, other) for one in short for other in keys if _within(parts[one], parts[other], part)), found)
    return {key: tuple(some)[:MOST_VARIANTS] for key, some in found.items()}


def _sound(key: str) -> str:
    """A form as it is heard, roughly: Mohammed and Mohamed, Ousmane and Usman, Dembélé and Dembele."""
    letters = misread_key(key.replace(" ", "")).replace("ou", "u").replace("y", "l").replace("h", "").replace("ck", "k")
    return _DOUBLED.sub(r"\1", letters).removesuffix("e") or key


def _within(one: Sequence[str], other: Sequence[str], part: str) -> bool:
    """Whether a short name is a longer one without some words, or with initials for some."""
    if one == other or len(one) > len(other):
        return False
    rest = [each for each in other if each != part]
    return all(
        each == part or any(name.startswith(each) and len(each) == 1 for name in rest) or each in rest for each in one
    )


def _pair(pairs: Iterable[tuple[str, str]], found: dict[str, dict[str, None]]) -> None:
    for one, other in pairs:
        if one != other:
            found.setdefault(one, {})[other] = None
            found.setdefault(other, {})[one] = None
