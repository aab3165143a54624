"""What the records of confidentiality do in the log: one record erases all that is a person's, everywhere and for good;
and a text says where stretches of an erased older one stand in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.ids import new_id
from hsreview.model.carrying import Carried, RecordedAlignment
from hsreview.model.people import Coder
from hsreview.project import content
from hsreview.project.doctor import examine
from hsreview.project.log import rebuild
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.coders import store_coder
from hsreview.workflows.reading import codings_of, transcripts
from tests.builders import TEXT, a_project, code_id, opened
from tests.project.teams import copied, correct, give, package, tables


def withdraw(project: Project, coder: Coder, stretches: dict[str, list[list[int]]] | None = None) -> None:
    """Erase the only transcript, or what was said in stretches of it."""
    [transcript] = transcripts(project)
    things = [transcript.id] if stretches is None else []
    keys = [row[0] for row in project.connection.execute("select hash from content")]
    with project.act(coder.id) as act:
        act.put(
            "withdrawal", new_id(), respondent_id="r", reason="asked", coder_id=coder.id, at=act.at, things=things,
            stretches=stretches or {}, contents=keys if stretches is None else [], records=[],
        )  # fmt: skip
        rebuild(project.connection)


def test_what_was_made_in_ignorance_of_a_withdrawal_is_erased_when_it_meets_it(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    daan, eve = (store_coder(here, Coder(new_id(), name)) for name in ("Daan", "Eve"))
    there, third = (copied(here, tmp_path / name) for name in ("there", "third"))
    version = opened(there).version.id
    [coding] = acts.add_codings(there, daan, version, 20, 30, [code_id("D1")])
    first = package(there)
    acts.write_memo(there, daan, "mot-tardif", coding_id=coding.id)
    with there.act(eve.id) as act:  # They name the coding alone, of which nobody else can see any more whose it is.
        act.put(
            "evidence", new_id(), row_id=new_id(), source_kind="coding", source=coding.id, stance="supports",
            role="", note="mot-tardif", coder_id=eve.id, created=act.at,
        )  # fmt: skip
        act.put(
            "ruling", new_id(), conflict=new_id(), subject="", entity=coding.id, field="note", takes="",
            value="mot-tardif", because="mot-tardif", coder_id=eve.id, at=act.at,
        )  # fmt: skip
    withdraw(here, awa)
    for project in (here, third):
        merge(project, [("first", first)])
    assert merge(here, [("hers", package(there, mine=eve.id))]).refused == ()
    assert "mot-tardif" not in "\n".join(here.connection.iterdump())
    give(there, here, third)
    give(here, there, third)
    give(third, here, there)
    assert tables(here) == tables(there) == tables(third)
    for project in (here, there, third):
        assert transcripts(project) == [] and codings_of(project) == []
        assert examine(project.connection) == []
        assert "mot-tardif" not in "\n".join(project.connection.iterdump())
    assert not undoing.undo(there, daan).done, "what is erased cannot be brought back"
    merge(there, [("first", first)])
    assert tables(here) == tables(there)


def test_a_coding_elsewhere_in_a_shared_text_stays(tmp_path: Path) -> None:
    here, awa = a_project(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    version = opened(there).version.id
    for start in (20, 40):
        acts.add_codings(there, daan, version, start, start + 5, [code_id("D1")])
    withdraw(here, awa, {version: [[24, 30]]})
    give(there, here)
    assert [coding.start for coding in codings_of(here)] == [40]


@pytest.mark.parametrize("kind", ["withdrawal.remove", "withdrawal.restore"])
def test_no_package_takes_a_withdrawal_back(tmp_path: Path, kind: str) -> None:
    here, awa = a_project(tmp_path / "here")
    there = copied(here, tmp_path / "there")
    withdraw(there, awa)
    [key] = there.connection.execute("select id from withdrawal").fetchone()
    with there.act(awa.id) as act:
        act.record(kind, key, {})
    assert "never changed" in give(there, here)[0].refused[0].message


def test_codings_on_an_erased_text_stand_where_its_successor_says(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    first = opened(project).version.id
    at = TEXT.index("budget")
    acts.add_codings(project, awa, first, 4, 12, [code_id("D1")])
    acts.add_codings(project, awa, first, at, at + 6, [code_id("D2")])
    second = correct(project, awa, TEXT[:at] + "[un montant]" + TEXT[at + 6 :])
    carries = {
        first: {
            "blocks": [[0, 0, at], [at + 6, at + 12, len(TEXT) - at - 6]],
            "replaced": [[at, at + 6, at, at + 12]],
        }
    }
    key = project.connection.execute("select id from change where kind = 'text_version.put' and entity = ?", (second,))
    [change] = key.fetchone()
    body = json.dumps({"set": json.loads(_body(project, change))["set"] | {"carries": carries}})
    project.connection.execute("update change set body = ? where id = ?", (body, change))
    old = project.connection.execute("select text_hash from text_version where id = ?", (first,)).fetchone()
    with project.act(awa.id) as act:
        act.record("content.erase", old[0], {})
        rebuild(project.connection)
    found = [(c.version_id, c.start, c.end) for c in sorted(codings_of(project), key=lambda c: c.start)]
    assert found == [(second, 4, 12), (second, at, at + 12)]
    assert content.text(project.connection, old[0]) is None


def _body(project: Project, change: str) -> str:
    return str(project.connection.execute("select body from change where id = ?", (change,)).fetchone()[0])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 5), st.integers(0, 5)), min_size=1, max_size=6), st.data())
def test_a_recorded_alignment_keeps_every_stretch_on_its_words(
    names: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    """`names`: characters between replaced stretches, characters of the old name, and of the new one."""
    old = new = ""
    blocks, replaced = [], []
    for gap, length, there in names:
        blocks.append([len(old), len(new), gap])
        old += "a" * gap
        new += "a" * gap
        replaced.append([len(old), len(old) + length, len(new), len(new) + there])
        old += "N" * length
        new += "X" * there
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    first, last, state = RecordedAlignment([block for block in blocks if block[2]], replaced).place(start, end)
    assert state is not Carried.LOST
    touched = "N" in old[start:end]
    assert touched or (new[first:last] == old[start:end] and state in (Carried.UNCHANGED, Carried.MOVED))
    assert not touched or state is Carried.CHANGED or last - first == end - start
    inside = old[start:end].replace("N", "")
    assert new[first:last].replace("X", "") == inside
