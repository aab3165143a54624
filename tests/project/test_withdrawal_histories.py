"""Withdrawals amid random histories: whoever did not know of one, in whatever order packages come, all end alike."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import HsreviewError
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.conflicts import conflicts
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.project.withdrawal import withdraw
from hsreview.workflows.people import Role, relabel_turn, set_speaker
from hsreview.workflows.withdrawing import Summaries, plan
from tests.builders import opened
from tests.project import test_merging_histories as histories
from tests.project.teams import package, tables

team = histories.team
ACTS = len(histories.ACTS)
WITHDRAW, SPEAK, SHARE = -1, -2, -3
STEP = st.tuples(
    st.integers(0, 4),
    st.sampled_from([*range(ACTS + 7), *[WITHDRAW] * 6, *[SPEAK] * 4, *[SHARE] * 2]),
    st.integers(0, 60),
    st.integers(0, 60),
)


class Team(histories.Team):
    """Replicas on which people withdraw."""

    def step(self, where: int, what: int, a: int, b: int) -> None:
        if what >= 0:
            super().step(where, what, a, b)
            return
        where %= len(self.projects)
        try:
            [_withdraw, _speak, _share][-1 - what](self.projects[where], self.coders[where], a, b)
        except (HsreviewError, IndexError, ZeroDivisionError):
            return


def _speak(project: Project, coder: Coder, a: int, b: int) -> None:
    """Say that one person speaks in an interview, with another one or alone."""
    found = queries.transcripts(project.connection)
    chosen = found[a % len(found)]
    set_speaker(project, coder, chosen.id, "R1", role=Role.RESPONDENT, respondent=f"CSO-{b % 2}")


def _share(project: Project, coder: Coder, a: int, b: int) -> None:
    relabel_turn(project, coder, opened(project).version.id, 5, ("R9", "R1")[b % 2])


def _withdraw(project: Project, coder: Coder, a: int, b: int) -> None:
    """The records of a withdrawal; what follows in files is not asked here."""
    found = queries.respondents(project.connection)
    planned = plan(project, coder, found[a % len(found)], summaries=list(Summaries)[b % 3])
    with project.act(coder.id) as act:
        withdraw(act, planned.mine, "request", planned.beside.also)


@pytest.fixture(autouse=True)
def nothing_is_cleared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """New pages for the file and backups would take most of the time."""
    monkeypatch.setattr("hsreview.project.merging.finish_erasing", lambda project: None)
    monkeypatch.setattr("hsreview.project.project.finish_erasing", lambda project, wait: None)
    yield


@settings(
    max_examples=500 if settings().max_examples > 50 else 6,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.integers(3, 5), st.lists(STEP, min_size=8, max_size=30), st.integers(0, 4))
def test_replicas_are_equal_when_people_withdrew(
    team: tuple[Path, list[Coder]], size: int, steps: list[tuple[int, int, int, int]], first: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        replicas = Team(Path(folder), *team, size)
        try:
            replicas.step(0, SPEAK, 0, 0)
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
            gone = {row[0] for row in one.connection.execute("select value from withdrawal, json_each(things)")}
            assert not gone & {each.id for each in queries.transcripts(one.connection)}
            assert not gone & {each.version_id for each in queries.codings(one.connection)}
            conflicts(one.connection)
        finally:
            replicas.close()
