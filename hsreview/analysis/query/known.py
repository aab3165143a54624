"""What the names of an expression stand for in one layer: codes, people, values. A name nobody bears is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from hsreview.analysis.query.codes import Codes
from hsreview.analysis.query.fault import QueryFault, nearest
from hsreview.analysis.query.tree import Condition, Value
from hsreview.analysis.query.words import FIELDS
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.coding import Origin
from hsreview.model.dataset import Dataset
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.text import Role, role_named

_ORIGINS: Mapping[Origin, tuple[str, ...]] = {
    Origin.TYPED: ("typed", "saisi", "saisie"),
    Origin.SUGGESTED: ("suggested", "suggéré", "suggérée"),
    Origin.AUTOCODED: ("autocoded", "automatique"),
    Origin.IMPORTED: ("imported", "importé", "importée"),
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
        if found:
            return found[0]
        told = _("nothing is called {name}.").format(name=condition.name)
        raise QueryFault(f"{told} {nearest(condition.name, [*FIELDS, *names])}".rstrip(), condition.column)

    def modifier_values(self, modifier: str, values: Iterable[Value]) -> frozenset[str]:
        """The values of a modifier that are meant, by ref or label."""
        known = next(m.values for m in self.book.modifiers if m.ref == modifier)
        return self._among({v.ref: (v.ref, v.label.fr, v.label.en) for v in known}, values)

    def flags(self, values: Iterable[Value]) -> frozenset[str]:
        """The flags that are meant."""
        return self._among({f.ref: (f.ref, f.label.fr, f.label.en) for f in self.book.flags}, values)

    def origins(self, values: Iterable[Value]) -> frozenset[str]:
        """The origins that are meant."""
        return self._among({str(origin): names for origin, names in _ORIGINS.items()}, values)

    def roles(self, values: Iterable[Value]) -> frozenset[str]:
        """The roles that are meant."""
        named = [role_named(value.text) for value in values]
        rest = [value for value, role in zip(values, named, strict=True) if role is None]
        found = self._among({str(role): (str(role),) for role in Role}, rest) if rest else frozenset()
        return found | {str(role) for role in named if role is not None}

    def groups(self, values: Iterable[Value]) -> frozenset[str]:
        """The groups that are meant, of the codebook or of the interviews."""
        book = {g.ref: (g.ref, g.label.fr, g.label.en) for g in self.book.groups}
        found = {g for t in self.dataset.transcripts for g in interview_groups(self.dataset, t)}
        found.update(g for groups in respondent_groups(self.dataset).values() for g in groups)
        return self._among({**{g: (g,) for g in sorted(found) if g}, **book}, values)

    def people(self, name: str, values: Iterable[Value]) -> frozenset[str]:
        """Ids of the respondents, organisations, transcripts or coders that are meant."""
        dataset = self.dataset
        known = {
            "respondent": {r.id: r.name for r in dataset.respondents.values()},
            "organisation": {o.id: o.name for o in dataset.organisations.values()},
            "transcript": {t.id: t.name for t in dataset.transcripts},
            "coder": {c.id: c.name for c in dataset.coders.values()},
        }[name]
        return self._among({key: (label, key) for key, label in known.items()}, values)

    @staticmethod
    def _among(known: Mapping[str, tuple[str, ...]], values: Iterable[Value]) -> frozenset[str]:
        """The keys of what bears one of these names. Raises QueryFault for a name that nothing bears."""
        found: set[str] = set()
        for value in values:
            wish = fold(value.text)
            these = {
                key
                for key, names in known.items()
                if any(fold(name).startswith(wish) if value.prefix else fold(name) == wish for name in names if name)
            }
            if not these:
                told = _("nothing is called {name} here.").format(name=value.text)
                near = nearest(value.text, (names[0] for names in known.values()))
                raise QueryFault(f"{told} {near}".rstrip(), value.column)
            found |= these
        return frozenset(found)
