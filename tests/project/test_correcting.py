"""Correcting a transcript: a new text in one act, with every coding told of, and nothing lost by undo or merge."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.intake.staging import stage
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.project.segments import nameless
from hsreview.workflows import carrying, correcting, undoing
from hsreview.workflows import coding as acts
from hsreview.workflows.carrying import Carried
from hsreview.workflows.coders import store_coder
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import relabel_turn, set_speaker
from hsreview.workflows.reading import codings_of
from tests.builders import TEXT, a_project, code_id, opened
from tests.project.teams import copied, give

CHEFS = (TEXT.index("les chefs"), TEXT.index("les chefs") + len("les chefs"))
BUDGET = (TEXT.index("sans budget"), TEXT.index("sans budget") + len("sans budget"))
FEMMES = (TEXT.index("Les femmes"), len(TEXT) - 1)


def coded(root: Path) -> tuple[Project, Coder]:
    """A project with three codings and a memo on words."""
    project, awa = a_project(root)
    version = opened(project).version.id
    for span, ref in ((CHEFS, "D1"), (BUDGET, "D2"), (FEMMES, "K4")):
        acts.add_codings(project, awa, version, *span, [code_id(ref)])
    acts.write_memo(project, awa, "money", version_id=version, start=BUDGET[0], end=BUDGET[1])
    return project, awa


def written(tmp_path: Path, text: str, name: str = "corrected.txt") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def states(pieces: carrying.Pieces) -> list[tuple[str, str, str, str]]:
    return [(each.kind, str(each.state), each.before, each.after) for each in pieces.entries]


def test_a_corrected_file_becomes_the_newest_text_in_one_act(tmp_path: Path) -> None:
    project, awa = coded(tmp_path / "p")
    before = opened(project)
    text = TEXT.replace("avec les chefs", "avec tous les chefs").replace("sans budget, ", "").replace("INT :", "INT :")
    new = correcting.from_file(project, before.transcript, written(tmp_path, text))
    preview = carrying.correction(project, new, awa)
    assert opened(project).version.number == 1, "a preview stores nothing"
    done, _version = carrying.correct(project, awa, new)
    assert states(done) == states(preview) == [
        ("coding", "moved", "les chefs", "les chefs"),
        ("coding", "lost", "sans budget", ""),
        ("memo", "lost", "sans budget", ""),
        ("coding", "moved", FEMMES_WORDS, FEMMES_WORDS),
    ]  # fmt: skip
    now = opened(project)
    assert (now.text, now.version.number) == (text, 2)
    assert [t.speaker for t in now.turns] == [t.speaker for t in before.turns]
    assert now.speakers == before.speakers and now.sentences and now.words()
    assert [now.text[c.start : c.end] for c in codings_of(project, now.version.id)] == ["les chefs", FEMMES_WORDS]
    assert examine(project.connection) == []
    told = undoing.undo(project, awa)
    assert told.done and "cso-1" in told.what
    assert opened(project).text == TEXT and len(codings_of(project, before.version.id)) == 3
    assert undoing.redo(project, awa).done and opened(project).text == text
    assert examine(project.connection) == []


FEMMES_WORDS = TEXT[slice(*FEMMES)]


def test_a_turn_is_corrected_in_place_and_taken_out(tmp_path: Path) -> None:
    project, awa = coded(tmp_path)
    text = opened(project)
    turn = next(t for t in text.turns if "chefs" in t.said(text.text))
    said = turn.said(text.text).replace("les chefs", "les anciens")
    done, _version = carrying.correct(project, awa, correcting.with_turn(project, text, turn.number, said))
    assert [each.state for each in done.entries if each.kind == "coding"] == [
        Carried.LOST, Carried.MOVED, Carried.MOVED,
    ]  # fmt: skip
    text = opened(project)
    assert text.turns[turn.number - 1].said(text.text) == said
    assert len(text.turns) == len(TEXT.splitlines())
    carrying.correct(project, awa, correcting.with_turn(project, text, turn.number, " "))
    assert "anciens" not in opened(project).text and len(opened(project).turns) == len(text.turns) - 1
    assert examine(project.connection) == []
    with pytest.raises(InputRefused):
        correcting.with_turn(project, opened(project), 99, "x")
    same = opened(project)
    with pytest.raises(InputRefused):
        correcting.with_turn(project, same, 2, same.turns[1].said(same.text))


def test_a_split_and_a_join_leave_text_and_codings_exactly(tmp_path: Path) -> None:
    project, awa = coded(tmp_path)
    text = opened(project)
    at = TEXT.index("Mais sans budget")
    done, _version = carrying.correct(project, awa, correcting.with_split(project, text, at, "R2"))
    assert {each.state for each in done.entries} == {Carried.UNCHANGED}
    now = opened(project)
    second = next(t for t in now.turns if t.start == at)
    assert (now.text, second.speaker, second.label_end) == (TEXT, "R2", at)
    set_speaker(project, awa, now.transcript.id, "R2", respondent="Somebody")
    carrying.correct(project, awa, correcting.with_joined(project, now, second.number - 1))
    joined = opened(project)
    assert [(t.start, t.end, t.speaker) for t in joined.turns] == [(t.start, t.end, t.speaker) for t in text.turns]
    assert joined.sentences == text.sentences
    assert [(c.start, c.end) for c in codings_of(project, joined.version.id)] == [CHEFS, BUDGET, FEMMES]
    assert examine(project.connection) == []
    with pytest.raises(InputRefused):
        correcting.with_split(project, joined, joined.turns[1].start)
    with pytest.raises(InputRefused):
        correcting.with_joined(project, joined, len(joined.turns))


def test_speakers_and_turns_that_were_corrected_by_hand_survive_a_corrected_file(tmp_path: Path) -> None:
    project, awa = coded(tmp_path / "p")
    text = opened(project)
    relabel_turn(project, awa, text.version.id, 4, "R1")
    carrying.correct(project, awa, correcting.with_split(project, opened(project), TEXT.index("Mais sans"), "R9"))
    before = opened(project)
    corrected = "Entretien fictif, relu\n" + TEXT.partition("\n")[2].replace(
        "La sécurité, c’est manger", "C’est manger"
    )
    carrying.correct(
        project, awa, correcting.from_file(project, before.transcript, written(tmp_path, corrected + "R2 : Merci.\n"))
    )
    now = opened(project)
    assert [t.speaker for t in now.turns] == [None, "INT", "R1", "R9", "R1", "R1", "R2"]
    assert now.speakers["R2"].label == "R2" and now.speakers["R1"] == before.speakers["R1"]
    assert now.turns[3].said(now.text).startswith("Mais sans budget")
    assert examine(project.connection) == []


def test_a_label_that_was_corrected_away_is_nobody_any_more(tmp_path: Path) -> None:
    project, awa = coded(tmp_path)
    text = opened(project)
    assert nameless(project.connection) == {text.transcript.id: 1}
    carrying.correct(project, awa, correcting.with_split(project, text, TEXT.index("Mais sans"), "R9"))
    assert nameless(project.connection) == {text.transcript.id: 2}
    carrying.correct(project, awa, correcting.with_joined(project, opened(project), 3))
    assert nameless(project.connection) == {text.transcript.id: 1}


def test_what_is_refused_stores_nothing(tmp_path: Path) -> None:
    project, awa = coded(tmp_path / "p")
    text = opened(project)
    other = written(tmp_path, "R1 : Tout autre chose, dit par quelqu’un d’autre.\n")
    for path in (written(tmp_path, TEXT, "same.txt"), other, tmp_path / "none.txt", written(tmp_path, "", "empty.txt")):
        with pytest.raises(InputRefused):
            correcting.from_file(project, text.transcript, path)
    first = correcting.with_turn(project, text, 2, "Qui décide ?")
    carrying.correct(project, awa, correcting.with_turn(project, text, 2, "Qui donc ?"))
    with pytest.raises(InputRefused):
        carrying.correct(project, awa, first)
    assert opened(project).version.number == 2
    assert correcting.from_file(project, text.transcript, other, anyway=True).text.startswith("R1")


def test_what_waits_is_kept_placed_anew_or_taken_away_by_its_coder(tmp_path: Path) -> None:
    project, awa = coded(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"))
    text = opened(project)
    turn = next(t for t in text.turns if "chefs" in t.said(text.text))
    said = turn.said(text.text).replace("sans budget", "sans aucun budget").replace("les chefs", "eux")
    carrying.correct(project, awa, correcting.with_turn(project, text, turn.number, said))
    now = opened(project)
    found = {(each.kind, str(each.state)): each for each in carrying.waiting(project, awa).entries}
    assert found.keys() == {("coding", "lost"), ("coding", "changed"), ("memo", "changed")}
    assert found["coding", "changed"].after == "sans aucun budget"
    for wrong in (found["coding", "lost"].id, "unknown"):
        with pytest.raises(InputRefused):
            carrying.keep(project, awa, [wrong])
    with pytest.raises(InputRefused):
        carrying.take_away(project, daan, [found["coding", "lost"].id])
    assert carrying.keep(project, awa, [found["coding", "changed"].id]) == 1
    eux = now.text.index("avec eux")
    carrying.place(project, awa, found["coding", "lost"].id, eux, eux + len("avec eux"))
    assert carrying.take_away(project, awa, [found["memo", "changed"].id]) == 1
    assert not carrying.waiting(project, awa).entries
    assert [now.text[c.start : c.end] for c in codings_of(project, now.version.id)][:2] == [
        "avec eux", "sans aucun budget",
    ]  # fmt: skip
    assert examine(project.connection) == []
    for _act in range(3):
        assert undoing.undo(project, awa).done
    assert len(carrying.waiting(project, awa).entries) == 3 and examine(project.connection) == []


def test_what_is_taken_away_takes_ones_own_memos_on_it_along(tmp_path: Path) -> None:
    project, awa = coded(tmp_path)
    [budget] = [each for each in codings_of(project) if (each.start, each.end) == BUDGET]
    acts.write_memo(project, awa, "about it", coding_id=budget.id)
    turn = next(t for t in opened(project).turns if "budget" in t.said(TEXT))
    carrying.correct(project, awa, correcting.with_turn(project, opened(project), turn.number, "Rien."))
    carrying.take_away(project, awa, [budget.id])
    assert queries.memos(project.connection, coding_id=budget.id) == []
    assert undoing.undo(project, awa).done and len(queries.memos(project.connection, coding_id=budget.id)) == 1


def test_times_of_a_recording_stay_with_their_words(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "p")
    file = tmp_path / "talk.vtt"
    said = ("Bonjour à tous.", "Nous avons creusé un puits.", "Il donne de l’eau.")
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n<v Awa>{each}\n\n" for n, each in enumerate(said))
    file.write_text(f"WEBVTT\n\n{cues}", encoding="utf-8")
    store(project, awa, [Staged(file, stage(file))], ImportOptions(group="cso"))
    before = opened(project, "talk")
    times = {before.text[cue.offset :][:4]: cue.time for cue in before.cues()}
    new = written(tmp_path, "Note.\n" + before.text.replace("Bonjour à tous.", "Bonsoir."))
    carrying.correct(project, awa, correcting.from_file(project, before.transcript, new))
    now = opened(project, "talk")
    found = {now.text[cue.offset :][:4]: cue.time for cue in now.cues()}
    assert found and found == {words: times[words] for words in found} and "Nous" in found


def test_a_package_made_on_the_older_text_still_merges(tmp_path: Path) -> None:
    here, awa = coded(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    text = opened(here)
    turn = next(t for t in text.turns if "chefs" in t.said(text.text))
    said = "Au début, " + turn.said(text.text)
    carrying.correct(here, awa, correcting.with_turn(here, text, turn.number, said))
    carrying.correct(here, awa, correcting.with_split(here, opened(here), opened(here).text.index("Mais sans"), "R3"))
    acts.add_codings(there, daan, opened(there).version.id, *CHEFS, [code_id("D2")])
    [merged] = give(there, here)
    assert merged.carried == {"moved": 1}
    give(here, there)
    for project in (here, there):
        now = opened(project)
        [theirs] = codings_of(project, now.version.id, coder_id=daan.id)
        assert now.text[theirs.start : theirs.end] == "les chefs" and now.version.number == 3
        assert "R3" in now.speakers and examine(project.connection) == []
    assert opened(here).turns == opened(there).turns


def test_two_corrections_made_apart_are_both_kept_and_one_is_newest_everywhere(tmp_path: Path) -> None:
    here, awa = coded(tmp_path / "here")
    daan = store_coder(here, Coder(new_id(), "Daan"))
    there = copied(here, tmp_path / "there")
    for project, coder, word in ((here, awa, "Ségou"), (there, daan, "Gao")):
        text = opened(project)
        carrying.correct(project, coder, correcting.with_turn(project, text, 2, f"Qui a décidé à {word} ?"))
    give(there, here)
    give(here, there)
    assert opened(here).text == opened(there).text
    assert [c.start for c in codings_of(here, opened(here).version.id)] == [
        c.start for c in codings_of(there, opened(there).version.id)
    ]
    assert examine(here.connection) == examine(there.connection) == []
