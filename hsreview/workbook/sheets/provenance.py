"""Provenance: what the figures rest on, what each sheet holds, how to read it. The file's mark stands on top."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from hsreview.model.dataset import Dataset, Reading
from hsreview.model.matrices import MIN_PEOPLE, GroupBase
from hsreview.model.people import ConsentStatus, Respondent
from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.layout import location
from hsreview.workbook.rowxml import Styled
from hsreview.workbook.sheet import Column, Plan, Sheet
from hsreview.workbook.styles import ALERT, HEADER, LINK, TEXT, TITLE

Pair = tuple[str, str]


def write(context: Context, book: Book, order: int) -> None:
    """Written when the other sheets are there, placed before them."""
    words = context.words
    others = [(sheet, part.title, part.rows - part.header_row) for sheet, part in book.parts()]
    plan = Plan(
        "provenance",
        words.title("provenance"),
        (Column("", 34, replace(TEXT, bold=True)), Column("", 110, TEXT)),
        header=False,
        alert=True,
    )
    sheet = book.sheet(plan, order)
    sheet.row([Styled(words("internal"), ALERT), Styled(None, ALERT)])
    sheet.row([Styled(context.dataset.basis.project, TITLE), None])
    for label, value in _facts(context, book, sum(s.links_left_out for s, _t, _r in others)):
        sheet.row([label, value])
    _heading(sheet, words("sheets"))
    for other, title, rows in others:
        about = f"{words(f'about_{other.plan.key}')} ({words('rows', n=rows)})"
        sheet.row([Styled(title, replace(LINK, format="General"), location(title, "A1")), about])
    _heading(sheet, words("reading"))
    for label, value in _reading(context):
        sheet.row([label, value])


def _heading(sheet: Sheet, text: str) -> None:
    sheet.row([None, None])
    sheet.row([Styled(text, HEADER), Styled(None, HEADER)])


def _facts(context: Context, book: Book, links_left_out: int) -> Iterator[Pair]:
    words, dataset = context.words, context.dataset
    basis, codebook = dataset.basis, dataset.codebook
    yield words("project"), basis.project
    yield words("project_id"), basis.project_id
    yield words("layer"), words.whose(basis)
    yield words("coders"), ", ".join(_coders(context)) or "–"
    title = words.join(codebook.title) or basis.codebook
    yield words("codebook_used"), words("version_of", title=title, ref=basis.codebook, version=basis.codebook_version)
    if basis.codebook_hash:
        yield words("codebook_hash"), basis.codebook_hash
    for question in codebook.questions:
        yield words("question_n", ref=question.ref), words.join(question.text)
    yield words("selection"), basis.selection or words("everything")
    *groups, whole = context.matrices.groups.groups
    yield words("interviews"), _read(context, whole)
    for base in groups:
        if base.interviews:
            yield f"{words('interviews')} · {context.group_title(base.group or '')}", _read(context, base)
    yield words("basis_of_n"), words("basis_of_n_consensus" if basis.layer_coder is None else "basis_of_n_coder")
    yield words("respondents"), _respondents(context, whole)
    yield words("organisations"), words("in_reviewed", n=whole.organisations)
    spans = {(s.transcript_id, s.coding.start, s.coding.end) for s in dataset.segments}
    begun = sum(s.transcript_id in dataset.begun for s in dataset.segments)
    said = words("on_segments", codings=len(dataset.segments), segments=len(spans))
    yield words("codings"), f"{said} · {words('in_begun', n=begun)}" if begun else said
    yield words("consent"), _consent(context)
    if dataset.held_back:
        yield words("words_held_back"), _held_back(context)
    yield words("pseudonyms"), words("pseudonyms_state")
    yield words("made"), basis.made
    yield words("tool"), basis.tool
    yield words("replaced"), words("replaced_value", n=book.report.replaced)
    yield words("split"), words("split_value", n=book.report.split)
    if links_left_out:
        yield words("links_left_out"), str(links_left_out)


def _read(context: Context, base: GroupBase) -> str:
    consensus = context.dataset.basis.layer_coder is None
    return context.words(
        "settled_of" if consensus else "read_of",
        reviewed=base.reviewed,
        begun=base.begun,
        unsettled=base.unsettled,
        not_read=base.interviews - base.reviewed - base.begun - base.unsettled,
        all=base.interviews,
    )


def _coders(context: Context) -> list[str]:
    """Who made the codings of this layer: their names, each person once."""
    ids = dict.fromkeys(s.coding.coder_id for s in context.dataset.segments if s.coding.coder_id)
    coders = context.dataset.coders
    return sorted(coders[i].name if i in coders else i for i in ids)


def _heard(dataset: Dataset) -> list[Respondent]:
    """The respondents in the interviews that this layer read, those merely begun included."""
    ids = {p for t in dataset.reviewed | dataset.begun for p in dataset.respondents_of.get(t, ())}
    return [dataset.respondents[i] for i in sorted(ids) if i in dataset.respondents]


def _nameless(dataset: Dataset) -> int:
    return sum(dataset.nameless.get(t, 0) for t in dataset.reviewed | dataset.begun)


def _respondents(context: Context, whole: GroupBase) -> str:
    """Those in the n, then the others of whom the layer has words: together as many as the consents."""
    words, dataset = context.words, context.dataset
    more, nameless = len(_heard(dataset)) - whole.respondents, _nameless(dataset)
    parts = [words("in_reviewed", n=whole.respondents)]
    parts += [words("more_in_begun", n=more)] if more else []
    parts += [words("nameless", n=nameless)] if nameless else []
    return " · ".join(parts)


def _consent(context: Context) -> str:
    dataset = context.dataset
    found = Counter(person.consent.status.value for person in _heard(dataset))
    if nameless := _nameless(dataset):
        found[ConsentStatus.NOT_RECORDED.value] += nameless
    return " · ".join(f"{n} {context.words(f'consent_{status}')}" for status, n in found.most_common()) or "–"


def _held_back(context: Context) -> str:
    """Whose words are not in the workbook, with the end of an embargo."""
    until = context.words
    return " · ".join(
        until("embargo_until", name=name, day=day[:10]) if day else name
        for name, day in sorted(context.dataset.held_back.items())
    )


def _reading(context: Context) -> Iterator[Pair]:
    words = context.words
    yield "0", words("reading_zero")
    yield "–", words("reading_unsaid")
    consensus = context.dataset.basis.layer_coder is None
    # A coder's layer holds nothing that waits to be settled; the consensus holds nothing that was merely begun.
    for state in (each for each in Reading if each is not (Reading.BEGUN if consensus else Reading.UNSETTLED)):
        yield words(f"is_{state}"), words(f"reading_{state}")
    for key in ("nobody", "never_used", "not_a_number"):
        yield words(key), words(f"reading_{key}")
    yield words("small_n", least=MIN_PEOPLE), words("reading_small", least=MIN_PEOPLE)
    review = context.dataset.review
    scales = ("scales",) if review is not None and review.report is not None else ()
    for key in ("mention", "group", "words", "quotes", *scales):
        yield words(f"reading_{key}"), words(f"reading_{key}_text")
