"""The command line and a small project to call it on."""

from __future__ import annotations

from tests.cli.conftest import folder, template

__all__ = ["folder", "template"]
