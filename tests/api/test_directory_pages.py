"""The directory on pages, told by Ada and Cora: a company, its platforms and SPOCs are added and changed without a shell."""

import re
from datetime import timedelta

import pytest
import time_machine
import yaml
from sqlalchemy import delete, select

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import new_id, read, write
from server.journeys.company import directory_import
from server.ledger.cases.models import Case
from server.ledger.companies import store
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Clause, Company, PlatformName, Spoc
from server.pages.companies import form_entries
from tests.directory_forms import audited, company_of, entry, filled, spoc_of, words
from tests.story import flag, mails

NEW = {
    "name": "Kaufhof Online", "slug": "kaufhof", "policy_url": "https://kaufhof.test/rules",
    "platform_0_name": "Kaufhof", "platform_0_domains": "kaufhof.test\n kaufhof-shop.test ",
    "platform_0_languages": "de, en", "platform_0_country": "DE",
    "platform_1_name": "Kaufhof Vintage", "platform_1_slug": "kaufhof-vintage", "platform_1_hosts": "old.market.test",
    "spoc_name": "Trust desk", "spoc_address": "trust@kaufhof.test", "spoc_why": "Their lawyer wrote to us.",
}  # fmt: skip


def test_a_company_is_added_with_its_platforms_and_its_spoc_is_proposed(people, settings, report_json):
    ada = people.browser("ada")
    case_id = flag(people, report_json(url="https://old.market.test/parrot"))
    with read() as session:
        assert session.get_one(Case, case_id).company_id is None
    assert "Kaufhof" not in words(ada.get("/companies"))
    answer = ada.post("/companies/new", data=NEW)
    assert answer.headers["Location"] == "/companies/kaufhof/contacts", words(answer)
    assert entry("kaufhof") == {
        "slug": "kaufhof", "name": "Kaufhof Online", "policy_url": "https://kaufhof.test/rules",
        "platforms": [
            {"slug": "kaufhof", "name": "Kaufhof", "domains": ["kaufhof-shop.test", "kaufhof.test"], "languages": ["de", "en"],
             "country": "DE"},
            {"slug": "kaufhof-vintage", "name": "Kaufhof Vintage", "hosts": ["old.market.test"]},
        ],
    }  # fmt: skip
    with read() as session:
        assert session.get_one(Case, case_id).company_id == company_of("kaufhof").id, (
            "what waited has its route at once"
        )
        change = session.scalars(select(AddressChange).where(AddressChange.source == "page")).one()
    assert (change.new_address, change.state, spoc_of("kaufhof")) == ("trust@kaufhof.test", "pending", None)
    work.run_due()
    assert len(mails(settings, "trust@kaufhof.test")) == 1
    added = [("company_added", people.ids["ada"], {"platforms": ["kaufhof", "kaufhof-vintage"]})]
    assert audited("kaufhof")[0] == added[0]
    page = words(ada.get("/companies/kaufhof/history"))
    assert "Added on a page Ada" in page and "New address of a SPOC proposed: Trust desk Ada" in page


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"slug": "mercado"}, "A company in the directory has this slug already."),
        ({"slug": "Kauf Hof"}, "A slug consists of lower-case letters, digits and single hyphens."),
        ({"name": " "}, "Enter a name."),
        ({"policy_url": "kaufhof.test/rules"}, "Enter the whole address, starting with https"),
        ({"platform_0_domains": "kaufhof.test\nmercado.test"}, "claim the domain mercado.test"),
        ({"platform_0_domains": "www.kaufhof.test"}, "Write kaufhof.test here, or www.kaufhof.test under hosts."),
        ({"platform_0_domains": "co.uk"}, "is a public suffix"),
        ({"platform_1_slug": "tradepost"}, "A platform in the directory has this slug already."),
        ({"platform_1_name": ""}, "Enter 1 to 200 characters."),
        ({"platform_0_country": "Germany"}, "There is no region “Germany”."),
        ({"spoc_address": "trust"}, "Enter a valid email address."),
        ({"spoc_address": "ana@people.test"}, "Somebody in the programme has this address."),
        ({"spoc_name": "Cora"}, "This is the name of somebody in the programme."),
        ({"spoc_name": ""}, "“Name, or what the team is called”: Enter a name"),
        ({"spoc_why": ""}, "“How did you learn of it?”: Say how you learned of it"),
        (
            {"platform_0_domains": "https://shop.kaufhof.test/sale"},
            "Write kaufhof.test here, or shop.kaufhof.test under hosts.",
        ),
        ({"platform_0_domains": "https://kaufhof.test@mercado.test/"}, "Write only the name"),
    ],
)
def test_a_slip_is_told_at_its_field_and_nothing_is_added(people, slip, told):
    answer = people.browser("ada").post("/companies/new", data=NEW | slip)
    assert answer.status_code == 422 and told in words(answer)
    field = next(iter(slip))
    assert f'href="#{field}"' in answer.text and f'id="{field}-error"' in answer.text, "at its field"
    assert company_of("kaufhof") is None
    with read() as session:
        assert not list(session.scalars(select(AddressChange).where(AddressChange.source == "page")))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("https://www.bazaar-nine.example/", "bazaar-nine.example"),
        ("HTTPS://Bazaar-Nine.example/ads?page=2#top", "bazaar-nine.example"),
        ("https://www.blåbær.example", "xn--blbr-roah.example"),
        ("https://shop.bazaar-nine.example/", "shop.bazaar-nine.example"),
        ("http://www.co.uk/", "www.co.uk"),
        ("bazaar-nine.example", "bazaar-nine.example"),
        ("https://ada@bazaar-nine.example/", "https://ada@bazaar-nine.example/"),
        ("javascript://bazaar-nine.example/", "javascript://bazaar-nine.example/"),
        ("https://", "https://"),
    ],
)
def test_a_pasted_website_is_cut_to_its_domain(typed, name):
    assert form_entries.website_name(typed) == name


def test_what_is_needed_with_an_address_is_labelled_so_and_a_pasted_website_is_taken(people):
    ada = people.browser("ada")
    page = words(ada.get("/companies/new"))
    for label in ("Name, or what the team is called", "How did you learn of it?"):
        assert f"{label} (needed with an address)" in page and f"{label} (optional)" not in page
    assert "How did you learn of it? (needed with new addresses)" in words(ada.get("/companies/import"))
    ada.post("/companies/new", data=NEW | {"platform_0_domains": "https://www.kaufhof.test/"})
    assert entry("kaufhof")["platforms"][0]["domains"] == ["kaufhof.test"]


@pytest.mark.parametrize(
    "slips",
    [
        {"name": " ", "slug": "mercado", "policy_url": "kaufhof.test/rules", "platform_0_domains": "co.uk", "spoc_address": "trust"},
        {"slug": "Kauf Hof", "platform_0_country": "Germany", "spoc_name": "Cora", "spoc_address": "ana@people.test", "spoc_why": ""},
        {"slug": "mercado", "platform_1_slug": "tradepost", "spoc_name": "", "spoc_why": "x" * 2001},
        {"platform_0_domains": "kaufhof.test\nmercado.test", "spoc_channel": "webhook", "spoc_address": "http://kaufhof.test", "spoc_secret": "short"},
        {"spoc_channel": "pigeon", "spoc_address": "trust"},
    ],
)  # fmt: skip
def test_all_slips_are_told_at_once_and_nothing_is_added(people, slips):
    page = people.browser("ada").post("/companies/new", data=NEW | slips)
    wrong = set(slips) - ({"spoc_channel"} if slips.get("spoc_channel") == "webhook" else set())
    assert page.status_code == 422 and {field for field in wrong if f'id="{field}-error"' not in page.text} == set()
    assert company_of("kaufhof") is None


@pytest.mark.parametrize("slug", ["Kauf Hof", "", "mercado"])
def test_a_platform_that_has_the_companys_slug_is_not_blamed_for_it(people, slug):
    page = people.browser("ada").post("/companies/new", data=NEW | {"slug": slug, "platform_0_slug": ""})
    assert 'id="slug-error"' in page.text and 'id="platform_0_slug-error"' not in page.text


def test_a_companys_own_fields_and_clauses_are_changed(people):
    cora = people.browser("cora")
    form = filled(cora, "/companies/mercado/edit")
    form |= {
        "name": "Mercado SA",
        "clause_0_reference": "4.2 Ivory",
        "clause_1_reference": "5",
        "clause_1_groups": ["bird"],
    }
    assert cora.post("/companies/mercado/edit", data=form).status_code == 302
    clauses = [{"reference": "4.2 Ivory"}, {"reference": "5", "groups": ["bird"]}]
    assert entry("mercado")["name"] == "Mercado SA" and entry("mercado")["clauses"] == clauses
    before = entry("mercado")
    form = filled(cora, "/companies/mercado/edit") | {"clause_0_reference": ""}
    assert form["clause_1_groups"] == ["bird"]
    assert cora.post("/companies/mercado/edit", data=form).status_code == 302
    assert entry("mercado") == before | {"clauses": clauses[1:]}, "the row that was emptied, and nothing else"
    page = words(cora.get("/companies/mercado/history"))
    assert "Changed (name, clauses) Cora" in page and "Changed (clauses) Cora" in page
    unchanged = filled(cora, "/companies/mercado/edit")
    assert cora.post("/companies/mercado/edit", data=unchanged).status_code == 302
    assert len([row for row in audited("mercado") if row[0] == "company_changed"]) == 2, (
        "nothing changed, nothing noted"
    )
    form = filled(cora, "/companies/mercado/edit") | {"clause_0_url": "ftp://rules.test"}
    answer = cora.post("/companies/mercado/edit", data=form)
    assert answer.status_code == 422 and 'id="clause_0_url-error"' in answer.text


def test_a_platform_is_changed_and_every_other_field_stays(people):
    ada, before = people.browser("ada"), entry("tradepost")
    path = "/companies/tradepost/platforms/tradepost/edit"
    form = filled(ada, path)
    assert ada.post(path, data=form).status_code == 302 and entry("tradepost") == before
    form |= {"domains": "tradepost.test\ntradepost-two.test", "search": "https://tradepost.test/find?q={words}"}
    form |= {"agreed_by": "Head of safety", "agreed_on": "2026-11-02", "removed": "This ad is gone for good."}
    assert ada.post(path, data=form).status_code == 302
    platform = before["platforms"][0] | {
        "domains": ["tradepost-two.test", "tradepost.test"], "search": "https://tradepost.test/find?q={words}",
        "monitoring": {"agreed_by": "Head of safety", "date": "2026-11-02", "removed": ["This ad is gone for good."]},
    }  # fmt: skip
    assert entry("tradepost") == before | {"platforms": [platform]}
    action, actor, detail = audited("tradepost")[-1]
    assert (action, actor, detail["added"]) == ("platform_changed", people.ids["ada"], ["tradepost-two.test"])
    assert detail["fields"] == ["domains", "search", "monitoring"]
    assert "Added: tradepost-two.test" in words(ada.get("/companies/tradepost/history"))
    for field, text, told in [
        ("listing", "(", 'id="listing-error"'),
        ("search", "https://stranger.test/?q={words}", "not one of this platform’s domains"),
        ("domains", "tradepost.test\nmercado.test", "claim the domain mercado.test"),
        ("agreed_on", "", 'id="agreed_on-error"'),
    ]:
        answer = ada.post(path, data=filled(ada, path) | {field: text})
        assert answer.status_code == 422 and told in answer.text.replace("&#39;", "'"), field
    ended = filled(ada, path) | {"agreed_by": "", "agreed_on": "", "removed": ""}
    assert ada.post(path, data=ended).status_code == 302 and "monitoring" not in entry("tradepost")["platforms"][0]


def test_a_spoc_is_changed_but_for_its_address(people):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    before = entry("mercado")["spocs"][0]
    form = filled(cora, path)
    assert cora.post(path, data=form).status_code == 302 and entry("mercado")["spocs"][0] == before
    form |= {"name": "Wildlife desk", "channel": "digest", "regions": "de, eu", "groups": ["bird", "plant"],
             "languages": "fr en", "time_zone": "Europe/Paris", "digest_hour": "0", "email": "thief@evil.test"}  # fmt: skip
    assert cora.post(path, data=form).status_code == 302
    assert entry("mercado")["spocs"][0] == before | {
        "name": "Wildlife desk", "channel": "digest", "regions": ["DE", "EU"], "groups": ["bird", "plant"],
        "languages": ["fr", "en"], "time_zone": "Europe/Paris", "digest_hour": 0,
    }  # fmt: skip
    assert filled(cora, path)["digest_hour"] == "0" and filled(cora, path)["time_zone"] == "Europe/Paris"
    assert audited("mercado")[-1][0] == "spoc_changed"
    for slip, field in (
        ({"regions": "Atlantis"}, "regions"),
        ({"channel": "webhook"}, "channel"),
        ({"name": "Cora"}, "name"),
    ):
        answer = cora.post(path, data=filled(cora, path) | slip)
        assert answer.status_code == 422 and f'id="{field}-error"' in answer.text, slip
    other = f"/companies/tradepost/contacts/{spoc.id}/edit"
    assert cora.get(other).status_code == 404 and cora.post(other, data=form).status_code == 404


@pytest.mark.parametrize("which", ["/companies/mercado/edit", "/companies/mercado/platforms/mercado/edit", "spoc"])
def test_of_two_who_edit_at_once_the_second_is_told_and_nothing_is_overwritten(people, which):
    path = f"/companies/mercado/contacts/{spoc_of('mercado').id}/edit" if which == "spoc" else which
    ada, cora = people.browser("ada"), people.browser("cora")
    hers, theirs = filled(ada, path), filled(cora, path)
    assert ada.post(path, data=hers | {"name": "Mercado One"}).status_code == 302
    answer = cora.post(path, data=theirs | {"name": "Mercado Two"})
    assert answer.status_code == 409
    assert "Somebody else has changed this meanwhile" in words(answer) and "Mercado One" in words(answer)
    assert 'value="Mercado Two"' in answer.text, "what she wrote is not lost"
    assert "Mercado One" in str(entry("mercado")) and "Mercado Two" not in str(entry("mercado"))
    seen = re.search(r'name="seen"[^>]*value="(\w+)"', answer.text)[1]
    assert cora.post(path, data=theirs | {"name": "Mercado Two", "seen": seen}).status_code == 302
    assert "Mercado Two" in str(entry("mercado")), "now she knows what she replaces"


def test_a_spoc_is_marked_as_confirmed_by_somebody_on_a_day(people):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    with write() as session:
        store.mark_bounced(session, spoc.id, spoc.email)
    assert "Our message was returned" in words(cora.get("/companies/mercado/contacts"))
    assert cora.post(f"/companies/mercado/contacts/{spoc.id}/confirm").status_code == 302
    page = words(cora.get("/companies/mercado/contacts"))
    assert re.search(r"Confirmed [^.]* by Cora\.", page) and "Our message was returned" not in page
    assert spoc_of("mercado").bounced_at is None
    assert audited("mercado")[-1] == ("spoc_confirmed", people.ids["cora"], {"spoc": spoc.id})
    assert "SPOC confirmed: Trust and Safety Cora" in words(cora.get("/companies/mercado/history"))


def test_the_export_is_the_file_that_the_command_prints(people):
    ada = people.browser("ada")
    assert (
        'action="/companies/export"' in ada.get("/companies").text and ada.get("/companies/export").status_code == 405
    )
    answer = ada.post("/companies/export")
    with read() as session:
        (row,) = session.scalars(select(AuditRow).where(AuditRow.action == "directory_exported"))
    assert (row.actor_id, row.detail) == (people.ids["ada"], {"by": [], "companies": 2})
    printed = people.app.test_cli_runner().invoke(args=["companies", "export"])
    assert answer.text == printed.stdout and len(yaml.safe_load(answer.text)["companies"]) == 2
    assert "attachment" in answer.headers["Content-Disposition"]
    for name in ("ana", "mia"):
        assert people.browser(name).post("/companies/export").status_code == 403


@pytest.mark.parametrize("name", ["ana", "mia"])
def test_nobody_but_the_desk_edits(people, name):
    who, spoc = people.browser(name), spoc_of("mercado")
    for path in ("new", "mercado/edit", "mercado/platforms/new", "mercado/platforms/mercado/edit", "mercado/history"):
        assert who.get(f"/companies/{path}").status_code == 403
    for path in ("new", "mercado/edit", "mercado/platforms/new", f"mercado/contacts/{spoc.id}/confirm"):
        assert who.post(f"/companies/{path}", data=NEW).status_code == 403
    assert company_of("kaufhof") is None


def changed(model, id_, **values):
    with write() as session:
        row = session.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)
        store.new_version(session)


def test_a_spoc_for_a_platform_that_is_gone_never_becomes_one_for_all(people):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    changed(Spoc, spoc.id, platforms=["mercado-old"])
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    form = filled(cora, path)
    assert form["platforms"] == ["mercado-old"]
    assert "mercado-old (no longer a platform of the company)" in words(cora.get(path))
    assert cora.post(path, data=form | {"time_zone": "Europe/Paris"}).status_code == 302
    assert (spoc_of("mercado").platforms, spoc_of("mercado").time_zone) == (["mercado-old"], "Europe/Paris")
    assert cora.post(path, data=filled(cora, path) | {"platforms": ["tradepost"]}).status_code == 422
    assert cora.post(path, data=filled(cora, path) | {"platforms": ["mercado"]}).status_code == 302
    assert spoc_of("mercado").platforms == ["mercado"]


def test_another_spoc_that_is_amiss_stops_nobody(people):
    cora, spoc = people.browser("cora"), spoc_of("mercado")
    with write() as session:
        twin = Spoc(id=new_id(), company_id=spoc.company_id, name="Night desk", channel="mail", email=spoc.email)
        twin.regions, twin.languages, twin.groups, twin.platforms = [], [], [], []
        session.add(twin)
    path = f"/companies/mercado/contacts/{spoc.id}/edit"
    assert cora.post(path, data=filled(cora, path) | {"name": "Day desk"}).status_code == 302
    assert spoc_of("mercado").name == "Day desk"


def test_an_edit_keeps_every_clause_however_many_there_are(people):
    cora = people.browser("cora")
    with write() as session:
        company_id = session.scalars(select(Company.id).where(Company.slug == "mercado")).one()
        session.execute(delete(Clause).where(Clause.company_id == company_id))
        session.add_all(Clause(company_id=company_id, reference=f"{n}", position=n, groups=[]) for n in range(120))
    form = filled(cora, "/companies/mercado/edit") | {"name": "Mercado SA"}
    assert cora.post("/companies/mercado/edit", data=form).status_code == 302
    assert entry("mercado")["name"] == "Mercado SA" and len(entry("mercado")["clauses"]) == 120


def test_a_refusal_of_what_the_form_does_not_show_stands_at_its_top_with_the_platform(people):
    cora = people.browser("cora")
    with write() as session:
        name = session.scalars(select(PlatformName).where(PlatformName.name == "mercado.test")).one()
        name.name = "co.uk"  # which has become a public suffix
        store.new_version(session)
    answer = cora.post("/companies/mercado/edit", data=filled(cora, "/companies/mercado/edit") | {"name": "Mercado SA"})
    assert answer.status_code == 422 and re.search(r"Mercado: .*is a public suffix", words(answer))


@pytest.mark.parametrize("days", [0, 29, 31])
def test_a_domain_that_is_new_or_the_proposers_own_vouches_for_no_address(people, monkeypatch, days):
    ada, cora, path = people.browser("ada"), people.browser("cora"), "/companies/mercado/platforms/mercado/edit"
    form = filled(cora, path)
    form["domains"] += "\nmercado-help.test"
    with time_machine.travel(clock.now() - timedelta(days=days), tick=False):
        assert (
            people.browser("cora")
            .post(path, data=form | {"seen": filled(people.browser("cora"), path)["seen"]})
            .status_code
            == 302
        )
    warning = "was added to the company’s platforms in the last 30 days, or by the person who proposes"
    for who, email in ((cora, "desk@mercado-help.test"), (ada, "team@mercado-help.test")):
        new = {"spoc_id": "", "name": "Help desk", "address": email, "why": "By phone."}
        assert who.post("/companies/mercado/contacts", data=new).status_code == 302
    page = words(ada.get("/companies/mercado/contacts"))
    assert page.count(warning) == (2 if days < 30 else 1), "Cora's own, whenever she added it"
    new = {"spoc_id": "", "name": "Safety", "address": "safety@mercado.test", "why": "By phone."}
    assert ada.post("/companies/mercado/contacts", data=new).status_code == 302
    assert words(ada.get("/companies/mercado/contacts")).count(warning) == (2 if days < 30 else 1)


@pytest.mark.parametrize("days", [0, 29, 31])
def test_nor_for_a_colleague_who_is_invited_to_the_team(people, days):
    cora, path = people.browser("cora"), "/companies/mercado/platforms/mercado/edit"
    form = filled(cora, path)
    with time_machine.travel(clock.now() - timedelta(days=days), tick=False):
        there = people.browser("cora")
        changed = form | {"domains": form["domains"] + "\nmercado-help.test", "seen": filled(there, path)["seen"]}
        assert there.post(path, data=changed).status_code == 302
    new = {"email": "max@mercado-help.test", "team_role": "member"}
    for who, page, status in (
        ("cora", "/companies/mercado/team", 422),
        ("mia", "/team/invitations", 422 if days < 30 else 302),
    ):
        answer = people.browser(who).post(page, data=new)
        assert answer.status_code == status, who
        if status == 422:
            assert "was added by you, or in the last 30 days" in answer.text and 'name="sure"' in answer.text
    assert people.browser("mia").post("/team/invitations", data=new | {"email": "eva@mercado.test"}).status_code == 302


def test_a_time_zone_that_is_no_longer_a_choice_is_not_lost(people):
    with write() as session:
        spoc = session.scalars(select(Spoc).where(Spoc.email == "spoc@mercado.test")).one()
        spoc.time_zone, spoc_id = "Europe/Elsewhere", spoc.id
    cora, path = people.browser("cora"), f"/companies/mercado/contacts/{spoc_id}/edit"
    form = filled(cora, path)
    assert form["time_zone"] == "Europe/Elsewhere"
    refused = cora.post(path, data=form | {"name": "Trust"})
    assert refused.status_code == 422 and "This is not a time zone" in refused.text
    assert cora.post(path, data=form | {"name": "Trust", "time_zone": "Europe/Paris"}).status_code == 302
    with read() as session:
        spoc = session.get_one(Spoc, spoc_id)
        assert (spoc.name, spoc.time_zone) == ("Trust", "Europe/Paris")


def test_listings_are_looked_at_again_only_where_routes_may_be_other(people, monkeypatch):
    looked, ada, path = [], people.browser("ada"), "/companies/tradepost/platforms/tradepost/edit"
    monkeypatch.setattr(directory_import, "know_again", lambda session, before: looked.append(1))
    for values in ({"name": "Tradepost Two"}, {"search": "https://tradepost.test/find?q={words}"}, {"languages": "de"}):
        assert ada.post(path, data=filled(ada, path) | values).status_code == 302 and not looked, values
    assert ada.post(path, data=filled(ada, path) | {"domains": "tradepost.test\ntrade.test"}).status_code == 302
    assert looked == [1]
