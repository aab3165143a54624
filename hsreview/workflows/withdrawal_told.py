"""What a withdrawal would do, did and leaves, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import shorten

from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language, labelled, ngettext
from hsreview.project.backups import backups
from hsreview.project.project import Project
from hsreview.project.residue import own_files
from hsreview.project.scrubbing import unknown_copies
from hsreview.project.withdrawal import MARK
from hsreview.workflows.clearing import not_cleared
from hsreview.workflows.coders import coders
from hsreview.workflows.consents import heard
from hsreview.workflows.evidence import grade_name
from hsreview.workflows.framework_rows import said
from hsreview.workflows.outputs import KINDS as FILES
from hsreview.workflows.reading import transcripts
from hsreview.workflows.withdrawal_also import summary_cases
from hsreview.workflows.withdrawing import Beside, Losses, Mention, Plan, Sent, Why, Withdrawn

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
    "adoption": N_("adopted reading"),
    "quote": N_("quote"), "translation": N_("translation"), "output": N_("file that went out"),
}  # fmt: skip
_WHY: Mapping[Why, str] = {
    Why.NAME: N_("names the person or the interview"),
    Why.WORDS: N_("repeats words of the person"),
    Why.WORD: N_("has a word that nobody else said"),
}
_WIDE = 40


def plan_lines(project: Project, plan: Plan) -> Iterator[str]:
    """What a withdrawal would do; what belongs to a line above it is indented."""
    name = plan.person.name or plan.person.id
    yield _("What goes with the person {name}:").format(name=name)
    if any(fold(name) == fold(each.name) for each in transcripts(project)):
        told = _("An interview is called {name} too: the person is withdrawn, and of interviews what stands here.")
        yield "  " + told.format(name=name)
    spoken = heard(project, plan.person.id)
    if spoken:
        yield "  " + labelled(_("speaks in"), ", ".join(spoken))
    yield from (f"  {line}" for line in _lost(plan.losses))
    if plan.losses.rows:
        yield _("Rows of the framework that lose support:")
    for row in plan.losses.rows:
        told = _("{ref} {text}: codings {a} → {b}, respondents {c} → {d}, evidence {grade} → {after}")
        yield "  " + told.format(
            ref=row.row.ref, text=_short(said(row.row, current_language())), a=row.links[0], b=row.links[1],
            c=row.respondents[0], d=row.respondents[1], grade=grade_name(row.grades[0]),
            after=grade_name(row.grades[1]),
        )  # fmt: skip
    yield from _beside(project, plan.beside)
    yield from _outside(project, plan.sent, plan.originals, plan.naming)
    if backups(project.root):
        yield _("Backups that hold the words are removed, and one of today is made.")
    unknown = unknown_copies(project)
    if unknown:
        yield _("But these cannot be looked into (of another passphrase?) and stay; delete copies of it yourself:")
    for path in unknown:
        yield f"  {path}"


def _lost(losses: Losses) -> Iterator[str]:
    for text in losses.texts:
        told = (
            ngettext(
                "all of it, {n} turn, {words} words; nobody else answers in it",
                "all of it, {n} turns, {words} words; nobody else answers in it",
                text.turns,
            )
            if text.whole
            else ngettext(
                "{n} of {of} turns, {words} words; what {others} other says stays",
                "{n} of {of} turns, {words} words; what {others} others say stays",
                text.others,
            )
        )
        told = told.format(n=text.turns, of=text.of, words=text.words, others=text.others)
        yield labelled(_("interview {name}").format(name=text.name), told)
    if not losses.texts:
        yield _("No interview: this person speaks in none.")
    if losses.counts:
        counts = ", ".join(f"{_(_COUNTED[table])} {n}" for table, n in losses.counts.items())
        yield labelled(_("With the words"), counts)
    if losses.released:
        yield labelled(_("Quotes that were released"), str(losses.released))
    if losses.themes:
        yield labelled(_("Cells of themes by respondent that are emptied"), ", ".join(losses.themes))
    if losses.cells:
        cells = ", ".join(f"{cell.theme} {cell.before} → {cell.after}" for cell in losses.cells)
        group = losses.cells[0].group or "–"
        told = _("Respondents under a theme, group {group}, in anybody's codings").format(group=group)
        yield labelled(told, cells)


def _beside(project: Project, beside: Beside) -> Iterator[str]:
    for code in beside.codes:
        told = [
            *([_("The code {ref} “{label}” is in their words: it stays, called by its ref.")] if code.in_vivo else []),
            *([_("The example of the code {ref} “{label}” is in their words: it goes.")] if code.example else []),
            *([_("The reason given for the code {ref} “{label}” tells of them: it goes.")] if code.reason else []),
        ]
        for each in told:
            yield each.format(ref=code.ref, label=_short(code.label))
    for name in beside.queries:
        yield _("The saved query “{name}” is in their words: it goes.").format(name=name)
    if beside.summaries:
        yield _("Summaries of other cases (look at them; --summaries keep or erase):")
    for key, (case, theme) in summary_cases(project.connection, beside.summaries).items():
        why = beside.summaries[key]
        yield "  " + labelled(f"{case} · {theme}", _(_WHY[why]) if why else _("rests on their words"))
    yield from _mentions(beside.mentions)


def _mentions(mentions: Sequence[Mention]) -> Iterator[str]:
    """What others wrote that tells of the person: what it is, by whom, why, and where it is seen."""
    if mentions:
        yield _("What others wrote, which stays; look at it, and change it there where it tells who it was:")
    for mention in mentions:
        what = _(_KINDS[mention.table]) if mention.table in _KINDS else mention.table
        called = " · ".join(filter(None, (f"{what} {mention.name}".rstrip(), mention.by)))
        yield "  " + labelled(called, f"{_(_WHY[mention.why])} ({mention.look or mention.id})")


def done_lines(project: Project, done: Withdrawn) -> Iterator[str]:
    """What a withdrawal did, and what is left outside of the project file."""
    yield _("Erased on {date}; the trace is {id}.").format(date=done.withdrawal.at[:10], id=done.withdrawal.id)
    n = len(done.cleared.removed)
    if n:
        told = ngettext("{n} backup that held them was removed.", "{n} backups that held them were removed.", n)
        yield told.format(n=n)
    for path in done.deleted:
        yield _("Deleted: {path}").format(path=path)
    if done.residue.words and not done.residue.files:
        n = done.residue.words
        told = ngettext(
            "{n} rare word of theirs was searched for in the bytes of files: it is nowhere.",
            "{n} rare words of theirs were searched for in the bytes of files: they are nowhere.",
            n,
        )
        yield told.format(n=n)
    elif not done.residue.words:
        yield _("None of their words was rare enough to be searched for in the bytes of files.")
    if done.residue.words and done.residue.sealed:
        yield _("The project file was not searched: it is encrypted, and its bytes tell nothing.")
    for path in done.residue.files:
        yield _("Still holds their words: {path}").format(path=path)
        if path in own_files(project.path):
            yield "  " + _(
                "Nothing shows them any more. Close all programs that have it open, then run hsreview doctor."
            )
        else:
            yield "  " + _("Open it and take them out, or delete it.")
    for path in done.residue.unread:
        yield _("Could not be read, so that nobody knows whether it holds their words: {path}").format(path=path)
    for path in done.undeleted:
        yield _("Could not be deleted, do it yourself: {path}").format(path=path)
    if not done.cleared.done:
        yield not_cleared(done.cleared)
    for path in done.cleared.unknown:
        yield _("Could not be looked into, delete it yourself if it is a copy: {path}").format(path=path)
    yield from _mentions(done.mentions)
    left = [each for each in done.sent if each.path not in done.deleted]
    yield from _outside(project, left, done.originals, done.naming)
    if done.key_file is not None:
        yield _("The key file may tell who this was, in every form of the name: {path}").format(path=done.key_file)
        yield "  " + _("Find the numbers with hsreview names list, then run: hsreview names forget NUMBER")


def _outside(
    project: Project, sent: Sequence[Sent], originals: Sequence[Path], naming: Sequence[Path]
) -> Iterator[str]:  # fmt: skip
    names = {coder.id: coder.name for coder in coders(project)}
    if sent:
        yield _("What went out since, and whom to tell:")
    for each in sent:
        out = each.output
        kind = _(FILES[out.kind]) if out.kind in FILES else out.kind
        whom = names.get(out.recipient, out.recipient) or "–"
        name, where = out.name, str(each.path or "")
        if MARK in name and not where:  # Whoever wrote it finds it by its digest.
            name = f"….{name.rpartition('.')[2]}" if "." in name else "…"
            where = _("on the computer of {name}: hsreview withdraw --list").format(
                name=names.get(out.coder_id, out.coder_id)
            )
        yield f"  {out.at[:10]} {kind} {name} → {whom} ({out.digest[:12]}) {where}".rstrip()
    if originals:
        yield _("Files from which it was imported; delete them yourself:")
    for path in originals:
        yield f"  {path}"
    if naming:
        yield _("Files in which the pseudonym stands; take it out yourself:")
    for path in naming:
        yield f"  {path}"


def _short(text: str) -> str:
    return shorten(text, _WIDE, placeholder="…")
