"""Whether a pseudonym gives the name away: it begins like it, is short for it, or sounds like it.

`Fatou` for Fatoumata hides nobody from those who know her. What is compared are folded words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from hsreview.base.folding import fold
from hsreview.privacy.ordinary import is_no_name
from hsreview.privacy.spelling import runs

_BEGINNING = 3
"""So many first letters are not shared."""
_SOUNDS = 3
"""Consonants from which on two words with the same ones sound alike: Mohamed, Mahamadou."""
_FORMS = """
fatoumata fatou fatimata fatima fatim fati fatma fatimatou tou tata
aminata aminatou amina amy ami mina mimi
mariama mariam maryam mariame meriem marie maria mary mami
mohamed mohammed mouhamed muhammad mahamadou mahamane mahamadi mamadou mahmoud mamoudou madou modou hama
amadou ahmadou ahmed ahmad hamed hamadoun hamidou amidou
abdoulaye abdoulahi abdallah abdoul abdou abdul ablo ablaye laye alou
boubacar aboubacar aboubakar abubakar abubakari bakary babacar bouba boubou
ibrahima ibrahim brahima brahim ibra abraham birama brema
souleymane suleiman souley solo soly solomon
ousmane osman usman othman outhmane
oumar omar umar omer
seydou saidou seidou saydou
youssouf yusuf joseph jose youssou
yacouba yakubu jacob jacques yacoub
issa aissa isa jesus
moussa musa moise moses
idrissa driss drissa idriss
alassane alhassane lassana lassane assane hassane hassan alhassan ousseini housseini
ismaila ismael soumaila smaila ismail
cheick cheikh sheikh sekou chaka
daouda david dawuda
lamine mohamedlamine ali alioune aliou aly
elias eliyas ilyas elijah
aissata aissatou aicha aisha aichata astou ayisha
kadiatou kadidiatou khadidiatou khadija kadidia kadi kady khady hadja dija
djeneba zeinabou zeinab zenab jeneba zaynab nabou djene
salimata sali salma salamata saly
safiatou safi safia sofia sophie
rokiatou rokia rakia rokya roukia
hawa awa haoua eva eve
oumou oumy oumi ouma
ramatoulaye ramata ramatou rama
assetou seto seta astan assitan sitan
nafissatou nafissa nafi fissa
maimouna mouna maimou moumouna
bintou binta bineta
ouleymatou oulematou ouleye ouly
coumba koumba kumba
kwabena kobina ebo
kwasi kwesi akwasi
kwame kwamena kwamina
kojo kwadwo jojo
kofi yoofi fiifi
kwaku kweku kuuku
akosua esi akos
elizabeth elisabeth elsa lisa beth bettie
theresa therese tess tessie
anne anna hannah nana annie
jean john johan jan ivan ian juan jeanne joan
pierre peter pedro
michel michael mikael mike michele
etienne stephen stefan steven estephane
andre andrew andreas
william guillaume will bill
robert bob bobby rob
charles charlie karl carlos
paul paulo pablo pauline paula
edward edouard eddy ted
emmanuel manu emma manuel
ebenezer eben
richard rick dick
margaret marguerite maggie peggy
diarra jarra
diallo jallow jalloh
coulibaly kulibali coulou
kone konneh
cisse ceesay sissay
toure turay touray
traore trawally trawalle
keita kheita
sidibe sidibeh
ouedraogo wedraogo
diakite jakite
diabate jabateh
ba bah
"""
"""Forms of one name, a line each, with names that are taken for one another."""
_VOICED = (("dj", "j"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("ch", "s"), ("sh", "s"), ("gu", "g"))
_TO_ONE = str.maketrans("cqzx", "kkss")
_NOT_HEARD = re.compile(r"[aeiouyhw\W\d_]")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> bool:
    """Whether two words begin alike, sound alike, are forms of one name, or the one stands in the other."""
    one, other = fold(one), fold(other)
    short, long = sorted((one, other), key=len)
    if len(short) < 2 or short.isdigit():
        return False
    first = short[: min(len(short), _BEGINNING)]
    within = len(short) >= _BEGINNING and short in long
    return (
        long.startswith(first)
        or within
        or not _families(one).isdisjoint(_families(other))
        or (_sound(one) == _sound(other) and len(_sound(one)) >= _SOUNDS)
    )


def gives_away(replacement: str, forms: Iterable[str]) -> bool:
    """Whether a pseudonym of several words is `alike` one of the words of the forms that it stands for.

    Words in brackets give nothing away by their sound.
    """
    if replacement.startswith("["):
        return False
    return any(alike(word, part) for word in runs(replacement) for part in parts_of(forms))


def parts_of(forms: Iterable[str]) -> set[str]:
    """The folded words of names, without ordinary words that stand in them."""
    found = {part for form in forms for part in runs(form)}
    return {part for part in found if not is_no_name(part)} or found


def beginning(word: str) -> str:
    """The first letters by which two names begin alike; empty for a word that is too short to have any."""
    folded = fold(word)
    return folded[:_BEGINNING] if len(folded) > 1 else ""


@cache
def _all_families() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_FORMS.split("\n")):
        for form in line.split():
            found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


def _families(word: str) -> frozenset[int]:
    return _all_families().get(word, frozenset())


@lru_cache(maxsize=20_000)
def _sound(word: str) -> str:
    """The consonants that are heard."""
    for written, heard in _VOICED:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", _NOT_HEARD.sub("", word.translate(_TO_ONE)))
