"""What is handed over: everything, one coder's own records, or what a coder needs to code blind."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hsreview.model.change import BodyState, Change
from hsreview.model.exchange import Content
from hsreview.model.framework import TABLES as FRAMEWORK_TABLES
from hsreview.model.settings import DRAW_SETTING
from hsreview.model.transfer import DROPPED
from hsreview.project.entities import ENTITIES
from hsreview.project.log import changes

_CONTENTS = ("text_hash", "turns_hash", "sentences_hash", "words_hash", "cues_hash", "file_name_hash")
_OWN = frozenset(
    {
        "coding", "memo", "reviewed", "assignment", "recheck", "decision", "adoption", "quote", "saved_search",
        "output", "summary", "translation", *FRAMEWORK_TABLES,
    }
)  # fmt: skip
"""What others coded, wrote, finished, were given and decided: a coder who works blind does not get it."""


@dataclass(frozen=True, slots=True)
class Selected:
    """Records in the order of replay, the contents they speak of, and how far both they and this project reach."""

    changes: Sequence[Change]
    contents: Sequence[Content]
    heads: Mapping[str, int]
    """`coder/replica` → number of the newest record among them."""
    knows: Mapping[str, int]
    """`coder/replica` → number of the newest record of this project."""


def select(connection: sqlite3.Connection, *, mine: str = "", blind_for: str = "") -> Selected:
    """Records and contents to hand over: everything, or with `mine` all records of that coder, on every replica here.

    With `blind_for` all records, but without the bodies that this coder may not see: others' codings, memos, marks and
    decisions, and everything about transcripts that are not assigned to the coder (draws of them name them); their
    contents are left out too.
    """
    chosen = list(changes(connection, "coder = ?", (mine,)) if mine else changes(connection))
    if blind_for:
        view = _View(connection, blind_for)
        chosen = [change if view.may_see(change) else withheld(change) for change in chosen]
    return selected(connection, chosen, _contents(connection, chosen, everything=not (mine or blind_for)))


def selected(connection: sqlite3.Connection, chosen: Sequence[Change], contents: Sequence[Content]) -> Selected:
    """These records and contents, with how far they and the project reach."""
    heads: dict[str, int] = {}
    for change in chosen:
        actor = f"{change.coder}/{change.replica}"
        heads[actor] = max(heads.get(actor, 0), change.seq)
    knows = dict(connection.execute("select coder || '/' || replica, seq from head order by 1"))
    return Selected(chosen, contents, heads, knows)


def holds_work_of_others(connection: sqlite3.Connection, chosen: Iterable[Change], coder_id: str) -> bool:
    """Whether any of the records says what somebody but this coder coded or wrote down."""
    owners = {
        table: dict(connection.execute(f"select id, coder_id from {table}").fetchall()) for table in ("coding", "memo")
    }
    return any(
        change.coder != coder_id and bool(change.body) and owners[table].get(change.entity) != coder_id
        for change in chosen
        if (table := change.kind.partition(".")[0]) in owners
    )


def withheld(change: Change) -> Change:
    """A record without its body; one that has none stays as it is."""
    if change.state is not BodyState.PRESENT or not change.body:
        return change
    return replace(change, body=None, salt=None, state=BodyState.WITHHELD)


def _contents(connection: sqlite3.Connection, chosen: Sequence[Change], *, everything: bool) -> list[Content]:
    """What the versions among the records are made of; what was erased is named always, so that it goes everywhere."""
    wanted = {
        change.body["set"].get(name)
        for change in chosen
        if change.kind == "text_version.put" and change.body
        for name in _CONTENTS
    }
    return [
        Content(key, kind, data, state)
        for key, kind, data, state in connection.execute("select hash, kind, data, state from content order by hash")
        if everything or key in wanted or state == "erased"
    ]


class _View:
    """What one coder may see of the project."""

    def __init__(self, connection: sqlite3.Connection, coder_id: str) -> None:
        self._coder = coder_id
        ask = connection.execute
        self._transcripts = {
            row[0]
            for row in ask("select transcript_id from assignment where coder_id = ? and removed = 0", (coder_id,))
        }
        ours = json.dumps(sorted(self._transcripts))
        among = "in (select value from json_each(?))"
        self._of = {
            table: dict(ask(f"select id, {column} from {table}"))
            for table, column in (
                ("text_version", "transcript_id"),
                ("speaker", "transcript_id"),
                ("asked", "transcript_id"),
                ("masking", "transcript_id"),
            )
        }
        versions = {
            version for version, transcript in self._of["text_version"].items() if transcript in self._transcripts
        }
        self._respondents = {
            row[0] for row in ask(f"select respondent_id from speaker where transcript_id {among}", (ours,))
        }
        self._organisations = {
            row[0]
            for row in ask(
                f"select organisation_id from respondent where id {among}",
                (json.dumps(sorted(each for each in self._respondents if each)),),
            )
        }
        self._owners = {
            table: dict(ask(f"select id, coder_id from {table}"))
            for table in _OWN
            if "coder_id" in ENTITIES[table].fields
        }
        self._versions = versions
        self._hidden_codes = {
            row[0]
            for row in ask(
                "select id from code where status in ('proposed', 'refused', 'merged') and coder_id <> ?", (coder_id,)
            )
        } - self._needed_codes(connection)

    def _needed_codes(self, connection: sqlite3.Connection) -> set[str]:
        """Codes on the coder's own codings, with what they stand under.

        What others put a proposal on would tell what they coded, so that their codings do not count.
        """
        rows = connection.execute(
            "with recursive needed(id) as ("
            " select given_code_id from coding where coder_id = ?"
            " union select code.parent_id from code join needed using (id)"
            ") select id from needed where id is not null",
            (self._coder,),
        )
        return {row[0] for row in rows}

    def may_see(self, change: Change) -> bool:
        """Whether the coder gets the body of a record."""
        if change.coder == self._coder:
            return True
        table = change.kind.partition(".")[0]
        entity = change.entity
        if table in _OWN:
            return self._owners.get(table, {}).get(entity) == self._coder
        if table == "transcript":
            return entity in self._transcripts
        if table in self._of:
            return self._of[table].get(entity) in self._transcripts
        if table == "turn":
            return bool(change.body) and (change.body or {})["set"]["version_id"] in self._versions
        if table == "respondent":
            return entity in self._respondents
        if table == "organisation":
            return entity in self._organisations
        if table == "code":
            return entity not in self._hidden_codes
        if table == "setting" and entity.startswith(DROPPED):
            return False  # It is about the framework, which is closed to whoever codes blind.
        if table == "setting" and entity.startswith(DRAW_SETTING):
            return bool(change.body) and self._coder in (change.body or {})["set"]["value"]["coders"]
        if table == "ruling":
            return bool(change.body) and self._may_see_subject((change.body or {})["set"])
        return True

    def _may_see_subject(self, ruling: Mapping[str, object]) -> bool:
        if ruling.get("entity") in self._hidden_codes or str(ruling.get("entity")).startswith(DROPPED):
            return False
        return ruling.get("subject") in ("code", "codebook", "coder", "setting")
