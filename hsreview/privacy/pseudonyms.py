"""Proposals of what to put in a name's place: pseudonyms of the same kind, codes, generalisations in brackets.

A pseudonym is never given twice, and none is a word of the texts or of the register, so that nobody takes it for a
person who is spoken of. It begins with a vowel where the name does, so that articles can stay, and neither begins nor
sounds like the name (`hsreview.privacy.alike`), nor begins like others of the same interview. What was proposed once is
proposed again as long as nothing of this forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import chain, count, product

from hsreview.base.folding import fold
from hsreview.model.naming import NameClass
from hsreview.privacy.alike import alike, beginning, parts_of
from hsreview.privacy.candidates.candidate import ENGINES, GAZETTEER, LISTS, TABLE, TITLES
from hsreview.privacy.candidates.origins import NORTH, origin
from hsreview.privacy.generalisations import generalisations as generalisations
from hsreview.privacy.register import Name, Register, State, is_bracketed
from hsreview.privacy.spelling import begins_with_vowel, key_of, runs


class Style(StrEnum):
    """How people are called from now on."""

    NAMES = "names"
    CODES = "codes"


_WOMEN: Mapping[str, str] = {
    NORTH: "Claire Julie Anne Sophie Laura Nina Eva Ingrid Karin Helena Clara Sabine Ellen Inge Annika Ulla Astrid "
    "Rosa Greta Heidi Birgit Doris Kirsten Wanda Tessa Petra Silke Vera Yvonne Zoe Olga Ursula Agata Flora Lydia Nora",
    "fr": "Fatou Mariam Kadiatou Oumou Aïssata Nana Djénéba Sali Adama Assétou Rokia Hawa Bintou Aminata Salimata Nah "
    "Koumba Awa Safiatou Assitan Tenin Inna Ramata Alima Penda Ouleymatou Dado Anta Zeïnabou Afou Kani Ina Sira Aïcha "
    "Maïmouna Astan Nafissa Oulématou Saran Fanta Ada Djamila Elisabeth Odette Irène Thérèse Estelle Monique Angèle "
    "Niélé Diahara Téné Sétou Sadio Kamissa Founè Niagalé Wassa Goundo Nagnouma Doussou Yagaré Mamou Worokia "
    "Djelika Rahmata Sokona Zahara Lalla Takia Gnouma Bassan Oumouhani Hadiara Jeneviève Laetitia Viviane "
    "Blandine Clarisse",
    "en": "Akosua Esi Mercy Abena Joyce Adjoa Grace Efua Comfort Ama Vida Afia Patience Ekua Gifty Araba Felicia "
    "Aba Theresa Evelyn Beatrice Irene Dora Agnes Linda Emma Hannah Alice Sarah Olivia Martha Edith Janet Anna "
    "Adwoa Yaa Dede Korkor Selina Eunice Gloria Rita Stella Juliana Rebecca Victoria Winifred Harriet Portia "
    "Salome Millicent Naomi Ruth Lucy Ophelia",
}
_MEN: Mapping[str, str] = {
    NORTH: "Thomas Paul Lucas Jan Simon Erik Hugo David Adrian Anton Oliver Ivo Maarten Stefan Robert Ole Walter Edgar "
    "Georg Kurt Otto Ralf Tobias Viktor Xaver Bruno Claus Dirk Frank Gustav Hans Igor Konrad Leo Nils Sven Urs Arne",
    "fr": "Issa Bakary Amadou Seydou Ousmane Modibo Adama Lassana Ibrahima Drissa Oumar Madou Alassane Boubacar "
    "Idrissa Sékou Abdoulaye Kalifa Aliou Souleymane Arouna Mamadou Alpha Tiémoko Yacouba Almamy Mahamane Hama Birama "
    "Ali Soumaïla Ismaël Daouda Assane Zoumana Abbas Salif Elias Moctar André Étienne Hubert Alain Octave Denis "
    "Bourama Fousseyni Kassim Madani Nouhoum Siaka Tidiane Toumani Yaya Bandiougou Django Faly Gaoussou Habib "
    "Kélétigui Koniba Makan Mory Moulaye Namory Sinaly Sory Tahirou Zié Ogobara Rhissa Wago Younoussa Zakaria "
    "Fodé Djibril Guéladio Lanfia Nampé Hervé Pascal Urbain",
    "en": "Kofi Emmanuel Yaw Isaac Kwabena Albert Kwesi Eric Kojo Ebenezer Samuel Alfred Daniel Ernest Felix Abraham "
    "Joseph Edward Stephen Elijah Peter Anthony Charles Oscar Martin Henry Victor Andrew Michael Ivan Philip Adam "
    "Kwaku Nii Fiifi Selorm Edem Justice Bright Godfred Clement Dominic Gideon Jonathan Lawrence Nathaniel "
    "Raymond Theophilus Vincent Benjamin Richmond Uriah",
}
_FAMILIES: Mapping[str, str] = {
    NORTH: "Lambert Keller Moreau Lindberg Fournier Bakker Weber Novak Morris Arnold Engel Ullman Ekman Albers Ivers "
    "Becker Hansen Visser Allard Evers Wagner Richter Dekker Jansen Nilsson Petit Roche Simons Vogel Zimmer Brandt "
    "Coster Duval Fischer Girard Huber Jonker Krause Lefort Nowak Olsen Pfeiffer Quist Schulz Tanner Urban Ibsen Orlow",
    "fr": "Sow Kanté Ouologuem Bagayoko Arama Sidibé Yattara Diakité Ongoïba Konaté Albarka Samaké Alassane Doumbia "
    "Ayad Fofana Sissoko Ouane Tangara Idrissou Kamaté Berthé Alhassane Sacko Ouattara Niaré Amara Sinayoko Yaro Baldé "
    "Guindo Aya Tembely Ouédraogo Kassogué Tessougué Thiam Ilboudo Camara Bocoum Abba Kouyaté Djiré Somé Zerbo Barry "
    "Bengaly Bouaré Daou Dagnoko Doucouré Fané Gakou Gassama Kourouma Magassa Mallé Mariko Niambélé Nimaga "
    "Pamanta Samassékou Simpara Soumounou Togola Wagué Yalcouyé Yossi Ongoyba Tembiné Vessaly Zongo Lougué Rabdo "
    "Hébié Palé",
    "en": "Mensah Osei Boateng Asante Owusu Addo Tetteh Appiah Agyeman Quaye Amoah Darko Ofori Sarpong Adjei Lamptey "
    "Antwi Frimpong Essien Nkrumah Acheampong Bonsu Arthur Gyasi Opoku Danso Ampofo Baidoo Oduro Kumi Aidoo Nartey "
    "Amponsah Bediako Donkor Fosu Gyamfi Hayford Inkoom Larbi Mireku Nyarko Obeng Poku Quansah Sackey Takyi "
    "Wiredu Yeboah Blankson Vanderpuye Zormelo Eshun Udom",
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
_ADDRESS: Mapping[str, str] = {
    "woman": "mme mlle mrs ms miss madame mademoiselle lady soeur tante tata maman sister aunt auntie mother",
    "man": "m mr monsieur sir lord frere oncle tonton brother uncle imam hadj",
}
"""Folded words before a name that say whether it is a woman's."""
_FORMAL = (
    "m mr mrs ms mme mlle miss madame mademoiselle monsieur dr docteur doctor pr prof professeur professor maitre me "
    "colonel commandant capitaine captain lieutenant general major adjudant sergent sergeant inspecteur inspector "
    "ministre minister prefet gouverneur governor depute senateur senator juge judge"
)
"""Those that go with family names."""
_CODES: Mapping[NameClass, str] = {NameClass.PERSON: "P", NameClass.PLACE: "L", NameClass.ORGANISATION: "O"}
_A_CODE = re.compile(r"[PLO]\d+")


def language_of(register: Register, name: Name) -> str:
    """In which language something is put in the place of a name: that of the text where it stands; `fr` or `en`."""
    return "en" if (name.seen.language or register.language) == "en" else "fr"


def proposals(
    register: Register, style: Style, occurs: Callable[[str], bool], upto: int | None = None
) -> dict[int, str]:
    """Number of each open name (`upto` one of them) → what is proposed: for people a pseudonym or a code, else a
    generalisation.

    `occurs` says whether a word stands in the texts of the project.
    """
    suggester = _Suggester(register, style, occurs)
    open_ = [name for name in register.names if name.state is State.OPEN]
    found = {}
    for name in open_:
        if suggester.stands(name):
            found[name.number] = name.proposed
            suggester.give(name.form, name.proposed)
    for name in open_:
        if name.number not in found and (upto is None or name.number <= upto):
            found[name.number] = suggester.suggest(name)
            suggester.give(name.form, found[name.number])
    return found


def suggested(register: Register, name: Name, style: Style, occurs: Callable[[str], bool]) -> str:
    """What is proposed in the place of one name, whatever is decided about it and proposed for others."""
    return _Suggester(register, style, occurs).suggest(name)


class _Suggester:
    """Proposes names one after the other; what was proposed or given once is not proposed again."""

    def __init__(self, register: Register, style: Style, occurs: Callable[[str], bool]) -> None:
        self._register = register
        self._style = style
        self._occurs = cache(occurs)
        self._taken = {run for each in register.names for form in each.forms for run in runs(form)}
        self._spent: set[str] = set()
        self._given: set[str] = set()
        self._numbers = {kind: count(1) for kind in _CODES}
        self._parts: tuple[dict[str, str], dict[str, str]] = ({}, {})
        whole = [form.split() for each in register.names if each.kind == NameClass.PERSON for form in each.forms]
        self._whole = tuple({key_of(words[at]) for words in whole if len(words) > 1} for at in (0, -1))
        self._near: dict[str, set[str]] = {}
        for name in register.names:
            if name.kind == NameClass.PERSON:
                begun = {beginning(part) for part in parts_of(name.forms)}
                for file in name.seen.files:
                    self._near.setdefault(file, set()).update(begun)
        for text in register.spent:
            self._spend(text)
        for name in register.names:
            if name.state is State.REPLACED:
                self.give(name.form, name.replacement)
        self._decided = tuple(map(dict, self._parts))

    def _spend(self, text: str) -> None:
        self._spent.add(key_of(text))
        self._given.update(runs(text))

    def give(self, form: str, replacement: str) -> None:
        """Note a replacement that was given, and what stands for the first and the last part of the name with it."""
        self._spend(replacement)
        old, new = form.split(), replacement.split()
        if _A_CODE.fullmatch(replacement):
            return
        if not is_bracketed(replacement) and len(old) > 1 and len(new) > 1:
            self._parts[0].setdefault(key_of(old[0]), new[0])
            for word in (old[-1], *old[-1].split("-")):
                self._parts[1].setdefault(key_of(word), new[-1])
        elif len(old) == len(new) == 1:
            self._parts[self._is_family(form)].setdefault(key_of(form), replacement)

    def suggest(self, name: Name) -> str:
        """What is proposed for a name."""
        language = language_of(self._register, name)
        kind = NameClass(name.kind)
        if self._style is Style.CODES and kind in _CODES:
            return self._code(kind)
        if kind is not NameClass.PERSON:
            return generalisations(kind, language)[0]
        if not _is_surely_a_person(name):
            return generalisations(NameClass.OTHER, language)[0]
        words = name.form.replace("-", " ").split()
        family = all(self._is_family(word, name) for word in words)
        last = next((word for word in words[1:] if key_of(word) in self._parts[1]), words[-1])
        fits = self._fitting(name)
        known = [each if fits(each) else "" for each in self._known(words[0], last)]
        home = _pool_of(known) or _home(words, family=family) or language
        if family or len(words) == 1:
            pool = _FAMILIES[home].split() if family else _first_names(words[0], home, _addressed(name))
            found = self._single(known[family], filter(fits, _vowels_first(pool, words[0])))
        else:
            firsts, lasts = _first_names(words[0], home, _addressed(name)), _FAMILIES[home].split()
            found = self._pair(known, filter(fits, _vowels_first(firsts, words[0])), filter(fits, lasts))
        return next((each for each in found if key_of(each) not in self._spent), "") or self._code(kind)

    def stands(self, name: Name) -> bool:
        """Whether what was proposed for a name before may be proposed still."""
        text, kind = name.proposed, NameClass(name.kind)
        if not text or is_bracketed(text) or key_of(text) in self._spent:
            return False
        if _A_CODE.fullmatch(text) or self._style is Style.CODES:
            return bool(_A_CODE.fullmatch(text)) and text[0] == _CODES.get(kind) and key_of(text) not in self._taken
        words, new = name.form.replace("-", " ").split(), text.split()
        if kind is not NameClass.PERSON or not _is_surely_a_person(name):
            return False
        fits = self._fitting(name)
        last = next((word for word in words[1:] if key_of(word) in self._decided[1]), words[-1])
        given = [parts.get(key_of(word), "") for parts, word in zip(self._decided, (words[0], last), strict=True)]
        if len(new) == 1:
            given = [given[all(self._is_family(word, name) for word in words)]]
        fixed = [each if fits(each) else "" for each in given]
        return all(
            fits(word) and (word == part if part else self._free(word))
            for word, part in zip((new[0], new[-1])[: len(fixed)], fixed, strict=True)
        )

    def _known(self, first: str, last: str) -> list[str]:
        """What stands for the first and for the last part of a name already; empty where nothing does."""
        return [parts.get(key_of(word), "") for parts, word in zip(self._parts, (first, last), strict=True)]

    def _fitting(self, name: Name) -> Callable[[str], bool]:
        """Says whether a word may stand for the name, by how it begins and sounds."""
        own = parts_of(name.forms)
        near = set().union(*(self._near.get(file, ()) for file in name.seen.files))
        return lambda word: beginning(word) not in near and not any(alike(word, each) for each in own)

    def _code(self, kind: NameClass) -> str:
        codes = (f"{_CODES[kind]}{number}" for number in self._numbers[kind])
        return next(code for code in codes if key_of(code) not in self._spent and key_of(code) not in self._taken)

    def _is_family(self, word: str, name: Name | None = None) -> bool:
        """Whether a word is a family name: the lists say so, or whole names of the register, or "Mme" before it."""
        key = key_of(word)
        if _is_one_of(word, *_FAMILIES.values(), _ALSO_FAMILIES):
            return True
        listed = origin(word)
        if listed.first or listed.family:
            return listed.family and not listed.first
        if key in self._whole[0] or key in self._whole[1]:
            return key not in self._whole[0]
        return name is not None and _is_addressed_formally(name)

    def _single(self, part: str, pool: Iterable[str]) -> Iterator[str]:
        if part:
            yield part
        yield from (each for each in pool if self._free(each) and fold(each) not in self._given)

    def _pair(self, known: Sequence[str], firsts: Iterable[str], lasts: Iterable[str]) -> Iterator[str]:
        ones, others = (
            [part] if part else self._fresh_first(pool) for part, pool in zip(known, (firsts, lasts), strict=True)
        )
        pairs = chain(() if any(known) else zip(ones, others, strict=False), product(ones, others))
        yield from (f"{one} {other}" for one, other in pairs if one != other)

    def _fresh_first(self, pool: Iterable[str]) -> list[str]:
        """The free names of a pool; those that are a part of a pseudonym already come last."""
        return sorted(filter(self._free, pool), key=lambda each: fold(each) in self._given)

    def _free(self, word: str) -> bool:
        return fold(word) not in self._taken and not self._occurs(word)


@cache
def _folded(pools: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(each) for pool in pools for each in pool.split())


def _is_one_of(word: str, *pools: str) -> bool:
    return fold(word) in _folded(pools)


def _pool_of(words: Sequence[str]) -> str:
    """From where the first of the words comes that is one of our pseudonyms; empty when none is."""
    for word in filter(None, words):
        for home, pool in _FAMILIES.items():
            if _is_one_of(word, _WOMEN[home], _MEN[home], pool):
                return home
    return ""


def _home(words: Sequence[str], *, family: bool) -> str:
    """Where a name is at home: its last word says so before its first one does; empty when neither is known."""
    first, last = origin(words[0]), origin(words[-1])
    if family or len(words) > 1:
        home = _pool_of([word for word in words[-1:] if _is_one_of(word, *_FAMILIES.values())]) or last.family_home
        if home or family:
            return home
    own = _is_one_of(words[0], _ALSO_WOMEN, _ALSO_MEN)
    return first.first_home or ("fr" if own else "") or _pool_of(words[:1])


def _is_surely_a_person(name: Name) -> bool:
    """Whether more than a guess says so: capitals and unusual words are no more, a model is one for a single word."""
    engines = set(name.seen.engines)
    if not engines or engines & {GAZETTEER, LISTS, TITLES, TABLE} or _addressed(name):
        return True
    words = name.form.split()
    return len(words) > 1 and not engines <= ENGINES.keys() and not any(word.isupper() for word in words)


def _words_before(name: Name) -> Iterator[str]:
    """The folded word before the name, wherever we know of one."""
    for before, _form, _after in name.seen.contexts:
        yield fold(before.rstrip(" .\u00a0\u202f\n").rpartition(" ")[2].rpartition("\n")[2])


def _addressed(name: Name) -> str:
    """`woman` or `man` when a form of address before the name says so somewhere; else empty."""
    return next((which for word in _words_before(name) for which, some in _ADDRESS.items() if word in some.split()), "")


def _is_addressed_formally(name: Name) -> bool:
    """Whether a form of address before the name goes with family names: Mme, Dr, not tonton."""
    return any(word in _FORMAL.split() for word in _words_before(name))


def _first_names(word: str, language: str, addressed: str) -> list[str]:
    """First names for women or men, as the name or the form of address is, else of both by turns."""
    women, men = _WOMEN[language].split(), _MEN[language].split()
    listed = origin(word).woman
    is_woman = _is_one_of(word, *_WOMEN.values(), _ALSO_WOMEN) or listed is True
    if addressed or is_woman != (_is_one_of(word, *_MEN.values(), _ALSO_MEN) or listed is False):
        return women if addressed == "woman" or (is_woman and not addressed) else men
    return [name for pair in zip(women, men, strict=False) for name in pair]


def _vowels_first(pool: Sequence[str], word: str) -> Sequence[str]:
    """Names that begin with a vowel first where the name does, else last."""
    return _sorted_by_vowel(tuple(pool), begins_with_vowel(word))


@cache
def _sorted_by_vowel(pool: tuple[str, ...], vowel: bool) -> tuple[str, ...]:
    return tuple(sorted(pool, key=lambda each: begins_with_vowel(each) != vowel))
