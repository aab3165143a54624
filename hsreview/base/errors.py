"""The errors that a user may see, and the exit code each of them means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsreview.base.messages import labelled

EXIT_DONE = 0
EXIT_FOUND = 1
EXIT_USAGE = 2
EXIT_REFUSED = 3
EXIT_NO_PROJECT = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, with the place where it is."""

    message: str
    """One sentence in the user's language: what is wrong and what to do."""
    place: str = ""
    """Where: file, `line 12, column 3`, or a cell such as `B7`; empty when the whole input is meant."""
    code: str = ""
    """A stable English word for programs, such as `duplicate_id`."""

    def __str__(self) -> str:
        return labelled(self.place, self.message) if self.place else self.message


class HsreviewError(Exception):
    """An error whose text is written for the user; `exit_code` is what the command line returns."""

    exit_code = EXIT_REFUSED

    def __init__(self, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.problems = tuple(problems)


class UsageProblem(HsreviewError):
    """The command was asked for in a way that cannot be carried out."""

    exit_code = EXIT_USAGE


class InputRefused(HsreviewError):
    """An input was refused, wholly or in part; nothing of a refused item is stored."""

    exit_code = EXIT_REFUSED


class ProjectUnavailable(HsreviewError):
    """The project cannot be opened: missing, locked, damaged, or of a newer version."""

    exit_code = EXIT_NO_PROJECT


class ProjectDamaged(ProjectUnavailable):
    """The file cannot be read as a project: restore a backup."""


class NewerFormat(ProjectUnavailable):
    """The project was made by a newer hsreview."""


class ProjectSealed(ProjectUnavailable):
    """The file is encrypted, and nobody gave its passphrase."""
