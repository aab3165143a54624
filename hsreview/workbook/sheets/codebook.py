"""The codes with their rules, and how much this layer uses them."""

from __future__ import annotations

from collections.abc import Iterator

from hsreview.model.codebook import Code, CodePlace
from hsreview.model.dataset import CodeFacts
from hsreview.model.matrices import GroupCount
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context, table_columns
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import COUNT, HUE_FILLS, ID, SHORT, TEXT, Look

_RULES = ("definition", "use", "not_use", "example")


def write(context: Context, book: Book, order: int) -> None:
    """One row per code, in the order of the codebook."""
    words = context.words
    narrow = len(words.languages) > 1
    columns = [
        Column(words("code"), 9, ID, repeat=True),
        Column(f"{words('label')} (fr)", 20, TEXT),
        Column(f"{words('label')} (en)", 20, TEXT),
        *(Column(h, 26 if narrow else 36, TEXT) for key in _RULES for h in context.in_languages(key)),
        Column(words("question"), 18, TEXT),
        Column(words("n_segments"), 10, COUNT),
        Column(words("n_interviews"), 10, COUNT),
        Column(words("n_coders"), 10, COUNT),
    ]
    printed = len(columns)
    columns += [
        Column(words("status"), 10, SHORT),
        Column(words("colour"), 10, SHORT),
        *(Column(h, 24, TEXT) for h in context.level_headers()),
        *(Column(h, 40, TEXT) for h in context.in_languages("path")),
        Column(words("added"), 12, ID),
        Column(words("changed"), 12, ID),
        Column(words("part"), 8, SHORT),
    ]
    plan = Plan(
        "codebook",
        words.title("codebook"),
        table_columns(columns),
        table="codebook",
        freeze=3,
        part=len(columns) - 1,
        printed=printed,
    )
    sheet = book.sheet(plan, order)
    used = {row.code_id: row.counts[-1] for row in context.matrices.groups.rows}
    unused = GroupCount()
    hues = {q.ref: q.hue for q in context.dataset.codebook.questions}
    for place in context.places.values():
        code = place.code
        facts = context.dataset.code_facts.get(code.id, CodeFacts())
        sheet.row(
            [
                code.ref,
                code.label.fr,
                code.label.en,
                *(text for key in _RULES for text in context.texts(getattr(code, key))),
                _questions(context, place),
                used.get(code.id, unused).segments + used.get(code.id, unused).begun_segments,
                used.get(code.id, unused).interviews + used.get(code.id, unused).begun,
                facts.coders,
                words.known("status", code.status.value),
                _colour(context, code, next((hues[q] for q in place.questions if hues.get(q)), "")),
                *context.levels(place),
                *(place.path(language) for language in words.languages),
                facts.added,
                facts.changed,
                None,
            ]
        )


def _questions(context: Context, place: CodePlace) -> str:
    def names() -> Iterator[str]:
        by_ref = {q.ref: q for q in context.dataset.codebook.questions}
        for ref in place.questions:
            yield context.named(ref, by_ref[ref].short) if ref in by_ref else ref

    return "\n".join(names())


def _colour(context: Context, code: Code, of_question: str) -> Value:
    hue = code.hue or of_question
    if not hue:
        return None
    return Styled(context.words.known("hue", hue), Look(fill=HUE_FILLS.get(hue, "")))
