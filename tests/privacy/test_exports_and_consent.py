"""Every command that writes files beside every consent: the words of those who did not agree are in no file.

A command that is new and takes a path must be put into one of the tables below; one that shows words without asking
the gate fails here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click
import pytest

from hsreview.base.ids import new_id, now
from hsreview.cli.main import root
from hsreview.model.framework_matrix import Case, CaseKind, Cell, Charted, Empty, FrameworkMatrix, Summary
from hsreview.model.people import Coder, CoderRole, Consent, ConsentStatus
from hsreview.privacy.consent import may_archive, may_code, may_publish, may_quote, may_transfer
from hsreview.project.project import Project
from hsreview.project.summaries import put_summary
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed, write_memo
from hsreview.workflows.evidence import grounds
from hsreview.workflows.exporting import choose_layer, dataset
from hsreview.workflows.framework_rows import RowKind, SourceKind, Stance, add_row, framework, link
from hsreview.workflows.importing import Staged, store
from hsreview.workflows.leaving import Leaving, publishable
from hsreview.workflows.quotes import check, release
from hsreview.workflows.translations import store_translation
from tests.builders import a_codebook, code_id, opened, staged
from tests.cli.conftest import call, ok

OPEN = Consent(ConsentStatus.WRITTEN, ("analysis", "quotes", "archive", "transfer"), "name")
SCOPES = ((), ("analysis",), ("analysis", "quotes"), ("analysis", "quotes", "transfer"), OPEN.scope)
CONSENTS = [replace(OPEN, status=status, scope=scope) for status in ConsentStatus for scope in SCOPES]
CONSENTS += [replace(OPEN, embargo="2999-01-01"), replace(OPEN, attribution="group"), *[OPEN] * 4]
FOCUS = "cso-focus"
"""A transcript in which one person agreed to everything and another one to nothing."""
NOT_HERE = ("Oumfatou", "ORG-Secrete", "Sous-secretaire")
"""The label, the organisation and the function of whoever agreed to be attributed to their group only."""

TEAM = {
    "export excel": ["x.xlsx", "--layer", "Awa"],
    "export csv": ["x", "--layer", "Awa"],
    "export json": ["x.json", "--layer", "Awa"],
    "export report": ["x.md", "--layer", "Awa"],
    "framework-matrix export": ["x.xlsx", "--by", "transcript", "--layer", "Awa"],
    "framework export": ["x.xlsx"],
    "translations out": ["x.csv", "--language", "en"],
}
"""Files with words of respondents for the team, or with --to-whom for somebody else."""
PUBLIC = {
    "export public": ["x.xlsx", "--layer", "Awa"],
    "export report": ["x.docx", "--layer", "Awa", "--public"],
    "framework export": ["x.docx", "--public"],
}
"""Files to be published: some words of those who agreed, none of the others."""
ONE = {"export transcript": ["--layer", "Awa"], "sheet make": ["--coder", "Ben"]}
"""Files with a whole transcript: refused where the gate is not open."""
ARCHIVE = "export archive"
"""Whole transcripts of those who agreed to an archive."""
NO_WORDS = {
    "codebook export": "labels and rules of codes",
    "codebook diff": "labels and rules of codes",
    "framework transfer": "places of segments, not their words",
    "validation ballots": "rows and badges",
    "validation report": "rows and badges",
    "validation kit": "rows and badges",
    "journal export": "observations, no interviews",
    "overlay apply": "labels and rules of codes",
    "overlay matrix": "counts",
    "audit export": "who, what and when",
    "keyfile destroy": "a receipt",
    "withdraw": "names of files that were handed over",
    "names report": "counts, and numbers of turns",
    "names table out": "the register, for whoever opens the key file",
}  # fmt: skip
WHOLE = {
    "package make": "work of the team on the same material",
    "package open": "writes the material that a package brought",
    "practice start": "a project to practise in, of a transcript that may be coded",
    "backup": "the project file itself",
    "originals archive": "the files from before the import, encrypted, for the team itself",
    "originals remove": "takes files away",
    "originals unpack": "the files from before the import, for the team itself",
    "restore": "the project file itself",
}
READS = {
    "agreement spans", "agreement table", "codings import", "consent table", "demo", "disagreements read",
    "framework import", "framework-matrix read", "import", "init", "journal import", "keys new", "merge",
    "models install", "names join", "names table in", "overlay check", "overlay show", "package show", "sheet read",
    "transcripts correct", "translations in", "validation votes",
}  # fmt: skip
"""Commands whose paths are read, or where a new project is made."""
SECRETS = ("secret_file", "key_file")
"""Parameters that name a passphrase or a key file, not a file for others."""


def _with_paths(command: click.Command, name: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        with click.Context(command) as ctx:
            for each in command.list_commands(ctx):
                found = command.get_command(ctx, each)
                assert found is not None
                yield from _with_paths(found, f"{name} {each}".strip())
    elif any(isinstance(param.type, click.Path) and param.name not in SECRETS for param in command.params):
        yield name


def test_every_command_that_takes_a_path_is_judged() -> None:
    judged = {ARCHIVE, *TEAM, *PUBLIC, *ONE, *NO_WORDS, *WHOLE, *READS}
    new = set(_with_paths(root, "")) - judged
    assert not new, "say in this module what these write, and ask hsreview.workflows.leaving before they do"


@dataclass(frozen=True)
class Person:
    """Somebody of whom every word is known."""

    transcript: str
    word: str
    label: str
    consent: Consent


PEOPLE = [
    Person(f"cso-{n}", f"quartz{n:02d}zz", NOT_HERE[0] if consent.attribution == "group" else "R1", consent)
    for n, consent in enumerate(CONSENTS, 1)
]
FOCUS_GROUP = [Person(FOCUS, "quartzopen", "P1", OPEN), Person(FOCUS, "quartzshut", "P2", Consent(ConsentStatus.NONE))]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Everybody agreed and was coded, starred, translated, checked and released; then the consents came."""
    home = tmp_path_factory.mktemp("consent")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(home / "home"))
        patch.setenv("HSREVIEW_CODER", "Awa")
        patch.chdir(home)
        with Project.create(home / "p") as made:
            _coded(made)
        patch.chdir(home / "p")
        yield home / "p"


def _coded(project: Project) -> None:
    awa, ben = (store_coder(project, Coder(new_id(), name, CoderRole.LEAD)) for name in ("Awa", "Ben"))
    store_codebook(project, awa.id, a_codebook())
    by_file: dict[str, list[Person]] = {}
    for person in (*PEOPLE, *FOCUS_GROUP):
        by_file.setdefault(person.transcript, []).append(person)
    lines = {
        name: "INT : Qui a parlé ?\n" + "".join(f"{each.label} : Nous avons dit {each.word}.\n" for each in there)
        for name, there in by_file.items()
    }
    store(project, awa, [Staged(Path(f"{name}.txt"), staged(text, name)) for name, text in lines.items()])
    ids: dict[str, str] = {}
    with project.act(awa.id) as act:
        organisation = new_id()
        act.put("organisation", organisation, name=NOT_HERE[1], grp="cso", attributes={})
        for name, there in by_file.items():
            text = opened(project, name)
            act.put("transcript", text.transcript.id, grp="cso", gated=1)
            for each in there:
                ids[each.word] = new_id()
                act.put(
                    "respondent", ids[each.word], name=f"P-{each.word[-4:]}", grp="cso", consent=OPEN.to_json(),
                    organisation_id=organisation if each.label == NOT_HERE[0] else None,
                    attributes={"function": NOT_HERE[2]} if each.label == NOT_HERE[0] else {},
                )  # fmt: skip
                act.put("speaker", text.speakers[each.label].id, respondent_id=ids[each.word])
    starred = []
    for name, there in by_file.items():
        text = opened(project, name)
        for each in there:
            start = text.text.index(each.word) - 4
            span = (start, start + 4 + len(each.word))
            [coding] = add_codings(project, awa, text.version.id, *span, [code_id("D1")], flags=["quote"])
            add_codings(project, ben, text.version.id, *span, [code_id("D2")])
            write_memo(
                project, awa, f"A thought on {each.word}", version_id=text.version.id, start=span[0], end=span[1]
            )
            store_translation(project, awa, text.version.id, *span, "en", f"said {each.word}")
            write_memo(project, awa, f"A thought on {each.word}", coding_id=coding.id)
            starred.append(coding.id)
        if name != FOCUS:
            write_memo(project, awa, f"All of {there[0].word}", transcript_id=text.transcript.id)
        for coder in (awa, ben):
            mark_reviewed(project, coder, text.transcript.id)
    _sum_up(project, awa, ids)
    finding = add_row(project, awa, RowKind.FINDING, {"statement_en": "They spoke"})
    links = [(SourceKind.CODING, coding) for coding in starred]
    link(project, awa, framework(project, viewer=awa), finding, links, Stance.SUPPORTS)
    check(project, ben, starred)
    release(project, awa, starred)
    with project.act(awa.id) as act:
        for each in (*PEOPLE, *FOCUS_GROUP):
            act.put("respondent", ids[each.word], consent=each.consent.to_json())


def _sum_up(project: Project, coder: Coder, ids: Mapping[str, str]) -> None:
    """What somebody wrote of each person and of each interview."""
    theme = a_codebook().themes[0].id
    with project.act(coder.id) as act:
        for each in (*PEOPLE, *FOCUS_GROUP):
            cases = [(CaseKind.RESPONDENT, ids[each.word])]
            if each.transcript != FOCUS or each.consent.status is ConsentStatus.NONE:
                cases.append((CaseKind.TRANSCRIPT, opened(project, each.transcript).transcript.id))
            for case in cases:
                put_summary(act, None, *case, theme, text=f"Sum {each.word}", status=Charted.CHECKED, segments=())


def _bytes(folder: Path) -> bytes:
    """All that the files of a folder hold, what is packed unpacked."""
    found = b""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            found += data
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as packed:
                    found += b"".join(packed.read(name) for name in packed.namelist())
    return found


def _written(command: str, args: list[str], folder: Path) -> bytes:
    ok(*command.split(), *[str(folder / each) if each.startswith("x") else each for each in args])
    return _bytes(folder)


def _wrong(data: bytes, expected: Mapping[str, bool]) -> list[str]:
    return [f"{word}: {not there}" for word, there in expected.items() if (word.encode() in data) is not there]


def _may_leave(consent: Consent, *, outside: bool) -> bool:
    answers = [may_quote(consent, now(), gated=True), *([may_transfer(consent, now(), gated=True)] * outside)]
    return all(each.allowed is True for each in answers)


@pytest.mark.parametrize("to_whom", [[], ["--to-whom", "A partner"], ["--to-whom", "Ben"]])
@pytest.mark.parametrize("command", TEAM)
def test_a_file_holds_the_words_of_those_who_agreed(
    project: Path, tmp_path: Path, command: str, to_whom: list[str]
) -> None:
    if command != "export excel" and to_whom == ["--to-whom", "Ben"]:
        return
    data = _written(command, [*TEAM[command], *to_whom], tmp_path)
    outside = "A partner" in to_whom
    shown = {each.word: _may_leave(each.consent, outside=outside) for each in (*PEOPLE, *FOCUS_GROUP)}
    if command == "export report":  # It shows a few of many quotes.
        shown = {word: False for word, there in shown.items() if not there}
    assert not _wrong(data, shown)
    assert not _wrong(data, dict.fromkeys(NOT_HERE, False))
    assert b"quartz" in data


@pytest.mark.parametrize("command", PUBLIC)
def test_what_is_published_holds_no_other_words(project: Path, tmp_path: Path, command: str) -> None:
    data = _written(command, PUBLIC[command], tmp_path)
    assert not _wrong(data, {each.word: False for each in PEOPLE if not _may_leave(each.consent, outside=False)})
    assert not _wrong(data, dict.fromkeys(NOT_HERE, False))
    assert command == "framework export" or b"quartz" in data


@pytest.mark.parametrize("command", ONE)
def test_a_whole_transcript_is_written_or_refused_with_the_reason(project: Path, tmp_path: Path, command: str) -> None:
    ending = "docx" if command == "export transcript" else "xlsx"
    for person in (*PEOPLE[:: len(SCOPES) + 1], PEOPLE[-5], FOCUS_GROUP[1]):
        open_ = (
            _may_leave(person.consent, outside=False)
            if command == "export transcript"
            else may_code(person.consent, gated=True).allowed
        )
        path = tmp_path / f"{person.word}.{ending}"
        done = call(*command.split(), person.transcript, *ONE[command], "-o", str(path))
        assert (done.code, path.exists()) == ((0, True) if open_ else (3, False)), (person, done.err)
        if open_:
            data = _bytes(tmp_path)
            assert not _wrong(data, {person.word: True})
            assert command != "export transcript" or not _wrong(data, {NOT_HERE[0]: False})
        else:
            assert "consent" in done.err


def test_an_archive_holds_those_who_agreed_to_it(project: Path, tmp_path: Path) -> None:
    """Labels stand in the texts as they are, and whoever makes the archive is told so."""
    args = ["x.zip", "--layer", "Awa", "--names-replaced-before", "invented", "--without-key"]
    data = _written(ARCHIVE, args, tmp_path)
    assert not _wrong(data, {each.word: may_archive(each.consent, now()).allowed is True for each in PEOPLE})
    assert not _wrong(data, dict.fromkeys((*NOT_HERE[1:], *(each.word for each in FOCUS_GROUP)), False))


def test_an_interview_in_which_nobody_may_be_quoted_keeps_its_questions_too(project: Path) -> None:
    with Project.open(project) as made:
        leaving = Leaving(made)
        asked = {}
        for person in (*PEOPLE, FOCUS_GROUP[0]):
            there = opened(made, person.transcript)
            turn = there.turns[0]
            assert turn.speaker == "INT"
            asked[person] = leaving.span(there.transcript.id, there.version.id, turn.label_end, turn.end)
    assert asked == {person: _may_leave(person.consent, outside=False) for person in asked}, "P1 agreed, P2 did not"


def test_a_summary_of_a_group_rests_on_words_of_the_layer_that_may_leave_or_is_left_out(project: Path) -> None:
    with Project.open(project) as made:
        found = dataset(made, choose_layer(made, "Awa"), lang="en")
        leaving = Leaving(made)
        there = {each.name: each.id for each in found.transcripts}
        free, shut = (there[each.transcript] for each in (PEOPLE[-1], PEOPLE[0]))
        coded = {each.transcript_id: each.coding.id for each in found.segments}
        case, theme = Case(CaseKind.GROUP, "cso", "cso", transcripts=(free, shut)), found.codebook.themes[0]

        def shown(rests: tuple[str, ...], *without: str) -> bool:
            summary = Summary("s", CaseKind.GROUP, "cso", theme.id, "Sum", Charted.CHECKED, rests, "", "")
            cells = {("cso", theme.id): Cell(case, theme, summary, Empty.NO, ())}
            matrix = FrameworkMatrix(CaseKind.GROUP, found.basis, 2, 2, (case,), (theme,), cells)
            layer = replace(found, segments=[each for each in found.segments if each.transcript_id not in without])
            return bool(leaving.matrix(matrix, layer).cell(case, theme).text)

        assert shown((coded[free],)) and not shown((coded[free], coded[shut])) and not shown(())
        assert not shown((coded[free], coded[shut]), shut), "it rests on what another coder coded"


def test_of_two_who_speak_in_an_interview_the_memo_on_the_words_of_one_goes(project: Path) -> None:
    with Project.open(project) as made:
        found = dataset(made, choose_layer(made, "Awa"), lang="en")
        said = {each.text for each in Leaving(made).dataset(found).memos}
    assert "A thought on quartzopen" in said and "A thought on quartzshut" not in said


def test_no_number_that_is_published_rests_on_whom_nobody_may_publish(project: Path) -> None:
    with Project.open(project) as opened_project:
        found = dataset(opened_project, choose_layer(opened_project, "Awa"), lang="en")
        behind = grounds(opened_project, framework(opened_project)).published
    secret = {
        f"P-{each.word[-4:]}"
        for each in (*PEOPLE, *FOCUS_GROUP)
        if may_publish(each.consent, now(), gated=True).allowed is False
    }
    assert any(each.consent.status is ConsentStatus.NOT_RECORDED and f"P-{each.word[-4:]}" in secret for each in PEOPLE)
    names = {key: person.name for key, person in found.respondents.items()}
    unknown = [replace(each, respondent_id=None) for each in found.segments]
    told = publishable(replace(found, segments=[*found.segments, *unknown]))
    kept = {person.name for person in told.respondents.values()}
    assert secret and kept == set(names.values()) - secret
    assert {names[each.respondent_id] for each in told.segments if each.respondent_id} == kept
    assert {names[key] for key in behind.people} == kept, "in what is published of the framework too"
    assert {names[each.respondent_id or ""] for each in behind.segments.values()} == kept
    left = {each.id for each in told.transcripts}
    assert {each.transcript_id for each in told.segments} == told.reviewed == left
    assert {each.name for each in found.transcripts if each.id not in left} == {
        each.transcript for each in PEOPLE if f"P-{each.word[-4:]}" in secret
    }


def test_whoever_answers_and_is_nobody_known_is_not_quoted_from_a_new_import(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p") as made:
        awa = store_coder(made, Coder(new_id(), "Awa", CoderRole.LEAD))
        text = "P1 : Nous avons dit oui.\nP2 : Et nous non.\n"
        store(made, awa, [Staged(Path("x.txt"), staged(text, "x"))])
        there = opened(made, "x")
        with made.act(awa.id) as act:
            act.put("transcript", there.transcript.id, gated=1)
            act.put("respondent", "p", name="P", grp="cso", consent=OPEN.to_json())
            for label, person in (("P1", "p"), ("P2", None)):
                act.put("speaker", there.speakers[label].id, role="respondent", respondent_id=person)
        leaving = Leaving(made)
        spans = [(turn.label_end, turn.end) for turn in there.turns]
        shown = [leaving.span(there.transcript.id, there.version.id, *span) for span in (*spans, (0, len(text)))]
        assert shown == [True, False, False]


def test_who_answers_in_a_new_import_and_is_nobody_known_is_in_no_published_number(project: Path) -> None:
    with Project.open(project) as opened_project:
        found = dataset(opened_project, choose_layer(opened_project, "Awa"), lang="en")
    [one] = [each for each in found.transcripts if each.name == PEOPLE[-1].transcript]
    nameless = replace(
        found, respondents_of={**found.respondents_of, one.id: ()}, nameless={one.id: 1},
        segments=[replace(each, respondent_id=None) for each in found.segments if each.transcript_id == one.id],
    )  # fmt: skip
    assert one.id in {each.id for each in publishable(found).transcripts}
    assert one.id not in {each.id for each in publishable(nameless).transcripts}
    assert one.id in {each.id for each in publishable(replace(nameless, gated=frozenset())).transcripts}, "from before"
    beside = replace(found, nameless={one.id: 1}, segments=[*found.segments, *nameless.segments])
    assert None in {each.respondent_id for each in beside.segments if each.role == "respondent"}
    assert all(each.respondent_id for each in publishable(beside).segments), "who is known beside them is counted alone"
