"""Who sees what: others' work on a transcript is hidden until one's own pass is marked reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.exchange import Conflict
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows import assigning, conflicts
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed, write_memo
from hsreview.workflows.exporting import choose_layer, dataset, layers
from hsreview.workflows.reading import (
    code_usage,
    memo_rows,
    segments,
    sight,
    transcript_rows,
    unblinded,
    visible_codings,
)
from hsreview.workflows.undoing import undo
from tests.builders import a_project, code_id, opened
from tests.cli.conftest import call, ok
from tests.project.teams import correct


@dataclass
class Team:
    project: Project
    awa: Coder
    daan: Coder
    version: str
    transcript: str

    def seen(self, coder: Coder | None, pass_: str | None = None) -> set[tuple[str, str]]:
        names = {self.awa.id: "Awa", self.daan.id: "Daan"}
        return {(names[c.coder_id], c.pass_) for c in visible_codings(self.project, self.version, coder, pass_)}


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    project, awa = a_project(tmp_path / "p")
    daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
    text = opened(project)
    for coder in (awa, daan):
        add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    yield Team(project, awa, daan, text.version.id, text.transcript.id)
    project.close()


def test_a_coder_sees_others_after_reviewing_and_no_more_when_the_mark_is_taken_back(team: Team) -> None:
    assert team.seen(team.daan) == {("Daan", "")}
    mark_reviewed(team.project, team.daan, team.transcript)
    assert team.seen(team.daan) == {("Awa", ""), ("Daan", "")}
    mark_reviewed(team.project, team.daan, team.transcript, False)
    assert team.seen(team.daan) == {("Daan", "")}
    assert undo(team.project, team.daan).done and team.seen(team.daan) == {("Awa", ""), ("Daan", "")}


def test_lead_validator_archivist_and_nobody_see_everything(team: Team) -> None:
    maya = store_coder(team.project, Coder(new_id(), "Maya", CoderRole.VALIDATOR), team.awa.id)
    fanta = store_coder(team.project, Coder(new_id(), "Fanta", CoderRole.ARCHIVIST), team.awa.id)
    for viewer in (team.awa, maya, fanta, None):
        assert sight(team.project, viewer).everything and unblinded(team.project, viewer) is None
        assert team.seen(viewer) == {("Awa", ""), ("Daan", "")}


def test_an_assignment_that_is_not_blind_lifts_it_for_that_coder_and_transcript(team: Team) -> None:
    texts = [t for t in [opened(team.project).transcript]]
    assigning.assign(team.project, team.awa, texts, [team.daan])
    assert team.seen(team.daan) == {("Daan", "")}
    assigning.assign(team.project, team.awa, texts, [team.daan], blind=False)
    assert team.seen(team.daan) == {("Awa", ""), ("Daan", "")}
    assert unblinded(team.project, team.daan) == frozenset({team.transcript})
    assigning.unassign(team.project, team.awa, texts, [team.daan])
    assert team.seen(team.daan) == {("Daan", "")}


def test_a_blind_repetition_hides_even_ones_own_first_reading(team: Team) -> None:
    texts = [opened(team.project).transcript]
    mark_reviewed(team.project, team.daan, team.transcript)
    assigning.assign(team.project, team.awa, texts, [team.daan], pass_="second")
    add_codings(team.project, team.daan, team.version, 40, 50, [code_id("D1")], pass_="second")
    assert team.seen(team.daan) == {("Daan", "second")} and unblinded(team.project, team.daan) == frozenset()
    mark_reviewed(team.project, team.daan, team.transcript, pass_="second")
    assert team.seen(team.daan) == {("Awa", ""), ("Daan", ""), ("Daan", "second")}
    assert team.seen(team.daan, "") == {("Awa", ""), ("Daan", "")}, "the workbench shows one reading at a time"
    assert team.seen(team.daan, "second") == {("Awa", ""), ("Daan", "second")}
    assert team.seen(team.awa, "") == {("Awa", ""), ("Daan", "")}


def test_a_second_reading_is_apart_in_lists_counts_layers_and_exports(team: Team) -> None:
    project, daan = team.project, team.daan
    [again, _other] = add_codings(project, daan, team.version, 20, 30, [code_id("D1"), code_id("D2")], pass_="second")
    write_memo(project, daan, "of the second reading", coding_id=again.id)
    assert [(each.name, each.codings) for each in layers(project)] == [("Awa", 1), ("Daan", 1), ("Daan/second", 2)]
    assert code_usage(project, daan.id) == {code_id("D1"): (1, 1)}
    assert len(segments(project, coder_id=daan.id, reading="")) == 1
    assert [s.coding.pass_ for s in segments(project, coder_id=daan.id)] == ["", "second", "second"]
    mark_reviewed(project, daan, team.transcript, pass_="second")
    first, second = (dataset(project, choose_layer(project, name)) for name in ("Daan", "Daan/second"))
    assert (len(first.segments), first.reviewed, len(first.memos)) == (1, frozenset(), 0)
    assert (len(second.segments), second.reviewed, len(second.memos)) == (2, frozenset({team.transcript}), 1)
    assert transcript_rows(project, daan)[0].codings == 1


def test_an_assigned_part_that_waits_keeps_a_reading_unfinished(team: Team) -> None:
    from dataclasses import replace

    from hsreview.model.codebook import Pass
    from hsreview.model.localized import Localized
    from hsreview.workflows.codebooks import store_codebook
    from tests.builders import a_codebook

    project, daan, texts = team.project, team.daan, [opened(team.project).transcript]
    parts = (Pass("A", Localized(en="a", fr="a")), Pass("B", Localized(en="b", fr="b")))
    store_codebook(project, team.awa.id, replace(a_codebook(), version="1.1", passes=parts))
    for part in ("A", "B"):
        assigning.assign(project, team.awa, texts, [daan], pass_=part)
    add_codings(project, daan, team.version, 20, 30, [code_id("D1")], pass_="A")
    assert len(layers(project)) == 2, "the parts of a codebook are one reading, and one passage is coded once"
    mark_reviewed(project, daan, team.transcript, pass_="A")
    assert dataset(project, choose_layer(project, "Daan")).reviewed == frozenset()
    assert not transcript_rows(project, daan)[0].reviewed
    mark_reviewed(project, daan, team.transcript, pass_="B")
    assert dataset(project, choose_layer(project, "Daan")).reviewed == {team.transcript}


def test_the_commands_hide_and_say_how_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ok("--coder", "Awa", "memos", "add", "of Awa", "--transcript", "cso-1")
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    listed = ok("codings", "--json").json("codings")
    assert listed["hidden"] == 1 and {c["coder"] for c in listed["codings"]} == {"Daan"}
    assert ok("memos", "--json").json("memos") == {"hidden": 1, "memos": []}
    shown = ok("show", "cso-1", "--json").json("show")
    assert shown["hidden"] == 1 and {c["coder"] for t in shown["turns"] for c in t["codings"]} == {"Daan"}
    assert "on 1 transcript is not shown" in ok("show", "cso-1").err
    assert call("export", "excel", "x.xlsx", "--layer", "Awa").code == 3, "an export of another's layer"
    assert call("export", "excel", "x.xlsx", "--layer", "Daan").code == 0
    ok("reviewed", "cso-1")
    assert ok("codings", "--json").json("codings")["hidden"] == 0
    assert ok("memos", "--json").json("memos")["hidden"] == 0
    assert call("export", "excel", "y.xlsx", "--layer", "Awa").code == 0
    ok("reviewed", "--undo", "cso-1")
    assert ok("codings", "--json").json("codings")["hidden"] == 1


def test_the_open_assignment_takes_what_is_coded_and_marked(folder: Path) -> None:
    ok("--coder", "Awa", "assign", "cso-1", "--coder", "Daan", "--pass", "second")
    ok("--coder", "Daan", "codings", "add", "cso-1", "3.2", "K4")
    ok("--coder", "Daan", "reviewed", "cso-1")
    [row] = [r for r in ok("progress", "--json").json("progress")["progress"] if r["pass"] == "second"]
    assert (row["coder"], row["codings"], row["assigned"], row["reviewed"]) == ("Daan", 1, True, True)
    named = {each["name"]: each["pass"] for each in ok("layers", "--json").json("layers")["layers"]}
    assert named == {"Awa": "", "Daan": "", "Daan/second": "second"}
    assert {c["pass"] for c in ok("codings", "--layer", "Daan/second", "--json").json("codings")["codings"]} == {
        "second"
    }
    assert {c["pass"] for c in ok("codings", "--layer", "Daan", "--json").json("codings")["codings"]} == {""}


def test_a_memo_on_an_older_text_of_a_transcript_stays_hidden_too(team: Team) -> None:
    write_memo(team.project, team.awa, "of Awa", version_id=team.version, start=40, end=60)
    correct(team.project, team.awa)
    assert memo_rows(team.project, viewer=team.daan) == []
    assert [row.transcript_id for row in memo_rows(team.project, viewer=team.awa)] == [team.transcript]


def test_a_memo_of_somebody_else_on_ones_own_coding_stays_hidden(team: Team) -> None:
    [own] = segments(team.project, coder_id=team.daan.id)
    write_memo(team.project, team.awa, "why?", coding_id=own.coding.id)
    assert [s.memo for s in segments(team.project, coder_id=team.daan.id, viewer=team.daan)] == [""]
    assert memo_rows(team.project, viewer=team.daan) == []
    mark_reviewed(team.project, team.daan, team.transcript)
    assert [s.memo for s in segments(team.project, coder_id=team.daan.id, viewer=team.daan)] == ["why?"]
    assert [row.text for row in memo_rows(team.project, viewer=team.daan)] == ["why?"]


def test_contrary_decisions_about_a_transcript_are_told_after_it_was_reviewed(team: Team) -> None:
    with team.project.act(team.awa.id) as act:
        act.put("adoption", "a", transcript_id=team.transcript, source_coder_id=team.awa.id, because="x")
    contrary = Conflict("c", "adoption", "a", "a", "source_coder_id", ())
    assert conflicts.shown(team.project, [contrary], viewer=team.daan) == []
    mark_reviewed(team.project, team.daan, team.transcript)
    assert len(conflicts.shown(team.project, [contrary], viewer=team.daan)) == 1
