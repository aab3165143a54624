"""Saved expressions keep which codes were meant: refs change, and may come to name another code.

Beside the expression stands, for each name of codes (told apart by its column), the id of the thing that it names and
the ids of the codes that it stood for. When the expression is asked again, the id finds the thing whatever it is
called now, and a reader is told what else has changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from hsreview.analysis.query.codes import Codes, Thing
from hsreview.analysis.query.fault import QueryFault
from hsreview.analysis.query.tree import And, CodeName, Node, Not, Or, Related
from hsreview.base.messages import _
from hsreview.model.codebook import Code, Codebook, Status


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
    beside = _beside(node, by_column)

    def today(name: Node) -> Node:
        if not isinstance(name, CodeName) or name.column not in by_column:
            return name
        found, told = _today(codes, name, by_column[name.column], beside.get(name.column, frozenset()))
        notes.extend(told)
        return found

    return _mapped(_mapped(node, today), _once), list(dict.fromkeys(notes))


def _today(codes: Codes, name: CodeName, meant: Meant, beside: frozenset[str]) -> tuple[CodeName, list[str]]:
    """The name to write today, and what to tell of it; `beside` are codes that are picked whatever it stands for."""
    if name.prefix:
        return name, _changed(codes, name, meant, beside)
    gone = next((each for each in codes.book.former if each.id == meant.id and each.status != "renamed"), None)
    thing = codes.things.get(gone.now_id if gone else meant.id)
    if thing is None:
        told = gone.said() if gone else _("{name} is no longer in the codebook.").format(name=name.text)
        raise QueryFault(told, name.column)
    retired = _retired(thing)
    if _names_it(codes, name, thing.id):
        return name, [*retired, *_changed(codes, name, meant, beside)]
    now = replace(name, text=thing.ref)
    if not _names_it(codes, now, thing.id):
        told = _("{name} is called {ref} now, and something else is called so too: rename one of them.")
        raise QueryFault(told.format(name=name.text, ref=thing.ref), name.column)
    if gone:
        return now, [f"{gone.said()} {_('The answer is that for {ref}.').format(ref=thing.ref)}", *retired]
    told = _("{name} is called {ref} now.").format(name=name.text, ref=thing.ref)
    return now, [told, *retired, *_changed(codes, now, meant, beside)]


def _retired(thing: Thing) -> list[str]:
    """What to tell of a code that codings bear still, and that is not for coding any more."""
    if not isinstance(thing, Code) or thing.status not in (Status.RETIRED, Status.REFUSED):
        return []
    return [_("{ref} was retired: what is found was coded before, and nothing new is.").format(ref=thing.ref)]


def _names_it(codes: Codes, name: CodeName, thing_id: str) -> bool:
    try:
        return codes.thing(name).id == thing_id
    except QueryFault:
        return False


def _changed(codes: Codes, name: CodeName, meant: Meant, beside: frozenset[str]) -> list[str]:
    """Which codes a name gained, those `beside` it apart, and lost since it was saved."""
    before, now, written = frozenset(meant.codes), _stands_for(codes, name), name.text + "*" * name.prefix
    told = []
    if gained := now - before - beside:
        said = _("Since the query was saved, {name} also stands for {refs}.")
        told.append(said.format(name=written, refs=_refs(codes, gained)))
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


def _beside(node: Node, by_column: Mapping[int, Meant]) -> dict[int, frozenset[str]]:
    """Column of a name → the codes of all names of the same `or`: they were picked then, too."""
    found: dict[int, frozenset[str]] = {}

    def note(each: Node) -> Node:
        if isinstance(each, Or):
            columns = [part.column for part in each.parts if isinstance(part, CodeName) and part.column in by_column]
            codes: frozenset[str] = frozenset().union(*(by_column[column].codes for column in columns))
            found.update(dict.fromkeys(columns, codes))
        return each

    _mapped(node, note)
    return found


def _once(node: Node) -> Node:
    """An `or` that names nothing twice."""
    if not isinstance(node, Or):
        return node
    parts = tuple(dict.fromkeys(node.parts))
    return replace(node, parts=parts) if len(parts) > 1 else parts[0]


def _names(node: Node) -> list[CodeName]:
    found: list[CodeName] = []

    def note(each: Node) -> Node:
        if isinstance(each, CodeName):
            found.append(each)
        return each

    _mapped(node, note)
    return found


def _mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every part changed, the innermost first."""
    match node:
        case Not():
            return change(replace(node, of=_mapped(node.of, change)))
        case And() | Or():
            return change(replace(node, parts=tuple(_mapped(part, change) for part in node.parts)))
        case Related():
            base = _mapped(node.base, change)
            links = tuple(replace(link, to=_mapped(link.to, change)) for link in node.links)
            return change(replace(node, base=base, links=links))
        case _:
            return change(node)
