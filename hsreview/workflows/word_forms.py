"""Words in all their forms, where a spaCy model of their language is installed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _
from hsreview.language.detecting import MIXED, language_of
from hsreview.language.lemmas import forms, models
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.scopes import Filter
from hsreview.project.wording import Clause, Phrase

_LETTERS = re.compile(r"[^\W\d_]+")
MOST_LISTED = 12
"""Forms that are named with the answer."""


def with_forms(
    project: Project, clauses: Sequence[Clause], within: Filter, watch: Callable[[int], None] | None = None
) -> tuple[list[Clause], list[str]]:
    """The clauses with every single word in all the forms that the texts searched have of it, and what to know of it.

    Phrases, beginnings and words near each other stay as they are. Raises InputRefused where no model is installed for
    any of the languages. `watch` is called with 0 before each text and each model; what it raises ends the search.
    """
    watch = watch or (lambda _n: None)
    words = [clause.phrases[0].words[0] for clause in clauses if _is_word(clause)]
    if not words:
        raise InputRefused(_("The forms of single words are searched for: give a word, without quotation marks or *."))
    known: dict[str, set[str]] = {word: {word} for word in words}
    installed = models()
    vocabularies = _vocabularies(project, within, watch)
    asked = {
        language: [installed[each] for each in ([language] if language else installed) if each in installed]
        for language in vocabularies
    }
    if not any(asked.values()):
        told = _(
            "Forms of words need a spaCy model of the language of the transcripts ({languages}), and none is "
            "installed. A small one does, such as fr_core_news_sm. Without it, search for the beginning of the word: "
            "décid*"
        )
        raise InputRefused(told.format(languages=", ".join(each or "?" for each in sorted(vocabularies)) or "–"))
    for language, vocabulary in vocabularies.items():
        for model in asked[language]:
            watch(0)
            found = forms(model, words, vocabulary)
            for word in words:
                known[word] |= found[word]
    missing = sorted(language or "?" for language, names in asked.items() if not names)
    notes = [_("Forms: {words}").format(words=" · ".join(_listed(found) for found in known.values()))]
    if missing:
        told = _("No model is installed for {languages}: there only these forms are found.")
        notes.append(told.format(languages=", ".join(missing)))
    return [_widened(clause, known) if _is_word(clause) else clause for clause in clauses], notes


def _is_word(clause: Clause) -> bool:
    phrase = clause.phrases[0]
    return clause.near is None and len(phrase.words) == 1 and not phrase.prefix


def _widened(clause: Clause, known: Mapping[str, set[str]]) -> Clause:
    spelt = {fold(word): word for word in sorted(known[clause.phrases[0].words[0]])}
    return Clause(tuple(Phrase((word,)) for word in spelt.values()))


def _listed(found: set[str]) -> str:
    some = sorted({word.lower() for word in found})
    return ", ".join(some[:MOST_LISTED]) + (" …" if len(some) > MOST_LISTED else "")


def _vocabularies(project: Project, within: Filter, watch: Callable[[int], None]) -> dict[str, set[str]]:
    """Language (empty where it is not known, or both are spoken) → words of the transcripts that are searched."""
    found: dict[str, set[str]] = {}
    for transcript in queries.transcripts(project.connection):
        watch(0)
        if within.transcript(transcript.id):
            text = unicodedata.normalize("NFC", queries.text_of(project.connection, transcript.version_id))
            language = "" if MIXED in (transcript.language, language_of(text)) else transcript.language
            found.setdefault(language, set()).update(_LETTERS.findall(text))
    return found
