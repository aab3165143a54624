"""Weaknesses of a codebook that can be used: what a careful editor would ask about before the first interview.

The rules follow MacQueen's fields (definition, when to use, when not to use, example) and what double coding needs:
every "do not use" should name the code to use instead, and the same one in each language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path as FilePath

from hsreview.base.folding import fold
from hsreview.base.messages import _, labelled, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import OUTSIDE_REF, Code, Codebook, Status
from hsreview.model.codebook_rules import Path
from hsreview.model.localized import Localized

MANY_CODES = 30
"""More codes than this in the first half of a pass are hard to keep in mind."""
ENOUGH_INTERVIEWS = 5
"""After this many interviews an unused code deserves a look."""
LONG_LABEL = 60
_FIELDS = ("definition", "use", "not_use", "example")
_RANGE = re.compile(r"\s*(?:to|à|jusqu[’']à|–|-|→)\s*")


class Level(StrEnum):
    """How much a weakness matters."""

    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Lint:
    """One weakness of a codebook."""

    level: Level
    message: str
    place: str
    """`line 12, column 3` in a file, else empty."""
    code: str
    """A stable English word for programs."""
    ref: str
    """The theme, code or pass that is meant."""

    def __str__(self) -> str:
        return labelled(self.place, self.message) if self.place else self.message


def lint_file(path: FilePath) -> list[Lint]:
    """The weaknesses of a codebook file, each with its line; raises InputRefused when the file cannot be used."""
    from hsreview.codebook.read import read_codebook_source

    source = read_codebook_source(path)
    return lint_codebook(source.codebook, source.place)


def lint_codebook(
    codebook: Codebook,
    place: Callable[[Path], str] | None = None,
    *,
    uses: Mapping[str, int] | None = None,
    interviews: int = 0,
) -> list[Lint]:
    """The weaknesses of `codebook`, in the order of its parts.

    `place` (of a `CodebookSource`) gives lines. `uses` is code id → number of codings and `interviews` the number
    of interviews that were coded; with both, codes that nobody used are named.
    """
    codebook = replace(codebook, themes=tuple(theme for theme in codebook.themes if theme.ref != OUTSIDE_REF))
    lint = _Linter(codebook, place or (lambda path: ""))
    lint.whole()
    for path, code in _codes(codebook):
        if code.status in (Status.ACTIVE, Status.PROPOSED):
            lint.code(path, code)
    lint.shared()
    lint.passes()
    if uses is not None and interviews >= ENOUGH_INTERVIEWS:
        lint.unused(uses, interviews)
    return lint.notes


def _codes(codebook: Codebook) -> Iterator[tuple[Path, Code]]:
    def walk(path: Path, codes: tuple[Code, ...]) -> Iterator[tuple[Path, Code]]:
        for i, code in enumerate(codes):
            yield (*path, i), code
            yield from walk((*path, i, "codes"), code.children)

    for i, theme in enumerate(codebook.themes):
        yield from walk(("themes", i, "codes"), theme.codes)


class _Linter:
    def __init__(self, codebook: Codebook, place: Callable[[Path], str]) -> None:
        self.book = codebook
        self.place = place
        self.notes: list[Lint] = []
        self.named = _References(codebook)

    def add(self, path: Path, code: str, ref: str, message: str, level: Level = Level.WARNING) -> None:
        self.notes.append(Lint(level, message, self.place(path), code, ref))

    def whole(self) -> None:
        book = self.book
        self.languages(("title",), book.ref, _("the title"), book.title)
        if not book.themes:
            self.add(("themes",), "no_codes", book.ref, _("The codebook has no themes and no codes yet."))
        for i, question in enumerate(book.questions):
            self.languages(("questions", i, "text"), question.ref, _("the text"), question.text)
        for i, group in enumerate(book.groups):
            self.languages(("groups", i, "label"), group.ref, _("the label"), group.label)
        for i, modifier in enumerate(book.modifiers):
            self.languages(("modifiers", i, "label"), modifier.ref, _("the label"), modifier.label)
            self.key(("modifiers", i), modifier.ref, modifier.key)
            for j, value in enumerate(modifier.values):
                self.languages(("modifiers", i, "values", j, "label"), value.ref, _("the label"), value.label)
                self.key(("modifiers", i, "values", j), value.ref, value.key)
        for i, flag in enumerate(book.flags):
            self.languages(("flags", i, "label"), flag.ref, _("the label"), flag.label)
            self.key(("flags", i), flag.ref, flag.key)
        for i, item in enumerate(book.guide):
            self.languages(("guide", i, "text"), item.ref, _("the text"), item.text)
        for i, theme in enumerate(book.themes):
            self.languages(("themes", i, "label"), theme.ref, _("the label"), theme.label)
            self.shape(("themes", i, "label"), theme.ref, theme.label)
            if not theme.questions:
                text = _("The theme {ref} serves no question.").format(ref=visible(theme.ref))
                self.add(("themes", i), "no_question", theme.ref, text, Level.NOTE)

    def languages(self, path: Path, ref: str, what: str, text: Localized) -> None:
        for language in self.book.languages:
            if not text.own(language).strip():
                french = language == "fr"
                message = (
                    _("{ref}: {what} is missing in French.") if french else _("{ref}: {what} is missing in English.")
                )
                self.add((*path, language), "missing_text", ref, message.format(ref=visible(ref), what=what))

    def key(self, path: Path, ref: str, key: str) -> None:
        if not key:
            text = _("{ref} has no key; it can be set with the mouse or from a list only.")
            self.add(path, "no_key", ref, text.format(ref=visible(ref)), Level.NOTE)

    def shape(self, path: Path, ref: str, label: Localized) -> None:
        for language in ("en", "fr"):
            text = label.own(language)
            if text != text.strip():
                message = _("{ref}: the label begins or ends with a blank.").format(ref=visible(ref))
                self.add((*path, language), "blank_at_end", ref, message)
            if visible(text) != text:
                message = _("{ref}: the label holds control characters; they are shown as signs.")
                self.add((*path, language), "control_character", ref, message.format(ref=visible(ref)))
            if len(text) > LONG_LABEL:
                message = _("{ref}: the label has {n} characters; on a narrow screen it will be cut.")
                message = message.format(ref=visible(ref), n=len(text))
                self.add((*path, language), "long_label", ref, message, Level.NOTE)

    def code(self, path: Path, code: Code) -> None:
        self.languages((*path, "label"), code.ref, _("the label"), code.label)
        self.shape((*path, "label"), code.ref, code.label)
        if code.status is Status.PROPOSED or not code.codable:
            return
        names = {
            "definition": _("the definition"),
            "use": _("“when to use”"),
            "not_use": _("“when not to use”"),
            "example": _("the example"),
        }
        for field in _FIELDS:
            text: Localized = getattr(code, field)
            if text:
                self.languages((*path, field), code.ref, names[field], text)
            else:
                message = _("{ref}: {what} is missing.").format(ref=visible(code.ref), what=names[field])
                self.add((*path, field), f"no_{field}", code.ref, message)
        self.siblings(path, code)

    def siblings(self, path: Path, code: Code) -> None:
        """Whether "when not to use" names the codes to use instead, codes that exist, and the same ones everywhere."""
        found: dict[str, frozenset[str]] = {}
        for language in self.book.languages:
            text = code.not_use.own(language)
            if not text:
                continue
            here: Path = (*path, "not_use", language)
            known, unknown = self.named.read(text)
            found[language] = known
            for word in sorted(unknown):
                message = _("{ref}: “when not to use” names {word}, which does not exist.")
                message = message.format(ref=visible(code.ref), word=visible(word))
                self.add(here, "unknown_sibling", code.ref, message)
            if not known - {code.ref} and not unknown:
                message = _("{ref}: “when not to use” names no other code to use instead ({language}).")
                message = message.format(ref=visible(code.ref), language=language)
                self.add(here, "no_sibling", code.ref, message)
        if len(set(found.values())) > 1:
            message = _("{ref}: “when not to use” names other codes in French than in English: {codes}.")
            differing = sorted(frozenset.union(*found.values()) - frozenset.intersection(*found.values()))
            message = message.format(ref=visible(code.ref), codes=visible(", ".join(differing)))
            self.add((*path, "not_use"), "siblings_differ", code.ref, message)

    def shared(self) -> None:
        """Labels, ids and cues that two codes have in common."""
        cues: dict[tuple[str, str], str] = {}
        labels: dict[tuple[str, str], str] = {}
        refs: dict[str, str] = {}
        for path, code in _codes(self.book):
            if code.status not in (Status.ACTIVE, Status.PROPOSED):
                continue
            other = refs.setdefault(code.ref.casefold(), code.ref)
            if other != code.ref:
                message = _("The ids {other} and {ref} differ in capital letters only.")
                message = message.format(other=visible(other), ref=visible(code.ref))
                self.add((*path, "id"), "similar_ids", code.ref, message)
            for language in ("en", "fr"):
                label = code.label.own(language).casefold()
                other = labels.setdefault((language, label), code.ref) if label else code.ref
                if other != code.ref:
                    message = _("{other} and {ref} have the same label “{label}”.")
                    shown = visible(code.label.own(language))
                    message = message.format(other=visible(other), ref=visible(code.ref), label=shown)
                    self.add((*path, "label", language), "shared_label", code.ref, message)
                for i, cue in enumerate(code.cues.get(language, ())):
                    other = cues.setdefault((language, fold(cue)), code.ref)
                    if other != code.ref:
                        message = _("{other} and {ref} share the cue “{cue}”.")
                        message = message.format(other=visible(other), ref=visible(code.ref), cue=visible(cue))
                        self.add((*path, "cues", language, i), "shared_cue", code.ref, message)

    def passes(self) -> None:
        sizes = {theme.ref: 0 for theme in self.book.themes}
        for place in self.book.codes():
            sizes[place.theme.ref] += place.code.status is Status.ACTIVE and place.code.codable
        for i, pass_ in enumerate(self.book.passes):
            count = sum(sizes.get(ref, 0) for ref in pass_.themes)
            if count > MANY_CODES:
                message = _("The pass {ref} begins with {n} codes; more than about {most} are hard to keep in mind.")
                message = message.format(ref=visible(pass_.ref), n=count, most=MANY_CODES)
                self.add(("passes", i, "themes"), "big_pass", pass_.ref, message)
            left = sorted(set(sizes) - {*pass_.themes, *pass_.then})
            if left:
                message = _("The pass {ref} leaves out: {themes}.")
                message = message.format(ref=visible(pass_.ref), themes=visible(", ".join(left)))
                self.add(("passes", i), "incomplete_pass", pass_.ref, message, Level.NOTE)

    def unused(self, uses: Mapping[str, int], interviews: int) -> None:
        for path, code in _codes(self.book):
            if code.status is Status.ACTIVE and code.codable and not uses.get(code.id):
                message = ngettext(
                    "{ref} was not used in {n} coded interview.",
                    "{ref} was not used in {n} coded interviews.",
                    interviews,
                )
                message = message.format(ref=visible(code.ref), n=interviews)
                self.add(path, "unused", code.ref, message, Level.NOTE)


class _References:
    """Finds the codes that a text names: `D1`, `S4 to S8`, `an H code`."""

    def __init__(self, codebook: Codebook) -> None:
        self.order = {place.code.ref: i for i, place in enumerate(codebook.codes())}
        self.refs = list(self.order)
        self.themes: dict[str, frozenset[str]] = {
            theme.ref: frozenset(place.code.ref for place in codebook.codes() if place.theme.ref == theme.ref)
            for theme in codebook.themes
        }
        self.token = _one_of(self.refs)
        prefixes = {match[1] for ref in self.refs if (match := re.fullmatch(r"([A-Z]+)\d+", ref))}
        self.like = re.compile(rf"\b(?:{'|'.join(sorted(prefixes))})\d+\b") if prefixes else None
        self.theme = _one_of(self.themes)
        one = self.theme.pattern if self.theme else "(?!)"
        several = rf"{one}(?:,? (?:(?:or|and|ou|et) )?{one})*"
        self.theme_list = re.compile(rf"{several} codes?\b|\bcodes? {several}")

    def read(self, text: str) -> tuple[frozenset[str], frozenset[str]]:
        """The codes named in `text`, and words that look like codes but are none."""
        known: set[str] = set()
        end_of_last, last = -1, ""
        for match in self.token.finditer(text) if self.token else ():
            ref = match[0]
            if last and _RANGE.fullmatch(text[end_of_last : match.start()]) and self.order[last] < self.order[ref]:
                known.update(self.refs[self.order[last] : self.order[ref] + 1])
            known.add(ref)
            end_of_last, last = match.end(), ref
        for match in self.theme_list.finditer(text) if self.theme else ():
            for theme in self.theme.findall(match[0]) if self.theme else ():
                known.update(self.themes[theme])
        unknown = {match[0] for match in self.like.finditer(text)} - set(self.refs) if self.like else set()
        return frozenset(known), frozenset(unknown)


def _one_of(refs: Iterable[str]) -> re.Pattern[str] | None:
    longest_first = sorted(refs, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, longest_first))})(?![\w])") if longest_first else None
