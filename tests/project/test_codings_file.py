"""Codings from CSV: all rows or none, every bad row listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.model.people import Coder
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import undo
from hsreview.workflows.codings_file import import_codings
from hsreview.workflows.reading import codings_of, memos_of
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
