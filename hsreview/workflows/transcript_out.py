"""A coded transcript for people who read it outside the tool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hsreview import __version__
from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook import Codebook
from hsreview.model.coding import CONSENSUS, OWN, Coding
from hsreview.model.dataset import Translated
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.model.review import Entry, TranscriptConsensus
from hsreview.model.text import Role
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.translations import translated
from hsreview.review.blind import sight
from hsreview.workflows.adjudicating import consensus_codings, consensus_of
from hsreview.workflows.exporting import Layer, choose_layer, size_of
from hsreview.workflows.files import written
from hsreview.workflows.leaving import Leaving
from hsreview.workflows.outputs import record_output
from hsreview.workflows.reading import OpenText, open_text

if TYPE_CHECKING:
    from hsreview.documents.transcript_docx import CodedTranscript

_FACTS = {
    "layer": Localized(fr="Codages de", en="Codings of"),
    "consensus": Localized(fr="l’équipe (couche de consensus)", en="the team (consensus layer)"),
    "adjudicated": Localized(fr="différences arbitrées entre {names}", en="differences settled between {names}"),
    "adopted": Localized(fr="repris de {names} : {because}", en="adopted from {names}: {because}"),
    "open": Localized(fr="lecture non terminée", en="reading not finished"),
    "done": Localized(fr="relu jusqu’au bout", en="read to the end"),
    "codebook": Localized(fr="Grille de codage", en="Codebook"),
    "codings": Localized(fr="Codages", en="Codings"),
    "count": Localized(fr="{codings} sur {segments} segments", en="{codings} on {segments} segments"),
    "about": Localized(fr="Entretien", en="Interview"),
    "names": Localized(fr="Pseudonymes", en="Pseudonyms"),
    "as_stored": Localized(
        fr="le texte et les noms figurent tels qu’enregistrés : partez du principe qu’ils peuvent permettre de "
        "reconnaître quelqu’un",
        en="text and names stand as stored: assume that they can identify people",
    ),
    "transl": Localized(fr="{language}, trad. {by}, non vérifié", en="{language}, transl. {by}, not checked"),
    "transl_checked": Localized(
        fr="{language}, trad. {by}, vérifié par {name}", en="{language}, transl. {by}, checked by {name}"
    ),
    "made": Localized(fr="Établi le", en="Made"),
}


@dataclass(frozen=True, slots=True)
class TranscriptExported:
    """A document that was written."""

    path: Path
    layer: str
    codings: int


def export_transcript(
    project: Project, transcript: Transcript, path: Path, *, layer: str | None = None, lang: str = "fr",
    viewer: Coder | None = None, recipient: str = "",
) -> TranscriptExported:  # fmt: skip
    """Write a transcript with the codes of one layer in the margin, as .docx, and put it on record.

    Without `layer`: the consensus when the transcript is in it, else the only layer that has codings here. Raises
    UsageProblem with the layers when there are several, InputRefused when `viewer` codes blind and may not see it.
    """
    from hsreview.documents.transcript_docx import write_transcript_docx

    with project.snapshot():
        text = open_text(project, transcript)
        leaving = Leaving(project, recipient)
        leaving.check_transcript(transcript.id)
        entry = consensus_of(project, [transcript.id])[0]
        chosen = _choose(project, text, entry, layer, viewer)
        _check_sight(project, transcript, chosen, viewer)
        codings = _codings(project, text, chosen)
        document = _document(project, text, chosen, entry, codings, lang, leaving, viewer)
    with written(path) as spare:
        write_transcript_docx(document, spare)
    record_output(
        project, viewer, path, "transcript", recipient=recipient,
        details={"layer": chosen.name, "layer_coder": chosen.coder_id, "transcript": transcript.id},
    )  # fmt: skip
    return TranscriptExported(path, chosen.name, len(codings))


def _choose(
    project: Project, text: OpenText, entry: TranscriptConsensus, wish: str | None, viewer: Coder | None
) -> Layer:
    settled = entry.entry in (Entry.ADJUDICATED, Entry.ADOPTED)
    if wish is not None and wish.casefold() != CONSENSUS:
        return choose_layer(project, wish, viewer=viewer)
    if settled:
        return Layer(CONSENSUS, None, len(entry.settled))
    name = visible(text.transcript.name)
    if wish is not None:
        raise InputRefused(
            _("{name} is not in the consensus yet: settle its differences, or adopt one coder's layer.").format(
                name=name
            )
        )
    here = Counter(coding.coder_id for coding in queries.codings(project.connection, version_id=text.version.id))
    names = {coder.id: coder.name for coder in queries.coders(project.connection)}
    seen, transcript_id = sight(project.connection, viewer), text.transcript.id
    if len(here) > 1:
        listing = [
            Problem(size_of(n if seen.work(transcript_id, coder) else None), names.get(coder, coder), "layer")
            for coder, n in sorted(here.items(), key=lambda item: names.get(item[0], item[0]))
        ]
        raise UsageProblem(
            _("Several coders coded {name}. Name one layer with --layer. Layers:").format(name=name), listing
        )
    if not here:
        raise UsageProblem(_("Nothing is coded in {name} yet.").format(name=name))
    return choose_layer(project, next(iter(here)))


def _check_sight(project: Project, transcript: Transcript, layer: Layer, viewer: Coder | None) -> None:
    seen = sight(project.connection, viewer)
    allowed = (
        seen.transcript(transcript.id)
        if layer.coder_id is None
        else seen.work(transcript.id, layer.coder_id, layer.pass_)
    )
    if not allowed:
        raise InputRefused(
            _("You code blind: the codings of others on {name} are shown once you mark it as reviewed.").format(
                name=visible(transcript.name)
            )
        )


def _codings(project: Project, text: OpenText, layer: Layer) -> list[Coding]:
    if layer.coder_id is None:
        return consensus_codings(project, [text.transcript.id])
    return queries.codings(
        project.connection, version_id=text.version.id, coder_id=layer.coder_id, layer=OWN, reading=layer.pass_
    )


def _document(
    project: Project, text: OpenText, layer: Layer, entry: TranscriptConsensus, codings: Sequence[Coding], lang: str,
    leaving: Leaving, viewer: Coder | None,
) -> CodedTranscript:  # fmt: skip
    from hsreview.documents.transcript_docx import CodedTranscript, MarginCode, MarginSegment, UsedCode

    book = load_codebook(project.connection)
    places = {place.code.id: place for place in book.codes()}
    order = {code_id: number for number, code_id in enumerate(places)}
    by_span: dict[tuple[int, int], list[MarginCode]] = {}
    for coding in sorted(codings, key=lambda c: (c.start, -c.end, order.get(c.code_id, len(order)), c.id)):
        place = places.get(coding.code_id)
        code = MarginCode(
            place.code.ref if place else "?",
            place.code.label.get(lang) if place else "",
            book.hue_of(place) if place else "",
            _marks(coding, book, lang),
        )
        by_span.setdefault((coding.start, coding.end), []).append(code)
    counts = Counter(coding.code_id for coding in codings)
    used = [
        UsedCode(
            place.code.ref, place.code.label.get(lang), place.code.definition.get(lang), counts[code_id],
            book.hue_of(place),
        )
        for code_id, place in places.items()
        if code_id in counts
    ]  # fmt: skip
    questions = {
        turn.number
        for turn in text.turns
        if (speaker := text.speakers.get(turn.speaker or "")) is not None and speaker.role is Role.INTERVIEWER
    }
    said = translated(project.connection, sight(project.connection, viewer).may)
    segments = [
        MarginSegment(
            start, end, tuple(codes),
            tuple(_translation(each, lang) for each in said.get((text.version.id, start, end), ())),
        )
        for (start, end), codes in by_span.items()
    ]  # fmt: skip
    shown = leaving.labels(text.transcript.id)
    turns = [replace(turn, speaker=shown.get(turn.speaker or "", turn.speaker)) for turn in text.turns]
    return CodedTranscript(
        text.transcript.name, _facts(project, text, layer, entry, book, len(codings), len(segments), lang), text.text,
        turns, frozenset(questions), text.sentences, segments, used, lang, text.transcript.language,
    )  # fmt: skip


def _translation(said: Translated, lang: str) -> str:
    """What a segment says in another language, with who translated and who checked it."""
    key = "transl_checked" if said.checker else "transl"
    by = _FACTS[key].get(lang).format(language=said.language, by=said.translator, name=said.checker)
    return f"{said.text} ({by})"


def _marks(coding: Coding, book: Codebook, lang: str) -> tuple[str, ...]:
    words = [
        value.label.get(lang)
        for modifier in book.modifiers
        for value in modifier.values
        if coding.modifiers.get(modifier.ref) == value.ref
    ]
    return tuple(words + [flag.label.get(lang) for flag in book.flags if flag.ref in coding.flags])


def _facts(
    project: Project, text: OpenText, layer: Layer, entry: TranscriptConsensus, book: Codebook, codings: int,
    segments: int, lang: str,
) -> list[tuple[str, str]]:  # fmt: skip
    """What the document rests on, in its language."""

    def word(key: str, **values: object) -> str:
        return _FACTS[key].get(lang).format(**values)

    names = {coder.id: coder.name for coder in queries.coders(project.connection)}
    if layer.coder_id is not None:
        done = queries.reviewed(project.connection)
        read = any(t == text.transcript.id and c == layer.coder_id for t, c, _pass in done)
        who = f"{layer.name} ({word('done' if read else 'open')})"
    elif entry.adoption is not None:
        source = names.get(entry.adoption.source_coder_id, "?")
        how = word("adopted", names=source, because=entry.adoption.because)
        who = f"{word('consensus')}, {how}"
    else:
        readers = ", ".join(names.get(coder, "?") for coder in entry.coders)
        who = f"{word('consensus')}, {word('adjudicated', names=readers)}"
    about = [text.transcript.group, text.transcript.date, text.transcript.wave]
    return [
        (word("about"), " · ".join(filter(None, about))),
        (word("layer"), who),
        (word("codebook"), f"{book.ref} {book.version}"),
        (word("codings"), word("count", codings=codings, segments=segments)),
        (word("names"), word("as_stored")),
        (word("made"), f"{now()[:16].replace('T', ' ')} UTC, hsreview {__version__}"),
    ]
