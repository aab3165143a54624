"""Quotes as they stand today: whose words they are, what of them may be shown, and what changed since a decision."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from hsreview.base.ids import now
from hsreview.base.messages import N_
from hsreview.model.dataset import CodedSegment
from hsreview.model.people import Respondent
from hsreview.model.text import Role, Span
from hsreview.privacy.consent import may_quote, strictest
from hsreview.project import queries
from hsreview.project.conflicts import disputed
from hsreview.project.consents import gated_transcripts
from hsreview.project.project import Project
from hsreview.project.quotes import QuoteRecord, quote_records
from hsreview.project.segments import PlacedText, read_text, segments
from hsreview.review.blind import Sight

QUOTE, MASK = "quote", "mask"
DISPUTED = "disputed"
MASKED = "[...]"


class State(StrEnum):
    """How far a quote is."""

    DRAFT = "draft"
    CHECKED = "checked"
    RELEASED = "released"


STATES: Mapping[State, str] = {
    State.DRAFT: N_("draft"),
    State.CHECKED: N_("checked"),
    State.RELEASED: N_("released"),
}

CHANGED: Mapping[str, str] = {
    "text": N_("the words were corrected since"),
    "mask": N_("words were masked or unmasked since"),
    "translation": N_("a translation changed since"),
    "consent": N_("the consent changed since, or does not allow it any more"),
    "star": N_("the star was taken away since"),
    "check": N_("the check was taken back, and no reason is given"),
    DISPUTED: N_("decided differently in two copies of the project: decide again"),
}
"""What makes a quote a draft again → in words."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that a coder starred, or on which somebody decided, as it stands today."""

    id: str
    """Of the coding by which it is known."""
    transcript_id: str
    transcript: str
    version_id: str
    start: int
    end: int
    place: str
    """`12.3`: turn and sentence."""
    text: str
    """As it may be shown: without labels of speakers, masked words as `[...]`."""
    codes: tuple[str, ...]
    """Ids of the codes with which it was starred."""
    starred_by: str
    """Coder id."""
    state: State
    changed: tuple[str, ...]
    """Why it is a draft again: keys of `CHANGED`."""
    checked_by: str
    released_by: str
    reason: str
    translations: Mapping[str, Mapping[str, str]]
    respondents: tuple[Respondent, ...]
    """Whose words it holds."""
    allowed: bool | None
    """Whether the consent allows quotes today; null when that is not recorded."""
    words: str = ""
    """Digest of the words before anything is masked."""

    @property
    def respondent(self) -> Respondent | None:
        """Who says it; null when nobody or several are known."""
        return self.respondents[0] if len(self.respondents) == 1 else None


def all_quotes(project: Project, seen: Sight) -> list[Quote]:
    """Every quote; the same words starred twice are one. Who codes blind sees their own stars and no decision."""
    connection = project.connection
    visible = [s for s in segments(connection) if seen.work(s.transcript_id, s.coding.coder_id, s.coding.pass_)]
    records = quote_records(connection)
    masks: dict[str, list[Span]] = {}
    places: dict[tuple[str, int, int], list[CodedSegment]] = {}
    for segment in visible:
        coding = segment.coding
        if MASK in coding.flags:
            masks.setdefault(coding.version_id, []).append((coding.start, coding.end))
        if QUOTE in coding.flags or coding.id in records:
            places.setdefault((coding.version_id, coding.start, coding.end), []).append(segment)
    reader = _Reader(project, masks)
    found = []
    for same in places.values():
        decided = [s for s in same if s.coding.id in records]
        # Decided twice, under the ids of two codings, it is no further than the lesser decision.
        known = min(decided, key=lambda s: _ORDER.index(State(records[s.coding.id].state)), default=same[0])
        codes = tuple(dict.fromkeys(s.coding.code_id for s in same))
        record = records.get(known.coding.id) if seen.transcript(known.transcript_id) else None
        starred = any(QUOTE in s.coding.flags for s in same)
        found.append(reader.quote(known, codes, record, starred=starred))
    return found


_ORDER = list(State)


class _Reader:
    """Reads what quotes need beside their codings, each text once."""

    def __init__(self, project: Project, masks: Mapping[str, Sequence[Span]]) -> None:
        connection = project.connection
        self._connection = connection
        self._masks = masks
        self._names = {t.id: t.name for t in queries.transcripts(connection)}
        self._people = {person.id: person for person in queries.respondents(connection)}
        self._speakers = {(s.transcript_id, s.label): s for s in queries.speakers(connection)}
        self._texts: dict[str, PlacedText] = {}
        self._today = now()
        self._gated = gated_transcripts(connection)
        self._disputed = disputed(connection, "quote", "state")

    def quote(
        self, segment: CodedSegment, codes: tuple[str, ...], record: QuoteRecord | None, *, starred: bool
    ) -> Quote:
        """One quote as it stands today."""
        coding = segment.coding
        if coding.version_id not in self._texts:
            self._texts[coding.version_id] = read_text(self._connection, coding.version_id)
        text = self._texts[coding.version_id]
        people = self._voices(segment, text)
        gated = segment.transcript_id in self._gated
        allowed = strictest(may_quote(person.consent, self._today, gated) for person in people)
        decided = record or QuoteRecord("", coding.id, State.DRAFT, "", "", "", {}, {})
        shown = self._words(segment, text, self._masks.get(coding.version_id, ()))
        quote = Quote(
            coding.id, segment.transcript_id, self._names.get(segment.transcript_id, "?"), coding.version_id,
            coding.start, coding.end, segment.place, shown, codes, coding.coder_id, State(decided.state), (),
            decided.checked_by, decided.released_by, decided.reason, decided.translations, people,
            allowed.allowed,
            _digest(self._words(segment, text, ())),
        )  # fmt: skip
        return self._today_of(quote, record, starred)

    def _today_of(self, quote: Quote, record: QuoteRecord | None, starred: bool) -> Quote:
        """A draft again, where something is no longer as it was shown."""
        if record is None:
            return quote
        if record.id in self._disputed:
            return replace(quote, state=State.DRAFT, changed=(DISPUTED,))
        if quote.state is State.DRAFT:
            return quote
        present = digests(quote, quote.translations)
        changed = [name for name in present if record.seen.get(name) != present[name]]
        if "text" in changed and "mask" in changed:
            changed.remove("mask")  # Other words have other places for what is masked.
        if quote.allowed is False and "consent" not in changed:
            changed.append("consent")  # An embargo; or one that was checked before consent was recorded.
        if not starred:
            changed.append("star")
        if not (quote.checked_by or quote.reason):  # Who checked it may have undone that elsewhere.
            changed.append("check")
        return replace(quote, state=State.DRAFT, changed=tuple(changed)) if changed else quote

    def _voices(self, segment: CodedSegment, text: PlacedText) -> tuple[Respondent, ...]:
        """The respondents whose words it holds; nobody when any of them is not known."""
        found: dict[str, Respondent] = {}
        for turn in text.turns:
            if turn.end <= segment.coding.start or turn.start >= segment.coding.end:
                continue
            speaker = self._speakers.get((segment.transcript_id, turn.speaker or ""))
            if speaker is None and not text.labelled and segment.respondent_id in self._people:
                found[segment.respondent_id] = self._people[segment.respondent_id]
            elif speaker is not None and speaker.role is not Role.INTERVIEWER:
                person = self._people.get(speaker.respondent_id or "")
                if person is None:
                    return ()
                found[person.id] = person
        return tuple(found.values())

    @staticmethod
    def _words(segment: CodedSegment, text: PlacedText, masks: Sequence[Span]) -> str:
        """The words without the labels of turns, which are names; what is masked is left out."""
        start, end = segment.coding.start, segment.coding.end
        pieces = []
        for turn in text.turns:
            first, last = max(start, turn.label_end), min(end, turn.end)
            if first < last:
                pieces.append(_masked(text.text, (first, last), masks))
        return "\n".join(filter(None, (piece.strip("\n") for piece in pieces)))


def _masked(text: str, span: Span, masks: Iterable[Span]) -> str:
    """A stretch of a text with `[...]` in the place of what is masked."""
    said, at = "", span[0]
    for start, end in sorted(masks):
        if end <= at or start >= span[1]:
            continue
        said += text[at : max(at, start)]
        said += "" if said.endswith(MASKED) else MASKED
        at = min(end, span[1])
    return said + text[at : span[1]]


def digests(quote: Quote, translations: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What whoever decides is shown, in few letters: enough to see a change, too few to find the words again."""
    consents = [
        [p.id, str(p.consent.status), sorted(p.consent.scope), p.consent.attribution, p.consent.embargo]
        for p in quote.respondents
    ]
    return {
        "text": quote.words,
        "mask": _digest(quote.text),
        "translation": _digest(translations),
        "consent": _digest(consents),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:8]
