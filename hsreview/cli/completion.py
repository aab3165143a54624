"""`completion`: scripts that let the shell complete commands, options and names."""

from __future__ import annotations

import click

from hsreview.base.messages import N_
from hsreview.cli.kit import argument, command

_WHERE = N_(
    "Print the completion script of your shell.\n\n"
    "Completes commands, options, and the names of transcripts, codes and coders.\n\n"
    "\b\n"
    'bash: add to ~/.bashrc: eval "$(hsreview completion bash)"\n'
    'zsh:  add to ~/.zshrc:  eval "$(hsreview completion zsh)"\n'
    "fish: hsreview completion fish > ~/.config/fish/completions/hsreview.fish"
)


@command("completion", _WHERE)
@argument("shell", "bash|zsh|fish", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    from click.shell_completion import ShellComplete, get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    # The base class's source only fills in the template; bash's own would start a shell to ask for its version.
    print(ShellComplete.source(kind(ctx.find_root().command, {}, "hsreview", "_HSREVIEW_COMPLETE")))
