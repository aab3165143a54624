"""Small invented layers made by Hypothesis, random expressions, and what these pick when every pair is tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from hsreview.analysis.query.tree import (
    And,
    Any,
    CodeName,
    Condition,
    HasMemo,
    Link,
    Node,
    Not,
    Or,
    Related,
    Relation,
    Says,
    Value,
)
from hsreview.model.codebook import Code, Codebook, Flag, Group, Modifier, ModifierValue, Question, Theme
from hsreview.model.coding import Coding, Origin
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, Organisation, Respondent
from hsreview.model.transcript import Transcript

TURN = 8
"""Characters of a turn."""
TEXT = "Le budget de la commune ne suffit pas. Sécurité : l’œuvre des femmes, sans budgets. Voilà."
AWA = Coder("c-awa", "Awa")


def _code(ref: str, *children: Code, questions: tuple[str, ...] = ()) -> Code:
    return Code(
        f"id-{ref}", ref, Localized(fr=f"Libellé {ref}", en=f"Label {ref}"), questions=questions, children=children
    )


BOOK = Codebook(
    "invented", "1.0", Localized(en="Book"),
    questions=(Question("id-Q1", "Q1", Localized(en="Why?")),),
    themes=(
        Theme("id-D", "D", Localized(en="Drivers", fr="Moteurs"), codes=(_code("D1", _code("D1.1")), _code("D2"))),
        Theme("id-K", "K", Localized(en="Costs", fr="Coûts"), questions=("Q1",), codes=(_code("K1"), _code("K10"))),
    ),
    modifiers=(
        Modifier(
            "stance", Localized(en="Stance", fr="Position"),
            values=(
                ModifierValue("yes", Localized(en="For", fr="Pour")),
                ModifierValue("no", Localized(en="Against", fr="Contre")),
            ),
        ),
    ),
    flags=(Flag("quote", Localized(en="Quotable", fr="À citer")), Flag("mask", Localized(en="Mask"))),
    groups=(Group("cso", Localized(en="Civil society", fr="Société civile")), Group("army", Localized(en="Army"))),
)  # fmt: skip
BELOW = {
    "any": {"id-D1", "id-D1.1", "id-D2", "id-K1", "id-K10"},
    "D": {"id-D1", "id-D1.1", "id-D2"}, "K": {"id-K1", "id-K10"},
    "D1": {"id-D1", "id-D1.1"}, "D1.1": {"id-D1.1"}, "D2": {"id-D2"}, "K1": {"id-K1"}, "K10": {"id-K10"},
    "Q1": {"id-K1", "id-K10"}, "Moteurs": {"id-D1", "id-D1.1", "id-D2"}, "label k1": {"id-K1"},
}  # fmt: skip
TRANSCRIPTS = (
    Transcript(
        "t-1", "cso-gao-1", group="cso", date="2014-05-03", wave="1", language="fr", attributes={"region": "Gao"}
    ),
    Transcript("t-2", "army-2", group="army", date="2015-01-20", wave="2", language="en"),
    Transcript("t-3", "mixed-3", date="", wave="10"),
)
PEOPLE = {
    "r-1": Respondent("r-1", "Respondent 1", "cso", "o-1", attributes={"age": 41, "region": "Mopti"}),
    "r-2": Respondent("r-2", "Respondent 2", "army", "o-1", attributes={"age": 39.5, "vetted": True}),
    "r-3": Respondent("r-3", "Respondent 3", ""),
}
ORGANISATIONS = {"o-1": Organisation("o-1", "Collectif", attributes={"region": "Kayes", "size": 12})}


@st.composite
def datasets(draw: st.DrawFn, most: int = 14) -> Dataset:
    """A layer of up to `most` codings, in no particular order of offsets within a text."""
    segments = []
    for number in range(draw(st.integers(0, most))):
        transcript = draw(st.sampled_from(TRANSCRIPTS))
        start = draw(st.integers(0, 60))
        end = min(len(TEXT), start + draw(st.integers(1, 25)))
        turn, last = start // TURN + 1, (end - 1) // TURN + 1
        if draw(st.integers(0, 9)) == 0:
            turn = last = 0
        coding = Coding(
            f"k-{number}", f"v-{transcript.id}", start, end, draw(st.sampled_from(sorted(BELOW["any"]))), AWA.id,
            origin=draw(st.sampled_from(list(Origin))),
            modifiers=draw(st.sampled_from([{}, {}, {"stance": "yes"}, {"stance": "no"}])),
            flags=draw(st.sampled_from([(), (), ("quote",), ("quote", "mask")])),
        )  # fmt: skip
        segments.append(
            CodedSegment(
                coding, transcript.id, number, turn, 1, "R", draw(st.sampled_from(["respondent", "interviewer", ""])),
                draw(st.sampled_from([None, *PEOPLE])), TEXT[start:end] if turn else "",
                draw(st.sampled_from(["", "", "a memo"])), last,
            )
        )  # fmt: skip
    reviewed = frozenset(draw(st.sets(st.sampled_from([t.id for t in TRANSCRIPTS]))))
    return replace(dataset(segments), reviewed=reviewed)


def dataset(segments: Sequence[CodedSegment]) -> Dataset:
    """A layer of Awa's."""
    order = {t.id: n for n, t in enumerate(TRANSCRIPTS)}
    return Dataset(
        Basis("Review", "p-1", "Awa", AWA.id, "invented", "1.0", "", "test"), BOOK, TRANSCRIPTS,
        sorted(segments, key=lambda s: order[s.transcript_id]), {AWA.id: AWA}, PEOPLE, ORGANISATIONS,
        {"t-1": ("r-1",), "t-2": ("r-2", "r-3"), "t-3": ("r-1", "r-3")},
    )  # fmt: skip


# Expressions

CODES: st.SearchStrategy[Node] = st.sampled_from(
    [
        Any(), *(CodeName(name) for name in BELOW if name != "any"), CodeName("D1", only=True),
        CodeName("K1", prefix=True), CodeName("d", prefix=True), CodeName("k1"),
    ]
)  # fmt: skip


def _is(name: str, sign: str, *values: str, own: bool = False, prefix: bool = False) -> Condition:
    return Condition(name, sign, tuple(Value(value, prefix) for value in values), own)


CONDITIONS: st.SearchStrategy[Node] = st.sampled_from(
    [
        _is("group", "=", "cso"), _is("group", "!=", "cso", "army"), _is("group", "=", "société civile"),
        _is("role", "=", "respondent"), _is("role", "=", "enquêteur"), _is("respondent", "=", "Respondent 1", "r-2"),
        _is("respondent", "!=", "respondent 3"), _is("respondent", "=", "resp", prefix=True),
        _is("organisation", "=", "collectif"), _is("organisation", "!=", "Collectif"),
        _is("transcript", "=", "cso", prefix=True), _is("transcript", "!=", "army-2"), _is("date", "=", "2014"),
        _is("date", "<=", "2014-05"), _is("date", ">", "2014-05-03"), _is("wave", ">=", "2"), _is("wave", "=", "1"),
        _is("language", "=", "fr"), _is("flag", "=", "quote"), _is("flag", "!=", "mask"), _is("origin", "=", "typed"),
        _is("origin", "=", "importée", "automatique"), _is("coder", "=", "Awa"), _is("stance", "=", "yes", own=True),
        _is("stance", "!=", "for", own=True), _is("age", ">=", "40", own=True), _is("age", "=", "39.5", own=True),
        _is("region", "=", "gao", "Kayes", own=True), _is("region", "!=", "Mopti", own=True),
        _is("region", "=", "Mop", own=True, prefix=True), _is("size", "<", "13", own=True),
        _is("vetted", "=", "oui", own=True), HasMemo(), Says("budget"), Says("budget*"), Says("securite l'oeuvre"),
        Says("ne suf*"),
    ]
)  # fmt: skip


@st.composite
def _links(draw: st.DrawFn, nodes: st.SearchStrategy[Node]) -> tuple[Link, ...]:
    found = []
    for _ in range(draw(st.integers(1, 2))):
        relation = draw(st.sampled_from(Relation))
        turns = draw(st.integers(0, 3)) if relation in (Relation.TURN, Relation.FOLLOWED) else 0
        found.append(Link(relation, draw(nodes), turns, draw(st.booleans())))
    return tuple(found)


def _larger(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(nodes, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        nodes.map(Not), some.map(And), some.map(Or), st.builds(Related, nodes, _links(nodes)),
    )  # fmt: skip


def expressions(atoms: st.SearchStrategy[Node], leaves: int = 6) -> st.SearchStrategy[Node]:
    """Trees over `atoms`."""
    return st.recursive(atoms, _larger, max_leaves=leaves)


# The same, found by trying every pair


def picked(data: Dataset, node: Node) -> set[int]:
    """Positions of the codings that an expression picks."""
    everything = set(range(len(data.segments)))
    if isinstance(node, Or):
        return set().union(*(picked(data, part) for part in node.parts))
    if isinstance(node, Not):
        return {i for i in everything if not meets(data, i, node.of)}
    if isinstance(node, And):
        named = [part for part in node.parts if codings(part)]
        chosen = picked(data, named[0]) if named else everything
        return {
            i for i in chosen if all(meets(data, i, part) for part in node.parts if not named or part is not named[0])
        }
    if isinstance(node, Related):
        chosen = picked(data, node.base)
        for link in node.links:
            others = picked(data, link.to)
            chosen = {i for i in chosen if any(stands(data, i, j, link) for j in others) is not link.negated}
            if link.relation is Relation.RESPONDENT:
                chosen = {i for i in chosen if data.segments[i].respondent_id is not None}
        return chosen
    return {i for i in everything if atom(data, data.segments[i], node)}


def codings(node: Node) -> bool:
    """Whether codings are named, not a condition."""
    if isinstance(node, And | Or):
        return any(codings(part) for part in node.parts)
    return isinstance(node, Any | CodeName | Related)


def meets(data: Dataset, i: int, node: Node) -> bool:
    """Whether a coding meets a part of an `and`, or what stands behind `not`."""
    if isinstance(node, Or):
        return any(meets(data, i, part) for part in node.parts)
    if not codings(node):
        return i in picked(data, node)
    return any(overlap(data, i, j) for j in picked(data, node))


def overlap(data: Dataset, i: int, j: int) -> bool:
    one, other = data.segments[i], data.segments[j]
    shared = set(range(one.coding.start, one.coding.end)) & set(range(other.coding.start, other.coding.end))
    return one.transcript_id == other.transcript_id and bool(shared)


def stands(data: Dataset, i: int, j: int, link: Link) -> bool:
    """Whether the coding `i` stands in the relation to `j`."""
    one, other = data.segments[i], data.segments[j]
    a, b = one.coding, other.coding
    if link.relation is Relation.RESPONDENT:
        return one.respondent_id is not None and one.respondent_id == other.respondent_id
    if one.transcript_id != other.transcript_id:
        return False
    if link.relation is Relation.INTERVIEW:
        return True
    if link.relation is Relation.TURN:
        if not (one.turn and other.turn):
            return False
        mine, theirs = range(one.turn, one.last_turn + 1), range(other.turn, other.last_turn + 1)
        return min(abs(m - t) for m in mine for t in theirs) <= link.turns
    if i == j:
        return False
    if link.relation is Relation.FOLLOWED:
        return bool(one.turn and other.turn) and b.start >= a.end and other.turn - one.last_turn <= link.turns
    if link.relation is Relation.OVERLAPS:
        return overlap(data, i, j)
    inner, outer = (a, b) if link.relation is Relation.INSIDE else (b, a)
    return set(range(inner.start, inner.end)) <= set(range(outer.start, outer.end))


def atom(data: Dataset, s: CodedSegment, node: Node) -> bool:
    """A code, or a condition of those above, decided by hand."""
    c, t = s.coding, next(t for t in TRANSCRIPTS if t.id == s.transcript_id)
    if isinstance(node, Any):
        return True
    if isinstance(node, CodeName):
        if node.only:
            return c.code_id == "id-D1"
        if node.prefix:
            return c.code_id in (BELOW["K"] if node.text == "K1" else BELOW["D"])
        return c.code_id in BELOW["K1" if node.text == "k1" else node.text]
    if isinstance(node, HasMemo):
        return s.memo != ""
    if isinstance(node, Says):
        folded = s.text.lower().replace("é", "e").replace("’", "'").replace("œ", "oe")
        padded = " " + "".join(char if char.isalnum() else " " for char in folded) + " "
        wish = {
            "budget": " budget ",
            "budget*": " budget",
            "securite l'oeuvre": " securite l oeuvre ",
            "ne suf*": " ne suf",
        }
        return wish[node.text] in " ".join(padded.split(" ")).replace("   ", " ").replace("  ", " ")
    assert isinstance(node, Condition)
    return _known(data, s, t, node)


def _known(data: Dataset, s: CodedSegment, t: Transcript, node: Condition) -> bool:
    person = PEOPLE.get(s.respondent_id or "")
    collective = person is not None and person.organisation_id == "o-1"
    group = {"t-1": {"cso"}, "t-2": {"army"}}.get(t.id) or ({person.group} if person and person.group else {"cso", ""})
    region = {"r-1": "Mopti", "r-2": "Kayes"}.get(s.respondent_id or "") or ("Gao" if t.id == "t-1" else None)
    age = {"r-1": 41.0, "r-2": 39.5}.get(s.respondent_id or "")
    stance, texts = s.coding.modifiers.get("stance"), [value.text for value in node.values]
    match node.name, node.sign, *texts:
        case "group", "=", _:
            return "cso" in group
        case "group", "!=", *_rest:
            return False
        case "role", "=", word:
            return s.role == ("respondent" if word == "respondent" else "interviewer")
        case "respondent", "=", "resp":
            return person is not None
        case "respondent", "=", *_rest:
            return s.respondent_id in ("r-1", "r-2")
        case "respondent", "!=", _:
            return s.respondent_id in ("r-1", "r-2")
        case "organisation", sign, _:
            return collective and sign == "="
        case "transcript", "=", _:
            return t.id == "t-1"
        case "transcript", "!=", _:
            return t.id != "t-2"
        case "date", sign, _:
            return t.id == ("t-2" if sign == ">" else "t-1")
        case "wave", ">=", _:
            return t.id in ("t-2", "t-3")
        case "wave", "=", _:
            return t.id == "t-1"
        case "language", "=", _:
            return t.id == "t-1"
        case "flag", "=", _:
            return "quote" in s.coding.flags
        case "flag", "!=", _:
            return s.coding.flags == ("quote",)
        case "origin", "=", "typed":
            return s.coding.origin is Origin.TYPED
        case "origin", "=", *_rest:
            return s.coding.origin in (Origin.IMPORTED, Origin.AUTOCODED)
        case "coder", "=", _:
            return True
        case "stance", sign, _:
            return stance == ("yes" if sign == "=" else "no")
        case "age", ">=", _:
            return age == 41
        case "age", "=", _:
            return age == 39.5
        case "region", "=", "Mop":
            return region == "Mopti"
        case "region", sign, *_rest:
            return region in ("Gao", "Kayes")
        case "size", "<", _:
            return collective
        case "vetted", "=", _:
            return s.respondent_id == "r-2"
    raise AssertionError(node)
