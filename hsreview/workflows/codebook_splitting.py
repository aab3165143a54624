"""A code is split: a lead says into what, and every coder decides about their own codings.

The lead's own codings are decided on in the act of splitting, or wait. Nobody writes into the layer of another: the
codings of others wait in their recode queues until their coders say, for each, whether it stays, goes to the other
code, or gets both. What waits counts for the code that was split, as before.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.ids import derived_id, new_id
from hsreview.base.messages import _
from hsreview.codebook import changing
from hsreview.model.codebook import Status
from hsreview.model.codebook_nodes import CodeTree
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.entities import ENTITIES
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.splits import SPLIT
from hsreview.project.splits import Split as Split
from hsreview.review import recode
from hsreview.workflows.codebook_changes import Branch, CodebookChanged, changed, put_edits
from hsreview.workflows.coding import check_code
from hsreview.workflows.consents import check_may_code
from hsreview.workflows.rechecking import KEPT


class Choice(StrEnum):
    """What becomes of a coding whose code was split."""

    STAYS = "stays"
    GOES = "goes"
    """To the other code."""
    BOTH = "both"


Decisions = dict[str, Choice]
"""Coding id → what becomes of it."""


@dataclass(frozen=True, slots=True)
class NewCode:
    """The code that a split makes."""

    label: Localized
    ref: str = ""
    """Empty: the next free number of the theme."""


def split_code(
    project: Project, coder: Coder, code_id: str, into: NewCode | str, decisions: Decisions | None = None, *,
    because: str, preview: bool = False,
) -> CodebookChanged:  # fmt: skip
    """Split a code into itself and another one, new or there already (by id), as one act.

    `decisions` are about the lead's own codings; those without one, and those of others, wait for their coders.
    """
    chosen = decisions or {}
    split_id = new_id()
    other = into if isinstance(into, str) else new_id()
    both = frozenset(each for each, choice in chosen.items() if choice is Choice.BOTH)

    def write(act: Act, tree: CodeTree) -> None:
        changing.splittable(tree, code_id)
        new = changing.branch_off(tree, code_id, other, into.label, into.ref) if isinstance(into, NewCode) else []
        if not new:
            _check_other(tree, code_id, other)
        value = {"code": code_id, "into": other, "because": because.strip(), "coder": coder.id, "at": act.at}
        act.put("setting", SPLIT + split_id, value=value)
        put_edits(act, new, because)
        _decide(project, act, coder, Split(split_id, code_id, other, because, coder.id, act.at), chosen)

    return changed(project, coder, write, [code_id], because=because, preview=preview, branch=Branch(other, both))


def _check_other(tree: CodeTree, code_id: str, other: str) -> None:
    node = tree.by_id.get(other)
    if node is None or node.kind != "code" or node.status != Status.ACTIVE or not node.codable or other == code_id:
        raise InputRefused(_("Name another code that is used for coding, or a new one."))


def decide_splits(project: Project, coder: Coder, decisions: Decisions) -> int:
    """Decide about codings of one's own that wait because their code was split: one act. Returns how many.

    Where a code was split twice, the older split is decided first. Raises InputRefused, with each of them, when one
    does not wait for that or is another coder's; nothing is stored then.
    """
    if not decisions:
        raise UsageProblem(_("Name the codings about which you decide. See: hsreview recode list"))
    with project.act(coder.id) as act:
        waiting = {each.coding.id: each for each in recode.queue(project.connection, set(decisions))}
        problems = [
            Problem(_("does not wait because its code was split"), each, "id")
            for each in decisions
            if each not in waiting or not waiting[each].splits
        ]
        problems += [
            Problem(_("belongs to another coder, who alone may decide"), each, "id")
            for each, entry in waiting.items()
            if entry.coding.coder_id != coder.id
        ]
        if problems:
            raise InputRefused(_("Nothing was stored."), problems)
        for each, choice in decisions.items():
            _decide(project, act, coder, waiting[each].splits[0], {each: choice})
    return len(decisions)


def own_codings(project: Project, coder: Coder, code_id: str) -> list[str]:
    """Ids of the coder's own codings with a code, in the order of the texts."""
    return [each.id for each in queries.codings(project.connection, coder_id=coder.id, code_ids=[code_id])]


def _decide(project: Project, act: Act, coder: Coder, split: Split, decisions: Decisions) -> None:
    code_id = project.state.resolve_code(split.code_id)
    own = {each.id: each for each in queries.codings(project.connection, coder_id=coder.id, code_ids=[code_id])}
    problems = [Problem(_("is no coding of yours with this code"), each, "id") for each in decisions if each not in own]
    if problems:
        raise InputRefused(_("Nothing was stored."), problems)
    into = project.state.resolve_code(split.into)
    if any(choice is not Choice.STAYS for choice in decisions.values()):
        check_code(project, into)
        check_may_code(
            project.connection,
            {own[each].version_id for each, choice in decisions.items() if choice is not Choice.STAYS},
        )
    for coding_id, choice in decisions.items():
        if choice is Choice.GOES:
            act.put("coding", coding_id, given_code_id=into)
            continue
        act.put(
            "recheck", derived_id("recheck", coding_id, split.code_id, split.id), coding_id=coding_id,
            code_id=split.code_id, edit=split.id, outcome=KEPT, coder_id=coder.id, at=act.at,
        )  # fmt: skip
        if choice is Choice.BOTH:
            _copied(project, act, coder, coding_id, into)


def _copied(project: Project, act: Act, coder: Coder, coding_id: str, code_id: str) -> None:
    """The same coding once more, under another code: with its modifiers, its flags and its coder's notes on it."""
    found, _removed = project.state.row(ENTITIES["coding"], coding_id) or ({}, True)
    twin = new_id()
    act.put("coding", twin, **{**found, "given_code_id": code_id})
    for memo in queries.memos(project.connection, coding_id=coding_id, coder_id=coder.id):
        act.put(
            "memo", new_id(), coder_id=coder.id, text=memo.text, transcript_id=memo.transcript_id, coding_id=twin,
            code_id=memo.code_id, version_id=memo.version_id, start=memo.start, end=memo.end, created=memo.created,
        )  # fmt: skip
