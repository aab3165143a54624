"""Random projects in which one person's words stand everywhere, and the search for them in the bytes of all files."""

from __future__ import annotations

import io
import random
import re
import shutil
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from hsreview.base.ids import derived_id, new_id
from hsreview.model.framework_matrix import CaseKind, Charted
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.project.summaries import put_summary
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.quotes import translate
from hsreview.workflows.reading import codings_of, find_transcript
from tests.builders import code_id, opened, staged

PERSON = "CSO-Kayes-7"
_COMMON = "Nous avons parlé des routes, de l’eau et du marché avec tout le monde."


@dataclass
class Spoken:
    """A project in which one person spoke."""

    project: Project
    coder: Coder
    root: Path
    words: list[str] = field(default_factory=list)
    """That nobody else said: they must be gone."""
    shared: bool = False
    """Whether somebody else answers in the interview too."""


def word(chance: random.Random) -> str:
    """A word that nobody says, in some spelling of case and accents."""
    made = "".join(chance.choice("bcdfghjklmnpqrstvwxz") + chance.choice("aeiouéèâîô") for _ in range(6))
    return made.capitalize() if chance.random() < 0.5 else made


def spoken(base: Path, root: Path, coder: Coder, seed: int) -> Spoken:
    """A copy of the project in `base` where one person said and is called distinctive things, in many places."""
    chance = random.Random(seed)
    shutil.copytree(base, root)
    made = Spoken(Project.open(root), coder, root)

    def new() -> str:
        made.words.append(word(chance))
        return made.words[-1]

    label, shared = new(), chance.random() < 0.5
    made.shared = shared
    said = [f"{label} : {new()} {_COMMON} {new()}, {new()} {new()} dit-on.\n" for _ in range(chance.randint(2, 4))]
    other = ["INT : Et les routes ?\n", f"R1 : {_COMMON}\n"] if shared else ["INT : Et les routes ?\n"]
    lines = [line for each in said for line in (*other, each)]
    name = "groupe" if shared else f"entretien {new()}"
    project = made.project
    read = replace(staged("".join(lines), name), file_name=f"{new()}.txt")
    store(project, coder, [Staged(Path("x.txt"), read)], ImportOptions(group="cso", gated=False))
    set_speaker(project, coder, opened(project, name).transcript.id, label, respondent=PERSON)
    text = opened(project, name)
    for number, line in enumerate(said):
        start = text.text.index(line) + len(label) + 3
        end = start + len(line) - len(label) - 4
        [coding] = acts.add_codings(project, coder, text.version.id, start, end, [code_id("D1")], flags=["quote"])
        acts.write_memo(project, coder, f"note {new()}", coding_id=coding.id)
        if number == 0:
            translate(project, coder, coding.id, "en", f"he said {new()}")
        code, _coding = acts.in_vivo(project, coder, text.version.id, start, start + 12 + 9 * number)
        if chance.random() < 0.5:
            change_code(project, coder, code.id, texts={"label": Localized(fr="Autre", en="Other")})
        with project.act(coder.id) as act:
            act.put(
                "translation", new_id(), version_id=text.version.id, start=start, end=end, language="en",
                text=f"that {new()}", translator="Awa", coder_id=coder.id, created=act.at,
            )  # fmt: skip
    _write_about(made, name, new(), new(), shared=shared)
    query = made.words[1]
    with project.act(coder.id) as act:
        act.put("saved_search", new_id(), name="mots", kind="query", query=f'"{query}"')
    project.set_local("summary:draft", f"brouillon {query}")
    if chance.random() < 0.5:
        project.backup("asked")
    undoing.undo(project, coder)
    return made


def _write_about(made: Spoken, name: str, one: str, other: str, *, shared: bool) -> None:
    """What is written of a transcript, a case and a difference."""
    project, coder = made.project, made.coder
    transcript = find_transcript(project, name)
    respondent = project.connection.execute("select id from respondent where name = ?", (PERSON,)).fetchone()[0]
    case = (CaseKind.RESPONDENT, respondent) if shared else (CaseKind.TRANSCRIPT, transcript.id)
    theme = project.connection.execute("select id from code where kind = 'theme'").fetchone()[0]
    start = next(each.start for each in codings_of(project) if each.version_id == transcript.version_id)
    with project.act(coder.id) as act:
        put_summary(act, None, case[0], case[1], theme, text=f"Résumé {one}", status=Charted.DRAFTED, segments=())
        act.put(
            "memo", new_id(), coder_id=coder.id, text=f"mémo {other}", created=act.at,
            coding_id=_first_coding(project, transcript.version_id),
        )  # fmt: skip
        act.put(
            "decision", derived_id("difference", name), version_id=transcript.version_id, outcome="take",
            basis=[[_first_coding(project, transcript.version_id), "x"]], taken=coder.id, result=[],
            because=f"parce que {one}", coder_id=coder.id, at=act.at,
        )  # fmt: skip
        act.put(
            "adoption", new_id(), transcript_id=transcript.id, version_id=transcript.version_id,
            source_coder_id=coder.id, because="" if shared else f"adopté {other}", coder_id=coder.id, at=act.at,
        )  # fmt: skip
        act.put(
            "masking", new_id(), transcript_id=transcript.id, version_id=transcript.version_id, coder_id=coder.id,
            at=act.at, items=[[0, 3, "person", "Awa"], [start, start + 3, "person", one]], undecided={}, engines=[],
        )  # fmt: skip


def _first_coding(project: Project, version: str) -> str:
    row = project.connection.execute(
        "select id from coding where version_id = ? and removed = 0 order by id limit 1", (version,)
    ).fetchone()
    return str(row[0])


def found(words: list[str], *folders: Path) -> list[tuple[str, str]]:
    """`(word, file)` for every word that stands in a file, in whichever bytes.

    It is looked for without its first three letters: whatever holds more of it holds that.
    """
    needles = {each: tuple(_forms(each[3:])) for each in words}
    any_of_them = re.compile(b"|".join(re.escape(form) for forms in needles.values() for form in forms))
    hits = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            parts = [str(path.relative_to(folder)).encode()]
            if path.is_file():
                parts += list(_parts(path))
            holding = [part for part in parts if any_of_them.search(part)]
            hits += [
                (each, path.name)
                for each, forms in needles.items()
                if any(form in part for part in holding for form in forms)
            ]
    return hits


def _forms(part: str) -> set[bytes]:
    """In small letters, as they are made; with and without accents; UTF-16 of either order without the outer zeros."""
    both = {part, bare_of_accents(part)}
    return {
        *(text.encode() for text in both),
        *(text.encode("utf-16-le").removesuffix(b"\0") for text in both),
        *(text.encode("utf-16-be").removeprefix(b"\0") for text in both),
    }


def bare_of_accents(text: str) -> str:
    """A text without accents, as a search index keeps it."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def _parts(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    yield from _zipped(data)
    if path.suffix == ".hsreview" and data.startswith(b"SQLite"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            for (packed,) in connection.execute("select data from content where typeof(data) = 'blob'"):
                yield zlib.decompress(packed)


def _zipped(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            for name in container.namelist():
                inner = container.read(name)
                yield inner
                yield from _zipped(inner)
