"""The files of an import before it is stored: what was found in each, what it is to the project, how it is listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _
from hsreview.model.staging import CONVENTIONS, TO_CHECK
from hsreview.model.text import Role
from hsreview.tui.widgets.rows import Row

if TYPE_CHECKING:
    from hsreview.model.staging import Doubt, StagedTranscript
    from hsreview.workflows.importing import Refused, Staged
    from hsreview.workflows.standing import Judge, Standing

ROLE_NAMES = {Role.INTERVIEWER: N_("interviewer"), Role.RESPONDENT: N_("respondent"), Role.OTHER: N_("other")}
SAMPLE_TURNS = 4


def transcript_of(entry: Staged | Refused | None) -> StagedTranscript | None:
    """What was found in a file, unless it was refused."""
    return getattr(entry, "transcript", None)


class StagedFiles:
    """The files in the order in which they were read, with what was said of them on the screen.

    `new_judge` makes what says of one file after the other what it is to the project and to the files before it.
    """

    def __init__(self, new_judge: Callable[[], Judge]) -> None:
        self.found: list[Staged | Refused] = []
        self.left_out: set[Path] = set()
        self.named: dict[Path, dict[str, Role]] = {}
        """The labels and roles that were said of each file here; they outlast another reading of it."""
        self.notes: Callable[[Path], Sequence[Doubt]] = lambda file: ()
        """What the table of respondents makes of a file."""
        self._new_judge = new_judge
        self._judge: Judge | None = None
        self._standing: dict[Path, Standing] = {}

    def add(self, entry: Staged | Refused) -> None:
        """One more file was read."""
        self.found.append(entry)
        self._judge_one(entry)

    def replace(self, index: int, entry: Staged | Refused) -> None:
        """A file was read otherwise, which may change what the files after it are."""
        self.found[index] = entry
        self._judge_again()

    def leave_out(self, file: Path) -> None:
        """Leave a file out, or take it in again."""
        self.left_out.symmetric_difference_update({file})
        self._judge_again()

    def wanted(self) -> list[Staged]:
        """What is to be stored."""
        return [entry for entry in self.found if transcript_of(entry) and entry.file not in self.left_out]  # type: ignore[misc]

    def fresh(self) -> list[Staged]:
        """What is to be stored and is not in the project yet."""
        return [entry for entry in self.wanted() if not self._is_known(entry)]

    def _is_known(self, entry: Staged) -> bool:
        from hsreview.workflows.standing import Status

        return self._standing[entry.file].status is Status.KNOWN

    def refused(self) -> int:
        """How many files could not be read as transcripts."""
        return sum(1 for entry in self.found if not transcript_of(entry))

    def _judge_one(self, entry: Staged | Refused) -> None:
        """Say what a file is to the project and to the files before it that will be stored."""
        self._judge = self._judge or self._new_judge()
        staged = transcript_of(entry)
        if staged is not None:
            self._standing[entry.file] = self._judge(staged, counts=entry.file not in self.left_out)

    def _judge_again(self) -> None:
        self._judge = None
        for entry in self.found:
            self._judge_one(entry)

    def _doubts(self, file: Path, staged: StagedTranscript) -> list[Doubt]:
        return [*self.notes(file), *staged.doubts]

    def rows(self) -> list[Row]:
        """One row per file; its key is the file's index."""
        return [self._row(index, entry) for index, entry in enumerate(self.found)]

    def _row(self, index: int, entry: Staged | Refused) -> Row:
        staged = transcript_of(entry)
        if staged is None:
            return Row(str(index), ("✗", entry.file.name, _("refused"), "", "", "", ""), "warn")
        mark, state, look = (
            ("–", N_("left out"), "quiet") if entry.file in self.left_out else self._state(entry.file, staged)
        )
        doubts = len(self._doubts(entry.file, staged))
        cells = (
            mark,
            entry.file.name,
            _(state),
            staged.encoding or staged.format,
            _(CONVENTIONS.get(staged.convention, staged.convention)),
            str(len(staged.turns)),
            str(doubts) if doubts else "",
        )
        return Row(str(index), cells, look)

    def _state(self, file: Path, staged: StagedTranscript) -> tuple[str, str, str]:
        """Mark, word and look of what an import does with a file."""
        from hsreview.workflows.standing import Status

        check = any(doubt.code in TO_CHECK for doubt in staged.doubts)
        return {
            Status.NEW: ("?", N_("to check"), "warn") if check else ("✓", N_("new"), ""),
            Status.KNOWN: ("=", N_("known"), "quiet"),
            Status.CHANGED: ("≠", N_("changed"), "warn"),
        }[self._standing[file].status]

    def detail(self, index: int, labels_key: str) -> str:
        """What stands below the list for a file: doubts and first turns; `labels_key` names the labels of a file."""
        entry = self.found[index]
        staged = transcript_of(entry)
        if staged is None:
            return str(getattr(entry, "reason", ""))
        said = self._standing[entry.file].sentence
        lines = [said] if said else []
        # What has to be checked comes first: three doubts are shown.
        doubts = sorted(self._doubts(entry.file, staged), key=lambda doubt: doubt.code not in TO_CHECK)
        if doubts and doubts[0].code in TO_CHECK:
            lines.append(_("Key {key}: name the labels of this file.").format(key=labels_key))
        lines += [f"⚠ {doubt.message}" for doubt in doubts[:3]]
        for turn in staged.turns[:SAMPLE_TURNS]:
            said = " ".join(turn.said(staged.text)[:160].split())
            lines.append(f"{turn.number} {turn.speaker or '–'}: {said}")
        return "\n".join(lines)
