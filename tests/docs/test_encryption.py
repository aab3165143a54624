"""The page about encryption: its commands run in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.workflows.encrypting import protection
from tests.docs.pages import DOCS, LANGUAGES
from tests.docs.shell import follow
from tests.project.encrypted import quick_keys as quick_keys


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_is_encrypted_and_back(
    language: str, reader: Path, quick_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HSREVIEW_PASSPHRASE", "HSREVIEW_NEW_PASSPHRASE"):
        monkeypatch.setenv(name, "cinq mots sans aucun rapport")
    follow(DOCS / f"encryption.{language}.md", reader)
    found = protection(Path.cwd())
    assert not found.encrypted and len(found.other_backups) == 1 and not found.plain_backups
