"""The lists that come with hsreview: places, organisations, parts of names, titles, and ordinary words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hsreview.base.folding import fold
from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.words import words

Phrases = Mapping[str, tuple[tuple[tuple[str, ...], NameClass], ...]]
"""First word → the forms of several words that begin with it, longest first."""


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, cut at blanks."""
    return frozenset(text.split())


PARTICLES = word_set("ag ould ben bin ibn bint el al wa walet wallet mint von van der den ter di da dos dit dite alias")
"""Small words inside people's names."""
KIN = word_set(
    "auntie aunt uncle tonton tata maman mama papa baba oncle tante vieux vieille grand big old ya togbe togbui "
    "torgbui afa naa nana nii mba efo dada da ba osofo okomfo maame paapa cheick cheikh hadja hadj alhaji alhadji "
    "hajia moulaye"
)
"""A part of what somebody is called, with a capital or before a name: Tonton Barka, Togbe Ametor."""
TURN = re.compile(r"[a-z]\d{1,3}")
"""Folded words such as R1 and Q12: who speaks, or a question."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words of one language and names of all; the keys are those of `word_key`."""

    places: frozenset[str]
    organisations: frozenset[str]
    first_names: frozenset[str]
    family_names: frozenset[str]
    phrases: Phrases
    misread: Mapping[str, str]
    """A name as `misread_key` sees it → the name."""
    titles: frozenset[str]
    heads: frozenset[str]
    """What the name of an organisation begins with."""
    inner: frozenset[str]
    """Ordinary words inside the name of an organisation."""
    idle: frozenset[str]
    """Written with a capital though it names nobody: months, days, roles."""
    peoples: frozenset[str]
    """Written with a capital, and a name only together with other words: Malian, Islam, Nord."""
    stop: frozenset[str]
    """Function words: never a part of a name where a sentence begins with them."""
    common: frozenset[str]
    """All ordinary words, function words included."""

    def class_of(self, key: str) -> NameClass | None:
        """The class of one listed word; null when it is not listed."""
        if key in self.places:
            return NameClass.PLACE
        if key in self.organisations:
            return NameClass.ORGANISATION
        return NameClass.PERSON if key in self.first_names or key in self.family_names else None

    def is_part(self, key: str) -> bool:
        """Whether it is listed as a part of people's names."""
        return key in self.first_names or key in self.family_names


_MISREAD = str.maketrans("015|i", "olsll")


def misread_key(key: str) -> str:
    """A folded word as one sees it where 0 and O, 1, l and I, 5 and S are taken for each other."""
    return key.translate(_MISREAD)


@cache
def lexicon(language: str) -> Lexicon:
    """The lists for a text in `fr` or `en`; both where the language is another or not known."""
    forms = {name: _entries(f"{name}.txt") for name in ("places", "organisations", "first_names", "family_names")}
    single = {name: frozenset(_parts_of(name, some)) for name, some in forms.items()}
    phrases: dict[str, list[tuple[tuple[str, ...], NameClass]]] = {}
    for name, name_class in (("places", NameClass.PLACE), ("organisations", NameClass.ORGANISATION)):
        for keys in forms[name]:
            if len(keys) > 1:
                phrases.setdefault(keys[0], []).append((keys, name_class))
    languages = (language,) if language in ("fr", "en") else ("fr", "en")
    stop = frozenset(word for each in languages for word in _plain(f"stop_{each}.txt"))
    listed = frozenset[str]().union(*single.values())
    common = stop.union(*(_plain(f"common_{each}.txt") for each in languages))
    common = common.union(*(_regular_forms(each) - listed for each in languages))
    names = sorted(listed - common)
    return Lexicon(
        **single,
        phrases={first: tuple(sorted(some, key=lambda form: -len(form[0]))) for first, some in phrases.items()},
        misread={misread_key(each): each for each in names if len(each) > 2},
        titles=_singles("titles.txt"),
        heads=_with_plurals(_singles("organisation_heads.txt")),
        inner=_with_plurals(_singles("organisation_words.txt")),
        idle=_singles("capitals.txt"),
        peoples=_singles("peoples.txt"),
        stop=stop,
        common=common,
    )


def _parts_of(name: str, some: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Single words of a list; people's names of several words (Osei-Tutu) count by each word too."""
    for keys in some:
        if len(keys) == 1:
            yield keys[0]
        elif name.endswith("_names"):
            yield from (key for key in keys if len(key) > 2 and key not in PARTICLES)


def _read(name: str) -> str:
    """The entries of a file of lists, folded, without its remarks."""
    text = resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line and not line.startswith("#"))
    return fold("\n".join(lines)).replace("-", " ")


@cache
def _entries(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a file that are separated by commas, each as its folded words."""
    parts = _read(name).replace("\n", ",").split(",")
    keys = (tuple(part.split() if "'" not in part else (word.key for word in words(part))) for part in parts)
    return tuple(dict.fromkeys(each for each in keys if each))


def _singles(name: str) -> frozenset[str]:
    return frozenset(keys[0] for keys in _entries(name) if len(keys) == 1)


_FORMS = {"fr": ("", "s", "e", "es"), "en": ("", "s", "es", "d", "ed", "ing", "er", "ers", "ly")}
_VERB = word_set(
    "er e es ons ez ent ais ait ions iez aient a ai as erent ant ants ante antes ees ee erai eras era erons erez eront "
    "erais erait erions eriez eraient"
)


@cache
def _regular_forms(language: str) -> frozenset[str]:
    """The regular forms of the ordinary words of a language; more than there are, which does no harm."""
    found = {word + end for word in _plain(f"common_{language}.txt") for end in _FORMS[language]}
    if language == "fr":
        for verb in _plain("verbs_fr.txt"):
            stem = verb.removesuffix("er")
            found.update(stem + end for end in _VERB)
            if stem.endswith(("c", "g")):
                found.update(f"{stem}e{end}" for end in _VERB if end[0] in "ao")
    else:
        found.update(
            stem + end for word in _plain("common_en.txt") if (stem := word.removesuffix("e")) != word for end in _CUT
        )
        found.update(f"{word[:-1]}ies" for word in _plain("common_en.txt") if word.endswith("y"))
    return frozenset(found)


_CUT = ("ing", "ings", "able")


def _with_plurals(keys: frozenset[str]) -> frozenset[str]:
    return keys | {f"{key}s" for key in keys}


@cache
def _plain(name: str) -> frozenset[str]:
    return word_set(_read(name).replace("'", ""))
