"""Which language a page, a mail and a program's answer are in, and how it says so."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel.support import NullTranslations
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.core import access, endpoints, languages, reader
from server.core.config import Settings
from server.core.database import db, write
from server.journeys.spotter import applying, joining
from server.ledger.companies.models import Spoc
from server.ledger.notices import link
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.recruitment.models import Application
from tests.conftest import People
from tests.story import attached, mails, notify


class Shouting(NullTranslations):
    """A catalogue that translates everything, so that the tests hang on no translator's words."""

    def ugettext(self, message: str) -> str:
        return message.upper() if "%" not in message else message.replace("in good faith", "DE BONNE FOI")

    def ungettext(self, singular: str, plural: str, n: int) -> str:
        return singular if n == 1 else plural


@pytest.fixture(autouse=True)
def french_and_arabic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "COMPLETE", ("en", "fr"))
    monkeypatch.setattr(languages, "SPOTTERS", ("ar",))
    monkeypatch.setattr(languages, "catalogue", lambda name: NullTranslations() if name == "en" else Shouting())


def shown(client: FlaskClient, path: str, **headers: str) -> tuple[str, str]:
    """The language a page says it is in, in its header and its first tag, and its direction."""
    answer = client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    language = answer.headers["Content-Language"]
    direction = "rtl" if 'dir="rtl"' in answer.text[:200] else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in answer.text
    return language, direction


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", ("en", "ltr")),
        ("de", ("en", "ltr")),
        ("fr-CA, en;q=0.5", ("fr", "ltr")),
        ("en, fr;q=0.9", ("en", "ltr")),
        ("ar", ("ar", "rtl")),
    ],
)
def test_a_stranger_gets_the_browsers_language(client: FlaskClient, accepted: str, expected: tuple[str, str]) -> None:
    assert shown(client, "/sign-in", Accept_Language=accepted) == expected


def test_a_page_says_on_what_its_language_depends(client: FlaskClient) -> None:
    assert {"Accept-Language", "Cookie"} <= set(client.get("/sign-in").vary)


def test_where_arabic_is_not_complete_its_readers_get_the_next_language_they_read(client: FlaskClient) -> None:
    assert shown(client, "/working-with-us", Accept_Language="ar") == ("en", "ltr")
    assert shown(client, "/working-with-us", Accept_Language="ar, fr;q=0.5") == ("fr", "ltr")
    assert shown(client, "/no-such-page", Accept_Language="ar") == ("ar", "rtl")


@pytest.mark.parametrize(
    "path",
    ["/", "/extension", "/privacy", "/reports", "/work", "/rounds", "/lane", "/lane/pictures", "/skill", "/training",
     "/training/agreement", "/training/certificate", "/questions", "/guide", "/profile", "/profile/second-factor"],
)  # fmt: skip
def test_a_spotters_pages_are_arabic_for_who_reads_it(people: People, path: str) -> None:
    assert shown(people.browser("ana"), path, Accept_Language="ar") == ("ar", "rtl")


def test_a_spotter_is_refused_in_their_own_language_and_a_company_in_one_it_has_pages_in(people: People) -> None:
    refused = people.browser("ana").get("/cases", headers={"Accept-Language": "ar"})
    assert (refused.status_code, refused.headers["Content-Language"]) == (403, "ar")
    refused = people.browser("mia").get("/cases", headers={"Accept-Language": "ar"})
    assert (refused.status_code, refused.headers["Content-Language"]) == (403, "en")


NOT_READ = ("/api", "/static", "/healthz", "/readyz", "/metrics", "/extension/cyber-spotter.zip")
# What a spotter may open, but what is written for companies.
FOR_COMPANIES = {
    "answers", "contact_links", "still_right", "team", "proofs", "site.working_with_us"
}  # fmt: skip


def test_whatever_a_spotter_may_open_is_arabic_for_who_reads_it(app: Flask) -> None:
    english = set()
    for rule in app.url_map.iter_rules():
        blueprint, of = rule.endpoint.partition(".")[0], endpoints.RULES.get(rule.endpoint, endpoints.ANYONE)
        open_to_spotters = not of.action or access.holders("reports.follow") <= access.holders(of.action)
        shows = "GET" in (rule.methods or ()) and not rule.rule.startswith(NOT_READ)
        if open_to_spotters and shows and reader.SPOTTERS_PATH.isdisjoint((blueprint, rule.endpoint)):
            english.add(blueprint if blueprint != "site" else rule.endpoint)
    assert english == FOR_COMPANIES


def test_an_error_of_the_server_itself_is_in_ones_language(client: FlaskClient) -> None:
    page = client.post("/privacy", headers={"Accept-Language": "ar"})
    assert page.status_code == 405 and "THIS ADDRESS DOES NOT ACCEPT SUCH A REQUEST." in page.text


def test_a_language_chosen_at_the_foot_of_a_page_goes_before_the_browsers(app: Flask, client: FlaskClient) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    page = client.get("/sign-in").text
    assert all(name in page for name in (">English<", ">français<", ">العربية<"))
    answer = client.post("/language", data={"language": "fr", "next": "/sign-in"})
    assert answer.headers["Location"] == "/sign-in"
    assert shown(client, "/sign-in", Accept_Language="ar") == ("fr", "ltr")
    client.post("/language", data={"language": "xx"})
    assert shown(client, "/sign-in", Accept_Language="ar") == ("ar", "rtl")


def test_a_page_offers_only_languages_in_which_it_can_be_shown(people: People) -> None:
    assert ">العربية<" in people.browser("ana").get("/reports").text
    inbox = people.browser("mia").get("/notices").text
    assert ">français<" in inbox and ">العربية<" not in inbox


def test_a_persons_own_choice_follows_them_to_every_browser(people: People) -> None:
    ana = people.browser("ana")
    ana.post("/language", data={"language": "fr", "next": "/profile"})
    other = people.browser("ana")
    assert shown(other, "/profile", Accept_Language="ar") == ("fr", "ltr")
    other.set_cookie("language", "ar")
    assert shown(other, "/profile") == ("fr", "ltr")
    other.post("/language", data={"language": ""})
    assert shown(other, "/profile", Accept_Language="ar") == ("ar", "rtl")
    assert shown(ana, "/profile") == ("fr", "ltr"), "the cookie of a browser stays"


def test_a_program_is_answered_in_the_language_of_its_account(client: FlaskClient, people: People) -> None:
    def refused() -> str | None:
        answer = client.get("/api/v1/reports/none", headers=people.token("ana") | {"Accept-Language": "ar"})
        assert answer.status_code == 404
        return answer.headers.get("Content-Language")

    assert refused() == "en"
    db.session.get_one(Account, people.ids["ana"]).language = "fr"
    db.session.commit()
    assert refused() == "fr"


def test_who_joins_in_french_is_written_to_in_french(
    app: Flask, client: FlaskClient, settings: Settings, work_all: Callable[[], int]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    form = {"name": "Zoé", "email": "zoe@people.test", "adult": "y", "promise": "y"}
    assert client.post("/join", data=form, headers={"Accept-Language": "fr"}).status_code == 200
    work_all()
    account = accounts.by_email(db.session(), "zoe@people.test")
    assert account is not None and account.language == "fr"
    mail = mails(settings, "zoe@people.test")[-1]
    assert '<html lang="fr" dir="ltr">' in mail.get_body(("html",)).get_content()


def test_an_invited_spotter_gets_the_language_of_their_own_browser(app: Flask, people: People) -> None:
    joining.invite("zoe@people.test", "Zoé", people.ids["cora"])
    account = accounts.by_email(db.session(), "zoe@people.test")
    assert account is not None and account.language is None


def test_who_applies_in_french_is_written_to_in_french_and_joins_in_it(
    people: People, settings: Settings, work_all: Callable[[], int]
) -> None:
    application = {"languages": ["fr"], "hours": 3, "why": "I know parrots.", "heard": "friend", "answers": {}}
    applying.apply("zoe@people.test", "Zoé", language="fr", **application)
    work_all()
    mail = mails(settings, "zoe@people.test")[-1]
    assert mail["Subject"] == "YOUR APPLICATION TO CYBER SPOTTER"
    assert '<html lang="fr" dir="ltr">' in mail.get_body(("html",)).get_content()
    applying.invite_applicant(db.session.scalars(select(Application.id)).one(), people.ids["cora"])
    account = accounts.by_email(db.session(), "zoe@people.test")
    assert account is not None and account.language == "fr"


def test_speaking_is_what_is_said_inside_and_ends_with_it(app: Flask) -> None:
    with languages.speaking("ar"):
        assert (languages.current(), languages.direction()) == ("ar", "rtl")
        with languages.speaking("xx"):
            assert languages.current() == "en"
        assert languages.current() == "ar"
    assert languages.current() == "en"


def test_a_company_is_written_to_in_the_first_of_its_languages_that_is_complete() -> None:
    assert [languages.of_company(codes) for codes in (["ar", "fr"], ["de"], [])] == ["fr", "en", "en"]


def test_a_company_reads_mail_and_answer_page_in_its_spocs_language_unless_the_reader_chooses(
    people: People, client: FlaskClient, report_json: Any, settings: Settings, work_all: Callable[[], int]
) -> None:
    with write() as session:
        session.execute(update(Spoc).values(languages=["ar", "fr", "en"]))
    notice_id = notify(people, report_json())
    work_all()
    mail = mails(settings, "spoc@mercado.test")[-1]
    assert '<html lang="fr" dir="ltr">' in mail.get_body(("html",)).get_content()
    assert "DE BONNE FOI" in attached(mail)["good_faith"]["statement"], "what the notice itself says, too"
    page = urlsplit(link.answer_url(notice_id)).path
    assert shown(client, page, Accept_Language="en") == ("fr", "ltr")
    client.set_cookie("language", "en")
    assert shown(client, page) == ("en", "ltr")


def test_languages_to_choose_from_stand_in_the_order_of_their_names_in_the_readers_language(app: Flask) -> None:
    def names(reader: str) -> list[str]:
        with app.app_context(), languages.speaking(reader):
            return [languages.translated(name) for _, name in languages.by_name(("de", "cs", "zh", "th", "en"))]

    assert names("en") == ["Chinese", "Czech", "English", "German", "Thai"]
    assert names("fr") == ["allemand", "anglais", "chinois", "tchèque", "thaï"]
