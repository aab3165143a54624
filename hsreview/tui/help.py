"""What the help says of a part of the screen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HelpText:
    """Title and a few sentences, to be translated when shown."""

    title: str
    text: str
