"""A companies file imported on a page: shown first, done as it was shown; addresses wait for a second person."""

import html
import io
import re
import threading
import time

import pytest
import yaml
from sqlalchemy import select, text

from server.core import work
from server.core.database import alone, read, write
from server.journeys.company import addresses, directory_import
from server.ledger.companies import exporting, schemas, store
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Company
from tests.address_stories import OLD, WHY, agree, now  # noqa: F401
from tests.directory_forms import audited, entry, spoc_of, words
from tests.story import mails

PAGE = "/companies/import"


WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")


def directory():
    with read() as session:
        return exporting.exported(session)


def one(slug="mercado"):
    return next(each for each in directory()["companies"] if each["slug"] == slug)


def check(who, *companies, why=WHY, text=None):
    content = (text or yaml.safe_dump({"companies": companies})).encode()
    return who.post(PAGE, data={"file": (io.BytesIO(content), "companies.yaml"), "why": why})


def form_of(answer):
    named = re.findall(r'<input type="hidden" name="(content|why|seen)" value="([^"]*)"', answer.text)
    return {name: html.unescape(value) for name, value in named}


def take(who, answer):
    return who.post(f"{PAGE}/take", data=form_of(answer))


def proposals():
    with read() as session:
        return list(
            session.scalars(select(AddressChange).where(AddressChange.source == "page").order_by(AddressChange.id))
        )


NEW = {
    "slug": "kaufhof", "name": "Kaufhof", "platforms": [{"slug": "kaufhof", "name": "Kaufhof", "domains": ["kaufhof.test"]}],
    "spocs": [{"name": "Trust desk", "email": "trust@kaufhof.test", "channel": "digest", "regions": ["DE"], "digest_hour": "6"}],
}  # fmt: skip


def test_what_a_file_would_do_is_shown_and_nothing_is_kept_until_it_is_imported(people, settings):
    ada, before = people.browser("ada"), directory()
    changed = one() | {"policy_url": "https://mercado.test/new"}
    shown = check(ada, changed, NEW)
    told = words(shown)
    assert shown.status_code == 200 and directory() == before and not proposals()
    assert (
        "1 company added, 1 company changed, 0 companies left as they are, 1 address proposed. Nothing is imported yet."
        in told
    )
    assert "Changed (policy)" in told and "Platform added: Kaufhof" in told and "kaufhof.test" in told
    done = take(ada, shown)
    assert "The directory is imported" in words(done), words(done)
    assert (
        entry("mercado")["policy_url"] == "https://mercado.test/new"
        and entry("kaufhof")["platforms"] == NEW["platforms"]
    )
    (change,) = proposals()
    assert (change.new_address, change.state, spoc_of("kaufhof")) == ("trust@kaufhof.test", "pending", None)
    assert ("company_updated", people.ids["ada"], {}) in audited("mercado")
    assert "Last import" in words(ada.get("/companies"))
    work.run_due()
    assert len(mails(settings, "trust@kaufhof.test")) == 1
    again = check(ada, changed, NEW)
    assert "The directory says all of this already." in words(again) and "These have been proposed already" in words(
        again
    )


def test_a_spoc_of_a_file_begins_with_what_the_file_says_it_is_for(people, settings, now):
    ada = people.browser("ada")
    take(ada, check(ada, NEW))
    (change,) = proposals()
    work.run_due()
    link = re.search(r"/contacts/\S+", mails(settings, "trust@kaufhof.test")[0].get_body(("plain",)).get_content())[0]
    people.app.test_client().post(link, data={"agrees": "1"})
    assert "for Germany" in words(people.browser("dan").get("/companies/kaufhof/contacts"))
    assert people.browser("dan").post(f"/companies/kaufhof/contacts/{change.id}/approve").status_code == 302
    now.shift(90_000)
    addresses.move_on()
    spoc = spoc_of("kaufhof")
    assert (spoc.email, spoc.regions, spoc.channel, spoc.digest_hour) == ("trust@kaufhof.test", ["DE"], "digest", 6)


def test_another_address_under_the_same_name_is_a_change_that_the_old_address_hears_of(people, settings):
    ada = people.browser("ada")
    file = one()
    file["spocs"][0] |= {"email": "wildlife@mercado.test", "languages": ["de"]}
    done = take(ada, check(ada, file))
    assert "1 address proposed" in words(done)
    (change,) = proposals()
    spoc = entry("mercado")["spocs"][0]
    assert (change.old_address, change.new_address, spoc["email"], spoc["languages"]) == (
        OLD, "wildlife@mercado.test", OLD, ["de"],
    )  # fmt: skip
    work.run_due()
    assert mails(settings, OLD) and mails(settings, "wildlife@mercado.test")


def test_on_the_command_line_addresses_count_at_once_as_before(people):
    file = one()
    file["spocs"].append({"name": "Otto", "email": "otto@mercado.test"})
    directory_import.import_companies(schemas.check({"companies": [file]}))
    assert len(entry("mercado")["spocs"]) == 2 and not proposals()


def test_a_change_meanwhile_that_makes_the_file_wrong_is_said_and_nothing_is_kept(people):
    ada = people.browser("ada")
    shown = check(ada, NEW)
    plaza = {
        "slug": "plaza",
        "name": "Plaza",
        "platforms": [{"slug": "plaza", "name": "P", "domains": ["kaufhof.test"]}],
    }
    directory_import.import_companies(schemas.check({"companies": [plaza]}))
    answer = take(ada, shown)
    assert answer.status_code == 422 and "claim the domain kaufhof.test" in words(answer)
    assert not proposals() and "kaufhof" not in {each["slug"] for each in directory()["companies"]}


def test_a_directory_that_has_changed_since_is_shown_again(people):
    ada = people.browser("ada")
    shown = check(ada, one() | {"policy_url": "https://mercado.test/new"})
    directory_import.import_companies(schemas.check({"companies": [one() | {"name": "Mercado Global"}]}))
    again = take(ada, shown)
    assert again.status_code == 409 and "The directory has changed since you looked." in words(again)
    assert entry("mercado")["name"] == "Mercado Global"
    assert "(name, policy)" in words(again)
    assert take(ada, again).status_code == 200 and entry("mercado")["policy_url"] == "https://mercado.test/new"


def test_an_import_waits_for_an_edit_that_is_being_saved(request, people):
    if not request.config.getoption("--postgresql"):
        pytest.skip("pytest --postgresql: SQLite has one writer")
    ada = people.browser("ada")
    shown, answers = check(ada, one() | {"policy_url": "https://mercado.test/new"}), []
    importing = threading.Thread(target=lambda: answers.append(take(ada, shown)))
    with write() as session:
        alone(session, store.DIRECTORY)
        company = session.scalars(select(Company).where(Company.slug == "mercado")).one()
        company.policy_url = "https://mercado.test/by-somebody-else"
        importing.start()
        while not session.scalar(WAITING):
            time.sleep(0.01)
    importing.join()
    assert answers[0].status_code == 409 and entry("mercado")["policy_url"] == "https://mercado.test/by-somebody-else"


@pytest.mark.parametrize(
    ("companies", "place", "told"),
    [
        ([NEW | {"slug": "Kauf Hof"}], "companies[0].slug", "A slug consists of"),
        ([NEW, NEW | {"slug": "plaza", "platforms": [], "spocs": [{"name": "A", "email": "cora@example.org"}]}], "companies[1].spocs[0].", ""),
        ([NEW | {"platforms": [{"slug": "mercado", "name": "M"}]}], "companies[0].platforms[0].slug", "belongs to a company"),
        ([NEW | {"name": "Kauf\x7fhof"}], "companies[0].name", "Enter one line of text."),
        ([NEW | {"name": "Kauf\x00hof"}], "companies[0].name", "Enter one line of text."),
        ([NEW | {"spocs": [{"name": f"Desk {n}", "email": f"d{n}@kaufhof.test"} for n in range(6)]}], "companies[0].spocs", "At most 5 new addresses"),
        ([NEW | {"spocs": [{"name": "Cora", "email": "c@kaufhof.test"}]}], "companies[0].spocs[0].name", "the name of somebody in the programme"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_by_line_and_nothing_is_kept(people, companies, place, told):
    before = directory()
    answer = check(people.browser("ada"), *companies)
    assert answer.status_code == 422 and place in answer.text and told in words(answer), words(answer)
    assert re.search(r"Line [1-9]", words(answer))
    assert directory() == before and not proposals()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [1", "This is not valid YAML"),
        ("", "Choose a file."),
        ("#" * 262_145, "larger than 256 KB"),
        ("[]", "starts with"),
        ("companies: [{slug: mercado, name: !!int ten}]", "is not read here"),
    ],
)
def test_a_file_that_is_no_companies_file_is_refused_at_its_field(people, text, told):
    answer = people.browser("ada").post(PAGE, data={"file": (io.BytesIO(text.encode()), "c.yaml"), "why": ""})
    assert answer.status_code == 422 and told in words(answer)


def test_new_addresses_need_a_word_on_where_they_come_from(people):
    answer = check(people.browser("ada"), NEW, why=" ")
    assert answer.status_code == 422 and "Say how you learned of it" in words(answer)
    quiet = check(people.browser("ada"), NEW | {"spocs": []}, why="")
    assert quiet.status_code == 200


def test_only_administrators_import_on_a_page(people):
    assert people.browser("cora").get(PAGE).status_code == 403
    assert people.browser("cora").post(f"{PAGE}/take", data={"content": "{}"}).status_code == 403
    assert "Import the directory" not in words(people.browser("cora").get("/companies"))


def test_an_address_that_the_channel_does_not_use_is_left_and_named(people):
    ada = people.browser("ada")
    file = one()
    file["spocs"][0] |= {"form_url": "https://mercado.test/form"}
    told = words(check(ada, file | {"policy_url": "https://mercado.test/new"}))
    assert "Left as they are" in told and "form_url" in told
    take(ada, check(ada, file | {"policy_url": "https://mercado.test/new"}))
    assert "form_url" not in entry("mercado")["spocs"][0] and not proposals()
