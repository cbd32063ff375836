"""Which company an address leads to, and which of its SPOCs a notice goes to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.urls import read
from server.core.words import Channel, Refused
from server.ledger.companies.routing import (
    Directory,
    Matter,
    PolicyClause,
    Reach,
    RoutedCompany,
    RoutedPlatform,
    RoutedSpoc,
    Why,
    choose,
    reach,
)


def platform(slug, **names):
    return RoutedPlatform(id=slug, slug=slug, name=slug, company=RoutedCompany("c", "c", "C"), **names)


DIRECTORY = Directory(
    platforms=(
        platform("ebay", domains=("ebay.com", "ebay.co.uk", "ebay.de")),
        platform("mercari-us", domains=("mercari.com",)),
        platform("mercari-jp", hosts=("jp.mercari.com", "mercari.com/jp", "www.mercari.com/jp")),
        platform("mercado", hosts=("mercado.localhost",)),
        platform("wrong", hosts=("127.0.0.1", "[::1]"), domains=("0.0.1",)),
    )
)


def test_a_company_is_known_by_its_slug_and_runs_its_own_platforms():
    mercado, plaza = RoutedCompany("1", "mercado", "Mercado"), RoutedCompany("2", "plaza", "Plaza")
    shops = [RoutedPlatform(id=slug, slug=slug, name=slug, company=company)
             for slug, company in (("a", mercado), ("b", plaza), ("c", mercado))]  # fmt: skip
    directory = Directory((mercado, plaza), tuple(shops))
    assert (directory.company("plaza"), directory.company("gone")) == (plaza, None)
    assert [shop.slug for shop in directory.platforms_of(mercado)] == ["a", "c"]


def route(text):
    platform = DIRECTORY.route(read(text))
    return platform.slug if platform else None


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("https://www.ebay.com/itm/1", "ebay"),
        ("https://ebay.com./itm/1", "ebay"),
        ("https://EBAY.CO.UK/", "ebay"),
        ("https://deep.er.still.ebay.de/", "ebay"),
        ("http://www.ebay.com:8080/", "ebay"),
        ("https://ebay。com/", "ebay"),
        ("https://mercari.com/us/item/m1", "mercari-us"),
        ("https://www.mercari.com/us/item/m1", "mercari-us"),
        ("https://jp.mercari.com/item/m1", "mercari-jp"),
        ("https://jp.mercari.com./item/m1", "mercari-jp"),
        ("https://shop.jp.mercari.com/item/m1", "mercari-us"),
        ("https://www.jp.mercari.com/item/m1", "mercari-us"),
        ("https://www.mercari.com/jp/items/m1/", "mercari-jp"),
        ("https://item.mercari.com/jp/m1/", "mercari-us"),
        ("https://mercari.com/jp", "mercari-jp"),
        ("https://mercari.com/jpx/items/m1", "mercari-us"),
        ("https://mercari.com/us/jp/m1", "mercari-us"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.ebay.de%2Fitm%2F1", "ebay"),
        ("https://www.google.co.uk/amp/s/jp.mercari.com/item/m1", "mercari-jp"),
        ("http://mercado.localhost:8000/itm/1", "mercado"),
    ],
)
def test_an_address_leads_to_the_platform_that_claims_its_host_or_domain(text, slug):
    assert route(text) == slug


@pytest.mark.parametrize(
    "text",
    [
        "http://ebay.com.evil.example/",
        "https://evilebay.com/",
        "https://ebay.com-evil.example/",
        "https://ebay.com.co/",
        "https://ebay.uk/",
        "https://co.uk/",
        "https://com/",
        "https://еbay.com/",  # Cyrillic е
        "https://ebaу.com/",  # Cyrillic у
        "https://ebɑy.com/",  # Latin alpha
        "https://xn--bay-qdd.com/",
        "http://127.0.0.1/itm/1",
        "http://127.1/itm/1",
        "http://[::1]/itm/1",
        "http://localhost/itm/1",
        "http://evil.localhost/",
        "http://mercado.localhost.evil.example/",
        "http://notmercado.localhost/",
        "http://www.mercado.localhost/",
        "https://notjp.mercari.com.evil.example/jp",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Febay.com.evil.example%2Fitm%2F1",
        "https://evil.example/l.php?u=https%3A%2F%2Fwww.ebay.de%2Fitm%2F1",
        "https://l.facebook.com/l.php?u=http%3A%2F%2F127.0.0.1%2Fitm%2F1",
    ],
)
def test_a_look_alike_or_an_ip_address_leads_nowhere(text):
    assert route(text) is None


LABELS = st.sampled_from(
    ["ebay", "com", "co", "uk", "de", "www", "jp", "mercari", "evil", "еbay", "mercado", "localhost"]
)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("https://shop.test/us/1", "world"),
        ("https://shop.test/de/1", "germany"),
        ("https://shop.test/de/auctions/1", "auctions"),
        ("https://shop.test/de/auctions", "auctions"),
    ],
)
def test_of_a_hosts_paths_the_longest_goes_first(text, slug):
    shops = (
        platform("world", hosts=("shop.test",)),
        platform("germany", hosts=("shop.test/de",)),
        platform("auctions", hosts=("shop.test/de/auctions",)),
    )
    for order in (shops, shops[::-1]):
        assert Directory(platforms=order).route(read(text)).slug == slug


@given(st.lists(LABELS, min_size=1, max_size=5))
def test_nothing_is_routed_that_no_platform_names(labels):
    try:
        address = read(f"https://{'.'.join(labels)}/")
    except Refused:
        return
    platform = DIRECTORY.route(address)
    if platform:
        assert address.host in platform.hosts or address.registrable_domain in platform.domains


def mail(name, **more):
    return RoutedSpoc(**{"id": name, "name": name, "channel": Channel.MAIL, "email": f"{name}@mercado.test"} | more)


def choice(*spocs, demo=False, **about):
    about["groups"] = frozenset(about.get("groups", ()))
    return choose(RoutedCompany("c", "c", "C", spocs=spocs), Matter(**about), demo=demo)


def chosen(*spocs, **about):
    spoc = choice(*spocs, **about).spoc
    return spoc.name if spoc else None


def test_the_most_recently_verified_spoc_is_chosen():
    old, new, never = (
        mail("old", verified_on=date(2025, 1, 1)),
        mail("new", verified_on=date(2026, 1, 1)),
        mail("never"),
    )
    assert chosen(never, old, new) == "new"
    assert chosen(never, old) == "old"
    assert chosen() is None


def test_a_bounced_spoc_is_passed_over():
    assert chosen(mail("mia", bounced=True, verified_on=date(2026, 1, 1)), mail("otto")) == "otto"
    assert chosen(mail("mia", bounced=True)) is None


@pytest.mark.parametrize(
    "email",
    ["a@example.com", "a@example.net", "a@sub.example.org", "a@Mercado.Example", "a@example", "a@", "a@b c.com"],
)
def test_an_address_that_is_nobodys_counts_only_in_the_demo(email):
    assert chosen(mail("mia", email=email)) is None
    assert chosen(mail("mia", email=email), demo=True) == "mia"


@pytest.mark.parametrize(
    "email", ["a@myexample.com", "a@example.com.mercado.test", "a@example.de", "a@mercado.localhost"]
)
def test_an_address_that_only_resembles_one_of_nobodys_counts(email):
    assert chosen(mail("mia", email=email)) == "mia"


def test_a_channel_counts_by_the_address_it_uses():
    assert chosen(RoutedSpoc("1", "form", Channel.FORM)) is None
    assert chosen(RoutedSpoc("1", "form", Channel.FORM, form_url="https://example.org/notice")) is None
    assert chosen(RoutedSpoc("1", "form", Channel.FORM, form_url="https://mercado.test/notice")) == "form"
    assert chosen(RoutedSpoc("1", "hook", Channel.WEBHOOK, email="a@mercado.test")) is None
    assert (
        chosen(RoutedSpoc("1", "hook", Channel.WEBHOOK, email="a@example.org", webhook_url="https://mercado.test/h"))
        == "hook"
    )
    assert chosen(RoutedSpoc("1", "portal", Channel.PORTAL)) == "portal"


def test_what_can_be_sent_goes_before_what_a_person_must_fill_in():
    form = RoutedSpoc("1", "form", Channel.FORM, form_url="https://mercado.test/notice", verified_on=date(2026, 11, 1))
    assert chosen(form, mail("mia")) == "mia"
    assert chosen(form, mail("mia", bounced=True)) == "form"
    assert form.by_hand
    assert not mail("mia").by_hand


def test_the_regions_own_spoc_goes_first_and_another_regions_never():
    eu, us, world = mail("eu", regions=("EU",)), mail("us", regions=("US",)), mail("world")
    assert chosen(world, us, eu, region="EU") == "eu"
    assert chosen(us, world, region="EU") == "world"
    assert chosen(us, region="EU") is None
    assert chosen(us, world) == "world"
    assert chosen(us) == "us"


def test_the_language_decides_between_equals():
    english, polish = mail("english", languages=("en",)), mail("polish", languages=("pl", "en"))
    assert chosen(english, polish, language="pl") == "polish"
    assert chosen(polish, english) == "english"


# Mercado's SPOCs, as a file might have them: what each is for.
DESKS = (
    mail("all"),
    mail("eu", regions=("EU",)),
    mail("germany", regions=("DE",), languages=("de",)),
    mail("britain", regions=("GB", "IE")),
    mail("birds", groups=("bird",)),
    mail("animals", groups=("mammal", "reptile")),
    mail("auctions", platforms=("mercado-auctions",)),
    mail("auctions-eu", platforms=("mercado-auctions",), regions=("EEA",)),
    mail("spanish", languages=("es-MX",)),
)


@pytest.mark.parametrize(
    ("about", "name", "why"),
    [
        ({}, "all", [Why.GENERAL]),
        ({"platform": "mercado"}, "all", [Why.GENERAL]),
        ({"region": "DE"}, "germany", [Why.REGION]),
        ({"region": "DE", "language": "de"}, "germany", [Why.REGION, Why.LANGUAGE]),
        ({"region": "FR"}, "eu", [Why.REGION]),
        ({"region": "EU"}, "eu", [Why.REGION]),
        ({"region": "IE"}, "britain", [Why.REGION]),
        ({"region": "US"}, "all", [Why.GENERAL]),
        ({"region": "NO"}, "all", [Why.GENERAL]),
        ({"groups": ["bird"]}, "birds", [Why.GROUP]),
        ({"groups": ["reptile"]}, "animals", [Why.GROUP]),
        ({"groups": ["mammal", "bird"]}, "all", [Why.GENERAL]),
        ({"groups": ["timber"]}, "all", [Why.GENERAL]),
        ({"region": "FR", "groups": ["bird"]}, "eu", [Why.REGION]),
        ({"region": "US", "groups": ["bird"]}, "birds", [Why.GROUP]),
        ({"platform": "mercado-auctions"}, "auctions", [Why.PLATFORM]),
        ({"platform": "mercado-auctions", "region": "NO"}, "auctions-eu", [Why.PLATFORM, Why.REGION]),
        ({"platform": "mercado-auctions", "region": "US"}, "auctions", [Why.PLATFORM]),
        ({"language": "es"}, "spanish", [Why.LANGUAGE]),
        ({"language": "de"}, "all", [Why.GENERAL]),
        ({"language": "sv", "region": "SE"}, "eu", [Why.REGION]),
    ],
)
def test_who_gets_which_notice_and_why(about, name, why):
    for spocs in (DESKS, DESKS[::-1]):
        found = choice(*spocs, **about)
        assert (found.spoc.name, list(found.why)) == (name, why)


@pytest.mark.parametrize(
    ("spocs", "about", "name", "why"),
    [
        ([mail("us", regions=("US",))], {"region": "DE"}, None, Why.ELSEWHERE),
        ([mail("birds", groups=("bird",))], {"groups": ["plant"]}, None, Why.ELSEWHERE),
        ([mail("taobao", platforms=("taobao",))], {"platform": "tmall"}, None, Why.ELSEWHERE),
        ([mail("us", regions=("US",))], {}, "us", Why.ONLY),
        ([mail("birds", groups=("bird",))], {}, "birds", Why.ONLY),
        ([mail("taobao", platforms=("taobao",))], {}, "taobao", Why.ONLY),
        ([mail("taobao", platforms=("taobao",))], {"platform": "taobao"}, "taobao", Why.ONLY),
        ([], {"region": "DE"}, None, Why.NO_SPOC),
        ([mail("mia", email="a@example.org")], {}, None, Why.NO_SPOC),
        ([mail("mia", bounced=True)], {}, None, Why.ALL_BOUNCED),
        ([mail("de", regions=("DE",), bounced=True), mail("us", regions=("US",))], {"region": "DE"}, None, Why.ALL_BOUNCED),
        ([mail("de", regions=("DE",)), mail("us", regions=("US",), bounced=True)], {"region": "FR"}, None, Why.ELSEWHERE),
        ([mail("de", regions=("DE",), bounced=True), mail("all")], {"region": "DE"}, "all", Why.ONLY),
    ],
)  # fmt: skip
def test_nobody_for_something_else_gets_a_notice_and_it_is_said_why_none_does(spocs, about, name, why):
    found = choice(*spocs, **about)
    assert (found.spoc and found.spoc.name, found.why[0]) == (name, why)


def test_the_choice_keeps_what_it_was_made_for():
    found = choice(*DESKS, region="US", groups=["bird"], language="en", platform="mercado")
    assert found.params == {"region": "US", "groups": ["bird"], "language": "en", "platform": "mercado"}


@pytest.mark.parametrize(
    ("text", "country", "region"),
    [
        ("https://www.ebay.de/itm/1", None, "DE"),
        ("https://www.ebay.co.uk/itm/1", None, "GB"),
        ("https://amzn.eu/d/1", None, "EU"),
        ("https://www.ebay.com/itm/1", None, None),
        ("https://www.mercari.com/us/item/m1", "US", "US"),
        ("https://t.me/s/x", None, None),
        ("https://a.co/d/1", None, None),
        ("https://youtu.be/x", None, None),
        ("https://10.0.0.1/", None, None),
        ("http://mercado.localhost/itm/1", None, None),
        ("https://xn--80ak6aa92e.com/", None, None),
    ],
)
def test_where_an_ad_is_as_far_as_its_address_tells(text, country, region):
    assert platform("p", country=country).region(read(text)) == region


def test_a_company_tells_whether_it_can_be_reached():
    def company(*spocs):
        return RoutedCompany("c", "mercado", "Mercado", spocs=spocs)

    form = RoutedSpoc("1", "form", Channel.FORM, form_url="https://mercado.test/notice")
    assert reach(company()) is Reach.NONE
    assert reach(company(mail("mia", email="a@example.org"))) is Reach.NONE
    assert reach(company(mail("mia", email="a@example.org")), demo=True) is Reach.REACHED
    assert reach(company(mail("mia", bounced=True))) is Reach.BOUNCED
    assert reach(company(mail("mia", bounced=True), form)) is Reach.BY_HAND
    assert reach(company(mail("mia"))) is Reach.REACHED


def test_a_search_opens_with_the_words_as_they_are():
    shop = platform("shop", search="https://shop.test/s?q={words}&sort=new")
    assert shop.search_for("elephant tusk & 50%") == "https://shop.test/s?q=elephant%20tusk%20%26%2050%25&sort=new"
    assert shop.search_for("象牙/🐘") == "https://shop.test/s?q=%E8%B1%A1%E7%89%99%2F%F0%9F%90%98&sort=new"
    assert platform("shop").search_for("ivory") is None


CLAUSES = (
    PolicyClause("Plants", groups=("plant",)),
    PolicyClause("All"),
    PolicyClause("Birds", groups=("bird", "reptile")),
    PolicyClause("Any other"),
)


@pytest.mark.parametrize(
    ("groups", "order"),
    [
        (["bird"], ["Birds", "All", "Any other", "Plants"]),
        (["plant", "mammal"], ["Plants", "All", "Any other", "Birds"]),
        (["plant", "reptile"], ["Plants", "Birds", "All", "Any other"]),
        ([], ["All", "Any other", "Plants", "Birds"]),
    ],
)
def test_the_clauses_on_these_species_come_first_and_those_on_others_last(groups, order):
    company = RoutedCompany("c", "c", "C", clauses=CLAUSES)
    assert [clause.reference for clause in company.clauses_for(groups)] == order


def test_a_clause_is_found_by_its_reference():
    company = RoutedCompany("c", "c", "C", clauses=CLAUSES)
    assert (company.clause("All"), company.clause("Birds"), company.clause("Sharks")) == (CLAUSES[1], CLAUSES[2], None)


@pytest.mark.parametrize(
    ("email", "demo", "mailable"),
    [
        ("mia@mercado.test", False, True), ("mia@example.org", False, False), ("mia@example.org", True, True),
        (None, False, False), (None, True, False), ("", True, False),
    ],
)  # fmt: skip
def test_mail_beside_a_channel_goes_to_somebody_s_address(email, demo, mailable):
    spoc = RoutedSpoc("1", "hook", Channel.WEBHOOK, email=email, webhook_url="https://mercado.test/h")
    assert spoc.mailable(demo) is mailable


def hook(name, **more):
    return RoutedSpoc(name, name, Channel.WEBHOOK, webhook_url="https://mercado.test/h", bounced=True, **more)


@pytest.mark.parametrize(
    ("spocs", "about", "name"),
    [
        ([hook("hook")], {}, "hook"),
        ([hook("us", regions=("US",)), hook("all")], {"region": "DE"}, "all"),
        ([hook("all"), hook("de", regions=("DE",))], {"region": "DE"}, "de"),  # the one that would have got it
        ([hook("us", regions=("US",))], {"region": "DE"}, None),
        ([mail("mia", bounced=True)], {}, None),  # a mail that came back is nobody's sign-in
        ([mail("mia", bounced=True), hook("hook")], {}, "hook"),
        ([], {}, None),
    ],
)
def test_where_a_webhook_is_closed_the_notice_waits_in_the_portal(spocs, about, name):
    company = RoutedCompany("c", "c", "C", spocs=tuple(spocs))
    waits = choose(company, Matter(**about), portal=True)
    assert (waits.spoc and (waits.spoc.name, waits.spoc.channel)) == (name and (name, Channel.PORTAL))
    assert (waits.why == (Why.PORTAL_STAYS,)) is bool(name)
    assert choose(company, Matter(**about)).spoc is None


@pytest.mark.parametrize(
    ("spocs", "about", "name"),
    [
        # Of species: for all of them, for any, for some; where none is known, for any
        ([mail("some", groups=("bird",)), mail("any")], {"groups": ["bird", "plant"]}, "any"),
        ([mail("some", groups=("bird",)), mail("whole", groups=("bird", "plant"))], {"groups": ["bird", "plant"]}, "whole"),
        ([mail("any"), mail("whole", groups=("bird", "plant"))], {"groups": ["bird", "plant"]}, "whole"),
        ([mail("a birds", groups=("bird",)), mail("b any")], {}, "b any"),
        ([mail("a de", regions=("DE",)), mail("b any")], {}, "b any"),
        ([mail("a birds", groups=("bird",)), mail("b plants", groups=("plant",))], {}, "a birds"),
        # What is said first decides: region before species, species before language, language before the date
        ([mail("de", regions=("DE",)), mail("birds", groups=("bird",))], {}, "birds"),
        ([mail("de", regions=("DE",)), mail("birds", groups=("bird",))], {"region": "DE", "groups": ["bird"]}, "de"),
        ([mail("fr", languages=("fr",)), mail("birds", groups=("bird",))], {"language": "fr", "groups": ["bird"]}, "birds"),
        ([mail("fr", languages=("fr",)), mail("new", verified_on=date(2026, 1, 1))], {"language": "fr"}, "fr"),
        ([mail("fr", languages=("fr",)), mail("new", verified_on=date(2026, 1, 1))], {}, "new"),
    ],
)  # fmt: skip
def test_which_of_several_goes_first(spocs, about, name):
    assert chosen(*spocs, **about) == chosen(*spocs[::-1], **about) == name
