"""`export transcript`: one layer of one transcript as a Word document."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.cli.conftest import call, ok


@pytest.fixture(autouse=True)
def project(folder: Path) -> Path:
    return folder


def test_the_layer_is_named_in_the_document() -> None:
    answer = ok("export", "transcript", "cso-1", "--layer", "Awa", "--lang", "fr", "--json")
    assert answer.json("export transcript")["codings"] == 1
    document = Document("cso-1.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert "Codages de\u00a0: Awa (lecture non terminée)" in texts
    assert any("K4 Libellé K4 (quote)" in cell.text for row in document.tables[0].rows for cell in row.cells)


def test_layers_are_never_added_up() -> None:
    done = call("export", "transcript", "cso-1")
    assert done.code == 2
    assert "Awa: 1 coding" in done.err
    assert not list(Path().glob("*.docx"))


def test_a_transcript_that_is_not_settled_has_no_consensus() -> None:
    done = call("export", "transcript", "cso-1", "--layer", "consensus")
    assert done.code == 3
    assert "not in the consensus" in done.err


def test_a_coder_who_works_blind_gets_their_own_layer_only() -> None:
    assert call("--coder", "Daan", "export", "transcript", "cso-1", "--layer", "Awa").code == 3
    ok("--coder", "Daan", "export", "transcript", "cso-1", "--layer", "Daan")
    ok("--coder", "Daan", "reviewed", "cso-1")
    ok("--coder", "Daan", "export", "transcript", "cso-1", "--layer", "Awa")


def test_the_consensus_says_how_it_came_about() -> None:
    for coder in ("Awa", "Daan"):
        ok("--coder", coder, "reviewed", "cso-1")
    ok("--coder", "Awa", "consensus", "adopt", "cso-1", "--from", "Daan", "--because", "seconde lecture")
    ok("--coder", "Awa", "export", "transcript", "cso-1", "--lang", "fr")
    texts = [paragraph.text for paragraph in Document("cso-1.docx").paragraphs]
    assert any("couche de consensus" in text and "repris de Daan" in text for text in texts)
