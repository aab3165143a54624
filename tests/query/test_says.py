"""Words are found in texts as they would be in folded texts, without folding them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.analysis.query.says import words_test
from hsreview.base.folding import fold

LETTERS = st.text(st.sampled_from("aàÀeéEœŒoßsfiﬁnĳ \n.’'-_\u0301\u0327\u00ad\u202fб漢한1"), max_size=14)
WORDS = st.text(st.sampled_from("aeosfiéœß ’*б漢한1\u0301"), min_size=1, max_size=5)


def folded(words: str, text: str) -> bool:
    """The plain way."""
    parts = [re.escape(w) + (r"\w*" if star else r"(?!\w)") for w, star in re.findall(r"(\w+)(\*?)", fold(words))]
    return bool(parts) and re.search(r"(?<!\w)" + r"\W+".join(parts), fold(text)) is not None


@given(LETTERS, WORDS)
def test_it_finds_what_folding_finds(text: str, words: str) -> None:
    assert words_test(words)(text) == folded(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("oeuvre", "c’était l’Œuvre de tous"), ("œuvre", "l'oeuvre"), ("securite", "LA SÉCURITÉ"),
        ("sécur*", "insécure, sécurisé"), ("budget de la", "le budget, de\nla commune"), ("e\u0301te\u0301", "l’été"),
        ("strasse", "Straße"), ("fin*", "ﬁnancer"),
    ],
)  # fmt: skip
def test_spellings(words: str, text: str) -> None:
    assert words_test(words)(text)


@pytest.mark.parametrize(
    ("words", "text"), [("cur*", "sécurité"), ("budget", "budgets"), ("a b", "a c b"), ("", "x"), ("*", "x")]
)
def test_what_is_not_found(words: str, text: str) -> None:
    assert not words_test(words)(text)
