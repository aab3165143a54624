"""How much of the labelled extracts (tests/privacy/labelled) the candidates for pseudonyms cover.

An entity counts as found when candidates cover it wholly. Each text is read as it is, in small letters, and as after a
poor scan: accents lost, 0 for O and l for I, words broken at line ends, doubled blanks.
"""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsreview.privacy.candidates.candidate import Candidate
from hsreview.privacy.candidates.lexicon import lexicon
from hsreview.privacy.candidates.words import words
from hsreview.workflows.name_finding import find_names

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "privacy" / "labelled"
HALVES = ("seen", "unseen")
"""What somebody has looked at while the rules were made, and what nobody has, as long as there is some."""
_MARK = re.compile(r"\[\[(?P<label>[a-z_]+):(?P<words>[^\]]+)\]\]")
_NAMED = ("person", "place", "organisation")
_MISREAD = {"o": "0", "O": "0", "l": "I", "I": "l"}


@dataclass(frozen=True)
class Entity:
    """A marked stretch `[start, end)` of a text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Labelled:
    """One extract without its marks, and what they marked."""

    name: str
    language: str
    text: str
    entities: tuple[Entity, ...]


def read(half: str, folder: Path = FOLDER) -> list[Labelled]:
    """The extracts of one half, by name."""
    return [_read(path) for path in sorted((folder / half).glob("*.txt"))]


def _read(path: Path) -> Labelled:
    lines = path.read_text(encoding="utf-8").split("\n")
    marked = "\n".join(line for line in lines if not line.startswith("#"))
    text, entities, before = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[before : mark.start()]
        entities.append(Entity(len(text), len(text) + len(mark["words"]), mark["label"]))
        text += mark["words"]
        before = mark.end()
    text += marked[before:]
    assert "[[" not in text, f"{path.name} has a mark that cannot be read"
    return Labelled(path.name, path.name[:2], text, tuple(entities))


def cased(sample: Labelled) -> Labelled:
    """As it is."""
    return sample


def small(sample: Labelled) -> Labelled:
    """In small letters."""
    lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in sample.text)
    return Labelled(sample.name, sample.language, lower, sample.entities)


def scanned(sample: Labelled) -> Labelled:
    """As after a poor scan; always the same for the same extract."""
    chance = random.Random(sample.name)
    made: list[str] = []
    at = 0
    places: list[int] = []
    for n, char in enumerate(sample.text):
        places.append(at)
        inner = 2 < n < len(sample.text) - 3 and sample.text[n - 2 : n + 3].isalpha()
        new = unicodedata.normalize("NFD", char)[0] if chance.random() < 0.6 else char
        if chance.random() < 0.06:
            new = _MISREAD.get(new, new)
        if inner and chance.random() < 0.01:
            new = f"-\n{new}"
        elif char == " " and chance.random() < 0.06:
            new = "  "
        made.append(new)
        at += len(new)
    places.append(at)
    entities = tuple(Entity(places[each.start], places[each.end], each.label) for each in sample.entities)
    return Labelled(sample.name, sample.language, "".join(made), entities)


VARIANTS: Mapping[str, Callable[[Labelled], Labelled]] = {"cased": cased, "small": small, "scanned": scanned}


def covered(text: str, entity: Entity, found: Sequence[Candidate]) -> bool:
    """Whether candidates cover the entity wholly; only letters and digits of it count."""
    left = {at for at in range(entity.start, entity.end) if text[at].isalnum()}
    for each in found:
        left -= set(range(each.start, each.end))
    return not left


def is_listed(sample: Labelled, entity: Entity) -> bool:
    """Whether all its words are in the lists that come with hsreview."""
    known = lexicon(sample.language)
    keys = [word.key for word in words(sample.text[entity.start : entity.end])]
    forms = known.phrases.get(keys[0], ()) if keys else ()
    return any(form == tuple(keys) for form, _class in forms) or all(known.class_of(key) is not None for key in keys)


def missed(samples: Sequence[Labelled], variant: str, *, with_model: bool) -> list[tuple[Labelled, Entity]]:
    """The entities that no candidates cover."""
    altered = [VARIANTS[variant](sample) for sample in samples]
    found = _found(altered, with_model)
    return [
        (sample, entity)
        for sample in altered
        for entity in sample.entities
        if not covered(sample.text, entity, found[sample.name])
    ]


def _found(samples: Sequence[Labelled], with_model: bool) -> Mapping[str, Sequence[Candidate]]:
    # Each extract is looked at alone, as the first transcript of a project is.
    result: dict[str, Sequence[Candidate]] = {}
    for sample in samples:
        finding = find_names([(sample.name, sample.text, sample.language)], with_model=with_model)
        assert finding is not None
        result[sample.name] = finding.candidates[sample.name]
    return result


def recall(samples: Sequence[Labelled], variant: str, *, with_model: bool) -> dict[str, Any]:
    """Found and all, by class and language; names in the lists apart; candidates in 1,000 words."""
    altered = [VARIANTS[variant](sample) for sample in samples]
    found = _found(altered, with_model)
    hits: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for original, sample in zip(samples, altered, strict=True):
        for known, entity in zip(original.entities, sample.entities, strict=True):
            kinds = ["all", entity.label, sample.language]
            if entity.label in _NAMED:
                kinds.append("listed names" if is_listed(original, known) else "other names")
            total.update(kinds)
            if covered(sample.text, entity, found[sample.name]):
                hits.update(kinds)
    size = sum(len(words(sample.text)) for sample in altered)
    return {
        "found": {kind: f"{hits[kind]}/{n}" for kind, n in total.items()},
        "share": round(hits["all"] / total["all"], 3) if total["all"] else None,
        "listed_share": round(hits["listed names"] / total["listed names"], 3) if total["listed names"] else None,
        "candidates_per_1000_words": round(1000 * sum(map(len, found.values())) / size, 1),
        "entities_per_1000_words": round(1000 * total["all"] / size, 1),
    }


def measured() -> dict[str, Any]:
    """Each half that there is and every variant, without and with models."""
    from hsreview.language.models import installed

    result: dict[str, Any] = {"models": [model.engine for model in installed().values()], "cost": cost()}
    for half in HALVES:
        samples = read(half)
        if samples:
            result[half] = {
                f"{variant}, {'with' if with_model else 'without'} model": recall(
                    samples, variant, with_model=with_model
                )
                for variant in VARIANTS
                for with_model in (False, True)
            }
    return result


def cost(n_words: int = 10_000) -> dict[str, Any]:
    """Seconds for an interview of 10,000 words, French and English; a first figure with a model has its load in it."""
    result: dict[str, Any] = {"words": n_words}
    for language in ("fr", "en"):
        text = _interview(language, n_words)
        for with_model in (False, True, True):
            begun, busy = time.perf_counter(), time.process_time()
            find_names([("one", text, language)], with_model=with_model)
            taken = {
                "s": round(time.perf_counter() - begun, 2),
                "processor_s": round(time.process_time() - busy, 2),
            }
            result.setdefault(f"{language}_{'with' if with_model else 'without'}_model", []).append(taken)
    return result


def _interview(language: str, n_words: int) -> str:
    """The seen extracts of a language over and over, until there are so many words."""
    texts = [sample.text for sample in read("seen") if sample.language == language]
    size = sum(len(words(text)) for text in texts)
    return "\n".join(texts * (n_words // size + 1))
