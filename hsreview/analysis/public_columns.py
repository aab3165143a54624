"""The columns of public tables: small groups and places together, and where everybody counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.analysis.divisions import OF_INTERVIEWS, written
from hsreview.analysis.places import group_order
from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import _, ngettext
from hsreview.model.dataset import Dataset
from hsreview.model.groups import attribute_of_person, respondent_groups
from hsreview.model.localized import Localized
from hsreview.model.public import PublicColumn, Why, Withheld

GROUP = "group"
OTHER, ALL = "*other", "*all"
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*")


@dataclass(frozen=True, slots=True)
class People:
    """Everyone heard in the interviews reviewed, and in which column of each table they count."""

    known: frozenset[str]
    column_of: Mapping[str, Mapping[str, str]]
    """Table → respondent → key of the column."""
    own_group: Mapping[str, str]
    """Respondent → their group before any roll-up; empty without one or with several."""
    group_sizes: Mapping[str, int]

    def of(self, table: str, heads: Sequence[PublicColumn]) -> dict[str, frozenset[str]]:
        """Key of each column of a table → its people. That of all together is left out, where there are others."""
        keys = [head.key for head in parts(heads)]
        return {key: frozenset(p for p in self.known if self.column_of[table][p] == key) for key in keys}


def parts(heads: Sequence[PublicColumn]) -> Sequence[PublicColumn]:
    """The columns of a table without that of all together, where there are others."""
    return heads[: max(1, len(heads) - 1)]


def divide(
    dataset: Dataset, k: int, tables: Sequence[str], zones: Mapping[str, str]
) -> tuple[People, list[list[PublicColumn]], list[Withheld]]:
    """Where everybody counts in each table, its columns, and what was rolled up."""
    heard = {p for t in dataset.reviewed for p in dataset.respondents_of.get(t, ()) if p in dataset.respondents}
    if len(heard) < k:
        raise InputRefused(
            ngettext(
                "{n} respondent is known in the interviews reviewed; nothing may be published of fewer than {k}.",
                "{n} respondents are known in the interviews reviewed; nothing may be published of fewer than {k}.",
                len(heard),
            ).format(n=len(heard), k=k)
        )
    groups = {p: of[0] if len(of) == 1 else "" for p, of in respondent_groups(dataset).items() if p in heard}
    column_of: dict[str, Mapping[str, str]] = {}
    columns: list[list[PublicColumn]] = []
    left: list[Withheld] = []
    for table in tables:
        value = groups if table == GROUP else _values(dataset, heard, table, zones)
        sizes = _sizes(value)
        into = roll_up(sizes, k)
        column_of[table] = {person: into[value[person]] for person in heard}
        order = group_order(dataset) if table == GROUP else sorted(sizes, key=lambda v: (not v, v.casefold()))
        columns.append(_columns(dataset, table, order, into, _sizes(column_of[table])))
        left += [
            Withheld(Why.SMALL_COLUMN if n < k else Why.COVERING_COLUMN, name or "–", table)
            for name, n in sizes.items()
            if into[name] in (OTHER, ALL) and len(sizes) > 1
        ]
    return People(frozenset(heard), column_of, groups, _sizes(groups)), columns, left


def _columns(
    dataset: Dataset, table: str, order: Sequence[str], into: Mapping[str, str], sizes: Mapping[str, int]
) -> list[PublicColumn]:
    """The columns of a table; all together in the last one, where there are several."""
    labels = {g.ref: g.label for g in dataset.codebook.groups} if table == GROUP else {}
    found = []
    for value in order:
        if into.get(value) == value:
            label = labels.get(value) or Localized(en=value, fr=value)
            found.append(PublicColumn("value" if value else "none", value, label, sizes[value]))
    if OTHER in sizes:
        found.append(PublicColumn("other", OTHER, Localized(), sizes[OTHER]))
    found.append(PublicColumn("all", ALL, Localized(), sum(sizes.values())))
    return found


def _values(dataset: Dataset, heard: set[str], name: str, zones: Mapping[str, str]) -> dict[str, str]:
    """Respondent → their value of an attribute in the interviews reviewed; empty without one or with several."""
    found: dict[str, set[str]] = {person: set() for person in heard}
    known = False
    own = OF_INTERVIEWS.get(name)
    for transcript in dataset.transcripts:
        for person in dataset.respondents_of.get(transcript.id, ()):
            value = written(attribute_of_person(dataset, transcript, person, name))
            value = value or (own(transcript) if own else "")
            known = known or bool(value)
            if person in heard and transcript.id in dataset.reviewed and value:
                found[person].add(zones.get(value, value))
    if not known:
        raise InputRefused(_("Nobody has an attribute called {name}.").format(name=name))
    names = {each.name for each in dataset.respondents.values()} | {each.name for each in dataset.coders.values()}
    names |= {each.name for each in dataset.organisations.values()} | {each.name for each in dataset.transcripts}
    every = {value for values in found.values() for value in values} - {*zones.values()}
    telling = sorted(value for value in every if value in names or _DAY.fullmatch(value))
    if telling:
        raise InputRefused(
            _("A public table cannot be divided by {name}: its values are names or exact dates.").format(name=name),
            [Problem(_("count it with others: --zone NAME=VALUE,VALUE"), value, "value") for value in telling],
        )
    return {person: values.pop() if len(values) == 1 else "" for person, values in found.items()}


def _sizes(value: Mapping[str, str]) -> dict[str, int]:
    sizes: dict[str, int] = {}
    for each in value.values():
        sizes[each] = sizes.get(each, 0) + 1
    return sizes


def roll_up(sizes: Mapping[str, int], k: int) -> Mapping[str, str]:
    """Value → key of the column in which its people count: small ones together, with the smallest of the others
    when those together are still fewer than `k`. A value alone is everybody."""
    ordered = sorted(sizes, key=lambda value: (sizes[value], value))
    together = [value for value in ordered if sizes[value] < k]
    while together and sum(sizes[value] for value in together) < k and len(together) < len(ordered):
        together.append(ordered[len(together)])
    if len(together) == len(ordered) or len(ordered) == 1:
        return dict.fromkeys(ordered, ALL)
    return {value: OTHER if value in together else value for value in ordered}
