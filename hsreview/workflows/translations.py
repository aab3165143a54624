"""Translations of segments: stored with their translator, checked by somebody else, shown beside the original."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.confidentiality import Translation as Translation
from hsreview.model.people import Coder
from hsreview.model.text import Span
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project import translations as stored
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.quotes import SEEN
from hsreview.project.segments import PlacedText, read_text
from hsreview.review import blind
from hsreview.workflows.coding import check_segment
from hsreview.workflows.consents import check_may_code

MACHINE = "machine"
"""Who translated, where no person did."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A translation with what it translates."""

    translation: Translation
    transcript_id: str
    transcript: str
    place: str
    """`12.3`: turn and sentence."""
    original: str
    """The words of the segment, as they stand in the text."""
    checker: str = ""
    """Name of who checked it; empty where nobody did."""

    @property
    def credit(self) -> str:
        """`Sali, checked by Daan`; who made it and who checked it, in the user's language."""
        return credit(self.translation.translator, self.checker)


def credit(translator: str, checker: str) -> str:
    """Who translated and who checked, in the user's language."""
    if not checker:
        return _("{translator}, not checked").format(translator=visible(translator))
    return _("{translator}, checked by {name}").format(translator=visible(translator), name=visible(checker))


def language_code(language: str) -> str:
    """A short name of a language. Raises UsageProblem for anything else."""
    code = language.strip().lower()
    if not 2 <= len(code) <= 8 or not code.isalpha() or code == SEEN:
        raise UsageProblem(
            _("{name} is no language; write a short one such as fr or en.").format(name=visible(language))
        )
    return code


def translations(
    project: Project, *, viewer: Coder | None = None, transcript: Transcript | None = None,
    translation_id: str | None = None,
) -> list[Placed]:  # fmt: skip
    """Translations that `viewer` may see, in the order of transcripts and places: one's own, and those of others where
    their work may be seen."""
    with project.snapshot():
        connection = project.connection
        found = stored.translations(
            connection, version_id=transcript.version_id if transcript else None, translation_id=translation_id
        )
        if not found:  # As in most texts: whoever opens one waits for nothing.
            return []
        seen = blind.sight(connection, viewer)
        known = {each.version_id: each for each in queries.transcripts(connection)}
        names = {coder.id: coder.name for coder in queries.coders(connection)}
        texts: dict[str, PlacedText] = {}
        placed = []
        for each in found:
            here = known.get(each.version_id)
            if here is None or not seen.work(here.id, each.coder_id):
                continue
            if each.version_id not in texts:
                texts[each.version_id] = read_text(connection, each.version_id)
            text = texts[each.version_id]
            placed.append(
                Placed(
                    each, here.id, here.name, text.place(each.start), text.text[each.start : each.end],
                    names.get(each.checked_by, each.checked_by),
                )
            )  # fmt: skip
    return sorted(placed, key=lambda each: (each.transcript, each.translation.start, each.translation.end))


def find_translation(project: Project, wish: str, *, viewer: Coder | None = None) -> Placed:
    """The translation with that id, the beginning or end of one, or the only one of the transcript with that name.

    Raises InputRefused when it means none, or more.
    """
    found = translations(project, viewer=viewer, translation_id=wish)
    every = [] if found else translations(project, viewer=viewer)
    if len(wish) >= 4:
        ids = [(each, each.translation.id) for each in every]
        found = found or [each for each, key in ids if key.startswith(wish) or key.endswith(wish)]
    named = [] if found else [each for each in every if fold(each.transcript) == fold(wish)]
    if len(named) > 1:
        raise InputRefused(
            _("{name} has several translations. Name one by its id:").format(name=visible(wish)),
            [Problem(f"{each.translation.id} ({each.translation.language})", each.place) for each in named],
        )
    found = found or named
    if len(found) != 1:
        raise InputRefused(
            _("Several translations are meant by {id}; give more of it.").format(id=visible(wish))
            if found
            else _("There is no translation {id} that you may see. See: hsreview translations").format(id=visible(wish))
        )
    return found[0]


def store_translation(
    project: Project, coder: Coder, version_id: str, start: int, end: int, language: str, text: str, *, by: str = "",
) -> Translation | None:  # fmt: skip
    """Store what `[start, end)` says in another language; an empty text takes the translation away (null).

    `by` is the translator (else the coder). A translation of just that segment into that language is changed, and has
    to be checked again. Raises InputRefused for a place outside of the text, or where consent is missing.
    """
    with project.act(coder.id) as act:
        return put_translation(project, act, coder, version_id, (start, end), language, text, by)


def put_translation(
    project: Project, act: Act, coder: Coder, version_id: str, span: Span, language: str, text: str, by: str
) -> Translation | None:
    """As `store_translation`, in an act that is open."""
    code, words = language_code(language), text.strip()
    check_segment(project, version_id, *span)
    present = _at(project, coder, version_id, span, code)
    if not words:
        if present is not None:
            act.remove("translation", present.id)
        return None
    check_may_code(project.connection, [version_id])
    translator = by.strip() or (present.translator if present and present.text == words else coder.name)
    if present is not None and (present.text, present.translator) == (words, translator):
        return present
    key = present.id if present is not None else new_id()
    said = {"text": words, "translator": translator, "checked_by": "", "coder_id": coder.id}
    if present is not None:
        act.put("translation", key, **said)
    else:
        act.put(
            "translation", key, version_id=version_id, start=span[0], end=span[1], language=code, created=act.at, **said
        )
    return stored.translations(project.connection, translation_id=key)[0]


def _at(project: Project, coder: Coder, version_id: str, span: Span, language: str) -> Translation | None:
    """The newest translation of just that segment that `coder` may see."""
    here = [
        each
        for each in stored.translations(project.connection, version_id=version_id)
        if (each.start, each.end, each.language) == (*span, language)
    ]
    seen = blind.sight(project.connection, coder)
    transcript = project.connection.execute("select transcript_id from text_version where id = ?", (version_id,))
    (transcript_id,) = transcript.fetchone()
    mine = [each for each in here if seen.work(transcript_id, each.coder_id)]
    return max(mine, key=lambda each: each.created, default=None)


def check_translation(project: Project, coder: Coder, wish: str) -> Placed:
    """Say that a translation was compared with the original. It is not for who made it, or who stored it.

    Raises InputRefused then, and when there is no such translation.
    """
    with project.act(coder.id) as act:
        found = find_translation(project, wish, viewer=coder).translation
        if coder.id == found.coder_id or fold(coder.name) == fold(found.translator):
            raise InputRefused(_("You made or stored this translation yourself: a second person checks it."))
        act.put("translation", found.id, checked_by=coder.id)
    return find_translation(project, found.id, viewer=coder)


def remove_translation(project: Project, coder: Coder, wish: str) -> Placed:
    """Take a translation away (undo brings it back). Returns what was removed."""
    with project.act(coder.id) as act:
        found = find_translation(project, wish, viewer=coder)
        act.remove("translation", found.translation.id)
    return found


def by_place(found: Sequence[Placed]) -> Mapping[tuple[str, int, int], list[Placed]]:
    """`(version id, start, end)` → the translations of just that segment."""
    places: dict[tuple[str, int, int], list[Placed]] = {}
    for each in found:
        at = each.translation
        places.setdefault((at.version_id, at.start, at.end), []).append(each)
    return places
