"""Codes or imports without end and says what is begun and what is stored; the kill test ends it inside an act."""

from __future__ import annotations

import os
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from hsreview.project import cipher, unlocking
from hsreview.project.merging import merge
from hsreview.project.project import Project
from hsreview.workflows import encrypting
from hsreview.workflows.coders import coders
from hsreview.workflows.coding import add_codings
from hsreview.workflows.importing import ImportOptions, Staged, store
from tests.builders import TEXT, code_id, opened, staged
from tests.project.encrypted import PASSPHRASE
from tests.project.teams import package

BEGIN = ""
"""Sent before each act; what follows is the id of the coding (or the name of the transcript) once it is stored."""


def work(root: str, home: str, what: str, first: int, told: Connection) -> None:
    """Do one act after the other in the project in `root`, as the user whose state is in `home`."""
    os.environ["HSREVIEW_HOME"] = home
    project = Project.open(Path(root))
    coder = coders(project)[0]
    version = opened(project).version.id
    for n in count(first):
        told.send(BEGIN)
        if what == "codings":
            start, size = n % 100, 1 + n // 100 % 50
            coding = add_codings(project, coder, version, start, start + size, [code_id(("D1", "D2", "K4")[n % 3])])[0]
            told.send(coding.id)
        else:
            entry = Staged(Path(f"t{n}.txt"), staged(f"R1 : texte {n}\n" + TEXT * 20, f"t{n}"))
            store(project, coder, [entry], ImportOptions(group="cso"))
            told.send(f"t{n}")


def merge_once(root: str, home: str, other: str, told: Connection) -> None:
    """Merge all that the project in `other` holds into the one in `root`."""
    os.environ["HSREVIEW_HOME"] = home
    with Project.open(Path(root)) as project, Project.open(Path(other)) as source:
        given = package(source)
        told.send(BEGIN)
        told.send(",".join(merge(project, [("p", given)]).packages))


def protect(root: str, home: str, what: str, iterations: int, told: Connection) -> None:
    """Encrypt the project in `root`, make it plain, or change its passphrase; `what` names the workflow."""
    os.environ["HSREVIEW_HOME"] = home
    cipher._ITERATIONS = iterations
    unlocking.ask_with(lambda _path, wrong: None if wrong else PASSPHRASE)
    told.send(BEGIN)
    if what == "decrypt":
        encrypting.decrypt(Path(root), lambda _name: None)
    else:
        getattr(encrypting, what)(Path(root), lambda: PASSPHRASE, lambda _name: None)
    told.send("done")
