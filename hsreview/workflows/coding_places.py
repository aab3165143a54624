"""Codings named as lists print them, by transcript, place and code: `cso-01 12.3 D1`."""

from __future__ import annotations

import re

from hsreview.base.errors import UsageProblem
from hsreview.base.messages import _
from hsreview.model.coding import Coding
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments_by_id
from hsreview.workflows.reading import find_code, find_transcript

_NAME = re.compile(r"\s*(?P<transcript>.*\S)\s+(?P<place>\d+(?:\.\d+)?)\s+(?P<code>\S+)\s*", re.DOTALL)
_SHOWN = 20
"""Places that a refusal lists at most."""


def is_place(wish: str) -> bool:
    """Whether `wish` is written as `TRANSCRIPT PLACE CODE`."""
    return _NAME.fullmatch(wish) is not None


def coding_at(project: Project, wish: str) -> str:
    """The id of the coding named by `TRANSCRIPT PLACE CODE`, from a first reading by any coder.

    Raises UsageProblem with the places there are when there is none, and with their ids and coders when there are
    several; InputRefused for a transcript or a code that there is not.
    """
    name = _NAME.fullmatch(wish)
    assert name is not None
    transcript = find_transcript(project, name["transcript"])
    code = find_code(load_codebook(project.connection, whole=True), name["code"])
    codings = {
        each.id: each
        for each in queries.codings(
            project.connection, version_id=transcript.version_id, code_ids=[code.id], reading=""
        )
    }
    places = {each.coding.id: each.place for each in segments_by_id(project.connection, codings).values()}
    found = [coding for identity, coding in codings.items() if places.get(identity) == name["place"]]
    if not found:
        there = list(dict.fromkeys(places[each] for each in codings if each in places))
        raise UsageProblem(
            _("Nothing in {transcript} is coded {code} at {place}. Places with this code: {places}").format(
                transcript=transcript.name, code=code.ref, place=name["place"], places=", ".join(there[:_SHOWN]) or "–"
            )
        )
    if len(found) > 1:
        raise UsageProblem(
            _("“{name}” is coded several times; give the id of one: {ids}").format(
                name=f"{transcript.name} {name['place']} {code.ref}", ids=", ".join(_whose(project, found))
            )
        )
    return found[0].id


def _whose(project: Project, codings: list[Coding]) -> list[str]:
    names = {each.id: each.name for each in queries.coders(project.connection)}
    return [_("{key} ({label})").format(key=each.id, label=names.get(each.coder_id, "?")) for each in codings]
