"""What the privacy page, the complaint page and the agreement tell people is what the programme does."""

import html
import re

import pytest
from flask.testing import FlaskClient

from server.core import personal, work
from server.core.config import Settings
from server.journeys.report import intake
from server.people.accounts import signing_in
from server.people.accreditation import asking
from server.people.recruitment import store as recruitment


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page).split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_on_what_ground_for_whom_where_and_with_what_rights(client: FlaskClient, language: str) -> None:
    page = client.get("/privacy", headers={"Accept-Language": language}).text
    for article in (r"6\W+", r"10\b", r"14\b", r"15\b", r"\(16\)", r"\(17\)", r"\(18\)", r"\(20\)", r"\(21\)", r"\(22\)", r"\(77\)"):  # fmt: skip
        assert re.search(article, words(page)), article
    for section in ("seller", "complainant", "spotter", "kept", "rights"):
        assert f'id="{section}"' in page
    assert "2026" in page and "Cyber Spotter" in page


def test_spotters_are_told_that_their_skill_is_estimated_and_who_else_sees_an_ad(client: FlaskClient) -> None:
    page = words(client.get("/privacy").text)
    assert "no scores of people" not in page and "estimate your skill" in page and "One step is automatic" in page
    for receiver in ("company that runs the platform", "police", "other volunteers", "administrators", "Hosting"):
        assert receiver in page


def test_the_times_on_the_page_are_those_by_which_the_worker_deletes(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = words(client.get("/privacy").text)
    for time in (
        recruitment.DECLINED_KEPT, recruitment.WAITING_KEPT, signing_in.SESSION_LASTS, intake.KEYS_KEPT,
        work.KEPT, work.DEAD_LETTERS_KEPT,
    ):  # fmt: skip
        assert f"{time.days} days" in page


def test_what_the_operator_has_set_is_said_and_what_is_not_is_to_be_asked(
    app, client: FlaskClient, settings: Settings
) -> None:
    page = words(client.get("/privacy").text)
    assert "ask us who runs the machine" in page and "ask us after how many days" in page
    for name, value in {"privacy_email": "dpo@wild.test", "hosting": "Example AG, Zug", "backup_days": 35}.items():
        object.__setattr__(settings, name, value)
    page = words(client.get("/privacy").text)
    assert "dpo@wild.test" in page and "a machine of Example AG, Zug" in page and "Backups: 35 days" in page
    assert "ask us who runs" not in page


def test_who_complains_reads_what_becomes_of_their_data(client: FlaskClient) -> None:
    page = client.get("/complaint").text
    assert "Version of" in page and "/privacy#complainant" in page and "keeps your complaint" in page


def test_the_agreement_names_the_organisation_its_exceptions_and_who_signs_again(
    client: FlaskClient, settings: Settings
) -> None:
    page = words(client.get("/training/agreement").text)
    assert f"Between you and {settings.organisation}" in page
    assert "police, a court, an authority, my lawyer" in page and "Only a court or an authority" in page
    assert f"for {asking.GRACE.days} days after the change" in page


def test_every_table_that_holds_something_of_people_is_on_the_page(client: FlaskClient) -> None:
    page = html.unescape(words(client.get("/privacy").text))
    for keeping in personal.tables().values():
        if any(field.holds for field in keeping.fields.values()):
            assert f"{keeping.purpose}{keeping.kept}" in page, keeping.purpose
