"""The certificate of an accreditation, and the address at which others check it."""

import re
from datetime import timedelta

import time_machine
from sqlalchemy import update

from server.core import clock
from server.core.database import read, write
from server.core.words import Level
from server.journeys.spotter import accrediting, closing
from server.pages.accreditation import certified
from server.people.accreditation.models import AccreditationRow
from tests.accreditation_stories import accredited, page, small  # noqa: F401
from tests.small_module import sign


def test_a_certificate_is_for_the_accredited(people, accredited):
    answer = people.browser("ben").get("/training/certificate.pdf?name=نور الهدى")
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert people.browser("ben").get("/training/certificate.pdf?name=\U00013000").status_code == 422
    people.browser("dan").post(f"{page(people)}/suspend", data={"why": "Careless."})
    assert people.browser("ben").get("/training/certificate.pdf").status_code == 403
    assert people.browser("ben").get("/training/certificate").status_code == 403


def test_a_certificate_says_since_when_without_a_break(app, people):
    def since():
        with app.test_request_context(), read() as session:
            return certified.certificate(session, people.ids["ben"])["since"].date().isoformat()

    def let_in(by):
        accrediting.accredit(
            people.ids["ben"],
            people.ids[by],
            "Careful.",
            Level.TRUSTED,
            waive_exam=True,
            second_id=people.ids["dan" if by == "cora" else "cora"],
        )

    sign(people.browser("ben"))
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False) as hand:
        let_in("cora")
        hand.shift(timedelta(days=320))
        let_in("dan")  # renewed in time
        hand.shift(timedelta(days=300))
        assert since() == "2026-11-25"
        hand.shift(timedelta(days=100))
        let_in("cora")  # lapsed for some weeks
        again = clock.now().date().isoformat()
        assert since() == again
        accrediting.change_level(people.ids["ben"], people.ids["dan"], "Leads well.", Level.LEAD)
        hand.shift(timedelta(days=1))
        assert since() == again


def test_nobody_checks_a_certificate_until_its_spotter_opens_an_address_and_it_closes_by_itself(
    people, accredited, client
):
    with time_machine.travel(clock.now(), tick=False) as hand:
        ben = people.browser("ben")
        assert "Create a verification link" in ben.get("/training/certificate").text
        assert client.get(f"/certificates/{'0' * 32}").status_code == 404
        for wrong in ({"alias": "", "days": "30"}, {"alias": "Otter", "days": "9999"}):
            assert ben.post("/training/certificate/show", data=wrong).status_code == 422
        ben.post("/training/certificate/show", data={"alias": "<Otter>", "days": "30"})
        address = re.search(r"/certificates/[0-9a-f]{32}", ben.get("/training/certificate").text)[0]
        shown = client.get(address).text
        assert "&lt;Otter&gt;" in shown and "Trusted" in shown
        assert not [word for word in ("Ben", "ben@people.test", people.ids["ben"], "Cora") if word in shown]
        accrediting.suspend(people.ids["ben"], people.ids["dan"], "Careless.")
        assert "is not currently valid" in client.get(address).text
        assert "Careless" not in client.get(address).text
        accrediting.reinstate(people.ids["ben"], people.ids["cora"], "Fine.")
        hand.shift(timedelta(days=30))
        assert client.get(address).status_code == 404
        ben = people.browser("ben")
        ben.post("/training/certificate/show", data={"alias": "Otter", "days": "90"})
        again = re.search(r"/certificates/[0-9a-f]{32}", ben.get("/training/certificate").text)[0]
        assert again != address
        assert client.get(again).status_code == 200
        ben.post("/training/certificate/hide")
        assert client.get(again).status_code == 404


def test_a_certificate_says_of_nobody_whose_exam_was_waived_that_they_passed(people, accredited, client):
    def shown():
        people.browser("ben").post("/training/certificate/show", data={"alias": "Otter", "days": "90"})
        address = re.search(r"/certificates/[0-9a-f]{32}", people.browser("ben").get("/training/certificate").text)[0]
        return client.get(address).text

    assert "who signed its agreement and was accredited" in shown() and "passed its exams" not in shown()
    with write() as session:
        session.execute(update(AccreditationRow).values(exam_waived=False))
    assert "who passed its exams, signed its agreement" in shown()


def test_nobody_checks_the_certificate_of_a_closed_account(people, accredited, client):
    ben, browser = people.ids["ben"], people.browser("ben")
    browser.post("/training/certificate/show", data={"alias": "Otter", "days": "90"})
    address = re.search(r"/certificates/[0-9a-f]{32}", browser.get("/training/certificate").text)[0]
    assert client.get(address).status_code == 200
    closing.close(ben, people.ids["cora"], "Has left.")
    assert client.get(address).status_code == 404
    closing.reopen(ben, people.ids["cora"], "Is back.")
    assert client.get(address).status_code == 404, "they open another themselves"
