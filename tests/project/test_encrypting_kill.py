"""`kill -9` while a project is encrypted, made plain, or given another passphrase: it opens, whole, either way."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from hsreview.project import unlocking
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.checking import backup
from hsreview.workflows.encrypting import decrypt, encrypt, protection
from hsreview.workflows.reading import transcripts
from tests.builders import a_project
from tests.project import kill_child
from tests.project.encrypted import PASSPHRASE, answers
from tests.project.encrypted import quick_keys as quick_keys
from tests.project.test_encrypting import plain_words, quietly
from tests.project.test_kill import processes

pytestmark = pytest.mark.usefixtures("quick_keys")
TURNS = ("encrypt", "change_passphrase", "decrypt")


def _run(root: Path, what: str, kill_after: float | None) -> float:
    """Let another program do it, and kill it after so many seconds; returns how long it took."""
    heard, told = processes.Pipe(duplex=False)
    args = (str(root), os.environ["HSREVIEW_HOME"], what, 1, told)
    process = processes.Process(target=kill_child.protect, args=args, daemon=True)
    process.start()
    told.close()
    assert heard.recv() == kill_child.BEGIN
    begun = time.perf_counter()
    if kill_after is None:
        assert heard.recv() == "done"
    else:
        while time.perf_counter() < begun + kill_after:
            pass
        process.kill()
    process.join()
    return time.perf_counter() - begun


def _kills(root: Path, kills: int, seed: int) -> None:
    project, _coder = a_project(root)
    backup(project)
    project.close()
    chance = random.Random(seed)
    took = {what: _run(root, what, None) for what in TURNS}
    for kill in range(kills):
        what = TURNS[kill % len(TURNS)]
        _run(root, what, chance.random() * took[what])
        unlocking.lock()
        answers(PASSPHRASE)
        with Project.open(root) as after:
            assert len(transcripts(after)) == 1 and examine(after.connection) == []
        answers(*[PASSPHRASE] * 2)
        encrypt(root, lambda: PASSPHRASE, quietly)
        assert plain_words(root) == set() and protection(root).plain_backups == ()
        assert not list(root.rglob(".*")), "what the killed program left is taken away"
        if what == "decrypt":
            decrypt(root, quietly)


def test_a_killed_encryption_loses_nothing(tmp_path: Path) -> None:
    _kills(tmp_path, 6, 20261122)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(10))
def test_a_killed_encryption_loses_nothing_deep(tmp_path: Path, seed: int) -> None:
    _kills(tmp_path, 60, seed)
