"""The control words of rich text that mean something to the reader, and the code pages behind its font numbers."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "page": "\n",
    "column": "\n",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}

SYMBOLS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}

COUNTED = {
    "footnote": "footnotes",
    "annotation": "comments",
    "pict": "images",
    "shppict": "images",
    "object": "objects",
    "listtext": "numbering",
    "pntext": "numbering",
    "header": "headers",
    "headerl": "headers",
    "headerr": "headers",
    "headerf": "headers",
    "footer": "footers",
    "footerl": "footers",
    "footerr": "footers",
    "footerf": "footers",
}
"""Groups that are left out → what they are counted as."""

# fmt: off
SKIPPED = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "nonshppict", "nonesttables", "fldinst", "upr", "template", "filetbl",
    "revtbl", "listtable", "listoverridetable", "generator", "xe", "tc", "rxe", "txe", "private", "bkmkstart",
    "bkmkend", "shp", "shpgrp", "do", "formfield", "datafield", "objdata", "pn", "ftnsep", "ftnsepc", "ftncn",
    "aftnsep", "aftnsepc", "aftncn", "atnid", "atnauthor", "atrfstart", "atrfend", "background", "mmath",
})
# fmt: on
"""Groups whose content is no text of the document, beside those that are marked as ignorable."""

TEXT_BOXES = frozenset({"shptxt", "dptxbxtext"})

CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""`\\fcharset` of a font → codec; others use the document's code page."""

DOCUMENT_CODECS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}


def codec_of_page(page: int) -> str | None:
    """The codec of a Windows or Mac code page number; null when there is none."""
    if page == 10000:
        return "mac_roman"
    if page == 65001:
        return "utf-8"
    import codecs

    try:
        return codecs.lookup(f"cp{page}").name
    except LookupError:
        return None
