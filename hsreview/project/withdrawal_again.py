"""A withdrawal that a backup does not know: what it named goes there too, and of shared interviews the others stay.

Who spoke is taken from the withdrawal and not from the backup, where a speaker may have been taken for somebody else,
or for nobody, when it was made.
"""

from __future__ import annotations

import sqlite3

from hsreview.model.confidentiality import Withdrawal
from hsreview.project.masking_again import as_told, newer_text
from hsreview.project.withdrawal import Theirs, contents_of, is_told, reused, rewritten, said_by, texts_of


def theirs_again(backup: sqlite3.Connection, present: sqlite3.Connection, trace: Withdrawal) -> Theirs:
    """What of a backup a withdrawal of the `present` project erases, and the texts of others that take its place."""
    things = set(trace.things)
    owner = dict(backup.execute("select id, transcript_id from text_version order by transcript_id, number, id"))
    whole = tuple(dict.fromkeys(transcript for transcript in owner.values() if transcript in things))
    gone = {version for version, transcript in owner.items() if transcript in things}
    stretches = {version: list(spans) for version, spans in trace.stretches.items()}
    versions, shared, missing = sorted(gone), [], []
    for transcript in dict.fromkeys(owner[version] for version in trace.stretches if version in owner):
        texts = texts_of(backup, transcript)
        speakers = _speakers(backup, transcript) & things
        instead = newer_text(backup, present, transcript)
        made = (
            as_told(backup, present, transcript, instead)
            if instead is not None
            else rewritten(backup, transcript, texts, speakers)
        )
        if made is None:
            missing.append(transcript)
        elif is_told(backup, made):
            texts.remove(made.base)
        else:
            shared.append(made)
        versions += texts
        for version in texts:
            known = stretches.setdefault(version, [])
            known += [span for span in said_by(backup, version, speakers) if span not in known]
    contents = {*trace.contents, *contents_of(backup, gone | (stretches.keys() & owner.keys()))}
    return Theirs(
        trace.respondent_id, whole, tuple(shared), tuple(missing), tuple(versions), stretches,
        frozenset(things | gone), frozenset(contents - reused(backup, shared)),
    )  # fmt: skip


def _speakers(backup: sqlite3.Connection, transcript: str) -> set[str]:
    return {row[0] for row in backup.execute("select id from speaker where transcript_id = ?", (transcript,))}
