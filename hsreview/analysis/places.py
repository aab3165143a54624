"""Where a code stands in the codebook, and in which order groups are shown."""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.model.codebook import CodePlace
from hsreview.model.dataset import Dataset
from hsreview.model.groups import interview_groups, respondent_groups


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
