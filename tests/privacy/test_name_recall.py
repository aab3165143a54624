"""How much of the labelled extracts that the rules were made by is covered, without a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import name_recall
from bench.name_recall import Entity, read, recall
from hsreview.model.naming import NameClass


@pytest.fixture(scope="module")
def seen() -> list[name_recall.Labelled]:
    return read("seen")


@pytest.mark.parametrize(("variant", "least"), [("cased", 0.98), ("small", 0.8), ("scanned", 0.93)])
def test_names_of_the_extracts_are_covered(seen: list[name_recall.Labelled], variant: str, least: float) -> None:
    found = recall(seen, variant, with_model=False)
    assert found["share"] >= least
    assert found["candidates_per_1000_words"] < 1.25 * found["entities_per_1000_words"]


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
