"""The public workbook of one layer: bands, released quotes, and an internal report of what was held back and why."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.public import LEAST_K, Band, Earlier, Public, PublicQuote, Why, Withheld
from hsreview.privacy.roles import Duty, check
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows import exporting
from hsreview.workflows.adjudicating import consensus_of
from hsreview.workflows.consensus_layer import check_complete
from hsreview.workflows.files import written
from hsreview.workflows.leaving import publishable
from hsreview.workflows.outputs import digest_of, outputs, record_output
from hsreview.workflows.published_before import differences, numbers_of, on_record
from hsreview.workflows.quotes import CHANGED, Quote, State, quotes

if TYPE_CHECKING:
    from hsreview.analysis.disclosure import People
    from hsreview.model.dataset import CodedSegment, Dataset

NO_PLACE = ("policymaker", "policy maker", "policy-maker", "decideur")
"""How a group is called, folded, of whom no place is told: there are few of them in each institution."""
NAMED = frozenset({"group", "organisation", "role", "name"})
"""Levels of attribution that allow the group to be told."""
PLACES = frozenset(
    {"region", "zone", "cercle", "circle", "district", "province", "department", "departement", "country", "pays"}
    | {"place", "lieu"}
)
"""Attributes that tell where somebody is, folded: one of them may stand beside a quote, and nothing else."""
FORBIDDEN = frozenset(
    {"group", "groupe", "organisation", "organization", "institution", "employer", "employeur", "name", "nom"}
    | {"respondent", "repondant", "speaker", "locuteur", "transcript", "interview", "entretien", "file", "fichier"}
)
"""What no public table may be divided by, folded: it is there already, or it tells who people are."""

REASONS: Mapping[Why, str] = {
    Why.SMALL_COLUMN: N_("counted with others: too few respondents"),
    Why.COVERING_COLUMN: N_("counted with others, which are too few alone"),
    Why.FEW_IN_EVERY_COLUMN: N_("only in its theme: too few respondents in every column"),
    Why.CODES_TELL: N_("without its codes: they would give each other away"),
    Why.TOTAL_TELLS: N_("without its total: it would give a cell away"),
    Why.TABLE_TELLS: N_("by group only: the other tables would give a cell away"),
    Why.THEME_TELLS: N_("no numbers: every one would give people away"),
    Why.NOT_RELEASED: N_("quote not released"),
    Why.NOT_IN_LAYER: N_("quote without a coding in this layer"),
    Why.NOBODY_KNOWN: N_("quote of nobody known in the interviews reviewed"),
    Why.SMALL_GROUP: N_("quote from a group of too few respondents"),
    Why.GROUP_TELLS: N_("quote without attribution, which only one group could have said"),
    Why.HIDDEN_CELL: N_("quote for a theme that too few respondents of the group mention"),
}
"""Why something is not in the file, in words."""


@dataclass(frozen=True, slots=True)
class Published:
    """What was written. The report in `public.withheld` is internal."""

    path: Path
    layer: str
    sheets: tuple[str, ...]
    public: Public
    warnings: tuple[str, ...]


def export_public(
    project: Project, coder: Coder, path: Path, *, layer: str | None = None, lang: str = "both", k: int = LEAST_K,
    by: Sequence[str] = (), zones: Mapping[str, str] | None = None, recipient: str = "", partial: bool = False,
) -> Published:  # fmt: skip
    """Write the public workbook of one layer and put it on record.

    `by` are attributes for further tables, `zones` places to be counted under another name. Raises UsageProblem for a
    `k` below 3 or an attribute that tells who people are, InputRefused when there are too few respondents, the layer
    holds work that `coder` may not see, or the consensus is not complete (unless a `partial` one is asked for).
    """
    if k < LEAST_K:
        raise UsageProblem(_("At least {k} respondents stand behind every published number.").format(k=LEAST_K))
    for name in by:
        if fold(name) in FORBIDDEN:
            raise UsageProblem(_("A public table cannot be divided by {name}.").format(name=name))
    check(Duty.PUBLISH, coder, queries.coders(project.connection))
    with project.snapshot():
        whose = exporting.choose_layer(project, layer, viewer=coder)
        if whose.coder_id is None and not partial:
            check_complete(consensus_of(project), {t.id: t.name for t in queries.transcripts(project.connection)})
        exporting.check_sight(project, coder, whose)
        dataset = exporting.dataset(project, whose, lang=lang, viewer=coder)
        names = {c.id: c.name for c in queries.coders(project.connection)}
        before = outputs(project, "public")
        public = published(
            dataset, quotes(project, viewer=coder), names, k=k, by=by, zones=zones, earlier=on_record(before)
        )
        numbers = numbers_of(public, dataset.codebook.themes)
        warnings = tuple(differences(before, numbers, public, dataset.codebook))
    from hsreview.workbook.public import write_public

    with written(path) as spare:
        sheets = write_public(public, dataset.codebook, spare, lang=lang)
        # Recorded first: a file that somebody has and nobody knows of is worse than a record of a missing one.
        record_output(
            project, coder, path, "public", basis=dataset.basis, recipient=recipient, digest=digest_of(spare),
            details={"k": k, "zones": dict(zones or {}), "quotes": len(public.quotes), **numbers.record()},
        )  # fmt: skip
    return Published(path, whose.name, sheets, public, warnings)


def published(
    dataset: Dataset, found: Sequence[Quote], names: Mapping[str, str], *, k: int = LEAST_K, by: Sequence[str] = (),
    zones: Mapping[str, str] | None = None, earlier: Sequence[Earlier] = (),
) -> Public:  # fmt: skip
    """What may be published of a layer beside `earlier` files: tables, and of the quotes `found` those that may;
    `names` are the coders'."""
    from hsreview.analysis.disclosure import public_tables

    dataset = publishable(dataset)
    tables, people = public_tables(dataset, k=k, by=tuple(dict.fromkeys(by)), zones=zones, earlier=earlier)
    picked: list[PublicQuote] = []
    left: list[Withheld] = []
    for quote in found:
        placed = _quote(quote, dataset, tables, people, names)
        if isinstance(placed, Withheld):
            left.append(replace(placed, shown=f"{quote.transcript} {quote.place} ({names.get(quote.starred_by, '?')})"))
        else:
            picked += placed
    order = {theme.id: number for number, theme in enumerate(dataset.codebook.themes)}
    # By a digest of the words: the order of interviews would bring quotes of one person together.
    picked.sort(key=lambda q: (order[q.theme_id], q.group or 0, hashlib.sha256(q.text.encode()).digest()))
    return replace(tables, quotes=tuple(picked), withheld=(*tables.withheld, *left))


def _quote(
    quote: Quote, dataset: Dataset, tables: Public, people: People, names: Mapping[str, str]
) -> list[PublicQuote] | Withheld:
    """A quote once for each theme under which it may stand, or why it may not."""
    person = quote.respondent
    if quote.state is not State.RELEASED or quote.allowed is not True:
        return Withheld(Why.NOT_RELEASED, quote.id, detail=", ".join(_(CHANGED[each]) for each in quote.changed))
    if person is None or person.id not in people.known or quote.transcript_id not in dataset.reviewed:
        return Withheld(Why.NOBODY_KNOWN, quote.id)
    codes = _codes(quote, dataset)
    if not codes:
        return Withheld(Why.NOT_IN_LAYER, quote.id)
    if people.group_sizes[people.own_group[person.id]] < tables.k:
        return Withheld(Why.SMALL_GROUP, quote.id)
    key = people.column_of[tables.tables[0].by][person.id]
    named = person.consent.attribution in NAMED
    told = _told(tables, key) if named else _told_of_several(tables, people, key)
    translations = tuple(
        (language, each.get("text", ""), names.get(each.get("by", ""), "?"))
        for language, each in sorted(quote.translations.items())
    )
    themes = dict.fromkeys(theme for theme, _code in codes if theme in told)
    found = [
        PublicQuote(
            quote.text, translations, theme, tuple(code for of, code in codes if of == theme and code in told),
            [each.key for each in tables.tables[0].columns].index(key) if named else None,
            _place(tables, people, person.id, key, theme) if named else None,
        )
        for theme in themes
    ]  # fmt: skip
    hidden = named or not any(theme in _told(tables, key) for theme, _code in codes)
    return found or Withheld(Why.HIDDEN_CELL if hidden else Why.GROUP_TELLS, quote.id)


def _told(tables: Public, key: str) -> set[str]:
    """The themes and codes that at least k respondents of a group mention, as the file tells."""
    table = tables.tables[0]
    column = [each.key for each in table.columns].index(key)
    return {row.code_id or row.theme_id for row in table.rows if row.bands[column] in (Band.SOME, Band.MANY)}


def _told_of_several(tables: Public, people: People, key: str) -> set[str]:
    """Those of a group that could come from another one too: where only one is left, a quote tells its group."""
    if len(tables.tables[0].columns) == 1:
        return _told(tables, key)
    of = people.column_of[tables.tables[0].by]
    others = {of[p] for p, group in people.own_group.items() if people.group_sizes[group] >= tables.k} - {key}
    return {ref for ref in _told(tables, key) if any(ref in _told(tables, other) for other in others)}


def _codes(quote: Quote, dataset: Dataset) -> list[tuple[str, str]]:
    """`(theme, code)` of the codings of the layer that hold the whole quote, in the words of the same person."""

    def holds(segment: CodedSegment) -> bool:
        coding = segment.coding
        return (
            coding.version_id == quote.version_id
            and coding.start <= quote.start
            and quote.end <= coding.end
            and segment.respondent_id in {person.id for person in quote.respondents}
        )

    theme_of = {place.code.id: place.theme.id for place in dataset.codebook.codes()}
    here = {s.coding.code_id for s in dataset.segments if s.transcript_id == quote.transcript_id and holds(s)}
    return [(theme, code) for code, theme in theme_of.items() if code in here]


def _place(tables: Public, people: People, person: str, group: str, theme: str) -> Localized | None:
    """The place told with a quote: of the first table by place, where at least k of the group are there too."""
    table = next((each for each in tables.tables if fold(each.by) in PLACES), None)
    head = next(each for each in tables.tables[0].columns if each.key == group)
    called = fold(" ".join((group, head.label.en, head.label.fr)))
    if table is None or head.kind != "value" or any(name in called for name in NO_PLACE):
        return None
    key = people.column_of[table.by][person]
    column = next(n for n, each in enumerate(table.columns) if each.key == key)
    groups = people.column_of[tables.tables[0].by]
    both = sum(groups[p] == group and people.column_of[table.by][p] == key for p in people.known)
    row = next(row for row in table.rows if row.theme_id == theme)
    if table.columns[column].kind != "value" or both < tables.k or row.bands[column] not in (Band.SOME, Band.MANY):
        return None
    return table.columns[column].label


def zones_of(wishes: Sequence[str]) -> dict[str, str]:
    """Place → zone, from `NORTH=Gao,Kidal`. Raises UsageProblem for what is not written so, or named twice."""
    found: dict[str, str] = {}
    for wish in wishes:
        zone, equals, places = wish.partition("=")
        named = [place.strip() for place in places.split(",") if place.strip()]
        if not equals or not zone.strip() or not named:
            raise UsageProblem(_("“{wish}” is no zone: write NAME=PLACE,PLACE.").format(wish=wish))
        twice = [place for place in named if place in found]
        if twice:
            raise InputRefused(_("{place} is in two zones.").format(place=twice[0]))
        found.update(dict.fromkeys(named, zone.strip()))
    return found
