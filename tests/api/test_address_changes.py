"""Another address for a SPOC, told by Ada, Cora and Dan: two people, proof, a warning to the old address, and a day."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from server.core import clock, post, work
from server.core.audit import AuditRow
from server.core.database import read, write
from server.core.words import Channel, Refused, Role
from server.journeys.company import addresses, directory_import
from server.journeys.report import replying
from server.journeys.spotter import joining
from server.ledger.companies import address_link, store
from server.ledger.companies.address_models import AddressChange, AddressWarning
from server.ledger.companies.models import Spoc
from server.ledger.companies.schemas import read_file
from server.ledger.notices.models import Notice
from server.people.accounts import second_person
from server.people.accounts.models import Account
from tests.address_stories import (  # noqa: F401 - the time
    NEW,
    OLD,
    PAGE,
    WHY,
    agree,
    approved,
    audited,
    change,
    link_in,
    mercado,
    now,
    plain,
    propose,
    shown,
)
from tests.conftest import companies_file
from tests.messages import at_work, message_of
from tests.story import mails, notify


def test_two_people_the_new_address_and_a_day_change_where_notices_go(people, settings, report_json, now):
    cora, dan = people.browser("cora"), people.browser("dan")
    assert propose(cora).headers["Location"] == PAGE
    page = shown(cora)
    assert f"from {OLD} to {NEW}" in page and "to confirm" in page and f"we go on writing to {OLD}" in page
    assert WHY in page and "has not been sent yet" in page
    work.run_due()
    warned, asked = mails(settings, OLD)[0], mails(settings, NEW)[0]
    assert NEW in plain(warned) and "It is not in force yet" in plain(warned) and "you can stop it" in plain(warned)
    assert "Mercado" in plain(asked) and OLD not in plain(asked), "a stranger learns nothing of the old address"
    assert not any(name in plain(mail) for mail in (warned, asked) for name in ("Cora", "Dan")), (
        "the desk stays unnamed"
    )
    assert f"{OLD} was told about it and how to stop it." in shown(cora)

    reader = people.app.test_client()
    page = reader.get(link_in(asked)).text
    assert "Yes, send notices" in page and NEW in page and OLD not in page, "nor on the page behind its link"
    assert OLD in reader.get(link_in(warned)).text
    assert change().state == "pending", "a scanner that opens the link has confirmed nothing"
    thanks = reader.post(link_in(asked), data={"agrees": "1"}, follow_redirects=True).text
    assert "Confirmed. Thank you." in thanks
    assert change().state == "proven" and "a second person approves or rejects it" in reader.get(link_in(asked)).text
    assert "New addresses of SPOCs wait for a second person" in dan.get("/attention").text

    assert ">Approve<" not in cora.get(PAGE).text and "These can approve it: Ada and Dan." in shown(cora)
    assert "You can approve it." in shown(dan)
    dan.post(f"{PAGE}/{change().id}/approve")
    assert change().state == "approved" and "Takes effect" in shown(cora)
    now.shift(timedelta(hours=23, minutes=59))
    addresses.move_on()
    assert mercado().email == OLD
    notify(people, report_json())
    work.run_due()
    assert len(mails(settings, OLD)) == 2, "until it is in force, notices go to the old address"
    now.shift(timedelta(minutes=2))
    addresses.move_on()
    spoc = mercado()
    assert (spoc.email, spoc.bounced_at, spoc.verified_on) == (NEW, None, clock.now().date())
    assert "In force." in shown(cora) and "Pending changes" not in shown(cora)
    notify(people, report_json("https://mercado.test/itm/grey-parrot/265370482806"))
    work.run_due()
    assert len(mails(settings, OLD)) == 2 and len(mails(settings, NEW)) == 2
    assert audited() == [f"spoc_address_{step}" for step in ("proposed", "proven", "approved", "in_force")]
    history = cora.get("/companies/mercado/history").text
    assert len(re.findall(r"New address of a SPOC \w+.*?Trust and Safety", history)) == 4, "each says whose address"
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action.startswith("spoc_address")))
        assert not any("@" in str(row.detail) for row in rows)


def test_the_page_says_which_steps_are_done_and_which_wait_and_from_when_it_counts(people, settings, now):
    cora, dan = people.browser("cora"), people.browser("dan")
    proof, second = f"Waiting: {NEW} confirms it by the link in our email.", "Waiting: a second person approves it."
    day = "Waiting: one day in which the company’s contacts can stop it."

    def counts_from():
        return re.search(r'Counts from <time datetime="([^"]+)"', cora.get(PAGE).text)[1]

    propose(cora)
    work.run_due()
    assert all(step in shown(cora) for step in (proof, second, day))
    assert counts_from() == (clock.now() + timedelta(days=1)).isoformat()
    agree(people, settings)
    now.shift(timedelta(hours=5))
    page = shown(cora)
    assert proof not in page and f"{NEW} confirmed it." in page and second in page and day in page
    assert counts_from() == (clock.now() + timedelta(days=1)).isoformat(), "if somebody approves it now"
    dan.post(f"{PAGE}/{change().id}/approve")
    page = shown(cora)
    assert second not in page and "Approved by Dan." in page and day in page
    assert counts_from() == change().earliest_at.isoformat()
    dan.post(f"{PAGE}/{change().id}/refuse")
    assert "Waiting: " not in shown(cora) and "Counts from" not in shown(cora)


@pytest.mark.parametrize("proposer", ["cora", "ada"])
def test_whoever_proposed_it_cannot_approve_it(people, settings, proposer):
    who = people.browser(proposer)
    propose(who)
    agree(people, settings)
    page = who.post(f"{PAGE}/{change().id}/approve", follow_redirects=True).text
    assert "You proposed this change" in page and change().state == "proven"
    with pytest.raises(IntegrityError), write() as session:  # nor does the database let anybody
        session.execute(update(AddressChange).values(
            state="approved", approved_by_id=AddressChange.proposed_by_id, approved_at=clock.now(), earliest_at=clock.now()
        ))  # fmt: skip


def test_the_database_lets_none_in_force_before_its_time(people, settings, now):
    approved(people, settings)
    with pytest.raises(IntegrityError), write() as session:
        session.execute(update(AddressChange).values(state="in_force", in_force_at=clock.now()))
    with pytest.raises(IntegrityError), write() as session:
        session.execute(update(AddressChange).values(state="in_force", in_force_at=clock.now(), earliest_at=None))


def test_what_was_not_confirmed_is_not_approved(people):
    propose(people.browser("cora"))
    page = people.browser("dan").post(f"{PAGE}/{change().id}/approve", follow_redirects=True).text
    assert "has moved on meanwhile" in page and change().state == "pending"
    with pytest.raises(IntegrityError), write() as session:
        session.execute(text("UPDATE address_changes SET approved_by_id = 'x', approved_at = '2026-01-01'"))


def test_an_account_that_was_just_opened_is_no_second_person(people, settings):
    """Ada opens a second account for herself."""
    propose(people.browser("ada"))
    agree(people, settings)
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["dan"]).values(invited_by_id=people.ids["ada"]))
    dan = people.browser("dan")
    assert "You can approve it" not in shown(dan)
    assert (
        "opened, or given its role, in the last 30 days"
        in dan.post(f"{PAGE}/{change().id}/approve", follow_redirects=True).text
    )
    assert change().state == "proven"


def test_nobody_but_the_desk_comes_near(people):
    for who in ("ana", "mia"):
        assert people.browser(who).get(PAGE).status_code == 403
        assert propose(people.browser(who)).status_code == 403
    with pytest.raises(Refused):
        addresses.propose(
            mercado().company_id, mercado().id, "", addresses.NewAddress(Channel.MAIL, NEW), WHY, people.ids["mia"]
        )


def test_what_comes_back_says_nothing_of_an_address_that_was_put_in_force_meanwhile(people):
    with write() as session:
        spoc = session.get_one(Spoc, mercado().id)
        change_it = update(Spoc).where(Spoc.id == spoc.id).values(email=NEW)
        session.execute(change_it.execution_options(synchronize_session=False))
        assert spoc.email == OLD, "as it was read before"
        store.mark_bounced(session, spoc.id, OLD)
    assert mercado().bounced_at is None


def test_who_is_given_a_role_in_an_account_that_lay_there_is_new(people, settings):
    """Ada has typed her second address where one asks to join, a month ago."""
    joining.ask("ada2@people.test", "Ada")
    work.run_due()
    with write() as session:
        session.execute(
            update(Account)
            .where(Account.email == "ada2@people.test")
            .values(created_at=clock.now() - timedelta(days=60))
        )
    joining.add_staff("ada2@people.test", "Adam", Role.COORDINATOR, people.ids["ada"])
    with read() as session:
        adam = session.scalars(select(Account).where(Account.email == "ada2@people.test")).one()
    assert adam.role == "coordinator" and second_person.is_new(adam.invited_by_id, adam.created_at, clock.now())


def test_a_company_without_any_address_still_needs_two_people_proof_and_a_day(people, settings, now):
    with write() as session:
        session.execute(update(Spoc).where(Spoc.id == mercado().id).values(retired_at=clock.now()))
        store.new_version(session)
    cora, dan = people.browser("cora"), people.browser("dan")
    assert "Enter a name on one line" in propose(cora, spoc_id="").text
    assert propose(cora, spoc_id="", name="Wildlife desk").status_code == 302
    assert f"no notice goes to {NEW}" in shown(cora)
    agree(people, settings)
    assert not mails(settings, OLD), "it is no contact any more"
    assert "You proposed" in cora.post(f"{PAGE}/{change().id}/approve", follow_redirects=True).text
    dan.post(f"{PAGE}/{change().id}/approve")
    now.shift(timedelta(days=1, seconds=1))
    addresses.move_on()
    with read() as session:
        [added] = [row for row in store.by_slug(session, "mercado").spocs if not row.retired_at]
        assert (added.name, added.email, added.channel) == ("Wildlife desk", NEW, "mail")
    assert change().spoc_id == added.id and "Wildlife desk: new" in shown(cora)


def test_the_contacts_that_are_there_are_told_of_one_that_is_added(people, settings):
    propose(people.browser("cora"), spoc_id="", name="Wildlife desk")
    work.run_due()
    assert "We have been asked to add another contact" in plain(mails(settings, OLD)[0])


def test_what_cannot_be_is_said_at_its_field(people):
    cora = people.browser("cora")
    for form, words in (
        ({"address": "nobody"}, "Enter a valid email address."), ({"address": OLD.upper()}, "has this address already"),
        ({"address": "ana@people.test"}, "Somebody in the programme has this address"), ({"why": " "}, "Say how you learned of it"),
        ({"address": "spoc@example.org"}, "This is a placeholder address"),
    ):  # fmt: skip
        answer = propose(cora, **form)
        assert answer.status_code == 422 and words in answer.text, form
    assert propose(cora, spoc_id="f" * 32).status_code == 404
    assert propose(cora).status_code == 302
    assert "Another change is pending" in propose(cora, address="other@mercado.test").text


@pytest.mark.parametrize("slip", [{"address": "nobody"}, {"address": ""}])
def test_all_that_is_wrong_with_a_proposal_is_said_at_once(people, slip):
    page = propose(people.browser("cora"), spoc_id="", name="Cora", why=" ", **slip)
    assert page.status_code == 422
    assert all(f'id="{field}-error"' in page.text for field in ("name", "address", "why")), page.text


def test_an_import_counts_at_once_and_stands_in_the_history_as_such(people, settings):
    cora = people.browser("cora")
    approved(people, settings)
    file = companies_file().replace(OLD.encode(), b"import@mercado.test")
    directory_import.import_companies(read_file(file), replace=True)
    assert {row.email for row in _spocs()} == {"import@mercado.test"}
    page = shown(cora)
    assert "import@mercado.test" in page and "By a companies file (companies import), in force immediately." in page
    assert f"{OLD} is removed" in page
    assert (change().state, change().ended) == (
        "lapsed",
        "directory",
    ) and "this SPOC was changed in another way meanwhile" in page


def test_one_who_lost_their_rights_meanwhile_changes_no_address(people, settings, now):
    approved(people, settings)
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["dan"]).values(disabled_at=clock.now()))
    now.shift(timedelta(days=1))
    addresses.move_on()
    assert change().ended == "rights" and mercado().email == OLD


def test_the_import_revives_nobody_while_another_has_the_address(people, settings, now):
    """Mercado had a SPOC at the new address once: a file that names it means the one who has it now."""
    with write() as session:
        old = mercado()
        session.add(
            Spoc(
                company_id=old.company_id,
                name="Gone",
                channel="mail",
                email=NEW,
                regions=[],
                languages=[],
                retired_at=clock.now(),
            )
        )
    approved(people, settings)
    now.shift(timedelta(days=1))
    addresses.move_on()
    directory_import.import_companies(read_file(companies_file().replace(OLD.encode(), NEW.encode())))
    assert [row.name for row in _spocs()] == ["Trust and Safety"]


def test_what_comes_back_from_the_old_address_says_nothing_of_the_new_one(people, report_json, monkeypatch):
    notice_id = notify(people, report_json())
    assert message_of(notice_id).address == OLD
    with write() as session:
        session.execute(update(Spoc).where(Spoc.id == mercado().id).values(email=NEW))
        store.new_version(session)
    send = post.send

    def refusing(to, *arguments, **options):
        if to == OLD:
            raise post.AddressRefused("550 no such user")
        send(to, *arguments, **options)

    monkeypatch.setattr(post, "send", refusing)
    work.run_due()
    assert mercado().email == NEW and mercado().bounced_at is None


def test_a_link_that_we_never_made_opens_nothing(people):
    people.app.config["WTF_CSRF_ENABLED"], reader = False, people.app.test_client()
    assert reader.get("/contacts/forged").status_code == 404 and reader.post("/contacts/forged").status_code == 404
    assert reader.get("/contacts/" + address_link.make("f" * 32, "new")).status_code == 404


def _spocs() -> list[Spoc]:
    with read() as session:
        return [row for row in store.by_slug(session, "mercado").spocs if not row.retired_at]


def test_every_contact_of_the_company_is_told(people, settings):
    """Whose address changes is dead: those who are left can say no."""
    with write() as session:
        spoc = session.get_one(Spoc, mercado().id)
        spoc.bounced_at = clock.now()
        for email in ("desk@mercado.test", "nobody@example.org"):
            session.add(Spoc(
                company_id=spoc.company_id, name="Desk", channel="mail", email=email, regions=[], languages=[]
            ))  # fmt: skip
    propose(people.browser("cora"))
    work.run_due()
    with read() as session:
        told = set(session.scalars(select(AddressWarning.email)))
    assert told == {OLD, "desk@mercado.test", "mia@people.test"}, "Mia manages the team"
    assert "We have been asked to change one of the addresses we use" in plain(mails(settings, "desk@mercado.test")[0])


def test_the_managers_are_told_only_where_mail_does_not_reach_a_contact(people):
    propose(people.browser("cora"))
    with read() as session:
        assert list(session.scalars(select(AddressWarning.email))) == [OLD]


def test_whose_account_is_new_proposes_nothing(people):
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["cora"]).values(invited_by_id=people.ids["ada"]))
    cora = people.browser("cora")
    assert "Ask somebody else to propose this." in shown(cora) and 'name="spoc_id"' not in cora.get(PAGE).text
    answer = propose(cora)
    assert answer.status_code == 422
    with read() as session:
        assert not session.scalars(select(AddressChange).where(AddressChange.source == "page")).all()


def test_nobody_is_offered_the_change_of_one_who_left(people, settings):
    propose(people.browser("cora"))
    agree(people, settings)
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["cora"]).values(disabled_at=clock.now()))
    dan = people.browser("dan")
    page = shown(dan)
    assert "You can approve it" not in page and ">Approve<" not in dan.get(PAGE).text
    assert "The person who proposed this no longer has the right to." in page


@pytest.mark.parametrize("channel", ["webhook", "form"])
def test_a_contact_that_has_another_channel_meanwhile_keeps_it(people, settings, channel, now):
    """Else a closed webhook would count as open again because its mail address changed."""
    approved(people, settings)
    with write() as session:
        session.execute(update(Spoc).where(Spoc.id == mercado().id).values(
            channel=channel, webhook_url="https://mercado.test/hook", form_url="https://mercado.test/form",
            bounced_at=clock.now(),
        ))  # fmt: skip
    now.shift(timedelta(days=1, minutes=1))
    addresses.move_on()
    assert change().ended == "directory" and mercado().bounced_at is not None and mercado().email == OLD


def test_five_changes_a_day_are_proposed_for_a_company(people, now):
    cora = people.browser("cora")
    for n in range(5):
        assert propose(cora, address=f"w{n}@mercado.test").status_code == 302
        with read() as session:
            newest = session.scalars(select(AddressChange.id).order_by(AddressChange.id.desc())).first()
        cora.post(f"{PAGE}/{newest}/refuse")
    answer = propose(cora)
    assert answer.status_code == 422 and "5 changes were proposed for this company" in answer.text
    now.shift(timedelta(hours=24, seconds=1))
    assert propose(people.browser("cora")).status_code == 302


@pytest.mark.parametrize("name", ["Cora", "Cora’s desk", "ana@people.test", "cora@people.test"])
def test_the_name_of_a_contact_names_nobody_of_the_programme(people, name):
    answer = propose(people.browser("cora"), spoc_id="", name=name)
    assert answer.status_code == 422 and "somebody in the programme" in answer.text


@pytest.mark.parametrize("event", ["reminded", "replied", "withdrawn"])
def test_what_follows_a_notice_goes_to_the_address_in_force(people, settings, report_json, event):
    notice_id = notify(people, report_json())
    work.run_due()
    assert len(mails(settings, OLD)) == 1
    with write() as session:
        session.execute(update(Spoc).where(Spoc.id == mercado().id).values(email=NEW))
        store.new_version(session)
    if event == "replied":
        replying.reply_to_company(notice_id, people.ids["cora"], "Please look once more.")
    else:
        with write() as session:
            if event == "withdrawn":
                session.get_one(Notice, notice_id).withdrawn_at = clock.now()
            work.enqueue(session, "remind_notice" if event == "reminded" else "take_back_notice", notice_id)
    with time_machine.travel(at_work(timedelta(days=7))):
        work.run_due()
    assert len(mails(settings, OLD)) == 1
    [mail] = mails(settings, NEW)
    assert mail["In-Reply-To"] == mails(settings, OLD)[0]["Message-ID"]
