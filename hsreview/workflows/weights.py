"""Acts of weight that a merge brings, as sentences for whoever takes them in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.messages import _, ngettext
from hsreview.model.exchange import FIRST, Merged, Weight, Weighty
from hsreview.model.people import CoderRole
from hsreview.project.project import Project
from hsreview.project.weights import names_of

_OF_A_LEAD = frozenset(
    {Weight.ROLE, Weight.ASSIGNED, Weight.UNASSIGNED, Weight.ADOPTED, Weight.UNADOPTED, Weight.SETTLED, Weight.RULING}
)
"""What mostly leads do: it is said where somebody else did it."""


@dataclass(frozen=True, slots=True)
class Told:
    """An act of weight, with names instead of ids where they are known here."""

    act: Weighty
    who: str
    subject: str
    said: str


def told(project: Project, merged: Merged) -> Sequence[Told]:
    """The acts of weight in `merged`, each as a sentence."""
    names = names_of(project.connection)
    return [_told(names, act) for act in merged.weighty]


def _told(names: Mapping[str, str], act: Weighty) -> Told:
    who, subject = names.get(act.coder_id, act.coder_id), names.get(act.subject, act.subject)
    said = _sentence(act).format(who=who, subject=subject, value=act.value, n=act.count)
    if not act.by_lead and act.what in _OF_A_LEAD:
        said += " " + _("{who} does not lead the project.").format(who=who)
    return Told(act, who, subject, said)


def _sentence(act: Weighty) -> str:
    n = act.count
    if act.what is Weight.ROLE and act.value == CoderRole.LEAD:
        return _("{who} made {subject} a lead.")
    if act.what is Weight.CONSENT and act.value == FIRST:
        return _("{who} recorded what {subject} consents to.")
    return {
        Weight.ROLE: _("{who} gave {subject} the role “{value}”."),
        Weight.CODER_REMOVED: _("{who} took {subject} out of the team."),
        Weight.RENAMED: _("{who} gave {subject} the name “{value}”."),
        Weight.KEY: _("{who} changed the public keys of {subject}."),
        Weight.SETTING: _("{who} changed the setting “{value}”."),
        Weight.ON_BEHALF: ngettext(
            "{who} brought {n} record in the name of {subject}.",
            "{who} brought {n} records in the name of {subject}.",
            n,
        ),
        Weight.TRANSCRIPT_REMOVED: _("{who} removed the transcript {subject}."),
        Weight.NEW_TEXT: _("{who} gave the transcript {subject} a new text."),
        Weight.CONSENT: _("{who} changed what {subject} consents to."),
        Weight.RULING: ngettext("{who} decided on {n} conflict.", "{who} decided on {n} conflicts.", n),
        Weight.ASSIGNED: ngettext(
            "{who} assigned {n} transcript to {subject}.", "{who} assigned {n} transcripts to {subject}.", n
        ),
        Weight.UNASSIGNED: ngettext(
            "{who} took {n} assigned transcript away from {subject}.",
            "{who} took {n} assigned transcripts away from {subject}.",
            n,
        ),
        Weight.ADOPTED: ngettext(
            "{who} adopted {n} transcript into the consensus as {subject} coded it.",
            "{who} adopted {n} transcripts into the consensus as {subject} coded them.",
            n,
        ),
        Weight.UNADOPTED: ngettext(
            "{who} took {n} transcript, as {subject} had coded it, out of the consensus.",
            "{who} took {n} transcripts, as {subject} had coded them, out of the consensus.",
            n,
        ),
        Weight.SETTLED: ngettext(
            "{who} settled {n} difference between coders.", "{who} settled {n} differences between coders.", n
        ),
        Weight.ERASED_TEXT: ngettext(
            "{n} text or part of one was erased by {who}.", "{n} texts or parts of them were erased by {who}.", n
        ),
        Weight.WITHDRAWN: ngettext(
            "{who} withdrew {n} respondent: all that was theirs is erased here too.",
            "{who} withdrew {n} respondents: all that was theirs is erased here too.",
            n,
        ),
        Weight.MASKED: ngettext(
            "{who} masked names in {n} transcript: its older texts, and what held the names, are erased here too.",
            "{who} masked names in {n} transcripts: their older texts, and what held the names, are erased here too.",
            n,
        ),
        Weight.ERASED_RECORD: ngettext("{n} record was erased by {who}.", "{n} records were erased by {who}.", n),
    }[act.what]
