"""A project is encrypted, made plain, and given another passphrase: whole or not at all, and nothing plain stays."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused, ProjectDamaged, ProjectSealed, ProjectUnavailable, UsageProblem
from hsreview.project import cipher, connection, encrypting, unlocking
from hsreview.project.backups import backups
from hsreview.project.doctor import examine
from hsreview.project.project import FILE_NAME, Project
from hsreview.workflows.checking import backup
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.encrypting import change_passphrase, decrypt, encrypt, protection
from hsreview.workflows.projects import project_name
from hsreview.workflows.reading import codings_of, open_text, transcripts
from tests.builders import a_project, code_id, opened
from tests.project.encrypted import PASSPHRASE, answers, encrypted
from tests.project.encrypted import quick_keys as quick_keys
from tests.project.test_locks import look, stage_the_folder

pytestmark = pytest.mark.usefixtures("quick_keys")

WORDS = ("consultées", "sécurité", "Mais sans budget", "INT : Qui")


def plain_words(folder: Path) -> set[str]:
    """The words of the project that stand somewhere in the files of `folder`, in UTF-8 or UTF-16."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    encodings = ("utf-8", "utf-16-le")
    return {word for word in WORDS if any(word.encode(e) in data for e in encodings for data in contents)}


def quietly(_name: str) -> None:
    pass


def test_an_encrypted_project_holds_the_same_and_no_plain_word(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path, transcripts=2)
    backup(project)
    before = {t.name: open_text(project, t).text for t in transcripts(project)}
    project.close()
    assert plain_words(tmp_path) == set(WORDS)
    (tmp_path / FILE_NAME).chmod(0o600)
    with (tmp_path / FILE_NAME).open("rb") as old:
        encrypted(tmp_path)
        assert set(old.read()) == {0}, "the plain file was overwritten before it went"
    assert (tmp_path / FILE_NAME).stat().st_mode & 0o777 == 0o600
    answers(PASSPHRASE)
    with Project.open(tmp_path) as project:
        assert {t.name: open_text(project, t).text for t in transcripts(project)} == before
        assert examine(project.connection) == []
        assert plain_words(tmp_path) == set(), "not in the log that is being written either"
    assert plain_words(tmp_path) == set()
    assert protection(tmp_path).plain_backups == ()
    assert not [path for path in tmp_path.rglob(".*")]


def test_what_is_written_into_an_encrypted_project_is_encrypted(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    encrypted(tmp_path)
    answers(PASSPHRASE)
    with Project.open(tmp_path) as project:
        text = open_text(project, transcripts(project)[0])
        coder = project.connection.execute("select id from coder").fetchone()[0]
        with project.act(coder) as act:
            act.put("setting", "name", value="consultées à l’aube")
        assert text.text
        project.backup("before-import")
        assert plain_words(tmp_path) == set()
    assert len(backups(tmp_path)) == 1 and plain_words(tmp_path) == set()


@pytest.mark.parametrize("typed", [PASSPHRASE, unicodedata.normalize("NFD", PASSPHRASE)])
def test_an_accent_may_be_typed_in_any_way(tmp_path: Path, typed: str) -> None:
    a_project(tmp_path)[0].close()
    encrypted(tmp_path, unicodedata.normalize("NFC", PASSPHRASE))
    answers(typed)
    Project.open(tmp_path).close()


def test_a_wrong_passphrase_is_asked_for_again_and_changes_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    a_project(tmp_path)[0].close()
    encrypted(tmp_path)
    asked = answers("faux", PASSPHRASE.upper(), PASSPHRASE)
    Project.open(tmp_path).close()
    assert asked == [True, False, False]
    before = (tmp_path / FILE_NAME).read_bytes()
    unlocking.lock()
    answers("faux")
    with pytest.raises(ProjectSealed, match="cannot be recovered"):
        Project.open(tmp_path)
    unlocking.ask_with(None)
    with pytest.raises(ProjectSealed, match="--passphrase-fd"):
        Project.open(tmp_path)
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert capfd.readouterr().err == "", "the library says nothing of its own on the terminal"


def test_a_passphrase_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _coder = a_project(tmp_path)
    kept = backup(project)
    project.close()
    encrypted(tmp_path)
    Project.create(tmp_path / "other", key=cipher.new_key(PASSPHRASE)).close()
    unlocking.lock()
    asked = answers(PASSPHRASE)
    resource, limits = pytest.importorskip("resource"), []
    monkeypatch.setattr(resource, "setrlimit", lambda which, limit: limits.append((which, limit[0])))
    for path in (tmp_path, tmp_path, tmp_path / "other"):
        Project.open(path).close()
    assert cipher.salt_of(kept) == cipher.salt_of(tmp_path / FILE_NAME)
    assert asked == [True]
    assert (resource.RLIMIT_CORE, 0) in limits, "no picture of the memory goes to the disk"


def test_the_real_key_is_that_of_other_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "_ITERATIONS", 256_000)
    a_project(tmp_path)[0].close()
    encrypted(tmp_path, "it's été")
    connection = cipher.library().connect(str(tmp_path / FILE_NAME))
    connection.execute("pragma key = 'it''s été'")
    assert connection.execute("select count(*) from transcript").fetchone() == (1,)
    connection.close()


def test_an_empty_passphrase_is_refused(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    with pytest.raises(UsageProblem):
        encrypt(tmp_path, lambda: "", quietly)
    assert not protection(tmp_path).encrypted


def test_decrypting_gives_the_plain_project_back(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    kept = backup(project)
    project.close()
    encrypted(tmp_path)
    answers(PASSPHRASE)
    decrypt(tmp_path, quietly)
    unlocking.lock()
    unlocking.ask_with(None)
    with Project.open(tmp_path) as project:
        assert len(transcripts(project)) == 1 and examine(project.connection) == []
    assert protection(tmp_path).other_backups == (kept,)
    with pytest.raises(InputRefused, match="not encrypted"):
        decrypt(tmp_path, quietly)


def test_another_passphrase_opens_the_project_and_its_backups(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    backup(project)
    project.close()
    encrypted(tmp_path)
    answers(PASSPHRASE)
    done = change_passphrase(tmp_path, lambda: "neuf", quietly)
    assert len(done.backups) == 1 and not done.left
    for file in (tmp_path / FILE_NAME, *backups(tmp_path)):
        unlocking.lock()
        answers(PASSPHRASE, "neuf")
        assert cipher.salt_of(file) is not None
        (tmp_path / "x").mkdir(exist_ok=True)
        (tmp_path / "x" / FILE_NAME).write_bytes(file.read_bytes())
        with Project.open(tmp_path / "x") as project:
            assert len(transcripts(project)) == 1
        (tmp_path / "x" / FILE_NAME).unlink()


def test_a_project_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    hold = f"import sqlite3; c = sqlite3.connect({str(tmp_path / FILE_NAME)!r}); c.execute('select * from meta')"
    other = [sys.executable, "-c", f"{hold}.fetchall(); print(flush=True); input()"]
    with subprocess.Popen(other, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None and program.stdout.readline()
        with pytest.raises(ProjectUnavailable, match="in use"):
            encrypt(tmp_path, lambda: PASSPHRASE, quietly)
        program.communicate(b"\n")
    assert not protection(tmp_path).encrypted
    encrypted(tmp_path)
    answers(PASSPHRASE)
    with Project.open(tmp_path), pytest.raises(ProjectUnavailable, match="in use"):
        decrypt(tmp_path, quietly)
    assert protection(tmp_path).encrypted


def test_a_project_that_is_made_plain_while_it_is_opened_is_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_project(tmp_path)[0].close()
    plain = Path(shutil.copy(tmp_path / FILE_NAME, tmp_path / "plain"))
    encrypted(tmp_path)
    answers(PASSPHRASE)
    connect = connection._open

    def just_before(target: str, key: cipher.Key | None, **settings: Any) -> Any:
        if "mode=rw" in target and plain.exists():
            plain.replace(tmp_path / FILE_NAME)
        return connect(target, key, **settings)

    monkeypatch.setattr(connection, "_open", just_before)
    with Project.open(tmp_path) as project:
        assert len(transcripts(project)) == 1 and not project.is_encrypted
    (tmp_path / FILE_NAME).write_bytes(b"\0" * 9000)
    with pytest.raises(ProjectDamaged):
        Project.open(tmp_path)


def test_what_an_interrupted_run_left_is_finished(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    kept = backup(project)
    project.close()
    plain = kept.read_bytes()
    encrypted(tmp_path)
    kept.write_bytes(plain)
    (tmp_path / f".{FILE_NAME}.x.new-old").write_bytes(plain)
    answers(PASSPHRASE)
    done = encrypt(tmp_path, lambda: "never asked", quietly)
    assert done.backups == (kept,) and plain_words(tmp_path) == set()


def test_every_plain_copy_in_the_folder_is_told(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    kept = backup(project)
    project.close()
    plain = kept.read_bytes()
    encrypted(tmp_path)
    spare = tmp_path / "backups" / f".{kept.name}.x.new-old"
    copies = [spare, tmp_path / "sub" / FILE_NAME, tmp_path / (FILE_NAME + ".bak"), tmp_path / "backups" / "old.zip"]
    (tmp_path / "sub").mkdir()
    for copy in copies:
        copy.write_bytes(plain)
    packed = tmp_path / "exports" / "packed.docx"
    packed.parent.mkdir(exist_ok=True)
    packed.write_bytes(random.Random(1).randbytes(5000))
    (tmp_path / "20261122T110000000-sealed.hsreview").write_bytes((tmp_path / FILE_NAME).read_bytes())
    found = protection(tmp_path)
    assert found.plain_backups == () and set(found.plain_files) == {*copies, packed}


def test_backups_that_kept_the_earlier_passphrase_are_finished_with_it(tmp_path: Path) -> None:
    project, _coder = a_project(tmp_path)
    kept = backup(project)
    project.close()
    encrypted(tmp_path)
    before = kept.read_bytes()
    answers(PASSPHRASE)
    change_passphrase(tmp_path, lambda: "neuf", quietly)
    kept.write_bytes(before)  # As when it was killed before it came to the backups.
    unlocking.lock()
    answers("neuf")
    done = encrypt(tmp_path, lambda: "never asked", quietly)
    assert not done.backups and [path for path, _reason in done.left] == [kept] and kept.read_bytes() == before
    answers(PASSPHRASE)
    assert encrypt(tmp_path, lambda: "never asked", quietly).backups == (kept,)
    assert protection(tmp_path).other_backups == ()


def test_the_library_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path)[0].close()
    encrypted(tmp_path)
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    answers(PASSPHRASE)
    with pytest.raises(ProjectUnavailable, match="sqlcipher3"):
        Project.open(tmp_path)


def visit(root: Path) -> int:
    """Another program opens the project with the passphrase, counts the codings and leaves."""
    command = [sys.executable, "-m", "hsreview", "-p", str(root), "codings", "--json"]
    world = {**os.environ, "HSREVIEW_PASSPHRASE": PASSPHRASE}
    done = subprocess.run(command, env=world, capture_output=True, check=True)
    return len(json.loads(done.stdout)["codings"])


def test_a_job_in_the_background_leaves_the_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cipher, "_ITERATIONS", 256_000)
    a_project(tmp_path)[0].close()
    encrypted(tmp_path)
    answers(PASSPHRASE)
    project = Project.open(tmp_path)
    awa = coders(project)[0]
    version = opened(project).version.id
    add_codings(project, awa, version, 20, 30, [code_id("D1")])
    look(tmp_path)
    stage_the_folder(tmp_path)
    log = tmp_path / (FILE_NAME + "-wal")
    before = log.stat().st_ino
    assert visit(tmp_path) == 1
    assert log.exists() and log.stat().st_ino == before, "the visitor believed to be alone"
    add_codings(project, awa, version, 40, 50, [code_id("D2")])
    project.close()
    with Project.open(tmp_path) as again:
        assert len(codings_of(again)) == 2


def test_an_encrypted_project_is_read_where_nothing_can_be_written(tmp_path: Path) -> None:
    a_project(tmp_path)[0].close()
    encrypted(tmp_path)
    answers(PASSPHRASE)
    with Project.open(tmp_path, read_only=True) as project:
        assert len(transcripts(project)) == 1 and project.read_only
        with Project.open(tmp_path) as writer, writer.act(coders(writer)[0].id) as act:
            act.put("setting", "name", value="Nouveau")
        with Project.open(tmp_path, read_only=True) as again:
            assert project_name(again) == "Nouveau", "its newest changes stand in the log"


def test_a_copy_that_lacks_a_row_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with a_project(tmp_path)[0] as project:
        project.set_local("place", 7)
    export = encrypting._export

    def lossy(source: Any, spare: Path, new: cipher.Key | None) -> None:
        export(source, spare, new)
        with closing(connection.connect(spare)) as copy:
            copy.execute("delete from local where key = 'place'")

    monkeypatch.setattr(encrypting, "_export", lossy)
    with pytest.raises(InputRefused, match="does not agree"):
        encrypt(tmp_path, lambda: PASSPHRASE, quietly)
    assert not protection(tmp_path).encrypted
    with Project.open(tmp_path) as project:
        assert project.local("place") == 7


@pytest.mark.parametrize("step", ["exporting", "comparing", "renaming", "linking"])
def test_a_failing_disk_leaves_the_plain_project(tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    a_project(tmp_path)[0].close()
    before = (tmp_path / FILE_NAME).read_bytes()

    def fail(*_arguments: object) -> None:
        if step == "exporting":
            raise cipher.library().OperationalError("database or disk is full")
        raise OSError(28, "No space left on device")

    places = {
        "exporting": "hsreview.project.encrypting._export", "comparing": "hsreview.project.encrypting._tables",
        "renaming": "hsreview.project.cipher.os.replace", "linking": "hsreview.project.encrypting.os.link",
    }  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(places[step], fail)
        if step == "linking":  # A file system without hard links: done all the same.
            encrypt(tmp_path, lambda: PASSPHRASE, quietly)
        else:
            with pytest.raises(InputRefused, match=r"disk is full|could not be written"):
                encrypt(tmp_path, lambda: PASSPHRASE, quietly)
    assert not list(tmp_path.rglob(".*"))
    assert protection(tmp_path).encrypted is (step == "linking")
    if step != "linking":
        assert (tmp_path / FILE_NAME).read_bytes()[100:] == before[100:]
        with Project.open(tmp_path) as project:
            assert len(transcripts(project)) == 1
