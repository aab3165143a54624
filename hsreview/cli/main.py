"""The command `hsreview`: global options, and the way to the command that is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hsreview import __version__
from hsreview.base.messages import LANGUAGES, N_, _, use_language
from hsreview.cli.guard import PipeClosed
from hsreview.cli.kit import PATH, Group, option
from hsreview.cli.passphrases import ProjectPassphrase
from hsreview.cli.table import COMMANDS, FRENCH, HELP, SECTIONS
from hsreview.cli.world import OpenWorkbench, World
from hsreview.project.unlocking import ask_with


class Root(Group):
    """The command itself; its commands come from the table and are imported when they run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        return entry.load() if entry else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] in HELP:
            args = [*args[1:], "--help"]
            if len(args) == 1:
                print(ctx.get_help())
                ctx.exit()
        if args[0] not in COMMANDS:
            near = _near(args[0])
            hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
            ctx.fail(" ".join([_("There is no command {name}.").format(name=args[0]), hint]).rstrip())
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        width = max(len(name) for name in COMMANDS)
        for title, entries in SECTIONS:
            with formatter.section(_(title)):
                formatter.write_dl([(entry.name.ljust(width), _(entry.summary)) for entry in entries])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(entry.name, help=_(entry.summary))
            for entry in COMMANDS.values()
            if entry.name.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:  # click would exit with 1, which means that a check found something.
            raise PipeClosed from error


def _near(word: str) -> list[str]:
    """The commands that may be meant by `word`, the likeliest first."""
    import difflib

    words = {**{name: name for name in COMMANDS}, **FRENCH}
    found = difflib.get_close_matches(word.casefold(), words, 2)
    return list(dict.fromkeys(words[name] for name in found))


def _choose_language(_ctx: click.Context, _option: click.Parameter, wish: str | None) -> None:
    if wish:
        use_language(wish)


def _print_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        print(f"hsreview {__version__}")
        ctx.exit()


@click.command(
    "hsreview",
    cls=Root,
    invoke_without_command=True,
    context_settings={"max_content_width": 100},
    options_metavar=N_("[OPTIONS]"),
    help=N_(
        "Code interviews by keyboard, compare coders, take theme matrices to Excel.\n\n"
        "Without a command, the workbench opens on the project in this folder or a folder above. Commands print data "
        "on stdout and messages on stderr. Exit codes: 0 done, 1 a check found something, 2 wrong usage, 3 an input "
        "was refused, 4 the project cannot be opened."
    ),
)
@option(
    "-p",
    "--project",
    "folder",
    type=PATH,
    metavar=N_("DIR"),
    text=N_("The project's folder (else HSREVIEW_PROJECT, else this folder or one above)."),
)
@option(
    "--coder",
    metavar=N_("NAME"),
    text=N_(
        "Who you are, by name or id (else HSREVIEW_CODER, else who coded here last). A new name joins the "
        "team at the first act, unless it is that of a coder but for accents or, from three letters on, for one slip "
        "of the keys (not in a digit or a final initial); “coders add” adds such a name."
    ),
)
@option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_choose_language,
    text=N_("Language of messages (else HSREVIEW_LANG, settings, the system's language)."),
)
@option(
    "--passphrase-fd",
    "passphrase_file",
    type=int,
    metavar="N",
    text=N_(
        "Read the passphrase of an encrypted project from the open file N, such as 3 in “3< FILE” (else "
        "HSREVIEW_PASSPHRASE, else it is asked for)."
    ),
)
@option("--no-mouse", is_flag=True, text=N_("Open the workbench without the mouse."))
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    text=N_("Show the version and exit."),
)
@click.pass_context
def root(
    ctx: click.Context, folder: Path | None, coder: str | None, passphrase_file: int | None, no_mouse: bool
) -> OpenWorkbench | None:
    ctx.obj = World(folder, coder, mouse=not no_mouse)
    in_workbench = ctx.invoked_subcommand is None  # It asks on a screen of its own.
    ask_with(ProjectPassphrase(passphrase_file, prompt=not in_workbench))
    return ctx.obj.workbench() if in_workbench else None


def dispatch(args: Sequence[str] | None = None) -> int | OpenWorkbench:
    """Run the command that `args` (by default the program's arguments) ask for.

    Returns its exit code, or the wish to open the workbench. Errors are raised; see `guarded`.
    """
    done = root.main(args=args, prog_name="hsreview", standalone_mode=False)
    return done if isinstance(done, int | OpenWorkbench) else 0
