"""Tidy pandas frames of one layer, and what is counted from them.

Nothing here sums over coders: a dataset is one layer. Counts of mentions are counts of different interviews,
respondents and organisations, never of codings. They rest on the interviews reviewed; those merely begun are counted
apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from hsreview.analysis.covering import covered
from hsreview.analysis.places import code_places, group_base, group_order
from hsreview.model.codebook import Status
from hsreview.model.dataset import Dataset
from hsreview.model.groups import interview_groups, respondent_groups
from hsreview.model.matrices import (
    GroupBase,
    GroupCount,
    InterviewRow,
    NoShare,
    ThemeGroup,
    ThemeGroupRow,
    ThemeInterview,
    ThemeSum,
)


def segments_frame(dataset: Dataset) -> pd.DataFrame:
    """One row per coding: `transcript`, `theme`, `code`, `respondent`, `organisation`, `start`, `end`.

    The first five are categories of ids (themes and codes in the order of the codebook); respondent and
    organisation may be missing. Offsets are code points, half-open.
    """
    places = code_places(dataset)
    segments = dataset.segments

    def category(values: Iterable[str | None], among: Iterable[str]) -> pd.Categorical:
        return pd.Categorical(list(values), categories=list(dict.fromkeys(among)))

    people = {r.id: r.organisation_id for r in dataset.respondents.values()}
    return pd.DataFrame(
        {
            "transcript": category((s.transcript_id for s in segments), (t.id for t in dataset.transcripts)),
            "theme": category(
                (places[s.coding.code_id].theme.id for s in segments), (t.id for t in dataset.codebook.themes)
            ),
            "code": category((s.coding.code_id for s in segments), places),
            "respondent": category((s.respondent_id for s in segments), people),
            "organisation": category(
                (people.get(s.respondent_id or "") for s in segments), (o for o in people.values() if o)
            ),
            "start": [s.coding.start for s in segments],
            "end": [s.coding.end for s in segments],
        }
    )


def theme_matrix(frame: pd.DataFrame) -> pd.DataFrame:
    """Segments of each theme (columns) in each interview (rows), zeros included."""
    counts = frame.groupby(["transcript", "theme"], observed=True).size().unstack("theme", fill_value=0)
    return counts.reindex(index=frame["transcript"].cat.categories, columns=frame["theme"].cat.categories, fill_value=0)


def theme_interview(dataset: Dataset, frame: pd.DataFrame) -> ThemeInterview:
    """Theme × interview: segments, and respondents' words where `dataset.word_starts` has the interview."""
    matrix = theme_matrix(frame)
    themes = tuple(t.id for t in dataset.codebook.themes)
    counts = dict(zip(matrix.index, matrix.to_numpy().tolist(), strict=True))
    codings = {str(t): part for t, part in frame.groupby("transcript", observed=True)}
    rows = []
    for transcript in dataset.transcripts:
        starts = dataset.word_starts.get(transcript.id)
        words = None
        if starts is not None:
            found = theme_words(codings[transcript.id], starts) if transcript.id in codings else {}
            words = tuple(found.get(theme, 0) for theme in themes)
        rows.append(
            InterviewRow(
                transcript.id,
                dataset.reading(transcript.id),
                tuple(counts[transcript.id]),
                words,
                dataset.respondent_words.get(transcript.id) if starts is None else len(starts),
            )
        )
    return ThemeInterview(themes, rows, _sums(matrix, dataset.reviewed), _sums(matrix, dataset.begun))


def _sums(matrix: pd.DataFrame, among: frozenset[str]) -> tuple[ThemeSum, ...]:
    part = matrix[matrix.index.isin(among)]
    return tuple(ThemeSum(int(n), int(m)) for n, m in zip(part.sum(), (part > 0).sum(), strict=True))


def theme_words(codings: pd.DataFrame, starts: Sequence[int]) -> Mapping[str, int]:
    """Theme id → words of one interview under the theme; a word under two segments counts once.

    `codings` are that interview's rows of the segments frame, `starts` the ascending offsets of its words.
    """
    result = {}
    for theme, part in codings.sort_values("start", kind="stable").groupby("theme", observed=True):
        spans = zip(part["start"].tolist(), part["end"].tolist(), strict=True)
        result[str(theme)] = covered(starts, spans)
    return result


def theme_group(dataset: Dataset, frame: pd.DataFrame) -> ThemeGroup:
    """Theme × group and code × group: interviews, respondents and organisations mentioning, and segments.

    An interview counts in the groups of `interview_groups`, a respondent in those of `respondent_groups`;
    a respondent mentions a theme when theirs are the first respondent's words that a segment of it touches. Merged,
    refused and retired codes have a row only when the layer still uses them. Every n and count is of the interviews
    reviewed, but for those of `begun`.
    """
    of_interview = {t.id: interview_groups(dataset, t) for t in dataset.transcripts}
    of_person = respondent_groups(dataset)
    groups = group_order(dataset)
    bases = [group_base(dataset, group, of_interview, of_person) for group in (*groups, None)]
    reviewed, begun = (frame[frame["transcript"].isin(part)] for part in (dataset.reviewed, dataset.begun))
    by_interview, by_begun = (_with_groups(part, "transcript", of_interview) for part in (reviewed, begun))
    by_person = _with_groups(reviewed, "respondent", of_person)
    themes, codes = (
        _joined(_counts(reviewed, by_interview, by_person, key), _counts(begun, by_begun, by_begun, key))
        for key in ("theme", "code")
    )
    rows: list[ThemeGroupRow] = []

    def row(theme: str, code: str | None, found: Mapping[tuple[str, str | None], GroupCount]) -> None:
        counts = (_shared(found.get((code or theme, base.group), GroupCount()), base) for base in bases)
        rows.append(ThemeGroupRow(theme, code, tuple(counts)))

    codes_of: dict[str, list[str]] = {theme.id: [] for theme in dataset.codebook.themes}
    for place in dataset.codebook.codes():
        if place.code.status in (Status.ACTIVE, Status.PROPOSED) or (place.code.id, None) in codes:
            codes_of[place.theme.id].append(place.code.id)
    for theme, its_codes in codes_of.items():
        row(theme, None, themes)
        for code in its_codes:
            row(theme, code, codes)
    return ThemeGroup(tuple(bases), rows)


def _with_groups(frame: pd.DataFrame, column: str, groups: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    """The rows of `frame`, once per group of the thing in `column`."""
    pairs = [(thing, group) for thing, of in groups.items() for group in of]
    table = pd.DataFrame(
        {
            column: pd.Categorical([p[0] for p in pairs], categories=frame[column].cat.categories),
            "group": pd.Series([p[1] for p in pairs], dtype="object"),
        }
    )
    return frame.dropna(subset=[column]).merge(table, on=column)


def _counts(
    frame: pd.DataFrame, by_interview: pd.DataFrame, by_person: pd.DataFrame, key: str
) -> Mapping[tuple[str, str | None], GroupCount]:
    """(Theme or code id, group) → counts; the group null stands for all groups together."""
    result: dict[tuple[str, str | None], GroupCount] = {}
    for interviews, persons, by in ((by_interview, by_person, [key, "group"]), (frame, frame, [key])):
        seen = interviews.groupby(by, observed=True)["transcript"].agg(["size", "nunique"])
        people = persons.groupby(by, observed=True)[["respondent", "organisation"]].nunique()
        table = seen.join(people, how="outer").fillna(0).astype(int)
        for index, row in zip(table.index, table.itertuples(index=False), strict=True):
            segments, mentioning, respondents, organisations = (int(n) for n in row)
            name = (str(index), None) if len(by) == 1 else (str(index[0]), str(index[1]))
            result[name] = GroupCount(mentioning, respondents, organisations, segments)
    return result


def _joined(
    reviewed: Mapping[tuple[str, str | None], GroupCount], begun: Mapping[tuple[str, str | None], GroupCount]
) -> Mapping[tuple[str, str | None], GroupCount]:
    """The counts of the interviews reviewed, with those of the interviews begun beside them."""
    result = dict(reviewed)
    for name, count in begun.items():
        known = result.get(name, GroupCount())
        result[name] = replace(known, begun=count.interviews, begun_segments=count.segments)
    return result


def _shared(count: GroupCount, base: GroupBase) -> GroupCount:
    if base.no_share is not NoShare.NONE:
        return count
    return replace(count, share=count.respondents / base.respondents)
