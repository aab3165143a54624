"""`demo`: build the sample project, write its workbook, open the workbench."""

from __future__ import annotations

import shlex
import sys
import tempfile
from pathlib import Path

from hsreview.base.messages import N_, _
from hsreview.cli.kit import PATH, argument, command, option
from hsreview.cli.output import emit, in_terminal, say
from hsreview.cli.world import OpenWorkbench, World, pass_world


@command(
    "demo",
    N_(
        "Build the sample project and open it.\n\n"
        "Invented interviews, coded by three invented people, and a framework that an invented meeting validated. "
        "Without DIR it is a scratch copy in a private temporary "
        "folder, which the system may delete: name a folder to keep it. The path of the workbook is printed; in a "
        "terminal the workbench opens."
    ),
)
@argument("folder", N_("[DIR]"), required=False, type=PATH)
@option("--coded-only", is_flag=True, text=N_("Leave the framework out, to build one yourself."))
@option("--no-open", is_flag=True, text=N_("Do not open the workbench."))
@pass_world
def demo(world: World, folder: Path | None, coded_only: bool, no_open: bool) -> OpenWorkbench | None:
    from hsreview.workflows.demo import build_demo

    # mkdtemp makes a folder that only its owner can open.
    root = folder or Path(tempfile.mkdtemp(prefix="hsreview-demo-"))
    made = build_demo(root, coded_only=coded_only, progress=say)
    say(_("Sample project: {folder}").format(folder=made.root))
    say(_("Workbook with its themes:"))
    emit(str(made.workbook))
    if folder is None:
        say(
            _("This is a scratch copy, which the system may delete. To keep one: {command}").format(
                command=_typed("demo", _("DIR"))
            )
        )
    say(_("To open the workbench: {command}").format(command=_typed("-p", str(made.root))))
    if no_open or not in_terminal():
        return None
    return OpenWorkbench(made.root, world.coder, world.mouse)


def _typed(*args: str) -> str:
    """The command line that gives this program `args`, in the way in which it was started."""
    if Path(sys.argv[0]).name == "__main__.py":
        return shlex.join([sys.executable, "-m", "hsreview", *args])
    return shlex.join(["hsreview", *args])
