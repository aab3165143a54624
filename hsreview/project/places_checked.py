"""Texts and places in a package: its versions are what they say of themselves, its codings lie inside their texts."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.model.change import BodyState
from hsreview.model.exchange import Content
from hsreview.project.candidates import Candidate, Here, new_or_filled
from hsreview.project.content import last_offset
from hsreview.project.received import sentence

_KINDS = {
    "text_hash": "text", "turns_hash": "turns", "sentences_hash": "sentences", "words_hash": "words",
    "cues_hash": "cues", "file_name_hash": "file_name",
}  # fmt: skip
"""Fields of a text version that name a content, and its kind."""
_NEEDED = ("text_hash", "turns_hash")
_PLACE = ("version_id", "start", "end")
_GREATEST = 2**53


def places(here: Here, candidate: Candidate) -> Iterable[Problem]:
    """Why the package is refused for its texts, or for where its codings lie."""
    found = _versions(here, candidate)
    lengths = {version: said.get("length") for version, said in found.items()}
    unknown = outside = 0
    moved: set[str] = set()
    for each in new_or_filled(here, candidate):
        change = each.change
        if change.body is None or change.kind not in ("coding.put", "turn.put", "decision.put"):
            continue
        said = change.body["set"]
        version = said.get("version_id")
        if version is not None and version not in lengths:
            unknown += 1
        elif change.kind == "decision.put":
            outside += not _is_result_inside(here, lengths, change.entity, said)
        elif change.kind == "coding.put":
            if all(name in said for name in _PLACE):
                outside += not _is_inside(lengths, said)
            elif any(name in said for name in _PLACE):
                moved.add(change.entity)
    if moved:
        outside += sum(not _is_sound(lengths, history) for history in _histories(here, candidate, moved))
    brought = {given.hash: given for given in candidate.package.contents}
    new = {
        each.change.entity: each.change.body["set"]
        for each in new_or_filled(here, candidate)
        if each.change.kind == "text_version.put" and each.change.body
    }
    unknown += sum(
        said.get(name) not in brought and said.get(name) not in here.contents
        for said in new.values()
        for name in _NEEDED
    )
    fresh = {key for key, given in brought.items() if given.data is not None and not _is_here(here, key)}
    damaged = sum(
        not _is_true(here, brought, said)
        for version, said in found.items()
        if version in new or any(said.get(name) in fresh for name in _KINDS)
    )
    if unknown:
        yield candidate.problem(
            _("It speaks of a text that this project does not have. Merge the package that brings the text first."),
            "unknown_text",
        )
    if outside:
        yield candidate.problem(sentence("coding_offsets"), "coding_offsets")
    if damaged:
        yield candidate.problem(sentence("content"), "content")
    if any(key in here.versions and here.versions[key][0] != record for key, record in _made(candidate)):
        yield candidate.problem(sentence("fixed_field"), "fixed_field")


def _made(candidate: Candidate) -> Iterator[tuple[str, str]]:
    for each in candidate.rows:
        if each.change.kind == "text_version.put":
            yield each.change.entity, each.change.id


def _versions(here: Here, candidate: Candidate) -> dict[str, Mapping[str, Any]]:
    """Version → its fields as far as they are known, of every version that is here or that the package speaks of."""
    found = {key: said for key, (_record, said) in here.versions.items()}
    for each in candidate.rows:
        if each.change.kind.startswith("text_version."):
            said = (each.change.body or {}).get("set", {})
            if said or each.change.entity not in found:
                found[each.change.entity] = said
    return found


def _is_here(here: Here, key: str) -> bool:
    return key in here.contents and here.contents[key][1] is BodyState.PRESENT


def _is_inside(lengths: Mapping[str, int | None], place: Mapping[str, Any]) -> bool:
    length = lengths.get(place["version_id"])
    return 0 <= place["start"] < place["end"] and (length is None or place["end"] <= length)


def _is_result_inside(
    here: Here, lengths: Mapping[str, int | None], decision: str, said: Mapping[str, Any]
) -> bool:  # fmt: skip
    """Whether the segments of a decision lie in its text; an edit need not say again which text that is."""
    version = said.get("version_id")
    if version is None:
        told = (change.body["set"] for change in here.arrived.get(decision, ()) if change.body)
        row = here.connection.execute("select version_id from decision where id = ?", (decision,)).fetchone()
        version = next((each["version_id"] for each in told if each.get("version_id")), row[0] if row else None)
    return all(_is_inside(lengths, {**part, "version_id": version}) for part in said.get("result") or ())


_Step = tuple[int, str, str, int, Mapping[str, Any]]
"""Clock, coder, replica and number of a record (the order of replay), and the fields that it writes."""


def _histories(here: Here, candidate: Candidate, codings: set[str]) -> Iterable[Sequence[_Step]]:
    """For each of these codings what its readable records write: those here and those that come."""
    found: dict[str, set[str]] = {}
    steps: dict[str, list[_Step]] = {}

    def note(entity: str, key: str, *step: Any) -> None:
        if key not in found.setdefault(entity, set()):
            found[entity].add(key)
            steps.setdefault(entity, []).append((*step[:4], step[4]))

    for *told, body in here.connection.execute(
        "select entity, id, clock, coder, replica, seq, body from change where kind = 'coding.put'"
        " and body is not null and entity in (select value from json_each(?))",
        (json.dumps(sorted(codings)),),
    ):
        note(*told, json.loads(body)["set"])
    accepted = (change for entity in codings for change in here.arrived.get(entity, ()))
    for c in (*accepted, *(each.change for each in candidate.rows if each.change.entity in codings)):
        if c.kind == "coding.put" and c.body is not None:
            note(c.entity, c.id, c.clock, c.coder, c.replica, c.seq, c.body["set"])
    return [sorted(each, key=lambda step: step[:4]) for each in steps.values()]


def _is_sound(lengths: Mapping[str, int | None], history: Sequence[_Step]) -> bool:
    """Whether both ends of a coding stay inside its text. They may cross: its coder moved them on two computers."""
    place: dict[str, Any] = {}
    for step in history:
        place |= {name: step[4][name] for name in _PLACE if name in step[4]}
        length = lengths.get(place.get("version_id", ""))
        most = _GREATEST if length is None else length
        if not (0 <= place.get("start", 0) < most and 0 < place.get("end", 1) <= most):
            return False
    return True


def _is_true(here: Here, brought: Mapping[str, Content], said: Mapping[str, Any]) -> bool:
    """Whether the contents that a version names are of the right kind and fit its length, as far as they are there."""
    length = said.get("length")
    for name, kind in _KINDS.items():
        key = said.get(name)
        if key is None:
            continue
        given = brought.get(key)
        known = given.kind if given is not None else here.contents[key][0] if key in here.contents else kind
        if known != kind:
            return False
        data = _data(here, given, key)
        if data is not None and length is not None and not _fits(kind, data, length):
            return False
    return True


def _data(here: Here, given: Content | None, key: str) -> str | bytes | None:
    for each in (given, here.given.get(key)):
        if each is not None and each.data is not None:
            return each.data
    row = here.connection.execute("select data from content where hash = ?", (key,)).fetchone()
    found: str | bytes | None = row[0] if row else None
    return found


def _fits(kind: str, data: str | bytes, length: int) -> bool:
    if isinstance(data, str):
        return kind != "text" or len(data) == length
    raw = zlib.decompress(data)
    if kind == "turns":
        turns = json.loads(raw)["turns"]
        return (turns[-1][3] if turns else 0) == length
    if kind == "cues":
        return all(0 <= cue[0] <= length for cue in json.loads(raw))
    return last_offset(raw) <= length
