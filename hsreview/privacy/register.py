"""The register of names of a project: which form stands for whom, what is put in its place, what is left as it is.

It lives in the key file alone (`hsreview.privacy.key_file`), never in a project. Representations show no name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.naming import ModelSpan, NameClass
from hsreview.privacy.generalisations import all_forms
from hsreview.privacy.joined import JoinedNames
from hsreview.privacy.replacing import Replacer, Rule
from hsreview.privacy.seen import Seen as Seen
from hsreview.privacy.spelling import key_of, on_one_line, runs, singly, spellings
from hsreview.privacy.telephones import identities

_STEPS = 200
"""So many acts can be taken back,"""
_STEP_NAMES = 5000
"""and so many names in them."""
LONGEST = 200
"""Characters of a form or a replacement."""


class NameRefused(InputRefused):
    """What was decided about a name cannot be; its text names commands, a screen tells its keys."""

    def __init__(self, message: str, number: int, *, is_twice: bool, replacement: str = "") -> None:
        super().__init__(message)
        self.number = number
        """Of the name that has to get something else, or that has the form or the pseudonym already."""
        self.is_twice = is_twice
        self.replacement = replacement


class State(StrEnum):
    """What is decided about a name."""

    OPEN = "open"
    REPLACED = "replaced"
    """By a pseudonym."""
    GENERALISED = "generalised"
    """By words in brackets."""
    KEPT = "kept"
    """It stays as it is: no name, or one that may be read."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name with its spellings and what is decided about it."""

    number: int
    """Its number in the register, which is never given again; on the command line it stands for the name."""
    form: str = field(repr=False)
    kind: str = NameClass.OTHER.value
    replacement: str = ""
    """A pseudonym, or words in square brackets; empty when nothing is replaced."""
    proposed: str = ""
    """What was proposed in its place last; it is proposed again while nothing forbids it."""
    kept: bool = False
    cased: bool = False
    """Whether it is a common word too, and meant only where it begins with a capital."""
    capital: tuple[str, ...] = field(default=(), repr=False)
    """The forms that alone are so, where not all are: `Paix` of `Paix Dembélé`."""
    variants: tuple[str, ...] = field(default=(), repr=False)
    contact: str = field(default="", repr=False)
    consent: str = field(default="", repr=False)
    """Reference of the consent form."""
    used: bool = False
    """Whether a stored text has the replacement."""
    seen: Seen = field(default_factory=Seen)
    at: str = ""
    by: str = ""
    """Id of the coder who decided."""

    @property
    def state(self) -> State:
        """What is decided."""
        if self.kept:
            return State.KEPT
        if not self.replacement:
            return State.OPEN
        return State.GENERALISED if is_bracketed(self.replacement) else State.REPLACED

    @property
    def forms(self) -> tuple[str, ...]:
        """Every form that is meant."""
        return (self.form, *self.variants)

    @property
    def places(self) -> Seen:
        """Where it stands as it is meant: not in small letters where it is meant only with a capital."""
        return self.seen.without_small(self.capital_forms)

    @property
    def capital_forms(self) -> tuple[str, ...]:
        """The forms that are meant only where they begin with a capital."""
        return self.forms if self.cased else self.capital

    def with_capital(self, forms: Iterable[str]) -> Name:
        """The name whose forms are meant only with a capital where they are among `forms`."""
        wanted = set(forms)
        some = tuple(form for form in self.forms if form in wanted)
        return replace(self, cased=len(some) == len(self.forms), capital=() if len(some) == len(self.forms) else some)


@dataclass(frozen=True, slots=True)
class Step:
    """An act, and what stood in the register before it."""

    number: int
    """1 for the first act; an act is never given the number of another one."""
    at: str
    by: str
    before: Mapping[int, Name | None] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody, or an organisation, of a table is called in the project."""

    original: str = field(repr=False)
    called: str
    table: str
    """`respondent` or `organisation`."""


@dataclass(frozen=True)
class Register:
    """All names of one project; every change gives another register."""

    project: str
    """Id of the project."""
    names: tuple[Name, ...] = field(default=(), repr=False)
    spent: tuple[str, ...] = field(default=(), repr=False)
    """Pseudonyms that were given once; none is given again."""
    steps: tuple[Step, ...] = field(default=(), repr=False)
    next_number: int = 1
    acts: int = 0
    """How many there were."""
    language: str = ""
    """That of most texts in which names were looked for last: `fr`, `en` or empty."""
    given: tuple[Given, ...] = field(default=(), repr=False)
    marked: Mapping[str, Sequence[ModelSpan]] = field(default_factory=dict, repr=False)
    """What language models marked in texts that were looked at last, by digest: offsets, no words."""

    @cached_property
    def _by_key(self) -> Mapping[str, Name]:
        return {key: name for name in self.names for form in name.forms for key in identities(form)}

    def find(self, form: str) -> Name | None:
        """The name with this form, in any spelling; null when it is not in the register."""
        return next((self._by_key[key] for key in identities(form) if key in self._by_key), None)

    def numbered(self, number: int) -> Name | None:
        """The name with this number."""
        return next((name for name in self.names if name.number == number), None)

    def known(self, word: str) -> Name:
        """The name that a number or a form means. Raises UsageProblem when there is none."""
        number = int(word) if word.isascii() and word.isdigit() and len(word) < 6 else 0
        found = self.numbered(number) or self.find(word)
        if found is None:
            raise UsageProblem(_("The register has no such name. Its names and their numbers: hsreview names list"))
        return found

    def rules(self) -> list[Rule]:
        """What is replaced by what."""
        return [rule_of(name) for name in self.names if name.replacement and not name.kept]

    @cached_property
    def replacer(self) -> Replacer:
        """What finds and replaces the names about which that was decided; longer names that stay keep theirs."""
        rules = self.rules()
        words = {word for rule in rules for form in rule.forms for word in singly(form)}
        stay = [name for name in self.names if name.kept and any(not words.isdisjoint(singly(f)) for f in name.forms)]
        return Replacer([*rules, *(replace(rule_of(name), stays=True) for name in stay)])

    @cached_property
    def joined(self) -> JoinedNames:
        """What finds and replaces them in names of files too."""
        return JoinedNames(self.rules(), self.replacer)

    def called(self, text: str, language: str) -> str:
        """What a person or an organisation is called from now on. Those that are generalised alike are still several,
        so each has the number of its name too: `[a local councillor] (7)`."""
        numbers = {name.form: name.number for name in self.names}
        general = (hit.rule for hit in self.replacer.hits(text) if is_bracketed(hit.rule.replacement))
        told = dict.fromkeys(numbers[rule.forms[0]] for rule in general)
        return self.replacer.label(text, language) + "".join(f" ({number})" for number in told)

    def counts(self) -> dict[State, int]:
        """How many names are in each state."""
        return {state: sum(name.state is state for name in self.names) for state in State}

    def changed(self, by: str, names: Iterable[Name], gone: Iterable[int] = (), *, step: bool = True) -> Register:
        """With other names in the place of those with their numbers. Raises InputRefused as `checked` says.

        `step` says whether it is an act that can be taken back.
        """
        at = now()
        new = {name.number: replace(name, at=at, by=by) if step else name for name in names}
        out = set(gone)
        before: dict[int, Name | None] = dict.fromkeys([*new, *out])
        before |= {name.number: name for name in self.names if name.number in before}
        kept = [new.pop(name.number, name) for name in self.names if name.number not in out]
        spent = dict.fromkeys([*self.spent, *(n.replacement for n in [*kept, *new.values()] if n.replacement)])
        made = replace(
            self, names=(*kept, *new.values()), spent=tuple(each for each in spent if not is_bracketed(each)),
            steps=_recent((*self.steps, Step(self.acts + 1, at, by, before))) if step else self.steps,
            acts=self.acts + step,
            next_number=max([self.next_number, *(number + 1 for number in before)]),
        )  # fmt: skip
        made.check(number for number in before if number not in out)
        return made

    def proposing(self, proposals: Mapping[int, str]) -> Register:
        """With what is proposed from now on for names, by number; itself when that changes nothing."""
        if all(proposals.get(name.number, name.proposed) == name.proposed for name in self.names):
            return self
        named = (replace(name, proposed=proposals.get(name.number, name.proposed)) for name in self.names)
        return replace(self, names=tuple(named))

    def check(self, numbers: Iterable[int]) -> None:
        """Raise InputRefused when a form has two owners, or a replacement could be taken for an original name."""
        fresh = set(numbers)
        seen: dict[str, int] = {}
        for name in self.names:
            for key in {key for form in name.forms for key in spellings(form)}:
                if seen.setdefault(key, name.number) != name.number:
                    raise NameRefused(
                        _("Two names have the same form; merge them: hsreview names merge"), seen[key], is_twice=True
                    )
        replaced = [name for name in self.names if name.replacement and not name.kept]
        _check_replacements(replaced, fresh, set(map(key_of, self.spent)))

    def once_called(self, replacement: str) -> list[Name]:
        """The names, as they were before acts, in whose place this was put then."""
        key = key_of(replacement)
        earlier = (name for step in self.steps for name in step.before.values() if name is not None)
        return [name for name in earlier if name.replacement and key_of(name.replacement) == key]

    def without(self, numbers: Collection[int]) -> Register:
        """Without names, what can be undone of them, and places, in which they stand beside others; their pseudonyms
        stay spent."""
        gone = [rule_of(name) for name in self.names if name.number in numbers]
        joined = JoinedNames(gone, Replacer(gone))

        def cleared(name: Name | None) -> Name | None:
            return name and replace(name, seen=_seen_without(name.seen, joined))

        kept = [{n: cleared(name) for n, name in step.before.items() if n not in numbers} for step in self.steps]
        steps = [replace(step, before=before) for step, before in zip(self.steps, kept, strict=True)]
        return replace(
            self, names=tuple(filter(None, (cleared(name) for name in self.names if name.number not in numbers))),
            steps=tuple(step for step in steps if step.before),
            given=tuple(each for each in self.given if not any(joined.rules_in(each.original))), marked={},
        )  # fmt: skip

    def joined_since(self, start: Register) -> Register:
        """With all acts since `start` as one."""
        fresh = [step for step in self.steps if step.number > start.acts]
        if not fresh:
            return self
        before: dict[int, Name | None] = {}
        for step in reversed(fresh):
            before |= step.before
        return replace(self, steps=(*self.steps[: -len(fresh)], replace(fresh[-1], before=before)))

    def undone(self) -> Register:
        """Without the last act. Raises InputRefused when there is none."""
        if not self.steps:
            raise InputRefused(_("There is nothing to undo in the register."))
        before = self.steps[-1].before
        names = [before.get(name.number, name) for name in self.names]
        back = {name.number for name in self.names}
        names += [name for number, name in before.items() if number not in back]
        return replace(self, names=tuple(name for name in names if name is not None), steps=self.steps[:-1])


def _recent(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The newest acts; the older ones of many and of large ones cannot be taken back any more."""
    left = list(steps[-_STEPS:])
    while len(left) > 1 and sum(len(step.before) for step in left) > _STEP_NAMES:
        del left[0]
    return tuple(left)


def _seen_without(seen: Seen, names: JoinedNames) -> Seen:
    """Without places, which may be cut within one of `names`, and the names of files in which one stands."""
    left = {file: n for file, n in seen.in_files().items() if not any(names.rules_in(file))}
    small = tuple(each for each in seen.small if each[1] in left)
    return replace(
        seen, files=tuple(left), counts=tuple(left.values()) if seen.counts else (), contexts=(), small=small
    )


def rule_of(name: Name) -> Rule:
    """A name as it is replaced."""
    return Rule(name.forms, name.kind, name.replacement, name.cased, name.capital)


def is_bracketed(replacement: str) -> bool:
    """Whether it is a generalisation."""
    return replacement.startswith("[")


def checked_form(form: str) -> str:
    """A form as it is kept. Raises UsageProblem when it has no letter and no digit, or is very long."""
    shown = on_one_line(form)
    if not key_of(shown) or len(shown) > LONGEST:
        raise UsageProblem(_("A name has at least one letter or digit, and at most {n} signs.").format(n=LONGEST))
    return shown


def checked_replacement(text: str) -> str:
    """A replacement as it is kept. Raises UsageProblem when it is empty, has several lines or an open bracket."""
    text = text.strip()
    fits = text and len(text) <= LONGEST and text.isprintable() and key_of(text)
    if not fits or is_bracketed(text) != text.endswith("]") or any(sign in text[1:-1] for sign in "[]"):
        raise UsageProblem(
            _("A pseudonym is a word or two, a generalisation stands in brackets as a whole: [a town in the centre].")
        )
    return text


def _check_replacements(names: Sequence[Name], fresh: set[int], spent: Collection[str]) -> None:
    """What was decided now is compared with everything, and everything with it."""
    new = [name for name in names if name.number in fresh]
    everything, only_new = _Originals(names, spent), _Originals(new, spent)
    owners: dict[str, int] = {}
    for name in names:
        text = name.replacement
        originals = everything if name.number in fresh else only_new
        if any(map(originals.meet, all_forms(text))):
            raise NameRefused(
                _(
                    "The replacement {replacement} holds a word of an original name of this register. "
                    "Give that person or place another one: hsreview names accept {number} --as …"
                ).format(replacement=visible(text), number=name.number),
                name.number, is_twice=False, replacement=text,
            )  # fmt: skip
        owner = owners.setdefault(key_of(text), name.number)
        if owner != name.number and not is_bracketed(text) and fresh & {owner, name.number}:
            raise NameRefused(
                _(
                    "{replacement} is the pseudonym of another name already (number {number}). If both are the same "
                    "person: hsreview names merge"
                ).format(replacement=visible(text), number=owner),
                owner, is_twice=True, replacement=text,
            )  # fmt: skip


class _Originals:
    """The words of original names; a form that is a pseudonym which was given (`spent`) counts as a whole only."""

    def __init__(self, names: Sequence[Name], spent: Collection[str]) -> None:
        self._names = names
        forms = [form for name in names for form in name.forms]
        self._given = {key for key in map(key_of, forms) if key in spent}
        self._runs = {word for form in forms if key_of(form) not in spent for word in runs(form)}
        self._words = {word for form in forms if key_of(form) not in spent for word in singly(form)}

    @cached_property
    def _replacer(self) -> Replacer:
        return Replacer(map(rule_of, self._names))

    def meet(self, text: str) -> bool:
        """Whether a replacement holds an original name, or could become one together with the words around it."""
        words = runs(text)
        if key_of(text) in self._given:
            return True
        if not is_bracketed(text) and {words[0], words[-1]} & self._runs:
            return True
        return not self._words.isdisjoint(singly(text)) and bool(self._replacer.hits(text))
