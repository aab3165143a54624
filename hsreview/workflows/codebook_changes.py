"""A lead changes the codebook: codes are merged, moved, renamed, retired, deactivated and reactivated.

Each change is one act, which undo takes back whole. Nobody's codings are written anew by it: which code they count for
follows from the codebook. A preview does the same and stores nothing, so that it says exactly what would be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, Problem, UsageProblem
from hsreview.base.messages import _, current_language
from hsreview.base.terminal import visible
from hsreview.codebook import changing
from hsreview.model.codebook import Codebook
from hsreview.model.codebook_nodes import CodeNode as CodeNode
from hsreview.model.codebook_nodes import CodeTree, Edit
from hsreview.model.codebook_rules import codebook_faults
from hsreview.model.coding import Coding
from hsreview.model.people import Coder
from hsreview.model.review import reading_of
from hsreview.privacy.roles import Duty, check
from hsreview.project import passes, queries
from hsreview.project.codebooks import code_tree, load_codebook
from hsreview.project.log import Act
from hsreview.project.project import Project
from hsreview.project.segments import segments


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a code is used, in the first readings of all coders' own layers."""

    codings: int = 0
    transcripts: int = 0
    coders: int = 0


@dataclass(frozen=True, slots=True)
class CodeCount:
    """A code with its counts before and after a change."""

    code_id: str
    ref: str
    """As it is now; for what is gone, as it was."""
    label: str
    before: Tally
    after: Tally


@dataclass(frozen=True, slots=True)
class Touched:
    """A coding that a change touches."""

    coding_id: str
    transcript_id: str
    transcript: str
    start: int
    """In code points of the newest text, half-open."""
    end: int
    place: str
    """`12.3`: turn and sentence."""
    coder_id: str
    coder: str
    pass_: str
    before: str
    """Ref of the code it counted for."""
    after: tuple[str, ...]
    """Refs of the codes it counts for now; where its coder has yet to decide, as before."""
    waits: bool
    """Whether its coder has yet to decide."""
    text: str


@dataclass(frozen=True, slots=True)
class CodebookChanged:
    """What a change did, or in a preview would do."""

    stored: bool
    counts: Sequence[CodeCount]
    touched: Sequence[Touched]
    """Every coding under the codes that were changed, before or after it, in the order of transcripts and places."""
    shared: int
    """Passages that a coder had given both codes that are one now: they count once."""
    version: str
    """The codebook's version after it."""
    new_code: str | None = None
    """Id of the code that it made."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What a split splits off."""

    into: str
    """Id of the other code."""
    both: frozenset[str]
    """Ids of the codings that get both."""


Write = Callable[[Act, CodeTree], None]
"""Writes a change into an act, by the tree as it stands."""


class _TakenBack(Exception):
    """Ends the transaction of a preview."""

    def __init__(self, result: CodebookChanged) -> None:
        super().__init__()
        self.result = result


def merge_codes(
    project: Project, coder: Coder, sources: Sequence[str], into: str, *, because: str, preview: bool = False
) -> CodebookChanged:
    """Let the code with the id `into` take over others; their codings count for it from now on, of whatever coder."""

    def write(act: Act, tree: CodeTree) -> None:
        put_edits(act, changing.merge(tree, list(dict.fromkeys(sources)), into), because)

    return changed(project, coder, write, sources, also=[into], because=because, preview=preview)


def move_code(
    project: Project, coder: Coder, node_id: str, *, under: str | None = None, before: str | None = None,
    after: str | None = None, because: str = "", preview: bool = False,
) -> CodebookChanged:  # fmt: skip
    """Put a code below a theme or another code, or a code or theme before or after another one (all by id)."""

    def write(act: Act, tree: CodeTree) -> None:
        put_edits(act, changing.move(tree, node_id, under=under, before=before, after=after), because)

    return changed(project, coder, write, [node_id], because=None, preview=preview)


def rename_code(
    project: Project, coder: Coder, node_id: str, *, ref: str = "", labels: Mapping[str, str] | None = None,
    because: str = "", preview: bool = False,
) -> CodebookChanged:  # fmt: skip
    """Give a code or theme another ref, another label (`{"fr": …, "en": …}`, one or both), or both."""

    def write(act: Act, tree: CodeTree) -> None:
        edits = changing.rename(tree, node_id, ref) if ref else []
        node = tree.by_id.get(node_id)
        if labels and node is not None:
            old = node.data.get("label", {})
            label = {language: text for language, text in {**old, **labels}.items() if text}
            if label != old:
                edits.append(Edit("code", node_id, {"data": {**node.data, "label": label}}))
        if not edits and labels:
            raise InputRefused(_("It is called so already."))
        if not edits:
            raise UsageProblem(_("Say what the new reference or the new label is."))
        put_edits(act, edits, because)

    return changed(project, coder, write, [node_id], because=None, preview=preview)


def retire_code(
    project: Project, coder: Coder, code_id: str, *, because: str, preview: bool = False
) -> CodebookChanged:
    """Take a code and those below it out of the codebook; their codings stay and keep it."""

    def write(act: Act, tree: CodeTree) -> None:
        put_edits(act, changing.retire(tree, code_id), because)

    below = [node.id for node in code_tree(project.connection).below(code_id)]
    return changed(project, coder, write, [code_id, *below], because=because, preview=preview)


def deactivate_code(
    project: Project, coder: Coder, code_id: str, *, because: str, preview: bool = False
) -> CodebookChanged:
    """Let a code stay where it is, with its codings, and take no new ones."""

    def write(act: Act, tree: CodeTree) -> None:
        put_edits(act, changing.deactivate(tree, code_id), because)

    return changed(project, coder, write, [code_id], because=because, preview=preview)


def reactivate_code(
    project: Project, coder: Coder, code_id: str, *, because: str = "", preview: bool = False
) -> CodebookChanged:
    """Use a code again that was deactivated, retired, refused or merged; a merged one gets its codings back."""

    def write(act: Act, tree: CodeTree) -> None:
        put_edits(act, changing.reactivate(tree, code_id), because)

    tree = code_tree(project.connection)
    line = [code_id]
    while (node := tree.by_id.get(line[-1])) is not None and node.merged_into and node.merged_into not in line:
        line.append(node.merged_into)
    return changed(project, coder, write, [code_id], also=line[1:][-1:], because=None, preview=preview)


def find_node(project: Project, wish: str, *, themes: bool = False) -> CodeNode:
    """The code (with `themes`, also the theme) with that id, ref or label, in use or not; one in use goes first.

    Raises InputRefused when there is none, UsageProblem when several are meant.
    """
    from hsreview.base.folding import fold
    from hsreview.model.codebook_rules import did_you_mean

    kinds = ("code", "theme") if themes else ("code",)
    tree = code_tree(project.connection)
    nodes = [node for node in tree.nodes if node.kind in kinds]
    folded = fold(wish)
    tests: tuple[Callable[[CodeNode], bool], ...] = (
        lambda node: node.id == wish,
        lambda node: node.in_use and node.ref == wish,
        lambda node: node.ref == wish,
        lambda node: node.in_use and folded in (fold(node.ref), fold(node.label.fr), fold(node.label.en)),
    )
    for test in tests if folded else ():
        found = [node for node in nodes if test(node)]
        if len(found) > 1:
            them = "; ".join(f"{node.ref} {node.label.get(current_language())} ({node.id})" for node in found)
            raise UsageProblem(_("Several codes are called {name}; give an id: {codes}").format(name=wish, codes=them))
        if found:
            return found[0]
    if any(node.kind == "theme" and node.ref == wish for node in tree.nodes):
        raise InputRefused(_("{theme} is a theme; only codes can be changed so.").format(theme=visible(wish)))
    hint = did_you_mean(wish, [node.ref for node in nodes]) or " " + _("See: hsreview codebook show")
    raise InputRefused(_("There is no code {name}.").format(name=wish) + hint)


def set_aside(project: Project) -> list[CodeNode]:
    """The codes that nobody can code with: merged, refused, retired or not for coding, in the order of the codebook."""
    nodes = code_tree(project.connection).nodes
    return [node for node in nodes if node.kind == "code" and not (node.in_use and node.codable)]


def changed(
    project: Project, coder: Coder, write: Write, subjects: Sequence[str], *, also: Sequence[str] = (),
    because: str | None, preview: bool, branch: Branch | None = None,
) -> CodebookChanged:  # fmt: skip
    """Do a change as one act and say what it did; with `preview`, nothing of it is stored.

    `subjects` are the codes whose codings it touches, `also` others whose counts it may change; `because` is null
    where no reason is needed. `branch` is, for a split, what is split off. Raises UsageProblem when the coder does not
    lead the project or gives no reason, InputRefused when the codebook would not be one any more.
    """
    check(Duty.CODES, coder, queries.coders(project.connection))
    if because is not None and not because.strip():
        raise UsageProblem(_("Say why: the reason is stored with the change."))
    try:
        with project.write(), project.act(coder.id) as act:
            result = _carried_out(project, act, write, subjects, also, branch, stored=not preview)
            if preview:
                raise _TakenBack(result)
    except _TakenBack as taken:
        return taken.result
    return result


def put_edits(act: Act, edits: Iterable[Edit], because: str = "") -> None:
    """Write edits; the reason stands with the codes whose standing they change."""
    for number, edit in enumerate(edits):
        fields = dict(edit.fields)
        if because.strip() and edit.table == "code" and (number == 0 or "status" in fields):
            fields["reason"] = because.strip()
        act.put(edit.table, edit.id, **fields)


def _carried_out(
    project: Project, act: Act, write: Write, subjects: Sequence[str], also: Sequence[str],
    branch: Branch | None, *, stored: bool,
) -> CodebookChanged:  # fmt: skip
    connection = project.connection
    tree, old = code_tree(connection), load_codebook(connection)
    found = segments(connection, code_ids=subjects, reading=None) if subjects else []
    known, was = {each.coding.id for each in found}, _code_of(project)
    codes = list(dict.fromkeys([*subjects, *also, *([branch.into] if branch else [])]))
    before, passages = _tallies(project, codes)
    write(act, tree)
    counts_for = _code_of(project)
    if any(code in subjects and coding not in known for coding, code in counts_for.items()):
        back = segments(connection, code_ids=subjects, reading=None)
        found = [*found, *(each for each in back if each.coding.id not in known)]
    new = load_codebook(connection)
    _refuse_new_faults(old, new)
    after, left = _tallies(project, codes)
    now = code_tree(connection).by_id
    refs = {node.id: node.ref for node in (*tree.nodes, *now.values())}
    titles = {each.id: each.name for each in queries.transcripts(connection)}
    names = {each.id: each.name for each in queries.coders(connection)}
    waiting = _waiting(project, branch.into, subjects) if branch else frozenset()
    touched = [
        Touched(
            each.coding.id, each.transcript_id, titles[each.transcript_id], each.coding.start, each.coding.end,
            each.place, each.coding.coder_id,
            names.get(each.coding.coder_id, each.coding.coder_id), each.coding.pass_,
            refs[was[each.coding.id]], tuple(refs[code] for code in _codes_now(each.coding, counts_for, branch)),
            each.coding.id in waiting, each.text,
        )
        for each in found
    ]  # fmt: skip
    counts = [
        CodeCount(
            each, refs[each], (now.get(each) or tree.by_id[each]).label.get(current_language()),
            before.get(each, Tally()), after.get(each, Tally()),
        )
        for each in codes if each in refs and (now.get(each) or tree.by_id[each]).kind == "code"
    ]  # fmt: skip
    shared = max(0, passages - left) if branch is None else 0
    return CodebookChanged(stored, counts, touched, shared, new.version, branch.into if branch else None)


def _code_of(project: Project) -> Mapping[str, str]:
    """Coding id → the code for which it counts."""
    return dict(project.connection.execute("select id, code_id from coding"))


def _codes_now(coding: Coding, counts_for: Mapping[str, str], branch: Branch | None) -> tuple[str, ...]:
    if branch is not None and coding.id in branch.both:
        return (coding.code_id, branch.into)
    return (counts_for[coding.id],)


def _waiting(project: Project, into: str, subjects: Sequence[str]) -> frozenset[str]:
    from hsreview.review import recode

    return frozenset(
        each.coding.id
        for each in recode.queue(project.connection)
        if each.coding.code_id in subjects and any(split.into == into for split in each.splits)
    )


def _tallies(project: Project, codes: Sequence[str]) -> tuple[dict[str, Tally], int]:
    """How often each code is used, and on how many passages any of them stands."""
    connection = project.connection
    parts = passes.parts(connection)
    by_code: dict[str, set[tuple[str, int, int, str]]] = {}
    for coding in queries.codings(connection, code_ids=codes) if codes else ():
        if not reading_of(coding.pass_, parts):
            place = (coding.version_id, coding.start, coding.end, coding.coder_id)
            by_code.setdefault(coding.code_id, set()).add(place)
    tallies = {
        code: Tally(len(places), len({place[0] for place in places}), len({place[3] for place in places}))
        for code, places in by_code.items()
    }
    return tallies, sum(len(places) for places in by_code.values())


def _refuse_new_faults(old: Codebook, new: Codebook) -> None:
    """A change must leave a codebook that can be exported and read again; what was wrong before may stay so."""
    known = Counter(fault.code for fault in codebook_faults(old))
    told = {fault.message for fault in codebook_faults(old)}
    faults = codebook_faults(new)
    worse = Counter(fault.code for fault in faults) - known
    problems = [
        Problem(fault.message, "", fault.code) for fault in faults if fault.code in worse and fault.message not in told
    ]
    if problems:
        raise InputRefused(_("The codebook would have faults then. Nothing was changed."), problems)
