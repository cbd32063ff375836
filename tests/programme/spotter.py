"""One volunteer's life, a day at a time: what they see of it on their pages and in their post, and what they do then."""

import re
import uuid
from datetime import datetime
from typing import Any

from server.core.words import Scope
from tests.conftest import PASSWORD
from tests.programme import content, study
from tests.programme.temperaments import Temperament
from tests.programme.world import World, links, text_of
from tests.smtp_rig import Taken

EXAMS_OPEN = re.compile(r'href="/training/(\w+)/exam"')
ROUND = re.compile(r'href="/rounds/(\w{20,})"')
ASKED = "needs_info"
DAYS_ASIDE = 3  # after which what was not done is looked at again
GOOD, BAD = "African grey parrot chicks, hand tame, no papers", "Plush toy parrot, factory new"


class Spotter:
    """`joined`: the day of the account; `gone`: erased, closed or frozen for good, as far as they know."""

    def __init__(self, number: int, temperament: Temperament, arrives: int) -> None:
        self.number, self.temperament, self.arrives = number, temperament, arrives
        self.name = f"Volunteer{number:03d} Nightjar"
        self.email = f"volunteer{number:03d}@people.test"
        self.id = ""
        self.applied = self.invited = False
        self.joined: int | None = None
        self.gone = ""  # how they left: erased, frozen, closed
        self.gone_on, self.erased_at = 0, 0  # the day, and how many mails had come to anybody by then
        self.read = self.failed = 0
        self.rested = False
        self.group = "birds" if number % 2 else "reptiles"
        self.reports: list[tuple[str, datetime]] = []
        self.offended = self.appealed = self.paused = self.opted_out = False
        self.free_again = 0  # the first day on which a locked exam is tried again
        self.link = ""
        self.former: list[tuple[str, list[tuple[str, datetime]]]] = []  # accounts before: their ids and reports

    def path_to(self) -> list[tuple[str, str]]:
        """The lessons on their way."""
        return [(slug, name) for slug in ("basics", self.group) for name in content.LESSONS]

    # --- A day -----------------------------------------------------------------------------------------------------------

    def live(self, world: World, day: int) -> None:
        """What they do on one day."""
        kind = self.temperament
        if self.gone:
            if self.gone == "erased" and kind.returns and day == self.gone_on + kind.returns:
                self._come_back(world, day)
            return
        if not self.applied:
            self._apply(world)
        elif self.joined is None:
            if self.link and kind.opens:
                self._join(world, day)
        else:
            self._as_member(world, day, day - self.joined)

    def _as_member(self, world: World, day: int, since: int) -> None:
        kind = self.temperament
        if kind.leaves and since >= kind.leaves and self._leave(world, day):
            return
        if kind.freezes and since >= kind.freezes:
            world.post(self.email, "/profile/freeze")
            self._is_gone(world, "frozen", day)
            return
        if kind.pauses and since >= kind.pauses and not self.paused:
            world.post(self.email, "/profile/pause", weeks="8")
            self.paused = True
            return
        if not kind.reminders and not self.opted_out:
            world.post(self.email, "/profile/reminders", reminders="no")
            self.opted_out = True
        looks = kind.studies if not self.reports else 0.3  # who is at work looks at the training less often
        page = world.get(self.email, "/training") if world.chance.random() < looks else ""
        if page:
            self._study(world, page, day)
        if "You can report." in page:
            self._take_part(world)
            if world.whim.random() < 0.08:
                self.ask(world)
            self._answer(world)
        elif kind.appeals and 'href="/training/appeal"' in page and not self.appealed:
            sent = world.post(self.email, "/training/appeal", text="That was somebody else on our shared computer.")
            assert sent.status_code == 302, sent.text[:1500]
            self.appealed = True
            world.note("appealed")

    # --- Arriving --------------------------------------------------------------------------------------------------------

    def _apply(self, world: World) -> None:
        form = {"name": self.name, "email": self.email, "languages": ["en"], "hours": "3", "heard": "friend"}
        answer = world.app.test_client().post(
            "/apply", data=form | {"why": "I care about parrots.", "adult": "y", "no_stake": "y"}
        )
        world.hand.shift(10)
        assert answer.status_code == 200, answer.text[:1500]
        self.applied = True
        world.note("applied")

    def hears(self, world: World, mail: Taken) -> None:
        """A mail has come: a link to choose a password is kept until they look."""
        if found := links(mail, "/join/"):
            self.link = found[0]

    def _join(self, world: World, day: int) -> None:
        link, self.link = self.link, ""
        client = world.app.test_client()
        answer = client.post(link, data={"password": PASSWORD})
        if answer.status_code == 410:  # it was left for too long
            client.post("/forgotten", data={"email": self.email})
            return
        assert answer.status_code == 302, answer.text[:1500]
        self.joined = day
        world.note("joined")

    def _come_back(self, world: World, day: int) -> None:
        """Apply again, with the same address, as somebody new."""
        former = [*self.former, (self.id, self.reports)]
        self.__init__(self.number, self.temperament, day)  # type: ignore[misc]
        self.former = former
        self.name, self.erased_at = f"Returned{self.number:03d} Nightjar", 0
        self.temperament = Temperament("returned", 0)
        self._apply(world)
        world.note("came back")

    # --- Learning --------------------------------------------------------------------------------------------------------

    def _study(self, world: World, page: str, day: int) -> None:
        kind, way = self.temperament, self.path_to()
        if self.read >= kind.stops_at and not self.rested:
            self.free_again = self.free_again or day + kind.rests
            self.rested = day >= self.free_again
            return
        left = way[self.read :][: kind.reads]
        for lesson in left:
            study.read_lesson(world, self.email, *lesson)
            self.read += 1
        if left or not kind.reads or day < self.free_again:
            return
        if "until this is done" in page or "Changed since you were accredited" in page:
            self._sit(world, list(EXAMS_OPEN.findall(page))[:1])
            return
        active = "accredited until" in page
        if active and ("Take the exams for your renewal" not in page or not kind.renews):
            return
        if "A coordinator will now look at" in page:
            return
        if "lapsed" in page and not kind.renews and world.chance.random() > 0.05:
            return
        wanted = [slug for slug in EXAMS_OPEN.findall(page) if slug in ("basics", self.group)]
        if wanted:
            self._sit(world, wanted[:1])
        elif "/training/agreement" in page and not active:
            study.sign(world, self.email, self.name)

    def _sit(self, world: World, slugs: list[str]) -> None:
        for slug in slugs:
            fail = self.failed < self.temperament.fails
            world.hand.shift(700)  # a pause of ten minutes after a failed one
            if study.sit_exam(world, self.email, slug, fail=fail):
                self.failed += fail
                world.note("exam failed" if fail else "exam sat")

    # --- At work ---------------------------------------------------------------------------------------------------------

    def _take_part(self, world: World) -> None:
        kind = self.temperament
        if world.chance.random() < 0.15:
            for round_id in dict.fromkeys(ROUND.findall(world.get(self.email, "/rounds"))):
                page = world.get(self.email, f"/rounds/{round_id}")
                if "Sign up</button>" in page:
                    team = re.search(r'name="team"[^>]*value="(\w+)"', page)
                    world.post(self.email, f"/rounds/{round_id}/join", team=team[1] if team else "")
                    world.note("signed up")
        if world.chance.random() < 0.1:
            world.post(self.email, "/work/searches", platform="mercado", term="grey parrot", seen="25", minutes="20")
            world.note("searched")
        if world.chance.random() < kind.reports / 7 * world.pace:
            self._report(world)

    def ask(self, world: World) -> bool:
        """Ask one's lead something, half of the time about one's last report. False: one has no lead."""
        if 'name="text"' not in world.get(self.email, "/questions"):
            return False
        about = self.reports[-1][0] if self.reports and world.whim.random() < 0.5 else ""
        answer = world.post(self.email, "/questions", text=f"Is a ring enough, on {world.now:%d %B}?", report=about)
        assert answer.status_code in (302, 429), answer.text[:1500]
        world.note("asked a lead")
        return True

    def _report(self, world: World) -> None:
        good = world.chance.random() < self.temperament.good
        number = 300_000_000 + world.seen.get("reported", 0)
        again = self.reports and world.chance.random() < 0.05
        body = {
            "url": f"https://mercado.test/itm/ad/{number - (7 if again and number > 300_000_010 else 0)}",
            "captured_at": world.now.isoformat(), "access": "public",
            "listing": {"title": f"{GOOD if good else BAD} {number}", "description": "Message me.",
                        "seller": {"name": f"seller{number % 97}", "url": f"https://mercado.test/seller/s{number % 97}"}},
            "suspicion": {"category": "live", "species": "", "taxon_id": None, "legality_evidence": "none",
                          "confidence": "likely", "reason": "Chicks without papers." if good else "Looks like a parrot."},
        }  # fmt: skip
        answer = self.api(world, "POST", "/reports", json=body, headers={"Idempotency-Key": str(uuid.uuid4())})
        assert answer.status_code == 201, f"{self.name} may report, says the page; the API: {answer.text[:600]}"
        self.reports.append((answer.json["id"], world.now))
        world.note("reported")

    def _answer(self, world: World) -> None:
        if not self.temperament.answers or not self.reports or world.chance.random() > 0.4:
            return
        for report in self.api(world, "GET", "/reports").json["items"]:
            if report["status"] == ASKED:
                answer = self.api(world, "POST", f"/reports/{report['id']}/replies", json={"text": "It shows no ring."})
                assert answer.status_code == 201, answer.text[:600]
                world.note("answered a question")

    def api(self, world: World, method: str, path: str, **more: Any) -> Any:
        """What the API answers their paired browser."""
        return world.api(self.email, self.id, Scope.REPORTS, method, path, **more)

    # --- Leaving ---------------------------------------------------------------------------------------------------------

    def _leave(self, world: World, day: int) -> bool:
        answer = world.post(self.email, "/profile/erase", sure="y", password=PASSWORD)
        assert answer.status_code == 200, answer.text[:1500]
        self._is_gone(world, "erased", day)
        return True

    def _is_gone(self, world: World, how: str, day: int) -> None:
        self.gone, self.gone_on, self.erased_at = how, day, len(world.mail.taken)
        world.forget(self.email)
        world.note(how)

    def is_closed(self, world: World, day: int) -> None:
        """Somebody of the desk has closed the account."""
        self._is_gone(world, "closed", day)


def named_in(mail: Taken, spotters: list[Spotter]) -> list[str]:
    """The volunteers whose name or address a mail holds, in its words or headers."""
    words = f"{mail.message['Subject']} {text_of(mail)}"
    found = set(re.findall(r"(?:Volunteer|Returned)\d+ Nightjar|volunteer\d+@people\.test", words))
    return [spotter.name for spotter in spotters if found & {spotter.name, spotter.email}]
