"""Search the words of all transcripts."""

from __future__ import annotations

from hsreview.project.project import Project
from hsreview.project.search import Found as Found
from hsreview.project.search import Hit as Hit
from hsreview.project.search import search as _search


def search(project: Project, query: str, limit: int = 50) -> Found:
    """The first `limit` turns that match, in the order in which transcripts came in, and how many match in all.

    `query` holds words (all must occur), "phrases" and prefixes (`sécu*`). Raises InputRefused when it has no word.
    """
    return _search(project.connection, query, limit=limit)
