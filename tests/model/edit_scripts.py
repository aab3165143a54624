"""Corrections made at random, with the truth: where every untouched stretch stands afterwards."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from hsreview.model.text import Span

_WORD = re.compile(r"\w+")
_MARK = re.compile(r"[.,;:!?…](?=\s)")
_LINE = re.compile(r"[^\n]+\n+|[^\n]+")
_INVENTED = re.findall(
    r"\S+", "le comité du fleuve a tenu ses réunions près du puits avant la saison sèche et personne n’a rien noté"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """`[start, end)` of the old text gives way to `words`."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Script:
    """Edits of one text, in order, none touching another."""

    old: str
    edits: tuple[Edit, ...]

    @property
    def new(self) -> str:
        """The text after the edits."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.old[at : edit.start], edit.words]
            at = edit.end
        return "".join([*parts, self.old[at:]])

    def truth(self, span: Span) -> int | None:
        """Where an untouched stretch begins after the edits; null when an edit reaches into it."""
        shift = 0
        for edit in self.edits:
            if edit.start >= span[1]:
                break
            if edit.end > span[0] or (edit.start == edit.end and edit.start > span[0]):
                return None
            shift += len(edit.words) - (edit.end - edit.start)
        return span[0] + shift


def script(text: str, random: Random) -> Script:
    """A few typos, new punctuation, inserted turns and removed paragraphs."""
    wanted: list[Edit] = []
    lines, words, marks = (list(pattern.finditer(text)) for pattern in (_LINE, _WORD, _MARK))
    for _typo in range(random.randint(0, 12)):
        found = random.choice(words)
        wanted.append(Edit(*found.span(), misspelt(found.group(), random)))
    for _mark in range(random.randint(0, 12) if marks else 0):
        found = random.choice(marks)
        wanted.append(Edit(*found.span(), random.choice([" ;", ".", "", " –", " !"])))
    for _turn in range(random.randint(0, 4)):
        at = random.choice(lines).start()
        speaker = random.choice(lines).group().partition(":")[0][:12]
        said = " ".join(random.choices(_INVENTED, k=random.randint(1, 40)))
        wanted.append(Edit(at, at, f"{speaker}: {said}.\n\n"))
    for _cut in range(random.randint(0, 4)):
        first = random.randrange(len(lines))
        last = min(len(lines), first + random.randint(1, 5))
        wanted.append(Edit(lines[first].start(), lines[last - 1].end(), ""))
    return Script(text, _apart([each for each in wanted if text[each.start : each.end] != each.words]))


def misspelt(word: str, random: Random) -> str:
    """A word with one letter put in, left out or replaced."""
    at = random.randrange(len(word))
    return word[:at] + random.choice("aeinrst") + word[at + random.randint(0, len(word) > 3) :]


def _apart(edits: list[Edit]) -> tuple[Edit, ...]:
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        if not kept or edit.start > kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def spans(text: str, random: Random, count: int) -> list[Span]:
    """Stretches as people code them: a few words, a sentence, some lines."""
    lines = [each.span() for each in _LINE.finditer(text) if _WORD.search(each.group())]
    found: list[Span] = []
    for _each in range(count):
        kind = random.random()
        if kind < 0.6:
            words = [each.span() for each in _WORD.finditer(text, *random.choice(lines))]
            first = random.randrange(len(words))
            found.append((words[first][0], words[min(len(words), first + random.randint(1, 30)) - 1][1]))
        else:
            first = random.randrange(len(lines))
            start, end = lines[first][0], lines[min(len(lines), first + (1 if kind < 0.9 else 3)) - 1][1]
            found.append((start, end - (len(text[start:end]) - len(text[start:end].rstrip("\n")))))
    return [span for span in found if span[0] < span[1]]
