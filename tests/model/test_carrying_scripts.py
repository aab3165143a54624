"""Corrections at random on real texts: what was not touched is carried exactly, nothing ends silently elsewhere."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from hsreview.model.carrying import Alignment, Carried
from tests.builders import TEXT
from tests.model.edit_scripts import script, spans

ROOT = Path(__file__).parents[2]
CORPORA = ROOT.parent / "shared" / "data" / "corpora"
SURE = (Carried.UNCHANGED, Carried.MOVED)


def texts() -> list[str]:
    """The invented text, and the real ones where they are."""
    files = sorted(each for each in CORPORA.glob("*-*.*") if each.suffix in (".txt", ".md"))
    real = [each.read_text("utf-8", errors="replace").replace("\r\n", "\n") for each in files]
    samples = sorted((ROOT / "transcripts").glob("*.txt"))
    return [TEXT * 3, *(each.read_text("cp1252", errors="replace") for each in samples), *real]


def check(text: str, random: Random, count: int) -> None:
    """One script on a text, and `count` stretches of it."""
    made = script(text, random)
    new = made.new
    alignment = Alignment(text, new)
    for start, end in spans(text, random, count):
        words = text[start:end]
        at, until, state = alignment.place(start, end)
        truth = made.truth((start, end))
        if state in SURE:
            assert new[at:until] == words
            assert (state is Carried.UNCHANGED) == (at == start)
            # A single word that stands there several times may take the place of the one beside it.
            assert at == truth or (len(words.split()) == 1 and text.count(words) > 1), (words, at, truth, made.edits)
        elif truth is not None:
            # It waits only where its first or last line stands several times.
            ends = (words.partition("\n")[0], words.rpartition("\n")[2])
            assert any(max(text.count(each), new.count(each)) > 1 for each in ends), (words, state, made.edits)


def test_random_corrections_of_every_text() -> None:
    given = texts()
    for number in range(60):
        check(given[number % len(given)], Random(number), 60)


@pytest.mark.deep
def test_many_random_corrections_of_every_text() -> None:
    given = texts()
    for number in range(300):
        check(given[number % len(given)], Random(1000 + number), 300)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("R1 : Oui.\nR1 : Oui.\nFin.\n", "R1 : Oui.\nFin.\n", "Oui."),
        ("R1 : Oui.\nFin.\n", "R1 : Oui.\nR1 : Oui.\nFin.\n", "Oui."),
        ("A : Un.\nR1 : Oui.\nA : Deux.\nR1 : Oui.\nFin.\n", "R1 : Oui.\nFin.\n", "Oui.\nFin"),
        ("Le maire a tout vu hier soir.\n", "Personne ne sait qui vu quoi encore.\n", "vu"),
    ],
)
def test_what_may_be_one_or_the_other_waits_for_a_person(old: str, new: str, words: str) -> None:
    start = old.index(words)
    assert Alignment(old, new).place(start, start + len(words))[2] in (Carried.CHANGED, Carried.LOST)


def test_an_inserted_turn_that_begins_like_the_next_one_leaves_that_one_whole() -> None:
    old = "INT : Et vous ?\n\nR1 : Je suis resté.\n\nR1 : Puis je suis parti.\n\nINT : Merci.\n"
    new = old.replace("R1 : Puis", "R1 : Longtemps.\n\nR1 : Puis")
    turn = "R1 : Puis je suis parti.\n\n"
    start = old.index(turn)
    assert Alignment(old, new).place(start, start + len(turn)) == (
        new.index(turn), new.index(turn) + len(turn), Carried.MOVED,
    )  # fmt: skip
