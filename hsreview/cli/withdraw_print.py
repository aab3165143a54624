"""What a withdrawal would do, did and leaves, as answers and as lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.cli.answers.withdrawing import SentEntry, WhyTold, WithdrawalDone, WithdrawalPlanned, WithdrawalReason
from hsreview.cli.output import shortened

if TYPE_CHECKING:
    from hsreview.project.project import Project
    from hsreview.workflows.withdrawing import Plan, Sent, Withdrawn

_COUNTED: Mapping[str, str] = {
    "coding": N_("codings"), "memo": N_("memos"), "quote": N_("quotes"), "translation": N_("translations"),
    "decision": N_("settled differences"), "adoption": N_("adopted readings"), "summary": N_("summaries"),
    "evidence": N_("links of framework rows"), "assignment": N_("assignments"), "reviewed": N_("marks as reviewed"),
    "asked": N_("answers about guide questions"),
}  # fmt: skip
_KINDS: Mapping[str, str] = {
    "memo": N_("memo"), "framework_row": N_("row of the framework"), "evidence": N_("note on a link"),
    "framework_version": N_("version of the framework"), "comment": N_("comment at a meeting"),
    "amendment": N_("amendment at a meeting"), "ballot": N_("ballot"), "observation": N_("journal entry"),
    "code": N_("code"), "codebook": N_("codebook"), "setting": N_("setting"), "transcript": N_("transcript"),
    "respondent": N_("respondent"), "organisation": N_("organisation"), "decision": N_("settled difference"),
    "quote": N_("quote"), "translation": N_("translation"), "output": N_("file that went out"),
}  # fmt: skip
_WHY: Mapping[str, str] = {
    "name": N_("names the person or the interview"),
    "words": N_("repeats words of the person"),
    "word": N_("has a word that nobody else said"),
}


def plan_entry(project: Project, plan: Plan) -> WithdrawalPlanned:
    """The answer of a dry run."""
    from hsreview.project.backups import backups
    from hsreview.workflows.framework_rows import said
    from hsreview.workflows.withdrawal_also import summary_cases

    lost, beside = plan.losses, plan.beside
    cases = summary_cases(project.connection, beside.summaries)
    language = current_language()
    return {
        "respondent_id": plan.person.id,
        "respondent": plan.person.name,
        "transcripts": [
            {
                "transcript_id": each.id, "transcript": each.name, "whole": each.whole, "turns": each.turns,
                "of": each.of, "words": each.words,
            }
            for each in lost.texts
        ],
        "counts": dict(lost.counts),
        "released_quotes": lost.released,
        "themes": list(lost.themes),
        "cells": [
            {"theme": each.theme, "group": each.group, "before": each.before, "after": each.after}
            for each in lost.cells
        ],
        "rows": [
            {
                "id": each.row.id, "ref": each.row.ref, "text": said(each.row, language), "links": each.links[0],
                "links_after": each.links[1], "respondents": each.respondents[0],
                "respondents_after": each.respondents[1], "grade": str(each.grades[0]),
                "grade_after": str(each.grades[1]),
            }
            for each in lost.rows
        ],
        "codes": [
            {"id": each.id, "ref": each.ref, "label": each.label, "in_vivo": each.in_vivo} for each in beside.codes
        ],
        "queries": list(beside.queries),
        "summaries": [
            {"id": key, "case": case, "theme": theme, "why": cast("WhyTold | None", beside.summaries[key])}
            for key, (case, theme) in cases.items()
        ],
        "telling": [
            {"kind": each.table, "id": each.id, "name": each.name, "why": cast("WhyTold", str(each.why))}
            for each in beside.mentions
        ],
        "sent": _sent(project, plan.sent),
        "originals": [str(path) for path in plan.originals],
        "backups": len(backups(project.root)),
    }  # fmt: skip


def done_entry(project: Project, done: Withdrawn) -> WithdrawalDone:
    """The answer of a withdrawal."""
    return {
        "id": done.withdrawal.id,
        "respondent_id": done.withdrawal.respondent_id,
        "at": done.withdrawal.at,
        "because": cast("WithdrawalReason", done.withdrawal.reason),
        "finished": done.cleared.done,
        "removed_backups": [str(path) for path in done.cleared.removed],
        "backup": str(done.cleared.backup) if done.cleared.backup else None,
        "unknown": [str(path) for path in done.cleared.unknown],
        "searched": done.residue.words,
        "holding": [str(path) for path in done.residue.files],
        "sent": _sent(project, done.sent),
        "deleted": [str(path) for path in done.deleted],
        "originals": [str(path) for path in done.originals],
    }


def _sent(project: Project, sent: Sequence[Sent]) -> list[SentEntry]:
    from hsreview.workflows.coders import coders

    names = {coder.id: coder.name for coder in coders(project)}
    return [
        {
            "id": each.output.id, "kind": each.output.kind, "at": each.output.at, "name": each.output.name,
            "recipient": names.get(each.output.recipient, each.output.recipient), "digest": each.output.digest,
            "path": str(each.path or ""),
        }
        for each in sent
    ]  # fmt: skip


def plan_lines(project: Project, plan: Plan) -> Iterator[str]:
    """What a withdrawal would do, in lines for people."""
    from hsreview.workflows.evidence import Grade, grade_name

    entry = plan_entry(project, plan)
    yield _("What goes with {name}:").format(name=entry["respondent"])
    for text in entry["transcripts"]:
        told = (
            ngettext("all of it, {n} turn, {words} words", "all of it, {n} turns, {words} words", text["turns"])
            if text["whole"]
            else ngettext(
                "{n} of {of} turns, {words} words; what others say stays",
                "{n} of {of} turns, {words} words; what others say stays",
                text["turns"],
            )
        )
        yield "  " + labelled(text["transcript"], told.format(n=text["turns"], of=text["of"], words=text["words"]))
    if not entry["transcripts"]:
        yield "  " + _("No interview: this person speaks in none.")
    counts = [f"{_(_COUNTED[table])} {n}" for table, n in entry["counts"].items()]
    if counts:
        yield "  " + labelled(_("With the words"), ", ".join(counts))
    if entry["released_quotes"]:
        yield "  " + labelled(_("Quotes that were released"), str(entry["released_quotes"]))
    if entry["themes"]:
        yield "  " + labelled(_("Cells of themes by respondent that are emptied"), ", ".join(entry["themes"]))
    if entry["cells"]:
        cells = [f"{cell['theme']} {cell['before']} → {cell['after']}" for cell in entry["cells"]]
        group = entry["cells"][0]["group"] or "–"
        said = _("Respondents under a theme, group {group}, in anybody's codings").format(group=group)
        yield "  " + labelled(said, ", ".join(cells))
    if entry["rows"]:
        yield _("Rows of the framework that lose support:")
    for row in entry["rows"]:
        said = _("{ref} {text}: codings {a} → {b}, respondents {c} → {d}, evidence {grade} → {after}")
        yield "  " + said.format(
            ref=row["ref"], text=shortened(row["text"], 40), a=row["links"], b=row["links_after"],
            c=row["respondents"], d=row["respondents_after"], grade=grade_name(Grade(row["grade"])),
            after=grade_name(Grade(row["grade_after"])),
        )  # fmt: skip
    for code in entry["codes"]:
        told = (
            _("The code {ref} “{label}” is in their words: it stays, called by its ref.")
            if code["in_vivo"]
            else _("The example of the code {ref} “{label}” is in their words: it goes.")
        )
        yield told.format(ref=code["ref"], label=shortened(code["label"], 40))
    for query in entry["queries"]:
        yield _("The saved query “{name}” is in their words: it goes.").format(name=query)
    if entry["summaries"]:
        yield _("Summaries of other cases (look at them; --summaries keep or erase):")
    for each in entry["summaries"]:
        why = _(_WHY[each["why"]]) if each["why"] else _("rests on their words")
        yield "  " + labelled(f"{each['case']} · {each['theme']}", why)
    if entry["telling"]:
        yield _("What others wrote, which stays; look at it yourself:")
    for mention in entry["telling"]:
        what = _(_KINDS[mention["kind"]]) if mention["kind"] in _KINDS else mention["kind"]
        yield "  " + labelled(f"{what} {mention['name'] or mention['id']}", _(_WHY[mention["why"]]))
    yield from _outside(entry["sent"], entry["originals"])
    if entry["backups"]:
        yield _("Backups that hold the words are removed, and one of today is made.")


def done_lines(project: Project, done: Withdrawn) -> Iterator[str]:
    """What a withdrawal did and what is left, in lines for people."""
    entry = done_entry(project, done)
    yield _("Erased on {date}; the trace is {id}.").format(date=entry["at"][:10], id=entry["id"])
    n = len(entry["removed_backups"])
    if n:
        said = ngettext("{n} backup that held them was removed.", "{n} backups that held them were removed.", n)
        yield said.format(n=n)
    for path in entry["deleted"]:
        yield _("Deleted: {path}").format(path=path)
    if entry["searched"] and not entry["holding"]:
        n = entry["searched"]
        said = ngettext(
            "{n} rare word of theirs was searched for in the bytes of all files: it is nowhere.",
            "{n} rare words of theirs were searched for in the bytes of all files: they are nowhere.",
            n,
        )
        yield said.format(n=n)
    for path in entry["holding"]:
        yield _("Still holds their words: {path}").format(path=path)
    for path in entry["unknown"]:
        yield _("Could not be looked into, delete it yourself if it is a copy: {path}").format(path=path)
    yield from _outside([each for each in entry["sent"] if each["path"] not in entry["deleted"]], entry["originals"])


def _outside(sent: list[SentEntry], originals: list[str]) -> Iterator[str]:
    from hsreview.workflows.outputs import KINDS

    if sent:
        yield _("What went out since, and whom to tell:")
    for each in sent:
        kind = _(KINDS[each["kind"]]) if each["kind"] in KINDS else each["kind"]
        whom = each["recipient"] or "–"
        yield f"  {each['at'][:10]} {kind} {each['name']} → {whom} ({each['digest'][:12]}) {each['path']}".rstrip()
    if originals:
        yield _("Files from which it was imported; delete them yourself:")
    for path in originals:
        yield f"  {path}"
