"""Projects in which coders differ, made for the screens of the review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from hsreview.model.people import Coder
from hsreview.project.project import Project
from hsreview.workflows.coders import add_coder
from hsreview.workflows.coding import add_codings, mark_reviewed
from tests.builders import a_project, code_id, opened

Put = tuple[str, str]
"""Ref of a code, and the words that it stands on."""

CHEFS = "Nous avons travaillé avec les chefs."
BUDGET = "Mais sans budget, c’était l’œuvre de tous."
BOTH_SENTENCES = f"{CHEFS} {BUDGET}"
MANGER = "La sécurité, c’est manger."
FEMMES = "Les femmes n’ont pas été consultées au début."

AWA: Sequence[Put] = (("D1", CHEFS), ("D1", MANGER), ("K4", BUDGET), ("D2", FEMMES))
MOUSSA: Sequence[Put] = (("D1", CHEFS), ("D2", MANGER), ("D2", FEMMES), ("K4", FEMMES))
"""Against Awa: agreed on two; another code on MANGER; BUDGET missed; K4 more on FEMMES."""


def put(project: Project, coder: Coder, puts: Iterable[Put], name: str = "cso-1") -> None:
    """Code words of a transcript."""
    text = opened(project, name)
    for ref, words in puts:
        start = text.text.index(words)
        add_codings(project, coder, text.version.id, start, start + len(words), [code_id(ref)])


def differing(
    root: Path, puts: Sequence[tuple[str, Sequence[Put]]] = (("Awa", AWA), ("Moussa", MOUSSA)), *, transcripts: int = 1
) -> Path:
    """A project in which each of these coders coded the first transcript and marked it reviewed; Awa leads."""
    project, lead = a_project(root, transcripts=transcripts)
    for name, own in puts:
        coder = lead if name == lead.name else add_coder(project, lead.id, name)
        put(project, coder, own)
        mark_reviewed(project, coder, opened(project).transcript.id)
    project.close()
    return root
