"""What an action is: a name, words, keys and the scope in which the keys work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hsreview.base.messages import N_


class Scope(StrEnum):
    """Where an action's keys work: the widget or screen that has the focus."""

    EVERYWHERE = "everywhere"
    TEXT = "text"
    CODING = "coding"
    GO = "go"
    LIST = "list"
    CHOOSER = "chooser"
    TRANSCRIPTS = "transcripts"
    STAGING = "staging"
    NAMES = "names"
    CODEBOOK = "codebook"
    CHANGE = "change"
    SPLIT = "split"
    VERSIONS = "versions"
    DIFF = "diff"
    INBOX = "inbox"
    SEGMENTS = "segments"
    SEARCH = "search"
    MEMOS = "memos"
    QUERY = "query"
    MATRIX = "matrix"
    SPEAKERS = "speakers"
    CONSENT = "consent"
    AUDIT = "audit"
    ADJUDICATIONS = "adjudications"
    ADJUDICATION = "adjudication"
    AGREEMENT = "agreement"
    RECODE = "recode"
    EXCHANGE = "exchange"
    QUOTES = "quotes"
    CORRECTION = "correction"
    CARRIED = "carried"
    FRAMEWORK = "framework"
    CHARTING = "charting"
    FRAMEWORK_SHEET = "framework_sheet"
    FRAMEWORK_BOOK = "framework_book"
    EXPORT = "export"
    ROWS = "rows"
    EVIDENCE = "evidence"
    MONITORING = "monitoring"
    ENTRIES = "entries"
    BUILDER = "builder"
    MEETINGS = "meetings"
    MEETING = "meeting"
    SAID = "said"
    TALLY = "tally"
    CELL = "cell"
    FRAMEWORK_VERSIONS = "framework_versions"
    FROZEN_ROWS = "frozen_rows"


SCOPE_TITLES: Mapping[Scope, str] = {
    Scope.TEXT: N_("In the transcript"),
    Scope.CODING: N_("On the whole coding screen"),
    Scope.GO: N_("After g (go)"),
    Scope.CHOOSER: N_("In the code picker and the palette"),
    Scope.EVERYWHERE: N_("Everywhere"),
    Scope.LIST: N_("In every list"),
    Scope.TRANSCRIPTS: N_("In the list of transcripts"),
    Scope.STAGING: N_("Before an import is stored"),
    Scope.NAMES: N_("In the list of names of an import"),
    Scope.CODEBOOK: N_("In the codebook"),
    Scope.CHANGE: N_("Before a change of the codebook is stored"),
    Scope.SPLIT: N_("While a code is split"),
    Scope.VERSIONS: N_("In the versions of the codebook"),
    Scope.DIFF: N_("In the differences of two versions"),
    Scope.INBOX: N_("In the inbox of proposed codes"),
    Scope.SEGMENTS: N_("In the list of coded segments"),
    Scope.SEARCH: N_("In the search"),
    Scope.MEMOS: N_("In the list of memos"),
    Scope.QUERY: N_("In queries"),
    Scope.MATRIX: N_("In the matrices"),
    Scope.SPEAKERS: N_("In the list of speakers"),
    Scope.CONSENT: N_("In the list of consents"),
    Scope.AUDIT: N_("In the audit"),
    Scope.ADJUDICATIONS: N_("In the list of transcripts to adjudicate"),
    Scope.ADJUDICATION: N_("While differences are settled"),
    Scope.AGREEMENT: N_("On the screens of agreement"),
    Scope.RECODE: N_("In the list of codings to look at again"),
    Scope.EXCHANGE: N_("In the exchange"),
    Scope.QUOTES: N_("In the list of quotes"),
    Scope.CORRECTION: N_("Before a correction of a text is stored"),
    Scope.CARRIED: N_("In the list of what waits after corrections"),
    Scope.FRAMEWORK: N_("In the framework matrix"),
    Scope.CHARTING: N_("While a cell is charted"),
    Scope.FRAMEWORK_SHEET: N_("In a sheet of the matrix that came back"),
    Scope.FRAMEWORK_BOOK: N_("In a workbook of the framework that came back"),
    Scope.EXPORT: N_("On the export screen"),
    Scope.ROWS: N_("In the rows of the framework"),
    Scope.EVIDENCE: N_("In what a row stands on"),
    Scope.MONITORING: N_("In the journal"),
    Scope.ENTRIES: N_("In the entries on a row"),
    Scope.BUILDER: N_("While the framework is built"),
    Scope.MEETINGS: N_("In the list of validation meetings"),
    Scope.MEETING: N_("In the rows of a validation meeting"),
    Scope.SAID: N_("In what was said at a validation meeting"),
    Scope.TALLY: N_("While hands are counted"),
    Scope.CELL: N_("In the codings behind a cell"),
    Scope.FRAMEWORK_VERSIONS: N_("In the versions of the framework"),
    Scope.FROZEN_ROWS: N_("In the rows of a version"),
}


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a user can do."""

    name: str
    """Unique within its scope; the handler of that name does it."""
    scope: Scope
    keys: tuple[str, ...]
    """Default keys, as Textual names them."""
    label: str
    """One or two words for the footer and menus, to be translated."""
    description: str
    """What it does, for help, palette and docs, to be translated."""
    show: int = 0
    """How much it deserves a place in the footer; 0 means none."""
    azerty: tuple[str, ...] = ()
    """Characters that an AZERTY keyboard sends for the same key caps; bound on every layout."""
    palette: bool = True
    """Whether the command palette offers it."""

    @property
    def id(self) -> str:
        """Scope and name, as the key-map file writes it: `text.next_unit`."""
        return f"{self.scope.value}.{self.name}"

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every default key, AZERTY spellings included."""
        return (*self.keys, *self.azerty)


def action(
    name: str,
    scope: Scope,
    keys: str,
    label: str,
    description: str,
    show: int = 0,
    *,
    azerty: str = "",
    palette: bool = True,
) -> Action:
    """An action whose keys are written with blanks between them."""
    return Action(name, scope, tuple(keys.split()), label, description, show, tuple(azerty.split()), palette)
