"""A backup from before a withdrawal knew less of who spoke: the withdrawal rules, and nobody else loses a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.model.people import Coder
from hsreview.model.text import Role
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.checking import restore
from hsreview.workflows.correcting import store_text, with_turn
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.people import relabel_turn, set_speaker
from hsreview.workflows.withdrawing import find, plan, withdraw
from tests.builders import a_project, code_id, opened, staged
from tests.workflows.test_masking import everything, masked, words_of

TEXT = "INT : Et ?\nR1 : Zoulia est venue, zébrure.\nR2 : Tout le monde est parti avec Awa Diarra.\n"


@pytest.fixture
def group(tmp_path: Path) -> tuple[Project, Coder, str]:
    """A project with an interview of two people, of whose words one is coded, and its id."""
    project, awa = a_project(tmp_path / "here")
    report = store(project, awa, [Staged(Path("groupe.txt"), staged(TEXT, "groupe"))])
    text = opened(project, "groupe")
    at = text.text.index("le monde")
    acts.add_codings(project, awa, text.version.id, at, at + 8, [code_id("D1")])
    return project, awa, report.stored[0].transcript_id


def _withdrawn(project: Project, coder: Coder) -> None:
    withdraw(project, coder, plan(project, coder, find(project, "CSO-1")), "request")


def _restored(project: Project, backup: Path) -> Project:
    project.close()
    assert restore(project.root, backup).withdrawn == 1
    back = Project.open(project.root)
    assert examine(back.connection) == [] and "zébrure" not in everything(back)
    return back


def test_who_spoke_was_said_after_the_backup(group: tuple[Project, Coder, str], tmp_path: Path) -> None:
    project, awa, transcript = group
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    _withdrawn(project, awa)
    with _restored(project, backup) as back:
        assert opened(back, "groupe").text.endswith("R2 : Tout le monde est parti avec Awa Diarra.\n")
        assert words_of(back, transcript) == {code_id("D1"): "le monde"}


def test_that_somebody_else_answers_was_said_after_the_backup(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    set_speaker(project, awa, transcript, "R2", role=Role.OTHER)
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    set_speaker(project, awa, transcript, "R2", role=Role.RESPONDENT)
    _withdrawn(project, awa)
    with _restored(project, backup) as back:
        assert words_of(back, transcript) == {code_id("D1"): "le monde"}


def test_somebody_who_was_taken_for_them_in_the_backup_keeps_their_interview(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    other = opened(project).transcript.id
    set_speaker(project, awa, other, "R1", respondent="CSO-1")
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    set_speaker(project, awa, other, "R1", respondent="CSO-2")
    _withdrawn(project, awa)
    with _restored(project, backup) as back:
        assert "les chefs" in opened(back).text


def test_what_others_said_is_not_taken_for_their_words_after_a_mask(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    text = opened(project, "groupe")
    at = text.text.index("Tout le monde est parti")
    acts.in_vivo(project, awa, text.version.id, at, at + 23)
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    masked(project, awa)
    _withdrawn(project, awa)
    with _restored(project, backup) as back:
        labels = [row[0] for row in back.connection.execute("select data from code where removed = 0")]
        assert any("Tout le monde est parti" in label for label in labels)
        assert "le monde" in words_of(back, transcript).values()


def test_a_text_that_only_the_backup_has_is_told_without_them_too(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    first = project.backup("asked", tmp_path / "first.hsreview")
    store_text(project, awa, with_turn(project, opened(project, "groupe"), 2, "Zoulia, zébrure et bizarroïde."))
    later = opened(project, "groupe")
    at = later.text.index("bizarroïde")
    acts.write_memo(project, awa, "note xylophage", version_id=later.version.id, start=at, end=at + 10)
    second = project.backup("asked", tmp_path / "second.hsreview")
    project.close()
    restore(project.root, first)
    with Project.open(project.root) as present:
        _withdrawn(present, awa)
    with _restored(project, second) as back:
        everywhere = everything(back)
        assert "bizarroïde" not in everywhere and "xylophage" not in everywhere
        assert words_of(back, transcript) == {code_id("D1"): "le monde"}


def test_whose_turns_were_all_somebody_elses_can_be_withdrawn(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    relabel_turn(project, awa, opened(project, "groupe").version.id, 2, "R2")
    _withdrawn(project, awa)
    assert examine(project.connection) == [] and words_of(project, transcript) == {code_id("D1"): "le monde"}
    assert [turn.speaker for turn in opened(project, "groupe").turns] == ["INT", "R2", "R2"]
    project.close()
    restore(project.root, backup)
    with Project.open(project.root) as back:
        assert examine(back.connection) == [] and words_of(back, transcript) == {code_id("D1"): "le monde"}


def test_a_turn_that_was_theirs_only_after_the_backup_goes_too(
    group: tuple[Project, Coder, str], tmp_path: Path
) -> None:
    project, awa, transcript = group
    store_text(project, awa, with_turn(project, opened(project, "groupe"), 1, "Et ? Bizarroïde."))
    set_speaker(project, awa, transcript, "R1", respondent="CSO-1")
    backup = project.backup("asked", tmp_path / "stick.hsreview")
    relabel_turn(project, awa, opened(project, "groupe").version.id, 1, "R1")
    _withdrawn(project, awa)
    with _restored(project, backup) as back:
        assert "bizarroïde" not in everything(back)
        assert words_of(back, transcript) == {code_id("D1"): "le monde"}
