"""What a merge did or would do, as an answer and in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hsreview.base.messages import N_, _, labelled, ngettext
from hsreview.cli.answers.exchange import GapEntry, MergedPackages, WeightyEntry, WorkEntry
from hsreview.cli.conflicts import conflict_entry
from hsreview.cli.output import emit_table, say

if TYPE_CHECKING:
    from hsreview.model.exchange import Gap, Merged, Work
    from hsreview.model.people import Coder
    from hsreview.project.project import Project
    from hsreview.workflows.brought import Brought
    from hsreview.workflows.weights import Told


def answer(project: Project, merged: Merged, viewer: Coder | None) -> MergedPackages:
    """The answer about a merge into `project`; of conflicts what `viewer` may see."""
    from hsreview.workflows.brought import brought, opened_again
    from hsreview.workflows.coders import coders
    from hsreview.workflows.conflicts import shown
    from hsreview.workflows.weights import told

    names = {coder.id: coder.name for coder in coders(project)}
    new: dict[str, int] = {}
    for coder_id, n in merged.new.items():
        name = names.get(coder_id, coder_id)
        new[name if name not in new else coder_id] = n
    return {
        "packages": list(merged.packages),
        "new": new,
        "known": merged.known,
        "filled": merged.filled,
        "erased": merged.erased,
        "erased_contents": merged.erased_contents,
        "unproven": merged.unproven,
        "withdrawn": merged.withdrawn,
        "spared": merged.spared,
        "work": [_work_entry(each, each.work) for each in brought(project, merged, viewer) if each.work is not None],
        "reopened": opened_again(project, merged, viewer),
        "weighty": [_weighty_entry(each) for each in told(project, merged)],
        "carried": dict(merged.carried),
        "missing": [_gap_entry(gap, names) for gap in merged.missing],
        "conflicts": [conflict_entry(each) for each in shown(project, merged.conflicts, viewer=viewer)],
        "same_names": list(merged.same_names),
        "same_people": list(merged.same_people),
        "digests": dict(merged.digests),
        "refused": [{"path": each.place, "code": each.code, "message": each.message} for each in merged.refused],
    }


def _work_entry(each: Brought, work: Work) -> WorkEntry:
    return {
        "coder_id": each.coder_id,
        "coder": each.name,
        "records": each.records,
        "transcripts": work.transcripts,
        "codings": work.codings,
        "removed": work.removed,
        "reviewed": work.reviewed,
    }


def emit_work(merged: MergedPackages) -> None:
    """Print what came of each coder; dashes where it is not to be told. Nothing when every file was refused."""
    if not merged["packages"]:
        return
    known = {each["coder"]: each for each in merged["work"]}
    rows = []
    for name, records in merged["new"].items():
        own = known.get(name)
        counts = (own["transcripts"], own["codings"], own["removed"], own["reviewed"]) if own else ("–",) * 4
        rows.append((name, records, *counts))
    heads = [_("coder"), _("new records"), _("transcripts"), _("codings"), _("taken away"), _("reviewed")]
    emit_table(heads, rows)


def _gap_entry(gap: Gap, names: Mapping[str, str]) -> GapEntry:
    return {
        "coder_id": gap.coder,
        "coder": names.get(gap.coder, gap.coder),
        "replica": gap.replica,
        "first": gap.first,
        "last": gap.last,
        "refused": gap.refused,
    }


def _weighty_entry(each: Told) -> WeightyEntry:
    return {
        "coder_id": each.act.coder_id,
        "coder": each.who,
        "what": each.act.what.value,
        "subject": each.act.subject,
        "subject_name": each.subject,
        "value": each.act.value,
        "count": each.act.count,
        "by_lead": each.act.by_lead,
        "said": each.said,
    }


_CARRIED = {
    "unchanged": N_("unchanged"),
    "moved": N_("moved"),
    "changed": N_("on changed words"),
    "lost": N_("lost"),
}


def tell_fingerprints(merged: MergedPackages) -> None:
    """Print the beginning of each file's digest, to be compared with its sender's."""
    from hsreview.workflows.packages import fingerprint

    for name, digest in merged["digests"].items():
        said = _("Fingerprint of the file: {fingerprint}.").format(fingerprint=fingerprint(digest))
        say(labelled(name, said))


def tell(merged: MergedPackages, *, dry_run: bool, notices: Sequence[str] = ()) -> None:
    """Say what a merge did, or with `dry_run` would do; then `notices` about what came."""
    from hsreview.workflows.brought import shared_pseudonyms

    tell_fingerprints(merged)
    if merged["packages"]:
        n = sum(merged["new"].values())
        said = ngettext("{n} new record, {known} known already.", "{n} new records, {known} known already.", n)
        say(said.format(n=n, known=merged["known"]))
    if merged["filled"]:
        n = merged["filled"]
        say(ngettext("{n} withheld record can be read now.", "{n} withheld records can be read now.", n).format(n=n))
    if merged["erased"]:
        n = merged["erased"]
        say(
            ngettext(
                "{n} record was erased elsewhere and is erased here.",
                "{n} records were erased elsewhere and are erased here.",
                n,
            ).format(n=n)
        )
    if merged["withdrawn"]:
        n = merged["withdrawn"]
        say(
            ngettext(
                "{n} record or text of somebody who withdrew was not taken in.",
                "{n} records or texts of people who withdrew were not taken in.",
                n,
            ).format(n=n)
        )
    if merged["spared"]:
        n = merged["spared"]
        say(
            ngettext(
                "A withdrawal names {n} thing that is no person's: it stays. Ask who wrote it; see hsreview audit",
                "A withdrawal names {n} things that are no person's: they stay. Ask who wrote it; see hsreview audit",
                n,
            ).format(n=n)
        )
    for notice in notices:
        say(notice)
    if merged["unproven"]:
        n = merged["unproven"]
        say(
            ngettext(
                "A package calls {n} text or record erased, but no record of that came: it stays as it is here.",
                "Packages call {n} texts or records erased, but no record of that came: they stay as they are here.",
                n,
            ).format(n=n)
        )
    if merged["reopened"]:
        n = merged["reopened"]
        said = (
            ngettext("{n} settled difference opens again.", "{n} settled differences open again.", n)
            if not dry_run
            else ngettext("{n} settled difference would open again.", "{n} settled differences would open again.", n)
        )
        say(said.format(n=n))
    for act in merged["weighty"]:
        say(act["said"])
    if merged["carried"]:
        parts = ", ".join(f"{_(_CARRIED.get(word, word))} {n}" for word, n in merged["carried"].items())
        say(_("Codings and memos made on an older text: {parts}.").format(parts=parts))
    for gap in merged["missing"]:
        say(_("Missing: records {first} to {last} of {coder}. Ask for a new package of that coder.").format(**gap))
    for name in merged["same_names"]:
        say(_("Several coders are called {name}; name them by id.").format(name=name))
    for line in shared_pseudonyms(merged["same_people"]):
        say(line)
    n = len(merged["conflicts"])
    if n:
        said = ngettext(
            "{n} conflict waits for a decision: hsreview conflicts",
            "{n} conflicts wait for a decision: hsreview conflicts",
            n,
        )
        say(said.format(n=n))
    for each in merged["refused"]:
        say(labelled(each["path"], each["message"]))
    if merged["refused"]:
        n = len(merged["refused"])
        say(
            ngettext(
                "{n} file was refused; nothing of it was stored.",
                "{n} files were refused; nothing of them was stored.",
                n,
            ).format(n=n)
        )
    if dry_run:
        say(_("This was a dry run: nothing was stored."))
