"""Many records at once leave the tables as each by itself does, and no check is left out."""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.change import BodyState, Change
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.log import changes, replay
from hsreview.project.migrations import empty_database
from hsreview.project.schema import STATE
from hsreview.project.state import State
from hsreview.workflows.codebooks import decide_proposal
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, in_vivo, write_memo
from hsreview.workflows.reading import codings_of
from hsreview.workflows.undoing import skip_undo, undo
from tests.builders import a_project, code_id, opened
from tests.project.test_log_and_undo import ACTS, run_history


@contextmanager
def an_empty_file() -> Iterator[sqlite3.Connection]:
    with closing(empty_database()) as fresh:
        fresh.execute("begin")
        yield fresh


def tables(
    records: Sequence[Change], contents: sqlite3.Connection, apply: Callable[[State, Sequence[Change]], None]
) -> dict[str, list[Any]]:
    """Every table that follows from the log, with the order in which its rows came in."""
    with an_empty_file() as fresh:
        apply(State(fresh, contents), records)
        return {name: fresh.execute(f"select rowid, * from {name} order by rowid").fetchall() for name in STATE}


def one_by_one(state: State, records: Sequence[Change]) -> None:
    for record in records:
        state.apply(record)


def at_once(state: State, records: Sequence[Change]) -> None:
    state.apply_all(iter(records))


def in_two_parts(state: State, records: Sequence[Change]) -> None:
    state.apply_all(records[: len(records) // 2])
    state.apply_all(records[len(records) // 2 :])


def check_ways(history: list[tuple[str, int, int, int]], seed: int, withheld: int, *, shuffled: bool) -> None:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        project, awa = a_project(Path(folder))
        with project:
            run_history(project, [awa, store_coder(project, Coder(new_id(), "Daan"))], history)
            records = list(changes(project.connection))
            if shuffled:
                chance.shuffle(records)
            for place in chance.sample(range(len(records)), min(withheld, len(records))):
                records[place] = replace(records[place], body=None, state=BodyState.WITHHELD)
            expected = tables(records, project.connection, one_by_one)
            assert tables(records, project.connection, at_once) == expected
            assert tables(records, project.connection, in_two_parts) == expected


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS, st.integers(0, 99), st.integers(0, 6), st.booleans())
def test_any_history_applied_at_once_leaves_what_it_leaves_step_by_step(
    history: list[tuple[str, int, int, int]], seed: int, withheld: int, shuffled: bool
) -> None:
    check_ways(history, seed, withheld, shuffled=shuffled)


@pytest.mark.deep
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS, st.integers(0, 10**6), st.integers(0, 20), st.booleans())
def test_any_history_applied_at_once_in_depth(
    history: list[tuple[str, int, int, int]], seed: int, withheld: int, shuffled: bool
) -> None:
    check_ways(history, seed, withheld, shuffled=shuffled)


def test_many_rows_are_undone_and_redone_as_one_act(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    version = opened(project).version.id
    with project.act(awa.id) as act:
        act.make("coding", ((new_id(), fields(version, awa, start)) for start in range(60)))
    assert len(codings_of(project)) == 60
    assert undo(project, awa).done and codings_of(project) == []
    assert examine(project.connection) == []


def test_an_act_that_was_let_stand_stays_so_in_a_replay(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")])
    assert skip_undo(project, awa)
    again = replay(project.connection)
    for connection in (project.connection, again):
        [(kind, state)] = connection.execute("select kind, state from act where kind like 'coding.%'").fetchall()
        assert (kind, state) == ("coding.put", "closed")
    again.close()
    assert examine(project.connection) == []


def test_a_merge_of_codes_counts_for_what_comes_after_it(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    version = opened(project).version.id
    code, _coding = in_vivo(project, lead, version, 20, 30)
    decide_proposal(project, lead, code.id, "merge", into=code_id("D2"), reason="the same")
    with project.act(lead.id) as act:
        act.make("coding", [(new_id(), fields(version, lead, 40, code.id))])
    assert {c.code_id for c in codings_of(project)} == {code_id("D2")}
    assert examine(project.connection) == [], "the replay takes all records at once"


def fields(version_id: str, coder: Coder, start: int, code: str = "") -> dict[str, Any]:
    return {
        "version_id": version_id, "start": start, "end": start + 5, "given_code_id": code or code_id("D1"),
        "coder_id": coder.id, "layer": "own", "pass": "", "origin": "imported", "modifiers": {}, "flags": [],
        "created": "2026-01-02",
    }  # fmt: skip


def test_rows_made_together_must_be_new(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    version = opened(project).version.id
    [there] = add_codings(project, awa, version, 20, 30, [code_id("D1")])
    fresh = new_id()
    for ids in ([there.id], [fresh, fresh], [fresh, there.id]):
        with pytest.raises(ValueError, match="not new"), project.act(awa.id) as act:
            act.make("coding", [(each, fields(version, awa, 1)) for each in ids])
    assert codings_of(project) == [there] and examine(project.connection) == []


def test_nobody_makes_many_rows_for_another_coder(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    version = opened(project).version.id
    daan = store_coder(project, Coder(new_id(), "Daan"))
    with pytest.raises(UsageProblem), project.act(awa.id) as act:
        act.make("coding", [(new_id(), fields(version, awa, 1)), (new_id(), fields(version, daan, 2))])
    assert codings_of(project) == []


def test_what_was_rolled_back_is_looked_up_again(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = opened(project)
    with pytest.raises(ZeroDivisionError), project.act(awa.id) as act:
        act.make("coding", [(new_id(), fields(text.version.id, awa, 1))])
        raise ZeroDivisionError
    assert write_memo(project, awa, "after", transcript_id=text.transcript.id)
    assert codings_of(project) == [] and examine(project.connection) == []
