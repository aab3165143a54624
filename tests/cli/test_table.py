"""Every command is in the table, documented and translated; the documentation is what the program says."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from hsreview.base.messages import use_language
from hsreview.cli.answers import ANSWERS
from hsreview.cli.kit import Group, as_json, command
from hsreview.cli.main import root
from hsreview.cli.table import COMMANDS
from scripts import cli_docs
from tests.cli.conftest import call, ok
from tests.cli.shapes import check_answer
from tests.conftest import ROOT


def every_command() -> Iterator[click.Context]:
    yield from cli_docs.commands(root, click.Context(root, info_name="hsreview"))


def test_the_pages_made_from_the_program_are_in_step() -> None:
    assert cli_docs.stale() == [], "run python -m scripts.cli_docs and read the difference"


@pytest.mark.parametrize("page", ["cli.md", "cli.fr.md"])
def test_every_command_is_documented(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    missing = [ctx.command_path for ctx in every_command() if f"\n## {ctx.command_path}\n" not in text]
    assert not missing


def test_every_answer_has_a_documented_shape() -> None:
    with_json = {_answer(ctx) for ctx in every_command() if any("--json" in param.opts for param in ctx.command.params)}
    assert {name.partition(" --")[0] for name in ANSWERS} == with_json


def _answer(ctx: click.Context) -> str:
    """The command as its answer is called: one that runs for the bare word of its group may bear the group's name."""
    path = ctx.command_path.removeprefix("hsreview ")
    above = ctx.parent and ctx.parent.command
    short = isinstance(above, Group) and above.default == ctx.info_name and path not in ANSWERS
    return path.rpartition(" ")[0] if short else path


def test_a_wrong_answer_would_be_noticed() -> None:
    check_answer("coders", {"coders": [{"id": "1", "name": "Awa", "role": "lead"}]})
    for wrong in (
        {},
        {"coders": [{"id": 1, "name": "Awa", "role": "lead"}]},
        {"coders": [{"id": "1", "name": "Awa", "role": "queen"}]},
        {"coders": [{"id": "1", "name": "Awa"}]},
        {"coders": [], "more": 1},
    ):
        with pytest.raises(AssertionError):
            check_answer("coders", wrong)


def test_every_help_starts_with_a_sentence_and_names_every_option() -> None:
    for ctx in every_command():
        assert ctx.command.help and ctx.command.help.partition("\n")[0].endswith("."), ctx.command_path
        for param in ctx.command.params:
            if isinstance(param, click.Option):
                assert param.help and param.help.endswith((".", ").")), f"{ctx.command_path} {param.name}"


def test_help_is_wrapped_to_the_screen() -> None:
    for ctx in every_command():
        ctx.terminal_width = 80
        assert all(len(line) <= 80 for line in ctx.get_help().split("\n")), ctx.command_path


def test_help_needs_no_project() -> None:
    done = ok("codings", "add", "--help")
    assert "12.3-5" in done.out and done.err == ""


def test_help_speaks_the_language_that_is_asked_for() -> None:
    assert "Usage:" in ok("--lang", "en", "search", "--help").out
    french = ok("--lang", "fr", "search", "--help").out
    assert "Emploi" in french and "Afficher cette aide et quitter." in french
    assert "Usage:" in ok("search", "--help").out


def test_french_help_has_no_english_left() -> None:
    """Every text of a command, option or metavar has a translation of its own."""
    missing = []
    for ctx in every_command():
        use_language("en")
        english = [param.help or "" for param in ctx.command.params if isinstance(param, click.Option)]
        english += (ctx.command.help or "").split("\n\n")[:1]
        use_language("fr")
        said = " ".join(ctx.get_help().split())
        missing += [f"{ctx.command_path}: {text}" for text in english if " ".join(text.split()) in said]
    assert not missing


def test_a_plural_noun_alone_lists() -> None:
    listing = Group("things", default="list")

    @command("list", "List.")
    @as_json
    def list_(as_json: bool) -> str:
        return f"listed {as_json}"

    listing.add_command(list_)
    assert listing.main([], standalone_mode=False) == "listed False"
    assert listing.main(["--json"], standalone_mode=False) == "listed True"
    with pytest.raises(click.UsageError, match="No such command"):
        listing.main(["lits"], standalone_mode=False)


def test_an_unknown_command_is_a_usage_error_with_a_hint() -> None:
    done = call("codigns")
    assert done.code == 2 and "codings" in done.err and done.out == ""


def test_unknown_options_are_usage_errors() -> None:
    assert call("--nonsense").code == 2
    assert call("doctor", "--nonsense").code == 2
    assert call("text").code == 2
    assert call("codebook").code == 2


def test_the_version_is_printed() -> None:
    assert ok("--version").out.startswith("hsreview ")


def test_the_help_names_every_command_once() -> None:
    lines = ok("--help").lines
    for name in COMMANDS:
        assert len([line for line in lines if line.startswith(f"  {name} ")]) == 1, name


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_program(shell: str) -> None:
    assert "_HSREVIEW_COMPLETE" in ok("completion", shell).out
