"""The programme day by day: who lives, who works, what the clock brings, and after each day what must hold."""

import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from server.core.database import read
from server.people.accounts.models import Account
from tests.programme import facts, temperaments
from tests.programme.desk import Desk
from tests.programme.facts import Facts
from tests.programme.lead import Lead
from tests.programme.spotter import Spotter
from tests.programme.world import START, World

WEEKS = 4  # of a round: what the form of a round offers
PLAN = {
    "about": "Look for chicks.", "zone": "UTC", "weeks": str(WEEKS), "targets": "40", "groups": ["bird"],
    "teams": "Herons\nOtters", "state": "open",
}  # fmt: skip
Check = Callable[["Programme", int], None]


class Programme:
    """So many volunteers over so many rounds. `checks` are made after each day."""

    def __init__(self, world: World, people: int, rounds: int, checks: list[Check], post: Any) -> None:
        self.world, self.rounds, self.checks, self.post = world, rounds, checks, post
        self.desk, self.lead = Desk(world), Lead(world)
        self.length, self.days = 7 + rounds * WEEKS * 7, 0  # to be lived, and lived
        chance = random.Random(people)
        last = max(1, self.length * 2 // 3)  # who arrives later has no time to live
        kinds = list(temperaments.drawn(people, chance))
        arrivals = (
            sorted(chance.randrange(last) for _ in kinds) if rounds > 3 else [n * 6 // people for n in range(people)]
        )
        arrivals[-3:] = (
            self.length - 5,
            self.length - 5,
            self.length + 1,
        )  # who is on the way when nobody works any more
        self.spotters = [
            Spotter(number, kind, day) for number, (kind, day) in enumerate(zip(kinds, arrivals, strict=True))
        ]
        self.by_email = {spotter.email: spotter for spotter in self.spotters}
        self.people: dict[str, Facts] = {}  # by account, as the last day left them
        self.found: list[str] = []  # what did not hold, where the programme went on

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "checks"}

    @property
    def by_id(self) -> dict[str, Spotter]:
        """Who has an account, by its id."""
        return {spotter.id: spotter for spotter in self.spotters if spotter.id}

    def run(self) -> None:
        """All of it."""
        for day in range(self.days, self.length):
            self.live(day)

    def live(self, day: int, *, desk: bool = True, checks: list[Check] | None = None) -> None:
        """One day; without `desk` nobody of it works, nor does the lead. checks: others than at the beginning."""
        world = self.world
        world.go_to(day, 6)
        world.work()
        self.deliver()
        world.go_to(day, 8)
        if desk:
            self.events(day)
        for spotter in self.spotters:
            if spotter.arrives <= day:
                spotter.live(world, day)
        if desk:
            self.lead.live(day)
            world.go_to(day, 16)
            for who in self.desk.at_work(day):
                self.desk.work(who, self.by_id, day)
            if day % 7 == 3:
                self.desk.company()
        world.go_to(day, 22)
        world.work()
        self.deliver()
        self.days = day + 1
        self._look()
        for check in self.checks if checks is None else checks:
            check(self, day)

    def _look(self) -> None:
        with read() as session:
            self.people = facts.of_everybody(session, self.by_id, self.world.now)

    def look_again(self, check: Check, weekday: int = 0) -> None:
        """Make one check once more, as if it were that day of the week."""
        self._look()
        check(self, weekday)

    def deliver(self) -> None:
        """Whoever was written to has the mail; an account made meanwhile is known by its address."""
        mails = self.world.new_mails()
        for mail in mails:
            spotter = self.by_email.get(mail.recipients[0])
            if spotter:
                spotter.hears(self.world, mail)
        missing = {spotter.email: spotter for spotter in self.spotters if spotter.applied and not spotter.id}
        if missing:
            with read() as session:
                rows = session.execute(select(Account.email, Account.id).where(Account.email.in_(list(missing)))).all()
            for email, account_id in rows:
                missing[email].id = account_id

    def events(self, day: int) -> None:
        """What happens to the programme as a whole."""
        world, desk = self.world, self.desk
        if day % (WEEKS * 7) == 1 and len(world.rounds) <= self.rounds:  # the last one only begins
            self.plan(day + 6)
        if day == 15:
            desk.away["cora"] = day + 11
        if day == 10:
            desk.left.discard("eve")
        if day == 33:
            world.post("ada@desk.test", f"/people/{world.ids['eve']}/close", why="She has left the organisation.")
            world.forget("eve@desk.test")
            desk.left.add("eve")
        if day == 14:
            world.teach(world.changed)
            world.note("taught anew")

    def stop_two(self) -> None:
        """Dan suspends two people on his last day at work; one of them appeals the next morning."""
        active = [who for who, person in self.people.items() if not person.refusal and not self.by_id[who].gone]
        for account_id in active[:2]:
            assert self.desk.suspend("dan", account_id)
        first = self.by_id[active[0]].email
        appeal = self.world.post(first, "/training/appeal", text="I was on a journey then.")
        assert appeal.status_code == 302, appeal.text[:1500]

    def ask_the_lead(self) -> None:
        """Somebody of her team asks her something on her last day."""
        active = [self.by_id[who] for who, person in self.people.items() if not person.refusal]
        assert any(spotter.ask(self.world) for spotter in active if not spotter.gone), "nobody turns to a lead"

    def plan(self, begins: int) -> None:
        """Cora, or Dan when she is away, plans the next round and opens it for signing up."""
        world = self.world
        who = "cora" if begins >= self.desk.away["cora"] else "dan"
        starts_on = (START.date()).fromordinal(START.date().toordinal() + begins)
        form = PLAN | {"name": f"Round {len(world.rounds) + 1}", "starts_on": starts_on.isoformat()}
        answer = world.post(f"{who}@desk.test", "/rounds/new", **form)
        assert answer.status_code == 302, answer.text[:1500]
        world.rounds.append(answer.location.rpartition("/")[2])
