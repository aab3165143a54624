"""Quotes on which several people decided apart, and those whose ground is gone: none of them leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import people, quotes
from hsreview.workflows.coding import add_codings, change_coding, remove_coding
from hsreview.workflows.quotes import Quote, State
from hsreview.workflows.undoing import undo
from tests.builders import code_id, opened
from tests.project.teams import copied, give
from tests.workflows.test_quotes import WORDS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "here")
    yield made
    made.project.close()


@pytest.fixture
def there(desk: Desk, tmp_path: Path) -> Iterator[Project]:
    """Another copy of the project, made before anything was decided."""
    made = copied(desk.project, tmp_path / "there")
    yield made
    made.close()


def of(project: Project, desk: Desk) -> Quote:
    return next(each for each in quotes.quotes(project) if each.id == desk.id)


def exchanged(desk: Desk, there: Project) -> tuple[Quote, Quote]:
    """The quote as both copies see it, once each has the records of the other."""
    give(desk.project, there)
    give(there, desk.project)
    for project in (desk.project, there):
        assert examine(project.connection) == []
    return of(desk.project, desk), of(there, desk)


@pytest.mark.parametrize("last", ["here", "there"])
def test_released_here_and_withdrawn_there_is_a_draft_until_somebody_decides(
    desk: Desk, there: Project, last: str
) -> None:
    quotes.check(desk.project, desk.daan, [desk.id])
    give(desk.project, there)
    if last == "there":
        quotes.release(desk.project, desk.awa, [desk.id])
    quotes.withdraw(there, desk.daan, [desk.id], because="told too much")
    if last == "here":
        for code in ("D1", "D2"):  # More was done here: what is done now comes last everywhere.
            add_codings(desk.project, desk.awa, opened(desk.project).version.id, 0, 5, [code_id(code)])
        quotes.release(desk.project, desk.awa, [desk.id], because="we talked it over")
    for each in exchanged(desk, there):
        assert (each.state, each.changed) == (State.DRAFT, ("disputed",))
    quotes.release(there, desk.awa, [desk.id], because="we talked it over")  # As it was decided before.
    assert {each.state for each in exchanged(desk, there)} == {State.RELEASED}
    undo(there, desk.awa)
    assert {each.state for each in exchanged(desk, there)} == {State.DRAFT}


def test_nobody_checks_their_own_star_from_another_copy_of_the_project(desk: Desk, there: Project) -> None:
    with pytest.raises(InputRefused):
        quotes.check(there, desk.awa, [desk.id])
    assert of(there, desk).state is State.DRAFT


def test_a_translation_that_comes_after_the_release_takes_it_back(desk: Desk, there: Project) -> None:
    desk.released()
    quotes.translate(there, desk.daan, desk.id, "en", "But without a budget …")
    for each in exchanged(desk, there):
        assert each.state is State.DRAFT


def test_a_check_that_is_undone_elsewhere_takes_the_release_along(desk: Desk, there: Project) -> None:
    quotes.check(there, desk.daan, [desk.id])
    give(there, desk.project)
    undo(there, desk.daan)
    quotes.release(desk.project, desk.awa, [desk.id])
    for each in exchanged(desk, there):
        assert each.state is State.DRAFT


def test_a_check_of_a_translated_quote_that_is_undone_elsewhere_is_missing(desk: Desk, there: Project) -> None:
    quotes.translate(there, desk.daan, desk.id, "en", "But without a budget …")
    quotes.check(there, desk.daan, [desk.id])
    give(there, desk.project)
    undo(there, desk.daan)
    quotes.release(desk.project, desk.awa, [desk.id])
    for each in exchanged(desk, there):
        assert (each.state, each.changed) == (State.DRAFT, ("check",))


def test_two_stars_on_the_same_words_are_no_further_than_the_lesser_decision(desk: Desk, there: Project) -> None:
    """Each copy decides under the id of the coding that is starred there."""
    change_coding(there, desk.awa, desk.id, flags=[])
    [theirs] = add_codings(
        there, desk.daan, opened(there).version.id, desk.start, desk.start + len(WORDS), [code_id("K4")],
        flags=["quote"],
    )  # fmt: skip
    quotes.check(there, desk.awa, [theirs.id])
    quotes.withdraw(there, desk.awa, [theirs.id], because="told too much")
    change_coding(there, desk.awa, desk.id, flags=["quote"])
    desk.released()
    give(desk.project, there)
    give(there, desk.project)
    for project in (desk.project, there):
        assert [each.state for each in quotes.quotes(project)] == [State.DRAFT]


def test_a_star_that_is_taken_away_takes_the_release_along(desk: Desk) -> None:
    desk.released()
    change_coding(desk.project, desk.awa, desk.id, flags=[])
    assert (desk.now().state, desk.now().changed) == (State.DRAFT, ("star",))
    undo(desk.project, desk.awa)
    assert desk.now().state is State.RELEASED


def test_a_removed_coding_is_no_quote_any_more(desk: Desk) -> None:
    desk.released()
    remove_coding(desk.project, desk.awa, desk.id)
    assert quotes.quotes(desk.project) == []


@pytest.mark.parametrize("person", ["", "Person 2"])
def test_somebody_else_or_nobody_behind_the_words_takes_the_release_back(desk: Desk, person: str) -> None:
    desk.released()
    people.set_speaker(desk.project, desk.awa, opened(desk.project).transcript.id, "R1", respondent=person)
    assert desk.now().state is State.DRAFT and desk.now().allowed is not True
