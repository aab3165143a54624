"""COREQ: the 32 items of the checklist for reports of interviews, filled in where the project's data can tell.

An item that data cannot answer stays open for the team; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from hsreview.workbook.book import Book
from hsreview.workbook.context import Context
from hsreview.workbook.rowxml import Styled
from hsreview.workbook.sheet import Column, Plan
from hsreview.workbook.styles import CENTRE, EMPTY, NOTE, TEXT

_FIRST = {1: 1, 9: 2, 24: 3}
"""The item with which each domain begins → the number of the domain."""
ITEMS = 32
_CONTRA = "contra"


def write(context: Context, book: Book, order: int) -> None:
    """One row per item."""
    words = context.words
    columns = (
        Column(words("coreq_item"), 7, CENTRE),
        Column(words("coreq_domain"), 22, TEXT),
        Column(words("coreq_asks"), 40, TEXT),
        Column(words("coreq_answer"), 80, TEXT),
        Column(words("coreq_source"), 22, TEXT),
    )
    plan = Plan("coreq", words.title("coreq"), columns, top=([Styled(context.basis, NOTE)],), freeze=1)
    sheet = book.sheet(plan, order)
    for item, domain, asks, answer in items(context):
        source = words("coreq_by_data") if answer else Styled(words("coreq_by_team"), EMPTY)
        sheet.row([item, domain, asks, answer or None, source])


def items(context: Context) -> Iterator[tuple[int, str, str, str]]:
    """Number, domain, what is asked, and what the project's data answer (empty: it is for the team to write)."""
    domain = 0
    for item in range(1, ITEMS + 1):
        domain = _FIRST.get(item, domain)
        answer = _ANSWERS[item](context) if item in _ANSWERS else ""
        yield item, context.words(f"coreq_domain_{domain}"), context.words(f"coreq_{item}"), answer


def _sample(context: Context) -> str:
    *groups, whole = context.matrices.groups.groups
    named = [
        context.words("coreq_group", group=context.group_title(base.group or ""), n=base.reviewed)
        for base in groups
        if base.reviewed
    ]
    return context.words(
        "coreq_sample", all=whole.interviews, reviewed=whole.reviewed, respondents=whole.respondents,
        organisations=whole.organisations, groups=" · ".join(named),
    ).strip()  # fmt: skip


def _attributes(context: Context) -> str:
    people = list(context.dataset.respondents.values())
    known = {
        key: sum(person.attributes.get(key) not in (None, "") for person in people) for key in context.attributes[0]
    }
    listed = ", ".join(f"{key} {n}" for key, n in known.items() if n)
    return context.words("coreq_attributes", n=len(people), list=listed) if listed else ""


def _guide(context: Context) -> str:
    n = len(context.dataset.codebook.guide)
    return context.words("coreq_guide", n=n) if n else ""


def _repeats(context: Context) -> str:
    heard: dict[str, int] = {}
    for people in context.dataset.respondents_of.values():
        for person in people:
            heard[person] = heard.get(person, 0) + 1
    return context.words("coreq_repeats", n=sum(n > 1 for n in heard.values())) if heard else ""


def _memos(context: Context) -> str:
    return context.words("coreq_memos", n=len(context.dataset.memos))


def _saturation(context: Context) -> str:
    """Undated interviews have no place in an order by time: then nothing is said."""
    dataset = context.dataset
    read = sorted((t for t in dataset.transcripts if t.id in dataset.reviewed), key=lambda t: (t.date, t.name))
    if not read or not all(t.date for t in read):
        return ""
    codes: dict[str, set[str]] = {}
    for segment in dataset.segments:
        codes.setdefault(segment.transcript_id, set()).add(segment.coding.code_id)
    seen: set[str] = set()
    last = 0
    for number, transcript in enumerate(read, 1):
        here = codes.get(transcript.id, set())
        last = number if here - seen else last
        seen |= here
    return context.words("coreq_saturation", last=last, n=len(read)) if last else ""


def _coders(context: Context) -> str:
    dataset, words = context.dataset, context.words
    ids = dict.fromkeys(s.coding.coder_id for s in dataset.segments if s.coding.coder_id)
    names = sorted(dataset.coders[i].name if i in dataset.coders else i for i in ids)
    said = [words("coreq_coders", n=len(dataset.coders), names=", ".join(names) or "–")]
    if dataset.review is not None:
        double = sum(len(each.coders) > 1 for each in dataset.review.statuses.values())
        said.append(words("coreq_double", n=double, all=len(dataset.transcripts), sheet=words.title("agreement")))
    return "\n".join(said)


def _tree(context: Context) -> str:
    book = context.dataset.codebook
    return context.words(
        "coreq_tree", themes=len(book.themes), codes=len(context.places), ref=book.ref, version=book.version,
        sheet=context.words.title("codebook"),
    )  # fmt: skip


def _origin(context: Context) -> str:
    added = [facts.added for facts in context.dataset.code_facts.values() if facts.added]
    if len(added) < len(context.places) or not added:
        return ""
    first = min(added, key=_version)
    return context.words("coreq_added", n=sum(version != first for version in added))


def _version(name: str) -> tuple[tuple[int, str], ...]:
    return tuple((int(part) if part.isdigit() else 0, part) for part in name.split("."))


def _tool(context: Context) -> str:
    return context.dataset.basis.tool


def _flagged(flag: str, key: str) -> Callable[[Context], str]:
    def said(context: Context) -> str:
        if all(known.ref != flag for known in context.dataset.codebook.flags):
            return ""
        spans = {
            (s.transcript_id, s.coding.start, s.coding.end) for s in context.dataset.segments if flag in s.coding.flags
        }
        return context.words(key, n=len(spans))

    return said


def _themes(context: Context) -> str:
    rows = [row for row in context.matrices.groups.rows if row.code_id is None]
    n = context.matrices.groups.groups[-1].reviewed
    refs = {theme.id: theme.ref for theme in context.dataset.codebook.themes}
    ranked = sorted(rows, key=lambda row: -row.counts[-1].interviews)
    listed = ", ".join(f"{refs[row.theme_id]} {row.counts[-1].interviews}" for row in ranked)
    return context.words("coreq_theme_counts", n=n, list=listed) if n and listed else ""


_ANSWERS: dict[int, Callable[[Context], str]] = {
    12: _sample,
    16: _attributes,
    17: _guide,
    18: _repeats,
    20: _memos,
    22: _saturation,
    24: _coders,
    25: _tree,
    26: _origin,
    27: _tool,
    29: _flagged("quote", "coreq_quotes"),
    31: _themes,
    32: _flagged(_CONTRA, "coreq_contra"),
}
