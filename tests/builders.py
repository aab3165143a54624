"""Small invented projects for tests, made without reading files."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from hsreview.base.ids import new_id
from hsreview.base.messages import current_language
from hsreview.model.codebook import Code, Codebook, Flag, Group, Modifier, ModifierValue, Question, Theme, node_id
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, CoderRole
from hsreview.model.staging import StagedSpeaker, StagedTranscript
from hsreview.model.text import Role, Turn, Units, check_turns, text_hash
from hsreview.project.project import Project
from hsreview.workflows.codebooks import store_codebook
from hsreview.workflows.coders import store_coder
from hsreview.workflows.importing import ImportOptions, Staged, store
from hsreview.workflows.reading import OpenText, find_transcript, open_text

TEXT = (
    "Entretien fictif\n"
    "INT : Qui a décidé ? Comment ?\n"
    "R1 : Nous avons travaillé avec les chefs. Mais sans budget, c’était l’œuvre de tous.\n"
    "INT : Et la sécurité humaine ?\n"
    "R1 : La sécurité, c’est manger. Les femmes n’ont pas été consultées au début.\n"
)
_LABEL = re.compile(r"([^\n:]{1,40}?)[ \u00a0]?: ")


def a_codebook(*, refs: tuple[str, ...] = ("D1", "D2", "K4")) -> Codebook:
    """A codebook of one question and one theme, with a modifier and two flags."""
    book = "test"
    codes = tuple(
        Code(id=node_id(book, "code", ref), ref=ref, label=Localized(fr=f"Libellé {ref}", en=f"Label {ref}"))
        for ref in refs
    )
    theme = Theme(
        node_id(book, "theme", "D"), "D", Localized(fr="Moteurs", en="Drivers"), questions=("Q1",), codes=codes
    )
    question = Question(node_id(book, "question", "Q1"), "Q1", Localized(fr="Pourquoi ?", en="Why?"), hue="blue")
    stance = Modifier(
        "stance",
        Localized(fr="Position", en="Stance"),
        key="p",
        values=(ModifierValue("positive", Localized(fr="positif", en="positive"), "+"),),
    )
    flags = tuple(Flag(ref, Localized(fr=ref, en=ref)) for ref in ("quote", "unsure"))
    groups = tuple(Group(ref, Localized(fr=ref, en=ref)) for ref in ("cso", "policymaker"))
    return Codebook(
        book, "1.0", Localized(fr="Grille", en="Book"), questions=(question,), themes=(theme,), modifiers=(stance,),
        flags=flags, groups=groups,
    )  # fmt: skip


def staged(text: str = TEXT, name: str = "cso-1") -> StagedTranscript:
    """`text` with a turn for each line; `Label : ` at the start of a line names the speaker."""
    turns: list[Turn] = []
    sentences: list[tuple[int, int]] = []
    words: list[tuple[int, int]] = []
    position = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+$", text):
        label = _LABEL.match(line)
        said = position + (label.end() if label else 0)
        end = position + len(line)
        turns.append(Turn(len(turns) + 1, label.group(1) if label else None, position, said, end))
        for found in re.finditer(r"\S[^.?!\n]*[.?!]*", text[said:end]):
            sentences.append((said + found.start(), said + found.end()))
        for found in re.finditer(r"\w+", text[said:end]):
            words.append((said + found.start(), said + found.end()))
        position = end
    check_turns(len(text), turns)
    labels = dict.fromkeys(t.speaker for t in turns if t.speaker)
    speakers = tuple(
        StagedSpeaker(
            label,
            Role.INTERVIEWER if label.startswith("INT") else Role.RESPONDENT,
            sum(t.speaker == label for t in turns),
            0,
            "",
        )
        for label in labels
    )
    return StagedTranscript(
        name, f"{name}.txt", "txt", "utf-8", "label_colon", "fr", text, tuple(turns),
        Units(tuple(sentences), tuple(words), "test-1"), speakers, text_hash(text),
    )  # fmt: skip


@dataclass
class Templates:
    """Projects that were built once; each test may have a copy of one, so that no two in a test are the same."""

    folder: Path
    free: bool = False
    """Whether the test that is running has had no project yet."""
    made: dict[tuple[object, ...], tuple[Path, Coder]] = field(default_factory=dict)


templates: Templates | None = None
"""Those of this run of tests; without them every project is built."""


def a_project(
    root: Path, *, transcripts: int = 1, coder: str = "Awa", book: Codebook | None = None
) -> tuple[Project, Coder]:  # fmt: skip
    """A project with the test codebook (or `book`) and `transcripts` texts that differ in their last line.

    It may be the same as the project of another test, but not of the test that asks.
    """
    if book is not None or templates is None or not templates.free:
        return _built(root, transcripts, coder, book or a_codebook())
    templates.free = False
    return _copied(templates, root, transcripts, coder)


def _copied(known: Templates, root: Path, transcripts: int, coder: str) -> tuple[Project, Coder]:
    kind = transcripts, coder, ImportOptions().gated, current_language()
    if kind not in known.made:
        folder = known.folder / str(len(known.made))
        project, lead = _built(folder, transcripts, coder, a_codebook())
        project.close()
        known.made[kind] = folder, lead
    folder, lead = known.made[kind]
    shutil.copytree(folder, root, dirs_exist_ok=True)
    project = Project.open(root)
    replica, records = project.connection.execute("select replica, seq from head").fetchone()
    project._replicas._write(replica, records)  # As if it had been made here: no other replica begins.
    return project, lead


def _built(root: Path, transcripts: int, coder: str, book: Codebook) -> tuple[Project, Coder]:
    project = Project.create(root)
    lead = store_coder(project, Coder(new_id(), coder, CoderRole.LEAD))
    store_codebook(project, lead.id, book)
    entries = [
        Staged(Path(f"cso-{n}.txt"), staged(TEXT + (f"INT : Fin {n}.\n" if n > 1 else ""), f"cso-{n}"))
        for n in range(1, transcripts + 1)
    ]
    report = store(project, lead, entries, ImportOptions(group="cso"))
    assert len(report.stored) == transcripts
    return project, lead


def opened(project: Project, name: str = "cso-1") -> OpenText:
    """The text of a transcript."""
    return open_text(project, find_transcript(project, name))


def code_id(ref: str) -> str:
    """The id of a code of the test codebook."""
    return node_id("test", "code", ref)
