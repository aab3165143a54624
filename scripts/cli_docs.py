"""Write the pages of the documentation that are made from the command line itself.

python -m scripts.cli_docs            write docs/cli.md, docs/cli.fr.md, docs/json.md and docs/json.schema.json
python -m scripts.cli_docs --check    change nothing; name the pages that are out of step
"""

from __future__ import annotations

import ast
import json
import sys
import types
import typing
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import click

from hsreview.base.messages import use_language
from hsreview.cli import answers
from hsreview.cli.main import root

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 90
CLI_HEADS = {
    "en": "# The command line\n\nMade from `hsreview --help`; do not edit. [En français](cli.fr.md). "
    "The shapes of `--json` answers are in [json.md](json.md).\n",
    "fr": "# La ligne de commande\n\nPage produite à partir de `hsreview --lang fr --help` ; ne pas la modifier. "
    "[In English](cli.md). La forme des réponses `--json` est décrite dans [json.md](json.md) (en anglais).\n",
}
JSON_HEAD = """\
# JSON answers

Every command that prints data takes `--json`: one JSON document on stdout, messages on stderr. Keys are stable: new
ones may come, none changes its meaning. Ids are UUIDs as text. Offsets count Unicode code points of the stored text
(`hsreview text TRANSCRIPT`) and are half-open: `[start, end)`. Characters that could steer a terminal are written as
`\\uXXXX`. When a command fails, the exit code and stderr say why; stdout then holds nothing, or the whole document.

The same as JSON Schema: [json.schema.json](json.schema.json), one definition for each command and each kind of entry.
Made from `hsreview/cli/answers`; do not edit.
"""


def pages() -> dict[str, str]:
    """File name → what it should hold."""
    return {
        "cli.md": cli_page("en"),
        "cli.fr.md": cli_page("fr"),
        "json.md": json_page(),
        "json.schema.json": json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n",
    }


def commands(command: click.Command, ctx: click.Context) -> Iterator[click.Context]:
    """The contexts of a command and of all commands below it, in order."""
    yield ctx
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            below = command.get_command(ctx, name)
            assert below is not None
            yield from commands(below, below.context_class(below, parent=ctx, info_name=name))


def cli_page(language: str) -> str:
    """Every `--help` in one language."""
    use_language(language)
    parts = [CLI_HEADS[language]]
    start = root.context_class(root, info_name="hsreview", terminal_width=WIDTH)
    for ctx in commands(root, start):
        lines = [line.rstrip() for line in ctx.get_help().split("\n")]
        parts.append(f"## {ctx.command_path}\n\n```text\n" + "\n".join(lines) + "\n```\n")
    return "\n".join(parts)


def _documentation() -> dict[str, tuple[str, dict[str, str]]]:
    """Name of a shape → its docstring and those of its fields."""
    found = {}
    for node in _classes().values():
        fields: dict[str, str] = {}
        name = ""
        for part in node.body:
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
                name = part.target.id
            elif name and isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
                fields[name] = " ".join(str(part.value.value).split())
        found[node.name] = (" ".join((ast.get_docstring(node) or "").split()), fields)
    return found


@cache
def _classes() -> dict[str, ast.ClassDef]:
    """Name of a shape → its source."""
    files = sorted(Path(answers.__file__).parent.glob("*.py"))
    nodes = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _field_docs(shape: type) -> dict[str, str]:
    documented = _documentation()
    found: dict[str, str] = {}
    for each in typing_bases(shape):
        found |= documented.get(each, ("", {}))[1]
    return found


def typing_bases(shape: type) -> list[str]:
    """The names of a TypedDict and of those it extends (which Python itself forgets), the farthest first."""
    classes = _classes()

    def bases(name: str) -> list[str]:
        node = classes.get(name)
        above = [base.id for base in node.bases if isinstance(base, ast.Name)] if node else []
        return [far for base in above for far in bases(base)] + [name]

    return bases(shape.__name__)


def _shapes(shape: type) -> Iterator[type]:
    """A shape and those that it holds, each once."""
    seen: dict[type, None] = {}

    def visit(kind: Any) -> None:
        if typing.is_typeddict(kind):
            if kind in seen:
                return
            seen[kind] = None
            for hint in get_type_hints(kind).values():
                visit(hint)
        for part in get_args(kind):
            if not isinstance(part, str):
                visit(part)

    visit(shape)
    yield from seen


_PLAIN = {str: "text", int: "integer", float: "number", bool: "true or false", type(None): "null"}


def _words(kind: Any) -> str:
    """A type in words."""
    origin = get_origin(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in get_args(kind))
    if origin in (Union, types.UnionType):
        return " or ".join(_words(each) for each in get_args(kind))
    if origin is list:
        return f"list of {_words(get_args(kind)[0])}"
    if origin is dict:
        return f"object: name → {_words(get_args(kind)[1])}"
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def json_page() -> str:
    """The shapes in tables."""
    documented = _documentation()
    parts = [JSON_HEAD, "| command | answer |\n|---|---|"]
    parts[-1] += "".join(
        f"\n| `hsreview {command}` | [{shape.__name__}](#{shape.__name__.lower()}) |"
        for command, shape in answers.ANSWERS.items()
    )
    shown: dict[type, None] = {}
    for shape in answers.ANSWERS.values():
        shown |= dict.fromkeys(_shapes(shape))
    for shape in shown:
        docs = _field_docs(shape)
        rows = [f"| `{name}` | {_words(kind)} | {docs.get(name, '')} |" for name, kind in get_type_hints(shape).items()]
        parts.append(f"\n## {shape.__name__}\n\n{documented[shape.__name__][0]}\n")
        parts.append("\n".join(["| key | value | meaning |", "|---|---|---|", *rows]))
    return "\n".join(parts) + "\n"


def json_schema() -> dict[str, Any]:
    """JSON Schema with a definition for each shape; `commands` says which one a command answers with."""
    definitions: dict[str, Any] = {}
    named: dict[str, type] = {}
    documented = _documentation()
    for shape in answers.ANSWERS.values():
        for each in _shapes(shape):
            if named.setdefault(each.__name__, each) is not each:
                raise ValueError(f"two shapes of answers are called {each.__name__}")
            hints = get_type_hints(each)
            docs = _field_docs(each)
            definitions[each.__name__] = {
                "description": documented[each.__name__][0],
                "type": "object",
                "properties": {
                    name: _schema(kind) | ({"description": docs[name]} if name in docs else {})
                    for name, kind in hints.items()
                },
                "required": [name for name in hints if name in each.__required_keys__],  # type: ignore[attr-defined]
                "additionalProperties": False,
            }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "JSON answers of hsreview",
        "commands": {command: {"$ref": f"#/$defs/{shape.__name__}"} for command, shape in answers.ANSWERS.items()},
        "$defs": definitions,
    }


_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def _schema(kind: Any) -> dict[str, Any]:
    origin = get_origin(kind)
    if kind in _TYPES:
        return {"type": _TYPES[kind]}
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema(each) for each in get_args(kind)]}
    if origin is list:
        return {"type": "array", "items": _schema(get_args(kind)[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema(get_args(kind)[1])}
    return {"$ref": f"#/$defs/{kind.__name__}"}


def stale() -> list[str]:
    """The pages on disk that are not what the program says."""
    return [
        name
        for name, text in pages().items()
        if not (DOCS / name).is_file() or (DOCS / name).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or check them."""
    if "--check" in sys.argv[1:]:
        found = stale()
        print("\n".join(f"{name} is out of step: python -m scripts.cli_docs" for name in found), file=sys.stderr)
        return 1 if found else 0
    DOCS.mkdir(exist_ok=True)
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
