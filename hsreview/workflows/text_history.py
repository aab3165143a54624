"""The texts of a transcript beside each other: what one correction changed, and what became of the codings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import N_, _
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.project.segments import read_text
from hsreview.project.texts_apart import bases
from hsreview.workflows.carrying import Pieces, put_on
from hsreview.workflows.correcting import VersionRow as VersionRow
from hsreview.workflows.correcting import versions as versions
from hsreview.workflows.reading import Transcript

VERSION_WORDS: Mapping[str, str] = {
    "imported": N_("imported"),
    "corrected": N_("corrected"),
    "turns": N_("turns only"),
    "apart": N_("made apart"),
}
"""What a text is, as `versions` tells it → in words."""


def two_texts(
    project: Project, transcript: Transcript, wish: int | str | None = None
) -> tuple[VersionRow, VersionRow]:  # fmt: skip
    """The text with this number or id (null: the one read now) and the one on which it rests, that one first.

    Of texts with the same number, made apart from each other, the number means the one that is in the newest text.
    Raises UsageProblem when there is no such text, InputRefused when there is none before it.
    """
    rows = sorted(versions(project, transcript), key=lambda each: each[1] == "apart")
    new = next((row for row, _what in rows if (row.newest if wish is None else wish in (row.number, row.id))), None)
    if new is None:
        raise UsageProblem(
            _("There is no text {number} of {name}. See: hsreview transcripts versions").format(
                number=wish, name=visible(transcript.name)
            )
        )
    base = bases(project.connection, transcript.id).get(new.id)
    before = next((row for row, _what in rows if row.id == base), None)
    if before is None:
        raise InputRefused(_("This is the text as it was imported: nothing was changed in it."))
    return before, new


class How(StrEnum):
    """What happened to a turn."""

    CHANGED = "changed"
    PUT_IN = "put_in"
    TAKEN_OUT = "taken_out"


HOW: Mapping[How, str] = {
    How.CHANGED: N_("changed"),
    How.PUT_IN: N_("put in"),
    How.TAKEN_OUT: N_("taken out"),
}


@dataclass(frozen=True, slots=True)
class ChangedTurn:
    """A turn that is not the same in two texts."""

    how: How
    number: int
    """Of the turn in the newer text; of one that was taken out in the older one."""
    before: str
    """`speaker: words`; empty where it was put in."""
    after: str

    @property
    def words(self) -> str:
        """As they are now, or as they were in a turn that was taken out."""
        return self.after or self.before


def changed_turns(project: Project, old: str, new: str) -> list[ChangedTurn]:
    """What differs between two texts (ids of versions), turn by turn, in their order."""
    before, after = _turns(project, old), _turns(project, new)
    found = []
    matcher = SequenceMatcher(None, [said for _n, said in before], [said for _n, said in after], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            continue
        both = min(last - first, end - start)
        for k in range(both):
            found.append(ChangedTurn(How.CHANGED, after[start + k][0], before[first + k][1], after[start + k][1]))
        found += [ChangedTurn(How.TAKEN_OUT, number, said, "") for number, said in before[first + both : last]]
        found += [ChangedTurn(How.PUT_IN, number, "", said) for number, said in after[start + both : end]]
    return found


def _turns(project: Project, version_id: str) -> list[tuple[int, str]]:
    text = read_text(project.connection, version_id)
    return [
        (turn.number, f"{turn.speaker}: {turn.said(text.text)}" if turn.speaker else turn.said(text.text))
        for turn in text.turns
    ]


def became(project: Project, transcript: Transcript, row: VersionRow, viewer: Coder | None) -> Pieces:
    """What was put on the texts before this one, as it stands in the newest text, as far as `viewer` may see it."""
    earlier = {each.id for each, _what in versions(project, transcript) if each.number < row.number}
    return put_on(project, viewer, transcript.id, earlier)
