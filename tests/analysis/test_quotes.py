"""Which passages are shown as quotes, and which are held back."""

from __future__ import annotations

from hsreview.analysis.layer_frame import LayerFrame
from hsreview.analysis.matrices import matrices
from hsreview.model.dataset import Dataset
from hsreview.model.matrices import QuoteCell
from hsreview.model.people import Consent, ConsentStatus
from tests.analysis.builders import Layer, sample

TEXT = " ".join(f"phrase {n} sur le marché de la ville et la route qui y mène, la nuit," for n in range(40))


def cell(dataset: Dataset, theme: str, group: str) -> QuoteCell:
    """The quotes of one theme in one group."""
    return next(c for c in matrices(LayerFrame(dataset)).quotes if (c.theme_id, c.group) == (theme, group))


def chosen(dataset: Dataset, theme: str = "t-e", group: str = "cso") -> list[str]:
    """Interview and start of each quote."""
    picks = [dataset.segments[p.index] for p in cell(dataset, theme, group).picks]
    return [f"{s.transcript_id}:{s.coding.start}" for s in picks]


def test_flagged_passages_come_first_then_others_up_to_three() -> None:
    layer = Layer()
    one = layer.interview("A", TEXT)
    for start in (0, 100, 200, 300):
        layer.code(one, start, start + 90, "E1", flags=("quote",) if start == 200 else ())
    assert chosen(layer.dataset()) == ["i-A:200", "i-A:0", "i-A:100"]


def test_interviews_take_turns() -> None:
    layer = Layer()
    for name in ("A", "B"):
        interview = layer.interview(name, TEXT)
        for start in (0, 100, 200):
            layer.code(interview, start, start + 90, "E1")
    assert chosen(layer.dataset()) == ["i-A:0", "i-B:0", "i-A:100"]


def test_a_passage_too_short_to_read_comes_later() -> None:
    layer = Layer()
    interview = layer.interview("A", TEXT)
    for start, end in ((0, 6), (100, 190), (200, 290), (300, 390)):
        layer.code(interview, start, end, "E1")
    assert chosen(layer.dataset()) == ["i-A:100", "i-A:200", "i-A:300"]


def test_two_codes_of_a_theme_on_one_passage_make_one_quote() -> None:
    found = cell(sample(), "t-d", "cso")
    assert [pick.code_ids for pick in found.picks] == [("c-1.1", "c-1.10"), ("c-1.10",)]
    assert (found.available, found.held_back) == (2, 0)


def test_passages_to_mask_and_refused_consents_are_held_back_and_counted() -> None:
    layer = Layer()
    refuses = Consent(ConsentStatus.LIMITED, ("analysis",))
    for name, consent in (("A", Consent(ConsentStatus.ORAL)), ("B", refuses)):
        interview = layer.interview(name, TEXT)
        layer.person(name, interview, consent=consent)
        layer.code(interview, 0, 90, "E1", flags=("quote",))
        layer.code(interview, 100, 190, "E1", flags=("mask", "quote"))
    found = cell(layer.dataset(), "t-e", "cso")
    assert chosen(layer.dataset()) == ["i-A:0"]
    assert (found.available, found.held_back) == (4, 3)


def test_a_cell_shows_ten_flagged_passages_at_most() -> None:
    layer = Layer()
    interview = layer.interview("A", TEXT)
    for start in range(0, 1200, 100):
        layer.code(interview, start, start + 90, "E1", flags=("quote",))
    found = cell(layer.dataset(), "t-e", "cso")
    assert (len(found.picks), found.available, found.held_back) == (10, 12, 0)
