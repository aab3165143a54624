"""Disclosure control: which numbers of a layer may be published, so that no small cell can be worked out.

Small columns are counted together and small codes with their theme (roll-up before hiding); what remains is told in
bands. Then every theme is tried: whoever knows all that is published must find 0 as well as k − 1 possible in each
cell of the lowest band. Where they do not, more is left out, the least first. What is published of a theme: per
division (group, place) a cell for each column; its total, which is the sum of each division; and per column of the
first division its codes, each at most the theme and together at least the theme. Which columns lie in others (places
in a region, kinds of organisations in a group) is known to everybody, and so is what public files tell that are out
already. Themes share nobody's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsreview.analysis.earlier_files import EarlierFiles, ThemeSaid
from hsreview.analysis.hiding import Counts, choose
from hsreview.analysis.public_columns import GROUP, divide
from hsreview.analysis.public_columns import People as People
from hsreview.model.codebook import Code
from hsreview.model.dataset import Dataset
from hsreview.model.public import Band, Earlier, Public, PublicRow, PublicTable, Why, Withheld, band_of, label_of


def public_tables(
    dataset: Dataset, *, k: int, by: Sequence[str] = (), zones: Mapping[str, str] | None = None,
    earlier: Sequence[Earlier] = (),
) -> tuple[Public, People]:  # fmt: skip
    """The public tables of a layer: respondents mentioning each theme and code by group, and each theme by the
    attributes `by`; `zones` are places that are counted under another name. With where everybody counts.

    Of `earlier` public files, those that rest on the same data are laid beside the new one. Raises InputRefused when
    fewer than `k` respondents are heard in the interviews reviewed.
    """
    people, columns, left = divide(dataset, k, (GROUP, *by), zones or {})
    divisions = [people.of(table, heads) for table, heads in zip((GROUP, *by), columns, strict=True)]
    themes = _said(dataset, people)
    out = EarlierFiles.of(earlier, dataset, themes, divisions)
    rows: list[list[PublicRow]] = [[] for _table in columns]
    for said in themes:
        theme, codes = said.theme, [code for code, _people in said.codes]
        counts = Counts(
            [[len(of) for of in columns.values()] for columns in divisions],
            [[len(of & said.everyone) for of in columns.values()] for columns in divisions],
            [[len(of & persons) for of in divisions[0].values()] for _code, persons in said.codes],
            out.told(said),
        )
        shown = choose(counts, k)
        for table, count in enumerate(counts.cells):
            bands = [band_of(n, k) if table < shown.divisions else Band.HIDDEN for n in count]
            if len(columns[table]) > len(count):
                bands.append(band_of(counts.total, k) if shown.total else Band.HIDDEN)
            rows[table].append(PublicRow(theme.id, None, theme.ref, theme.label, tuple(bands)))
        listed = [n for n, cells in enumerate(counts.codes) if shown.codes and max(cells) >= k]
        for n in listed:
            few = [band_of(cell, k) for cell in counts.codes[n]]
            few += [Band.NONE] * (len(columns[0]) - len(few))
            rows[0].append(PublicRow(theme.id, codes[n].id, codes[n].ref, label_of(codes[n]), tuple(few)))
        small = [Withheld(Why.FEW_IN_EVERY_COLUMN, codes[n].ref, GROUP)
                 for n, cells in enumerate(counts.codes) if max(cells) < k]  # fmt: skip
        left += [*small, *(Withheld(why, theme.ref) for why in shown.why)]
    tables = tuple(
        PublicTable(name, tuple(heads), table) for name, heads, table in zip((GROUP, *by), columns, rows, strict=True)
    )
    found = Public(
        dataset.basis, k, len(dataset.transcripts), len(dataset.reviewed), len(people.known), tables,
        withheld=tuple(left), outdated=tuple(out.outdated),
    )  # fmt: skip
    return found, people


def _said(dataset: Dataset, people: People) -> list[ThemeSaid]:
    """Who mentions what in the interviews reviewed; themes without codes are left out."""
    found: dict[str, set[str]] = {}
    for segment in dataset.segments:
        if segment.transcript_id in dataset.reviewed and segment.respondent_id in people.known:
            found.setdefault(segment.coding.code_id, set()).add(segment.respondent_id or "")
    codes: dict[str, list[Code]] = {}
    for place in dataset.codebook.codes():
        codes.setdefault(place.theme.id, []).append(place.code)
    return [
        ThemeSaid(theme, [(code, frozenset(found.get(code.id, ()))) for code in codes[theme.id]])
        for theme in dataset.codebook.themes
        if theme.id in codes
    ]
