"""From rows down to words and back, and how strong that is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.framework.chain import Framework, seen_through
from hsreview.framework.strength import Grade, Person, Thresholds, strength
from hsreview.model.coding import Coding
from hsreview.model.dataset import CodedSegment
from hsreview.model.framework import Evidence, Row, RowKind, RowStatus, SourceKind, Stance
from hsreview.model.transcript import Kind, Transcript

ROWS = ("F1", "F2", "F3", "IN1", "R1")
CODINGS = ("a", "b", "c", "d")


def row(ref: str) -> Row:
    kind = {"F": RowKind.FINDING, "I": RowKind.INDICATOR, "R": RowKind.RECOMMENDATION}[ref[0]]
    return Row(ref, kind, ref, RowStatus.DRAFT)


def link(row_id: str, source: str, stance: Stance = Stance.SUPPORTS) -> Evidence:
    kind = SourceKind.FINDING if source in ROWS else SourceKind.CODING if source in CODINGS else SourceKind.DOCUMENT
    return Evidence(f"{row_id}-{source}-{stance}", row_id, kind, source, stance)


_LINKS = st.lists(
    st.builds(link, st.sampled_from(ROWS), st.sampled_from([*CODINGS, *ROWS[:3]]), st.sampled_from(list(Stance))),
    max_size=14, unique_by=lambda each: each.id,
)  # fmt: skip


@given(_LINKS)
def test_whatever_a_row_stands_on_leads_back_to_it(links: list[Evidence]) -> None:
    found = Framework([row(ref) for ref in ROWS], links)
    for ref in ROWS:
        for source in CODINGS:
            assert (source in found.codings(ref)) == (ref in {each.row_id for each in found.up(source)})


def test_a_finding_that_contradicts_turns_what_it_stands_on() -> None:
    found = Framework(
        [row("F1"), row("IN1")],
        [link("IN1", "F1", Stance.CONTRADICTS), link("F1", "a"), link("F1", "b", Stance.CONTRADICTS), link("IN1", "a")],
    )
    stances = [(each.link.source, each.stance) for each in found.down("IN1")]
    assert stances == [
        ("F1", Stance.CONTRADICTS), ("a", Stance.SUPPORTS), ("a", Stance.CONTRADICTS), ("b", Stance.SUPPORTS),
    ]  # fmt: skip
    assert found.codings("IN1") == ["a", "b"]
    assert seen_through(Stance.QUALIFIES, Stance.SUPPORTS) is Stance.QUALIFIES


def segment(coding_id: str, person: str | None, hand: str = "", start: int = 0, of: str = "t") -> CodedSegment:
    coding = Coding(
        id=coding_id, version_id="v", start=start, end=start + 5, code_id="c", coder_id="x", layer="own",
        modifiers={"voice": hand} if hand else {},
    )  # fmt: skip
    return CodedSegment(coding, of, 1, 1, 1, None, "respondent", person, "words")


PEOPLE = {
    f"p{n}": Person(organisation=f"o{n % 5}" if n < 8 else "", group="cso" if n % 2 else "policymaker", place="Gao")
    for n in range(9)
}


def strength_of(number: int, *, hand: str = "", against: int = 0, answered: bool = False) -> Grade:
    """Of a row on which `number` people agree, each of an organisation of the first five, and `against` do not."""
    segments = {f"s{n}": segment(f"s{n}", f"p{n % 9}", hand, 10 * n) for n in range(number + against)}
    links = [
        Evidence(f"e{n}", "IN1", SourceKind.CODING, f"s{n}", Stance.SUPPORTS if n < number else Stance.CONTRADICTS)
        for n in range(number + against)
    ]
    found = Framework([row("IN1")], links)
    return strength(found.down("IN1"), segments, PEOPLE, answered=answered).grade


def test_grades_follow_from_people_organisations_groups_and_contradictions() -> None:
    assert strength_of(0) is Grade.VERY_LOW
    assert strength_of(1) is Grade.VERY_LOW
    assert strength_of(2) is Grade.LOW
    assert strength_of(3) is Grade.MODERATE
    assert strength_of(6) is Grade.HIGH
    assert strength_of(6, against=1) is Grade.MODERATE
    assert strength_of(6, against=1, answered=True) is Grade.HIGH
    assert strength_of(6, hand="second_hand") is Grade.VERY_LOW
    assert strength_of(6, hand="first_hand") is Grade.HIGH


@pytest.mark.parametrize(
    ("organisations", "hands", "grade"),
    [
        ("abcdaa", "ffffff", Grade.HIGH),  # Exactly six people, four organisations.
        ("abcaaa", "ffffff", Grade.MODERATE),
        ("abcde", "fffff", Grade.MODERATE),
        ("aab", "sss", Grade.VERY_LOW),
        ("aab", "ss-", Grade.MODERATE),  # At which hand one of them tells it is not known.
        ("aab", "ssf", Grade.MODERATE),
        ("aaa", "fff", Grade.LOW),
        ("---", "fff", Grade.LOW),
        ("ab", "ff", Grade.LOW),
    ],
)
def test_a_grade_is_reached_with_exactly_what_it_asks_for(organisations: str, hands: str, grade: Grade) -> None:
    words = {"f": "first_hand", "s": "second_hand", "-": ""}
    people = {
        f"p{n}": Person(name.strip("-"), "cso" if n % 2 else "policymaker") for n, name in enumerate(organisations)
    }
    segments = {f"s{n}": segment(f"s{n}", f"p{n}", words[hand], 10 * n) for n, hand in enumerate(hands)}
    found = Framework([row("F1")], [link_to("F1", each) for each in segments])
    assert strength(found.down("F1"), segments, people).grade is grade


def test_nobody_known_who_contradicts_is_nobody_in_numbers_of_people() -> None:
    against = Evidence("e", "F1", SourceKind.CODING, "a", Stance.CONTRADICTS)
    found = strength(Framework([row("F1")], [against]).down("F1"), {"a": segment("a", None)}, PEOPLE)
    assert (found.contradicting, found.against) == (1, 0)


def test_one_side_alone_is_not_strong() -> None:
    segments = {f"s{n}": segment(f"s{n}", f"p{n}", start=10 * n) for n in range(6)}
    people = {name: Person(each.organisation, "cso", each.place) for name, each in PEOPLE.items()}
    found = Framework([row("F1")], [link_to("F1", f"s{n}") for n in range(6)])
    assert strength(found.down("F1"), segments, people).grade is Grade.MODERATE
    assert strength(found.down("F1"), segments, people, thresholds=Thresholds(high_groups=1)).grade is Grade.HIGH


def link_to(row_id: str, coding_id: str) -> Evidence:
    return Evidence(f"{row_id}{coding_id}", row_id, SourceKind.CODING, coding_id, Stance.SUPPORTS)


def test_the_parts_count_people_once_and_say_what_is_not_known() -> None:
    segments = {
        "a": segment("a", "p1", "first_hand"), "b": segment("b", "p1", "second_hand", 10),
        "c": segment("c", None, "", 20), "d": segment("d", "p8", "", 30), "e": segment("e", "p2", "", 0),
    }  # fmt: skip
    links = [*(link_to("F1", each) for each in "abcd"), link_to("F1", "gone"), link("F1", "Report 2015")]
    found = strength(Framework([row("F1")], links).down("F1"), segments, PEOPLE)
    assert (found.segments, found.respondents, found.organisations, found.unaffiliated) == (4, 2, 1, 1)
    assert (found.firsthand, found.voiced, found.unlinked, found.missing, found.documents) == (1, 2, 1, 1, 1)
    assert (found.groups, found.places) == (("cso", "policymaker"), ("Gao",))


def test_sides_sexes_rounds_and_sources_other_than_interviews_are_parts_of_it() -> None:
    people = {
        "p1": Person("o1", "cso", "Gao", "f"), "p2": Person("o2", "cso", "Gao", "m"), "p3": Person("o3", "policymaker"),
    }  # fmt: skip
    texts = {
        "t": Transcript("t", "cso-1", wave="2016-1"), "r": Transcript("r", "report", kind=Kind.DOCUMENT),
        "u": Transcript("u", "pol-1", wave="2017-1"),
    }  # fmt: skip
    segments = {
        "a": segment("a", "p1"), "b": segment("b", "p2", start=10), "c": segment("c", None, start=20, of="r"),
        "d": segment("d", "p3", start=30, of="u"), "e": segment("e", "p3", start=40, of="u"),
    }  # fmt: skip
    links = [*(link_to("F1", each) for each in "abc"), link("F1", "Report 2015"), link("F1", "Report 2016")]
    against = [Evidence(each, "F1", SourceKind.CODING, each, Stance.CONTRADICTS) for each in "de"]
    found = strength(Framework([row("F1")], [*links, *against]).down("F1"), segments, people, transcripts=texts)
    assert (found.by_group, found.sides, found.both_sides) == ({"cso": 2}, (2, 0), False)
    assert (found.sexes, found.waves, found.documents, found.unlinked) == (("f", "m"), ("2016-1",), 3, 0)
    assert (found.contradicting, found.against) == (2, 1)
    all_for = [*links, *(link_to("F1", each) for each in "de")]
    found = strength(Framework([row("F1")], all_for).down("F1"), segments, people, transcripts=texts)
    assert (found.by_group, found.both_sides, found.waves) == (
        {"cso": 2, "policymaker": 1}, True, ("2016-1", "2017-1"),
    )  # fmt: skip


def test_two_groups_of_one_side_are_not_both_sides() -> None:
    segments = {f"s{n}": segment(f"s{n}", f"p{n}", start=10 * n) for n in range(6)}
    links = [link_to("F1", f"s{n}") for n in range(6)]
    grounds = list(Framework([row("F1")], links).down("F1"))
    heard = {f"p{n}": Person(f"o{n}", "community" if n % 2 else "cso") for n in range(6)}
    official = {"silent": Person("o9", "policymaker")}
    assert strength(grounds, segments, heard | official).grade is Grade.MODERATE
    assert strength(grounds, segments, heard).grade is Grade.HIGH, "no official was interviewed at all"
    limits = Thresholds(high_groups=1)
    assert strength(grounds, segments, heard | official, thresholds=limits).grade is Grade.HIGH


def test_of_two_codings_of_a_passage_the_one_that_says_at_which_hand_counts() -> None:
    grounds = list(Framework([row("F1")], [link_to("F1", "a"), link_to("F1", "b")]).down("F1"))
    for one, other in (("first_hand", ""), ("", "first_hand")):
        found = strength(grounds, {"a": segment("a", "p1", one), "b": segment("b", "p1", other)}, PEOPLE)
        assert (found.segments, found.voiced, found.firsthand) == (1, 1, 1)


def test_what_contradicts_a_finding_is_answered_in_it_also_for_the_rows_on_it() -> None:
    links = [
        link("IN1", "F1"),
        link("IN1", "F2"),
        link("F1", "a"),
        link("F1", "b", Stance.CONTRADICTS),
        link("F2", "c"),
    ]
    answer = {"answered": "Il parle d’une autre année."}
    said, silent = replace(row("F1"), data=answer), row("F1")
    assert Framework([said, row("F2"), row("IN1")], links).is_answered("IN1")
    assert not Framework([silent, row("F2"), row("IN1")], links).is_answered("IN1")
    for more in (link("IN1", "d", Stance.CONTRADICTS), link("F2", "d", Stance.CONTRADICTS)):
        assert not Framework([said, row("F2"), row("IN1")], [*links, more]).is_answered("IN1")
    other = replace(row("F2"), data=answer)
    turned = [link("IN1", "F2", Stance.CONTRADICTS), link("F2", "c")]
    assert not Framework([other, row("IN1")], turned).is_answered("IN1"), "what F2 answers is not what it contradicts"
