"""Mask names in texts that are stored already: look at what that changes, do it, and tell what is left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.settings import state_dir
from hsreview.base.terminal import visible
from hsreview.model.carrying import Carried
from hsreview.model.people import Coder
from hsreview.model.text import CueTime, Turn
from hsreview.privacy import roles
from hsreview.privacy.register import Register
from hsreview.privacy.replacing import Replaced
from hsreview.project import queries
from hsreview.project.carried import given_in
from hsreview.project.connection import connect, empty_for, explained, transaction
from hsreview.project.log import Act
from hsreview.project.masking import Masking, carry_out, masking
from hsreview.project.masking_again import last_masker, masked_since
from hsreview.project.project import Project
from hsreview.project.scrubbing import Cleared as Cleared
from hsreview.project.scrubbing import finish_erasing
from hsreview.workflows.clearing import not_cleared
from hsreview.workflows.masking_codebook import CodebookPlan as CodebookPlan
from hsreview.workflows.masking_codebook import of_codebook
from hsreview.workflows.masking_parts import Part as Part
from hsreview.workflows.masking_parts import parts
from hsreview.workflows.names_check import Place as Place
from hsreview.workflows.names_check import check as look
from hsreview.workflows.outputs import Output as Output
from hsreview.workflows.outputs import outputs
from hsreview.workflows.shipped_words import TABLES, is_shipped
from hsreview.workflows.shipped_words import told as said_by_authors

Progress = Callable[[int, int], None]
ENGINE = "register"
"""What found the names: the register of the key file, by which somebody decided about each."""


@dataclass(frozen=True, slots=True)
class TextPlan:
    """A transcript in which names are masked."""

    id: str
    name: str
    places: int
    """Replacements in its newest text."""
    texts: int
    """Texts that hold a name, and are erased."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a mask would do. Nothing is changed yet."""

    texts: tuple[TextPlan, ...]
    things: Mapping[str, int]
    """Table → things that name somebody (memos, labels …) and are told anew."""
    carried: Mapping[str, int]
    """`changed` or `lost` → codings and memos on words that change."""
    sent: tuple[Output, ...]
    """What went out since the first of these texts was imported."""
    missing: tuple[str, ...]
    """Names of transcripts whose newest text is not in this copy."""
    parts: tuple[Part, ...]
    """Words of these names that still stand somewhere alone afterwards."""
    codebook: tuple[CodebookPlan, ...]
    """Each text of the codebook that is told anew."""
    authors: tuple[str, ...]
    """Names that the codebook that comes with hsreview says itself, where they stay."""
    work: Masking
    record: int
    """The newest record of the project when this was worked out."""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mask."""
        return not (self.texts or self.things or self.work.local)


@dataclass(frozen=True, slots=True)
class Done:
    """What a mask did, and where names still stand."""

    cleared: Cleared
    left: tuple[Place, ...]
    """Files and backups in the project's folder that hold one of these names."""
    unread: tuple[str, ...]


class _RegisterMask:
    """Replaces the names of a register."""

    def __init__(self, register: Register) -> None:
        self._replacer = register.replacer
        self._joined = register.joined
        self._language = register.language
        self.authors: dict[str, None] = {}
        """Names that stand in texts of the codebook that comes with hsreview."""

    def replace(self, text: str, turns: Sequence[Turn], cues: Sequence[CueTime], language: str) -> Replaced:
        """A text with these names replaced."""
        return self._replacer.replace(text, turns, cues, language or self._language)

    def short(self, text: str, language: str = "") -> str:
        """A label, a memo, the name of a file: also where words are joined in it (`entretien_AwaDiarra`)."""
        return self._joined.replace(text, language or self._language)

    def is_shipped(self, part: str, text: str) -> bool:
        """Whether the codebook that comes with hsreview says a text of a part of the codebook itself."""
        found = is_shipped(part, text)
        if found:
            self.authors |= dict.fromkeys(text[hit.start : hit.end] for hit in self._replacer.hits(text))
        return found


def check_may(project: Project, coder: Coder) -> None:
    """Raise UsageProblem when this member of the team may not mask names in stored texts."""
    roles.check(roles.Duty.MASK, coder, queries.coders(project.connection))


def only(register: Register, numbers: Collection[int]) -> Register:
    """The register with these of its names alone, and those that stay as they are."""
    return replace(register, names=tuple(name for name in register.names if name.number in numbers or name.kept))


def plan(
    project: Project, coder: Coder, register: Register, numbers: Collection[int], progress: Progress | None = None
) -> Plan:
    """What masking the names with these numbers would change, found out in a copy in memory.

    `progress` is called with the transcripts done and all.
    Raises UsageProblem when `coder` may not do it.
    """
    from hsreview.intake.units import make_units

    check_may(project, coder)
    with project.snapshot():
        connection = project.connection
        record = _newest(project)
        finding = _RegisterMask(only(register, numbers))
        work = masking(connection, finding, make_units, progress)
        called = {each.id: each.name for each in queries.transcripts(connection)}
        before = _carried(project)
        with closing(empty_for(connection)) as memory:
            connection.backup(memory)
            memory.execute("pragma foreign_keys = on")
            with transaction(memory):
                after = Project(project.path, memory, read_only=True)
                carry_out(Act(after.state, coder.id, new_id()), work, [ENGINE])
                told = _carried(after) - before
                left = parts(after, register, numbers, coder)
        texts = [
            TextPlan(each.new.transcript_id, called.get(each.new.transcript_id, ""), len(each.items), len(each.older))
            for each in work.texts
        ]
        counts = Counter(each.table for each in work.remade)
        missing = tuple(sorted(called.get(each, each) for each in work.missing))
        return Plan(
            tuple(sorted(texts, key=lambda each: each.name)), dict(sorted(counts.items())),
            {state: told[state] for state in (Carried.CHANGED, Carried.LOST) if told[state]},
            tuple(_sent(project, [each.id for each in texts])), missing, left,
            of_codebook(project, work.remade), tuple(finding.authors), work, record,
        )  # fmt: skip


def mask(project: Project, coder: Coder, planned: Plan, register: Register) -> Done:
    """Carry out what was planned, clear the file and its backups, and look for what is left.

    Raises InputRefused when the text of a transcript is not here, or the project was changed since it was planned.
    """
    if planned.missing:
        listed = ", ".join(map(visible, planned.missing))
        raise InputRefused(
            _("The text of {names} is not in this copy of the project. Mask the names where it is.").format(
                names=listed
            )
        )
    check_may(project, coder)
    with project.act(coder.id) as act:
        if _newest(project) != planned.record:
            raise InputRefused(_("The project was changed meanwhile; nothing was masked. Look at it again."))
        carry_out(act, planned.work, [ENGINE])
    (state_dir() / "copied.txt").unlink(missing_ok=True)
    cleared = finish_erasing(project)
    found = look(project, register, coder)
    return Done(cleared, found.places, found.unread)


def mask_again(backup: Project, present: Path) -> int:
    """Mask in a backup what was masked since in the project file `present`; returns in how many texts and records.

    `finish_erasing` has to follow. Raises InputRefused when a text without the names is not in that file.
    """
    with explained(present), closing(connect(present, read_only=True)) as connection:
        work = masked_since(backup.connection, connection)
        if work is None:
            return 0
        if work.missing:
            called = {each.id: each.name for each in queries.transcripts(backup.connection)}
            listed = ", ".join(visible(called.get(each, each)) for each in work.missing)
            raise InputRefused(
                _(
                    "Names were masked in {names} after this backup, and the text without them is not in this copy of "
                    "the project. Nothing was changed. Restore the backup where that text is."
                ).format(names=listed)
            )
        with backup.act(last_masker(connection)) as act:
            carry_out(act, work, [ENGINE])
    return len(work.texts) + len(work.records)


def in_words(planned: Plan, remedy: Callable[[Part], str] = lambda part: part.remedy) -> list[str]:
    """What a mask changes, line by line; `remedy` says how a part that stands alone is masked too."""
    from hsreview.workflows.undoing import undo_label

    lines = [_("None of these names stands in the project; nothing was changed.")] if planned.is_empty else []
    for each in planned.texts:
        places = ngettext("{n} place", "{n} places", each.places).format(n=each.places)
        lines.append(_("{transcript}: {places}").format(transcript=visible(each.name), places=places))
    for table, n in planned.things.items():
        if table not in TABLES:
            lines.append(_("told anew: {what} ({n})").format(what=undo_label(table), n=n))
    lines += [_("told anew: {what}").format(what=each.line) for each in planned.codebook]
    n = len(planned.work.local)
    if n:
        said = ngettext(
            "{n} draft or setting of this copy alone is erased.",
            "{n} drafts or settings of this copy alone are erased.",
            n,
        )
        lines.append(said.format(n=n))
    for state, n in planned.carried.items():
        text = {
            Carried.CHANGED: ngettext(
                "{n} coding or memo stands on words that change.",
                "{n} codings and memos stand on words that change.",
                n,
            ),
            Carried.LOST: ngettext("{n} coding or memo loses its place.", "{n} codings and memos lose their place.", n),
        }[Carried(state)]
        lines.append(text.format(n=n))
    lines += said_by_authors(planned.authors)
    return [*lines, *(f"{each.line}. {remedy(each)}" for each in planned.parts)]


def done_in_words(planned: Plan, done: Done) -> list[str]:
    """What a mask did, and what is left, line by line."""
    n = len(planned.texts)
    text = ngettext("Masked in {n} transcript.", "Masked in {n} transcripts.", n).format(n=n)
    lines = [text + " " + _("A text with replacements is not anonymous.")]
    if done.left:
        lines.append(_("The names still stand in the files above; originals are moved with: hsreview originals"))
    if not done.cleared.done:
        lines.append(not_cleared(done.cleared))
    return lines


def _carried(project: Project) -> Counter[str]:
    """What became of codings and memos on older texts: state → how many."""
    return Counter(each.carried for each in given_in(project.connection) if each.carried)


def _newest(project: Project) -> int:
    return int(project.connection.execute("select coalesce(max(rowid), 0) from change").fetchone()[0])


def _sent(project: Project, transcripts: Sequence[str]) -> list[Output]:
    """What went out since the first of these transcripts was imported."""
    import json

    since = project.connection.execute(
        "select min(at) from change where kind = 'transcript.put' and entity in (select value from json_each(?))",
        (json.dumps(list(transcripts)),),
    ).fetchone()[0]
    return [each for each in outputs(project) if since is not None and each.at >= since]
