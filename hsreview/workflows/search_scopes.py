"""What a search is limited to, from the words of a user; a name that nothing bears is refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from hsreview.analysis.query.named import LANGUAGES, Bearer, bearers, labelled, those_there_are
from hsreview.base.errors import InputRefused, UsageProblem
from hsreview.base.folding import fold
from hsreview.base.messages import _, current_language
from hsreview.model.codebook import Codebook
from hsreview.model.localized import Localized
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.project.scopes import Scope
from hsreview.workflows.coders import known_coder
from hsreview.workflows.reading import codebook, find_code, find_transcript

ANY = ("any", "tout")
"""What is said in place of a code, for any code."""


def scope_of(
    project: Project, *, transcript: str | None = None, group: str | None = None,
    attributes: Mapping[str, str] | None = None, role: str = "", language: str | None = None,
    coded: str | None = None, uncoded: str | None = None, coder: str | None = None,
) -> Scope:  # fmt: skip
    """A scope; `coded` and `uncoded` are a code or `any`. Raises InputRefused for what the project does not have."""
    if coded is not None and uncoded is not None:
        raise UsageProblem(_("A match is coded or not: choose one of --coded and --uncoded."))
    if coder is not None and coded is None and uncoded is None:
        raise UsageProblem(_("--by says whose codings are meant: it needs --coded or --uncoded."))
    known = choices(project)
    for name, value in (attributes or {}).items():
        _check(name, known.attributes)
        _check(value, next(values for key, values in known.attributes.items() if fold(key) == fold(name)))
    code = coded if coded is not None else uncoded
    return Scope(
        transcript_id=find_transcript(project, transcript).id if transcript else None,
        group=_named(group, _groups(project, known.groups)) if group else "",
        attributes=dict(attributes or {}),
        role=role,
        language=_named(language, [labelled(n, LANGUAGES.get(n, Localized())) for n in known.languages])
        if language
        else "",
        coded=None if code is None else coded is not None,
        codes=() if code is None or fold(code) in ANY else code_and_below(codebook(project), code),
        coder_id=known_coder(project, coder).id if coder else None,
    )


def code_and_below(book: Codebook, wish: str) -> frozenset[str]:
    """The id of a code and of those below it. Raises InputRefused when there is none."""
    code = find_code(book, wish)
    return frozenset(
        place.code.id for place in book.codes() if code.id in (place.code.id, *(each.id for each in place.parents))
    )


@dataclass(frozen=True, slots=True)
class Choices:
    """What scopes can name in a project."""

    groups: Sequence[str]
    group_names: Mapping[str, str]
    """Group → what it is called in the user's language."""
    languages: Sequence[str]
    attributes: Mapping[str, Sequence[str]]
    """Name → values, of transcripts, respondents and organisations."""


def choices(project: Project) -> Choices:
    """The groups, languages and attributes of a project, by name."""
    connection = project.connection
    transcripts, people = queries.transcripts(connection), queries.respondents(connection)
    values: dict[str, set[str]] = {}
    bearers = [t.attributes for t in transcripts] + [r.attributes for r in people]
    for attributes in (*bearers, *(o.attributes for o in queries.organisations(connection))):
        for name, value in attributes.items():
            if value is not None and value != "":
                values.setdefault(name, set()).add(str(value))
    groups = sorted(({t.group for t in transcripts} | {r.group for r in people}) - {""})
    labels = {each.ref: each.label.get(current_language()) for each in codebook(project).groups}
    return Choices(
        groups,
        {each: labels.get(each) or each for each in groups},
        sorted({t.language for t in transcripts} - {""}),
        {name: sorted(found) for name, found in sorted(values.items())},
    )


def _groups(project: Project, refs: Iterable[str]) -> list[Bearer]:
    labels = {group.ref: group.label for group in codebook(project).groups}
    return [labelled(each, labels.get(each, Localized())) for each in refs]


def _named(wish: str, known: Sequence[Bearer]) -> str:
    """What is meant by an id or a label."""
    found = bearers(known, wish)
    if not found:
        told = _("Nothing is called {name} here.").format(name=wish)
        raise InputRefused(f"{told} {those_there_are(known, wish)}".rstrip())
    return min(found)


def _check(wish: str, known: Iterable[str]) -> str:
    names = list(known)
    if fold(wish) in map(fold, names):
        return wish
    near = difflib.get_close_matches(wish, names, 3, 0.5)
    hint = _("Did you mean {names}?").format(names=", ".join(near)) if near else ""
    raise InputRefused(f"{_('Nothing is called {name} here.').format(name=wish)} {hint}".rstrip())
