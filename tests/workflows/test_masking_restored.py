"""A backup from before a mask does not bring the name back when it is restored."""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.maskings import maskings
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows.checking import restore
from hsreview.workflows.coders import store_coder
from hsreview.workflows.correcting import store_text, with_turn
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import codings_of, memos_of
from hsreview.workflows.withdrawing import find, plan, withdraw
from tests.builders import a_project, code_id, staged
from tests.workflows.test_masking import TEXT, everything, masked, opened, register, words_of


def test_a_name_that_was_masked_stays_masked_in_a_restored_backup(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    report = store(project, awa, [Staged(Path("Awa-Diarra.txt"), staged(TEXT, "Awa-Diarra"))])
    transcript = report.stored[0].transcript_id
    daan = store_coder(project, Coder(new_id(), "Daan"))
    first = opened(project, transcript)
    at = first.text.index("de Gao")
    acts.add_codings(project, awa, first.version.id, at, at + 6, [code_id("D1")])
    name = first.text.index("Awa Diarra, de Gao")
    acts.add_codings(project, awa, first.version.id, name, name + 10, [code_id("D2")], flags=["mask", "unsure"])
    acts.write_memo(project, daan, "Awa Diarra a peur", transcript_id=transcript)
    removed = acts.write_memo(project, awa, "Awa Diarra, pris de côté", transcript_id=transcript)
    assert removed is not None
    acts.remove_memo(project, awa, removed.id)
    project.set_local("summary:draft", "brouillon sur Awa Diarra")
    outside = project.backup("asked", tmp_path / "stick.hsreview")
    store_text(project, awa, with_turn(project, first, 2, "Et ensuite ?"))
    masked(project, awa)
    masked(project, awa, register(project, "Oumou Sow", "[une femme]"))  # Of the first masked text nothing is left.
    acts.write_memo(project, awa, "plus tard", transcript_id=transcript)
    project.close()
    done = restore(project.root, outside)
    assert done.masked >= 3 and done.withdrawn == 0
    assert done.kept is not None and done.kept.exists()
    with Project.open(project.root) as back:
        assert "diarra" not in everything(back) and examine(back.connection) == []
        assert words_of(back, transcript) == {code_id("D1"): "de Gao", code_id("D2"): "[une femme]"}
        assert [each.flags for each in codings_of(back) if each.flags] == [("unsure",)], "what it asked for is done"
        [record] = [
            each for each in maskings(back.connection) if each.version_id == opened(back, transcript).version.id
        ]
        assert [each.replacement for each in record.items] == ["[une femme]"] * 4
        [memo] = memos_of(back)
        assert (memo.text, memo.coder_id) == ("[une femme] a peur", daan.id)
    assert b"diarra" not in (project.root / "project.hsreview").read_bytes().lower()
    assert restore(project.root).masked == 0, "the backup of today is masked"


def test_a_backup_from_before_a_mask_and_a_withdrawal_is_cleared_of_both(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    text = "INT : Et ?\nR1 : Awa Diarra est venue, zébrure.\nR2 : Awa Diarra est partie.\n"
    report = store(project, awa, [Staged(Path("groupe.txt"), staged(text, "groupe"))])
    own = store(project, awa, [Staged(Path("seul.txt"), staged("INT : Et ?\nR1 : Awa Diarra, bizarroïde.\n", "seul"))])
    for stored in (*report.stored, *own.stored):
        set_speaker(project, awa, stored.transcript_id, "R1", respondent="CSO-1")
    outside = project.backup("asked", tmp_path / "stick.hsreview")
    masked(project, awa)
    withdraw(project, awa, plan(project, awa, find(project, "CSO-1")), "request")
    acts.write_memo(project, awa, "écrit depuis", transcript_id=report.stored[0].transcript_id)
    project.close()
    done = restore(project.root, outside)
    assert done.masked and done.withdrawn == 1 and not done.lost
    with Project.open(project.root) as back:
        everywhere = everything(back)
        assert "diarra" not in everywhere and "zébrure" not in everywhere and "bizarroïde" not in everywhere
        assert "oumou sow est partie" in everywhere
        assert examine(back.connection) == []
        assert not memos_of(back)
    assert done.kept is not None
    assert restore(project.root, done.kept).withdrawn == 0
    with Project.open(project.root) as again:
        assert [memo.text for memo in memos_of(again)] == ["écrit depuis"], "what was done since is not lost"


def test_where_the_project_is_damaged_its_newest_backup_tells_what_was_masked(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "here")
    store(project, awa, [Staged(Path("Awa-Diarra.txt"), staged(TEXT, "Awa-Diarra"))])
    outside = project.backup("asked", tmp_path / "stick.hsreview")
    masked(project, awa)
    project.backup("asked")
    project.close()
    other, _lead = a_project(tmp_path / "other")
    other.backup("asked", project.root / "backups" / "of another project.hsreview")
    other.close()
    (project.root / "project.hsreview").write_bytes(b"nothing that can be read")
    done = restore(project.root, outside)
    assert done.masked and done.unsure
    with Project.open(project.root) as back:
        assert "diarra" not in everything(back)


def test_a_restore_after_which_words_still_lie_in_the_file_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, awa = a_project(tmp_path / "here")
    store(project, awa, [Staged(Path("Awa-Diarra.txt"), staged(TEXT, "Awa-Diarra"))])
    outside = project.backup("asked", tmp_path / "stick.hsreview")
    masked(project, awa)
    project.close()
    with monkeypatch.context() as full:
        full.setattr("hsreview.project.scrubbing._rewrite", lambda _connection: False)
        done = restore(project.root, outside)
    assert done.uncleared and not done.unsure
    assert not restore(project.root).uncleared


@pytest.mark.skipif(sys.platform == "win32", reason="kills its own copy")
def test_what_a_killed_restore_left_goes_with_the_next_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, awa = a_project(tmp_path / "here")
    store(project, awa, [Staged(Path("Awa-Diarra.txt"), staged(TEXT, "Awa-Diarra"))])
    outside = project.backup("asked", tmp_path / "stick.hsreview")
    masked(project, awa)
    project.close()
    child = os.fork()
    if child == 0:
        try:
            kill = partial(os.kill, os.getpid(), signal.SIGKILL)
            monkeypatch.setattr("hsreview.project.restoring._prepare", lambda *_all: kill())
            restore(project.root, outside)
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert list(project.root.glob(".*.new")), "it was killed in between"
    Project.open(project.root).close()
    files = [path for path in project.root.rglob("*") if path.is_file()]
    assert [path for path in files if b"diarra" in path.read_bytes().lower()] == []
