"""The one place that turns errors into sentences on stderr and into exit codes."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from hsreview.base.errors import EXIT_DONE, EXIT_REFUSED, EXIT_USAGE, HsreviewError
from hsreview.base.messages import _, labelled, use_language
from hsreview.base.reasons import os_reason
from hsreview.base.settings import setting
from hsreview.base.surrogates import not_utf8
from hsreview.cli.output import prepare_console, say

if TYPE_CHECKING:
    from click import ClickException

EXIT_INTERRUPTED = 130
"""The user pressed Ctrl-C."""

Result = TypeVar("Result")


class PipeClosed(Exception):
    """Whoever read our output has had enough of it."""


def guarded(work: Callable[[], Result]) -> Result | int:
    """What `work` returns; when it raises, the exit code, after the user was told what happened."""
    import click

    prepare_console()
    use_language(os.environ.get("HSREVIEW_LANG") or setting("lang"))
    try:
        return work()
    except HsreviewError as error:
        tell(error)
        return error.exit_code
    except click.ClickException as error:
        _tell_usage(error)
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        say(_("Stopped."))
        return EXIT_INTERRUPTED
    except (PipeClosed, BrokenPipeError):
        _silence_stdout()
        return EXIT_DONE
    except UnicodeEncodeError as error:
        if "surrogates" not in error.reason:
            return _tell_accident(error)
        say(not_utf8())
        return EXIT_REFUSED
    except OSError as error:
        name = os.fspath(error.filename) if isinstance(error.filename, str | os.PathLike) else ""
        why = os_reason(error)
        say(labelled(name, why) if name else why)
        return EXIT_REFUSED
    except Exception as error:
        return _tell_accident(error)


def tell(error: HsreviewError) -> None:
    """Print an error that was written for the user, with every problem and its place."""
    say(error.message)
    for problem in error.problems:
        say(f"  {problem}")


def _tell_usage(error: ClickException) -> None:
    text = io.StringIO()
    error.show(text)
    say(text.getvalue().rstrip("\n"))


def _tell_accident(error: Exception) -> int:
    from hsreview.base.accidents import EXIT_ACCIDENT, write_report

    say(_("Something went wrong in the program itself. What was stored before stays stored."))
    report = write_report(error)
    if report is not None:
        say(_("A report without any text of yours is in {path}.").format(path=report))
    return EXIT_ACCIDENT


def _silence_stdout() -> None:
    """Keep Python from complaining at its end about what could not be flushed."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
