"""Search the words of all transcripts, and show every match in its context."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hsreview.analysis.kwic import Order as Order
from hsreview.analysis.kwic import lines
from hsreview.base.messages import _
from hsreview.model.people import Coder
from hsreview.project import patterns
from hsreview.project.project import Project
from hsreview.project.scopes import Filter
from hsreview.project.scopes import Scope as Scope
from hsreview.project.search import Found, Watch, search_with
from hsreview.project.search import Hit as Hit
from hsreview.project.search import search as _search
from hsreview.project.wording import Clause, misread, read
from hsreview.review.blind import sight
from hsreview.workflows.reading import codebook, find_code

EVERYWHERE = Scope()


class How(StrEnum):
    """How what was typed is meant."""

    WORDS = "words"
    """Words, "phrases", beginnings (`sécu*`), NEAR(peace budget, 5)."""
    REGEX = "regex"
    LEMMA = "lemma"
    """Words in all their forms."""
    CUES = "cues"
    """Cues and typical words of the code that was typed, in what respondents say."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found."""

    hits: Sequence[Hit]
    """The first turns, in the order in which transcripts came in."""
    total: int
    """Turns that match in all."""
    notes: Sequence[str] = ()
    """What a reader should know of the answer."""


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One match between what was said before and after it in the same turn."""

    hit: Hit
    start: int
    """Offsets in the text."""
    end: int
    left: str
    keyword: str
    right: str


def search(
    project: Project, query: str, limit: int | None = 50, *, how: How = How.WORDS, scope: Scope = EVERYWHERE,
    viewer: Coder | None = None, watch: Watch | None = None,
) -> Answer:  # fmt: skip
    """The first `limit` turns that match, in the order in which transcripts came in, and how many match in all.

    `watch` is told now and then how many turns were searched by a pattern (0 while forms of words are looked up); what
    it raises ends the search.

    What is coded or not is what `viewer` may see. Raises InputRefused when there is nothing to search for, a pattern
    cannot be read or takes too long, and where the forms of words are asked for and no model knows them.
    """
    connection = project.connection
    if how is How.CUES:
        return _waiting(project, query, limit, scope, viewer, watch)
    with project.snapshot():
        within = Filter(connection, scope, sight(connection, viewer).may) if scope or how is not How.WORDS else None
        if how is How.REGEX:
            assert within is not None
            with patterns.opened(query) as pattern:
                return _answer(search_with(connection, pattern.find, within, limit=limit, watch=watch))
        clauses, notes = _clauses(project, query, how, within, watch)
        found = _search(connection, clauses, limit=limit, within=within if scope else None)
        return _answer(found, [*_hint(query), *notes])


def check(project: Project, query: str, how: How) -> None:
    """Raises InputRefused for what cannot be searched for, without searching."""
    if how is How.REGEX:
        patterns.readable(query)
    elif how is How.CUES:
        find_code(codebook(project), query)
    else:
        read(query)


def _waiting(
    project: Project, wish: str, limit: int | None, scope: Scope, viewer: Coder | None, watch: Watch | None
) -> Answer:
    from hsreview.workflows.suggesting import Helper, taught_by
    from hsreview.workflows.suggestion_words import sources
    from hsreview.workflows.suggestions import passages

    code = find_code(codebook(project), wish)
    helper = Helper(taught_by(project, None, viewer), viewer)
    helper.refresh(project)
    found = passages(project, helper, code.id, scope, viewer, watch)
    return Answer([each.hit for each in found[:limit]], len(found), sources(helper))


def _clauses(
    project: Project, query: str, how: How, within: Filter | None, watch: Watch | None
) -> tuple[Sequence[Clause], Sequence[str]]:
    clauses = read(query)
    if how is not How.LEMMA or within is None:
        return clauses, ()
    from hsreview.workflows.word_forms import with_forms

    return with_forms(project, clauses, within, watch)


def _hint(query: str) -> list[str]:
    signs = misread(query)
    if not signs:
        return []
    told = _(
        "{signs}: a search knows no such signs. It finds turns that hold all the words, “phrases” in quotation marks, "
        "beginnings* and NEAR(peace budget, 5). A pattern knows “or”: peace|budget. A query knows “or” and “not”: "
        'any and says "peace" and not says "budget".'
    )
    return [told.format(signs=", ".join(signs))]


def _answer(found: Found, notes: Sequence[str] = ()) -> Answer:
    return Answer(found.hits, found.total, notes)


def kwic(hits: Sequence[Hit], order: Order = Order.TEXT) -> list[KwicLine]:
    """A line for each match of these turns; line ends and runs of blanks in the contexts are written as one blank."""
    found = []
    for line in lines([(hit.text, hit.marks) for hit in hits], order):
        hit = hits[line.hit]
        found.append(
            KwicLine(
                hit, hit.start + line.start, hit.start + line.end, _flat(line.left), _flat(line.keyword),
                _flat(line.right),
            )
        )  # fmt: skip
    return found


def _flat(text: str) -> str:
    """`text` on one line; a blank at either end stays, because a word may go on without one."""
    words = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{words}{' ' * (bool(words) and text[-1:].isspace())}"
