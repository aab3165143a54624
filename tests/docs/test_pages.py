"""The pages of the docs hold together: every link leads somewhere, every picture is there and light."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hsreview.tui.action import Scope
from hsreview.tui.actions import actions_of
from tests.conftest import ROOT
from tests.docs.pages import DOCS, LANGUAGES, Command, anchors, links, steps

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
WAYS = [
    "codebook-changes",
    "consent",
    "correcting",
    "framework-matrix",
    "kit",
    "publishing",
    "reports",
    "search",
    "team",
]
PICTURES = sorted((DOCS / "img").glob("*.png"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        name, _hash, anchor = target.partition("#")
        path = page.parent / name if name else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path)):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_keys_that_lead_to_screens_are_those_of_the_workbench(page: Path) -> None:
    known = {key for each in actions_of(Scope.GO) for key in each.keys}
    told = re.findall(r"`g`\s`(\S)`", page.read_text(encoding="utf-8"))
    assert set(told) <= known


def test_pictures_are_light_and_used() -> None:
    shown = {(page.parent / target).resolve() for page in PAGES for target in links(page) if target.endswith(".png")}
    assert {picture.resolve() for picture in PICTURES} == shown
    assert max(picture.stat().st_size for picture in PICTURES) <= 150_000


@pytest.mark.parametrize("name", WAYS)
def test_the_pages_of_both_languages_take_the_same_way(name: str) -> None:
    """Each command has its twin with the same options and the same exit code."""

    def shape(language: str) -> list[tuple[str, ...]]:
        return [
            (*(word for word in step.words if word.startswith("--")), str(step.exit_code))
            for step in steps(DOCS / f"{name}.{language}.md")
            if isinstance(step, Command)
        ]

    english, french = map(shape, LANGUAGES)
    assert english == french
    assert english
