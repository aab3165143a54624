"""What the screens and the command line read: transcripts, texts, codings, the codebook, progress."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Code as Code
from hsreview.model.codebook import Codebook as Codebook
from hsreview.model.codebook import CodePlace as CodePlace
from hsreview.model.coding import CONSENSUS, OWN
from hsreview.model.coding import Coding as Coding
from hsreview.model.coding import Memo as Memo
from hsreview.model.dataset import CodedSegment as CodedSegment
from hsreview.model.dataset import MemoRow as MemoRow
from hsreview.model.dataset import ProgressRow as ProgressRow
from hsreview.model.former import became
from hsreview.model.people import Coder, Organisation, Respondent, Speaker
from hsreview.model.review import reading_of
from hsreview.model.text import CueTime, Span, TextVersion, Turn
from hsreview.model.transcript import Transcript as Transcript
from hsreview.project import content, counts, datasets, passes, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments as read_segments
from hsreview.review import assigning, blind
from hsreview.review.blind import Sight as Sight


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One transcript in a list."""

    transcript: Transcript
    words: int
    turns: int
    speakers: int
    respondent_turns: int
    codings: int
    """In the reading that the coder asked for works in; without a coder, in all first readings."""
    coded_turns: int
    """Respondents' turns that those codings touch; without a coder, the most that one coder reached."""
    coders: tuple[str, ...]
    """Names of those who coded it or marked it reviewed."""
    assigned: bool
    reviewed: bool
    """By the coder asked for: a pass is marked, and none that was assigned waits."""
    pass_: str = ""
    """The pass in which the coder asked for works."""


@dataclass(frozen=True)
class OpenText:
    """A text version with what partitions it; words and cue times are read when they are first asked for."""

    transcript: Transcript
    version: TextVersion
    text: str
    turns: tuple[Turn, ...]
    speakers: Mapping[str, Speaker]
    """Label → speaker."""
    sentences: tuple[Span, ...]
    _project: Project = field(repr=False)

    def words(self) -> tuple[Span, ...]:
        """The word units."""
        return queries.words(self._project.connection, self.version.id)

    def cues(self) -> tuple[CueTime, ...]:
        """The cue times; empty when the file had none."""
        connection = self._project.connection
        return content.cues(connection, queries.unit_hashes(connection, self.version.id)[2])


def transcripts(project: Project) -> list[Transcript]:
    """All transcripts, by name."""
    return queries.transcripts(project.connection)


def find_transcript(project: Project, wish: str) -> Transcript:
    """The transcript with that id or name (its file's name counts too). Raises InputRefused with near names."""
    found = queries.transcript(project.connection, wish)
    if not found:
        everything = transcripts(project)
        found = [t for t in everything if fold(t.name) == fold(wish) or fold(t.name) == fold(wish.rpartition(".")[0])]
        if not found:
            near = difflib.get_close_matches(wish, [t.name for t in everything], 3, 0.5)
            hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
            raise InputRefused(
                _("There is no transcript called {name}.").format(name=wish) + (f" {hint}" if hint else "")
            )
    if len(found) > 1:
        raise UsageProblem(
            _("Several transcripts are called {name}; give an id: {ids}").format(
                name=wish, ids=", ".join(t.id for t in found)
            )
        )
    return found[0]


def present_transcript(project: Project, transcript_id: str) -> Transcript:
    """The transcript with that id. Raises InputRefused when it was removed."""
    found = queries.transcript_with(project.connection, transcript_id)
    if found is None:
        raise InputRefused(_("This transcript is no longer in the project."))
    return found


def transcript_rows(project: Project, coder: Coder | None = None) -> list[TranscriptRow]:
    """All transcripts with sizes and progress; own figures are those of `coder`, else of all coders.

    They are of one reading: of the one that the coder works in now, else of the first.
    """
    connection = project.connection
    sizes = counts.sizes(connection)
    work, parts = counts.work_of_readings(connection), passes.parts(connection)
    names = {c.id: c.name for c in queries.coders(connection)}
    readers: dict[str, set[str]] = {}
    for transcript_id, coder_id, _pass in queries.reviewed(connection):
        readers.setdefault(transcript_id, set()).add(coder_id)
    me = coder.id if coder else None
    assigned, marked = _own_passes(queries.assigned(connection), me), _own_passes(queries.reviewed(connection), me)
    rows = []
    for transcript in queries.transcripts(connection):
        size = sizes.get(transcript.version_id, counts.NOTHING)
        done = work.get(transcript.version_id, {})
        who = {c for c, _reading in done} | readers.get(transcript.id, set())
        given, finished = assigned.get(transcript.id, set()), marked.get(transcript.id, set())
        pass_ = assigning.current_pass(given, finished, parts)
        now = reading_of(pass_, parts)
        own = [each for (c, reading), each in done.items() if reading == now and me in (None, c)]
        rows.append(
            TranscriptRow(
                transcript, size.words, size.turns, size.speakers, size.respondent_turns,
                codings=sum(each.codings for each in own),
                coded_turns=max((each.coded_turns for each in own), default=0),
                coders=tuple(sorted(names.get(c, c) for c in who)),
                assigned=bool(given), reviewed=bool(finished) and not given - finished, pass_=pass_,
            )
        )  # fmt: skip
    return rows


def _own_passes(rows: Iterable[tuple[str, str, str]], coder_id: str | None) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for transcript_id, coder, pass_ in rows:
        if coder == coder_id:
            found.setdefault(transcript_id, set()).add(pass_)
    return found


def open_text(project: Project, transcript: Transcript) -> OpenText:
    """The transcript's current text. Raises InputRefused when it was withheld or erased."""
    connection = project.connection
    version = queries.version(connection, transcript.version_id)
    if version is None:
        raise InputRefused(_("{name} has no text.").format(name=transcript.name))
    text = queries.text_of(connection, version.id)
    if not text and version.length:
        raise InputRefused(_("The text of {name} was withheld or erased.").format(name=transcript.name))
    sentences = queries.sentences(connection, version.id)
    labels = {s.label: s for s in queries.speakers(connection, transcript.id)}
    turns = tuple(queries.turns(connection, version.id))
    return OpenText(transcript, version, text, turns, labels, sentences, project)


def codings_of(
    project: Project, version_id: str | None = None, *, coder_id: str | None = None, layer: str | None = OWN,
    reading: str | None = None,
) -> list[Coding]:  # fmt: skip
    """Codings in the order of the text; null for version, coder, layer or reading does not restrict.

    Those of the consensus layer are derived.
    """
    if layer == CONSENSUS:
        derived = _consensus(project)
        return [coding for version, own in derived.items() if version_id in (None, version) for coding in own]
    return queries.codings(project.connection, version_id=version_id, coder_id=coder_id, layer=layer, reading=reading)


def sight(project: Project, viewer: Coder | None) -> Sight:
    """What `viewer` may see of the work of others (see `hsreview.review.blind`); null: nobody was named."""
    return blind.sight(project.connection, viewer)


def unblinded(project: Project, viewer: Coder | None) -> frozenset[str] | None:
    """Ids of the transcripts on which `viewer` may see the work of others; null: on all."""
    seen = sight(project, viewer)
    return None if seen.everything else seen.open - seen.repeating.keys()


def visible_codings(project: Project, version_id: str, coder: Coder | None, pass_: str | None = None) -> list[Coding]:
    """What `coder` may see of a text: their own codings, and the others' unless they code blind.

    With `pass_`, that in which they work now: their own of the same reading only, and the others' first readings.
    """
    found = codings_of(project, version_id)
    version = queries.version(project.connection, version_id)
    seen = sight(project, coder)
    where = version.transcript_id if version else None
    found = [c for c in found if seen.work(where, c.coder_id, c.pass_)]
    if pass_ is None:
        return found
    own, parts = reading_of(pass_, seen.parts), seen.parts
    return [c for c in found if reading_of(c.pass_, parts) == (own if coder and c.coder_id == coder.id else "")]


def codebook(project: Project) -> Codebook:
    """The project's codebook, proposals included."""
    return load_codebook(project.connection)


def find_code(book: Codebook, wish: str) -> Code:
    """The code with that id, ref (`D1`), label or path (`parent > code`, with or without its theme) in either language.

    Raises InputRefused with near refs when there is none, or with what became of it, UsageProblem when several are
    meant.
    """
    places = list(book.codes())
    folded = fold(wish)
    tests: tuple[Callable[[CodePlace], bool], ...] = (
        lambda p: wish in (p.code.id, p.code.ref),
        lambda p: folded == fold(p.code.ref),
        lambda p: folded in (fold(p.code.label.fr), fold(p.code.label.en)),
        lambda p: (
            folded in {fold(path) for language in ("fr", "en") for path in (p.path(language), p.code_path(language))}
        ),
    )
    for test in tests if folded else ():
        found = [p.code for p in places if test(p)]
        if len(found) > 1:
            raise UsageProblem(_several(wish, found))
        if found:
            return found[0]
    gone = became(book.former, wish)
    if gone:
        raise InputRefused(gone)
    labels = [name for p in places for name in (p.code.ref, p.code.label.fr, p.code.label.en)]
    near = difflib.get_close_matches(wish, labels, 3, 0.5)
    hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else _("See: hsreview codebook show")
    raise InputRefused(_("There is no code {name}.").format(name=wish) + f" {hint}")


def _several(wish: str, found: Sequence[Code]) -> str:
    them = "; ".join(f"{code.ref} {code.label.get(current_language())} ({code.id})" for code in found)
    return _("Several codes are called {name}; give an id: {codes}").format(name=wish, codes=them)


def hidden_transcripts(project: Project, viewer: Coder | None, transcript_id: str | None = None) -> int:
    """On how many transcripts (of all, or of one) others are at work and `viewer`, who codes blind, does not see it.

    It says nothing of how much there is to see.
    """
    seen = sight(project, viewer)
    if seen.everything:
        return 0
    connection = project.connection
    present = {each.id for each in queries.transcripts(connection)}
    work = queries.coded_by(connection) | queries.reviewed(connection)
    hidden = {transcript for transcript, coder, pass_ in work if not seen.work(transcript, coder, pass_)}
    return sum(each in present and transcript_id in (None, each) for each in hidden)


def code_usage(
    project: Project, coder_id: str | None = None, *, viewer: Coder | None = None
) -> dict[str, tuple[int, int]]:
    """Code id → (codings, transcripts) in the first reading of one coder, or in those of all coders.

    Of what `viewer` may see.
    """
    return queries.code_usage(project.connection, coder_id, may=sight(project, viewer).may)


def memos_of(
    project: Project, *, coder_id: str | None = None, transcript_id: str | None = None, coding_id: str | None = None,
    code_id: str | None = None, memo_id: str | None = None,
) -> list[Memo]:  # fmt: skip
    """Memos by time; an argument that is null does not restrict."""
    return queries.memos(
        project.connection, coder_id=coder_id, transcript_id=transcript_id, coding_id=coding_id, code_id=code_id,
        memo_id=memo_id,
    )  # fmt: skip


def memo_rows(project: Project, coder_id: str | None = None, *, viewer: Coder | None = None) -> list[MemoRow]:
    """Memos by time (of one coder, or of all) that `viewer` may see, with what they are about."""
    return datasets.memo_rows(project.connection, codebook(project), coder_id, may=sight(project, viewer).may)


def segments(
    project: Project, *, code_ids: Iterable[str] = (), coder_id: str | None = None, layer: str | None = OWN,
    group: str | None = None, transcript_id: str | None = None, limit: int | None = None,
    reading: str | None = None, viewer: Coder | None = None, lost: bool = False, flag: str | None = None,
) -> list[CodedSegment]:  # fmt: skip
    """Coded segments that `viewer` may see, with their words and places, in the order of transcripts and offsets.

    `reading` is empty for first readings, else the name of a repetition; null: all, each apart. With `lost`, those
    whose words a corrected text no longer has, on their own text. With `flag`, those that bear it.
    """
    chosen = {
        t.id
        for t in queries.transcripts(project.connection)
        if (group is None or t.group == group) and (transcript_id is None or t.id == transcript_id)
    }
    seen, whole = sight(project, viewer), layer == CONSENSUS
    if whole:
        chosen = {each for each in chosen if seen.transcript(each)}
    found = read_segments(
        project.connection, code_ids=code_ids, coder_id=coder_id, layer=layer, transcript_ids=chosen,
        limit=limit if flag is None else None,
        reading=reading, derived=_consensus(project) if whole else None, may=seen.may, lost=lost,
    )  # fmt: skip
    return found if flag is None else [segment for segment in found if flag in segment.coding.flags][:limit]


def _consensus(project: Project) -> dict[str, list[Coding]]:
    """Version id → codings of the consensus layer."""
    from hsreview.workflows.adjudicating import consensus_of, layer_of  # It stands on this module.

    return layer_of(project, consensus_of(project))


def respondents(project: Project) -> list[Respondent]:
    """The people who were interviewed, by pseudonym."""
    return queries.respondents(project.connection)


def organisations(project: Project) -> list[Organisation]:
    """The organisations, by name."""
    return queries.organisations(project.connection)


def speakers(project: Project, transcript_id: str | None = None) -> list[Speaker]:
    """The speakers of one transcript, or of all."""
    return queries.speakers(project.connection, transcript_id)


def progress(project: Project, *, viewer: Coder | None = None) -> list[ProgressRow]:
    """How far every coder is with every transcript they were given, coded or marked.

    How much others coded where `viewer` codes blind is left out; that they were given it, began or finished is not.
    """
    return datasets.progress(project.connection, sight(project, viewer).may)
