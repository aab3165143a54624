"""Subtitles become turns: voices, labels, times, and everything odd said."""

from __future__ import annotations

import pytest

from hsreview.base.errors import InputRefused
from hsreview.intake.reader import read_content
from hsreview.intake.staging import stage_content
from hsreview.model.staging import StagedTranscript

HEAD = "WEBVTT - essai\n\n"


def vtt(body: str, head: str = HEAD) -> StagedTranscript:
    return stage_content((head + body).encode(), "x.vtt")


def said(staged: StagedTranscript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.said(staged.text)) for turn in staged.turns]


def test_neighbouring_cues_of_one_voice_are_one_turn_with_its_times() -> None:
    staged = vtt(
        "NOTE rien\nrien\n\nSTYLE\n::cue {}\n\n1\n00:01.000 --> 00:02.500 align:start\n<v Awa>Bonjour\nà tous.\n\n"
        "00:03.000 --> 00:04.000\n<v.loud Awa>Oui.</v>\n\nid b\n00:00:05.000 --> 00:00:06.000\n<v Ben Rien>Non.\n"
    )
    assert staged.text == "Awa: Bonjour à tous. Oui.\n\nBen Rien: Non."
    assert said(staged) == [("Awa", "Bonjour à tous. Oui."), ("Ben Rien", "Non.")]
    assert [(t.time, t.time_end) for t in staged.turns] == [(1000, 4000), (5000, 6000)]
    assert [(staged.text[c.offset :][:4], c.time, c.time_end) for c in staged.cues] == [
        ("Bonj", 1000, 2500), ("Oui.", 3000, 4000), ("Non.", 5000, 6000),
    ]  # fmt: skip
    assert (staged.convention, staged.format, staged.doubts) == ("cues", "vtt", ())


def test_two_voices_in_one_cue_are_two_turns() -> None:
    assert said(vtt("00:01.000 --> 00:02.000\n<v Awa>Ça va ?</v> <v Ben>Oui.</v> rien\n")) == [
        ("Awa", "Ça va ?"), ("Ben", "Oui."), (None, "rien"),
    ]  # fmt: skip


def test_tags_go_and_entities_are_decoded_but_other_text_in_angles_stays() -> None:
    staged = vtt("00:01.000 --> 00:02.000\n<v A&amp;B><i>Q&amp;A</i> <00:01.500>1 &lt; 2 &#233;t&eacute; <rire> AT&T\n")
    assert said(staged) == [("A&B", "Q&A 1 < 2 été <rire> AT&T")]


def test_labels_in_the_text_count_until_the_next_label() -> None:
    staged = stage_content(
        b"1\n00:00:01,000 --> 00:00:02,000\nAwa: Bonjour\nvous tous\n\n"
        b"2\n00:00:02,000 --> 00:00:03,000\n<i>et</i> merci\n\n"
        b"3\n00:00:04,000 --> 00:00:05,000\nBen: Non.\n\n4\n00:00:06,000 --> 00:00:07,000\n[music]\n\n"
        b"5\n00:00:08,000 --> 00:00:09,000\nBen: Si.\n- Awa : Ah.\n",
        "x.srt",
    )
    assert said(staged) == [
        ("Awa", "Bonjour vous tous et merci"), ("Ben", "Non."), (None, "[music]"), ("Ben", "Si."), ("Awa", "Ah."),
    ]  # fmt: skip
    assert [staged.text[c.offset :].split()[0] for c in staged.cues] == [
        "Bonjour",
        "et",
        "Non.",
        "[music]",
        "Si.",
        "Ah.",
    ]
    assert staged.turns[0].time == 1000 and staged.turns[0].time_end == 3000


def test_subtitles_without_speakers_are_nobodys() -> None:
    staged = stage_content(b"1\n00:00:01,000 --> 00:00:02,000\nun\n\n2\n00:00:02,000 --> 00:00:03,000\ndeux\n", "x.srt")
    assert said(staged) == [(None, "un deux")]
    assert [doubt.code for doubt in staged.doubts] == ["no_labels"]


def test_odd_cues_are_kept_in_the_order_of_the_file_and_counted() -> None:
    staged = vtt(
        "00:05.000 --> 00:06.000\n<v A>un\n\n00:01.000 --> 00:02.000\n<v B>deux\n\n"
        "00:01.500 --> 00:01.500\n<v A>trois\n\nperdu\n\n00:09.000 --> 00:10.000\nquatre\n"
    )
    assert [text for _who, text in said(staged)] == ["un", "deux", "trois", "quatre"]
    assert {d.code: d.count for d in staged.doubts} == {
        "not_cues": 1, "cues_without_voice": 1, "cues_out_of_order": 1, "cues_overlap": 1, "cues_untimed": 1,
    }  # fmt: skip


def test_blank_lines_inside_srt_cues_and_points_in_times_are_read() -> None:
    text = "1\r\n0:00:01.5 --> 0:00:02.25\r\nINT: un\r\n\r\nsuite\r\n\r\n2\r\n0:00:03,0 --> 0:00:04,0\r\nR1: deux\r\n"
    staged = stage_content(text.encode("utf-8-sig"), "x.srt")
    assert said(staged) == [("INT", "un suite"), ("R1", "deux")]
    assert staged.cues[0].time == 1500 and staged.cues[0].time_end == 2250


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.vtt", "bonjour"),
        ("x.vtt", "WEBVTT\n\nNOTE rien\n"),
        ("x.srt", "bonjour\n"),
        ("x.srt", "1\n00:00 -> 00:01\na\n"),
    ],
)
def test_a_file_without_cues_is_refused(name: str, content: str) -> None:
    with pytest.raises(InputRefused):
        stage_content(content.encode(), name)


def test_subtitles_under_another_name_are_recognised() -> None:
    assert read_content(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>un\n", "x.txt", encoding=None).format == "vtt"
    srt = b"1\n00:00:01,000 --> 00:00:02,000\nun\n"
    assert read_content(srt, "x.txt").format == "srt"
    assert read_content(srt, "x.vtt").format == "srt"


def test_unclosed_tags_without_end_are_read_in_reasonable_time() -> None:
    assert len(vtt("00:01.000 --> 00:02.000\n" + "<v " * 100_000).text) == 300_000 - 1
