"""What `agreement`, `disagreements` and their kin have in common: the options that say what is compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import N_, _, current_language
from hsreview.cli.kit import option
from hsreview.cli.values import CODE, CODER, TRANSCRIPT, parts_of
from hsreview.model.agreement import UNIT_WORDS, Unit

if TYPE_CHECKING:
    from hsreview.project.project import Project
    from hsreview.workflows.comparing import Selection

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    option(
        "--unit", type=click.Choice([each.value for each in Unit]), default=Unit.TURN.value, show_default=True,
        text=N_("What is counted."),
    ),
    option("--coders", metavar=N_("A,B"), type=CODER, multiple=True, text=N_("Only these coders.")),
    option("--codes", metavar=N_("CODE,..."), type=CODE, multiple=True, text=N_("Only these codes.")),
    option("--transcripts", metavar=N_("T,..."), type=TRANSCRIPT, multiple=True, text=N_("Only these transcripts.")),
    option("--parents", is_flag=True, text=N_("Count each code as the code or the theme above it.")),
    option("--include-interviewer", is_flag=True, text=N_("Count interviewers' turns and unlabelled blocks too.")),
    option("--without-suggested", is_flag=True, text=N_("Leave out codings that began as suggestions or by machine.")),
)  # fmt: skip


def comparison_options(function: F) -> F:
    """The options that say what is compared."""
    for each in reversed(_OPTIONS):
        function = each(function)
    return function


def selection_of(project: Project, options: dict[str, Any]) -> Selection:
    """What the options of `comparison_options` ask for. Raises when a name is unknown or a coder stands alone."""
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.comparing import Selection
    from hsreview.workflows.reading import codebook, find_code, find_transcript

    book = codebook(project)
    coders = tuple(dict.fromkeys(known_coder(project, name).id for name in parts_of(options["coders"])))
    if len(coders) == 1:
        raise UsageProblem(_("One coder cannot be compared: name two or more, as in --coders A,B, or none for all."))
    return Selection(
        unit=Unit(options["unit"]),
        coders=coders,
        codes=tuple(find_code(book, name).id for name in parts_of(options["codes"])),
        transcripts=tuple(find_transcript(project, name).id for name in parts_of(options["transcripts"])),
        parents=options["parents"],
        interviewer=options["include_interviewer"],
        suggested=not options["without_suggested"],
    )


def how_to_begin() -> str:
    """What to do where nothing was reviewed by two coders."""
    return _(
        "Give transcripts to two coders (hsreview assign TRANSCRIPT --coder A,B); each of them says when it is read "
        "(hsreview reviewed TRANSCRIPT). What you still code blind yourself is not counted."
    )


def number(value: float, digits: int = 2) -> str:
    """A value with the decimal mark of the language."""
    text = f"{round(value, digits) + 0:.{digits}f}"  # Adding 0 turns -0.0 into 0.0.
    return text.replace(".", ",") if current_language() == "fr" else text


def unit_word(unit: Unit) -> str:
    """The unit in the plural."""
    return _(UNIT_WORDS[unit])
