"""Where a code stands in the codebook, in which order groups are shown, and the n of each."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.codebook import CodePlace
from hsreview.model.dataset import Dataset, Reading
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.matrices import MIN_PEOPLE, GroupBase, NoShare


def code_places(dataset: Dataset) -> Mapping[str, CodePlace]:
    """Code id → its place. Raises ValueError when a coding bears a code that the codebook does not have."""
    places = {place.code.id: place for place in dataset.codebook.codes()}
    missing = {s.coding.code_id for s in dataset.segments} - places.keys()
    if missing:
        raise ValueError(f"codings bear {len(missing)} codes that the codebook does not have: {min(missing)} …")
    return places


def group_order(dataset: Dataset) -> tuple[str, ...]:
    """Every group: those of the codebook in its order (even when nobody is in them), then others by name."""
    known = [g.ref for g in dataset.codebook.groups]
    found = {g for t in dataset.transcripts for g in interview_groups(dataset, t)}
    found.update(g for groups in respondent_groups(dataset).values() for g in groups)
    others = sorted(found.difference(known, {""}))
    return (*known, *others, *([""] if "" in found else []))


def group_base(
    dataset: Dataset,
    group: str | None,
    of_interview: Mapping[str, tuple[str, ...]],
    of_person: Mapping[str, tuple[str, ...]],
) -> GroupBase:
    """The n of one group (null: of all together), given the groups of every interview and of every respondent."""
    interviews = [t for t, groups in of_interview.items() if group is None or group in groups]
    heard = {p for t in of_interview if t in dataset.reviewed for p in dataset.respondents_of.get(t, ())}
    people = [p for p in heard if p in of_person and (group is None or group in of_person[p])]
    organisations = {dataset.respondents[p].organisation_id for p in people} - {None}
    no_share = NoShare.EMPTY if not people else NoShare.SMALL if len(people) < MIN_PEOPLE else NoShare.NONE
    return GroupBase(
        group,
        len(interviews),
        sum(t in dataset.reviewed for t in interviews),
        len(people),
        len(organisations),
        no_share,
        sum(t in dataset.begun for t in interviews),
        sum(dataset.reading(t) is Reading.UNSETTLED for t in interviews),
    )
