"""Between the entries of a codebook file and the codebook of the model."""

from __future__ import annotations

from hsreview.codebook.schema import (
    CodebookEntry,
    CodeEntry,
    DerivedEntry,
    GroupEntry,
    GuideEntry,
    LexiconEntry,
    MapEntry,
    ModifierEntry,
    QuestionEntry,
    TextEntry,
    ThemeEntry,
    ValueEntry,
)
from hsreview.model.codebook import (
    Code,
    Codebook,
    Flag,
    Group,
    GuideQuestion,
    Modifier,
    ModifierValue,
    Pass,
    Question,
    Status,
    Theme,
    node_id,
)
from hsreview.model.codebook_rules import EVERY
from hsreview.model.derivation import CodeMap, Derivation, Relation
from hsreview.model.localized import Localized


def to_codebook(entry: CodebookEntry) -> Codebook:
    """The codebook that a file describes; ids follow from the refs unless the file names a uuid."""
    uuids = _uuids(entry)
    return Codebook(
        ref=entry.id,
        version=entry.version,
        title=to_text(entry.title),
        languages=tuple(dict.fromkeys(entry.languages)),
        status=entry.status,
        provenance=entry.provenance,
        base_state=entry.base_state,
        questions=tuple(_question(entry.id, q) for q in entry.questions),
        themes=tuple(_theme(entry.id, theme, uuids) for theme in entry.themes),
        modifiers=tuple(_modifier(m) for m in entry.modifiers),
        flags=tuple(Flag(f.id, to_text(f.label), f.key) for f in entry.flags),
        passes=tuple(
            Pass(p.id, to_text(p.label), _groups(p.groups), tuple(p.themes), tuple(p.then)) for p in entry.passes
        ),
        groups=tuple(_group(g) for g in entry.groups),
        guide=tuple(_guide(g) for g in entry.guide),
        rules={name: to_text(rule) for name, rule in entry.rules.items()},
        derived=_derived(entry.derived).renamed(lambda ref: uuids.get(ref, ref)) if entry.derived else None,
    )


def _derived(entry: DerivedEntry) -> Derivation:
    return Derivation(
        base=entry.base,
        base_version=entry.base_version,
        overlays=tuple(entry.overlays),
        added=tuple(entry.added),
        deactivated={each.id: each.reason for each in entry.deactivated},
        reworded={each.id: to_text(each.definition) for each in entry.reworded},
        maps=tuple(to_map(each) for each in entry.map),
        lexicon=to_lexicon(entry.lexicon),
    )


def to_map(entry: MapEntry) -> CodeMap:
    """How a code stands to another one, both by ref."""
    return CodeMap(entry.from_, entry.to, Relation(entry.relation), entry.note)


def to_lexicon(entry: LexiconEntry) -> dict[str, tuple[str, ...]]:
    """The words of a state; kinds without words are left out."""
    return {name: tuple(words) for name, words in entry.model_dump().items() if words}


def _uuids(entry: CodebookEntry) -> dict[str, str]:
    """Code ref → id, by which `merged_into` finds its code."""
    found: dict[str, str] = {}

    def walk(codes: list[CodeEntry]) -> None:
        for code in codes:
            found.setdefault(code.id, code.uuid or node_id(entry.id, "code", code.id))
            walk(code.codes)

    for theme in entry.themes:
        walk(theme.codes)
    return found


def to_text(entry: TextEntry) -> Localized:
    """One text in both languages."""
    return Localized(fr=entry.fr, en=entry.en)


def _groups(refs: list[str]) -> tuple[str, ...]:
    return () if refs == [EVERY] else tuple(refs)


def _question(book: str, entry: QuestionEntry) -> Question:
    return Question(
        id=entry.uuid or node_id(book, "question", entry.id),
        ref=entry.id,
        text=to_text(entry.text),
        short=to_text(entry.short),
        kind=entry.kind,
        source=entry.source,
        hue=entry.hue,
        step=entry.step,
    )


def _theme(book: str, entry: ThemeEntry, uuids: dict[str, str]) -> Theme:
    return Theme(
        id=entry.uuid or node_id(book, "theme", entry.id),
        ref=entry.id,
        label=to_text(entry.label),
        definition=to_text(entry.definition),
        questions=tuple(entry.questions),
        codes=tuple(to_code(book, code, uuids) for code in entry.codes),
    )


def to_code(book: str, entry: CodeEntry, uuids: dict[str, str]) -> Code:
    """A code of the codebook `book` with those below it; `uuids` is code ref → id."""
    cues = {"en": tuple(entry.cues.en), "fr": tuple(entry.cues.fr)}
    return Code(
        id=entry.uuid or node_id(book, "code", entry.id),
        ref=entry.id,
        label=to_text(entry.label),
        definition=to_text(entry.definition),
        use=to_text(entry.use),
        not_use=to_text(entry.not_use),
        example=to_text(entry.example),
        questions=tuple(entry.questions),
        groups=_groups(entry.groups),
        primary_group="" if entry.primary_group == EVERY else entry.primary_group,
        origin=entry.origin,
        cues={language: phrases for language, phrases in cues.items() if phrases},
        codable=entry.codable,
        hue=entry.hue,
        status=Status(entry.status),
        # An unknown target stays as written, so that the rules can name it.
        merged_into=uuids.get(entry.merged_into, entry.merged_into) if entry.merged_into else None,
        children=tuple(to_code(book, child, uuids) for child in entry.codes),
    )


def _value(entry: ValueEntry) -> ModifierValue:
    return ModifierValue(entry.id, to_text(entry.label), entry.key)


def _modifier(entry: ModifierEntry) -> Modifier:
    return Modifier(
        ref=entry.id,
        label=to_text(entry.label),
        question=to_text(entry.question),
        key=entry.key,
        values=tuple(_value(value) for value in entry.values),
        applies_to=tuple(entry.applies_to),
    )


def _group(entry: GroupEntry) -> Group:
    labels = {sub.id: to_text(sub.label) for sub in entry.subgroups}
    return Group(
        ref=entry.id,
        label=to_text(entry.label),
        subgroups=tuple(sub.id for sub in entry.subgroups),
        step=entry.step,
        subgroup_labels={ref: label for ref, label in labels.items() if label},
    )


def _guide(entry: GuideEntry) -> GuideQuestion:
    return GuideQuestion(entry.id, to_text(entry.text), tuple(entry.questions), _groups(entry.groups))
