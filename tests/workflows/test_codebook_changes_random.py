"""Random changes of a codebook under random codings: counted right, taken back table for table, done again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsreview.base.errors import HsreviewError
from hsreview.base.ids import new_id
from hsreview.codebook.read import read_codebook
from hsreview.codebook.write import write_codebook
from hsreview.model.codebook_rules import codebook_faults
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.codebooks import code_tree, load_codebook
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.project.schema import STATE
from hsreview.project.versions import book_at, versions
from hsreview.workflows import codebook_changes as changes
from hsreview.workflows.codebook_changes import CodebookChanged
from hsreview.workflows.codebook_splitting import Choice, NewCode, decide_splits, own_codings, split_code
from hsreview.workflows.codebook_versions import name_version
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.rechecking import recode_queue
from hsreview.workflows.undoing import redo, undo
from tests.builders import TEXT, a_project, opened

Step = tuple[int, int, int]
Act = Callable[[Project, Coder, int, int], CodebookChanged | None]


def _codes(project: Project) -> list[str]:
    return [node.id for node in code_tree(project.connection).nodes if node.kind == "code"]


def _two(project: Project, a: int, b: int) -> tuple[str, str]:
    codes = _codes(project)
    return codes[a % len(codes)], codes[b % len(codes)]


def _merge(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    source, into = _two(project, a, b)
    return changes.merge_codes(project, lead, [source], into, because="why")


def _split(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    code, other = _two(project, a, b)
    into = other if b % 3 == 0 else NewCode(Localized(fr=f"n {a} {b}", en=f"n {a} {b}"))
    decisions = {
        coding: list(Choice)[(n + b) % 3] for n, coding in enumerate(own_codings(project, lead, code)) if (n + a) % 4
    }
    return split_code(project, lead, code, into, decisions, because="why")


def _move(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    code, other = _two(project, a, b)
    if a % 3 == 0:
        return changes.move_code(project, lead, code, under=other)
    if a % 3 == 1:
        return changes.move_code(project, lead, code, before=other)
    return changes.move_code(project, lead, code, after=other)


def _rename(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    code, _other = _two(project, a, b)
    return changes.rename_code(project, lead, code, ref=f"R{b}" if a % 2 else "", labels={"en": f"l {a} {b}"})


def _retire(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    return changes.retire_code(project, lead, _two(project, a, b)[0], because="why")


def _deactivate(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    return changes.deactivate_code(project, lead, _two(project, a, b)[0], because="why")


def _reactivate(project: Project, lead: Coder, a: int, b: int) -> CodebookChanged:
    return changes.reactivate_code(project, lead, _two(project, a, b)[0])


def _name(project: Project, lead: Coder, a: int, b: int) -> None:
    found = versions(project.connection)
    name_version(project, lead, found[a % len(found)], f"name {b}")


ACTS: tuple[Act, ...] = (_merge, _merge, _split, _split, _move, _rename, _retire, _deactivate, _reactivate, _name)


def _code(project: Project, coder: Coder, a: int, b: int) -> None:
    start = a * 7 % (len(TEXT) - 30)
    add_codings(project, coder, opened(project).version.id, start, start + 1 + b % 3, [_two(project, a, b)[0]])


def _decide(project: Project, coder: Coder, a: int) -> None:
    waiting = [each.segment.coding.id for each in recode_queue(project, None, coder.id).entries]
    if waiting:
        decide_splits(project, coder, {waiting[a % len(waiting)]: list(Choice)[a % 3]})


def seen(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table as far as it stands; how many acts there were is no part of it."""
    found = {}
    for table in STATE:
        columns = [row[1] for row in project.connection.execute(f"pragma table_info({table})")]
        left = [name for name in columns if (table, name) not in {("codebook", "number"), ("codebook", "last_act")}]
        where = " where removed = 0" if "removed" in columns else ""
        if table != "act":
            listed = ", ".join(f'"{name}"' for name in left)
            found[table] = sorted(project.connection.execute(f"select {listed} from {table}{where}"), key=repr)
    # A setting or an object whose value is null says the same as one that is not there.
    found["setting"] = [row for row in found["setting"] if row[1] not in (None, "null")]
    return found


def brute(project: Project) -> dict[str, tuple[int, int, int]]:
    """Passages, transcripts and coders of each code, counted by hand from what was given."""
    merged = dict(
        project.connection.execute("select id, merged_into from code where status = 'merged' and removed = 0")
    )
    by_code: dict[str, set[tuple[str, int, int, str]]] = {}
    for code, version, start, end, coder in project.connection.execute(
        'select given_code_id, version_id, start, "end", coder_id from coding where removed = 0'
    ):
        while merged.get(code):
            code = merged[code]
        by_code.setdefault(code, set()).add((version, start, end, coder))
    return {
        code: (len(places), len({place[0] for place in places}), len({place[3] for place in places}))
        for code, places in by_code.items()
    }


@contextmanager
def team() -> Iterator[tuple[Project, Coder, Coder]]:
    folder = Path(tempfile.mkdtemp())
    try:
        project, lead = a_project(folder / "p")
        daan = store_coder(project, Coder(new_id(), "Daan"), lead.id)
        with project:
            yield project, lead, daan
    finally:
        shutil.rmtree(folder)


def history(steps: list[Step]) -> None:
    with team() as (project, lead, daan):
        faults = len(codebook_faults(load_codebook(project.connection)))
        for n, (kind, a, b) in enumerate(steps):
            for coder in (lead, daan):
                try:
                    _code(project, coder, a + n, b)
                    _decide(project, coder, a)
                except HsreviewError:
                    pass  # A code that is not for coding, or a split into one.
            before, counted = seen(project), brute(project)
            try:
                done = ACTS[kind % len(ACTS)](project, lead, a, b)
            except HsreviewError:
                assert seen(project) == before, "a refused change leaves nothing behind"
                continue
            after = seen(project)
            if after == before:
                continue  # A version was called what it is called already.
            if done is not None:
                now = brute(project)
                for each in done.counts:
                    for tally, figures in ((each.before, counted), (each.after, now)):
                        expected = figures.get(each.code_id, (0, 0, 0))
                        assert (tally.codings, tally.transcripts, tally.coders) == expected
            assert undo(project, lead).done and seen(project) == before
            assert redo(project, lead).done and seen(project) == after
            book = load_codebook(project.connection)
            assert len(codebook_faults(book)) <= faults
            read_codebook(write_codebook(book))
        newest = versions(project.connection)[-1]
        assert book_at(project.connection, newest.number) == load_codebook(project.connection, whole=True)
        assert examine(project.connection) == []


STEP = st.tuples(st.integers(0, 9), st.integers(0, 40), st.integers(0, 40))
NO_CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=5, deadline=None, suppress_health_check=NO_CHECKS)
@given(st.lists(STEP, min_size=4, max_size=6))
def test_every_change_is_counted_taken_back_and_done_again(steps: list[Step]) -> None:
    history(steps)


@pytest.mark.deep
@settings(max_examples=200, deadline=None, suppress_health_check=NO_CHECKS)
@given(st.lists(STEP, min_size=3, max_size=9))
def test_every_change_is_counted_taken_back_and_done_again_often(steps: list[Step]) -> None:
    history(steps)
