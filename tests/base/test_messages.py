"""The French messages: complete, in step with the source, well set; and click speaks French too."""

from __future__ import annotations

import gettext
import io

import click
import pytest
from babel.messages.catalog import Catalog
from click.testing import CliRunner

from hsreview.base.messages import _, current_language, ngettext, speaking, use_language
from scripts import messages


def test_the_french_catalogue_is_complete_and_in_step() -> None:
    found = messages.check()
    assert not found, "run `make messages`, translate, run it again:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("french", "said"),
    [
        ("L'import est fini.", "apostrophe"),
        ("Continuer ?", "ordinary space"),
        ("Fichier : {name}", "ordinary space"),
        ("Fichier: {name}", "no space"),
        ("Abandon!", "no space"),
        ("le code « {code} »", "ordinary space"),
        ("le code «{code}»", "no space"),
        ('le code "{code}"', "quotation mark"),
        ("Attendez...", "full stops"),
    ],
)
def test_bad_typography_is_found(french: str, said: str) -> None:
    assert any(said in fault for fault in messages.typography(french))


@pytest.mark.parametrize(
    "french",
    [
        "L’import de «\u202f{name}\u202f» est fini\u202f; {n} codages\u00a0: bien\u202f!",
        "Essayez `hsreview import 'l'avis.txt' : ...`.",
        "à 12:30, place {place!r}",
        'Dites pourquoi\u00a0: hsreview names merge "{old}" "{new}" --because "ce que vous savez"',
    ],
)
def test_good_typography_passes(french: str) -> None:
    assert messages.typography(french) == []


def test_messages_are_found_wherever_they_stand() -> None:
    source = """say(f"{_('inside')}", _("two " "parts"), ngettext("{n} code", "{n} codes", n), _(word), N_("later"))"""
    assert set(messages.messages_of(source)) == {"inside", "two parts", ("{n} code", "{n} codes"), "later"}


def french(*entries: tuple[str | tuple[str, str], str | tuple[str, str] | None]) -> Catalog:
    catalog = Catalog(locale="fr")
    for source, text in entries:
        catalog.add(source, text, locations=[("somewhere.py", 0)])
    return catalog


def test_a_missing_or_foreign_field_is_found() -> None:
    assert messages.faults(french(("{n} codes in {file}", "{n} codes")))
    assert messages.faults(french(("{n} codes", "{nombre} codes")))
    assert messages.faults(french((("{n} code", "{n} codes"), ("{n} code", "des codes"))))
    assert not messages.faults(french((("one code", "{n} codes"), ("{n} code", "{n} codes"))))


def test_the_french_singular_serves_for_zero() -> None:
    assert any("0" in said for said in messages.faults(french((("one code", "{n} codes"), ("un code", "{n} codes")))))


def test_an_untranslated_message_is_found() -> None:
    assert messages.faults(french(("Coded", "")))
    assert messages.faults(french((("{n} code", "{n} codes"), ("{n} code", ""))))


def test_merging_takes_what_the_source_has_and_tells_the_rest() -> None:
    catalog = french(("Coded", None), (("{n} code", "{n} codes"), None))
    lines = [
        '{"en": "Coded", "fr": "Codé"}',
        "",
        '{"en": "{n} code", "plural": "{n} codes", "fr": ["{n} code", "{n} codes"]}',
        '{"en": "Gone", "fr": "Parti"}',
        "not JSON",
    ]
    unused = messages.merge(catalog, lines)
    assert [text.split(":")[0] for text in unused] == ["line 4", "line 5"]
    assert messages.faults(catalog) == []


def test_updating_keeps_translations_and_drops_what_is_gone() -> None:
    old = french(("Coded", "Codé"), ("Gone", "Parti"))
    fresh = messages.updated(old, french(("Coded", None), ("New", None)))
    assert {message.id: message.string for message in messages.messages(fresh)} == {"Coded": "Codé", "New": None}


def test_the_written_catalogue_is_read_back_and_compiled() -> None:
    catalog = french(("Coded\nwell", "Codé\nbien"), (("{n} code", "{n} codes"), ("{n} code", "{n} codes !")))
    catalog.add("Half done", "À demi", flags=["fuzzy"], locations=[("somewhere.py", 0)])
    compiled = gettext.GNUTranslations(io.BytesIO(messages.mo_bytes(catalog)))
    assert compiled.gettext("Coded\nwell") == "Codé\nbien"
    assert compiled.ngettext("{n} code", "{n} codes", 1) == "{n} code"
    assert compiled.ngettext("{n} code", "{n} codes", 2) == "{n} codes !"
    assert compiled.gettext("Half done") == "Half done"
    assert messages.po_text(catalog) == messages.po_text(catalog)


@click.command()
@click.option("--count", type=int, required=True)
def counting(count: int) -> None:
    """Count."""


@pytest.mark.parametrize(
    ("language", "usage", "missing"), [("fr", "Emploi\u00a0:", "Il manque"), ("en", "Usage:", "Missing")]
)
def test_click_speaks_the_chosen_language(language: str, usage: str, missing: str) -> None:
    use_language(language)
    assert usage in CliRunner().invoke(counting, ["--help"]).output
    assert missing in CliRunner().invoke(counting, []).output


def test_the_language_is_chosen_by_wish_then_by_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert use_language("fr_FR.UTF-8") == "fr"
    monkeypatch.setenv("HSREVIEW_LANG", "fr")
    assert use_language() == "fr"
    assert use_language("en") == "en"
    monkeypatch.setenv("HSREVIEW_LANG", "tlh")
    monkeypatch.setenv("LC_ALL", "fr_ML.UTF-8")
    assert use_language() == "fr"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert use_language() == current_language() == "en"


def test_a_message_without_translation_stays_english() -> None:
    use_language("fr")
    assert _("") == ""
    assert _("a sentence that is in no catalogue") == "a sentence that is in no catalogue"
    assert ngettext("one thing in no catalogue", "things in no catalogue", 3) == "things in no catalogue"


def test_a_file_may_speak_another_language_than_the_screen() -> None:
    use_language("en")
    with speaking("fr"):
        assert (current_language(), _("respondents")) == ("fr", "répondants")
        with speaking("en"):
            assert _("respondents") == "respondents"
        assert ngettext("{n} organisation", "{n} organisations", 2) == "{n} organisations"
    assert (current_language(), _("respondents")) == ("en", "respondents")
