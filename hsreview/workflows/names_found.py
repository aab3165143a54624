"""What is looked at for names in an import, and how what was found comes into the register."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hsreview.model.naming import NameClass
from hsreview.model.staging import StagedRespondent
from hsreview.privacy.candidates import Lists, Source
from hsreview.privacy.candidates.candidate import TABLE
from hsreview.privacy.joined import CAMEL
from hsreview.privacy.ordinary import is_word_too
from hsreview.privacy.register import LONGEST, Name, Register, Seen, checked_form
from hsreview.privacy.spelling import bare, key_of, untitled
from hsreview.privacy.telephones import identities
from hsreview.workflows.importing import Staged
from hsreview.workflows.name_finding import Finding

_PEOPLE = frozenset({NameClass.PERSON, NameClass.OTHER})


@dataclass(frozen=True, slots=True)
class _Found:
    """A form that was found, in texts or in a table."""

    form: str = field(repr=False)
    kind: NameClass
    seen: Seen
    others: tuple[str, ...] = field(default=(), repr=False)
    """Its other spellings."""
    cased: bool = False


def sources(files: Sequence[Staged]) -> list[Source]:
    """Every text, under its number, and every file name as words."""
    found = []
    for n, entry in enumerate(files):
        staged = entry.transcript
        found.append(Source(str(n), staged.text, staged.language, staged.turns))
        stem = re.sub(r"[_.]+", " ", CAMEL.sub("_", staged.name))
        found.append(Source(f"{n}/name", stem, staged.language))
    return found


def lists_for(register: Register, files: Sequence[Staged], respondents: Sequence[StagedRespondent]) -> Lists:
    """What has to be proposed: names of the register, of tables of respondents, and labels that are no known word."""
    from hsreview.intake.roles import known_role

    labels = {speaker.label for each in files for speaker in each.transcript.speakers}
    names = {
        untitled(bare(label)): NameClass.PERSON for label in labels if known_role(label) is None and _is_word(label)
    }
    names |= tabled(respondents)
    names |= {form: NameClass(name.kind) for name in register.names for form in name.forms}
    return Lists(names)


def tabled(respondents: Sequence[StagedRespondent]) -> dict[str, NameClass]:
    """Names in tables of respondents; what holds a number is a code."""
    found = {row.organisation: NameClass.ORGANISATION for row in respondents if _is_word(row.organisation)}
    return found | {untitled(row.respondent): NameClass.PERSON for row in respondents if _is_word(row.respondent)}


def _is_word(name: str) -> bool:
    return len(key_of(name)) > 2 and not any(sign.isdigit() for sign in name)


def with_found(
    register: Register, files: Sequence[Staged], finding: Finding, respondents: Sequence[StagedRespondent],
    passed: Collection[str] = (),
) -> Register:  # fmt: skip
    """The register with what was found: new names are open, known ones are told where they stand now.

    Forms whose keys are `passed` are left out, and what is too long for a name.
    """
    owners = {key: name.number for name in register.names for form in name.forms for key in identities(form)}
    names = {name.number: name for name in register.names}
    told: set[int] = set()
    for each in _all(files, finding, respondents):
        number = next((owners[key] for key in identities(each.form) if key in owners), None)
        if number is None and (key_of(each.form) in passed or len(each.form) > LONGEST):
            continue
        if number is None:
            number = max([register.next_number - 1, *names]) + 1
            cased = each.cased or (each.kind in _PEOPLE and is_word_too(each.form, each.others))
            form = next((f for f in (each.form, *each.others) if f[:1].isupper()), each.form) if cased else each.form
            names[number] = Name(number, checked_form(form), each.kind.value, cased=cased)
        name = names[number]
        fresh = [other for other in each.others if {owners.get(key) for key in identities(other)} == {None}]
        fresh = [other for other in fresh if not set(identities(other)) & set(identities(name.form))]
        seen = name.seen.and_also(each.seen) if number in told else each.seen
        words = fresh if each.cased or name.cased else [form for form in fresh if is_word_too(form)]
        name = replace(name, seen=seen, variants=tuple(dict.fromkeys([*name.variants, *fresh])))
        names[number] = name.with_capital((*names[number].capital_forms, *words))
        owners |= {key: number for form in names[number].forms for key in identities(form)}
        told.add(number)
    languages = Counter(each.transcript.language for each in files).most_common(1)
    found = register.changed("", [names[number] for number in told], step=False)
    return replace(found, language=languages[0][0] if languages else register.language)


def _all(files: Sequence[Staged], finding: Finding, respondents: Sequence[StagedRespondent]) -> Iterator[_Found]:
    for group in finding.groups:
        contexts = tuple((each.before, each.form, each.after) for each in group.contexts)
        places, small = Counter[str](), Counter[str]()
        for key, n in group.texts.items():
            places[_of(files, key).file.name] += n
            small[_of(files, key).file.name] += group.small[key]
        first = next(_of(files, key) for key in group.texts)
        in_small = tuple((key_of(bare(group.form)), file, n) for file, n in small.items() if n)
        seen = Seen(
            group.count, tuple(places), group.engines, contexts, first.transcript.language, tuple(places.values()),
            in_small,
        )  # fmt: skip
        forms = [form for form in map(bare, (group.form, *group.forms)) if key_of(form)]
        if forms:
            yield _Found(forms[0], group.name_class, seen, tuple(dict.fromkeys(forms[1:])), group.also_word)
    for form, kind in tabled(respondents).items():
        yield _Found(form, kind, Seen(0, (), (TABLE,)))


def _of(files: Sequence[Staged], key: str) -> Staged:
    """The file that a source of `sources` is of."""
    return files[int(key.partition("/")[0])]
