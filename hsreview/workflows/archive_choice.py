"""Which transcripts may go into an archive, under which numbers, and why the others may not."""

from __future__ import annotations

import json

from hsreview.base.ids import now
from hsreview.base.messages import _
from hsreview.model.archive import ArchiveWish, Chosen, LeftOut
from hsreview.model.people import Respondent
from hsreview.model.transcript import Transcript
from hsreview.privacy.consent import may_archive
from hsreview.project import queries
from hsreview.project.consents import Speaking, speaking
from hsreview.project.project import Project


def choose(project: Project, wish: ArchiveWish) -> Chosen:
    """What may be archived today. The same project gives the same numbers."""
    connection = project.connection
    there = {each.transcript_id: each for each in speaking(connection)}
    people = {each.id: each for each in queries.respondents(connection)}
    masked = _masked(project)
    kept: dict[str, Transcript] = {}
    left: list[LeftOut] = []
    for transcript in sorted(queries.transcripts(connection), key=lambda each: each.id):
        refused = _refused(project, transcript, there[transcript.id], people, masked, wish)
        if refused is None:
            kept[f"T{len(kept) + 1:03}"] = transcript
        else:
            left.append(refused)
    heard = {key for each in kept.values() for key in there[each.id].people if key in people}
    coders = sorted(queries.coders(connection), key=lambda each: each.id)
    return Chosen(
        kept,
        {f"R{n:03}": people[key] for n, key in enumerate(sorted(heard), 1)},
        {each.id: each.name if wish.coder_names else f"coder-{n}" for n, each in enumerate(coders, 1)},
        tuple(left),
        masked,
    )


def _refused(
    project: Project, transcript: Transcript, here: Speaking, people: dict[str, Respondent],
    masked: dict[str, tuple[int, int]], wish: ArchiveWish,
) -> LeftOut | None:  # fmt: skip
    """Why a transcript is left out; null when it may go."""
    if not queries.text_of(project.connection, transcript.version_id):
        return LeftOut(transcript, _("its text is withheld or erased"), "withheld")
    today = now()
    answers = [may_archive(people[key].consent, today) for key in here.people if key in people]
    refused = next((each for each in answers if not each.allowed), None)
    if refused is not None:
        return LeftOut(transcript, refused.why, "consent")
    if here.unnamed or not (answers or here.nobody):
        return LeftOut(transcript, _("it is not known who speaks"), "unknown_speaker")
    if transcript.id not in masked and not wish.names_replaced_before:
        why = _("nobody looked for names in it here (import --pseudonymise, or: hsreview mask)")
        return LeftOut(transcript, why, "names")
    return None


def _masked(project: Project) -> dict[str, tuple[int, int]]:
    """Transcript id → names replaced in its present text, and candidates about which nobody decided."""
    found: dict[str, tuple[int, int]] = {}
    for transcript_id, items, undecided in project.connection.execute(
        "select transcript_id, items, undecided from masking where removed = 0 and items is not null order by at, id"
    ):
        before = found.get(transcript_id, (0, 0))
        found[transcript_id] = (
            max(before[0], len(json.loads(items))),
            sum(json.loads(undecided).values()) if undecided else 0,
        )
    return found
