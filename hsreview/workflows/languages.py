"""Which languages are spoken in a transcript: what is on record, and what is heard turn by turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hsreview.language.detecting import LANGUAGES, MIXED, Language, Languages, languages_of
from hsreview.language.detecting import language_of as language_of
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.reading import Transcript

RECORDED = ("", *LANGUAGES, MIXED)
"""What can be said of a transcript."""


@dataclass(frozen=True, slots=True)
class TurnLanguage:
    """The language of one turn."""

    number: int
    speaker: str | None
    language: Language
    """Empty when its words are too few to tell."""
    text: str
    """What was said."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The languages of a transcript."""

    transcript: Transcript
    turns: tuple[TurnLanguage, ...]
    heard: Languages

    def elsewise(self) -> Iterator[TurnLanguage]:
        """The turns in another language than the transcript is said to be in, or than it is heard to be in."""
        main = self.transcript.language if self.transcript.language in LANGUAGES else self.heard.most
        return (turn for turn in self.turns if turn.language not in ("", main))


def spoken(project: Project, transcript: Transcript) -> Spoken:
    """What is heard in the present text of a transcript; of a text that was withheld or erased, nothing."""
    text = queries.text_of(project.connection, transcript.version_id)
    turns = [(turn, turn.said(text)) for turn in queries.turns(project.connection, transcript.version_id) if text]
    heard = languages_of(said for _turn, said in turns)
    named = zip(turns, heard.turns, strict=True)
    return Spoken(
        transcript, tuple(TurnLanguage(t.number, t.speaker, language, said) for (t, said), language in named), heard
    )
