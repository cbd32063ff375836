"""The second factor: set up, asked for at every way in, used once, lost and given back by two people."""

import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select, text

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, read, write
from server.core.words import Refused, Role
from server.journeys.spotter import closing, erasing, factor_reset, joining
from server.people.accounts import store as accounts
from server.people.accounts.factor_models import RecoveryCode, SecondFactor
from server.people.accounts.models import Account
from tests.authenticator import App, give_password, learn, recovery_codes, set_up
from tests.conftest import PASSWORD, People, settings_for
from tests.story import mails

ADA, ANA = "ada@people.test", "ana@people.test"


@pytest.fixture(autouse=True)
def _unguarded(app):
    app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture
def travel():
    """The clock stands still, and is moved by hand."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def ada(people: People, travel):
    """Ada's browser, her app and her recovery codes; half a minute later, when the app shows another code."""
    browser = people.browser("ada")
    app, codes = set_up(browser)
    travel.shift(30)
    return browser, app, codes


def token(page):
    """The forgery token of a page's forms."""
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]


def answer(browser, code, **more):
    return browser.post("/sign-in/code", data={"code": code}, **more)


def audited():
    with read() as session:
        return [row.action for row in session.scalars(select(AuditRow).order_by(AuditRow.seq))]


def test_ada_signs_in_with_her_password_and_a_code(people: People, ada):
    _, app, _ = ada
    browser = people.app.test_client()
    give_password(browser, ADA, next="/people")
    assert "authenticator app" in browser.get("/sign-in/code").text
    assert answer(browser, "000000").status_code == 422
    entered = answer(browser, app.code())
    assert (entered.status_code, entered.location) == (302, "/people")
    assert browser.get("/people").status_code == 200


def test_between_password_and_code_nothing_else_opens(people: People, ada):
    """Every page that asks who one is, and every form: the challenge is nobody."""
    browser = people.app.test_client()
    give_password(browser, ADA)
    for rule in people.app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.arguments or rule.endpoint.startswith(("static", "site", "training")):
            continue
        page = browser.get(rule.rule)
        if rule.rule.startswith("/api/"):
            assert page.status_code in (200, 401, 404, 400), rule.rule
        elif page.status_code == 200:
            assert "Sign out" not in page.text, rule.rule
    assert browser.get("/profile").location.startswith("/sign-in?")
    assert browser.post("/profile/sessions/end").status_code == 403
    assert browser.post("/device/approve", data={"user_code": "BCDF-GHJK", "decision": "approve"}).status_code == 403


def test_a_code_is_used_once_also_within_its_half_minute(people: People, ada, travel):
    _, app, _ = ada
    code = app.code()
    first, second = people.app.test_client(), people.app.test_client()
    give_password(first, ADA)
    give_password(second, ADA)
    assert answer(first, code).status_code == 302
    refused = answer(second, code)
    assert refused.status_code == 422 and "already used" in refused.text
    travel.shift(30)
    assert answer(second, code).status_code == 422, "nor half a minute later, when it would still count"
    assert answer(second, app.code()).status_code == 302


def test_the_code_that_set_it_up_signs_nobody_in(people: People, travel):
    app, _ = set_up(people.browser("ada"))
    browser = people.app.test_client()
    give_password(browser, ADA)
    assert answer(browser, app.code()).status_code == 422


def test_a_recovery_code_works_once_and_a_new_set_ends_the_old(people: People, ada, travel):
    own, app, codes = ada
    assert len(codes) == len(set(codes)) == 10
    for code, status in ((codes[0].lower().replace("-", " "), 302), (codes[0], 422), (codes[1], 302)):
        browser = people.app.test_client()
        give_password(browser, ADA)
        assert answer(browser, code).status_code == status, code
    assert "8 recovery codes are left" in own.get("/profile/second-factor").text
    assert own.post("/profile/second-factor/codes", data={"codes-code": "123456"}).status_code == 422
    fresh = recovery_codes(own.post("/profile/second-factor/codes", data={"codes-code": app.code()}).text)
    assert len(fresh) == 10 and not set(fresh) & set(codes)
    browser = people.app.test_client()
    give_password(browser, ADA)
    assert answer(browser, codes[2]).status_code == 422
    assert answer(browser, fresh[0]).status_code == 302
    assert "recovery_code_used" in audited()


def test_who_signs_in_with_a_recovery_code_is_told_by_mail(people: People, ada, work_all, settings):
    _, app, codes = ada
    for code in (app.code(), codes[0]):
        browser = people.app.test_client()
        give_password(browser, ADA)
        assert answer(browser, code).status_code == 302
    work_all()
    subjects = [mail["Subject"] for mail in mails(settings, ADA)]
    assert subjects.count("A recovery code was used to sign in") == 1


def test_wrong_codes_cost_waits_that_no_right_password_forgives(people: People, ada, travel):
    _, app, _ = ada
    browser = people.app.test_client()
    for _ in range(5):
        give_password(browser, ADA)
        assert answer(browser, "000000").status_code == 422
    give_password(browser, ADA)
    held = answer(browser, app.code())
    assert held.status_code == 429 and int(held.headers["Retry-After"]) == 60
    elsewhere = {"environ_base": {"REMOTE_ADDR": "203.0.113.9"}}
    assert answer(browser, app.code(), **elsewhere).status_code == 429, "from another network, too"
    travel.shift(60)
    assert answer(browser, app.code()).status_code == 302


def test_a_network_that_guesses_at_many_accounts_waits(people: People, travel):
    for key in ("ada", "cora", "dan", "mia", "ana", "ben"):
        set_up(people.browser(key))
    for key in ("ada", "cora", "dan", "mia", "ana", "ben"):
        browser = people.app.test_client()
        give_password(browser, f"{key}@people.test")
        statuses = [answer(browser, "000000").status_code for _ in range(4)]
    assert statuses[-1] == 429


def test_a_challenge_ends_after_ten_minutes(people: People, ada, travel):
    _, app, _ = ada
    browser = people.app.test_client()
    give_password(browser, ADA)
    travel.shift(timedelta(minutes=10))
    assert answer(browser, app.code()).status_code == 410
    gone = browser.get("/sign-in/code")
    assert gone.status_code == 410 and 'href="/sign-in"' in gone.text


def test_links_by_mail_ask_for_the_code_and_a_new_password_leaves_the_factor(people: People, ada, work_all, settings):
    _, app, _ = ada
    people.app.test_client().post("/sign-in/link", data={"email": ADA})
    people.app.test_client().post("/forgotten", data={"email": ADA})
    work_all()
    texts = "".join(mail.get_body(("plain",)).get_content() for mail in mails(settings, ADA))
    by_link, reset = people.app.test_client(), people.app.test_client()
    assert by_link.post(re.search(r"/sign-in/link/[\w-]+", texts)[0]).location == "/sign-in/code"
    assert by_link.get("/people").status_code == 302
    chosen = reset.post(re.search(r"/join/[\w.-]+", texts)[0], data={"password": "another long one"})
    assert chosen.location == "/sign-in/code" and reset.get("/people").status_code == 302
    assert answer(by_link, app.code()).status_code == 410, "the new password ended what was under way"
    assert answer(reset, app.code()).status_code == 302


def test_sessions_from_before_end_devices_stay_and_none_is_paired_without_the_code(people: People, travel):
    before, phone = people.browser("ana"), people.token("ana")
    code = people.app.test_client().post(
        "/api/v1/device/authorize", data={"client_id": "cyber-spotter-extension"}
    ).json["user_code"]  # fmt: skip
    here = people.browser("ana")
    set_up(here)
    assert here.get("/reports").status_code == 200, "who has just given a code goes on"
    assert before.get("/reports").status_code == 302
    approval = {"user_code": code, "decision": "approve"}
    assert before.post("/device/approve", data=approval).status_code == 403
    assert people.app.test_client().get("/api/v1/reports", headers=phone).status_code == 200
    assert here.post("/device/approve", data=approval).status_code == 200


def test_another_app_replaces_the_first_by_a_code_of_the_first(people: People, ada, travel):
    own, app, codes = ada
    other, sealed = learn(own.get("/profile/second-factor/set-up").text)
    form = {"key": sealed, "code": other.code(), "password": PASSWORD}
    assert own.post("/profile/second-factor/set-up", data=form).status_code == 422
    refused = own.post("/profile/second-factor/set-up", data=form | {"before": "000000"})
    assert refused.status_code == 422 and "<h1>Move to another app or phone</h1>" in refused.text
    changed = own.post("/profile/second-factor/set-up", data=form | {"before": app.code()})
    assert changed.status_code == 200 and not set(recovery_codes(changed.text)) & set(codes)
    travel.shift(30)
    browser = people.app.test_client()
    give_password(browser, ADA)
    assert answer(browser, app.code()).status_code == 422
    assert answer(browser, other.code()).status_code == 302


def test_a_slip_in_the_new_code_uses_up_nothing_of_the_old_factor(people: People, ada):
    """Whoever has lost the phone has these codes alone."""
    own, _, codes = ada
    other, sealed = learn(own.get("/profile/second-factor/set-up").text)
    form = {"key": sealed, "code": "000000", "password": PASSWORD, "before": codes[0]}
    assert own.post("/profile/second-factor/set-up", data=form).status_code == 422
    assert "10 recovery codes are left" in own.get("/profile/second-factor").text
    assert own.post("/profile/second-factor/set-up", data=form | {"code": other.code()}).status_code == 200


def test_slips_in_the_new_code_are_counted(people: People, ada):
    own, app, _ = ada
    other, sealed = learn(own.get("/profile/second-factor/set-up").text)
    form = {"key": sealed, "password": PASSWORD, "before": app.code()}
    for _ in range(5):
        assert own.post("/profile/second-factor/set-up", data=form | {"code": "000000"}).status_code == 422
    assert own.post("/profile/second-factor/set-up", data=form | {"code": other.code()}).status_code == 429


def test_whoever_did_not_replace_it_learns_that_the_old_app_is_dead(people: People, ada, work_all, settings):
    own, app, _ = ada
    other, sealed = learn(own.get("/profile/second-factor/set-up").text)
    form = {"key": sealed, "code": other.code(), "password": PASSWORD, "before": app.code()}
    assert own.post("/profile/second-factor/set-up", data=form).status_code == 200
    work_all()
    sent = {mail["Subject"]: mail for mail in mails(settings, ADA)}
    mail = sent["Your second factor is replaced"]
    told = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "The old app and the old recovery codes no longer work." in told and "If this was not you" in told


def test_nothing_is_set_up_by_a_wrong_code_a_wrong_password_or_somebody_elses_page(people: People):
    ana = people.browser("ana")
    app, sealed = learn(ana.get("/profile/second-factor/set-up").text)
    theirs, others = learn(people.browser("ben").get("/profile/second-factor/set-up").text)
    for form, status in (
        ({"key": sealed, "code": "000000", "password": PASSWORD}, 422),
        ({"key": sealed, "code": app.code(), "password": "not hers"}, 422),
        ({"key": sealed, "code": app.code()}, 422),
        ({"key": others, "code": theirs.code(), "password": PASSWORD}, 410),
        ({"key": "x" * 150, "code": app.code(), "password": PASSWORD}, 410),
    ):
        assert ana.post("/profile/second-factor/set-up", data=form).status_code == status, form
    with read() as session:
        assert session.scalars(select(SecondFactor)).all() == []
    wrong = ana.post("/profile/second-factor/set-up", data={"key": sealed, "code": "000000", "password": PASSWORD})
    assert learn(wrong.text)[0].key == app.key, "the key that was scanned stays on the page"


def test_who_need_not_have_one_turns_it_off_with_a_code(people: People, travel, work_all, settings):
    ana = people.browser("ana")
    app, _ = set_up(ana)
    travel.shift(30)
    assert ana.post("/profile/second-factor/off", data={"off-code": "000000"}).status_code == 422
    assert ana.post("/profile/second-factor/off", data={"off-code": app.code()}).status_code == 302
    assert people.browser("ana").get("/reports").status_code == 200
    work_all()
    subjects = [mail["Subject"] for mail in mails(settings, ANA)]
    assert subjects[-2:] == ["Your second factor is set up", "Your second factor is turned off"]
    assert "factor_added" in audited() and "factor_removed" in audited()


def test_the_key_stands_nowhere_in_the_clear(people: People, ada, settings, work_all, caplog):
    own, app, codes = ada
    work_all()
    with db.engine.connect() as connection:
        tables = [table for table in db.metadata.tables if not table.startswith("sqlite")]
        kept = "\n".join(str(row) for table in tables for row in connection.execute(text(f"SELECT * FROM {table}")))
    record = own.get("/profile/record.json").text
    mailed = "".join(mail.as_string() for mail in mails(settings, ADA))
    for secret in (app.key, *codes, *(code.replace("-", "") for code in codes)):
        assert secret not in kept and secret not in record and secret not in mailed and secret not in caplog.text
    with read() as session:
        assert len(session.scalars(select(RecoveryCode)).all()) == 10
        assert session.scalars(select(SecondFactor)).one().sealed_key not in record


def test_the_pages_keep_their_policy_and_nothing_is_cached(people: People):
    page = people.browser("ana").get("/profile/second-factor/set-up")
    assert "<svg" in page.text and "style=" not in page.text and page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_with_another_secret_of_the_server_recovery_codes_still_open(people: People, ada, monkeypatch):
    _, app, codes = ada
    people.app.config["SPOTTER"] = replace(people.app.config["SPOTTER"], secret_key="another secret of the server")
    browser = people.app.test_client()
    give_password(browser, ADA)
    assert answer(browser, app.code()).status_code == 422
    assert answer(browser, codes[0]).status_code == 302


# --- Reset by two people ---------------------------------------------------------------------------------------------


def reset(browser, account_id, act="reset", why="Lost the phone; called me."):
    return browser.post(f"/people/{account_id}/second-factor/{act}", data={"why": why})


def test_two_people_take_a_lost_factor_away(people: People, travel, work_all, settings):
    cora_here, token = people.browser("cora"), people.token("cora")
    set_up(cora_here)
    ada, dan, cora = people.browser("ada"), people.browser("dan"), people.ids["cora"]
    assert "Reset the second factor" in ada.get(f"/people/{cora}").text
    assert reset(dan, cora).status_code == 403, "a coordinator does not ask"
    for why in (" ", "x" * 2001):
        refused = reset(ada, cora, why=why)
        assert refused.status_code == 422 and 'id="factor_form-why-error"' in refused.text, "at its field"
    assert reset(ada, cora).location == "/people/second-factors"
    assert reset(ada, cora).location == f"/people/{cora}", "asked already"
    page = ada.get(f"/people/{cora}").text
    assert "A reset of this second factor waits" in page and f"/people/{cora}/second-factor/reset" not in page
    assert reset(ada, cora, "confirm").status_code == 409, "one person is not two"
    assert reset(cora_here, cora, "confirm").status_code == 403, "nor is it one's own"
    for outsider in ("ana", "mia"):
        assert reset(people.browser(outsider), cora, "confirm").status_code == 403
    assert cora_here.get("/people").status_code == 200
    assert "1 reset of a second factor waits" in dan.get("/attention").text
    page = dan.get("/people/second-factors").text
    assert "Cora" in page and "Lost the phone" in page
    own = ada.get("/people/second-factors").text
    assert "/second-factor/confirm" in page and "/second-factor/confirm" not in own
    assert "You can ask: <bdi>Dan</bdi>. Until then the second factor stays." in own
    assert reset(dan, cora, "confirm").status_code == 302
    assert cora_here.get("/people").status_code == 302, "sessions end"
    assert people.app.test_client().get("/api/v1/reports", headers=token).status_code == 200, "devices stay"
    assert people.browser("cora").get("/people").status_code == 200
    for act in ("confirm", "withdraw"):
        refused = reset(dan, cora, act)
        assert refused.status_code == 409 and "None are waiting." in refused.text, "on the list as it is now"
    work_all()
    subjects = {mail["Subject"] for mail in mails(settings, "cora@people.test")}
    assert subjects >= {"Somebody asked to remove your second factor", "Your second factor is removed"}
    assert [action for action in audited() if "reset" in action] == ["factor_reset_asked", "factor_reset"]


@pytest.mark.parametrize(("asks", "confirms"), [("ada", "new"), ("new", "ada"), ("new", "newer")])
def test_an_account_just_opened_is_no_second_person(people: People, travel, asks, confirms):
    set_up(people.browser("cora"))
    for key in ("new", "newer"):
        joining.add_staff(f"{key}@people.test", "Quillfern", Role.ADMIN, people.ids["ada"])
        with read() as session:
            account = accounts.by_email(session, f"{key}@people.test")
        assert account
        people.ids[key] = account.id
    factor_reset.ask_reset(people.ids["cora"], people.ids[asks], "Lost the phone.")
    with pytest.raises(Refused, match="opened, or given its role, in the last 30 days"):
        factor_reset.confirm_reset(people.ids["cora"], people.ids[confirms])
    travel.shift(timedelta(days=30, minutes=1))
    factor_reset.ask_reset(people.ids["cora"], people.ids[asks], "Lost the phone.")
    assert factor_reset.confirm_reset(people.ids["cora"], people.ids[confirms]) == "Cora"


def test_who_may_ask_reads_the_condition_and_the_first_day_before_asking(people: People, travel):
    set_up(people.browser("ben"))
    ada, ben = people.browser("ada"), people.ids["ben"]

    def said():
        page = ada.get(f"/people/{ben}").text
        part = page[page.index("Reset the second factor") :]
        return re.sub(r"<[^>]+>", "", part[: part.index("<form")])

    assert "two people whose accounts are older than 30 days: you, and another" in said()
    assert "You can ask: " in said() and "Dan" in said()
    for key in ("cora", "dan"):
        closing.close(people.ids[key], people.ids["ada"], "Has left.")
    with read() as session:
        able = [each.name for each in accounts.people_at_work(session, "people.confirm_factor_reset")]
    assert able == ["Ada"]
    assert "Nobody can confirm it: there is no other coordinator or administrator." in said()
    joining.add_staff("nora@people.test", "Nora", Role.COORDINATOR, people.ids["ada"])
    first = clock.now() + timedelta(days=30)
    assert f"Nobody can confirm it before {first.day} {first:%B %Y}." in said() and "You can ask" not in said()
    travel.shift(timedelta(days=30, minutes=1))
    ada = people.browser("ada")
    assert "You can ask: Nora" in said()


def test_a_reset_is_withdrawn_or_lapses(people: People, travel):
    set_up(people.browser("ana"))
    ada, cora, ana = people.browser("ada"), people.browser("cora"), people.ids["ana"]
    reset(ada, ana)
    assert ">Withdraw<" in ada.get("/people/second-factors").text, "who has asked"
    for who in ("cora", "dan"):
        closing.close(people.ids[who], people.ids["ada"], "On leave.")
    assert "Nobody can confirm it today" in ada.get("/people/second-factors").text
    for who in ("cora", "dan"):
        closing.reopen(people.ids[who], people.ids["ada"], "Back.")
    cora = people.browser("cora")
    assert ">Reject<" in cora.get("/people/second-factors").text, "the second person"
    assert reset(cora, ana, "withdraw").status_code == 302
    assert reset(cora, ana, "confirm").status_code == 409
    reset(ada, ana)
    travel.shift(timedelta(days=3))
    assert reset(people.browser("cora"), ana, "confirm").status_code == 409
    assert "None are waiting" in people.browser("cora").get("/people/second-factors").text
    assert reset(people.browser("ada"), ana).location == "/people/second-factors", "and can be asked for anew"
    assert reset(people.browser("cora"), ana, "confirm").status_code == 302


@pytest.mark.parametrize("act", ["replace", "turn off"])
def test_a_reset_ends_with_the_factor_it_was_asked_for(people: People, travel, act):
    own = people.browser("ana")
    app, _ = set_up(own)
    reset(people.browser("ada"), people.ids["ana"])
    travel.shift(30)
    if act == "replace":
        other, sealed = learn(own.get("/profile/second-factor/set-up").text)
        form = {"key": sealed, "code": other.code(), "password": PASSWORD, "before": app.code()}
        assert own.post("/profile/second-factor/set-up", data=form).status_code == 200
    else:
        assert own.post("/profile/second-factor/off", data={"off-code": app.code()}).status_code == 302
        set_up(own)
    dan = people.browser("dan")
    assert "None are waiting" in dan.get("/people/second-factors").text
    assert reset(dan, people.ids["ana"], "confirm").status_code == 409
    with read() as session:
        assert session.get(SecondFactor, people.ids["ana"])
    assert "factor_reset_withdrawn" in audited()


@pytest.mark.parametrize("gone", [{"disabled_at": clock.now()}, {"role": Role.COORDINATOR}])
def test_whoever_may_no_longer_ask_has_asked_for_nothing(people: People, travel, gone):
    set_up(people.browser("ana"))
    reset(people.browser("ada"), people.ids["ana"])
    with write() as session:
        for name, value in gone.items():
            setattr(session.get_one(Account, people.ids["ada"]), name, value)
    dan = people.browser("dan")
    refused = reset(dan, people.ids["ana"], "confirm")
    assert refused.status_code == 409 and "no longer has the right to" in refused.text
    assert reset(dan, people.ids["ana"], "withdraw").status_code == 302
    with read() as session:
        assert session.get(SecondFactor, people.ids["ana"])


def test_nobody_asks_for_their_own_nor_for_one_that_is_not_there(people: People, ada):
    own, _, _ = ada
    assert reset(own, people.ids["ada"]).location == f"/people/{people.ids['ada']}"
    assert reset(own, people.ids["ben"]).location == f"/people/{people.ids['ben']}"
    assert reset(own, "0" * 32).status_code == 404
    assert "None are waiting" in own.get("/people/second-factors").text


def test_on_the_server_a_command_takes_it_away(people: People, ada, work_all, settings):
    own, _, _ = ada
    run = people.app.test_cli_runner().invoke
    assert run(args=["accounts", "reset-factor", "nobody@people.test"]).exit_code == 1
    assert run(args=["accounts", "reset-factor", "ben@people.test"]).exit_code == 1
    done = run(args=["accounts", "reset-factor", ADA])
    assert done.exit_code == 0 and "Removed the second factor of ada@people.test" in done.output
    assert own.get("/people").status_code == 302 and people.browser("ada").get("/people").status_code == 200
    work_all()
    assert "Your second factor is removed" in [mail["Subject"] for mail in mails(settings, ADA)]


# --- Who must have one -----------------------------------------------------------------------------------------------


class TestDuty:
    @pytest.fixture
    def settings(self, database_url, tmp_path):
        return settings_for(tmp_path, database_url, SPOTTER_FACTOR_DAYS="30")

    def test_a_coordinator_is_asked_and_after_30_days_gets_no_further(self, people: People, travel):
        asked = people.browser("cora")
        page = asked.get("/attention").text
        day = f"{(clock.now() + timedelta(days=30)).day}"
        assert "you need a second factor" in page and day in page
        travel.shift(timedelta(days=29, hours=23))
        assert people.browser("cora").get("/attention").status_code == 200
        travel.shift(timedelta(hours=1))
        browser = people.app.test_client()
        give_password(browser, "cora@people.test", next="/cases")
        page = browser.get("/sign-in/code")
        assert "Set up your second factor" in page.text
        assert browser.get("/cases").status_code == 302
        app, sealed = learn(page.text)
        assert answer(browser, app.code()).status_code == 422, "there is none yet"
        wrong = browser.post("/sign-in/set-up", data={"key": sealed, "code": "000000"})
        assert wrong.status_code == 422 and learn(wrong.text)[0].key == app.key
        shown = browser.post("/sign-in/set-up", data={"key": sealed, "code": app.code()})
        assert shown.status_code == 200 and len(recovery_codes(shown.text)) == 10 and 'href="/cases"' in shown.text
        assert browser.get("/cases").status_code == 200
        travel.shift(30)
        assert browser.post("/profile/second-factor/off", data={"off-code": app.code()}).status_code == 403
        again = people.app.test_client()
        give_password(again, "cora@people.test")
        assert again.post("/sign-in/set-up", data={"key": sealed, "code": app.code()}).status_code == 410
        assert answer(again, app.code()).status_code == 302

    def test_the_forms_of_the_page_of_recovery_codes_work(self, people: People, travel):
        people.browser("cora")
        travel.shift(timedelta(days=31))
        people.app.config["WTF_CSRF_ENABLED"] = True
        browser = people.app.test_client()
        form = {"csrf_token": token(browser.get("/sign-in")), "email": "cora@people.test", "password": PASSWORD}
        assert browser.post("/sign-in", data=form).location == "/sign-in/code"
        page = browser.get("/sign-in/code")
        app, sealed = learn(page.text)
        form = {"csrf_token": token(page), "key": sealed, "code": app.code()}
        shown = browser.post("/sign-in/set-up", data=form)
        assert len(recovery_codes(shown.text)) == 10 and "Sign out" in shown.text
        assert 'action="/language"' in page.text
        assert 'action="/language"' not in shown.text, "it would lead away from codes that are shown once"
        left = browser.post("/sign-out", data={"csrf_token": token(shown)})
        assert (left.status_code, left.location) == (302, "/")

    def test_spotters_and_companies_are_never_made_to(self, people: People, travel):
        for _ in range(2):
            for key, page in (("ana", "/reports"), ("mia", "/notices")):
                shown = people.browser(key).get(page)
                assert shown.status_code == 200 and "second factor" not in shown.text
            travel.shift(timedelta(days=40))

    def test_who_has_one_is_not_asked(self, people: People, travel):
        app, _ = set_up(people.browser("cora"))
        travel.shift(30)
        browser = people.app.test_client()
        give_password(browser, "cora@people.test")
        answer(browser, app.code())
        assert "you need a second factor" not in browser.get("/attention").text


def test_an_apps_code_needs_the_key(people: People, ada):
    browser = people.app.test_client()
    give_password(browser, ADA)
    assert answer(browser, App(pyotp.random_base32()).code()).status_code == 422


def test_a_reason_to_reset_the_factor_of_somebody_erased_meanwhile_is_not_lost(people):
    ada = people.browser("ada")
    erasing.erase(people.ids["ana"], people.ids["dan"])
    late = ada.post(f"/people/{people.ids['ana']}/second-factor/reset", data={"why": "Lost the phone in Lyon."})
    assert late.status_code == 404 and "Lost the phone in Lyon." in late.text
