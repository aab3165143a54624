"""What of a masked name still stands alone: `Awa` and `Diarra` after `Awa Diarra` is masked."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import count

from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.model.naming import NameClass
from hsreview.model.people import Coder
from hsreview.privacy.ordinary import is_no_name, is_word_too
from hsreview.privacy.register import Name, Register, State
from hsreview.privacy.spelling import ELIDED, key_of, untitled, words_of
from hsreview.project.project import Project
from hsreview.workflows.names_check import Place, check_project

_LEAST = 3
_PARTICLES = frozenset({"ould", "bint", "ben", "ibn", "van", "von", "des", "les", "the", "and", "dit", "dite", "alias"})
"""Words of names that say nothing alone."""


@dataclass(frozen=True, slots=True)
class Part:
    """A word of a masked name that stands somewhere without the rest."""

    form: str = field(repr=False)
    number: int
    """Its number in the register; 0 when it is not there."""
    places: tuple[Place, ...]

    @property
    def count(self) -> int:
        """How often it stands there."""
        return sum(place.count for place in self.places)

    @property
    def line(self) -> str:
        """Where it stands."""
        places = ngettext("{n} place", "{n} places", self.count).format(n=self.count)
        where = ", ".join(dict.fromkeys(visible(p.where) if p.kind == "text" else p.label for p in self.places))
        return labelled(
            visible(self.form), _("still stands alone: {places} ({where})").format(places=places, where=where)
        )

    @property
    def remedy(self) -> str:
        """By which command it is masked too."""
        wish = str(self.number) if self.number else f'"{visible(self.form)}" --class person'
        return _("Mask it too: hsreview mask {wish}").format(wish=wish)


def parts(project: Project, register: Register, chosen: Collection[int], viewer: Coder) -> tuple[Part, ...]:
    """Words of the names with these numbers that stand alone in a project, as far as `viewer` may see where.

    Only names of people: the words of other names are mostly words of the language. What is decided to be left as it is
    and what belongs to another name of the register is passed over.
    """
    masked = [name for name in register.names if name.number in chosen]
    words = {
        key_of(word): word for name in masked if name.kind == NameClass.PERSON for form in name.forms
        for word in _words(form)
    }  # fmt: skip
    forms = {key_of(form) for name in masked for form in name.forms}
    known = {key: register.find(word) for key, word in words.items() if key not in forms}
    wanted = {key: name for key, name in known.items() if name is None or name.state is not State.KEPT}
    if not wanted:
        return ()
    numbers = count(1)
    looked = {next(numbers): key for key in wanted}
    names = [Name(number, words[key], replacement="x", cased=is_word_too(words[key])) for number, key in looked.items()]
    names += [
        Name(next(numbers), name.form, replacement="x", cased=name.cased, capital=name.capital, variants=name.variants)
        for name in register.names
        if name.number not in chosen and not {key_of(form) for form in name.forms} & wanted.keys()
    ]
    found = check_project(project, Register(register.project, tuple(names)), viewer)
    told = []
    for number, key in looked.items():
        name = wanted[key]
        known_as = (name.number,) if name else ()
        places = tuple(Place(*at, known_as, each[number]) for at, each in found.items() if number in each)
        if places:
            told.append(Part(words[key], name.number if name else 0, places))
    return tuple(told)


def _words(form: str) -> Iterator[str]:
    text = untitled(form)
    for word in words_of(text):
        written, key = text[word.start : word.end], word.folded
        if len(key) >= _LEAST and key not in ELIDED | _PARTICLES and not key.isdigit() and not is_no_name(written):
            yield written
