"""What an export of the consensus contains, refuses and says of itself: 4 transcripts read by two, 46 by one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.model.review import Entry, Outcome
from hsreview.project.project import Project
from hsreview.workflows.adjudicating import adopt, consensus_of, decide
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from hsreview.workflows.exporting import choose_layer, dataset, export_excel, layers
from hsreview.workflows.reading import codings_of, segments, transcripts
from tests.builders import a_project, code_id
from tests.workbook.structure import problems

Team = tuple[Project, Coder, Coder, Coder]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Binta and Chaka agree on D1 in each of the first four, and differ by one K4; the rest is Binta's alone."""
    project, awa = a_project(tmp_path / "p", transcripts=50)
    binta, chaka = (store_coder(project, Coder(new_id(), name)) for name in ("Binta", "Chaka"))
    with project.write():
        for number, each in enumerate(transcripts(project)):
            add_codings(project, binta, each.version_id, 54, 94, [code_id("D1")])
            mark_reviewed(project, binta, each.id)
            if number < 4:
                add_codings(project, chaka, each.version_id, 60, 94, [code_id("D1")])
                add_codings(project, chaka, each.version_id, 170, 190, [code_id("K4")])
                mark_reviewed(project, chaka, each.id)
    return project, awa, binta, chaka


def test_an_export_waits_until_every_reviewed_transcript_is_settled(team: Team, tmp_path: Path) -> None:
    project, awa, binta, chaka = team
    assert "consensus" not in [layer.name for layer in layers(project)]
    path = tmp_path / "themes.xlsx"
    with pytest.raises(InputRefused, match="No transcript is in the consensus"):
        export_excel(project, path, layer="consensus")
    double = [each for each in consensus_of(project) if len(each.coders) == 2]
    assert len(double) == 4
    for each in double[:3]:
        decide(project, awa, each.differences[0], Outcome.TAKE, taken=chaka.id, because="it is about food")
    with pytest.raises(InputRefused) as refused:
        export_excel(project, path)
    assert [problem.code for problem in refused.value.problems].count("single") == 46
    assert [problem.code for problem in refused.value.problems].count("open") == 1 and not path.exists()

    export_excel(project, path, partial=True, lang="en")
    book = load_workbook(path)
    for sheet in book.worksheets:
        header = sheet.oddHeader
        assert header is not None and "3 of 50 interviews" in str(header.left.text), sheet.title
        seen = [str(cell) for row in sheet.iter_rows(max_row=14, values_only=True) for cell in row if cell]
        assert any("3 of 50" in cell for cell in seen), f"{sheet.title} does not say that it is a part"
    (choices,) = book["Disagreements"].data_validations.dataValidation
    (named,) = book["Disagreements"][choices.formula1.partition("!")[2].replace("$", "")]
    assert [cell.value for cell in named] == ["Binta", "Chaka", "both", "neither"]
    assert problems(path) == []

    decide(project, awa, double[3].differences[0], Outcome.NEITHER, because="too vague")
    singles = [each.transcript_id for each in consensus_of(project) if each.entry is Entry.SINGLE]
    adopt(project, awa, singles, binta, "one reader, trained")
    export_excel(project, path, lang="en")
    (said,) = [
        str(row[1].value)
        for row in load_workbook(path).worksheets[0].iter_rows()
        if "50 of 50 transcripts" in str(row[1].value)
    ]
    assert "adjudicated: cso-1, " in said and "adopted from Binta (one reader, trained): " in said


def test_what_was_read_and_is_not_settled_is_not_called_unread(team: Team, tmp_path: Path) -> None:
    project, awa, _binta, chaka = team
    first = next(each for each in consensus_of(project) if len(each.coders) == 2)
    decide(project, awa, first.differences[0], Outcome.TAKE, taken=chaka.id, because="it is about food")
    chosen = dataset(project, choose_layer(project, "consensus"))
    readings = Counter(str(chosen.reading(each.id)) for each in chosen.transcripts)
    assert readings == {"reviewed": 1, "unsettled": 49}

    path = tmp_path / "themes.xlsx"
    export_excel(project, path, partial=True, lang="en")
    book = load_workbook(path)
    said = Counter(row[2] for row in book["Theme×Interview"].iter_rows(values_only=True))
    assert (said["reviewed"], said["read, not settled"], said["not read"]) == (1, 49, 0)
    (line,) = [row[1].value for row in book["Provenance"].iter_rows() if row[0].value == "Interviews"]
    assert line == "1 of 50 in the consensus; 49 read, not settled; 0 not read"
    assert any(row[0].value == "read, not settled" for row in book["Provenance"].iter_rows())


def test_the_consensus_is_a_layer_like_any_other(team: Team) -> None:
    project, awa, binta, _chaka = team
    adopt(project, awa, [each.id for each in transcripts(project)], binta, "first draft")
    (first, *others) = layers(project)
    assert (first.name, first.codings) == ("consensus", 50) and [each.codings for each in others] == [50, 8]
    assert choose_layer(project, None).name == "consensus"
    chosen = dataset(project, choose_layer(project, None))
    assert len(chosen.segments) == 50 and len(chosen.reviewed) == 50 and chosen.basis.partial is None
    assert {s.coding.coder_id for s in chosen.segments} == {binta.id}
    found = segments(project, layer="consensus", code_ids=[code_id("D1")])
    assert [s.text for s in found] == [chosen.segments[0].text] * 50
    version = transcripts(project)[0].version_id
    assert [(c.start, c.end, c.layer) for c in codings_of(project, version, layer="consensus")] == [
        (54, 94, "consensus")
    ]
    assert len({c.id for c in codings_of(project, layer="consensus")}) == 50
