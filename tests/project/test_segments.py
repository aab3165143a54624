"""A segment that is looked up by its id is told as it is in the list of all segments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.model.dataset import CodedSegment
from hsreview.project.project import Project
from hsreview.project.segments import segments, segments_by_id
from hsreview.workflows.coding import add_codings
from tests.builders import TEXT, a_project, code_id, opened


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, dict[str, CodedSegment]]]:
    """A text with segments of a word to several turns, begun all over it."""
    folder = tmp_path_factory.mktemp("segments")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSREVIEW_HOME", str(folder / "home"))
        project, coder = a_project(folder / "project")
        version = opened(project).version.id
        for start in range(0, len(TEXT) - 1, 17):
            end = min(start + 5 + 40 * (start % 4), len(TEXT))
            add_codings(project, coder, version, start, end, [code_id("K4")])
        yield project, {each.coding.id: replace(each, number=0) for each in segments(project.connection)}
        project.close()


@given(st.data())
def test_a_segment_found_by_its_id_has_the_place_and_voice_that_the_list_tells(
    coded: tuple[Project, dict[str, CodedSegment]], data: st.DataObject
) -> None:
    project, listed = coded
    wanted = data.draw(st.sets(st.sampled_from(sorted(listed)), min_size=1))
    assert segments_by_id(project.connection, wanted) == {each: listed[each] for each in wanted}
