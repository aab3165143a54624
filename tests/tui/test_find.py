"""Find: blind to accents, ligatures, apostrophes and line ends, and exact about where the hit is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.folding import fold, fold_with_map
from hsreview.tui.text.find import FoldedText, hits_between
from hsreview.tui.text.units import Spans

ALPHABET = "abœOeéE\u0301’'ß« \n\u00a0\u00adİ漢ﬁ"
texts = st.text(ALPHABET, max_size=60) | st.text(max_size=40)


@given(texts)
def test_the_text_is_folded_as_everywhere_else(text: str) -> None:
    assert FoldedText(text).folded == fold_with_map(text)[0].replace("\n", " ")


@given(texts, st.data())
def test_hits_are_where_the_map_says(text: str, data: st.DataObject) -> None:
    folded, offsets = fold_with_map(text)
    folded = folded.replace("\n", " ")
    start = data.draw(st.integers(0, len(folded)))
    wanted = folded[start : start + data.draw(st.integers(1, 4))].strip(" ")
    expected, at = [], folded.find(wanted)
    while wanted and at >= 0:
        end = at + len(wanted)
        expected.append((offsets[at], max(offsets[end], offsets[end - 1] + 1)))
        at = folded.find(wanted, end)
    assert fold(wanted) != wanted or list(FoldedText(text).find(f"*{wanted}")) == expected


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("securite", ["Sécurité", "se\u0301curite\u0301"]),
        ("COEUR", ["cœur"]),
        ("coe", ["cœ"]),
        ("eau", ["eau"]),
        ("ecurit", []),
        ("*ecurit", ["écurit", "e\u0301curit"]),
        ("et", ["et"]),
        ("oeur", []),
        ("*oeur", ["œur"]),
        ("*", []),
        (" * ", []),
        ("l'eau", ["l’eau"]),
        ("l’eau", ["l’eau"]),
        ("paix ?", ["paix\u202f?"]),
        ("une paix", ["une\npaix"]),
        ("  une  ", ["une"]),
        ("absent", []),
        ("", []),
        (" ", []),
    ],
)
def test_what_a_coder_types_is_found(query: str, found: list[str]) -> None:
    text = "Sécurité, se\u0301curite\u0301 et cœur de l’eau\u202f: une\npaix\u202f?"
    assert [text[start:end] for start, end in FoldedText(text).find(query)] == found


def test_hits_of_a_plain_text() -> None:
    assert list(FoldedText("abcABC").find("*bc")) == [(1, 3), (4, 6)]


@given(st.lists(st.integers(0, 50), unique=True, max_size=20), st.integers(0, 60), st.integers(1, 20))
def test_hits_of_a_line(starts: list[int], start: int, length: int) -> None:
    hits = Spans((at * 3, at * 3 + 2) for at in sorted(starts))
    end = start + length
    assert hits_between(hits, start, end) == [hit for hit in hits if hit[0] < end and hit[1] > start]


def test_words_are_found_by_their_beginning() -> None:
    text = FoldedText("Koumaré est née à la mare ; MARÉE, mar\u00e9cage")
    assert list(text.find("mare")) == [(21, 25), (28, 32), (35, 39)]
    assert next(iter(text.find("*mare"))) == (3, 7)
    assert list(text.find("; m")) == [(26, 29)]
