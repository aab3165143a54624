"""Where passphrases come from: a file, an open file, the environment, a prompt; never the command line, which others
can list."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _, labelled
from hsreview.base.reasons import os_reason
from hsreview.base.terminal import visible
from hsreview.cli.kit import PATH, option
from hsreview.cli.output import clear_line, say

if TYPE_CHECKING:
    from hsreview.project.cipher import Key

_VARIABLE = "HSREVIEW_PASSPHRASE"
_NEW = "HSREVIEW_NEW_PASSPHRASE"
PROJECT = N_("New passphrase of the project")
_TRIES = 3
"""How often a person may mistype a passphrase."""

passphrase_file = option(
    "--passphrase-file",
    "secret_file",
    type=PATH,
    metavar=N_("FILE"),
    text=N_("Take the passphrase from the first line of FILE (else HSREVIEW_PASSPHRASE, else it is asked for)."),
)

new_passphrase_file = option(
    "--new-passphrase-fd", "new_file", type=int, metavar="N",
    text=N_(
        "Read the new passphrase from the open file N (else HSREVIEW_NEW_PASSPHRASE, else it is asked for, twice)."
    ),
)  # fmt: skip


encrypted = option(
    "--encrypt", is_flag=True, text=N_("Encrypt the project from its first byte; asks for a passphrase.")
)


def asker(file: Path | None, *, confirm: bool = False) -> Callable[[str], str]:
    """Gives the passphrase that a question asks for; with `confirm` it is typed twice.

    Raises UsageProblem where there is nobody to ask, InputRefused when the file cannot be read.
    """

    def ask(question: str) -> str:
        if file is not None:
            return _first_line(file)
        given = os.environ.get(_VARIABLE)
        if given:
            return given
        if not sys.stdin.isatty():
            raise UsageProblem(
                _(
                    "{question}: run this in a terminal, or give it with --passphrase-file or HSREVIEW_PASSPHRASE."
                ).format(question=question)
            )
        return _typed(question, confirm=confirm)

    return ask


def _typed(question: str, *, confirm: bool = False) -> str:
    again = _before_answer(_("Once more")) if confirm else False
    clear_line()  # A question behind how far something is would not be seen.
    typed: str = click.prompt(
        _before_answer(question), hide_input=True, confirmation_prompt=again, prompt_suffix=" ", err=True
    )
    return typed


def _before_answer(question: str) -> str:
    return labelled(question, "").rstrip(" ")


def _first_line(file: Path) -> str:
    try:
        line = file.read_text(encoding="utf-8-sig").partition("\n")[0].removesuffix("\r")
    except UnicodeDecodeError as error:
        raise InputRefused(_("{name} is not valid UTF-8.").format(name=file)) from error
    except OSError as error:
        raise InputRefused(_("{name} cannot be read: {reason}.").format(name=file, reason=os_reason(error))) from error
    if not line:
        raise UsageProblem(_("The first line of {name} is empty; it should be the passphrase.").format(name=file))
    return line


def choose_new(number: int | None, question: str) -> str:
    """A passphrase that somebody chooses now: of the open file `number`, else of the environment, else typed twice.

    One that is easy to guess is remarked upon. Raises UsageProblem where there is nobody to ask.
    """
    from hsreview.workflows.encrypting import weakness

    passphrase = _chosen(number, question)
    if hint := weakness(passphrase):
        say(hint)
    return passphrase


def choose_key(number: int | None) -> Key:
    """The key of a new project; raises as `choose_new`, and UsageProblem for an empty passphrase."""
    from hsreview.workflows.encrypting import new_key

    return new_key(choose_new(number, _(PROJECT)))


def _chosen(number: int | None, question: str) -> str:
    if number is not None:
        return from_open_file(number)
    given = os.environ.get(_NEW)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UsageProblem(
            _("{question}: run this in a terminal, or give it in {variable}.").format(question=question, variable=_NEW)
        )
    return _typed(question, confirm=True)


def from_open_file(number: int) -> str:
    """The next line of what is open as file `number`; no more is read of it. Raises UsageProblem."""
    try:
        with open(number, "rb", buffering=0, closefd=False) as file:
            return file.readline().decode("utf-8-sig").rstrip("\r\n")
    except (OSError, ValueError) as error:
        why = _("it is not valid UTF-8") if isinstance(error, UnicodeDecodeError) else os_reason(_no_such(error))
        raise UsageProblem(
            _("The passphrase cannot be read from file {number}: {reason}.").format(number=number, reason=why)
        ) from error


def _no_such(error: OSError | ValueError) -> OSError:
    """Python refuses a number below 0 before the system can."""
    return error if isinstance(error, OSError) else OSError(errno.EBADF, os.strerror(errno.EBADF))


class ProjectPassphrase:
    """Gives the passphrases of encrypted projects: from an open file, the environment, then from whoever sits here."""

    def __init__(self, number: int | None = None, *, prompt: bool = True) -> None:
        self._number = number
        self._environment = os.environ.get(_VARIABLE)
        self._questions = _TRIES if prompt else 0

    def __call__(self, path: Path, wrong: bool) -> str | None:
        if self._number is not None:
            number, self._number = self._number, None
            return from_open_file(number)
        if self._environment:
            given, self._environment = self._environment, None
            return given
        if not self._questions or not sys.stdin.isatty():
            return None
        if wrong:
            say(_("That is not the passphrase. Mind capitals, keyboard layout and blanks."))
        self._questions -= 1
        return _typed(_("Passphrase of {name}").format(name=visible(str(path))))
