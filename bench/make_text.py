"""An invented interview of any length, half French, half English, with turns, units and overlapping codings.

    python -m bench.make_text --words 200000 --codings 5000 FOLDER

writes `bench.txt` and `codings.csv` (transcript,start,end,code) into FOLDER. The sentences are put together from small
lists of phrases by a seeded generator: nobody ever said them.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.model.text import Span, Turn

_WHO = {
    "fr": ["Les femmes du quartier", "Notre association", "Les chefs de village", "Le comité local", "La mission"],
    "en": ["The women of the market", "Our association", "The village chiefs", "The local committee", "The mission"],
}
_DID = {
    "fr": [
        "n’a pas été consultée au début de l’atelier",
        "a travaillé avec les imams et les jeunes",
        "attendait encore le budget promis",
        "a vu le cœur du problème : la sécurité sur la route",
        "demandait des indicateurs chaque trimestre",
        "voulait décider avec les autorités de la région",
    ],
    "en": [
        "was never asked before the workshop",
        "worked with the imams and the young people",
        "was still waiting for the promised budget",
        "saw what mattered most, a road that is safe at night",
        "wanted new indicators every three months",
        "hoped to decide together with the regional authorities",
    ],
}
_WHEN = {
    "fr": ["avant la crise", "en ce temps-là", "après l’accord", "depuis deux ans", "quand la pluie est venue"],
    "en": ["before the crisis", "at that time", "after the agreement", "for two years now", "when the rains came"],
}
_ASK = {
    "fr": ["Comment cela s’est-il passé\u202f?", "Qui décidait\u202f?", "Et après\u202f?"],
    "en": ["How did that happen?", "Who decided?", "And afterwards?"],
}
_WORD = re.compile(r"\w+’|\w+(?:-\w+)*")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A text with everything that the workbench wants to know of it."""

    text: str
    turns: tuple[Turn, ...]
    sentences: tuple[Span, ...]
    codings: tuple[tuple[int, int, str], ...]
    """Start, end, code."""

    def words(self) -> Iterator[Span]:
        """The word units, labels excluded."""
        for turn in self.turns:
            for match in _WORD.finditer(self.text, turn.label_end, turn.end):
                yield match.span()


def make_corpus(words: int, codings: int, codes: Sequence[str] = (), seed: int = 1) -> Corpus:
    """About `words` words and exactly `codings` codings (up to seven deep) with `codes`, by default 60 numbers."""
    dice = random.Random(seed)
    parts: list[str] = []
    turns: list[Turn] = []
    sentences: list[Span] = []
    position = counted = 0
    while counted < words:
        number = len(turns) + 1
        language = "fr" if number % 4 < 2 else "en"
        asks = number % 2 == 1
        label = "Enquêteur : " if asks else f"CSO-{dice.randint(1, 12):02} : "
        spoken = (
            [dice.choice(_ASK[language])] if asks else [_sentence(dice, language) for _ in range(dice.randint(3, 9))]
        )
        start = position
        position += len(label)
        for sentence in spoken:
            sentences.append((position, position + len(sentence)))
            position += len(sentence) + 1
            counted += sentence.count(" ") + 1
        turns.append(Turn(number, label[:-3], start, start + len(label), position))
        parts += (label, " ".join(spoken), "\n")
    names = codes or [f"code-{number:02}" for number in range(1, 61)]
    made = (_coding(dice, sentences, names) for _ in range(codings))
    return Corpus("".join(parts), tuple(turns), tuple(sentences), tuple(sorted(made)))


def _sentence(dice: random.Random, language: str) -> str:
    clauses = [
        f"{dice.choice(_WHO[language])} {dice.choice(_DID[language])} {dice.choice(_WHEN[language])}"
        for _ in range(dice.choice((1, 1, 2)))
    ]
    return f"{', '.join(clauses)}."


def _coding(dice: random.Random, sentences: Sequence[Span], codes: Sequence[str]) -> tuple[int, int, str]:
    first = dice.randrange(len(sentences))
    last = min(first + dice.choice((0, 0, 0, 1, 1, 2, 4)), len(sentences) - 1)
    return sentences[first][0], sentences[last][1], dice.choice(codes)


def main() -> None:
    """Write a corpus into a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--words", type=int, default=200_000)
    parser.add_argument("--codings", type=int, default=5_000)
    parser.add_argument("--codes", default="", help="codes to use, separated by commas")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    corpus = make_corpus(options.words, options.codings, [c for c in options.codes.split(",") if c], options.seed)
    options.folder.mkdir(parents=True, exist_ok=True)
    (options.folder / "bench.txt").write_text(corpus.text, encoding="utf-8", newline="\n")
    with (options.folder / "codings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("transcript", "start", "end", "code"))
        writer.writerows(("bench", *coding) for coding in corpus.codings)


if __name__ == "__main__":
    main()
