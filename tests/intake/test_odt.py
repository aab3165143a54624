"""OpenDocument transcripts: everything said is read, in order; what is not said is left out and counted."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.intake.office import odt
from hsreview.intake.source import Source
from tests.intake import office_fixtures as make

BOLD = make.odt_style("B", "text", 'fo:font-weight="bold"')
HIDDEN = make.odt_style("H", "text", 'text:display="none"')


def read(body: str, styles: str = "", *, common: str = "") -> Source:
    return odt.read(make.odt(body, styles, common=common), "x.odt", encoding=None)


def counts(source: Source) -> dict[str, int]:
    return {doubt.code: doubt.count for doubt in source.doubts}


def span(style: str, content: str) -> str:
    return f'<text:span text:style-name="{style}">{content}</text:span>'


def test_paragraphs_headings_lists_and_sections_in_order() -> None:
    body = (
        "<text:h>Entretien</text:h><text:p>INT : Bonjour</text:p><text:p/>"
        "<text:list><text:list-item><text:p>un</text:p><text:list><text:list-item><text:p>deux</text:p></text:list-item>"
        "</text:list></text:list-item></text:list><text:section><text:p>trois</text:p></text:section>"
    )
    source = read(body)
    assert source.text == "Entretien\nINT : Bonjour\n\nun\ndeux\ntrois"
    assert counts(source) == {"numbering": 2}


def test_blanks_tabs_and_breaks() -> None:
    body = '<text:p>a<text:s/><text:s text:c="3"/>b<text:tab/>c<text:line-break/>d</text:p>'
    assert read(body).text == "a    b\tc\nd"


def test_blanks_of_the_xml_count_as_one_and_at_the_edges_as_none() -> None:
    body = f"<text:p>\n  one \t\n two {span('B', '  three  ')} four<text:s/> \n</text:p>"
    assert read(body, BOLD).text == "one two three four "


def test_other_blanks_stay() -> None:
    said = "\u00a0« Oui\u202f!\u2009»\u00a0"
    assert read(f"<text:p>{said}</text:p>").text == said


@pytest.mark.parametrize(
    ("written", "length"), [("1001", 1000), ("2000000000", 1000), ("9" * 400, 1000), ("-3", 1), ("x", 1)]
)
def test_absurd_repeat_counts_are_capped(written: str, length: int) -> None:
    source = read(f'<text:p>a<text:s text:c="{written}"/>b</text:p>')
    assert source.text == "a" + " " * length + "b"
    assert counts(source) == ({"repeats": 1} if length == 1000 else {})


def test_many_capped_repeats_still_hit_the_limit_of_the_text() -> None:
    with pytest.raises(InputRefused, match="more text than a transcript"):
        read("<text:p>" + '<text:s text:c="2000000000"/>' * 5_001 + "</text:p>")


def test_tracked_changes_notes_and_comments_are_left_out() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Somebody</dc:creator>"
        "</office:change-info><text:p>gone</text:p></text:deletion></text:changed-region><text:changed-region>"
        "<text:insertion/></text:changed-region></text:tracked-changes>"
    )
    note = "<text:note><text:note-citation>1</text:note-citation><text:p>aside</text:p></text:note>"
    comment = "<office:annotation><dc:creator>Somebody</dc:creator><text:p>who?</text:p></office:annotation>"
    source = read(f"{changes}<text:p>one{note} two{comment} three<text:change text:change-id='c'/></text:p>")
    assert source.text == "one two three"
    assert counts(source) == {"deletions": 1, "insertions": 1, "footnotes": 1, "comments": 1}
    assert "Somebody" not in repr(source)


def test_hidden_text_is_left_out_and_counted() -> None:
    paragraphs = make.odt_style("HP", "paragraph", 'text:display="none"') + make.odt_style("HC", "text", "", "H")
    body = (
        f"<text:p>a{span('H', 'secret')}b{span('HC', 'secret')}</text:p><text:p text:style-name='HP'>secret</text:p>"
        "<text:section text:display='none'><text:p>secret</text:p></text:section>"
        "<text:p>c<text:hidden-text text:is-hidden='true'>secret</text:hidden-text></text:p>"
        "<text:p>secret<text:hidden-paragraph text:is-hidden='true'/></text:p><text:p>d</text:p>"
    )
    source = read(body, paragraphs, common=HIDDEN)
    assert source.text == "ab\nc\nd"
    assert counts(source) == {"hidden": 6}


def test_bold_runs_at_the_start_of_a_line_are_reported() -> None:
    styles = (
        make.odt_style("Child", "text", "", "B")
        + make.odt_style("Light", "text", 'fo:font-weight="normal"')
        + make.odt_style("Heavy", "paragraph", 'fo:font-weight="700"')
    )
    body = (
        f"<text:p>{span('Child', 'INT: ')}one {span('B', 'loud')}</text:p>"
        f"<text:p text:style-name='Heavy'>Why? {span('Light', 'so')}</text:p>"
        f"<text:p>{span('Light', 'no')}</text:p>"
    )
    source = read(body, styles, common=BOLD)
    assert [source.text[a:b] for a, b in source.bold] == ["INT: ", "Why? "]


def test_tables_become_lines_and_may_state_speakers() -> None:
    def row(*cells: str) -> str:
        return "".join(
            ["<table:table-row>", *(f"<table:table-cell>{c}</table:table-cell>" for c in cells), "</table:table-row>"]
        )

    def p(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    nested = f"<table:table>{row(p('x'), p('y'))}</table:table>"
    rows = (
        row(p("INT"), p("Why?")),
        row(p("R1"), p("So.") + nested),
        row("<text:p/>", p("And so.")),
        row(p("INT"), p("Ah.")),
    )
    source = read(
        f"<table:table><table:table-header-rows>{rows[0]}</table:table-header-rows>{''.join(rows[1:])}</table:table>"
    )
    assert source.text == "INT\tWhy?\nR1\tSo.\nx\ty\n\tAnd so.\nINT\tAh."
    assert source.marks is not None
    assert [(m.speaker, source.text[m.start : m.label_end]) for m in source.marks] == [
        ("INT", "INT\t"),
        ("R1", "R1\t"),
        ("INT", "INT\t"),
    ]


def test_frames_text_boxes_and_objects() -> None:
    picture = "<draw:frame><draw:image/><svg:title>A photo of Somebody</svg:title></draw:frame>"
    box = "<draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>"
    chart = "<draw:frame><draw:object><text:p>no</text:p></draw:object><draw:image/></draw:frame>"
    shape = "<draw:custom-shape><text:p>shaped</text:p></draw:custom-shape>"
    source = read(f"{shape}<text:p>one{picture}{box} two{chart}</text:p><text:p>three</text:p>")
    assert source.text == "shaped\none two\nboxed\nthree"
    assert counts(source) == {"images": 1, "objects": 1, "textboxes": 2}


def test_fields_keep_their_result_and_scripts_are_left_out() -> None:
    body = "<text:p>on <text:date>12 mai</text:date> <text:a>here</text:a><text:script>run()</text:script></text:p>"
    source = read(body)
    assert (source.text, counts(source)) == ("on 12 mai here", {"macros": 1})


def test_page_headers_and_footers_are_counted() -> None:
    common = (
        "<style:master-page><style:header><text:p>Confidential</text:p></style:header>"
        "<style:footer style:display='false'><text:p>x</text:p></style:footer><style:footer-left/></style:master-page>"
    )
    assert counts(read("<text:p>a</text:p>", common=common)) == {"headers": 1}


def test_other_documents_are_refused() -> None:
    sheet = (
        make.content_xml("")
        .replace("<office:text>", "<office:spreadsheet>")
        .replace("</office:text>", "</office:spreadsheet>")
    )
    for parts in ({"content.xml": sheet}, {"mimetype": "application/zip"}):
        with pytest.raises(InputRefused):
            odt.read(make.archive(parts), "x.odt", encoding=None)


PIECES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


@given(st.lists(st.lists(PIECES, max_size=4), min_size=1, max_size=8))
def test_any_text_comes_back(paragraphs: list[list[str]]) -> None:
    def written(text: str) -> str:
        return re.sub(" ", "<text:s/>", escape(text))

    body = "".join(f"<text:p>{''.join(span('B', written(text)) for text in parts)}</text:p>" for parts in paragraphs)
    assert read(body, BOLD).text == "\n".join("".join(parts) for parts in paragraphs)
