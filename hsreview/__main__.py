"""The program `hsreview`: the command line, and the workbench when a command wishes to open it."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run what the program's arguments ask for; returns the exit code."""
    from hsreview.cli.guard import guarded

    return guarded(_work)


def _work() -> int:
    from hsreview.cli.main import dispatch

    done = dispatch()
    if isinstance(done, int):
        return done
    # Start-up makes many objects that all stay; collecting garbage among them only costs time. The workbench goes back
    # to collecting once its first screen stands.
    gc.disable()
    from hsreview.cli.unseen import unseen

    with unseen(done.root):
        from hsreview.tui.app import run

        return run(done.root, done.coder, mouse=done.mouse)


if __name__ == "__main__":
    sys.exit(main())
