"""Long names of organisations: "association des femmes de Gao", "Ministry of Security and Civil Protection"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from hsreview.model.naming import NameClass
from hsreview.privacy.candidates.candidate import TITLES
from hsreview.privacy.candidates.lexicon import Lexicon, word_set
from hsreview.privacy.candidates.proposals import Proposal
from hsreview.privacy.candidates.words import Word

_CONNECTORS = word_set("de du des d la le les l et pour contre of the and for in on aux")
_FOR = word_set("pour for")
_OF = word_set("of")
_WHERE = word_set("in on")
"""After an ordinary word these say where it is: "our office in Geneva"."""
_ELIDED = frozenset({"d", "l"})
_LEAST = 3
_MOST = 18
"""Words of such a name."""
_NAMED = word_set(
    "radio association fondation foundation ong ngo cooperative groupement plateforme collectif reseau mouvement caisse"
)
"""After these a name follows at once, in small letters too."""
_LINKED = word_set("des du")
_NATURES = word_set(
    "national nationale regional regionale communal communale villageois villageoise local locale malien malienne "
    "africain africaine interprofessionnel interprofessionnelle feminin feminine islamique cooperative autonome"
)
"""In a text without capitals "comité villageois de …" is the name of one."""
_QUALITIES = word_set(
    "bon bonne bons bonnes meilleur meilleure grand grande nouveau nouvelle jeune jeunes good better new"
)
"""These may stand between "de la" and a noun: pour la bonne entente."""
_OF_OTHERS = word_set("ni ka ye ya la na kan nin ma wa da")
"""Small words between two words of a name in Bambara, Songhay and the like."""
_COMPASS = word_set("nord sud ouest centre sahel north south east west")
"""In a text without capitals "agence de développement du nord" is the name of one."""
_GROUPS = word_set(
    "plateforme platform coordination mouvement movement forum front alliance coalition collectif reseau network "
    "federation union association fondation foundation cooperative ligue league consortium"
)
"""What people shorten a name to that they have said: the Forum."""
_ALONE = word_set("plateforme coordination")
"""Short names of armed movements."""
_BEFORE_SHORT = word_set("la le l the du au our notre")
_OFFICES = word_set(
    "ministere ministry direction directorate chambre chamber secretariat department departement commission"
)
"""What they are for names them: "ministère de la justice"."""
_PLACES = word_set(
    "region regions cercle cercles commune communes village villages ville villes city town route road rue"
)


def by_heads(text_words: Sequence[Word], known: Lexicon, *, cased: bool = True) -> Iterator[Proposal]:
    """From a word like "association" to the last word of its name, over small words between.

    In a text that is not `cased` every unusual word after "de", "of" and the like may belong to it.
    """
    at = 0
    while at < len(text_words):
        end = at
        if text_words[at].key in known.heads:
            end = _Name(text_words, at, known, cased).end()
        elif _is_noun_with_capital(text_words[at], known) or (not cased and _is_for(text_words, at, known)):
            end = _Name(text_words, at, known, cased).end_of_phrase()
        if end > at + 1:
            first = _start(text_words, at, known) if text_words[at].key in known.heads else at
            yield Proposal(text_words[first].start, text_words[end - 1].end, NameClass.ORGANISATION, TITLES, sure=2)
        at = max(end, at + 1)


def by_short_name(text_words: Sequence[Word], found: Iterable[Proposal], known: Lexicon) -> Iterator[Proposal]:
    """The first or last word of a name in `found` where it comes back alone with a capital: the Forum, le Collectif."""
    starts = [word.start for word in text_words]
    said = set(_ALONE)
    for each in found:
        run = text_words[bisect_left(starts, each.start) : bisect_left(starts, each.end)]
        if len(run) > 1:
            ends = run[-1:] if each.name_class is not NameClass.ORGANISATION else (run[0], run[-1])
            said.update(word.key for word in ends if word.shape == "title" and word.key in _GROUPS)
    for before, word in pairwise(text_words):
        article = before.key in _BEFORE_SHORT or word.elided == "l"
        if word.key in said and word.shape == "title" and not word.first and article and word.gap in (" ", "\n"):
            yield Proposal(word.start, word.end, NameClass.ORGANISATION, TITLES, 1, word.key in known.common)


def _is_noun_with_capital(word: Word, known: Lexicon) -> bool:
    """An ordinary word with a capital, with which a name like "Femmes pour la paix" may begin."""
    if word.shape != "title" or word.key not in known.common:
        return False
    return not any(word.key in some for some in (known.stop, known.idle, known.peoples, known.titles, _PLACES))


def _is_for(text_words: Sequence[Word], at: int, known: Lexicon) -> bool:
    """Whether a name in small letters may begin there: femmes pour la paix de Gao."""
    return text_words[at].key in known.inner and at + 1 < len(text_words) and text_words[at + 1].key in _FOR


def _start(text_words: Sequence[Word], at: int, known: Lexicon) -> int:
    """Where the name begins whose head is at `at`: English puts adjectives and places before it."""
    while at and text_words[at].gap == " " and not text_words[at].elided:
        before = text_words[at - 1]
        capital = before.shape in ("title", "upper") and not before.first
        if not capital and before.key not in known.inner and before.key not in known.places:
            break
        at -= 1
    return at


class _Name:
    """The words after a head, read one by one."""

    def __init__(self, text_words: Sequence[Word], at: int, known: Lexicon, cased: bool) -> None:
        self._words = text_words
        self._cased = cased
        self._at = at
        self._known = known
        self._head = text_words[at]
        self._capital = self._head.shape == "title" and not self._head.first
        self._connectors: list[str] = []
        self._capitals = 0
        self._members = False
        """Whether it says of whom it is: "des femmes"."""

    def end(self) -> int:
        """Where the name ends after a word like "association"; at its beginning when it is an ordinary word here."""
        end, named = self._read()
        purpose = bool(self._connectors) and self._connectors[0] in _FOR
        if purpose and not self._capital and self._head.key not in _NAMED and self._cased:
            return self._at  # "forcé pour", "un bureau pour".
        return end if named or self._head.key in _OFFICES or self._capital else self._at

    def end_of_phrase(self) -> int:
        """Where the name ends after an ordinary word with a capital: only where something else with one follows."""
        end, named = self._read()
        if not named or not self._connectors:
            return self._at
        if self._capital or self._connectors[0] in _FOR:
            return end
        return end if self._connectors[0] in _OF and self._capitals > 1 else self._at

    def _read(self) -> tuple[int, bool]:
        end, named, whole = self._at, False, self._capital
        for n in range(self._at + 1, min(self._at + _MOST, len(self._words))):
            word, before = self._words[n], self._words[n - 1]
            if word.gap not in (" ", "-", "\n") or (word.gap == "\n" and word.key in self._known.stop and word.first):
                break
            if word.key in _CONNECTORS and word.shape == "lower":
                if word.key in _WHERE and not self._capital and (self._cased or word.key == "in"):
                    break
                self._connectors.append(word.key)
                continue
            follows = n == self._at + 1
            if self._tells(word, follows, self._is_tied(n)):
                if not follows and self._is_somebody(n):
                    break
                self._capitals += word.shape != "lower"
                end, named = n + 1, True
            elif not self._cased and follows and word.key in _NATURES:
                named = whole = True
                end = n + 1
            elif word.key in self._known.inner or word.key in self._known.heads:
                end = n + 1
                self._members |= named
            elif not self._cased and end > self._at + 1 and word.key in _COMPASS:
                named = whole = True
                end = n + 1
            elif self._is_small_word(n) or (word.key in _QUALITIES and before.key in _CONNECTORS):
                continue
            elif self._is_adjective(n):
                end = n + 1 if whole else end
            elif not self._is_noun(word, before):
                break
            elif before.key in (_CONNECTORS | _QUALITIES if whole else _LINKED if self._members else ()):
                end = n + 1
        return end, named

    def _is_somebody(self, at: int) -> bool:
        """Whether somebody is named there, whose group it is: "le groupe de Moussa"."""
        after = self._words[at + 1] if at + 1 < len(self._words) else None
        whole = after is None or after.gap != " " or after.shape == "lower" or self._known.is_part(after.key)
        key = self._words[at].key
        return whole and self._known.is_part(key) and key not in self._known.inner

    def _is_noun(self, word: Word, before: Word) -> bool:
        """An ordinary word after "de", "des", "of": the name may go on with it."""
        if word.shape != "lower" or word.key in self._known.stop:
            return False
        # "femmes transformatrices de karité": one word more may follow what they are.
        joined = before.key in _CONNECTORS or word.elided in _ELIDED
        return joined or before.key in self._known.inner or before.key in _QUALITIES

    def _is_small_word(self, at: int) -> bool:
        """Whether a short word of another language stands between two words of a name: Musow ka Baara."""
        word, after = self._words[at], self._words[at + 1] if at + 1 < len(self._words) else None
        if after is None or word.shape != "lower" or len(word.key) > _LEAST:
            return False
        link = word.key in _OF_OTHERS
        both = (self._words[at - 1], after)
        if word.gap != " " or after.gap != " " or after.elided:
            return False
        if self._cased:
            unknown = link or word.key not in self._known.stop
            return unknown and all(each.shape == "title" for each in both) and at - 1 > self._at
        return all(each.key not in self._known.common for each in (*both, *(() if link else (word,))))

    def _is_adjective(self, at: int) -> bool:
        """Whether one word more belongs to the noun after "de la", and the name goes on: la cohésion durable d'Awa."""
        if at + 2 >= len(self._words) or at < self._at + 3 or self._words[at - 2].key not in _CONNECTORS:
            return False
        word, after = self._words[at], self._words[at + 1]
        if word.shape != "lower" or word.gap != " " or word.elided or after.gap != " " or word.key in self._known.stop:
            return False
        links = after.elided in _ELIDED or after.key in _CONNECTORS
        last = next((each for each in self._words[at + 1 : at + 4] if each.key not in _CONNECTORS), None)
        if not links or last is None:
            return False
        purpose = self._head.key in _NAMED and self._capital and last.key not in self._known.stop
        unusual = not self._cased and last.key not in self._known.common
        return purpose or unusual or last.shape == "title" or last.key in self._known.places

    def _is_tied(self, at: int) -> bool:
        return at + 1 < len(self._words) and self._words[at + 1].gap == "-"

    def _tells(self, word: Word, follows: bool, tied: bool) -> bool:
        """Whether a word makes an ordinary "association of …" the name of one."""
        if word.shape in ("title", "upper"):
            if word.key in self._known.peoples and not self._capital:
                return False
            return word.key not in self._known.titles and word.key not in self._known.idle
        if word.shape == "lower" and word.key not in self._known.common:
            listed = word.key in self._known.places or word.key in self._known.organisations
            unknown = word.key not in self._known.inner and (tied or len(word.key) > _LEAST)
            if not self._cased and unknown and word.key not in self._known.titles:
                return True
            unknown = unknown and self._head.key in _NAMED
            return listed or (follows and (unknown or self._known.is_part(word.key)))
        return False
