"""Quotes are what respondents said."""

from __future__ import annotations

from pathlib import Path

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.workflows.coding import add_codings
from hsreview.workflows.exporting import choose_layer, dataset
from tests.builders import a_project, code_id, opened


def test_an_interviewers_question_is_no_quote(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = opened(project)
    question, answer = text.turns[1], text.turns[2]
    for turn in (question, answer):
        add_codings(project, awa, text.version.id, turn.label_end, turn.end - 1, [code_id("D1")])
    layer = dataset(project, choose_layer(project, None))
    quoted = [layer.segments[pick.index].turn for cell in matrices(LayerFrame(layer)).quotes for pick in cell.picks]
    assert quoted == [answer.number]
