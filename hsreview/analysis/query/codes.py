"""Which codes the names of an expression stand for in a codebook. A name nobody bears is a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from hsreview.analysis.query.fault import QueryFault, nearest
from hsreview.analysis.query.tree import CodeName
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Code, Codebook, Question, Theme
from hsreview.model.former import became

Thing = Code | Theme | Question


class Codes:
    """The codes, themes and review questions of a codebook."""

    def __init__(self, book: Codebook, own_names: Callable[[], Sequence[str]] = tuple) -> None:
        """`own_names` are those of modifiers and attributes: they are no codes."""
        self.book = book
        self._own_names = own_names

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Id → code, theme or question."""
        found: list[Thing] = [place.code for place in self.book.codes()]
        return {each.id: each for each in (*found, *self.book.themes, *self.book.questions)}

    @cached_property
    def _below(self) -> Mapping[str, frozenset[str]]:
        """Id of a code → its own, and those below it."""
        found: dict[str, frozenset[str]] = {}

        def walk(code: Code) -> frozenset[str]:
            found[code.id] = frozenset({code.id}).union(*(walk(child) for child in code.children))
            return found[code.id]

        for theme in self.book.themes:
            for code in theme.codes:
                walk(code)
        return found

    def named(self, name: CodeName) -> frozenset[str]:
        """Ids of the codes that a name stands for. Raises QueryFault when there is none, or there are several."""
        return self._beginning(name) if name.prefix else self._under(self.thing(name), name)

    def thing(self, name: CodeName) -> Thing:
        """The code, theme or question that a name without `*` means. Raises QueryFault as `named` does."""
        things: list[Code | Theme] = [*(place.code for place in self.book.codes()), *self.book.themes]
        wish = fold(name.text)
        tests: tuple[Callable[[Code | Theme], bool], ...] = (
            lambda thing: thing.ref == name.text,
            lambda thing: fold(thing.ref) == wish,
            lambda thing: wish in (fold(thing.label.fr), fold(thing.label.en)),
        )
        for test in tests:
            found = [thing for thing in things if test(thing)]
            if len(found) > 1:
                told = _("several codes are called {name}: {refs}. Write one of these.")
                refs = ", ".join(thing.ref for thing in found)
                raise QueryFault(told.format(name=name.text, refs=refs), name.column)
            if found:
                return found[0]
        question = next((q for q in self.book.questions if fold(q.ref) == wish), None)
        if question is None or name.only:
            raise self._no_code(name)
        return question

    def _under(self, thing: Thing, name: CodeName) -> frozenset[str]:
        """Ids of the codes that a thing stands for, as `name` has it. Raises QueryFault for a theme alone."""
        if isinstance(thing, Code):
            return frozenset({thing.id}) if name.only else self._below[thing.id]
        if name.only:
            told = _("{name} is a theme: write {name} for its codes; nothing bears a theme itself.")
            raise QueryFault(told.format(name=name.text), name.column)
        if isinstance(thing, Theme):
            return self._of_theme(thing)
        return frozenset(place.code.id for place in self.book.codes() if thing.ref in place.questions)

    def _of_theme(self, theme: Theme) -> frozenset[str]:
        return frozenset().union(*(self._below[code.id] for code in theme.codes))

    def _beginning(self, name: CodeName) -> frozenset[str]:
        wish = fold(name.text)
        codes = [self._below[place.code.id] for place in self.book.codes() if fold(place.code.ref).startswith(wish)]
        codes += [self._of_theme(theme) for theme in self.book.themes if fold(theme.ref).startswith(wish)]
        if not codes:
            told = _("no code begins with {name}.").format(name=name.text)
            raise QueryFault(told, name.column)
        return frozenset().union(*codes)

    def _no_code(self, name: CodeName) -> QueryFault:
        if fold(name.text) in {fold(each) for each in self._own_names()}:
            told = _("{name} is no code, but something to compare: {name} = …").format(name=name.text)
            return QueryFault(told, name.column)
        gone = became(self.book.former, name.text)
        if gone:
            return QueryFault(gone, name.column)
        language = current_language()
        places = list(self.book.codes())
        refs = [place.code.ref for place in places] + [theme.ref for theme in self.book.themes]
        labels = [place.code.label.get(language) for place in places]
        told = _("there is no code {name}.").format(name=name.text)
        near = nearest(name.text, refs) if len(name.text) < 6 else nearest(name.text, [*refs, *labels])
        return QueryFault(f"{told} {near or _('See: hsreview codebook show')}", name.column)
