"""The companies file: taken in, taken in again, changed, exported, and what it takes away."""

from copy import deepcopy
from datetime import date

import pytest
from sqlalchemy import func, select

from server.commands.companies import SHIPPED
from server.core import clock
from server.core.audit import AuditRow
from server.core.urls import read
from server.core.words import Channel, Refused, Role
from server.ledger.companies import exporting, importing, schemas, store
from server.ledger.companies.left_out import left_out
from server.ledger.companies.models import Platform, PlatformName, Spoc
from server.ledger.companies.routing import choose
from server.people.accounts import store as accounts
from tests.companies_file import (  # noqa: F401
    BARE,
    HIDDEN,
    MERCADO,
    data,
    mercado,
    numbers,
    place,
    read_text,
    route,
    session,
    take_in,
)


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
    assert route(session, "https://plaza.test/Mercado/itm/1") == "mercado"
    assert route(session, "https://plaza.test/Mercado") == "mercado"
    assert route(session, "https://plaza.test/mercado/itm/1") is None
    assert route(session, "https://plaza.test/Mercados") is None


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
        for each in order:
            take_in(session, each)
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
    with pytest.raises(Refused, match="for the platform tradepost, which Mercado does not run"):
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


def test_what_is_exported_is_read_back_though_a_spoc_is_for_a_platform_that_has_moved(session, data):
    data["companies"][0]["spocs"][0]["platforms"] = ["mercado"]
    take_in(session, data)
    moved = {"slug": "mercado", "name": "Mercado"}
    others = [{"slug": "mercado", "name": "Mercado"}, {"slug": "tradepost", "name": "Tradepost", "platforms": [moved]}]
    take_in(session, schemas.check({"companies": others}))
    again = read_text(exporting.as_yaml(exporting.exported(session)))
    assert take_in(session, again) == numbers(unchanged=2)
    assert take_in(session, again, replace=True) == numbers(unchanged=2)


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
