"""What a staged file is to the project, before anything is stored: new, known already, or another text of that name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

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
    among: bool = False
    """That transcript is no part of the project yet, but of a file before this one."""

    @property
    def sentence(self) -> str:
        """The same for people; empty for a new file."""
        if self.among and self.status is Status.KNOWN:
            return _("The same content as {name}, which comes before it.").format(name=visible(self.name))
        if self.among:
            return _("Another file before it is called {name} and has other content. Rename one of them.").format(
                name=visible(self.name)
            )
        if self.status is Status.KNOWN:
            return _("Already in the project as {name}.").format(name=visible(self.name))
        if self.status is Status.CHANGED:
            return _(
                "The project has a transcript called {name} with other content. Rename the file, or import it with "
                "--as NAME."
            ).format(name=visible(self.name))
        return ""


class Judge(Protocol):
    """Tells what a staged file is to the project and to the files judged before it."""

    def __call__(self, staged: StagedTranscript, *, counts: bool = True) -> Standing:
        """`counts` says whether the file will be stored if it can be, so that those after it must differ from it."""


def standings(project: Project | None) -> Judge:
    """Tells, file by file in the order of an import, what staged files are to the project as it is now.

    Without a project there are only the files before each one.
    """
    texts = known_texts(project) if project else {}
    names = {transcript.name for transcript in queries.transcripts(project.connection)} if project else set[str]()
    before: dict[str, str] = {}

    def standing(staged: StagedTranscript, *, counts: bool = True) -> Standing:
        hashes = (staged.original_hash, text_hash(staged.text))
        for known, among in ((texts, False), (before, True)):
            same = next((known[each] for each in hashes if each in known), "")
            if same:
                return Standing(Status.KNOWN, same, among)
        for taken, among in ((names, False), (set(before.values()), True)):
            if staged.name in taken:
                return Standing(Status.CHANGED, staged.name, among)
        if counts:
            before.update(dict.fromkeys(hashes, staged.name))
        return Standing()

    return standing


def notes_on(respondents: Sequence[StagedRespondent]) -> Callable[[Path], list[Doubt]]:
    """Tells, before a file is stored, what a table of respondents makes of it that should be known."""
    table = RespondentTable(respondents)

    def notes(file: Path) -> list[Doubt]:
        note = kind_note(file.name, table.of(file))
        return [Doubt("focus_group", note)] if note else []

    return notes
