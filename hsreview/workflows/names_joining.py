"""Join the register of a colleague to one's own: what agrees is taken, what contradicts is told and left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.privacy.register import Given, Name, NameRefused, Register, State
from hsreview.privacy.spelling import key_of
from hsreview.workflows.names import Deciding

_PERSON = ("contact", "consent")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A name about which the two registers differ; ours stays."""

    number: int | None
    """Its number in ours; null when it is not there."""
    form: str = field(repr=False)
    message: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a colleague's register brought."""

    added: int
    decided: int
    """Names that were open here, or were not here, and are decided now."""
    contradictions: tuple[Contradiction, ...]


def join(acts: Deciding, other: Register) -> Joined:
    """Take in another register of the same project, as one act.

    A name whose decision cannot hold here comes in as well, not decided, with a proposal of its own.
    """
    added = decided = 0
    found: list[Contradiction] = []
    refused: list[tuple[int, Name, InputRefused]] = []
    with acts.as_one():
        for name in other.names:
            ours = list({n.number: n for form in name.forms if (n := acts.register.find(form))}.values())
            if len(ours) > 1:
                found.append(Contradiction(ours[0].number, name.form, _("Two names here are one name there.")))
                continue
            number = ours[0].number if ours else acts.register.next_number
            try:
                if ours:
                    decided += _take(acts, ours[0], name)
                else:
                    _put(acts, replace(name, number=number, used=False))
                    decided += name.state is not State.OPEN
            except InputRefused as error:
                refused.append((number, name, error))
                if not ours:
                    _put(acts, replace(name, number=number, used=False, replacement="", proposed="", kept=False))
            added += not ours
            found += _differences(ours[0], name) if ours else []
        spent = tuple(dict.fromkeys((*acts.register.spent, *other.spent)))
        given = tuple(_given(acts.register, other))
        if (spent, given) != (acts.register.spent, acts.register.given):
            acts.register = replace(acts.register, spent=spent, given=given)
        proposals = acts.settled() if refused else {}
        for number, name, why in refused:
            told = _to_settle(acts.register, number, name, why, proposals.get(number, ""))
            found.append(Contradiction(number, name.form, told))
    return Joined(added, decided, tuple(found))


def _to_settle(register: Register, number: int, name: Name, error: InputRefused, proposal: str) -> str:
    """What is left of a name that was not taken; nothing more than why where it is decided here, or not there."""
    if not proposal or not name.replacement:
        return error.message
    there = visible(name.replacement)
    other = register.numbered(error.number) if isinstance(error, NameRefused) and not error.is_twice else None
    if other is not None and other.number != number:
        said = _(
            "There it is called {there}. Here a word of this name stands in {replacement}, the pseudonym of {other} "
            "(number {n}), so it is number {number} and not decided. Give {other} another one first: hsreview names "
            "accept {n} --as …; then hsreview names accept {number} --as \"{there}\""
        ).format(
            there=there, replacement=visible(other.replacement), other=visible(other.form), n=other.number,
            number=number,
        )  # fmt: skip
        return said + (" " + _brought_along(other.form, other.kind, other.replacement, "…") if other.used else "")
    said = _(
        "There it is called {there}, which cannot be here: {why} Here it is number {number} and not decided; "
        "{proposal} is proposed: hsreview names accept {number}"
    ).format(there=there, why=error.message, number=number, proposal=proposal)
    return said + (" " + _brought_along(name.form, name.kind, name.replacement, proposal) if name.used else "")


def _brought_along(form: str, kind: str, old: str, new: str) -> str:
    """A sentence that says how stored texts get what somebody is called from now on."""
    said = _(
        "Stored texts have {old}. In the project in which they were stored, before its package is merged: "
        'hsreview names accept "{form}" --as "{new}"; hsreview names merge "{old}" "{form}" --class {kind}; '
        'hsreview mask "{form}"'
    )
    return said.format(old=visible(old), form=visible(form), new=visible(new), kind=kind)


def _given(ours: Register, other: Register) -> Iterator[Given]:
    """What people are called here, and there where neither the person nor what they are called is known here."""
    yield from ours.given
    known = {(each.table, word) for each in ours.given for word in (each.original, each.called)}
    for each in other.given:
        if not known & {(each.table, each.original), (each.table, each.called)}:
            yield each


def _put(acts: Deciding, name: Name) -> None:
    acts.register = acts.register.changed(acts.by, [name])


def _take(acts: Deciding, ours: Name, theirs: Name) -> bool:
    """Take what a name lacks here; whether it is decided by that."""
    fresh = _fresh(acts.register, theirs.forms)
    new = replace(
        ours, variants=tuple(dict.fromkeys([*ours.variants, *fresh])),
        contact=ours.contact or theirs.contact, consent=ours.consent or theirs.consent,
    )  # fmt: skip
    takes = ours.state is State.OPEN and theirs.state is not State.OPEN
    if takes:
        new = replace(new, kind=theirs.kind, replacement=theirs.replacement, kept=theirs.kept)
    decided = {key_of(form) for form in (theirs.forms if takes else fresh)}
    capital = {key_of(form) for form in theirs.capital_forms} & decided
    capital |= {key_of(form) for form in ours.capital_forms} - decided
    new = new.with_capital(form for form in new.forms if key_of(form) in capital)
    if new != ours:
        _put(acts, new)
    return takes


def _fresh(register: Register, forms: Iterable[str]) -> list[str]:
    return [form for form in forms if register.find(form) is None]


def _differences(ours: Name, theirs: Name) -> list[Contradiction]:
    pairs = []
    if State.OPEN not in (ours.state, theirs.state):
        same = ours.state is theirs.state and key_of(ours.replacement) == key_of(theirs.replacement)
        if not same:
            pairs.append((_decision(ours), _decision(theirs)))
    pairs += [
        (getattr(ours, key), getattr(theirs, key))
        for key in _PERSON
        if getattr(ours, key) and getattr(theirs, key) and getattr(ours, key) != getattr(theirs, key)
    ]
    said = _("here “{ours}”, there “{theirs}”")
    told = [said.format(ours=one, theirs=two) for one, two in pairs]
    if theirs.used and ours.replacement and told and pairs[0] == (ours.replacement, theirs.replacement):
        told[0] += ". " + _brought_along(ours.form, ours.kind, theirs.replacement, ours.replacement)
    return [Contradiction(ours.number, ours.form, each) for each in told]


def _decision(name: Name) -> str:
    return name.replacement or _("left as it is")
