"""Rename, describe and remove transcripts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date as Date

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.transcript import Kind as Kind
from hsreview.model.transcript import Transcript as Transcript
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.reading import present_transcript

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def change_transcript(
    project: Project, coder: Coder, transcript: Transcript, *, name: str | None = None, group: str | None = None,
    language: str | None = None, date: str | None = None, wave: str | None = None, kind: Kind | None = None,
    attributes: Mapping[str, str | None] | None = None,
) -> Transcript:  # fmt: skip
    """Change what is said of a transcript; null leaves a field, an attribute of null removes it.

    Only what differs is recorded. Raises InputRefused when the transcript was removed, the name is empty or taken, or
    the date is not one (see `check_date`).
    """
    if date is not None:
        check_date(date)
    if name is not None and not name.strip():
        raise InputRefused(_("A transcript needs a name."))
    fields: dict[str, object] = {
        key: str(value)
        for key, value in (
            ("name", name), ("grp", group), ("language", language), ("date", date), ("wave", wave), ("kind", kind),
        )
        if value is not None
    }  # fmt: skip
    with project.act(coder.id) as act:
        present = present_transcript(project, transcript.id)
        if name is not None and any(t.id != transcript.id for t in queries.transcript(project.connection, name)):
            raise InputRefused(_("There is already a transcript called {name}.").format(name=visible(name)))
        if attributes is not None:
            merged = dict(present.attributes) | dict(attributes)
            fields["attributes"] = {key: value for key, value in merged.items() if value is not None}
        act.put("transcript", transcript.id, **fields)
    return present_transcript(project, transcript.id)


def check_date(value: str) -> None:
    """Raise InputRefused unless `value` is empty, a year, a month or a day: `2016`, `2016-03` or `2016-03-14`."""
    if value and not _is_date(value):
        raise InputRefused(
            _("A date is written 2016, 2016-01 or 2016-01-31; {date} is not.").format(date=visible(value))
        )


def _is_date(value: str) -> bool:
    found = _DATE.fullmatch(value)
    try:
        return found is not None and bool(Date(*(int(part or 1) for part in found.groups())))
    except ValueError:
        return False


def remove_transcript(project: Project, coder: Coder, transcript: Transcript) -> None:
    """Take a transcript out of lists, search, counts and exports (undo brings it back, with its codings).

    Its text stays in the project file. Raises InputRefused when others coded it, or when it was removed already.
    """
    with project.act(coder.id) as act:
        present = present_transcript(project, transcript.id)
        others = {
            c.coder_id
            for c in queries.codings(project.connection, version_id=present.version_id, layer=None)
            if c.coder_id != coder.id
        }
        if others:
            names = {c.id: c.name for c in queries.coders(project.connection)}
            raise InputRefused(
                _("{name} was coded by {coders}; it is not removed.").format(
                    name=visible(present.name), coders=visible(", ".join(sorted(names.get(c, c) for c in others)))
                )
            )
        act.remove("transcript", transcript.id)
