"""A respondent withdraws: what goes is told before, nothing of it is left in any byte, and the rest stays whole."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.base.settings import state_dir
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project import queries
from hsreview.project.doctor import examine
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.project.summaries import put_summary, summaries
from hsreview.workflows import coding as acts
from hsreview.workflows.assigning import draws
from hsreview.workflows.checking import restore
from hsreview.workflows.codebooks import change_code, store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.correcting import store_text, with_turn
from hsreview.workflows.encrypting import decrypt
from hsreview.workflows.exporting import export_excel
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.packages import Purpose, make_package
from hsreview.workflows.people import set_speaker
from hsreview.workflows.reading import OpenText, codings_of
from hsreview.workflows.withdrawal_told import done_lines
from hsreview.workflows.withdrawing import Residue, Summaries, find, plan, withdraw
from hsreview.workflows.withdrawn import came_notices, listed
from tests.builders import a_codebook, a_project, code_id, opened, staged
from tests.project import encrypted as sealed
from tests.project.teams import copied, give, package, tables
from tests.workflows.spoken import PERSON, Spoken, found, spoken


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Coder]]:
    """A project of two interviews and the lead who made it."""
    project, awa = a_project(tmp_path_factory.mktemp("base") / "project", transcripts=2)
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    yield project.root, awa


def _withdraw(made: Spoken, *, tested: bool = True) -> None:
    """Withdraw the person; the program's own search takes a process each time."""
    planned = plan(made.project, made.coder, find(made.project, PERSON), summaries=Summaries.ERASE)
    with pytest.MonkeyPatch.context() as patch:
        if not tested:
            patch.setattr("hsreview.workflows.withdrawing.search", lambda *_all: Residue(1, (), (), False))
        done = withdraw(made.project, made.coder, planned, "request")
    assert done.cleared.done and done.residue.words and done.residue.files == ()


quick_keys = sealed.quick_keys


def _search(base: tuple[Path, Coder], folder: Path, home: Path, seeds: range) -> None:
    for seed in seeds:
        made = spoken(base[0], folder / str(seed), base[1], seed)
        if seed % 10 == 0:
            assert {word for word, _file in found(made.words, made.root)} == set(made.words), "it finds what is there"
        _withdraw(made, tested=seed % 10 == 0)
        assert examine(made.project.connection) == [], seed
        made.project.close()
        assert found(made.words, made.root, home) == [], seed


def test_no_byte_of_any_file_holds_a_word_of_somebody_who_withdrew(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    _search(base, tmp_path, fresh_user, range(20))


@pytest.mark.deep
def test_no_byte_of_any_file_holds_a_word_of_somebody_who_withdrew_deep(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    _search(base, tmp_path, fresh_user, range(20, 120))


def test_no_old_package_brings_it_back_and_no_new_export_tells_it(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 1)
    before = package(made.project)
    colleague = copied(made.project, tmp_path / "colleague")
    colleague.backup("asked")
    _withdraw(made)
    merged = merge(made.project, [("before", before)])
    assert merged.withdrawn > 20 and not merged.new
    assert {change.id for change in before.changes} <= {row[0] for row in _log(made.project)}
    export_excel(made.project, made.root / "exports" / "book.xlsx", layer="Awa", viewer=made.coder)
    make_package(made.project, made.coder, Purpose.ALL, plain=True, because="test")
    assert examine(made.project.connection) == []
    assert give(made.project, colleague)[0].erased > 20
    for project in (made.project, colleague):
        project.close()
    assert found(made.words, made.root, colleague.root, fresh_user) == []


def _log(project: Project) -> list[tuple[str]]:
    return project.connection.execute("select id from change").fetchall()


def test_a_backup_from_before_is_erased_again_when_it_is_restored(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 3)
    outside = made.project.backup("asked", tmp_path / "stick.hsreview")
    _withdraw(made)
    made.project.close()
    done = restore(made.root, outside)
    assert done.withdrawn == 1
    with Project.open(made.root) as project:
        assert examine(project.connection) == [] and len(listed(project)) == 1
    assert found(made.words, made.root, fresh_user) == []
    assert restore(made.root).withdrawn == 0, "the backup of today knows of it"


def test_a_backup_from_between_two_withdrawals_of_one_person_is_erased_again(
    base: tuple[Path, Coder], tmp_path: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 5)
    _withdraw(made, tested=False)
    [trace] = listed(made.project)
    entry = Staged(Path("second.txt"), staged("INT : Encore ?\nR1 : Un deuxième mot bizarroïde.\n", "second"))
    store(made.project, made.coder, [entry], ImportOptions(group="cso", gated=False))
    speaker = queries.speakers(made.project.connection, opened(made.project, "second").transcript.id)[-1]
    with made.project.act(made.coder.id) as act:  # As it comes from a colleague who did not know.
        act.put("speaker", speaker.id, respondent_id=trace.respondent_id)
    outside = made.project.backup("asked", tmp_path / "stick.hsreview")
    again = plan(made.project, made.coder, find(made.project, trace.respondent_id))
    withdraw(made.project, made.coder, again, "request")
    made.project.close()
    assert restore(made.root, outside).withdrawn == 1
    assert found([*made.words, "bizarroïde"], made.root) == []


def test_words_of_others_in_a_shared_interview_stay_with_their_codings(
    base: tuple[Path, Coder], tmp_path: Path
) -> None:
    made = next(
        each for seed in range(20) if (each := spoken(base[0], tmp_path / str(seed), base[1], seed)).shared
    )  # fmt: skip
    before = opened(made.project, "groupe")
    at = before.text.index("marché", before.text.index("R1"))
    acts.add_codings(made.project, made.coder, before.version.id, at, at + 6, [code_id("D2")])
    _withdraw(made)
    text = opened(made.project, "groupe")
    assert text.text.count("[retrait]") == len([turn for turn in text.turns if turn.speaker is None])
    assert [turn.speaker for turn in text.turns] == ["INT", "R1", None] * (len(text.turns) // 3)
    assert [text.text[each.start : each.end] for each in codings_of(made.project)] == ["marché"]
    sentences = queries.sentences(made.project.connection, text.version.id)
    assert {text.text[start:end] for start, end in sentences} <= {"Et les routes ?", _said("R1", text)}


def _said(label: str, text: OpenText) -> str:
    return next(turn.said(text.text) for turn in text.turns if turn.speaker == label)


def test_an_encrypted_project_is_cleared_as_its_plain_twin_shows(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path, quick_keys: None
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 6)
    made.project.close()
    sealed.encrypted(made.root)
    sealed.answers(*[sealed.PASSPHRASE] * 3)
    with Project.open(made.root) as project:
        planned = plan(project, made.coder, find(project, PERSON), summaries=Summaries.ERASE)
        done = withdraw(project, made.coder, planned, "request")
        assert done.cleared.done and done.residue.sealed
        assert any("is encrypted" in line for line in done_lines(project, done))
        assert examine(project.connection) == []
    assert found(made.words, made.root, fresh_user) == []
    decrypt(made.root, lambda _name: None)
    assert found(made.words, made.root, fresh_user) == []


def test_an_interview_that_came_without_knowing_is_told_and_erased_too(
    base: tuple[Path, Coder], tmp_path: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 5)
    elsewhere = copied(made.project, tmp_path / "elsewhere")
    entry = Staged(Path("second.txt"), staged("INT : Encore ?\nR1 : Un deuxième mot bizarroïde.\n", "second"))
    store(elsewhere, made.coder, [entry], ImportOptions(group="cso", gated=False))
    set_speaker(elsewhere, made.coder, opened(elsewhere, "second").transcript.id, "R1", respondent=PERSON)
    _withdraw(made)
    [trace] = listed(made.project)
    with pytest.raises(InputRefused, match="already"):
        find(made.project, trace.respondent_id)
    give(elsewhere, made.project)
    [notice] = came_notices(made.project)
    assert "second" in notice and trace.respondent_id in notice
    planned = plan(made.project, made.coder, find(made.project, trace.respondent_id))
    withdraw(made.project, made.coder, planned, "request")
    give(made.project, elsewhere)
    for project in (made.project, elsewhere):
        assert came_notices(project) == [] and examine(project.connection) == []
        project.close()
    assert found([*made.words, "bizarroïde"], made.root, elsewhere.root) == []


@pytest.mark.parametrize("choice", [Summaries.KEEP, Summaries.ERASE])
def test_what_others_share_with_them_is_told_and_stays_or_goes_as_a_person_says(
    base: tuple[Path, Coder], tmp_path: Path, choice: Summaries
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 7)
    project = made.project
    [theme] = project.connection.execute("select id from code where kind = 'theme'").fetchone()
    name = next(row[0] for row in project.connection.execute("select name from transcript where name not glob 'cso-*'"))
    own = next(each.id for each in codings_of(project) if each.version_id == opened(project, name).version.id)
    with project.act(made.coder.id) as act:
        put_summary(
            act, None, CaseKind.GROUP, "cso", theme, text="Un résumé", status=Charted.DRAFTED, segments=(own, "x")
        )  # fmt: skip
        strata = [{"name": "", "size": 3, "drawn": [name, "cso-1"]}]
        act.put(
            "setting", "draw:1", value={
                "at": "2026", "by": made.coder.id, "seed": 1, "size": "2", "stratified_by": "", "strata": strata,
                "coders": [], "pass": "", "blind": False,
            },
        )  # fmt: skip
    [told] = plan(project, made.coder, find(project, PERSON)).beside.summaries.values()
    assert told is None
    withdraw(project, made.coder, plan(project, made.coder, find(project, PERSON), summaries=choice), "request")
    assert [each.text for each in summaries(project.connection)] == ["Un résumé"] * (choice is Summaries.KEEP)
    [draw] = draws(project)
    assert draw.strata[0].drawn == (("groupe" if made.shared else "[retrait]"), "cso-1")
    assert examine(project.connection) == []
    project.close()


def test_an_expression_of_the_codebooks_author_is_not_taken_for_the_persons(tmp_path: Path) -> None:
    project, awa = a_project(tmp_path)
    text = staged("R1 : Nous voulons le respect des droits de chacun, au 76 12 34 56.\n", "marché")
    said = store(project, awa, [Staged(Path("cso-2.txt"), text)]).stored[0].transcript_id
    set_speaker(project, awa, said, "R1", respondent="P2")
    book = a_codebook()
    label, example = Localized("Le respect des droits de chacun", "Respect of rights"), Localized("Au marché", "Marché")
    code = replace(book.themes[0].codes[0], label=label, example=example)
    book = replace(book, themes=(replace(book.themes[0], codes=(code,)),))
    store_codebook(project, awa.id, book)
    acts.write_memo(project, awa, "Rappeler le 00223 7612-3456.", transcript_id=opened(project).transcript.id)
    found_ = plan(project, awa, find(project, "P2")).beside
    assert found_.codes == ()
    told = sorted((each.table, each.name) for each in found_.mentions)
    assert [table for table, _name in told] == ["code", "memo"] and told[0][1] == "D1", "a person looks at it"


def test_copies_that_were_put_aside_or_never_finished_go_too(base: tuple[Path, Coder], tmp_path: Path) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 3)
    copies = [
        "20260101T000000000-sealed.hsreview",
        ".project.hsreview.1.new",
        "backups/.20260101T000000000-asked.hsreview.2.new",
    ]
    stick = made.project.backup("asked", tmp_path / "stick.hsreview")
    (made.root / "backups").mkdir(exist_ok=True)
    for name in copies:
        shutil.copy(stick, made.root / name)
    _withdraw(made, tested=False)
    made.project.close()
    assert found(made.words, made.root) == [] and not any((made.root / name).exists() for name in copies)


def test_what_a_colleague_writes_without_knowing_goes_wherever_they_meet(
    base: tuple[Path, Coder], tmp_path: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 3)
    assert made.shared
    elsewhere = copied(made.project, tmp_path / "elsewhere")
    daan = store_coder(elsewhere, Coder(new_id(), "Daan"))
    text = opened(elsewhere, "groupe")
    theirs = next(turn for turn in text.turns if turn.speaker not in ("INT", "R1"))
    acts.in_vivo(elsewhere, daan, text.version.id, theirs.label_end, theirs.end - 12)
    [named, *_others] = (
        row[0]
        for row in elsewhere.connection.execute("select id from code where json_extract(data, '$.origin') = 'in_vivo'")
    )
    change_code(elsewhere, daan, named, texts={"label": Localized(fr=made.words[2], en=made.words[2])})
    store_text(elsewhere, daan, with_turn(elsewhere, text, 1, " Et les pistes ?"))
    _withdraw(made, tested=False)
    give(elsewhere, made.project)
    give(made.project, elsewhere)
    assert tables(made.project) == tables(elsewhere)
    for project in (made.project, elsewhere):
        assert examine(project.connection) == []
        project.close()
    assert found(made.words, made.root, elsewhere.root) == []


def test_a_withdrawal_is_of_what_was_looked_at_and_takes_nothing_of_others(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 5)
    project = made.project
    [name] = {each.name for each in queries.transcripts(project.connection)} - {"cso-1", "cso-2"}
    said = opened(project, name)
    layout = re.sub(r"[^\W\d_]", "e", said.text).replace("eee : Ee", "INT : Ee").replace("eee : e", "INT : e")
    read = staged(layout, "autre")
    old = plan(project, made.coder, find(project, PERSON))
    store(project, made.coder, [Staged(Path("y.txt"), read)], ImportOptions(group="cso", gated=False))
    with pytest.raises(InputRefused, match="changed meanwhile"):
        withdraw(project, made.coder, old, "request")
    turn = next(each for each in said.turns if each.speaker not in ("INT", "R1"))
    example = said.text[turn.label_end : turn.end]
    own = [word for word in made.words if word in example]
    assert own
    with project.act(made.coder.id) as act:
        act.put("code", code_id("D2"), **{"data.example": {"fr": example, "en": ""}})
    copied_words = state_dir() / "copied.txt"
    copied_words.write_text(example, encoding="utf-8")
    _withdraw(made, tested=False)
    other = opened(project, "autre")
    assert (other.text, len(other.sentences)) == (layout, len(said.sentences)), "what has the same layout keeps it"
    assert not copied_words.exists()
    everywhere = "".join(row[0] or "" for row in project.connection.execute("select body from change"))
    assert [word for word in own if word in everywhere] == []
    assert examine(project.connection) == []
