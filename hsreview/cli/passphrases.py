"""Where passphrases come from: a file, the environment, a prompt; never the command line, which others can list."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _
from hsreview.base.reasons import os_reason
from hsreview.cli.kit import PATH, option

_VARIABLE = "HSREVIEW_PASSPHRASE"

passphrase_file = option(
    "--passphrase-file",
    "secret_file",
    type=PATH,
    metavar=N_("FILE"),
    text=N_("Take the passphrase from the first line of FILE (else HSREVIEW_PASSPHRASE, else it is asked for)."),
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
        again = _("Once more") if confirm else False
        typed: str = click.prompt(question, hide_input=True, confirmation_prompt=again, err=True)
        return typed

    return ask


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
