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
from hsreview.model.coding import OWN
from hsreview.model.coding import Coding as Coding
from hsreview.model.coding import Memo as Memo
from hsreview.model.dataset import CodedSegment as CodedSegment
from hsreview.model.dataset import MemoRow as MemoRow
from hsreview.model.dataset import ProgressRow as ProgressRow
from hsreview.model.people import Coder, CoderRole, Organisation, Respondent, Speaker
from hsreview.model.text import CueTime, Span, TextVersion, Turn
from hsreview.model.transcript import Transcript as Transcript
from hsreview.project import content, counts, datasets, queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments as read_segments


@dataclass(frozen=True, slots=True)
class TranscriptRow:
    """One transcript in a list."""

    transcript: Transcript
    words: int
    turns: int
    speakers: int
    respondent_turns: int
    codings: int
    """Of the coder asked for, else of all."""
    coded_turns: int
    """Respondents' turns that the coder's codings touch, in all passes together; without a coder, the most that one
    coder reached."""
    coders: tuple[str, ...]
    """Names of those who coded it or marked it reviewed."""
    assigned: bool
    reviewed: bool
    """By the coder asked for."""


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


@dataclass(frozen=True, slots=True)
class Place:
    """Where a coder was last."""

    transcript_id: str
    start: int
    end: int
    unit: str = "sentence"


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
    """All transcripts with sizes and progress; own figures are those of `coder`, else of all coders."""
    connection = project.connection
    sizes = counts.sizes(connection)
    work = counts.work_of_coders(connection)
    names = {c.id: c.name for c in queries.coders(connection)}
    readers: dict[str, set[str]] = {}
    for transcript_id, coder_id, _pass in queries.reviewed(connection):
        readers.setdefault(transcript_id, set()).add(coder_id)
    assigned = {t for t, c, _p in queries.assigned(connection) if coder and c == coder.id}
    rows = []
    for transcript in queries.transcripts(connection):
        size = sizes.get(transcript.version_id, counts.NOTHING)
        done = work.get(transcript.version_id, {})
        who = done.keys() | readers.get(transcript.id, set())
        own = [done[c] for c in ([coder.id] if coder else done) if c in done]
        rows.append(
            TranscriptRow(
                transcript, size.words, size.turns, size.speakers, size.respondent_turns,
                codings=sum(each.codings for each in own),
                coded_turns=max((each.coded_turns for each in own), default=0),
                coders=tuple(sorted(names.get(c, c) for c in who)),
                assigned=transcript.id in assigned,
                reviewed=coder is not None and coder.id in readers.get(transcript.id, ()),
            )
        )  # fmt: skip
    return rows


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
    project: Project, version_id: str | None = None, *, coder_id: str | None = None, layer: str | None = OWN
) -> list[Coding]:
    """Codings in the order of the text; null for version, coder or layer does not restrict."""
    return queries.codings(project.connection, version_id=version_id, coder_id=coder_id, layer=layer)


def visible_codings(project: Project, version_id: str, coder: Coder | None) -> list[Coding]:
    """What `coder` may see of a text: their own codings, and the others' unless they code blind.

    A coder works blind until they have marked their own pass reviewed; the lead does not.
    """
    everything = codings_of(project, version_id)
    if coder is None or coder.role is CoderRole.LEAD:
        return everything
    version = queries.version(project.connection, version_id)
    finished = version is not None and queries.is_reviewed(project.connection, version.transcript_id, coder.id)
    return everything if finished else [c for c in everything if c.coder_id == coder.id]


def unblinded(project: Project, coder: Coder | None) -> frozenset[str] | None:
    """Ids of the transcripts of which `coder` may see the others' codings; null: of all (see `visible_codings`)."""
    if coder is None or coder.role is CoderRole.LEAD:
        return None
    return frozenset(t for t, c, _p in queries.reviewed(project.connection) if c == coder.id)


def codebook(project: Project) -> Codebook:
    """The project's codebook, proposals included."""
    return load_codebook(project.connection)


def find_code(book: Codebook, wish: str) -> Code:
    """The code with that id, ref (`D1`), label or path (`parent > code`, with or without its theme) in either language.

    Raises InputRefused with near refs when there is none, UsageProblem when several are meant.
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
    labels = [name for p in places for name in (p.code.ref, p.code.label.fr, p.code.label.en)]
    near = difflib.get_close_matches(wish, labels, 3, 0.5)
    hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else _("See: hsreview codebook show")
    raise InputRefused(_("There is no code {name}.").format(name=wish) + f" {hint}")


def _several(wish: str, found: Sequence[Code]) -> str:
    them = "; ".join(f"{code.ref} {code.label.get(current_language())} ({code.id})" for code in found)
    return _("Several codes are called {name}; give an id: {codes}").format(name=wish, codes=them)


def code_usage(project: Project, coder_id: str | None = None) -> dict[str, tuple[int, int]]:
    """Code id → (codings, transcripts), of one coder or of all coders' own layers."""
    return queries.code_usage(project.connection, coder_id)


def memos_of(
    project: Project, *, coder_id: str | None = None, transcript_id: str | None = None, coding_id: str | None = None,
    code_id: str | None = None,
) -> list[Memo]:  # fmt: skip
    """Memos by time; an argument that is null does not restrict."""
    return queries.memos(
        project.connection, coder_id=coder_id, transcript_id=transcript_id, coding_id=coding_id, code_id=code_id
    )


def memo_rows(project: Project, coder_id: str | None = None) -> list[MemoRow]:
    """Memos by time (of one coder, or of all) with what they are about."""
    return datasets.memo_rows(project.connection, codebook(project), coder_id)


def segments(
    project: Project, *, code_ids: Iterable[str] = (), coder_id: str | None = None, layer: str | None = OWN,
    group: str | None = None, transcript_id: str | None = None, limit: int | None = None,
) -> list[CodedSegment]:  # fmt: skip
    """Coded segments with their words and places, in the order of transcripts and offsets."""
    chosen = {
        t.id
        for t in queries.transcripts(project.connection)
        if (group is None or t.group == group) and (transcript_id is None or t.id == transcript_id)
    }
    return read_segments(
        project.connection, code_ids=code_ids, coder_id=coder_id, layer=layer, transcript_ids=chosen, limit=limit
    )


def respondents(project: Project) -> list[Respondent]:
    """The people who were interviewed, by pseudonym."""
    return queries.respondents(project.connection)


def organisations(project: Project) -> list[Organisation]:
    """The organisations, by name."""
    return queries.organisations(project.connection)


def speakers(project: Project, transcript_id: str | None = None) -> list[Speaker]:
    """The speakers of one transcript, or of all."""
    return queries.speakers(project.connection, transcript_id)


def last_place(project: Project, coder_id: str) -> Place | None:
    """Where the coder stopped on this machine."""
    value = project.local(f"place:{coder_id}")
    return Place(**value) if value else None


def remember_place(project: Project, coder_id: str, place: Place) -> None:
    """Note where the coder is, for the next start."""
    project.set_local(
        f"place:{coder_id}",
        {"transcript_id": place.transcript_id, "start": place.start, "end": place.end, "unit": place.unit},
    )


def next_assigned(project: Project, coder_id: str, after_transcript_id: str | None = None) -> Transcript | None:
    """The next transcript that waits for this coder: assigned in a pass that is not marked reviewed.

    The one after which it is asked comes last. A coder to whom nothing was assigned may take any that they have not
    reviewed.
    """
    connection = project.connection
    done = {(t, p) for t, c, p in queries.reviewed(connection) if c == coder_id}
    mine = {(t, p) for t, c, p in queries.assigned(connection) if c == coder_id}
    everything = queries.transcripts(connection)
    if mine:
        waiting = {t for t, _p in mine - done}
    else:
        waiting = {t.id for t in everything} - {t for t, _p in done} - {after_transcript_id}
    start = next((n for n, t in enumerate(everything, 1) if t.id == after_transcript_id), 0)
    return next((t for t in (*everything[start:], *everything[:start]) if t.id in waiting), None)


def progress(project: Project) -> list[ProgressRow]:
    """How far every coder is with every transcript they were given, coded or marked."""
    return datasets.progress(project.connection)
