"""People and organisations of a table stay as many as they are, whatever is put in the place of words of their names.

The register remembers what each is called, so that a later table means the same one, and nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from hsreview.base.errors import InputRefused
from hsreview.base.messages import _, labelled
from hsreview.base.terminal import visible
from hsreview.model.staging import StagedRespondent
from hsreview.privacy.register import Given, Register
from hsreview.project.headings import kept_apart as headings_apart
from hsreview.workflows.people import numbered, person_key

RESPONDENT, ORGANISATION = "respondent", "organisation"


@dataclass(frozen=True, slots=True)
class Apart:
    """The rows of tables as they are stored."""

    rows: tuple[StagedRespondent, ...]
    register: Register
    """It knows what each of them is called."""
    numbered: tuple[str, ...]
    """Names that got a number, since another one has the name without it."""


def kept_apart(
    register: Register, rows: Sequence[StagedRespondent], taken: Mapping[str, Collection[str]],
    languages: Sequence[str],
) -> Apart:  # fmt: skip
    """The rows of tables with replacements; `taken` are the names in the project, by table.

    `languages` are those of the files that the rows are about, in which labels are written.
    Raises InputRefused where two speakers of one file, behind whom are two people, would have one label.
    """
    people = _Callings(register, RESPONDENT, taken.get(RESPONDENT, ()), [row.respondent for row in rows])
    groups = _Callings(register, ORGANISATION, taken.get(ORGANISATION, ()), [row.organisation for row in rows])

    def put(text: str) -> str:
        return register.replacer.label(text, register.language)

    headings = headings_apart((key for row in rows for key in row.attributes), put)
    made = tuple(
        replace(
            row, respondent=people.names.get(row.respondent, ""), organisation=groups.names.get(row.organisation, ""),
            speaker=register.called(row.speaker, language), group=put(row.group),
            attributes={headings[key]: put(value) for key, value in row.attributes.items()},
        )
        for row, language in zip(rows, languages, strict=True)
    )  # fmt: skip
    _check_speakers(rows, made)
    known = {(each.table, each.original) for each in (*people.fresh, *groups.fresh)}
    given = [each for each in register.given if (each.table, each.original) not in known]
    register = replace(register, given=(*given, *people.fresh, *groups.fresh)) if known else register
    return Apart(made, register, (*people.numbered, *groups.numbered))


@dataclass(slots=True)
class _Callings:
    """What the people, or the organisations, of some rows are called."""

    register: Register
    table: str
    taken: Collection[str]
    originals: Sequence[str] = field(repr=False)
    names: dict[str, str] = field(default_factory=dict, repr=False)
    """As it is written in the table → as it is called."""
    fresh: list[Given] = field(default_factory=list, repr=False)
    numbered: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        owners = {person_key(each.called): each.original for each in self.register.given if each.table == self.table}
        known = {original: called for called, original in owners.items()}
        stay = {each for each in self.originals if each and self._plain(each) == each}
        owners |= {person_key(each): person_key(each) for each in stay}
        there = {person_key(each) for each in self.taken}
        for original in dict.fromkeys(filter(None, self.originals)):
            key, plain = person_key(original), self._plain(original)
            if original in stay:
                self.names[original] = original
                continue
            before = known.get(key, "")
            tries = chain([before] if before and self._plain(before) == before else [], numbered(plain))
            called = next(each for each in tries if self._is_free(person_key(each), original, owners, there))
            owners[person_key(called)] = key
            self.names[original] = called
            if called != before:
                self.fresh.append(Given(key, called, self.table))
            if called not in (before, plain):
                self.numbered.append(called)

    def _plain(self, text: str) -> str:
        return self.register.called(text, self.register.language)

    def _is_free(self, called: str, original: str, owners: dict[str, str], there: Collection[str]) -> bool:
        """Whether somebody may be called so: nobody else of the table is, and nobody else in the project."""
        owner = owners.get(called)
        if owner is None:
            return called not in there
        return owner == person_key(original) or (self.table == ORGANISATION and self._is_same(owner, original))

    def _is_same(self, one: str, other: str) -> bool:
        """Whether both, as a whole, are forms of one name of the register: then somebody said that they are one."""
        names = [self.register.find(each) for each in (one, other)]
        return names[0] is not None and names[0] is names[1]


def _check_speakers(rows: Sequence[StagedRespondent], made: Sequence[StagedRespondent]) -> None:
    from hsreview.intake.roles import label_key

    behind: dict[tuple[str, str, str], tuple[str, str]] = {}
    bad = []
    for row, new in zip(rows, made, strict=True):
        here = (label_key(row.speaker), row.respondent)
        label, person = behind.setdefault((row.folder, row.file_name, label_key(new.speaker)), here)
        if row.speaker and label != here[0] and person != here[1]:
            bad.append(labelled(visible(new.file_name), visible(new.speaker)))
    if bad:
        raise InputRefused(
            _(
                "The table puts several people behind speakers who would have one label after the replacement, so "
                "nothing was stored. Give their names different replacements (hsreview names list). Speakers: {labels}"
            ).format(labels="; ".join(dict.fromkeys(bad)))
        )


def in_words(numbered: Sequence[str]) -> list[str]:
    """A sentence about those that got a number; none without any."""
    if not numbered:
        return []
    return [
        _(
            "What they are called was taken already by others, in the table or the project, so these got a number: "
            "{names}. Who is one person has to be said: hsreview speakers set"
        ).format(names=visible(", ".join(numbered)))
    ]
