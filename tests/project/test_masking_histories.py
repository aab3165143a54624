"""Masks amid random histories: corrections, codings and masks on several copies; all end alike, with every coding."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import HsreviewError
from hsreview.model.people import Coder
from hsreview.privacy.register import Name, Register
from hsreview.project.carried import given_in
from hsreview.project.doctor import examine
from hsreview.project.masking import carry_out
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import masking
from hsreview.workflows.masking import plan
from tests.project import test_merging_histories as histories
from tests.project.teams import package, tables

team = histories.team
ACTS = len(histories.ACTS)
MASK = -1
NAMES = ("les chefs", "budget", "Entretien", "femmes", "argent", "manger")
STEP = st.tuples(
    st.integers(0, 4), st.sampled_from([*range(ACTS + 7), *[MASK] * 8]), st.integers(0, 60), st.integers(0, 60)
)


class Team(histories.Team):
    """Replicas on which names are masked."""

    def step(self, where: int, what: int, a: int, b: int) -> None:
        if what >= 0:
            super().step(where, what, a, b)
            return
        where %= len(self.projects)
        try:
            _mask(self.projects[where], self.coders[where], a, b)
        except HsreviewError:
            return


def _lost(project: Project) -> set[str]:
    return {each.id for each in given_in(project.connection) if each.carried == "lost"}


def _mask(project: Project, coder: Coder, a: int, b: int) -> None:
    """The records of a mask; what follows in files is not asked here."""
    form = NAMES[a % len(NAMES)]
    names = Register(project.id, (Name(1, form, "person", ("Oumou", "[X]", "P12 P13")[b % 3]),), language="fr")
    planned = plan(project, coder, names, {1})
    if planned.is_empty or planned.missing:
        return
    before = _lost(project)
    with project.act(coder.id) as act:
        carry_out(act, planned.work, ["register"])
    assert _lost(project) <= before, "nobody loses a coding for a mask"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """New pages for the file, and words that still stand alone, would take most of the time."""
    monkeypatch.setattr("hsreview.project.merging.finish_erasing", lambda project: None)
    monkeypatch.setattr("hsreview.project.project.finish_erasing", lambda project, wait: None)
    monkeypatch.setattr(masking, "parts", lambda *_all: ())
    yield


@settings(
    max_examples=500 if settings().max_examples > 50 else 5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.integers(3, 5), st.lists(STEP, min_size=8, max_size=30), st.integers(0, 4))
def test_replicas_are_equal_when_names_were_masked(
    team: tuple[Path, list[Coder]], size: int, steps: list[tuple[int, int, int, int]], first: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        replicas = Team(Path(folder), *team, size)
        try:
            before = package(replicas.projects[0])
            for step in steps:
                replicas.step(*step)
            replicas.exchange(first)
            one, *others = replicas.projects
            assert examine(one.connection) == []
            expected = tables(one)
            for other in others:
                assert tables(other) == expected
            assert merge(one, [("before", before)]).refused == ()
            assert tables(one) == expected, "an old package brings nothing back"
        finally:
            replicas.close()
