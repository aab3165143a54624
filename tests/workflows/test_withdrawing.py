"""A respondent withdraws: what goes is told before, nothing of it is left in any byte, and the rest stays whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.workflows.withdrawing import Summaries, find, plan, withdraw
from tests.builders import a_project
from tests.workflows.spoken import PERSON, Spoken, found, spoken


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Coder]]:
    """A project of two interviews and the lead who made it."""
    project, awa = a_project(tmp_path_factory.mktemp("base") / "project", transcripts=2)
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    yield project.root, awa


def _withdraw(made: Spoken) -> None:
    planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
    done = withdraw(made.project, made.coder, planned, "request")
    assert done.cleared.done and done.residue.words and done.residue.files == ()


def _search(base: tuple[Path, Coder], folder: Path, home: Path, seeds: range) -> None:
    for seed in seeds:
        made = spoken(base[0], folder / str(seed), base[1], seed)
        assert found(made.words[:1], made.root), "the search finds what is there"
        _withdraw(made)
        assert examine(made.project.connection) == [], seed
        made.project.close()
        assert found(made.words, made.root, home) == [], seed


def test_no_byte_of_any_file_holds_a_word_of_somebody_who_withdrew(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    _search(base, tmp_path, fresh_user, range(20))


@pytest.mark.deep
def test_no_byte_of_any_file_holds_a_word_of_somebody_who_withdrew_deep(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    _search(base, tmp_path, fresh_user, range(20, 120))
