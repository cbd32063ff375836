"""The desk at work: coordinators act on what their pages show them, and on nothing else. So do companies' people."""

import re
from datetime import timedelta

from server.core.words import Scope
from tests.programme.spotter import BAD, Spotter
from tests.programme.world import LEAD, STAFF, World

A_DAY = 30  # cases one coordinator decides on a day
DAYS = {"cora": (0, 1, 2, 3), "dan": (1, 2, 3, 4), "eve": (0, 2, 4)}  # on which they work
PEOPLE = re.compile(r'href="/people/([0-9a-f]{32})"')
QUESTION = re.compile(r'action="/people/desk/questions/(\w{32})/answer"')
SEEN = re.compile(r'name="seen"[^>]*value="(\w*)"')


class Desk:
    """`away`: until which day each is away; `left`: who does not work here any more."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.away = dict.fromkeys(DAYS, 0)
        self.left: set[str] = {"eve"}  # she begins later

    def at_work(self, day: int) -> list[str]:
        """Who works on a day."""
        return [who for who, days in DAYS.items() if day % 7 in days and day >= self.away[who] and who not in self.left]

    def work(self, who: str, by_id: dict[str, Spotter], day: int) -> None:
        """One coordinator's day."""
        self.applications(who)
        self.accredit(who)
        self.questions(who)
        self.appeals(who)
        self.proposals(who)
        self.stalled(who)
        self.suspended(who)
        self.offenders(who, by_id, day)
        self.cases(who)

    def get(self, who: str, path: str) -> str:
        """A page of the desk."""
        return self.world.get(f"{who}@desk.test", path)

    def post(self, who: str, path: str, **fields: object) -> int:
        """Send a form of the desk; the status."""
        return int(self.world.post(f"{who}@desk.test", path, **fields).status_code)

    def _seen(self, who: str, account_id: str) -> tuple[str, str]:
        page = self.get(who, f"/people/{account_id}")
        seen = SEEN.search(page)
        return page, seen[1] if seen else ""

    # --- People ----------------------------------------------------------------------------------------------------------

    def applications(self, who: str) -> None:
        """Invite nearly everybody who applied."""
        page = self.get(who, "/people/applications")
        for application_id in re.findall(r"/people/applications/(\w+)/invite", page):
            if self.world.seen.get("invited", 0) % 25 == 19 and not self.world.seen.get("declined", 0) % 2:
                self.post(who, f"/people/applications/{application_id}/decline", note="We have no place just now.")
                self.world.note("declined")
            else:
                self.post(who, f"/people/applications/{application_id}/invite", cohort="")
                self.world.note("invited")

    def accredit(self, who: str) -> None:
        """Accredit those one may, each as the page offers it."""
        page = self.get(who, "/people/desk/accredit")
        ticked = re.findall(r'name="person" value="(\w+)"', page)
        if ticked:
            seen = dict(re.findall(r'name="(seen-\w+)" value="(\w*)"', page))
            form = {"person": ticked, "why": "Read and passed."} | seen
            answer = self.world.post(f"{who}@desk.test", "/people/desk/accredit", **form)
            refused = re.findall(r'field-error"[^>]*>.*?</svg>\s*([^<]+)', answer.text)
            assert answer.status_code == 302, f"the desk offers to accredit somebody, and refuses: {refused}"
            self.world.note("accredited")
            self.contacts(who, ticked)

    def contacts(self, who: str, account_ids: list[str]) -> None:
        """Every other of them turns to the lead, while the page offers her."""
        for account_id in account_ids:
            offered = f'value="{self.world.ids["lena"]}"' in self.get(who, f"/people/{account_id}")
            if offered and self.world.whim.random() < 0.5:
                assert self.post(who, f"/people/{account_id}/contact", contact=self.world.ids["lena"]) == 302
                self.world.note("got a lead")

    def questions(self, who: str) -> None:
        """Answer what was asked of a lead and waits."""
        for question_id in QUESTION.findall(self.get(who, "/people/desk/questions")):
            assert self.post(who, f"/people/desk/questions/{question_id}/answer", answer="As the lesson says.") == 302
            self.world.note("the desk answered for a lead")

    def appeals(self, who: str) -> None:
        """Decide the appeals that are not about one's own decisions."""
        page = self.get(who, "/people/desk/appeals")
        for row in re.findall(r"<li>.*?</li>", page, re.S):
            person = PEOPLE.search(row)
            if person and "somebody other than you decides" not in row:
                _, seen = self._seen(who, person[1])
                granted = "yes" if self.world.chance.random() < 0.6 else "no"
                status = self.post(who, f"/people/{person[1]}/appeal", seen=seen, granted=granted, why="Looked again.")
                assert status == 302
                self.world.note("appeal decided")

    def proposals(self, who: str) -> None:
        """Raise a level where the rules propose it and two have decided, else leave it with a reason."""
        for account_id in dict.fromkeys(PEOPLE.findall(self.get(who, "/people/desk/proposals"))):
            page, seen = self._seen(who, account_id)
            level = "lead" if "Trusted" in page.partition("Reports")[0] else "trusted"
            form = {"why": "Sharp eyes.", "seen": seen, "level": level}
            if "can move up" in page and self.post(who, f"/people/{account_id}/level", **form) == 302:
                self.world.note(f"raised to {level}")
            elif self.post(who, f"/people/{account_id}/not-now", why="We talk first.") == 302:
                self.world.note("not now")

    def stalled(self, who: str) -> None:
        """Encourage who has stalled; open exams that are locked."""
        page = self.get(who, "/people/desk")
        for account_id in re.findall(r'action="/people/(\w+)/encourage"', page):
            assert self.post(who, f"/people/{account_id}/encourage") == 302
            self.world.note("encouraged")
        for row in re.findall(r"<li>.*?</li>", page, re.S):
            person = PEOPLE.search(row)
            if person and "exam locked" in row:
                of_person = self.get(who, f"/people/{person[1]}")
                for slug in re.findall(rf'/people/{person[1]}/exams/(\w+)"', of_person):
                    self.post(who, f"/people/{person[1]}/exams/{slug}", why="Practised since.")
                    self.world.note("exam opened")

    def suspended(self, who: str) -> None:
        """Talk with those who are suspended, and let some report again; withdraw the accreditation of others."""
        page = self.get(who, "/people/desk/suspended").partition("<main")[2]
        for account_id in dict.fromkeys(PEOPLE.findall(page)):
            drawn = self.world.chance.random()
            if drawn < 0.15:
                act = "reinstate" if drawn < 0.1 else "withdraw"
                _, seen = self._seen(who, account_id)
                if self.post(who, f"/people/{account_id}/{act}", seen=seen, why="We have talked.") == 302:
                    self.world.note(act)

    def suspend(self, who: str, account_id: str) -> bool:
        """Stop somebody's reports; False where there is nothing to stop."""
        _, seen = self._seen(who, account_id)
        done = self.post(who, f"/people/{account_id}/suspend", seen=seen, why="Wrote to a seller.") == 302
        if done:
            self.world.note("suspended")
        return done

    def offenders(self, who: str, by_id: dict[str, Spotter], day: int) -> None:
        """Suspend who did what nobody may, and close the account of who was no volunteer."""
        for account_id, spotter in by_id.items():
            kind, since = spotter.temperament, day - (spotter.joined if spotter.joined is not None else day)
            if spotter.gone:
                continue
            if kind.offends and since >= kind.offends and not spotter.offended:
                spotter.offended = self.suspend(who, account_id)
            elif kind.is_closed and since >= kind.is_closed:
                assert self.post(who, f"/people/{account_id}/close", why="Sells parrots.") == 302
                spotter.is_closed(self.world, day)

    # --- Cases -----------------------------------------------------------------------------------------------------------

    def cases(self, who: str) -> None:
        """Decide what waits, and reply to companies."""
        world, address = self.world, f"{who}@desk.test"
        queue = world.api(address, world.ids[who], Scope.CASES, "GET", "/cases?state=open").json["items"]
        for case in queue[:A_DAY]:
            body = {"version": case["version"], "reason": "As the ad shows."}
            drawn = world.chance.random()
            notice = case["notice"]
            if notice and notice["state"] == "asked":
                path, reply = f"/notices/{notice['id']}/replies", {"text": "The first picture shows it."}
                answer = world.api(address, world.ids[who], Scope.CASES, "POST", path, json=reply)
                assert answer.status_code == 201, answer.text[:600]
                world.note("replied to a company")
                continue
            if BAD in (case["listing"]["title"] or ""):
                body |= {"decision": "dismiss", "because": "other"}
            elif drawn < 0.08:
                body |= {"decision": "ask", "reason": f"What does the ring say? I ask on {world.now:%d %B}."}
            elif drawn < 0.12:
                until = world.now + timedelta(days=5)
                body |= {"decision": "hold", "why": "other", "until": until.isoformat()}
            else:
                body |= {"decision": "notify", "taxa": [], "basis": "policy"}
            path = f"/cases/{case['id']}/decisions"
            answer = world.api(address, world.ids[who], Scope.CASES, "POST", path, json=body | {"take_over": True})
            assert answer.status_code in (201, 409), answer.text[:600]
            world.note(f"{body['decision']} {answer.status_code}")

    # --- Companies -------------------------------------------------------------------------------------------------------

    def company(self) -> None:
        """Mia answers most of what lies in the inbox."""
        world, address = self.world, "mia@mercado.test"
        inbox = world.api(address, world.ids["mia"], Scope.COMPANY, "GET", "/notices?state=open").json["items"]
        answers = []
        for notice in inbox:
            drawn = world.chance.random()
            if drawn < 0.8:
                answers.append({"id": notice["id"], "answer": "removed"})
            elif drawn < 0.86:
                answers.append({"id": notice["id"], "answer": "not_violating", "reason": "A toy."})
            elif drawn < 0.92:
                answers.append({"id": notice["id"], "answer": "need_info", "reason": "Which picture?"})
        if answers:
            done = world.api(address, world.ids["mia"], Scope.COMPANY, "POST", "/notices/answers", json=answers)
            assert done.status_code == 200, done.text[:600]
            world.note("company answered")


def staff_named_in(words: str) -> list[str]:
    """The people of the desk, and the lead, who are named."""
    return [name for name in (*(name for name, _ in STAFF.values()), LEAD[0]) if name in words]
