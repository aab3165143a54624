"""Practice against an answer key, outside of the data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from hsreview.model.review import DifferenceKind, Mark
from hsreview.project.doctor import examine
from hsreview.review.practice import feedback
from hsreview.workflows.projects import open_project
from hsreview.workflows.reading import codings_of, find_transcript, open_text
from tests.builders import opened
from tests.cli.conftest import call, ok


def mark(name: str, code: str, start: int, end: int) -> Mark:
    return Mark(name, "", code, start, end)


def test_each_difference_has_its_kind_and_its_side() -> None:
    key = [mark("k1", "A", 0, 10), mark("k2", "B", 20, 30), mark("k3", "C", 40, 50), mark("k4", "A", 60, 80)]
    own = [mark("o1", "A", 0, 10), mark("o2", "D", 20, 30), mark("o3", "A", 60, 65), mark("o4", "E", 90, 95)]
    found = feedback(key, own)
    assert (found.agreed, found.key, found.own) == (1, 4, 4)
    told = [(each.kind, [m.coding_id for m in each.key], [m.coding_id for m in each.own]) for each in found.deviations]
    assert told == [
        (DifferenceKind.DIFFERENT, ["k2"], ["o2"]),
        (DifferenceKind.MISSED, ["k3"], []),
        (DifferenceKind.BOUNDARY, ["k4"], ["o3"]),
        (DifferenceKind.EXTRA, [], ["o4"]),
    ]
    assert found.counts[DifferenceKind.MISSED] == found.counts[DifferenceKind.EXTRA] == 1 and found.deviations[
        0
    ].codes == ("B", "D")
    assert feedback(key, key_again(key)).deviations == []


def key_again(key: list[Mark]) -> list[Mark]:
    return [mark(f"o-{each.coding_id}", each.code_id, each.start, each.end) for each in key]


@pytest.fixture
def lesson(folder: Path, tmp_path: Path) -> Path:
    """Practice on cso-1 with Awa's codings as the key."""
    made = ok("--coder", "Awa", "practice", "start", str(tmp_path / "lesson"), "--transcript", "cso-1", "--key", "Awa")
    assert made.lines == [str((tmp_path / "lesson").resolve())] and "1 coding" in made.err
    return tmp_path / "lesson"


def test_the_key_stands_in_no_list(lesson: Path) -> None:
    for command in (["codings"], ["show", "cso-1"]):
        done = ok("-p", str(lesson), *command, "--json")
        assert "K4" not in done.out and '"hidden": 0' in done.out
    assert ok("-p", str(lesson), "layers", "--json").json("layers") == {"layers": []}


def test_a_key_that_is_more_than_the_coder_was_missed() -> None:
    key = [mark("k1", "A", 0, 10), mark("k2", "B", 0, 10)]
    [found] = feedback(key, [mark("o1", "A", 0, 10)]).deviations
    assert found.kind is DifferenceKind.MISSED


def test_the_key_comes_after_the_work(lesson: Path) -> None:
    done = call("-p", str(lesson), "practice", "check")
    assert done.code == 3 and "hsreview reviewed cso-1" in done.err and "K4" not in done.out + done.err
    assert call("-p", str(lesson), "practice", "check", "--json").code == 3


def test_feedback_names_the_rule_of_each_code(lesson: Path, folder: Path) -> None:
    ok("-p", str(lesson), "reviewed", "cso-1")
    answer = ok("-p", str(lesson), "practice", "check", "--json").json("practice check")
    assert (answer["agreed"], answer["key"], answer["own"], answer["counts"]["missed"]) == (0, 1, 0, 1)
    [missed] = answer["differences"]
    assert (missed["kind"], missed["key"], missed["own"], missed["text"]) == ("missed", ["K4"], [], "Mais sans budget")
    assert missed["codes"][0]["label"]["en"] == "Label K4"
    told = ok("-p", str(lesson), "practice", "check")
    assert "The key has K4 here; you put nothing." in told.out and "1 difference (missed 1)" in told.err
    with open_project(lesson) as project:
        start = opened(project).text.index("Mais sans budget")
    ok("-p", str(lesson), "codings", "add", "cso-1", str(start), str(start + 16), "K4")
    answer = ok("-p", str(lesson), "practice", "--json").json("practice check")
    assert (answer["agreed"], answer["differences"]) == (1, [])
    ok("-p", str(lesson), "codings", "add", "cso-1", "20", "30", "D1")
    answer = ok("-p", str(lesson), "practice", "--json").json("practice check")
    assert [(d["kind"], d["key"], d["own"]) for d in answer["differences"]] == [("extra", [], ["D1"])]
    assert "1 place as in the key; 1 difference (extra 1)." in ok("-p", str(lesson), "practice").err
    with open_project(folder) as project, open_project(lesson) as scratch:
        assert project.id != scratch.id and len(codings_of(project)) == 2, "nothing reached the data"
        assert examine(scratch.connection) == []
        one, other = (open_text(each, find_transcript(each, "cso-1")) for each in (project, scratch))
        assert (one.text, one.turns, one.sentences, one.words()) == (
            other.text, other.turns, other.sentences, other.words(),
        )  # fmt: skip


def test_a_key_from_a_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "key.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerows([("transcript", "start", "end", "code", "coder"), ("cso-1", 20, 30, "D1", "One"),
                        ("cso-2", 20, 30, "D1", "One"), ("cso-1", 40, 50, "D2", "Two")])  # fmt: skip
    start = (
        "--coder",
        "Awa",
        "practice",
        "start",
        str(tmp_path / "lesson"),
        "--transcript",
        "cso-1",
        "--key",
        str(path),
    )
    assert call(*start).code == 2, "of two coders one must be named"
    assert not (tmp_path / "lesson" / "project.hsreview").exists()
    assert "1 coding" in ok(*start, "--key-coder", "One").err


def test_who_codes_blind_gets_no_key_made_of_what_they_may_not_see(folder: Path, tmp_path: Path) -> None:
    start = ("practice", "start", str(tmp_path / "lesson"), "--transcript", "cso-1", "--key", "Awa")
    assert call("--coder", "Daan", *start).code == 3
    assert call(*start[:3], "--transcript", "cso-1").code == 2
    assert not (tmp_path / "lesson").exists()


def test_the_sample_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("practice").code == 2
    made = ok("practice", "start", str(tmp_path / "lesson"))
    ok("-p", made.lines[0], "reviewed", "cso-gao-femmes")
    answer = ok("-p", made.lines[0], "practice", "check", "--json").json("practice check")
    assert answer["transcript"] == "cso-gao-femmes" and answer["own"] == 0 < answer["key"]
    assert all(each["codes"][0]["definition"]["fr"] for each in answer["differences"])
