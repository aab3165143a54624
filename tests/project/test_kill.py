"""`kill -9` inside acts, at random moments: nothing that was shown is lost, and nothing half done remains."""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.reading import codings_of, transcripts
from tests.builders import a_project
from tests.project import kill_child

if sys.platform == "win32":
    processes = multiprocessing.get_context("spawn")
else:
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.project.kill_child"])


class Victim:
    """A program that codes or imports until it is killed."""

    def __init__(self, root: Path, what: str, first: int) -> None:
        self._heard, told = processes.Pipe(duplex=False)
        args = (str(root), os.environ["HSREVIEW_HOME"], what, first, told)
        self._process = processes.Process(target=kill_child.work, args=args, daemon=True)
        self._process.start()
        told.close()
        self.shown: list[str] = []

    def kill_inside(self, act: int, share: float) -> bool:
        """Kill it in its n-th act, when about `share` of the time of an act has passed; whether it was inside one."""
        times = []
        for _ in range(act):
            assert self._heard.recv() == kill_child.BEGIN
            begun = time.perf_counter()
            self.shown.append(self._heard.recv())
            times.append(time.perf_counter() - begun)
        assert self._heard.recv() == kill_child.BEGIN
        end = time.perf_counter() + share * min(times)
        while time.perf_counter() < end:
            pass
        self._process.kill()
        rest = list(_all(self._heard))
        self._process.join()
        self.shown += [each for each in rest if each != kill_child.BEGIN]
        return len(rest) % 2 == 0


def _all(heard: Connection) -> list[str]:
    said: list[str] = []
    with suppress(EOFError, OSError):
        while True:
            said.append(heard.recv())
    return said


def _kill(root: Path, what: str, kills: int, seed: int) -> int:
    """Kill a program `kills` times in one project; returns how many kills were inside an act."""
    a_project(root)[0].close()
    chance = random.Random(seed)
    shown: set[str] = set()
    inside = 0
    for kill in range(kills):
        victim = Victim(root, what, 1 + kill * 1000)
        inside += victim.kill_inside(chance.randint(1, 3), 1.3 * chance.random())
        shown.update(victim.shown)
        with Project.open(root) as after:
            stored = {c.id for c in codings_of(after)} if what == "codings" else {t.name for t in transcripts(after)}
            stored.discard("cso-1")
            assert shown <= stored
            assert len(stored - shown) <= inside, "only an act under way at a kill is stored without having been shown"
            assert examine(after.connection) == []
    return inside


@pytest.mark.parametrize("what", ["codings", "imports"])
def test_nothing_shown_is_lost(tmp_path: Path, what: str) -> None:
    assert _kill(tmp_path, what, 25, 20261121) >= 10, "a fair share of the kills falls inside an act"


@pytest.mark.deep
@pytest.mark.parametrize("what", ["codings", "imports"])
def test_nothing_shown_is_lost_deep(tmp_path: Path, what: str) -> None:
    assert sum(_kill(tmp_path / str(seed), what, 25, seed) for seed in range(20)) >= 250
