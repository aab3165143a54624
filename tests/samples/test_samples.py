"""The invented interviews that come with hsreview: complete, marked as fiction, and coded where the codings say."""

from __future__ import annotations

import csv
import zipfile
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from hsreview.base.samples import sample_dir
from hsreview.codebook.read import read_codebook
from hsreview.intake.folder import walk
from hsreview.intake.staging import stage
from hsreview.model.codebook import Codebook
from hsreview.model.people import ATTRIBUTION_LEVELS, CONSENT_SCOPES, ConsentStatus
from hsreview.model.staging import StagedTranscript
from hsreview.model.text import Role

FOLDER = sample_dir("transcripts")
FILES = sorted(p for p in FOLDER.iterdir() if p.suffix != ".csv" and p.name != "README.md")
CODERS = {"Aïcha", "Daan", "Efua"}


@cache
def staged(name: str) -> StagedTranscript:
    return stage(FOLDER / name)


@cache
def by_stem(stem: str) -> StagedTranscript:
    return staged(next(p.name for p in FILES if p.stem == stem))


@cache
def codebook() -> Codebook:
    return read_codebook(sample_dir("codebooks") / "critical-review.yaml")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def pairs(cell: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in cell.split(";") if pair)


def people_of(file: str) -> list[dict[str, str]]:
    return [row for row in rows("respondents.csv") if row["file"] == file]


def test_eight_voices_of_civil_society_and_four_policymakers_in_two_languages() -> None:
    assert Counter(people_of(p.name)[0]["group"] for p in FILES) == {"cso": 8, "policymaker": 4}
    assert Counter(staged(p.name).language for p in FILES) == {"fr": 8, "en": 4}
    assert {p.suffix for p in FILES} == {".txt", ".docx", ".odt", ".md", ".vtt"}
    kinds = Counter(people_of(p.name)[0]["kind"] for p in FILES)
    assert kinds == {"interview": 11, "focus_group": 1}
    subgroups = {row["subgroup"] for row in rows("respondents.csv")}
    assert {"national_government", "local_authority", "minusma_un", "ecowas_regional"} <= subgroups


def test_importing_the_folder_takes_the_interviews_and_nothing_else() -> None:
    assert list(walk([FOLDER]).files) == FILES


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_interview_says_first_that_it_is_fiction(path: Path) -> None:
    first = path.read_text("utf-8") if path.suffix == ".vtt" else staged(path.name).text
    assert "fictif" in first.split("\n")[0].casefold() or "fictional" in first.split("\n")[0].casefold()


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_each_interview_has_the_length_and_the_speakers_of_a_conversation(path: Path) -> None:
    transcript = staged(path.name)
    assert 900 <= len(transcript.units.words) <= 2500
    roles = Counter(speaker.role for speaker in transcript.speakers)
    focus = people_of(path.name)[0]["kind"] == "focus_group"
    assert roles == {Role.INTERVIEWER: 1, Role.RESPONDENT: 5 if focus else 1}
    unlabelled = [turn for turn in transcript.turns if turn.speaker is None]
    assert len(unlabelled) <= 4, "a heading and stage directions only"


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix in (".docx", ".odt")], ids=lambda p: p.stem)
def test_office_files_are_sound_packages(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        if path.suffix == ".odt":
            first = package.infolist()[0]
            assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_every_respondent_speaks_in_the_file_and_gave_consent() -> None:
    for path in FILES:
        people = people_of(path.name)
        labels = [s.label for s in staged(path.name).speakers if s.role is Role.RESPONDENT]
        assert sorted(row["speaker"] for row in people) == sorted(labels), path.name
        assert {row["language"] for row in people} == {staged(path.name).language}
    statuses = set()
    for row in rows("respondents.csv"):
        statuses.add(ConsentStatus(row["consent"]))
        assert row["consent_scope"]
        assert set(row["consent_scope"].split(";")) <= set(CONSENT_SCOPES)
        assert row["attribution"] in ATTRIBUTION_LEVELS
        assert row["consent_date"] and row["region"] and row["gender"]
    assert statuses == {ConsentStatus.WRITTEN, ConsentStatus.ORAL, ConsentStatus.LIMITED}


def test_groups_and_subgroups_are_those_of_the_codebook() -> None:
    known = {group.ref: group.subgroups for group in codebook().groups}
    for row in rows("respondents.csv"):
        assert row["subgroup"] in known[row["group"]]


def test_every_coding_quotes_the_text_inside_one_turn_of_a_respondent() -> None:
    for row in rows("codings.csv"):
        transcript = by_stem(row["transcript"])
        start, end = int(row["start"]), int(row["end"])
        assert transcript.text[start:end] == row["quote"]
        turn = next(t for t in transcript.turns if t.label_end <= start and end <= t.end)
        role = next(s.role for s in transcript.speakers if s.label == turn.speaker)
        assert role is Role.RESPONDENT


def test_every_coding_keeps_to_the_codebook() -> None:
    themes = {code.ref: theme.ref for theme in codebook().themes for code in theme.codes}
    modifiers = {m.ref: m for m in codebook().modifiers}
    flags = {flag.ref for flag in codebook().flags}
    for row in rows("codings.csv"):
        theme = themes[row["code"]]
        for name, value in pairs(row["modifiers"]).items():
            modifier = modifiers[name]
            assert value in {v.ref for v in modifier.values}
            assert {"*", theme, row["code"]} & set(modifier.applies_to)
        assert set(filter(None, row["flags"].split(";"))) <= flags


def test_three_coders_with_memos_and_flags_cover_the_codebook() -> None:
    codings = rows("codings.csv")
    assert 350 <= len(codings) <= 500
    read = {coder: {r["transcript"] for r in codings if r["coder"] == coder} for coder in CODERS}
    assert {row["coder"] for row in codings} == CODERS
    assert read["Aïcha"] == {p.stem for p in FILES}
    assert (len(read["Daan"]), len(read["Efua"])) == (6, 5)
    assert sum(bool(row["memo"]) for row in codings) >= 25
    assert sum("quote" in row["flags"] for row in codings) >= 25
    assert len({row["code"] for row in codings}) >= 50
    identity = Counter((r["transcript"], r["start"], r["end"], r["code"], r["coder"]) for r in codings)
    assert max(identity.values()) == 1
    assert {(r["transcript"], r["coder"]) for r in rows("reviewed.csv")} < {
        (stem, coder) for coder in CODERS for stem in read[coder]
    }


@pytest.mark.parametrize("pair", list(combinations(sorted(CODERS), 2)), ids="-".join)
def test_each_pair_of_coders_agrees_and_disagrees_in_each_way(pair: tuple[str, str]) -> None:
    """Same passage and code, another boundary, another code on the passage, missed by one."""
    codings = rows("codings.csv")
    shared = set.intersection(*({r["transcript"] for r in codings if r["coder"] == coder} for coder in pair))
    kinds: Counter[str] = Counter()
    for row in codings:
        if row["coder"] != pair[0] or row["transcript"] not in shared:
            continue
        start, end = int(row["start"]), int(row["end"])
        near = [
            (int(r["start"]), int(r["end"]), r["code"])
            for r in codings
            if r["coder"] == pair[1]
            and r["transcript"] == row["transcript"]
            and int(r["start"]) < end
            and start < int(r["end"])
        ]
        if (start, end, row["code"]) in near:
            kinds["same"] += 1
        elif any(code == row["code"] for _, _, code in near):
            kinds["boundary"] += 1
        else:
            kinds["code" if near else "missed"] += 1
    assert min(kinds[kind] for kind in ("same", "boundary", "code", "missed")) >= 5, kinds
