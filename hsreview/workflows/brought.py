"""What a merge brings, coder by coder, and which settled differences it opens again, for whoever may see that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.model.exchange import Merged, Work
from hsreview.model.people import Coder
from hsreview.model.review import Standing
from hsreview.project import reviews
from hsreview.project.project import Project
from hsreview.project.weights import names_of
from hsreview.review import blind
from hsreview.workflows.adjudicating import consensus_of
from hsreview.workflows.packages import fingerprint
from hsreview.workflows.weights import told


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one coder."""

    coder_id: str
    name: str
    """The id where nobody knows the name, or another one bears it too."""
    records: int
    work: Work | None
    """Null where the viewer codes blind, and what others did is not to be told."""


def brought(project: Project, merged: Merged, viewer: Coder | None) -> Sequence[Brought]:
    """What `merged` brings of each coder, in the order of `merged.new`."""
    names = names_of(project.connection)
    hidden = blind.anywhere(project.connection, viewer)
    found: dict[str, Brought] = {}
    for coder_id, records in merged.new.items():
        name = names.get(coder_id, coder_id)
        name = coder_id if name in found else name
        own = viewer is not None and viewer.id == coder_id
        work = None if hidden and not own else merged.works.get(coder_id, Work())
        found[name] = Brought(coder_id, name, records, work)
    return list(found.values())


def lines_of(project: Project, merged: Merged, viewer: Coder | None) -> list[str]:
    """The same in sentences: coder by coder, what opens again, acts of weight, and the fingerprint of each file."""
    lines = [labelled(each.name, _in_words(each)) for each in brought(project, merged, viewer)]
    n = opened_again(project, merged, viewer)
    if n:
        lines.append(
            ngettext("Of settled differences, {n} opens again.", "Of settled differences, {n} open again.", n).format(
                n=n
            )
        )
    lines += [each.said for each in told(project, merged)]
    lines += shared_pseudonyms(merged.same_people)
    return lines + fingerprints(merged)


def shared_pseudonyms(names: Sequence[str]) -> list[str]:
    """A sentence on each pseudonym that several respondents of the project bear."""
    told = _(
        "Several respondents are called {name}. If they are two people, texts cannot be told apart by that name: give "
        "one of them another pseudonym where it came from (the page on pseudonyms says how)."
    )
    return [told.format(name=visible(name)) for name in names]


def fingerprints(merged: Merged) -> list[str]:
    """The beginning of each file's digest, to be compared with its sender's."""
    return [
        labelled(Path(name).name, _("Fingerprint of the file: {fingerprint}.").format(fingerprint=fingerprint(digest)))
        for name, digest in merged.digests.items()
    ]


def _in_words(each: Brought) -> str:
    work = each.work or Work()
    n, t = work.codings, work.transcripts
    parts = [
        (each.records, ngettext("{n} new record", "{n} new records", each.records)),
        (n, ngettext("{n} coding", "{n} codings", n)),
        (t, ngettext("in {n} transcript", "in {n} transcripts", t)),
        (work.removed, ngettext("{n} coding taken away", "{n} codings taken away", work.removed)),
        (work.reviewed, ngettext("{n} transcript reviewed", "{n} transcripts reviewed", work.reviewed)),
    ]
    return ", ".join(text.format(n=count) for count, text in parts if count)


def opened_again(project: Project, merged: Merged, viewer: Coder | None) -> int:
    """How many settled differences `merged` opens again; none is told to whom codes blind."""
    return 0 if blind.anywhere(project.connection, viewer) else merged.reopened


def reopened(project: Project) -> frozenset[str]:
    """Keys of the differences whose decision does not fit them any more."""
    decided = reviews.decisions(project.connection, project.state.resolve_code)
    states = consensus_of(project, decided) if decided else []
    return frozenset(
        each.key for state in states for each in state.differences if each.standing is Standing.REOPENED
    )  # fmt: skip
