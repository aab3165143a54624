"""The registry of actions: every key can be pressed, every action is done by something and documented."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from hsreview.base.messages import _, use_language
from hsreview.tui.action import SCOPE_TITLES, Scope
from hsreview.tui.actions import actions_of, registry
from hsreview.tui.actions_table import PAGES, TITLE, page
from hsreview.tui.keymap import key_name, undelivered
from hsreview.tui.widgets.chooser import COMMANDS as CHOOSER_COMMANDS

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHIFTED_ON_AZERTY = {"slash", "full_stop", "question_mark"}
ALTGR_ON_AZERTY = {
    "left_square_bracket",
    "right_square_bracket",
    "left_curly_bracket",
    "right_curly_bracket",
    "vertical_line",
    "backslash",
    "at",
    "number_sign",
    "tilde",
}
TAKEN_BY_TERMINALS = {"f1", "f10", "f11"}
VERSION_SCREENS = ("VersionsScreen", "DiffScreen")
AZERTY_ROW = ("&", "é", '"', "'", "(", "-", "è", "_", "ç", "à")


def test_ids_are_unique_and_every_action_has_words_and_keys() -> None:
    entries = registry()
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.keys and entry.label and entry.description for entry in entries)
    assert {entry.scope for entry in entries} == set(SCOPE_TITLES) == set(Scope)


@pytest.mark.parametrize("entry", registry(), ids=lambda entry: entry.id)
def test_some_key_of_every_action_is_delivered_by_every_terminal(entry: Any) -> None:
    sure = [key for key in entry.keys if not undelivered(key) and key not in TAKEN_BY_TERMINALS]
    assert sure, "every key of it is eaten by some terminal"
    assert any(key not in ALTGR_ON_AZERTY | {"slash", "full_stop"} for key in sure), "AZERTY needs AltGr or Shift"
    assert set(entry.keys) != {"ctrl+b"}, "ctrl+b is the prefix of tmux"
    assert all(key_name(key) == key or len(key) == 1 for key in entry.all_keys), "not the name of a key"


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_means_one_thing_in_a_scope(scope: Scope) -> None:
    keys = [key for entry in actions_of(scope) for key in entry.all_keys]
    assert len(keys) == len(set(keys))


def test_the_keys_of_the_screen_do_not_hide_those_of_its_lists() -> None:
    listed = {key for entry in actions_of(Scope.LIST) for key in entry.all_keys} - {"escape"}
    for scope in (
        Scope.TRANSCRIPTS,
        Scope.CODEBOOK,
        Scope.CHANGE,
        Scope.SPLIT,
        Scope.VERSIONS,
        Scope.DIFF,
        Scope.INBOX,
        Scope.SEGMENTS,
        Scope.SEARCH,
        Scope.MEMOS,
        Scope.QUERY,
        Scope.MATRIX,
        Scope.FRAMEWORK,
        Scope.CHARTING,
        Scope.FRAMEWORK_SHEET,
        Scope.SPEAKERS,
        Scope.ADJUDICATIONS,
        Scope.AGREEMENT,
        Scope.EXCHANGE,
        Scope.EXPORT,
        Scope.ROWS,
        Scope.EVIDENCE,
        Scope.FRAMEWORK_BOOK,
        Scope.MEETINGS,
        Scope.MEETING,
        Scope.SAID,
        Scope.MONITORING,
        Scope.ENTRIES,
        Scope.BUILDER,
        Scope.CELL,
        Scope.FRAMEWORK_VERSIONS,
        Scope.FROZEN_ROWS,
        Scope.RECODE,
        Scope.NAMES,
    ):
        assert not listed & {key for entry in actions_of(scope) for key in entry.all_keys}


def test_the_azerty_digit_row_codes() -> None:
    slots = [entry for entry in actions_of(Scope.TEXT) if entry.name.startswith("slot_")]
    assert [entry.keys[0] for entry in slots] == list("1234567890")
    assert [key_name(sign) for sign in AZERTY_ROW] == [entry.azerty[0] for entry in slots]
    bound = {entry.name: entry.azerty for entry in slots}
    assert "section_sign" in bound["slot_6"] and "exclamation_mark" in bound["slot_8"]


def handlers() -> Iterable[Mapping[str, Any]]:
    """The handlers of every screen and widget."""
    places = {
        "hsreview.tui.app": "Workbench",
        "hsreview.tui.widgets.rows": "RowList",
        "hsreview.tui.screens.coding.screen": "CodingScreen",
        "hsreview.tui.screens.transcripts": "TranscriptsScreen",
        "hsreview.tui.screens.staging": "StagingScreen",
        "hsreview.tui.screens.names": "NamesScreen",
        "hsreview.tui.screens.codebook": "CodebookScreen",
        "hsreview.tui.screens.codebook_change": "ChangeScreen",
        "hsreview.tui.screens.splitting": "SplitScreen",
        "hsreview.tui.screens.inbox": "InboxScreen",
        "hsreview.tui.screens.segments": "SegmentsScreen",
        "hsreview.tui.screens.framework_rows": "FrameworkRowsScreen",
        "hsreview.tui.screens.framework_builder": "BuilderScreen",
        "hsreview.tui.screens.validation_meetings": "MeetingsScreen",
        "hsreview.tui.screens.validation_meeting": "MeetingScreen",
        "hsreview.tui.screens.validation_said": "SaidScreen",
        "hsreview.tui.screens.validation_tally": "TallyScreen",
        "hsreview.tui.screens.quotes": "QuotesScreen",
        "hsreview.tui.screens.monitoring": "MonitoringScreen",
        "hsreview.tui.screens.journal_entries": "EntriesScreen",
        "hsreview.tui.screens.search": "SearchScreen",
        "hsreview.tui.screens.memos": "MemosScreen",
        "hsreview.tui.screens.query": "QueryScreen",
        "hsreview.tui.screens.matrix": "MatrixScreen",
        "hsreview.tui.screens.matrix_cell": "CellScreen",
        "hsreview.tui.screens.framework": "FrameworkScreen",
        "hsreview.tui.screens.charting": "ChartingScreen",
        "hsreview.tui.screens.framework_sheet": "FrameworkSheetScreen",
        "hsreview.tui.screens.framework_book": "FrameworkBookScreen",
        "hsreview.tui.screens.speakers": "SpeakersScreen",
        "hsreview.tui.screens.consent": "ConsentScreen",
        "hsreview.tui.screens.audit": "AuditScreen",
        "hsreview.tui.screens.agreement_confusion": "ConfusionScreen",
        "hsreview.tui.screens.recode": "RecodeScreen",
        "hsreview.tui.screens.correction": "CarriedScreen",
        "hsreview.tui.screens.exchange": "ExchangeScreen",
        "hsreview.tui.screens.exporting": "ExportScreen",
        "hsreview.tui.screens.agreement": "AgreementScreen",
        "hsreview.tui.screens.adjudication_list": "AdjudicationsScreen",
        "hsreview.tui.screens.adjudication": "AdjudicationScreen",
    }
    for module, name in [*places.items(), *(("hsreview.tui.screens.versions", name) for name in VERSION_SCREENS)]:
        yield getattr(importlib.import_module(module), name).HANDLERS
    yield importlib.import_module("hsreview.tui.screens.correction").CorrectionScreen.HANDLERS
    yield importlib.import_module("hsreview.tui.screens.framework_evidence").EvidenceScreen.HANDLERS
    versions = importlib.import_module("hsreview.tui.screens.framework_versions")
    yield from (versions.FrameworkVersionsScreen.HANDLERS, versions.FrozenRowsScreen.HANDLERS)


def test_every_action_is_done_by_something_and_nothing_is_done_without_one() -> None:
    done = {identity for found in handlers() for identity in found}
    done |= {f"chooser.{name}" for name in CHOOSER_COMMANDS}
    assert done == {entry.id for entry in registry()}


@pytest.mark.parametrize("language", list(PAGES))
def test_the_table_of_keys_in_the_docs_is_the_registry(language: str) -> None:
    use_language(language)
    if language != "en" and _(TITLE) == TITLE:
        pytest.skip("the catalogue of this language is not compiled")
    assert (DOCS / PAGES[language]).read_text(encoding="utf-8") == page(), "run: python -m hsreview.tui.actions_table"
