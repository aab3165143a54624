"""The pages about queries: their commands run, and every expression of their tables is read and answered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hsreview.workflows.demo import LEAD
from hsreview.workflows.projects import open_project
from hsreview.workflows.querying import OpenLayer, QueryFault, open_layer
from tests.docs.pages import DOCS, LANGUAGES, lines_of
from tests.docs.shell import follow

REFUSED = "Réseau inventé"
"""Of an organisation that the sample does not have, as the pages say."""


def page(language: str) -> Path:
    return DOCS / f"queries.{language}.md"


def examples(language: str) -> list[str]:
    """The expressions in the first column of the tables."""
    found = (re.match(r"\| `(.+?)` \| ", line) for line in lines_of(page(language)))
    return [match[1] for match in found if match]


@pytest.fixture(scope="module")
def sample(built_demo: Callable[[str, bool], Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenLayer]:
    folder = tmp_path_factory.mktemp("queries") / "demo"
    shutil.copytree(built_demo("en", True), folder)
    with open_project(folder) as project:
        yield open_layer(project, LEAD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_commands_run(language: str, reader: Path) -> None:
    follow(page(language), reader)


def test_every_example_is_answered_and_the_same_in_both_languages(sample: OpenLayer) -> None:
    assert len(examples("en")) == len(examples("fr")) > 30
    for english, french in zip(*map(examples, LANGUAGES), strict=True):
        if REFUSED in english:
            for expression in (english, french):
                with pytest.raises(QueryFault, match="called Réseau inventé"):
                    sample.ask(expression)
            continue
        one, other = sample.ask(english), sample.ask(french)
        assert [hit.segment.coding.id for hit in one.hits] == [hit.segment.coding.id for hit in other.hits], english


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_example_finds_something(sample: OpenLayer, language: str) -> None:
    empty = [e for e in examples(language) if REFUSED not in e and not sample.ask(e).total]
    assert len(empty) <= 2, empty


def test_what_the_pages_say_of_brackets_is_so(sample: OpenLayer) -> None:
    for short, long in (
        ("D or K and not P overlaps M", "D or (K and ((not P) overlaps M))"),
        ("D ou K et non P chevauche M", "D ou (K et ((non P) chevauche M))"),
        ("M1*", "M1 or M10"),
        ("P8 within the same turn as M7", "P8 within turn M7"),
    ):
        hits = [[hit.segment.coding.id for hit in sample.ask(e).hits] for e in (short, long)]
        assert hits[0] == hits[1]
