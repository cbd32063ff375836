"""The species guide for companies: what a species is taken for, what it is called, and what protects it, with date and source."""

import re
from html import unescape

from server.core import clock
from server.core.database import read, write
from server.core.words import Scope
from server.ledger.notices import link
from server.ledger.species import found, store, taking_in
from server.ledger.species.entries import Origin
from server.ledger.species.models import AddedTerm
from server.people.courses import catalogue, told_apart
from tests.story import flag, notify

GREY = "/guide/psittacus-erithacus"


def plain(page) -> str:
    """The words of a page, as they are read."""
    assert page.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", page.text).split())).replace(" ,", ",")


def test_a_page_has_drawings_look_alikes_names_and_law_with_date_and_source(people):
    page = people.browser("mia").get("/guide/loxodonta-africana")
    words = plain(page)
    assert "mammoth ivory, bone, tagua" in words
    assert "Outer angles above about 115 degrees." in words
    assert "/training/ivory-bone-horn/pictures/mammoth.svg" in page.text
    assert "CITES Appendix I, every population but those of Botswana" in words
    assert "all other specimens, ivory in trade included, are treated as Appendix I" in words
    assert "in force since 18 January 1990" in words
    assert "Index of CITES Species, export of 2017-04-21 (UNEP-WCMC) · read in the source" in words
    assert "its date not verified against a source" in words
    assert "Ivory Act 2018 (dealing in elephant ivory" in words and "seen as an excerpt of the source" in words
    assert "éléphant d'Afrique" in words and "From memory: 非洲象; 非洲草原象" in words


def test_a_drawing_says_whether_it_shows_the_species_or_only_its_kind(people):
    mia = people.browser("mia")
    own, kind = mia.get(GREY), mia.get("/guide/cuora-mouhotii")
    assert "/drawings/psittacus-erithacus.svg" in own.text and "A drawing of the species." in plain(own)
    assert "/drawings/box-turtle.svg" in kind.text
    assert "A box turtle, drawn for its kind, not for one species." in plain(kind)
    several = mia.get("/guide/ara-ararauna")
    assert "/drawings/ara-ararauna.svg" in several.text and "/drawings/ara-chloropterus.svg" in several.text
    assert "Each drawing shows the species or the kind named below it." in plain(several)
    shown = re.findall(r'src="([^"]+/drawings/[^"]+)"', mia.get("/guide").text)
    assert len(shown) == 50 and mia.get(shown[0]).mimetype == "image/svg+xml"


def test_what_is_from_memory_is_not_given_a_source(people):
    words = plain(people.browser("mia").get("/guide/panthera-uncia"))
    assert "United States, Endangered Species Act: endangered" in words
    assert "not verified against a source, in force by 1 January 2023 No source confirms this yet." in words


def test_a_species_has_the_lessons_and_look_alikes_of_what_it_stands_under(people):
    words = plain(people.browser("mia").get("/guide/diceros-bicornis"))
    assert "buffalo, cow and yak horn, wood, resin (of the group Rhinocerotidae )" in words
    assert "The base is concave, rough and fibrous" in words
    assert "Black rhinoceros" in plain(people.browser("mia").get("/guide/rhinocerotidae"))


def test_a_family_is_not_called_by_the_name_of_one_of_its_species(people):
    mia = people.browser("mia")
    mia.post("/language", data={"language": "fr", "next": "/guide"})
    assert "<title>Falcons · " in mia.get("/guide/falconidae").text
    assert "Faucon pèlerin" in plain(mia.get("/guide/falco-peregrinus"))
    assert "Faucon de l'Amour" not in plain(mia.get("/guide?q=Falconidae"))


def test_the_pages_tell_nothing_of_terms_spotters_cases_or_exams(people, report_json):
    flag(people, report_json())
    with write() as session:
        term = {"text": "quackle chicks", "key": "quackle chicks", "language": "en", "source": "Cora saw it"}
        session.add(AddedTerm(id="0" * 32, taxa=["psittacus-erithacus"], at=clock.now(), **term))
    page = people.browser("mia").get(GREY)
    shown = plain(page)
    module = catalogue.modules()["live-animals"]
    keys = [choice.text for question in (*module.questions, *module.exam_questions) for choice in question.choices]
    assert [key for key in keys if len(key) > 20 and key in shown] == []
    assert [word for word in ("Ana", "birdroom_lx", "C-", "R-") if word in shown] == []
    assert 'name="choice"' not in page.text
    with read() as session:
        words = {row["text"] for row in found.subscribed(session, limit=None)[0]}
    assert words and not [word for word in words if word in shown]


def test_a_reader_of_french_gets_french_words_and_what_is_english_says_so(people):
    page = people.app.test_client().get("/guide/loxodonta-africana?language=fr", headers={"Accept-Language": "fr"})
    assert "<bdi>Éléphant d&#39;Afrique</bdi>" in page.text
    words = plain(page)
    assert "l’ivoire de mammouth, l’os, le tagua" in words and "défenses" in words
    assert "toutes les populations sauf celles du Botswana" in words
    assert "tous les autres spécimens, y compris l’ivoire mis en vente" in words
    assert '<bdi lang="en">Ivory Act 2018' in page.text, "a law has its own name"
    assert "Exceptions : instruments enregistrés" in words
    assert '<section lang="fr"' in page.text


def test_no_note_of_a_species_stays_english_for_a_reader_of_french_or_arabic(people):
    for language, words in (("fr", "espèces protégées du règlement P.106/2018"), ("ar", "الأنواع المحمية في اللائحة")):
        headers = {"Accept-Language": language}
        pages = [
            people.app.test_client().get(f"/guide/{taxon}", headers=headers).text
            for taxon in ("loxodonta-africana", "chloropsis", "ara-ararauna", "panthera-tigris", "caiman", "dalbergia")
        ]
        english = set(re.findall(r'<bdi lang="en">([^<]*)</bdi>', " ".join(pages)))
        assert not {each for each in english if "look" in each or "population" in each or "Appendix" in each}
        assert not english & {"live", "tusks", "bone", "teeth", "skulls"}
        assert words in " ".join(pages)


def test_the_list_calls_a_species_by_its_name_in_the_readers_language(people):
    mia = people.browser("mia")
    assert "African elephant, Loxodonta africana" in plain(mia.get("/guide?q=loxodonta"))
    assert "Éléphant d'Afrique, Loxodonta africana" in plain(
        mia.get("/guide?q=loxodonta", headers={"Accept-Language": "fr"})
    )


def test_the_guide_is_searched_and_sorted_by_group(people):
    mia = people.browser("mia")
    assert "Psittacus erithacus" in plain(mia.get("/guide?q=gris+du+gabon"))
    birds = plain(mia.get("/guide?group=bird"))
    assert "Agapornis" in birds and "Loxodonta" not in birds
    assert "No species with such a name or such goods." in plain(mia.get("/guide?q=bigfoot"))
    assert plain(mia.get("/guide?group=dragon")) == plain(mia.get("/guide"))
    assert "with drawings" in plain(mia.get("/guide?q=Loxodonta africana"))
    assert "with drawings" not in plain(mia.get("/guide?q=Gecko"))


def test_companies_are_led_to_the_guide_and_no_longer_to_the_list_of_the_training(people):
    page = people.browser("mia").get("/notices").text
    assert 'href="/guide"' in page and 'href="/training"' not in page
    assert "Answering notices" in plain(people.browser("mia").get("/guide"))


def test_a_page_that_there_is_not_is_not_found(people):
    page = people.browser("mia").get("/guide/cites-4521")  # of an export, and since then the lexicon's
    assert page.status_code == 404 and "Search for the species" in page.text and 'name="q"' in page.text
    assert people.app.test_client().get(GREY).status_code == 200, "who answers by a link has no account"


def test_a_notice_links_the_page_of_each_species_it_names(people, report_json, work_all, client):
    notice_id = notify(people, report_json())
    work_all()
    address = f"http://spotter.test{GREY}"
    for page in (
        people.browser("mia").get(f"/notices/{notice_id}"),
        people.app.test_client().get(link.answer_url(notice_id).partition("spotter.test")[2]),
    ):
        assert f'<dd><a href="{address}"><b>Grey parrot</b>' in page.text
    notice = client.get(f"/api/v1/notices/{notice_id}", headers=people.token("mia", Scope.COMPANY)).json
    assert notice["guide_url"] == address


def test_a_species_that_the_lexicon_no_longer_has_is_named_without_a_link(people, report_json, work_all):
    notice_id = notify(people, report_json())
    work_all()
    with write() as session:
        taking_in.forget(session, ["psittacus-erithacus"])
        taking_in.remember(session, Origin.LEXICON.value, "0" * 64, store.clock.now().date())
    page = people.browser("mia").get(f"/notices/{notice_id}").text
    assert '<dd><b>Grey parrot</b>, <i lang="la">Psittacus erithacus</i></dd>' in page


def test_every_name_that_lessons_tell_apart_is_in_the_lexicon(app):
    with read() as session:
        names = [taxon["scientific_name"] for taxon in store.ready(session).taxa.values()]
        names += [n["text"] for taxon in store.ready(session).taxa.values() for n in taxon["names"]]
    about = {name for module in catalogue.modules().values() for of in module.tells_apart.values() for name in of}
    assert len(about) > 50
    assert [name for name in about if not told_apart.is_about([name], names)] == []
