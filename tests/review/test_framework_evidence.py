"""What rows of the framework stand on, while coders settle, texts are corrected and codes merged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.framework.chain import Framework
from hsreview.framework.strength import Person, strength
from hsreview.model.coding import Coding
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import Evidence, EvidenceRole, Row, RowKind, RowStatus, SourceKind, Stance
from hsreview.project.codebooks import load_codebook
from hsreview.workflows.adjudicating import consensus_codings
from hsreview.workflows.assigning import assign
from hsreview.workflows.codebook_changes import merge_codes
from hsreview.workflows.coding import remove_coding
from hsreview.workflows.evidence import Grounds, coding_ids, grounds
from hsreview.workflows.evidence_agreement import agreement_behind
from hsreview.workflows.framework_rows import add_row, find_links, framework, link, unlink
from hsreview.workflows.framework_start import start
from hsreview.workflows.states import side
from hsreview.workflows.tracing import trace
from hsreview.workflows.transfer import decide, read_origin
from tests.builders import TEXT, a_project, code_id
from tests.project.teams import correct
from tests.review.team import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    found = Team(tmp_path / "project")
    with closing(found.project):
        yield found


def finding(team: Team, *codings: str) -> Row:
    links = [(each, Stance.SUPPORTS, EvidenceRole.NONE) for each in codings]
    return add_row(team.project, team.awa, RowKind.FINDING, {"statement_fr": "Dit"}, evidence=links)


def behind(team: Team) -> Grounds:
    return grounds(team.project, framework(team.project))


def test_an_agreed_coding_of_the_consensus_is_linked_as_a_coders_own_and_stays(team: Team) -> None:
    [binta] = team.code(team.binta, 50, 80, "D1")
    [chaka] = team.code(team.chaka, 50, 80, "D1")
    team.reviewed()
    [settled] = consensus_codings(team.project)
    row = finding(team, settled.id, settled.id[:12])
    [there] = framework(team.project).evidence
    assert there.source == min(binta, chaka), "the same on every replica, and one link"
    assert [each.id for each in trace(team.project, settled.id).up] == [row.id]
    team.code(team.chaka, 55, 90, "D1")
    strong = behind(team).strength(row)
    assert (strong.segments, strong.missing) == (1, 0)


def test_a_decided_coding_of_the_consensus_is_linked_itself_and_is_missing_when_it_goes(team: Team) -> None:
    own = [*team.code(team.binta, 50, 80, "D1"), *team.code(team.binta, 60, 100, "D1")]
    twins = [*team.code(team.chaka, 50, 80, "D1"), *team.code(team.chaka, 60, 100, "D1")]
    team.reviewed()
    [settled] = consensus_codings(team.project)
    assert (settled.start, settled.end) == (50, 100)
    row = finding(team, settled.id)
    [there] = framework(team.project).evidence
    assert there.source == settled.id and settled.id not in {*own, *twins}
    [step] = trace(team.project, "F1").down
    assert step.segment is not None and step.segment.text == TEXT[50:100]
    assert behind(team).strength(row).segments == 1
    remove_coding(team.project, team.chaka, twins[1])
    strong = behind(team).strength(row)
    assert (strong.segments, strong.missing) == (0, 1)
    found = framework(team.project)
    assert unlink(team.project, team.awa, find_links(found, row, [settled.id[:9]])) == 1


def test_evidence_follows_its_words_through_a_correction_and_a_merge_of_codes(team: Team) -> None:
    start = TEXT.index("Les femmes")
    [coding] = team.code(team.binta, start, start + 10, "D2")
    row = finding(team, coding)
    correct(team.project, team.awa, "Version corrigée\n" + TEXT)
    merge_codes(team.project, team.awa, [code_id("D2")], code_id("D1"), because="why")
    [step] = trace(team.project, row.ref).down
    assert step.segment is not None and step.segment.text == "Les femmes"
    assert behind(team).codes[step.segment.coding.code_id] == "D1"
    correct(team.project, team.awa, TEXT.replace("Les femmes n’ont pas été consultées au début.", "Rien."))
    assert behind(team).strength(row).missing == 1
    assert load_codebook(team.project.connection, whole=True)


def test_agreement_is_told_of_the_codes_of_each_row_alone(team: Team) -> None:
    first, second = (
        finding(team, *team.code(team.binta, 50, 80, "D1")),
        finding(team, *team.code(team.binta, 5, 9, "D2")),
    )
    team.reviewed()
    told = agreement_behind(team.project, behind(team), [first, second])
    assert [[each.ref for each in told[row.id].codes] for row in (first, second)] == [["D1"], ["D2"]]


def test_whoever_codes_blind_begins_no_framework_takes_none_over_and_compares_no_states(
    team: Team, tmp_path: Path
) -> None:  # fmt: skip
    team.code(team.chaka, 50, 80, "D1")
    assign(team.project, team.awa, [team.text.transcript], [team.binta])
    with pytest.raises(InputRefused, match="blind"):
        start(team.project, team.binta)
    other, _coder = a_project(tmp_path / "other")
    with closing(other), pytest.raises(InputRefused, match="blind"):
        decide(team.project, team.binta, read_origin(other), {})
    with pytest.raises(InputRefused, match="blind"):
        side(team.project, "Chaka", viewer=team.binta)
    assert side(team.project, "Chaka", viewer=team.awa).dataset.basis.layer == "Chaka"
    assert framework(team.project).rows == []


def test_a_beginning_that_is_none_or_several_links_nothing(team: Team) -> None:
    [one] = team.code(team.binta, 50, 80, "D1")
    row = finding(team, one)
    with pytest.raises(UsageProblem, match="no coding"):
        coding_ids(team.project, [""])
    with pytest.raises(UsageProblem, match="does not stand on"):
        find_links(framework(team.project), row, [""])
    [other] = team.code(team.binta, 90, 99, "D1")
    with pytest.raises(UsageProblem, match="give more of it"):
        coding_ids(team.project, [one[:2]])
    link(team.project, team.awa, framework(team.project), row, [(SourceKind.CODING, other)], Stance.SUPPORTS)
    with pytest.raises(UsageProblem, match="give more of it"):
        find_links(framework(team.project), row, [one[:2]])


# Strength, counted in the plainest way.

PEOPLE = {
    f"p{n}": Person(f"o{n % 3}" if n % 4 else "", ("cso", "policymaker", "")[n % 3], "Gao" if n % 2 else "")
    for n in range(8)
}
_SEGMENT = st.tuples(
    st.sampled_from([*PEOPLE, None]), st.integers(0, 3), st.sampled_from(["", "first_hand", "hearsay"])
)
_LINK = st.tuples(st.integers(0, 9), st.sampled_from(list(Stance)))


@given(st.lists(_SEGMENT, max_size=9), st.lists(_LINK, max_size=16), st.booleans())
def test_the_parts_are_what_a_plain_count_gives(
    given_segments: list[tuple[str | None, int, str]], given_links: list[tuple[int, Stance]], answered: bool
) -> None:
    segments = {
        f"s{n}": CodedSegment(
            Coding(f"s{n}", f"v{who}", at, at + 5, "c", "x", modifiers={"voice": hand} if hand else {}),
            "t", 1, 1, 1, None, "respondent", who, "words",
        )
        for n, (who, at, hand) in enumerate(given_segments)
    }  # fmt: skip
    links = [Evidence(f"e{i}", "F1", SourceKind.CODING, f"s{n}", s) for i, (n, s) in enumerate(given_links)]
    row = Row("F1", RowKind.FINDING, "F1", RowStatus.DRAFT)
    found = strength(Framework([row], links).down("F1"), segments, PEOPLE, answered=answered)

    def said(stance: Stance) -> list[CodedSegment]:
        return [segments[each.source] for each in links if each.stance is stance and each.source in segments]

    def passages(stance: Stance) -> set[tuple[str, int, int]]:
        return {(each.coding.version_id, each.coding.start, each.coding.end) for each in said(stance)}

    people = {each.respondent_id for each in said(Stance.SUPPORTS)} - {None}
    known = [PEOPLE[str(each)] for each in people]
    assert found.respondents == len(people)
    assert found.segments == len(passages(Stance.SUPPORTS))
    assert found.contradicting == len(passages(Stance.CONTRADICTS))
    assert found.organisations == len({each.organisation for each in known if each.organisation})
    assert found.unaffiliated == sum(not each.organisation for each in known)
    assert set(found.groups) == {each.group for each in known if each.group}
    assert set(found.places) == {each.place for each in known if each.place}
    assert found.unlinked == sum(version == "vNone" for version, *_at in passages(Stance.SUPPORTS))
    assert found.missing == len({each.source for each in links} - segments.keys())
    assert found.firsthand <= found.voiced <= found.segments
    again = strength(Framework([row], links[::-1]).down("F1"), segments, PEOPLE, answered=answered)
    assert again == found, "the order in which it was linked does not matter"
