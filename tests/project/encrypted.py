"""Encrypted projects for tests: passphrases that cost nothing, and a memory that forgets them between tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hsreview.project import cipher, unlocking
from hsreview.workflows.encrypting import encrypt

PASSPHRASE = 'quatre mots d’été\'s "cités"'


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A key is made in no time; afterwards nothing is known any more."""
    pytest.importorskip("sqlcipher3")
    monkeypatch.setattr(cipher, "_ITERATIONS", 1)
    unlocking.lock()
    yield
    unlocking.lock()
    unlocking.ask_with(None)


def answers(*given: str) -> list[bool]:
    """Give these passphrases to whoever asks; the list that is returned tells for each question if it was the first."""
    rest = list(given)
    asked: list[bool] = []

    def ask(_path: Path, wrong: bool) -> str | None:
        asked.append(not wrong)
        return rest.pop(0) if rest else None

    unlocking.ask_with(ask)
    return asked


def encrypted(root: Path, passphrase: str = PASSPHRASE) -> Path:
    """Encrypt the project in `root` and forget the passphrase."""
    encrypt(root, lambda: passphrase, lambda _name: None)
    unlocking.lock()
    return root
