"""What the extension's pickers live on: complete, small, and asked for again only when something has changed."""

import gzip
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from server.core.database import db
from server.core.words import DismissReason
from server.ledger.species.vocabulary import searched
from server.people.accounts.models import Account
from server.people.courses import lesson_links
from tests.conftest import People


def vocabulary(client: FlaskClient, people: People, **headers: str) -> Any:
    return client.get("/api/v1/vocabulary", headers=people.token("ana") | headers)


def test_a_taxon_tells_its_names_what_looks_like_it_and_where_it_is_listed_since_when(
    client: FlaskClient, people: People
) -> None:
    document = vocabulary(client, people).json
    assert document["as_of"] == "2026-12-01"
    for taxon in document["taxa"]:
        spoken = {name["language"] for name in taxon["names"]} - {"la"}
        assert "en" in spoken
        assert taxon.get("look_alikes", "there") != "", "absent, never empty"
        for listing in taxon["listings"]:
            assert {"source", "appendix", "population", "annotation", "effective_from"} <= set(listing)
    elephant = next(taxon for taxon in document["taxa"] if taxon["id"] == "loxodonta-africana")
    assert {listing["appendix"] for listing in elephant["listings"]} == {"I", "II"}


def test_a_family_is_not_to_be_called_by_a_name_of_one_of_its_species(client: FlaskClient, people: People) -> None:
    taxa = {taxon["id"]: taxon for taxon in vocabulary(client, people).json["taxa"]}
    names = {name["text"]: name.get("of_kind", False) for name in taxa["falconidae"]["names"]}
    assert names["Faucon de l'Amour"] and not names["falcons"]
    assert not any("of_kind" in name for name in taxa["falco-peregrinus"]["names"])


def test_lessons_have_titles_and_pages_that_are_there(client: FlaskClient, people: People) -> None:
    lessons = vocabulary(client, people).json["lessons"]
    assert len(lessons) > 10
    for lesson in lessons:
        assert lesson["title"]
        assert client.get(lesson["url"].removeprefix("http://spotter.test")).status_code == 200, lesson


def test_every_lesson_a_decision_leads_to_is_part_of_the_training(app: Flask) -> None:
    assert set(lesson_links.DISMISSED) == set(DismissReason) - {DismissReason.DUPLICATE, DismissReason.OTHER}
    for lesson in {lesson_links.KEPT, *lesson_links.DISMISSED.values()}:
        assert lesson_links.get(lesson), f"{lesson} is no section of the training any more"
    assert lesson_links.get("flagging-well/nothing-like-it") is lesson_links.get("x") is lesson_links.get(None) is None


def test_its_words_are_in_the_readers_language_and_kept_apart_by_it(client: FlaskClient, people: People) -> None:
    english = vocabulary(client, people)
    french = vocabulary(
        client, people, **{"Accept-Language": "fr-CH, fr;q=0.9", "If-None-Match": english.headers["ETag"]}
    )
    assert french.status_code == 200, "another language is another document"
    assert (english.content_language.to_header(), french.content_language.to_header()) == ("en", "fr")
    assert {"Authorization", "Accept-Language"} <= set(french.vary)
    for shown in ("reasons", "categories", "legality", "answers", "statuses"):
        pairs = list(zip(english.json[shown], french.json[shown], strict=True))
        assert sum(own != other for own, other in pairs) > len(pairs) / 2, f"{shown} is not translated"
    assert vocabulary(client, people, **{"Accept-Language": "ar"}).json["reasons"] != english.json["reasons"]
    db.session.get_one(Account, people.ids["ana"]).language = "fr"
    db.session.commit()
    assert vocabulary(client, people, **{"Accept-Language": "ar"}).data == french.data, "one's own choice comes first"


def test_the_notes_of_a_taxon_are_in_the_readers_language_and_all_stays_a_code(
    client: FlaskClient, people: People
) -> None:
    notes = {}
    for language in ("en", "fr", "ar"):
        taxa = {
            taxon["id"]: taxon for taxon in vocabulary(client, people, **{"Accept-Language": language}).json["taxa"]
        }
        rows = taxa["loxodonta-africana"]["listings"]
        notes[language] = (taxa["loxodonta-africana"]["look_alikes"], rows[0]["population"], rows[1]["annotation"])
        assert {row["population"] for row in taxa["iguana-iguana"]["listings"]} == {"all"}
    assert notes["en"][0].startswith("mammoth ivory, bone")
    assert notes["fr"][0].startswith("l’ivoire de mammouth, l’os")
    for of_french, of_arabic, of_english in zip(notes["fr"], notes["ar"], notes["en"], strict=True):
        assert len({of_french, of_arabic, of_english}) == (3 if of_english else 1)


def test_a_word_names_its_taxa_by_their_places(client: FlaskClient, people: People) -> None:
    document = vocabulary(client, people).json
    assert document["format"] == 2
    [crocodiles] = [row for row in document["words"] if "botas de cocodrilo" in row["texts"]]
    named = [document["taxa"][place]["id"] for place in crocodiles["places"]]
    assert named == ["crocodylus-niloticus", "crocodylus-porosus", "crocodylus-siamensis"]
    assert not any("taxa" in row for row in document["words"])


def test_it_is_small_and_sent_once(client: FlaskClient, people: People) -> None:
    first = vocabulary(client, people)
    assert len(first.data) < 3_050_000
    assert len(gzip.compress(first.data)) < 680_000  # words and their forms in 28 languages, names in 42, of 890 taxa
    again = vocabulary(client, people, **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_phrases_put_together_are_read_in_ads_and_offered_to_nobody_as_a_search(
    client: FlaskClient, people: People
) -> None:
    document = vocabulary(client, people).json
    phrase, word = "botas de cocodrilo", "pelo de elefante"
    read = {text for row in document["words"] for text in row["texts"]}
    assert {phrase, word} <= read
    for texts in (
        {term["text"] for term in document["terms"]},
        {row["text"] for row in searched(db.session())},
    ):
        assert word in texts
        assert phrase not in texts
