"""Histories of corrections at random: the log replays to the same tables, and no coding stands on other words."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.carried import given_in
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import carrying, correcting, undoing
from hsreview.workflows import coding as acts
from hsreview.workflows.carrying import Carried
from hsreview.workflows.coders import store_coder
from hsreview.workflows.people import relabel_turn
from tests.builders import a_project, code_id, opened
from tests.model.edit_scripts import script, spans
from tests.project.teams import copied, give


def check(project: Project) -> None:
    """Whoever is said to be where they were is there, and what is stored follows from the log."""
    assert examine(project.connection) == []
    for each in given_in(project.connection):
        given = queries.text_of(project.connection, each.given_version)[slice(*each.given)]
        now = queries.text_of(project.connection, each.version)[slice(*each.place)]
        if each.carried in ("", Carried.UNCHANGED, Carried.MOVED, Carried.LOST):
            assert given == now
        else:
            assert each.carried == Carried.CHANGED and now
    text = opened(project)
    assert "".join(text.text[t.start : t.end] for t in text.turns) == text.text
    # A speaker that was made by an act taken back elsewhere is still named where somebody used it meanwhile.
    labels = {row[0] for row in project.connection.execute("select label from speaker")}
    assert all(turn.speaker is None or turn.speaker in labels for turn in text.turns)


def step(project: Project, coder: Coder, random: Random, folder: Path) -> None:
    """One act at random."""
    text = opened(project)
    turn = random.choice(text.turns)
    what = random.randrange(8)
    if what == 0:
        file = folder / f"{random.random()}.txt"
        file.write_text(script(text.text, random).new, encoding="utf-8")
        carrying.correct(project, coder, correcting.from_file(project, text.transcript, file, anyway=True))
    elif what == 1:
        said = random.choice([turn.said(text.text) + " Oui.", "Autre chose.", "", "Ah, " + turn.said(text.text)])
        carrying.correct(project, coder, correcting.with_turn(project, text, turn.number, said))
    elif what == 2:
        offset = random.randrange(turn.start, turn.end)
        label = random.choice([None, "R7", "INT", ""])
        carrying.correct(project, coder, correcting.with_split(project, text, offset, label))
    elif what == 3:
        carrying.correct(project, coder, correcting.with_joined(project, text, turn.number))
    elif what == 4:
        relabel_turn(project, coder, text.version.id, turn.number, random.choice(["R8", "INT", None]))
    elif what == 5:
        for span in spans(text.text, random, 2):
            acts.add_codings(project, coder, text.version.id, *span, [code_id("D1")])
    elif what == 6:
        mine = [each for each in carrying.waiting(project, coder).entries if each.coder_id == coder.id]
        for each in mine[:2]:
            if each.is_lost:
                carrying.place(project, coder, each.id, turn.start, turn.end)
            else:
                carrying.keep(project, coder, [each.id])
    elif random.random() < 0.4:
        undoing.redo(project, coder)
    else:
        following = undoing.next_undo(project, coder)
        if following is not None and following.table in ("text_version", "coding", "turn", "memo"):
            undoing.undo(project, coder)


def history(random: Random, steps: int) -> None:
    """Two computers, each with corrections of its own, and packages between them."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        here, awa = a_project(folder / "here")
        daan = store_coder(here, Coder(new_id(), "Daan"))
        there = copied(here, folder / "there")
        for _step in range(steps):
            project, coder = random.choice([(here, awa), (there, daan)])
            try:
                step(project, coder, random, folder)
            except InputRefused:
                continue
            check(project)
            if random.random() < 0.15:
                give(here, there)
                give(there, here)
                check(here)
                check(there)
        give(here, there)
        give(there, here)
        check(here)
        check(there)
        assert opened(here).turns == opened(there).turns and opened(here).text == opened(there).text
        assert given_in(here.connection) == given_in(there.connection)
        here.close()
        there.close()


@pytest.mark.parametrize("seed", range(3))
def test_histories(seed: int) -> None:
    history(Random(seed), 12)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 130))
def test_many_histories(seed: int) -> None:
    history(Random(seed), 30)
