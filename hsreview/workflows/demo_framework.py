"""The framework of the sample project: rows, a validation meeting in two rounds and three months of journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.validation import AmendmentDecision, CommentKind, Rule, Side, Tally
from hsreview.project.project import Project
from hsreview.workflows.framework_rows import (
    EvidenceRole,
    Row,
    RowKind,
    SourceKind,
    Stance,
    add_row,
    find_row,
    framework,
    link,
    read_values,
)
from hsreview.workflows.framework_versions import find_version, freeze
from hsreview.workflows.journal import add_entry, read_entry
from hsreview.workflows.reading import codebook, codings_of, find_transcript
from hsreview.workflows.validating import Meeting, find_ballot, find_meeting, find_table, open_meeting
from hsreview.workflows.validation_acts import add_table, amend, answer, cast, comment, decide_amendment
from hsreview.workflows.validation_closing import close
from hsreview.workflows.validation_rounds import next_round

Told = Mapping[str, Any]
"""A part of the sample file."""

_KINDS = {
    "actors": RowKind.ACTOR, "findings": RowKind.FINDING, "outcomes": RowKind.OUTCOME, "markers": RowKind.MARKER,
    "indicators": RowKind.INDICATOR, "recommendations": RowKind.RECOMMENDATION,
}  # fmt: skip
"""Parts of the sample file that hold rows, in the order in which they are made."""
_NO_CELLS = frozenset({"ref", "under", "findings", "links", *Stance})
"""Keys of a row in the sample file that are no columns."""


def build_framework(project: Project, coder: Coder, path: Path) -> None:
    """Build what the sample file tells through the acts that people use."""
    from ruamel.yaml import YAML

    told = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    _Rows(project, coder).build(told)
    version = told["version"]
    freeze(project, coder, version["name"], version["because"])
    _hold(project, coder, told["meeting"])
    _enter(project, coder, told["journal"])


class _Rows:
    """Makes rows with what they stand on."""

    def __init__(self, project: Project, coder: Coder) -> None:
        self._project, self._coder = project, coder
        refs = {place.code.id: place.code.ref for place in codebook(project).codes()}
        self._codings = {
            (each.version_id, refs[each.code_id], each.start): each.id
            for each in codings_of(project, coder_id=coder.id)
        }

    def build(self, told: Told) -> None:
        self._make(RowKind.STRATEGY, told["strategy"])
        for part, kind in _KINDS.items():
            for each in told[part]:
                self._make(kind, each)

    def _make(self, kind: RowKind, told: Told) -> None:
        found = framework(self._project)
        cells = read_values(found, kind, [(key, _text(value)) for key, value in told.items() if key not in _NO_CELLS])
        under = told.get("under") or ("ST1" if kind is RowKind.OUTCOME else "")
        parent = find_row(found, under) if under else None
        links = [(self._coding(name), stance, role) for name, stance, role in _links(told)]
        made = add_row(self._project, self._coder, kind, cells, parent=parent, evidence=links)
        findings = [(SourceKind.FINDING, ref) for ref in told.get("findings", ())]
        if findings:
            link(self._project, self._coder, framework(self._project), made, findings, Stance.SUPPORTS)

    def _coding(self, name: str) -> str:
        """The id of the coding that is named by transcript, code and first character."""
        transcript, code, start = name.split()
        return self._codings[find_transcript(self._project, transcript).version_id or "", code, int(start)]


def _links(told: Told) -> Iterator[tuple[str, Stance, EvidenceRole]]:
    for stance in Stance:
        yield from ((name, stance, EvidenceRole.NONE) for name in told.get(stance, ()))
    yield from ((each["coding"], Stance.SUPPORTS, EvidenceRole(each["role"])) for each in told.get("links", ()))


def _text(value: object) -> str:
    """A cell as people write it."""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _hold(project: Project, coder: Coder, told: Told) -> None:
    """Open the meeting, vote in two rounds, answer what was said, and close it."""
    meeting = open_meeting(
        project, coder, name=told["name"], version=find_version(project, "last"), date=_text(told["date"]),
        place=told["place"], state=told["state"], language=told["language"], rule=Rule(**told["rule"]),
    )  # fmt: skip
    for table in told["tables"]:
        add_table(project, coder, meeting, table["label"], Side(table["side"]), table["size"], table["with"])
    _vote(project, coder, _now(project, meeting), told["round_1"])
    _speak(project, coder, _now(project, meeting), told)
    meeting = next_round(project, coder, _now(project, meeting))
    _vote(project, coder, meeting, told["round_2"])
    now = _now(project, meeting)
    close(project, coder, now, {find_ballot(now, ref).row_id: said for ref, said in told["reasons"].items()})


def _now(project: Project, meeting: Meeting) -> Meeting:
    return find_meeting(project, meeting.validation.id)


def _vote(project: Project, coder: Coder, meeting: Meeting, told: Mapping[str, Mapping[str, list[int]]]) -> None:
    """Tables that are not named agree, everybody."""
    for ballot in meeting.of_round(meeting.round):
        for table in meeting.parties:
            counts = told.get(ballot.ref, {}).get(table.label)
            cast(project, coder, meeting, ballot, table, Tally(*counts) if counts else Tally(agree=table.size))


def _speak(project: Project, coder: Coder, meeting: Meeting, told: Told) -> None:
    for said in told["comments"]:
        table = find_table(meeting, said["table"])
        kind = CommentKind(said["kind"])
        made = comment(project, coder, meeting, find_ballot(meeting, said["on"]), kind, said["text"], table)
        answer(project, coder, meeting, made, said["answer"])
    for said in told["amendments"]:
        words = Localized(said["after_fr"], said["after_en"])
        table = find_table(meeting, said["table"])
        proposed = amend(project, coder, meeting, find_ballot(meeting, said["on"]), words, table)
        decide_amendment(
            project, coder, _now(project, meeting), proposed, AmendmentDecision(said["decision"]), said["because"]
        )


def _enter(project: Project, coder: Coder, told: Iterable[Told]) -> None:
    for each in told:
        found = framework(project)
        row: Row = find_row(found, each["on"])
        cells = [
            ("description" if key == "text" else key, _entry_text(value)) for key, value in each.items() if key != "on"
        ]
        add_entry(project, coder, row, read_entry(found, row, cells))


def _entry_text(value: object) -> str:
    return "; ".join(f"{name}={n}" for name, n in value.items()) if isinstance(value, Mapping) else _text(value)
