"""No number of a coder on a replica is ever given to two records, whatever is copied, put back or killed."""

from __future__ import annotations

import random
import shutil
from itertools import count
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.project.doctor import examine
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows import coding as acts
from hsreview.workflows.checking import backup, restore
from hsreview.workflows.reading import codings_of
from tests.builders import a_project, code_id, opened

_values = count()


def write(project: Project) -> None:
    """One act of somebody."""
    with project.act("somebody") as act:
        act.put("setting", "s", value=next(_values))


def numbers(project: Project) -> dict[tuple[str, str, int], str]:
    """The record that bears each number."""
    rows = project.connection.execute("select coder, replica, seq, id from change")
    return {(coder, replica, seq): record for coder, replica, seq, record in rows}


def put_back(saved: Path, root: Path) -> None:
    """What `cp saved project.hsreview` does: the same file, with older bytes."""
    for suffix in ("-wal", "-shm"):
        (root / (FILE_NAME + suffix)).unlink(missing_ok=True)
    (root / FILE_NAME).write_bytes(saved.read_bytes())


def test_sessions_one_after_the_other_are_one_replica(tmp_path: Path) -> None:
    seen = set()
    Project.create(tmp_path, write).close()
    for _session in range(3):
        with Project.open(tmp_path) as project:
            write(project)
            seen.add(project.replica)
    assert {replica for _coder, replica, _seq in numbers(Project.open(tmp_path))} == seen
    assert len(seen) == 1


def test_a_copied_folder_is_another_replica(tmp_path: Path) -> None:
    with Project.create(tmp_path / "a") as project:
        write(project)
        first = project.replica
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    with Project.open(tmp_path / "b") as copy, Project.open(tmp_path / "a") as original:
        write(copy)
        write(original)
        assert original.replica == first
        assert copy.replica != first


def test_a_backup_put_back_by_hand_after_a_kill_is_another_replica(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "p")
    write(project)
    first = project.replica
    saved = backup(project, tmp_path / "saved.hsreview")
    write(project)
    lost = numbers(project)
    project.connection.close()  # Nothing else happens when the program is killed.
    put_back(saved, tmp_path / "p")
    with Project.open(tmp_path / "p") as again:
        assert again.replica != first
        write(again)
        assert all(lost.get(number, record) == record for number, record in numbers(again).items())


def test_a_file_put_back_twice_starts_anew_each_time(tmp_path: Path) -> None:
    project = Project.create(tmp_path / "p")
    write(project)
    saved = backup(project, tmp_path / "saved.hsreview")
    write(project)
    project.close()
    replicas = {project.id}
    for _time in range(3):
        put_back(saved, tmp_path / "p")
        with Project.open(tmp_path / "p") as again:
            write(again)
            assert again.replica not in replicas
            replicas.add(again.replica)


def test_a_restored_backup_gives_no_number_twice(tmp_path: Path) -> None:
    project, coder = a_project(tmp_path)
    backup(project)
    text = opened(project)
    acts.add_codings(project, coder, text.version.id, 20, 30, [code_id("D1")])
    lost = numbers(project)
    project.close()
    kept = restore(tmp_path).kept
    assert kept is not None and kept.exists()
    with Project.open(tmp_path) as restored:
        assert codings_of(restored) == []
        acts.add_codings(restored, coder, text.version.id, 40, 50, [code_id("D2")])
        assert all(lost.get(number, record) == record for number, record in numbers(restored).items())
        assert examine(restored.connection) == []


def test_two_programs_on_one_file_share_its_replica(tmp_path: Path) -> None:
    one = Project.create(tmp_path)
    two = Project.open(tmp_path)
    for _time in range(3):
        write(one)
        write(two)
        write(two)
    assert one.replica == two.replica
    assert [seq for _coder, _replica, seq in numbers(one)] == list(range(1, 10))
    assert examine(two.connection) == []


def test_a_refused_act_uses_no_number_and_starts_no_replica(tmp_path: Path) -> None:
    with Project.create(tmp_path) as project:
        write(project)
        first = project.replica
        with pytest.raises(InputRefused), project.act("somebody") as act:
            act.put("setting", "s", value="x")
            raise InputRefused("no")
    with Project.open(tmp_path) as again:
        write(again)
        assert again.replica == first
        assert len(numbers(again)) == 2


def test_a_commit_that_fails_starts_no_replica(tmp_path: Path) -> None:
    with Project.create(tmp_path) as project:
        write(project)
        first = project.replica
        with pytest.raises(InputRefused), project.write():
            write(project)
            project.connection.execute("insert into speaker(id, transcript_id) values ('s', 'nowhere')")
        assert len(numbers(project)) == 1
    with Project.open(tmp_path) as again:
        write(again)
        assert again.replica == first


def test_where_no_note_can_be_written_every_session_is_a_replica(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.create(tmp_path / "p", write).close()
    (tmp_path / "home").write_text("a file where the folder should be")
    monkeypatch.setenv("HSREVIEW_HOME", str(tmp_path / "home"))
    replicas = []
    for _session in range(2):
        with Project.open(tmp_path / "p") as project:
            write(project)
            replicas.append(project.replica)
            write(project)
            assert project.replica == replicas[-1]
            assert examine(project.connection) == []
    assert len(set(replicas)) == 2


@pytest.mark.parametrize("seed", range(6))
def test_numbers_are_unique_whatever_happens_to_the_file(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    root = tmp_path / "p"
    Project.create(root, write).close()
    saved: list[Path] = []
    ever: dict[tuple[str, str, int], str] = {}
    sessions = [Project.open(root)]
    for step in range(40):
        project = chance.choice(sessions)
        match chance.choice(("write", "write", "write", "save", "put back", "open", "kill at commit")):
            case "write":
                write(project)
            case "save":
                saved.append(project.backup("asked", tmp_path / f"{step}.hsreview"))
            case "open":
                sessions.append(Project.open(root))
            case "kill at commit":
                project.connection.execute("begin immediate")
                project._replicas.begin(project.connection)
                write(project)
                project._replicas.end(project.connection)
                project.connection.close()
                sessions = [each for each in sessions if each is not project] or [Project.open(root)]
            case "put back" if saved:
                for each in sessions:
                    each.close()
                put_back(chance.choice(saved), root)
                sessions = [Project.open(root)]
        for number, record in numbers(sessions[0]).items():
            assert ever.setdefault(number, record) == record
    for each in sessions:
        each.close()
