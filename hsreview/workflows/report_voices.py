"""What a report lets speak under a theme: the analysts' summaries, and the quotes that consent allows to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from hsreview.model.codebook import Theme
from hsreview.model.dataset import CodedSegment, Dataset, Translated
from hsreview.model.framework_matrix import CaseKind, Cell, Charted, Empty
from hsreview.model.people import Coder
from hsreview.model.report import Block, Heading, Paragraph, Quotation
from hsreview.project.asked import asked
from hsreview.project.project import Project
from hsreview.project.summaries import summaries
from hsreview.review.blind import sight
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.quoted import MASKED, Quote, State
from hsreview.workflows.quotes import quotes
from hsreview.workflows.report_words import word

MOST_QUOTES = 6
"""Of one theme."""
_ORDER = (State.RELEASED, State.CHECKED, State.DRAFT)


class Voices:
    """Summaries and quotes of the interviews that the layer holds to the end; `group` names a group by its ref."""

    def __init__(
        self, project: Project, dataset: Dataset, lang: str, viewer: Coder | None, group: Callable[[str], str],
        recipient: str = "",
    ) -> None:  # fmt: skip
        self.project, self.dataset, self.lang, self.viewer, self.group = project, dataset, lang, viewer, group
        self.recipient = recipient

    def say(self, key: str, **values: object) -> str:
        return word(self.lang, key, **values)

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells of the framework matrix that hold a summary which the reader may see; it may be left out."""
        from hsreview.analysis.framework_matrix import framework_matrix

        seen = sight(self.project.connection, self.viewer).transcript
        given = asked(self.project.connection)
        leaving = Leaving(self.project, self.recipient)
        found = []
        for kind in CaseKind:
            if texts := [each for each in summaries(self.project.connection, kind) if each.text]:
                matrix = framework_matrix(self.dataset, kind, texts, given, seen=seen)
                cells = leaving.matrix(matrix, self.dataset).cells.values()
                found += [each for each in cells if each.text or each.empty is Empty.NOT_AGREED]
        return found

    def summaries(self, theme: Theme) -> Iterator[Block]:
        """Those of cases of whom an interview was reviewed, as the numbers are; how many others there are is told."""
        written = [each for each in self.cells if each.theme.id == theme.id]
        here = [each for each in written if not self.dataset.reviewed.isdisjoint(each.case.transcripts)]
        if written:
            yield Heading(3, self.say("summaries"))
        if len(here) < len(written):
            yield Paragraph(self.say("summaries_apart", n=len(written) - len(here)), note=True)
        if apart := sum(each.empty is Empty.NOT_AGREED for each in here):
            yield Paragraph(self.say("summaries_not_agreed", n=apart), note=True)
        for each in here:
            if each.empty is Empty.NOT_AGREED:
                continue
            draft = "" if each.status is Charted.CHECKED else f" {self.say('summary_draft')}"
            name = self.group(each.case.id) if each.case.kind is CaseKind.GROUP else each.case.name
            yield Paragraph(f"{name}{draft} – {each.text}")

    @cached_property
    def starred(self) -> list[Quote]:
        """What the consent allows to show, or does not forbid; the release state is told with it."""
        return [each for each in quotes(self.project, viewer=self.viewer) if each.allowed is not False]

    @cached_property
    def places(self) -> Mapping[str, str]:
        return {place.code.id: place.theme.id for place in self.dataset.codebook.codes()}

    @cached_property
    def spans(self) -> Mapping[tuple[str, int, int], list[CodedSegment]]:
        """Transcript, start and end → the segments there, of the interviews that were reviewed."""
        found: dict[tuple[str, int, int], list[CodedSegment]] = {}
        for segment in self.dataset.reviewed_segments:
            found.setdefault((segment.transcript_id, segment.coding.start, segment.coding.end), []).append(segment)
        return found

    def quotes(self, theme: Theme) -> Iterator[Block]:
        """Quotes on segments of this layer that bear the theme: released ones first, one of each interview in turn."""
        here: list[tuple[Quote, CodedSegment]] = []
        for quote in self.starred:
            same = self.spans.get((quote.transcript_id, quote.start, quote.end), [])
            segment = next((s for s in same if self.places.get(s.coding.code_id) == theme.id), None)
            if segment is not None:
                here.append((quote, segment))
        yield Heading(3, self.say("quotes"))
        if not here:
            yield Paragraph(self.say("no_quotes"), note=True)
            return
        shown = _in_turn(here)[:MOST_QUOTES]
        if len(shown) < len(here):
            yield Paragraph(self.say("quotes_shown", shown=len(shown), n=len(here)), note=True)
        for quote, segment in shown:
            yield self.quotation(quote, segment)

    def credit(self, said: Translated) -> str:
        """Who translated a segment, and whether somebody checked it."""
        checked = self.say("translation_checked", name=said.checker) if said.checker else self.say("translation_open")
        return f"{said.translator}, {checked}"

    def quotation(self, quote: Quote, segment: CodedSegment) -> Quotation:
        person = quote.respondent
        marks = [self.say(f"state_{quote.state}"), self.say("consent_unknown") if quote.allowed is None else ""]
        transcript = next(t for t in self.dataset.transcripts if t.id == quote.transcript_id)
        group = (person.group if person else "") or transcript.group
        names = {coder.id: coder.name for coder in self.dataset.coders.values()}
        return Quotation(
            self.say("quote", text=quote.text),
            self.say(
                "source", who=person.name if person else self.say("someone"), group=self.group(group),
                id=f"{quote.transcript}:{segment.number}",
            ),
            " ".join(filter(None, marks)),
            (
                *(
                    self.say("translation", language=language, by=names.get(each.get("by", ""), "?"), text=each["text"])
                    for language, each in sorted(quote.translations.items())
                ),
                *(
                    self.say("translation", language=each.language, by=self.credit(each), text=each.text)
                    for each in segment.translated
                    if each.language not in quote.translations and MASKED not in quote.text
                ),
            ),
        )  # fmt: skip


def _in_turn(found: Sequence[tuple[Quote, CodedSegment]]) -> list[tuple[Quote, CodedSegment]]:
    """Released before checked before drafts; within each, every interview has its turn."""
    turns: dict[tuple[State, str], int] = {}
    placed: list[tuple[int, int, int, Quote, CodedSegment]] = []
    for quote, segment in found:
        key = (quote.state, quote.transcript_id)
        turns[key] = turns.get(key, 0) + 1
        placed.append((_ORDER.index(quote.state), turns[key], len(placed), quote, segment))
    return [(quote, segment) for _state, _turn, _order, quote, segment in sorted(placed, key=lambda each: each[:3])]
