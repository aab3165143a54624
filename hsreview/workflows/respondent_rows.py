"""What a table of respondents says: which rows belong to a file, and what they add to the people already known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from hsreview.base.ids import new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.people import Consent, ConsentStatus, Organisation, Respondent
from hsreview.model.staging import StagedRespondent, StagedTranscript
from hsreview.model.text import Role
from hsreview.model.transcript import Kind
from hsreview.project import queries
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.state import speaker_id
from hsreview.workflows.people import person_key

T = TypeVar("T")
Tell = Callable[[str], None]
_NAMED = 5
"""So many names are listed in one sentence."""


class RespondentTable:
    """The rows of all tables of one import. A row is meant for files beside its table, or in folders below it."""

    def __init__(self, rows: Iterable[StagedRespondent]) -> None:
        self.rows = list(rows)
        self._rows: dict[str, list[StagedRespondent]] = {}
        for row in self.rows:
            self._rows.setdefault(_same_name(row.file_name.replace("\\", "/")), []).append(row)
        self._used: set[int] = set()

    def of(self, file: Path) -> list[StagedRespondent]:
        """The rows that name this file, with or without its ending; those of the nearest table when several do, and
        those that give its path there before those that give its name alone."""
        path = file.resolve()
        found: dict[Path, list[StagedRespondent]] = {}
        for name in dict.fromkeys(name for folder in path.parents for name in _names(path, folder)):
            for row in self._rows.get(name, ()):
                folder = _folder(row)
                if folder is None or (folder in path.parents and name in _names(path, folder)):
                    found.setdefault(folder or Path(), []).append(row)
        rows = found[max(found, key=lambda folder: len(folder.parts))] if found else []
        rows = [row for row in rows if "/" in row.file_name or "\\" in row.file_name] or rows
        self._used |= {id(row) for row in rows}
        return rows

    def unused(self) -> list[str]:
        """A sentence about rows that name a file which is neither in this import nor beside the table."""
        files: list[str] = []
        there: dict[Path, set[str]] = {}
        for name, rows in self._rows.items():
            for row in rows:
                folder = _folder(row)
                if folder is not None and folder not in there:
                    there[folder] = {each for path in folder.rglob("*") for each in _names(path, folder)}
                if id(row) not in self._used and (folder is None or name not in there[folder]):
                    files.append(row.file_name)
        return [_unused_sentence(list(dict.fromkeys(files)))] if files else []


def _same_name(name: str) -> str:
    """File names compare without case, and composed (macOS hands them out decomposed)."""
    return normalize("NFC", name).casefold()


def _names(path: Path, folder: Path) -> tuple[str, ...]:
    """What a table in `folder` may call a file: by its name or by its path from there, with or without its ending."""
    below = path.relative_to(folder)
    return tuple(
        _same_name(name) for name in (path.name, path.stem, below.as_posix(), below.with_suffix("").as_posix())
    )


def _folder(row: StagedRespondent) -> Path | None:
    return Path(row.folder) if row.folder else None


def _unused_sentence(names: Sequence[str]) -> str:
    text = ngettext(
        "The table of respondents names {n} file that is not there: {files}",
        "The table of respondents names {n} files that are not there: {files}",
        len(names),
    )
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return text.format(n=len(names), files=visible(shown))


def put_people(project: Project, act: Act, rows: Sequence[StagedRespondent], group: str, tell: Tell) -> dict[str, str]:
    """Add the people of `rows`, and what the rows add to those already known (by their pseudonym).

    What contradicts the project is told and left out. Returns pseudonyms with ids. `group` is for rows without one.
    """
    people = _People(project, act, tell)
    return {row.respondent: people.put(row, row.group or group) for row in rows if row.respondent}


class _People:
    """The people and organisations of the project, as an act leaves them."""

    def __init__(self, project: Project, act: Act, tell: Tell) -> None:
        self._act = act
        self._tell = tell
        self._people = {person_key(r.name): r for r in queries.respondents(project.connection)}
        self._organisations = {person_key(o.name): o for o in queries.organisations(project.connection)}

    def put(self, row: StagedRespondent, group: str) -> str:
        """Store what a row says of a person; returns the person's id."""
        key = person_key(row.respondent)
        old = self._people.get(key) or Respondent(new_id(), row.respondent)
        join = _Joining(old.name, self._tell, [])
        here = next((o.name for o in self._organisations.values() if o.id == old.organisation_id), "")
        organisation = old.organisation_id
        if join.value(_("organisation"), here, row.organisation) == row.organisation != "":
            organisation = self._organisation(row.organisation, group)
        told = {name: join.value(name, old.attributes.get(name), value) for name, value in row.attributes.items()}
        person = self._people[key] = replace(
            old, group=join.value(_("group"), old.group, group), organisation_id=organisation,
            consent=join.consent(old.consent, row.consent), attributes={**old.attributes, **told},
        )  # fmt: skip
        join.tell_contradictions()
        self._act.put(
            "respondent", person.id, name=person.name, grp=person.group, organisation_id=person.organisation_id,
            consent=person.consent.to_json(), attributes=dict(person.attributes),
        )  # fmt: skip
        return person.id

    def _organisation(self, name: str, group: str) -> str:
        old = self._organisations.get(person_key(name)) or Organisation(new_id(), name)
        new = self._organisations[person_key(name)] = replace(old, group=old.group or group)
        self._act.put("organisation", new.id, name=new.name, grp=new.group, attributes=dict(new.attributes))
        return new.id


@dataclass(frozen=True, slots=True)
class _Joining:
    """What is known of a person beside what a row says: gaps are filled, contradictions are told and left."""

    name: str
    tell: Tell
    contradictions: list[str]

    def value(self, field: str, old: T, said: T) -> T:
        """The value from now on; `field` is its name in the user's language."""
        if not old or not said or person_key(str(old)) == person_key(str(said)):
            return old or said
        self.contradictions.append(
            _("{field} “{known}”, not “{said}”").format(
                field=visible(field), known=visible(str(old)), said=visible(str(said))
            )
        )
        return old

    def tell_contradictions(self) -> None:
        """One sentence for all that was left."""
        if self.contradictions:
            self.tell(
                _("{name} is known already, and the table contradicts it; what was known stays: {fields}").format(
                    name=visible(self.name), fields="; ".join(self.contradictions)
                )
            )

    def consent(self, old: Consent, said: Consent) -> Consent:
        """The consent from now on. A withdrawal always counts; nothing else changes what is recorded."""
        unknown = ConsentStatus.NOT_RECORDED
        if said.status is ConsentStatus.WITHDRAWN and old.status not in (unknown, ConsentStatus.WITHDRAWN):
            self.tell(
                _("{name}: the consent is withdrawn from now on; the project had “{known}”.").format(
                    name=visible(self.name), known=_consent_word(old.status)
                )
            )
            return replace(old, status=ConsentStatus.WITHDRAWN)
        if unknown not in (old.status, said.status) and old.status is not said.status:
            self.value(_("consent"), _consent_word(old.status), _consent_word(said.status))
            return old
        return Consent(
            said.status if old.status is unknown else old.status,
            self._scope(old.scope, said.scope),
            self.value(_("attribution"), old.attribution, said.attribution),
            self.value(_("date of the consent"), old.date, said.date),
            self.value(_("language of the consent"), old.language, said.language),
            self.value(_("embargo"), old.embargo, said.embargo),
            old.because,
        )

    def _scope(self, old: tuple[str, ...], said: tuple[str, ...]) -> tuple[str, ...]:
        if old and said and set(old) != set(said):
            self.value(_("scope of the consent"), ", ".join(old), ", ".join(said))
        return old or said


def joined_consent(person: Respondent, said: Consent, tell: Tell) -> Consent:
    """The consent of somebody who is known, after a table said something of it; what contradicts it is told."""
    join = _Joining(person.name, tell, [])
    found = join.consent(person.consent, said)
    join.tell_contradictions()
    return found


def _consent_word(status: ConsentStatus) -> str:
    from hsreview.intake.respondent_words import CONSENT, word_for

    return word_for(status, CONSENT)


def kind_of(rows: Sequence[StagedRespondent]) -> Kind:
    """What the rows of one file make it: what they say, else a focus group where they name several people."""
    said = next((kind for row in rows if (kind := row.transcript.get("kind"))), "")
    several = len({row.respondent for row in rows if row.respondent}) > 1
    return Kind(said) if said else Kind.FOCUS_GROUP if several else Kind.INTERVIEW


def kind_note(file_name: str, rows: Sequence[StagedRespondent]) -> str:
    """A sentence where `kind_of` took a file for a focus group without being told so; else empty."""
    people = len({row.respondent for row in rows if row.respondent})
    if kind_of(rows) is not Kind.FOCUS_GROUP or any(row.transcript.get("kind") for row in rows):
        return ""
    text = _(
        "{file}: a focus group, since the table names {n} respondents. If it is an interview, write interview in the "
        "column kind, or say so later (transcripts set NAME --kind interview)."
    )
    return text.format(file=visible(file_name), n=people)


def put_speakers(
    act: Act, transcript_id: str, staged: StagedTranscript, rows: Sequence[StagedRespondent],
    people: Mapping[str, str], tell: Tell,
) -> None:  # fmt: skip
    """Store who speaks in a transcript, with the people that `rows` put behind the labels."""
    by_label = _people_behind(staged, rows, people, tell)
    unnamed = [row for row in rows if row.respondent and not row.speaker]
    if len(unnamed) == 1 and not staged.speakers:
        # The person behind a text without labels: a speaker without a label, whom no turn names.
        act.put(
            "speaker", new_id(), transcript_id=transcript_id, label="", role=str(Role.RESPONDENT),
            respondent_id=people[unnamed[0].respondent],
        )  # fmt: skip
    order = list(dict.fromkeys(turn.speaker for turn in staged.turns if turn.speaker is not None))
    for speaker in staged.speakers:
        act.put(
            "speaker", speaker_id(transcript_id, order.index(speaker.label)), transcript_id=transcript_id,
            label=speaker.label, role=str(speaker.role), respondent_id=by_label.get(speaker.label),
        )  # fmt: skip


def _people_behind(
    staged: StagedTranscript, rows: Sequence[StagedRespondent], people: Mapping[str, str], tell: Tell
) -> dict[str, str]:
    from hsreview.intake.roles import label_key

    file, labels = visible(staged.file_name), visible(", ".join(s.label for s in staged.speakers) or "–")
    found: dict[str, str] = {}
    open_: list[str] = []
    for row in rows:
        same = [s.label for s in staged.speakers if s.label == row.speaker] or [
            s.label for s in staged.speakers if label_key(s.label) == label_key(row.speaker)
        ]
        if not row.respondent:
            continue
        if not row.speaker:
            open_.append(row.respondent)
        elif same:
            found |= dict.fromkeys(same, people[row.respondent])
        else:
            text = _("{file}: the table puts {name} behind the speaker {label}, who is not there. Speakers: {labels}")
            tell(text.format(file=file, name=visible(row.respondent), label=visible(row.speaker), labels=labels))
    talkers = [s.label for s in staged.speakers if s.role is Role.RESPONDENT and s.label not in found]
    if len(open_) == len(talkers) == 1:
        found[talkers[0]] = people[open_[0]]
    elif staged.speakers or len(open_) > 1:
        for name in open_:
            text = _("{file}: the table does not say which speaker {name} is. Speakers: {labels}")
            tell(text.format(file=file, name=visible(name), labels=labels))
    return found
