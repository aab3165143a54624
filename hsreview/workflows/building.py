"""Building the framework from coded segments: which segments there are, and one of them made into a row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.messages import _, current_language
from hsreview.framework.building import BY_CODE, suggestion
from hsreview.framework.building import Suggestion as Suggestion
from hsreview.framework.building import parent_for as parent_for
from hsreview.framework.chain import Framework
from hsreview.framework.views import LEVEL as LEVEL
from hsreview.model.codebook import CodePlace
from hsreview.model.coding import CONSENSUS as CONSENSUS
from hsreview.model.coding import Coding
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import BUILDING_CODES, Row, RowKind, SourceKind, Stance
from hsreview.model.framework import EvidenceRole as EvidenceRole
from hsreview.model.framework_columns import COLUMNS, main_column
from hsreview.model.people import Coder
from hsreview.model.transcript import Transcript
from hsreview.privacy.repeating import repeated as repeated
from hsreview.project import queries
from hsreview.project.codebooks import load_codebook
from hsreview.project.project import Project
from hsreview.project.segments import segments_of_codes
from hsreview.review.blind import sight
from hsreview.workflows import reading
from hsreview.workflows.evidence import coding_ids, grounds
from hsreview.workflows.framework_rows import GROUNDED, add_row, framework, link


@dataclass(frozen=True, slots=True)
class Source:
    """A coded segment from which a row may be made."""

    segment: CodedSegment
    code: CodePlace
    place: str
    """Interview, turn and sentence: `cso-01 12.3`."""
    group: str
    """Of the interview; empty when it has none."""
    suggestion: Suggestion


def building_codes(project: Project) -> tuple[list[CodePlace], bool]:
    """The codes from which rows are made, and whether the project chose them; else those of the table `BY_CODE`."""
    places = list(load_codebook(project.connection, whole=True).codes())
    chosen = queries.setting(project.connection, BUILDING_CODES)
    if isinstance(chosen, list):
        wanted = set(chosen)
        return [place for place in places if wanted & {place.code.id, *(parent.id for parent in place.parents)}], True
    return [place for place in places if BY_CODE.keys() & set(_refs(place))], False


def choose_codes(project: Project, coder: Coder, wishes: Sequence[str]) -> bool:
    """Say from which codes (by ref or id, with all below them) rows are made; without any, the usual ones again.

    False when it is so already. Raises InputRefused for a code that there is not.
    """
    book = load_codebook(project.connection)
    codes = sorted({reading.find_code(book, wish).id for wish in wishes})
    with project.act(coder.id) as act:
        if not codes and queries.setting(project.connection, BUILDING_CODES) is None:
            return False
        return act.put("setting", BUILDING_CODES, value=codes or None)


def sources(
    project: Project, *, whose: str | None = None, code_ids: Collection[str] = (), viewer: Coder | None = None
) -> list[Source]:  # fmt: skip
    """The segments from which rows may be made, by interview and place; no other codings are read.

    `whose`: a coder's id, or `consensus`; null: every coder's, each apart. `code_ids`: only these of `building_codes`.
    Raises InputRefused while `viewer` codes blind somewhere.
    """
    with project.snapshot():
        framework(project, viewer=viewer, links=False)
        places = {place.code.id: place for place in building_codes(project)[0]}
        wanted = [code for code in places if not code_ids or code in code_ids]
        if whose == CONSENSUS:
            found = reading.segments(project, code_ids=wanted, layer=CONSENSUS, viewer=viewer) if wanted else []
        else:
            may = sight(project.connection, viewer).may
            found = segments_of_codes(project.connection, wanted, coder_id=whose, may=may)
        transcripts = {each.id: each for each in queries.transcripts(project.connection)}
        return [_source(each, places[each.coding.code_id], transcripts[each.transcript_id]) for each in found]


def standing(project: Project, found: Framework) -> Mapping[tuple[str, int, int, str], Sequence[Row]]:
    """Where a segment stands (`place_of`) → the rows that are linked to it, whoever coded it."""
    codings = queries.codings_by_id(project.connection, found.uses)
    rows: dict[tuple[str, int, int, str], dict[str, Row]] = {}
    for coding in codings:
        here = rows.setdefault(place_of(coding), {})
        here |= {link.row_id: found.by_id[link.row_id] for link in found.uses[coding.id]}
    return {place: list(here.values()) for place, here in rows.items()}


def place_of(coding: Coding) -> tuple[str, int, int, str]:
    """Text, offsets and code: the same for all who gave the same words the same code."""
    return coding.version_id, coding.start, coding.end, coding.code_id


def rows_on(project: Project, found: Framework, coding_id: str) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows that stand on the words of a coding, whoever gave them this code, and those that stand on these rows."""
    here = {place_of(each) for each in queries.codings_by_id(project.connection, [coding_id])}
    direct = {row.id: row for place, rows in standing(project, found).items() if place in here for row in rows}
    direct |= {link.row_id: found.by_id[link.row_id] for link in found.uses.get(coding_id, ())}
    ids = dict.fromkeys(link.row_id for row_id in direct for link in found.up(row_id))
    return list(direct.values()), [found.by_id[each] for each in ids if each not in direct]


def find_source(project: Project, wish: str, *, viewer: Coder | None = None) -> Source:
    """The segment of the coding with that id, or its beginning, whatever its code.

    Raises UsageProblem when there is none, or several, and InputRefused while `viewer` codes blind somewhere.
    """
    with project.snapshot():
        found = framework(project, viewer=viewer, links=False)
        [identity] = coding_ids(project, [wish])
        segment = grounds(project, found, [], [identity]).segments.get(identity)
        if segment is None:
            raise UsageProblem(_("The words of coding {id} are no longer there.").format(id=wish))
        places = {place.code.id: place for place in load_codebook(project.connection, whole=True).codes()}
        transcripts = {each.id: each for each in queries.transcripts(project.connection)}
        return _source(segment, places[segment.coding.code_id], transcripts[segment.transcript_id])


def draft(
    project: Project, coder: Coder, found: Framework, source: Source, sentence: str, *, language: str,
    kind: RowKind | None = None, near: Row | None = None,
) -> Row:  # fmt: skip
    """Make the row that a segment suggests (or one of another kind) in words of one's own, standing on the segment.

    It stands under `near` or what that stands under, where it may. One act. Raises InputRefused for no words.
    """
    proposed = source.suggestion
    wanted = kind or proposed.kind
    as_proposed = wanted is proposed.kind
    values = {**(proposed.cells if as_proposed else {}), f"{main_column(wanted).key}_{language}": sentence.strip()}
    role = proposed.role if as_proposed else EvidenceRole.NONE
    return add_row(
        project, coder, wanted, values, parent=parent_for(found, wanted, near),
        evidence=[(source.segment.coding.id, Stance.SUPPORTS, role)],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class About:
    """What segments are about, by refs in the order of the codebook."""

    codes: tuple[str, ...]
    questions: tuple[str, ...]
    """The review questions of these codes."""


def about(project: Project, segments: Iterable[CodedSegment]) -> About:
    """The codes of segments, and the review questions that they answer."""
    book = load_codebook(project.connection, whole=True)
    used = {each.coding.code_id for each in segments}
    places = [place for place in book.codes() if place.code.id in used]
    asked = {question for place in places for question in place.questions}
    return About(
        tuple(place.code.ref for place in places),
        tuple(each.ref for each in book.questions if each.ref in asked and each.kind == "review_question"),
    )


def finding_on(
    project: Project, coder: Coder, segments: Sequence[CodedSegment], sentence: str, *, language: str
) -> Row:  # fmt: skip
    """Write a finding that all of these segments support, with their codes and review questions, as one act.

    Raises InputRefused for no words, and while `coder` codes blind somewhere.
    """
    of = about(project, segments)
    cells = {"codes": list(of.codes) or None, "question": ", ".join(of.questions) or None}
    return add_row(
        project, coder, RowKind.FINDING, {f"statement_{language}": sentence.strip(), **cells},
        evidence=[(each.coding.id, Stance.SUPPORTS, EvidenceRole.NONE) for each in segments],
    )  # fmt: skip


def link_source(
    project: Project, coder: Coder, found: Framework, row: Row, source: Source, *, stance: Stance | None = None,
    role: EvidenceRole | None = None,
) -> bool:  # fmt: skip
    """Let a row stand on a segment, as its code suggests or as said; false when it does already and nothing is said.

    Raises InputRefused for a strategy or an actor.
    """
    if row.kind not in GROUNDED:
        raise InputRefused(_("{ref} is named, not found: it stands on no segments.").format(ref=row.ref))
    [coding] = coding_ids(project, [source.segment.coding.id])
    there = any(each.source == coding for each in found.links.get(row.id, ()))
    if there and stance is None and role is None:
        return False
    proposed = source.suggestion
    link(
        project, coder, found, row, [(SourceKind.CODING, coding)], stance or proposed.stance,
        role=proposed.role if role is None else role,
    )  # fmt: skip
    return True


def _source(segment: CodedSegment, code: CodePlace, transcript: Transcript) -> Source:
    place = f"{transcript.name} {segment.place}"
    return Source(segment, code, place, transcript.group or "", suggested(code, segment.coding.modifiers))


def suggested(code: CodePlace, modifiers: Mapping[str, str] | None = None) -> Suggestion:
    """What segments of a code are fit for, with these modifiers."""
    return suggestion(_refs(code), modifiers or {})


def _refs(place: CodePlace) -> list[str]:
    """The code, the codes above it, the nearest first, and its theme."""
    return [place.code.ref, *(parent.ref for parent in reversed(place.parents)), place.theme.ref]


def level_name(found: Suggestion) -> str:
    """The level at which the suggested row is, in the user's language; empty when nothing says it."""
    columns = (column for column in COLUMNS[found.kind] if column.key == LEVEL)
    choices = {choice.key: choice.label.get(current_language()) for column in columns for choice in column.choices}
    return choices.get(str(found.cells.get(LEVEL, "")), "")


def role_name(role: EvidenceRole) -> str:
    """The part of a row that a source is about, in the user's language; empty for none."""
    return {
        EvidenceRole.NONE: "", EvidenceRole.PROBLEM: _("problem"), EvidenceRole.OUTCOME: _("outcome"),
        EvidenceRole.INDICATOR: _("indicator"), EvidenceRole.BASELINE: _("baseline"), EvidenceRole.TARGET: _("target"),
        EvidenceRole.SOURCE: _("source"), EvidenceRole.RISK: _("risk"),
    }[role]  # fmt: skip
