"""Nobody takes the name of somebody else in the programme, and no form tells who has it."""

import io
from collections.abc import Callable

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from server.core.database import db, write
from server.core.words import Refused
from server.journeys.spotter import freezing, joining
from server.people.accounts.models import Account, FrozenName
from server.people.accreditation.models import Certificate
from tests.conftest import People

TAKEN = "cannot be used here"


@pytest.fixture
def named(people: People) -> People:
    """Ana is called Ana Quispe, Cora Cora Lindqvist."""
    with write() as session:
        session.get_one(Account, people.ids["ana"]).name = "Ana Quispe"
        session.get_one(Account, people.ids["cora"]).name = "Cora Lindqvist"
    people.app.config["WTF_CSRF_ENABLED"] = False
    return people


def _join(people: People, name: str, email: str = "new@people.test") -> TestResponse:
    form = {"name": name, "email": email, "adult": "y", "promise": "y"}
    return people.app.test_client().post("/join", data=form)


@pytest.mark.parametrize(
    "name", ["Ana Quispe", "quispe  ANA", "Аna Quispe", "An\u200ba Quispe", "AnaQuispe", "4na Quispe", "Cora Lindqvist"]
)
def test_a_name_of_a_spotter_or_of_the_desk_is_taken_however_it_is_written(named: People, name: str) -> None:
    page = _join(named, name)
    assert page.status_code == 422 and TAKEN in page.text
    page = named.browser("dan").post("/people/invite", data={"name": name, "email": "new@people.test"})
    assert page.status_code == 422 and TAKEN in page.text
    page = named.browser("ada").post(
        "/people/others", data={"name": name, "email": "new@people.test", "role": "coordinator"}
    )
    assert page.status_code == 422 and TAKEN in page.text


def test_a_part_of_a_name_is_not_taken(named: People) -> None:
    assert _join(named, "Ana Souza").status_code == 200


def test_the_name_of_a_companys_person_is_not_told(named: People) -> None:
    with write() as session:
        session.get_one(Account, named.ids["mia"]).name = "Mia Tanaka"
    assert _join(named, "Mia Tanaka").status_code == 200


def test_a_form_does_not_tell_whose_address_goes_with_a_name(named: People) -> None:
    said = [_join(named, "Ana Quispe", email) for email in ("ana@people.test", "other@people.test")]
    assert [page.status_code for page in said] == [422, 422]
    assert all(TAKEN in page.text for page in said)


def test_who_lost_the_mail_asks_again_under_the_same_name(named: People) -> None:
    with write() as session:
        session.get_one(Account, named.ids["ana"]).password_hash = None
    assert _join(named, "Ana Quispe", "ana@people.test").status_code == 200
    assert _join(named, "Ana Quispe").status_code == 422


def test_a_name_is_taken_before_the_worker_has_opened_the_account(named: People, work_all: Callable[[], int]) -> None:
    assert _join(named, "Rosa Marek").status_code == 200
    assert _join(named, "Rosa Marek").status_code == 200, "she pressed twice"
    assert TAKEN in _join(named, "Marek  Rosa", "other@people.test").text
    with pytest.raises(Refused, match="Choose another name"):
        joining.ask("other@people.test", "Rosa Marek")  # at the same moment: neither form knew of the other
    work_all()
    assert db.session.scalars(select(Account.email).where(Account.name == "Rosa Marek")).all() == ["new@people.test"]


def test_the_name_of_a_frozen_spotter_stays_theirs(named: People) -> None:
    freezing.freeze(named.ids["ana"], named.ids["cora"])
    assert db.session.scalars(select(FrozenName.name)).all() == ["Ana Quispe"]
    assert _join(named, "Ana Quispe").status_code == 422
    placeholder = db.session.get_one(Account, named.ids["ana"]).name
    assert TAKEN not in _join(named, placeholder).text


def test_a_list_of_invitations_says_which_name_is_taken(named: People) -> None:
    people = "name,email\nAna Quispe,new@people.test\nRosa,rosa@people.test\nLin Marek,lin@people.test\n"
    page = named.browser("cora").post("/people/invitations", data={"people": (io.BytesIO(people.encode()), "list.csv")})
    assert TAKEN in page.text and "everyday word" in page.text and "1 person" in page.text
    named.browser("cora").post("/people/invitations/send", data={"people": people})
    assert set(db.session.scalars(select(Account.email).where(Account.email.like("%new@people.test")))) == set()


def test_a_name_that_is_taken_since_the_list_was_checked_is_said_not_that_somebody_joined(named: People) -> None:
    people = "name,email\nAna Quispe,new@people.test\nLin Marek,lin@people.test\nAna Quispe,ana@people.test\n"
    page = named.browser("cora").post("/people/invitations/send", data={"people": people}, follow_redirects=True).text
    assert "Invitation sent to 1 person" in page
    assert "1 row was left out because the person has joined in the meantime." in page, "Ana herself"
    assert "1 row was left out because its name can no longer be used" in page


def test_a_certificate_shows_no_other_persons_name(named: People) -> None:
    ana = named.browser("ana")
    form = {"alias": "Cora Lindqvist", "days": "30"}
    page = ana.post("/training/certificate/show", data=form)
    assert page.status_code == 422 and TAKEN in page.text
    assert ana.get("/training/certificate.pdf?name=Cora%20Lindqvist").status_code == 422
    assert db.session.scalars(select(Certificate)).all() == []
    assert ana.post("/training/certificate/show", data=form | {"alias": "Ana Quispe"}).status_code == 302


def test_of_two_people_of_one_name_each_shows_it_on_their_certificate(named: People) -> None:
    with write() as session:
        session.get_one(Account, named.ids["ben"]).name = "Ana Quispe"
    form = {"alias": "Ana Quispe", "days": "30"}
    assert named.browser("ana").post("/training/certificate/show", data=form).status_code == 302
