"""`import`: files and folders, refusals, dry runs, stopping."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hsreview.cli.guard import EXIT_INTERRUPTED
from hsreview.model.staging import StagedTranscript
from hsreview.workflows import importing as workflow
from tests.builders import staged
from tests.cli.conftest import call, ok

INTERVIEW = (
    "INT : Qui a décidé cela ?\nR1 : Nous avons décidé ensemble, avec les chefs.\n"
    "INT : Et après ?\nR1 : Après, il a fallu convaincre les autres villages.\n"
    "INT : Comment ?\nR1 : En y allant à pied, deux fois par semaine.\n"
)


def write(folder: Path, name: str, text: str = INTERVIEW) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def names() -> list[str]:
    return [t["name"] for t in ok("transcripts", "--json").json("transcripts")["transcripts"]]


def test_a_folder_is_imported_and_bad_files_do_not_stop_it(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, "gao-1.txt")
    write(new, "empty.txt", "")
    write(new, "photo.jpg", "x")
    write(new, "README.md", "read me")
    write(new, "respondents.csv", "file,respondent,group,region\ngao-1.txt,CSO-Gao-1,cso,Gao\n")
    done = call("--coder", "Awa", "import", str(new), "--attribute", "wave_of=2016", "--json")
    answer = done.json("import")
    assert done.code == 3
    status = {Path(f["file"]).name: (f["status"], bool(f["reason"])) for f in answer["files"]}
    assert status["gao-1.txt"] == ("stored", False)
    assert status["empty.txt"] == status["photo.jpg"] == ("refused", True)
    assert status["README.md"] == ("skipped", True)
    assert "1 transcript stored" in done.err and "2 refused" in done.err and "empty.txt" in done.err
    entry = next(t for t in ok("transcripts", "--json").json("transcripts")["transcripts"] if t["name"] == "gao-1")
    assert entry["group"] == "cso" and entry["attributes"] == {"wave_of": "2016", "region": "Gao"}
    assert ok("text", "gao-1").stdout == INTERVIEW.encode()
    again = call("import", str(new / "gao-1.txt"), "--json").json("import")
    assert [(f["status"], f["name"]) for f in again["files"]] == [("known", "gao-1")]


def test_another_text_under_a_known_name_needs_a_name_of_its_own(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "new", "cso-1.txt")
    done = call("--coder", "Awa", "import", str(path))
    assert done.code == 3 and "--as" in done.err and names() == ["cso-1", "cso-2"]
    ok("import", str(path), "--as", "other")
    assert names() == ["cso-1", "cso-2", "other"]
    assert call("import", str(path), str(write(tmp_path, "b.txt")), "--as", "x").code == 2


def test_roles_group_and_language_are_taken_from_options(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "new", "gao-1.txt")
    done = ok("--coder", "Awa", "import", str(path), "--group", "villagers", "--language", "fr", "--speakers",
              "INT=respondent,R1=other")  # fmt: skip
    assert "villagers" in done.err
    roles = {s["label"]: s["role"] for s in ok("speakers", "gao-1", "--json").json("speakers")["speakers"]}
    assert roles == {"INT": "respondent", "R1": "other"}


@pytest.mark.parametrize(
    "wrong",
    [
        ["--speakers", "INT"],
        ["--speakers", "INT=queen"],
        ["--encoding", "klingon"],
        ["--attribute", "x"],
        ["--language", "xx"],
    ],
)
def test_wrong_options_are_usage_errors(folder: Path, tmp_path: Path, wrong: list[str]) -> None:
    path = write(tmp_path / "new", "gao-1.txt")
    done = call("--coder", "Awa", "import", str(path), *wrong)
    assert done.code == 2 and wrong[1] in done.err and names() == ["cso-1", "cso-2"]


def test_a_dry_run_says_what_was_found_and_stores_nothing(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "new", "gao-1.txt")
    done = ok("import", str(path), "--dry-run", "--json")
    found = done.json("import --dry-run")["files"]
    assert [f["status"] for f in found] == ["staged"] and found[0]["turns"] == 6
    assert [(s["label"], s["role"], s["turns"]) for s in found[0]["speakers"]] == [
        ("INT", "interviewer", 3),
        ("R1", "respondent", 3),
    ]
    assert found[0]["sample"][1]["text"] == "Nous avons décidé ensemble, avec les chefs."
    assert names() == ["cso-1", "cso-2"]
    assert "INT" in ok("import", str(path), "--dry-run").out
    ok("--coder", "Awa", "import", str(path))
    assert ok("import", str(path), "--dry-run", "--json").json("import --dry-run")["files"][0]["status"] == "known"


def test_a_dry_run_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path, "gao-1.txt")
    assert ok("import", str(path), "--dry-run", "--json").json("import --dry-run")["files"][0]["status"] == "staged"
    done = call("import", str(write(tmp_path, "empty.txt", "")), str(tmp_path / "missing.txt"), "--dry-run", "--json")
    assert done.code == 3 and [f["status"] for f in done.json("import --dry-run")["files"]] == ["refused", "refused"]


def test_bad_respondents_refuse_the_import(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    path = write(new, "gao-1.txt")
    write(new, "respondents.csv", "file,respondent,consent\ngao-1.txt,A,perhaps\n")
    done = call("--coder", "Awa", "import", str(path))
    assert done.code == 3 and "perhaps" in done.err and names() == ["cso-1", "cso-2"]


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C means what it means in a terminal, also where the tests were begun in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_keeps_whole_files(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first Ctrl-C comes while the first file is read: it is stored, the second is not begun."""

    def slow(paths: tuple[Path, ...], **settings: Any) -> Iterator[workflow.Staged]:
        for path in paths:
            if settings["cancelled"]():
                return
            signal.raise_signal(signal.SIGINT)
            yield workflow.Staged(path, _staged(path))

    def _staged(path: Path) -> StagedTranscript:
        return staged(path.read_text("utf-8"), path.stem)

    monkeypatch.setattr(workflow, "stage_files", slow)
    files = [str(write(tmp_path / "new", f"{name}.txt", f"{INTERVIEW}INT : {name}\n")) for name in "ab"]
    done = call("--coder", "Awa", "import", *files)
    assert done.code == EXIT_INTERRUPTED and "1 transcript stored" in done.err
    assert names() == ["a", "cso-1", "cso-2"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.usefixtures("interruptible")
def test_the_second_ctrl_c_stops_at_once(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(paths: tuple[Path, ...], **_settings: Any) -> Iterator[workflow.Staged]:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        yield workflow.Staged(paths[0], staged())

    monkeypatch.setattr(workflow, "stage_files", stuck)
    done = call("--coder", "Awa", "import", str(write(tmp_path / "new", "a.txt")))
    assert done.code == EXIT_INTERRUPTED and names() == ["cso-1", "cso-2"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_nothing_is_read_beside_a_path_that_is_not_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[Path] = []

    def respondent_rows(paths: list[Path]) -> tuple[()]:
        looked_at.extend(paths)
        return ()

    monkeypatch.setattr(workflow, "respondent_rows", respondent_rows)
    there = write(tmp_path / "new", "gao-1.txt")
    done = call("--coder", "Awa", "import", str(tmp_path / "absent"), str(there))
    assert done.code == 3 and str(tmp_path / "absent") in done.err
    assert looked_at == [there]


def test_speakers_and_rows_that_fit_nothing_are_warned_of(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, "gao-1.txt")
    write(new, "respondents.csv", "file,respondent,speaker\ngao-1.txt,P1,R9\ngao-2.txt,P2,\n")
    dry = ok("import", "--dry-run", str(new), "--speakers", "INT=interviewer,R7=other")
    assert "No file has a speaker R7." in dry.err
    done = ok("--coder", "Awa", "import", str(new), "--speakers", "INT=interviewer,R7=other")
    for warning in ("No file has a speaker R7.", "names 1 file that is not there: gao-2.txt", "the speaker R9"):
        assert warning in done.err


def test_what_is_not_there_is_said_so(folder: Path, tmp_path: Path) -> None:
    for wish in ("nosuch", "nosuch.txt"):
        done = call("--coder", "Awa", "import", str(tmp_path / wish))
        assert done.code == 3 and "There is no such file or folder." in done.err and "extension" not in done.err


def test_many_files_of_one_unread_type_share_a_line(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, "gao-1.txt")
    for number in range(5):
        write(new, f"log-{number}.jsonl", "x")
    write(new, "photo.jpg", "x")
    for options in ([], ["--dry-run"]):
        done = call("--coder", "Awa", "import", str(new), *options)
        assert done.code == 3 and "5 files ending in .jsonl are not read." in done.err
        assert "log-1" not in done.err and "photo.jpg: refused." in done.err
    assert "6 refused" in call("import", str(new)).err


def test_two_respondents_of_one_file_are_told_before_and_after(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, "gao-1.txt")
    write(new, "respondents.csv", "file,respondent,speaker\ngao-1.txt,CSO-1,R1\ngao-1.txt,CSO-2,INT\n")
    shown = call("--coder", "Awa", "import", "--dry-run", "--json", str(new)).json("import --dry-run")
    [entry] = [each for each in shown["files"] if each["status"] == "staged"]
    assert [doubt["code"] for doubt in entry["doubts"]] == ["focus_group"]
    assert "a focus group, since the table names 2 respondents" in ok("import", "--dry-run", str(new)).out
    assert "a focus group, since the table names 2 respondents" in ok("--coder", "Awa", "import", str(new)).err


def test_a_dry_run_says_which_files_another_text_of_that_name_will_refuse(folder: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "new", "cso-1.txt")
    done = call("import", "--dry-run", str(path))
    assert done.code == 3 and "0 to store, 0 known already, 1 refused." in done.err
    assert "called cso-1 with other content" in done.out and "6 turns" in done.out
    [entry] = call("import", "--dry-run", "--json", str(path)).json("import --dry-run")["files"]
    assert entry["status"] == "refused" and "other content" in entry["reason"] and entry["turns"] == 6
    renamed = ok("import", "--dry-run", "--as", "cso-9", str(path))
    assert "1 to store, 0 known already, 0 refused." in renamed.err
    assert call("--coder", "Awa", "import", str(path)).code == 3


@pytest.mark.parametrize("in_project", [True, False])
def test_a_dry_run_counts_files_of_one_name_or_content_as_an_import_does(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_project: bool
) -> None:
    new = tmp_path / "new"
    texts = {"one": INTERVIEW, "two": INTERVIEW + "INT : Qui ?\n", "x/zz": INTERVIEW * 2, "y/zz": INTERVIEW * 3}
    for name, text in (texts | {"copy": INTERVIEW}).items():
        write((new / name).parent, f"{name.rpartition('/')[2]}.txt", text)
    if not in_project:
        monkeypatch.delenv("HSREVIEW_PROJECT")
    done = call("import", "--dry-run", str(new))
    assert done.code == 3 and "3 to store, 1 known already, 1 refused." in done.err
    assert "The same content as copy, which comes before it." in done.out
    assert "Another file before it is called zz and has other content. Rename one of them." in done.out
    monkeypatch.setenv("HSREVIEW_PROJECT", str(folder))
    real = call("--coder", "Awa", "import", str(new))
    assert real.code == 3 and "3 transcripts stored, 1 known already, 1 refused." in real.err


def test_a_dry_run_ends_with_what_an_import_would_do(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    label = "Représentante de la fédération inventée des associations de la région"
    write(new, "gao-1.txt", f"INT : Alors ?\n{label} : Voilà.\n" * 4)
    write(new, "voice.mp3", "x")
    done = call("import", "--dry-run", str(new))
    assert done.code == 3 and "1 to store, 0 known already, 1 refused. This was a dry run" in done.err
    assert label not in done.out and label[:30] in done.out
    assert label in call("import", "--dry-run", "--json", str(new)).out


def test_the_last_sentence_says_that_all_but_the_refused_is_there(folder: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, "gao-1.txt")
    write(new, "voice.mp3", "x")
    last = "1 refused. All the other transcripts are in the project.\n"
    assert call("--coder", "Awa", "import", str(new)).err.endswith(f"1 transcript stored, {last}")
    again = call("--coder", "Awa", "import", str(new))
    assert again.code == 3 and again.err.endswith(f"0 transcripts stored, 1 known already, {last}")
    alone = call("--coder", "Awa", "import", str(new / "voice.mp3"))
    assert alone.code == 3 and "other transcripts" not in alone.err


@pytest.mark.parametrize(
    ("word", "role"), [("enquêteur", "interviewer"), ("Repondante", "respondent"), ("autre", "other")]
)
def test_roles_are_set_in_french_too(folder: Path, word: str, role: str) -> None:
    ok("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--role", word)
    speakers = ok("speakers", "cso-1", "--json").json("speakers")["speakers"]
    assert next(each["role"] for each in speakers if each["label"] == "R1") == role


def test_a_word_that_is_no_role_is_refused_with_the_roles(folder: Path) -> None:
    done = call("--coder", "Awa", "speakers", "set", "cso-1", "R1", "--role", "chief")
    assert done.code == 2 and "interviewer, respondent or other" in done.err
