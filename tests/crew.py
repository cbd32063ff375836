"""Spotters who look again at a listing."""

from typing import Any

from server.core.database import read
from server.core.words import Level, Role
from server.journeys.spotter import accrediting, joining
from server.ledger.cases.models import Case
from tests.conftest import PASSWORD, People
from tests.story import decide, flag


class Crew:
    """Ana has flagged a parrot and Mercado says that it is removed. Noor, Lia and Sol are trusted; Ben is on probation."""

    def __init__(self, people: People, report: dict[str, Any], **more: Any) -> None:
        self.people, self.client = people, people.app.test_client()
        for key, level in (("noor", Level.TRUSTED), ("lia", Level.TRUSTED), ("sol", Level.LEAD)):
            email = f"{key}@people.test"
            people.ids[key] = joining.add_account(email, key.title(), Role.SPOTTER, PASSWORD, None)
            self.accredit(key, level)
        self.accredit("ben", Level.PROBATION)
        self.case = flag(people, report)
        self.notice = decide(people, self.case, **more)

    def accredit(self, key: str, level: Level) -> None:
        email = f"{key}@people.test"
        accrediting.accredit_by_email(
            email, "cora@people.test", "For the test.", level, waive_exam=True, second="dan@people.test"
        )

    def offered(self, key: str, query: str = "") -> list[dict[str, Any]]:
        answer = self.client.get(f"/api/v1/checks{query}", headers=self.people.token(key))
        assert answer.status_code == 200, answer.text
        assert answer.json["next"] is None
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    def look(self, key: str, check_id: str, outcome: str, **more: str) -> Any:
        body = {"outcome": outcome, **more}
        return self.client.post(f"/api/v1/checks/{check_id}", headers=self.people.token(key), json=body)

    def report(self) -> dict[str, Any]:
        items = self.client.get("/api/v1/reports", headers=self.people.token("ana")).json["items"]
        report: dict[str, Any] = items[-1]
        return report

    def state(self) -> str:
        with read() as session:
            return session.get_one(Case, self.case).state

    def page(self, key: str = "cora") -> str:
        return self.people.browser(key).get(f"/cases/{self.case}").text
