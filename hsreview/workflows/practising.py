"""Practice: a scratch project with one transcript, the codebook and a hidden key, and feedback on what was coded.

Nothing of it reaches the data: the scratch project has an id of its own, so that its packages are refused elsewhere.
The key is a setting of the scratch project and no layer: no list, screen or export shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.ids import new_id
from hsreview.base.messages import _
from hsreview.base.samples import sample_dir
from hsreview.model.codebook import Code
from hsreview.model.coding import Coding
from hsreview.model.people import Coder
from hsreview.model.review import Mark
from hsreview.model.staging import StagedSpeaker, StagedTranscript
from hsreview.model.text import Units, text_hash
from hsreview.model.transcript import Transcript
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.segments import read_text
from hsreview.review import practice
from hsreview.review.practice import Deviation
from hsreview.review.practice import Feedback as Feedback
from hsreview.workflows.codings_rows import Checked, Checker, read_rows
from hsreview.workflows.consents import check_may_code
from hsreview.workflows.importing import ImportOptions, Staged, stage_files, store
from hsreview.workflows.projects import create_project
from hsreview.workflows.reading import codebook, open_text, transcripts

SETTING = "practice"
SAMPLE = "cso-gao-femmes"
SAMPLE_CODER = "Aïcha"
"""Whose invented codings are the key of the sample."""


@dataclass(frozen=True, slots=True)
class Started:
    """A practice project that was made."""

    root: Path
    transcript: str
    coder: Coder
    key: int
    """How many codings the key has."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One difference in words."""

    deviation: Deviation
    place: str
    """`12.3`: turn and sentence in which it starts."""
    quote: str
    codes: tuple[Code, ...]
    """The codes concerned with their rules, those of the key first."""


@dataclass(frozen=True, slots=True)
class Practice:
    """Feedback on a practice transcript."""

    transcript: Transcript
    feedback: Feedback
    lessons: Sequence[Lesson]
    refs: Mapping[str, str]
    """Code id → ref, for all codes."""


def start_sample(root: Path, coder: Coder | None = None) -> Started:
    """Make a practice project in `root` from an invented transcript and its codings."""
    from hsreview.workflows.codebooks import read_codebook_file

    samples = sample_dir("transcripts")
    file = next(path for path in samples.iterdir() if path.stem == SAMPLE)
    staged = next(iter(stage_files([file])))
    if not isinstance(staged, Staged):
        raise InputRefused(_("The sample {name} is damaged: {reason}").format(name=file.name, reason=staged.reason))
    book = read_codebook_file(sample_dir("codebooks") / "critical-review.yaml")

    def key(project: Project, who: Coder) -> list[Coding]:
        return _key_of_file(project, who, samples / "codings.csv", SAMPLE_CODER)

    return _start(root, coder, book, staged, key)


def start(
    project: Project, root: Path, transcript: Transcript, key: str, coder: Coder | None = None, *,
    key_coder: str = "",
) -> Started:  # fmt: skip
    """Make a practice project in `root` from a transcript of `project`.

    `key` is the answer key: a CSV file of codings (of `key_coder`, when it holds several), or the name of a layer.
    Raises InputRefused when the key has nothing on this transcript, `coder` may not see it, or it may not be coded.
    """
    check_may_code(project.connection, [transcript.version_id])
    staged = Staged(Path(f"{transcript.name}.txt"), _copied(project, transcript))
    path = Path(key)
    if path.suffix.lower() == ".csv":

        def read(scratch: Project, who: Coder) -> list[Coding]:
            return _key_of_file(scratch, who, path, key_coder)
    else:
        stored = _key_of_layer(project, transcript, key, coder)

        def read(scratch: Project, who: Coder) -> list[Coding]:
            return stored

    return _start(root, coder, codebook(project), staged, read, group=transcript.group)


def _start(root: Path, coder: Coder | None, book: Any, staged: Staged, key: Any, group: str = "") -> Started:
    from hsreview.workflows.codebooks import store_codebook
    from hsreview.workflows.coders import remember_coder

    who = Coder(coder.id, coder.name) if coder else Coder(new_id(), _("Trainee"))
    name = staged.transcript.name
    with create_project(root, name=_("Practice: {name}").format(name=name), coder=who) as project:
        try:
            store_codebook(project, who.id, book)
            report = store(project, who, [staged], ImportOptions(group=group, gated=False))
            if report.refused:
                raise InputRefused(report.refused[0].reason)
            codings = key(project, who)
            if not codings:
                raise InputRefused(_("The key has no coding of {name}.").format(name=name))
            value = {"key": [_to_json(each) for each in codings]}
            with project.act(who.id) as act:
                act.put("setting", SETTING, value=value)
        except BaseException:
            project.close()
            project.path.unlink(missing_ok=True)
            raise
        remember_coder(project, who)
    return Started(root.resolve(), name, who, len(codings))


def _to_json(coding: Coding) -> dict[str, Any]:
    return {"start": coding.start, "end": coding.end, "code": coding.code_id}


def _copied(project: Project, transcript: Transcript) -> StagedTranscript:
    """A transcript of a project as a reader would have found it, with the speakers and turns as they are now."""
    text = open_text(project, transcript)
    (splitter,) = project.connection.execute(
        "select splitter from text_version where id = ?", (text.version.id,)
    ).fetchone()
    speakers = tuple(
        StagedSpeaker(label, speaker.role, sum(turn.speaker == label for turn in text.turns), 0, "")
        for label, speaker in text.speakers.items()
    )
    return StagedTranscript(
        transcript.name, f"{transcript.name}.txt", "txt", "utf-8", "none", transcript.language, text.text, text.turns,
        Units(text.sentences, text.words(), splitter or ""), speakers, text_hash(text.text),
    )  # fmt: skip


def _key_of_layer(project: Project, transcript: Transcript, name: str, viewer: Coder | None) -> list[Coding]:
    from hsreview.workflows.exporting import check_sight, choose_layer, dataset

    layer = choose_layer(project, name, viewer=viewer)
    check_sight(project, viewer, layer)
    return [segment.coding for segment in dataset(project, layer).segments if segment.transcript_id == transcript.id]


def _key_of_file(project: Project, coder: Coder, path: Path, key_coder: str) -> list[Coding]:
    """The codings of a file on the only transcript of a practice project."""
    [transcript] = transcripts(project)
    rows = [row for row in read_rows(path, {}, None) if row.values.get("transcript", "") == transcript.name]
    makers = {row.values.get("coder", "") for row in rows}
    if key_coder:
        rows = [row for row in rows if row.values.get("coder", "") == key_coder]
    elif len(makers) > 1:
        raise UsageProblem(
            _("The key holds codings of several coders; name one with --key-coder: {names}").format(
                names=", ".join(sorted(makers))
            )
        )
    checker = Checker(project, codebook(project))
    found: list[Coding] = []
    for row in rows:
        checked = checker.check(row, coder)
        if not isinstance(checked, Checked):
            raise InputRefused(
                _("{name}, line {n}: {reason}").format(name=path.name, n=row.line, reason=" ".join(checked))
            )
        found.append(checked.coding(coder.id, ""))
    return found


def check(project: Project, coder: Coder | None) -> Practice:
    """Compare what `coder` (else the only one who coded) did with the key.

    Raises InputRefused outside of practice, and until the transcript is marked as reviewed.
    """
    value = queries.setting(project.connection, SETTING)
    if value is None:
        raise InputRefused(_("This is not a practice project. Make one with: hsreview practice start DIR"))
    [transcript] = transcripts(project)
    who = coder.id if coder else None
    finished = {(t, c) for t, c, _pass in queries.reviewed(project.connection)}
    if not any(t == transcript.id and who in (None, c) for t, c in finished):
        raise InputRefused(
            _(
                "The key is shown when you have finished. Code the transcript and mark it as reviewed: R in the "
                "workbench, or hsreview reviewed {name}"
            ).format(name=transcript.name)
        )
    own = queries.codings(project.connection, version_id=transcript.version_id, coder_id=who, reading="")
    resolve = project.state.resolve_code
    key = [
        Mark(f"key-{n}", practice.KEY, resolve(each["code"]), each["start"], each["end"])
        for n, each in enumerate(value["key"])
    ]
    made = practice.feedback(key, [_mark(coding) for coding in own])
    codes = {place.code.id: place.code for place in codebook(project).codes()}
    text = read_text(project.connection, transcript.version_id)
    lessons = [
        Lesson(each, text.place(each.start), text.text[each.start : each.end], tuple(_known(codes, each.codes)))
        for each in made.deviations
    ]
    return Practice(transcript, made, lessons, {code.id: code.ref for code in codes.values()})


def _mark(coding: Coding) -> Mark:
    return Mark(coding.id, coding.coder_id, coding.code_id, coding.start, coding.end)


def _known(codes: Mapping[str, Code], ids: Iterable[str]) -> list[Code]:
    return [codes[each] for each in ids if each in codes]


def said(lesson: Lesson, refs: Mapping[str, str]) -> str:
    """What the key has and what the coder put there, in one sentence."""
    key, own = (
        ", ".join(dict.fromkeys(refs.get(mark.code_id, "?") for mark in marks))
        for marks in (lesson.deviation.key, lesson.deviation.own)
    )
    if not own:
        return _("The key has {key} here; you put nothing.").format(key=key)
    if not key:
        return _("You put {own} here; the key has nothing.").format(own=own)
    if key == own:
        return _("You and the key both have {key}, but not on the same words.").format(key=key)
    return _("The key has {key} here; you put {own}.").format(key=key, own=own)
