"""Real transcripts beside this project, where they exist: the turns written into each file are found again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench.intake_truth import DEFAULT, measure
from hsreview.intake.staging import stage
from hsreview.model.text import Role

TRANSCRIPTS = DEFAULT.parent / "transcripts"
pytestmark = pytest.mark.skipif(not DEFAULT.is_dir(), reason="no reference data beside the project")


def truth(name: str) -> Any:
    return json.loads((TRANSCRIPTS / "truth.json").read_text(encoding="utf-8"))[name]


@pytest.mark.parametrize("kind", ["vtt", "md"])
def test_turns_are_those_that_were_written(kind: str) -> None:
    result = measure(DEFAULT, {kind})
    assert result["refused"] == {}
    assert result["share_turns"] == 1 and result["share_files"] == 1


@pytest.mark.deep
def test_the_whole_corpus() -> None:
    result = measure(DEFAULT)
    assert result["files"] == 106 and result["refused"] == {}
    assert result["share_turns"] >= 0.99
    assert result["share_files"] >= 0.92


def test_subtitles_and_podcasts() -> None:
    vtt = stage(TRANSCRIPTS / "podcastns-example.vtt")
    assert [(t.speaker, t.said(vtt.text)) for t in vtt.turns] == [
        (t[0], t[3]) for t in truth("podcastns-example.vtt")["turns"]
    ]
    srt = stage(TRANSCRIPTS / "podcastns-example.srt")
    expected = truth("podcastns-example.srt")
    assert {s.label: s.turns for s in srt.speakers} == expected["speakers"]
    assert [t.speaker for t in srt.turns] == [speaker for speaker, _time in expected["turn_starts"]]
    assert len(srt.cues) == expected["cues"] and srt.turns[-1].time_end == 754_769


def test_an_interview_with_numbered_paragraphs() -> None:
    staged = stage(DEFAULT / "coded-pdpilot" / "P1.txt")
    assert [s.role for s in staged.speakers] == [Role.INTERVIEWER, Role.RESPONDENT]
    assert staged.text == Path(DEFAULT / "coded-pdpilot" / "P1.txt").read_text(encoding="utf-8")
