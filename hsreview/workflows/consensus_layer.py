"""The consensus layer as exports see it: whether it is complete, and how each transcript came into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsreview.base.errors import InputRefused, Problem
from hsreview.base.messages import N_, _
from hsreview.model.localized import Localized
from hsreview.model.review import Entry, TranscriptConsensus

INSIDE = (Entry.ADJUDICATED, Entry.ADOPTED)
OUTSIDE = {
    Entry.OPEN: N_("differences are open"),
    Entry.SINGLE: N_("one coder reviewed it, and nobody adopted that layer"),
}


def inside(states: Sequence[TranscriptConsensus]) -> frozenset[str]:
    """Ids of the transcripts that are in the consensus."""
    return frozenset(each.transcript_id for each in states if each.entry in INSIDE)


def unsettled(states: Sequence[TranscriptConsensus]) -> frozenset[str]:
    """Ids of the transcripts that were reviewed and are not in the consensus."""
    return frozenset(each.transcript_id for each in states if each.entry in OUTSIDE)


def check_complete(states: Sequence[TranscriptConsensus], names: Mapping[str, str]) -> None:
    """Raise InputRefused, with every transcript that was reviewed and is neither adjudicated nor adopted."""
    missing = [each for each in states if each.entry in OUTSIDE]
    if missing:
        raise InputRefused(
            _(
                "These transcripts were reviewed and are not in the consensus. Settle them, or ask for an export of a "
                "part with --partial. Nothing was written."
            ),
            [
                Problem(_(OUTSIDE[each.entry]), names.get(each.transcript_id, each.transcript_id), each.entry.value)
                for each in missing
            ],
        )


_TITLES: Mapping[str, Localized] = {
    "adjudicated": Localized(fr="arbitrées", en="adjudicated"),
    "adopted": Localized(fr="adoptées de {coder} ({because})", en="adopted from {coder} ({because})"),
    "open": Localized(fr="non incluses, désaccords ouverts", en="not included, differences open"),
    "single": Localized(fr="non incluses, un seul lecteur", en="not included, one reader"),
    "unread": Localized(fr="non incluses, pas encore relues", en="not included, not reviewed"),
    "count": Localized(fr="{n} transcriptions sur {all}", en="{n} of {all} transcripts"),
    "one": Localized(fr="{n} transcription sur {all}", en="{n} of {all} transcripts"),
}


def statement(
    states: Sequence[TranscriptConsensus], names: Mapping[str, str], coders: Mapping[str, str], lang: str
) -> str:
    """How each transcript stands, in the language (or both languages) of an export."""
    return " / ".join(_statement(states, names, coders, each) for each in ("fr", "en") if lang in (each, "both"))


def _statement(
    states: Sequence[TranscriptConsensus], names: Mapping[str, str], coders: Mapping[str, str], lang: str
) -> str:
    groups: dict[str, list[str]] = {}
    for each in sorted(states, key=lambda state: list(Entry).index(state.entry)):
        title = _TITLES[each.entry.value].get(lang)
        if each.entry is Entry.ADOPTED and each.adoption is not None:
            source = coders.get(each.adoption.source_coder_id, each.adoption.source_coder_id)
            title = title.format(coder=source, because=each.adoption.because)
        groups.setdefault(title, []).append(names.get(each.transcript_id, each.transcript_id))
    colon = "\u00a0: " if lang == "fr" else ": "
    among = len(inside(states))
    count = _TITLES["one" if among < 2 else "count"].get(lang).format(n=among, all=len(states))
    return " · ".join([count, *(title + colon + ", ".join(them) for title, them in groups.items())])
