"""What of a text repeats others: five words in a row in any spelling, and names whole or in part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.privacy.repeating import REPEATED, Names, heard, runs, stretches

SAID = "Le gouverneur nous a reçus trois fois cette année-là, pas plus."
WORDS = st.lists(st.sampled_from(["le", "Maire", "écoute", "œuvre", "pas"]), max_size=12).map(" ".join)


def found(text: str, *said: str) -> list[str]:
    return stretches(text, heard(set(runs(text)), said))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ils disent : LE GOUVERNEUR nous a recus, enfin", ["LE GOUVERNEUR nous a recus"]),
        ("« gouverneur nous a reçus trois fois »", ["gouverneur nous a reçus trois fois"]),
        ("Le gouverneur nous a vus trois fois cette", []),
        ("a rec\u0327us trois fois cette année", ["a rec\u0327us trois fois cette année"]),
        ("nous a reçus ; trois fois cette année là", ["nous a reçus ; trois fois cette année là"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_stretch_is_told_whole_and_as_it_is_written(text: str, told: list[str]) -> None:
    assert found(text, "autre chose", SAID) == told


def test_two_stretches_are_told_apart() -> None:
    text = "Un deux trois quatre cinq, et puis six sept huit neuf dix"
    assert found(text, "un deux trois quatre cinq", "six sept huit neuf dix") == [
        "Un deux trois quatre cinq", "six sept huit neuf dix",
    ]  # fmt: skip


@given(WORDS, st.lists(WORDS, max_size=3))
def test_nothing_repeated_is_left_untold(text: str, said: list[str]) -> None:
    common = set(runs(text)) & {run for each in said for run in runs(each)}
    assert heard(set(runs(text)), said) == common
    told = found(text, *said)
    assert {run for each in told for run in runs(each)} >= common
    assert all(len(each.split()) >= REPEATED and each in text for each in told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Selon Awa Traoré, oui", {"Awa Traoré", "Traoré"}), ("selon awa traore", {"awa traore"}),
        ("Monsieur Traoré a dit", {"Traoré"}), ("le traoré", set()), ("Awareness", set()),
        ("groupe CSO-Gao-1 de Gao", {"CSO-Gao-1"}), ("Awa seule", set()),
    ],
)  # fmt: skip
def test_names_are_found_whole_and_by_their_long_parts(text: str, told: set[str]) -> None:
    assert set(Names(["Awa Traoré", "CSO-Gao-1", "…"]).within(text)) == told
