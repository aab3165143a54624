"""Every way of labelling speakers that the readers know has a name for people."""

from __future__ import annotations

from hsreview.intake import labels
from hsreview.intake.conventions import BOLD
from hsreview.intake.conventions import CONVENTIONS as FOUND
from hsreview.intake.dominant import BARE, MIXED, NONE
from hsreview.model.staging import CONVENTIONS

COLUMN = 14
"""The cells that the staging screen has for it."""


def test_every_convention_has_a_short_name() -> None:
    stated = {*labels._STATED.values(), "table"}
    assert set(CONVENTIONS) == {convention.name for convention in FOUND} | {BARE, BOLD, MIXED, NONE} | stated
    assert max(map(len, CONVENTIONS.values())) <= COLUMN
