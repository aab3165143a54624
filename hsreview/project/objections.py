"""Why a package is refused: each rule that its records break, beside what is known of the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsreview.base.errors import Problem
from hsreview.base.messages import _
from hsreview.project.belonging import belongs
from hsreview.project.candidates import Actor, Candidate, Here
from hsreview.project.made_once import made_again
from hsreview.project.places_checked import places
from hsreview.project.received import sentence
from hsreview.project.schema import SCHEMA_VERSION

_UNSEEN = 10_000_000
"""Records that may exist without being here; far more than any team writes."""


def sort_out(here: Here, project_id: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Accept what can be accepted; a package may rest on another one, in whichever order they were given."""
    waiting = list(candidates)
    accepted: list[Candidate] = []
    while True:
        before = len(accepted)
        for candidate in list(waiting):
            candidate.gaps = []
            candidate.problems = list(_objections(here, project_id, candidate))
            if not candidate.refused:
                here.add(candidate)
                accepted.append(candidate)
                waiting.remove(candidate)
        if len(accepted) == before or not waiting:
            return accepted


def _objections(here: Here, project_id: str, candidate: Candidate) -> Iterable[Problem]:
    manifest = candidate.package.manifest
    if manifest.project_id != project_id:
        said = _("It belongs to another project (“{name}”).").format(name=manifest.project)
        return [candidate.problem(said, "other_project")]
    if manifest.format > SCHEMA_VERSION:
        said = _("It was made by a newer hsreview ({tool}). Update hsreview, then merge it again.")
        return [candidate.problem(said.format(tool=manifest.tool), "newer_format")]
    if candidate.unsound:
        return candidate.unsound
    return [
        *_against_log(here, candidate),
        *_numbering(here, candidate),
        *places(here, candidate),
        *belongs(here, candidate),
        *made_again(here, candidate),
    ]


def _against_log(here: Here, candidate: Candidate) -> Iterable[Problem]:
    changed = taken = 0
    for each in candidate.rows:
        found = here.records.get(each.change.id)
        if found is not None and found.digest != each.digest:
            changed += 1
        other = here.numbers.get((each.change.coder, each.change.replica, each.change.seq))
        if other is not None and other != each.change.id:
            taken += 1
    if changed:
        yield candidate.problem(
            _("It holds {count} records that differ from the ones with the same id here.").format(count=changed),
            "record_differs",
        )
    if taken:
        yield candidate.problem(
            _("It numbers {count} records as other records of the same coder are numbered here.").format(count=taken),
            "number_taken",
        )


def _numbering(here: Here, candidate: Candidate) -> Iterable[Problem]:
    """Each actor's numbers follow each other, its clocks grow, and no clock is ahead of what there is to see."""
    numbers: dict[Actor, list[tuple[int, int]]] = {}
    for each in candidate.rows:
        change = each.change
        numbers.setdefault((change.coder, change.replica), []).append((change.seq, change.clock))
    found = [problem for actor, given in sorted(numbers.items()) for problem in _numbers(here, candidate, actor, given)]
    ahead = max((each.change.clock for each in candidate.rows), default=0) > _latest(here, candidate)
    return found or ([candidate.problem(sentence("header"), "header")] if ahead else [])


def _numbers(here: Here, candidate: Candidate, actor: Actor, given: list[tuple[int, int]]) -> Iterable[Problem]:
    head, clock = here.heads.get(actor, 0), here.clocks.get(actor, 0)
    damaged = candidate.problem(sentence("header"), "header")
    if len({seq for seq, _clock in given}) < len(given):
        yield damaged
    for seq, later in sorted(given):
        if seq <= head:
            continue
        if seq > head + 1:
            candidate.miss(*actor, head + 1, seq - 1)
            yield candidate.problem(
                _("Records {first} to {last} of coder {coder} are missing. Ask for a new package.").format(
                    first=head + 1, last=seq - 1, coder=actor[0]
                ),
                "missing_records",
            )
            break
        if later <= clock:
            yield damaged
            break
        head, clock = seq, later


def _latest(here: Here, candidate: Candidate) -> int:
    """The greatest clock that a true record can have.

    A clock is one more than the greatest that its writer had seen, so it never passes the number of records there are:
    those here and in the package, when all that anybody says to have seen is among them.
    """
    new = [each.change for each in candidate.rows if each.change.id not in here.records]
    heads = {f"{coder}/{replica}": seq for (coder, replica), seq in here.heads.items()}
    claims = dict(here.claims)
    for change in new:
        actor = f"{change.coder}/{change.replica}"
        heads[actor] = max(change.seq, heads.get(actor, 0))
        for other, seq in (change.saw or {}).items():
            claims[other] = max(seq, claims.get(other, 0))
    whole = all(seq <= heads.get(actor, 0) for actor, seq in claims.items())
    return len(here.records) + len(new) + (0 if whole else _UNSEEN)
