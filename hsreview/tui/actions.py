"""The one registry of what can be done in the workbench.

Bindings, footer, help, palette, key-map file and the key table of the docs are all made from it; a behaviour
without an entry here cannot be bound or found.
"""

from __future__ import annotations

from hsreview.tui.action import SCOPE_TITLES, Action, Scope
from hsreview.tui.actions_codebook import CODEBOOK_ACTIONS
from hsreview.tui.actions_coding import CODING_ACTIONS
from hsreview.tui.actions_correcting import CORRECTING_ACTIONS
from hsreview.tui.actions_framework import FRAMEWORK_ACTIONS
from hsreview.tui.actions_framework_rows import FRAMEWORK_ROW_ACTIONS
from hsreview.tui.actions_framework_versions import FRAMEWORK_VERSION_ACTIONS
from hsreview.tui.actions_matrix import MATRIX_ACTIONS
from hsreview.tui.actions_monitoring import MONITORING_ACTIONS
from hsreview.tui.actions_privacy import PRIVACY_ACTIONS
from hsreview.tui.actions_public import PUBLIC_ACTIONS
from hsreview.tui.actions_review import REVIEW_ACTIONS
from hsreview.tui.actions_screens import SCREEN_ACTIONS
from hsreview.tui.actions_search import SEARCH_ACTIONS
from hsreview.tui.actions_validation import VALIDATION_ACTIONS

__all__ = ["SCOPE_TITLES", "Action", "Scope", "actions_of", "find", "known", "registry"]

_REGISTRY: tuple[Action, ...] = (
    *CODING_ACTIONS,
    *CORRECTING_ACTIONS,
    *SCREEN_ACTIONS,
    *SEARCH_ACTIONS,
    *CODEBOOK_ACTIONS,
    *REVIEW_ACTIONS,
    *PUBLIC_ACTIONS,
    *PRIVACY_ACTIONS,
    *MATRIX_ACTIONS,
    *FRAMEWORK_ACTIONS,
    *FRAMEWORK_ROW_ACTIONS,
    *VALIDATION_ACTIONS,
    *FRAMEWORK_VERSION_ACTIONS,
    *MONITORING_ACTIONS,
)
_BY_ID = {entry.id: entry for entry in _REGISTRY}


def registry() -> tuple[Action, ...]:
    """Every action, in the order of help and docs."""
    return _REGISTRY


def actions_of(*scopes: Scope) -> list[Action]:
    """The actions of these scopes, in the order of the registry."""
    return [entry for entry in _REGISTRY if entry.scope in scopes]


def find(identity: str) -> Action:
    """The action with this id (`text.next_unit`). Raises KeyError."""
    return _BY_ID[identity]


def known(identity: str) -> bool:
    """Whether the registry has this id."""
    return identity in _BY_ID
