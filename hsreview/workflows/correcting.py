"""Correct a transcript: a whole file, the words of one turn, or where turns begin and end.

Each makes a new text version in one act, after a look at what becomes of the codings (`hsreview.workflows.carrying`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.carrying import Alignment, Carried
from hsreview.model.people import Coder
from hsreview.model.staging import Doubt, StagedTranscript
from hsreview.model.text import CueTime, Role, Turn, check_turns
from hsreview.project import content
from hsreview.project.log import Act
from hsreview.project.maskings import maskings
from hsreview.project.project import Project
from hsreview.project.state import speaker_id
from hsreview.project.text_versions import VersionRow as VersionRow
from hsreview.project.text_versions import inherited, is_newest, next_number, stored_labels, text_versions
from hsreview.project.texts_apart import held
from hsreview.workflows.importing import Staged
from hsreview.workflows.people import known_label
from hsreview.workflows.reading import OpenText, Transcript, open_text, present_transcript

_SURE = (Carried.UNCHANGED, Carried.MOVED)


@dataclass(frozen=True, slots=True)
class NewText:
    """A text as it would be stored in the place of another one."""

    base: OpenText
    """The text that it corrects."""
    text: str
    turns: tuple[Turn, ...]
    cues: tuple[CueTime, ...]
    source: Mapping[str, Any]
    """Fields of the version that say which file it came from."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """Labels that are new in the transcript, with proposed roles."""
    doubts: tuple[Doubt, ...] = ()
    file_name: str = ""
    masking: Mapping[str, Any] | None = field(default=None, repr=False)
    """What was replaced in it."""

    @property
    def transcript(self) -> Transcript:
        """The transcript."""
        return self.base.transcript


def from_file(
    project: Project, transcript: Transcript, file: Path, *, encoding: str | None = None, anyway: bool = False,
    names: Callable[[StagedTranscript], Staged] | None = None,
) -> NewText:  # fmt: skip
    """The corrected text in a file of any format that is imported.

    Turns that stand in both texts keep their speakers and borders, also where these were corrected by hand. A text in
    which names were replaced takes a file only with `names`, which replaces them again. Raises InputRefused then, and
    when the file cannot be read, says the same, or has less than half of the words (unless `anyway`).
    """
    base = open_text(project, transcript)
    if names is None and any(each.transcript_id == transcript.id for each in maskings(project.connection)):
        raise InputRefused(
            _(
                "Names were replaced in {name}, and this file may have them again. Replace them by what is decided: "
                "hsreview transcripts correct … --pseudonymise"
            ).format(name=visible(transcript.name))
        )
    staged = _staged(file, encoding, {label: speaker.role for label, speaker in base.speakers.items() if label})
    put = names(staged) if names else None
    staged = put.transcript if put else staged
    alignment = Alignment(base.text, staged.text)
    if not anyway and 2 * _kept(base, alignment) < len(base.words()):
        raise InputRefused(
            _(
                "Less than half of the words of {name} are in this file. If it is the right one, say so with --anyway."
            ).format(name=visible(transcript.name))
        )
    labels = {each.label: known_label(project, transcript.id, each.label) for each in staged.speakers}
    theirs = [replace(t, speaker=labels.get(t.speaker or "") or t.speaker) for t in staged.turns]
    turns = _with_kept(len(staged.text), base, alignment, theirs)
    roles = {each.label: each.role for each in staged.speakers if labels[each.label] is None}
    spoken = {turn.speaker for turn in turns}
    source = {
        "original_hash": staged.original_hash, "format": staged.format, "encoding": staged.encoding,
        "convention": staged.convention,
    }  # fmt: skip
    made = NewText(
        base, staged.text, turns, staged.cues or _cues(base, alignment), source,
        {label: role for label, role in roles.items() if label in spoken}, staged.doubts, staged.file_name,
        put.masking if put else None,
    )  # fmt: skip
    if made.text == base.text and made.turns == base.turns:
        raise InputRefused(_("The file says the same as the text of {name}.").format(name=visible(transcript.name)))
    return made


def _staged(file: Path, encoding: str | None, roles: Mapping[str, Role]) -> StagedTranscript:
    """The file as intake reads it; by the known labels where that finds more of them."""
    from hsreview.intake.staging import stage

    plain = stage(file, encoding=encoding)
    known = roles.keys()
    if not known or known <= {each.label for each in plain.speakers}:
        return plain
    named = stage(file, encoding=encoding, speakers=roles)
    found, more = (sum(s.turns for s in each.speakers if s.label in known) for each in (plain, named))
    return named if more > found else plain


def _kept(base: OpenText, alignment: Alignment) -> int:
    return sum(alignment.place(start, end)[2] is not Carried.LOST for start, end in base.words())


def _with_kept(length: int, base: OpenText, alignment: Alignment, theirs: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns found in the new text, but those that stood in the old one as they were there."""
    kept: list[Turn] = []
    for turn in base.turns:
        start, end, state = alignment.place(turn.start, turn.end)
        if state in _SURE:
            kept.append(replace(turn, start=start, label_end=turn.label_end + start - turn.start, end=end))
    found = {turn.start: turn for turn in kept}
    next_kept = iter([*kept, None])
    ahead = next(next_kept)
    for turn in theirs:
        while ahead is not None and ahead.end <= turn.start:
            ahead = next(next_kept)
        if ahead is None or turn.start < ahead.start:
            found[turn.start] = turn
    for turn in kept:
        if turn.end < length and turn.end not in found:
            over = next(each for each in theirs if each.start <= turn.end < each.end)
            found[turn.end] = replace(over, start=turn.end, label_end=turn.end)
    return _numbered(length, [found[start] for start in sorted(found)])


def _numbered(length: int, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns that each reach to the next one, in their numbers."""
    ends = [*(turn.start for turn in turns[1:]), length]
    numbered = tuple(
        replace(turn, number=number, end=end, label_end=min(turn.label_end, end))
        for number, (turn, end) in enumerate(zip(turns, ends, strict=True), 1)
    )
    check_turns(length, numbered)
    return numbered


def _cues(base: OpenText, alignment: Alignment) -> tuple[CueTime, ...]:
    """The cue times whose words are still there."""
    placed = [(cue, alignment.place(cue.offset, cue.offset + 1)) for cue in base.cues() if cue.offset < len(base.text)]
    return tuple(replace(cue, offset=place[0]) for cue, place in placed if place[2] in _SURE)


def with_turn(project: Project, base: OpenText, number: int, said: str) -> NewText:
    """The text with other words in one turn; its label stays. Without words, the whole turn is taken out.

    Raises InputRefused when there is no such turn, the words are the same or cannot be stored.
    """
    from hsreview.intake.characters import refuse_impossible

    turn = turn_of(base, number)
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    old = turn.said(base.text)
    if said == old:
        raise InputRefused(_("The words of turn {number} are the same. Nothing was changed.").format(number=number))
    gone = not said.strip()
    start, end = (turn.start, turn.end) if gone else (turn.label_end, turn.label_end + len(old))
    words = "" if gone else said
    text = base.text[:start] + words + base.text[end:]
    if not text.strip():
        raise InputRefused(
            _("Nothing would be left of the text. To take a transcript out: hsreview transcripts remove")
        )
    refuse_impossible(text)
    shift = len(words) - (end - start)
    moved = [
        replace(each, start=each.start + shift, label_end=each.label_end + shift) if each.start > turn.start else each
        for each in base.turns
        if not (gone and each is turn)
    ]
    source = inherited(project.connection, base.version.id)
    return NewText(base, text, _numbered(len(text), moved), _cues(base, Alignment(base.text, text)), source)


def with_split(project: Project, base: OpenText, offset: int, speaker: str | None = None) -> NewText:
    """The same text with a turn that begins at `offset`, which `speaker` says (null: who says the turn so far).

    Raises InputRefused when a turn begins there already, or the place is in its label.
    """
    turn = next((each for each in base.turns if each.start <= offset < each.end), None)
    if turn is None or offset <= turn.label_end or not base.text[turn.label_end : offset].strip():
        raise InputRefused(_("A turn is split between its words, not before the first of them."))
    label = turn.speaker if speaker is None else known_label(project, base.transcript.id, speaker) or speaker
    second = Turn(0, label or None, offset, offset, turn.end)
    turns = [*base.turns[: turn.number], second, *base.turns[turn.number :]]
    new = label is not None and label != "" and label not in base.speakers
    return _same_text(project, base, turns, {label: Role.RESPONDENT} if new and label else {})


def with_joined(project: Project, base: OpenText, number: int) -> NewText:
    """The same text with the next turn as a part of turn `number`; a label of the next one counts as said.

    Raises InputRefused when there is no next turn.
    """
    turn = turn_of(base, number)
    if turn.number == len(base.turns):
        raise InputRefused(_("Turn {number} is the last one.").format(number=number))
    return _same_text(project, base, [each for each in base.turns if each.number != number + 1], {})


def _same_text(project: Project, base: OpenText, turns: Sequence[Turn], roles: Mapping[str, Role]) -> NewText:
    source = inherited(project.connection, base.version.id)
    return NewText(base, base.text, _numbered(len(base.text), turns), base.cues(), source, roles)


def turn_of(base: OpenText, number: int) -> Turn:
    """The turn with that number. Raises InputRefused when there is none."""
    count = len(base.turns)
    if not 1 <= number <= count:
        raise InputRefused(_("There is no turn {number}; the text has {count}.").format(number=number, count=count))
    return base.turns[number - 1]


def offset_in(base: OpenText, number: int, words: str) -> int:
    """Where in a turn the given words begin. Raises InputRefused when they are not there, or there several times."""
    turn = turn_of(base, number)
    said = turn.said(base.text)
    count = said.count(words) if words else 0
    if count != 1:
        told = (
            _("These words stand {count} times in turn {number}. Give more of them.")
            if count
            else _("These words are not in turn {number}.")
        )
        raise InputRefused(told.format(count=count, number=number))
    return turn.label_end + said.index(words)


def versions(project: Project, transcript: Transcript) -> list[tuple[VersionRow, str]]:
    """The texts of a transcript, the oldest first, each with what it is: `imported`, `corrected`, `turns`, `apart`.

    `turns`: the same words with other turns; `apart`: made where others were not known, and not in the newest one.
    """
    rows = text_versions(project.connection, transcript.id)
    in_newest = held(project.connection, transcript.id)
    found = []
    for k, row in enumerate(rows):
        earlier = [each for each in rows[:k] if each.id in in_newest]
        before = earlier[-1] if earlier else row
        same = before.text_hash == row.text_hash and before.turns_hash != row.turns_hash
        corrected = "turns" if same else "corrected"
        what = "imported" if row.number == 1 else corrected if row.id in in_newest else "apart"
        found.append((row, what))
    return found


def store_text(project: Project, coder: Coder, new: NewText) -> str:
    """Store a corrected text as the newest one of its transcript, in one act; returns the id of the version.

    Raises InputRefused when the text was corrected otherwise since it was read.
    """
    with project.act(coder.id) as act:
        present_transcript(project, new.transcript.id)
        if not is_newest(project.connection, new.base.version.id):
            raise InputRefused(
                _("The text of {name} was corrected meanwhile; nothing was stored. Look at it again.").format(
                    name=visible(new.transcript.name)
                )
            )
        return _put(project, act, new)


def _put(project: Project, act: Act, new: NewText) -> str:
    from hsreview.intake.units import make_units

    connection, transcript_id = project.connection, new.transcript.id
    units = make_units(new.text, new.turns)
    labels = stored_labels(connection, new.base.version.id)
    by_place = {label: speaker_id(transcript_id, index) for index, label in enumerate(labels)}
    ids = {label: speaker.id for label, speaker in new.base.speakers.items()}
    # Besides the new ones: a speaker may have been taken back on another computer, while turns here still name it.
    missing = dict.fromkeys(turn.speaker for turn in new.turns if turn.speaker is not None and turn.speaker not in ids)
    ids |= {label: new_id() for label in missing}
    # Speakers that were added by hand are named turn by turn: ids by place are those of the imported labels alone.
    stored = [
        t if by_place.get(t.speaker or "") == ids.get(t.speaker or "") else replace(t, speaker=None) for t in new.turns
    ]
    source = dict(new.source)
    if new.file_name:
        source["file_name_hash"] = content.put_name(connection, new.file_name)
    version_id = new_id()
    act.put(
        "text_version", version_id, transcript_id=transcript_id, number=next_number(connection, transcript_id),
        text_hash=content.put_text(connection, new.text), turns_hash=content.put_turns(connection, stored, labels),
        sentences_hash=content.put_spans(connection, "sentences", units.sentences),
        words_hash=content.put_spans(connection, "words", units.words),
        cues_hash=content.put_cues(connection, new.cues) if new.cues else None, length=len(new.text),
        words=len(units.words), splitter=units.splitter, doubts=[[d.code, d.count] for d in new.doubts], **source,
    )  # fmt: skip
    if new.masking is not None:
        act.put(
            "masking", new_id(), transcript_id=transcript_id, version_id=version_id, coder_id=act.coder_id, at=act.at,
            **new.masking,
        )  # fmt: skip
    for label, role in new.roles.items():
        if label not in new.base.speakers:
            act.put("speaker", ids[label], transcript_id=transcript_id, label=label, role=str(role), respondent_id=None)
    for turn, put in zip(new.turns, stored, strict=True):
        if put.speaker is None and turn.speaker is not None:
            act.put_turn(version_id, turn.number, ids[turn.speaker])
    return version_id
