"""Codings and memos of an older text stand on the same words of the newest one everywhere, whenever they arrive."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project import content
from hsreview.project.carried import outcomes
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.coders import store_coder
from hsreview.workflows.reading import codings_of, memos_of
from tests.builders import TEXT, a_project, code_id, opened
from tests.project.teams import NEW, copied, correct, give, package, tables

WORDS = "la sécurité humaine"
START = TEXT.index(WORDS)
BUDGET = TEXT.index("budget")


def places(project: Project) -> list[tuple[str, int, str | None]]:
    """The words under each coding, where they start, and what became of them."""
    texts = {
        version: content.text(project.connection, key) or ""
        for version, key in project.connection.execute("select id, text_hash from text_version")
    }
    rows = project.connection.execute('select version_id, start, "end", carried from coding order by given_start')
    return [(texts[version][start:end], start, carried) for version, start, end, carried in rows]


def memo_places(project: Project) -> list[tuple[str, str, str | None]]:
    """What each memo says, the words under it, and what became of them."""
    rows = project.connection.execute(
        "select m.text, v.text_hash, m.start, m.end, m.carried from memo m join text_version v on v.id = m.version_id"
        " where m.removed = 0 order by m.created, m.id"
    )
    return [
        (said, (content.text(project.connection, key) or "")[start:end], carried)
        for said, key, start, end, carried in rows
    ]


def test_memos_on_words_follow_them_and_lost_ones_stay_on_their_own_text(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    old = opened(project).version.id
    acts.write_memo(project, awa, "here", version_id=old, start=START, end=START + len(WORDS))
    acts.write_memo(project, awa, "money", version_id=old, start=BUDGET, end=BUDGET + 6)
    acts.write_memo(project, awa, "all of it", transcript_id=opened(project).transcript.id)
    before = memos_of(project)
    new = correct(project, awa)
    assert memo_places(project) == [("here", WORDS, "moved"), ("money", "budget", "lost")]
    assert [memo.version_id for memo in memos_of(project)] == [new, old, None]
    transcript = opened(project).transcript.id
    assert outcomes(project.connection, "memo") == {(transcript, "lost"): 1, (transcript, "moved"): 1}
    assert outcomes(project.connection, "coding") == {}
    assert examine(project.connection) == []
    assert undoing.undo(project, awa).done
    assert memos_of(project) == before and examine(project.connection) == []
    assert undoing.redo(project, awa).done
    acts.write_memo(project, awa, "there", memo_id=before[0].id)
    assert memo_places(project)[0] == ("there", WORDS, "moved") and examine(project.connection) == []


def test_a_memo_that_arrives_later_is_carried_the_same_way(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    correct(here, awa)
    acts.write_memo(there, daan, "here", version_id=opened(there).version.id, start=START, end=START + len(WORDS))
    [merged] = give(there, here)
    assert merged.carried == {"moved": 1}
    give(here, there)
    assert memo_places(here) == memo_places(there) == [("here", WORDS, "moved")]
    assert tables(here) == tables(there)
    assert examine(here.connection) == examine(there.connection) == []


def test_codings_follow_their_words_and_come_back_with_undo(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    old = opened(project).version.id
    acts.add_codings(project, awa, old, BUDGET, BUDGET + 6, [code_id("D2")])
    acts.add_codings(project, awa, old, START, START + len(WORDS), [code_id("D1")])
    before = codings_of(project)
    new = correct(project, awa)
    assert places(project) == [("budget", BUDGET, "lost"), (WORDS, NEW.index(WORDS), "moved")]
    assert {each.version_id for each in codings_of(project)} == {old, new}
    assert examine(project.connection) == []
    assert undoing.undo(project, awa).done
    assert codings_of(project) == before and examine(project.connection) == []
    assert undoing.redo(project, awa).done
    assert [state for _words, _start, state in places(project)] == ["lost", "moved"]
    assert examine(project.connection) == []


def test_a_carried_coding_can_be_changed_and_then_stands_where_it_was_put(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    [coding] = acts.add_codings(project, awa, opened(project).version.id, START, START + len(WORDS), [code_id("D1")])
    new = correct(project, awa)
    changed = acts.change_coding(project, awa, coding.id, end=NEW.index(WORDS) + 11)
    assert (changed.version_id, places(project)) == (new, [("la sécurité", NEW.index(WORDS), None)])
    assert examine(project.connection) == []
    assert undoing.undo(project, awa).done
    assert places(project) == [(WORDS, NEW.index(WORDS), "moved")] and examine(project.connection) == []
    acts.change_coding(project, awa, coding.id, flags=["quote"])
    assert places(project)[0][0] == WORDS and examine(project.connection) == []


@pytest.mark.parametrize("first", ["text", "codings"])
def test_a_coding_that_arrives_later_is_carried_the_same_way(tmp_path: Path, first: str) -> None:
    here, awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    new = correct(here, awa)
    acts.add_codings(there, daan, opened(there).version.id, START, START + len(WORDS), [code_id("D1")])
    acts.add_codings(there, daan, opened(there).version.id, BUDGET, BUDGET + 6, [code_id("D1")])
    if first == "codings":
        give(here, there)
        assert asdict(merge(here, [("p", package(there))]))["carried"] == {"lost": 1, "moved": 1}
    else:
        assert merge(here, [("p", package(there))]).carried == {"lost": 1, "moved": 1}
        give(here, there)
    assert tables(here) == tables(there)
    assert places(here) == [("budget", BUDGET, "lost"), (WORDS, NEW.index(WORDS), "moved")]
    assert [each.version_id for each in codings_of(here) if each.start != BUDGET] == [new]
    assert examine(here.connection) == examine(there.connection) == []


@pytest.mark.parametrize("busy", [0, 1])
def test_two_texts_made_at_the_same_time_give_one_newest_text_everywhere(tmp_path: Path, busy: int) -> None:
    here, awa = a_project(tmp_path / "here")
    acts.add_codings(here, awa, opened(here).version.id, START, START + len(WORDS), [code_id("D1")])
    there = copied(here, tmp_path / "there")
    for n in range(3):  # The later record is not always that of the later text.
        acts.write_memo((here, there)[busy], awa, f"busy {n}", transcript_id=opened(here).transcript.id)
    correct(here, awa)
    correct(there, awa, NEW.replace("Version corrigée\n", "Autre\n"))
    give(here, there)
    give(there, here)
    assert tables(here) == tables(there) and places(here)[0][0] == WORDS
    assert opened(here).version.id == opened(there).version.id == codings_of(here)[0].version_id
    assert examine(here.connection) == examine(there.connection) == []
