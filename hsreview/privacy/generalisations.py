"""Words in brackets that may stand for a name, each in French and in English: a text gets the form of its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsreview.model.naming import NameClass

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


def _pairs() -> Mapping[str, Mapping[str, str]]:
    """Each of these words → language → how it is said there."""
    forms: dict[str, Mapping[str, str]] = {}
    for kind, french in _GENERAL["fr"].items():
        for said in zip(french, _GENERAL["en"][kind], strict=True):
            forms |= {each: dict(zip(("fr", "en"), said, strict=True)) for each in said}
    return forms


_SAID = _pairs()


def said_in(replacement: str, language: str) -> str:
    """A replacement as it is written in a text in this language; what somebody wrote themselves stays as it is."""
    return _SAID.get(replacement, {}).get(language, replacement)


def all_forms(replacement: str) -> tuple[str, ...]:
    """What stands in texts for it, whatever their language is."""
    return tuple(_SAID.get(replacement, {"": replacement}).values())
