"""What `consensus adopt` leaves unsettled is said when it is adopted, and in the status from then on."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.workflows.adjudicating import consensus_of
from hsreview.workflows.coders import add_coder
from hsreview.workflows.coding import mark_reviewed
from hsreview.workflows.consensus_layer import statement
from hsreview.workflows.projects import open_project
from tests.builders import opened
from tests.cli.conftest import ok
from tests.tui.differing import AWA, differing, put


def test_differences_that_an_adoption_leaves_are_told(tmp_path: Path) -> None:
    root = str(differing(tmp_path / "p"))
    assert "not settled" not in ok("-p", root, "consensus", "status").out
    done = ok("-p", root, "--coder", "Awa", "consensus", "adopt", "cso-1", "--from", "Awa", "--because", "no time")
    assert "cso-1: 3 differences between its readers are not settled; all of it is taken from Awa alone." in done.err
    assert "Awa: no time – 3 differences not settled" in ok("-p", root, "consensus", "status").out


def test_nothing_is_told_where_nobody_differs(tmp_path: Path) -> None:
    root = differing(tmp_path / "p", (("Awa", AWA), ("Moussa", AWA)), transcripts=2)
    with open_project(root) as project:
        binta = add_coder(project, None, "Binta")
        put(project, binta, AWA, "cso-2")
        mark_reviewed(project, binta, opened(project, "cso-2").transcript.id)
    where = ("-p", str(root), "--coder", "Awa", "consensus")
    done = ok(*where, "adopt", "cso-1", "--from", "Awa", "--because", "both agree")
    assert "not settled" not in done.err
    done = ok(*where, "adopt", "cso-2", "--from", "Binta", "--because", "one reader")
    assert "not settled" not in done.err + ok(*where, "status").out


@pytest.mark.parametrize(("lang", "said"), [("fr", "0 transcription sur 1"), ("en", "0 of 1 transcripts")])
def test_none_of_several_is_no_plural_in_french(tmp_path: Path, lang: str, said: str) -> None:
    with open_project(differing(tmp_path / "p")) as project:
        assert statement(consensus_of(project), {}, {}, lang).startswith(f"{said} ·")
