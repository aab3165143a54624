"""The list of transcripts: group, attributes, progress, who coded. Enter opens one; files are imported from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hsreview.base.errors import InputRefused
from hsreview.base.messages import N_, _, ngettext
from hsreview.tui.action import Scope
from hsreview.tui.help import HelpText
from hsreview.tui.line_editor import typed_path
from hsreview.tui.screens import chores
from hsreview.tui.screens.list_screen import ListScreen
from hsreview.tui.widgets.bar import Piece
from hsreview.tui.widgets.rows import Column, Row
from hsreview.workflows import reading
from hsreview.workflows.reading import Transcript, TranscriptRow
from hsreview.workflows.transcripts import change_transcript


class TranscriptsScreen(ListScreen):
    """All transcripts of the project."""

    SCOPES = (Scope.TRANSCRIPTS,)
    ABOUT = HelpText(
        N_("Transcripts"),
        N_("Enter opens the highlighted transcript. Turns count those of respondents; coded: by you."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, TranscriptRow] = {}

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Transcript"), hued=True),
            Column(_("Group"), 13),
            Column(_("Words"), 7, right=True, least=70),
            Column(_("Coded"), 9, right=True),
            Column(_("State"), 12),
            Column(_("Coders"), 22, least=100),
            Column(_("Attributes"), 26, least=130),
        )

    def all_rows(self) -> Sequence[Row]:
        found = reading.transcript_rows(self.session.project, self.session.coder)
        self.found = {row.transcript.id: row for row in found}
        return [self._row(row) for row in found]

    def _row(self, row: TranscriptRow) -> Row:
        transcript = row.transcript
        language = f" ({transcript.language})" if transcript.language else ""
        attributes = ", ".join(f"{key}={value}" for key, value in transcript.attributes.items())
        return Row(
            transcript.id,
            (
                f"{transcript.name}{language}",
                transcript.group or "–",
                str(row.words),
                f"{row.coded_turns}/{row.respondent_turns}",
                state_of(row),
                ", ".join(row.coders) or "–",
                attributes,
            ),
        )

    def title_pieces(self) -> Sequence[Piece]:
        count = len(self.found)
        said = ngettext("{count} transcript", "{count} transcripts", count).format(count=count)
        return [Piece(f"{self.session.name} ▸ ", "quiet"), Piece(said, "strong")]

    def reread(self) -> None:
        super().reread()
        key = self.key("transcripts.import")
        self.rows.empty = _("No transcript yet. {key} imports files or a folder.").format(key=key)

    def detail_of(self, row: Row) -> str:
        found = self.found[row.key]
        transcript = found.transcript
        parts = [
            ngettext("{count} turn", "{count} turns", found.turns).format(count=found.turns),
            ngettext("{count} speaker", "{count} speakers", found.speakers).format(count=found.speakers),
            ngettext("{count} coding of yours", "{count} codings of yours", found.codings).format(count=found.codings),
        ]
        if found.pass_:
            parts.append(_("pass {name}").format(name=found.pass_))
        if transcript.date:
            parts.append(transcript.date)
        coders = _("coded by {names}").format(names=", ".join(found.coders)) if found.coders else _("coded by nobody")
        attributes = ", ".join(f"{key}={value}" for key, value in transcript.attributes.items())
        return " · ".join([*parts, coders, *([attributes] if attributes else [])])

    def chosen(self, row: Row) -> None:
        self.workbench.open_transcript(self.found[row.key].transcript)

    def highlighted(self) -> Transcript:
        """The transcript under the cursor. Raises InputRefused when the list is empty."""
        row = self.rows.current
        if row is None:
            raise InputRefused(_("There is no transcript in this list."))
        return self.found[row.key].transcript


def state_of(row: TranscriptRow) -> str:
    """How far the coder is, in a word, and in which pass."""
    if row.reviewed:
        said = "✓ " + _("reviewed")
    elif row.codings:
        said = "… " + _("begun")
    else:
        said = _("assigned") if row.assigned else "–"
    return f"{said} {row.pass_}".rstrip()


def _import(screen: TranscriptsScreen) -> None:
    def done(answer: str) -> None:
        parts = [part for part in answer.split(";") if part.strip()]
        if parts:
            _stage(screen, [typed_path(part) for part in parts])

    text = str(screen.session.project.root / "transcripts")
    screen.ask(_("Files or folder to import (; between several):"), done, text=text)


def _stage(screen: TranscriptsScreen, paths: Sequence[Path]) -> None:
    from hsreview.tui.screens.staging import StagingScreen

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise InputRefused(_("There is no file or folder {name}.").format(name=missing[0]))
    screen.app.push_screen(StagingScreen(paths))


def _speakers(screen: TranscriptsScreen) -> None:
    from hsreview.tui.screens.speakers import SpeakersScreen

    screen.app.push_screen(SpeakersScreen(screen.highlighted()))


def _correct(screen: TranscriptsScreen) -> None:
    """Ask for the corrected file, and show what becomes of the codings before it is stored."""
    from hsreview.tui.screens.correction import CorrectionScreen
    from hsreview.workflows import carrying
    from hsreview.workflows.correcting import from_file

    transcript, coder, project = screen.highlighted(), screen.workbench.coder(), screen.session.project

    def done(answer: str) -> None:
        new = from_file(project, transcript, typed_path(answer))

        def store() -> None:
            carrying.correct(project, coder, new)
            screen.workbench.refresh_screens()
            screen.say(_("{name} has a corrected text.").format(name=transcript.name))

        what = _("Corrected text of {name}").format(name=transcript.name)
        screen.app.push_screen(CorrectionScreen(what, carrying.correction(project, new, coder), store))

    screen.ask(_("Corrected file:"), done, text=str(project.root / "transcripts"))


def _change(screen: TranscriptsScreen, question: str, before: str, fields: Callable[[str], dict[str, Any]]) -> None:
    transcript = screen.highlighted()

    def done(answer: str) -> None:
        change_transcript(screen.session.project, screen.workbench.coder(), transcript, **fields(answer))
        screen.workbench.refresh_screens()

    screen.ask(question, done, text=before)


def _attribute(answer: str) -> dict[str, Any]:
    key, sign, value = answer.partition("=")
    if not sign or not key.strip():
        raise InputRefused(_("Write an attribute as name=value; an empty value removes it."))
    return {"attributes": {key.strip(): value.strip() or None}}


HANDLERS: Mapping[str, Callable[[Any], None]] = {
    **ListScreen.HANDLERS,
    "transcripts.import": _import,
    "transcripts.speakers": _speakers,
    "transcripts.correct": _correct,
    "transcripts.rename": lambda screen: _change(
        screen, _("New name:"), screen.highlighted().name, lambda answer: {"name": answer}
    ),
    "transcripts.group": lambda screen: _change(
        screen, _("Respondent group:"), screen.highlighted().group, lambda answer: {"group": answer.strip()}
    ),
    "transcripts.attribute": lambda screen: _change(screen, _("Attribute (name=value):"), "", _attribute),
    "transcripts.workbook": chores.export_workbook,
    "transcripts.check": chores.check,
    "transcripts.backup": chores.back_up,
}
TranscriptsScreen.HANDLERS = HANDLERS
