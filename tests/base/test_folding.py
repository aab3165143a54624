"""Folding finds words whatever their accents, case, ligatures and apostrophes, and keeps track of offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.folding import fold, fold_with_map

FRENCH = st.text(alphabet="abcéèàçùêîôûÉÀœŒæÆ’'«»\u00a0\u202f…–-ɛɔɲŋ. \u0301ß\u00adñŉĳ")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Sécurité", "securite"),
        ("S\u0065\u0301curite\u0301", "securite"),
        ("L’ŒUVRE", "l'oeuvre"),
        ("ex æquo", "ex aequo"),
        ("« État »", '" etat "'),
        ("Bɛɛ", "bɛɛ"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(FRENCH)
def test_folding_is_stable_and_blind_to_composition(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(FRENCH | st.text())
def test_the_map_leads_back_to_where_a_character_comes_from(text: str) -> None:
    folded, offsets = fold_with_map(text)
    assert len(offsets) == len(folded) + 1
    assert list(offsets) == sorted(offsets) and offsets[-1] == len(text)
    for position, char in enumerate(folded):
        assert char in fold(text[offsets[position]])


@given(FRENCH)
def test_the_fast_way_equals_the_slow_one(text: str) -> None:
    folded, offsets = fold_with_map(text)
    slow = [(part, at) for at, char in enumerate(text) for part in fold(char)]
    assert folded == "".join(part for part, _ in slow)
    assert list(offsets[:-1]) == [at for _, at in slow]
