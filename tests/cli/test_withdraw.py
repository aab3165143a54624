"""`withdraw` as it is typed, what lists say afterwards, and old files that name what is gone."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from hsreview.project.project import Project
from hsreview.workflows.withdrawal_places import place
from tests.cli.conftest import call, ok


@pytest.fixture
def spoken(folder: Path) -> Path:
    """Somebody is known who speaks in the first interview; the lead sits here."""
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--respondent", "CSO-Kayes-7")
    return folder


def test_what_goes_is_told_before_and_nothing_happens_without_a_yes(spoken: Path) -> None:
    plan = ok("withdraw", "CSO-Kayes-7", "--dry-run", "--json").json("withdraw --dry-run")
    assert [(each["transcript"], each["whole"], each["turns"]) for each in plan["transcripts"]] == [("cso-1", True, 5)]
    assert plan["counts"]["coding"] == 2 and plan["cells"] == [{"theme": "D", "group": "cso", "before": 1, "after": 0}]
    told = ok("withdraw", "CSO-Kayes-7", "--dry-run").out
    assert "cso-1" in told and "codings 2" in told
    for args, said in (
        (["CSO-Kayes-7"], "--yes"), ([], "hsreview withdraw RESPONDENT"), (["CSO-Kayes-7", "--because", "why not"], ""),
    ):  # fmt: skip
        refused = call("withdraw", *args)
        assert refused.code == 2 and said in refused.err
    refused = call("--coder", "Daan", "withdraw", "CSO-Kayes-7", "--yes")
    assert refused.code == 2 and "Ask: Awa" in refused.err
    assert call("withdraw", "CSO-Kayes-8", "--yes").code == 3
    assert call("withdraw", "CSO-Kayes-7", "--yes", "--write", str(spoken)).code == 3, "before anything is erased"
    assert "cso-1" in ok("transcripts").out


def test_no_reason_is_made_up_and_the_trace_that_is_told_is_the_one_listed(spoken: Path) -> None:
    told = ok("withdraw", "CSO-Kayes-7", "--yes").out
    listed = ok("withdraw", "--list").out
    [trace] = ok("withdraw", "--list", "--json").json("withdraw --list")["withdrawals"]
    assert trace["because"] == "none" and "no reason given" in listed
    assert trace["id"] in told and trace["id"] in listed


def test_afterwards_lists_say_so_without_a_name(spoken: Path, tmp_path: Path) -> None:
    csv, package = tmp_path / "codings.csv", tmp_path / "all.hsreview-package"
    csv.write_text("transcript,start,end,code\ncso-1,60,70,D1\n", encoding="utf-8")
    ok("package", "make", "--all", "--plain", "--because", "test", "-o", str(package))
    person = next(each for each in ok("consent", "--json").json("consent")["consents"] if each["respondent"][-1] == "7")
    ok("export", "transcript", "cso-1", "-o", str(spoken / "exports" / "cso-1.docx"), "--layer", "Awa")
    kept = tmp_path / "left.txt"
    done = ok(
        "withdraw", "CSO-Kayes-7", "--yes", "--exports", "--because", "harm", "--write", str(kept), "--json"
    ).json("withdraw")  # fmt: skip
    assert done["finished"] and done["holding"] == [] and done["because"] == "harm"
    assert [Path(each).name for each in done["deleted"]] == ["cso-1.docx"]
    assert (done["sealed"], done["unread"], done["undeleted"]) == (False, [], [])
    assert sorted((each["kind"], each["name"]) for each in done["sent"]) == [
        ("package", "all.hsreview-package"), ("transcript", "[retrait].docx"),
    ]  # fmt: skip
    assert "all.hsreview-package" in kept.read_text(encoding="utf-8") and "CSO-Kayes" not in kept.read_text()
    assert "Nothing was changed" in call("withdraw", person["respondent_id"], "--yes").err
    [trace] = ok("withdraw", "--list", "--json").json("withdraw --list")["withdrawals"]
    assert (trace["respondent_id"], trace["because"], trace["by"]) == (person["respondent_id"], "harm", "Awa")
    for command in (["transcripts"], ["consent"], ["withdraw", "CSO-Kayes-7", "--dry-run"]):
        assert "was withdrawn, on" in call(*command).err
    assert "Kayes" not in ok("withdraw", "--list").out + ok("outputs").out + ok("audit").out
    assert call("codings", "import", str(csv)).code == 3, "a file from before brings nothing back"
    merged = ok("merge", str(package), "--json")
    assert merged.json("merge")["withdrawn"] > 5 and "was withdrawn" not in merged.err
    assert "not taken in" in ok("merge", str(package)).err
    ok("doctor")
    assert "cso-1" not in ok("transcripts").out.split()


def test_an_archivist_who_did_not_code_is_told_all_that_goes(spoken: Path) -> None:
    ok("--coder", "Awa", "coders", "role", "Daan", "archivist")
    ok("--coder", "Awa", "assign", "give", "cso-2", "--coder", "Daan")
    plan = ok("--coder", "Daan", "withdraw", "CSO-Kayes-7", "--dry-run", "--json").json("withdraw --dry-run")
    assert plan["counts"]["coding"] == 2 and plan["themes"]
    assert ok("--coder", "Daan", "audit").out and "blind" not in ok("--coder", "Daan", "audit").err


def test_what_still_names_the_person_and_only_what_can_hold_their_words_is_listed(spoken: Path) -> None:
    (spoken / "transcripts").mkdir(exist_ok=True)
    table = spoken / "transcripts" / "respondents.csv"
    table.write_text("id;place\nCSO-Kayes-7;Kayes\n", encoding="utf-8")
    notes = spoken / "project.hsreview notes.txt"  # Not the project's own, whatever it is called.
    notes.write_text("rappeler CSO-Kayes-7", encoding="utf-8")
    for name in ("cso-1", "cso-2"):
        written = str(spoken / "exports" / f"{name}.docx")
        ok("--coder", "Awa", "export", "transcript", name, "--layer", "Awa", "-o", written)
    sealed = spoken / "backups" / "sealed.hsreview"
    sealed.parent.mkdir(exist_ok=True)
    sealed.write_bytes(os.urandom(8192))  # As a file looks that is encrypted with another passphrase.
    told = ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--dry-run").out
    assert "cannot be looked into" in told and str(sealed) in told
    planned = ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--dry-run", "--json").json("withdraw --dry-run")
    assert planned["naming"] == [str(notes), str(table)]
    assert {each["name"] for each in planned["sent"]} & {"cso-1.docx", "cso-2.docx"} == {"cso-1.docx"}
    assert str(table) in ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--yes").out
    held = ok("withdraw", "--list", "--json").json("withdraw --list")["still_holding"]
    assert held == sorted(map(str, (notes, table, spoken / "exports" / "cso-1.docx")))


def test_exports_go_as_they_were_written_and_nothing_of_others_goes_with_them(spoken: Path) -> None:
    exports = spoken / "exports"
    for name in ("2025/csv", "2026/csv", "touched"):
        ok("--coder", "Awa", "export", "csv", str(exports / name), "--layer", "Awa")
    ok("--coder", "Awa", "export", "excel", str(exports / "t.xlsx"), "--layer", "Awa")
    for name in ("cso-1", "cso-2"):
        ok("--coder", "Awa", "export", "transcript", name, "--layer", "Awa", "-o", str(exports / f"{name}.docx"))
    mine = exports / "touched" / "notes.txt"
    mine.write_text("des notes", encoding="utf-8")
    (exports / "mine.xlsx").write_bytes(b"of somebody")
    done = ok("--coder", "Awa", "withdraw", "CSO-Kayes-7", "--yes", "--exports", "--json").json("withdraw")
    assert {Path(each).relative_to(exports).as_posix() for each in done["deleted"]} == {
        "2025/csv", "2026/csv", "t.xlsx", "cso-1.docx",
    }  # fmt: skip
    assert mine.exists() and {each.name for each in exports.iterdir()} == {
        "2025", "2026", "touched", "cso-2.docx", "mine.xlsx",
    }  # fmt: skip
    assert [each["path"] for each in done["sent"] if each["name"] == "touched"] == [""], "it is told, with no path"


def test_the_command_that_is_told_runs_as_it_stands(spoken: Path) -> None:
    ok("--coder", "Awa", "memos", "add", "seen again", "--transcript", "cso-1")
    ok("--coder", "Awa", "query", "D1", "--layer", "Awa", "--save", "mine")
    with Project.open(spoken) as project:
        ask = project.connection.execute
        for table in ("respondent", "saved_search", "memo", "code where kind = 'code'", "code where kind = 'theme'"):
            name, look = place(project.connection, table.split()[0], ask(f"select id from {table}").fetchone()[0])
            assert name and ok(*shlex.split(look)[1:]).out, look
