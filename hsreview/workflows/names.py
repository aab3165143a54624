"""Decide about names in the register of the key file: what stands in their place, and what stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.model.naming import NameClass as NameClass
from hsreview.privacy import pseudonyms
from hsreview.privacy.alike import gives_away
from hsreview.privacy.key_file import KeyFile as KeyFile
from hsreview.privacy.ordinary import is_no_name, is_word_too
from hsreview.privacy.pseudonyms import Style as Style
from hsreview.privacy.register import Name as Name
from hsreview.privacy.register import NameRefused as NameRefused
from hsreview.privacy.register import Register as Register
from hsreview.privacy.register import State as State
from hsreview.privacy.register import checked_form, checked_replacement, is_bracketed
from hsreview.privacy.spelling import bare, key_of, singly
from hsreview.project.project import Project
from hsreview.project.search import search

_SOME = 5
"""So many changed proposals are told one by one,"""
_FILES = 8
"""and so many files in which a name stands."""
_LEAST = 3
"""Letters of a word that two names have in common."""


def occurs_in(project: Project) -> Callable[[str], bool]:
    """Says whether a word stands in a text of the project, so that it is no pseudonym."""

    def occurs(word: str) -> bool:
        return bool(search(project.connection, word, limit=1, count=False).hits)

    return occurs


class AlikeRefused(InputRefused):
    """A pseudonym begins or sounds like the name; its text names commands, a screen asks with its keys."""

    def __init__(self, number: int, replacement: str) -> None:
        super().__init__(
            _(
                "{replacement} begins or sounds like the name, or is short for it (number {number}), so readers may "
                "guess who is meant. Choose another one; if it is meant so, add --alike"
            ).format(replacement=visible(replacement), number=number)
        )
        self.replacement = replacement


def _places(name: Name) -> str:
    """The files in which a name stands, with how often."""
    files = [f"{file} ({n})" if n else file for file, n in name.places.in_files().items()]
    return ", ".join([*files[:_FILES], *(["…"] if len(files) > _FILES else [])]) or _("in none of the files")


def _with_case(name: Name, cased: bool | None) -> Name:
    """A name whose forms are all meant with a capital only, or in any case; null leaves what is said of each."""
    return name if cased is None else replace(name, cased=cased, capital=())


class Deciding:
    """Acts on the register of an open key file. They change it in memory, one step each; `save` writes the file.

    A name is meant by its number.
    """

    def __init__(
        self, key_file: KeyFile, by: str, style: Style = Style.NAMES,
        occurs: Callable[[str], bool] = lambda _word: False,
    ) -> None:  # fmt: skip
        self.key_file = key_file
        self.by = by
        self.style = style
        self.register = key_file.register
        self.moved: Mapping[int, tuple[str, str]] = {}
        """Number of a name → the pseudonym that was proposed for it before, and what had to take its place."""
        self._occurs = occurs

    @property
    def is_changed(self) -> bool:
        """Whether there is something to save."""
        return self.register is not self.key_file.register

    def save(self) -> None:
        """Write the key file. Raises InputRefused when it cannot be written or was changed by another program."""
        if self.is_changed:
            self.key_file.save(self.register)

    def proposals(self) -> dict[int, str]:
        """Number of each open name → what is proposed in its place, no pseudonym twice."""
        return pseudonyms.proposals(self.register, self.style, self._occurs)

    def settled(self) -> Mapping[int, str]:
        """The proposals as they are, and stay from now on while nothing forbids them: what is shown is kept.

        Those that had to change since they were kept are in `moved`.
        """
        found, open_ = self.proposals(), {name.number: name for name in self.register.names}
        earlier = {number: open_[number].proposed for number in found}
        self.moved = {
            number: (old, found[number])
            for number, old in earlier.items()
            if old not in ("", found[number]) and not is_bracketed(old)
        }
        self.register = self.register.proposing(found)
        return found

    def moved_in_words(self) -> list[str]:
        """A sentence about what is proposed otherwise than before; none where nothing is."""
        n = len(self.moved)
        told = ngettext(
            "What was proposed for {n} name cannot stand any more, since it is taken, occurs in a text, or is too "
            "much like a name; another one is proposed: {some}",
            "What was proposed for {n} names cannot stand any more, since it is taken, occurs in a text, or is too "
            "much like a name; others are proposed: {some}",
            n,
        )
        each = _("number {number}: {old}, now {new}")
        some = [each.format(number=m, old=old, new=new) for m, (old, new) in self.moved.items()][:_SOME]
        return [told.format(n=n, some=visible("; ".join([*some, *(["…"] if n > _SOME else [])])))] if n else []

    def proposal(self, number: int) -> str:
        """What is proposed in the place of one name."""
        name = self._name(number)
        if name.state is State.OPEN:
            return pseudonyms.proposals(self.register, self.style, self._occurs, number)[number]
        return pseudonyms.suggested(self.register, name, self.style, self._occurs)

    def generalisations(self, number: int) -> tuple[str, ...]:
        """What may generalise a name of its class."""
        name = self._name(number)
        return pseudonyms.generalisations(name.kind, pseudonyms.language_of(self.register, name))

    def accept(
        self, number: int, replacement: str = "", kind: NameClass | None = None, cased: bool | None = None, *,
        alike: bool = False,
    ) -> Name:  # fmt: skip
        """Put a replacement (the proposed one when empty) in the place of a name from now on.

        Raises UsageProblem, InputRefused when it can be none, or stored texts call somebody else so; AlikeRefused for
        a new pseudonym that begins or sounds like the name, unless somebody said that it may be `alike`. Nothing is
        changed then.
        """
        name = _with_case(replace(self._name(number), kept=False), cased)
        name = replace(name, kind=kind.value if kind else name.kind)
        if not replacement and name.kind == self._name(number).kind:
            replacement = self.proposal(number)
        elif not replacement:
            replacement = pseudonyms.suggested(self.register, name, self.style, self._occurs)
        self.key_file.check_value(replacement)
        text = checked_replacement(replacement)
        made = self.register.changed(self.by, [replace(name, replacement=text)])
        self._check_unused(name, text)
        if not alike and text != name.replacement and gives_away(text, name.forms):
            raise AlikeRefused(number, text)
        self.register = made
        return self._name(number)

    def accept_proposed(self, numbers: Iterable[int]) -> list[Name]:
        """Put what is proposed in the place of open names, all in one act. Raises as `accept`."""
        proposed = self.proposals()
        wanted = [self._name(number) for number in dict.fromkeys(numbers)]
        names = [replace(name, replacement=proposed.get(name.number) or self.proposal(name.number)) for name in wanted]
        self.register = self.register.changed(self.by, [replace(name, kept=False) for name in names])
        return [self._name(name.number) for name in wanted]

    def generalise(self, number: int, text: str = "") -> Name:
        """Put words in brackets in the place of a name; brackets are added where they miss. Raises as `accept`."""
        text = text.strip() or self.generalisations(number)[0]
        return self.accept(number, text if text.startswith("[") else f"[{text}]")

    def keep(self, number: int) -> Name:
        """Leave a name as it is: it is none, or may be read."""
        return self._put(replace(self._name(number), kept=True, replacement=""))

    def classify(self, number: int, kind: NameClass, cased: bool | None = None) -> Name:
        """Say what kind of name it is, and whether only forms with a capital are meant."""
        return self._put(replace(_with_case(self._name(number), cased), kind=kind.value))

    def elsewhere(self, number: int, into: int) -> str:
        """Where two names stand, when the first one also stands in files without the second; else empty.

        Then both may be two people who are called alike.
        """
        name, other = self._name(number), self._name(into)
        if set(name.places.files) <= set(other.places.files):
            return ""
        told = "; ".join(labelled(each.form, _places(each)) for each in (name, other))
        return visible(told)

    def resembling(self, number: int) -> frozenset[int]:
        """Numbers of the other names that share a word with this one: one that says something alone, if it has one."""
        words = {word for form in self._name(number).forms for word in singly(form) if len(word) >= _LEAST}
        words = {word for word in words if not is_no_name(word)} or words
        alike = (n for n in self.register.names if any(words & singly(form) for form in n.forms))
        return frozenset(name.number for name in alike) - {number}

    def merge(self, number: int, into: int) -> Name:
        """Make the forms of one name variants of another one. Raises UsageProblem when both are the same.

        Forms that were meant only with a capital still are, and so is an ordinary word that was no person's name.
        """
        name, other = self._name(number), self._name(into)
        if number == into:
            raise UsageProblem(_("These are one name already."))
        merged = replace(
            other, variants=tuple(dict.fromkeys((*other.variants, *name.forms))),
            contact=other.contact or name.contact, consent=other.consent or name.consent, used=other.used or name.used,
            seen=other.seen.and_also(name.seen),
        )  # fmt: skip
        words = [each for each in name.forms if name.kind != other.kind == NameClass.PERSON and is_word_too(each)]
        merged = merged.with_capital((*other.capital_forms, *name.capital_forms, *words))
        self.register = self.register.changed(self.by, [merged], [number])
        return self._name(into)

    def note_person(self, number: int, contact: str | None = None, consent: str | None = None) -> Name:
        """Note how a person is reached, and the reference of the consent form; null leaves what is there."""
        name = self._name(number)
        return self._put(
            replace(
                name, contact=name.contact if contact is None else contact.strip(),
                consent=name.consent if consent is None else consent.strip(),
            )
        )  # fmt: skip

    def add(self, form: str, kind: NameClass) -> Name:
        """A name that nobody proposed, still open. Raises InputRefused when the register has it.

        Of somebody whose name is an ordinary word too, and is given with a capital, only forms with one are meant.
        """
        self.key_file.check_value(form)
        form = checked_form(bare(form))
        known = self.register.find(form)
        if known is not None:
            raise InputRefused(_("The register has this name already, as number {number}.").format(number=known.number))
        number = self.register.next_number
        cased = kind is NameClass.PERSON and is_word_too(form)
        self.register = self.register.changed(self.by, [Name(number, form, kind.value, cased=cased)])
        return self._name(number)

    def number_of(self, word: str, kind: NameClass | None = None) -> int:
        """The number of a name that is given by its number or form; with a class, an unknown form is added.

        Raises UsageProblem when it is not in the register.
        """
        if kind is not None and not (word.isascii() and word.isdigit()) and self.register.find(bare(word)) is None:
            return self.add(word, kind).number
        try:
            return self.register.known(word).number
        except UsageProblem:
            return self.register.known(bare(word)).number

    @contextmanager
    def as_one(self) -> Iterator[None]:
        """All acts inside are one, which one undo takes back; when one of them is refused, none of them counts."""
        start = self.register
        try:
            yield
        except BaseException:
            self.register = start
            raise
        self.register = self.register.joined_since(start)

    def forget(self, numbers: Collection[int]) -> None:
        """Take names out for good, also out of what can be undone."""
        self.register = self.register.without({self._name(number).number for number in numbers})

    def undo(self) -> None:
        """Take the last act back. Raises InputRefused when there is none."""
        self.register = self.register.undone()

    def _check_unused(self, name: Name, text: str) -> None:
        """Raise InputRefused where stored texts call somebody else so: two people would become one."""
        if key_of(text) not in map(key_of, self.register.spent) or key_of(text) == key_of(name.replacement):
            return
        earlier = self.register.once_called(text)
        now = [self.register.find(each.form) for each in earlier]  # Names that were joined to this one are this one.
        others = [
            each.used or (found is not None and found.used)
            for each, found in zip(earlier, now, strict=True)
            if found is None or found.number != name.number
        ]
        if any(others) or (not earlier and self._occurs(text)):
            raise InputRefused(
                _("Stored texts call somebody else {replacement}, or did. Choose another pseudonym.").format(
                    replacement=visible(text)
                )
            )

    def _name(self, number: int) -> Name:
        found = self.register.numbered(number)
        if found is None:
            raise UsageProblem(_("The register has no name with the number {number}.").format(number=number))
        return found

    def _put(self, name: Name) -> Name:
        self.register = self.register.changed(self.by, [name])
        return self._name(name.number)
