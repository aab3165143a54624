"""The shapes of all JSON answers. They are documented in docs/json.md, which is made from this package:
a module for each group of commands.

Ids are UUIDs as text. Offsets count Unicode code points of the stored text and are half-open.
"""

from __future__ import annotations

from collections.abc import Mapping

from hsreview.cli.answers.agreement import AgreementAnswer, CalculatedSpans, CalculatedTable, PrimaryAnswer
from hsreview.cli.answers.archive import ArchiveMade
from hsreview.cli.answers.assigning import Assigned, Assignments, Draws, Methods, RecodeQueue
from hsreview.cli.answers.auditing import AuditActs, AuditExported, KeyFileShown, RetentionShown
from hsreview.cli.answers.ballots import BallotsMade
from hsreview.cli.answers.care import Backups, Findings, Protected
from hsreview.cli.answers.codebook import (
    CodebookChanged,
    CodebookChanges,
    CodebookProblems,
    CodebookVersions,
    Codes,
    OverlayShown,
    Proposals,
)
from hsreview.cli.answers.codings import AddedCodings, Codings, CodingsImported, Memos, UndoAnswer
from hsreview.cli.answers.consent import Consents, ConsentsChanged, ConsentShown
from hsreview.cli.answers.correcting import CarriedQueue, Corrected, TextChanges, TextVersions
from hsreview.cli.answers.exchange import (
    Conflicts,
    Keys,
    MergedPackages,
    OpenedPackage,
    OwnKey,
    PackageEntries,
    PackageMade,
    PackageShown,
)
from hsreview.cli.answers.framework import (
    FrameworkColumns,
    FrameworkRows,
    RowProblems,
    RowsMade,
    Thresholds,
    TraceAnswer,
)
from hsreview.cli.answers.framework_book import FrameworkFile, FrameworkImported
from hsreview.cli.answers.framework_building import BuildingCodes, BuildingSegments, FrameworkViewAnswer
from hsreview.cli.answers.framework_matrix import (
    FrameworkMatrixAnswer,
    FrameworkRead,
    FrameworkSheet,
    FrameworkStatus,
)
from hsreview.cli.answers.framework_versions import FrameworkDiffAnswer, FrameworkVersions, FrameworkVersionShown
from hsreview.cli.answers.importing import Imported, StagedFiles
from hsreview.cli.answers.languages import TranscriptLanguages
from hsreview.cli.answers.masking import MaskDone, MaskPlanned
from hsreview.cli.answers.matrices import Asked, Matrix, MatrixCodings
from hsreview.cli.answers.models import CheckedModels, LanguageModels
from hsreview.cli.answers.monitoring import (
    DueList,
    EngagementAnswer,
    JournalEntries,
    JournalFile,
    MonitoringStatus,
)
from hsreview.cli.answers.names import (
    NameContacts,
    NamesChecked,
    PseudonymisedImport,
    RegisterNames,
    RegistersJoined,
    ResidualRisk,
)
from hsreview.cli.answers.originals import OriginalFiles
from hsreview.cli.answers.practice import PracticeFeedback
from hsreview.cli.answers.public import Outputs, PublicExported, Quotes
from hsreview.cli.answers.queries import QueryAnswer, SavedQueries
from hsreview.cli.answers.reports import ReportExported, TablesExported
from hsreview.cli.answers.review import ConfusionTables, ConsensusCodings, ConsensusStatus, Disagreements
from hsreview.cli.answers.sheets import DecisionsRead, SheetMade, SheetRead, TranscriptExported
from hsreview.cli.answers.states import StateMatrix
from hsreview.cli.answers.suggestions import SuggestionAccepted, Suggestions, SuggestionsScored, WaitingPassages
from hsreview.cli.answers.team import Coders, Exported, Layers, Progress
from hsreview.cli.answers.texts import (
    Autocoded,
    Hits,
    Kwic,
    ShownText,
    Speakers,
    StoredText,
    Transcripts,
    Turns,
)
from hsreview.cli.answers.transfer import TransferAnswer
from hsreview.cli.answers.translations import SegmentTranslations
from hsreview.cli.answers.validation import MeetingApplied, MeetingClosed, MeetingReported, Meetings, MeetingShown
from hsreview.cli.answers.validation_kit import KitMadeAnswer
from hsreview.cli.answers.withdrawing import WithdrawalDone, WithdrawalPlanned, Withdrawals

ANSWERS: Mapping[str, type] = {
    "import": Imported,
    "import --dry-run": StagedFiles,
    "import --pseudonymise": PseudonymisedImport,
    "names": RegisterNames,
    "names contacts": NameContacts,
    "names join": RegistersJoined,
    "names check": NamesChecked,
    "names report": ResidualRisk,
    "transcripts": Transcripts,
    "transcripts correct": Corrected,
    "transcripts versions": TextVersions,
    "transcripts changes": TextChanges,
    "show": ShownText,
    "transcripts languages": TranscriptLanguages,
    "turns": Turns,
    "text": StoredText,
    "speakers": Speakers,
    "speakers split": Corrected,
    "speakers join": Corrected,
    "search": Hits,
    "search --kwic": Kwic,
    "search --code": Autocoded,
    "codebook check": CodebookProblems,
    "codebook show": Codes,
    "codebook import": CodebookChanges,
    "codebook diff": CodebookChanges,
    "codebook proposals": Proposals,
    "codebook merge": CodebookChanged,
    "codebook split": CodebookChanged,
    "codebook move": CodebookChanged,
    "codebook rename": CodebookChanged,
    "codebook retire": CodebookChanged,
    "codebook deactivate": CodebookChanged,
    "codebook reactivate": CodebookChanged,
    "codebook versions": CodebookVersions,
    "overlay check": CodebookProblems,
    "overlay show": OverlayShown,
    "overlay matrix": StateMatrix,
    "codings": Codings,
    "codings add": AddedCodings,
    "codings change": AddedCodings,
    "codings import": CodingsImported,
    "memos": Memos,
    "undo": UndoAnswer,
    "redo": UndoAnswer,
    "consent": Consents,
    "consent show": ConsentShown,
    "consent set": ConsentsChanged,
    "consent table": ConsentsChanged,
    "coders": Coders,
    "assign list": Assignments,
    "assign give": Assigned,
    "assign give --draw": Draws,
    "assign give --methods": Methods,
    "package list": PackageEntries,
    "package make": PackageMade,
    "package show": PackageShown,
    "package open": OpenedPackage,
    "merge": MergedPackages,
    "conflicts": Conflicts,
    "keys": Keys,
    "keys show": OwnKey,
    "recode": RecodeQueue,
    "carried": CarriedQueue,
    "practice check": PracticeFeedback,
    "progress": Progress,
    "layers": Layers,
    "sheet make": SheetMade,
    "sheet read": SheetRead,
    "agreement project": AgreementAnswer,
    "agreement primary": PrimaryAnswer,
    "agreement table": CalculatedTable,
    "agreement spans": CalculatedSpans,
    "query": QueryAnswer,
    "queries": SavedQueries,
    "queries show": SavedQueries,
    "queries run": QueryAnswer,
    "matrix": Matrix,
    "matrix --cell": MatrixCodings,
    "suggest show": Suggestions,
    "suggest show --uncoded": WaitingPassages,
    "suggest show --accept": SuggestionAccepted,
    "suggest evaluate": SuggestionsScored,
    "asked": Asked,
    "framework-matrix show": FrameworkMatrixAnswer,
    "framework-matrix status": FrameworkStatus,
    "framework-matrix export": FrameworkSheet,
    "framework-matrix read": FrameworkRead,
    "framework transfer": TransferAnswer,
    "framework export": FrameworkFile,
    "framework import": FrameworkImported,
    "framework show": FrameworkRows,
    "framework show --view": FrameworkViewAnswer,
    "framework show --version": FrameworkVersionShown,
    "framework versions": FrameworkVersions,
    "framework diff": FrameworkDiffAnswer,
    "framework segments": BuildingSegments,
    "framework codes": BuildingCodes,
    "framework columns": FrameworkColumns,
    "framework start": RowsMade,
    "framework check": RowProblems,
    "framework thresholds": Thresholds,
    "finding list": FrameworkRows,
    "trace": TraceAnswer,
    "validation list": Meetings,
    "validation show": MeetingShown,
    "validation ballots": BallotsMade,
    "validation kit": KitMadeAnswer,
    "validation close": MeetingClosed,
    "validation apply": MeetingApplied,
    "validation report": MeetingReported,
    "journal": JournalEntries,
    "journal due": DueList,
    "journal export": JournalFile,
    "journal import": FrameworkImported,
    "framework status": MonitoringStatus,
    "framework engagement": EngagementAnswer,
    "export excel": Exported,
    "export public": PublicExported,
    "export csv": TablesExported,
    "export json": TablesExported,
    "export report": ReportExported,
    "export archive": ArchiveMade,
    "outputs": Outputs,
    "audit": AuditActs,
    "audit export": AuditExported,
    "retention": RetentionShown,
    "keyfile": KeyFileShown,
    "originals": OriginalFiles,
    "mask": MaskDone,
    "mask --dry-run": MaskPlanned,
    "withdraw": WithdrawalDone,
    "withdraw --dry-run": WithdrawalPlanned,
    "withdraw --list": Withdrawals,
    "translations": SegmentTranslations,
    "quotes": Quotes,
    "quotes show": Quotes,
    "quotes check": Quotes,
    "quotes release": Quotes,
    "quotes withdraw": Quotes,
    "quotes translate": Quotes,
    "disagreements": Disagreements,
    "disagreements --confusion": ConfusionTables,
    "disagreements read": DecisionsRead,
    "consensus": ConsensusStatus,
    "consensus list": ConsensusCodings,
    "export transcript": TranscriptExported,
    "models": LanguageModels,
    "models check": CheckedModels,
    "doctor": Findings,
    "backup": Backups,
    "restore": Backups,
    "encrypt": Protected,
    "decrypt": Protected,
    "change-passphrase": Protected,
}
"""Command → the shape of its JSON answer."""
