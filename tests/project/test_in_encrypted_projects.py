"""What holds for projects holds for encrypted ones: tests of other modules once more, with every project encrypted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hsreview.project import cipher
from hsreview.project.cipher import Key
from hsreview.project.project import Project
from tests.project import (
    test_backups_and_restore,
    test_carrying,
    test_locks,
    test_log_and_undo,
    test_merging,
    test_project_file,
    test_replicas,
    test_search,
)
from tests.project.encrypted import PASSPHRASE
from tests.project.encrypted import quick_keys as quick_keys
from tests.project.test_merging import pair as pair

test_exchange = test_merging.test_two_coders_have_each_others_codings_after_the_exchange
test_a_conflict = test_merging.test_a_label_changed_on_both_sides_is_open_until_somebody_decides
test_contradictions = test_merging.test_a_codebook_that_cannot_be_read_is_refused_and_other_packages_are_taken
test_another_program = test_merging.test_what_another_program_merges_meanwhile_is_seen
test_in_use = test_merging.test_a_project_in_use_is_left_as_it_is
test_carried = test_carrying.test_codings_follow_their_words_and_come_back_with_undo
test_undo = test_log_and_undo.test_undo_takes_back_one_act_at_a_time_across_restarts
test_searching = test_search.test_only_the_newest_text_of_a_transcript_is_searched
test_an_older_format = test_project_file.test_an_older_format_is_brought_up_to_date_after_a_backup
test_a_failed_migration = test_project_file.test_a_failed_migration_leaves_the_old_format
test_an_erased_text = test_project_file.test_an_erased_text_is_a_valid_state
test_doctor = test_project_file.test_doctor_notices_a_gap_in_the_numbers
test_a_restored_backup = test_replicas.test_a_restored_backup_gives_no_number_twice
test_a_copied_folder = test_replicas.test_a_copied_folder_is_another_replica
test_a_live_project = test_backups_and_restore.test_a_live_project_can_be_restored_from_with_its_newest_changes
test_a_damaged_project = test_backups_and_restore.test_a_damaged_project_is_kept_with_its_log
test_a_log_taken_away = test_locks.test_nothing_is_written_into_a_log_that_was_taken_away


@pytest.fixture(autouse=True)
def all_encrypted(quick_keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every project that is made is encrypted; the passphrase is known, as after it was typed."""
    create = Project.create

    def create_encrypted(
        root: Path,
        fill: Callable[[Project], None] | None = None,
        *,
        project_id: str | None = None,
        key: Key | None = None,
    ) -> Project:
        return create(root, fill, project_id=project_id, key=key or cipher.new_key(PASSPHRASE))

    monkeypatch.setattr("hsreview.project.project.Project.create", staticmethod(create_encrypted))
    monkeypatch.setattr("tests.builders.templates", None)  # A copy of a plain one would not be encrypted.


def test_the_projects_of_these_tests_are_encrypted(tmp_path: Path) -> None:
    with Project.create(tmp_path) as project:
        assert project.is_encrypted and not (tmp_path / "project.hsreview").read_bytes().startswith(b"SQLite")
