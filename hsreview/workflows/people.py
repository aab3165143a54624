"""Correct who spoke: roles, respondents behind labels, and the speaker of a turn; texts and offsets never change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder, Respondent
from hsreview.model.people import Speaker as Speaker
from hsreview.model.text import Role as Role
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.reading import present_transcript


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One label of a transcript with what it says and who is behind it."""

    speaker: Speaker
    turns: int
    respondent: str
    """Pseudonym, or empty."""
    sample: str
    """The beginning of what they say first."""


def speaker_rows(project: Project, transcript_id: str) -> list[SpeakerRow]:
    """The speakers of a transcript, in the order in which they first speak."""
    connection = project.connection
    version = next((t.version_id for t in queries.transcripts(connection) if t.id == transcript_id), "")
    text = queries.text_of(connection, version)
    names = {r.id: r.name for r in queries.respondents(connection)}
    counts: dict[str, int] = {}
    first: dict[str, str] = {}
    for turn in queries.turns(connection, version):
        if turn.speaker is not None:
            counts[turn.speaker] = counts.get(turn.speaker, 0) + 1
            first.setdefault(turn.speaker, turn.said(text)[:120])
    order = {label: position for position, label in enumerate(first)}
    found = sorted(queries.speakers(connection, transcript_id), key=lambda s: order.get(s.label, len(order)))
    return [
        SpeakerRow(s, counts.get(s.label, 0), names.get(s.respondent_id or "", ""), first.get(s.label, ""))
        for s in found
    ]


def set_speaker(
    project: Project, coder: Coder, transcript_id: str, label: str, *, role: Role | None = None,
    respondent: str | None = None,
) -> Speaker:  # fmt: skip
    """Give a label another role, or say which respondent is behind it (a pseudonym; `""` for nobody).

    An unknown pseudonym becomes a new respondent. Raises InputRefused for an unknown label, a removed transcript and
    a pseudonym that cannot be read.
    """
    if respondent:
        _check_name(respondent)
    with project.act(coder.id) as act:
        transcript = present_transcript(project, transcript_id)
        here = {s.label: s for s in queries.speakers(project.connection, transcript_id)}
        if label not in here:
            raise InputRefused(
                _("There is no speaker {label} here. Speakers: {labels}").format(
                    label=visible(label), labels=visible(", ".join(here))
                )
            )
        fields: dict[str, str | None] = {}
        if role is not None:
            fields["role"] = str(role)
        if respondent is not None:
            known = {person_key(r.name): r.id for r in queries.respondents(project.connection)}
            person = known.get(person_key(respondent)) if respondent else None
            if respondent and person is None:
                person = new_id()
                act.put(
                    "respondent", person, name=respondent, grp=transcript.group, organisation_id=None, consent={},
                    attributes={},
                )  # fmt: skip
            fields["respondent_id"] = person
        act.put("speaker", here[label].id, **fields)
    return next(s for s in queries.speakers(project.connection, transcript_id) if s.label == label)


def person_key(name: str) -> str:
    """By what a pseudonym or the name of an organisation is recognised within one project: however it is composed."""
    return unicodedata.normalize("NFC", name)


def numbered(name: str) -> Iterator[str]:
    """A name, then with a number, for those who would be called like somebody else."""
    yield name
    yield from (f"{name}-{n}" for n in count(2))


def _check_name(name: str) -> None:
    if not name.strip() or visible(name) != name:
        raise InputRefused(_("A name needs at least one letter and no control characters."))


@dataclass(frozen=True, slots=True)
class Relabelled:
    """Whose a turn is now."""

    label: str | None
    """As it stands in the project; null for nobody."""
    created: bool = False
    """Whether this label is new in the transcript."""


def known_label(project: Project, transcript_id: str, written: str) -> str | None:
    """The label of a transcript that is meant: exactly this one, else the only one that differs in case or accents."""
    labels = [s.label for s in queries.speakers(project.connection, transcript_id)]
    alike = [label for label in labels if fold(label) == fold(written)]
    return written if written in labels else alike[0] if len(alike) == 1 else None


def relabel_turn(project: Project, coder: Coder, version_id: str, number: int, label: str | None) -> Relabelled:
    """Say that a turn was spoken by another label (see `known_label`; new ones are allowed), or by nobody (null).

    Raises InputRefused when there is no such turn, or a new label is empty or holds control characters.
    """
    with project.act(coder.id) as act:
        version = queries.version(project.connection, version_id)
        if version is None:
            raise InputRefused(_("This text is not (or no longer) in the project."))
        present_transcript(project, version.transcript_id)
        count = len(queries.turns(project.connection, version_id))
        if not 1 <= number <= count:
            raise InputRefused(_("There is no turn {number}; the text has {count}.").format(number=number, count=count))
        target: str | None = None
        created = False
        if label is not None:
            known = {s.label: s.id for s in queries.speakers(project.connection, version.transcript_id)}
            label = known_label(project, version.transcript_id, label) or label
            target = known.get(label) if label else None
            if target is None:
                created = True
                _check_name(label)
                target = new_id()
                act.put(
                    "speaker", target, transcript_id=version.transcript_id, label=label, role=str(Role.RESPONDENT),
                    respondent_id=None,
                )  # fmt: skip
        act.put_turn(version_id, number, target)
    return Relabelled(label, created)


def respondent_of(project: Project, transcript_id: str, label: str | None) -> Respondent | None:
    """The person behind a label, or null."""
    people = {r.id: r for r in queries.respondents(project.connection)}
    speakers = queries.speakers(project.connection, transcript_id)
    found = next((s for s in speakers if s.label == label), None)
    return people.get(found.respondent_id or "") if found else None
