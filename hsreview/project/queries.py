"""What is read from the project file: plain selections that return the words of the model."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hsreview.model.coding import OWN, Coding, Memo, Origin
from hsreview.model.people import Coder, CoderRole, Consent, ConsentStatus, Organisation, Respondent, Speaker
from hsreview.model.text import Role, Span, TextVersion, Turn
from hsreview.model.transcript import Kind, Transcript
from hsreview.project import content, passes

NEWEST = (
    "(select v.id from text_version v where v.transcript_id = t.id and v.removed = 0 and v.number is not null"
    " order by v.number desc, v.id desc limit 1)"
)
"""The text that is shown: of two that were made at the same time the same one everywhere (see `newest_version`)."""
_TRANSCRIPT = (
    "select t.id, t.name, t.kind, t.grp, t.language, t.date, t.wave, t.attributes,"
    f" {NEWEST} from transcript t where t.removed = 0"
)
May = Callable[[str | None, str, str], bool]
"""Whether the reader may see the work on a transcript of a coder in a pass (see `hsreview.review.blind`)."""
LIVE = (
    "select v.id from text_version v join transcript t on t.id = v.transcript_id where v.removed = 0 and t.removed = 0"
)
"""Text versions that count: those of a removed transcript keep their codings, and nobody sees or counts them."""
_CODING = (
    'select id, version_id, start, "end", code_id, coder_id, layer, pass, origin, modifiers, flags, created from coding'
)
_MEMO = (
    'select id, coder_id, text, created, transcript_id, coding_id, code_id, version_id, start, "end" from memo'
    " where removed = 0 and not exists (select 1 from transcript t where t.removed = 1 and t.id ="
    " coalesce(memo.transcript_id, (select v.transcript_id from text_version v where v.id ="
    " coalesce(memo.version_id, (select c.version_id from coding c where c.id = memo.coding_id)))))"
)
_ORIGINS = {str(origin): origin for origin in Origin}
_FAR = 2**62
"""An offset behind every text."""


def _transcript(row: Sequence[Any]) -> Transcript:
    return Transcript(
        row[0], row[1], Kind(row[2]), row[3], row[4], row[5], row[6], json.loads(row[7]), row[8] or ""
    )  # fmt: skip


def transcripts(connection: sqlite3.Connection) -> list[Transcript]:
    """All transcripts, by name."""
    return [_transcript(row) for row in connection.execute(_TRANSCRIPT + " order by t.name, t.id")]


def transcript(connection: sqlite3.Connection, wish: str) -> list[Transcript]:
    """The transcripts with that id or that name."""
    return [_transcript(row) for row in connection.execute(_TRANSCRIPT + " and ? in (t.id, t.name)", (wish,))]


def transcript_with(connection: sqlite3.Connection, transcript_id: str) -> Transcript | None:
    """The transcript with that id; null when it is removed or unknown."""
    row = connection.execute(_TRANSCRIPT + " and t.id = ?", (transcript_id,)).fetchone()
    return _transcript(row) if row else None


def version(connection: sqlite3.Connection, version_id: str) -> TextVersion | None:
    """One text version; null when it is removed."""
    row = connection.execute(
        "select id, transcript_id, number, text_hash, original_hash, length from text_version"
        " where id = ? and removed = 0",
        (version_id,),
    ).fetchone()
    return TextVersion(*row) if row else None


def text_of(connection: sqlite3.Connection, version_id: str) -> str:
    """The stored text of a version; empty when it is withheld or erased."""
    row = connection.execute("select text_hash from text_version where id = ?", (version_id,)).fetchone()
    return (content.text(connection, row[0]) or "") if row else ""


def unit_hashes(connection: sqlite3.Connection, version_id: str) -> tuple[str | None, str | None, str | None]:
    """Hashes of the sentences, the words and the cue times of a version; nulls where they are not known."""
    row = connection.execute(
        "select sentences_hash, words_hash, cues_hash from text_version where id = ?", (version_id,)
    ).fetchone()
    return row or (None, None, None)


def sentences(connection: sqlite3.Connection, version_id: str) -> tuple[Span, ...]:
    """The sentence units of a version; empty when they are withheld or erased."""
    return content.spans(connection, unit_hashes(connection, version_id)[0] or "")


def words(connection: sqlite3.Connection, version_id: str) -> tuple[Span, ...]:
    """The word units of a version; empty when they are withheld or erased."""
    return content.spans(connection, unit_hashes(connection, version_id)[1] or "")


def word_starts(connection: sqlite3.Connection, version_id: str) -> array[int]:
    """Where the words of a version start, ascending; empty when they are withheld or erased."""
    return content.span_starts(connection, unit_hashes(connection, version_id)[1] or "")


def turns(connection: sqlite3.Connection, version_id: str, within: Span | None = None) -> list[Turn]:
    """The turns of a version, with corrections; only those that touch `within` where it is given."""
    start, end = within or (0, _FAR)
    rows = connection.execute(
        'select t.number, s.label, t.start, t.label_end, t."end", t.time, t.time_end from turn t'
        ' left join speaker s on s.id = t.speaker_id where t.version_id = ? and t.start < ? and t."end" > ?'
        " order by t.number",
        (version_id, end, start),
    )
    return [Turn(*row) for row in rows]


def has_labels(connection: sqlite3.Connection, version_id: str) -> bool:
    """Whether any turn of a version bears a label."""
    found = connection.execute(
        "select exists (select 1 from turn t join speaker s on s.id = t.speaker_id"
        " where t.version_id = ? and s.label is not null)",
        (version_id,),
    )
    return bool(found.fetchone()[0])


def speakers(connection: sqlite3.Connection, transcript_id: str | None = None) -> list[Speaker]:
    """The speakers of one transcript, or of all."""
    one = "" if transcript_id is None else " and transcript_id = ?"
    rows = connection.execute(
        "select id, transcript_id, label, role, respondent_id from speaker"
        f" where removed = 0{one} and transcript_id in (select id from transcript where removed = 0)"
        " order by transcript_id, label",
        () if transcript_id is None else (transcript_id,),
    )
    return [Speaker(row[0], row[1], row[2], Role(row[3]), row[4]) for row in rows]


def coders(connection: sqlite3.Connection) -> list[Coder]:
    """The team, by name; whoever was removed while their work was on its way is in it again."""
    rows = connection.execute(
        "select id, name, role from coder where removed = 0 or (name is not null and role is not null"
        " and (id in (select coder from head) or exists (select 1 from coding where coder_id = coder.id)))"
        " order by name, id"
    )
    return [Coder(row[0], row[1], CoderRole(row[2])) for row in rows]


def consent_from_json(value: Mapping[str, Any]) -> Consent:
    """The consent stored in a respondent's row."""
    return Consent(
        ConsentStatus(value.get("status", ConsentStatus.NOT_RECORDED)),
        tuple(value.get("scope", ())),
        value.get("attribution", ""),
        value.get("date", ""),
        value.get("language", ""),
        value.get("embargo", ""),
        value.get("because", ""),
    )


def respondents(connection: sqlite3.Connection, ids: Iterable[str] | None = None) -> list[Respondent]:
    """The people who were interviewed (or those with these ids), by pseudonym."""
    wanted = None if ids is None else tuple(ids)
    among = "" if wanted is None else f" and id in ({','.join('?' * len(wanted))})"
    rows = connection.execute(
        "select id, name, grp, organisation_id, consent, attributes from respondent where removed = 0"
        f"{among} order by name, id",
        wanted or (),
    )
    return [
        Respondent(row[0], row[1], row[2], row[3], consent_from_json(json.loads(row[4])), json.loads(row[5]))
        for row in rows
    ]


def organisations(connection: sqlite3.Connection) -> list[Organisation]:
    """The organisations, by name."""
    rows = connection.execute("select id, name, grp, attributes from organisation where removed = 0 order by name, id")
    return [Organisation(row[0], row[1], row[2], json.loads(row[3])) for row in rows]


@lru_cache(maxsize=4096)
def _flags(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))


def _coding(row: Sequence[Any]) -> Coding:
    return Coding(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], _ORIGINS[row[8]],
        json.loads(row[9]) if row[9] != "{}" else {}, _flags(row[10]), row[11],
    )  # fmt: skip


def codings(
    connection: sqlite3.Connection, *, version_id: str | None = None, coder_id: str | None = None,
    layer: str | None = OWN, code_ids: Iterable[str] = (), coding_id: str | None = None, reading: str | None = None,
) -> list[Coding]:  # fmt: skip
    """Codings by place (longest first where several start together); an argument that is null does not restrict.

    `reading` is empty for first readings, else the name of a repetition (see `hsreview.model.review.reading_of`).
    Those of removed transcripts are left out.
    """
    conditions: list[str] = ["removed = 0"]
    values: list[str] = []
    codes = tuple(code_ids)
    if version_id is not None:
        conditions.append(f"exists ({LIVE} and v.id = ?)")
        values.append(version_id)
    elif coding_id is not None or codes:
        conditions.append(f"exists ({LIVE} and v.id = version_id)")  # So that the index of what is wanted is used.
    else:
        conditions.append(f"version_id in ({LIVE})")
    wanted = (("version_id", version_id), ("coder_id", coder_id), ("layer", layer), ("id", coding_id))
    for column, value in wanted:
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if reading is not None:
        conditions.append(f"{passes.reading_column(connection)} = ?")
        values.append(reading)
    if codes:
        conditions.append(f"code_id in ({', '.join('?' * len(codes))})")
        values.extend(codes)
    sql = f'{_CODING} where {" and ".join(conditions)} order by version_id, start, "end" desc, id'
    return [_coding(row) for row in connection.execute(sql, values)]


def codings_by_id(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Coding]:
    """The codings with these ids, in no order; those of removed transcripts are left out."""
    sql = f"{_CODING} where removed = 0 and version_id in ({LIVE}) and id in (select value from json_each(?))"
    return [_coding(row) for row in connection.execute(sql, (json.dumps(list(ids)),))]


def codings_like(connection: sqlite3.Connection, beginning: str) -> list[str]:
    """Ids of codings that begin so, two at most."""
    rows = connection.execute(
        f"select id from coding where removed = 0 and version_id in ({LIVE}) and substr(id, 1, ?) = ? limit 2",
        (len(beginning), beginning),
    )
    return [row[0] for row in rows]


def any_coding(connection: sqlite3.Connection) -> bool:
    """Whether anything is or was coded."""
    return bool(connection.execute("select exists (select 1 from coding)").fetchone()[0])


def memos(
    connection: sqlite3.Connection, *, coder_id: str | None = None, transcript_id: str | None = None,
    coding_id: str | None = None, code_id: str | None = None, memo_id: str | None = None,
) -> list[Memo]:  # fmt: skip
    """Memos by time; an argument that is null does not restrict. Those of removed transcripts are left out."""
    condition, values = "", []
    wanted = (
        ("coder_id", coder_id), ("transcript_id", transcript_id), ("coding_id", coding_id), ("code_id", code_id),
        ("id", memo_id),
    )  # fmt: skip
    for column, value in wanted:
        if value is not None:
            condition += f" and {column} = ?"
            values.append(value)
    return [Memo(*row) for row in connection.execute(f"{_MEMO}{condition} order by created, id", values)]


def settings(connection: sqlite3.Connection, prefix: str) -> dict[str, Any]:
    """Settings whose names start with `prefix`: what follows it → the value, by name."""
    rows = connection.execute(
        "select id, value from setting where removed = 0 and value is not null and substr(id, 1, ?) = ? order by id",
        (len(prefix), prefix),
    )
    return {name[len(prefix) :]: json.loads(value) for name, value in rows}


def setting(connection: sqlite3.Connection, name: str, default: Any = None) -> Any:
    """A setting of the project."""
    row = connection.execute("select value from setting where id = ? and removed = 0", (name,)).fetchone()
    return json.loads(row[0]) if row and row[0] is not None else default


def _passages(connection: sqlite3.Connection) -> str:
    """Two codings of one reading with one code on one segment (after a merge of codes or copies) are one passage.

    What a corrected text lost is none: its words are no longer there.
    """
    return (
        f'select distinct version_id, start, "end", code_id, coder_id, {passes.reading_column(connection)} as reading,'
        " layer from coding where removed = 0"
        f" and version_id in (select {NEWEST} from transcript t where t.removed = 0)"
    )


def code_usage(
    connection: sqlite3.Connection, coder_id: str | None = None, *, may: May | None = None
) -> dict[str, tuple[int, int]]:
    """Code id → (passages, transcripts) in the first readings of one coder or of all coders' own layers.

    With `may`, of what the reader may see.
    """
    if may is not None:
        return _usage_seen(connection, coder_id, may)
    rows = connection.execute(
        "select code_id, count(*), count(distinct version_id) from"
        f" ({_passages(connection)} and layer = 'own' and (?1 is null or coder_id = ?1)) where reading = ''"
        " group by code_id",
        (coder_id,),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def _usage_seen(connection: sqlite3.Connection, coder_id: str | None, may: May) -> dict[str, tuple[int, int]]:
    rows = connection.execute(
        "select p.code_id, v.transcript_id, p.coder_id, count(*) from"
        f" ({_passages(connection)} and layer = 'own' and (?1 is null or coder_id = ?1)) p"
        " join text_version v on v.id = p.version_id where p.reading = '' group by 1, 2, 3",
        (coder_id,),
    )
    passages: dict[str, int] = {}
    where: dict[str, set[str]] = {}
    for code, transcript, coder, n in rows:
        if may(transcript, coder, ""):
            passages[code] = passages.get(code, 0) + n
            where.setdefault(code, set()).add(transcript)
    return {code: (n, len(where[code])) for code, n in passages.items()}


def coded_by(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """`(transcript id, coder id, pass)` of everything that is coded."""
    return set(
        connection.execute(
            "select distinct v.transcript_id, c.coder_id, c.pass from coding c"
            " join text_version v on v.id = c.version_id"
            f" where c.removed = 0 and c.layer = 'own' and c.version_id in ({LIVE})"
        )
    )


def layer_sizes(connection: sqlite3.Connection) -> dict[tuple[str | None, str], int]:
    """`(coder id, reading)` (null and empty for the consensus) → passages in that layer."""
    rows = connection.execute(
        "select case layer when 'own' then coder_id end, case layer when 'own' then reading else '' end, count(*)"
        f" from ({_passages(connection)}) group by 1, 2"
    )
    return {(row[0], row[1]): row[2] for row in rows}


def reviewed(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """`(transcript id, coder id, pass)` of every pass that was marked reviewed."""
    return set(connection.execute("select transcript_id, coder_id, pass from reviewed where removed = 0"))


def assigned(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """`(transcript id, coder id, pass)` of every assignment."""
    return set(connection.execute("select transcript_id, coder_id, pass from assignment where removed = 0"))


class AssignmentRow(NamedTuple):
    """An assignment as it stands in the file."""

    id: str
    transcript_id: str
    coder_id: str
    pass_: str
    blind: bool
    reason: str


def assignments(connection: sqlite3.Connection) -> list[AssignmentRow]:
    """All assignments; those of removed transcripts too."""
    rows = connection.execute(
        "select id, transcript_id, coder_id, pass, blind, reason from assignment"
        " where removed = 0 and transcript_id is not null order by id"
    )
    return [AssignmentRow(row[0], row[1], row[2], row[3], bool(row[4]), row[5] or "") for row in rows]


def is_reviewed(connection: sqlite3.Connection, transcript_id: str, coder_id: str) -> bool:
    """Whether the coder marked any pass of the transcript reviewed."""
    return bool(
        connection.execute(
            "select exists (select 1 from reviewed where transcript_id = ? and coder_id = ? and removed = 0)",
            (transcript_id, coder_id),
        ).fetchone()[0]
    )
