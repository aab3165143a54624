"""Projects of several states side by side: only codes that mean the same, compared by id and by map, never by label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hsreview.model.codebook import Code, Codebook, CodePlace, Status
from hsreview.model.dataset import Dataset
from hsreview.model.derivation import CodeMap, Derivation, Relation
from hsreview.model.localized import Localized


class Hindrance(StrEnum):
    """Why a code of a state is not compared."""

    DEACTIVATED = "deactivated"
    """An overlay set it aside; the text is the reason."""
    NOT_USED = "not_used"
    """Its project stopped using it."""
    MISSING = "missing"
    """The codebook does not have it."""
    MERGED = "merged"
    """Another code took it over; the text is that code's ref."""
    TOOK_OVER = "took_over"
    """Here or in the first state that uses it, it took over codes that stand for themselves in the other one."""
    REDEFINED = "redefined"
    """It is defined otherwise than in the first state that uses it; the text is the number of that side."""
    UNMAPPED = "unmapped"
    """The state added it and mapped it to nothing."""
    BROADER = "broader"
    """The text is the code that it is broader than."""
    NONE = "none"
    """Mapped to nothing on purpose."""
    TARGET = "target"
    """It would count under a code that is not compared; the text is that code."""


@dataclass(frozen=True, slots=True)
class NotCompared:
    """One code that one state does not compare."""

    code_id: str
    ref: str
    label: Localized
    state: int
    """Which of the sides."""
    why: Hindrance
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one state says on one code."""

    codings: int
    respondents: int
    through: tuple[str, ...] = ()
    """Refs of codes of the state whose codings count here too."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One code that at least two states compare."""

    code_id: str
    ref: str
    label: Localized
    theme: str
    cells: tuple[Cell | None, ...]
    """By side; null where the state does not compare it, as `not_compared` says."""


@dataclass(frozen=True)
class Side:
    """One project: its layer, and its whole codebook with what was merged, refused or retired."""

    dataset: Dataset
    book: Codebook

    @cached_property
    def derived(self) -> Derivation:
        """What it took from its base; nothing for a codebook of its own."""
        return self.book.derived or Derivation(self.book.ref, self.book.version)

    @cached_property
    def places(self) -> Mapping[str, CodePlace]:
        """Code id → the code with what stands above it."""
        return {place.code.id: place for place in self.book.codes()}

    @cached_property
    def _maps(self) -> Mapping[str, Sequence[CodeMap]]:
        """Code id → the maps that lead there."""
        found: dict[str, list[CodeMap]] = {}
        for link in self.derived.maps:
            found.setdefault(link.to, []).append(link)
        return found

    @cached_property
    def taken(self) -> Mapping[str, frozenset[str]]:
        """Code id → the codes that it took over, directly or by way of others."""
        found: dict[str, set[str]] = {}
        for place in self.places.values():
            seen, code = {place.code.id}, place.code
            while code.merged_into in self.places and code.merged_into not in seen:
                code = self.places[str(code.merged_into)].code
                seen.add(code.id)
                found.setdefault(code.id, set()).add(place.code.id)
        return {code: frozenset(ids) for code, ids in found.items()}

    @cached_property
    def heard(self) -> int:
        """Respondents who speak in the transcripts on which numbers rest."""
        data = self.dataset
        return len({person for each in data.reviewed for person in data.respondents_of.get(each, ())})

    @property
    def nameless(self) -> int:
        """Labels that speak there as respondents with nobody known behind them; they are in no number of people."""
        return sum(self.dataset.nameless.get(each, 0) for each in self.dataset.reviewed)

    def name(self, code_id: str) -> str:
        """The ref of a code, else its id."""
        return self.places[code_id].code.ref if code_id in self.places else code_id

    def used(self, code_id: str) -> bool:
        """Whether codings may bear the code."""
        place = self.places.get(code_id)
        return place is not None and place.code.status is Status.ACTIVE and place.code.codable

    def counted(self, code_id: str) -> list[str]:
        """The codes in use whose codings count under this one: itself, and what is mapped to it, step by step."""
        return self._mapped_to(code_id, Relation.SAME, Relation.NARROWER)

    def meant(self, code_id: str) -> list[str]:
        """The codes in use that mean what this one means: itself, and what is mapped to it as the same."""
        return self._mapped_to(code_id, Relation.SAME)

    def _mapped_to(self, code_id: str, *relations: Relation) -> list[str]:
        found: list[str] = []
        waiting, seen = [code_id], {code_id}
        while waiting:
            each = waiting.pop(0)
            if self.used(each):
                found.append(each)
            for link in self._maps.get(each, ()):
                if link.relation in relations and link.code_id not in seen:
                    seen.add(link.code_id)
                    waiting.append(link.code_id)
        return found

    def rules(self, code: Code) -> tuple[Localized, ...]:
        """What decides what is coded; of a code that an overlay reworded, what the base says."""
        return tuple(map(_plain, (self.derived.reworded.get(code.id, code.definition), code.use, code.not_use)))

    def cell(self, code_id: str) -> Cell:
        """How often the code was given in this state, and to how many people."""
        codes = self.counted(code_id)
        speakers = [person for code in codes for person in self._speakers.get(code, ())]
        through = tuple(self.name(each) for each in codes if each != code_id)
        return Cell(len(speakers), len({each for each in speakers if each}), through)

    @cached_property
    def _speakers(self) -> Mapping[str, list[str | None]]:
        """Code id → who speaks in each of its codings."""
        found: dict[str, list[str | None]] = {}
        for each in self.dataset.reviewed_segments:
            found.setdefault(each.coding.code_id, []).append(each.respondent_id)
        return found


@dataclass(frozen=True, slots=True)
class CrossState:
    """What the states have in common, and what they have not."""

    sides: tuple[Side, ...]
    rows: tuple[StateRow, ...]
    not_compared: tuple[NotCompared, ...] = field(default=())


def cross_state(sides: Sequence[Side]) -> CrossState:
    """Every code that at least two of the sides compare, in the order of the codebooks; and every other one with why.

    A state compares a code when it has it under the same id, in use, with the same rules and having taken over the
    same codes, or when it mapped a code of its own to it as the same. Codings of narrower codes count there too.
    """
    rows: list[StateRow] = []
    found: list[NotCompared] = []
    compared: list[set[str]] = [set() for _side in sides]
    wanted = [code for code in _all_codes(sides) if not _only_mapped(sides, code)]
    for code_id in wanted:
        hindrances = _hindrances(sides, code_id)
        first = next(side for side in sides if code_id in side.places).places[code_id]
        free = [n for n in range(len(sides)) if hindrances[n] is None]
        if not any(side.used(code_id) for side in sides) and not free:
            continue  # A heading, or what nobody uses.
        if len(free) > 1:
            cells = tuple(side.cell(code_id) if n in free else None for n, side in enumerate(sides))
            rows.append(StateRow(code_id, first.code.ref, first.code.label, first.theme.ref, cells))
            for n in free:
                compared[n].update(sides[n].counted(code_id))
        found += [
            NotCompared(code_id, first.code.ref, first.code.label, n, *told)
            for n, told in enumerate(hindrances)
            if told is not None
        ]
    for n, side in enumerate(sides):
        found += _own(side, n, compared[n])
    return CrossState(tuple(sides), tuple(rows), tuple(found))


def _all_codes(sides: Sequence[Side]) -> Iterable[str]:
    return dict.fromkeys(code for side in sides for code in side.places)


def _only_mapped(sides: Sequence[Side], code_id: str) -> bool:
    """Whether it is a code that one state added: it is told of as that state's own, not as missing elsewhere."""
    holders = [side for side in sides if code_id in side.places]
    return len(holders) == 1 and code_id in holders[0].derived.added


def _hindrances(sides: Sequence[Side], code_id: str) -> list[tuple[Hindrance, str, str] | None]:
    """By side: why the code is not compared there; null where it is."""
    found = [_hindrance(side, code_id) for side in sides]
    model = next((n for n, side in enumerate(sides) if found[n] is None and side.used(code_id)), None)
    if model is None:
        return found
    first = sides[model]
    for n, side in enumerate(sides):
        if found[n] is not None or not side.used(code_id):
            continue
        if side.rules(side.places[code_id].code) != first.rules(first.places[code_id].code):
            found[n] = (Hindrance.REDEFINED, str(model), "")
        elif differing := side.taken.get(code_id, frozenset()) ^ first.taken.get(code_id, frozenset()):
            holder = side if differing <= side.places.keys() else first
            found[n] = (Hindrance.TOOK_OVER, ", ".join(sorted(map(holder.name, differing))), "")
    return found


def _hindrance(side: Side, code_id: str) -> tuple[Hindrance, str, str] | None:
    if side.meant(code_id):
        return None
    place = side.places.get(code_id)
    if place is None:
        return Hindrance.MISSING, "", ""
    if place.code.status is Status.MERGED:
        return Hindrance.MERGED, side.name(place.code.merged_into or ""), ""
    if code_id in side.derived.deactivated and not place.code.codable:
        return Hindrance.DEACTIVATED, side.derived.deactivated[code_id], ""
    return Hindrance.NOT_USED, "", ""


def _own(side: Side, number: int, compared: set[str]) -> list[NotCompared]:
    """The codes that a state added and that count nowhere, with why."""
    found = []
    links = {link.code_id: link for link in side.derived.maps}
    for code_id in side.derived.added:
        if code_id in compared or not side.used(code_id):
            continue
        code, link = side.places[code_id].code, links.get(code_id)
        if link is None:
            why, text, note = Hindrance.UNMAPPED, "", ""
        elif link.relation is Relation.BROADER:
            why, text, note = Hindrance.BROADER, side.name(link.to), link.note
        elif link.relation is Relation.NONE:
            why, text, note = Hindrance.NONE, "", link.note
        else:
            why, text, note = Hindrance.TARGET, side.name(link.to), link.note
        found.append(NotCompared(code_id, code.ref, code.label, number, why, text, note))
    return found


def _plain(text: Localized) -> Localized:
    """A text without what a line break or a second blank changes."""
    return Localized(fr=" ".join(text.fr.split()), en=" ".join(text.en.split()))
