"""A connection to an encrypted project that can be let go and taken up again, for all who hold it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hsreview.base.errors import ProjectSealed
from hsreview.base.messages import _


class Sealable:
    """Stands for the connection that `open_` makes. While it is sealed, nothing can be read or written through it."""

    def __init__(self, open_: Callable[[], Any]) -> None:
        self._open = open_
        self._inner: Any = open_()

    def __getattr__(self, name: str) -> Any:
        if self._inner is None:
            raise ProjectSealed(_("The workbench is locked: give the passphrase first."))
        return getattr(self._inner, name)

    def close(self) -> None:
        """Close the file and forget what its connection knew; safe to call twice."""
        inner, self._inner = self._inner, None
        if inner is not None:
            inner.close()

    def reopen(self) -> None:
        """Take the file up again after `close`. Raises what `open_` raises."""
        if self._inner is None:
            self._inner = self._open()
