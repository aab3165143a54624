"""Locks and bundles: what a computer without internet access is given."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from hsreview.language.model_files import TRUSTED
from scripts.bundle import PLATFORMS, install_text, requirements
from tests.conftest import ROOT

LOCK = (ROOT / "requirements.lock").read_text("utf-8")
DEV_LOCK = (ROOT / "requirements-dev.lock").read_text("utf-8")
MODELS_LOCK = (ROOT / "requirements-models.lock").read_text("utf-8")


def pinned(lock: str) -> dict[str, set[str]]:
    """Package name → the versions that the lock allows (one, or one for each range of Python versions)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


@pytest.mark.parametrize(
    ("lock", "groups"), [(LOCK, ["build"]), (DEV_LOCK, ["build", "dev"])], ids=["requirements", "requirements-dev"]
)
def test_the_lock_has_what_the_project_asks_for(lock: str, groups: list[str]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + [name for g in groups for name in project["dependency-groups"][g]]
    versions = pinned(lock)
    missing = [
        text
        for text in wanted
        if not any(
            Requirement(text).specifier.contains(v) for v in versions.get(canonicalize_name(Requirement(text).name), ())
        )
    ]
    assert not missing, "run `make lock`"


def test_both_locks_name_the_same_versions() -> None:
    development = pinned(DEV_LOCK)
    assert {name: development.get(name) for name in pinned(LOCK)} == pinned(LOCK)


def test_the_lock_of_models_names_the_files_that_hsreview_trusts() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    names = {canonicalize_name(Requirement(extras[name][0]).name) for name in ("fr", "fr-md", "en", "en-md")}
    trusted = {canonicalize_name(each.name): each.sha256 for each in TRUSTED.values()}
    assert names <= pinned(MODELS_LOCK).keys() & trusted.keys()
    assert all(f"--hash=sha256:{trusted[name]}" in MODELS_LOCK for name in names)


@pytest.mark.parametrize(
    "lock", [LOCK, DEV_LOCK, MODELS_LOCK], ids=["requirements", "requirements-dev", "requirements-models"]
)
def test_every_entry_has_hashes_and_no_address(lock: str) -> None:
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        assert re.match(r"[\w.-]+==", entry)
        assert " --hash=sha256:" in entry
    assert "://" not in lock


def test_drawn_screens_are_pinned_to_one_version_of_textual() -> None:
    assert pinned(LOCK)["textual"] == {"8.2.8"}


def test_a_bundle_follows_the_other_computer_not_this_one() -> None:
    windows = pinned(requirements(LOCK, PLATFORMS["win_amd64"], "3.12"))
    linux = pinned(requirements(LOCK, PLATFORMS["linux_x86_64"], "3.11"))
    assert "colorama" in windows and "colorama" not in linux
    assert len(windows["numpy"]) == len(linux["numpy"]) == 1
    assert windows["numpy"] != linux["numpy"]
    assert " ; " not in requirements(LOCK, PLATFORMS["win_amd64"], "3.12")


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_the_install_text_has_three_lines(name: str) -> None:
    text = install_text(PLATFORMS[name], "3.12")
    assert len(text.split("\n")) == 4
    assert ("\\Scripts\\" in text) == ("\r\n" in text) == (name == "win_amd64")
