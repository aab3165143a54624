"""Several people, each at a computer of their own, who exchange files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from tests.cli.conftest import Done, call

IDENTITY = {"HSREVIEW_HOME", "HSREVIEW_PROJECT"}


@dataclass(frozen=True)
class Desk:
    """One person's computer and project folder."""

    name: str
    home: Path
    root: Path

    @contextmanager
    def sat_at(self) -> Iterator[None]:
        """What runs inside runs on this computer."""
        before = {name: os.environ.get(name) for name in IDENTITY}
        os.environ.update({"HSREVIEW_HOME": str(self.home), "HSREVIEW_PROJECT": str(self.root)})
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value

    def call(self, *args: str, stdin: str = "") -> Done:
        """Run a command here, as whoever is remembered here."""
        with self.sat_at():
            return call(*args, stdin=stdin)

    def ok(self, *args: str, stdin: str = "") -> Done:
        """As `call`, and it must succeed."""
        done = self.call(*args, stdin=stdin)
        assert done.code == 0, done.err
        return done

    def make(self, *args: str) -> Path:
        """Make a package here; returns its path."""
        return Path(self.ok("package", "make", *args).lines[0])

    def project(self) -> Project:
        """The project as it is here."""
        with self.sat_at():
            return Project.open(self.root)

    def coder_id(self, name: str) -> str:
        with self.project() as project:
            return next(coder.id for coder in coders(project) if coder.name == name)

    def bytes(self) -> bytes:
        """All files of the project's folder, one after the other."""
        return b"".join(path.read_bytes() for path in sorted(self.root.rglob("*")) if path.is_file())

    def state(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of log, contents and tables."""
        with self.project() as project:
            tables = [
                row[0]
                for row in project.connection.execute("select name from sqlite_master where type = 'table'")
                if not row[0].startswith(("turn_fts", "sqlite_", "_sqlite")) and row[0] not in ("local", "meta")
            ]
            rows = {name: project.connection.execute(f"select * from {name}").fetchall() for name in tables}
        return {
            name: sorted((row[1:] if name == "turn" else row for row in found), key=repr)
            for name, found in rows.items()
        }
