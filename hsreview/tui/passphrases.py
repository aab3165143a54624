"""Passphrases that are asked for at the foot of a screen, once each; the work that needs them is done beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


class PassphraseWanted(Exception):
    """Something is locked with a passphrase that was not typed yet."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


class NewPassphraseWanted(PassphraseWanted):
    """Something new will be locked with a passphrase, which is typed twice."""


@dataclass(frozen=True)
class Answers:
    """The passphrases that were typed, by what was asked."""

    typed: Mapping[str, str]

    def __call__(self, question: str) -> str:
        """The passphrase that was typed. Raises PassphraseWanted where none was."""
        if question not in self.typed:
            raise PassphraseWanted(question)
        return self.typed[question]

    def new(self, question: str) -> str:
        """A new passphrase. Raises NewPassphraseWanted where none was typed."""
        if question not in self.typed:
            raise NewPassphraseWanted(question)
        return self.typed[question]

    @property
    def last(self) -> str | None:
        """What was asked last; null when nothing was."""
        return next(reversed(list(self.typed)), None)

    def and_also(self, question: str, passphrase: str) -> Answers:
        """These, and one more."""
        before = {asked: typed for asked, typed in self.typed.items() if asked != question}
        return Answers({**before, question: passphrase})
