"""click as we use it: help texts are declared in English and translated when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from hsreview.base.messages import N_, _, labelled

F = TypeVar("F", bound=Callable[..., Any])


class Option(click.Option):
    """An option; its help and its metavar are translated when they are shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, _(self.help), 1)

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)


class Argument(click.Argument):
    """A positional argument; its metavar (`FILE…`, `[FILE]`) is translated when it is shown."""

    def make_metavar(self, ctx: click.Context) -> str:
        return _(self.metavar) if self.metavar else super().make_metavar(ctx)

    @property
    def human_readable_name(self) -> str:
        return _(self.metavar) if self.metavar else super().human_readable_name


class _Formatter(click.HelpFormatter):
    def write_heading(self, heading: str) -> None:
        self.write(" " * self.current_indent + labelled(heading, "").rstrip(" ") + "\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Translated(click.Command):
    """What `Command` and `Group` have in common."""

    context_class = _Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.option_name == "--aide":  # What is spelt most alike (`--as`) is not what is meant.
                told = _("There is no option {name}. Did you mean {option}?").format(name="--aide", option="--help")
                raise click.NoSuchOption(error.option_name, told, ctx=ctx) from None
            raise

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            lines = click.wrap_text(
                _(self.help), formatter.width, initial_indent="  ", subsequent_indent="  ", preserve_paragraphs=True
            )
            formatter.write(f"\n{lines}\n")

    def get_short_help_str(self, limit: int = 45) -> str:
        return _(self.help).partition("\n")[0].removesuffix(".") if self.help else ""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        if self._help_option is None:
            self._help_option = Option(
                ["-h", "--help", "_show_help"], is_flag=True, is_eager=True, expose_value=False, callback=_show_help,
                help=N_("Show this message and exit."),
            )  # fmt: skip
        return self._help_option


class Command(_Translated):
    """A command."""


class Group(_Translated, click.Group):
    """Commands about one thing. With `default`, that command runs when none is named (`transcripts` lists)."""

    def __init__(self, *args: Any, default: str | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.default = default
        self.no_args_is_help = default is None and not self.invoke_without_command

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        below = _("[COMMAND ...]") if self.invoke_without_command or self.default else _("COMMAND ...")
        return [*click.Command.collect_usage_pieces(self, ctx), below]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if self.default is not None and self._means_default(args):
            args = [self.default, *args]
        return super().parse_args(ctx, args)

    def _means_default(self, args: list[str]) -> bool:
        if not args or args[0] in (*self.commands, "-h", "--help"):
            return not args
        takes_names = any(isinstance(each, click.Argument) for each in self.commands[self.default or ""].params)
        return takes_names or args[0].startswith("-")


def _show_help(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        print(ctx.get_help())
        ctx.exit()


def command(name: str, text: str, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command; the first line of `text` (marked with N_) stands in lists of commands."""
    return click.command(name, cls=Command, help=text, **settings)


def group(name: str, text: str, default: str | None = None) -> Group:
    """A group of commands without options of its own."""
    return Group(name, help=text, default=default)


def sub(parent: Group, name: str, text: str) -> Callable[[Callable[..., Any]], Command]:
    """Make a function a command of `parent`."""

    def add(function: Callable[..., Any]) -> Command:
        made = command(name, text)(function)
        parent.add_command(made)
        return made

    return add


def option(*names: str, text: str, **settings: Any) -> Callable[[F], F]:
    """An option; `text` is marked with N_."""
    return click.option(*names, cls=Option, help=text, **settings)


def argument(name: str, metavar: str, **settings: Any) -> Callable[[F], F]:
    """A positional argument; `metavar` is marked with N_."""
    return click.argument(name, cls=Argument, metavar=metavar, **settings)


PATH = click.Path(path_type=Path, readable=False)
"""A file or folder; what is wrong with it (missing, unreadable) the command says itself, with its own exit code."""

as_json = option("--json", "as_json", is_flag=True, text=N_("Print one JSON document (its shape: docs/json.md)."))
