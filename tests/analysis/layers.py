"""Random layers, for matrices that are counted a second time by looking at every coding. Everything is invented."""

from __future__ import annotations

import random

from hsreview.model.codebook import (
    Code,
    Codebook,
    Group,
    GuideQuestion,
    Modifier,
    ModifierValue,
    Question,
    Status,
    Theme,
)
from hsreview.model.coding import Coding
from hsreview.model.dataset import Basis, CodedSegment, Dataset
from hsreview.model.localized import Localized
from hsreview.model.people import Organisation, Respondent
from hsreview.model.transcript import Transcript

TURN = 20
"""Characters of every turn."""


def book() -> Codebook:
    """Two questions and a third that nothing serves; three themes; codes three levels deep, one of them retired."""

    def code(ref: str, *children: Code, status: Status = Status.ACTIVE, questions: tuple[str, ...] = ()) -> Code:
        return Code(f"c-{ref}", ref, Localized(en=f"Code {ref}"), children=children, status=status, questions=questions)

    return Codebook(
        "random", "1", Localized(en="Invented"),
        questions=tuple(Question(f"q{n}", f"Q{n}", Localized(en=f"Question {n}?")) for n in (1, 2, 3)),
        themes=(
            Theme("t-D", "D", Localized(en="Drivers"), questions=("Q1",),
                  codes=(code("D1", code("D1a", code("D1ax")), code("D1b")), code("D2"))),
            Theme("t-E", "E", Localized(en="Effects"), questions=("Q2",),
                  codes=(code("E1", questions=("Q1", "Q2")), code("E2", status=Status.RETIRED))),
            Theme("t-F", "F", Localized(en="Never used"), questions=("Q2",), codes=(code("F1"),)),
        ),
        modifiers=(
            Modifier("stance", Localized(en="Stance"), values=(
                ModifierValue("positive", Localized(en="+")), ModifierValue("negative", Localized(en="-")))),
            Modifier("time", Localized(en="Time"), values=(ModifierValue("past", Localized(en="Past")),)),
        ),
        groups=tuple(Group(ref, Localized(en=ref)) for ref in ("cso", "policymaker", "army")),
        guide=(
            GuideQuestion("G1", Localized(en="Why?"), ("Q1",), ("cso",)),
            GuideQuestion("G2", Localized(en="With what effect?"), ("Q1", "Q2")),
        ),
    )  # fmt: skip


def a_layer(seed: int, *, interviews: int = 7, codings: int = 60) -> Dataset:
    """A layer with focus groups, people without group or organisation, and interviews in every state of reading."""
    dice = random.Random(seed)
    codebook = book()
    codes = [place.code.id for place in codebook.codes() if place.theme.ref != "F"]
    organisations = {f"o{n}": Organisation(f"o{n}", f"Org {n}", attributes={"size": n}) for n in range(3)}
    people: dict[str, Respondent] = {}
    transcripts: list[Transcript] = []
    speakers: dict[str, tuple[str, ...]] = {}
    for n in range(interviews):
        transcript = Transcript(
            f"i{n}", f"I{n}", group=dice.choice(("cso", "policymaker", "", "")), language=dice.choice(("fr", "en")),
            date=dice.choice(("", "2016-03-01", "2016-04-02", "2017-01-05")), wave=dice.choice(("", "1", "2")),
            attributes=dice.choice(({}, {"region": "Gao"}, {"region": "Mopti", "gender": "x"})), version_id=f"v{n}",
        )  # fmt: skip
        transcripts.append(transcript)
        here = list(dice.sample(sorted(people), min(len(people), dice.choice((0, 0, 1)))))
        for _new in range(dice.choice((0, 1, 1, 3))):
            key = f"r{len(people)}"
            people[key] = Respondent(
                key, f"Person {key}", dice.choice(("cso", "policymaker", "")), dice.choice((None, *organisations)),
                attributes=dice.choice(({}, {"gender": "f"}, {"gender": "m", "region": "Kayes"})),
            )  # fmt: skip
            here.append(key)
        speakers[transcript.id] = tuple(here)
    segments = sorted(
        (_coding(dice, n, dice.choice(transcripts), speakers, codes) for n in range(codings)),
        key=lambda s: (s.transcript_id, s.coding.start, -s.coding.end, s.coding.id),
    )
    readings = {t.id: dice.choice(("reviewed", "reviewed", "reviewed", "begun", "none")) for t in transcripts}
    coded = {s.transcript_id for s in segments if readings[s.transcript_id] != "none"}
    segments = [s for s in segments if s.transcript_id in coded]
    starts = {t.id: list(range(0, 400, 3)) for t in transcripts}
    return Dataset(
        basis=Basis("Invented", "p", "Anna", "anna", "random", "1", "2018-01-01T00:00:00.000Z", "test"),
        codebook=codebook,
        transcripts=transcripts,
        segments=segments,
        respondents=people,
        organisations=organisations,
        respondents_of={t: p for t, p in speakers.items() if p},
        respondent_words={t: len(s) for t, s in starts.items()},
        word_starts=starts,
        reviewed=frozenset(t for t, state in readings.items() if state == "reviewed"),
        begun=frozenset(t for t, state in readings.items() if state == "begun" and t in coded),
    )


def _coding(
    dice: random.Random, n: int, transcript: Transcript, speakers: dict[str, tuple[str, ...]], codes: list[str]
) -> CodedSegment:
    start = dice.randrange(0, 380)
    end = min(400, start + dice.choice((1, 5, 15, 50)))
    who = dice.choice((*speakers[transcript.id], None))
    modifiers = {
        **dice.choice(({}, {"stance": "positive"}, {"stance": "negative"})),
        **dice.choice(({}, {"time": "past"})),
    }
    coding = Coding(f"k{n:03}", transcript.version_id, start, end, dice.choice(codes), "anna", modifiers=modifiers)
    return CodedSegment(
        coding, transcript.id, n, start // TURN + 1, 1, dice.choice(("INT", "R")) if who is None else who,
        "respondent" if who else "interviewer", who, "x" * (end - start), last_turn=(end - 1) // TURN + 1,
    )  # fmt: skip
