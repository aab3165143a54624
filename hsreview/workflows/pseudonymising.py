"""Replace names before texts are stored: what was found in the files of an import, and what is decided about it.

The decisions lie in the register of the key file; a session applies them to staged files. Nothing here writes into the
project: `staged_with` gives what `hsreview.workflows.importing.store` stores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hsreview.base.errors import InputRefused
from hsreview.base.folding import fold
from hsreview.base.messages import _, ngettext
from hsreview.base.terminal import visible
from hsreview.model.naming import NAME_CLASSES as NAME_CLASSES
from hsreview.model.naming import NameClass as NameClass
from hsreview.model.people import Coder
from hsreview.model.staging import StagedRespondent, StagedTranscript
from hsreview.privacy.pseudonyms import Style as Style
from hsreview.privacy.register import Name as Name
from hsreview.privacy.register import NameRefused as NameRefused
from hsreview.privacy.register import State as State
from hsreview.privacy.replacing import Replaced, inside
from hsreview.privacy.spelling import bare, key_of, words_of
from hsreview.project import queries
from hsreview.project.project import Project
from hsreview.workflows.coding import write_memo
from hsreview.workflows.importing import ImportOptions, ImportReport, Staged, Stored, store
from hsreview.workflows.key_files import KeyFile as KeyFile
from hsreview.workflows.name_finding import Finding, find_names
from hsreview.workflows.names import AlikeRefused as AlikeRefused
from hsreview.workflows.names import Deciding, occurs_in
from hsreview.workflows.names_apart import ORGANISATION, RESPONDENT, in_words, kept_apart
from hsreview.workflows.names_found import lists_for, sources, tabled, with_found
from hsreview.workflows.reading import transcripts
from hsreview.workflows.respondent_rows import RespondentTable

_SOME = 3
"""Names of each kind in one line."""
_LOOKED_AT = 600
"""Of so many texts it is kept what language models marked in them, so that a second look takes no model."""


@dataclass(frozen=True, slots=True)
class TurnPreview:
    """One turn as it is in the file and as it would be stored."""

    number: int
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is stored."""

    files: Sequence[Staged]
    rows: Sequence[StagedRespondent]
    numbered: Sequence[str]
    """Names of people and organisations that got a number, since another one has the name without it."""


class Pseudonymising(Deciding):
    """The names of some staged files, and the decisions about them. Acts change the register in memory; `save` it."""

    def __init__(
        self, key_file: KeyFile, by: str, files: Sequence[Staged], finding: Finding,
        respondents: Sequence[StagedRespondent] = (), style: Style = Style.NAMES,
        occurs: Callable[[str], bool] = lambda _word: False, *, again: bool = False,
    ) -> None:  # fmt: skip
        passed = {key_of(each) for each in key_file.register.spent} if again else ()
        words = {word.folded for each in files for word in words_of(each.transcript.text)}
        super().__init__(key_file, by, style, lambda word: fold(word) in words or occurs(word))
        self.files = files
        self._finding = finding
        self._tables = respondents
        self.engines = finding.engines
        self.without_model = finding.without_model
        """Languages for which no model was at hand."""
        marked = {**self.register.marked, **finding.marked}
        register = replace(self.register, marked=dict(list(marked.items())[-_LOOKED_AT:]))
        self.register = with_found(register, files, finding, respondents, passed)
        forms = [*(bare(group.form) for group in finding.groups), *tabled(respondents)]
        self._here = {name.number for name in map(self.register.find, forms) if name is not None}

    @property
    def names(self) -> list[Name]:
        """The names of these files: people first, then by how often they stand there."""
        order = list(NameClass)
        found = [name for name in self.register.names if name.number in self._here]
        return sorted(
            found, key=lambda name: (order.index(NameClass(name.kind)), -name.places.count, key_of(name.form))
        )

    @property
    def undecided(self) -> list[Name]:
        """Those about which nobody decided."""
        return [name for name in self.names if name.state is State.OPEN]

    def counts(self) -> Mapping[State, int]:
        """How many of the names of these files are in each state."""
        found = Counter(name.state for name in self.names)
        return {state: found[state] for state in State}

    def add(self, form: str, kind: NameClass) -> Name:
        """A name that nobody proposed, still open; it is looked for in all files. Raises UsageProblem, InputRefused."""
        name = super().add(form, kind)
        self._here.add(name.number)
        return name

    def known(self, form: str) -> Name | None:
        """The name that has this form already, which is among the names of these files from now on; else null."""
        name = self.register.find(bare(form))
        if name is not None:
            self._here.add(name.number)
        return name

    def preview(self, entry: Staged) -> list[TurnPreview]:
        """The turns of a file that would be stored with other words."""
        text, made = entry.transcript.text, self._replaced(entry)
        pairs = zip(entry.transcript.turns, made.turns, strict=True)
        found = [TurnPreview(a.number, text[a.start : a.end], made.text[b.start : b.end]) for a, b in pairs]
        return [each for each in found if each.before != each.after]

    def staged_with(self, entry: Staged) -> Staged:
        """A file as it is stored: with replacements in text, labels and name, and the record about them."""
        from hsreview.intake.staging import rewritten

        made, old, called = self._replaced(entry), entry.transcript, self.register.called
        stem, name = (self.register.joined.file_name(each, old.language) for each in (old.name, entry.name))
        labels = [None if turn.speaker is None else called(turn.speaker, old.language) for turn in old.turns]
        turns = tuple(replace(turn, speaker=label) for turn, label in zip(made.turns, labels, strict=True))
        new = rewritten(old, made.text, turns, made.cues, stem)
        record = {"items": made.items, "undecided": self._left(entry, made), "engines": list(self.engines)}
        return Staged(entry.file, new, name, record)

    def called_otherwise(self, taken: Mapping[str, Collection[str]]) -> tuple[list[str], list[str]]:
        """What respondents and files would be called that have other names now; nothing is changed.

        Raises InputRefused as `prepared` does for a table.
        """
        rows = kept_apart(self.register, self._tables, taken, self._languages()).rows
        pairs = zip(self._tables, rows, strict=True)
        people = dict.fromkeys(new.respondent for old, new in pairs if new.respondent != old.respondent)
        names = {each.name or each.transcript.name: each.transcript.language for each in self.files}
        files = {name: self.register.joined.file_name(name, language) for name, language in names.items()}
        return list(people), [new for old, new in files.items() if new != old]

    def prepared(self, taken: Mapping[str, Collection[str]] | None = None) -> Prepared:
        """All files and rows as they are stored; the register, which now knows what of it is used, is saved.

        Two files, people or organisations whose names become one get numbers; so does one that becomes one of those
        that are `taken`, by table. Raises InputRefused when the key file cannot be written, or two people of a file
        would have one label: then nothing may be stored.
        """
        taken = taken or {}
        apart = kept_apart(self.register, self._tables, taken, self._languages())
        self.register = apart.register
        used = {
            hit.rule.forms[0]
            for entry in self.files
            for hit in self.register.replacer.hits(entry.transcript.text)
        }  # fmt: skip
        marked = [replace(each, used=True) for each in self.register.names if each.form in used and not each.used]
        self.register = self.register.changed(self.by, marked, step=False)
        self.save()
        made = [self.staged_with(entry) for entry in self.files]
        names = {each.name or each.transcript.name for each in self.files} | set(taken.get("transcript", ()))
        files = [_renamed(each, entry, names) for each, entry in zip(made, self.files, strict=True)]
        return Prepared(files, apart.rows, apart.numbered)

    def _languages(self) -> list[str]:
        """Of each row of the tables, the language of the file that it is about."""
        table = RespondentTable(self._tables)
        found = {id(row): each.transcript.language for each in self.files for row in table.of(each.file)}
        return [found.get(id(row), self.register.language) for row in self._tables]

    def left_in(self, file: Path) -> dict[str, int]:
        """Class → places in a file about which nobody decided."""
        entry = next(each for each in self.files if each.file == file)
        return self._left(entry, self._replaced(entry))

    def _replaced(self, entry: Staged) -> Replaced:
        staged = entry.transcript
        return self.register.replacer.replace(staged.text, staged.turns, staged.cues, staged.language)

    def _left(self, entry: Staged, made: Replaced) -> dict[str, int]:
        """Class → candidates of a file about which nobody decided."""
        text = entry.transcript.text
        left: Counter[str] = Counter()
        replaced = inside((change.start, change.end) for change in made.changes)
        for each in self._finding.candidates[_key(self.files, entry)]:
            gone = replaced(each.start, each.end)
            name = None if gone else self.register.find(bare(text[each.start : each.end]))
            if not gone and (name is None or name.state is State.OPEN):
                left[each.name_class.value] += 1
        return dict(left)


def begin(
    project: Project, key_file: KeyFile, by: str, files: Sequence[Staged], respondents: Sequence[StagedRespondent] = (),
    *, style: Style = Style.NAMES, with_model: bool = True, again: bool = False,
    progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] | None = None,
) -> Pseudonymising | None:  # fmt: skip
    """Look for names in staged files, their names and tables, all together; null when it was cancelled.

    `progress` is called with the characters done and all. `again` says that the files may have pseudonyms that were
    given, which are no names then. Nothing is written.
    """
    finding = find_names(
        sources(files), lists=lists_for(key_file.register, files, respondents), with_model=with_model,
        progress=progress, cancelled=cancelled, known=key_file.register.marked,
    )  # fmt: skip
    if finding is None:
        return None
    return Pseudonymising(key_file, by, files, finding, respondents, style, occurs_in(project), again=again)


def for_correction(project: Project, key_file: KeyFile, by: str) -> Callable[[StagedTranscript], Staged]:
    """Replaces the names in the corrected file of a transcript by what is decided.

    It raises InputRefused when names in it are not decided; they are in the register then.
    """

    def put(staged: StagedTranscript) -> Staged:
        session = begin(project, key_file, by, [Staged(Path(staged.file_name), staged)], with_model=False, again=True)
        assert session is not None  # Nobody can cancel it.
        n = len(session.undecided)
        if n:
            session.save()
            text = ngettext("{n} name in the file is not decided.", "{n} names in the file are not decided.", n)
            raise InputRefused(
                text.format(n=n)
                + " "
                + _("Decide first (hsreview names list), then correct again; nothing was stored.")
            )
        return session.prepared().files[0]

    return put


def _renamed(made: Staged, entry: Staged, taken: set[str]) -> Staged:
    """A file under a name that is not taken yet, if its own became another one."""
    before, after = entry.name or entry.transcript.name, made.name or made.transcript.name
    name, number = after, 1
    while before != after and name in taken:
        number += 1
        name = f"{after}-{number}"
    taken.add(name)
    return made if name == after else replace(made, name=name)


def store_with_pseudonyms(
    project: Project, coder: Coder, session: Pseudonymising, known: Sequence[Staged], reason: str,
    options: ImportOptions | None = None, told: Callable[[Sequence[Staged]], Iterable[Staged]] = lambda each: each,
) -> ImportReport:  # fmt: skip
    """Store the files of a session with replacements, and those that the project knows already.

    `told` hears of each file as it is stored. `reason` says why names that nobody decided about may stay; it is noted.
    Raises InputRefused when the key file cannot be written: then nothing is stored.
    """
    made = session.prepared(_taken(project))
    report = store(project, coder, told([*made.files, *known]), options, made.rows)
    report = replace(report, warnings=[*report.warnings, *in_words(made.numbered)])
    note_undecided(project, coder, report.stored, session, reason)
    return report


def called_in_words(project: Project, session: Pseudonymising) -> str:
    """One line about what respondents and files will be called; empty when all keep their names."""
    people, files = session.called_otherwise(_taken(project))
    counts = [
        ngettext("{n} respondent", "{n} respondents", len(people)).format(n=len(people)),
        ngettext("{n} file", "{n} files", len(files)).format(n=len(files)),
    ]
    what = ", ".join(said for said, which in zip(counts, (people, files), strict=True) if which)
    some = [*people[:_SOME], *files[:_SOME]]
    more = ["…"] if len(some) < len(people) + len(files) else []
    told = _("Will be called otherwise ({what}): {names}")
    return visible(told.format(what=what, names=", ".join([*some, *more]))) if some else ""


def _taken(project: Project) -> dict[str, list[str]]:
    """What is called how in the project, by table."""
    return {
        "transcript": [each.name for each in transcripts(project)],
        RESPONDENT: [each.name for each in queries.respondents(project.connection)],
        ORGANISATION: [each.name for each in queries.organisations(project.connection)],
    }


def note_undecided(
    project: Project, coder: Coder, stored: Sequence[Stored], session: Pseudonymising, reason: str
) -> None:
    """Write a memo on each stored text with names about which nobody decided, with the reason why it was stored."""
    for entry in stored:
        n = sum(session.left_in(entry.file).values())
        if n:
            told = ngettext("{n} place was not decided: {reason}", "{n} places were not decided: {reason}", n)
            said = told.format(n=n, reason=session.register.replacer.label(reason, session.register.language))
            write_memo(project, coder, said, transcript_id=entry.transcript_id)


def _key(files: Sequence[Staged], entry: Staged) -> str:
    return str(next(n for n, each in enumerate(files) if each is entry))
