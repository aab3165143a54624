"""The key file: what opens it, what is wrong with it, and that nobody's work in it is overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import pyrage
import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.privacy.key_file import (
    KeyFile,
    Lock,
    check_writable,
    checked_passphrase,
    default_place,
    new_key_file,
    open_key_file,
)
from hsreview.privacy.keys import PrivateKey
from hsreview.privacy.register import Name
from hsreview.privacy.register_json import FORMAT, as_json

SECRET = "clé d’été"


def no_key() -> PrivateKey:
    raise AssertionError("no key is asked for")


def again(path: Path, passphrase: str = SECRET, project: str = "p") -> KeyFile:
    return open_key_file(path, project, lambda: passphrase, no_key)


@pytest.fixture
def path(tmp_path: Path, quick_passphrases: None) -> Path:
    """A key file with one name."""
    made = new_key_file(tmp_path / "deep" / "names.age", "p", Lock(SECRET))
    made.save(made.register.changed("me", [Name(1, "Aminata Diarra", "person", "Oumou Sow", contact="76 12 34 56")]))
    return made.path


def test_what_was_decided_is_there_again_and_nowhere_readable(path: Path) -> None:
    assert again(path).register.find("aminata  DIARRA") is not None
    assert b"Aminata" not in path.read_bytes() and b"Sow" not in path.read_bytes()
    assert list(path.parent.iterdir()) == [path]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


def test_a_passphrase_is_the_same_however_its_accents_are_typed(path: Path) -> None:
    assert again(path, checked_passphrase("cle\u0301 d’e\u0301te\u0301")).register.names
    with pytest.raises(UsageProblem):
        checked_passphrase(" ")


def test_a_key_file_of_a_newer_program_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = again(path)
    monkeypatch.setattr(
        "hsreview.privacy.key_file.as_json", lambda register: {**as_json(register), "format": FORMAT + 1}
    )
    file.save(file.register)
    with pytest.raises(InputRefused, match="newer"):
        again(path)


def test_what_could_not_be_relocked_stays_as_it_was(path: Path) -> None:
    file, other = again(path), again(path)
    other.save(other.register.changed("me", [Name(2, "Moussa")]))
    with pytest.raises(InputRefused, match="another program"):
        file.relock(Lock("another"))
    assert file.lock.passphrase == SECRET and again(path).register.names


def test_a_link_leads_to_the_key_file_and_stays_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "names.age"
    try:
        link.symlink_to(path)
    except OSError:
        pytest.skip("links cannot be made here")
    file = again(link)
    file.save(file.register.changed("me", [Name(2, "Moussa")]))
    assert link.is_symlink() and again(path).register.find("Moussa") is not None


@pytest.mark.parametrize("change", ["another", "cut", "empty", "no age", "project", "gone"])
def test_a_key_file_that_cannot_be_opened_is_explained(path: Path, change: str) -> None:
    data = path.read_bytes()
    path.write_bytes({"cut": data[:40], "empty": b"", "no age": b"hello"}.get(change, data))
    if change == "gone":
        path.unlink()
    with pytest.raises(InputRefused) as refused:
        again(path, "another" if change == "another" else SECRET, "q" if change == "project" else "p")
    words = {
        "another": "passphrase is not", "cut": "cut short", "empty": "cut short", "no age": "not a key file",
        "project": "another project", "gone": "no key file",
    }  # fmt: skip
    assert words[change] in refused.value.message and str(path) in refused.value.message


def test_what_another_program_wrote_meanwhile_is_not_overwritten(path: Path) -> None:
    mine, theirs = again(path), again(path)
    theirs.save(theirs.register.changed("you", [Name(2, "Oumar", "person", "Issa")]))
    with pytest.raises(InputRefused, match="changed by another program"):
        mine.save(mine.register.changed("me", [Name(2, "Sali", "person", "Hawa")]))
    assert [name.form for name in again(path).register.names] == ["Aminata Diarra", "Oumar"]


def test_a_key_file_is_not_made_over_another_one(path: Path) -> None:
    with pytest.raises(InputRefused, match="there already"):
        new_key_file(path, "p", Lock(SECRET))


def test_a_place_that_cannot_be_written_is_told_first(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputRefused, match="--key-file"):
        check_writable(tmp_path / "file" / "names.age")
    check_writable(tmp_path / "new" / "names.age")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_a_key_file_made_for_keys_opens_with_each_of_them_and_no_other(tmp_path: Path) -> None:
    mine, yours, other = (pyrage.x25519.Identity.generate() for _ in range(3))
    lock = Lock(recipients=(str(mine.to_public()), str(yours.to_public())))
    new_key_file(tmp_path / "names.age", "p", lock)

    def opened(identity: pyrage.x25519.Identity) -> KeyFile:
        key = PrivateKey(str(identity), str(identity.to_public()))
        return open_key_file(tmp_path / "names.age", "p", lambda: SECRET, lambda: key)

    first = opened(mine)
    first.save(first.register.changed("me", [Name(1, "Awa", "person", "Oumou")]))
    assert opened(yours).register.find("awa") is not None
    with pytest.raises(InputRefused, match="other people’s keys"):
        opened(other)


def test_the_usual_place_is_outside_of_every_project(fresh_user: Path) -> None:
    assert default_place("p").is_relative_to(fresh_user)
