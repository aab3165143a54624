"""What differs between two texts of a transcript is told turn by turn, and adds up to the newer text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import carrying, correcting
from hsreview.workflows.text_history import How, became, changed_turns, versions
from tests.builders import a_project, opened

Here = tuple[Project, Coder]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    project, awa = a_project(tmp_path / "project")
    yield project, awa
    project.close()


def ids(project: Project) -> list[str]:
    return [row.id for row, _what in versions(project, opened(project).transcript)]


def test_turns_that_were_changed_taken_out_and_put_in_are_told(here: Here) -> None:
    project, awa = here
    carrying.correct(project, awa, correcting.with_turn(project, opened(project), 3, "Autre chose."))
    carrying.correct(project, awa, correcting.with_turn(project, opened(project), 3, ""))
    first, second, third = ids(project)
    [changed] = changed_turns(project, first, second)
    assert (changed.how, changed.number, changed.after) == (How.CHANGED, 3, "R1: Autre chose.")
    [out] = changed_turns(project, second, third)
    assert (out.how, out.number, out.before, out.after) == (How.TAKEN_OUT, 3, "R1: Autre chose.", "")
    [back] = changed_turns(project, third, second)
    assert (back.how, back.number, back.after) == (How.PUT_IN, 3, "R1: Autre chose.")
    assert changed_turns(project, first, first) == []


def test_a_turn_that_is_only_split_is_told_too(here: Here) -> None:
    project, awa = here
    text = opened(project)
    place = text.text.index("Mais sans budget")
    carrying.correct(project, awa, correcting.with_split(project, text, place, "R2"))
    first, second = ids(project)
    assert [each.how for each in changed_turns(project, first, second)] == [How.CHANGED, How.PUT_IN]


def test_nothing_was_put_on_a_text_before_the_imported_one(here: Here) -> None:
    project, awa = here
    transcript = opened(project).transcript
    [(row, _what)] = versions(project, transcript)
    assert became(project, transcript, row, awa).entries == []
