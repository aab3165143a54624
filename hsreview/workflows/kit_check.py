"""Whether what leaves the team, on a laptop in a room or in a public file, repeats a testimony or names somebody."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hsreview.base.errors import Problem
from hsreview.base.folding import fold
from hsreview.base.messages import N_, _, current_language
from hsreview.model.change import Change
from hsreview.model.framework import RowKind
from hsreview.model.framework_columns import COLUMNS
from hsreview.privacy.repeating import Names, heard, runs, stretches
from hsreview.project import selecting_kit as stored
from hsreview.project.project import Project
from hsreview.project.selecting import Selected
from hsreview.workflows.framework_values import heading

_PLACES = {
    "framework_version": N_("version of the framework"), "validation": N_("validation meeting"),
    "party": N_("table at a meeting"), "ballot": N_("ballots"), "vote": N_("votes"), "comment": N_("comment"),
    "amendment": N_("amendment"), "ruling": N_("decision on a conflict"),
}  # fmt: skip
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Text:
    """One text that others could read."""

    place: str
    """Where it stands: `IN1 · Statement (fr)`."""
    text: str


def problems(project: Project, selection: Selected, coder_id: str, no_names: Collection[str] = ()) -> list[Problem]:
    """Every text among the records that tells of people as `telling` says it.

    `coder_id`: the rapporteur, whose name is no secret. `no_names`: what looks like a name, and is none.
    """
    return telling(project, dict.fromkeys(_texts(selection)), coder_id, no_names)


def telling(
    project: Project, texts: Iterable[Text], coder_id: str = "", no_names: Collection[str] = ()
) -> list[Problem]:  # fmt: skip
    """Every text that repeats five words of a transcript, a memo or a translated quote, or that names a coder, a
    respondent, a speaker or an interview; with the words, which stand in the text itself.

    `coder_id`: whose name may be told. `no_names`: what looks like a name, and is none.
    """
    looked = list(texts)
    wanted = {run for each in looked for run in runs(each.text)}
    said = heard(wanted, stored.words_of_people(project.connection))
    names, interviews = _names(project, coder_id), _interviews(project)
    allowed = {fold(each) for each in no_names}
    found = []
    for each in looked:
        for words in stretches(each.text, said):
            told = _("It repeats an interview or a memo: “{words}”. Say it in other words.").format(words=words)
            found.append(Problem(told, each.place, "repeats"))
        for words in names.within(each.text):
            if fold(words) not in allowed:
                told = _("It names a person: “{words}”. Write who is meant by their office, or not at all.").format(
                    words=words
                )
                found.append(Problem(told, each.place, "names"))
        for words in interviews.within(each.text):
            if fold(words) not in allowed:
                told = _("It names an interview: “{words}”. Leave it out.").format(words=words)
                found.append(Problem(told, each.place, "interview"))
    return found


def _interviews(project: Project) -> Names:
    """Names of transcripts that are more than a word of the language."""
    names = stored.names_of_transcripts(project.connection)
    return Names((each for each in names if not each.isalpha()), parts=False)


def _names(project: Project, coder_id: str) -> Names:
    from hsreview.intake.roles import known_role

    connection = project.connection
    labels = {each for each in stored.labels_of_speakers(connection) if known_role(each) is None}
    names = stored.names_of_people(connection, coder_id) | {each for each in labels if len(each) > 1}
    return Names(names)


def _texts(selection: Selected) -> Iterator[Text]:
    for change, field, value in stored.readable_values(selection):
        table = change.kind.partition(".")[0]
        if table == "coder":
            continue
        if (table, field) == ("framework_version", "rows"):
            for row in value if isinstance(value, list) else ():
                yield from _of_row(row)
        else:
            place = " · ".join(part for part in (_(_PLACES[table]), _ref(change), field) if part)
            yield from (Text(place, text) for text in _strings(value))


def _ref(change: Change) -> str:
    """The ref of the row, where a ballot says it."""
    return str((change.body or {}).get("set", {}).get("ref") or "") if change.kind == "ballot.put" else ""


def _of_row(row: Mapping[str, Any]) -> Iterator[Text]:
    kind = RowKind(row["kind"])
    for column in COLUMNS[kind]:
        for key in column.keys:
            place = f"{row['ref']} · {heading(column, key, current_language())}"
            yield from (Text(place, text) for text in _strings(row["data"].get(key)))
    known = {key for column in COLUMNS[kind] for key in column.keys}
    for key in row["data"].keys() - known:
        yield from (Text(f"{row['ref']} · {key}", text) for text in _strings(row["data"][key]))
    yield from (Text(f"{row['ref']} · {_('Evidence')}", text) for text in _strings(row["badge"]))


def _strings(value: Any) -> Iterator[str]:
    """Every text in a value, keys of objects too; ids are none."""
    if isinstance(value, str):
        if value and not _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from (key, *_strings(each))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)
