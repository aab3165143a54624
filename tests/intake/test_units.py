"""Sentences and words: French and English spelling, never across a turn, never a label, the same every time."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.intake.labels import find_turns
from hsreview.intake.sentences import Token, cut_sentences
from hsreview.intake.source import Source
from hsreview.intake.units import make_units
from hsreview.model.text import Turn, Units


def units(text: str) -> Units:
    return make_units(text, [Turn(1, None, 0, 0, len(text))])


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text).sentences]


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l'État qu’elles d'abord", ["l'", "État", "qu’", "elles", "d'", "abord"]),
        ("aujourd'hui prud’homme quelqu'un", ["aujourd'hui", "prud’homme", "quelqu'un"]),
        ("j'suis n'est-ce jusqu'à lorsqu'on", ["j'", "suis", "n'", "est-ce", "jusqu'", "à", "lorsqu'", "on"]),
        ("qu'aujourd'hui d'l'eau", ["qu'", "aujourd'hui", "d'", "l'", "eau"]),
        ("don't O'Invent's N'Diaye M'Bodji", ["don't", "O'Invent's", "N'Diaye", "M'Bodji"]),
        ("porte-parole vice\u2011président", ["porte-parole", "vice\u2011président"]),
        ("1\u202f200 fois\u00a0! 12,50 €", ["1", "200", "fois", "12,50"]),
        ("ne\u0301e e\u0301te\u0301", ["ne\u0301e", "e\u0301te\u0301"]),
        ("co\u00adordi\u00adna\u00adtion", ["co\u00adordi\u00adna\u00adtion"]),
        ("j~, je -- puis… euh", ["j", "je", "puis", "euh"]),
        ("**INT** _oui_ non_native R1", ["INT", "oui", "non_native", "R1"]),
        ("مَرْحَبًا 🙂 ok", ["مَرْحَبًا", "ok"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["M. Invente est venu.", "Il est parti."],
        ["Mme Traoré, Dr. Rien et MM. Tous sont là.", "Bien."],
        ["Voir art. 5 et p. 12.", "C'est de l'art.", "Oui."],
        ["Du riz, du mil, etc. et du sel.", "Du riz, etc.", "Ensuite rien."],
        ["For e.g. the U.S. Army it was 5 p.m. and late.", "We left at 5 p.m.", "Then nothing."],
        ["Avec J. Invente et J.-P. Rien.", "Plan B.", "Ensuite non."],
        ["Vraiment ?", "Non !", "Si."],
        ["Il a dit : « Oui. »", "« Non.", "Jamais. »", "Puis rien."],
        ['"Why?" he asked.', '"No."', "I left."],
        ["Je… je ne sais pas... enfin si…", "Voilà."],
        ["mh, mh.", "euh, bon.", "oui ?", "bah non."],
        ["1. La première chose.", "Une autre."],
        ["Le site www.rien.org coûte 12.50 francs.", "Bon."],
        ["Fini.", "– Bien sûr.", "(Rires.)", "[Pause.]", "“Ah.”"],
        ["Quoi ?!", "Rien."],
    ],
)
def test_sentences(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_a_missing_blank_after_a_full_stop_still_ends_a_sentence() -> None:
    assert sentences("C'est fini.Nous partons.") == ["C'est fini.", "Nous partons."]


def test_lines_end_sentences_and_blank_lines_have_none() -> None:
    assert sentences("un début\nla suite\n\n  \n***\nfin") == ["un début", "la suite", "***", "fin"]


def test_only_line_feeds_end_lines() -> None:
    assert sentences("un\x0bdeux\u2028trois\x85quatre") == ["un\x0bdeux\u2028trois\x85quatre"]


def test_labels_have_no_units() -> None:
    text = "Awa Invente : Bonjour. Ça va ?\nINT : Oui.\nAwa Invente : Bien.\n"
    turns = find_turns(Source(text, "txt")).turns
    made = make_units(text, turns)
    assert [text[a:b] for a, b in made.sentences] == ["Bonjour.", "Ça va ?", "Oui.", "Bien."]
    assert [text[a:b] for a, b in made.words] == ["Bonjour", "Ça", "va", "Oui", "Bien"]


def test_the_splitter_is_named() -> None:
    assert units("a").splitter.startswith("hsreview-1/spacy-3.")


def test_a_line_of_a_million_signs_is_cut_in_reasonable_time() -> None:
    assert len(units("Oui. " * 50_000).sentences) == 50_000
    assert len(units("l'" * 50_000 + "a").words) == 50_001


_PIECES = st.sampled_from(
    ["mot", "Mot", "l'", "M.", ".", "…", "?", "!", " ", "\u00a0", "\n", "«", "»", '"', "-", "—", "1", "(", ")",
     "e\u0301", "etc", "INT : ", "R1: ", "\t", "🙂", "\u200d", "_", "~", "\x0b"]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=80).map("".join).filter(lambda t: bool(t.strip())))
def test_units_are_ordered_inside_turns_and_cover_every_sign(text: str) -> None:
    turns = find_turns(Source(text, "txt")).turns
    made = make_units(text, turns)
    assert made == make_units(text, turns)
    for spans in (made.sentences, made.words):
        assert all(a < b for a, b in spans)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(any(t.label_end <= a and b <= t.end for t in turns) for a, b in spans)
    covered = {i for a, b in made.sentences for i in range(a, b)}
    spoken = {i for t in turns for i in range(t.label_end, t.end) if not text[i].isspace()}
    assert spoken <= covered
    assert not any("\n" in text[a:b] for a, b in made.sentences)
    assert not any(text[a].isspace() or text[b - 1].isspace() for a, b in (*made.sentences, *made.words))
    assert all(any(s <= a and b <= e for s, e in made.sentences) for a, b in made.words)


def test_a_long_line_of_letters_and_stops_takes_as_long_for_each_as_a_short_one() -> None:
    def looks(length: int) -> int:
        """How many tokens are looked at to cut `length` letters with full stops."""
        seen = 0

        class Counting(list[Token]):
            def __getitem__(self, index: Any) -> Any:
                nonlocal seen
                found = super().__getitem__(index)
                seen += len(found) if isinstance(index, slice) else 1
                return found

        text = "a." * length
        tokens = [Token(i, i + 1, i % 2 == 0, i == 0) for i in range(2 * length)]
        assert list(cut_sentences(text, Counting(tokens))) == [(0, 2 * length)]
        return seen

    assert looks(2000) < 3 * looks(1000)
