"""What every test gets: a fixed world (language, time zone, the settings of nobody) without a network.

`--deep` runs the tests marked `deep` as well, and gives Hypothesis its full counts.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.assertion import rewrite
from hypothesis import HealthCheck, settings

from hsreview.base.messages import use_language
from tests import quick_passphrases as quick
from tests.no_network import sitecustomize as no_network

if TYPE_CHECKING:
    from hsreview.project.project import Project
    from tests.builders import Templates

ROOT = Path(__file__).resolve().parent.parent
WORLD = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "TERM": "xterm-256color"}
HIDDEN = ("HSREVIEW_", "TEXTUAL", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "COLUMNS", "LINES", "TMUX")
LONG_FILE = 20_000
"""Characters from which on a YAML file is composed once only."""
MEMORY = Path("/dev/shm")
"""Where Linux keeps files in memory: there a test does not wait until what it wrote is safe on the disk."""
ROOM = 4 * 2**30
"""Bytes that have to be free in memory."""

settings.register_profile("normal", max_examples=16, deadline=None, derandomize=True)
settings.register_profile("deep", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--deep", action="store_true", help="run the full counts of random histories, edits and kills")


def pytest_configure(config: pytest.Config) -> None:
    """Fix the environment before any test module is imported; child processes inherit it."""
    gc.set_threshold(100_000, 50, 50)  # Screens make so many objects that collecting them takes a sixth of the time.
    settings.load_profile("deep" if config.getoption("--deep") else "normal")
    for name in [name for name in os.environ if name.startswith(HIDDEN) and "SNAPSHOT" not in name]:
        del os.environ[name]
    os.environ.update(WORLD)
    if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None
    if hasattr(time, "tzset"):
        time.tzset()
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    guard = str(Path(no_network.__file__).parent)
    os.environ["PYTHONPATH"] = os.pathsep.join([guard, *(path for path in paths if path not in ("", guard))])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--deep"):
        return
    deep = [item for item in items if item.get_closest_marker("deep")]
    config.hook.pytest_deselected(items=deep)
    items[:] = [item for item in items if not item.get_closest_marker("deep")]


def pytest_sessionstart(session: pytest.Session) -> None:
    prepare_assertions(session.config)
    compose_once()


def prepare_assertions(config: pytest.Config) -> None:
    """Processes that run the tests together share the work of making assertions tell what they compared.

    Each writes its part of the test modules as pytest does, which otherwise every process would do for all of them.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ or sys.dont_write_bytecode:
        return
    part, parts = int(os.environ["PYTEST_XDIST_WORKER"][2:]), int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
    for path in islice(sorted((ROOT / "tests").rglob("test_*.py")), part, None, parts):
        folder = rewrite.get_cache_dir(path)
        target = folder / (path.stem + rewrite.PYC_TAIL)
        if rewrite.try_makedirs(folder) and rewrite._read_pyc(path, target) is None:
            stat, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, stat, target)


def compose_once() -> None:
    """The codebook that is shipped takes half a second to compose, and many tests begin with it: compose it once."""
    from ruamel.yaml import YAML

    compose = YAML.compose
    known: dict[str, Any] = {}

    def composed(yaml: YAML, text: str) -> Any:
        if len(text) < LONG_FILE:
            return compose(yaml, text)
        if text not in known:
            known[text] = compose(yaml, text)
        return known[text]

    pytest.MonkeyPatch().setattr(YAML, "compose", composed)


def pytest_collection_finish() -> None:
    """Leave modules and lists of tests out of each look for what is free."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Look for what is free once: what it leaves is not looked at five times."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders (not yet made) for the settings and state of one test each."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(scope="session")
def built_demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """The folder of the sample project in one language, with or without its framework, built by `hsreview demo`.

    Processes that run the tests together build it once; whoever writes in it takes a copy.
    """
    from hsreview.workflows import demo
    from hsreview.workflows.importing import ImportOptions
    from tests.cli.conftest import ok

    build_demo = demo.build_demo
    base = tmp_path_factory.getbasetemp()
    shelf = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demos"
    shelf.mkdir(exist_ok=True)

    @cache
    def build(language: str, coded_only: bool) -> Path:
        folder = shelf / f"{language}-{'coded' if coded_only else 'whole'}"
        with closing(sqlite3.connect(f"{folder}.lock", timeout=600)) as lock, pytest.MonkeyPatch.context() as patch:
            lock.execute("begin exclusive")
            if not folder.exists():
                spare = tmp_path_factory.mktemp("demo")
                patch.setattr(demo, "build_demo", build_demo)
                patch.setitem(vars(ImportOptions)["__init__"].__kwdefaults__, "gated", True)
                patch.setenv("HSREVIEW_HOME", str(spare / "home"))
                patch.setenv("HSREVIEW_LANG", language)
                use_language(language)
                ok("demo", str(spare / "demo"), *(["--coded-only"] if coded_only else []))
                (spare / "demo").rename(folder)
        return folder

    return build


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Templates]:
    """What `a_project` has built already."""
    from tests import builders

    with pytest.MonkeyPatch.context() as patch:
        known = builders.Templates(tmp_path_factory.mktemp("templates"))
        patch.setattr(builders, "templates", known)
        yield known


@pytest.fixture(autouse=True)
def fresh_user(homes: Iterator[Path], templates: Templates, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user who never opened hsreview and reads English; returns the folder of their settings and state."""
    home = next(homes)
    monkeypatch.setenv("HSREVIEW_HOME", str(home))
    monkeypatch.setenv("HSREVIEW_LANG", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    use_language("en")
    templates.free = True
    yield home
    templates.free = False
    use_language("en")


@pytest.fixture(scope="session")
def numbers() -> Iterator[int]:
    """A number for each temporary folder."""
    return count()


@pytest.fixture
def tmp_path(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, numbers: Iterator[int]
) -> Iterator[Path]:
    """A new folder, kept when the test failed.

    pytest’s own fixture looks at the folders of all earlier tests to find a free number.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.mktemp(f"{name}-{next(numbers)}", numbered=False)
    failed = request.session.testsfailed
    yield folder
    if request.session.testsfailed == failed:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def no_network_used() -> Iterator[None]:
    """Fail the test that tried to use the network, even if the code under test caught the error."""
    no_network.attempts.clear()
    yield
    assert not no_network.attempts


@pytest.fixture(scope="session", autouse=True)
def imported_before_consent() -> Iterator[Callable[[Project], str]]:
    """Transcripts that tests import count as those from before consent was asked for, and nobody is warned of it.

    What would warn is returned.
    """
    from hsreview.workflows import consents
    from hsreview.workflows.importing import ImportOptions

    notice = consents.unrecorded_notice
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(vars(ImportOptions)["__init__"].__kwdefaults__, "gated", False)
        patch.setattr(consents, "unrecorded_notice", lambda _project: "")
        yield notice


@pytest.fixture
def consent_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transcripts that the test imports wait for consent, as they do for everybody who uses the program."""
    from hsreview.workflows.importing import ImportOptions

    monkeypatch.setitem(vars(ImportOptions)["__init__"].__kwdefaults__, "gated", True)


@pytest.fixture
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that cost nothing, for tests about who is asked for one and what is done with it."""
    monkeypatch.setattr("hsreview.privacy.passphrase_work.apart", lambda: False)
    monkeypatch.setattr("pyrage.passphrase.encrypt", quick.encrypt)
    monkeypatch.setattr("pyrage.passphrase.decrypt", quick.decrypt)


@pytest.fixture(scope="session")
def deep(pytestconfig: pytest.Config) -> bool:
    """Whether the full counts are wanted (`make test-deep`)."""
    return bool(pytestconfig.getoption("--deep"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the real data beside the checkout is absent")
    return folder
