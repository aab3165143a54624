"""Public workbooks and reports, alone and side by side: nobody who reads all that is in them learns a small cell."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest

from hsreview.analysis import earlier_files, hiding
from hsreview.analysis.public_columns import divide
from hsreview.base.errors import InputRefused
from hsreview.model.codebook import Code, Codebook, Status
from hsreview.model.dataset import Dataset
from hsreview.model.localized import Localized
from hsreview.model.people import Coder, Respondent
from hsreview.model.public import Band, Public, band_words
from hsreview.project.outputs import Output
from hsreview.workbook.public import write_public
from hsreview.workflows.public_report import public_report
from hsreview.workflows.published_before import differences, numbers_of, on_record
from hsreview.workflows.publishing import published
from hsreview.workflows.quotes import Quote, State
from hsreview.workflows.report_methods import public_methods
from hsreview.workflows.reporting import writer_of
from tests.workflows.attack import People, Table, everything, learnt, tables_of, texts_of
from tests.workflows.test_publishing import some_people, starred

REGIONS = {"Ansongo": "North", "Bourem": "North", "Djenné": "Centre", "Douentza": "Centre", "Sikasso": "South"}
FORMS = ("xlsx", "docx", "html", "md")


def a_country(seed: int) -> Dataset:
    """A layer whose people live in places of regions, and belong to kinds of organisations within their group."""
    dice, found = random.Random(seed), some_people(seed)

    def settled(person: Respondent) -> Respondent:
        place = dice.choice(list(REGIONS))
        kind = f"{person.group or 'other'} {dice.choice('ab')}"
        return replace(person, attributes={"place": place, "region": REGIONS[place], "kind": kind})

    return replace(found, respondents={key: settled(each) for key, each in found.respondents.items()})


@dataclass(frozen=True)
class Wish:
    """A file that somebody asks for."""

    form: str
    k: int = 3
    by: tuple[str, ...] = ()
    lang: str = "en"


class Publisher:
    """Writes files of one project as the commands do, and keeps the record of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.record: list[Output] = []
        self.files: list[tuple[int, list[tuple[Table, list[People]]]]] = []
        self.warnings: list[str] = []

    def publish(self, dataset: Dataset, wish: Wish, seed: int) -> tuple[Path, Public]:
        book = dataset.codebook
        quotes = starred(dataset, seed)
        public = published(dataset, quotes, {}, k=wish.k, by=wish.by, earlier=on_record(self.record))
        numbers = numbers_of(public, book.themes)
        self.warnings = list(differences(self.record, numbers, public, book))
        path = self.folder / f"{len(self.record)}.{wish.form}"
        if wish.form == "xlsx":
            write_public(public, book, path, lang=wish.lang)
        else:
            report = public_report(public, book, book.questions, ["Methods."], wish.lang, whole=True)
            writer_of(wish.form)(report, path)
        details = {"k": wish.k, "zones": {}, **numbers.record()}
        self.record.append(Output(path.name, "public", "anna", path.name, "2026-01-01", "", "", details))
        tables = tables_of(path)
        assert tables
        people, columns, _left = divide(dataset, wish.k, ("group", *wish.by), {})
        everybody = people.known
        members = {
            table: [*people.of(table, heads).values(), *([everybody] if len(heads) > 1 else [])]
            for table, heads in zip(("group", *wish.by), columns, strict=True)
        }
        self.files.append((wish.k, [(each, self._members(each, members)) for each in tables]))
        return path, public

    @staticmethod
    def _members(table: Table, members: dict[str, list[People]]) -> list[People]:
        name = next((name for name in members if table.title.endswith(f"×{name}")), "group")
        assert [len(each) for each in members[name]] == list(table.sizes)
        return members[name]


def codes_of(dataset: Dataset) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for place in dataset.codebook.codes():
        found.setdefault(place.theme.ref, []).append(place.code.ref)
    return found


def wishes(dice: random.Random) -> list[Wish]:
    found = []
    for _file in range(dice.choice((1, 2, 3))):
        form = dice.choice(("xlsx", "xlsx", *FORMS))
        by = tuple(dice.sample(["region", "place", "kind"], dice.choice((0, 1, 2)))) if form == "xlsx" else ()
        found.append(Wish(form, dice.choice((3, 3, 3, 4)) if form == "xlsx" else 3, by))
    return found


def attack(seed: int, folder: Path) -> object:
    """What is learnt from one or more files of the same data; null when too few people were heard."""
    dice, dataset, publisher = random.Random(seed), a_country(seed), Publisher(folder)
    asked = wishes(dice)
    try:
        for wish in asked:
            publisher.publish(dataset, wish, seed)
    except InputRefused:
        return None
    found = learnt(publisher.files, codes_of(dataset))
    return (asked, found) if found else []


@pytest.mark.parametrize("seed", [*range(16), 1230])
def test_no_small_cell_can_be_worked_out_from_files_side_by_side(seed: int, tmp_path: Path) -> None:
    assert not attack(seed, tmp_path)


@pytest.mark.deep
def test_no_small_cell_can_be_worked_out_from_many_files_side_by_side(tmp_path: Path) -> None:
    found = {seed: attack(seed, tmp_path) for seed in range(16, 616)}
    assert not any(found.values()), {seed: each for seed, each in found.items() if each}
    assert sum(each is not None for each in found.values()) > 500


@pytest.mark.parametrize("blind", ["places in regions", "earlier files", "everything"])
def test_the_attack_finds_what_is_hidden_badly(blind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if blind == "places in regions":
        monkeypatch.setattr(earlier_files, "covering", lambda _divisions: ())
    elif blind == "earlier files":
        monkeypatch.setattr(earlier_files.EarlierFiles, "_add", lambda *_args: False)
    else:
        monkeypatch.setattr(hiding, "safe", lambda *_args: True)
    assert any(attack(seed, tmp_path) for seed in range(60))


@pytest.mark.parametrize("seed", range(12))
def test_a_file_of_other_data_beside_an_older_one_is_warned_of(seed: int, tmp_path: Path) -> None:
    """One more interview: whoever has both files may learn what it told. That is the one case left to people."""
    dataset, publisher = a_country(seed), Publisher(tmp_path)
    first = next(iter(sorted(dataset.reviewed)))
    try:
        publisher.publish(replace(dataset, reviewed=dataset.reviewed - {first}), Wish("xlsx", by=("place",)), seed)
    except InputRefused:
        pytest.skip("too few people")
    publisher.publish(dataset, Wish("xlsx", by=("region",)), seed)
    heard = [p for p in dataset.respondents_of.get(first, ()) if p in dataset.respondents]
    elsewhere = {p for t in dataset.reviewed - {first} for p in dataset.respondents_of.get(t, ())}
    assert publisher.warnings or set(heard) <= elsewhere
    publisher.publish(dataset, Wish("md"), seed)
    assert bool(publisher.warnings) >= bool(set(heard) - elsewhere)


# What no file may hold


MEMBERS = {
    "xlsx": r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles)\.xml"
    r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/sharedStrings\.xml|xl/worksheets/sheet\d+\.xml",
    "docx": r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|docProps/thumbnail\.jpeg|customXml/.*"
    r"|word/(document|styles|settings|fontTable|webSettings|numbering|stylesWithEffects|header1|footer1)\.xml"
    r"|word/_rels/.*\.rels|word/theme/theme1\.xml",
}
"""Parts of archives that were looked at: neither charts with their numbers, nor comments, nor pictures."""
SECRETS = ("Ouologuem", "Association Sigi", "entretien-original", "Codeuse", "never released", "their very words")


def a_named_country(seed: int) -> Dataset:
    """As `a_country`, where whatever has a name has one that is looked for."""
    found = a_country(seed)
    basis = replace(found.basis, layer="Codeuse Awa")
    return replace(
        found,
        basis=replace(basis, codebook_version="907"),
        respondents={key: replace(each, name=f"Ouologuem {key}") for key, each in found.respondents.items()},
        organisations={key: replace(o, name=f"Association Sigi {key}") for key, o in found.organisations.items()},
        transcripts=[
            replace(t, name=f"entretien-original-{n}", date=f"2013-07-{n % 28 + 1:02}")
            for n, t in enumerate(found.transcripts)
        ],
        coders={"anna": Coder("anna", "Codeuse Awa")},
    )


NOT_TAKEN_IN = (Status.PROPOSED, Status.REFUSED, Status.RETIRED)
"""A proposal; one that was refused, or taken back, while others coded with it."""


def with_their_words(book: Codebook) -> Codebook:
    """Every code is made of somebody's words, and stands in the codebook for nobody."""
    states = cycle(NOT_TAKEN_IN)

    def theirs(code: Code) -> Code:
        words = Localized(en=f"their very words {code.ref}", fr=f"their very words {code.ref}")
        children = tuple(theirs(child) for child in code.children)
        return replace(code, label=words, origin="in_vivo", status=next(states), children=children)

    return replace(book, themes=tuple(replace(t, codes=tuple(map(theirs, t.codes))) for t in book.themes))


def drafts_among(quotes: Sequence[Quote]) -> list[Quote]:
    return [
        replace(each, state=State.CHECKED, text=f"never released {n}") if n % 3 == 0 else each
        for n, each in enumerate(quotes)
    ]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_no_file_holds_a_name_a_date_a_withheld_quote_or_a_number_that_is_not_a_cell(
    form: str, lang: str, tmp_path: Path
) -> None:
    dataset = a_named_country(1)
    book = with_their_words(dataset.codebook)
    dataset = replace(dataset, codebook=book)
    quotes = drafts_among(starred(dataset, 1))
    public = published(dataset, quotes, {}, by=("region",) if form == "xlsx" else ())
    told = {row.code_id for row in public.tables[0].rows if row.code_id}
    assert {place.code.status for place in book.codes() if place.code.id in told} == {*NOT_TAKEN_IN}
    methods = public_methods(dataset, None, lang)
    path = tmp_path / f"public.{form}"
    if form == "xlsx":
        write_public(public, book, path, lang=lang)
    else:
        writer_of(form)(public_report(public, book, book.questions, methods, lang, whole=True), path)
    held = everything(path)
    assert public.quotes and public.quotes[0].text in held
    for secret in (*SECRETS, "2013-07"):
        assert secret not in held, secret
    if form in MEMBERS:
        with zipfile.ZipFile(path) as archive:
            assert [name for name in archive.namelist() if not re.fullmatch(MEMBERS[form], name)] == []
    if form == "xlsx":
        strange = r'<(?:comment|drawing|legacyDrawing|extLst)|state="(?:hidden|veryHidden)"|<(?:row|col)\b[^>]*hidden='
        assert not re.search(strange, held)
        names = set(re.findall(r'<definedName name="([^"]*)"', held))
        assert names <= {"_xlnm.Print_Titles", "_xlnm._FilterDatabase", "_xlnm.Print_Area"}
    if form == "html":
        assert not re.search(r"<!--|<svg|data-|<script", held)
    cells = {size for table in tables_of(path) for size in table.sizes}
    assert cells and min(cells) >= public.k
    said = {each.text for each in public.quotes} | {each.ref for each in book.themes}
    said |= {place.code.ref for place in book.codes()} | {text for q in book.questions for text in (q.ref, q.text.en)}
    said |= {*methods, dataset.basis.made, dataset.basis.made[:16].replace("T", " ")}
    said |= {band_words(band, public.k) for band in Band} - {""}
    counts = {public.reviewed, public.interviews, public.respondents, public.k, 20, 907, *cells}
    for text in texts_of(path):
        left = text
        for known in sorted(said, key=len, reverse=True):
            left = left.replace(known, "")
        assert {int(n) for n in re.findall(r"\d+", left)} <= counts, text
