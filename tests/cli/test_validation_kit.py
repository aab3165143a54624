"""The kit on the command line: written, opened on another laptop, brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call, ok


@pytest.fixture
def kit(folder: Path, tmp_path: Path) -> Path:
    """A framework with a meeting on it, and where a kit may be written."""
    for args in (
        ["framework", "add", "outcome", "On consulte", "--in", "fr"],
        ["framework", "add", "indicator", "Réunions", "--in", "fr", "--under", "OC1"],
        ["framework", "freeze", "Première"],
        ["validation", "open", "Atelier", "--date", "2016-05-12", "--place", "Mopti"],
        ["validation", "table", "Atelier", "A", "--side", "cso", "--size", "8"],
    ):
        ok("--coder", "Awa", *args)
    return tmp_path / "kit"


def test_votes_of_a_kit_come_home_in_a_package(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    made = ok("--coder", "Awa", "validation", "kit", str(kit), "--json").json("validation kit")
    assert (made["path"], made["version"], made["rows"], made["meetings"]) == (str(kit), "1", 2, ["Atelier"])
    assert made["bytes"] == (kit / "project.hsreview").stat().st_size and 0 < made["withheld"] < made["records"]
    rows = ok("-p", str(kit), "framework", "--json").json("framework show --version")["rows"]
    assert [each["ref"] for each in rows] == ["OC1", "IN1"] and all(each["badge"] for each in rows)
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")  # Meant for other projects: here only the rapporteur writes.
    ok("-p", str(kit), "validation", "vote", "Atelier", "IN1", "A", "6", "1", "1")
    parcel = tmp_path / "back.hsreview-package"
    ok("-p", str(kit), "package", "make", "--mine", "--plain", "--because", "votes only", "-o", str(parcel))
    ok("--coder", "Awa", "merge", str(parcel))
    shown = ok("validation", "show", "Atelier", "IN1", "--json").json("validation show")
    assert [(each["ref"], each["votes"][0]["votes"]["agree"]) for each in shown["ballots"]] == [("IN1", 6)]
    assert "kit for a validation meeting" in ok("outputs").out
    assert "sound" in ok("doctor").err and "sound" in ok("-p", str(kit), "doctor").err


def test_a_row_changed_at_home_while_a_kit_was_away_is_asked_about_when_its_result_is_taken_over(
    kit: Path, tmp_path: Path
) -> None:
    ok("--coder", "Awa", "validation", "kit", str(kit))
    ok("--coder", "Awa", "framework", "set", "IN1", "definition_en=Letters of any kind", "direction=down")
    for args in (["vote", "Atelier", "IN1", "A", "8"], ["vote", "Atelier", "OC1", "A", "8"], ["close", "Atelier"]):
        ok("-p", str(kit), "validation", *args)
    parcel = tmp_path / "back.hsreview-package"
    ok("-p", str(kit), "package", "make", "--mine", "--plain", "--because", "votes only", "-o", str(parcel))
    ok("--coder", "Awa", "merge", str(parcel))
    asked = call("--coder", "Awa", "validation", "apply", "Atelier")
    assert asked.code == 3 and "IN1: Definition (en) was “–”; the project now says “Letters of any kind”" in asked.err
    assert "IN1: Direction was “–”; the project now says “down”" in asked.err and "--take project" in asked.err

    def row() -> dict[str, object]:
        [found] = ok("framework", "show", "IN1", "--json").json("framework show")["rows"]
        return dict(found)

    assert row()["status"] == "draft"
    done = ok("--coder", "Awa", "validation", "apply", "Atelier", "--take", "project", "--json")
    assert done.json("validation apply") == {"changed": ["OC1"], "kept": ["IN1"], "gone": []}
    assert row()["status"] == "draft" and "down" in str(row())
    done = ok("--coder", "Awa", "validation", "apply", "Atelier", "--take", "meeting", "--json")
    assert done.json("validation apply")["changed"] == ["IN1"]
    assert row()["status"] == "validated" and "down" not in str(row()) and "Letters" not in str(row())
    assert "follow the meeting already" in ok("--coder", "Awa", "validation", "apply", "Atelier").err


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (["framework", "add", "outcome", "Autre"], 3, "for a validation meeting"),
        (["--coder", "Awa", "validation", "vote", "Atelier", "IN1", "A", "6"], 2, "Rapporteur writes in it"),
        (["--coder", "Rapporteur", "validation", "vote", "Atelier", "IN1", "A", "9"], 3, "9"),
        (["merge", "any.hsreview-package"], 3, "takes no packages in"),
        (["validation", "kit", "again"], 3, "already: copy its folder"),
        (["framework", "diff", "1"], 2, "name two versions"),
        (["trace", "IN1"], 3, "hsreview framework show"),
        (["framework", "status"], 3, "holds no journal"),
        (["journal"], 3, "holds no journal"),
        (["journal", "due", "--json"], 3, "holds no journal"),
        (["framework", "export", "internal.xlsx"], 3, "with --public"),
    ],
)
def test_in_a_kit_what_is_not_of_the_meeting_is_refused(kit: Path, args: list[str], code: int, told: str) -> None:
    ok("--coder", "Awa", "validation", "kit", str(kit))
    done = call("-p", str(kit), *args)
    assert (done.code, told in done.err) == (code, True), done.err


def test_a_file_written_in_a_kit_holds_the_version(kit: Path, tmp_path: Path) -> None:
    ok("--coder", "Awa", "validation", "kit", str(kit))
    path = tmp_path / "framework.xlsx"
    made = ok("-p", str(kit), "framework", "export", str(path), "--public", "--json").json("framework export")
    assert made["rows"] == 2 and made["public"]
    ok("-p", str(kit), "framework", "export", str(path.with_suffix(".docx")), "--public")
    assert not list(tmp_path.glob("internal*"))


def test_a_kit_that_would_tell_somebody_is_refused_with_row_and_words(kit: Path) -> None:
    ok("--coder", "Awa", "framework", "set", "IN1", "unit=Mais sans budget, c’était l’œuvre")
    ok("--coder", "Awa", "framework", "freeze")
    done = call("--coder", "Awa", "validation", "kit", str(kit), "--version", "last")
    assert done.code == 3 and "IN1 · Unit" in done.err and "“Mais sans budget, c’était l’œuvre”" in done.err
    assert not kit.exists()
    done = call("--coder", "Awa", "validation", "kit", str(kit / "kit.hsreview"), "--version", "1")
    assert done.code == 2 and "name the folder" in done.err
    assert "Version 1: 2 rows" in ok("--coder", "Awa", "validation", "kit", str(kit)).err, "that of the open meeting"
    done = call("--coder", "Awa", "validation", "kit", str(kit), "--version", "1")
    assert done.code == 3 and "already holds a project" in done.err


def test_words_that_are_no_name_are_put_on_record(kit: Path) -> None:
    ok("--coder", "Awa", "framework", "set", "IN1", "unit=Commune de Daan")
    ok("--coder", "Awa", "framework", "freeze")
    done = call("--coder", "Awa", "validation", "kit", str(kit), "--version", "2")
    assert done.code == 3 and "“Daan”" in done.err
    ok("--coder", "Awa", "validation", "kit", str(kit), "--version", "2", "--no-name", "Daan")
