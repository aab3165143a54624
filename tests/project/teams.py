"""Several copies of one project, and what they hand to each other without a file between."""

from __future__ import annotations

import shutil
from pathlib import Path

from hsreview.base.ids import new_id, now
from hsreview.model.exchange import Conflict, Manifest, Merged, Package
from hsreview.model.people import Coder, CoderRole
from hsreview.project import content
from hsreview.project.conflicts import conflicts
from hsreview.project.doctor import _rows, examine
from hsreview.project.merging import merge, select
from hsreview.project.project import Project
from hsreview.project.schema import SCHEMA_VERSION, STATE
from hsreview.workflows.coders import store_coder
from tests.builders import TEXT, a_project, opened, staged

NEW = "Version corrigée\n" + TEXT.replace("sans budget", "sans argent")
"""The text of the sample transcript, corrected."""


def copied(project: Project, root: Path) -> Project:
    """A copy of the project's folder in `root`: another replica."""
    project.connection.execute("pragma wal_checkpoint(truncate)")
    shutil.copytree(project.root, root)
    return Project.open(root)


def package(project: Project, *, mine: str = "", blind_for: str = "", project_id: str = "") -> Package:
    """What `project` hands over."""
    chosen = select(project.connection, mine=mine, blind_for=blind_for)
    manifest = Manifest(
        new_id(), project_id or project.id, "Test", SCHEMA_VERSION, "test", now(), mine, blind_for, chosen.heads,
        chosen.knows, "test 1", {},
    )  # fmt: skip
    return Package(manifest, chosen.changes, chosen.contents)


def give(source: Project, *targets: Project) -> list[Merged]:
    """Hand everything of `source` to others."""
    return [merge(target, [("p", package(source))]) for target in targets]


def tables(project: Project) -> dict[str, list[tuple[object, ...]]]:
    """All that follows from the log, and the contents."""
    ask = project.connection.execute
    found = {table: _rows(project.connection, table) for table in STATE}
    found["content"] = ask("select hash, kind, data, state from content order by hash").fetchall()
    found["head"] = ask("select coder, replica, seq from head order by 1, 2").fetchall()
    found["change"] = ask("select * from change order by id").fetchall()
    return found


class Leads:
    """Awa here and Daan there, each with a copy of one project; both lead."""

    def __init__(self, folder: Path) -> None:
        self.here, self.awa = a_project(folder / "here")
        self.daan = store_coder(self.here, Coder(new_id(), "Daan", CoderRole.LEAD))
        self.there = copied(self.here, folder / "there")

    def exchange(self) -> list[Conflict]:
        """Both get everything; the conflicts that are open then."""
        give(self.there, self.here)
        give(self.here, self.there)
        assert tables(self.here) == tables(self.there)
        assert examine(self.here.connection) == []
        found = conflicts(self.here.connection)
        assert found == conflicts(self.there.connection)
        return found

    def close(self) -> None:
        self.here.close()
        self.there.close()


def correct(project: Project, coder: Coder, text: str = NEW) -> str:
    """Put another text of the transcript into the project, as its newest one."""
    old = opened(project)
    made = staged(text)
    version = new_id()
    with project.act(coder.id) as act:
        connection = project.connection
        act.put(
            "text_version", version, transcript_id=old.transcript.id, number=old.version.number + 1, length=len(text),
            words=1, text_hash=content.put_text(connection, text),
            turns_hash=content.put_turns(connection, made.turns),
            sentences_hash=content.put_spans(connection, "sentences", made.units.sentences),
            words_hash=content.put_spans(connection, "words", made.units.words), splitter="test-1",
            original_hash=old.version.original_hash,
        )  # fmt: skip
    return version
