"""What the global options say, and how commands reach the project and the coder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hsreview.base.errors import ProjectUnavailable, UsageProblem
from hsreview.base.messages import _
from hsreview.cli.output import in_terminal, say

if TYPE_CHECKING:
    from hsreview.model.people import Coder
    from hsreview.project.project import Project


@dataclass(frozen=True, slots=True)
class OpenWorkbench:
    """The wish to open the workbench; `root` is null for its welcome screen."""

    root: Path | None
    coder: str | None
    mouse: bool


@dataclass(frozen=True, slots=True)
class World:
    """The global options of one call."""

    folder: Path | None = None
    """`-p`."""
    coder: str | None = None
    """`--coder`."""
    mouse: bool = True
    reminded: list[str] = field(default_factory=list)
    """What this call was reminded of already."""

    def root(self) -> Path:
        """The project's folder. Raises ProjectUnavailable when there is none."""
        from hsreview.workflows.projects import find_project

        return find_project(explicit=self.folder)

    @contextmanager
    def reading(self) -> Iterator[Project]:
        """The open project; it needs no coder."""
        from hsreview.project.connection import explained
        from hsreview.workflows.projects import open_project

        with open_project(self.root()) as project, explained(project.path):
            self._remind(project, writing=False)
            yield project

    def in_kit(self) -> bool:
        """Whether the project file is one for a validation meeting: it holds a version of the framework, no rows."""
        with self.reading() as project:
            return project.kit_coder is not None

    @contextmanager
    def writing(self) -> Iterator[tuple[Project, Coder]]:
        """The open project and who codes; dangers of its place are told before anything is written."""
        with self.reading() as project:
            self.warn_of_place(project)
            self._remind(project, writing=True)
            yield project, self._coder(project)

    def _remind(self, project: Project, *, writing: bool) -> None:
        """Tell, once in a call, that the day comes or has passed until which the material is kept."""
        from hsreview.workflows.retention import reminder

        told = "" if self.reminded else reminder(project, writing=writing)
        if told:
            self.reminded.append(told)
            say(_("Reminder: {sentence}").format(sentence=told))

    @staticmethod
    def warn_of_place(project: Project) -> None:
        """Tell the dangers of the project's place, before anything is written."""
        from hsreview.workflows.projects import place_warnings

        for warning in place_warnings(project.root):
            say(_("Warning: {warning}").format(warning=warning))

    @staticmethod
    def warn_of_consent(project: Project) -> None:
        """Tell once, before something is coded, that older transcripts have no consent on record."""
        from hsreview.workflows import consents

        told = consents.unrecorded_notice(project)
        if told:
            say(told)

    def reader(self, project: Project) -> Coder | None:
        """Whose view is wanted, when that is known.

        Raises UsageProblem when `--coder` names nobody of the team, or a name is that of several.
        """
        from hsreview.workflows.coders import UnknownCoder, choose_coder

        try:
            chosen = choose_coder(project, self.coder, create=False)
        except UnknownCoder:
            if self.coder is not None:
                raise
            return None  # HSREVIEW_CODER may be meant for other projects; reading needs no coder.
        return chosen.coder if chosen else None

    def reader_elsewhere(self, project: Project) -> Coder | None:
        """As `reader`, in a project beside the present one, whose team the user may not belong to."""
        from hsreview.workflows.coders import UnknownCoder

        try:
            return self.reader(project)
        except UnknownCoder:
            return World().reader(project)

    def _coder(self, project: Project) -> Coder:
        from hsreview.workflows.coders import choose_coder, remember_coder

        first = self.coder is not None and World().reader(project) is None

        def joined(newcomer: Coder) -> None:
            say(_("New coder: {name}").format(name=newcomer.name))
            if first:
                remember_coder(project, newcomer)

        chosen = choose_coder(project, self.coder, joined=joined)
        if chosen is None:
            raise UsageProblem(
                _("Say who you are: hsreview --coder NAME … (or set HSREVIEW_CODER). A new name joins the team.")
            )
        if first and not chosen.created:
            remember_coder(project, chosen.coder)
        return chosen.coder

    def workbench(self) -> OpenWorkbench:
        """The wish to open the workbench here, or its welcome screen outside of projects."""
        from hsreview.workflows.projects import find_project

        if not in_terminal():
            raise UsageProblem(
                _("The workbench needs a terminal. For commands that work without one, see: hsreview --help")
            )
        if self.folder is not None or os.environ.get("HSREVIEW_PROJECT"):
            return OpenWorkbench(self.root(), self.coder, self.mouse)
        try:
            return OpenWorkbench(find_project(), self.coder, self.mouse)
        except ProjectUnavailable:
            return OpenWorkbench(None, self.coder, self.mouse)


pass_world = click.make_pass_decorator(World)
