"""The companies file: taken in, taken in again, changed, and refused with the place that is wrong."""

import uuid
from copy import deepcopy
from datetime import date

import pytest
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.orm import Session

from server.commands.companies import SHIPPED
from server.core import clock
from server.core.audit import AuditRow
from server.core.database import WRITING, db, write
from server.core.database import read as read_database
from server.core.urls import read
from server.core.words import Channel, Refused, Role, Scope
from server.journeys.company import directory_import
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.companies import exporting, importing, schemas, store
from server.ledger.companies.left_out import left_out
from server.ledger.companies.models import Platform, PlatformName, Spoc
from server.ledger.companies.routing import choose
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice
from server.people.accounts import store as accounts

MERCADO = """
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/policy
    platforms:
      - slug: mercado
        name: Mercado
        domains: [mercado.test, MERCADO.co.uk.]
        hosts: [mercado.localhost]
        listing: '/itm/(?P<id>\\d+)'
        search: 'https://www.mercado.co.uk/find?q={words}'
        monitoring: {agreed_by: Mia, date: 2026-11-01}
    spocs:
      - name: Mia
        email: mia@mercado.test
        regions: [NO, EU]
        languages: [no]
        verified: 2026-11-01
  - slug: tradepost
    name: Tradepost
    platforms:
      - {slug: tradepost, name: Tradepost, domains: [tradepost.test]}
"""


def read_text(text):
    return schemas.read_file(text.encode())


@pytest.fixture
def data():
    return read_text(MERCADO)


@pytest.fixture
def session(database_url):
    engine = create_engine(database_url)
    with Session(engine, info=WRITING) as session:
        yield session
    engine.dispose()


def take_in(session, data, *, replace=False):
    counts = dict(importing.import_directory(session, data, replace=replace))
    session.commit()
    return counts


def numbers(created=0, updated=0, unchanged=0, retired=0):
    return {"created": created, "updated": updated, "unchanged": unchanged, "retired": retired}


def route(session, text):
    platform = store.directory(session).route(read(text))
    return platform.slug if platform else None


def mercado(session):
    return store.directory(session).company("mercado")


def test_a_file_is_taken_in_and_routes(session, data):
    assert take_in(session, data) == numbers(created=2)
    assert route(session, "https://www.mercado.co.uk/itm/1") == "mercado"
    assert route(session, "http://mercado.localhost:8000/itm/1") == "mercado"
    assert route(session, "https://mercado.test.evil.example/") is None
    directory = store.directory(session)
    platform = directory.route(read("https://mercado.test/"))
    assert (platform.company.slug, platform.company.policy_url) == ("mercado", "https://mercado.test/policy")
    assert (platform.listing, platform.agreed_by) == ((r"/itm/(?P<id>\d+)",), "Mia")
    spoc = choose(platform.company).spoc
    assert (spoc.name, spoc.email, spoc.channel) == ("Mia", "mia@mercado.test", Channel.MAIL)
    assert (spoc.regions, spoc.languages, spoc.verified_on) == (("NO", "EU"), ("no",), date(2026, 11, 1))


def test_an_agreement_on_monitoring_ends_where_a_file_says_so_and_not_where_it_says_nothing(session, data):
    def agreed():
        return session.scalars(select(Platform).where(Platform.slug == "mercado")).one().monitoring_agreed_by

    take_in(session, data)
    silent, ended = (
        MERCADO.replace("monitoring: {agreed_by: Mia, date: 2026-11-01}", ""),
        MERCADO.replace("monitoring: {agreed_by: Mia, date: 2026-11-01}", "monitoring: null"),
    )
    take_in(session, read_text(silent))
    assert agreed() == "Mia"
    assert left_out(exporting.exported(session), read_text(ended)) == []
    assert take_in(session, read_text(ended)) == numbers(updated=1, unchanged=1)
    assert agreed() is None and store.directory(session).route(read("https://mercado.test/")).agreed_by is None
    assert take_in(session, read_text(ended)) == numbers(unchanged=2)
    again = read_text(exporting.as_yaml(exporting.exported(session)))
    assert take_in(session, again) == numbers(unchanged=2) and agreed() is None
    assert take_in(session, again, replace=True) == numbers(unchanged=2) and agreed() is None
    take_in(session, data)
    again = read_text(exporting.as_yaml(exporting.exported(session)))
    assert take_in(session, again, replace=True) == numbers(unchanged=2) and agreed() == "Mia"


def test_a_host_may_be_named_with_the_beginning_of_a_path(session, data):
    data["companies"][0]["platforms"][0]["hosts"] = ["Plaza.test/Mercado"]
    data = schemas.check(data)
    take_in(session, data)
    assert route(session, "https://www.plaza.test/Mercado/itm/1") == "mercado"
    assert route(session, "https://plaza.test/Mercado") == "mercado"
    assert route(session, "https://plaza.test/mercado/itm/1") is None
    assert route(session, "https://plaza.test/Mercados") is None


@pytest.mark.parametrize(
    "host", ["plaza.test/", "plaza.test/a?b", "plaza.test/a//b", "plaza.test/a/../b", "127.0.0.1/a"]
)
def test_a_path_that_is_not_whole_parts_is_refused(data, host):
    data["companies"][0]["platforms"][0]["hosts"] = [host]
    with pytest.raises(Refused):
        schemas.check(data)


def test_the_same_file_twice_changes_nothing(session, data):
    take_in(session, data)
    directory, rows = store.directory(session), session.scalar(select(func.count()).select_from(AuditRow))
    assert take_in(session, deepcopy(data)) == numbers(unchanged=2)
    assert store.directory(session) == directory
    assert session.scalar(select(func.count()).select_from(AuditRow)) == rows


def test_a_changed_file_changes_what_it_says_and_leaves_the_rest_alone(session, data):
    take_in(session, data)
    changed = read_text(MERCADO.replace("Mercado\n    policy", "Mercado SA\n    policy").replace("mercado.test, ", ""))
    del changed["companies"][1]
    assert take_in(session, changed) == numbers(updated=1)
    assert store.by_slug(session, "mercado").name == "Mercado SA"
    assert route(session, "https://mercado.test/") == "mercado"
    assert route(session, "https://mercado.co.uk/") == "mercado"
    assert route(session, "https://tradepost.test/") == "tradepost"


BARE = """
companies:
  - slug: mercado
    name: Mercado
    platforms:
      - {slug: mercado, name: Mercado, domains: [mercado.test]}
      - {slug: mercado-auctions, name: Mercado Auctions, domains: [mercado-auctions.test]}
    spocs:
      - {name: Otto, email: otto@mercado.test}
"""


def test_a_file_that_says_less_takes_nothing_away(session, data):
    take_in(session, data)
    before = store.directory(session)
    assert take_in(session, read_text("companies:\n  - {slug: mercado, name: Mercado}\n")) == numbers(unchanged=1)
    assert store.directory(session) == before
    assert take_in(session, read_text(BARE)) == numbers(updated=1)
    assert {spoc.name for spoc in mercado(session).spocs} == {"Mia", "Otto"}
    (kept, added), mia = store.directory(session).platforms_of(mercado(session)), mercado(session).spocs[0]
    assert added.slug == "mercado-auctions"
    assert (mia, kept.listing) == (before.company("mercado").spocs[0], before.platforms[0].listing)
    assert (kept.domains, kept.hosts) == (before.platforms[0].domains, before.platforms[0].hosts)
    assert (kept.search, kept.agreed_by, mercado(session).policy_url) == (
        before.platforms[0].search, "Mia", "https://mercado.test/policy",
    )  # fmt: skip


def test_to_replace_retires_what_is_listed_and_it_comes_back_as_it_was(session, data):
    take_in(session, data)
    whole = store.directory(session)
    bare = read_text(BARE)
    leaving = left_out(exporting.exported(session), bare)
    assert [tuple(each) for each in leaving] == [
        ("mercado", "policy_url", ""),
        ("mercado", "domain", "mercado.co.uk"),
        ("mercado", "host", "mercado.localhost"),
        ("mercado", "listing", "mercado"),
        ("mercado", "search", "mercado"),
        ("mercado", "monitoring", "mercado"),
        ("mercado", "SPOC", "Mia (mail, mia@mercado.test)"),
    ]
    assert take_in(session, bare, replace=True) == numbers(updated=1, retired=7)
    assert [spoc.name for spoc in mercado(session).spocs] == ["Otto"]
    replaced = store.directory(session).platforms_of(mercado(session))[0]
    assert (replaced.domains, replaced.hosts, replaced.listing) == (("mercado.test",), (), ())
    assert (replaced.search, replaced.agreed_by, mercado(session).policy_url) == (None, None, None)
    assert route(session, "https://tradepost.test/") == "tradepost", "a company that the file does not name"
    assert left_out(exporting.exported(session), bare) == []
    assert take_in(session, bare, replace=True) == numbers(unchanged=1)
    take_in(session, data, replace=True)
    assert [spoc.id for spoc in mercado(session).spocs] == [spoc.id for spoc in whole.company("mercado").spocs]
    assert store.directory(session) == whole


def test_to_replace_retires_a_platform_and_its_names_are_free_again(session, data):
    take_in(session, data)
    without = deepcopy(data)
    without["companies"][0] |= {"platforms": [], "spocs": []}
    assert take_in(session, without, replace=True)["retired"] == 2
    assert route(session, "https://mercado.test/") is None
    assert mercado(session).spocs == ()
    assert [row.slug for row in session.scalars(select(Platform)) if row.retired_at] == ["mercado"]
    assert [platform.slug for platform in store.directory(session).platforms] == ["tradepost"]
    spoc = session.scalar(select(Spoc))
    assert store.spoc(session, spoc.id).retired_at
    take_in(session, data)
    assert route(session, "https://mercado.test/") == "mercado"
    assert [each.id for each in mercado(session).spocs] == [spoc.id]


OWN = """
companies:
  - slug: ebay
    name: eBay
    clauses: [{reference: 'Rule 2: ivory', groups: [mammal]}, {reference: 'Rule 1', url: 'https://ebay.test/1'}]
    platforms: [{slug: ebay, name: eBay, domains: [ebay.com], monitoring: {agreed_by: Eva, date: 2026-11-01}}]
    spocs:
      - {name: Wildlife desk, email: wildlife@ebay.test, regions: [eu, uk], groups: [mammal], platforms: [ebay]}
      - {name: Portal, channel: portal, languages: [en]}
      - {name: Hook, channel: webhook, webhook_url: 'https://hooks.ebay.test/in', webhook_secrets: [SECRET]}
"""


def own():
    return read_text(OWN.replace("SECRET", HIDDEN))


def test_the_shipped_directory_leaves_an_operators_spocs_and_agreements(session):
    shipped = schemas.read_file(SHIPPED.read_bytes())
    for order in ([own(), shipped, shipped, own()], [shipped, own(), shipped]):
        for data in order:
            take_in(session, data)
        ebay = store.directory(session).route(read("https://www.ebay.de/itm/265370482805"))
        assert {spoc.name for spoc in ebay.company.spocs} == {"Wildlife desk", "Portal", "Hook"}
        assert ebay.agreed_by == "Eva"


def test_what_is_exported_is_read_back_unchanged(session, data):
    for each in (data, own(), schemas.read_file(SHIPPED.read_bytes())):
        take_in(session, each)
    text = exporting.as_yaml(exporting.exported(session))
    with pytest.raises(Refused, match=r"webhook_secrets.*requires it"):
        read_text(text)
    again = schemas.read_file(text.encode(), with_secrets=store.with_secrets(session))
    directory = store.directory(session)
    assert HIDDEN not in text
    assert "whsec_" not in text
    for replace in (False, True):
        counts = take_in(session, again, replace=replace)
        assert (counts["created"], counts["updated"], counts["retired"]) == (0, 0, 0)
    assert store.directory(session) == directory
    assert session.scalars(select(Spoc).where(Spoc.name == "Hook")).one().webhook_secrets == [HIDDEN]
    assert exporting.as_yaml(exporting.exported(session)) == text


def test_clauses_are_added_and_to_replace_stand_as_in_the_file(session):
    def clauses():
        return [clause.reference for clause in store.directory(session).company("ebay").clauses]

    take_in(session, own())
    other = own()
    other["companies"][0]["clauses"] = [
        {"reference": "Rule 3", "url": None, "groups": []},
        own()["companies"][0]["clauses"][1],
    ]
    take_in(session, other)
    assert clauses() == ["Rule 2: ivory", "Rule 1", "Rule 3"]
    assert ("ebay", "clause", "Rule 2: ivory") in left_out(exporting.exported(session), other)
    take_in(session, other, replace=True)
    assert clauses() == ["Rule 3", "Rule 1"]
    assert take_in(session, other, replace=True) == numbers(unchanged=1)


def test_a_spoc_that_was_never_said_to_be_confirmed_was_on_the_day_it_came(session):
    take_in(session, own())
    assert {spoc.verified_on for spoc in store.directory(session).company("ebay").spocs} == {clock.now().date()}


def test_an_import_is_recorded_once_and_when_it_changed_something(session, data):
    ada = accounts.add(session, "ada@people.test", "Ada", Role.ADMIN, None)
    importing.import_directory(session, data, ada.id)
    session.commit()
    take_in(session, data)
    rows = session.scalars(select(AuditRow).where(AuditRow.action == "directory_imported")).all()
    assert [(row.actor_id, row.detail) for row in rows] == [(ada.id, numbers(created=2))]
    assert store.last_import(session).imported == numbers(created=2)


def test_a_spoc_for_a_platform_of_another_company_is_refused(session):
    with pytest.raises(Refused, match="for the platform tradepost, which is none of Mercado"):
        importing.import_directory(session, read_text(place("regions: [NO, EU]", "platforms: [tradepost]")))


def test_a_domain_moves_with_the_file(session, data):
    take_in(session, data)
    data["companies"][0]["platforms"][0]["domains"] = []
    data["companies"][1]["platforms"][0]["domains"] += ["mercado.test", "mercado.co.uk"]
    assert take_in(session, data) == numbers(updated=2)
    assert route(session, "https://mercado.test/") == "tradepost"
    assert session.scalar(select(func.count()).select_from(PlatformName)) == 4


def test_a_platform_moves_to_another_company_with_the_file(session, data):
    take_in(session, data)
    data["companies"][1]["platforms"] += data["companies"][0]["platforms"]
    data["companies"][0]["platforms"] = []
    take_in(session, data)
    assert store.directory(session).route(read("https://mercado.test/")).company.slug == "tradepost"


def test_a_domain_of_a_company_the_file_does_not_name_is_refused_naming_both(session, data):
    take_in(session, data)
    del data["companies"][0]
    data["companies"][0]["platforms"][0]["domains"] += ["mercado.test"]
    with pytest.raises(Refused, match=r"Both mercado and tradepost claim the domain mercado\.test"):
        importing.import_directory(session, data)
    session.rollback()
    assert route(session, "https://mercado.test/") == "mercado"


def test_a_platform_of_a_company_the_file_does_not_name_is_refused(session, data):
    take_in(session, data)
    data["companies"][1]["platforms"][0]["slug"] = "mercado"
    del data["companies"][0]
    with pytest.raises(Refused, match="The platform mercado belongs to a company"):
        importing.import_directory(session, data)


def test_a_bounced_spoc_is_passed_over_until_somebody_has_verified_since(session, data):
    take_in(session, data)
    spoc = mercado(session).spocs[0]
    store.mark_bounced(session, spoc.id, spoc.email)
    session.commit()
    assert choose(mercado(session)).spoc is None
    take_in(session, data)
    assert choose(mercado(session)).spoc is None
    data["companies"][0]["spocs"][0]["verified"] = date(2099, 1, 1)
    assert take_in(session, data) == numbers(updated=1, unchanged=1)
    assert choose(mercado(session)).spoc.id == spoc.id
    store.mark_bounced(session, spoc.id, spoc.email)
    store.mark_bounced(session, spoc.id, spoc.email)
    bounces = select(func.count()).where(AuditRow.action == "spoc_bounced")
    assert session.scalar(bounces) == 2


def test_an_uncommitted_change_is_never_what_others_route_by(session, data):
    take_in(session, data)
    before = store.directory(session)
    data["companies"][0]["name"] = "Other"
    importing.import_directory(session, data)
    assert store.directory(session).companies[0].name == "Other"
    session.rollback()
    assert store.directory(session) == before


def test_an_empty_database_routes_nothing(session):
    assert store.directory(session).route(read("https://www.ebay.com/itm/1")) is None


def test_the_shipped_directory_is_taken_in_whole_and_reaches_nobody_by_itself(session):
    counts = take_in(session, schemas.read_file(SHIPPED.read_bytes()))
    assert counts["created"] >= 10
    directory = store.directory(session)
    assert route(session, "https://www.ebay.co.uk/itm/265370482805") == "ebay"
    assert route(session, "https://jp.mercari.com/item/m81334162487") == "mercari-jp"
    assert route(session, "https://www.mercari.com/us/item/m71344610988") == "mercari-us"
    assert not any(company.spocs for company in directory.companies)
    searched = [platform for platform in directory.platforms if platform.search]
    assert len(searched) >= 40
    for platform in searched:
        there = read(platform.search_for("象牙 & tusk?"))
        assert (directory.route(there), there.scheme) == (platform, "https")


def test_a_platforms_search_and_languages_are_taken_in_and_leave_with_the_file(session, data):
    take_in(session, data)
    platforms = {platform.slug: platform for platform in store.directory(session).platforms}
    assert platforms["mercado"].search_for("ivory") == "https://www.mercado.co.uk/find?q=ivory"
    assert platforms["mercado"].languages == platforms["tradepost"].languages == ()
    changed = read_text(place("search: 'https://www.mercado.co.uk/find?q={words}'", "languages: [pt, en]"))
    assert take_in(session, changed, replace=True)["updated"] == 1
    mercado = store.directory(session).route(read("https://mercado.test/"))
    assert (mercado.search, mercado.languages) == (None, ("pt", "en"))


SEARCH = "companies[0].platforms[0].search"


def place(old, new):
    return MERCADO.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        (place("name: Mercado\n    policy", "name: M\n    nmae: x\n    policy"), "companies[0].nmae", "Unknown"),
        (place("name: Mercado\n    policy", "policy"), "companies[0].name", "Missing"),
        (place("slug: mercado", "slug: Mercado"), "companies[0].slug", "lower-case"),
        (place("slug: mercado", "slug: url"), "companies[0].slug", "reserved"),
        (place("slug: mercado", "slug: [a]"), "companies[0].slug", "Not a valid string"),
        (place("https://mercado.test/policy", "javascript:alert(1)"), "companies[0].policy_url", "http and https"),
        (
            place("[mercado.test,", "[www.mercado.test,"),
            "companies[0].platforms[0].domains[0]",
            "Write mercado.test here",
        ),
        (place("[mercado.test,", "[co.uk,"), "companies[0].platforms[0].domains[0]", "public suffix"),
        (place("[mercado.test,", "['https://mercado.test/',"), "companies[0].platforms[0].domains[0]", "only the name"),
        (place("[mercado.test,", "['*.mercado.test',"), "companies[0].platforms[0].domains[0]", "only the name"),
        (place("hosts: [mercado.localhost]", "hosts: [127.1]"), "companies[0].platforms[0].hosts[0]", "IP address"),
        (place("(?P<id>\\d+)", "(?=x)(?P<id>\\d+)"), "companies[0].platforms[0].listing", "RE2"),
        (place("(?P<id>\\d+)", "\\d+"), "companies[0].platforms[0].listing", "(?P<id>…)"),
        (place("https://www.mercado.co.uk/find", "http://www.mercado.test/find"), SEARCH, "starts with https"),
        (place("https://www.mercado.co.uk/find", "javascript:alert(1)//"), SEARCH, "http and https"),
        (
            place("https://www.mercado.co.uk/find", "https://www.mercado.example/find"),
            SEARCH,
            "not one of this platform",
        ),
        (place("https://www.mercado.co.uk/find?q={words}", "https://mercado.test/?q="), SEARCH, "Write {words} once"),
        (place("q={words}", "q={words}&r={words}"), SEARCH, "Write {words} once"),
        (place("q={words}", "q={words}{0}"), SEARCH, "no other braces"),
        (place("https://www.mercado.co.uk/find?q={words}", "https://{words}.mercado.test/"), SEARCH, "not in the host"),
        (
            place("        monitoring", "        languages: [English]\n        monitoring"),
            "companies[0].platforms[0].languages[0]",
            "codes such as",
        ),
        (place("date: 2026-11-01", "date: soon"), "companies[0].platforms[0].monitoring.date", "Not a valid date"),
        (place("mia@mercado.test", "mia"), "companies[0].spocs[0].email", "Not a valid email"),
        (place("email: mia@mercado.test", "channel: mail"), "companies[0].spocs[0].email", "channel mail requires it"),
        (place("email: mia@mercado.test", "channel: webhook"), "companies[0].spocs[0].webhook_url", "requires it"),
        (
            place("email: mia@mercado.test", "channel: webhook\n        webhook_url: 'http://mercado.test:8271/hook'"),
            "companies[0].spocs[0].webhook_url",
            "Port 8271 is not a standard web port",
        ),
        (
            place("email: mia@mercado.test", "channel: webhook\n        webhook_url: 'https://10.0.0.1/hook'"),
            "companies[0].spocs[0].webhook_url",
            "10.0.0.1 is not a public address",
        ),
        (place("[NO, EU]", "[Europe]"), "companies[0].spocs[0].regions[0]", "There is no region"),
        (place("[NO, EU]", "[]\n        groups: [birds]"), "companies[0].spocs[0].groups[0]", "Must be one of"),
        (
            place("        monitoring", "        country: EU\n        monitoring"),
            "companies[0].platforms[0].country",
            "one country",
        ),
        (place("email: mia@mercado.test", "channel: form"), "companies[0].spocs[0].form_url", "requires it"),
        (place("email: mia@mercado.test", "channel: pigeon"), "companies[0].spocs[0].channel", "Must be one of"),
        (
            place("domains: [tradepost.test]", "domains: [mercado.test]"),
            "companies",
            "Both mercado and tradepost claim",
        ),
        (place("slug: tradepost\n", "slug: mercado\n"), "companies", "Two companies have the slug mercado"),
        (place("{slug: tradepost", "{slug: mercado"), "companies", "Two platforms have the slug mercado"),
        (
            place("    spocs:\n", "    spocs:\n      - {name: M, email: MIA@mercado.test}\n"),
            "companies",
            "same address",
        ),
        ("companies: 7", "companies", "Not a valid list"),
        ("{}", "companies", "Missing"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(text, where, message):
    with pytest.raises(Refused) as refusal:
        read_text(text)
    assert refusal.value.kind == "invalid"
    assert list(refusal.value.errors) == [where]
    assert message in refusal.value.errors[where][0]
    assert where in refusal.value.detail
    assert "\n" not in refusal.value.detail


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join('*' + chr(97 + i) for _ in range(9))}]\n" for i in range(12)
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (BOMB, "aliases are not read here"),
        ("companies: []\ncompanies: []", "'companies' stands there twice"),
        ("companies: [", "YAML"),
        ("companies: !!python/object/apply:os.system [id]", "YAML"),
        ("[" * 5000, "YAML"),
        ("\x00", "YAML"),
        ("x" * (schemas.MAX_FILE + 1), "at most"),
        ("- a", "starts with"),
        ("", "starts with"),
    ],
)
def test_what_is_no_companies_file_is_refused_in_one_line(text, message):
    with pytest.raises(Refused) as refusal:
        read_text(text)
    assert message in refusal.value.detail
    assert "\n" not in refusal.value.detail


def test_a_null_is_as_good_as_nothing():
    text = place("policy_url: https://mercado.test/policy", "policy_url: null").replace(
        "hosts: [mercado.localhost]", "hosts:"
    )
    company = read_text(text)["companies"][0]
    assert company["policy_url"] is None
    assert company["platforms"][0]["hosts"] == []


# --- The command and the page --------------------------------------------------------------------------------------


def run(app, *arguments, answer=""):
    return app.test_cli_runner().invoke(args=["companies", "import", *map(str, arguments)], input=answer)


def test_the_command_takes_in_a_file_and_says_so(app, tmp_path):
    file = tmp_path / "companies.yaml"
    file.write_text("companies:\n  - {slug: kiosk, name: Kiosk}\n")
    result = run(app, file)
    assert result.exit_code == 0
    assert "1 companies read" in result.output
    assert "1 created, 0 updated, 0 unchanged" in result.output
    assert "0 created, 0 updated, 1 unchanged" in run(app, file).output
    assert run(app).exit_code == 0


def test_the_command_lists_what_it_takes_away_and_asks(app, tmp_path):
    file = tmp_path / "companies.yaml"
    file.write_text(BARE)
    for answer in ("n\n", ""):
        result = run(app, file, "--replace", answer=answer)
        assert result.exit_code == 1
        assert "Takes away: mercado: SPOC Trust and Safety (mail, spoc@mercado.test)" in result.output
        assert store.directory(db.session()).company("mercado").spocs[0].name == "Trust and Safety"
    result = run(app, file, "--replace", "--yes")
    assert result.exit_code == 0, result.output
    assert "Take away these" not in result.output
    assert "Takes nothing away." in run(app, file, "--replace").output


def test_the_command_exports_what_it_reads(app, tmp_path):
    printed = app.test_cli_runner().invoke(args=["companies", "export"])
    file = tmp_path / "companies.yaml"
    file.write_text(printed.stdout)
    assert "0 created, 0 updated" in run(app, file).output


@pytest.mark.parametrize("text", ["companies: 7", "companies: [", BOMB])
def test_the_command_refuses_a_wrong_file_in_one_line(app, tmp_path, text):
    file = tmp_path / "companies.yaml"
    file.write_text(text)
    for result in (run(app, file), run(app, tmp_path / "absent.yaml"), run(app, tmp_path)):
        assert result.exit_code == 1
        assert "\nError: " in result.output
        assert result.output.count("\n") == 2


KIOSK = r"""
companies:
  - slug: kiosk
    name: Kiosk
    platforms: [{slug: kiosk, name: Kiosk, domains: [kiosk.test, kiosk-shop.test], listing: '/ad/(?P<id>\d+)'}]
"""


def test_listings_that_waited_have_a_route_once_the_directory_knows_it(app, people, report_json):
    client, ana = app.test_client(), people.token("ana")

    def report(url):
        answer = client.post(
            "/api/v1/reports", json=report_json(url), headers=ana | {"Idempotency-Key": str(uuid.uuid4())}
        )
        assert answer.status_code == 201, answer.text

    def cases():
        items = client.get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"]
        return sorted((case["company"], case["report_count"]) for case in items)

    report("https://kiosk.test/ad/7")
    assert cases() == [(None, 1)]
    assert directory_import.import_companies(read_text(KIOSK))["rerouted"] == 1
    assert directory_import.import_companies(read_text(KIOSK))["rerouted"] == 0
    report("https://www.kiosk-shop.test/ad/7?utm_source=x")
    assert cases() == [("kiosk", 2)]


def test_a_corrected_file_takes_back_what_a_mistaken_one_had_claimed(app, people, report_json):
    client, ana, cora = app.test_client(), people.token("ana"), people.token("cora", Scope.CASES)
    mistaken = KIOSK.replace("/ad/", "/other/")  # it claims kiosk.test, which is Bazaar's, and finds no number there
    directory_import.import_companies(read_text(mistaken))
    for number in (1, 2):
        answer = client.post(
            "/api/v1/reports",
            json=report_json(f"https://kiosk.test/ad/{number}"),
            headers=ana | {"Idempotency-Key": str(uuid.uuid4())},
        )
        assert answer.status_code == 201, answer.text

    def cases():
        items = client.get("/api/v1/cases", headers=cora).json["items"]
        return {case["listing"]["url"][-1]: case["company"] for case in items}

    assert cases() == {"1": "kiosk", "2": "kiosk"}
    sent = select(Listing.id).where(Listing.url.endswith("2"))
    db.session.execute(update(Case).where(Case.listing_id.in_(sent)).values(state="notified"))
    db.session.commit()
    corrected = mistaken.replace("kiosk.test, ", "") + KIOSK.replace("kiosk-shop.test", "bazaar.test").replace(
        "companies:\n", ""
    ).replace("slug: kiosk", "slug: bazaar")
    assert directory_import.import_companies(read_text(corrected))["rerouted"] == 2
    assert cases() == {"1": "bazaar", "2": "kiosk"}, "a notice that left stays with the company that got it"
    assert directory_import.import_companies(read_text(corrected))["rerouted"] == 0


def test_the_page_shows_what_needs_a_person_first(app, people, report_json):
    directory_import.import_companies(read_text(KIOSK))
    for url in ("https://nobody.test/ad/1", "https://kiosk.test/ad/7"):
        headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
        assert app.test_client().post("/api/v1/reports", json=report_json(url), headers=headers).status_code == 201
    with write() as session:
        store.mark_bounced(session, mercado(session).spocs[0].id, "spoc@mercado.test")
    page = people.browser("cora").get("/companies").text
    places = [page.index(f"<bdi>{name}</bdi>") for name in ("Kiosk", "Mercado", "Tradepost")]
    assert page.index("nobody.test") < min(places)
    assert places == sorted(places)
    assert "1 of 3 companies can be reached today" in page
    assert "spoc@mercado.test" in page


def test_the_page_finds_a_company_by_its_domain_and_pages_politely(app, people):
    cora = people.browser("cora")
    page = cora.get("/companies?q=TRADEPOST.test").text
    assert "<bdi>Tradepost</bdi>" in page
    assert "<bdi>Mercado</bdi>" not in page
    assert "Nothing matches" in cora.get("/companies?q=zebra").text
    assert cora.get("/companies?cursor=x").status_code == 422
    assert cora.get("/companies?tab=none").status_code == 200


@pytest.mark.parametrize(("key", "status"), [("cora", 200), ("ada", 200), ("ana", 403), ("mia", 403)])
def test_the_page_is_for_coordinators_and_administrators(people, key, status):
    assert people.browser(key).get("/companies").status_code == status


HIDDEN = "whsec_" + "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMgYXQgbGVhc3Q="
OTHER = "whsec_" + "YW5vdGhlciBvZiB0aGlydHktdHdvIGJ5dGVzIGF0IGxlYXN0"


def hooked(more, demo=False):
    text = f"companies:\n- slug: kiosk\n  name: Kiosk\n  spocs:\n  - name: Hook\n    channel: webhook\n    {more}\n"
    return schemas.read_file(text.encode(), demo=demo)["companies"][0]["spocs"][0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("webhook_url: http://kiosk.test/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*https://"),
        ("webhook_url: http://127.0.0.1/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*https://"),
        ("webhook_url: https://localhost/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*very machine"),
        ("webhook_url: https://kiosk.test/hook\n    webhook_secrets: [x]", "line 8, .*webhook_secrets.*24 to 64"),
        ("webhook_url: https://kiosk.test/hook\n    webhook_secrets: [whsec_QQ==]", "line 8, .*24 to 64"),
        ("webhook_url: https://kiosk.test/hook\n    webhook_secret: x", "line 5, .*24 to 64"),
        (
            "webhook_url: https://kiosk.test/hook\n    webhook_secrets:\n    - SECRET\n    - whsec_!",
            "line 10, .*24 to 64",
        ),
        (f"webhook_url: https://kiosk.test/hook\n    webhook_secrets: [{'A' * 48}]", "24 to 64"),
        ("webhook_url: https://kiosk.test/hook\n    webhook_secrets: [SECRET, SECRET]", "line 8, .*the same"),
        (f"webhook_url: https://kiosk.test/hook\n    webhook_secrets: [SECRET, {OTHER}, SECRET]", "line 8, "),
        ("webhook_url: https://kiosk.test/hook\n    webhook_secrets: []", "line 8, .*requires it"),
        ("webhook_url: https://kiosk.test/hook", "line 5, .*webhook_secrets.*requires it"),
    ],
)
def test_a_webhook_that_is_open_or_badly_kept_is_refused_with_its_line(more, told):
    with pytest.raises(Refused, match=told):
        hooked(more.replace("SECRET", HIDDEN))


def test_one_or_two_secrets_are_read_and_the_demo_may_call_this_very_machine():
    hook = "webhook_url: https://kiosk.test/hook\n    "
    assert hooked(f"{hook}webhook_secrets: [{HIDDEN}, {OTHER}]")["webhook_secrets"] == [HIDDEN, OTHER]
    assert hooked(f"{hook}webhook_secret: {HIDDEN}")["webhook_secrets"] == [HIDDEN], "as files had it before"
    here = f"webhook_url: http://127.0.0.1:8123/hook\n    webhook_secrets: [{HIDDEN}]"
    assert hooked(here, demo=True)["webhook_url"] == "http://127.0.0.1:8123/hook"


def test_a_webhooks_secret_is_shown_nowhere(app, people):
    hook = f"channel: webhook, webhook_url: 'https://kiosk.test/hook', webhook_secrets: [{HIDDEN}]"
    directory_import.import_companies(
        read_text(f"companies: [{{slug: kiosk, name: Kiosk, spocs: [{{name: Hook, {hook}}}]}}]")
    )
    assert HIDDEN not in people.browser("cora").get("/companies?q=kiosk").text
    with read_database() as session:
        assert HIDDEN not in repr(store.directory(session))
        assert session.scalar(select(Spoc.webhook_secrets).where(Spoc.name == "Hook")) == [HIDDEN]


# --- Numbers that come to mean something else ------------------------------------------------------------------------

PRODUCTS = r"""
companies:
  - slug: kiosk
    name: Kiosk
    platforms:
      - slug: kiosk
        name: Kiosk
        domains: [kiosk.test, kiosk.example]
        listing: '/dp/(?P<id>[A-Z0-9]{10})'
"""
SOLD_BY = r"""'/dp/(?P<id>[A-Z0-9]{10})(?:\?m=(?P<seller>[A-Z0-9]+))?'
        per_domain: true"""


def test_listings_are_known_by_what_their_own_address_says_once_the_directory_counts_otherwise(
    app, people, report_json
):
    client, ana = app.test_client(), people.token("ana")
    directory_import.import_companies(read_text(PRODUCTS))

    def report(url):
        headers = ana | {"Idempotency-Key": str(uuid.uuid4())}
        answer = client.post("/api/v1/reports", json=report_json(url), headers=headers)
        assert answer.status_code == 201, answer.text

    def keys():
        with read_database() as session:
            return sorted(session.scalars(select(Listing.key).where(Listing.key.like("%B07ZCN6W8H%"))))

    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER1")
    report("https://kiosk.example/dp/B07ZCN6W8H?m=SELLER2")
    assert keys() == ["kiosk:B07ZCN6W8H"]
    counting = read_text(PRODUCTS.replace(r"'/dp/(?P<id>[A-Z0-9]{10})'", SOLD_BY))
    directory_import.import_companies(counting)
    assert keys() == ["kiosk:kiosk.test:B07ZCN6W8H-SELLER1"]
    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER1")
    assert len(keys()) == 1, "the first report's case goes on"
    report("https://kiosk.example/dp/B07ZCN6W8H?m=SELLER2")
    report("https://kiosk.test/dp/B07ZCN6W8H?m=SELLER3")
    assert keys() == [
        "kiosk:kiosk.example:B07ZCN6W8H-SELLER2",
        "kiosk:kiosk.test:B07ZCN6W8H-SELLER1",
        "kiosk:kiosk.test:B07ZCN6W8H-SELLER3",
    ]
    directory_import.import_companies(counting)
    assert len(keys()) == 3


DESKS = """
companies:
  - slug: ebay
    name: eBay
    spocs:
      - {name: American desk, email: us@ebay.test, regions: [US]}
      - {name: European desk, email: eu@ebay.test, regions: [EU, GB]}
      - {name: Wildlife desk, email: wildlife@ebay.test}
"""


@pytest.mark.parametrize(
    ("url", "desk", "why"),
    [
        ("https://www.ebay.de/itm/265370482805", "European desk", "For this region: Germany."),
        ("https://www.ebay.co.uk/itm/265370482805", "European desk", "For this region: United Kingdom."),
        (
            "https://www.ebay.com.au/itm/265370482805",
            "Wildlife desk",
            "For everything that eBay has no other SPOC for.",
        ),
        ("https://www.ebay.com/itm/265370482805", "Wildlife desk", "For everything that eBay has no other SPOC for."),
    ],
)
def test_a_notice_goes_to_the_spoc_of_its_region_and_the_case_says_why(app, people, report_json, url, desk, why):
    for data in (schemas.read_file(SHIPPED.read_bytes()), read_text(DESKS)):
        directory_import.import_companies(data)
    client, cora = app.test_client(), people.token("cora", Scope.CASES)
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    assert client.post("/api/v1/reports", json=report_json(url), headers=headers).status_code == 201
    case = client.get("/api/v1/cases", headers=cora).json["items"][0]
    page = people.browser("cora").get(f"/cases/{case['id']}").text
    assert desk in page
    assert why in page
    decision = {
        "decision": "notify",
        "reason": "Carved tusk.",
        "version": case["version"],
        "category": "product",
        "taxa": [],
    }
    answer = client.post(f"/api/v1/cases/{case['id']}/decisions", json=decision, headers=cora)
    assert answer.status_code in (200, 201), answer.text
    with read_database() as session:
        spoc_id = session.scalars(select(Notice.spoc_id)).one()
        snapshot = session.scalars(select(CaseDecision.snapshot)).one()
        assert store.spoc(session, spoc_id).name == desk
    assert (snapshot["spoc"]["id"], snapshot["spoc"]["why"]) == (spoc_id, ["general" if "Wild" in desk else "region"])
