"""What remains recognisable in stored texts, as far as rules see it: the report on residual risk, without any name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from hsreview.base.errors import HsreviewError
from hsreview.model.confidentiality import Masking
from hsreview.model.naming import NameClass
from hsreview.privacy.candidates import Candidate, Source
from hsreview.privacy.indirect import indirect
from hsreview.privacy.register import Register, State
from hsreview.privacy.replacing import inside
from hsreview.privacy.spelling import bare, key_of
from hsreview.project.maskings import left_out, maskings
from hsreview.project.project import Project
from hsreview.workflows.name_finding import find_names
from hsreview.workflows.reading import OpenText, open_text, transcripts

LEFT_OUT = ("headers", "footers", "footnotes", "comments", "deletions", "hidden", "images", "objects", "attachments")
"""Doubts of readers that tell what of a document was not taken; its properties (author, title) never are."""
_PLACES = frozenset({NameClass.PLACE.value, NameClass.ORGANISATION.value, NameClass.EXACT_PLACE.value})


@dataclass(frozen=True, slots=True)
class TextRisk:
    """What remains in one transcript."""

    transcript_id: str
    name: str = field(repr=False)
    replaced: Mapping[str, int]
    """Class → replacements in the newest text."""
    pseudonymised: bool
    """Whether names were looked for before it was stored, or masked later."""
    undecided: Mapping[str, int]
    """Class → candidates that were open when it was stored."""
    left: Mapping[str, int]
    """Class → what rules take for a name in the stored text."""
    found_by: Mapping[str, int]
    """Engine → how many of these it proposed."""
    refused: int | None
    """How many of them somebody left as they are; null when the key file was not opened."""
    indirect: tuple[int, ...]
    """Turns in which somebody could be recognised by an office with a place, or as the only one."""
    left_out: Mapping[str, int]
    """What of the document was not taken, by the reader's word."""
    engines: tuple[str, ...]
    """What had looked for names before it was stored."""


@dataclass(frozen=True, slots=True)
class Risk:
    """The report."""

    texts: tuple[TextRisk, ...]
    engines: tuple[str, ...]
    """What looked for names now."""


def residual_risk(
    project: Project, register: Register | None = None, *, with_model: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Risk:  # fmt: skip
    """Look through the newest texts of all transcripts. With the register, what was left on purpose is told apart."""
    texts = list(_readable(project))
    sources = [Source(t.version.id, t.text, t.transcript.language, t.turns) for t in texts]
    finding = find_names(sources, with_model=with_model, progress=progress)
    assert finding is not None  # Nobody can cancel it.
    by_transcript: dict[str, list[Masking]] = {}
    for masking in maskings(project.connection):
        by_transcript.setdefault(masking.transcript_id, []).append(masking)
    out = left_out(project.connection)
    found = tuple(
        _risk(
            text,
            by_transcript.get(text.transcript.id, []),
            finding.candidates[text.version.id],
            register,
            out.get(text.transcript.id, {}),
        )
        for text in texts
    )
    return Risk(found, finding.engines)


def _readable(project: Project) -> Iterator[OpenText]:
    for transcript in transcripts(project):
        with suppress(HsreviewError):  # Its text is withheld or erased.
            yield open_text(project, transcript)


def _risk(
    text: OpenText, masks: Sequence[Masking], candidates: Sequence[Candidate], register: Register | None,
    out: Mapping[str, int],
) -> TextRisk:  # fmt: skip
    given = {key_of(item.replacement) for mask in masks for item in mask.items}
    here = [item for mask in masks if mask.version_id == text.version.id for item in mask.items]
    # A text that was corrected by hand tells nothing of replacements itself: those of the one before it stand.
    last = text.version.id if here or not masks else masks[-1].version_id
    replaced = inside((item.start, item.end) for item in here)
    forms = [(each, bare(text.text[each.start : each.end])) for each in candidates]
    left = [(each, form) for each, form in forms if key_of(form) not in given and not replaced(each.start, each.end)]
    refused = None
    if register is not None:
        names = [register.find(form) for _each, form in left]
        refused = sum(name is not None and name.state is State.KEPT for name in names)
    places = [(each.start, each.end) for each, _form in forms if each.name_class.value in _PLACES]
    places += [(item.start, item.end) for item in here if item.kind in _PLACES]
    spots = indirect(text.text, text.sentences, places)
    turns = {turn.number for start, _end in spots for turn in text.turns if turn.start <= start < turn.end}
    return TextRisk(
        text.transcript.id, text.transcript.name,
        Counter(item.kind for mask in masks if mask.version_id == last for item in mask.items), bool(masks),
        Counter({kind: n for mask in masks[:1] for kind, n in mask.undecided.items()}),
        Counter(each.name_class.value for each, _form in left),
        Counter(engine.engine for each, _form in left for engine in each.found), refused, tuple(sorted(turns)),
        {code: n for code, n in out.items() if code in LEFT_OUT},
        tuple(dict.fromkeys(engine for mask in masks for engine in mask.engines)),
    )  # fmt: skip
