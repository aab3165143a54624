"""After a mask no byte of any file holds the name: whoever wrote it, in whichever table, backup or index it stood."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from hsreview.base.ids import new_id
from hsreview.model.framework import RowKind
from hsreview.model.people import Coder, CoderRole
from hsreview.privacy.register import Name, Register
from hsreview.project import scrubbing
from hsreview.project.doctor import examine
from hsreview.project.project import Project
from hsreview.workflows import coding as acts
from hsreview.workflows import undoing
from hsreview.workflows.coders import store_coder
from hsreview.workflows.encrypting import decrypt
from hsreview.workflows.framework_rows import add_row
from hsreview.workflows.framework_versions import freeze, frozen_versions
from hsreview.workflows.masking import Plan, mask, plan
from hsreview.workflows.quoted import State
from hsreview.workflows.quotes import check, quotes, release
from hsreview.workflows.reading import codings_of
from tests.builders import a_project
from tests.project import encrypted as cipher
from tests.project.encrypted import quick_keys as quick_keys
from tests.workflows.spoken import Spoken, found, spoken


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Coder]]:
    """A project of two interviews and the lead who made it."""
    project, awa = a_project(tmp_path_factory.mktemp("base") / "project", transcripts=2)
    project.connection.execute("pragma wal_checkpoint(truncate)")
    project.close()
    yield project.root, awa


def register(made: Spoken) -> Register:
    """A register in which every distinctive word is a name."""
    names = [Name(n, word, "person", f"Z{n}x") for n, word in enumerate(dict.fromkeys(made.words), 1)]
    return Register(made.project.id, tuple(names), language="fr")


def planned(made: Spoken, names: Register) -> Plan:
    return plan(made.project, made.coder, names, {name.number for name in names.names})


def told_by_others(made: Spoken) -> None:
    """What other coders wrote of a name, and what lasts of it: a frozen version, a ruling, an output."""
    word, project = made.words[1], made.project
    daan = store_coder(project, Coder(new_id(), "Daan"))
    acts.write_memo(project, daan, f"{word} a dit cela, d’{word} aussi", coding_id=codings_of(project)[0].id)
    add_row(project, made.coder, RowKind.FINDING, {"statement_fr": f"selon {word}"})
    freeze(project, made.coder, f"avec {word}", because=f"{word} l’a relu")
    with project.act(made.coder.id) as act:
        act.put("ruling", new_id(), because=f"{word} a raison", coder_id=made.coder.id, at=act.at)
        act.put(
            "output", new_id(), name=f"x_{word.lower()}.docx", kind="transcript", at=act.at, digest="d", recipient=word,
            details={},
        )  # fmt: skip
    project.backup("asked")


def _search(base: tuple[Path, Coder], folder: Path, home: Path, seeds: Sequence[int]) -> None:
    for seed in seeds:
        made = spoken(base[0], folder / str(seed), base[1], seed)
        told_by_others(made)
        names = register(made)
        done = mask(made.project, made.coder, planned(made, names), names)
        assert done.cleared.done and done.left == (), seed
        assert examine(made.project.connection) == [], seed
        assert not undoing.undo(made.project, made.coder).done
        assert len(frozen_versions(made.project)) == 1
        made.project.close()
        assert found(made.words, made.root, home) == [], seed


def test_no_byte_of_any_file_holds_a_masked_name(base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path) -> None:
    _search(base, tmp_path, fresh_user, [0, 4])


@pytest.mark.deep
def test_no_byte_of_any_file_holds_a_masked_name_deep(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path
) -> None:
    _search(base, tmp_path, fresh_user, range(1, 80))


def test_nothing_is_left_in_an_encrypted_project(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path, quick_keys: None
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 7)
    made.project.close()
    cipher.encrypted(made.root)
    cipher.answers(cipher.PASSPHRASE)
    with Project.open(made.root) as project:
        made.project, names = project, register(made)
        done = mask(project, made.coder, planned(made, names), names)
        assert done.cleared.done and done.left == () and examine(project.connection) == []
    decrypt(made.root, lambda _name: None)
    assert found(made.words, made.root, fresh_user) == []


def test_a_released_quote_is_a_draft_again(base: tuple[Path, Coder], tmp_path: Path) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 1)
    project, names = made.project, register(made)
    second = store_coder(project, Coder(new_id(), "Daan", CoderRole.LEAD))
    [person] = {each.respondents[0].id for each in quotes(project)}
    with project.act(made.coder.id) as act:
        act.put("respondent", person, consent={"status": "written", "scope": ["quotes"], "attribution": "group"})
    wishes = [each.id for each in quotes(project)]
    check(project, second, wishes)
    assert {each.state for each in release(project, second, wishes, because="one of us is away")} == {State.RELEASED}
    mask(project, made.coder, planned(made, names), names)
    found_now = quotes(project)
    assert {each.id for each in found_now} == set(wishes) and {each.state for each in found_now} == {State.DRAFT}
    assert all("text" in each.changed for each in found_now)


def _die(*_args: object, **_names: object) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _after(function: Callable[..., Any]) -> Callable[..., Any]:
    def then_die(*args: Any, **names: Any) -> Any:
        function(*args, **names)
        _die()

    return then_die


STEPS: dict[str, tuple[str, Callable[..., Any] | None]] = {
    "before the commit": ("hsreview.project.masking.begin_erasing", None),
    "after the commit": ("hsreview.project.scrubbing._rewrite", _die),
    "the file is written anew": ("hsreview.project.scrubbing._rewrite", None),
    "backups are removed": ("hsreview.project.scrubbing._clear_folder", None),
}
"""Step → what is called there, and whether the end comes before (else after) it."""


@pytest.mark.skipif(sys.platform == "win32", reason="kills its own copy")
@pytest.mark.parametrize("step", STEPS)
def test_a_killed_mask_is_not_begun_or_finished_at_the_next_opening(
    base: tuple[Path, Coder], tmp_path: Path, fresh_user: Path, step: str
) -> None:
    made = spoken(base[0], tmp_path / "p", base[1], 2)
    made.project.backup("asked")
    made.project.close()
    child = os.fork()
    if child == 0:
        _killed(made, *STEPS[step])
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    with Project.open(made.root) as project:
        assert examine(project.connection) == [] and not scrubbing.is_unfinished(project.connection)
    left = {word for word, _file in found(made.words, made.root, fresh_user)}
    assert left == (set(made.words) if step == "before the commit" else set())


def _killed(made: Spoken, place: str, instead: Callable[..., Any] | None) -> NoReturn:
    try:
        with pytest.MonkeyPatch.context() as patch:
            made.project = Project.open(made.root)
            names = register(made)
            ready = planned(made, names)
            module, _dot, name = place.rpartition(".")
            patch.setattr(place, instead or _after(getattr(sys.modules[module], name)))
            mask(made.project, made.coder, ready, names)
    finally:
        os._exit(1)
