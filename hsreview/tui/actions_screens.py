"""The actions of every other screen."""

from __future__ import annotations

from hsreview.base.messages import N_
from hsreview.tui.action import Action, Scope, action

ANY, LIST = Scope.EVERYWHERE, Scope.LIST

_EVERYWHERE = (
    action("help", ANY, "f1 question_mark", N_("help"), N_("Help and keys of what has the focus"), 100),
    action("palette", ANY, "ctrl+p", N_("palette"), N_("Find any action by a part of its name"), 20),
    action("jump", ANY, "ctrl+o", N_("jump"), N_("Show a letter on every part of the screen, to jump there")),
    action("go", ANY, "g", N_("go"), N_("Go: a second letter says where"), 60, palette=False),
    action("focus_next", ANY, "tab", N_("next part"), N_("Go to the next part of the screen"), palette=False),
    action("focus_previous", ANY, "shift+tab", N_("previous part"), N_("Go to the previous part"), palette=False),
    action("back", ANY, "escape", N_("back"), N_("Go back to the screen before"), 95, palette=False),
    action("lock", ANY, "ctrl+l", N_("lock now"), N_("Lock an encrypted project until the passphrase is typed")),
    action("quit", ANY, "ctrl+q", N_("quit"), N_("Leave the workbench; everything is saved already"), 10),
)

_LIST = (
    action("down", LIST, "down j", N_("down"), N_("Next row"), palette=False),
    action("up", LIST, "up k", N_("up"), N_("Previous row"), palette=False),
    action("page_down", LIST, "pagedown", N_("page down"), N_("One page down"), palette=False),
    action("page_up", LIST, "pageup", N_("page up"), N_("One page up"), palette=False),
    action("first", LIST, "home", N_("first"), N_("First row"), palette=False),
    action("last", LIST, "end", N_("last"), N_("Last row"), palette=False),
    action("choose", LIST, "enter", N_("open"), N_("Open or change the highlighted row"), 90, palette=False),
    action("filter", LIST, "f", N_("filter"), N_("Show only the rows that hold the typed words"), 40),
    action("help", LIST, "h", N_("help"), N_("Help and keys of what has the focus"), palette=False),
)

_TRANSCRIPTS = (
    action("import", Scope.TRANSCRIPTS, "i", N_("import"), N_("Import files or a folder of transcripts"), 80),
    action("speakers", Scope.TRANSCRIPTS, "p", N_("people"), N_("Open the speakers of this transcript"), 60),
    action("rename", Scope.TRANSCRIPTS, "n", N_("rename"), N_("Rename this transcript"), 30),
    action("group", Scope.TRANSCRIPTS, "r", N_("group"), N_("Set the respondent group of this transcript"), 35),
    action("attribute", Scope.TRANSCRIPTS, "a", N_("attribute"), N_("Set an attribute, such as region=Gao"), 20),
    action("workbook", Scope.TRANSCRIPTS, "w", N_("workbook"), N_("Write the theme workbook for Excel"), 70),
    action("check", Scope.TRANSCRIPTS, "d", N_("check"), N_("Check the project file (doctor)"), 15),
    action("backup", Scope.TRANSCRIPTS, "b", N_("back up"), N_("Make a verified backup of the project"), 12),
)

_STAGING = (
    action("store", Scope.STAGING, "s", N_("store"), N_("Store every file that is not left out"), 95),
    action(
        "names", Scope.STAGING, "n", N_("names"), N_("Look for names and replace them before anything is stored"), 90
    ),
    action("leave_out", Scope.STAGING, "x", N_("leave out"), N_("Leave this file out, or take it in again"), 80),
    action("encoding", Scope.STAGING, "c", N_("encoding"), N_("Read this file with another encoding"), 70),
    action("labels", Scope.STAGING, "l", N_("labels"), N_("Name the labels of this file and who asks"), 68),
    action("interviewer", Scope.STAGING, "i", N_("interviewer"), N_("This speaker is an interviewer"), 62),
    action("respondent", Scope.STAGING, "r", N_("respondent"), N_("This speaker is a respondent"), 64),
    action("other", Scope.STAGING, "o", N_("other"), N_("This speaker is neither"), 60),
)

_CODEBOOK = (
    action("edit", Scope.CODEBOOK, "e", N_("edit"), N_("Edit label and rules of this code"), 80),
    action("fold", Scope.CODEBOOK, "space", N_("fold"), N_("Fold or unfold this branch"), 30),
    action("new", Scope.CODEBOOK, "n", N_("new code"), N_("Propose a new code under this theme"), 70),
    action("colour", Scope.CODEBOOK, "c", N_("colour"), N_("Give this code a colour of its own"), 60),
    action("inbox", Scope.CODEBOOK, "i", N_("proposals"), N_("Decide on the proposed codes"), 65),
    action("segments", Scope.CODEBOOK, "s", N_("segments"), N_("List the segments coded with this code"), 50),
    action("pin", Scope.CODEBOOK, "asterisk", N_("pin"), N_("Pin this code to a slot"), 20),
    action("load", Scope.CODEBOOK, "l", N_("import"), N_("Import a codebook file (YAML or Excel)"), 40),
    action("save", Scope.CODEBOOK, "w", N_("export"), N_("Export the codebook as YAML, Excel or Word"), 35),
)

_INBOX = (
    action("accept", Scope.INBOX, "a", N_("accept"), N_("Accept this code under a theme"), 90),
    action("merge", Scope.INBOX, "m", N_("merge"), N_("Merge this code into another one"), 85),
    action("refuse", Scope.INBOX, "x", N_("refuse"), N_("Refuse this code, with a reason"), 80),
)

_SEGMENTS = (
    action("by_code", Scope.SEGMENTS, "c", N_("code"), N_("Only one code"), 80),
    action("by_coder", Scope.SEGMENTS, "w", N_("coder"), N_("Only one coder"), 70),
    action("by_group", Scope.SEGMENTS, "r", N_("group"), N_("Only one respondent group"), 60),
    action("quotes", Scope.SEGMENTS, "q", N_("quotes"), N_("Only starred quotes, or all codings again"), 55),
    action(
        "masks", Scope.SEGMENTS, "m", N_("to mask"), N_("Only what is flagged to be masked, or all codings again"), 35
    ),
    action("mask", Scope.SEGMENTS, "M", N_("mask"), N_("Mask a name in these words, in all texts"), 30),
    action("all", Scope.SEGMENTS, "a", N_("all"), N_("Take every filter away"), 50),
    action("copy", Scope.SEGMENTS, "C ctrl+c", N_("copy"), N_("Copy the quote with pseudonym and reference"), 45),
)

_QUERY = (
    action("expression", Scope.QUERY, "s e", N_("expression"), N_("Write or change the expression"), 85),
    action("layer", Scope.QUERY, "l", N_("layer"), N_("Ask the codings of somebody else, or the consensus"), 70),
    action("save", Scope.QUERY, "S", N_("save"), N_("Save the expression under a name"), 75),
    action("open", Scope.QUERY, "o", N_("saved"), N_("Ask a saved query"), 72),
    action("forget", Scope.QUERY, "d", N_("forget"), N_("Take a saved query away"), 30),
    action("undo", Scope.QUERY, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 40),
    action("redo", Scope.QUERY, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

_SPEAKERS = (
    action("interviewer", Scope.SPEAKERS, "i", N_("interviewer"), N_("This speaker is an interviewer"), 80),
    action("respondent", Scope.SPEAKERS, "r", N_("respondent"), N_("This speaker is a respondent"), 85),
    action("other", Scope.SPEAKERS, "o", N_("other"), N_("This speaker is neither"), 70),
    action("relabel", Scope.SPEAKERS, "t", N_("turn"), N_("Say who speaks in one turn, by its number"), 60),
    action("undo", Scope.SPEAKERS, "u ctrl+z", N_("undo"), N_("Undo your last act, without limit"), 65),
    action("redo", Scope.SPEAKERS, "U ctrl+y", N_("redo"), N_("Do again what was undone")),
)

SCREEN_ACTIONS: tuple[Action, ...] = (
    *_EVERYWHERE,
    *_LIST,
    *_TRANSCRIPTS,
    *_STAGING,
    *_CODEBOOK,
    *_INBOX,
    *_SEGMENTS,
    *_QUERY,
    *_SPEAKERS,
)
