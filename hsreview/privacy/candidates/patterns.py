"""What is recognised by its form: telephone numbers, addresses, identity numbers, dates with a day, exact places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import PATTERNS
from hsreview.privacy.candidates.proposals import FIXED, Proposal

_D = "[0-9OolI]"
"""A digit, or a letter that is read for one."""
_SEP = "[ .\u00a0\u202f\u2009/-]{0,2}"
_GAP = "[ .-]{1,2}"
_MONTHS = (
    "janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|january|february|march|"
    "april|may|june|july|august|september|october|november|december|janv|f[ée]vr|avr|juil|sept|oct|nov|d[ée]c|jan|feb|apr|aug"
)
_WEEKDAY = (
    "(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    ",?[^\\S\\n]{1,2}(?:the[^\\S\\n])?)?"
)
_DAY = "(?:[0-3]?\\d|1er|[0-3]?\\d(?:st|nd|rd|th))"
_DOOR = (
    "(?:rue|avenue|boulevard|porte|street|road|container|conteneur|floor|[ée]tage|gate|portail|hangar|b[âa]timent|building|lot|villa|[îi]lot|immeuble|plot|house|bloc|block|secteur|sector|zone|carr[ée]|"
    "parcelle|stall|kiosk|kiosque|flat|apartment|appartement|room|chambre|logement|compound|concession|door)"
)
_SMALL = (
    "(?:et|au|ou|de|du|en|le|la|un|to|or|in|by|on|at|of|is|if|as|he|we|km|kg|cm|mm|ha|fr|pm|am|an|ce|se|il|ha|no|up|"
    "les|des|aux|the|and)\\b"
)
"""Little words that numbers stand between."""
_NUMBER = "(?:(?:n[o°]\\s?|number\\s|no\\.?\\s)?\\d+\\w?|[A-Z]\\d{1,3}|(?-i:[A-Z])|[b-z](?=[,.;]))\\b"
_YEAR = "(?:[ ,.]{0,2}(?:19|20)\\d\\d)"
_KINDS: tuple[tuple[NameClass, str], ...] = (
    (NameClass.EMAIL, r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+"),
    (NameClass.OTHER, r"(?:https?://|www\.)[^\s,;()«»\"]+|(?<![\w.])@[A-Za-z]\w{2,}"),
    (NameClass.PHONE, rf"(?:\((?:\+|00)\s?[1-9]\d{{0,2}}\)|(?:\+|\b00)\s?[1-9]\d{{0,2}})[ .-]{{0,2}}(?:\(0\)\s?)?"
     rf"{_D}(?:{_SEP}{_D}){{5,11}}\b"),
    (NameClass.PHONE, r"(?<![\w.,/-])(?:\(0\d{1,4}\)|0\d)(?:[ .-]{0,2}\d){7,9}(?![\w/-]|[.,]\d)"),
    (NameClass.PHONE, rf"(?<![\w.,/-])[25-9]\d{{2}}{_GAP}(?:\d{{3}}{_GAP}\d{{2}}|\d{{2}}{_GAP}\d{{3}}"
     rf"|\d{{2}}(?:{_GAP}\d{{2}}){{1,2}})(?![\w/-]|[ .,-]\d)"),
    (NameClass.PHONE, r"(?<![\w./-])[25-9]\d(?:/\d{2}){3}(?![\w/-])"),
    (NameClass.PHONE, r"\b(?:t[ée]l(?:[ée]phone)?|phone|whatsapp|portable|mobile|orange money|momo|my line|au num[ée]ro"
     r"|call (?:me|him|her)(?: on| at)?)\b[^\n\d;,+(]{0,15}"
     r"(?P<number>(?:\(?\+?\d{1,4}\)?[ .-]{0,2})?\d(?:[ ./-]{0,2}\d){5,11})(?!\w)"),
    (NameClass.PHONE, rf"(?<![\w.,]){_D}{{2}}(?:[ .\u00a0\u202f-]{{1,2}}{_D}{{2}}){{3,4}}(?![\w])"),
    (NameClass.PHONE, r"(?<![\w.,])(?:[25-9]\d{7}|0\d{9}|[25-9]\d{3}[ .-]\d{4}|0\d{2}[ .-]\d{3}[ .-]\d{4})(?![\w])"),
    (
        NameClass.ID,
        r"\b(?:nina|cni|nin|bvn|nif|ghana card|voter(?:['’]?s)?(?: id| card)?|[ée]lecteur|identity|identit[ée]"
        r"|passeport|passport|matricule|carte|card|permis de conduire|permit|licen[cs]e|iban"
        r"|plaque|plate|immatricul\w+|dossier|r[ée]c[ée]piss[ée]|acte|registre|badge)\b"
        r"[^\n.;,]{0,25}?\b(?!(?:19|20)\d\d\b)(?=\w*\d)[A-Z0-9][\w/-]*"
        r"(?:[ -]{0,2}(?:\d|(?-i:[A-Z]{1,3}\b)|(?!" + _SMALL + r")[a-z]{2}(?= \d)|[b-xz](?=[,.;]))[\w/-]*){0,9}",
    ),
    (NameClass.ID, r"(?<!\w)(?!" + _SMALL + r")(?:[A-Z]{1,3}[ -]?\d{5,}\w*|[A-Z]{1,2}[ -]?\d{4}[ -]{0,2}M[A-Z]"
     r"|\d{9,})(?!\w)"),
    (NameClass.ID, r"(?-i:\b(?:[A-Z]{2} ?\d{2,4} ?- ?\d{2}|\d{1,2} ?[A-Z]{1,2} ?\d{4})\b)"),
    (NameClass.ID, r"(?<!\w)(?:n[o°º]|num[ée]ro|number|no\.)\s?:?\s?[A-Z]{0,4}-?\d[\w/-]{2,}"
     r"(?:[ -]{1,2}\d[\w/-]*){0,6}(?: (?!" + _SMALL + r")[A-Z]{2} \d[\w/-]*)?"),
    (NameClass.ID, r"(?<![\w/-])(?:0?\d{1,3} (?!" + _SMALL + r")[a-z]{2} \d{3,4}"
     r"|(?!" + _SMALL + r")[a-z]{2} \d{4}-\d{2})(?![\w/%])"),
    (NameClass.ID, r"(?<![\w/-])(?:(?:[a-z]{1,5}/)+|(?-i:(?:[A-Z]{1,5}[/-])+))\d{2,}(?:[/-]\w+)*(?![\w/])"),
    (NameClass.ID, r"(?<![\w/-])[A-Z]{2,5}-\d{6,}(?:-\d+)*(?![\w/])"),
    (NameClass.ID, r"(?<![\w.,/-])\d+(?:[./-]\d+)+-[A-Z](?![\w-])"),
    (NameClass.ID, r"(?<![\w.,/-])(?=(?:[ -]?\d){9})\d{4,}(?:[ -]\d{2,}){2,5}(?:[ -][A-Z])?(?![\w/-]|[.,]\d)"),
    (NameClass.DATE, rf"(?<![\w/]){_WEEKDAY}{_DAY}(?:\s(?:of|de))?\s{{1,2}}(?:{_MONTHS})\b{_YEAR}?"),
    (NameClass.DATE, rf"\b{_WEEKDAY}(?:{_MONTHS})\b\.?\s(?:the\s)?[0-3]?\d(?:st|nd|rd|th)?\b(?!\s?(?:%|h\b|:))"
     rf"{_YEAR}?"),
    (NameClass.DATE, r"(?<![\w/.-])(?:[0-3]?\d([/.-])[01]?\d\1(?:(?:19|20)\d\d|\d\d)"
     r"|(?:19|20)\d\d([/.-])[01]?\d\2[0-3]?\d)(?![\w/-])"),
    (NameClass.EXACT_PLACE, rf"\b{_DOOR}\s{{1,2}}{_NUMBER}(?:[ ,]{{1,3}}{_DOOR}\s{{1,2}}{_NUMBER})*"),
    (NameClass.EXACT_PLACE, r"(?-i:\b\d{1,4},? (?:[A-Z][\w'’-]+ ){1,3}"
     r"(?:Street|Road|Lane|Avenue|Close|Crescent|Drive)\b)"),
    (NameClass.EXACT_PLACE, r"\b\d{1,4},? (?!(?:of|the|and|or|by|main|dirt|other)\b)[a-z][\w'’-]{2,}"
     r" (?:street|road|lane|avenue|close|crescent|drive)\b(?: (?:east|west|north|south)\b)?"),
    (NameClass.EXACT_PLACE, r"(?<!\w)\d{1,2}\s?(?:st|nd|rd|th|er|[èe]re|i?[èe]me|nde?|e)\s{1,2}"
     r"(?:floor|gate|door|[ée]tage|portail|porte|turning|junction|barri[èe]re|virage)\b"),
    (NameClass.EXACT_PLACE, r"\b(?:route (?:nationale|r[ée]gionale)|rn|rr)\s?\d{1,3}\b"),
    (NameClass.EXACT_PLACE, r"\b(?:pk|km|kilom[èe]tre|point kilom[ée]trique|borne|bp|b\.p\.|p\.?o\.? box)\s?\d+\b"),
    (NameClass.EXACT_PLACE, r"-?\d{1,3}[.,]\d{3,}\s?°?\s?[NSEWO]?[ ,;]{1,3}-?\d{1,3}[.,]\d{3,}(?:\s?°?\s?[NSEWO]\b)?"),
    (NameClass.EXACT_PLACE, r"\d{1,3}\s?°\s?\d{1,2}(?:\s?['’′]\s?(?:\d{1,2}(?:[.,]\d+)?\s?[\"”″])?)?\s?[NSEWO]\b"
     r"(?:[ ,;]{1,3}\d{1,3}\s?°\s?\d{1,2}(?:\s?['’′]\s?(?:\d{1,2}(?:[.,]\d+)?\s?[\"”″])?)?\s?[NSEWO]\b)?"),
)  # fmt: skip
_COMPILED = tuple((name_class, re.compile(pattern, re.IGNORECASE)) for name_class, pattern in _KINDS)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[ .\u00a0\u202f]\d{3})+")
_SIGNS = re.compile(r"\d[\d ./-]*|@|\[at\]|\(at\)|www\.|://")
_BLANK = re.compile(r"\s")
_AROUND = 60
"""Code points before and after a digit within which the words of its form stand."""
_YEARS = re.compile(r"(?:19|20)\d\d(?:[ .-](?:19|20)\d\d)+")
_LEAST_DIGITS = 5
_LEAST_OF_ID = 3
_REAL_DIGIT = re.compile(r"\d")


def by_pattern(text: str) -> Iterator[Proposal]:
    """Every number, address and place of `text` that has the form of one."""
    for start, end in _near_digits(text):
        for name_class, pattern in _COMPILED:
            for match in pattern.finditer(text, start, end):
                part = "number" if pattern.groupindex else 0
                if _CHECKS.get(name_class, _any)(match[part]):
                    yield Proposal(match.start(part), match.end(part), name_class, PATTERNS, sure=FIXED)


def _near_digits(text: str) -> Iterator[tuple[int, int]]:
    """Stretches around digits and signs of addresses, from blank to blank: all that has a form is there."""
    start = end = 0
    for sign in _SIGNS.finditer(text):
        if sign.start() - _AROUND > end:
            if end:
                yield start, end
            cut = _BLANK.search(text, max(0, sign.start() - _AROUND))
            start = min(cut.start(), sign.start()) if cut and sign.start() > _AROUND else max(0, sign.start() - _AROUND)
        cut = _BLANK.search(text, min(len(text), sign.end() + _AROUND))
        end = cut.start() if cut else len(text)
    if end:
        yield start, end


def _any(_match: str) -> bool:
    return True


def _telephone(match: str) -> bool:
    sum_or_years = _THOUSANDS.fullmatch(match) or _YEARS.fullmatch(match)
    return not sum_or_years and len(_REAL_DIGIT.findall(match)) >= _LEAST_DIGITS


def _identity(match: str) -> bool:
    return len(_REAL_DIGIT.findall(match)) >= _LEAST_OF_ID and not _YEARS.fullmatch(match)


_CHECKS: dict[NameClass, Callable[[str], bool]] = {NameClass.PHONE: _telephone, NameClass.ID: _identity}
