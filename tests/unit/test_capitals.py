"""How a name begins where it stands first, in each language."""

import pytest
from flask import Flask, render_template_string

from server.core import capitals, languages
from server.ledger.species import lineage
from tests.shipped_lexicon import documents, lexicon  # noqa: F401


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("en", "grey parrot", "Grey parrot"),
        ("en", "O'ahu tree snails", "O'ahu tree snails"),
        ("en", "'akepa", "'akepa"),
        ("en", "", ""),
        ("fr", "éléphant d'Afrique", "Éléphant d'Afrique"),
        ("de", "Grüne Leguane", "Grüne Leguane"),
        ("de", "schwarze Koralle", "Schwarze Koralle"),
        ("de", "ägyptische Landschildkröte", "Ägyptische Landschildkröte"),
        ("tr", "iguana", "İguana"),
        ("tr", "ipek maymunu", "İpek maymunu"),
        ("tr", "ışıklı balık", "Işıklı balık"),
        ("tr", "İskete", "İskete"),
        ("tr", "şahin", "Şahin"),
        ("az", "iquana", "İquana"),
        ("nl", "ijsbeer", "IJsbeer"),
        ("nl", "ibis", "Ibis"),
        ("en", "ijsbeer", "Ijsbeer"),
        ("es", "águila real", "Águila real"),
        ("vi", "đười ươi", "Đười ươi"),
        ("hr", "ǆ", "ǅ"),
        ("ru", "ёж", "Ёж"),
        ("el", "ἀετός", "Ἀετός"),
        ("ka", "არწივი", "არწივი"),
        ("ar", "ببغاء رمادي", "ببغاء رمادي"),
        ("hi", "गोह", "गोह"),
        ("zh", "大鲵属", "大鲵属"),
        ("ja", "キツネザル科", "キツネザル科"),
        ("th", "เต่าทะเล", "เต่าทะเล"),
        ("ko", "코뿔소", "코뿔소"),
    ],
)
def test_a_name_begins_as_its_language_has_it(language, name, shown):
    assert capitals.initial(name, language) == shown
    assert capitals.initial(shown, language) == shown, "once and for all"


def test_no_name_of_the_lexicon_grows_or_changes_but_at_its_beginning(lexicon):
    for taxon in lexicon.taxa:
        for name in taxon.names:
            shown = capitals.initial(name.text, name.language)
            assert len(shown) == len(name.text) and shown[2:] == name.text[2:], name


@pytest.mark.parametrize(
    ("language", "called", "shown"),
    [
        ("tr", {"tr": "iguana", "en": "iguanas"}, "İguana"),
        ("fr", {"tr": "iguana", "fr": "iguanes"}, "Iguanes"),
        ("ar", {"ar": "إغوانا"}, "إغوانا"),
        ("nl", {"tr": "iguana"}, "Iguanas"),  # in English, where it has no name of its own
    ],
)
def test_a_taxon_is_called_so_in_code_and_on_pages(app: Flask, language, called, shown):
    taxon = {"scientific_name": "Iguana", "common_name": "Iguanas", "called": called}
    assert lineage.name_in(taxon, language) == shown
    template = """{% import "macros.html" as ui with context %}{{ ui.taxon_name(taxon) }}"""
    with app.test_request_context():
        page = render_template_string(template, taxon=taxon, locale={"lang": language})
    assert page.startswith(f"<b>{shown}</b>, <i")


def test_a_taxon_of_a_notice_has_the_name_that_was_sent(app: Flask):
    for name, shown in (("Grey parrot", "<b>Grey parrot</b>, "), (None, "")):
        taxon = {"scientific_name": "Psittacus erithacus", "common_name": name, "listings": []}
        template = """{% import "macros.html" as ui with context %}{{ ui.taxon_name(taxon) }}"""
        with app.test_request_context(), languages.speaking("fr"):
            page = render_template_string(template, taxon=taxon, locale={"lang": "fr"})
        assert page == f'{shown}<i lang="la">Psittacus erithacus</i>'
