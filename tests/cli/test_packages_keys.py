"""`keys` and `conflicts`: public keys in the project, private ones never; contradictions are settled once for all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyrage
import pytest

from hsreview.privacy import keys
from tests.cli.conftest import call, ok


def test_a_key_is_made_once_and_only_its_public_half_is_shown(folder: Path) -> None:
    done = ok("keys", "new")
    [public] = done.lines
    secret = keys.private_key(lambda: "").secret
    assert public.startswith("age1") and secret not in done.out + done.err
    assert str(keys.key_file()) in done.err
    assert ok("keys", "show").lines == [public]
    assert ok("keys", "show", "--json").json("keys show") == {"key": public, "path": str(keys.key_file())}
    again = call("keys", "new")
    assert again.code == 3 and "already" in again.err
    ok("--coder", "Awa", "keys", "add", "Daan", public)
    for path in folder.rglob("*"):
        assert path.is_dir() or secret.encode() not in path.read_bytes()


def test_without_a_key_it_is_said_how_to_make_one() -> None:
    done = call("keys", "show")
    assert done.code == 3 and "keys new" in done.err


def test_keys_of_the_team(folder: Path) -> None:
    public = ok("keys", "new").lines[0]
    ok("--coder", "Awa", "keys", "add", "Daan", public)
    assert "already" in ok("--coder", "Awa", "keys", "add", "Daan", f" {public} ").err
    [entry] = ok("keys", "--json").json("keys")["keys"]
    assert entry["coder"] == "Daan" and entry["key"] == public and entry["own"]
    assert public in ok("keys").out
    ok("--coder", "Awa", "keys", "forget", "Daan", public)
    assert ok("keys", "--json").json("keys") == {"keys": []}
    assert call("--coder", "Awa", "keys", "forget", "Daan").code == 2


def test_a_key_has_one_owner_and_a_second_key_is_told(folder: Path) -> None:
    first = ok("keys", "new").lines[0]
    ok("--coder", "Awa", "keys", "add", "Awa", first)
    done = call("--coder", "Awa", "keys", "add", "Daan", first)
    assert done.code == 2 and "This is the key of Awa" in done.err
    keys = [str(pyrage.x25519.Identity.generate().to_public()) for _n in range(2)]
    assert "keys now" not in ok("--coder", "Awa", "keys", "add", "Daan", keys[0]).err
    assert "Daan has 2 keys now" in ok("--coder", "Awa", "keys", "add", "Daan", keys[1]).err
    assert [k["coder"] for k in ok("keys", "--json").json("keys")["keys"]] == ["Awa", "Daan", "Daan"]


@pytest.mark.parametrize("wrong", ["age1", "Daan", "AGE-SECRET-KEY-1QQQ"])
def test_what_is_no_public_key_is_not_stored(folder: Path, wrong: str) -> None:
    done = call("--coder", "Awa", "keys", "add", "Daan", wrong)
    assert done.code == 2 and "age1" in done.err and "QQQ" not in done.err
    assert ok("keys", "--json").json("keys") == {"keys": []}


@pytest.mark.usefixtures("quick_passphrases")
def test_a_passphrase_for_the_key_is_read_from_a_file(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("", encoding="utf-8")
    assert call("keys", "new", "--passphrase-file", str(secret)).code == 2
    assert call("keys", "new", "--passphrase-file", str(tmp_path / "none")).code == 3
    secret.write_text("deux chèvres\r\nrest", encoding="utf-8")
    ok("keys", "new", "--passphrase-file", str(secret))
    assert b"AGE-SECRET" not in keys.key_file().read_bytes()
    assert call("keys", "new", "--passphrase").code == 2, "nobody can be asked"


def test_no_conflicts_are_said_to_be_none(folder: Path) -> None:
    assert json.loads(ok("conflicts", "--json").out) == {"conflicts": []}
    assert "0 open conflicts." in ok("conflicts").err
    done = call("--coder", "Awa", "conflicts", "decide", "x", "--take", "y", "--because", "z")
    assert done.code == 2 and "no open conflict x" in done.err


@pytest.fixture
def contradiction(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Awa and Daan rename a transcript, each in a folder of their own, and exchange packages; returns Daan's folder."""
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    ok("--coder", "Awa", "transcripts", "rename", "cso-2", "cso-gao")
    ok("-p", str(other), "--coder", "Daan", "transcripts", "rename", "cso-2", "cso-kidal")
    exchange(folder, other, tmp_path / "1")
    return other


def exchange(one: Path, other: Path, box: Path) -> None:
    """The lead’s whole project and the coder’s own records go into the other project."""
    box.mkdir()
    for root, name, coder, what in ((one, "one", "Awa", "--all"), (other, "other", "Daan", "--mine")):
        plain = ("--plain", "--because", "test", "-o", str(box / name))
        ok("-p", str(root), "--coder", coder, "package", "make", what, *plain)
    ok("-p", str(one), "merge", str(box / "other"))
    ok("-p", str(other), "merge", str(box / "one"))


def test_a_conflict_is_the_same_everywhere_until_it_is_decided(
    folder: Path, contradiction: Path, tmp_path: Path
) -> None:
    ours = ok("conflicts", "--json").json("conflicts")["conflicts"]
    assert ours == ok("-p", str(contradiction), "conflicts", "--json").json("conflicts")["conflicts"]
    [conflict] = ours
    assert (conflict["table"], conflict["field"]) == ("transcript", "name")
    assert {(v["coder"], v["said"]) for v in conflict["values"]} == {("Awa", "cso-gao"), ("Daan", "cso-kidal")}
    shown = ok("conflicts")
    assert conflict["id"] in shown.err and "cso-kidal" in shown.out and "1 open conflict." in shown.err

    kidal = next(v["record"] for v in conflict["values"] if v["coder"] == "Daan")
    settle = ("conflicts", "decide", conflict["id"], "--take", kidal)
    assert call("--coder", "Awa", *settle, "--because", " ").code == 2
    assert call("--coder", "Daan", *settle, "--because", "mine").code == 2, "only a lead decides"
    done = ok("--coder", "Awa", *settle, "--because", "the minutes say so")
    assert "cso-kidal" in done.err
    assert ok("conflicts", "--json").json("conflicts") == {"conflicts": []}
    ok("--coder", "Awa", "undo")
    assert ok("conflicts", "--json").json("conflicts") == {"conflicts": [conflict]}
    ok("--coder", "Awa", "redo")
    exchange(folder, contradiction, tmp_path / "2")
    for root in (folder, contradiction):
        assert ok("-p", str(root), "conflicts", "--json").json("conflicts") == {"conflicts": []}
        names = {t["name"] for t in ok("-p", str(root), "transcripts", "--json").json("transcripts")["transcripts"]}
        assert names == {"cso-1", "cso-kidal"}
    late = call("--coder", "Awa", *settle, "--because", "again")
    assert late.code == 2 and "no open conflict" in late.err


def test_the_beginning_of_an_id_is_enough_when_it_is_clear(contradiction: Path) -> None:
    [conflict] = ok("conflicts", "--json").json("conflicts")["conflicts"]
    records = [value["record"] for value in conflict["values"]]
    done = call("--coder", "Awa", "conflicts", "decide", conflict["id"][:8], "--take", "0", "--because", "x")
    assert done.code == 2 and "begin with 0" in done.err
    assert call("--coder", "Awa", "conflicts", "decide", conflict["id"], "--take", "zz", "--because", "x").code == 2
    ok("--coder", "Awa", "conflicts", "decide", conflict["id"][:8], "--take", records[0], "--because", "x")


def test_a_merge_tells_of_conflicts(folder: Path, contradiction: Path, tmp_path: Path) -> None:
    done = ok("merge", "--dry-run", str(tmp_path / "1" / "other"), "--json")
    [conflict] = done.json("merge")["conflicts"]
    assert conflict["thing"].startswith("transcript") and "hsreview conflicts" in done.err


def test_two_keys_noted_at_once_are_a_conflict_that_names_the_coder(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    both = [str(pyrage.x25519.Identity.generate().to_public()) for _n in range(2)]
    ok("--coder", "Awa", "keys", "add", "Daan", both[0])
    ok("-p", str(other), "--coder", "Daan", "keys", "add", "Daan", both[1])
    exchange(folder, other, tmp_path / "1")
    [conflict] = ok("conflicts", "--json").json("conflicts")["conflicts"]
    assert conflict["thing"] == "public keys of Daan"
    ok(
        "--coder",
        "Awa",
        "keys",
        "add",
        "Daan",
        *(set(both) - {k["key"] for k in ok("keys", "--json").json("keys")["keys"]}),
    )
    assert ok("conflicts", "--json").json("conflicts") == {"conflicts": []}, "whoever saw both wrote what counts"
