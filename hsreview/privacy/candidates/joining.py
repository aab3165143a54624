"""The union of what all engines propose: overlapping stretches become one, which nobody cuts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hsreview.privacy.candidates.candidate import Candidate, Found
from hsreview.privacy.candidates.proposals import FIXED, LONGEST, Proposal


def joined(proposals: Iterable[Proposal]) -> list[Candidate]:
    """Candidates in the order of the text; each covers what overlaps one another, up to the longest name."""
    found: list[Candidate] = []
    together: list[Proposal] = []
    end = -1
    for each in sorted(proposals, key=lambda each: (each.start, -each.end)):
        if together and each.start < end and max(end, each.end) - together[0].start > LONGEST and each.sure < FIXED:
            if each.end <= end:
                continue
            each = replace(each, start=end)
        if together and each.start >= end:
            found.append(_one(together))
            together = []
        end = max(end, each.end) if together else each.end
        together.append(each)
    return [*found, _one(together)] if together else found


def beyond(found: Sequence[Candidate], proposals: Iterable[Proposal]) -> list[Proposal]:
    """Those of the proposals, in the order of the text, that say more than the candidates there do."""
    new: list[Proposal] = []
    at = 0
    for each in proposals:
        while at < len(found) and found[at].end <= each.start:
            at += 1
        if at == len(found) or found[at].start > each.start or found[at].end < each.end:
            new.append(each)
    return new


def _one(proposals: list[Proposal]) -> Candidate:
    start, end = proposals[0].start, max(each.end for each in proposals)
    surest = max(proposals, key=lambda each: (each.sure >= FIXED, each.sure > 1, each.end - each.start, each.sure))
    engines = dict.fromkeys(each.engine for each in proposals)
    # A whole name (Paix Diallo) is no common word, though a part of it is one.
    also_word = all(each.also_word for each in proposals)
    return Candidate(start, end, surest.name_class, tuple(Found(each) for each in engines), also_word)
