"""Put replacements in the place of names: everywhere, in every spelling, so that no original form stays.

Nothing is replaced inside a word, over the border of a turn or over an empty line. Where forms overlap, the whole
stretch gets the replacement of the longest; inside of a longer form that stays as it is nothing is replaced. French
elision follows the ear (`d’Aminata` → `de Fatou`, `de Moussa` → `d’Issa`), but stays as it is written before `h`, after
`l’`, and before a bracket (`d’[ville]`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hsreview.base.folding import fold
from hsreview.model.text import CueTime, Span, Turn
from hsreview.privacy.generalisations import said_in
from hsreview.privacy.spelling import (
    APOSTROPHES,
    ELIDED,
    PLURALS,
    Word,
    begins_with_vowel,
    chains,
    first_word,
    letters,
    spellings,
    words_of,
)
from hsreview.privacy.telephones import Numbers, national

_PLURAL = 4
"""Letters from which on a name has a plural (`les Diarras`)."""
_BEFORE = re.compile(rf"(?<![^\W_])([^\W\d_]+)([{APOSTROPHES} \t\u00a0\u202f])\Z")
_CUT = {
    "de": "d", "le": "l", "la": "l", "que": "qu", "jusque": "jusqu", "lorsque": "lorsqu", "puisque": "puisqu",
    "quoique": "quoiqu",
}  # fmt: skip
"""What French cuts before a name that begins with a vowel; not `là`, nor the end of `celui-la`. `ce` is `cet`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What stands in the place of which forms."""

    forms: tuple[str, ...] = field(repr=False)
    kind: str
    """The class, a word of `NameClass`."""
    replacement: str
    cased: bool = False
    """Whether the form is a common word too, and meant only where it begins with a capital."""
    capital: tuple[str, ...] = field(default=(), repr=False)
    """The forms that alone are so, where not all are."""
    stays: bool = False
    """Whether it is left as it is, and so are the shorter names in it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch `[start, end)` of a text that is a form of `rule`."""

    start: int
    end: int
    rule: Rule
    plural: str = ""
    """The letter that makes it a plural."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was put where: `[start, end)` of the old text is `[there, there_end)` of the new one."""

    start: int
    end: int
    there: int
    there_end: int
    item: int
    """Where the replacement itself begins in the new text; before it an article may have changed."""
    kind: str
    replacement: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with its replacements, and where everything went."""

    text: str = field(repr=False)
    turns: tuple[Turn, ...] = field(repr=False)
    cues: tuple[CueTime, ...]
    changes: tuple[Change, ...]
    old_length: int

    @property
    def items(self) -> list[list[int | str]]:
        """`[start, end, class, replacement]` of each replacement in the new text, as a masking stores them."""
        return [[each.item, each.there_end, each.kind, each.replacement] for each in self.changes]

    @property
    def blocks(self) -> list[list[int]]:
        """`[at, there, length]` of what is the same in both texts."""
        starts = [(0, 0), *((each.end, each.there_end) for each in self.changes)]
        ends = [*(each.start for each in self.changes), self.old_length]
        return [[at, there, end - at] for (at, there), end in zip(starts, ends, strict=True) if end > at]

    @property
    def replaced(self) -> list[list[int]]:
        """`[at, end, there, there_end]` of what differs."""
        return [[each.start, each.end, each.there, each.there_end] for each in self.changes]


class Replacer:
    """Finds the forms of rules in texts, and replaces them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[str, Rule] = {}
        rules = list(rules)
        self._capital = {key for rule in rules for form in rule.capital for key in spellings(form)}
        for rule in rules:
            for form in rule.forms:
                for key in spellings(form):
                    self._rules.setdefault(key, rule)
        self._beginnings = {key[:n] for key in self._rules for n in range(1, len(key) + 1)}
        self._beginnings |= {f"{key}{plural}" for key in self._rules for plural in PLURALS}
        self._firsts = sorted({first_word(key) for key in self._rules})
        replaced = (rule for rule in rules if not rule.stays)
        self._numbered = {digits: rule for rule in replaced for form in rule.forms if (digits := national(form))}
        self._numbers = Numbers(self._numbered)

    def hits(self, text: str, borders: Iterable[int] = ()) -> list[Hit]:
        """Every stretch that is replaced, in order and apart from each other; none goes over one of the borders."""
        cuts = sorted({0, len(text), *borders})
        firsts, numbers = _among(self._firsts, text), self._numbers.among(text)
        found: list[Hit] = []
        for start, end in pairwise(cuts) if firsts or numbers else ():
            here: list[Hit] = []
            if len(cuts) == 2 or _among(firsts, text[start:end]):  # Cutting into words is what takes time.
                here = self._piece(text, words_of(text, start, end))
            for at, after, digits in self._numbers.find(text, numbers, start, end):
                here.append(Hit(at, after, self._numbered[digits]))
            found += _apart(_spared(here))
        return found

    def _piece(self, text: str, words: Sequence[Word]) -> list[Hit]:
        found: list[Hit] = []
        for at, word in enumerate(words):
            if word.folded not in self._beginnings:
                continue
            if at and word.folded.isdigit() and words[at - 1].end == word.start:
                continue  # `P12 mars` holds no date.
            for last, key in chains(words, at, self._beginnings):
                hit = self._hit(text, words, at, last, key)
                if hit is not None:
                    found.append(hit)
        return found

    def _hit(self, text: str, words: Sequence[Word], at: int, last: int, key: str) -> Hit | None:
        start, end = words[at].start, words[last].end
        rule, plural = self._rules.get(key), ""
        capital = not text[start].islower()
        if rule is None and capital and key[-1:] in PLURALS and len(words[last].folded) > _PLURAL:
            rule, plural = self._rules.get(key[:-1]), text[end - 1]
        if rule is None or (not capital and (rule.cased or key in self._capital)):
            return None
        if text[start].isdigit() and text[start - 1 : start] == "+":
            start -= 1  # The sign of an international number belongs to it.
        return Hit(start, end, rule, plural)

    def label(self, label: str, language: str) -> str:
        """A short text, such as a speaker's label or the name of a file, with its replacements."""
        return self.replace(label, (), (), language).text

    def replace(self, text: str, turns: Sequence[Turn], cues: Sequence[CueTime], language: str) -> Replaced:
        """The text with every form replaced; turns, their labels and cue times follow. `language` is `fr` or `en`."""
        borders = sorted({0, *(offset for turn in turns for offset in (turn.start, turn.label_end))})
        parts: list[str] = []
        changes: list[Change] = []
        done = length = 0
        for hit in self.hits(text, borders):
            first = max(done, borders[bisect_right(borders, hit.start) - 1])
            start, article = _article(text, first, hit, language)
            parts += [text[done:start], article, said_in(hit.rule.replacement, language) + hit.plural]
            there = length + start - done
            item = there + len(article)
            length = item + len(parts[-1])
            changes.append(Change(start, hit.end, there, length, item, hit.rule.kind, parts[-1]))
            done = hit.end
        parts.append(text[done:])
        place = _Places(changes)
        return Replaced(
            "".join(parts),
            tuple(self._turn(turn, place, language) for turn in turns),
            tuple(replace(cue, offset=place(cue.offset)) for cue in cues),
            tuple(changes),
            len(text),
        )

    def _turn(self, turn: Turn, place: _Places, language: str) -> Turn:
        speaker = None if turn.speaker is None else self.label(turn.speaker, language)
        start, label_end, end = (place(each) for each in (turn.start, turn.label_end, turn.end))
        return replace(turn, speaker=speaker, start=start, label_end=label_end, end=end)


class _Places:
    """Where an offset of the old text is in the new one; inside of what was replaced, where that begins."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self._changes = changes
        self._starts = [change.start for change in changes]

    def __call__(self, offset: int) -> int:
        at = bisect_right(self._starts, offset) - 1
        if at < 0:
            return offset
        change = self._changes[at]
        return change.there if offset < change.end else offset - change.end + change.there_end


def inside(spans: Iterable[Span]) -> Callable[[int, int], bool]:
    """Whether a stretch lies within one of `spans`, which do not overlap."""
    ordered = sorted(spans)
    starts = [start for start, _end in ordered]

    def covers(start: int, end: int) -> bool:
        at = bisect_right(starts, start) - 1
        return at >= 0 and end <= ordered[at][1]

    return covers


def _among(firsts: Sequence[str], text: str) -> list[str]:
    """Those of the first words of forms whose letters follow each other in a text, whatever stands between them."""
    run = letters(fold(text))
    return [word for word in firsts if word in run]


def _spared(hits: Sequence[Hit]) -> list[Hit]:
    """Hits that are replaced, without those inside a longer form that stays as it is."""
    stay = [hit for hit in hits if hit.rule.stays]
    if not stay:
        return list(hits)
    return [
        hit
        for hit in hits
        if not hit.rule.stays and not any(each.start <= hit.start and hit.end <= each.end for each in stay)
    ]


def _apart(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that overlap as one, with the rule of the longest."""
    found: list[Hit] = []
    longest = 0
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not found or hit.start >= found[-1].end:
            found.append(hit)
            longest = hit.end - hit.start
            continue
        last = found[-1]
        if hit.end - hit.start > longest:
            longest = hit.end - hit.start
            last = replace(last, rule=hit.rule, plural=hit.plural)
        found[-1] = replace(last, end=max(last.end, hit.end))
    return found


def _article(text: str, first: int, hit: Hit, language: str) -> tuple[int, str]:
    """Where the change begins (not before `first`), and what stands there before the replacement."""
    new = hit.rule.replacement
    found = _BEFORE.search(text[max(first, hit.start - 12) : hit.start])
    if found is None or language == "en" or not new[:1].isalpha() or fold(new[:1]) == "h":
        return hit.start, ""
    word, sign = found[1], found[2]
    start = hit.start - len(word) - 1
    if sign in APOSTROPHES:
        if fold(word) in ELIDED - {"l"} and not begins_with_vowel(new):
            return start, word + ("E " if word.isupper() and len(word) > 1 else "e ")
    elif begins_with_vowel(new) and not begins_with_vowel(text[hit.start : hit.end]):
        cut = _CUT.get(word.lower()) if text[start - 1 : start] != "-" else None
        apostrophe = "'" if "'" in text and "’" not in text else "’"
        return (start, word[: len(cut)] + apostrophe) if cut else (hit.start, "")
    return hit.start, ""
