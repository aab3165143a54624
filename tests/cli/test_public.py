"""`quotes`, `export public` and `outputs` as they are typed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.ids import new_id
from hsreview.model.people import Coder, CoderRole
from hsreview.project.project import Project
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from tests.builders import TEXT, code_id, opened
from tests.cli.conftest import call, ok

CONSENT = {"status": "written", "scope": ["quotes"], "attribution": "group"}


@pytest.fixture
def people(folder: Path) -> str:
    """Six respondents in two transcripts; four of them mention K4, and one passage is starred. The id of that one."""
    with Project.open(folder) as project:
        awa = next(coder for coder in coders(project) if coder.name == "Awa")
        store_coder(project, Coder(new_id(), "Ben", CoderRole.VALIDATOR), awa.id)
        first = opened(project)
        with project.act(awa.id) as act:
            for n in range(6):
                person = new_id()
                act.put("respondent", person, name=f"Secret {n}", grp="cso", consent=CONSENT, attributes={})
                label = {0: "R1"}.get(n)
                known = first.speakers.get(label or "")
                act.put(
                    "speaker", known.id if known else new_id(), transcript_id=first.transcript.id,
                    label=label or f"X{n}", role="respondent", respondent_id=person,
                )  # fmt: skip
        [starred] = [c for c in _codings(project, first.version.id) if "quote" in c[1]]
        for each in ("cso-1", "cso-2"):
            mark_reviewed(project, awa, opened(project, each).transcript.id)
        start = TEXT.index("La sécurité, c’est manger")
        add_codings(project, awa, first.version.id, start, start + 10, [code_id("D1")])
    return str(starred[0])


def _codings(project: Project, version: str) -> list[tuple[str, str]]:
    return project.connection.execute("select id, flags from coding where version_id = ?", (version,)).fetchall()


def test_a_quote_goes_from_a_star_to_release(people: str) -> None:
    [entry] = ok("--coder", "Awa", "quotes", "--json").json("quotes")["quotes"]
    assert (entry["id"], entry["state"], entry["starred_by"], entry["respondent"]) == (
        people,
        "draft",
        "Awa",
        "Secret 0",
    )
    refused = call("--coder", "Awa", "quotes", "check", people)
    assert refused.code == 3 and "second person" in refused.err
    ok("--coder", "Ben", "quotes", "translate", people, "But without a budget", "--to", "en")
    [entry] = ok("--coder", "Ben", "quotes", "check", people, "--json").json("quotes check")["quotes"]
    assert (entry["state"], entry["checked_by"]) == ("checked", "Ben")
    ok("--coder", "Awa", "quotes", "release", people)
    listed = ok("--coder", "Awa", "quotes", "list", "--state", "released")
    assert "released" in listed.out and people in listed.out
    shown = ok("--coder", "Awa", "quotes", "show", people[:20]).out
    assert "en (Ben): But without a budget" in shown
    [entry] = ok("--coder", "Awa", "quotes", "withdraw", people, "--because", "x", "--json").json("quotes withdraw")[
        "quotes"
    ]
    assert entry["state"] == "draft"
    ok("--coder", "Awa", "undo")
    assert ok("--coder", "Awa", "quotes", "--state", "released", "--json").json("quotes")["quotes"]
    assert call("quotes", "show", "nothing").code == 3
    ok("doctor")


def another_star(folder: Path, by: str, name: str = "cso-1") -> str:
    """Somebody stars another passage of the same person; its id."""
    with Project.open(folder) as project:
        coder = next(each for each in coders(project) if each.name == by)
        version, start = opened(project, name).version.id, TEXT.index("La sécurité, c’est manger")
        [made] = add_codings(project, coder, version, start, start + 11, [code_id("K4")], flags=["quote"])
    return str(made.id)


def test_each_quote_is_checked_alone_and_says_why_it_was_not(people: str, folder: Path) -> None:
    own = another_star(folder, "Ben")
    partly = call("--coder", "Ben", "quotes", "check", people, own, "nothing", "--json")
    assert partly.code == 3 and [e["id"] for e in partly.json("quotes check")["quotes"]] == [people]
    assert "1 quote is stored; refused:" in partly.err and "nothing: no such quote" in partly.err
    assert "you starred it yourself" in partly.err
    states = {e["id"]: e["state"] for e in ok("quotes", "--json").json("quotes")["quotes"]}
    assert states == {people: "checked", own: "draft"}
    ok("--coder", "Ben", "undo")
    assert {e["state"] for e in ok("quotes", "--json").json("quotes")["quotes"]} == {"draft"}


def test_who_codes_blind_is_told_that_there_may_be_what_they_do_not_see(people: str, folder: Path) -> None:
    ok("--coder", "Awa", "coders", "add", "Cleo")
    there, nowhere = (call("--coder", "Cleo", "quotes", "check", wish) for wish in (people, "0" * 36))
    assert "still code blind" in there.err and there.code == 3
    assert there.err.replace(people, "X") == nowhere.err.replace("0" * 36, "X")
    assert "you code blind" in ok("--coder", "Cleo", "quotes").err
    own = another_star(folder, "Cleo")
    assert "mark the transcript as reviewed" in call("--coder", "Cleo", "quotes", "withdraw", own).err


def test_a_translation_of_a_decided_quote_is_asked_for_and_reopens_it(people: str) -> None:
    ok("--coder", "Ben", "quotes", "check", people)
    refused = call("--coder", "Ben", "quotes", "translate", people, "But", "--to", "en")
    assert refused.code == 3 and "it is a draft again" in refused.err and "--yes" in refused.err
    assert ok("quotes", "--json").json("quotes")["quotes"][0]["state"] == "checked"
    done = ok("--coder", "Ben", "quotes", "translate", people, "But", "--to", "en", "--yes")
    assert "check and release it anew" in done.err
    assert ok("quotes", "--json").json("quotes")["quotes"][0]["state"] == "draft"
    assert "anew" not in ok("--coder", "Ben", "quotes", "translate", people, "Yet", "--to", "en").err


def test_decisions_on_quotes_travel_with_packages(people: str, folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    ok("--coder", "Ben", "quotes", "translate", people, "But without a budget", "--to", "en")
    ok("--coder", "Ben", "quotes", "check", people)
    ok("--coder", "Awa", "package", "make", "--all", "--plain", "--because", "test", "-o", "all.hspack")
    ok("-p", str(copy), "--coder", "Awa", "merge", "all.hspack")
    [entry] = ok("-p", str(copy), "--coder", "Awa", "quotes", "--json").json("quotes")["quotes"]
    assert (entry["state"], entry["checked_by"], entry["translations"][0]["text"]) == (
        "checked", "Ben", "But without a budget",
    )  # fmt: skip
    ok("-p", str(copy), "doctor")


def test_the_public_workbook_is_written_reported_and_put_on_record(people: str, tmp_path: Path) -> None:
    args = ("--coder", "Awa", "export", "public", "public.xlsx", "--layer", "Awa", "--lang", "en", "--to-whom", "Oxfam")
    done = ok(*args)
    assert done.lines == [str((tmp_path / "public.xlsx").resolve())]
    [quote] = ok("quotes", "--json").json("quotes")["quotes"]
    assert f"quote not released: {quote['transcript']} {quote['place']} ({quote['starred_by']})\n" in done.err
    assert people not in done.err and "internal" in done.err
    book = load_workbook(tmp_path / "public.xlsx")
    said = [str(v) for sheet in book for row in sheet.iter_rows(values_only=True) for v in row if v is not None]
    assert not any("Secret" in text or "budget" in text for text in said)
    [entry] = ok("outputs", "--kind", "public", "--json").json("outputs")["outputs"]
    assert (entry["recipient"], entry["layer"], entry["by"], entry["name"]) == ("Oxfam", "Awa", "Awa", "public.xlsx")
    assert "Oxfam" in ok("outputs").out


def test_numbers_that_differ_from_an_earlier_public_file_are_warned_of(people: str, folder: Path) -> None:
    args = ("--coder", "Awa", "export", "public", "p.xlsx", "--layer", "Awa", "--json")
    assert ok(*args).json("export public")["warnings"] == []
    assert ok(*args).json("export public")["warnings"] == [], "the same numbers tell nothing new"
    args_k = (*args, "--k", "4")
    [warning, *_same] = ok(*args_k).json("export public")["warnings"]
    assert "p.xlsx" in warning and "differ" in warning


def test_only_what_both_public_files_hold_is_compared(people: str, folder: Path) -> None:
    with Project.open(folder) as project:
        awa = next(each for each in coders(project) if each.name == "Awa")
        with project.act(awa.id) as act:
            for person, grp in project.connection.execute("select id, grp from respondent").fetchall():
                act.put("respondent", person, attributes={"region": "Gao"}, grp=grp)
    layer = ("--layer", "Awa", "--json")
    ok("--coder", "Awa", "export", "public", "by.xlsx", "--by", "region", *layer)
    later = ("--coder", "Awa", "export", "public", "p.xlsx", "--k", "4", "--layer", "Awa", "--lang", "en", "--json")
    [warning] = ok(*later).json("export public")["warnings"]
    assert "by.xlsx" in warning and "group · D · all together" in warning
    assert "region" not in warning, "this file has no table by region"


def test_public_files_of_other_layers_are_compared(people: str, folder: Path) -> None:
    ok("--coder", "Awa", "export", "public", "awa.xlsx", "--layer", "Awa")
    with Project.open(folder) as project:
        awa, second = next(c for c in coders(project) if c.name == "Awa"), opened(project, "cso-2").transcript.id
        with project.act(awa.id) as act:
            for n, (person,) in enumerate(project.connection.execute("select id from respondent limit 4").fetchall()):
                act.put(
                    "speaker", new_id(), transcript_id=second, label=f"Y{n}", role="respondent", respondent_id=person
                )
    ok("--coder", "Daan", "reviewed", "cso-2")
    [warning] = ok("--coder", "Awa", "export", "public", "d.xlsx", "--layer", "Daan", "--json").json("export public")[
        "warnings"
    ]
    assert "group ·" in warning
    ok("--coder", "Awa", "coders", "role", "Daan", "archivist")  # Who sees everything without having coded.
    told = ok("--coder", "Daan", "export", "public", "d.xlsx", "--layer", "Daan", "--json").json("export public")
    assert [each for each in told["warnings"] if "awa.xlsx" in each and "group ·" in each]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("p.xlsx", "--k", "2"), 2),
        (("p.txt",), 2),
        (("p.xlsx", "--by", "organisation"), 2),
        (("p.xlsx", "--by", "nothing"), 3),
        (("p.xlsx", "--zone", "Gao"), 2),
        (("p.xlsx", "--k", "7"), 3),
    ],
    ids=str,
)
def test_what_cannot_be_published_is_refused(people: str, tmp_path: Path, args: tuple[str, ...], code: int) -> None:
    done = call("--coder", "Awa", "export", "public", *args, "--layer", "Awa")
    assert done.code == code, done.err
    assert not (tmp_path / "p.xlsx").exists() and ok("outputs", "--json").json("outputs")["outputs"] == []


def test_every_export_is_on_record_with_its_layer_and_its_recipient(people: str, tmp_path: Path) -> None:
    ok("--coder", "Awa", "export", "excel", "t.xlsx", "--layer", "Awa", "--to-whom", "Partner")
    ok("--coder", "Awa", "export", "transcript", "cso-1", "--layer", "Daan", "-o", "t.docx", "--to-whom", "Daan")
    ok("--coder", "Awa", "codebook", "export", "book.yaml")
    found = ok("outputs", "--json").json("outputs")["outputs"]
    assert [(e["kind"], e["name"], e["layer"], e["recipient"], e["by"]) for e in found] == [
        ("excel", "t.xlsx", "Awa", "Partner", "Awa"),
        ("transcript", "t.docx", "Daan", "Daan", "Awa"),
        ("codebook", "book.yaml", "", "", "Awa"),
    ]
    for entry in found:
        assert entry["digest"] == hashlib.sha256((tmp_path / entry["name"]).read_bytes()).hexdigest()
    assert call("outputs", "--kind", "nothing").code == 2


def test_an_export_of_nobody_says_that_it_is_not_on_record(
    people: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_HOME", str(tmp_path / "nobody"))
    done = ok("export", "excel", "t.xlsx", "--layer", "Awa")
    assert "not on record" in done.err and ok("outputs", "--json").json("outputs")["outputs"] == []


def test_sheets_for_partners_are_on_record_too(people: str) -> None:
    ok("--coder", "Awa", "sheet", "make", "cso-2", "--coder", "Daan", "-o", "sheet.xlsx")
    ok(
        "--coder",
        "Awa",
        "framework-matrix",
        "export",
        "f.xlsx",
        "--by",
        "group",
        "--layer",
        "Awa",
        "--to-whom",
        "Oxfam",
    )
    found = ok("outputs", "--json").json("outputs")["outputs"]
    assert [(e["kind"], e["recipient"], e["by"]) for e in found] == [
        ("sheet", "Daan", "Awa"), ("framework", "Oxfam", "Awa"),
    ]  # fmt: skip
