"""Suggested codes on the command line: why they are proposed, how they are taken over, how good they are."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.ids import new_id
from hsreview.model.codebook import Codebook
from hsreview.model.people import Coder
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings
from hsreview.workflows.importing import ImportOptions, Staged, store
from tests.builders import a_codebook, a_project, code_id, opened, staged
from tests.cli.conftest import call, ok

CUES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "D1": {"fr": ("l’État est absent",), "en": ("the state is absent",)},
    "K4": {"fr": ("le budget", "budget")},
}
SAID = (
    "INT : Et le budget ?\n"
    "R1 : Le Budget, toujours le budget. Les femmes ne parlent pas.\n"
    "R1 : Le puits est à sec depuis mars.\n"
    "R1 : Chez nous l'Etat est absent.\n"
    "R1 : Le comité s’est réuni et nous avons parlé de la route avec les invités de la commune.\n"
    "R1 : Here the state is absent, and they say so.\n"
)
WELL = "Le puits est à sec"


def a_book() -> Codebook:
    book = a_codebook()
    theme = book.themes[0]
    codes = tuple(replace(code, cues=CUES.get(code.ref, {})) for code in theme.codes)
    return replace(book, themes=(replace(theme, codes=codes),))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six transcripts; Awa and Daan put D2 on the well in all but the last one, Daan K4 on a word of the committee."""
    folder = tmp_path_factory.mktemp("suggest")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        project, awa = a_project(folder / "project", transcripts=0, book=a_book())
        daan = store_coder(project, Coder(new_id(), "Daan"), awa.id)
        entries = [Staged(Path(f"t-{n}.txt"), staged(SAID + f"INT : Fin {n}.\n", f"t-{n}")) for n in range(1, 7)]
        report = store(project, awa, entries, ImportOptions(group="cso"))
        start, committee = SAID.index(WELL), SAID.index("Le comité")
        assert len(report.stored) == len(entries)
        for version in [opened(project, f"t-{n}").version.id for n in range(1, 6)]:
            for coder in (awa, daan):
                add_codings(project, coder, version, start, start + len(WELL), [code_id("D2")])
            add_codings(project, daan, version, committee, committee + 40, [code_id("K4")])
        project.close()
    return folder / "project"


@pytest.fixture
def there(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("hsreview.workflows.suggesting.models", lambda: {})
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.setenv("HSREVIEW_PROJECT", str(tmp_path / "project"))
    return shutil.copytree(built, tmp_path / "project")


pytestmark = pytest.mark.usefixtures("there")


def test_codes_are_proposed_with_the_cue_its_places_and_what_is_typical() -> None:
    answer = ok("suggest", "t-6", "--json").json("suggest show")
    units = {unit["turn"]: unit for unit in answer["units"]}
    assert (answer["layer"], answer["texts"], answer["models"]) == ("Awa", 5, {})
    assert {turn: [each["code"] for each in unit["suggestions"]] for turn, unit in units.items()} == {
        2: ["K4"], 3: ["D2"], 4: ["D1"], 6: ["D1"],
    }  # fmt: skip
    [reason] = units[2]["suggestions"][0]["reasons"]
    assert reason["source"] == "cue" and reason["phrase"] == "le budget"
    assert [SAID[s:e] for s, e in reason["places"]] == ["Le Budget", "le budget"]
    learned = units[3]["suggestions"][0]["reasons"]
    assert {each["source"] for each in learned} == {"typical"} and learned[0]["segments"] == 5
    assert all(SAID[s:e] in ("puits", "sec") for each in learned for s, e in each["places"])
    assert units[6]["language"] == "en" and units[6]["suggestions"][0]["reasons"][0]["language"] == "en"


def test_a_model_that_cannot_be_loaded_is_told_and_cues_are_found_as_they_are_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hsreview.workflows.suggesting.models", lambda: {"fr": "fr_cut_short"})
    done = ok("suggest", "t-6", "--turn", "2")
    assert "K4" in done.out and "No language model works for en, fr" in done.err


def test_what_is_coded_and_what_interviewers_say_is_asked_for_with_all() -> None:
    def turns(*args: str) -> dict[int, list[str]]:
        units = ok("suggest", "t-1", *args, "--json").json("suggest show")["units"]
        return {unit["turn"]: [each["code"] for each in unit["suggestions"]] for unit in units}

    assert sorted(turns()) == [2, 4, 6]
    assert sorted(turns("--all")) == [1, 2, 4, 6]
    assert turns("--turn", "3") == {3: []}, "the coder put D2 there"
    assert sorted(turns("--code", "D1")) == [4, 6]
    units = ok("suggest", "t-1", "--unit", "sentence", "--json").json("suggest show")["units"]
    assert [(unit["turn"], unit["sentence"]) for unit in units] == [(2, 1), (4, 1), (6, 1)]


def test_an_accepted_suggestion_is_a_coding_that_says_so_and_one_undo_takes_it_back() -> None:
    done = ok("suggest", "t-6", "--turn", "2", "--accept", "K4", "--json").json("suggest show --accept")
    assert (done["code"], done["made"]) == ("K4", 1)
    [coding] = ok("codings", "--transcript", "t-6", "--json").json("codings")["codings"]
    assert (coding["origin"], coding["coder"], coding["text"]) == (
        "suggested", "Awa", "Le Budget, toujours le budget. Les femmes ne parlent pas.",
    )  # fmt: skip
    assert ok("suggest", "t-6", "--turn", "2", "--json").json("suggest show")["units"][0]["suggestions"] == []
    ok("undo")
    assert ok("codings", "--transcript", "t-6", "--json").json("codings")["codings"] == []


def test_what_was_not_suggested_is_not_accepted() -> None:
    refused = call("suggest", "t-6", "--turn", "2", "--accept", "D1")
    assert refused.code == 3 and "codings add" in refused.err
    assert call("suggest", "t-6", "--accept", "K4").code == 2
    assert call("suggest", "--uncoded").code == 2 and call("suggest").code == 2
    assert call("suggest", "t-6", "--turn", "99").code == 3


def test_passages_that_wait_for_a_code_are_those_not_coded_with_it() -> None:
    answer = ok("suggest", "--uncoded", "--code", "D2", "--json").json("suggest show --uncoded")
    assert [(each["transcript"], each["turn"]) for each in answer["passages"]] == [("t-6", 3)]
    assert ok("suggest", "--uncoded", "--code", "K4", "--json").json("suggest show --uncoded")["total"] == 6
    assert ok("--coder", "Daan", "suggest", "--uncoded", "--code", "D2").err.startswith("1 passage waits for D2.")


def test_a_blind_coder_learns_from_nobody_else() -> None:
    """Daan put K4 on the committee; Awa, who has not, is not told so. What was read without a code counts too."""

    def proposed(coder: str, *args: str) -> list[str]:
        units = ok("--coder", coder, "suggest", "t-6", "--turn", "5", *args, "--json").json("suggest show")["units"]
        return [each["code"] for unit in units for each in unit["suggestions"]]

    assert proposed("Daan") == ["K4"] and proposed("Awa") == []
    assert proposed("Awa", "--layer", "Daan") == ["K4"], "Awa is the lead and may ask"
    ok("--coder", "Awa", "coders", "add", "Efua")
    assert proposed("Efua", "--layer", "Daan") == []
    ok("--coder", "Daan", "reviewed", "t-6")
    taught = [ok("--coder", each, "suggest", "t-1", "--layer", "Daan", "--json") for each in ("Awa", "Efua")]
    assert [each.json("suggest show")["texts"] for each in taught] == [6, 0], "nor what somebody else has read"


def test_suggestions_are_checked_on_the_transcript_that_is_left_out() -> None:
    answer = ok("suggest", "evaluate", "--json").json("suggest evaluate")
    assert (answer["layer"], answer["unit"], answer["transcripts"], answer["units"]) == ("Awa", "turn", 5, 25)
    codes = {each["code"]: each for each in answer["codes"]}
    assert codes["D2"]["coded"] == 5 and codes["D2"]["base"] == pytest.approx(0.2)
    assert (codes["D2"]["typical"]["right"], codes["D2"]["typical"]["proposed"]) == (5, 5)
    assert codes["D2"]["typical"]["precision"] is None, "fewer than 20 have counts only"
    assert (codes["D1"]["cues"]["right"], codes["D1"]["cues"]["proposed"], codes["D1"]["cues"]["recall"]) == (
        0,
        10,
        None,
    )
    assert (answer["both"]["right"], answer["both"]["proposed"], answer["both"]["precision"]) == (5, 20, 0.25)
    assert answer["both"]["macro_precision"] == {"value": None, "codes": 0}
    said = ok("suggest", "evaluate").out
    assert "5 of 20 proposals are right (25%)" in said and "undefined" in said


def test_the_check_can_be_stopped_and_tells_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []

    def stop(done: int, count: int) -> None:
        told.append((done, count))
        if done == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("hsreview.cli.suggest_evaluate.show_progress", stop)
    stopped = call("suggest", "evaluate", "--json")
    assert (stopped.code, stopped.out, told) == (130, "", [(0, 5), (1, 5), (2, 5)])


def keep_codings_of(*names: str) -> None:
    """Awa takes back what she coded elsewhere."""
    own = ok("codings", "--coder", "Awa", "--json").json("codings")["codings"]
    ok("codings", "remove", *(each["id"] for each in own if each["transcript"] not in names))


def test_nothing_of_the_transcript_that_is_left_out_is_learned() -> None:
    """With two transcripts one alone teaches, and there its segment is a single one: chance."""
    keep_codings_of("t-1", "t-2")
    answer = ok("suggest", "evaluate", "--json").json("suggest evaluate")
    assert answer["transcripts"] == 2 and answer["typical"]["proposed"] == 0


def test_words_that_one_transcript_alone_has_are_never_proposed_for_it(tmp_path: Path) -> None:
    """Each of two interviews has a word of its own in every coded turn: only whoever peeks proposes anything."""
    project, awa = a_project(tmp_path / "own", transcripts=0, book=a_book())
    for name, word in (("a", "forage"), ("b", "moulin")):
        filler = "R1 : Autre chose encore, la route et le marché.\n"
        text = f"R1 : Alors {word} {word} ici.\n{filler}" * 4 + filler * 20
        store(project, awa, [Staged(Path(f"{name}.txt"), staged(text, name))], ImportOptions(group="cso"))
        there = opened(project, name)
        for turn in there.turns[:8:2]:
            start = turn.label_end + 7
            add_codings(project, awa, there.version.id, start, turn.end + 12, [code_id("D2")])
    project.close()
    answer = ok("-p", str(tmp_path / "own"), "suggest", "evaluate", "--json").json("suggest evaluate")
    assert answer["typical"]["proposed"] == 0
    [code] = answer["codes"]
    assert (code["code"], code["coded"], answer["units"]) == ("D2", 16, 56), "a turn that a coding touches has the code"


def test_one_transcript_is_not_enough_to_check() -> None:
    keep_codings_of("t-1")
    refused = call("suggest", "evaluate")
    assert refused.code == 3 and "two coded transcripts" in refused.err
