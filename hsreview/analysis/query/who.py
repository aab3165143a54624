"""Whose codings an answer holds: counts of interviews, respondents and organisations, each group beside its n."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsreview.analysis.divisions import group_bases
from hsreview.model.dataset import Dataset
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.matrices import GroupBase, GroupCount, NoShare

Voice = tuple[str, str | None]
"""A transcript, and who speaks there (null: nobody known); ids."""


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """What an answer holds of one group, and the n of the group. Counts rest on the interviews reviewed."""

    base: GroupBase
    count: GroupCount


def who(dataset: Dataset, voices: Mapping[Voice, int]) -> list[GroupAnswer]:
    """The groups in their order, those of which nobody was interviewed left out; at last all groups together.

    `voices` says how many codings each voice has in the answer.

    An interview (with its segments) counts in the groups of `interview_groups`, a respondent in those of
    `respondent_groups`, as in the theme matrices.
    """
    of_interview = {t.id: interview_groups(dataset, t) for t in dataset.transcripts}
    of_person = respondent_groups(dataset)
    answers = []
    for base in group_bases(dataset):
        mine = {v: n for v, n in voices.items() if base.group is None or base.group in of_interview[v[0]]}
        people = {p for t, p in voices if t in dataset.reviewed and p in of_person}
        people = {p for p in people if base.group is None or base.group in of_person[p or ""]}
        organisations = {dataset.respondents[p or ""].organisation_id for p in people} - {None}
        share = len(people) / base.respondents if base.no_share is NoShare.NONE else None
        reviewed, begun = (_counted(mine, dataset.reviewed, inside) for inside in (True, False))
        count = GroupCount(reviewed[0], len(people), len(organisations), reviewed[1], share, *begun)
        answers.append(GroupAnswer(base, count))
    return [each for each in answers if each.base.interviews or each.base.group is None]


def _counted(voices: Mapping[Voice, int], among: frozenset[str], inside: bool) -> tuple[int, int]:
    """Interviews and segments of those in (or not in) `among`."""
    chosen = {voice: n for voice, n in voices.items() if (voice[0] in among) is inside}
    return len({transcript for transcript, _person in chosen}), sum(chosen.values())
