"""The demonstration: two marketplaces on hosts of their own, and people with printed passwords."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import re2
import yaml
from PIL import Image
from sqlalchemy import select
from werkzeug.test import Client

from server import create_app
from server.core import config
from server.core.database import db, read
from server.demo import marketplace
from server.demo.people import ANA, BEN, CORA, NOOR, PEOPLE
from server.journeys.spotter import gate
from server.ledger.cases.models import Case
from server.ledger.companies.models import Company
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from tests.conftest import Browser, empty_database, settings_for

MERCADO, TRADEPOST = "http://mercado.localhost:8000", "http://tradepost.localhost:8000"
DEMO = Path(marketplace.__file__).parent


def elsewhere(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"Cyber Spotter"]


@pytest.fixture
def browser(tmp_path):
    settings = replace(config.read({"SPOTTER_DATA_DIR": str(tmp_path)}), base_url="http://127.0.0.1:8000")
    return Client(marketplace.dispatch(elsewhere, settings))


def structured(page: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def test_only_the_two_hosts_are_marketplaces(browser):
    assert "Second hand" in browser.get("/", base_url=MERCADO).text
    assert "Local ads" in browser.get("/", base_url="http://TRADEPOST.localhost").text
    for host in ("127.0.0.1:8000", "localhost", "mercado.localhost.example", "xmercado.localhost"):
        assert browser.get("/", base_url=f"http://{host}").text == "Cyber Spotter"


def test_there_are_enough_ads_and_most_are_innocent_words():
    ads = marketplace._listings()
    assert len([ad for ad in ads["mercado"]["listings"] if not ad.get("unlisted")]) >= 14
    assert len(ads["tradepost"]["listings"]) >= 4


def test_every_ad_opens_by_its_number_and_by_its_own_words(browser):
    for base, path in ((MERCADO, "itm"), (TRADEPOST, "ad")):
        for ad in marketplace._listings()[base[7:].partition(".")[0]]["listings"]:
            page = browser.get(f"/{path}/{ad['number']}", base_url=base)
            assert page.status_code == 200
            canonical = re.search(r'rel="canonical" href="([^"]+)"', page.text)[1]
            assert canonical.startswith(f"{base}/{path}/")
            assert canonical.endswith(str(ad["number"]))
            assert browser.get(canonical.removeprefix(base), base_url=base).status_code == 200
    other_words = browser.get("/itm/other-words-265370482", base_url=MERCADO)
    assert other_words.status_code == 301
    assert other_words.location.endswith("available-265370482")


def test_the_companies_file_finds_the_number_in_every_address():
    companies = yaml.safe_load((DEMO / "companies.yaml").read_text(encoding="utf-8"))["companies"]
    for company in companies:
        platform = company["platforms"][0]
        market = marketplace.Market(platform["slug"], Path("/nowhere"))
        for ad in market.ads.values():
            for name in (ad.name, ad.number):
                number = re2.search(platform["listing"], f"/{market.data['path']}/{name}?ref=home")
                assert number
                assert number.group("id") == ad.number


def test_pages_publish_their_data_in_four_ways(browser):
    product = structured(browser.get("/itm/265370482", base_url=MERCADO).text)
    assert product["name"] == "African grey parrot, hand tame, 6 available"
    assert (product["offers"]["price"], product["offers"]["priceCurrency"]) == ("1250.00", "EUR")
    assert product["offers"]["seller"]["name"] == "birdroom_lx"
    og = browser.get("/itm/265372044", base_url=MERCADO).text
    assert 'property="product:price:amount" content="320.00"' in og
    assert "ld+json" not in og
    micro = browser.get("/itm/265374863", base_url=MERCADO).text
    assert 'itemprop="name"' in micro
    assert 'itemprop="price"' not in micro
    plain = browser.get("/itm/265373301", base_url=MERCADO).text
    assert not re.search("ld\\+json|itemprop|og:", plain)
    assert "🐘🦷" in plain


def test_a_search_finds_all_words_in_title_or_text(browser):
    page = browser.get("/?q=IVORY+dress", base_url=MERCADO).text
    assert "Ivory satin evening dress" in page
    assert "tagua" not in page
    assert "Nothing found" in browser.get("/?q=unicorn", base_url=MERCADO).text


def test_an_ad_taken_down_is_gone_everywhere_until_it_is_put_back(browser):
    assert browser.post("/staff/265370482/remove", base_url=MERCADO).status_code == 303
    page = browser.get("/itm/265370482", base_url=MERCADO)
    assert page.status_code == 410
    assert "no longer available" in page.text
    assert "parrot" not in page.text
    for list_page in ("/", "/?q=parrot", "/seller/birdroom_lx"):
        assert "African grey" not in browser.get(list_page, base_url=MERCADO).text
    assert browser.get("/ad/771400238", base_url=TRADEPOST).status_code == 200
    browser.post("/staff/265370482/restore", base_url=MERCADO)
    assert browser.get("/itm/265370482", base_url=MERCADO).status_code == 200


def test_the_rules_a_notice_names_are_a_page(demo):
    for base, slug in ((MERCADO, "mercado"), (TRADEPOST, "tradepost")):
        with read() as session:
            address = session.scalar(select(Company.policy_url).where(Company.slug == slug))
        assert address == f"{base}/rules"
        assert "not allowed" in demo.test_client().get("/rules", base_url=base).text


def test_another_sites_form_takes_nothing_down(browser):
    stranger = {"Sec-Fetch-Site": "cross-site"}
    assert browser.post("/staff/265370482/remove", base_url=MERCADO, headers=stranger).status_code == 403
    assert browser.get("/staff/265370482/remove", base_url=MERCADO).status_code == 405
    assert browser.get("/itm/265370482", base_url=MERCADO).status_code == 200


def test_markup_in_an_ad_stays_text(browser):
    page = browser.get("/itm/265399001", base_url=MERCADO)
    assert "<script>window" not in page.text
    assert "<img src=x" not in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert "Bcc" not in page.headers
    assert structured(page.text)["name"].startswith("<script>window.pwned=1</script>")


def test_every_picture_is_a_real_one_and_small():
    for market in marketplace._listings().values():
        for picture in (picture for ad in market["listings"] for picture in ad["pictures"]):
            file = DEMO / "pictures" / f"{picture['file']}.webp"
            assert file.stat().st_size < 60_000
            with Image.open(file) as image:
                assert image.size == (800, 600)


# --- The people and what has happened -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(template, tmp_path_factory):
    """An instance with the demonstration in it, loaded once for all these tests: they read it only."""
    folder = tmp_path_factory.mktemp("demo")
    with empty_database(template, folder) as address:
        more = {"SPOTTER_DEMO": "1", "SPOTTER_BASE_URL": "http://127.0.0.1:8000"}
        app = create_app(settings_for(folder, address, **more))
        app.config["WTF_CSRF_ENABLED"] = False
        app.test_client_class = Browser
        with app.app_context():
            result = app.test_cli_runner().invoke(args=["demo", "load"])
            assert result.exit_code == 0, result.output
            app.printed = result.output
            yield app
            db.session.remove()
            db.engine.dispose()


def sign_in(app, person):
    client = app.test_client()
    assert client.post("/sign-in", data={"email": person.email, "password": person.password}).status_code == 302
    return client


def test_everybody_signs_in_with_the_password_that_is_printed(demo):
    for person in PEOPLE:
        assert f"{person.email} " in demo.printed
        assert f" {person.password} " in demo.printed
        assert person.email.endswith(".example")
        sign_in(demo, person)
    assert str(DEMO.parents[1] / "extension") in demo.printed
    assert "http://mercado.localhost:8000" in demo.printed


def test_loading_again_adds_nothing(demo):
    again = demo.test_cli_runner().invoke(args=["demo", "load"])
    assert again.stdout.startswith("Added 0 people, 0 companies and 0 reports.")


def test_the_stories_stand_at_every_stage(demo):
    with read() as session:
        statuses = set(session.scalars(select(Report.status)))
        states = set(session.scalars(select(Case.state)))
        unrouted = list(session.scalars(select(Case.host).where(Case.company_id.is_(None))))
    assert statuses >= {"received", "in_review", "needs_info", "notified", "removed", "kept", "dismissed"}
    assert states == {"open", "asked", "held", "notified", "answered", "closed"}
    assert unrouted == ["bazaar-nine.example"]


def test_a_round_runs_and_its_pages_live(demo):
    ana, cora = sign_in(demo, ANA), sign_in(demo, CORA)
    page = ana.get("/work").text
    assert "week 2 of 4" in page
    links = re.findall(r'href="(http://(?:mercado|tradepost)\.localhost:8000/\?q=[^"]+)"', page)
    assert len(links) >= 20, "three hours' worth"
    market = demo.test_client().get("/?q=african%20grey", base_url=MERCADO).text
    assert "African grey parrot" in market, "the market's own search finds what it links to"
    listed = ana.get("/rounds").text
    round_id = re.search(r'href="/rounds/([0-9a-f]{32})"', listed)[1]
    assert "You lead this team." in ana.get(f"/rounds/{round_id}").text
    report = cora.get(f"/rounds/{round_id}/report").text
    assert "feather baby" in report
    assert cora.get(f"/rounds/{round_id}/report.pdf").data.startswith(b"%PDF-")


def test_ana_leads_noor_who_has_asked_her_twice(demo):
    team = sign_in(demo, ANA).get("/lead").text
    assert "nobody can be written to" in team and "Noor Haddad" in team and "/lead/reports/" in team
    asked = sign_in(demo, NOOR).get("/questions").text
    assert "ivory is then a colour" in asked and "nobody can be written to" in asked


def test_what_mia_removed_is_gone_from_mercado(demo):
    gone = demo.test_client().get("/itm/265374863", base_url=MERCADO)
    assert gone.status_code == 410
    assert demo.test_client().get("/itm/265370482", base_url=MERCADO).status_code == 200


def test_the_company_reads_its_mail_on_its_own_desk(demo):
    desk = demo.test_client().get("/staff", base_url=MERCADO).text
    mails = re.findall(r'href="(/staff/mail/[^"]+)"', desk)
    assert len(mails) == 1  # the second leaves with the worker
    notice = demo.test_client().get(mails[-1], base_url=MERCADO)
    assert "Star tortoise pair" in notice.text
    assert "http://127.0.0.1:8000/answers/" in notice.text
    assert notice.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert demo.test_client().get(mails[-1], base_url=TRADEPOST).status_code == 404


def test_ben_meets_the_gate_and_ana_does_not(demo):
    with read() as session:
        ids = {person: session.scalar(select(Account.id).where(Account.email == person.email)) for person in (ANA, BEN)}
    assert gate.refusal(ids[ANA]) is None
    assert gate.refusal(ids[BEN]).kind == "not-accredited"


def test_ben_reads_on_his_first_page_all_that_is_left_and_how_long_it_takes(demo):
    page = re.sub(r"<[^>]+>", "", sign_in(demo, BEN).get("/reports").text)
    assert re.search(r"\d\d lessons are left\. Reading takes about \d\d minutes\.", page)
    assert "Pass the exams and sign the volunteer agreement; then a coordinator accredits you." in page


def test_the_demo_is_refused_where_it_is_off(demo, monkeypatch):
    monkeypatch.setitem(demo.config, "SPOTTER", replace(demo.config["SPOTTER"], demo=False))
    refused = demo.test_cli_runner().invoke(args=["demo", "load"])
    assert refused.exit_code == 1
    assert "SPOTTER_DEMO=1" in refused.output
