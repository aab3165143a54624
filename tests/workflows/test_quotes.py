"""The release of quotes: two people, consent, masks, and what makes a draft again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.model.text import Role
from hsreview.workflows import assigning, people, quotes
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.quotes import Quote, State
from hsreview.workflows.undoing import redo, undo
from tests.builders import TEXT, a_project, code_id, opened
from tests.project.teams import correct

WORDS = "Mais sans budget, c’était l’œuvre de tous."
CONSENT = {"status": "written", "scope": ["analysis", "quotes"], "attribution": "group"}


class Desk:
    """A project in which Awa starred one passage of a respondent who allows quotes; Daan is the second person."""

    def __init__(self, root: Path) -> None:
        self.project, self.awa = a_project(root)
        self.daan = store_coder(self.project, Coder(new_id(), "Daan", CoderRole.VALIDATOR), self.awa.id)
        text = opened(self.project)
        self.start = text.text.index(WORDS)
        people.set_speaker(self.project, self.awa, text.transcript.id, "R1", respondent="Person 1")
        self.person = self.project.connection.execute("select id from respondent").fetchone()[0]
        self.consent(CONSENT)
        self.id = self.star(self.start, self.start + len(WORDS))

    def consent(self, consent: Mapping[str, object]) -> None:
        with self.project.act(self.awa.id) as act:
            act.put("respondent", self.person, consent=consent)

    def star(self, start: int, end: int, *flags: str, by: Coder | None = None) -> str:
        version = opened(self.project).version.id
        [made] = add_codings(
            self.project, by or self.awa, version, start, end, [code_id("K4")], flags=list(flags or ("quote",))
        )
        return made.id

    def now(self) -> Quote:
        return quotes.find_quotes(self.project, [self.id])[0]

    def released(self) -> None:
        quotes.check(self.project, self.daan, [self.id])
        quotes.release(self.project, self.awa, [self.id])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "project")
    yield made
    made.project.close()


def why(refused: pytest.ExceptionInfo[InputRefused]) -> str:
    return " ".join(problem.message for problem in refused.value.problems)


def test_a_starred_passage_is_a_draft_that_a_second_person_checks_and_anybody_releases(desk: Desk) -> None:
    assert (desk.now().state, desk.now().text, desk.now().allowed) == (State.DRAFT, WORDS, True)
    with pytest.raises(InputRefused) as refused:
        quotes.check(desk.project, desk.awa, [desk.id])
    assert "second person" in why(refused)
    [checked] = quotes.check(desk.project, desk.daan, [desk.id[:12]])
    assert (checked.state, checked.checked_by) == (State.CHECKED, desk.daan.id)
    [done] = quotes.release(desk.project, desk.awa, [desk.id])
    assert (done.state, done.released_by, done.reason) == (State.RELEASED, desk.awa.id, "")
    undo(desk.project, desk.awa)
    assert desk.now().state is State.CHECKED
    redo(desk.project, desk.awa)
    assert desk.now().state is State.RELEASED


def test_one_person_alone_gives_a_reason(desk: Desk) -> None:
    with pytest.raises(InputRefused):
        quotes.release(desk.project, desk.awa, [desk.id])
    [done] = quotes.release(desk.project, desk.awa, [desk.id], because="alone in the field")
    assert (done.state, done.reason, done.checked_by) == (State.RELEASED, "alone in the field", "")


@pytest.mark.parametrize(
    "consent",
    [{}, {"status": "withdrawn"}, {"status": "written", "scope": ["analysis"]}, {**CONSENT, "embargo": "2999-01-01"}],
    ids=["not recorded", "withdrawn", "not for quotes", "embargo"],
)
def test_consent_is_asked_at_release_and_ever_after(desk: Desk, consent: dict[str, object]) -> None:
    desk.released()
    desk.consent(consent)
    assert desk.now().state is State.DRAFT and "consent" in desk.now().changed
    with pytest.raises(InputRefused):
        quotes.release(desk.project, desk.daan, [desk.id], because="x")


def test_a_mask_put_later_hides_the_words_and_makes_a_draft_again(desk: Desk) -> None:
    desk.released()
    desk.star(desk.start + 10, desk.start + 16, "mask", by=desk.daan)
    assert desk.now().text == "Mais sans [...], c’était l’œuvre de tous."
    assert (desk.now().state, desk.now().changed) == (State.DRAFT, ("mask",))
    desk.released()
    assert desk.now().state is State.RELEASED


def test_what_is_masked_wholly_is_no_quote(desk: Desk) -> None:
    desk.star(desk.start, desk.start + len(WORDS), "mask", by=desk.daan)
    with pytest.raises(InputRefused) as refused:
        quotes.check(desk.project, desk.daan, [desk.id])
    assert "masked" in why(refused)


def test_a_translation_names_its_translator_and_makes_a_draft_again(desk: Desk) -> None:
    desk.released()
    done = quotes.translate(desk.project, desk.daan, desk.id, "EN", "But without a budget …")
    assert done.translations == {"en": {"text": "But without a budget …", "by": desk.daan.id}}
    assert done.state is State.DRAFT
    desk.released()
    assert desk.now().state is State.RELEASED and desk.now().translations == done.translations
    assert quotes.translate(desk.project, desk.daan, desk.id, "en", "").translations == {}


def test_corrected_words_make_a_draft_again_and_a_correction_elsewhere_does_not(desk: Desk) -> None:
    desk.released()
    correct(desk.project, desk.awa, TEXT.replace("Nous avons travaillé", "Nous avons beaucoup travaillé"))
    assert desk.now().state is State.RELEASED
    correct(desk.project, desk.awa, TEXT.replace("sans budget", "sans aucun budget"))
    assert (desk.now().state, desk.now().changed) == (State.DRAFT, ("text",))


def test_withdrawn_quotes_are_drafts(desk: Desk) -> None:
    desk.released()
    [done] = quotes.withdraw(desk.project, desk.daan, [desk.id], because="too easy to recognise")
    assert (done.state, done.checked_by, done.released_by) == (State.DRAFT, "", "")
    with pytest.raises(InputRefused):
        quotes.withdraw(desk.project, desk.daan, [desk.id])


def test_labels_of_speakers_are_no_part_of_a_quote_and_two_people_are_no_quote(desk: Desk) -> None:
    text = opened(desk.project)
    long = desk.star(desk.start, text.text.index("au début"))
    [found] = quotes.find_quotes(desk.project, [long])
    assert "R1" not in found.text and "INT" not in found.text and "La sécurité, c’est manger" in found.text
    people.set_speaker(desk.project, desk.awa, text.transcript.id, "INT", role=Role.RESPONDENT, respondent="Person 2")
    with pytest.raises(InputRefused) as refused:
        quotes.check(desk.project, desk.daan, [long])
    assert "several people" in why(refused)


def test_the_reviewer_sees_all_released_quotes_of_the_person(desk: Desk) -> None:
    other = desk.star(desk.start, desk.start + 17)
    desk.released()
    [found] = quotes.find_quotes(desk.project, [other])
    assert [each.id for each in quotes.released_with(desk.project, found)] == [desk.id]
    assert quotes.released_with(desk.project, desk.now()) == []


def test_nobody_known_behind_the_words_is_refused(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path / "project")
    daan = store_coder(project, Coder(new_id(), "Daan", CoderRole.VALIDATOR), awa.id)
    start = opened(project).text.index(WORDS)
    [made] = add_codings(project, awa, opened(project).version.id, start, start + 10, [code_id("K4")], flags=["quote"])
    with pytest.raises(InputRefused) as refused:
        quotes.check(project, daan, [made.id])
    assert "not known" in why(refused)
    project.close()


def test_who_codes_blind_sees_neither_stars_nor_decisions_of_others(desk: Desk) -> None:
    eve = store_coder(desk.project, Coder(new_id(), "Eve"), desk.awa.id)
    assigning.assign(desk.project, desk.awa, [opened(desk.project).transcript], [eve])
    mine = desk.star(desk.start, desk.start + len(WORDS), by=eve)
    desk.released()
    desk.star(desk.start + 10, desk.start + 16, "mask", by=desk.daan)
    [seen] = quotes.quotes(desk.project, viewer=eve)
    assert (seen.id, seen.state, seen.text) == (mine, State.DRAFT, WORDS)
    with pytest.raises(InputRefused):
        quotes.check(desk.project, eve, [mine])
    assert len(quotes.quotes(desk.project, viewer=replace(desk.daan))) == 1
