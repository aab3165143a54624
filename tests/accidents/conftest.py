"""A small project for every accident, and a witness that it is left as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.accidents.witness import records, sound
from tests.cli.conftest import folder as folder
from tests.cli.conftest import template as template


@pytest.fixture
def unchanged(folder: Path) -> Iterator[Path]:
    """The project's folder; after the test its log is as long as it was, and the project is sound."""
    before = records(folder)
    yield folder
    assert records(folder) == before
    assert sound(folder)


@pytest.fixture
def still_sound(folder: Path) -> Iterator[Path]:
    """The project's folder; after the test the project is sound, whatever was stored meanwhile."""
    yield folder
    assert sound(folder)
