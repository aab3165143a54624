"""`--pass`: one of the codebook's passes, or the name of a repetition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import _
from hsreview.cli.output import say

if TYPE_CHECKING:
    from hsreview.project.project import Project


def the_pass(project: Project, wish: str) -> str:
    """The pass that was meant; that it is none of the codebook's, and so a repetition, is said."""
    from hsreview.workflows.assigning import find_pass, passes_of_codebook

    found, parts = find_pass(project, wish), passes_of_codebook(project)
    if found and parts and found not in parts:
        said = _("“{name}” is no pass of the codebook ({passes}): it is a reading apart, not compared with first ones.")
        say(said.format(name=found, passes=", ".join(parts)))
    return found


def pass_of(project: Project, wish: str | None, transcript_id: str, coder_id: str) -> str:
    """The pass that was meant, else that of the coder's open assignment."""
    from hsreview.workflows.assigning import current_pass

    return current_pass(project, transcript_id, coder_id) if wish is None else the_pass(project, wish)
