"""The codebook in the project file: one row for the whole, one for each question, theme and code."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from hsreview.model.codebook import Code, Codebook, Status, Theme
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
from hsreview.model.localized import Localized
from hsreview.project.log import Act

CODEBOOK_ID = "codebook"
"""A project has one codebook."""
OUTSIDE = "outside"
"""The theme of proposals without one, and of codes whose theme is gone."""
_COLUMNS = frozenset({"id", "ref", "codable", "status", "merged_into", "codes"})
"""Keys of a node that stand in columns of their own."""

EMPTY = Codebook(ref="", version="", title=Localized())


def load_codebook(connection: sqlite3.Connection) -> Codebook:
    """The project's codebook with proposals; `EMPTY` when none was imported.

    Merged codes and refused ones that nobody uses are left out; what has no theme stands under `OUTSIDE`.
    The version is the file's, with `+3` after three edits made in the project.
    """
    row = connection.execute(
        "select data, version, number - base_number from codebook where id = ? and removed = 0", (CODEBOOK_ID,)
    ).fetchone()
    whole = {} if row is None else json.loads(row[0])
    nodes: dict[str | None, list[dict[str, Any]]] = {}
    questions = []
    for node_id, kind, ref, parent, status, merged_into, codable, data in connection.execute(
        "select id, kind, ref, parent_id, status, merged_into, codable, data from code"
        " where removed = 0 and status <> 'merged' and (status <> 'refused' or exists"
        " (select 1 from coding where coding.code_id = code.id and coding.removed = 0))"
        " order by position, created, id"
    ):
        node = {**json.loads(data), "id": node_id, "ref": ref}
        if kind == "question":
            questions.append(question_from_json(node))
            continue
        node |= {"status": status, "merged_into": merged_into, "codable": bool(codable), "kind": kind}
        nodes.setdefault(parent, []).append(node)
    themes = [theme_from_json(_nest(node, nodes)) for node in nodes.get(None, []) if node["kind"] == "theme"]
    loose = _loose(nodes)
    if loose:
        label = Localized(fr="Hors grille", en="Outside the codebook")
        themes.append(Theme(id=OUTSIDE, ref="?", label=label, codes=loose))
    book = codebook_from_json(whole) if whole else EMPTY
    version = "" if row is None else f"{row[1]}+{row[2]}" if row[2] else row[1]
    return replace(book, version=version, questions=tuple(questions), themes=tuple(themes))


def _loose(nodes: Mapping[str | None, list[dict[str, Any]]]) -> tuple[Code, ...]:
    known = {node["id"] for siblings in nodes.values() for node in siblings}
    return tuple(
        code_from_json(_nest(node, nodes))
        for parent, siblings in nodes.items()
        if parent not in known
        for node in siblings
        if node["kind"] == "code"
    )


def _nest(node: dict[str, Any], nodes: Mapping[str | None, list[dict[str, Any]]]) -> dict[str, Any]:
    return node | {"codes": [_nest(child, nodes) for child in nodes.get(node["id"], [])]}


def put_codebook(act: Act, codebook: Codebook, connection: sqlite3.Connection) -> None:
    """Make `codebook` the project's. Nodes that it no longer has are retired when they are used, else removed."""
    whole = codebook_to_json(replace(codebook, questions=(), themes=()))
    act.put("codebook", CODEBOOK_ID, ref=codebook.ref, version=codebook.version, data=whole)
    kept = set()
    for position, (kind, node, parent) in enumerate(_nodes(codebook)):
        kept.add(node["id"])
        act.put("code", node["id"], **node_fields(kind, node, parent), position=position)
    for node_id, status in connection.execute("select id, status from code where removed = 0").fetchall():
        if node_id in kept or status in ("proposed", "merged", "refused"):
            continue
        used = connection.execute("select 1 from coding where code_id = ? and removed = 0", (node_id,)).fetchone()
        if used:
            act.put("code", node_id, status=str(Status.RETIRED))
        else:
            act.remove("code", node_id)


def node_fields(kind: str, node: Mapping[str, Any], parent_id: str | None) -> dict[str, Any]:
    """The columns of one node; `node` is its plain JSON."""
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
    def below(codes: tuple[Code, ...], parent: str) -> Iterator[tuple[str, dict[str, Any], str | None]]:
        for code in codes:
            yield "code", code_to_json(replace(code, children=())), parent
            yield from below(code.children, code.id)

    for question in codebook.questions:
        yield "question", question_to_json(question), None
    for theme in codebook.themes:
        yield "theme", theme_to_json(replace(theme, codes=())), None
        yield from below(theme.codes, theme.id)
