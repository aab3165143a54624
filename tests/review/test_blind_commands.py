"""No reading command tells a blind coder anything of what others coded: what they coded does not change its answer."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hsreview.base.ids import derived_id, new_id
from hsreview.cli.table import COMMANDS
from hsreview.model.localized import Localized
from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows import assigning
from hsreview.workflows.codebooks import change_code
from hsreview.workflows.coders import coders, store_coder
from hsreview.workflows.coding import add_codings, mark_reviewed, propose_code, write_memo
from hsreview.workflows.framework_matrix import CaseKind, Edit, write_cells
from hsreview.workflows.framework_rows import EvidenceRole, RowKind, Stance, add_row
from hsreview.workflows.framework_versions import freeze
from hsreview.workflows.key_files import new as new_key_file
from hsreview.workflows.key_files import place_of
from hsreview.workflows.keys import new_key, own_public_key
from hsreview.workflows.names import Name
from hsreview.workflows.reading import codebook, codings_of
from hsreview.workflows.validating import Side, Tally, open_meeting
from hsreview.workflows.validation_acts import add_table, cast
from tests.builders import TEXT, a_project, code_id, opened
from tests.cli.conftest import Done, call
from tests.project.teams import correct

SECRET = "what Eve thinks"
BEFORE, AFTER = (20, 30), (164, 190)
"""Segments on both sides of what only the second project holds, so that a number of places would tell of it."""

READING = {
    "transcripts": [
        ["transcripts"], ["transcripts", "versions", "cso-1"],
        ["transcripts", "changes", "cso-1"],
        ["transcripts", "correct", "cso-1", "--turn", "2", "--text", "Qui donc ?", "--dry-run"],
    ],
    "show": [["show", "cso-1"], ["show", "cso-1", "--plain"], ["show", "cso-1", "--layer", "Eve"]],
    "turns": [["turns", "cso-1"]],
    "text": [["text", "cso-1"]],
    "speakers": [["speakers", "cso-1"]],
    "search": [
        ["search", "consultées"], ["search", "thinks"], ["search", "a*", "--coded", "any"],
        ["search", "a*", "--uncoded", "K4", "--kwic"], ["search", "a*", "--coded", "any", "--by", "Eve"],
        ["search", r"\w+s", "--regex", "--uncoded", "any", "--kwic", "--sort", "left"],
        ["search", "a*", "--coded", "D2", "--transcript", "cso-1", "--role", "respondent", "--language", "fr"],
        ["search", "a*", "--coded", "D1", "--limit", "1"],
    ],
    "codebook": [["codebook", "show"], ["codebook", "show", "K4"], ["codebook", "proposals"], ["codebook", "versions"],
                 ["codebook", "diff", "--from", "1.0"], ["codebook", "export", "x.yaml"],
                 ["codebook", "export", "x.xlsx"], ["codebook", "export", "x.docx"],
                 ["codebook", "merge", "D2", "K4", "--because", "x", "--dry-run"],
                 ["codebook", "retire", "D2", "--because", "x", "--dry-run"],
                 ["codebook", "deactivate", "D2", "--because", "x", "--dry-run"],
                 ["codebook", "rename", "D2", "--en", "New", "--because", "x", "--dry-run"],
                 ["codebook", "move", "D2", "--under", "K", "--because", "x", "--dry-run"],
                 ["codebook", "split", "D2", "--into", "K4", "--stays", "1", "--because", "x", "--dry-run"]],
    "suggest": [
        ["suggest", "cso-1", "--all"], ["suggest", "cso-1", "--all", "--layer", "Eve"],
        ["suggest", "cso-2", "--all", "--layer", "consensus"], ["suggest", "--uncoded", "--code", "D2"],
        ["suggest", "evaluate"], ["suggest", "evaluate", "--layer", "Eve"],
    ],
    "codings": [
        ["codings"], ["codings", "--coder", "Eve"], ["codings", "--layer", "Eve"], ["codings", "--code", "D2"],
        ["codings", "--transcript", "cso-1"], ["codings", "--lost"], ["codings", "--flag", "quote", "--context", "20"],
        ["codings", "--layer", "Eve/second"], ["codings", "--limit", "3"],
    ],
    "names": [["names", "report", "--no-model"], ["names", "check"]],
    "mask": [["mask", "what Eve", "--dry-run"], ["mask", "consultées", "--dry-run"]],
    "memos": [["memos"], ["memos", "--transcript", "cso-1"], ["memos", "--code", "D2"], ["memos", "--coder", "Eve"],
              ["memos", "--find", "think*"], ["memos", "--about", "coding"], ["memos", "--about", "segment"]],
    "framework": [["framework"], ["framework", "show", "F1"], ["framework", "columns", "indicator"],
                  ["framework", "thresholds"], ["framework", "check"], ["framework", "segments"],
                  ["framework", "segments", "--layer", "Eve"], ["framework", "segments", "--layer", "consensus"],
                  ["framework", "codes"], ["framework", "show", "--view", "outcome-map"],
                  ["framework", "export", "x.xlsx"], ["framework", "export", "x.docx", "--public"],
                  ["framework", "import", "x.xlsx"],
                  ["framework", "transfer", "other"], ["framework", "transfer", "other", "--sheet", "x.csv"],
                  ["framework", "transfer", "other", "--layer", "Eve"],
                  ["-p", "other", "framework", "transfer", "ROOT"],
                  ["framework", "versions"], ["framework", "diff", "1"], ["framework", "show", "--version", "last"],
                  ["framework", "status"], ["framework", "engagement"]],
    "validation": [["validation"], ["validation", "show"], ["validation", "show", SECRET, "OC1"],
                   ["validation", "report", "-o", "x.md"], ["validation", "ballots", "-o", "x.html"]],
    "journal": [["journal"], ["journal", "due"], ["journal", "export", "x.xlsx"]],
    "overlay": [["overlay", "matrix", "ROOT", "other"], ["overlay", "matrix", "other", "ROOT", "--layer", "consensus"],
                ["overlay", "matrix", "ROOT", "other", "--layer", "Eve", "--layer", "Awa"],
                ["overlay", "matrix", "ROOT", "other", "--layer", "Daan", "--layer", "Awa", "-o", "x.xlsx"],
                ["overlay", "check", "niger-sample"], ["overlay", "show", "niger-sample"]],
    "finding": [["finding"], ["finding", "list", "F1"]],
    "trace": [["trace", "F1"], ["trace", "01"]],
    "carried": [["carried"], ["carried", "list", "--coder", "Eve"], ["carried", "--transcript", "cso-1"]],
    "recode": [["recode"], ["recode", "list", "--coder", "Eve"]],
    "coders": [["coders"]],
    "consent": [["consent"], ["consent", "list"]],
    "originals": [["originals"]],
    "withdraw": [["withdraw", "cso-1", "--dry-run"], ["withdraw", "--list"]],
    "assign": [["assign"], ["assign", "list", "--coder", "Eve"], ["assign", "--methods"]],
    "conflicts": [["conflicts"]],
    "progress": [["progress"], ["progress", "--coder", "Eve"]],
    "layers": [["layers"]],
    "agreement": [
        ["agreement"], ["agreement", "--coders", "Daan,Eve"], ["agreement", "--all"],
        ["agreement", "--coders", "Daan,Eve", "--unit", "turn", "--parents"],
        ["agreement", "--coders", "Daan,Eve", "--transcripts", "cso-1"],
    ],
    "disagreements": [
        ["disagreements"], ["disagreements", "--coders", "Daan,Eve"], ["disagreements", "--kind", "missed"],
        ["disagreements", "--confusion"], ["disagreements", "--transcripts", "cso-1", "--unit", "turn"],
    ],
    "consensus": [["consensus"], ["consensus", "status"], ["consensus", "list", "cso-1"]],
    "export": [
        ["export", "excel", "x.xlsx"], ["export", "excel", "x.xlsx", "--layer", "Eve"],
        ["export", "excel", "x.xlsx", "--layer", "Daan"],
        ["export", "excel", "x.xlsx", "--layer", "nobody"], ["export", "transcript", "cso-1", "-o", "x.docx"],
        ["export", "transcript", "cso-1", "--layer", "Eve", "-o", "x.docx"],
        ["export", "excel", "x.xlsx", "--layer", "consensus", "--partial"],
        ["export", "excel", "x.xlsx", "--layer", "Daan", "--sheets", "memos,quotes,progress,framework,coreq"],
        ["export", "public", "x.xlsx", "--layer", "Eve"], ["export", "public", "x.xlsx", "--layer", "Daan"],
        ["export", "public", "x.xlsx", "--layer", "consensus", "--partial"],
        ["export", "public", "x.xlsx", "--layer", "Daan", "--by", "region", "--k", "4"],
        ["export", "report", "x.md", "--layer", "Eve"], ["export", "report", "x.md", "--layer", "Eve", "--public"],
        ["export", "report", "x.md", "--layer", "Daan"], ["export", "report", "x.html", "--layer", "Daan"],
        ["export", "report", "x.docx", "--layer", "Daan", "--public"],
        ["export", "archive", "x", "--layer", "Eve", "--names-replaced-before", "x"],
        ["export", "csv", "x", "--layer", "Eve"], ["export", "csv", "x", "--layer", "Daan"],
        ["export", "csv", "x", "--layer", "consensus", "--partial"],
        ["export", "json", "x.json", "--layer", "Eve"], ["export", "json", "x.json", "--layer", "Daan"],
    ],
    "doctor": [["doctor"]],
    "query": [
        ["query", "D1"], ["query", "D2 or K4", "--layer", "Daan"], ["query", "D1", "--layer", "Eve"],
        ["query", "D1", "--layer", "all"], ["query", "any and by Eve", "--layer", "Daan"],
        ["query", "flag = quote or memo", "--layer", "Daan"], ["query", "D1 and not K4", "--layer", "Daan", "--csv"],
        ["query", "any", "--layer", "consensus"],
    ],
    "queries": [["queries"]],
    "matrix": [
        ["matrix", "theme-interview"], ["matrix", "co-occurrence", "--layer", "Daan"],
        ["matrix", "gaps", "--layer", "Daan"], ["matrix", "theme-group", "--layer", "Eve"],
        *[["matrix", kind, "--layer", "Daan", *more] for kind, more in (
            ("theme-interview", ("--level", "code", "--csv")), ("theme-group", ("--count", "segments")),
            ("crosstab", ("--by", "region")), ("theme-speaker", ()), ("co-occurrence", ("--within", "turn")),
            ("modifiers", ()), ("timeline", ("--by", "date")), ("saturation", ()), ("divergence", ()),
            ("theme-interview", ("--cell", "D", "cso-1")),
        )],
        ["matrix", "theme-interview", "--layer", "consensus"],
    ],
    "asked": [["asked"], ["asked", "cso-1"]],
    "quotes": [["quotes"], ["quotes", "list", "--state", "draft"], ["quotes", "show", "nothing"],
               ["quotes", "list", "--state", "released"], ["quotes", "list", "--state", "checked"]],
    "outputs": [["outputs", "--kind", "public"], ["outputs"]],
    "retention": [["retention"]],
    "keyfile": [["keyfile"]],
    "translations": [["translations"], ["translations", "--transcript", "cso-1"],
                     ["translations", "out", "x.csv", "--language", "en"]],
    "audit": [["audit"], ["audit", "--kind", "coding"], ["audit", "--coder", "Eve"], ["audit", "export", "x.jsonl"]],
    "framework-matrix": [
        ["framework-matrix", "--by", "transcript"], ["framework-matrix", "--by", "transcript", "--layer", "Daan"],
        ["framework-matrix", "--by", "transcript", "--layer", "Eve"],
        ["framework-matrix", "show", "--by", "transcript", "--layer", "Daan", "--case", "cso-1"],
        ["framework-matrix", "status", "--by", "group", "--layer", "Daan"],
        ["framework-matrix", "export", "x.xlsx", "--by", "transcript", "--layer", "Daan"],
    ],
}  # fmt: skip
"""Commands that read → calls of each; a call is made as it is and with --json."""
OTHERS = {
    "init", "import", "demo", "reviewed", "undo", "redo", "package", "merge", "keys", "sheet", "practice",
    "backup", "restore", "completion", "encrypt", "decrypt", "change-passphrase",
    "models",
}  # fmt: skip
"""Commands that write, that concern one's own work or that hand over a whole file."""


@contextmanager
def edited(root: Path) -> Iterator[tuple[Project, Coder, Coder]]:
    with Project.open(root) as project:
        team = {coder.name: coder for coder in coders(project)}
        yield project, team["Awa"], team["Eve"]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Two projects in which Daan coded the same, blind; Eve coded little in the one and much in the other."""
    home = tmp_path_factory.mktemp("blind")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(home / "home"))
        patch.setenv("HSREVIEW_CODER", "Daan")
        patch.chdir(home)
        project, awa = a_project(home / "one" / "project", transcripts=3)
        daan, eve = (store_coder(project, Coder(new_id(), name), awa.id) for name in ("Daan", "Eve"))
        text, other = opened(project), opened(project, "cso-2")
        assigning.assign(project, awa, [text.transcript, other.transcript], [daan, eve])
        for each in (text, other):
            add_codings(project, daan, each.version.id, *AFTER, [code_id("D1"), code_id("D2")])
            add_codings(project, eve, each.version.id, *BEFORE, [code_id("D1")])
            add_codings(project, eve, each.version.id, *BEFORE, [code_id("D1")], pass_="second")
            mark_reviewed(project, eve, each.transcript.id)
        third = opened(project, "cso-3")
        heard(project, awa, "cso-3")
        for coder in (daan, eve):
            add_codings(project, coder, third.version.id, *AFTER, [code_id("D1"), code_id("D2")], flags=["quote"])
            mark_reviewed(project, coder, third.transcript.id)
        propose_code(project, eve, Localized(en="Proposed", fr="Proposé"))
        correct(project, awa, TEXT.replace("Nous avons travaillé avec les chefs. ", ""))
        project.close()
        shutil.copytree(home / "one" / "project", home / "two" / "project")
        code_more(home / "two" / "project")
        for name in ("one", "two"):
            with edited(home / name / "project") as (project, awa, _eve):
                change_code(project, awa, code_id("D2"), texts={"definition": Localized(en="New", fr="Neuf")})
        outside(home / "other")
        key_file(home / "one" / "project")
        yield home / "one" / "project", home / "two" / "project"


def key_file(root: Path) -> None:
    """The key file of both, which opens without a passphrase."""
    new_key()
    with Project.open(root) as project:
        made = new_key_file(project, str, place_of(project), [own_public_key()])
    names = [Name(1, SECRET.removesuffix(" thinks"), "person", "X1"), Name(2, "consultées", "person", "X2")]
    made.save(made.register.changed("", names))


def outside(root: Path) -> None:
    """A project of another state, in which Daan codes nothing."""
    project, awa = a_project(root)
    text = opened(project)
    add_codings(project, awa, text.version.id, *AFTER, [code_id("D1")])
    mark_reviewed(project, awa, text.transcript.id)
    add_row(project, awa, RowKind.OUTCOME, {"statement_en": "They consult"})
    project.close()


def heard(project: Project, awa: Coder, name: str) -> None:
    """Six people who may be quoted, so that there is something to publish of this transcript."""
    consent = {"status": "written", "scope": ["quotes"], "attribution": "group"}
    text = opened(project, name)
    with project.act(awa.id) as act:
        for n, label in enumerate(("R1", "R2", "X2", "X3", "X4", "X5")):
            person = derived_id("respondent", str(n))
            act.put("respondent", person, name=f"P{n}", grp="cso", consent=consent, attributes={"region": "Gao"})
            known = text.speakers.get(label)
            act.put(
                "speaker", known.id if known else derived_id("speaker", name, label),
                transcript_id=text.transcript.id, label=label, role="respondent", respondent_id=person,
            )  # fmt: skip


def code_more(root: Path) -> None:
    with edited(root) as (project, _awa, eve):
        text = opened(project)
        # What was put on the older text is carried along, or lost where its words are gone.
        [where] = project.connection.execute(
            "select id from text_version where transcript_id = ? and number = 1", (text.transcript.id,)
        ).fetchone()
        book = {row[0] for row in project.connection.execute("select id from code where status = 'proposed'")}
        [theirs] = add_codings(project, eve, where, 40, 60, [code_id("K4")], flags=["quote"])
        add_codings(project, eve, where, 60, 90, [code_id("D2"), *book])
        add_codings(project, eve, where, 60, 90, [code_id("D2")], pass_="second")
        daans = next(c for c in codings_of(project, text.version.id) if c.coder_id != eve.id)
        write_memo(project, eve, SECRET, coding_id=theirs.id)
        write_memo(project, eve, SECRET, coding_id=daans.id)
        write_memo(project, eve, SECRET, transcript_id=text.transcript.id)
        write_memo(project, eve, SECRET, version_id=where, start=40, end=60)
        evidence = [(theirs.id, Stance.SUPPORTS, EvidenceRole.NONE)]
        add_row(project, eve, RowKind.FINDING, {"statement_en": SECRET}, evidence=evidence)
        add_row(project, eve, RowKind.OUTCOME, {"statement_fr": SECRET})
        version = freeze(project, eve, SECRET, because=SECRET)
        meeting = open_meeting(project, eve, name=SECRET, version=version, date="2016-05-12", place=SECRET)
        table = add_table(project, eve, meeting, SECRET, Side.CSO, 8)
        cast(project, eve, meeting, meeting.ballots[0], table, Tally(5))
        theme = codebook(project).themes[0].id
        write_cells(project, eve, CaseKind.TRANSCRIPT, [Edit(text.transcript.id, theme, SECRET)])


def told(root: Path, args: list[str]) -> tuple[int, str]:
    """Exit code and all that was printed or written, without what differs between any two calls."""
    os.environ["HSREVIEW_PROJECT"] = str(root)
    done: Done = call(*(each.replace("ROOT", str(root)) for each in args))
    written = "".join(file_text(Path(each)) for each in args if each.startswith("x") and Path(each).exists())
    said = done.out + done.err + written
    with Project.open(root) as project:  # Exports of Daan's own are on record, each with an id of its own.
        for own in project.connection.execute("select act, id, entity, replica from change where kind = 'output.put'"):
            for each in own:
                said = said.replace(each, "ID")
        for (digest,) in project.connection.execute("select digest from output"):
            said = said.replace(digest, "DIGEST").replace(digest[:12], "DIGEST")
    return int(str(done.code)), re.sub(r"\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00)?", "TIME", said).replace(
        str(root), "ROOT"
    )


def file_text(path: Path) -> str:
    """All that a file holds that an export wrote, of a folder that all its files hold; it is removed."""
    if path.is_dir():
        return "\n".join(f"{each.name}: {file_text(each)}" for each in sorted(path.iterdir()))
    found = path.read_bytes()
    path.unlink()
    if not zipfile.is_zipfile(io.BytesIO(found)):
        return found.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        parts = [(name, archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()]
    return "\n".join(f"{name}: {text}" for name, text in parts)


@pytest.mark.parametrize("json", [[], ["--json"]], ids=["text", "json"])
@pytest.mark.parametrize("args", [args for calls in READING.values() for args in calls], ids=" ".join)
def test_what_others_coded_changes_nothing_that_a_blind_coder_reads(
    projects: tuple[Path, Path], args: list[str], json: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Daan")
    monkeypatch.setenv("HSREVIEW_PROJECT", "")
    little, much = (told(root, [*args, *json]) for root in projects)
    assert little == much and SECRET not in much[1]


def test_every_command_is_judged() -> None:
    assert READING.keys() | OTHERS == COMMANDS.keys() and not READING.keys() & OTHERS


def test_the_lead_reads_what_differs(projects: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSREVIEW_CODER", "Awa")
    monkeypatch.setenv("HSREVIEW_PROJECT", "")
    for args in (["codings"], ["memos"], ["layers"], ["progress"], ["codebook", "show"]):
        little, much = (told(root, args) for root in projects)
        assert little != much, args
