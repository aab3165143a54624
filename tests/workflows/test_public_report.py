"""The public report tells what the public tables hold, and nothing else."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from hsreview.model.dataset import Dataset
from hsreview.model.people import Consent, ConsentStatus
from hsreview.model.public import Public, band_words
from hsreview.model.report import Grid, Heading, Paragraph, Quotation, Report
from hsreview.workflows.public_report import public_report
from hsreview.workflows.publishing import published
from hsreview.workflows.quotes import Quote, State
from tests.analysis.layers import a_layer

OPEN = Consent(ConsentStatus.WRITTEN, ("analysis", "quotes"), "group")


def layer(seed: int) -> tuple[Dataset, list[Quote]]:
    """A layer with consent for quotes, and a quote in every state."""
    dice, found = random.Random(seed), a_layer(seed, interviews=30, codings=150)
    dataset = replace(found, respondents={key: replace(r, consent=OPEN) for key, r in found.respondents.items()})
    return dataset, [
        Quote(
            s.coding.id, s.transcript_id, s.transcript_id, s.coding.version_id, s.coding.start, s.coding.end, s.place,
            f"words of {s.coding.id}", (s.coding.code_id,), "anna", dice.choice(list(State)), (), "ben", "anna", "", {},
            (dataset.respondents[s.respondent_id],), True,
        )
        for s in dataset.segments
        if s.respondent_id and dice.random() < 0.4
    ]  # fmt: skip


def made(seed: int, lang: str = "en") -> tuple[Dataset, list[Quote], Public, Report]:
    dataset, quotes = layer(seed)
    public = published(dataset, quotes, {})
    book = dataset.codebook
    return dataset, quotes, public, public_report(public, book, book.questions, ["Methods."], lang, whole=True)


def texts(report: Report) -> list[str]:
    found = [report.title, report.mark, report.footer]
    for block in report.blocks:
        match block:
            case Grid(headers, rows):
                found += [*headers, *(cell for row in rows for cell in row)]
            case Quotation(text, source, mark, translations):
                found += [text, source, mark, *translations]
            case Heading(_, text) | Paragraph(text):
                found.append(text)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_it_holds_bands_and_no_counts(seed: int) -> None:
    _dataset, _quotes, public, report = made(seed)
    bands = {band_words(band, public.k) for table in public.tables for row in table.rows for band in row.bands}
    cells = [cell for block in report.blocks if isinstance(block, Grid) for row in block.rows for cell in row[2:]]
    assert cells and set(cells) <= bands
    sizes = {int(n) for text in texts(report) for n in re.findall(r"\(n = (\d+)\)", text)}
    assert sizes <= {column.n for table in public.tables for column in table.columns} and min(sizes) >= public.k


@pytest.mark.parametrize("seed", range(6))
def test_it_names_no_person_and_no_interview(seed: int) -> None:
    dataset, _quotes, _public, report = made(seed)
    names = {r.name for r in dataset.respondents.values()} | {t.name for t in dataset.transcripts}
    names |= {o.name for o in dataset.organisations.values()}
    told = "\n".join(texts(report))
    assert not [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told)]


@pytest.mark.parametrize("seed", range(6))
def test_it_shows_released_quotes_only(seed: int) -> None:
    _dataset, quotes, public, report = made(seed)
    shown = [block.text for block in report.blocks if isinstance(block, Quotation)]
    released = {f"“{each.text}”" for each in quotes if each.state is State.RELEASED}
    assert set(shown) <= released and len(shown) <= len(public.quotes)


def test_its_mark_says_for_whom_it_is_in_both_languages() -> None:
    assert made(1)[3].mark.startswith("PUBLIC:") and made(1, "fr")[3].mark.startswith("PUBLIC\u00a0:")
