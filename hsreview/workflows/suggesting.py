"""Suggestions of codes for a unit of text, on request: from the cues of the codebook and from the team's own codings.

Nothing of them is stored; what a person accepts is a coding that says that it was suggested.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

from hsreview.language.cues import Cue, CueHit, CueMatcher
from hsreview.language.detecting import LANGUAGES, MIXED, language_of
from hsreview.language.lemmas import lemmas, models, works
from hsreview.language.proposals import Proposal as Proposal
from hsreview.language.proposals import Reason as Reason
from hsreview.language.proposals import Source as Source
from hsreview.language.proposals import propose
from hsreview.language.typical import Typical, TypicalHit, count
from hsreview.model.codebook import Codebook, CodePlace, Status
from hsreview.model.coding import Coding
from hsreview.model.people import Coder
from hsreview.project import passes, queries
from hsreview.project.project import Project
from hsreview.review.blind import sight
from hsreview.workflows.adjudicating import consensus_of, layer_of
from hsreview.workflows.exporting import Layer as Layer
from hsreview.workflows.exporting import choose_layer, layers
from hsreview.workflows.querying import newest
from hsreview.workflows.reading import codebook

GONE = (Status.MERGED, Status.REFUSED, Status.RETIRED)
Watch = Callable[[int, int], None]
"""Told how many of how many texts were read; what it raises ends the work."""


class Helper:
    """What proposes codes. It is kept in memory only, and made true to the project again with `refresh`."""

    def __init__(self, taught: Layer | None, viewer: Coder | None) -> None:
        """`taught`: whose codings are learned from; null: nobody's, and cues alone propose.

        What `viewer` may not see is not learned.
        """
        self.taught = taught
        self.models: Mapping[str, str] = {}
        """Language → the spaCy model that knows the forms of its words."""
        self.typical = Typical()
        self._viewer = viewer
        self._cues: tuple[Cue, ...] | None = None
        self._matcher: CueMatcher | None = None
        self._counted: dict[str, int] = {}
        """Transcript id → digest of what it was counted with."""
        self.codes: dict[str, CodePlace] = {}
        """Those that may be applied."""
        self._stands = -1

    @property
    def languages(self) -> frozenset[str]:
        """Of the cues."""
        return self._matcher.languages if self._matcher else frozenset()

    def stands(self, project: Project) -> bool:
        """Whether nothing was written since the last `refresh`."""
        return self._stands == newest(project)

    def refresh(self, project: Project, watch: Watch | None = None) -> None:
        """Take over codebook and codings as they are now; only texts whose codings changed are counted again."""
        with project.snapshot():
            book = codebook(project)
            self.codes = usable(book)
            self._match(cues_of(self.codes.values()))
            if self.taught is not None:
                self._learn(project, self.taught, watch or (lambda _done, _all: None))
            self._stands = newest(project)

    def prepare(self, text: str) -> None:
        """Look up the words of a text, so that every unit of it is answered at once."""
        if self._matcher is not None:
            self._matcher.prepare(text)

    def propose(
        self, text: str, language: str = "", *, taken: Collection[str] = (), only: str | None = None
    ) -> list[Proposal]:
        """Codes for a unit of a transcript in `language` (empty: unknown), but not those it has (`taken`).

        `only`: one code, and no other.
        """
        known = [code for code in self.codes if code not in taken and only in (None, code)]
        return propose(*self.found(text, language, only=only), known)

    def found(
        self, text: str, language: str = "", *, but: str = "", only: str | None = None
    ) -> tuple[Sequence[CueHit], Mapping[str, Sequence[TypicalHit]]]:
        """The cues and the typical phrases in a text; what the transcript `but` teaches is left out."""
        cues = self._matcher.find(text, languages_for(text, language)) if self._matcher else []
        return cues, self.typical.find(text, but=but, only=only)

    def _match(self, cues: tuple[Cue, ...]) -> None:
        if cues == self._cues:
            return
        installed = models()
        self.models = {
            language: installed[language]
            for language in sorted({cue.language for cue in cues} & installed.keys())
            if works(installed[language])
        }
        known = {language: partial(lemmas, model) for language, model in self.models.items()}
        self._matcher = CueMatcher(cues, known) if cues else None
        self._cues = cues

    def _learn(self, project: Project, taught: Layer, watch: Watch) -> None:
        found = codings_taught(project, taught, self._viewer)
        transcripts = {each.id: each for each in queries.transcripts(project.connection)}
        for gone in self._counted.keys() - found.keys():
            self.typical.put(gone, None)
            del self._counted[gone]
        for done, (transcript_id, codings) in enumerate(found.items()):
            watch(done, len(found))
            version = transcripts[transcript_id].version_id
            marks = tuple((coding.code_id, coding.start, coding.end) for coding in codings)
            digest = hash((version, marks))
            if self._counted.get(transcript_id) != digest:
                text = queries.text_of(project.connection, version)
                said = [(turn.label_end, turn.end) for turn in queries.turns(project.connection, version)]
                self.typical.put(transcript_id, count(text, said, marks))
                self._counted[transcript_id] = digest


def taught_by(project: Project, wish: str | None, viewer: Coder | None) -> Layer | None:
    """The layer that suggestions are learned from: the one called `wish`, else the viewer's own, else the consensus.

    Null when there is nothing to learn from that `viewer` may see. Raises UsageProblem for an unknown name.
    """
    if wish is not None:
        return choose_layer(project, wish, viewer=viewer)
    found = layers(project, viewer=viewer)
    own = [each for each in found if viewer is not None and each.coder_id == viewer.id and not each.pass_]
    whole = [each for each in found if each.coder_id is None and each.codings]
    return next(iter([*own, *whole]), None)


def usable(book: Codebook) -> dict[str, CodePlace]:
    """Code id → the code, for those that may be applied, in the order of the codebook."""
    return {p.code.id: p for p in book.codes() if p.code.codable and p.code.status not in GONE}


def cues_of(places: Iterable[CodePlace]) -> tuple[Cue, ...]:
    """The cues of codes in French and English."""
    return tuple(
        Cue(place.code.id, phrase, language)
        for place in places
        for language in LANGUAGES
        for phrase in place.code.cues.get(language, ())
    )


def languages_for(text: str, language: str) -> list[str]:
    """The languages whose cues are looked for: the unit's and its transcript's; both where neither is known."""
    heard = language_of(text)
    wanted = {heard, language} & set(LANGUAGES)
    return [each for each in LANGUAGES if each in wanted or heard == MIXED or not wanted]


def codings_taught(project: Project, taught: Layer, viewer: Coder | None) -> dict[str, Sequence[Coding]]:
    """Transcript id → what is learned from there; nothing that `viewer` may not see."""
    connection = project.connection
    transcripts = {each.version_id: each.id for each in queries.transcripts(connection)}
    if taught.coder_id is None:
        layer = layer_of(project, consensus_of(project, viewer=viewer))
        return {transcripts[version]: codings for version, codings in layer.items()}
    seen = sight(connection, viewer)
    reading = (taught.coder_id, taught.pass_)
    read = {
        transcript for (transcript, *whose), done in passes.marks(connection).items() if done and (*whose,) == reading
    }
    found: dict[str, list[Coding]] = {
        each: [] for each in transcripts.values() if each in read and seen.work(each, taught.coder_id, taught.pass_)
    }
    for coding in queries.codings(connection, coder_id=taught.coder_id, reading=taught.pass_):
        transcript = transcripts.get(coding.version_id)
        if transcript is not None and seen.work(transcript, coding.coder_id, coding.pass_):
            found.setdefault(transcript, []).append(coding)
    return dict(found)
