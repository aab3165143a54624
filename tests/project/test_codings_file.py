"""Codings from CSV: all rows or none, every bad row listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import codings_file
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, write_memo
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.codings_rows import Checked
from hsreview.workflows.reading import codings_of, memos_of
from hsreview.workflows.transcripts import remove_transcript
from hsreview.workflows.undoing import redo, undo
from tests.builders import a_project, code_id, opened

World = tuple[Project, Coder, Path]


@pytest.fixture
def world(tmp_path: Path) -> World:
    project, coder = a_project(tmp_path / "p")
    return project, coder, tmp_path / "codings.csv"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_become_codings_of_their_coders(world: World) -> None:
    project, awa, path = world
    text = opened(project).text
    quote = "Mais sans budget"
    at = text.index(quote)
    write(
        path,
        "transcript;start;end;code;quote;coder;memo;flags;modifiers;created",
        f"cso-1;{at};{at + len(quote)};K4;{quote};Daan;à voir;quote,unsure;stance=positive;2026-01-02T03:04:05Z",
        f"cso-1;{at};{at + len(quote)};Label D1;;;;;;",
    )
    result = import_codings(project, awa, path)
    assert result.stored == 2 and dict(result.by_coder) == {"Daan": 1, "Awa": 1} and result.new_coders == ("Daan",)
    by_code = {c.code_id: c for c in codings_of(project)}
    daans = by_code[code_id("K4")]
    assert daans.flags == ("quote", "unsure") and daans.modifiers == {"stance": "positive"}
    assert daans.created == "2026-01-02T03:04:05Z" and daans.origin == "imported"
    assert [m.text for m in memos_of(project, coding_id=daans.id)] == ["à voir"]
    assert {c.name for c in coders(project)} == {"Awa", "Daan"}
    assert examine(project.connection) == []


def test_every_bad_row_is_listed_and_nothing_is_stored(world: World) -> None:
    project, awa, path = world
    write(
        path,
        "transcript,start,end,code,quote,flags,modifiers",
        "cso-1,20,30,D1,,,",
        "nobody,20,30,D1,,,",
        "cso-1,20,999999,D1,,,",
        "cso-1,a,30,D1,,,",
        "cso-1,20,30,Z9,,,",
        "cso-1,20,30,D1,other words,,",
        "cso-1,20,30,D1,,nope,stance=maybe",
    )
    with pytest.raises(InputRefused) as refused:
        import_codings(project, awa, path)
    assert [p.place for p in refused.value.problems] == [f"line {n}" for n in (3, 4, 5, 6, 7, 8, 8)]
    assert codings_of(project) == []


def test_the_same_file_twice_adds_nothing(world: World) -> None:
    project, awa, path = world
    write(path, "transcript\tstart\tend\tcode", "cso-1\t20\t30\tD1", "cso-1\t20\t30\tD1")
    assert import_codings(project, awa, path).stored == 1
    again = import_codings(project, awa, path)
    assert (again.stored, again.present) == (0, 2)


def test_columns_can_be_mapped(world: World) -> None:
    project, awa, path = world
    write(path, "doc,start,end,theme", "cso-1,20,30,D1")
    with pytest.raises(InputRefused, match="--map"):
        import_codings(project, awa, path)
    assert import_codings(project, awa, path, mapping={"doc": "transcript", "theme": "code"}).stored == 1
    with pytest.raises(UsageProblem):
        import_codings(project, awa, path, mapping={"doc": "nonsense"})


def test_one_undo_takes_back_the_coders_whole_file(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code", "cso-1,20,30,D1", "cso-1,40,50,D2")
    import_codings(project, awa, path)
    assert undo(project, awa).done
    assert codings_of(project) == []


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"transcript,start\n", b'transcript,start,end,code\n"x', b"a\0b"]
)
def test_a_file_that_cannot_be_read_is_refused(world: World, content: bytes) -> None:
    project, awa, path = world
    path.write_bytes(content)
    with pytest.raises(InputRefused):
        import_codings(project, awa, path)


def refused(project: Project, coder: Coder, path: Path) -> list[str]:
    """The places of everything that is wrong with the file; nothing of it may be stored."""
    before = codings_of(project)
    with pytest.raises(InputRefused) as found:
        import_codings(project, coder, path)
    assert codings_of(project) == before
    return [problem.place for problem in found.value.problems]


def test_one_undo_takes_back_a_file_of_several_coders(world: World) -> None:
    project, awa, path = world
    daan = store_coder(project, Coder(new_id(), "Daan"))
    version = opened(project).version.id
    own = add_codings(project, awa, version, 60, 70, [code_id("K4")])
    add_codings(project, daan, version, 80, 90, [code_id("K4")])
    write(
        path, "transcript,start,end,code,coder,memo", "cso-1,20,30,D1,Daan,look", "cso-1,20,30,D2,Efua,",
        "cso-1,20,30,D1,,",
    )  # fmt: skip
    assert dict(import_codings(project, awa, path).by_coder) == {"Daan": 1, "Efua": 1, "Awa": 1}
    assert {m.coder_id for m in memos_of(project)} == {daan.id}
    assert undo(project, awa).done
    assert codings_of(project) == [*own, *codings_of(project, coder_id=daan.id)] and memos_of(project) == []
    assert redo(project, awa).done and len(codings_of(project)) == 5 and len(memos_of(project)) == 1
    assert undo(project, daan).done, "what the others did themselves stays theirs to undo"
    assert [c.start for c in codings_of(project, coder_id=daan.id)] == [20]
    assert examine(project.connection) == []


def test_a_row_with_surplus_cells_is_refused(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,memo", "cso-1,20,30,D1,hello, all is well", "cso-1,20,30,D2,fine,,")
    assert refused(project, awa, path) == ["line 2"]
    write(path, "transcript,start,end,code,memo,,", "cso-1,20,30,D1,hello,lost,", "cso-1,20,30,D2,fine,,")
    assert refused(project, awa, path) == ["line 2"]
    write(path, "transcript,start,end,code,memo,,", "cso-1,20,30,D2,fine,,")
    assert import_codings(project, awa, path).stored == 1, "empty columns at the end are what spreadsheets add"


def test_a_row_is_named_by_its_first_line(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,memo", 'cso-1,20,30,Z9,"a', "b", 'c"', "", "cso-1,20,30,Z8,")
    assert refused(project, awa, path) == ["line 2", "line 6"]


def test_mapped_columns_must_be_in_the_file(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,text", "cso-1,20,30,D1,not the words")
    with pytest.raises(UsageProblem, match="txt"):
        import_codings(project, awa, path, mapping={"txt": "quote"})
    with pytest.raises(InputRefused):
        import_codings(project, awa, path, mapping={"text": "quote"})
    with pytest.raises(UsageProblem, match="delimiter"):
        import_codings(project, awa, path, delimiter=";;")


def test_a_column_stands_once(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,Code", "cso-1,20,30,D1,D2")
    assert refused(project, awa, path) == []
    write(path, "transcript,start,end,code,theme", "cso-1,20,30,D1,D2")
    with pytest.raises(InputRefused, match="several columns code"):
        import_codings(project, awa, path, mapping={"theme": "code"})


@pytest.mark.parametrize(("start", "end"), [("2_0", "30"), ("20", "３0"), ("20", "3e1"), ("+20", "30"), ("20", "")])
def test_numbers_are_plain_digits(world: World, start: str, end: str) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code", f"cso-1,{start},{end},D1")
    assert refused(project, awa, path) == ["line 2"]


@pytest.mark.parametrize("created", ["last night", "02/01/2026", "2026-13-01", "20260102", "2026-01-02T25:00"])
def test_dates_are_iso_dates(world: World, created: str) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,created", f"cso-1,20,30,D1,{created}")
    assert refused(project, awa, path) == ["line 2"]


@pytest.mark.parametrize(
    "created", ["2026-01-02", "2026-01-02T03:04", "2026-01-02 03:04:05.25", "2026-01-02T03:04:05+01:00"]
)
def test_dates_and_times_are_kept(world: World, created: str) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,created", f"cso-1,20,30,D1,{created}")
    import_codings(project, awa, path)
    assert codings_of(project)[0].created == created.replace(" ", "T")


@pytest.mark.parametrize("name", ["consensus", "Twin"])
def test_a_coder_who_cannot_be_meant_is_refused(world: World, name: str) -> None:
    project, awa, path = world
    for _ in range(2):
        store_coder(project, Coder(new_id(), "Twin"))
    write(path, "transcript,start,end,code,coder", f"cso-1,20,30,D1,{name}", "cso-1,20,30,D1,Efua")
    assert refused(project, awa, path) == ["line 2"]
    assert "Efua" not in {c.name for c in coders(project)}


def test_a_known_coding_gets_what_the_file_adds(world: World) -> None:
    project, awa, path = world
    [coding] = add_codings(project, awa, opened(project).version.id, 20, 30, [code_id("D1")], flags=["unsure"])
    write(path, "transcript,start,end,code,memo,flags,modifiers", "cso-1,20,30,D1,note,quote,stance=positive")
    result = import_codings(project, awa, path)
    assert (result.stored, result.present, result.added_to) == (0, 0, 1)
    [now] = codings_of(project)
    assert now.id == coding.id and now.flags == ("unsure", "quote") and now.modifiers == {"stance": "positive"}
    assert [m.text for m in memos_of(project, coding_id=coding.id)] == ["note"]
    again = import_codings(project, awa, path)
    assert (again.present, again.added_to, len(memos_of(project))) == (1, 0, 1)
    assert undo(project, awa).done and codings_of(project)[0].flags == ("unsure",) and memos_of(project) == []


def test_what_others_coded_gets_their_memo_but_not_their_flags(world: World) -> None:
    project, awa, path = world
    daan = store_coder(project, Coder(new_id(), "Daan"))
    [coding] = add_codings(project, daan, opened(project).version.id, 20, 30, [code_id("D1")])
    write_memo(project, awa, "note", coding_id=coding.id)
    write(path, "transcript,start,end,code,memo,flags,coder", "cso-1,20,30,D1,note,quote,Daan")
    result = import_codings(project, awa, path)
    assert result.added_to == 1 and len(result.left) == 1 and "Line 2" in result.left[0] and "Daan" in result.left[0]
    assert codings_of(project)[0].flags == () and {m.coder_id for m in memos_of(project)} == {awa.id, daan.id}
    again = import_codings(project, awa, path)
    assert (again.present, again.added_to, len(memos_of(project))) == (1, 0, 2)


def test_a_merged_or_twice_named_passage_is_stored_once(world: World) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code,memo", "cso-1,20,30,D1,one", "cso-1.txt,20,30,Label D1,two")
    result = import_codings(project, awa, path)
    assert (result.stored, result.added_to) == (1, 1)
    assert [m.text for m in memos_of(project)] == ["one", "two"]


def test_rows_are_checked_again_when_another_program_wrote_meanwhile(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, awa, path = world
    write(path, "transcript,start,end,code", "cso-1,20,30,D1")
    check = codings_file._check
    transcript = opened(project).transcript

    def check_and_wait(*args: object) -> list[Checked]:
        checked = check(*args)  # type: ignore[arg-type]
        if not project.connection.in_transaction:
            with Project.open(project.root) as other:
                remove_transcript(other, awa, transcript)
        return checked

    monkeypatch.setattr(codings_file, "_check", check_and_wait)
    assert refused(project, awa, path) == ["line 2"]
    assert examine(project.connection) == []
