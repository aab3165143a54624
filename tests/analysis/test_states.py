"""Projects of several states side by side: what compares, what does not, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsreview.analysis.states import CrossState, Hindrance, Side, cross_state
from hsreview.model.codebook import Code, Codebook, Status, Theme, node_id
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.derivation import CodeMap, Derivation, Relation
from hsreview.model.localized import Localized


def code(ref: str, book: str = "base", definition: str = "x", **fields: object) -> Code:
    text = Localized(fr=definition, en=definition)
    return Code(node_id(book, "code", ref), ref, Localized(ref, ref), definition=text, **fields)  # type: ignore[arg-type]


def book(*codes: Code, ref: str = "base", state: str = "ML", derived: Derivation | None = None) -> Codebook:
    theme = Theme(node_id("base", "theme", "T"), "T", Localized("T", "T"), codes=codes)
    return Codebook(ref, "1.0", Localized("B", "B"), base_state=state, themes=(theme,), derived=derived)


def side(codebook: Codebook, codings: list[tuple[str, str | None]], project: str = "p") -> Side:
    """`codings`: ref of a code and who speaks; those of the transcript `t` count, `u` was not reviewed."""
    ids = {place.code.ref: place.code.id for place in codebook.codes()}
    segments = [
        CodedSegment(
            Coding(id=f"{n}", version_id="v", start=n, end=n + 1, code_id=ids[ref], coder_id="c", layer="own"),
            "u" if person == "unread" else "t", n, 1, 1, None, "respondent", person, "w",
        )
        for n, (ref, person) in enumerate(codings)
    ]  # fmt: skip
    basis = Basis(project, project, "Awa", "a", codebook.ref, codebook.version, "", "")
    people = tuple({person for _ref, person in codings if person not in (None, "unread")} | {"silent"})
    data = Dataset(basis, codebook, [], segments, reviewed=frozenset("t"), respondents_of={"t": people})
    return Side(data, codebook)


def derived(**fields: object) -> Derivation:
    return Derivation("base", "1.0", ("ne@1",), **fields)  # type: ignore[arg-type]


def shown(found: CrossState) -> dict[str, list[tuple[int, int] | None]]:
    """Ref → codings and respondents by side."""
    return {row.ref: [(c.codings, c.respondents) if c else None for c in row.cells] for row in found.rows}


def reasons(found: CrossState) -> dict[tuple[str, int], tuple[Hindrance, str]]:
    return {(each.ref, each.state): (each.why, each.text) for each in found.not_compared}


ML = side(book(code("P1"), code("P2"), code("H2")), [("P1", "a"), ("P1", "a"), ("P1", None), ("H2", "b")], "ml")


def test_codings_and_people_are_counted_over_reviewed_interviews() -> None:
    niger = side(book(code("P1"), code("P2"), code("H2"), ref="ne", state="NE", derived=derived()),
                 [("P1", "x"), ("P1", "y"), ("P1", "unread")], "ne")  # fmt: skip
    found = cross_state([ML, niger])
    assert shown(found) == {"P1": [(3, 1), (2, 2)], "P2": [(0, 0), (0, 0)], "H2": [(1, 1), (0, 0)]}
    assert [each.heard for each in found.sides] == [3, 3], "who was heard and coded nowhere counts too"
    assert found.not_compared == ()


@pytest.mark.parametrize("relation", [Relation.SAME, Relation.NARROWER])
def test_what_is_the_same_or_narrower_counts_with_its_code(relation: Relation) -> None:
    new, deep = code("NE-1", "ne"), code("NE-2", "ne")
    maps = (CodeMap(new.id, code("P1").id, relation), CodeMap(deep.id, new.id, Relation.NARROWER))
    niger = side(book(code("P1"), code("P2"), code("H2"), new, deep, ref="ne", state="NE",
                      derived=derived(added=(new.id, deep.id), maps=maps)),
                 [("P1", "x"), ("NE-1", "x"), ("NE-2", "y")], "ne")  # fmt: skip
    found = cross_state([ML, niger])
    assert shown(found)["P1"] == [(3, 1), (3, 2)]
    assert found.rows[0].cells[1] is not None and found.rows[0].cells[1].through == ("NE-1", "NE-2")
    assert found.not_compared == ()


def test_what_is_set_aside_broader_or_unmapped_is_listed_with_its_reason() -> None:
    new = [code(f"NE-{n}", "ne") for n in range(1, 5)]
    maps = (
        CodeMap(new[0].id, code("P1").id, Relation.BROADER, "more"), CodeMap(new[1].id, "", Relation.NONE, "nothing"),
        CodeMap(new[3].id, code("H2").id, Relation.NARROWER),
    )  # fmt: skip
    niger = side(
        book(code("P1"), code("H2", codable=False), *new, ref="ne", state="NE",
             derived=derived(added=tuple(each.id for each in new), maps=maps,
                             deactivated={code("H2").id: "not asked"})),
        [("P1", "x"), ("NE-1", "y"), ("NE-4", "y")], "ne",
    )  # fmt: skip
    found = cross_state([ML, niger])
    assert shown(found) == {"P1": [(3, 1), (1, 1)]}, "a broader code adds nothing"
    assert reasons(found) == {
        ("P2", 1): (Hindrance.MISSING, ""), ("H2", 1): (Hindrance.DEACTIVATED, "not asked"),
        ("NE-1", 1): (Hindrance.BROADER, "P1"), ("NE-2", 1): (Hindrance.NONE, ""),
        ("NE-3", 1): (Hindrance.UNMAPPED, ""), ("NE-4", 1): (Hindrance.TARGET, "H2"),
    }  # fmt: skip


def test_a_code_that_means_the_same_stands_for_one_that_is_set_aside() -> None:
    new = code("NE-1", "ne")
    niger = side(
        book(code("P1"), code("P2"), code("H2", codable=False), new, ref="ne", state="NE",
             derived=derived(added=(new.id,), maps=(CodeMap(new.id, code("H2").id, Relation.SAME),),
                             deactivated={code("H2").id: "renamed here"})),
        [("NE-1", "x")], "ne",
    )  # fmt: skip
    assert shown(cross_state([ML, niger]))["H2"] == [(1, 1), (1, 1)]


def test_other_rules_do_not_compare_unless_the_overlay_only_reworded_them() -> None:
    changed = book(code("P1", definition="y"), code("P2"), code("H2"), ref="ne", state="NE", derived=derived())
    found = cross_state([ML, side(changed, [], "ne")])
    assert "P1" not in shown(found) and reasons(found) == {("P1", 1): (Hindrance.REDEFINED, "0")}
    reworded = replace(changed, derived=derived(reworded={code("P1").id: Localized("x", "x")}))
    assert "P1" in shown(cross_state([ML, side(reworded, [], "ne")]))
    spaced = book(code("P1", definition=" x\n"), code("P2"), code("H2"), ref="ne", state="NE", derived=derived())
    assert "P1" in shown(cross_state([ML, side(spaced, [], "ne")]))


def test_codes_that_were_merged_in_one_state_only_do_not_compare() -> None:
    merged = code("P2", status=Status.MERGED, merged_into=code("P1").id)
    one = side(book(code("P1"), merged, code("H2"), ref="ne", state="NE", derived=derived()), [], "ne")
    found = cross_state([ML, one])
    assert list(shown(found)) == ["H2"]
    assert reasons(found) == {("P1", 1): (Hindrance.TOOK_OVER, "P2"), ("P2", 1): (Hindrance.MERGED, "P1")}
    both = cross_state([side(book(code("P1"), merged, code("H2")), [], "ml"), one])
    assert list(shown(both)) == ["P1", "H2"] and both.not_compared == ()


def test_of_three_states_a_code_needs_two() -> None:
    retired = book(code("P1", status=Status.RETIRED), code("P2"), code("H2"), ref="bf", state="BF", derived=derived())
    found = cross_state([ML, side(retired, [("P2", "z")], "bf"), side(book(code("P1"), ref="ne"), [("P1", "x")], "ne")])
    assert shown(found)["P1"] == [(3, 1), None, (1, 1)]
    assert shown(found)["P2"] == [(0, 0), (1, 1), None]
    assert reasons(found)[("P1", 1)] == (Hindrance.NOT_USED, "")


def test_maps_that_lead_in_a_circle_are_counted_once() -> None:
    new, p1 = code("NE-1", "ne"), code("P1")
    maps = (CodeMap(new.id, p1.id, Relation.SAME), CodeMap(p1.id, new.id, Relation.SAME))
    niger = side(
        book(p1, code("P2"), code("H2"), new, ref="ne", state="NE", derived=derived(added=(new.id,), maps=maps)),
        [("P1", "x"), ("NE-1", "y")], "ne",
    )  # fmt: skip
    assert shown(cross_state([ML, niger]))["P1"] == [(3, 1), (2, 2)]
