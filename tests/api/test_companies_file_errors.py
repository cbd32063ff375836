"""A companies file that is wrong: refused, with the place and what is wrong with it."""

import pytest
import time_machine
from sqlalchemy import select

from server.core.database import read as read_database
from server.core.words import Refused
from server.journeys.company import directory_import
from server.ledger.companies import schemas, store
from server.ledger.companies.models import Spoc
from tests.companies_file import BOMB, HIDDEN, data, place, read_text  # noqa: F401


@pytest.mark.parametrize(
    "host", ["plaza.test/", "plaza.test/a?b", "plaza.test/a//b", "plaza.test/a/../b", "127.0.0.1/a"]
)
def test_a_path_that_is_not_whole_parts_is_refused(data, host):
    data["companies"][0]["platforms"][0]["hosts"] = [host]
    with pytest.raises(Refused):
        schemas.check(data)


SEARCH = "companies[0].platforms[0].search"


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
        (place("languages: [no]", "languages: [Norwegian]"), "companies[0].spocs[0].languages[0]", "codes such as"),
        (place("[NO, EU]", "[Europe]"), "companies[0].spocs[0].regions[0]", "There is no region"),
        (place("[NO, EU]", "[]\n        groups: [birds]"), "companies[0].spocs[0].groups[0]", "Must be one of"),
        (
            place("        monitoring", "        country: EU\n        monitoring"),
            "companies[0].platforms[0].country",
            "one two-letter country code",
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


@pytest.mark.parametrize(
    ("before", "where"),
    [
        ("languages: [no]\n        verified: ", "companies[0].spocs[0].verified"),
        ("agreed_by: Mia, date: ", "companies[0].platforms[0].monitoring.date"),
    ],
)
@time_machine.travel("2026-11-24T09:59:00Z", tick=False)
def test_a_day_that_has_begun_nowhere_is_refused(before, where):
    """An agreement to come would be acted on now, and a SPOC verified in a year would be asked last and chosen first."""
    assert read_text(place(f"{before}2026-11-01", f"{before}2026-11-24"))
    with time_machine.travel("2026-11-24T10:00:00Z", tick=False):
        assert read_text(place(f"{before}2026-11-01", f"{before}2026-11-25"))
    with pytest.raises(Refused) as refusal:
        read_text(place(f"{before}2026-11-01", f"{before}2026-11-25"))
    assert refusal.value.errors == {where: ["This day is in the future."]}


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


OTHER = "whsec_" + "YW5vdGhlciBvZiB0aGlydHktdHdvIGJ5dGVzIGF0IGxlYXN0"


def hooked(more, demo=False):
    text = f"companies:\n- slug: kiosk\n  name: Kiosk\n  spocs:\n  - name: Hook\n    channel: webhook\n    {more}\n"
    return schemas.read_file(text.encode(), demo=demo)["companies"][0]["spocs"][0]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("webhook_url: http://kiosk.test/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*https://"),
        ("webhook_url: http://127.0.0.1/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*https://"),
        ("webhook_url: https://localhost/hook\n    webhook_secrets: [SECRET]", "line 7, .*webhook_url.*machine itself"),
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
