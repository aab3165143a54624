"""What goes into an archive for a data repository, and what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.model.people import Respondent
from hsreview.model.transcript import Transcript


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A transcript that stays at home."""

    transcript: Transcript
    why: str
    """In the user's language, without a name."""
    reason: str
    """A stable word: `consent`, `unknown_speaker`, `names`, `withheld`."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is archived, under numbers of its own."""

    transcripts: Mapping[str, Transcript]
    """`T001` → transcript, in the order of their ids."""
    people: Mapping[str, Respondent]
    """`R001` → person who speaks in them."""
    coders: Mapping[str, str]
    """Coder id → how the archive calls them."""
    left_out: Sequence[LeftOut] = ()
    masked: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Transcript id → names replaced, and candidates about which nobody decided."""

    @property
    def number_of(self) -> Mapping[str, str]:
        """Transcript id → its number."""
        return {each.id: number for number, each in self.transcripts.items()}

    @property
    def person_of(self) -> Mapping[str, str]:
        """Respondent id → their number."""
        return {each.id: number for number, each in self.people.items()}


@dataclass(frozen=True, slots=True)
class ArchiveWish:
    """How an archive is wanted; the second person confirms just this."""

    layer: str = ""
    """The layer of which the COREQ table tells; empty: the consensus, or the only one."""
    licence: str = ""
    coder_names: bool = False
    names_replaced_before: str = ""
    """Why texts count as pseudonymised of which the project does not know it."""
