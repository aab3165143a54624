"""Rename, describe and remove transcripts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.transcript import Kind as Kind
from hsreview.model.transcript import Transcript as Transcript
from hsreview.project import queries
from hsreview.project.project import Project

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def change_transcript(
    project: Project, coder: Coder, transcript: Transcript, *, name: str | None = None, group: str | None = None,
    language: str | None = None, date: str | None = None, wave: str | None = None, kind: Kind | None = None,
    attributes: Mapping[str, str | None] | None = None,
) -> Transcript:  # fmt: skip
    """Change what is said of a transcript; null leaves a field, an attribute of null removes it.

    Raises InputRefused when the name is empty or taken.
    """
    fields: dict[str, object] = {
        key: str(value)
        for key, value in (
            ("name", name), ("grp", group), ("language", language), ("date", date), ("wave", wave), ("kind", kind),
        )
        if value is not None
    }  # fmt: skip
    if date and not _DATE.fullmatch(date):
        raise InputRefused(
            _("A date is written 2016, 2016-01 or 2016-01-31; {date} is not.").format(date=visible(date))
        )
    with project.act(coder.id) as act:
        now = _present(project, transcript)
        if name is not None:
            if not name.strip():
                raise InputRefused(_("A transcript needs a name."))
            if any(t.id != transcript.id for t in queries.transcript(project.connection, name)):
                raise InputRefused(_("There is already a transcript called {name}.").format(name=visible(name)))
        if attributes is not None:
            merged = dict(now.attributes) | dict(attributes)
            fields["attributes"] = {key: value for key, value in merged.items() if value is not None}
        act.put("transcript", transcript.id, **fields)
        return _present(project, transcript)


def _present(project: Project, transcript: Transcript) -> Transcript:
    """The transcript as it is now. Raises InputRefused when it was removed."""
    found = next((t for t in queries.transcripts(project.connection) if t.id == transcript.id), None)
    if found is None:
        raise InputRefused(_("This transcript is no longer in the project."))
    return found


def remove_transcript(project: Project, coder: Coder, transcript: Transcript) -> None:
    """Take a transcript out of lists, search and exports (undo brings it back, with its codings).

    Its text stays in the project file. Raises InputRefused when others coded it.
    """
    with project.act(coder.id) as act:
        now = _present(project, transcript)
        codings = queries.codings(project.connection, version_id=now.version_id, layer=None)
        others = {c.coder_id for c in codings if c.coder_id != coder.id}
        if others:
            names = {c.id: c.name for c in queries.coders(project.connection)}
            raise InputRefused(
                _("{name} was coded by {coders}; it is not removed.").format(
                    name=visible(now.name), coders=visible(", ".join(sorted(names.get(c, c) for c in others)))
                )
            )
        act.remove("transcript", transcript.id)
