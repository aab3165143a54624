"""A new text of a transcript that says itself where the stretches of older ones stand in it, so that they may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsreview.base.ids import new_id
from hsreview.model.aligning import common
from hsreview.model.carrying import Recorded
from hsreview.model.text import CueTime, Span, Turn
from hsreview.project import content
from hsreview.project.log import Act
from hsreview.project.text_versions import inherited, next_number


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text that takes the place of the newest one of a transcript."""

    transcript_id: str
    base: str
    """Id of the text that it replaces."""
    text: str
    turns: tuple[Turn, ...]
    """With labels as they are stored."""
    speakers: Mapping[int, str]
    """Number of a turn → its speaker, where that is not the one of its stored label."""
    labels: tuple[str, ...]
    sentences: tuple[Span, ...]
    words: tuple[Span, ...]
    cues: tuple[CueTime, ...]
    carries: Mapping[str, Recorded]
    file_name: str = ""


def compared(old: str, new: str) -> Recorded:
    """What two texts have in common, as it is kept when the older one goes."""
    found = common(old, new)
    return {"blocks": [list(block) for block in found.blocks], "replaced": [[*a, *b] for a, b in found.respelt]}


def store_text(act: Act, made: Rewritten) -> str:
    """Store the text, inside an open transaction; returns the id of the version."""
    connection, version = act.connection, new_id()
    source = inherited(connection, made.base)
    source["file_name_hash"] = content.put_name(connection, made.file_name) if made.file_name else None
    row = connection.execute("select splitter from text_version where id = ?", (made.base,)).fetchone()
    act.put(
        "text_version", version, transcript_id=made.transcript_id,
        number=next_number(connection, made.transcript_id), text_hash=content.put_text(connection, made.text),
        turns_hash=content.put_turns(connection, made.turns, made.labels),
        sentences_hash=content.put_spans(connection, "sentences", made.sentences),
        words_hash=content.put_spans(connection, "words", made.words),
        cues_hash=content.put_cues(connection, made.cues) if made.cues else None, length=len(made.text),
        words=len(made.words), splitter=row[0], doubts=[], carries=made.carries, **source,
    )  # fmt: skip
    for number, speaker in made.speakers.items():
        act.put_turn(version, number, speaker)
    return version
