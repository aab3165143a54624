"""Whose words the transcripts hold, as far as consent is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from hsreview.model.naming import NameClass
from hsreview.model.people import ConsentStatus
from hsreview.model.transcript import Kind
from hsreview.project import queries
from hsreview.project.log import changes


@dataclass(frozen=True, slots=True)
class Speaking:
    """Who speaks in one transcript, interviewers left out."""

    transcript_id: str
    name: str
    kind: Kind
    gated: bool
    """Whether it was imported since consent is asked for."""
    people: tuple[str, ...]
    """Ids of the respondents who are known."""
    unnamed: tuple[str, ...]
    """Labels that speak as respondents in the newest text with nobody known behind them."""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of each of these people → their labels in the transcript."""

    @property
    def nobody(self) -> bool:
        """Whether it is a document that speaks for nobody in particular."""
        return self.kind is Kind.DOCUMENT and not self.people and not self.unnamed


def speaking(connection: sqlite3.Connection, transcript_ids: Collection[str] | None = None) -> list[Speaking]:
    """Who speaks in these transcripts (null: in all), by name."""
    wanted = None if transcript_ids is None else tuple(transcript_ids)
    among = "" if wanted is None else f" and t.id in ({','.join('?' * len(wanted))})"
    rows = connection.execute(
        "select t.id, t.name, t.kind, t.gated, s.label, s.respondent_id, s.role = 'respondent' and exists"
        f" (select 1 from turn u where u.speaker_id = s.id and u.version_id = {queries.NEWEST})"
        " from transcript t left join speaker s on s.transcript_id = t.id and s.removed = 0"
        f" and s.role <> 'interviewer' where t.removed = 0{among} order by t.name, t.id, s.label",
        wanted or (),
    ).fetchall()
    found: dict[str, Speaking] = {}
    for key, name, kind, gated, label, respondent, answers in rows:
        old = found.get(key) or Speaking(key, name, Kind(kind), bool(gated), (), ())
        people = (*old.people, respondent) if respondent and respondent not in old.people else old.people
        unnamed = (*old.unnamed, label) if answers and not respondent else old.unnamed
        called = {respondent: (*old.labels.get(respondent, ()), label)} if respondent else {}
        found[key] = Speaking(key, name, old.kind, old.gated, people, unnamed, {**old.labels, **called})
    return list(found.values())


def pseudonyms_given(connection: sqlite3.Connection, transcript_id: str) -> list[str]:
    """What was put in the place of names of people in the texts of a transcript, words in brackets left out."""
    rows = connection.execute(
        "select distinct i.value ->> 3 from masking m, json_each(m.items) i where m.transcript_id = ? and m.removed = 0"
        " and i.value ->> 2 in (?, ?) and i.value ->> 3 not like '[%' order by 1",
        (transcript_id, NameClass.PERSON, NameClass.OTHER),
    )
    return [row[0] for row in rows]


def recorded(connection: sqlite3.Connection, respondent_id: str) -> list[tuple[str, str, dict[str, Any]]]:
    """`(time, coder id, what was said of the consent)` by the log, oldest first; what is erased is left out."""
    found = []
    for change in changes(connection, "kind = 'respondent.put' and entity = ?", (respondent_id,)):
        said = (change.body or {}).get("set", {})
        consent = {name.partition(".")[2]: value for name, value in said.items() if name.startswith("consent.")}
        if any(value not in ("", [], ConsentStatus.NOT_RECORDED) for value in consent.values()):
            found.append((change.at, change.coder, consent))
    return found


def gated_transcripts(connection: sqlite3.Connection) -> frozenset[str]:
    """Ids of the transcripts that were imported since consent is asked for."""
    return frozenset(row[0] for row in connection.execute("select id from transcript where gated = 1"))


def transcripts_of_texts(connection: sqlite3.Connection, version_ids: Collection[str]) -> list[str]:
    """Ids of the transcripts to which these texts belong, each once."""
    wanted = tuple(dict.fromkeys(version_ids))
    rows = connection.execute(
        f"select distinct transcript_id from text_version where id in ({','.join('?' * len(wanted))})", wanted
    )
    return [row[0] for row in rows if row[0] is not None]
