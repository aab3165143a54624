"""What becomes of codings and memos when a text is corrected, and what waits for their coders afterwards.

Where they stand in the newest text is derived (`hsreview.project.carried`). What is changed or lost waits: its coder
keeps it where it was placed, places it anew, or takes it away. Each is one act, and undo takes it back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _
from hsreview.model.carrying import Alignment
from hsreview.model.carrying import Carried as Carried
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.project import queries
from hsreview.project.carried import Given, given_in, newest_version
from hsreview.project.project import Project
from hsreview.project.segments import PlacedText, read_text
from hsreview.workflows import reading
from hsreview.workflows.coding import check_segment
from hsreview.workflows.correcting import NewText, store_text

WAITING = (Carried.CHANGED, Carried.LOST)


@dataclass(frozen=True, slots=True)
class Piece:
    """One coding or memo on words, before and after a correction."""

    kind: str
    """`coding` or `memo`."""
    id: str
    coder_id: str
    pass_: str
    code_id: str
    """Empty for a memo."""
    transcript_id: str
    transcript: str
    state: Carried
    given_version: str
    given: Span
    version: str
    place: Span
    """As `given` where it is lost."""
    before: str
    """Its words where its coder put it."""
    after: str
    """Its words in the newest text; empty where it is lost."""
    where_before: str
    """Turn and sentence, such as `12.3`."""
    where: str

    @property
    def is_lost(self) -> bool:
        """Whether it has no place in the newest text."""
        return self.state is Carried.LOST

    @property
    def is_doubtful(self) -> bool:
        """Whether its words are the same, and only which of the same words are meant has to be decided."""
        return self.state is Carried.CHANGED and self.before == self.after

    @property
    def waits(self) -> bool:
        """Whether its coder has to decide about it."""
        return self.state in WAITING


@dataclass(frozen=True)
class Pieces:
    """What one person may see of it."""

    entries: Sequence[Piece]
    hidden: int
    """Transcripts on which the work of others may not be seen yet."""

    def counts(self) -> Mapping[Carried, int]:
        """State → entries."""
        found = Counter(each.state for each in self.entries)
        return {state: found[state] for state in Carried}


def correction(project: Project, new: NewText, viewer: Coder | None) -> Pieces:
    """What would become of the codings and memos of a transcript, as far as `viewer` may see them."""
    connection, transcript = project.connection, new.transcript
    seen = reading.sight(project, viewer)
    texts = _Texts(project)
    after = PlacedText(
        new.text, list(new.turns), [t.start for t in new.turns], *_sentences(new), labelled=bool(new.turns)
    )
    alignments: dict[str, Alignment] = {}
    entries = []
    for each in given_in(connection, transcript.id):
        if not seen.work(transcript.id, each.coder_id, each.pass_):
            continue
        if each.given_version not in alignments:
            alignments[each.given_version] = Alignment(texts.of(each.given_version).text, new.text)
        start, end, state = alignments[each.given_version].place(*each.given)
        entries.append(_piece(each, transcript.id, transcript.name, state, (start, end), "", texts, after))
    return Pieces(entries, reading.hidden_transcripts(project, viewer, transcript.id))


def _sentences(new: NewText) -> tuple[tuple[Span, ...], list[int]]:
    from hsreview.intake.units import make_units

    sentences = make_units(new.text, new.turns).sentences
    return sentences, [start for start, _end in sentences]


class _Texts:
    """Texts with their turns and sentences, each read once."""

    def __init__(self, project: Project) -> None:
        self._connection = project.connection
        self._read: dict[str, PlacedText] = {}

    def of(self, version_id: str) -> PlacedText:
        """One text; empty where it is withheld or erased."""
        if version_id not in self._read:
            self._read[version_id] = read_text(self._connection, version_id)
        return self._read[version_id]


def _piece(
    each: Given, transcript_id: str, transcript: str, state: Carried, place: Span, version: str, texts: _Texts,
    after: PlacedText,
) -> Piece:  # fmt: skip
    before = texts.of(each.given_version)
    lost = state is Carried.LOST
    return Piece(
        each.table, each.id, each.coder_id, each.pass_, each.code_id, transcript_id, transcript, state,
        each.given_version, each.given, each.given_version if lost else version, each.given if lost else place,
        before.text[slice(*each.given)], "" if lost else after.text[slice(*place)], before.place(each.given[0]),
        "" if lost else after.place(place[0]),
    )  # fmt: skip


def correct(project: Project, coder: Coder, new: NewText) -> tuple[Pieces, str]:
    """Store a corrected text in one act: what became of every coding and memo that `coder` may see, and its id."""
    with project.write():
        found = correction(project, new, coder)
        return found, store_text(project, coder, new)


def waiting(
    project: Project, viewer: Coder | None, *, coder_id: str | None = None, transcript_id: str | None = None
) -> Pieces:
    """What is changed or lost in the newest texts and waits for its coder, as far as `viewer` may see it."""

    def waits(each: Given) -> bool:
        return each.carried in WAITING and coder_id in (None, each.coder_id)

    return _standing(project, viewer, transcript_id, waits)


def put_on(project: Project, viewer: Coder | None, transcript_id: str, versions: Collection[str]) -> Pieces:
    """What was put on these texts of a transcript, as it stands in the newest one, as far as `viewer` may see it."""
    return _standing(project, viewer, transcript_id, lambda each: each.given_version in versions)


def _standing(
    project: Project, viewer: Coder | None, transcript_id: str | None, wanted: Callable[[Given], bool]
) -> Pieces:
    seen = reading.sight(project, viewer)
    transcripts = {each.version_id: each for each in reading.transcripts(project)}
    texts = _Texts(project)
    entries = []
    for each in filter(wanted, given_in(project.connection, transcript_id)):
        newest = newest_version(project.connection, each.given_version)
        transcript = transcripts.get(newest)
        if transcript is None or not seen.work(transcript.id, each.coder_id, each.pass_):
            continue
        state = Carried(each.carried or Carried.UNCHANGED)
        entries.append(_piece(each, transcript.id, transcript.name, state, each.place, newest, texts, texts.of(newest)))
    return Pieces(entries, reading.hidden_transcripts(project, viewer, transcript_id))


def keep(project: Project, coder: Coder, ids: Sequence[str]) -> int:
    """Keep changed codings and memos of one's own where they were placed in the newest text: one act.

    Raises InputRefused, with each of them, when one does not wait, is lost, or is another coder's.
    """
    with project.act(coder.id) as act:
        chosen = _own(project, coder, ids)
        lost = [
            Problem(_("its words are lost: place it anew or take it away"), each.id, "id")
            for each in chosen
            if each.state is Carried.LOST
        ]
        if lost:
            raise InputRefused(_("Nothing was stored."), lost)
        for each in chosen:
            act.put(each.kind, each.id, version_id=each.version, start=each.place[0], end=each.place[1])
    return len(chosen)


def place(project: Project, coder: Coder, piece_id: str, start: int, end: int) -> Piece:
    """Put a coding or memo of one's own that waits on `[start, end)` of the newest text. Returns it as it waited.

    Raises InputRefused when it does not wait, is another coder's, or the stretch lies outside the text.
    """
    with project.act(coder.id) as act:
        (each,) = _own(project, coder, [piece_id])
        newest = newest_version(project.connection, each.given_version)
        check_segment(project, newest, start, end)
        act.put(each.kind, each.id, version_id=newest, start=start, end=end)
    return each


def nearest(project: Project, piece: Piece) -> Span:
    """Where to look for what waits, in the newest text: its place, or for what is lost where its words would be."""
    if not piece.is_lost:
        return piece.place
    newest = newest_version(project.connection, piece.given_version)
    old, new = (queries.text_of(project.connection, each) for each in (piece.given_version, newest))
    start = min(Alignment(old, new).near(piece.given[0]), max(len(new) - 1, 0))
    return start, min(start + 1, len(new))


def waiting_one(project: Project, coder: Coder, piece_id: str) -> Piece:
    """The coding or memo of one's own with that id that waits. Raises InputRefused as `place` does."""
    return _own(project, coder, [piece_id])[0]


def take_away(project: Project, coder: Coder, ids: Sequence[str]) -> int:
    """Take away codings (with one's own memos on them) and memos of one's own that wait: one act."""
    with project.act(coder.id) as act:
        chosen = _own(project, coder, ids)
        for each in chosen:
            act.remove(each.kind, each.id)
            if each.kind == "coding":
                for memo in queries.memos(project.connection, coding_id=each.id, coder_id=coder.id):
                    act.remove("memo", memo.id)
    return len(chosen)


def _own(project: Project, coder: Coder, ids: Sequence[str]) -> list[Piece]:
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise UsageProblem(_("Name what you decide on. See: hsreview carried"))
    found = {each.id: each for each in waiting(project, coder).entries}
    problems = [Problem(_("does not wait after a correction"), each, "id") for each in wanted if each not in found]
    problems += [
        Problem(_("belongs to another coder, who alone decides about it"), each, "id")
        for each in wanted
        if each in found and found[each].coder_id != coder.id
    ]
    if problems:
        raise InputRefused(_("Nothing was stored."), problems)
    return [found[each] for each in wanted]
