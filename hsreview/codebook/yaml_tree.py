"""YAML as plain data, with the line and column of every key and value.

The node graph of ruamel.yaml is walked here instead of its constructed objects, because it keeps the place and the
spelling of everything: all duplicate keys can be named, and `1.10` can be told from `"1.10"`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.base.terminal import visible
from hsreview.model.codebook_rules import Path

MAX_NODES = 100_000
MAX_NESTING = 80
_TAG = "tag:yaml.org,2002:"


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A bare scalar that YAML takes for something else than text."""

    raw: str
    kind: str
    """`number`, `date` or `truth`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its line and column, counted from 0."""

    mark: tuple[int, int] | None
    code: str
    message: str

    def problem(self) -> Problem:
        return Problem(self.message, place_of(*self.mark) if self.mark else "", self.code)


@dataclass
class YamlTree:
    """Plain data (dicts, lists, texts, ints, true/false, `Unquoted`), places, and what was wrong on the way."""

    data: object = None
    findings: list[Finding] = field(default_factory=list)
    unquoted: dict[Path, Unquoted] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)

    def mark(self, path: Path, *, key: bool = False) -> tuple[int, int] | None:
        """Line and column of the value at `path` (of its key, with `key`), else of the nearest thing above."""
        first = self.keys if key else self.values
        for end in range(len(path), -1, -1):
            mark = first.get(path[:end]) or self.values.get(path[:end])
            if mark:
                return mark
        return None

    def place(self, path: Path) -> str:
        """`line 12, column 3`, or an empty string."""
        mark = self.mark(path)
        return place_of(*mark) if mark else ""

    def add(self, node: Node, code: str, message: str) -> None:
        self.findings.append(Finding((node.start_mark.line, node.start_mark.column), code, message))


def place_of(line: int, column: int) -> str:
    """A place for people, from a line and column counted from 0."""
    return _("line {line}, column {column}").format(line=line + 1, column=column + 1)


def parse_yaml(text: str) -> YamlTree:
    """The tree of `text`. A text that is no YAML, or a hostile one, gives a tree without data and with problems."""
    tree = YamlTree()
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _Composer
    try:
        node = yaml.compose(text)
    except ReaderError as error:
        before = text[: error.position]
        mark = (before.count("\n"), len(before) - (before.rfind("\n") + 1))
        message = _("A control character stands here; YAML does not allow it. Delete it.")
        tree.findings.append(Finding(mark, "control_character", message))
    except MarkedYAMLError as error:
        _explain(tree, text, error)
    except _Hostile as error:
        tree.findings.append(Finding(None, error.code, error.message))
    except (YAMLError, ValueError, TypeError, LookupError, AttributeError, AssertionError, NotImplementedError):
        tree.findings.append(Finding(None, "yaml", _("This is not a YAML file.")))
    else:
        if isinstance(node, MappingNode):
            _Reader(tree).read(node)
        else:
            text = _("A codebook file begins with keys such as {first} and {second}; this one does not.")
            message = text.format(first="schema:", second="id:")
            tree.findings.append(Finding((0, 0), "not_a_codebook", message))
    return tree


class _Hostile(Exception):
    """A file that is bigger or deeper than any codebook."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
        texts = {"too_deep": _("The file is nested too deeply."), "too_big": _("The file holds far too many entries.")}
        self.message = texts[code]


class _Composer(Composer):
    """Makes the nodes, and stops as soon as they are too many or too deep."""

    count = 0
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.count += 1
        self.depth += 1
        if self.count > MAX_NODES or self.depth > MAX_NESTING:
            raise _Hostile("too_big" if self.count > MAX_NODES else "too_deep")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def _explain(tree: YamlTree, text: str, error: MarkedYAMLError) -> None:
    tabs = [
        (number, len(line) - len(line.lstrip(" ")))
        for number, line in enumerate(text.split("\n"))
        if line.lstrip(" ").startswith("\t")
    ]
    if tabs:
        message = _("A tab indents this line; YAML allows blanks only. Replace the tab by blanks.")
        tree.findings.extend(Finding(tab, "tab", message) for tab in tabs)
        return
    mark = error.problem_mark or error.context_mark
    place = (mark.line, mark.column) if mark else (0, 0)
    tree.findings.append(Finding(place, "yaml", _syntax(error.problem or "")))


def _syntax(problem: str) -> str:
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        return _("YAML cannot read this line: a text with a colon in it must stand between quotes.")
    if "unexpected end of stream" in problem or "document separator" in problem:
        return _("A quote was opened and never closed.")
    if "unknown escape" in problem:
        return _("A backslash inside double quotes must be doubled, or use single quotes.")
    if "undefined alias" in problem:
        return _("This alias (*…) names an anchor (&…) that does not stand above it.")
    if "duplicate anchor" in problem:
        return _("This anchor (&…) stands twice.")
    if "another document" in problem:
        return _("The file holds a second document (---); a codebook is one document.")
    if "cannot start any token" in problem:
        return _("A text must not begin with this character; put the text between quotes.")
    if "expected" in problem:
        return _("The structure breaks here: check the indentation, the “- ” of lists and the brackets of this block.")
    return _("YAML cannot read this place.")


class _Reader:
    """Turns nodes into plain data; counts them, so that aliases cannot multiply without end."""

    def __init__(self, tree: YamlTree) -> None:
        self.tree = tree
        self.count = 0
        self.above: set[int] = set()

    def read(self, root: MappingNode) -> None:
        self.tree.data = self._plain(root, ())
        if self.count > MAX_NODES:
            self.tree.findings = [Finding(None, "too_big", _Hostile("too_big").message)]
            self.tree.data = None

    def _plain(self, node: Node, path: Path) -> object:
        self.count += 1
        if self.count > MAX_NODES:
            return None
        mark = node.start_mark
        self.tree.values[path] = (mark.line, mark.column)
        if isinstance(node, ScalarNode):
            return self._scalar(node, path)
        if id(node) in self.above:
            self.tree.add(node, "cycle", _("This block contains itself, by way of an alias."))
            return None
        if len(path) > MAX_NESTING:
            self.tree.add(node, "too_deep", _Hostile("too_deep").message)
            return None
        self.above.add(id(node))
        value = self._mapping(node, path) if isinstance(node, MappingNode) else self._list(node, path)
        self.above.discard(id(node))
        return value

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            mark = key_node.start_mark
            if not isinstance(key_node, ScalarNode):
                self.tree.add(key_node, "bad_key", _("A key must be a word."))
                continue
            key = str(key_node.value)
            here = (*path, key)
            if here in self.tree.keys:
                text = _("The key “{key}” stands twice in this block; it first stands at {place}.")
                first = place_of(*self.tree.keys[here])
                self.tree.add(key_node, "duplicate_key", text.format(key=visible(key), place=first))
                continue
            self.tree.keys[here] = (mark.line, mark.column)
            value = self._plain(value_node, here)
            if value is not None:
                result[key] = value
        return result

    def _list(self, node: Node, path: Path) -> list[object]:
        assert isinstance(node, SequenceNode)
        values = [self._plain(item, (*path, i)) for i, item in enumerate(node.value)]
        return ["" if value is None else value for value in values]

    def _scalar(self, node: ScalarNode, path: Path) -> object:
        tag = str(node.tag).removeprefix(_TAG)
        raw = str(node.value)
        if tag == "str":
            return raw
        if tag == "null":
            return None
        kind = {"int": "number", "float": "number", "timestamp": "date", "bool": "truth"}.get(tag)
        if kind is None:
            self.tree.add(node, "tag", _("Marks that begin with “!” are not allowed here."))
            return None
        self.tree.unquoted[path] = Unquoted(raw, kind)
        if tag == "bool":
            return raw.lower() == "true"
        if tag == "int" and raw.isascii() and raw.isdigit() and len(raw) < 10:
            return int(raw)
        return self.tree.unquoted[path]
