"""The end of a key file: what is lost, who may, the receipt, and that pseudonymising says so afterwards."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id, now
from hsreview.project.project import Project
from hsreview.workflows.key_files import open_or_new
from tests.cli.conftest import call, ok

pytest.importorskip("pyrage")
pytestmark = pytest.mark.usefixtures("quick_passphrases")


@pytest.fixture
def key(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick_passphrases: None) -> Path:
    """The key file of the project, with one name in it; Awa leads, and there is no archivist."""
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "cire à cacheter")
    path = tmp_path / "keys" / "register.age"
    ok("--coder", "Awa", "names", "new", "--key-file", str(path))
    ok("--coder", "Awa", "names", "accept", "Zimboulou", "--as", "Sali", "--class", "person")
    return path


def test_it_is_overwritten_removed_receipted_and_on_record(folder: Path, key: Path, tmp_path: Path) -> None:
    digest, twin = hashlib.sha256(key.read_bytes()).hexdigest(), tmp_path / "twin"
    os.link(key, twin)
    size = key.stat().st_size
    done = ok("--coder", "Awa", "keyfile", "destroy", "--because", "end of retention", "--yes")
    assert done.err.index("names check") < done.err.index("1 name will be lost") and "backups" in done.err
    assert not key.exists() and twin.stat().st_size == size and b"age-encryption" not in twin.read_bytes()
    receipt = Path(done.lines[0])
    told = receipt.read_text("utf-8")
    assert receipt.parent == folder and digest in told and "end of retention" in told and "Awa" in told
    assert "Zimboulou" not in told + done.err + done.out and "Sali" not in told
    shown = ok("keyfile", "--json").json("keyfile")
    assert (shown["exists"], shown["digest"], shown["because"]) == (False, digest, "end of retention")
    [act] = ok("audit", "--kind", "key", "--json").json("audit")["acts"]
    assert act["by"] == "Awa"
    assert any(step["done"] for step in ok("retention", "--json").json("retention")["steps"] if step["step"] == "key")
    assert call("--coder", "Awa", "undo").code == 3
    refused = call("names")
    assert refused.code == 3 and "destroyed on" in refused.err and "names new" in refused.err
    with Project.open(folder) as project, pytest.raises(InputRefused, match="destroyed on"):  # As an import opens it.
        open_or_new(project, str, str)
    ok("names", "new")  # As the refusal says; nothing is missed where one was destroyed on purpose.


def test_what_else_holds_names_is_told_before_and_stands_on_the_receipt(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    ok("--coder", "Awa", "names", "table", "out", str(tmp_path / "noms.csv"))
    with Project.open(folder) as project:
        lead = project.connection.execute("select id from coder where name = 'Awa'").fetchone()[0]
        with project.act(lead) as act:
            act.put("output", new_id(), name="originaux.age", kind="originals", at=now(), digest="d", details={})
    done = ok("--coder", "Awa", "keyfile", "destroy", "--because", "x", "--yes")
    told = Path(done.lines[0]).read_text("utf-8")
    for text in (done.err, told):
        assert "noms.csv: table of names, in plain text" in text
        assert "originaux.age: archive of originals, opened by its own passphrase" in text
    assert done.err.index("originaux.age") < done.err.index("1 name will be lost")


def test_of_files_with_names_those_that_are_there_are_told_from_those_that_are_gone(
    folder: Path, key: Path, tmp_path: Path
) -> None:
    gone, there, theirs = tmp_path / "noms.csv", tmp_path / "noms2.csv", tmp_path / "home2" / "theirs.age"
    for table in (gone, there):
        ok("--coder", "Awa", "names", "table", "out", str(table))
    theirs.parent.mkdir()
    theirs.write_bytes(key.read_bytes())
    ok("--coder", "Awa", "names", "join", str(theirs))
    gone.unlink()
    done = ok("--coder", "Awa", "keyfile", "destroy", "--because", "x", "--yes")
    for text in (done.err, Path(done.lines[0]).read_text("utf-8")):
        still, lost = text.split("not where they were any more")
        assert f"- {there}: table of names" in still and f"- {theirs}: key file of a colleague" in still
        assert str(gone) not in still and f"- {gone} (" in lost and str(there) not in lost.split("\n\n")[0]


def test_who_may_not_a_missing_reason_and_no_answer_leave_it(folder: Path, key: Path) -> None:
    before = key.read_bytes()
    tries = [
        (["--coder", "Daan", "keyfile", "destroy", "--because", "x", "--yes"], 2, "archivist"),
        (["--coder", "Awa", "keyfile", "destroy", "--because", " ", "--yes"], 3, "Say why"),
        (["--coder", "Awa", "keyfile", "destroy", "--because", "x"], 2, "--yes"),
        (["--coder", "Awa", "keyfile", "destroy", "--yes"], 2, "--because"),
    ]
    for args, code, said in tries:
        done = call(*args)
        assert (done.code, said in done.err) == (code, True), done.err
    assert key.read_bytes() == before and not ok("keyfile", "--json").json("keyfile")["destroyed"]


def test_one_whose_passphrase_is_lost_is_destroyed_unopened(
    folder: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "another one")
    refused = call("--coder", "Awa", "keyfile", "destroy", "--because", "x", "--yes")
    assert refused.code == 3 and key.exists()
    done = ok("--coder", "Awa", "keyfile", "destroy", "--because", "x", "--yes", "--unopened", "--receipt", "r.txt")
    assert "not opened" in done.err and not key.exists() and "not counted" in (tmp_path / "r.txt").read_text("utf-8")


def test_what_cannot_be_written_over_stays_and_is_not_on_record(folder: Path, key: Path) -> None:
    key.unlink()
    key.mkdir()
    refused = call("--coder", "Awa", "keyfile", "destroy", "--because", "x", "--yes", "--unopened")
    assert refused.code == 3 and key.is_dir()
    assert not list(folder.glob("key-file*")) and not ok("keyfile", "--json").json("keyfile")["destroyed"]
