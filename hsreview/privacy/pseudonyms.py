"""Proposals of what to put in a name's place: pseudonyms of the same kind, codes, generalisations in brackets.

A pseudonym is never given twice, and none is a word of the texts or of the register, so that nobody takes it for a
person who is spoken of. It begins with a vowel where the name does, so that articles can stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from hsreview.base.folding import fold
from hsreview.model.naming import NameClass
from hsreview.privacy.register import Name, Register, State
from hsreview.privacy.spelling import begins_with_vowel, key_of, runs


class Style(StrEnum):
    """How people are called from now on."""

    NAMES = "names"
    CODES = "codes"


_WOMEN: Mapping[str, str] = {
    "fr": "Fatou Mariam Kadiatou Oumou Aïssata Nana Djénéba Sali Adama Assétou Rokia Hawa Bintou Aminata Salimata Nah "
    "Koumba Awa Safiatou Assitan Tenin Inna Ramata Alima Penda Ouleymatou Dado Anta Zeïnabou Afou Kani Ina Sira Aïcha "
    "Maïmouna Astan Nafissa Oulématou Saran Fanta Ada Djamila Elisabeth Odette Irène Thérèse Estelle Monique Angèle",
    "en": "Akosua Esi Mercy Abena Joyce Adjoa Grace Efua Comfort Ama Vida Afia Patience Ekua Gifty Araba Felicia "
    "Aba Theresa Evelyn Beatrice Irene Dora Agnes Linda Emma Hannah Alice Sarah Olivia Martha Edith Janet Anna",
}
_MEN: Mapping[str, str] = {
    "fr": "Issa Bakary Amadou Seydou Ousmane Modibo Adama Lassana Ibrahima Drissa Oumar Madou Alassane Boubacar "
    "Idrissa Sékou Abdoulaye Kalifa Aliou Souleymane Arouna Mamadou Alpha Tiémoko Yacouba Almamy Mahamane Hama Birama "
    "Ali Soumaïla Ismaël Daouda Assane Zoumana Abbas Salif Elias Moctar André Étienne Hubert Alain Octave Denis",
    "en": "Kofi Emmanuel Yaw Isaac Kwabena Albert Kwesi Eric Kojo Ebenezer Samuel Alfred Daniel Ernest Felix Abraham "
    "Joseph Edward Stephen Elijah Peter Anthony Charles Oscar Martin Henry Victor Andrew Michael Ivan Philip Adam",
}
_FAMILIES: Mapping[str, str] = {
    "fr": "Sow Kanté Ouologuem Bagayoko Arama Sidibé Yattara Diakité Ongoïba Konaté Albarka Samaké Alassane Doumbia "
    "Ayad Fofana Sissoko Ouane Tangara Idrissou Kamaté Berthé Alhassane Sacko Ouattara Niaré Amara Sinayoko Yaro Baldé "
    "Guindo Aya Tembely Ouédraogo Kassogué Tessougué Thiam Ilboudo Camara Bocoum Abba Kouyaté Djiré Somé Zerbo Barry",
    "en": "Mensah Osei Boateng Asante Owusu Addo Tetteh Appiah Agyeman Quaye Amoah Darko Ofori Sarpong Adjei Lamptey "
    "Antwi Frimpong Essien Nkrumah Acheampong Bonsu Arthur Gyasi Opoku Danso Ampofo Baidoo Oduro Kumi Aidoo Nartey",
}
_ALSO_WOMEN = (
    "Fatoumata Aïssatou Mariama Djeneba Ramatou Zeinab Khadidiatou Rokiatou Kadidia Mouna Nènè Fati Haoua Amina"
)
_ALSO_MEN = (
    "Moussa Mamadou Oumar Ibrahim Youssouf Mohamed Cheick Abdou Hamidou Sidi Ahmed Aly Soumana Boureima Lamine Kwame"
)
_ALSO_FAMILIES = (
    "Diarra Traoré Keïta Coulibaly Touré Maïga Dembélé Diallo Cissé Koné Sangaré Kéïta Sanogo Dicko Haïdara Ba Bah Ly "
    "Tall Dia Goïta Dao Théra Poudiougou Togo Dolo Karembé Napo Ouattara Sy Kane Niang Cissoko Haidara Sanou Kaboré"
)
_CODES: Mapping[NameClass, str] = {NameClass.PERSON: "P", NameClass.PLACE: "L", NameClass.ORGANISATION: "O"}
_GENERAL: Mapping[str, Mapping[NameClass, Sequence[str]]] = {
    "fr": {
        NameClass.PERSON: (
            "[nom]", "[une responsable d’association]", "[un élu local]", "[un chef coutumier]",
            "[un agent de l’État]", "[un proche]",
        ),
        NameClass.PLACE: (
            "[une localité]", "[chef-lieu d’un cercle du nord]", "[une ville du centre]", "[un village]",
            "[un quartier]", "[une région]", "[un pays voisin]",
        ),
        NameClass.ORGANISATION: (
            "[une organisation]", "[une organisation de femmes]", "[une organisation de jeunes]",
            "[un service de l’État]", "[un média]", "[une organisation internationale]", "[un groupe armé]",
        ),
        NameClass.PHONE: ("[téléphone]",),
        NameClass.EMAIL: ("[adresse électronique]",),
        NameClass.ID: ("[numéro d’identité]",),
        NameClass.DATE: ("[date]", "[un jour de cette année]", "[il y a quelques années]"),
        NameClass.EXACT_PLACE: ("[lieu précis]", "[adresse]"),
        NameClass.OTHER: ("[nom propre]",),
    },
    "en": {
        NameClass.PERSON: (
            "[name]", "[a leader of an association]", "[a local councillor]", "[a traditional chief]",
            "[a civil servant]", "[a relative]",
        ),
        NameClass.PLACE: (
            "[a place]", "[the main town of a district in the north]", "[a town in the centre]", "[a village]",
            "[a part of the town]", "[a region]", "[a neighbouring country]",
        ),
        NameClass.ORGANISATION: (
            "[an organisation]", "[an organisation of women]", "[an organisation of young people]",
            "[a public service]", "[a news outlet]", "[an international organisation]", "[an armed group]",
        ),
        NameClass.PHONE: ("[telephone]",),
        NameClass.EMAIL: ("[e-mail address]",),
        NameClass.ID: ("[identity number]",),
        NameClass.DATE: ("[date]", "[a day of that year]", "[some years ago]"),
        NameClass.EXACT_PLACE: ("[exact place]", "[address]"),
        NameClass.OTHER: ("[proper name]",),
    },
}  # fmt: skip


def generalisations(kind: str, language: str) -> tuple[str, ...]:
    """What may stand for a name of this class in a text in `language` (`fr` or `en`), the most general first."""
    return tuple(_GENERAL["en" if language == "en" else "fr"][NameClass(kind)])


def suggested(register: Register, name: Name, language: str, style: Style, occurs: Callable[[str], bool]) -> str:
    """What is proposed in the place of a name: for people a pseudonym or a code, else a generalisation.

    `occurs` says whether a word stands in the texts of the project.
    """
    language = "en" if language == "en" else "fr"
    taken = {run for each in register.names for form in each.forms for run in runs(form)}
    spent = {key_of(each) for each in register.spent}
    if style is Style.CODES and NameClass(name.kind) in _CODES:
        return next(code for code in _codes(_CODES[NameClass(name.kind)]) if not {key_of(code)} & (spent | taken))
    if name.kind != NameClass.PERSON:
        return generalisations(name.kind, language)[0]

    def free(word: str) -> bool:
        return fold(word) not in taken and not occurs(word)

    words = name.form.replace("-", " ").split()
    given = {part for each in register.spent for part in runs(each)}
    parts = [_part(register, word, at) for word, at in ((words[0], 0), (words[-1], -1))]
    pools = (_first_names(words[0], language), _FAMILIES[language].split())
    if len(words) == 1:
        family = _is_one_of(words[0], *_FAMILIES.values(), _ALSO_FAMILIES)
        fresh = (each for each in _alike(pools[family], words[0]) if free(each) and fold(each) not in given)
        proposals = iter(each for each in (parts[-family], *fresh) if each)
    else:
        firsts = [parts[0]] if parts[0] else [each for each in _alike(pools[0], words[0]) if free(each)]
        lasts = [parts[1]] if parts[1] else [each for each in pools[1] if free(each)]
        proposals = (f"{first} {last}" for first, last in _paired(firsts, lasts, given) if first != last)
    fallback = (code for code in _codes(_CODES[NameClass.PERSON]) if key_of(code) not in taken)
    return next(each for pool in (proposals, fallback) for each in pool if key_of(each) not in spent)


def _codes(letter: str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{letter}{number}"


def _part(register: Register, word: str, at: int) -> str:
    """What stands for the first (0) or last (-1) part of a name already: alone, or there in a name of several words."""
    found = register.find(word)
    if found is not None and found.state is State.REPLACED and len(found.replacement.split()) == 1:
        return found.replacement
    for name in register.names:
        old, new = name.form.split(), name.replacement.split()
        if name.state is State.REPLACED and len(old) > 1 and len(new) > 1 and key_of(old[at]) == key_of(word):
            return new[at]
    return ""


def _is_one_of(word: str, *pools: str) -> bool:
    return any(fold(word) == fold(each) for pool in pools for each in pool.split())


def _first_names(word: str, language: str) -> list[str]:
    """First names for women or men, as the name is, else of both by turns."""
    women, men = _WOMEN[language].split(), _MEN[language].split()
    is_woman = _is_one_of(word, *_WOMEN.values(), _ALSO_WOMEN)
    if is_woman != _is_one_of(word, *_MEN.values(), _ALSO_MEN):
        return women if is_woman else men
    return [name for pair in zip(women, men, strict=False) for name in pair]


def _alike(pool: Sequence[str], word: str) -> list[str]:
    """Names that begin with a vowel first where the name does, else last."""
    return sorted(pool, key=lambda each: begins_with_vowel(each) != begins_with_vowel(word))


def _paired(firsts: Sequence[str], lasts: Sequence[str], given: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs, those before the others whose parts were not given to anybody."""
    fixed = len(firsts) == 1 or len(lasts) == 1
    fresh = [[each for each in pool if len(pool) == 1 or fold(each) not in given] for pool in (firsts, lasts)]
    if not fixed:
        yield from zip(*fresh, strict=False)
    for first in fresh[0] or firsts:
        yield from ((first, last) for last in fresh[1] or lasts)
