"""What the names of an expression stand for in one layer: codes, people, values. A name nobody bears is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from hsreview.analysis.query.codes import Codes
from hsreview.analysis.query.fault import QueryFault, nearest
from hsreview.analysis.query.named import LANGUAGES, Bearer, bearers, labelled, those_there_are
from hsreview.analysis.query.tree import Condition, Value
from hsreview.analysis.query.words import FIELDS
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.coding import Origin
from hsreview.model.dataset import Dataset
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.localized import Localized
from hsreview.model.text import Role, role_words

_ORIGINS: Mapping[Origin, Localized] = {
    Origin.TYPED: Localized(fr="saisi", en="typed"),
    Origin.SUGGESTED: Localized(fr="suggéré", en="suggested"),
    Origin.AUTOCODED: Localized(fr="automatique", en="autocoded"),
    Origin.IMPORTED: Localized(fr="importé", en="imported"),
}
_ROLES: Mapping[Role, Localized] = {
    Role.INTERVIEWER: Localized(fr="enquêteur", en="interviewer"),
    Role.RESPONDENT: Localized(fr="répondant", en="respondent"),
    Role.OTHER: Localized(fr="autre", en="other"),
}


class Names:
    """The names that a layer knows."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.book = dataset.codebook
        self.codes = Codes(self.book, lambda: self.own_names)

    @cached_property
    def own_names(self) -> list[str]:
        """The names of modifiers and attributes."""
        dataset = self.dataset
        people = [r.attributes for r in dataset.respondents.values()]
        people += [o.attributes for o in dataset.organisations.values()]
        attributes = dict.fromkeys(
            key for each in (*people, *(t.attributes for t in dataset.transcripts)) for key in each
        )
        return [*(modifier.ref for modifier in self.book.modifiers), *attributes]

    def own_name(self, condition: Condition) -> str:
        """The modifier or attribute of that name, as it is spelt. Raises QueryFault when there is none."""
        names = self.own_names
        found = [n for n in names if n == condition.name] or [n for n in names if fold(n) == fold(condition.name)]
        if not found:
            found = [m.ref for m in self.book.modifiers if fold(condition.name) in (fold(m.label.fr), fold(m.label.en))]
        if found:
            return found[0]
        told = _("nothing is called {name}.").format(name=condition.name)
        raise QueryFault(f"{told} {nearest(condition.name, [*FIELDS, *names])}".rstrip(), condition.column)

    def modifier_values(self, modifier: str, values: Iterable[Value]) -> frozenset[str]:
        """The values of a modifier that are meant, by ref or label."""
        known = next(m.values for m in self.book.modifiers if m.ref == modifier)
        return _meant([labelled(v.ref, v.label) for v in known], values)

    def flags(self, values: Iterable[Value]) -> frozenset[str]:
        """The flags that are meant."""
        return _meant([labelled(f.ref, f.label) for f in self.book.flags], values)

    def origins(self, values: Iterable[Value]) -> frozenset[str]:
        """The origins that are meant."""
        return _meant([labelled(str(origin), label) for origin, label in _ORIGINS.items()], values)

    def roles(self, values: Iterable[Value]) -> frozenset[str]:
        """The roles that are meant."""
        return _meant([labelled(str(role), label, role_words(role)) for role, label in _ROLES.items()], values)

    def languages(self, values: Iterable[Value]) -> frozenset[str]:
        """The languages of interviews that are meant, by code or name."""
        found = dict.fromkeys(t.language for t in self.dataset.transcripts if t.language)
        known = [(each, LANGUAGES.get(each, Localized())) for each in found]
        return _meant([labelled(each, label) for each, label in known], values)

    def groups(self, values: Iterable[Value]) -> frozenset[str]:
        """The groups that are meant, of the codebook or of the interviews."""
        book = {g.ref: g.label for g in self.book.groups}
        found = {g for t in self.dataset.transcripts for g in interview_groups(self.dataset, t)}
        found.update(g for groups in respondent_groups(self.dataset).values() for g in groups)
        names = [*book, *(g for g in sorted(found) if g and g not in book)]
        return _meant([labelled(each, book.get(each, Localized())) for each in names], values)

    def people(self, name: str, values: Iterable[Value]) -> frozenset[str]:
        """Ids of the respondents, organisations, transcripts or coders that are meant."""
        dataset = self.dataset
        known = {
            "respondent": {r.id: r.name for r in dataset.respondents.values()},
            "organisation": {o.id: o.name for o in dataset.organisations.values()},
            "transcript": {t.id: t.name for t in dataset.transcripts},
            "coder": {c.id: c.name for c in dataset.coders.values()},
        }[name]
        return _meant([Bearer(key, (label, key), label) for key, label in known.items()], values, loosely=False)


def _meant(known: Sequence[Bearer], values: Iterable[Value], *, loosely: bool = True) -> frozenset[str]:
    """The keys of what bears one of these names. Raises QueryFault for a name that nothing bears."""
    found: set[str] = set()
    for value in values:
        these = bearers(known, value.text, prefix=value.prefix, loosely=loosely)
        if not these:
            told = _("nothing is called {name} here.").format(name=value.text)
            raise QueryFault(f"{told} {those_there_are(known, value.text)}".rstrip(), value.column)
        found |= these
    return frozenset(found)
