"""`mask` on the command line: told first, refused where nobody can be asked, done, and documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call, ok

pytest.importorskip("pyrage")
pytestmark = pytest.mark.usefixtures("quick_passphrases")
TEXT = "INT : Qui êtes-vous ?\nR1 : Je suis Zimboulou Kakala. On dit d’Zimboulou qu’elle parle.\n"


@pytest.fixture
def named(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a text in which somebody is named, and a key file."""
    monkeypatch.setenv("HSREVIEW_PASSPHRASE", "cire à cacheter")
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    (tmp_path / "entretien_zimbouloukakala.txt").write_text(TEXT, encoding="utf-8")
    ok("import", str(tmp_path / "entretien_zimbouloukakala.txt"))
    ok("names", "new")
    return folder


def test_a_mask_is_told_first_and_then_done(named: Path) -> None:
    wish = ("mask", "Zimboulou Kakala", "--class", "person", "--as", "Sali Ture")
    told = ok(*wish, "--dry-run", "--json").json("mask --dry-run")
    assert [(each["transcript"], each["places"]) for each in told["texts"]] == [("entretien_zimbouloukakala", 1)]
    assert [(part["form"], part["number"], part["places"][0]["count"]) for part in told["parts"]] == [
        ("Zimboulou", None, 1)
    ]
    assert ok("names", "--json").json("names")["names"] == [], "a dry run decides nothing"
    refused = call(*wish)
    assert refused.code == 2 and "--yes" in refused.err and "Zimboulou" in ok("text", "entretien_zimbouloukakala").out
    done = ok(*wish, "--yes")
    assert 'hsreview mask "Zimboulou" --class person' in done.out and "Masked in 1 transcript." in done.err
    assert "suis Sali Ture." in ok("text", "entretien_Sali_Ture").out
    again = ok("mask", "1", "--yes", "--json").json("mask --dry-run")
    assert again["texts"] == []
    rest = ok("mask", "Zimboulou", "--class", "person", "--as", "Fanta", "--yes", "--json").json("mask")
    assert rest["done"] and rest["left"] == [] and rest["parts"] == []
    assert "mboulou" not in ok("text", "entretien_Sali_Ture").out


def test_what_is_asked_wrongly_changes_nothing(named: Path) -> None:
    assert call("mask").code == 2
    assert call("mask", "Zimboulou Kakala", "--from-register").code == 2
    assert call("mask", "Kakala", "Zimboulou", "--class", "person", "--as", "X").code == 2
    unknown = call("mask", "Nobody")
    assert unknown.code == 2 and "names list" in unknown.err
    assert "Zimboulou Kakala" in ok("text", "entretien_zimbouloukakala").out
