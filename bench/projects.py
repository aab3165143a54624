"""Projects of any size for measurements: invented text, the shipped codebook, one coder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bench.make_text import Corpus, make_corpus
from hsreview.base.ids import new_id
from hsreview.base.samples import sample_dir
from hsreview.model.coding import Coding, Origin
from hsreview.model.people import Coder, CoderRole
from hsreview.model.staging import StagedSpeaker, StagedTranscript
from hsreview.model.text import Role, Units, text_hash
from hsreview.project.project import Project
from hsreview.workflows.coders import remember_coder
from hsreview.workflows.coding import put_codings
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.projects import create_project
from hsreview.workflows.reading import codebook, find_transcript


def staged(corpus: Corpus, name: str) -> StagedTranscript:
    """A corpus as a reader would hand it on."""
    labels = dict.fromkeys(turn.speaker for turn in corpus.turns if turn.speaker)
    speakers = tuple(
        StagedSpeaker(label, Role.INTERVIEWER if label == "Enquêteur" else Role.RESPONDENT, 1, 1, "")
        for label in labels
    )
    units = Units(corpus.sentences, tuple(corpus.words()), "bench")
    return StagedTranscript(
        name, f"{name}.txt", "txt", "utf-8", "label_colon", "fr", corpus.text, corpus.turns, units, speakers,
        text_hash(corpus.text),
    )  # fmt: skip


def make_project(root: Path, sizes: Iterable[tuple[int, int]]) -> Project:
    """A project with one transcript for each `(words, codings)`, coded by its only coder."""
    coder = Coder(new_id(), "Bench", CoderRole.LEAD)
    project = create_project(root, codebook=sample_dir("codebooks") / "critical-review.yaml", coder=coder)
    remember_coder(project, coder)
    codes = [place.code.id for place in codebook(project).codes()]
    for number, (words, codings) in enumerate(sizes, 1):
        corpus = make_corpus(words, codings, codes, seed=number)
        name = f"bench-{number:04}"
        entry = Staged(Path(f"{name}.txt"), staged(corpus, name))
        store(project, coder, [entry], ImportOptions(group="cso", gated=False))
        version = find_transcript(project, name).version_id
        with project.act(coder.id) as act:
            put_codings(
                act,
                (
                    Coding(new_id(), version, start, end, code, coder.id, origin=Origin.IMPORTED, created=act.at)
                    for start, end, code in corpus.codings
                ),
            )
    return project
