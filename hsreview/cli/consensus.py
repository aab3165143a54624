"""`consensus`: how transcripts enter the consensus layer, and what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, ngettext
from hsreview.cli.disagreements import OUTCOME_WORDS, decision_answer
from hsreview.cli.kit import argument, as_json, group, option, sub
from hsreview.cli.output import emit_json, emit_table, say, shortened
from hsreview.cli.values import CODER, TRANSCRIPT
from hsreview.cli.world import World, pass_world
from hsreview.model.review import Entry, Outcome, Standing

if TYPE_CHECKING:
    from hsreview.cli.answers.review import ConsensusEntry, DecisionAnswer
    from hsreview.project.project import Project

ENTRY_WORDS = {
    Entry.ADJUDICATED: N_("adjudicated"),
    Entry.ADOPTED: N_("adopted"),
    Entry.OPEN: N_("still open"),
    Entry.SINGLE: N_("one reader"),
    Entry.UNREAD: N_("not reviewed"),
}
_BECAUSE = N_("The reason; it is recorded.")

consensus = group(
    "consensus",
    N_(
        "Show and settle the consensus layer.\n\n"
        "A transcript enters it as adjudicated (two coders or more reviewed it, and no difference is open) or as "
        "adopted from one coder. Without a further word, it is listed how every transcript stands."
    ),
    default="status",
)


@sub(consensus, "status", N_("List how every transcript stands to the consensus."))
@argument("names", N_("[TRANSCRIPT...]"), nargs=-1, type=TRANSCRIPT)
@as_json
@pass_world
def status(world: World, names: tuple[str, ...], as_json: bool) -> None:
    with world.reading() as project:
        entries = _entries(world, project, names)
    if as_json:
        emit_json({"consensus": entries})
        return
    emit_table(
        [_("transcript"), _("state"), _("coders"), _("agreed"), _("still open"), _("decided"), _("adopted from")],
        [
            (
                each["transcript"], _(ENTRY_WORDS[Entry(each["state"])]), ", ".join(each["coders"]), each["agreed"],
                each["open"], each["decided"], _adopted(each),
            )
            for each in entries
        ],
    )  # fmt: skip
    for each in entries:
        for decision in each["lapsed"]:
            say(_lapsed(each["transcript"], decision))
    inside = sum(each["state"] in ("adjudicated", "adopted") for each in entries)
    # A count of two numbers has no plural of its own: French goes by the first, English by the second.
    say(_("Transcripts in the consensus: {inside} of {n}.").format(inside=inside, n=len(entries)))


def _lapsed(transcript: str, decision: DecisionAnswer) -> str:
    outcome = _(OUTCOME_WORDS[Outcome(decision["outcome"])]).format(coder=decision["taken"])
    return _(
        "{transcript}: a decision of {name} ({date}) has no effect any more, because its codings are gone or no longer "
        "differ: {outcome} – {because}"
    ).format(
        transcript=transcript, name=decision["by"], date=decision["at"][:10], outcome=outcome,
        because=decision["because"],
    )  # fmt: skip


def _adopted(entry: ConsensusEntry) -> str:
    if not entry["adopted_from"]:
        return ""
    said = f"{entry['adopted_from']}: {entry['because']}"
    if entry["open"] and Entry(entry["state"]) is Entry.ADOPTED:
        n = entry["open"]
        said += " – " + ngettext("{n} difference not settled", "{n} differences not settled", n).format(n=n)
    return said + (" – " + _("changed since") if entry["changed_since"] else "")


def _entries(world: World, project: Project, names: tuple[str, ...]) -> list[ConsensusEntry]:
    from hsreview.workflows.adjudicating import changed_since_adoption, consensus_of
    from hsreview.workflows.coders import coders
    from hsreview.workflows.reading import find_transcript, transcripts

    wanted = [find_transcript(project, name).id for name in names]
    titles = {each.id: each.name for each in transcripts(project)}
    people = {each.id: each.name for each in coders(project)}
    return [
        {
            "transcript_id": each.transcript_id,
            "transcript": titles[each.transcript_id],
            "state": each.entry.value,
            "coders": [people.get(coder, coder) for coder in each.coders],
            "agreed": each.agreed,
            "open": each.open,
            "decided": len(each.differences) - each.open,
            "reopened": sum(d.standing is Standing.REOPENED for d in each.differences),
            "codings": len(each.settled),
            "adopted_from": people.get(each.adoption.source_coder_id, "") if each.adoption else "",
            "because": each.adoption.because if each.adoption else "",
            "by": people.get(each.adoption.coder_id, "") if each.adoption else "",
            "at": each.adoption.at if each.adoption else "",
            "changed_since": changed_since_adoption(project, each.adoption) if each.adoption else 0,
            "lapsed": [decision_answer(decision, people) for decision in each.lapsed],
        }
        for each in consensus_of(project, wanted or None, viewer=world.reader(project))
    ]


@sub(
    consensus,
    "list",
    N_("List the codings of the consensus layer, with what each rests on.\n\nOnly settled transcripts have any."),
)
@argument("names", N_("[TRANSCRIPT...]"), nargs=-1, type=TRANSCRIPT)
@as_json
@pass_world
def list_(world: World, names: tuple[str, ...], as_json: bool) -> None:
    from hsreview.workflows.adjudicating import consensus_segments
    from hsreview.workflows.reading import codebook, find_transcript, transcripts

    with world.reading() as project:
        wanted = [find_transcript(project, name).id for name in names]
        found = consensus_segments(project, wanted or None, viewer=world.reader(project))
        titles = {each.id: each.name for each in transcripts(project)}
        refs = {place.code.id: place.code.ref for place in codebook(project).codes()}
    if as_json:
        emit_json(
            {
                "codings": [
                    {
                        "id": s.coding.id, "transcript_id": s.transcript_id, "transcript": titles[s.transcript_id],
                        "start": s.coding.start, "end": s.coding.end, "turn": s.turn, "sentence": s.sentence,
                        "code_id": s.coding.code_id, "code": refs.get(s.coding.code_id, ""),
                        "modifiers": dict(s.coding.modifiers), "flags": list(s.coding.flags), "text": s.text,
                    }
                    for s in found
                ]
            }
        )  # fmt: skip
        return
    emit_table(
        [_("transcript"), _("place"), _("code"), _("words")],
        [(titles[s.transcript_id], s.place, refs.get(s.coding.code_id, "?"), shortened(s.text, 50)) for s in found],
    )
    say(ngettext("{n} coding.", "{n} codings.", len(found)).format(n=len(found)))


@sub(
    consensus,
    "adopt",
    N_(
        "Take one coder's layer of transcripts into the consensus as it is.\n\n"
        "Only what that coder marked as reviewed. The adoption is recorded with its reason; undo takes it back, and so "
        "does --back."
    ),
)
@argument("names", N_("TRANSCRIPT..."), nargs=-1, required=True, type=TRANSCRIPT)
@option("--from", "source", metavar=N_("CODER"), type=CODER, text=N_("Whose layer."))
@option("--pass", "pass_", metavar=N_("PASS"), default="", text=N_("Another reading of that coder (else the first)."))
@option("--because", metavar=N_("REASON"), default="", text=_BECAUSE)
@option("--back", is_flag=True, text=N_("Take the adoption of these transcripts back."))
@pass_world
def adopt(world: World, names: tuple[str, ...], source: str | None, pass_: str, because: str, back: bool) -> None:
    from hsreview.base.errors import UsageProblem
    from hsreview.workflows.adjudicating import adopt as take
    from hsreview.workflows.adjudicating import consensus_of, unadopt
    from hsreview.workflows.assigning import find_pass
    from hsreview.workflows.coders import known_coder
    from hsreview.workflows.reading import find_transcript, transcripts

    if not back and source is None:
        raise UsageProblem(_("Say whose layer: --from CODER."))
    with world.writing() as (project, coder):
        ids = [find_transcript(project, name).id for name in names]
        if back:
            n = unadopt(project, coder, ids)
            say(ngettext("{n} adoption taken back.", "{n} adoptions taken back.", n).format(n=n))
            return
        whose = known_coder(project, source or "")
        n = len(take(project, coder, ids, whose, because, pass_=find_pass(project, pass_)))
        titles = {each.id: each.name for each in transcripts(project)}
        unsettled = [(titles[each.transcript_id], each.left_open) for each in consensus_of(project, ids)]
    said = ngettext("{n} transcript adopted from {coder}.", "{n} transcripts adopted from {coder}.", n)
    say(said.format(n=n, coder=whose.name))
    for name, left in unsettled:
        if left:
            told = ngettext(
                "{transcript}: {n} difference between its readers is not settled; all of it is taken from {coder} "
                "alone.",
                "{transcript}: {n} differences between its readers are not settled; all of it is taken from {coder} "
                "alone.",
                left,
            )
            say(told.format(transcript=name, n=left, coder=whose.name))


@sub(
    consensus,
    "accept-agreed",
    N_(
        "Settle transcripts with what all coders agree on alone.\n\n"
        "Every open difference is decided as neither, with the reason; one undo takes all of it back."
    ),
)
@argument("names", N_("TRANSCRIPT..."), nargs=-1, required=True, type=TRANSCRIPT)
@option("--because", metavar=N_("REASON"), default="", text=_BECAUSE)
@pass_world
def accept_agreed(world: World, names: tuple[str, ...], because: str) -> None:
    from hsreview.workflows.adjudicating import accept_agreed as accept
    from hsreview.workflows.reading import find_transcript

    with world.writing() as (project, coder):
        found = accept(project, coder, [find_transcript(project, name).id for name in names], because)
    n = sum(len(each.settled) for each in found)
    said = ngettext(
        "{n} coding is in the consensus; all coders share {shared}.",
        "{n} codings are in the consensus; all coders share {shared}.",
        n,
    )
    say(said.format(n=n, shared=sum(each.agreed for each in found)))


@sub(consensus, "reopen", N_("Take decisions on differences back, named as “disagreements” lists them."))
@argument("ids", N_("ID..."), nargs=-1, required=True)
@pass_world
def reopen(world: World, ids: tuple[str, ...]) -> None:
    from hsreview.workflows.adjudicating import find_difference
    from hsreview.workflows.adjudicating import reopen as take_back

    with world.writing() as (project, coder), project.write():
        for each in ids:
            take_back(project, coder, find_difference(project, each))
    n = len(ids)
    say(ngettext("{n} decision taken back.", "{n} decisions taken back.", n).format(n=n))
