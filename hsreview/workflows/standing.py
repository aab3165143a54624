"""What a staged file is to the project, before anything is stored: new, known already, or another text of that name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.staging import Doubt, StagedRespondent, StagedTranscript
from hsreview.model.text import text_hash
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.importing import known_texts
from hsreview.workflows.respondent_rows import RespondentTable, kind_note


class Status(Enum):
    """What an import would do with a file."""

    NEW = "stored"
    KNOWN = "left alone"
    CHANGED = "refused until it has another name"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a staged file is to the project."""

    status: Status = Status.NEW
    name: str = ""
    """The transcript that has its content (known) or its name (changed)."""

    @property
    def sentence(self) -> str:
        """The same for people; empty for a new file."""
        if self.status is Status.KNOWN:
            return _("Already in the project as {name}.").format(name=visible(self.name))
        if self.status is Status.CHANGED:
            return _(
                "The project has a transcript called {name} with other content. Rename the file, or import it with "
                "--as NAME."
            ).format(name=visible(self.name))
        return ""


def standings(project: Project) -> Callable[[StagedTranscript], Standing]:
    """Tells what staged files are to the project as it is now."""
    texts = known_texts(project)
    names = {transcript.name for transcript in queries.transcripts(project.connection)}

    def standing(staged: StagedTranscript) -> Standing:
        same = texts.get(staged.original_hash) or texts.get(text_hash(staged.text))
        if same:
            return Standing(Status.KNOWN, same)
        return Standing(Status.CHANGED, staged.name) if staged.name in names else Standing()

    return standing


def notes_on(respondents: Sequence[StagedRespondent]) -> Callable[[Path], list[Doubt]]:
    """Tells, before a file is stored, what a table of respondents makes of it that should be known."""
    table = RespondentTable(respondents)

    def notes(file: Path) -> list[Doubt]:
        note = kind_note(file.name, table.of(file))
        return [Doubt("focus_group", note)] if note else []

    return notes
