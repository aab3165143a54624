"""The public workbook: bands and released quotes only, marked on every sheet. A command of its own writes it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hsreview.model.codebook import Codebook, Status
from hsreview.model.localized import Localized
from hsreview.model.public import Band, Public, PublicColumn, PublicTable, band_words, label_of
from hsreview.workbook.book import Book
from hsreview.workbook.names import short
from hsreview.workbook.rowxml import Styled, Value
from hsreview.workbook.sheet import Column, Plan, TopRow
from hsreview.workbook.styles import ALERT, BASE, CENTRE, ID, NOTE, SHORT, TEXT, TITLE, themed
from hsreview.workbook.words import Words

IN_VIVO = "in_vivo"


def write_public(public: Public, codebook: Codebook, path: Path, *, lang: str) -> tuple[str, ...]:
    """Write the file to `path` in `lang` (`fr`, `en` or `both`); the titles of its sheets. Raises OSError."""
    words = Words(lang)
    made = _Public(public, codebook, words)
    with Book(
        title=f"{public.basis.project} · {words('public_short')}",
        header=f"{words('public_short')} · {public.basis.project} · {made.basis}",
        footer=f"{public.basis.tool} · {public.basis.made}",
        undefined="",
        notice=words("public_mark"),
    ) as book:
        made.about(book)
        made.codes(book)
        for number, table in enumerate(public.tables):
            made.table(book, 2 + number, table)
        made.quotes(book, 2 + len(public.tables))
        book.save(path)
        return tuple(part.title for _sheet, part in book.parts())


class _Public:
    """One file in the making."""

    def __init__(self, public: Public, codebook: Codebook, words: Words) -> None:
        self.public, self.codebook, self.words = public, codebook, words
        basis = public.basis
        layer = words("consensus" if basis.layer_coder is None else "public_one_coder")
        line = words(
            "public_basis", layer=layer, reviewed=public.reviewed, all=public.interviews, people=public.respondents,
            codebook=basis.codebook, version=basis.codebook_version,
        )  # fmt: skip
        self.basis = short(line, 1_000)
        self.listed = {row.code_id for table in public.tables for row in table.rows}

    def about(self, book: Book) -> None:
        """What the file is, and how to read it."""
        words, k = self.words, self.public.k
        few, some, many = (band_words(band, k) for band in (Band.FEW, Band.SOME, Band.MANY))
        columns = (Column("", 26, replace(TEXT, bold=True)), Column("", 110, TEXT))
        plan = Plan("public", words.title("public"), columns, header=False, alert=True)
        sheet = book.sheet(plan, 0)
        sheet.row([Styled(words("public_mark"), ALERT), Styled(None, ALERT)])
        sheet.row([Styled(self.public.basis.project, TITLE), None])
        sheet.row([words("basis_of_n"), self.basis])
        sheet.row([words("public_what"), words("public_what_value")])
        sheet.row([words("public_bands"), words("public_bands_value", few=few, some=some, many=many, k=k)])
        sheet.row([words("public_columns"), words("public_columns_value", k=k)])
        sheet.row([words("public_codes"), words("public_codes_value")])
        sheet.row([words("public_no_share"), words("public_no_share_value")])
        sheet.row([words("public_quotes_about"), words("public_quotes_value")])
        sheet.row([words("made"), self.public.basis.made])
        sheet.row([words("tool"), self.public.basis.tool])

    def codes(self, book: Book) -> None:
        """Every theme and code. Words of respondents are not in it: no examples, no label made of their words."""
        words = self.words
        columns = (
            Column(words("code"), 8, ID), Column(words("theme_or_code"), 44, TEXT),
            Column(words("definition"), 90, TEXT),
        )  # fmt: skip
        plan = Plan("public_codebook", words.title("public_codebook"), columns, freeze=2)
        sheet = book.sheet(plan, 1)
        for theme in self.codebook.themes:
            row = [theme.ref, words.join(theme.label), words.join(theme.definition)]
            sheet.row(
                [Styled(value, themed(look)) for value, look in zip(row, (ID, TEXT, TEXT), strict=True)], theme=True
            )
            for place in self.codebook.codes():
                code = place.code
                if place.theme.id != theme.id:
                    continue
                own = code.origin == IN_VIVO or code.status is Status.PROPOSED
                if own and code.id not in self.listed:
                    sheet.row([code.ref, words("public_not_said"), None])
                else:
                    label = words.join(label_of(code)) or words("public_not_said")
                    sheet.row([code.ref, label, words.join(code.definition) or None])

    def table(self, book: Book, order: int, table: PublicTable) -> None:
        """Bands by theme and column; a code stands under its theme."""
        words = self.words
        columns = [Column(words("code"), 8, ID), Column(words("theme_or_code"), 44, TEXT)]
        columns += [Column(self.title(column), 16, CENTRE) for column in table.columns]
        by_group = table.by == "group"
        title = words.title("public_group") if by_group else words("public_by", name=short(table.by, 20))
        top: tuple[TopRow, ...] = (
            [Styled(words("public_title"), TITLE)],
            [Styled(self.basis, NOTE)],
            [
                Styled(None, BASE), Styled(words("public_n"), replace(BASE, align="left")),
                *(Styled(column.n, BASE) for column in table.columns),
            ],
        )  # fmt: skip
        key = "public_group" if by_group else "public_by"
        sheet = book.sheet(Plan(key, title, tuple(columns), top=top, freeze=2, outline=True), order)
        for row in table.rows:
            theme = row.code_id is None
            cells: list[Value] = [band_words(band, self.public.k) or None for band in row.bands]
            label = Styled(words.join(row.label), themed(TEXT) if theme else replace(TEXT, indent=1))
            sheet.row([row.ref, label, *cells], theme=theme, outline=0 if theme else 1)

    def quotes(self, book: Book, order: int) -> None:
        """Released quotes by theme; nothing in their order or number tells who says them."""
        words = self.words
        columns = (
            Column(words("theme"), 26, TEXT, repeat=True), Column(words("codes"), 30, TEXT),
            Column(words("group"), 22, TEXT), Column(words("public_place"), 16, TEXT), Column(words("quote"), 80, TEXT),
            Column(words("public_translation"), 60, TEXT), Column(words("public_translator"), 16, SHORT),
            Column(words("part"), 8, CENTRE),
        )  # fmt: skip
        top: tuple[TopRow, ...] = ([Styled(words("public_quotes_title"), TITLE)], [Styled(self.basis, NOTE)])
        plan = Plan("public_quotes", words.title("public_quotes"), columns, top=top, part=7, printed=7)
        if not self.public.quotes:
            nothing = (Column(words("public_no_quotes"), 80, TEXT),)
            plan = replace(plan, columns=nothing, part=None, printed=None, filter=False)
        sheet = book.sheet(plan, order)
        themes = {theme.id: self._named(theme.ref, theme.label) for theme in self.codebook.themes}
        codes = {place.code.id: self._named(place.code.ref, label_of(place.code)) for place in self.codebook.codes()}
        heads = self.public.tables[0].columns
        for each in self.public.quotes:
            said = [f"{language}: {text}" for language, text, _by in each.translations]
            by = dict.fromkeys(by for _language, _text, by in each.translations)
            sheet.row(
                [
                    themes[each.theme_id], "\n".join(codes[code] for code in each.codes) or None,
                    words("public_not_said") if each.group is None else self.title(heads[each.group]),
                    words.join(each.place) if each.place else None, each.text, "\n".join(said) or None,
                    ", ".join(by) or None, None,
                ]
            )  # fmt: skip

    def _named(self, ref: str, label: Localized) -> str:
        text = self.words.join(label)
        return f"{ref} · {text}" if text and text != ref else ref

    def title(self, column: PublicColumn) -> str:
        """How a column is called."""
        words = self.words
        if column.kind == "value":
            return short(words.join(column.label)) or column.key
        return words({"none": "public_not_said", "other": "public_other"}.get(column.kind, "all_groups"))
