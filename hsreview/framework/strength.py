"""How strong the evidence of a row is: its parts, and the grade that follows from them.

The grades are rules of thumb on counts; what they rest on is shown beside them, the thresholds are settings of the
project, and a person may set another grade with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.framework.chain import Ground
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import SourceKind, Stance
from hsreview.model.thresholds import Thresholds as Thresholds
from hsreview.model.transcript import Kind, Transcript

VOICE, FIRST_HAND = "voice", "first_hand"
"""The modifier that says at which hand something is told, and its value for who saw it."""
SIDES = ("cso", "policymaker")
"""The groups of respondents that have to be heard both."""


class Grade(StrEnum):
    """From weak to strong."""

    VERY_LOW = "very_low"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of a respondent, as far as strength is concerned; an empty text is not known."""

    organisation: str = ""
    group: str = ""
    place: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """What a row stands on, in numbers; people and what is known of them are counted over what supports the row."""

    segments: int
    """Supporting segments; those that qualify or illustrate are not among them."""
    respondents: int
    organisations: int
    """Independent organisations, as far as they are on record."""
    unaffiliated: int
    """Respondents whose organisation is not on record: they are in no number of organisations."""
    by_group: Mapping[str, int]
    """Group → respondents of it, by name; who is of no group or of several is in none."""
    places: tuple[str, ...]
    sexes: tuple[str, ...]
    waves: tuple[str, ...]
    """Rounds of interviews, as far as they are on record."""
    documents: int
    """Sources other than interviews: documents that are named, and those in the project whose words support the row."""
    firsthand: int
    """Supporting segments told at first hand."""
    voiced: int
    """Supporting segments of which it is on record at which hand they are told."""
    unlinked: int
    """Supporting segments of speakers behind whom nobody is known: they are in no number of respondents."""
    contradicting: int
    """Segments that contradict."""
    against: int
    """Respondents who contradict."""
    missing: int
    """Links to codings that are no longer there."""
    answered: bool
    """Whether somebody wrote an answer to the contradictions."""
    grade: Grade

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that are heard."""
        return tuple(self.by_group)

    @property
    def sides(self) -> tuple[int, int]:
        """Respondents of each of `SIDES`."""
        return self.by_group.get(SIDES[0], 0), self.by_group.get(SIDES[1], 0)

    @property
    def both_sides(self) -> bool:
        """Whether civil society and policymakers are heard."""
        return min(self.sides) > 0


def strength(
    grounds: Iterable[Ground], segments: Mapping[str, CodedSegment], people: Mapping[str, Person], *,
    transcripts: Mapping[str, Transcript] | None = None, answered: bool = False, thresholds: Thresholds | None = None,
) -> Strength:  # fmt: skip
    """Count what a row stands on, directly and through findings (`Framework.down`).

    `segments`: id of a coding → its segment; `people`: id of a respondent → what is known of them; `transcripts`: by
    id. A passage that is linked twice with one stance counts once.
    """
    limits = thresholds or Thresholds()
    grounds = list(grounds)
    coded = {(g.link.source, g.stance) for g in grounds if g.link.source_kind is SourceKind.CODING}
    supporting, contrary = (passages(grounds, segments, of) for of in (Stance.SUPPORTS, Stance.CONTRADICTS))
    known = {s.respondent_id: people.get(s.respondent_id, Person()) for s in supporting if s.respondent_id}
    hands = [hand for segment in supporting if (hand := segment.coding.modifiers.get(VOICE))]
    firsthand = hands.count(FIRST_HAND)
    second_hand = bool(hands) and not firsthand and len(hands) == len(supporting)
    texts = {s.transcript_id: text for s in supporting if (text := (transcripts or {}).get(s.transcript_id))}
    documents = {text.id for text in texts.values() if text.kind is Kind.DOCUMENT}
    groups = sorted(person.group for person in known.values() if person.group)
    return Strength(
        segments=len(supporting),
        respondents=len(known),
        organisations=len(_organisations(known)),
        unaffiliated=sum(not person.organisation for person in known.values()),
        by_group={group: groups.count(group) for group in groups},
        places=tuple(sorted({person.place for person in known.values()} - {""})),
        sexes=tuple(sorted({person.sex for person in known.values()} - {""})),
        waves=tuple(sorted({text.wave for text in texts.values()} - {""})),
        documents=len(documents) + len({g.link.source for g in grounds if g.link.source_kind is SourceKind.DOCUMENT}),
        firsthand=firsthand,
        voiced=len(hands),
        unlinked=sum(not s.respondent_id and s.transcript_id not in documents for s in supporting),
        contradicting=len(contrary),
        against=len({segment.respondent_id for segment in contrary} - {None}),
        missing=len({source for source, _stance in coded} - segments.keys()),
        answered=answered,
        grade=_grade(known, second_hand, len(contrary), answered, limits, {each.group for each in people.values()}),
    )


def passages(
    grounds: Iterable[Ground], segments: Mapping[str, CodedSegment], stance: Stance
) -> list[CodedSegment]:  # fmt: skip
    """The segments that do this to a row, one for each passage; what is not there any more is left out."""
    coded = {g.link.source for g in grounds if g.stance is stance and g.link.source_kind is SourceKind.CODING}
    there = [found for source in sorted(coded) if (found := segments.get(source))]
    # Of two codings of a passage the last one speaks for both: one that says at which hand it is told.
    there.sort(key=lambda each: VOICE in each.coding.modifiers)
    return list({_place(each): each for each in there}.values())


def _organisations(known: Mapping[str, Person]) -> set[str]:
    return {person.organisation for person in known.values()} - {""}


def _place(segment: CodedSegment) -> tuple[str, int, int]:
    coding = segment.coding
    return coding.version_id, coding.start, coding.end


def _grade(
    known: Mapping[str, Person], second_hand: bool, contradicting: int, answered: bool, limits: Thresholds,
    everyone: Collection[str],
) -> Grade:  # fmt: skip
    """Tested in this order: very low, high, moderate, low.

    `everyone`: the groups of all who were interviewed. Where both `SIDES` are among them, two groups are not enough
    when one of the sides is silent.
    """
    organisations = len(_organisations(known))
    groups = {person.group for person in known.values()} - {""}
    one_sided = limits.high_groups > 1 and set(SIDES) <= set(everyone) and not set(SIDES) <= groups
    if len(known) < limits.low_respondents or second_hand:
        return Grade.VERY_LOW
    if (
        len(known) >= limits.high_respondents
        and organisations >= limits.high_organisations
        and len(groups) >= limits.high_groups
        and not one_sided
        and (not contradicting or answered)
    ):
        return Grade.HIGH
    if len(known) >= limits.moderate_respondents and organisations >= limits.moderate_organisations:
        return Grade.MODERATE
    return Grade.LOW
