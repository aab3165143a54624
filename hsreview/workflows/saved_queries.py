"""Queries that are saved under names, with the codes that they mean: refs may change afterwards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from hsreview.analysis.query.fault import QueryFault, nearest
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Codebook
from hsreview.model.people import Coder
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.saved import Saved, saved

if TYPE_CHECKING:
    from hsreview.analysis.query.binding import Meant

KIND = "query"
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """A saved query; two may bear the same name, when two people saved it apart from each other."""

    id: str
    name: str
    expression: str
    """As it was written."""
    today: str
    """With the refs of today, in the user's language; as it was written where it cannot be read any more."""
    notes: Sequence[str]
    """What has changed in the codebook since it was saved."""
    fault: QueryFault | None = None
    """Why it cannot be asked any more."""

    def asked(self) -> str:
        """The expression to ask. Raises QueryFault where it cannot be asked any more."""
        if self.fault is not None:
            raise self.fault
        return self.today


def saved_queries(project: Project) -> list[SavedQuery]:
    """The saved queries, by name."""
    with project.snapshot():
        found = saved(project.connection, KIND)
        book = load_codebook(project.connection)
    return [_read(each, book) for each in found]


def _read(each: Saved, book: Codebook) -> SavedQuery:
    from hsreview.analysis.query.binding import bound
    from hsreview.analysis.query.grammar import parse
    from hsreview.analysis.query.printing import written

    expression, meant = _parts(each.text)
    try:
        node, notes = bound(parse(expression), meant or (), book)
    except QueryFault as fault:  # A code went, or a later version of hsreview knows more words.
        fault.expression = expression
        return SavedQuery(each.id, each.name, expression, expression, [fault.reason], fault)
    if meant is None:
        notes.append(_("It was saved without the ids of its codes: the refs are read as the codebook has them now."))
    return SavedQuery(each.id, each.name, expression, written(node, current_language()), notes)


def expression_of(text: str) -> str:
    """The expression in what is stored of a query."""
    return _parts(text)[0]


def _parts(text: str) -> tuple[str, list[Meant] | None]:
    """The expression and what its names mean; null where that was not kept."""
    from hsreview.analysis.query.binding import Meant

    try:
        stored = json.loads(text)
        return str(stored["expression"]), [
            Meant(int(each["column"]), str(each["id"]), tuple(map(str, each["codes"]))) for each in stored["codes"]
        ]
    except (ValueError, TypeError, KeyError):
        return text, None


def find_query(project: Project, wish: str) -> SavedQuery:
    """The saved query with that id or name. Raises InputRefused, with names that are like it, when there is none."""
    found = saved_queries(project)
    chosen = [each for each in found if each.id == wish] or [each for each in found if fold(each.name) == fold(wish)]
    if len(chosen) > 1:
        ids = ", ".join(each.id for each in chosen)
        raise UsageProblem(_("Several queries are called {name}; give an id: {ids}").format(name=wish, ids=ids))
    if chosen:
        return chosen[0]
    told = _("No query is saved under the name {name}.").format(name=wish)
    raise InputRefused(f"{told} {nearest(wish, (each.name for each in found))}".rstrip())


def save_query(project: Project, coder: Coder, name: str, expression: str) -> bool:
    """Save an expression under a name, in place of the query of that name; false when it is there already.

    Raises InputRefused for an empty or very long name, and QueryFault for an expression that cannot be read.
    """
    from hsreview.analysis.query.binding import meanings
    from hsreview.analysis.query.grammar import parse

    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InputRefused(_("The name of a query has 1 to {n} characters.").format(n=LONGEST_NAME))
    node = parse(expression)
    with project.act(coder.id) as act:
        codes = [asdict(each) for each in meanings(node, load_codebook(project.connection))]
        text = json.dumps({"expression": expression, "codes": codes}, ensure_ascii=False)
        same = [each for each in saved(project.connection, KIND) if fold(each.name) == fold(name)]
        if not same:
            return act.put("saved_search", new_id(), name=name, kind=KIND, query=text)
        return act.put("saved_search", find_query(project, name).id, query=text)


def remove_query(project: Project, coder: Coder, wish: str) -> SavedQuery:
    """Take a saved query away (undo brings it back)."""
    with project.act(coder.id) as act:
        found = find_query(project, wish)
        act.remove("saved_search", found.id)
    return found
