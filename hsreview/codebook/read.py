"""Reading a codebook file: all of its problems at once, each with line and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path as FilePath

from hsreview.base.messages import _
from hsreview.codebook.convert import to_codebook
from hsreview.codebook.draft import DRAFT, from_draft
from hsreview.codebook.schema import OVERLAY, SCHEMA, CodebookEntry
from hsreview.codebook.validating import file_text, known_format, refused, validated
from hsreview.codebook.yaml_tree import Finding, YamlTree, parse_yaml
from hsreview.model.codebook import Codebook
from hsreview.model.codebook_rules import Path, codebook_faults


@dataclass(frozen=True, slots=True)
class CodebookSource:
    """A codebook that was read, and where in the file each of its parts stands."""

    codebook: Codebook
    place: Callable[[Path], str]
    """`line 12, column 3` of what a path leads to, such as `("themes", 0, "codes", 2)`."""


def read_codebook(source: str | FilePath, name: str = "") -> Codebook:
    """The codebook in a YAML file (a path) or in a YAML text (a string); `name` stands for a text in messages.

    Raises InputRefused with every problem of the file, each with its line and column.
    """
    return read_codebook_source(source, name).codebook


def read_codebook_source(source: str | FilePath, name: str = "") -> CodebookSource:
    """As `read_codebook`, with the places of its parts for lint."""
    if isinstance(source, FilePath):
        name = name or source.name
        source = file_text(source, name)
    tree = parse_yaml(source)
    entry = _validated(tree) if isinstance(tree.data, dict) else None
    if entry is None:
        raise refused(name, tree.findings)
    codebook = to_codebook(entry)
    known = {finding.mark for finding in tree.findings}
    for fault in codebook_faults(codebook):
        mark = tree.mark(fault.path)
        if mark not in known:
            other = tree.place(fault.other) if fault.other else ""
            message = fault.message + (" " + _("The other one: {place}.").format(place=other) if other else "")
            tree.findings.append(Finding(mark, fault.code, message))
    if tree.findings:
        raise refused(name, tree.findings)
    return CodebookSource(codebook, tree.place)


def _validated(tree: YamlTree) -> CodebookEntry | None:
    """The entries of the file; None when it is too far from the format, as the findings then say."""
    assert isinstance(tree.data, dict)
    data, schema = tree.data, tree.data.get("schema", SCHEMA)
    if schema == DRAFT:
        data = from_draft(data, SCHEMA)
    elif schema == OVERLAY:
        message = _("This file is an overlay. Make a codebook of it first: hsreview overlay apply")
        tree.findings.append(Finding(tree.mark(("schema",)), "overlay", message))
        return None
    elif not known_format(tree, schema, SCHEMA):
        return None
    return validated(tree, data, CodebookEntry, _NEEDED)


_NEEDED = {"schema": SCHEMA, "values": [{"id": "?"}]}
