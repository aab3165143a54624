"""Writing a codebook as a YAML file that people can read and edit.

The texts are written by hand-made rules instead of a YAML library's: a text is bare only when nothing in it could
be taken for something else, long texts are folded at single blanks, and everything else stands between quotes.
`read_codebook(write_codebook(book)) == book`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from hsreview.codebook.schema import SCHEMA
from hsreview.model.codebook import Code, Codebook, Group, Modifier, Question, Status, Theme, node_id
from hsreview.model.derivation import Derivation
from hsreview.model.localized import Localized

WIDTH = 112
_BARE = re.compile(r"[^\W\d_][\w’' ,.;?!()/&+\u00a0\u202f–…«»“”-]*", re.UNICODE)
_BARE_IN_LIST = re.compile(r"[^\W\d_][\w’.-]*", re.UNICODE)
_NOT_TEXT = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}
_NO_BREAK = re.compile("[\u00a0\u202f]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

Lines = Iterator[str]


def write_codebook(codebook: Codebook, *, schema: str = "") -> str:
    """The YAML text of `codebook`; `schema` is the path of the JSON Schema to name for editors, if any."""
    head = [f"# yaml-language-server: $schema={schema}\n"] if schema else []
    return "".join(head) + "".join(line + "\n" for line in _codebook(codebook))


def _codebook(book: Codebook) -> Lines:
    yield f"schema: {SCHEMA}"
    yield from _entry("id", book.ref)
    yield from _entry("version", book.version)
    yield from _entry("status", book.status)
    yield f"languages: {_list(book.languages)}"
    yield from _entry("base_state", book.base_state)
    yield from _texts("title", book.title, needed=True)
    yield from _entry("provenance", book.provenance)
    yield from _blocks("questions", (_question(book, question) for question in book.questions))
    yield from _blocks("groups", (_group(group) for group in book.groups))
    yield from _blocks(
        "passes",
        (
            [
                *_entry("id", pass_.ref),
                *_texts("label", pass_.label),
                *_refs("groups", pass_.groups),
                *_refs("themes", pass_.themes),
                *_refs("then", pass_.then),
            ]
            for pass_ in book.passes
        ),
    )
    yield from _blocks("modifiers", (_modifier(modifier) for modifier in book.modifiers))
    yield from _blocks("flags", (_value(flag.ref, flag.label, flag.key) for flag in book.flags))
    yield from _blocks(
        "guide",
        (
            [
                *_entry("id", question.ref),
                *_texts("text", question.text, needed=True),
                *_refs("questions", question.questions),
                *_refs("groups", question.groups),
            ]
            for question in book.guide
        ),
    )
    if book.rules:
        yield ""
        yield "rules:"
        for name, rule in book.rules.items():
            yield from _indent(_texts(_scalar(name), rule, needed=True))
    refs = {place.code.id: place.code.ref for place in book.codes()}
    yield from _derived(book, refs)
    yield from _blocks("themes", (_theme(book, theme, refs) for theme in book.themes))


def _derived(book: Codebook, refs: dict[str, str]) -> Lines:
    if book.derived is None:
        return
    derived = book.derived.renamed(lambda code: refs.get(code, code))
    yield ""
    yield "derived:"
    yield from _indent(_derivation(derived))


def _derivation(derived: Derivation) -> Lines:
    yield from _entry("base", derived.base)
    yield from _entry("base_version", derived.base_version)
    yield from _refs("overlays", derived.overlays)
    yield from _refs("added", derived.added)
    gone = ([*_entry("id", code), *_entry("reason", reason)] for code, reason in derived.deactivated.items())
    yield from _blocks("deactivated", gone, apart=False)
    reworded = (
        [*_entry("id", code), *_texts("definition", text, needed=True)] for code, text in derived.reworded.items()
    )
    yield from _blocks("reworded", reworded, apart=False)
    maps = (
        [
            *_entry("from", each.code_id),
            *_entry("to", each.to),
            *_entry("relation", each.relation),
            *_entry("note", each.note),
        ]
        for each in derived.maps
    )
    yield from _blocks("map", maps, apart=False)
    if derived.lexicon:
        yield "lexicon:"
        for name, words in derived.lexicon.items():
            yield from _indent(_refs(name, words))


def _question(book: Codebook, question: Question) -> Lines:
    yield from _entry("id", question.ref)
    yield from _uuid(book, "question", question.ref, question.id)
    yield from _entry("kind", question.kind)
    yield from _texts("text", question.text, needed=True)
    yield from _texts("short", question.short)
    yield from _entry("source", question.source)
    if question.step is not None:
        yield f"step: {question.step}"
    yield from _entry("hue", question.hue)


def _group(group: Group) -> Lines:
    yield from _entry("id", group.ref)
    yield from _texts("label", group.label)
    if group.step is not None:
        yield f"step: {group.step}"
    subgroups = ([*_entry("id", ref), *_texts("label", _label(group, ref))] for ref in group.subgroups)
    yield from _blocks("subgroups", subgroups, apart=False)


def _label(group: Group, ref: str) -> Localized:
    return group.subgroup_labels.get(ref, Localized())


def _modifier(modifier: Modifier) -> Lines:
    yield from _entry("id", modifier.ref)
    yield from _texts("label", modifier.label)
    yield from _texts("question", modifier.question)
    yield from _entry("key", modifier.key)
    yield f"applies_to: {_list(modifier.applies_to)}"
    yield from _blocks("values", (_value(v.ref, v.label, v.key) for v in modifier.values), apart=False)


def _value(ref: str, label: Localized, key: str) -> Lines:
    yield from _entry("id", ref)
    yield from _texts("label", label)
    yield from _entry("key", key)


def _theme(book: Codebook, theme: Theme, refs: dict[str, str]) -> Lines:
    yield from _entry("id", theme.ref)
    yield from _uuid(book, "theme", theme.ref, theme.id)
    yield from _texts("label", theme.label, needed=True)
    yield from _texts("definition", theme.definition)
    yield from _refs("questions", theme.questions)
    yield from _blocks("codes", (_code(book, code, refs) for code in theme.codes))


def _code(book: Codebook, code: Code, refs: dict[str, str]) -> Lines:
    yield from _entry("id", code.ref)
    yield from _uuid(book, "code", code.ref, code.id)
    for key, text in (
        ("label", code.label),
        ("definition", code.definition),
        ("use", code.use),
        ("not_use", code.not_use),
        ("example", code.example),
    ):
        yield from _texts(key, text)
    yield from _refs("questions", code.questions)
    yield from _refs("groups", code.groups)
    yield from _entry("primary_group", code.primary_group)
    yield from _entry("origin", code.origin)
    if code.cues:
        yield "cues:"
        for language, cues in code.cues.items():
            yield from _indent(_refs(language, cues))
    if not code.codable:
        yield "codable: false"
    yield from _entry("hue", code.hue)
    if code.status is not Status.ACTIVE:
        yield from _entry("status", str(code.status))
    if code.merged_into is not None:
        yield from _entry("merged_into", refs.get(code.merged_into, code.merged_into))
    yield from _blocks("codes", (_code(book, child, refs) for child in code.children))


def _uuid(book: Codebook, kind: str, ref: str, uuid: str) -> Lines:
    if uuid != node_id(book.ref, kind, ref):
        yield from _entry("uuid", uuid)


def _blocks(key: str, blocks: Iterable[Iterable[str]], *, apart: bool = True) -> Lines:
    """A list of blocks, an empty line before each; nothing at all for an empty list."""
    first = True
    for block in blocks:
        if first:
            if apart:
                yield ""
            yield f"{key}:"
        elif apart:
            yield ""
        first = False
        for number, line in enumerate(block):
            yield ("  - " if number == 0 else "    ") + line if line else ""


def _indent(lines: Iterable[str]) -> Lines:
    return ("  " + line if line else "" for line in lines)


def _texts(key: str, text: Localized, *, needed: bool = False) -> Lines:
    if text:
        yield f"{key}:"
        for language in ("en", "fr"):
            yield from _indent(_entry(language, text.own(language)))
    elif needed:
        yield f"{key}: {{}}"


def _refs(key: str, refs: Iterable[str]) -> Lines:
    refs = list(refs)
    if not refs:
        return
    line = f"{key}: {_list(refs)}"
    if len(line) <= WIDTH - 20 and all(_is_bare(_BARE_IN_LIST, ref) for ref in refs):
        yield line
    else:
        yield f"{key}:"
        yield from (f"  - {_scalar(ref)}" for ref in refs)


def _list(refs: Iterable[str]) -> str:
    return "[" + ", ".join(ref if _is_bare(_BARE_IN_LIST, ref) else _quoted(ref) for ref in refs) + "]"


def _entry(key: str, text: str) -> Lines:
    if not text:
        return
    if len(text) > WIDTH - 20 and _foldable(text):
        yield f"{key}: >-"
        yield from _indent(_folded(text))
    else:
        yield f"{key}: {_scalar(text)}"


def _scalar(text: str) -> str:
    return text if _is_bare(_BARE, text) else _quoted(text)


def _is_bare(pattern: re.Pattern[str], text: str) -> bool:
    return bool(pattern.fullmatch(text)) and _visible(text) and text.lower() not in _NOT_TEXT


def _visible(text: str) -> bool:
    """Nothing but printable characters and no-break spaces, and no blank at either end."""
    return text == text.strip() and _NO_BREAK.sub("", text).isprintable()


def _quoted(text: str) -> str:
    """`text` between double quotes; whatever a reader or an editor could trip over is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _foldable(text: str) -> bool:
    """Whether folding and unfolding gives `text` back: single inner blanks, nothing but visible characters."""
    return "  " not in text and _visible(text)


def _folded(text: str) -> Lines:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > WIDTH - 12:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
