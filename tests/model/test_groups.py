"""Which group a segment counts for."""

from __future__ import annotations

from hsreview.model.groups import segment_groups
from tests.analysis.builders import Layer


def groups_of_the_segment(*, interview: str, person: str) -> tuple[str, ...]:
    layer = Layer()
    name = layer.interview("Gao", "Nous avons peur.", group=interview)
    layer.person("P1", name, group=person)
    layer.code(name, 0, 4, "E1")
    dataset = layer.dataset()
    return segment_groups(dataset, dataset.transcripts[0], dataset.segments[0])


def test_a_segment_counts_for_the_group_of_its_interview_else_of_its_speaker() -> None:
    assert groups_of_the_segment(interview="cso", person="army") == ("cso",)
    assert groups_of_the_segment(interview="", person="army") == ("army",)
    assert groups_of_the_segment(interview="", person="") == ("",)
