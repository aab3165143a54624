"""`transcripts correct|versions`, `speakers split|join`, `carried`: the same acts as in the workbench."""

from __future__ import annotations

from pathlib import Path

from tests.builders import TEXT
from tests.cli.conftest import call, ok

AWA, DAAN = ("--coder", "Awa"), ("--coder", "Daan")
TURN = "3"


def test_a_turn_is_tried_corrected_and_taken_back(folder: Path) -> None:
    args = [*AWA, "transcripts", "correct", "cso-1", "--turn", TURN, "--text", "Avec eux. Mais sans argent.", "--json"]
    tried = ok(*args, "--dry-run").json("transcripts correct")
    assert tried["stored"] is False and tried["version_id"] is None
    assert len(ok("transcripts", "versions", "cso-1", "--json").json("transcripts versions")["versions"]) == 1
    done = ok(*args).json("transcripts correct")
    assert done["counts"] == tried["counts"] and [p["state"] for p in done["pieces"]] == [
        p["state"] for p in tried["pieces"]
    ]
    assert all(p["after"] is None or p["after"]["version_id"] == done["version_id"] for p in done["pieces"])
    found = ok("transcripts", "versions", "cso-1", "--json").json("transcripts versions")["versions"]
    assert [(v["number"], v["what"], v["newest"], v["coder"]) for v in found] == [
        (1, "imported", False, "Awa"), (2, "corrected", True, "Awa"),
    ]  # fmt: skip
    assert "Avec eux" in ok("turns", "cso-1").out
    assert "corrected" in ok("transcripts", "versions", "cso-1").out
    assert "corrected text of cso-1" in ok(*AWA, "undo").err
    assert "Avec eux" not in ok("turns", "cso-1").out


def test_a_file_is_told_of_in_words(folder: Path) -> None:
    file = folder / "again.txt"
    file.write_text(TEXT.replace("Mais sans budget", "Mais sans argent"), encoding="utf-8")
    told = ok(*AWA, "transcripts", "correct", "cso-1", str(file), "--all")
    assert "cso-1 3.2" in told.out and "before: Mais sans budget" in told.out
    assert "Codings and memos: " in told.err and "has a corrected text" in told.err


def test_what_waits_is_decided_on_by_its_coder(folder: Path) -> None:
    said = "Avec les autres. Mais sans argent, c’était l’œuvre de tous."
    done = ok(*AWA, "transcripts", "correct", "cso-1", "--turn", TURN, "--text", said, "--json").json(
        "transcripts correct"
    )
    waits = {p["id"]: p for p in done["pieces"] if p["state"] in ("changed", "lost")}
    queue = ok("carried", "--json").json("carried")["pieces"]
    assert {p["id"] for p in queue} == waits.keys() and waits
    ids = {state: [p["id"] for p in queue if p["state"] == state] for state in ("changed", "lost")}
    coder = {p["id"]: ("--coder", p["coder"]) for p in queue}
    assert "before: " in ok("carried").out
    for each in ids["lost"]:
        assert call(*coder[each], "carried", "keep", each).code == 3
        assert call(*coder[each], "carried", "place", each, "99.1").code == 3
        assert call(*coder[each], "carried", "place", each, "1", "2", "3").code == 2
        assert "Avec les autres." in ok(*coder[each], "carried", "place", each, "3.1").err
    for each in ids["changed"]:
        other = DAAN if coder[each] == AWA else AWA
        assert call(*other, "carried", "keep", each).code == 3
        ok(*coder[each], "carried", "keep", each)
    assert ok("carried", "--json").json("carried")["pieces"] == []
    assert ok("carried").err == "Nothing waits after a correction.\n"
    ok(*coder[[*ids["changed"], *ids["lost"]][-1]], "undo")
    [back] = ok("carried", "--json").json("carried")["pieces"]
    ok(*coder[back["id"]], "carried", "remove", back["id"])
    assert back["id"] not in [c["id"] for c in ok("codings", "--json").json("codings")["codings"]]


def test_words_that_stand_twice_are_asked_about(folder: Path) -> None:
    ok(*AWA, "transcripts", "correct", "cso-1", "--turn", TURN, "--text", "Oui.\nOui.\nFin.")
    ok(*AWA, "codings", "add", "cso-1", "3.2", "D1")
    ok(*AWA, "transcripts", "correct", "cso-1", "--turn", TURN, "--text", "Oui.\nOui.\nOui.\nFin.")
    assert "are these the ones?" in ok("carried").out


def test_turns_are_split_and_joined(folder: Path) -> None:
    done = ok(*AWA, "speakers", "split", "cso-1", TURN, "Mais sans", "--speaker", "R2", "--json").json("speakers split")
    assert done["new_speakers"] == ["R2"] and done["counts"]["changed"] == done["counts"]["lost"] == 0
    assert "4 R2: Mais sans budget" in ok("turns", "cso-1").out
    [*_, last] = ok("transcripts", "versions", "cso-1", "--json").json("transcripts versions")["versions"]
    assert last["what"] == "turns"
    ok(*AWA, "speakers", "join", "cso-1", TURN)
    assert "R2" not in ok("turns", "cso-1").out
    for wrong in (("99", "Mais"), (TURN, "nothing"), (TURN, "s")):
        assert call(*AWA, "speakers", "split", "cso-1", *wrong).code == 3
    assert call(*AWA, "speakers", "join", "cso-1", "5").code == 3


def test_what_is_wrong_is_said_with_the_right_exit_code(folder: Path) -> None:
    same = folder / "same.txt"
    same.write_text(TEXT, encoding="utf-8")
    for code, args in (
        (2, ["correct", "cso-1"]),
        (2, ["correct", "cso-1", "x.txt", "--turn", "3", "--text", "x"]),
        (2, ["correct", "cso-1", "--turn", "3"]),
        (2, ["correct", "cso-1", "x.txt", "--encoding", "none"]),
        (3, ["correct", "cso-1", "none.txt"]),
        (3, ["correct", "cso-1", str(same)]),
        (3, ["correct", "nobody", str(same)]),
        (3, ["correct", "cso-1", "--turn", "99", "--text", "x"]),
        (3, ["correct", "cso-1", "--turn", "3", "--text", "a\x00b"]),
        (3, ["versions", "nobody"]),
    ):
        done = call(*AWA, "transcripts", *args)
        assert (done.code, done.err != "", "Traceback" in done.err) == (code, True, False), args


def test_what_a_correction_changed_is_told(folder: Path) -> None:
    assert call("transcripts", "changes", "cso-1").code == 3, "the imported text"
    ok("--coder", "Awa", "transcripts", "correct", "cso-1", "--turn", "3", "--text", "Autre chose.")
    answer = ok("--coder", "Awa", "transcripts", "changes", "cso-1", "2", "--json").json("transcripts changes")
    [turn] = answer["changes"]
    assert (answer["old"], answer["new"], turn["how"], turn["turn"], turn["after"]) == (
        1, 2, "changed", 3, "R1: Autre chose.",
    )  # fmt: skip
    assert sum(answer["counts"].values()) == len(answer["pieces"])
    done = ok("--coder", "Awa", "transcripts", "changes", "cso-1")
    assert "    + R1: Autre chose." in done.lines and "unchanged" in done.err
    assert call("transcripts", "changes", "cso-1", "7").code == 2
