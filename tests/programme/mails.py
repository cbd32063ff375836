"""Each mail once, to somebody whom it concerns, and none to who has left."""

from collections import defaultdict
from datetime import datetime, timedelta

from server.core.words import Standing
from tests.programme.desk import staff_named_in
from tests.programme.facts import Facts
from tests.programme.programme import Programme
from tests.programme.spotter import Spotter, named_in
from tests.programme.world import links, text_of

AGAIN = timedelta(days=3)  # a round reminds once in each of its weeks; nothing else says the same so soon
ASKING = ("A round starts soon", "Your searches this week", "A round ends soon", "A new round: you can sign up")
COMPANIES = ("spoc@mercado.test", "desk@tradepost.test")


class Post:
    """What has come so far. Called after each day."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.said: dict[tuple[str, str], datetime] = {}
        self.read = 0
        self.before: dict[str, Facts] = {}  # as the day before left everybody
        self.counted: dict[str, int] = defaultdict(int)

    def check(self, programme: Programme, day: int) -> None:
        """Each mail of the day."""
        world = programme.world
        new, first = world.mail.taken[self.read :], self.read
        self.read += len(new)
        people = programme.people
        for place, mail in enumerate(new, first):
            [to] = mail.recipients
            subject, words, message_id = str(mail.message["Subject"]), text_of(mail), str(mail.message["Message-ID"])
            self.counted[subject.partition(":")[0]] += 1
            assert message_id not in self.ids, f"“{subject}” came to {to} twice"
            self.ids.add(message_id)
            said = (to, subject + words.replace(next(iter(links(mail, "/")), "-"), ""))
            before = self.said.get(said)
            assert before is None or world.now - before >= AGAIN, f"“{subject}” says the same to {to} within a week"
            self.said[said] = world.now
            spotter = programme.by_email.get(to)
            if to in COMPANIES:
                assert not named_in(mail, programme.spotters), f"“{subject}” names a volunteer to {to}"
                assert not staff_named_in(subject + words), f"“{subject}” names somebody of the desk to {to}"
            if spotter is None:
                continue
            assert not spotter.gone or place < spotter.erased_at, (
                f"“{subject}” came to {spotter.name}, who is {spotter.gone}"
            )
            others = [name for name in named_in(mail, programme.spotters) if name != spotter.name]
            assert not others or subject.startswith("You lead"), f"“{subject}” to {spotter.name} names {others}"
            if subject in ASKING:
                self._may_be_asked(spotter, people.get(spotter.id), subject)
        self.before = people

    def _may_be_asked(self, spotter: Spotter, person: Facts | None, subject: str) -> None:
        """Whoever is asked for something can do it and wants to be asked: when the day ended, or when it began."""
        states = [known for known in (person, self.before.get(spotter.id)) if known]
        if states:
            named = f"“{subject}” asks {spotter.name}"
            assert any(known.standing is Standing.ACTIVE for known in states), f"{named}, who is {states[0].standing}"
            assert not all(known.paused for known in states), f"{named}, who pauses"
            assert any(known.reminders for known in states), f"{named}, who wants no reminders"
