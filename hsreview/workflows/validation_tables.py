"""What is reported of a validation meeting, chapter by chapter: what was said and done, signed off, rejected, voted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from hsreview.framework.deciding import OVERALL, needed
from hsreview.framework.meeting_words import (
    COMMENT_WORDS,
    DECISION_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    SIDE_WORDS,
    VOTE_WORDS,
    WHOLE_ROOM,
)
from hsreview.framework.meetings import PASSED, Meeting
from hsreview.model.localized import Localized
from hsreview.model.public import LEAST_K
from hsreview.model.validation import Ballot, CommentKind, Outcome, Side, Tally
from hsreview.workflows.validation_report_words import ReportWords

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: what stands above it, and its width in characters."""

    text: str
    width: float
    aside: bool = False
    """Whether a document, whose pages are narrow, leaves it out."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table of the report; a sheet of the Excel file."""

    title: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]]


def chapters(meeting: Meeting, language: str, *, narrow: bool = False) -> list[Chapter]:
    """The chapters of the report, in `fr` or `en`; rows on which nobody voted have one where there are any.

    On `narrow` pages the words before and after an amendment stand with what was done.
    """
    told = _Told(meeting, ReportWords(language))
    return [told.said(narrow=narrow), told.signed(), told.refused(), told.results(), told.transfer(), *told.unvoted()]


def few_sides(meeting: Meeting) -> set[Side]:
    """The sides of which somebody is in the room, but fewer than k people: what they vote would be told of persons."""
    people: dict[Side, int] = {}
    for each in meeting.parties:
        people[each.side] = people.get(each.side, 0) + each.size
    return {side for side, n in people.items() if n < LEAST_K}


def who(meeting: Meeting, party_id: str, words: ReportWords) -> str:
    """A table by its label; one at which fewer than k people sit by its side alone, unless these are all of it."""
    table = meeting.tables.get(party_id)
    if table is None or table.side in few_sides(meeting):
        return ""
    side = SIDE_WORDS[table.side].get(words.language)
    return side if table.size < LEAST_K else f"{words('table', label=table.label)} ({side})"


class _Told:
    def __init__(self, meeting: Meeting, words: ReportWords) -> None:
        self.meeting, self.words, self.language = meeting, words, words.language

    def said(self, *, narrow: bool) -> Chapter:
        """Comments with their answers, amendments with what was decided and the words before and after, by row."""
        words = self.words
        headings = [
            Heading(words("row"), 7), Heading(words("round"), 6, aside=True), Heading(words("who"), 22),
            Heading(words("about"), 13), Heading(words("you_said"), 36), Heading(words("we_did"), 36),
            Heading(words("before"), 30, aside=True), Heading(words("after"), 30, aside=True),
        ]  # fmt: skip
        rows: list[list[Cell]] = []
        for ballot in self._by_row():
            for each in self.meeting.comments_on(ballot):
                about = COMMENT_WORDS[each.kind].get(self.language)
                answer = each.answer or words("unanswered")
                rows.append([ballot.ref, ballot.round, self._who(each.party_id), about, each.text, answer, None, None])
            for made in self.meeting.amendments_of(ballot):
                decision = DECISION_WORDS[made.decision].get(self.language)
                done = " – ".join(filter(None, (decision, made.reason)))
                before, after = self._in(made.before), self._in(made.result)
                if narrow and before != after:
                    done = words("changed", done=done, before=before, after=after)
                said = self._in(made.after)
                about = words("amendment")
                rows.append([ballot.ref, ballot.round, self._who(made.party_id), about, said, done, before, after])
        return Chapter(words("said"), headings, rows)

    def signed(self) -> Chapter:
        """The rows that were accepted, in the words that were accepted."""
        words = self.words
        headings = [
            Heading(words("row"), 7), Heading(words("kind"), 16, aside=True), Heading(words("says"), 50),
            Heading(words("outcome"), 20), Heading(words("round"), 6, aside=True),
            Heading(words("brought"), 40), Heading(words("badge"), 36, aside=True),
        ]  # fmt: skip
        rows = [
            [
                each.ref, self._kind(each), self._in(each.text), OUTCOME_WORDS[outcome].get(self.language), each.round,
                self._in(self.meeting.first[each.row_id].text) if outcome is Outcome.AMENDED else None,
                self._in(each.badge),
            ]
            for each, outcome in self._ended(*PASSED)
        ]  # fmt: skip
        return Chapter(words("signed"), headings, rows)

    def refused(self) -> Chapter:
        """The rows that were rejected (or, while the meeting is open, are not accepted yet), with reasons."""
        words = self.words
        headings = [
            Heading(words("row"), 7), Heading(words("kind"), 18, aside=True), Heading(words("says"), 60),
            Heading(words("outcome"), 24), Heading(words("round"), 6), Heading(words("because"), 60),
        ]  # fmt: skip
        rows = [
            [
                each.ref, self._kind(each), self._in(each.text), OUTCOME_WORDS[outcome].get(self.language), each.round,
                each.reason or None,
            ]
            for each, outcome in self._ended(Outcome.REJECTED, Outcome.AGAIN)
        ]  # fmt: skip
        title = words("refused" if self.meeting.is_closed else "not_accepted")
        return Chapter(title, headings, rows)

    def results(self) -> Chapter:
        """Every row in every round: the whole room and each side, with the votes that count and those needed."""
        words = self.words
        votes = [
            Heading(VOTE_WORDS[each.name].get(self.language), 12, aside=each.name != "agree") for each in fields(Tally)
        ]
        headings = [
            Heading(words("row"), 7), Heading(words("round"), 6), Heading(words("side"), 16), *votes,
            Heading(words("cast"), 14), Heading(words("needed"), 14),
            Heading(words("reached"), 16), Heading(words("outcome"), 22),
        ]  # fmt: skip
        rows = [row for ballot in self._by_row() for row in self._result(ballot)]
        return Chapter(words("results"), headings, rows)

    def _result(self, ballot: Ballot) -> Iterator[list[Cell]]:
        """The whole room and each side; where a side is of a few people, counts of the whole room only."""
        rule, found = self.meeting.validation.rule, self.meeting.result(ballot)
        if found.outcome is None:
            return
        outcome = self.meeting.outcome(ballot)
        named = OUTCOME_WORDS[outcome].get(self.language) if outcome else None
        shares = [(OVERALL, WHOLE_ROOM, found.overall, rule.overall)]
        shares += [(side, SIDE_WORDS[side], tally, rule.each_side) for side, tally in found.sides.items()]
        few = few_sides(self.meeting)
        for side, name, tally, per_cent in shares:
            cast = tally.cast(rule)
            reached = "no" if side in found.short else "left_out" if side in found.missing else "yes"
            counts: list[Cell] = [*self._counts(tally), cast, needed(cast, per_cent)]
            yield [
                ballot.ref, ballot.round, name.get(self.language),
                *([None] * len(counts) if few and side != OVERALL else counts),
                self.words(reached), named if side == OVERALL else None,
            ]  # fmt: skip
        others = [
            tally
            for party, tally in self.meeting.tallies.get(ballot.id, {}).items()
            if self.meeting.tables[party].side is Side.OTHER
        ]
        if others and not few:
            tally = sum(others, Tally())
            beside = SIDE_WORDS[Side.OTHER].get(self.language)
            yield [ballot.ref, ballot.round, beside, *self._counts(tally), tally.cast(rule), None, None, None]

    def transfer(self) -> Chapter:
        """What was said about other states, by row."""
        words = self.words
        headings = [
            Heading(words("row"), 7), Heading(words("says"), 50, aside=True), Heading(words("who"), 24),
            Heading(words("you_said"), 60), Heading(words("we_did"), 50),
        ]  # fmt: skip
        rows = [
            [ballot.ref, self._in(ballot.text), self._who(each.party_id), each.text, each.answer or words("unanswered")]
            for ballot in self._by_row()
            for each in self.meeting.comments_on(ballot)
            if each.kind is CommentKind.TRANSFER
        ]
        return Chapter(words("transfer"), headings, rows)

    def unvoted(self) -> Iterator[Chapter]:
        """The rows on which nobody voted: they are neither accepted nor rejected."""
        rows = [
            [each.ref, self._kind(each), self._in(each.text)]
            for each in self.meeting.last.values()
            if self.meeting.outcome(each) is None
        ]
        if rows:
            words = self.words
            headings = [Heading(words("row"), 7), Heading(words("kind"), 18, aside=True), Heading(words("says"), 100)]
            yield Chapter(words("unvoted"), headings, rows)

    def _by_row(self) -> list[Ballot]:
        return sorted(self.meeting.ballots, key=lambda each: (self.meeting.last[each.row_id].position, each.round))

    def _ended(self, *outcomes: Outcome) -> Iterator[tuple[Ballot, Outcome]]:
        for each in self.meeting.last.values():
            outcome = self.meeting.outcome(each)
            if outcome in outcomes and outcome is not None:
                yield each, outcome

    def _who(self, party_id: str) -> str:
        return who(self.meeting, party_id, self.words)

    def _kind(self, ballot: Ballot) -> str:
        return KIND_WORDS[ballot.kind].get(self.language)

    def _in(self, text: Localized) -> str:
        return text.get(self.language)

    @staticmethod
    def _counts(tally: Tally) -> list[Cell]:
        return [getattr(tally, each.name) for each in fields(Tally)]
