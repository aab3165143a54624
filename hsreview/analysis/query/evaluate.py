"""Which codings of a layer an expression picks, and which others each of them met."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import attrgetter
from typing import cast

import numpy as np

from hsreview.analysis.query.comparing import test_of
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.known import Names
from hsreview.analysis.query.layer import Ints, Layer, Mask
from hsreview.analysis.query.named import MOST_LISTED
from hsreview.analysis.query.relations import partners, related, touched
from hsreview.analysis.query.says import words_test
from hsreview.analysis.query.tree import (
    And,
    Any,
    CodeName,
    Condition,
    HasMemo,
    Node,
    Not,
    Or,
    Related,
    Relation,
    Says,
    names_codings,
)
from hsreview.analysis.query.who import Voice
from hsreview.base.messages import _, ngettext
from hsreview.model.dataset import CodedSegment
from hsreview.model.groups import attribute_of, segment_groups
from hsreview.model.text import Role


class Picked:
    """An expression carried out on a layer."""

    def __init__(self, layer: Layer, node: Node) -> None:
        """Raises QueryFault for a name that the layer does not know."""
        self.layer, self.node = layer, node
        self.names = Names(layer.dataset)
        self._masks: dict[int, Mask] = {}
        self.notes: list[str] = []
        """What a reader should know of the answer."""
        self.left_out = np.zeros(layer.size, bool)
        """Codings that a relation to the same respondent leaves out, because nobody is linked to who speaks."""
        self.mask = self._mask(node)
        self._tell_nameless()

    def places(self) -> list[int]:
        """Positions in the layer of what is picked, ascending."""
        return [int(place) for place in np.flatnonzero(self.mask)]

    def voices(self) -> dict[Voice, int]:
        """(Transcript id, respondent id) → how many codings are picked."""
        numbers, pairs = self.layer.voices()
        counts = np.bincount(numbers[self.mask], minlength=len(pairs))
        return {cast("Voice", pair): int(n) for pair, n in zip(pairs, counts, strict=True) if n}

    def partners(self, one: int) -> list[int]:
        """Positions of the codings by which a picked coding came into the answer, in the order of the text."""
        found = [part for part in self._partners(self.node, one) if len(part)]
        if not found:
            return []
        every = np.unique(np.concatenate(found))
        return [int(place) for place in every[np.lexsort((self.layer.end[every], self.layer.start[every]))]]

    def _mask(self, node: Node) -> Mask:
        key = id(node)
        if key not in self._masks:
            self._masks[key] = self._find(node)
        return self._masks[key]

    def _find(self, node: Node) -> Mask:
        match node:
            case Any():
                return np.ones(self.layer.size, bool)
            case CodeName():
                return self.layer.bearing(self.names.codes.named(node))
            case HasMemo():
                return self.layer.mask(lambda s: bool(s.memo))
            case Says():
                return self._says(node)
            case Condition():
                return self._condition(node)
            case Not():
                return ~self._meets(node.of)
            case Or():
                return _any(self._mask(part) for part in node.parts)
            case And():
                return self._all(node)
            case Related():
                return self._related(node)

    def _meets(self, node: Node) -> Mask:
        """Which codings meet an expression: they overlap one that it names, or the condition holds of them."""
        if isinstance(node, Or):
            return _any(self._meets(part) for part in node.parts)
        mask = self._mask(node)
        return touched(self.layer, mask) if names_codings(node) else mask

    def _all(self, node: And) -> Mask:
        base = _base(node)
        return ~_any(~(self._mask(p) if n == base else self._meets(p)) for n, p in enumerate(node.parts))

    def _related(self, node: Related) -> Mask:
        mask, nameless = self._mask(node.base), self.layer.nameless
        for link in node.links:
            holds = related(self.layer, link.relation, link.turns, self._mask(link.to))
            if link.relation is Relation.RESPONDENT:
                self.left_out |= mask & nameless
                mask = mask & ~nameless
            mask = mask & (holds ^ link.negated)
        return mask

    def _tell_nameless(self) -> None:
        left, interviews = self.left()
        if left:
            told = ngettext(
                "{n} coding is left out of the relation to the same respondent: nobody is linked to its speaker",
                "{n} codings are left out of the relation to the same respondent: nobody is linked to their speakers",
                left,
            ).format(n=left)
            where = ngettext("in {n} interview.", "in {n} interviews.", interviews).format(n=interviews)
            self.notes.append(f"{told} {where} {_('Link them: hsreview speakers')}")
        nameless = np.flatnonzero(self.mask & self.layer.nameless)
        n = sum(self.layer.segments[one].role == Role.RESPONDENT for one in nameless.tolist())
        if n:
            told = ngettext(
                "{n} coding in the answer is of a speaker to whom nobody is linked, and in no number of respondents.",
                "{n} codings in the answer are of speakers to whom nobody is linked, and in no number of respondents.",
                n,
            )
            self.notes.append(told.format(n=n))

    def left(self) -> tuple[int, int]:
        """How many codings are left out, and in how many interviews."""
        n = int(np.count_nonzero(self.left_out))
        return n, len(np.unique(self.layer.transcript[self.left_out])) if n else 0

    # Conditions

    def _says(self, node: Says) -> Mask:
        holds = words_test(node.text)
        return self.layer.where("words", attrgetter("text"), lambda text: holds(str(text)))

    def _condition(self, node: Condition) -> Mask:
        if node.own:
            return self._own(node)
        dataset, names = self.layer.dataset, self.names
        transcripts = {t.id: t for t in dataset.transcripts}
        people = dataset.respondents

        def organisation(s: CodedSegment) -> Hashable:
            person = people.get(s.respondent_id or "")
            return person.organisation_id if person else None

        match node.name:
            case "group":
                return self._one_of(
                    node, names.groups, lambda s: segment_groups(dataset, transcripts[s.transcript_id], s), spoken=True
                )
            case "role":
                return self._one_of(node, names.roles, lambda s: s.role)
            case "language":
                return self._one_of(node, names.languages, lambda s: transcripts[s.transcript_id].language, spoken=True)
            case "origin":
                return self._one_of(node, names.origins, lambda s: str(s.coding.origin))
            case "flag":
                return self._one_of(node, names.flags, lambda s: s.coding.flags)
            case "respondent":
                return self._one_of(node, lambda v: names.people("respondent", v), lambda s: s.respondent_id)
            case "organisation":
                return self._one_of(node, lambda v: names.people("organisation", v), organisation, spoken=True)
            case "transcript":
                return self._one_of(node, lambda v: names.people("transcript", v), lambda s: s.transcript_id)
            case "coder":
                mask = self._one_of(node, lambda v: names.people("coder", v), lambda s: s.coding.coder_id)
                if dataset.basis.layer_coder is not None:
                    self.notes.append(_("This layer is one coder’s; the layer “all” holds those of every coder."))
                return mask
            case _:
                return self._compared(node, lambda s: getattr(transcripts[s.transcript_id], node.name))

    def _own(self, node: Condition) -> Mask:
        name = self.names.own_name(node)
        if name in (modifier.ref for modifier in self.names.book.modifiers):
            return self._one_of(
                node, lambda values: self.names.modifier_values(name, values), lambda s: s.coding.modifiers.get(name)
            )
        dataset = self.layer.dataset
        transcripts = {t.id: t for t in dataset.transcripts}
        return self._compared(node, lambda s: attribute_of(dataset, transcripts[s.transcript_id], s, name))

    def _one_of(
        self, node: Condition, meant: Callable[..., frozenset[str]], value: Callable[[CodedSegment], Hashable], *,
        spoken: bool = False,
    ) -> Mask:  # fmt: skip
        """The codings of which one of the things that the condition means is known."""
        if node.sign not in ("=", "!="):
            told = _("{name} is compared with = or !=.").format(name=node.name)
            raise QueryFault(told, node.column)
        wanted, equal = meant(node.values), node.sign == "="

        def test(known: Hashable) -> bool:
            them = {each for each in (known if isinstance(known, tuple) else (known,)) if each}
            return bool(them) and (not them.isdisjoint(wanted)) is equal

        return self._where(node, value, test, spoken)

    def _compared(self, node: Condition, value: Callable[[CodedSegment], Hashable]) -> Mask:
        mask = self._where(node, value, test_of(node), spoken=True)
        if not mask.any() and node.sign == "=":
            told = _("No coding has {name} = {values}.")
            self.notes.append(told.format(name=node.name, values=", ".join(v.text for v in node.values)))
            known = sorted({str(value(s)) for s in self._voiced()} - {"None", ""})
            if 0 < len(known) <= MOST_LISTED:
                self.notes[-1] += " " + _("There are: {names}.").format(names=", ".join(known))
        return mask

    def _where(
        self, node: Condition, value: Callable[[CodedSegment], Hashable], test: Callable[[Hashable], bool], spoken: bool
    ) -> Mask:
        """The codings whose value passes; one that is `spoken` follows from transcript and respondent."""
        layer, name = self.layer, f"own {node.name}" if node.own else node.name
        if not spoken:
            return layer.where(name, value, test)
        found = np.fromiter((test(value(segment)) for segment in self._voiced()), bool)
        return found[layer.voices()[0]]

    def _voiced(self) -> list[CodedSegment]:
        """The first coding of each voice."""
        numbers, _pairs = self.layer.voices()
        return [self.layer.segments[one] for one in np.unique(numbers, return_index=True)[1]]

    # Partners

    def _partners(self, node: Node, one: int) -> list[Ints]:
        if isinstance(node, Or):
            return [found for p in node.parts if self._mask(p)[one] for found in self._partners(p, one)]
        if isinstance(node, And):
            base = _base(node)
            return [
                found
                for n, part in enumerate(node.parts)
                for found in (self._partners(part, one) if n == base else self._met(part, one))
            ]
        if isinstance(node, Related):
            links = [link for link in node.links if not link.negated]
            found = [partners(self.layer, one, each.relation, each.turns, self._mask(each.to)) for each in links]
            return [*self._partners(node.base, one), *found]
        return []

    def _met(self, node: Node, one: int) -> list[Ints]:
        if isinstance(node, Or):
            return [found for part in node.parts for found in self._met(part, one)]
        if not names_codings(node):
            return []
        return [partners(self.layer, one, Relation.OVERLAPS, 0, self._mask(node))]


def _any(masks: Iterable[Mask]) -> Mask:
    """What one of the masks holds; one after the other, so that a thousand parts need no more room than two."""
    masks = iter(masks)
    found = next(masks).copy()
    for mask in masks:
        found |= mask
    return found


def _base(node: And) -> int | None:
    """Which part it is whose codings an `and` picks; null when all parts are conditions."""
    return next((number for number, part in enumerate(node.parts) if names_codings(part)), None)
