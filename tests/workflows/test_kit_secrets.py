"""What lies on the laptop in the room: no testimony and no name, whatever bytes of the file one looks at."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.ids import new_id
from hsreview.model.framework import RowKind
from hsreview.model.people import Coder
from hsreview.privacy.repeating import heard, runs
from hsreview.project.project import Project
from hsreview.workflows.coders import rename_coder, store_coder
from hsreview.workflows.coding import add_codings, write_memo
from hsreview.workflows.framework_rows import add_row, change_row, framework
from hsreview.workflows.framework_versions import find_version, freeze
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.people import set_speaker
from hsreview.workflows.validation_kit import make_kit
from tests.builders import TEXT, a_project, code_id, opened, staged
from tests.project.teams import correct
from tests.workflows.test_validating import opened as meeting

ANY = ("utf-8", "utf-16-le", "utf-16-be")
MEMO = "Le sous-préfet pleure quand il raconte la nuit"
NAMES = ("Awa", "Fatoumatabinta", "Tiéblémoriba", "Kadidiatoulaye")


def texts_in(root: Path, encodings: tuple[str, ...]) -> Iterator[str]:
    """The bytes of every file below a folder, read in these ways, and every value of every table, unpacked."""
    for path in root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            yield str(path.relative_to(root))
            for encoding in encodings:
                yield from (data[at:].decode(encoding, "ignore") for at in range(2 if "16" in encoding else 1))
    with Project.open(root) as kit:
        ask = kit.connection.execute
        for (table,) in ask("select name from sqlite_schema where type = 'table'").fetchall():
            for row in ask(f'select * from "{table}"'):
                for value in row:
                    if isinstance(value, bytes):
                        yield value.decode("utf-8", "ignore")
                        try:
                            yield zlib.decompress(value).decode("utf-8", "ignore")
                        except zlib.error:
                            continue
                    elif isinstance(value, str):
                        yield value


def secrets_in(root: Path, said: list[str], names: list[str], encodings: tuple[str, ...] = ("utf-8",)) -> set[str]:
    """Five-word stretches of what was said, and names, that can be found in the files."""
    texts = list(texts_in(root, encodings))
    found = {" ".join(run) for run in heard({run for text in said for run in runs(text)}, texts)}
    folded = [fold(text) for text in texts]
    for name in names:
        pattern = re.compile(rf"\b{re.escape(fold(name))}\b")
        found |= {name for text in folded if pattern.search(text)}
    return found


@pytest.fixture
def project(tmp_path: Path) -> Iterator[tuple[Project, Coder]]:
    """Interviews, two texts of one of them, codings, memos, respondents; coders one of whom was renamed."""
    found, awa = a_project(tmp_path / "home", transcripts=2)
    with closing(found):
        text = opened(found)
        add_codings(found, awa, text.version.id, 50, 80, [code_id("D1")])
        write_memo(found, awa, MEMO, transcript_id=text.transcript.id)
        other = store_coder(found, Coder(new_id(), "Fatoumatabinta"))
        rename_coder(found, awa.id, other, "Tiéblémoriba")
        set_speaker(found, awa, text.transcript.id, "R1", respondent="Kadidiatoulaye")
        correct(found, awa)
        with found.act(awa.id) as act:
            act.put("setting", "name", value="Essai")
            act.put("setting", "other", value="Kadidiatoulaye")
            act.put(
                "ruling", new_id(), conflict="c", subject="code", entity=code_id("D1"), field="label", takes="",
                because=MEMO, coder_id=awa.id, at=act.at,
            )  # fmt: skip
        add_row(found, awa, RowKind.OUTCOME, {"statement_fr": "On consulte", "statement_en": "They consult"})
        yield found, awa


def said_in(project: Project) -> list[str]:
    """Every text of every transcript, and the memos."""
    ask = project.connection.execute
    texts = [row[0] for row in ask("select data from content where kind = 'text'")]
    return [*texts, *(row[0] for row in ask("select text from memo"))]


def test_the_files_of_a_kit_hold_no_five_words_of_anybody_and_no_name(
    project: tuple[Project, Coder], tmp_path: Path
) -> None:
    home, awa = project
    meeting(home, awa)
    said = said_in(home)
    assert len(said) == 4 and MEMO in said
    assert len(secrets_in(home.root, said, [*NAMES])) > 20, "the search finds them where they are"
    make_kit(home, awa, tmp_path / "kit", find_version(home, "last"))
    assert secrets_in(tmp_path / "kit", said, [*NAMES, "cso-1", "label_colon"], ANY) == set()
    with Project.open(tmp_path / "kit") as kit:
        ask = kit.connection.execute
        for table in ("content", "turn", "turn_fts", "transcript", "coding", "memo", "respondent", "code", "evidence"):
            assert ask(f"select count(*) from {table}{' where removed = 0' * (table in REMOVED)}").fetchone() == (0,)
        readable = {row[0] for row in ask("select distinct kind from change where body is not null and body <> '{}'")}
        assert readable == {
            "framework_version.put", "validation.put", "party.put", "ballot.put", "coder.put",
        }  # fmt: skip
        assert ask("pragma freelist_count").fetchone() == (0,)


REMOVED = {"transcript", "coding", "memo", "respondent", "code", "evidence"}


@pytest.mark.parametrize(
    ("column", "text", "told"),
    [
        (
            "statement_fr",
            "Ils ont dit : MAIS SANS BUDGET, c'etait l'oeuvre de tous",
            "“MAIS SANS BUDGET, c'etait l'oeuvre de tous”",
        ),
        ("statement_fr", "Mais sans argent, c’était l’œuvre", "sans argent, c’était l’œuvre"),
        ("source", "Le sous-préfet pleure quand il raconte", "“Le sous-préfet pleure quand il raconte”"),
        ("rival", "Selon Kadidiatoulaye", "names a person: “Kadidiatoulaye”"),
        ("rival", "D’après FATOUMATABINTA", "“FATOUMATABINTA”"),
        ("rival", "D’après tieblemoriba", "“tieblemoriba”"),
        ("source", "Voir CSO-1, à la fin", "names an interview: “CSO-1”"),
    ],
)
def test_what_repeats_or_names_is_refused_with_its_row_and_column(
    project: tuple[Project, Coder], tmp_path: Path, column: str, text: str, told: str
) -> None:
    home, awa = project
    [row] = framework(home).rows
    change_row(home, awa, row, {column: text})
    version = freeze(home, awa)
    with pytest.raises(InputRefused) as refused:
        make_kit(home, awa, tmp_path / "kit", version)
    [problem, *others] = refused.value.problems
    assert problem.place.startswith("OC1 · ") and told in problem.message
    assert others == [] and not (tmp_path / "kit").exists()
    assert "Rapporteur" not in [row[0] for row in home.connection.execute("select name from coder")]


def test_what_is_no_name_can_be_said_to_be_none_but_words_of_others_cannot(
    project: tuple[Project, Coder], tmp_path: Path
) -> None:
    home, awa = project
    [row] = framework(home).rows
    change_row(home, awa, row, {"rival": "La commune de Kadidiatoulaye"})
    version = freeze(home, awa)
    made = make_kit(home, awa, tmp_path / "kit", version, ["kadidiatoulaye"])
    assert made.version == version
    change_row(home, awa, row, {"rival": MEMO})
    with pytest.raises(InputRefused):
        make_kit(home, awa, tmp_path / "other", freeze(home, awa), [MEMO])


def test_what_stays_in_the_team_may_hold_any_words(project: tuple[Project, Coder], tmp_path: Path) -> None:
    home, awa = project
    add_row(home, awa, RowKind.FINDING, {"statement_fr": "Dit", "answered": MEMO, "relevance_note": "Kadidiatoulaye"})
    make_kit(home, awa, tmp_path / "kit", freeze(home, awa))
    assert secrets_in(tmp_path / "kit", said_in(home), [*NAMES]) == set()


WORDS = st.lists(st.sampled_from(["le", "maire", "écoute", "l’œuvre", "PAS", "nous", "à"]), min_size=1, max_size=9)
PEOPLE = st.sampled_from(["Zoumanafa", "Tenimbakoro", "Hawalamine"])
SENTENCES = st.builds(" ".join, WORDS) | st.builds("{0} {1}".format, st.builds(" ".join, WORDS), PEOPLE)


def a_case(root: Path, said: list[str], memo: str, people: list[str], rows: list[str]) -> None:
    """A kit of a random project is refused, or holds nothing of what was said and no name."""
    home, awa = a_project(root / "home")
    with closing(home):
        text = "".join(f"INT : {line}.\n" if n % 2 else f"R1 : {line}.\n" for n, line in enumerate(said))
        store(home, awa, [Staged(Path("x.txt"), staged(text, "x-1"))], ImportOptions(group="cso"))
        write_memo(home, awa, memo, transcript_id=opened(home).transcript.id)
        for name in people:
            store_coder(home, Coder(new_id(), name))
        for each in rows:
            add_row(home, awa, RowKind.OUTCOME, {"statement_fr": each, "assumptions": each[::-1]})
        version = freeze(home, awa)
        repeats = bool(
            {run for each in rows for run in runs(each)} & {run for each in [*said, memo] for run in runs(each)}
        )
        names = any(fold(name) in fold(each).split() for each in rows for name in people)
        try:
            make_kit(home, awa, root / "kit", version)
        except InputRefused:
            assert repeats or names
            return
        assert not (repeats or names)
        assert secrets_in(root / "kit", [*said, TEXT, memo], people) == set()


@settings(max_examples=4)
@given(
    st.lists(SENTENCES, min_size=1, max_size=4),
    SENTENCES,
    st.sets(PEOPLE, max_size=2),
    st.lists(SENTENCES, min_size=1, max_size=3),
)
def test_a_kit_of_a_random_project_is_refused_or_holds_nothing_of_anybody(
    said: list[str], memo: str, people: set[str], rows: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        a_case(Path(folder), said, memo, sorted(people), rows)


@pytest.mark.deep
@settings(max_examples=300)
@given(
    st.lists(SENTENCES, min_size=1, max_size=8), SENTENCES, st.sets(PEOPLE), st.lists(SENTENCES, min_size=1, max_size=6)
)
def test_kits_of_many_random_projects(said: list[str], memo: str, people: set[str], rows: list[str]) -> None:
    with TemporaryDirectory() as folder:
        a_case(Path(folder), said, memo, sorted(people), rows)
