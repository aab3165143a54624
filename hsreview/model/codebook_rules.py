"""What must hold in every codebook, whichever file it came from: ids, references, keys, depth, merged codes.

Readers turn the path of each fault into a line or a cell. Weaknesses that do not make a codebook unusable
are the business of lint.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.codebook import HUES, Code, Codebook, Status
from hsreview.model.codebook_json import codebook_to_json
from hsreview.model.localized import Localized

Path = tuple[str | int, ...]
"""Keys and positions as in a codebook file: `("themes", 0, "codes", 2, "questions", 0)`."""

MAX_LEVELS = 12
"""Codes may stand this deep below their theme."""
EVERY = "all"
"""What a file may say for "every group"; in the model that is an empty field."""
QUESTION_KINDS = ("review_question", "cross_cutting")
ORIGINS = ("deductive", "inductive", "in_vivo")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that makes a codebook unusable."""

    path: Path
    message: str
    code: str
    """A stable English word for programs."""
    other: Path | None = None
    """The other party of a clash."""


def codebook_faults(codebook: Codebook) -> list[Fault]:
    """Everything that is wrong with `codebook`, in the order of a codebook file; empty when it can be used."""
    check = _Check(codebook)
    check.ids()
    check.labels()
    check.references()
    check.keys()
    check.merges()
    check.choices()
    check.texts()
    return check.faults


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question that ends a message (with a blank before it), or nothing when no known word is near."""
    near = difflib.get_close_matches(word[:64], list(known), n=1, cutoff=0.6)
    return " " + _("Did you mean “{word}”?").format(word=visible(near[0])) if near else ""


def more_problems(count: int) -> str:
    """The line that stands for problems that are not listed."""
    return ngettext("And {n} more problem.", "And {n} more problems.", count).format(n=count)


@dataclass
class _Check:
    codebook: Codebook
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        book = self.codebook
        self.places = list(_code_places(book))
        self.questions = [q.ref for q in book.questions]
        self.groups = [g.ref for g in book.groups]
        self.subgroups = [ref for g in book.groups for ref in g.subgroups]
        self.themes = [t.ref for t in book.themes]
        self.codes = [code.ref for _path, code in self.places]

    def add(self, path: Path, code: str, message: str, other: Path | None = None) -> None:
        self.faults.append(Fault(path, message, code, other))

    def ids(self) -> None:
        book = self.codebook
        self._named([(("id",), book.ref)])
        self._named([(("rules", name), name) for name in book.rules])
        lists = {
            "questions": self.questions,
            "passes": [p.ref for p in book.passes],
            "modifiers": [m.ref for m in book.modifiers],
            "flags": [f.ref for f in book.flags],
            "guide": [g.ref for g in book.guide],
        }
        for key, refs in lists.items():
            self._named([((key, i, "id"), ref) for i, ref in enumerate(refs)])
        groups = [(("groups", i, "id"), group.ref) for i, group in enumerate(book.groups)]
        subgroups = [
            (("groups", i, "subgroups", j, "id"), ref)
            for i, group in enumerate(book.groups)
            for j, ref in enumerate(group.subgroups)
        ]
        self._named([*groups, *subgroups])
        for i, modifier in enumerate(book.modifiers):
            self._named([(("modifiers", i, "values", j, "id"), v.ref) for j, v in enumerate(modifier.values)])
        themes = [(("themes", i, "id"), theme.ref) for i, theme in enumerate(book.themes)]
        self._named([*themes, *(((*path, "id"), code.ref) for path, code in self.places)])
        self._uuids()

    def _uuids(self) -> None:
        things: list[tuple[Path, str, str]] = [
            *((("questions", i), q.id, q.ref) for i, q in enumerate(self.codebook.questions)),
            *((("themes", i), t.id, t.ref) for i, t in enumerate(self.codebook.themes)),
            *((path, code.id, code.ref) for path, code in self.places),
        ]
        first: dict[str, tuple[Path, str]] = {}
        for path, uuid, ref in things:
            other, other_ref = first.setdefault(uuid, (path, ref))
            if other != path and other_ref != ref:
                text = _("“{ref}” and “{other}” have the same uuid.")
                message = text.format(ref=visible(ref), other=visible(other_ref))
                self.add((*path, "uuid"), "duplicate_uuid", message, (*other, "uuid"))

    def _named(self, refs: list[tuple[Path, str]]) -> None:
        for path, ref in refs:
            if not ref:
                self.add(path, "missing_id", _("An id is missing or empty."))
            elif len(ref) > 64 or not ref.isprintable() or any(c in ref for c in " ;,|>") or ref in ("*", EVERY):
                text = _("“{ref}” cannot be an id: at most 64 characters, no blanks, none of ; , | > and not “all”.")
                self.add(path, "bad_id", text.format(ref=visible(ref[:80])))
        self._twice([(path, ref) for path, ref in refs if ref])

    def _twice(self, refs: list[tuple[Path, str]]) -> None:
        first: dict[str, Path] = {}
        for path, ref in refs:
            if ref in first:
                text = _("The id “{ref}” is used twice. Give one of the two another id.")
                self.add(path, "duplicate_id", text.format(ref=visible(ref)), first[ref])
            else:
                first[ref] = path

    def labels(self) -> None:
        book = self.codebook
        self._labels_of([(("themes", i), theme.label) for i, theme in enumerate(book.themes)])
        families: dict[Path, list[tuple[Path, Localized]]] = {}
        for path, code in self.places:
            if len([key for key in path if key == "codes"]) > MAX_LEVELS:
                text = _("The code “{ref}” stands too deep: at most {n} levels of codes below a theme.")
                self.add(path, "too_deep", text.format(ref=visible(code.ref), n=MAX_LEVELS))
            # Two coders may propose the same words; that is for the lead to settle, not an error.
            if code.status is Status.ACTIVE:
                families.setdefault(path[:-1], []).append((path, code.label))
                if not code.label and code.origin != "in_vivo":
                    text = _("The code “{ref}” has no label.")
                    self.add((*path, "label"), "missing_label", text.format(ref=visible(code.ref)))
        for family in families.values():
            self._labels_of(family)

    def _labels_of(self, family: list[tuple[Path, Localized]]) -> None:
        for language in ("en", "fr"):
            first: dict[str, Path] = {}
            for path, label in family:
                text = label.own(language)
                if text and text.casefold() in first:
                    message = _("The label “{label}” is used twice at the same place of the tree.")
                    place = (*path, "label", language)
                    self.add(place, "duplicate_label", message.format(label=visible(text)), first[text.casefold()])
                elif text:
                    first[text.casefold()] = (*path, "label", language)

    def references(self) -> None:
        book = self.codebook
        everyone = [*self.groups, *self.subgroups]
        for i, theme in enumerate(book.themes):
            self._known(("themes", i, "questions"), theme.questions, self.questions, self._no_question)
        for path, code in self.places:
            self._known((*path, "questions"), code.questions, self.questions, self._no_question)
            self._known((*path, "groups"), code.groups, everyone, self._no_group)
            if code.primary_group and code.primary_group not in everyone:
                message = self._no_group(code.primary_group, everyone)
                if code.primary_group == "both":
                    message += " " + _("Leave primary_group out, or write “all”, when it is meant for all alike.")
                self.add((*path, "primary_group"), "unknown_group", message)
        for i, pass_ in enumerate(book.passes):
            self._known(("passes", i, "groups"), pass_.groups, everyone, self._no_group)
            self._known(("passes", i, "themes"), pass_.themes, self.themes, self._no_theme)
            self._known(("passes", i, "then"), pass_.then, self.themes, self._no_theme)
        for i, modifier in enumerate(book.modifiers):
            anything = ["*", *self.themes, *self.codes]
            self._known(("modifiers", i, "applies_to"), modifier.applies_to, anything, self._no_theme_or_code)
        for i, question in enumerate(book.guide):
            self._known(("guide", i, "questions"), question.questions, self.questions, self._no_question)
            self._known(("guide", i, "groups"), question.groups, everyone, self._no_group)

    def _known(
        self, path: Path, refs: tuple[str, ...], known: Collection[str], message: Callable[[str, Collection[str]], str]
    ) -> None:
        for i, ref in enumerate(refs):
            if ref not in known:
                self.add((*path, i), "unknown_reference", message(ref, known))
            elif ref in refs[:i]:
                text = _("“{ref}” stands twice in this list.").format(ref=visible(ref))
                self.add((*path, i), "repeated", text, (*path, refs.index(ref)))

    def _no_question(self, ref: str, known: Collection[str]) -> str:
        return _("There is no question “{ref}”.").format(ref=visible(ref)) + did_you_mean(ref, known)

    def _no_group(self, ref: str, known: Collection[str]) -> str:
        return _("There is no group “{ref}”.").format(ref=visible(ref)) + did_you_mean(ref, known)

    def _no_theme(self, ref: str, known: Collection[str]) -> str:
        return _("There is no theme “{ref}”.").format(ref=visible(ref)) + did_you_mean(ref, known)

    def _no_theme_or_code(self, ref: str, known: Collection[str]) -> str:
        return _("There is no theme or code “{ref}”.").format(ref=visible(ref)) + did_you_mean(ref, known)

    def keys(self) -> None:
        book = self.codebook
        self._keys_of([(("modifiers", i, "key"), m.key) for i, m in enumerate(book.modifiers)])
        for i, modifier in enumerate(book.modifiers):
            self._keys_of([(("modifiers", i, "values", j, "key"), v.key) for j, v in enumerate(modifier.values)])
        self._keys_of([(("flags", i, "key"), flag.key) for i, flag in enumerate(book.flags)])

    def _keys_of(self, keys: list[tuple[Path, str]]) -> None:
        first: dict[str, Path] = {}
        for path, key in keys:
            if not key:
                continue
            if not re.fullmatch("[!-~]", key):
                text = _("The key “{key}” must be one letter (without accent), digit or sign.")
                self.add(path, "bad_key", text.format(key=visible(key)))
            elif key in first:
                text = _("The key “{key}” is taken twice.").format(key=key)
                self.add(path, "duplicate_key", text, first[key])
            else:
                first[key] = path

    def merges(self) -> None:
        by_id = {code.id: code for _path, code in self.places}
        for path, code in self.places:
            here = (*path, "merged_into")
            if (code.status == Status.MERGED) != (code.merged_into is not None):
                text = _("“{ref}”: the status “merged” and merged_into belong together; one of them is missing.")
                self.add(here, "half_merged", text.format(ref=visible(code.ref)))
            elif code.merged_into is not None and code.merged_into not in by_id:
                text = _("“{ref}” is merged into “{other}”, which does not exist.")
                other = visible(code.merged_into)
                message = text.format(ref=visible(code.ref), other=other) + did_you_mean(other, self.codes)
                self.add(here, "unknown_reference", message)
            elif code.merged_into is not None and _comes_back(code, by_id):
                text = _("“{ref}” is merged into itself, directly or by way of others.")
                self.add(here, "cycle", text.format(ref=visible(code.ref)))

    def choices(self) -> None:
        book = self.codebook
        for i, question in enumerate(book.questions):
            self._one_of(("questions", i, "hue"), question.hue, HUES)
            self._one_of(("questions", i, "kind"), question.kind, QUESTION_KINDS)
        for path, code in self.places:
            self._one_of((*path, "hue"), code.hue, HUES)
            self._one_of((*path, "origin"), code.origin, ORIGINS)

    def _one_of(self, path: Path, value: str, allowed: tuple[str, ...]) -> None:
        if value and value not in allowed:
            text = _("“{value}” is not possible here; choose one of: {allowed}.")
            self.add(path, "unknown_value", text.format(value=visible(value), allowed=", ".join(allowed)))

    def texts(self) -> None:
        for path, text in _texts(codebook_to_json(self.codebook), ()):
            if "\0" in text or any("\ud800" <= c <= "\udfff" for c in text):
                message = _("This text holds a NUL or half a character (a lone surrogate); it cannot be stored.")
                self.add(path, "forbidden_character", message)


def _code_places(codebook: Codebook) -> Iterator[tuple[Path, Code]]:
    def walk(path: Path, codes: tuple[Code, ...]) -> Iterator[tuple[Path, Code]]:
        for i, code in enumerate(codes):
            yield (*path, i), code
            yield from walk((*path, i, "codes"), code.children)

    for i, theme in enumerate(codebook.themes):
        yield from walk(("themes", i, "codes"), theme.codes)


def _comes_back(code: Code, by_id: dict[str, Code]) -> bool:
    seen = {code.id}
    target = code.merged_into
    while target is not None and target not in seen:
        seen.add(target)
        target = by_id[target].merged_into if target in by_id else None
    return target == code.id


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, "id" if key == "ref" else key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from _texts(item, (*path, i))
