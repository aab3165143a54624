"""The codebook in the project file: one row for the whole, one for each question, theme and code."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from hsreview.model.codebook import OUTSIDE_REF, Code, Codebook, Status, Theme
from hsreview.model.codebook_json import (
    code_from_json,
    code_to_json,
    codebook_from_json,
    codebook_to_json,
    question_from_json,
    question_to_json,
    theme_from_json,
    theme_to_json,
)
from hsreview.model.codebook_nodes import CodeNode, CodeTree
from hsreview.model.localized import Localized
from hsreview.project.former import former_names
from hsreview.project.log import Act

CODEBOOK_ID = "codebook"
"""A project has one codebook."""
OUTSIDE = "outside"
"""The theme of proposals without one, and of codes whose theme is gone."""
_COLUMNS = frozenset({"id", "ref", "codable", "status", "merged_into", "codes"})
"""Keys of a node that stand in columns of their own."""

_USED = (
    "((removed = 0 and status not in ('merged', 'refused', 'retired')) or id in"
    " (select code_id from coding where removed = 0))"
)
"""What stands in the codebook, and what is still on codings."""

EMPTY = Codebook(ref="", version="", title=Localized())


def load_codebook(connection: sqlite3.Connection, *, whole: bool = False) -> Codebook:
    """The project's codebook with proposals; `EMPTY` when none was imported.

    Every code that a coding bears is there: as `retired` or `refused` when it is no longer for coding, and under
    `OUTSIDE` when its theme is gone. The version is the file's, with `+3` after three edits made in the project.
    With `whole`, codes that were merged, refused or retired are there too, used or not, each with its status; else
    `former` says what became of the names that it had.
    """
    chosen = "removed = 0" if whole else _USED
    row = connection.execute(
        "select data, ref, version, number - base_number from codebook where id = ? and removed = 0", (CODEBOOK_ID,)
    ).fetchone()
    nodes: dict[str, _Node] = {}
    for node_id, kind, ref, parent, status, merged_into, codable, data, removed in connection.execute(
        "select id, kind, ref, parent_id, status, merged_into, codable, data, removed from code where kind is not null"
        f" and {chosen} order by position, created, id"
    ):
        json_ = {**json.loads(data), "id": node_id, "ref": ref, "merged_into": merged_into, "codable": bool(codable)}
        json_["status"] = str(Status.RETIRED) if not whole and (removed or status == Status.MERGED) else status
        nodes[node_id] = _Node(kind, parent, json_)
    tree = _Tree(nodes)
    themes = [theme_from_json(tree.nested(node)) for node in nodes if nodes[node].kind == "theme"]
    loose = tuple(code_from_json(tree.nested(node)) for node in tree.loose())
    if loose:
        themes.append(Theme(OUTSIDE, OUTSIDE_REF, Localized(fr="Hors grille", en="Outside the codebook"), codes=loose))
    questions = tuple(question_from_json(node.json) for node in nodes.values() if node.kind == "question")
    former = () if whole else former_names(connection, nodes.keys())
    if row is None:
        return replace(EMPTY, questions=questions, themes=tuple(themes), former=former)
    book = codebook_from_json({**json.loads(row[0]), "ref": row[1], "version": row[2]})
    version = f"{row[2]}+{row[3]}" if row[3] else row[2]
    return replace(book, version=version, questions=questions, themes=tuple(themes), former=former)


def code_tree(connection: sqlite3.Connection) -> CodeTree:
    """Every question, theme and code, in the order of the codebook, and what the codebook holds beside them."""
    row = connection.execute("select data from codebook where id = ? and removed = 0", (CODEBOOK_ID,)).fetchone()
    rows = connection.execute(
        "select id, kind, ref, parent_id, position, status, merged_into, codable, data from code"
        " where removed = 0 and kind is not null order by position, created, id"
    )
    nodes = tuple(
        CodeNode(each[0], each[1], each[2], each[3], each[4] or 0, each[5], each[6], bool(each[7]), json.loads(each[8]))
        for each in rows
    )
    return CodeTree(nodes, json.loads(row[0]) if row else {})


@dataclass(frozen=True, slots=True)
class _Node:
    kind: str
    parent: str | None
    json: dict[str, Any]


class _Tree:
    """Nests codes below their parents; whatever cannot be reached from a theme is loose."""

    def __init__(self, nodes: Mapping[str, _Node]) -> None:
        self._nodes = nodes
        self._children: dict[str | None, list[str]] = {}
        for node_id, node in nodes.items():
            if node.kind == "code":
                self._children.setdefault(node.parent, []).append(node_id)
        self._placed: set[str] = set()

    def nested(self, node_id: str) -> dict[str, Any]:
        """The JSON of a node with the codes below it; each node is placed once."""
        self._placed.add(node_id)
        below = [self.nested(child) for child in self._children.get(node_id, ()) if child not in self._placed]
        return self._nodes[node_id].json | {"codes": below}

    def loose(self) -> Iterator[str]:
        """Codes that no theme leads to: first those without a parent here, then what stands in a circle."""
        codes = [node_id for node_id, node in self._nodes.items() if node.kind == "code"]
        rootless = [node_id for node_id in codes if self._nodes[node_id].parent not in self._nodes]
        for node_id in (*rootless, *codes):
            if node_id not in self._placed:
                yield node_id


def put_codebook(act: Act, codebook: Codebook, connection: sqlite3.Connection) -> None:
    """Make `codebook` the project's. A code that it no longer has is retired; its codings keep it.

    What was decided in the project stays: who proposed a code, and that one was merged or refused.
    """
    whole = codebook_to_json(replace(codebook, questions=(), themes=()))
    for name in ("ref", "version", "questions", "themes"):
        whole.pop(name)
    base = re.sub(r"\+\d+$", "", codebook.version)
    act.put("codebook", CODEBOOK_ID, ref=codebook.ref, version=base, data=whole)
    present = dict(connection.execute("select id, status from code").fetchall())
    kept = set()
    for position, (kind, node, parent) in enumerate(_nodes(codebook)):
        kept.add(node["id"])
        fields = node_fields(kind, node, parent) | {"position": position}
        if node["id"] in present:
            for name in ("reason", "coder_id", "created"):
                fields.pop(name)
            if present[node["id"]] in (Status.MERGED, Status.REFUSED):
                fields.pop("status")
                fields.pop("merged_into")
        act.put("code", node["id"], **fields)
    for node_id, status in present.items():
        if node_id not in kept and status == Status.ACTIVE:
            act.put("code", node_id, status=str(Status.RETIRED))


def node_fields(kind: str, node: Mapping[str, Any], parent_id: str | None) -> dict[str, Any]:
    """The columns of a new node; `node` is its plain JSON."""
    return {
        "kind": kind,
        "ref": node["ref"],
        "parent_id": parent_id,
        "status": str(node.get("status", "active")),
        "merged_into": node.get("merged_into"),
        "codable": int(node.get("codable", kind == "code")),
        "data": {key: value for key, value in node.items() if key not in _COLUMNS},
        "reason": "",
        "coder_id": None,
        "created": "",
    }


def _nodes(codebook: Codebook) -> Iterator[tuple[str, dict[str, Any], str | None]]:
    def below(codes: tuple[Code, ...], parent: str | None) -> Iterator[tuple[str, dict[str, Any], str | None]]:
        for code in codes:
            yield "code", code_to_json(replace(code, children=())), parent
            yield from below(code.children, code.id)

    for question in codebook.questions:
        yield "question", question_to_json(question), None
    for theme in codebook.themes:
        if theme.ref == OUTSIDE_REF:
            yield from below(theme.codes, None)
            continue
        yield "theme", theme_to_json(replace(theme, codes=())), None
        yield from below(theme.codes, theme.id)
