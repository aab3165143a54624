"""Codes or imports without end and says what is stored; the kill test ends it at a random moment."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from hsreview.project.project import Project
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.importing import ImportOptions, Staged, store
from tests.builders import TEXT, code_id, opened, staged


def main(root: Path, what: str, first: int) -> None:
    """Print the id of every coding (or the name of every transcript) once it is stored."""
    project = Project.open(root)
    coder = coders(project)[0]
    version = opened(project).version.id
    for n in count(first):
        if what == "codings":
            start, size = n % 100, 1 + n // 100 % 50
            coding = add_codings(project, coder, version, start, start + size, [code_id(("D1", "D2", "K4")[n % 3])])[0]
            print(coding.id, flush=True)
        else:
            entry = Staged(Path(f"t{n}.txt"), staged(f"R1 : texte {n}\n" + TEXT * 20, f"t{n}"))
            store(project, coder, [entry], ImportOptions(group="cso"))
            print(f"t{n}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
