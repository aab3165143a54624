"""Keep the French messages in step with the source.

    python scripts/messages.py                 update the catalogue from the source and compile it
    python scripts/messages.py --merge FILE…   also take in translations
    python scripts/messages.py --check         change nothing; say what is missing, out of step or badly set

A file of translations has one JSON object a line: `{"en": "…", "fr": "…"}`, or for a message with a plural
`{"en": "…", "plural": "…", "fr": ["…", "…"]}`. The texts of click come from the installed package, so that its
messages are translated with ours.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import re
import string
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "hsreview" / "locale" / "fr" / "LC_MESSAGES" / "hsreview.po"
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""The functions that take messages, and how many forms of a message they take."""
FOREIGN = {"click": ("required",)}
"""Packages whose messages are translated with ours, and those of their messages that stand outside of such a call."""
HEADER = """\
# French messages of hsreview, and of the click library.
msgid ""
msgstr ""
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""


def source_catalog() -> Catalog:
    """Every message of the source and of the foreign packages, without translations."""
    catalog = Catalog()
    folders = [(ROOT / "hsreview", "hsreview"), *((Path(_package(name)), name) for name in FOREIGN)]
    for folder, name in folders:
        for path in sorted(folder.rglob("*.py")):
            for ids in messages_of(path.read_text(encoding="utf-8")):
                catalog.add(ids, locations=[(f"{name}/{path.relative_to(folder).as_posix()}", 0)])
    for name, others in FOREIGN.items():
        for ids in others:
            catalog.add(ids, locations=[(name, 0)])
    return catalog


def messages_of(source: str) -> Iterator[str | tuple[str, ...]]:
    """The messages in a Python source; also those inside f-strings, which not every tokenizer sees."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            forms = KEYWORDS[node.func.id]
            texts = [arg.value for arg in node.args[:forms] if isinstance(arg, ast.Constant)]
            ids = [text for text in texts if isinstance(text, str) and text]
            if len(ids) == forms:
                yield ids[0] if forms == 1 else tuple(ids)


def _package(name: str) -> str:
    import importlib

    path = importlib.import_module(name).__file__
    assert path is not None
    return str(Path(path).parent)


def read_catalog(path: Path = PO) -> Catalog:
    """The catalogue as it is on disk; an empty French one when there is none."""
    if not path.exists():
        return Catalog(locale="fr")
    return read_po(io.BytesIO(path.read_bytes()), locale="fr")


def updated(catalog: Catalog, source: Catalog) -> Catalog:
    """The messages of `source` with the translations of `catalog`; what the source no longer has is dropped."""
    fresh = Catalog(locale="fr")
    for message in messages(source):
        old = catalog.get(message.id, message.context)
        keep = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        fresh.add(
            message.id,
            old.string if old is not None and keep else None,
            locations=sorted(set(message.locations)),
            flags=old.flags & {"fuzzy"} if old is not None and keep else (),
        )
    return fresh


def messages(catalog: Catalog) -> Iterator[Message]:
    """The messages without the header, in the order of their files."""
    yield from sorted((m for m in catalog if m.id), key=lambda m: (m.locations[:1], _ids(m)))


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _translated(message: Message) -> bool:
    strings = _strings(message)
    return bool(strings) and all(strings)


def merge(catalog: Catalog, lines: Iterable[str]) -> list[str]:
    """Take the translations in `lines` into `catalog`; returns what could not be used."""
    unused: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            source, french = entry["en"], entry["fr"]
        except (ValueError, KeyError, TypeError) as error:
            unused.append(f"line {number}: not a translation ({error!r})")
            continue
        message = catalog.get(source)
        if message is None:
            unused.append(f"line {number}: the source has no message {source!r}")
        elif isinstance(message.id, str) != isinstance(french, str):
            unused.append(f"line {number}: one form where two are needed, or the other way round: {source!r}")
        else:
            message.string = french if isinstance(french, str) else tuple(french)
            message.flags.discard("fuzzy")
    return unused


def po_text(catalog: Catalog) -> str:
    """The catalogue as a .po file, without dates, so that the same messages give the same bytes."""
    ordered = Catalog(locale="fr")
    for message in messages(catalog):
        files = [(path, 0) for path in sorted({path for path, _line in message.locations})]
        ordered.add(message.id, message.string, locations=files, flags=message.flags & {"fuzzy"})
    out = io.BytesIO()
    write_po(out, ordered, width=120, omit_header=True, include_lineno=False)
    return HEADER + out.getvalue().decode("utf-8").strip() + "\n"


def mo_bytes(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file (GNU format, sorted, no hash table): only translations that are finished."""
    header = "".join(line.strip('"').replace("\\n", "\n") for line in HEADER.splitlines() if line.startswith('"'))
    pairs = {b"": header.encode()}
    for message in messages(catalog):
        if not message.fuzzy and _translated(message):
            pairs["\0".join(_ids(message)).encode()] = "\0".join(_strings(message)).encode()
    keys = sorted(pairs)
    tables = 28 + 16 * len(keys)
    offset = tables
    index, blob = b"", b""
    for text in (*keys, *(pairs[key] for key in keys)):
        index += struct.pack("<II", len(text), offset)
        blob += text + b"\0"
        offset += len(text) + 1
    return struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, tables) + index + blob


def _fields(text: str) -> set[str]:
    try:
        fields = [field for _, field, _, _ in string.Formatter().parse(text) if field is not None]
    except ValueError:
        return {"(not a format)"}
    return {re.split(r"[.\[]", field)[0] for field in fields}


SPACES = "U+00A0 before :, U+202F before ; ! ? and inside « »"
STRAIGHT_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
ORDINARY_SPACE = re.compile(r" [;!?:»](?=\s|$|[)\].,»])|« ")
# In `D1!` the sign is part of a query and no exclamation.
NO_SPACE = re.compile(r"(?:[^\W\d_][;!?]|\d[;?])(?=\s|$)|[^\W_]:(?=\s|$)|[^\u202f\u00a0\s]»|«[^\u202f\u00a0\s]")
STRAIGHT_QUOTE = re.compile(r'(?:^|(?<=[\s(]))"(?=\w)|(?<=\w)"(?=[\s,.;)]|$)')
COMMAND = r'(?:--[a-z-]+|\bhsreview(?: [a-z]+)+)(?: "[^"]*")+'
"""Quoted values of a command: a shell takes straight marks only."""
LITERAL = re.compile(rf"`[^`]*`|https?:\S+|%\(\w+\)s|{COMMAND}|\{{[^{{}}]*\}}")


def typography(text: str) -> list[str]:
    """What French typesetters would correct in `text`; words between back-ticks are left alone."""
    plain = LITERAL.sub(lambda found: "x" if found[0].startswith("{") else "", text)
    rules = (
        (STRAIGHT_APOSTROPHE, "a straight apostrophe; write ’"),
        (ORDINARY_SPACE, f"an ordinary space; write {SPACES}"),
        (NO_SPACE, f"no space; write {SPACES}"),
        (STRAIGHT_QUOTE, "a straight quotation mark; write « »"),
        (re.compile(r"\.\.\."), "three full stops; write …"),
    )
    return [said for rule, said in rules if rule.search(plain)]


def faults(catalog: Catalog) -> list[str]:
    """Every message that is untranslated, unfinished, or whose French breaks the format or the typography."""
    found: list[str] = []
    for message in messages(catalog):
        ids, strings = _ids(message), _strings(message)
        name = repr(ids[0])
        if not _translated(message):
            found.append(f"{name}: not translated")
            continue
        if message.fuzzy:
            found.append(f"{name}: marked as unfinished (fuzzy)")
        wanted = set().union(*map(_fields, ids))
        if _fields(strings[-1]) != _fields(ids[-1]) or any(_fields(text) - wanted for text in strings):
            found.append(f"{name}: the fields in braces differ: {strings[-1]!r}")
        if len(strings) > 1 and "n" in _fields(strings[-1]) - _fields(strings[0]):
            found.append(f"{name}: the French singular must say {{n}} too, because it also serves for 0")
        for edge in (0, -1):
            if ids[0][edge].isspace() != strings[0][edge].isspace():
                found.append(f"{name}: white space at the {'end' if edge else 'start'} differs")
        found += [f"{name}: {said}: {text!r}" for text in strings for said in typography(text)]
    return found


def check() -> list[str]:
    """All that is wrong with the catalogue on disk, against the source as it is now."""
    catalog, source = read_catalog(), source_catalog()
    found = faults(updated(catalog, source))
    gone = {_ids(m) for m in messages(catalog)} - {_ids(m) for m in messages(source)}
    found += [f"{ids[0]!r}: no longer in the source" for ids in sorted(gone)]
    compiled = PO.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != mo_bytes(catalog):
        found.append(f"{compiled.name} is not made from {PO.name}; run `make messages`")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    parser.add_argument("--merge", nargs="+", type=Path, default=[], metavar="FILE", help="take in these translations")
    wishes = parser.parse_args()
    if wishes.check:
        found = check()
        print("\n".join(found) or "The French messages are complete.", file=sys.stderr)
        return 1 if found else 0
    catalog = updated(read_catalog(), source_catalog())
    for path in wishes.merge:
        for said in merge(catalog, path.read_text(encoding="utf-8").split("\n")):
            print(f"{path}, {said}", file=sys.stderr)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(po_text(catalog), encoding="utf-8", newline="\n")
    PO.with_suffix(".mo").write_bytes(mo_bytes(catalog))
    missing = sum(not _translated(message) for message in messages(catalog))
    print(f"{len(list(messages(catalog)))} messages, {missing} not translated", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
