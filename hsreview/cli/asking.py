"""Questions that are answered with yes or no in a terminal."""

from __future__ import annotations

import click

from hsreview.base.messages import _

_ANSWERS = {"y": True, "yes": True, "o": True, "oui": True, "n": False, "no": False, "non": False}
"""In both languages at once: whoever works in one often answers in the other."""


def agreed(question: str, *, default: bool = False) -> bool:
    """Whether the user says yes to `question`, asked on stderr; an empty answer is `default`.

    Asks again until the answer is one. Raises click.Abort on Ctrl-C and at the end of the input.
    """
    keys = _("Y/n") if default else _("y/N")
    answer: bool = click.prompt(
        f"{question} [{keys}]", default="", show_default=False, prompt_suffix=" ", err=True,
        value_proc=lambda typed: _read(typed, default),
    )  # fmt: skip
    return answer


def insist(question: str) -> None:
    """Raise click.Abort unless the user says yes to `question`."""
    if not agreed(question):
        raise click.Abort


def _read(typed: str, default: bool) -> bool:
    word = typed.strip().casefold()
    if not word:
        return default
    if word not in _ANSWERS:
        raise click.UsageError(_("answer with y (yes) or n (no)."))
    return _ANSWERS[word]
