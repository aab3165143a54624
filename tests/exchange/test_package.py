"""The package file: what goes in comes out, and nothing that is wrong with a file goes unnoticed."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.base.ids import new_id
from hsreview.exchange.package import pack, unpack
from hsreview.model.change import BodyState, Change
from hsreview.model.exchange import Content, Package
from hsreview.project.entities import dump
from hsreview.project.log import body_digest, changes
from hsreview.workflows.coders import Coder, store_coder
from hsreview.workflows.coding import add_codings
from tests.builders import a_project, code_id, opened
from tests.exchange.packages import manifest, whole


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Package]:
    folder = tmp_path_factory.mktemp("packages")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        project, awa = a_project(folder / "project", transcripts=2)
        text = opened(project)
        add_codings(project, awa, text.version.id, 10, 30, [code_id("K4")], flags=["quote"])
        project.toggle(awa.id, forward=False)
        package = whole(project, made_by=awa.id)
        project.close()
    yield package


def test_a_package_holds_what_was_put_in(sample: Package) -> None:
    found = unpack(pack(sample))
    assert found.changes == sample.changes
    assert sorted(found.contents, key=lambda c: c.hash) == sorted(sample.contents, key=lambda c: c.hash)
    assert replace(found.manifest, digests={}) == sample.manifest
    assert any(change.undoes for change in found.changes)


def test_the_same_package_is_the_same_file(sample: Package) -> None:
    assert pack(sample) == pack(replace(sample, contents=tuple(reversed(sample.contents))))


def test_withheld_and_erased_travel_as_such(sample: Package) -> None:
    states = [BodyState.WITHHELD, BodyState.ERASED, BodyState.PRESENT]
    hidden = [
        change if state is BodyState.PRESENT else replace(change, body=None, salt=None, state=state)
        for change, state in zip(sample.changes, states * len(sample.changes), strict=False)
    ]
    contents = [replace(c, data=None, state="withheld") for c in sample.contents]
    found = unpack(pack(replace(sample, changes=tuple(hidden), contents=contents)))
    assert found.changes == tuple(hidden)
    assert {c.state for c in found.contents} == {"withheld"}


def test_a_project_with_a_damaged_record_makes_no_package(sample: Package) -> None:
    wrong = replace(sample.changes[0], body={"set": {"name": "other"}})
    with pytest.raises(InputRefused, match="doctor"):
        pack(replace(sample, changes=(wrong, *sample.changes[1:])))


def test_ninety_codings_fit_into_an_email_over_a_slow_line(tmp_path: Path) -> None:
    project, lead = a_project(tmp_path)
    daan = store_coder(project, Coder(new_id(), "Daan"), lead.id)
    text = opened(project)
    for n in range(90):
        code = code_id(("D1", "D2", "K4")[n % 3])
        add_codings(project, daan, text.version.id, n, n + 20, [code], modifiers={"stance": "positive"})
    mine = tuple(change for change in changes(project.connection) if change.coder == daan.id)
    assert len(mine) == 90
    package = Package(manifest(project.id, {}), mine, ())
    assert len(pack(package)) <= 14_000
    project.close()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def retold(parts: dict[str, bytes], **values: Any) -> dict[str, bytes]:
    return parts | {"manifest.json": json.dumps(json.loads(parts["manifest.json"]) | values).encode()}


def with_records(parts: dict[str, bytes], data: bytes) -> dict[str, bytes]:
    """Other records, with a manifest that agrees."""
    digests = json.loads(parts["manifest.json"])["digests"]
    digests["changes.jsonl"] = hashlib.sha256(data).hexdigest()
    return retold(parts | {"changes.jsonl": data}, digests=digests)


def other_text(parts: dict[str, bytes]) -> dict[str, bytes]:
    name = next(name for name in parts if name.startswith("contents/"))
    return parts | {name: parts[name] + b" "}


WRONG: dict[str, tuple[Callable[[dict[str, bytes]], dict[str, bytes]], str]] = {
    "no manifest": (lambda p: {k: v for k, v in p.items() if k != "manifest.json"}, "not a package"),
    "a manifest of something else": (lambda p: p | {"manifest.json": b"{}"}, "not a package"),
    "a torn manifest": (lambda p: p | {"manifest.json": b"{"}, "damaged"),
    "a manifest with broken letters": (lambda p: retold(p, project_id="\ud800"), "damaged"),
    "a manifest with a broken name in its heads": (lambda p: retold(p, heads={"a\udfff/b": 1}), "damaged"),
    "a manifest without project": (lambda p: retold(p, project_id=None), "damaged"),
    "heads that are no numbers": (lambda p: retold(p, heads={"a/b": "1"}), "damaged"),
    "a newer layout": (lambda p: retold(p, hsreview_package=2), "newer hsreview"),
    "a newer project": (lambda p: retold(p, format=99), "newer hsreview"),
    "changed records": (lambda p: p | {"changes.jsonl": p["changes.jsonl"].replace(b"Awa", b"Ada")}, "damaged"),
    "one record changed, and the manifest": (
        lambda p: with_records(p, p["changes.jsonl"].replace(b"Awa", b"Ada")), "damaged",
    ),
    "one record less, and the manifest": (
        lambda p: with_records(p, p["changes.jsonl"].rpartition(b"\n{")[0] + b"\n"), "damaged",
    ),
    "a record that is none": (lambda p: with_records(p, b"[]\n" + p["changes.jsonl"]), "line 1"),
    "a record with a strange field": (lambda p: with_records(p, b'{"x":1}\n' + p["changes.jsonl"]), "line 1"),
    "a nest of brackets": (lambda p: with_records(p, b"[" * 100_000 + b"\n"), "line 1"),
    "another text": (other_text, "damaged"),
    "a text that is not listed": (lambda p: p | {"contents/" + "0" * 64: b""}, "damaged"),
    "a missing text": (lambda p: dict(list(p.items())[:-1]), "damaged"),
    "a strange member": (lambda p: p | {"../../evil": b""}, "damaged"),
    "a bomb": (lambda p: p | {"contents/" + "0" * 64: bytes(60_000_000)}, "far more"),
    "a bomb of a manifest": (lambda p: p | {"manifest.json": bytes(11_000_000)}, "far more"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_with_a_package_is_said(sample: Package, what: str) -> None:
    change, said = WRONG[what]
    with pytest.raises(InputRefused, match=said):
        unpack(zipped(change(members(pack(sample)))))


def test_two_members_of_one_name_are_damage(sample: Package) -> None:
    parts = list(members(pack(sample)).items())
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(*parts[-1])
    with pytest.raises(InputRefused, match="damaged"):
        unpack(buffer.getvalue())


@given(share=st.floats(0, 0.999))
def test_a_package_that_was_cut_short_is_refused(sample: Package, share: float) -> None:
    data = pack(sample)
    with pytest.raises(InputRefused):
        unpack(data[: int(len(data) * share)])


@given(place=st.floats(0, 0.999), bit=st.integers(0, 7))
def test_a_changed_byte_never_gives_other_records(sample: Package, place: float, bit: int) -> None:
    data = bytearray(pack(sample))
    data[int(len(data) * place)] ^= 1 << bit
    try:
        found = unpack(bytes(data))
    except InputRefused:
        return
    assert found.changes == sample.changes, "only what nobody reads (a date of the zip) may differ"
    assert {c.hash for c in found.contents} == {c.hash for c in sample.contents}


ids = st.sampled_from(["a", "b", "c"])
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abé\n", max_size=3), inner, max_size=3),
    max_leaves=5,
)  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Change:
    body = draw(st.none() | st.dictionaries(st.sampled_from(["set", "was"]), values, max_size=2))
    salt = draw(st.none() | st.just("00ff"))
    state = BodyState.PRESENT if body is not None else draw(st.sampled_from([BodyState.WITHHELD, BodyState.ERASED]))
    digest = body_digest(salt or "", dump(body)) if body is not None else "d"
    return Change(
        draw(st.uuids()).hex, draw(ids), draw(ids), draw(st.integers(1, 4)), draw(st.integers(1, 4)),
        draw(st.none() | st.dictionaries(ids, st.integers(1, 9), max_size=2)), "coding.put", draw(ids), draw(ids),
        draw(st.none() | ids), draw(st.none() | ids), draw(ids), body, state, digest, salt,
    )  # fmt: skip


@given(st.lists(records(), max_size=8))
def test_any_records_come_back_as_they_were(found: list[Change]) -> None:
    package = Package(manifest("p", {}), tuple(found), (Content("0" * 64, "text", None, "erased"),))
    assert unpack(pack(package)).changes == tuple(found)


@pytest.mark.parametrize("damage", ["offset", "name"])
def test_an_archive_made_to_confuse_is_damage(sample: Package, damage: str) -> None:
    data = bytearray(pack(sample))
    directory = data.rindex(b"PK\x05\x06")
    if damage == "offset":
        data[directory + 16 : directory + 20] = b"\xff\xff\xff\x7f"
    else:
        entry = data.index(b"PK\x01\x02")
        data[entry + 9] |= 0x08  # the name is said to be UTF-8
        data[entry + 46] = 0xFF
    with pytest.raises(InputRefused):
        unpack(bytes(data))
