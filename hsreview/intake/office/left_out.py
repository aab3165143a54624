"""What a reader did not take from a file, or took in its own way: counted, and said in one sentence each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hsreview.base.messages import ngettext
from hsreview.model.staging import Doubt

_SENTENCES: dict[str, Callable[[int], str]] = {
    "headers": lambda n: ngettext("{n} page header was left out.", "{n} page headers were left out.", n),
    "footers": lambda n: ngettext("{n} page footer was left out.", "{n} page footers were left out.", n),
    "footnotes": lambda n: ngettext(
        "{n} footnote or endnote was left out.", "{n} footnotes or endnotes were left out.", n
    ),
    "comments": lambda n: ngettext("{n} comment was left out.", "{n} comments were left out.", n),
    "deletions": lambda n: ngettext("{n} tracked deletion was left out.", "{n} tracked deletions were left out.", n),
    "insertions": lambda n: ngettext(
        "{n} tracked insertion was kept as text.", "{n} tracked insertions were kept as text.", n
    ),
    "hidden": lambda n: ngettext(
        "{n} stretch of hidden text was left out.", "{n} stretches of hidden text were left out.", n
    ),
    "images": lambda n: ngettext("{n} picture was left out.", "{n} pictures were left out.", n),
    "drawings": lambda n: ngettext("{n} chart or diagram was left out.", "{n} charts or diagrams were left out.", n),
    "objects": lambda n: ngettext(
        "{n} embedded object was left out and not opened.", "{n} embedded objects were left out and not opened.", n
    ),
    "macros": lambda n: ngettext(
        "{n} macro or script was left out and not run.", "{n} macros or scripts were left out and not run.", n
    ),
    "linked": lambda n: ngettext(
        "{n} link to a file outside the document was not followed.",
        "{n} links to files outside the document were not followed.",
        n,
    ),
    "inserted_files": lambda n: ngettext(
        "{n} inserted document was left out.", "{n} inserted documents were left out.", n
    ),
    "numbering": lambda n: ngettext(
        "The automatic number or bullet of {n} paragraph was not imported.",
        "The automatic numbers or bullets of {n} paragraphs were not imported.",
        n,
    ),
    "textboxes": lambda n: ngettext(
        "{n} text box was read after the paragraph that it stands beside.",
        "{n} text boxes were read after the paragraphs that they stand beside.",
        n,
    ),
    "textboxes_left_out": lambda n: ngettext("{n} text box was left out.", "{n} text boxes were left out.", n),
    "placeholders": lambda n: ngettext(
        "{n} unfilled form field was left out.", "{n} unfilled form fields were left out.", n
    ),
    "symbols": lambda n: ngettext(
        "{n} symbol of a special font was replaced by �.", "{n} symbols of special fonts were replaced by �.", n
    ),
    "repeats": lambda n: ngettext(
        "{n} absurdly long run of blanks was cut.", "{n} absurdly long runs of blanks were cut.", n
    ),
    "undecoded": lambda n: ngettext(
        "{n} piece of text could not be decoded in the encoding that the file names; check its accents.",
        "{n} pieces of text could not be decoded in the encoding that the file names; check their accents.",
        n,
    ),
    "attachments": lambda n: ngettext(
        "{n} attached file was left out and not opened.", "{n} attached files were left out and not opened.", n
    ),
    "form_fields": lambda n: ngettext("{n} form field was left out.", "{n} form fields were left out.", n),
    "empty_pages": lambda n: ngettext(
        "{n} page has no text (a scanned page?).", "{n} pages have no text (scanned pages?).", n
    ),
    "page_lines": lambda n: ngettext(
        "{n} repeated page header, footer or page number was left out.",
        "{n} repeated page headers, footers or page numbers were left out.",
        n,
    ),
    "margin_numbers": lambda n: ngettext(
        "{n} number in the margin was left out.", "{n} numbers in the margin were left out.", n
    ),
    "hyphens": lambda n: ngettext(
        "{n} word divided at a line end was joined.", "{n} words divided at line ends were joined.", n
    ),
    "reflowed": lambda n: ngettext(
        "{n} line end of the page layout was replaced by a blank: compare a few paragraphs with the original.",
        "{n} line ends of the page layout were replaced by blanks: compare a few paragraphs with the original.",
        n,
    ),
}


def doubts_of(counts: Counter[str]) -> tuple[Doubt, ...]:
    """One doubt for each kind in `counts` that occurred, in the order of the table above."""
    return tuple(
        Doubt(code, sentence(counts[code]).format(n=counts[code]), counts[code])
        for code, sentence in _SENTENCES.items()
        if counts[code] > 0
    )
