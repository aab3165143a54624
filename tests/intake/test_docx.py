"""Word transcripts: everything said is read, in order; what is not said is left out and counted."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsreview.base.errors import InputRefused
from hsreview.base.messages import use_language
from hsreview.intake.office import docx
from hsreview.intake.source import Source
from tests.intake import office_fixtures as make

PICTURE = "<w:r><w:drawing><a:blip r:embed='r1'/></w:drawing></w:r>"


def read(body: str, *, styles: str = "", extra: dict[str, str | bytes] | None = None) -> Source:
    return docx.read(make.docx(body, styles=styles, extra=extra), "x.docx", encoding=None)


def counts(source: Source) -> dict[str, int]:
    return {doubt.code: doubt.count for doubt in source.doubts}


def one(*content: str) -> str:
    """The text of one paragraph."""
    return read(make.paragraph(*content)).text


def test_one_line_per_paragraph_and_empty_ones_stay() -> None:
    body = make.paragraph("INT: Bonjour") + "<w:p/>" + make.paragraph("R1 : Oui") + "<w:p/>"
    assert read(body).text == "INT: Bonjour\n\nR1 : Oui\n"


def test_every_character_element() -> None:
    content = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
    )
    assert (
        one(content + "<w:softHyphen/><w:t>f</w:t><w:br w:type='page'/><w:t>g</w:t></w:r>") == "a\tb\nc\nd\u2011ef\ng"
    )


def test_characters_of_the_text_stay_as_they_are() -> None:
    said = "« L\u2019e\u0301te\u0301\u00a0»\u202f: 🙂 \u00ad\u200b oui  "
    assert one(make.run(said)) == said


def test_line_ends_of_the_xml_inside_a_run_are_blanks() -> None:
    assert one("<w:r><w:t>one\n two</w:t></w:r>") == "one  two"


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:ins w:author='x'>{}</w:ins>",
        "<w:moveTo>{}</w:moveTo>",
        "<w:hyperlink r:id='r1'>{}</w:hyperlink>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:fldSimple w:instr='DATE'>{}</w:fldSimple>",
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:dir>{}</w:dir>",
        "<w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby>",
    ],
)
def test_wrapped_runs_are_read(wrapped: str) -> None:
    body = make.paragraph(make.run("one "), wrapped.replace("{}", make.run("two")), make.run(" three"))
    assert read(body).text == "one two three"


@pytest.mark.parametrize("wrapped", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"])
def test_wrapped_paragraphs_are_read(wrapped: str) -> None:
    body = make.paragraph("one") + wrapped.replace("{}", make.paragraph("two")) + make.paragraph("three")
    assert read(body).text == "one\ntwo\nthree"


def test_the_result_of_a_field_is_read_and_its_instruction_is_not() -> None:
    field = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    code = "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>"
    parts = [field.format("begin"), code, field.format("separate"), make.run("here"), field.format("end")]
    assert one(make.run("look "), *parts) == "look here"


def test_tracked_changes_are_read_as_accepted() -> None:
    deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    moved = "<w:moveFrom>" + make.run("elsewhere") + "</w:moveFrom>"
    source = read(make.paragraph(make.run("a"), deleted, moved, "<w:ins>" + make.run("b") + "</w:ins>"))
    assert source.text == "ab"
    assert counts(source) == {"deletions": 1, "insertions": 1}


def test_a_deleted_paragraph_leaves_no_line_behind() -> None:
    gone = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
    body = (
        make.paragraph("one")
        + make.paragraph(gone, properties="<w:rPr><w:del/></w:rPr>")
        + make.paragraph("two", properties="<w:rPr><w:del/></w:rPr>")
        + make.paragraph("three")
    )
    assert read(body).text == "one\ntwothree"


def test_a_deleted_row_is_left_out() -> None:
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + make.paragraph("gone") + "</w:tc></w:tr>"
    source = read("<w:tbl>" + row + "<w:tr><w:tc>" + make.paragraph("kept") + "</w:tc></w:tr></w:tbl>")
    assert (source.text, counts(source)) == ("kept", {"deletions": 1})


@pytest.mark.parametrize("value", ["", " w:val='1'", " w:val='true'", " w:val='on'"])
def test_hidden_runs_are_left_out_and_counted(value: str) -> None:
    hidden = make.run("se", f"<w:vanish{value}/>") + make.run("cret", f"<w:vanish{value}/>")
    source = read(make.paragraph(make.run("a"), hidden, make.run("b"), make.run("x", "<w:vanish/>")))
    assert (source.text, counts(source)) == ("ab", {"hidden": 2})


@pytest.mark.parametrize("value", ["0", "false", "off"])
def test_hidden_can_be_switched_off(value: str) -> None:
    assert one(make.run("said", f"<w:vanish w:val='{value}'/>")) == "said"


def test_text_hidden_by_a_style_is_left_out() -> None:
    styles = (
        "<w:style w:type='character' w:styleId='Base'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='Secret'><w:basedOn w:val='Base'/></w:style>"
        "<w:style w:type='character' w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>"
    )
    runs = make.run("a", "<w:rStyle w:val='Loop'/>"), make.run("b", "<w:rStyle w:val='Secret'/>")
    shown = make.run("c", "<w:rStyle w:val='Secret'/><w:vanish w:val='0'/>")
    source = read(make.paragraph(*runs, shown), styles=styles)
    assert (source.text, counts(source)) == ("ac", {"hidden": 1})


def test_a_hidden_paragraph_leaves_no_line_behind() -> None:
    hidden = make.paragraph(make.run("secret", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>")
    assert read(make.paragraph("one") + hidden + make.paragraph("two")).text == "one\ntwo"


def text_box(content: str) -> str:
    """A text box as Word writes it: the new drawing, and the old one for programs that do not know it."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    choice = f"<w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>"
    old = f"<w:pict><v:textbox>{inner}</v:textbox></w:pict>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{choice}</mc:Choice>"
        f"<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = text_box(make.paragraph("boxed one") + make.paragraph("boxed two"))
    source = read(make.paragraph(make.run("before "), box, make.run("after")) + make.paragraph("next"))
    assert source.text == "before after\nboxed one\nboxed two\nnext"
    assert counts(source) == {"textboxes": 1}


def test_an_old_text_box_is_read() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{make.paragraph('boxed')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert one(make.run("a"), box) == "a\nboxed"


def test_symbols_become_characters_or_are_counted() -> None:
    arrow = "<w:r><w:sym w:font='Wingdings' w:char='F0E0'/></w:r>"
    unknown = "<w:r><w:sym w:font='Mystery' w:char='F041'/><w:sym w:font='Mystery' w:char='zz'/></w:r>"
    source = read(make.paragraph(arrow, unknown))
    assert (source.text, counts(source)) == ("→\ufffd\ufffd", {"symbols": 2})


def test_everything_left_out_is_counted() -> None:
    notes = "<w:r><w:footnoteReference w:id='1'/><w:endnoteReference w:id='1'/><w:commentReference w:id='1'/></w:r>"
    things = f"{notes}{PICTURE}<w:r><w:object><o:OLEObject/><v:imagedata/></w:object></w:r>"
    numbered = make.paragraph("item", properties="<w:numPr><w:numId w:val='3'/></w:numPr>")
    unfilled = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + make.run("Click here")
        + "</w:sdtContent></w:sdt>"
    )
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": make.relations(
            ("header", "header1.xml", "Internal"),
            ("header", "header2.xml", "Internal"),
            ("footer", "/word/footer1.xml", "Internal"),
            ("image", "file:///C:/Users/somebody/a.png", "External"),
            ("hyperlink", "https://example.org", "External"),
            ("vbaProject", "vbaProject.bin", "Internal"),
        ),
        "word/header1.xml": make.docx_part("hdr", make.paragraph("Confidential")),
        "word/header2.xml": make.docx_part("hdr", "<w:p/>"),
        "word/footer1.xml": make.docx_part("ftr", make.paragraph("Page 1")),
        "word/comments.xml": make.docx_part("comments", make.paragraph("Who is this?")),
        "docProps/core.xml": "<creator>Somebody</creator>",
    }
    body = make.paragraph(make.run("said"), things, unfilled) + numbered + "<w:altChunk r:id='r9'/>"
    source = read(body, extra=parts)
    assert source.text == "said\nitem"
    expected = [
        "headers",
        "footers",
        "comments",
        "images",
        "objects",
        "macros",
        "linked",
        "inserted_files",
        "numbering",
        "placeholders",
    ]
    assert counts(source) == {code: 1 for code in expected} | {"footnotes": 2}
    for secret in ("Somebody", "somebody", "Confidential"):
        assert secret not in repr(source)


def test_numbering_may_come_from_a_style_and_be_switched_off() -> None:
    styles = (
        "<w:style w:type='paragraph' w:styleId='List'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    )
    listed = make.paragraph("a", properties="<w:pStyle w:val='List'/>")
    free = make.paragraph("b", properties="<w:pStyle w:val='List'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    assert counts(read(listed + free, styles=styles)) == {"numbering": 1}


def test_bold_runs_at_the_start_of_a_line_are_reported() -> None:
    bold = "<w:b/>"
    body = make.paragraph(make.run("IN", bold), make.run("T: ", bold), make.run("one "), make.run("loud", bold))
    body += make.paragraph(make.run("R1", bold), "<w:r><w:rPr><w:b/></w:rPr><w:br/></w:r>", make.run("two"))
    source = read(body + make.paragraph(make.run("no", "<w:b w:val='0'/>")))
    assert [source.text[a:b] for a, b in source.bold] == ["INT: ", "R1"]


def test_bold_may_come_from_a_style() -> None:
    styles = (
        "<w:style w:type='paragraph' w:default='1' w:styleId='Normal'/>"
        "<w:style w:type='character' w:styleId='Speaker'><w:rPr><w:b/></w:rPr></w:style>"
        "<w:style w:type='paragraph' w:styleId='Question'><w:rPr><w:b/></w:rPr></w:style>"
    )
    label = make.run("INT: ", "<w:rStyle w:val='Speaker'/>")
    question = make.paragraph(make.run("Why? "), label, properties="<w:pStyle w:val='Question'/>")
    source = read(make.paragraph(label, make.run("one")) + question, styles=styles)
    assert [source.text[a:b] for a, b in source.bold] == ["INT: ", "Why? "]


def test_a_row_is_a_line_with_tabs_between_its_cells() -> None:
    nested = make.table(["x", "y"]) + "<w:p/>"
    body = make.paragraph("before") + make.table(["a", ""], [make.paragraph("b1") + make.paragraph("b2"), nested])
    assert read(body + make.paragraph("after")).text == "before\na\t\nb1\nb2\tx\ty\n\nafter"


def test_a_table_of_turns_gives_its_speakers() -> None:
    rows = (
        ["Speaker", "Text"],
        ["INT :", "Why?"],
        ["R1", make.paragraph("So.") + make.paragraph("And so.")],
        ["INT", "Ah."],
    )
    source = read(make.table(*rows))
    assert source.marks is not None
    found = [(mark.speaker, source.text[mark.start : mark.label_end]) for mark in source.marks]
    assert found == [(None, ""), ("INT", "INT :\t"), ("R1", "R1\t"), ("INT", "INT\t")]


def test_the_strict_dialect_is_read() -> None:
    strict = make.document_xml(make.paragraph(make.run("INT: ", "<w:b/>"), make.run("one")))
    strict = strict.replace(make.W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    source = docx.read(make.docx("", extra={"word/document.xml": strict}), "x.docx", encoding=None)
    assert (source.text, source.bold) == ("INT: one", ((0, 5),))


def test_the_main_part_may_have_another_name() -> None:
    parts = {
        "_rels/.rels": make.relations(("officeDocument", "/word/document2.xml", "Internal")),
        "word/document2.xml": make.document_xml(make.paragraph("two")),
    }
    assert docx.read(make.archive(parts), "x.docx", encoding=None).text == "two"


def test_another_zip_file_is_refused() -> None:
    with pytest.raises(InputRefused):
        docx.read(make.odt("<text:p>x</text:p>"), "x.docx", encoding=None)


def test_doubts_speak_the_users_language_forms() -> None:
    use_language("en")
    messages = [d.message for d in read(make.paragraph(PICTURE) + make.paragraph(PICTURE)).doubts]
    assert messages == ["2 pictures were left out."]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)


@given(st.lists(st.lists(st.tuples(WORDS, st.booleans()), max_size=4), min_size=1, max_size=8))
def test_any_text_comes_back_and_bold_offsets_point_at_it(paragraphs: list[list[tuple[str, bool]]]) -> None:
    body = "".join(
        make.paragraph(*(make.run(escape(text), "<w:b/>" if bold else "") for text, bold in runs))
        for runs in paragraphs
    )
    source = read(body)
    assert source.text == "\n".join("".join(text for text, _bold in runs) for runs in paragraphs)
    lines = source.text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]
    for start, end in source.bold:
        number = max(n for n, at in enumerate(starts) if at <= start)
        assert end <= starts[number] + len(lines[number])
        leading = "".join(text for text, bold in paragraphs[number] if bold)
        assert source.text[start:end] in leading
        assert not source.text[starts[number] : start].strip()
