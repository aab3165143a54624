"""Who works on what: the open project, the coder, the codebook as the screens name it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hsreview.base.messages import _, current_language, labelled
from hsreview.model.codebook import Codebook, CodePlace, Modifier, Status
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder
from hsreview.tui.slots import Slots
from hsreview.workflows import reading
from hsreview.workflows.projects import Project, project_name

if TYPE_CHECKING:
    from hsreview.model.code_search import CodeIndex

GONE = (Status.MERGED, Status.REFUSED, Status.RETIRED)


@dataclass(frozen=True, slots=True)
class CodeName:
    """A code as it is written on the screen."""

    ref: str
    label: str
    hue: str

    def __str__(self) -> str:
        return f"{self.ref} {self.label}"


def short(label: str) -> str:
    """The first words of a label: up to a bracket or a colon."""
    for sign in (" (", "\u00a0:", ":"):
        label = label.partition(sign)[0]
    return label if len(label) <= 28 else label[:27] + "…"


class Session:
    """One open project and the coder at the keyboard (null while only reading)."""

    def __init__(self, project: Project, coder: Coder | None) -> None:
        self.project = project
        self.coder = coder
        self.name = project_name(project)
        self.reasons: dict[str, str] = {}
        """Coder id → the reason that this coder gives for every decision on a difference."""
        self._index: CodeIndex | None = None
        self.slots = self._read_slots()
        self.read_codebook()

    def read_codebook(self) -> None:
        """Take the codebook as it stands in the project now."""
        self.codebook: Codebook = reading.codebook(self.project)
        hues = {question.ref: question.hue for question in self.codebook.questions}
        self.places: dict[str, CodePlace] = {place.code.id: place for place in self.codebook.codes()}
        self.names: dict[str, CodeName] = {}
        language = current_language()
        for code_id, place in self.places.items():
            hue = place.code.hue or next((hues.get(ref, "") for ref in place.questions), "")
            self.names[code_id] = CodeName(place.code.ref, place.code.label.get(language), hue)
        self._index = None
        self._offer_codes()

    @property
    def index(self) -> CodeIndex:
        """The fuzzy search over the codebook, made when it is first needed."""
        if self._index is None:
            from hsreview.model.code_search import CodeIndex

            self._index = CodeIndex(self.codebook, current_language())
        return self._index

    def code_name(self, code_id: str) -> CodeName:
        """How a code is written; a code that is not in the codebook is a question mark."""
        return self.names.get(code_id) or CodeName("?", _("unknown code"), "")

    def usable(self, code_id: str) -> bool:
        """Whether the code may be applied."""
        place = self.places.get(code_id)
        return place is not None and place.code.codable and place.code.status not in GONE

    def modifiers_for(self, code_id: str) -> list[Modifier]:
        """The modifiers that apply to a code: by its ref, by one above it, or to all."""
        place = self.places.get(code_id)
        if place is None:
            return []
        refs = {"*", place.theme.ref, place.code.ref, *(parent.ref for parent in place.parents)}
        return [modifier for modifier in self.codebook.modifiers if refs & set(modifier.applies_to)]

    def details(self, coding: Coding) -> str:
        """Modifiers, flags and origin of a coding in words: `stance: positive, ⚑ unsure, ≈ suggested`."""
        language = current_language()
        words = []
        for modifier in self.codebook.modifiers:
            value = coding.modifiers.get(modifier.ref)
            if value is not None:
                label = next((v.label.get(language) for v in modifier.values if v.ref == value), value)
                words.append(labelled(modifier.label.get(language) or modifier.ref, label))
        names = {flag.ref: flag.label.get(language) for flag in self.codebook.flags}
        words += [f"⚑ {short(names.get(flag) or flag)}" for flag in coding.flags]
        if coding.origin is Origin.SUGGESTED:
            words.append("≈ " + _("suggested"))
        return ", ".join(words)

    def _slots_key(self) -> str:
        return f"slots:{self.coder.id if self.coder else ''}"

    def _read_slots(self) -> Slots:
        return Slots.from_json(self.project.local(self._slots_key()))

    def _offer_codes(self) -> None:
        self.slots.offer_only({code_id for code_id in self.places if self.usable(code_id)})

    def remember_slots(self) -> None:
        """Keep the slots for the next start."""
        self.project.set_local(self._slots_key(), self.slots.to_json())

    def slots_used(self, code_ids: Iterable[str]) -> bool:
        """These codes were applied; true when the slots changed and should be remembered."""
        return any([self.slots.use(code_id) for code_id in code_ids])

    def become(self, coder: Coder) -> None:
        """Another coder sits at the keyboard."""
        self.remember_slots()
        self.coder = coder
        self.slots = self._read_slots()
        self._offer_codes()
