"""Asking one layer with an expression."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hsreview.analysis.query.fault import QueryFault as QueryFault
from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _, current_language
from hsreview.model.dataset import Basis as Basis
from hsreview.model.dataset import CodedSegment as CodedSegment
from hsreview.model.dataset import Dataset
from hsreview.model.matrices import GroupBase as GroupBase
from hsreview.model.matrices import GroupCount as GroupCount
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.review.blind import sight
from hsreview.workflows.exporting import check_sight, choose_layer, dataset
from hsreview.workflows.exporting import layers as layers

if TYPE_CHECKING:
    from hsreview.analysis.query.who import GroupAnswer as GroupAnswer

EVERY_LAYER = ("all", "toutes")
"""What `--layer` says to ask the first readings of all coders, each apart."""
MOST_PARTNERS = 10
"""Codings by which a hit came into the answer that are named with it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One coding that an expression picked, and the first of the others that it met."""

    segment: CodedSegment
    partners: tuple[CodedSegment, ...]
    more_partners: int
    """How many others are not named."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an expression picks in one layer."""

    expression: str
    """As it was written."""
    read: str
    """As it was understood, in the user's language."""
    basis: Basis
    total: int
    hits: Sequence[Hit]
    """In the order of transcripts and offsets; no more than were asked for."""
    who: Sequence[GroupAnswer]
    """The counts of each group beside its n; the last is that of all together."""
    notes: Sequence[str]
    """What a reader should know of the answer."""
    left_out: tuple[int, int] = (0, 0)
    """Codings that a relation to the same respondent leaves out, and their interviews: nobody is linked there."""


class OpenLayer:
    """One layer, ready for many expressions."""

    def __init__(self, chosen: Dataset) -> None:
        from hsreview.analysis.query.layer import Layer

        self.dataset = chosen
        self.names: Mapping[str, str] = {t.id: t.name for t in chosen.transcripts}
        """Transcript id → name."""
        self.refs: Mapping[str, str] = {place.code.id: place.code.ref for place in chosen.codebook.codes()}
        """Code id → ref."""
        self.group_names: Mapping[str, str] = {
            each.ref: each.label.get(current_language()) or each.ref for each in chosen.codebook.groups
        }
        """Ref of a group → what it is called in the user's language."""
        self._layer = Layer(chosen)

    def ask(self, expression: str, limit: int | None = None, *, notes: Sequence[str] = ()) -> Answer:
        """The answer with its first `limit` hits; `notes` come first among its own.

        Raises QueryFault, which names the column.
        """
        from hsreview.analysis.query.evaluate import Picked
        from hsreview.analysis.query.grammar import parse
        from hsreview.analysis.query.printing import written
        from hsreview.analysis.query.who import who

        node = parse(expression)
        try:
            picked = Picked(self._layer, node)
        except QueryFault as fault:
            fault.expression = expression
            raise
        places = picked.places()
        hits = [self._hit(place, picked.partners(place)) for place in places[:limit]]
        return Answer(
            expression, written(node, current_language()), self.dataset.basis, len(places), hits,
            who(self.dataset, picked.voices()), tuple(dict.fromkeys((*notes, *picked.notes))),
            picked.left(),
        )  # fmt: skip

    def _hit(self, place: int, partners: list[int]) -> Hit:
        segments = self.dataset.segments
        named = tuple(segments[other] for other in partners[:MOST_PARTNERS])
        return Hit(segments[place], named, len(partners) - len(named))


def open_layer(project: Project, wish: str | None = None, *, viewer: Coder | None = None) -> OpenLayer:
    """The layer called `wish` as `choose_layer` finds it, or the first readings of all coders (`all`).

    Raises InputRefused when it holds work of others that `viewer` may not see yet.
    """
    with project.snapshot():
        if wish is not None and wish.casefold() in EVERY_LAYER:
            return OpenLayer(_every_layer(project, viewer))
        chosen = choose_layer(project, wish, viewer=viewer)
        check_sight(project, viewer, chosen)
        return OpenLayer(dataset(project, chosen, viewer=viewer))


def _every_layer(project: Project, viewer: Coder | None) -> Dataset:
    """The first readings of all coders in one dataset; every coding stays its coder's."""
    found = [each for each in layers(project, viewer=viewer) if each.coder_id is not None and not each.pass_]
    if not found:
        raise UsageProblem(_("Nothing is coded yet."))
    for each in found:
        check_sight(project, viewer, each)
    parts = [dataset(project, each, viewer=viewer) for each in found]
    first = parts[0]
    order = {t.id: number for number, t in enumerate(first.transcripts)}
    names = ", ".join(each.name for each in found)
    reviewed = frozenset().union(*(part.reviewed for part in parts))
    return replace(
        first,
        basis=replace(
            first.basis,
            layer=names,
            layer_coder=None,
            selection=_("each coder apart: what two coders coded counts twice"),
        ),
        segments=sorted(
            (segment for part in parts for segment in part.segments),
            key=lambda s: (order[s.transcript_id], s.coding.start, -s.coding.end, s.coding.id),
        ),
        reviewed=reviewed,
        begun=frozenset().union(*(part.begun for part in parts)) - reviewed,
    )


def in_words(ref: str) -> str:
    """A ref as it stands in an expression: in quotation marks where it needs them."""
    from hsreview.analysis.query.printing import code_word

    return code_word(ref)


def newest(project: Project) -> int:
    """A number that grows with every record: what was read from the project before it may be out of date."""
    return int(project.connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])


def default_layer(project: Project, viewer: Coder | None) -> str | None:
    """The layer that a screen begins with: the consensus where `viewer` may see it, else their own, else any."""
    found = layers(project, viewer=viewer)
    if found and found[0].coder_id is None and found[0].codings is not None:
        return found[0].name
    own = next((each.id for each in found if viewer is not None and each.coder_id == viewer.id), None)
    if own is not None or (viewer is not None and not sight(project.connection, viewer).everything):
        return own or (viewer.id if viewer else None)
    return next((each.id for each in found if each.coder_id is not None), None)
