"""Assignments: who should read which transcript, one by one or by a random draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.ids import derived_id, new_id
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.people import Coder
from hsreview.model.settings import DRAW_SETTING
from hsreview.model.transcript import Transcript
from hsreview.privacy.roles import Duty, check
from hsreview.project import counts, passes, queries
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.review import assigning
from hsreview.review.assigning import Draw as Draw
from hsreview.review.assigning import Stratum as Stratum

_FIELDS = ("group", "language", "wave", "kind", "date")


@dataclass(frozen=True, slots=True)
class Assignment:
    """One transcript that one coder should read in one pass."""

    id: str
    transcript_id: str
    transcript: str
    coder_id: str
    coder: str
    pass_: str
    blind: bool
    reason: str
    started: bool
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Assigned:
    """What `assign` stored."""

    new: int
    """Assignments that are new or changed."""
    present: int
    """Assignments that were there already."""


def coders_named(project: Project, names: Iterable[str]) -> list[Coder]:
    """The coders that `names` mean; each may hold several between commas. Raises UsageProblem for unknown ones."""
    from hsreview.workflows.coders import find_coder, known_coder

    found = []
    for wish in names:
        whole = find_coder(project, wish.strip())
        parts = [part.strip() for part in wish.split(",")]
        found += [whole] if whole else [known_coder(project, part) for part in parts if part]
    return list({coder.id: coder for coder in found}.values())


def assign(
    project: Project, by: Coder, transcripts: Iterable[Transcript], coders: Sequence[Coder], *, pass_: str = "",
    blind: bool = True, reason: str = "",
) -> Assigned:  # fmt: skip
    """Give transcripts to coders, in one act; an assignment that is there already takes over `blind` and `reason`."""
    _check(coders)
    check(Duty.ASSIGN, by, queries.coders(project.connection))
    with project.act(by.id) as act:
        return _assign(act, [t.id for t in transcripts], coders, pass_, blind, reason)


def _check(coders: Sequence[Coder]) -> None:
    if not coders:
        raise UsageProblem(_("Say who should read: --coder NAME, or --coder NAME,NAME for several."))


def _assign(
    act: Act, transcripts: Iterable[str], coders: Sequence[Coder], pass_: str, blind: bool, reason: str
) -> Assigned:
    new = present = 0
    for transcript_id in dict.fromkeys(transcripts):
        for coder in coders:
            changed = act.put(
                "assignment", derived_id("assignment", transcript_id, coder.id, pass_), transcript_id=transcript_id,
                coder_id=coder.id, **{"pass": pass_}, blind=int(blind), reason=reason,
            )  # fmt: skip
            new, present = new + changed, present + (not changed)
    return Assigned(new, present)


def unassign(
    project: Project, by: Coder, transcripts: Iterable[Transcript], coders: Sequence[Coder], pass_: str | None = None
) -> int:
    """Take assignments back (codings and marks stay): those of `coders`, of all passes unless one is named.

    Returns how many there were; with no coder those of all. Raises InputRefused when there is none.
    """
    check(Duty.ASSIGN, by, queries.coders(project.connection))
    wanted = {t.id for t in transcripts}
    who = {coder.id for coder in coders}
    with project.act(by.id) as act:
        found = [
            each
            for each in assignments(project)
            if each.transcript_id in wanted
            and (not who or each.coder_id in who)
            and (pass_ is None or each.pass_ == pass_)
        ]
        if not found:
            raise InputRefused(_("There is no such assignment. See: hsreview assign list"))
        for each in found:
            act.remove("assignment", each.id)
    return len(found)


def assignments(project: Project, coder_id: str | None = None) -> list[Assignment]:
    """All assignments (or those of one coder) by transcript, coder and order of passes."""
    connection = project.connection
    transcripts = {t.id: t for t in queries.transcripts(connection)}
    names = {c.id: c.name for c in queries.coders(connection)}
    work, marked = counts.work(connection), queries.reviewed(connection)
    places = {pass_: n for n, pass_ in enumerate(assigning.order(_all_passes(project), passes.parts(connection)))}
    found = []
    for row in queries.assignments(connection):
        transcript = transcripts.get(row.transcript_id)
        if transcript is None or coder_id not in (None, row.coder_id):
            continue
        done = work.get(transcript.version_id, {}).get((row.coder_id, row.pass_))
        found.append(
            Assignment(
                row.id, transcript.id, transcript.name, row.coder_id, names.get(row.coder_id, row.coder_id), row.pass_,
                row.blind, row.reason, started=done is not None,
                reviewed=(transcript.id, row.coder_id, row.pass_) in marked,
            )
        )  # fmt: skip
    return sorted(found, key=lambda each: (each.transcript, each.coder, places.get(each.pass_, 0), each.id))


def _all_passes(project: Project) -> set[str]:
    return {row.pass_ for row in queries.assignments(project.connection)}


def find_pass(project: Project, wish: str) -> str:
    """The pass that `wish` means: `cso` and `CSO` mean `P-CSO` where the codebook has that pass.

    Capitals do not matter, nor does what stands before the first hyphen, when one pass alone is meant. A name that is
    unknown is that of a new repetition. Raises UsageProblem when several are meant.
    """
    parts = passes.parts(project.connection)
    known = list(dict.fromkeys((*parts, *(row.pass_ for row in queries.assignments(project.connection)))))
    folded = fold(wish)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wish,
        lambda name: fold(name) == folded,
        lambda name: fold(name.partition("-")[2]) == folded,
    )
    for test in tests if wish else ():
        found = [name for name in known if test(name)]
        if len(found) > 1:
            raise UsageProblem(
                _("Several passes are called {name}; write one of: {passes}").format(name=wish, passes=", ".join(found))
            )
        if found:
            return found[0]
    return wish


def passes_of_codebook(project: Project) -> tuple[str, ...]:
    """The passes that are parts of the first reading; any other name is a repetition."""
    return passes.parts(project.connection)


def current_pass(project: Project, transcript_id: str, coder_id: str) -> str:
    """The pass that a coder works in on a transcript: that of the open assignment (see `assigning.current_pass`)."""
    connection = project.connection
    key = (transcript_id, coder_id)
    assigned = [p for t, c, p in queries.assigned(connection) if (t, c) == key]
    reviewed = [p for t, c, p in queries.reviewed(connection) if (t, c) == key]
    return assigning.current_pass(assigned, reviewed, passes.parts(connection))


def next_assigned(project: Project, coder_id: str, after_transcript_id: str | None = None) -> Transcript | None:
    """The next transcript that waits for this coder: assigned in a pass that is not marked reviewed.

    The one after which it is asked comes last. A coder to whom nothing was assigned may take any that they have not
    reviewed.
    """
    connection = project.connection
    done = {(t, p) for t, c, p in queries.reviewed(connection) if c == coder_id}
    mine = {(t, p) for t, c, p in queries.assigned(connection) if c == coder_id}
    everything = queries.transcripts(connection)
    if mine:
        waiting = {t for t, _p in mine - done}
    else:
        waiting = {t.id for t in everything} - {t for t, _p in done} - {after_transcript_id}
    start = next((n for n, t in enumerate(everything, 1) if t.id == after_transcript_id), 0)
    return next((t for t in (*everything[start:], *everything[:start]) if t.id in waiting), None)


def draw(
    project: Project, by: Coder, coders: Sequence[Coder], *, size: str, seed: int, stratify: str = "",
    transcripts: Sequence[Transcript] = (), pass_: str = "", blind: bool = True,
) -> Draw:  # fmt: skip
    """Draw transcripts at random (from `transcripts`, else from all) and give them to `coders`: one act, recorded.

    The same draw made again is recorded once. `stratify` is `group`, `language`, `wave`, `kind`, `date` or the name
    of an attribute. Raises UsageProblem for a size that cannot be drawn and for a field that no transcript has, and
    InputRefused when all that is drawn was assigned already by other means: it would be in the methods text only.
    """
    _check(coders)
    check(Duty.ASSIGN, by, queries.coders(project.connection))
    with project.act(by.id) as act:
        population = list(transcripts) or queries.transcripts(project.connection)
        if not population:
            raise InputRefused(_("There is no transcript to draw from."))
        total = assigning.wanted_size(size, len(population))
        _check_field(population, stratify)
        entries = [(t.id, t.name, _stratum(t, stratify)) for t in population]
        drawn = assigning.draw(entries, total, seed)
        names = {t.id: t.name for t in population}
        sizes = [stratum for _id, _name, stratum in entries]
        strata = tuple(Stratum(name, sizes.count(name), tuple(names[i] for i in ids)) for name, ids in drawn.items())
        made = Draw(
            new_id(), act.at, by.id, seed, size.strip(), stratify, strata, tuple(c.id for c in coders), pass_, blind
        )
        known = next((each for each in draws(project) if _same(each, made)), None)
        ids = [i for ids in drawn.values() for i in ids]
        there = {(t, c) for t, c, p in queries.assigned(project.connection) if p == pass_}
        if known is None and there >= {(i, coder.id) for i in ids for coder in coders}:
            raise InputRefused(
                _(
                    "All that would be drawn is assigned to these coders already; nothing was drawn or recorded. Take "
                    "another seed, or take the assignments back first: hsreview assign remove"
                )
            )
        _assign(act, ids, coders, pass_, blind, _("drawn at random, seed {seed}").format(seed=seed))
        if known is None:
            act.put("setting", DRAW_SETTING + made.id, value=_to_json(made))
    return known or made


def _check_field(population: Sequence[Transcript], field: str) -> None:
    """A field that no transcript has would make one stratum, and a false sentence in the methods text."""
    if not field or any(_stratum(each, field) for each in population):
        return
    known = [name for name in _FIELDS if any(_stratum(each, name) for each in population)]
    known += sorted({name for each in population for name in each.attributes} - set(known))
    raise UsageProblem(
        _("No transcript has a field {field} to draw by. Fields: {fields}").format(
            field=visible(field), fields=", ".join(visible(each) for each in known) or "–"
        )
    )


def _same(one: Draw, other: Draw) -> bool:
    """Whether two draws differ in who made them and when at most."""
    return replace(one, id=other.id, at=other.at, by=other.by) == other


def _stratum(transcript: Transcript, by: str) -> str:
    if not by:
        return ""
    value = getattr(transcript, by) if by in _FIELDS else transcript.attributes.get(by)
    return str(value) if value not in (None, "") else ""


def _to_json(draw: Draw) -> dict[str, Any]:
    return {
        "at": draw.at, "by": draw.by, "seed": draw.seed, "size": draw.wish, "stratified_by": draw.stratified_by,
        "strata": [{"name": s.name, "size": s.size, "drawn": list(s.drawn)} for s in draw.strata],
        "coders": list(draw.coders), "pass": draw.pass_, "blind": draw.blind,
    }  # fmt: skip


def draws(project: Project) -> list[Draw]:
    """The random draws that stand, by time."""
    found = [
        Draw(
            draw_id, value["at"], value["by"], value["seed"], value["size"], value["stratified_by"],
            tuple(Stratum(s["name"], s["size"], tuple(s["drawn"])) for s in value["strata"]), tuple(value["coders"]),
            value["pass"], value["blind"],
        )
        for draw_id, value in queries.settings(project.connection, DRAW_SETTING).items()
    ]  # fmt: skip
    return sorted(found, key=lambda draw: (draw.at, draw.id))


def methods(project: Project) -> list[str]:
    """Paragraphs for the methods text of a report, in the user's language: one for each draw."""
    names = {c.id: c.name for c in queries.coders(project.connection)}
    return [_paragraph(draw, [names.get(each, each) for each in draw.coders]) for draw in draws(project)]


def _paragraph(draw: Draw, coders: Sequence[str]) -> str:
    said = ngettext(
        "On {date}, {n} of {all} transcripts was drawn at random to be coded by {coders}.",
        "On {date}, {n} of {all} transcripts were drawn at random to be coded by {coders}.",
        draw.size,
    )
    sentences = [said.format(date=draw.at[:10], n=draw.size, all=draw.population, coders=_listed(coders))]
    if draw.wish.endswith("%"):
        sentences.append(_("The share aimed at was {share}, rounded up.").format(share=draw.wish))
    if draw.stratified_by:
        one = _("{name}: {n} of {all}")
        parts = [one.format(name=s.name or "–", n=len(s.drawn), all=s.size) for s in draw.strata]
        sentences.append(
            _("The draw was stratified by {field}, in proportion to the size of the strata ({strata}).").format(
                field=draw.stratified_by, strata="; ".join(parts)
            )
        )
    sentences.append(
        _(
            "Within a stratum, those transcripts were taken whose digest SHA-256 of “{seed}:name” is the smallest "
            "(seed {seed}), so that the draw can be repeated."
        ).format(seed=draw.seed)
    )
    sentences.append(
        _("The coders worked blind: nobody saw the codings of others before having finished the transcript.")
        if draw.blind
        else _("The coders could see each other’s codings.")
    )
    drawn = [name for stratum in draw.strata for name in stratum.drawn]
    sentences.append(_("Drawn: {names}.").format(names=", ".join(sorted(drawn))))
    return " ".join(sentences)


def _listed(names: Sequence[str]) -> str:
    """`Awa, Daan and Fatou`."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
