"""Codebooks that Hypothesis makes up: valid, with the most awkward ids and texts that are allowed."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from hsreview.model.codebook import (
    HUES,
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
from hsreview.model.codebook_rules import ORIGINS, QUESTION_KINDS
from hsreview.model.derivation import CodeMap, Derivation, Relation
from hsreview.model.localized import Localized

BOOK = "book"
AWKWARD = ["1.10", "2014-05-01", "true", "null", "no", "~", "-", "?", "é", "a:b", "#1", "{x}", "[y]", "*a", "&b", "!c"]
AWKWARD += ["%d", "@e", "'", '"', "\\", "`f", "=1+1", "0x1F", "1e3", "<<", "M&E", ".5", "---", "l’œuvre", "_x000D_"]
LONG_WORDS = ["a", "#no", "wordiness", "l’œuvre", "-", ":", "«\u202foui\u202f»", "extraordinairement", "1.10", "'x'"]

Draw = Any


def refs(size: int) -> st.SearchStrategy[list[str]]:
    """`size` different ids."""
    return st.lists(st.sampled_from(AWKWARD), min_size=size, max_size=size, unique=True)


def codebooks(characters: st.SearchStrategy[str] | None = None, *, levels: int = 3) -> st.SearchStrategy[Codebook]:
    """Codebooks that keep every rule; `characters` limits what free texts are made of."""
    if characters is None:
        characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    return _codebooks(characters, levels)


@st.composite
def _codebooks(draw: Draw, characters: st.SearchStrategy[str], levels: int) -> Codebook:
    # A few texts are made up and used again and again: a codebook has hundreds, too many to vary each of them.
    made_up = draw(st.lists(st.text(characters, max_size=20), min_size=3, max_size=3))
    long = " ".join(draw(st.lists(st.sampled_from(LONG_WORDS), min_size=15, max_size=15)))
    words = st.sampled_from(["", "yes", "A plain text.", "Un texte\u00a0: « oui » ?", long, *made_up])
    texts = st.builds(Localized, fr=words, en=words)
    question_refs = draw(refs(draw(st.integers(0, 2))))
    group_refs = draw(refs(draw(st.integers(0, 3))))
    some = st.lists(st.sampled_from(question_refs), unique=True) if question_refs else st.just([])
    who = st.lists(st.sampled_from(group_refs), unique=True) if group_refs else st.just([])
    node_refs = iter(draw(refs(draw(st.integers(1, 7)))))
    serial = iter(range(10_000))

    def label() -> Localized:
        text = draw(texts)
        number = next(serial)
        return Localized(fr=f"{text.fr.strip()}{number}", en=f"{text.en.strip()}{number}")

    def code(ref: str, level: int) -> Code:
        status = draw(st.sampled_from([Status.ACTIVE, Status.PROPOSED, Status.RETIRED, Status.REFUSED]))
        cues = {language: tuple(draw(st.lists(words, min_size=1, max_size=3))) for language in ("en", "fr")}
        return Code(
            id=draw(st.sampled_from([node_id(BOOK, "code", ref), f"uuid-{ref}"])),
            ref=ref,
            label=label(),
            definition=draw(texts),
            use=draw(texts),
            not_use=draw(texts),
            example=draw(texts),
            questions=tuple(draw(some)),
            groups=tuple(draw(who)),
            primary_group=draw(st.sampled_from(["", *group_refs])),
            origin=draw(st.sampled_from(["", *ORIGINS])),
            cues=draw(st.sampled_from([{}, cues, {"fr": cues["fr"]}])),
            codable=draw(st.booleans()),
            hue=draw(st.sampled_from(["", *HUES])),
            status=status,
            children=codes(level + 1),
        )

    def codes(level: int) -> tuple[Code, ...]:
        wanted = draw(st.integers(0, 2)) if level < levels else 0
        return tuple(code(ref, level) for ref, _ in zip(node_refs, range(wanted), strict=False))

    themes = tuple(
        Theme(
            id=draw(st.sampled_from([node_id(BOOK, "theme", ref), f"theme-{ref}"])),
            ref=ref,
            label=label(),
            definition=draw(texts),
            questions=tuple(draw(some)),
            codes=codes(0),
        )
        for ref in node_refs
    )
    themes = _with_a_merged_code(themes)
    theme_refs = [theme.ref for theme in themes]
    some_themes = st.lists(st.sampled_from(theme_refs), unique=True).map(tuple) if theme_refs else st.just(())
    keys = iter("abcdefghij1234")
    return Codebook(
        ref=BOOK,
        version=draw(st.sampled_from(["1.0", "1.10", "2014-05-01", "0.1.0+3"])),
        title=draw(texts),
        languages=draw(st.sampled_from([("en", "fr"), ("fr",), ("en",)])),
        status=draw(words),
        provenance=draw(words),
        base_state=draw(st.sampled_from(["", "ML", "NO"])),
        questions=tuple(
            Question(
                node_id(BOOK, "question", ref),
                ref,
                draw(texts),
                draw(texts),
                draw(st.sampled_from(QUESTION_KINDS)),
                draw(words),
                draw(st.sampled_from(["", *HUES])),
                draw(st.none() | st.integers(0, 4)),
            )
            for ref in question_refs
        ),
        themes=themes,
        modifiers=tuple(
            Modifier(
                ref,
                draw(texts),
                draw(texts),
                next(keys),
                tuple(ModifierValue(v, draw(texts), k) for v, k in zip(draw(refs(2)), "xy", strict=True)),
                draw(some_themes) or ("*",),
            )
            for ref in draw(refs(draw(st.integers(0, 2))))
        ),
        flags=tuple(Flag(ref, draw(texts), next(keys)) for ref in draw(refs(draw(st.integers(0, 2))))),
        passes=tuple(
            Pass(ref, draw(texts), tuple(draw(who)), draw(some_themes), draw(some_themes))
            for ref in draw(refs(draw(st.integers(0, 1))))
        ),
        groups=tuple(_group(draw, ref, texts) for ref in group_refs),
        guide=tuple(
            GuideQuestion(ref, draw(texts), tuple(draw(some)), tuple(draw(who)))
            for ref in draw(refs(draw(st.integers(0, 2))))
        ),
        rules=draw(st.dictionaries(st.sampled_from(AWKWARD), texts, max_size=2)),
        derived=draw(st.none() | _derived(themes, texts)),
    )


def _derived(themes: tuple[Theme, ...], texts: st.SearchStrategy[Localized]) -> st.SearchStrategy[Derivation]:
    codes = st.sampled_from([*(code.id for theme in themes for code in theme.codes), "gone"])
    words = st.lists(st.sampled_from(AWKWARD), min_size=1, max_size=3).map(tuple)
    return st.builds(
        Derivation,
        base=st.sampled_from(AWKWARD),
        base_version=st.sampled_from(["1.0", "1.10"]),
        overlays=st.lists(st.sampled_from(["a@1.0", "b@2"]), max_size=2, unique=True).map(tuple),
        added=st.lists(codes, max_size=2, unique=True).map(tuple),
        deactivated=st.dictionaries(codes, st.sampled_from(["", "No army: none.", "1.10"]), max_size=2),
        reworded=st.dictionaries(codes, texts, max_size=2),
        maps=st.lists(
            st.builds(CodeMap, codes, st.just("") | codes, st.sampled_from(Relation), st.sampled_from(["", "a: b"])),
            max_size=2,
        ).map(tuple),
        lexicon=st.dictionaries(st.sampled_from(["places", "actors", "languages"]), words, max_size=2),
    )


def _group(draw: Draw, ref: str, texts: st.SearchStrategy[Localized]) -> Group:
    subgroups = tuple(f"{ref}-{number}" for number in range(draw(st.integers(0, 2))))
    labels = {sub: label for sub in subgroups if (label := draw(texts))}
    return Group(ref, draw(texts), subgroups, draw(st.none() | st.integers(0, 4)), labels)


def _with_a_merged_code(themes: tuple[Theme, ...]) -> tuple[Theme, ...]:
    """The last code of the first theme that has two is merged into the first."""
    from dataclasses import replace

    for number, theme in enumerate(themes):
        if len(theme.codes) > 1:
            merged = replace(theme.codes[-1], status=Status.MERGED, merged_into=theme.codes[0].id)
            changed = replace(theme, codes=(*theme.codes[:-1], merged))
            return (*themes[:number], changed, *themes[number + 1 :])
    return themes
