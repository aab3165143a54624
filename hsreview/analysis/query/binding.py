"""Saved expressions keep which codes were meant: refs change, and may come to name another code.

Beside the expression stands, for each name of codes (told apart by its column), the id of the thing that it names and
the ids of the codes that it stood for. When the expression is asked again, the id finds the thing whatever it is
called now, and a reader is told what else has changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hsreview.analysis.query.codes import Codes
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.tree import And, CodeName, Node, Not, Or, Related
from hsreview.base.messages import _
from hsreview.model.codebook import Codebook


@dataclass(frozen=True, slots=True)
class Meant:
    """What a name of a saved expression means."""

    column: int
    id: str
    """Of the code, theme or question; empty for `D*`."""
    codes: tuple[str, ...]
    """Ids of the codes that it stood for when the expression was saved, those merged into them included."""


def meanings(node: Node, book: Codebook) -> list[Meant]:
    """What the names of an expression mean. Raises QueryFault for a name that nothing bears."""
    codes = Codes(book)
    return [
        Meant(name.column, "" if name.prefix else codes.thing(name).id, tuple(sorted(_stands_for(codes, name))))
        for name in _names(node)
    ]


def bound(node: Node, meant: Sequence[Meant], book: Codebook) -> tuple[Node, list[str]]:
    """A saved expression with the refs of today, and what a reader should know of what has changed since.

    Raises QueryFault where what was meant is no longer there, or cannot be named.
    """
    codes, notes = Codes(book), []
    by_column = {each.column: each for each in meant}

    def today(name: CodeName) -> CodeName:
        found, told = _today(codes, name, by_column[name.column]) if name.column in by_column else (name, [])
        notes.extend(told)
        return found

    return _mapped(node, today), list(dict.fromkeys(notes))


def _today(codes: Codes, name: CodeName, meant: Meant) -> tuple[CodeName, list[str]]:
    if name.prefix:
        return name, _changed(codes, name, meant)
    gone = next((each for each in codes.book.former if each.id == meant.id and each.status != "renamed"), None)
    thing = codes.things.get(gone.now_id if gone else meant.id)
    if thing is None:
        told = gone.said() if gone else _("{name} is no longer in the codebook.").format(name=name.text)
        raise QueryFault(told, name.column)
    if _names_it(codes, name, thing.id):
        return name, _changed(codes, name, meant)
    now = replace(name, text=thing.ref)
    if not _names_it(codes, now, thing.id):
        told = _("{name} is called {ref} now, and something else is called so too: rename one of them.")
        raise QueryFault(told.format(name=name.text, ref=thing.ref), name.column)
    if gone:
        return now, [f"{gone.said()} {_('The answer is that for {ref}.').format(ref=thing.ref)}"]
    told = _("{name} is called {ref} now.").format(name=name.text, ref=thing.ref)
    return now, [told, *_changed(codes, now, meant)]


def _names_it(codes: Codes, name: CodeName, thing_id: str) -> bool:
    try:
        return codes.thing(name).id == thing_id
    except QueryFault:
        return False


def _changed(codes: Codes, name: CodeName, meant: Meant) -> list[str]:
    """Which codes a name gained and lost since it was saved."""
    before, now, written = frozenset(meant.codes), _stands_for(codes, name), name.text + "*" * name.prefix
    told = []
    if now - before:
        said = _("Since the query was saved, {name} also stands for {refs}.")
        told.append(said.format(name=written, refs=_refs(codes, now - before)))
    if before - now:
        said = _("Since the query was saved, {name} no longer stands for {refs}.")
        told.append(said.format(name=written, refs=_refs(codes, before - now)))
    return told


def _stands_for(codes: Codes, name: CodeName) -> frozenset[str]:
    """Ids of the codes of a name, and of those whose codings count for them since they were merged."""
    named = codes.named(name)
    return named | {each.id for each in codes.book.former if each.status == "merged" and each.now_id in named}


def _refs(codes: Codes, ids: frozenset[str]) -> str:
    refs = {each.id: each.ref for each in (*codes.book.former, *codes.things.values())}
    return ", ".join(sorted(refs.get(each, "?") for each in ids))


def _names(node: Node) -> list[CodeName]:
    found: list[CodeName] = []

    def note(name: CodeName) -> CodeName:
        found.append(name)
        return name

    _mapped(node, note)
    return found


def _mapped(node: Node, change: Callable[[CodeName], CodeName]) -> Node:
    """The tree with every name of codes changed."""
    match node:
        case CodeName():
            return change(node)
        case Not():
            return replace(node, of=_mapped(node.of, change))
        case And() | Or():
            return replace(node, parts=tuple(_mapped(part, change) for part in node.parts))
        case Related():
            links = tuple(replace(link, to=_mapped(link.to, change)) for link in node.links)
            return replace(node, base=_mapped(node.base, change), links=links)
        case _:
            return node
