"""The audit tells who did what and when, and never a word of anybody."""

from __future__ import annotations

import csv
import json
import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest

from hsreview.base.errors import HsreviewError, InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.workflows import assigning, auditing_out, quotes
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, in_vivo, propose_code, remove_coding, write_memo
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.transcripts import remove_transcript
from hsreview.workflows.undoing import redo, undo
from tests.builders import a_project, code_id, opened, staged
from tests.workflows.test_quotes import Desk

ALL = auditing_out.Filter()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "project")
    yield made
    made.project.close()


def acts(desk: Desk, **wanted: str) -> list[auditing_out.AuditEntry]:
    """Acts that are asked for, the oldest first."""
    chosen = auditing_out.audit_filter(
        wanted.get("since"), wanted.get("until"), getattr(desk, wanted.get("by", ""), None), wanted.get("kind")
    )
    return list(auditing_out.audit_page(desk.project, None, chosen).entries)[::-1]


def test_every_act_tells_who_what_which_and_the_codebook_of_the_time(desk: Desk) -> None:
    undo(desk.project, desk.awa)
    coding, taken = acts(desk, kind="coding")
    assert (coding.coder_id, coding.verb, coding.things[0].ref) == (desk.awa.id, "put", "K4")
    assert coding.things[0].transcript_id == opened(desk.project).transcript.id
    assert (coding.stands, taken.verb, taken.of, taken.stands) == (False, "undo", coding.act, True)
    assert auditing_out.standing(coding) == "was taken back"
    redo(desk.project, desk.awa)
    assert [each.stands for each in acts(desk, kind="coding")] == [True, True, True]
    first = acts(desk)[0]
    assert (first.kind, first.codebook, coding.codebook, coding.framework) == ("team", "", "1.0", "")
    assert [each.kind for each in acts(desk, kind="consent")] == ["consent"]


def test_a_release_names_both_people(desk: Desk) -> None:
    desk.released()
    [release] = acts(desk, kind="release")
    assert (release.coder_id, release.others) == (desk.awa.id, (desk.daan.id,))
    people = {desk.awa.id: "Awa", desk.daan.id: "Daan"}
    assert auditing_out.who(release, people) == "Awa + Daan"
    assert (release.verb, release.things[0].ref) == ("change", "K4")


def test_days_people_and_kinds_narrow_it_down(desk: Desk) -> None:
    whole = acts(desk)
    day = whole[0].at[:10]
    assert acts(desk, since=day, until=day) == whole == acts(desk, since=day[:4], until=day[:7])
    assert not acts(desk, since="9998") and not acts(desk, until="1999-12-31")
    quotes.check(desk.project, desk.daan, [desk.id])
    assert {each.kind for each in acts(desk, by="daan")} == {"quote"}
    with pytest.raises(UsageProblem, match="no kind nothing"):
        acts(desk, kind="nothing")
    with pytest.raises(InputRefused, match="not a date"):
        acts(desk, since="yesterday")


def test_what_is_erased_is_said_and_its_record_stays(desk: Desk) -> None:
    memo = write_memo(desk.project, desk.awa, "Someone said it", coding_id=desk.id)
    assert memo is not None
    record = desk.project.connection.execute("select id from change where entity = ?", (memo.id,)).fetchone()[0]
    with desk.project.act(desk.awa.id) as act:
        act.record("change.erase", record, {})
    memo_act, erasure = acts(desk)[-2:]
    assert (memo_act.kind, memo_act.bodies("erased"), erasure.kind) == ("memo", 1, "erasure")
    assert auditing_out.standing(memo_act) == "1 body erased"


def test_a_long_log_comes_in_pages_the_newest_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing_out, "PAGE", 3)
    whole = [each.act for each in acts(desk)]
    pages = [auditing_out.audit_page(desk.project, None, ALL, n) for n in (1, 2, 3, 4)]
    told = [each.act for page in pages for each in page.entries]
    assert told == sorted(told, reverse=True) and set(whole) <= set(told)
    assert [page.more for page in pages] == [True, True, False, False]


def test_who_codes_blind_sees_their_own_acts(desk: Desk) -> None:
    eve = store_coder(desk.project, Coder(new_id(), "Eve"), desk.awa.id)
    text = opened(desk.project)
    assigning.assign(desk.project, desk.awa, [text.transcript], [eve])
    add_codings(desk.project, eve, text.version.id, 20, 30, [code_id("D1")])
    page = auditing_out.audit_page(desk.project, eve, ALL)
    assert page.own_only and [(each.coder_id, each.kind) for each in page.entries] == [(eve.id, "coding")]
    of_awa = auditing_out.Filter(coder=desk.awa)
    assert not auditing_out.audit_page(desk.project, eve, of_awa).entries
    assert not auditing_out.audit_page(desk.project, desk.awa, ALL).own_only


def test_three_kinds_of_files_hold_the_same_acts_and_are_on_record(desk: Desk, tmp_path: Path) -> None:
    desk.released()
    whole = acts(desk)
    for suffix in (".csv", ".jsonl", ".xlsx"):
        assert auditing_out.export_audit(desk.project, desk.awa, tmp_path / f"a{suffix}", ALL) >= len(whole)
    lines = [json.loads(line) for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()]
    rows = list(csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines()))
    assert [line["act"] for line in lines][: len(whole)] == [each.act for each in whole]
    assert [row["act"] for row in rows] == [line["act"] for line in lines][: len(rows)]
    digests = dict(desk.project.connection.execute("select digest, id from change"))
    assert {each["digest"] for line in lines for each in line["records"]} <= digests.keys()
    with ZipFile(tmp_path / "a.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert all(row["act"] in sheet for row in rows)
    assert [row["kind"] for row in csv.DictReader((tmp_path / "a.csv").read_text("utf-8-sig").splitlines())][-1] == (
        "release"
    )
    with pytest.raises(UsageProblem, match="endings"):
        auditing_out.export_audit(desk.project, desk.awa, tmp_path / "a.txt", ALL)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(5))


def _without_a_word(seed: int, folder: Path) -> None:
    """Do what people do in a project full of strange words, and look for them in the audit."""
    chance, said = random.Random(seed), set[str]()

    def words(n: int) -> str:
        found = [_word(chance) for _each in range(n)]
        said.update(found)
        return " ".join(found)

    project, awa = a_project(folder / "project", transcripts=0)
    name = words(1)
    text = f"Q : {words(6)} ?\n{words(1)} : {words(12)}.\n"
    store(project, awa, [Staged(Path(f"{name}.txt"), staged(text, name))], ImportOptions(group="cso"))
    here = opened(project, name)
    label = next(turn.speaker for turn in here.turns if turn.speaker and turn.speaker != "Q")
    acts_of: list[Callable[[], object]] = [
        lambda: set_speaker(project, awa, here.transcript.id, label, respondent=words(1)),
        lambda: in_vivo(project, awa, here.version.id, 5, 20),
        lambda: propose_code(project, awa, Localized(en=words(1), fr=words(1)), reason=words(3)),
        lambda: write_memo(project, awa, words(4), transcript_id=here.transcript.id),
        lambda: add_codings(project, awa, here.version.id, 4, 15, [code_id("K4")], flags=["quote"]),
        lambda: undo(project, awa),
        lambda: remove_coding(project, awa, add_codings(project, awa, here.version.id, 6, 9, [code_id("D1")])[0].id),
    ]
    acts_of.append(lambda: remove_transcript(project, awa, here.transcript))
    for _step in range(12):
        with suppress(HsreviewError):  # The interview may be gone by then.
            chance.choice(acts_of)()
    with project.act(awa.id) as act:
        act.put("setting", words(1), value=words(2))
        act.put("saved_search", new_id(), name=words(1), kind="query", query=words(2))
        act.put("output", new_id(), name=words(1), kind="excel", digest="0" * 64, recipient=words(1), at=words(1))
    for suffix in auditing_out.SUFFIXES:
        auditing_out.export_audit(project, awa, folder / f"a{suffix}", ALL)
    with ZipFile(folder / "a.xlsx") as book:
        told = b"".join(book.read(each) for each in book.namelist()).decode()
    told += (folder / "a.csv").read_text("utf-8") + (folder / "a.jsonl").read_text("utf-8")
    assert not [word for word in said if re.search(word, told, re.IGNORECASE)]
    assert told.count(awa.name) > 12
    project.close()


@pytest.mark.parametrize("seed", range(3))
def test_no_word_of_a_project_stands_in_its_audit(seed: int, tmp_path: Path) -> None:
    _without_a_word(seed, tmp_path)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(3, 100))
def test_no_word_of_many_projects_stands_in_their_audits(seed: int, tmp_path: Path) -> None:
    _without_a_word(seed, tmp_path)
