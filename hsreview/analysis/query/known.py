"""What the names of an expression stand for in one layer: codes, people, values. A name nobody bears is a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from hsreview.analysis.query.fault import QueryFault, nearest
from hsreview.analysis.query.tree import CodeName, Condition, Value
from hsreview.analysis.query.words import FIELDS
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Code, Theme
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

    # Codes

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        """Id of a code → its own, those below it, and of a code that was merged the one that took it over."""
        found: dict[str, frozenset[str]] = {}

        def walk(code: Code) -> frozenset[str]:
            mine = frozenset({code.id, code.merged_into or code.id}).union(*(walk(child) for child in code.children))
            found[code.id] = mine
            return mine

        for theme in self.book.themes:
            for code in theme.codes:
                walk(code)
        return found

    def _of_theme(self, theme: Theme) -> frozenset[str]:
        return frozenset().union(*(self._below[code.id] for code in theme.codes))

    def codes(self, name: CodeName) -> frozenset[str]:
        """Ids of the codes that a name stands for. Raises QueryFault when there is none, or there are several."""
        if name.prefix:
            return self._beginning(name)
        exact = [(place.code.ref, place.code) for place in self.book.codes()]
        themes = [(theme.ref, theme) for theme in self.book.themes]
        things: list[tuple[str, Code | Theme]] = [*exact, *themes]
        wish = fold(name.text)
        tests: tuple[Callable[[str, Code | Theme], bool], ...] = (
            lambda ref, _thing: ref == name.text,
            lambda ref, _thing: fold(ref) == wish,
            lambda _ref, thing: wish in (fold(thing.label.fr), fold(thing.label.en)),
        )
        for test in tests:
            found = [thing for ref, thing in things if test(ref, thing)]
            if len(found) > 1:
                told = _("several codes are called {name}: {refs}. Write one of these.")
                refs = ", ".join(thing.ref for thing in found)
                raise QueryFault(told.format(name=name.text, refs=refs), name.column)
            if found:
                return self._chosen(name, found[0])
        question = next((q.ref for q in self.book.questions if fold(q.ref) == wish), None)
        if question is not None and not name.only:
            return frozenset(place.code.id for place in self.book.codes() if question in place.questions)
        raise self._no_code(name)

    def _chosen(self, name: CodeName, thing: Code | Theme) -> frozenset[str]:
        if isinstance(thing, Code):
            return frozenset({thing.id, thing.merged_into or thing.id}) if name.only else self._below[thing.id]
        if name.only:
            told = _("{name} is a theme: write {name} for its codes; nothing bears a theme itself.")
            raise QueryFault(told.format(name=name.text), name.column)
        return self._of_theme(thing)

    def _beginning(self, name: CodeName) -> frozenset[str]:
        wish = fold(name.text)
        codes = [self._below[place.code.id] for place in self.book.codes() if fold(place.code.ref).startswith(wish)]
        codes += [self._of_theme(theme) for theme in self.book.themes if fold(theme.ref).startswith(wish)]
        if not codes:
            told = _("no code begins with {name}.").format(name=name.text)
            raise QueryFault(told, name.column)
        return frozenset().union(*codes)

    def _no_code(self, name: CodeName) -> QueryFault:
        if fold(name.text) in {fold(each) for each in self.own_names}:
            told = _("{name} is no code, but something to compare: {name} = …").format(name=name.text)
            return QueryFault(told, name.column)
        language = current_language()
        places = list(self.book.codes())
        refs = [place.code.ref for place in places] + [theme.ref for theme in self.book.themes]
        labels = [place.code.label.get(language) for place in places]
        told = _("there is no code {name}.").format(name=name.text)
        near = nearest(name.text, refs) if len(name.text) < 6 else nearest(name.text, [*refs, *labels])
        return QueryFault(f"{told} {near or _('See: hsreview codebook show')}", name.column)

    # Conditions

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
