"""What arguments hold: names that the shell can complete, and `key=value` pairs."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from hsreview.base.errors import HsreviewError, UsageProblem
from hsreview.base.messages import _
from hsreview.cli.world import World
from hsreview.model.text import Role, role_named

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from hsreview.project.project import Project

    _Text = click.ParamType[str, Any]
    _Number = click.ParamType[int, Any]
else:
    _Text = _Number = click.ParamType


class WholeNumber(_Number):
    """A whole number of `least` or more, refused in one sentence of the user's language."""

    name = "number"

    def __init__(self, least: int) -> None:
        self.least = least

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            number = int(value)
        except ValueError:
            number = self.least - 1
        if number < self.least:
            said = _("“{value}” is not a whole number of {least} or more.").format(value=value, least=self.least)
            self.fail(said, param, ctx)
        return number


class RoleName(_Text):
    """The role of a speaker, named in English or French."""

    name = "role"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Role:
        role = role_named(str(value))
        if role is None:
            said = _("“{value}” is no role; write interviewer, respondent or other.").format(value=value)
            self.fail(said, param, ctx)
        return role

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "[" + "|".join(Role) + "]"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(role.value) for role in Role if role.startswith(incomplete.lower())]


class ProjectName(_Text):
    """The name of something in the project; the shell completes it."""

    def __init__(self, name: str, names: Callable[[Project], Iterable[str]]) -> None:
        self.name = name
        self._names = names

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        try:
            with World(ctx.find_root().params.get("folder"), reminded=["completion"]).reading() as project:
                names = list(self._names(project))
        except HsreviewError:  # Outside of a project there is nothing to complete.
            return []
        return [CompletionItem(name) for name in names if name.lower().startswith(incomplete.lower())]


def _transcripts(project: Project) -> Iterable[str]:
    from hsreview.workflows.reading import transcripts

    return (transcript.name for transcript in transcripts(project))


def _codes(project: Project) -> Iterable[str]:
    from hsreview.workflows.reading import codebook

    return (place.code.ref for place in codebook(project).codes())


def _coders(project: Project) -> Iterable[str]:
    from hsreview.workflows.coders import coders

    return (coder.name for coder in coders(project))


def _respondents(project: Project) -> Iterable[str]:
    from hsreview.workflows.reading import respondents

    return (respondent.name for respondent in respondents(project))


TRANSCRIPT = ProjectName("transcript", _transcripts)
CODE = ProjectName("code", _codes)
CODER = ProjectName("coder", _coders)
RESPONDENT = ProjectName("respondent", _respondents)
AT_LEAST_ONE = WholeNumber(1)
NOT_NEGATIVE = WholeNumber(0)
ROLE = RoleName()


def parts_of(values: Iterable[str]) -> list[str]:
    """The names in options that may be repeated and hold several names, separated by commas."""
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def pairs(values: Iterable[str], option: str) -> dict[str, str]:
    """`key=value` arguments as a mapping. Raises UsageProblem for one without a key or `=`."""
    found: dict[str, str] = {}
    for value in values:
        key, equals, rest = value.partition("=")
        if not equals or not key.strip():
            raise UsageProblem(
                _("“{value}” is not understood: write {option} NAME=VALUE.").format(value=value, option=option)
            )
        found[key.strip()] = rest.strip()
    return found


def known_encoding(_ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
    """The name of an encoding that Python knows, as it was given."""
    if value is not None:
        try:
            codecs.lookup(value)
        except LookupError:
            raise UsageProblem(_("There is no encoding {name}.").format(name=value)) from None
    return value
