"""A file as it would be stored: text, turns, speakers with proposed roles, units, and every doubt about them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hsreview.intake.characters import examine, refuse_impossible
from hsreview.intake.guess import guess_language
from hsreview.intake.labels import find_turns
from hsreview.intake.reader import read_bytes, read_content
from hsreview.intake.roles import Speech, apply_roles, propose_roles
from hsreview.intake.units import make_units
from hsreview.model.staging import StagedSpeaker, StagedTranscript
from hsreview.model.text import CueTime, Role, Span, Turn

_SAMPLE = 80
_AFTER_QUESTION = ' \n\t\u00a0\u202f"”»)'


def stage(
    path: Path,
    *,
    encoding: str | None = None,
    speakers: Mapping[str, Role] | None = None,
    language: str | None = None,
) -> StagedTranscript:
    """Read one transcript file and prepare it for storing; nothing is written.

    `speakers` gives roles by label (compared without case and accents); its labels are looked for at the beginning of
    lines even without a colon. `language` is `fr` or `en`, guessed when missing. Raises InputRefused with one clear
    sentence when the file cannot be taken, UsageProblem for an unknown encoding.
    """
    return stage_content(read_bytes(path), path.name, encoding=encoding, speakers=speakers, language=language)


def stage_content(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    speakers: Mapping[str, Role] | None = None,
    language: str | None = None,
) -> StagedTranscript:
    """As `stage`, for the bytes of a file called `name`."""
    name = os.fsencode(name).decode("utf-8", "replace")  # a file name may hold bytes that are no text
    source = read_content(data, name, encoding=encoding)
    refuse_impossible(source.text)
    labelling = find_turns(source, speakers)
    units = make_units(source.text, labelling.turns)
    return StagedTranscript(
        name=Path(name).stem,
        file_name=name,
        format=source.format,
        encoding=source.encoding,
        convention=labelling.convention,
        language=language or guess_language(source.text),
        text=source.text,
        turns=labelling.turns,
        units=units,
        speakers=_speakers(source.text, labelling.turns, units.words, speakers or {}),
        original_hash=hashlib.sha256(data).hexdigest(),
        cues=source.cues,
        doubts=(*source.doubts, *examine(source.text), *labelling.doubts),
        readings=source.readings,
    )


def restage(
    staged: StagedTranscript, *, roles: Mapping[str, Role] | None = None, language: str | None = None
) -> StagedTranscript:
    """`staged` with other roles (by label) or another language; another encoding needs a new `stage`."""
    roles = roles or {}
    wished = apply_roles({speaker.label: speaker.role for speaker in staged.speakers}, roles)
    people = tuple(replace(speaker, role=wished[speaker.label]) for speaker in staged.speakers)
    return replace(staged, speakers=people, language=staged.language if language is None else language)


def rewritten(
    staged: StagedTranscript, text: str, turns: tuple[Turn, ...], cues: tuple[CueTime, ...], stem: str
) -> StagedTranscript:
    """`staged` with other words in the same turns, and `stem` in the place of the file's; units are made anew.

    A speaker whose label is another one keeps the role of the first who has that label now.
    """
    units = make_units(text, turns)
    roles = {speaker.label: speaker.role for speaker in staged.speakers}
    new: dict[str, Role] = {}
    for before, after in zip(staged.turns, turns, strict=True):
        if before.speaker is not None and after.speaker is not None:
            new.setdefault(after.speaker, roles[before.speaker])
    return replace(
        staged, name=stem, file_name=stem + Path(staged.file_name).suffix, text=text, turns=turns, cues=cues,
        units=units, speakers=_speakers(text, turns, units.words, new), readings={},
    )  # fmt: skip


def _speakers(
    text: str, turns: tuple[Turn, ...], words: tuple[Span, ...], wished: Mapping[str, Role]
) -> tuple[StagedSpeaker, ...]:
    """The labels in order of appearance, with what each says in number and at first."""
    turns_of: dict[str, int] = {}
    words_of: dict[str, int] = {}
    questions: dict[str, int] = {}
    samples: dict[str, str] = {}
    word = 0
    for turn in turns:
        first = word
        while word < len(words) and words[word][1] <= turn.end:
            word += 1
        label = turn.speaker
        if label is None:
            continue
        turns_of[label] = turns_of.get(label, 0) + 1
        words_of[label] = words_of.get(label, 0) + word - first
        asks = text[turn.label_end : turn.end].rstrip(_AFTER_QUESTION).endswith("?")
        questions[label] = questions.get(label, 0) + asks
        if label not in samples or not samples[label]:
            samples[label] = _first_words(text[turn.label_end : min(turn.end, turn.label_end + 4 * _SAMPLE)])
    speeches = [Speech(label, turns_of[label], words_of[label], questions[label]) for label in turns_of]
    roles = apply_roles(propose_roles(speeches), wished)
    return tuple(StagedSpeaker(s.label, roles[s.label], s.turns, s.words, samples[s.label]) for s in speeches)


def _first_words(said: str) -> str:
    line = " ".join(said.split())
    return line if len(line) <= _SAMPLE else line[: line.rfind(" ", 0, _SAMPLE)].rstrip() + " …"
