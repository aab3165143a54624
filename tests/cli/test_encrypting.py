"""`encrypt`, `decrypt`, `change-passphrase`, and the commands on an encrypted project."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from hsreview.project import cipher, unlocking
from tests.accidents.witness import clean, told
from tests.cli.conftest import Done, call
from tests.project.encrypted import PASSPHRASE, encrypted
from tests.project.encrypted import quick_keys as quick_keys

pytestmark = pytest.mark.usefixtures("quick_keys")


def run(*args: str, passphrase: str = PASSPHRASE, new: str = "", code: int = 0) -> Done:
    """As another program would: it knows no key but those that it is given."""
    unlocking.lock()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_PASSPHRASE", passphrase)
        patch.setenv("HSREVIEW_NEW_PASSPHRASE", new)
        done = clean(call(*args))
    assert done.code == code, done.err
    return done


def test_a_project_is_encrypted_used_and_made_plain_again(folder: Path) -> None:
    run("backup")
    (folder / "exports").mkdir(exist_ok=True)
    (folder / "exports" / "x.csv").write_text("words")
    before = run("text", "cso-1").stdout
    assert not run("encrypt", "--check", "--json", code=1).json("encrypt")["encrypted"]
    done = run("--coder", "Awa", "encrypt", "--yes", "--json", new=PASSPHRASE)
    found = done.json("encrypt")
    assert found["encrypted"] and not found["plain_backups"]
    assert found["plain_files"] == [str(folder / "exports" / "x.csv")]
    assert "1 backup was converted" in done.err and "nobody can recover it" in done.err and "SSD" in done.err
    assert PASSPHRASE not in done.err + done.out
    assert run("text", "cso-1").stdout == before
    assert b"chefs" not in (folder / "project.hsreview").read_bytes()
    run("--coder", "Awa", "codings", "add", "cso-1", "5.1", "D1")
    assert len(run("codings", "--json").json("codings")["codings"]) == 3
    run("undo")
    assert run("search", "budget", "--json").json("search")["hits"]
    run("show", "cso-1")
    run("doctor")
    assert "SSD" not in run("encrypt").err, "nothing was overwritten this time"
    run("encrypt", "--check", passphrase="", code=1)
    (folder / "exports" / "x.csv").unlink()
    run("encrypt", "--check", passphrase="")
    assert "backups still are" in run("decrypt", "--yes").err
    assert run("text", "cso-1", passphrase="").stdout == before
    acts = run("audit", "--kind", "encryption", "--json").json("audit")["acts"]
    told = [(act["by"], [each["ref"] for each in act["records"]]) for act in acts]
    assert told == [("Awa", ["decrypted"]), ("Awa", ["encrypted"])]


def test_what_is_said_without_the_passphrase(folder: Path) -> None:
    encrypted(folder)
    told("transcripts", code=4, en="is encrypted. Give its passphrase", fr="")
    assert "cannot be recovered by anybody" in run("transcripts", passphrase="faux", code=4).err
    assert "is encrypted" in run("--coder", "Awa", "undo", passphrase="", code=4).err
    assert "not that" not in run("encrypt", "--check", passphrase="", code=0).err


def test_a_passphrase_from_an_open_file(folder: Path) -> None:
    encrypted(folder)
    read, write = os.pipe()
    os.write(write, f"{PASSPHRASE}\n{PASSPHRASE}\nla seconde ligne, écrite après\r\n".encode())
    os.close(write)
    assert "cso-1" in run("--passphrase-fd", str(read), "transcripts", passphrase="").out
    run("--passphrase-fd", str(read), "change-passphrase", "--new-passphrase-fd", str(read), passphrase="")
    run("transcripts", passphrase="la seconde ligne, écrite après")
    os.close(read)
    assert "UTF-8" not in run("--passphrase-fd", "-1", "transcripts", passphrase="", code=2).err
    assert "cannot be read" in run("--passphrase-fd", str(read), "transcripts", passphrase="", code=2).err


def test_nothing_is_done_unasked(folder: Path) -> None:
    assert "--yes" in run("encrypt", new="x", code=2).err
    assert "empty" not in run("encrypt", "--yes", code=2).err
    encrypted(folder)
    assert "--yes" in run("decrypt", code=2).err
    assert cipher.salt_of(folder / "project.hsreview") is not None
    run("decrypt", "--yes")
    assert "is not encrypted" in run("change-passphrase", new="x", code=3).err


def test_what_is_done_is_told_even_if_it_cannot_be_on_record(folder: Path) -> None:
    encrypted(folder)
    done = run("--coder", "Somebody else", "change-passphrase", new="quatre mots sans lien")
    assert "no coder called Somebody else" in done.err and "not on record" in done.err
    assert "has its new passphrase" in done.err and "encrypted" in done.out
    run("transcripts", passphrase="quatre mots sans lien")


def test_another_passphrase_and_the_backups_of_the_earlier_one(folder: Path) -> None:
    run("backup")
    run("backup", str(folder.parent / "stick.hsreview"))
    encrypted(folder)
    run("backup", str(folder.parent / "old.hsreview"))
    done = run("change-passphrase", new="un autre mot", code=0)
    assert "short" in done.err and "1 backup was converted" in done.err
    run("transcripts", code=4)
    run("transcripts", passphrase="un autre mot")
    (folder / "backups" / "mine.hsreview").write_bytes((folder.parent / "stick.hsreview").read_bytes())
    assert "mine.hsreview" in run("doctor", passphrase="un autre mot", code=1).out
    run("encrypt", "--check", passphrase="", code=1)
    said = run("restore", str(folder.parent / "stick.hsreview"), "--yes", passphrase="un autre mot").err
    assert "stick" in said and "not encrypted" not in said
    assert cipher.salt_of(folder / "project.hsreview") is not None, "a plain backup makes no project plain"
    run("transcripts", passphrase="un autre mot")


def test_a_lost_passphrase_does_not_lose_the_plain_backup(folder: Path) -> None:
    run("backup", str(folder.parent / "stick.hsreview"))
    encrypted(folder)
    done = run("restore", str(folder.parent / "stick.hsreview"), "--yes", passphrase="oublié")
    assert "sealed" in done.err, "what was there is kept, and named"
    assert "not encrypted now" in done.err and "could not be read: who withdrew" in done.err
    assert "cso-1" in run("transcripts", passphrase="").out
    kept = next(folder.glob("*sealed*"))
    run("restore", str(kept), "--yes")
    assert "cso-1" in run("transcripts").out
    assert "cso-1" not in run("transcripts", passphrase="", code=4).out


def test_without_the_library_it_is_said_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encrypted(folder)
    monkeypatch.setitem(sys.modules, "sqlcipher3.dbapi2", None)
    assert "sqlcipher3" in run("transcripts", code=4).err
    assert "sqlcipher3" in run("decrypt", "--yes", code=4).err


def test_a_project_is_encrypted_from_its_first_byte(folder: Path, tmp_path: Path) -> None:
    run("--coder", "Awa", "init", str(tmp_path / "own"), "--encrypt", new=PASSPHRASE)
    run("--coder", "Awa", "package", "make", "--for", "Daan", "--plain", "--because", "test", "-o", str(tmp_path / "p"))
    run("package", "open", str(tmp_path / "p"), str(tmp_path / "daan"), "--encrypt", new=PASSPHRASE)
    for name in ("own", "daan"):
        assert cipher.salt_of(tmp_path / name / "project.hsreview") is not None
        run("-p", str(tmp_path / name), "transcripts", passphrase="", code=4)
        run("-p", str(tmp_path / name), "doctor")
