"""The chapters of a report, internal or public: review questions with the themes that serve them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsreview.base.errors import UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.model.codebook import Codebook, Question, Theme
from hsreview.model.report import Block, Heading, Paragraph
from hsreview.workflows.report_words import word


def questions_of(book: Codebook, wish: str | None) -> list[Question]:
    """The review questions with that ref, or all. Raises UsageProblem with those there are."""
    found = [each for each in book.questions if wish is None or fold(each.ref) == fold(wish)]
    if not found and wish is not None:
        refs = ", ".join(each.ref for each in book.questions) or "–"
        raise UsageProblem(_("There is no review question {name}. There are: {names}").format(name=wish, names=refs))
    return found


def themes_of(book: Codebook, question: Question) -> list[Theme]:
    """The themes that serve a review question, in the order of the codebook."""
    return [
        theme
        for theme in book.themes
        if question.ref in theme.questions or any(question.ref in code.questions for code in theme.codes)
    ]


def chapters_of(book: Codebook, questions: Sequence[Question]) -> list[tuple[Question, list[Theme], list[Theme]]]:
    """Each question with its themes, and with those that stand under an earlier question already."""
    told: dict[str, None] = {}
    found = []
    for question in questions:
        themes = themes_of(book, question)
        found.append((question, [t for t in themes if t.id not in told], [t for t in themes if t.id in told]))
        told.update(dict.fromkeys(theme.id for theme in themes))
    return found


def chapter_head(question: Question, told: Sequence[Theme], lang: str) -> Iterator[Block]:
    """The question, and where to look for those of its themes that were told already."""
    text = question.text.get(lang)
    ref = word(lang, "question", ref=question.ref)
    yield Heading(1, f"{ref} · {text}" if text else ref)
    if told:
        yield Paragraph(word(lang, "told", themes=", ".join(theme.ref for theme in told)), note=True)
