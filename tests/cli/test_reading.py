"""Commands that read: they need no coder, print data on stdout, and JSON of the documented shape."""

from __future__ import annotations

import hashlib
from itertools import pairwise
from pathlib import Path

import pytest

from hsreview.project.project import Project
from tests.builders import TEXT, opened
from tests.cli.conftest import call, ok

pytestmark = pytest.mark.usefixtures("folder")


def test_transcripts_are_listed_with_sizes() -> None:
    answer = ok("transcripts", "--json").json("transcripts")
    first, second = answer["transcripts"]
    assert answer["coder"] is None
    assert (first["name"], second["name"]) == ("cso-1", "cso-2")
    assert first["turns"] == 5 and first["codings"] == 2 and first["coders"] == ["Awa", "Daan"]
    assert first["group"] == "cso" and first["reviewed"] is False


def test_the_list_of_a_coder_counts_their_codings_only() -> None:
    answer = ok("--coder", "Daan", "transcripts", "list", "--json").json("transcripts")
    assert [entry["codings"] for entry in answer["transcripts"]] == [1, 0]
    assert answer["coder"] is not None


def test_tables_have_headings_and_aligned_columns() -> None:
    lines = ok("transcripts").lines
    assert lines[0].split() == ["name", "group", "language", "words", "turns", "codings", "coders", "reviewed"]
    at = lines[0].index("turns") + len("turns")
    assert all(line[at - 1].isdigit() and line[at : at + 2] == "  " for line in lines[1:])


def test_turns_partition_the_text_and_carry_what_was_said() -> None:
    answer = ok("turns", "cso-1", "--json").json("turns")
    turns = answer["turns"]
    assert [turn["number"] for turn in turns] == [1, 2, 3, 4, 5]
    assert turns[0]["start"] == 0 and turns[-1]["end"] == len(TEXT)
    assert all(a["end"] == b["start"] for a, b in pairwise(turns))
    assert turns[0]["speaker"] is None and turns[0]["role"] is None
    assert (turns[1]["speaker"], turns[1]["role"]) == ("INT", "interviewer")
    for turn in turns:
        assert TEXT[turn["label_end"] : turn["end"]].startswith(turn["text"])
        assert not turn["text"].startswith("INT")


def test_turns_for_people_name_number_and_speaker() -> None:
    assert ok("turns", "cso-1").lines[1] == "2 INT: Qui a décidé ? Comment ?"


def test_the_text_is_printed_byte_for_byte() -> None:
    done = ok("text", "cso-1")
    assert done.stdout == TEXT.encode() and done.err == ""


def test_the_text_as_json_says_its_hash() -> None:
    answer = ok("text", "cso-1", "--json").json("text")
    assert answer["text"] == TEXT and answer["length"] == len(TEXT)
    assert answer["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()


def test_a_transcript_is_found_by_id_and_by_file_name() -> None:
    entry = ok("transcripts", "--json").json("transcripts")["transcripts"][0]
    assert ok("text", entry["id"]).stdout == ok("text", "cso-1.txt").stdout == TEXT.encode()


def test_an_unknown_transcript_is_refused_with_near_names() -> None:
    done = call("text", "cso-11")
    assert done.code == 3 and done.stdout == b""
    assert "cso-11" in done.err and "cso-1" in done.err.replace("cso-11", "")


def test_show_marks_where_codings_begin_and_end() -> None:
    out = ok("show", "cso-1").out
    assert "[1 [2 Mais sans budget 2], c’était l’œu" in " ".join(out.split())
    assert "K4 Label K4 · Awa · quote" in out and "D1 Label D1 · Daan · Stance: positive" in out


def test_show_plain_names_place_code_and_coder_after_the_sentence() -> None:
    lines = ok("show", "cso-1", "--plain").lines
    at = next(i for i, line in enumerate(lines) if line.startswith("3.2 "))
    assert lines[at - 2 : at] == ["Turn 3, R1, respondent.", "3.1 Nous avons travaillé avec les chefs."]
    assert lines[at + 1].strip().startswith("Code D1, Label D1, by Daan, on 3.2, the words “Mais sans budget")
    assert lines[at + 2].strip() == "Code K4, Label K4, by Awa, on 3.2, the words “Mais sans budget”. quote."


def test_show_of_one_layer_leaves_the_others_out() -> None:
    answer = ok("show", "cso-1", "--layer", "Awa", "--json").json("show")
    codings = [coding for turn in answer["turns"] for coding in turn["codings"]]
    assert [(c["code"], c["coder"], c["place"]) for c in codings] == [("K4", "Awa", "3.2")]
    assert call("show", "cso-1", "--layer", "Nobody").code == 2


def test_speakers_are_listed_and_corrected(folder: Path) -> None:
    answer = ok("speakers", "cso-1", "--json").json("speakers")
    assert [(s["label"], s["role"], s["turns"]) for s in answer["speakers"]] == [
        ("INT", "interviewer", 2),
        ("R1", "respondent", 2),
    ]
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--role", "other", "--respondent", "CSO-9")
    assert "R1" in ok("speakers", "turn", "cso-1", "4", "r1").err
    assert "R7 is a new speaker" in ok("speakers", "turn", "cso-1", "2", "R7").err
    ok("undo")
    changed = {s["label"]: s for s in ok("speakers", "list", "cso-1", "--json").json("speakers")["speakers"]}
    assert changed["R1"]["role"] == "other" and changed["R1"]["respondent"] == "CSO-9" and changed["R1"]["turns"] == 3
    assert ok("text", "cso-1").stdout == TEXT.encode()
    assert call("speakers", "set", "cso-1", "R9", "--role", "other").code == 3
    assert call("speakers", "set", "cso-1", "R1").code == 2
    assert call("speakers", "turn", "cso-1", "99", "R1").code == 3


def test_search_folds_accents_and_counts_all() -> None:
    answer = ok("search", "securite", "--limit", "1", "--json").json("search")
    assert answer["total"] == 4 and len(answer["hits"]) == 1
    hit = answer["hits"][0]
    start, end = hit["marks"][0]
    assert hit["text"][start:end] == "sécurité" and TEXT[hit["start"] : hit["end"]] == hit["text"]
    done = ok("search", "oeuvre")
    assert "[œuvre]" in done.out and "2 turns found." in done.err
    assert call("search", "?!").code == 3
    assert ok("search", "introuvable").out == ""


def test_progress_has_a_row_for_each_coder() -> None:
    rows = ok("progress", "--json").json("progress")["progress"]
    assert [(r["transcript"], r["coder"], r["codings"], r["coded_turns"], r["turns"]) for r in rows] == [
        ("cso-1", "Awa", 1, 1, 2),
        ("cso-1", "Daan", 1, 1, 2),
    ]
    assert "started" in ok("progress").out


def test_layers_are_listed() -> None:
    layers = ok("layers", "--json").json("layers")["layers"]
    assert [(layer["name"], layer["codings"]) for layer in layers] == [("Awa", 1), ("Daan", 1)]
    assert ok("layers").lines[0].split() == ["layer", "codings"]


def test_reading_needs_no_coder_but_a_named_one_must_exist() -> None:
    done = call("--coder", "Nobody", "transcripts")
    assert done.code == 2 and "Nobody" in done.err and "Awa" in done.err


def test_a_coder_of_the_environment_may_be_unknown_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Somebody")
    assert ok("transcripts", "--json").json("transcripts")["coder"] is None


def test_reading_changes_nothing(folder: Path) -> None:
    def records() -> int:
        with Project.open(folder) as project:
            opened(project)
            return int(project.connection.execute("select count(*) from change").fetchone()[0])

    before = records()
    for args in (["transcripts"], ["show", "cso-1"], ["codings"], ["memos"], ["doctor"], ["search", "budget"]):
        ok(*args)
    assert records() == before
