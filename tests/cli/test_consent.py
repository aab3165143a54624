"""`consent` as it is typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import call, ok


def test_consent_is_listed_shown_set_and_read_from_a_table(folder: Path, tmp_path: Path) -> None:
    before = ok("consent", "--json").json("consent")
    assert [each["may_code"] for each in before["transcripts"]] == [None, None]
    assert call("--coder", "Awa", "consent", "set").code == 2
    assert call("--coder", "Awa", "consent", "set", "Nobody", "--status", "oral").code == 3
    done = ok(
        "--coder", "Awa", "consent", "set", "--transcript", "cso-1", "--status", "written", "--scope",
        "analyse, citations", "--json",
    )  # fmt: skip
    [entry] = done.json("consent set")["consents"]
    assert (entry["respondent"], entry["scope"], entry["may_quote"]) == ("cso-1", ["analysis", "quotes"], True)
    refused = call("--coder", "Awa", "consent", "set", "cso-1", "--status", "none")
    assert refused.code == 2 and "--because" in refused.err
    assert call("--coder", "Awa", "consent", "set", "cso-1", "--scope", "everything").code == 2
    table = tmp_path / "respondents.csv"
    table.write_text("file,respondent,embargo\ncso-1,cso-1,2999-01-01\n", encoding="utf-8")
    [entry] = ok("--coder", "Awa", "consent", "table", str(table), "--json").json("consent table")["consents"]
    assert (entry["embargo"], entry["may_quote"], entry["may_code"]) == ("2999-01-01", False, True)
    shown = ok("consent", "show", "cso-1", "--json").json("consent show")
    assert [each["coder"] for each in shown["records"]] == ["Awa", "Awa"]
    assert "2999-01-01" in ok("consent", "show", "cso-1").out
    assert "cso-2" in ok("consent").err


def test_the_consent_of_several_transcripts_is_recorded_at_once(folder: Path) -> None:
    both = ("--transcript", "cso-1", "--transcript", "cso-2")
    done = ok("--coder", "Awa", "consent", "set", *both, "--status", "oral", "--json").json("consent set")
    assert [each["respondent"] for each in done["consents"]] == ["cso-1", "cso-2"]
