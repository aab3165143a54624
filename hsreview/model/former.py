"""What codes, themes and questions were called before, and what became of codes that are no longer in the codebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.localized import Localized


@dataclass(frozen=True, slots=True)
class Former:
    """A name that nothing in the codebook bears any more."""

    id: str
    """Of what bore it."""
    ref: str
    label: Localized
    at: str
    """The day since when; empty when that is not known."""
    status: str
    """`renamed`, `merged`, `retired` or `refused`."""
    now_id: str = ""
    """Of what stands for it now; empty: nothing."""
    now: str = ""
    """The ref of that."""

    def said(self) -> str:
        """What became of it, in one sentence."""
        told = {
            "renamed": _("{ref} is called {now} since {date}."),
            "merged": _("{ref} was merged into {now} on {date}."),
            "refused": _("{ref} was refused on {date}, and no coding bears it."),
        }.get(self.status, _("{ref} was retired on {date}, and no coding bears it."))
        return told.format(ref=self.ref, now=self.now or "?", date=self.at or "?")


def became(former: Sequence[Former], wish: str) -> str:
    """What to say of a name that nothing bears any more, and the name to write instead; empty for other names."""
    found = _called(former, wish)
    if not found:
        return ""
    now = list(dict.fromkeys(each.now for each in found if each.now))
    told = " ".join(each.said() for each in found)
    if not now:
        return told
    more = _("Write {ref}.") if len(now) == 1 else _("Write the one that is meant: {ref}.")
    return f"{told} {more.format(ref=', '.join(now))}"


def _called(former: Iterable[Former], wish: str) -> list[Former]:
    folded = fold(wish)
    found = [each for each in former if each.id == wish or fold(each.ref) == folded]
    if not found:
        found = [each for each in former if folded in (fold(each.label.fr), fold(each.label.en))]
    return list({(each.id, each.status): each for each in found}.values())
