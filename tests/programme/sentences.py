"""No sentence on a volunteer's pages says what is not so."""

import html
import re

from server.core.words import Scope, Standing
from tests.programme.facts import Facts
from tests.programme.programme import Programme
from tests.programme.spotter import Spotter

A_DAY = 1  # people whose pages are read although nothing has changed for them
MAY = ("You can report.",)
MAY_NOT = (
    "before reporting",
    "accreditation lapsed on",
    "cannot report until",
    "suspended your accreditation",
    "Go through it again; then",
)
TO_DO = (
    "You need to finish the training",
    "Pass the training’s questions again",
    "To return, pass the exams again",
)


class Pages:
    """How everybody stood when their pages were read last."""

    def __init__(self) -> None:
        self.before: dict[str, tuple[object, ...]] = {}

    def check(self, programme: Programme, day: int) -> None:
        """The pages of those for whom something has changed, and of a few others."""
        world = programme.world
        people = programme.people
        few = set(world.chance.sample(sorted(people), min(A_DAY, len(people))))
        for who, person in people.items():
            spotter = programme.by_id[who]
            state = (person.standing, person.ready, person.refusal, person.appeal is None, person.signed)
            if spotter.joined is None or spotter.gone or (self.before.get(who) == state and who not in few):
                continue
            self.before[who] = state
            pages = {
                path: _words(world.get(spotter.email, path))
                for path in ("/training", "/work", "/reports/new", "/profile")
            }
            if world.rounds:
                pages["/rounds/…"] = _words(world.get(spotter.email, f"/rounds/{world.rounds[-1]}"))
            for path, words in pages.items():
                said(spotter, person, path, words)
            by_itself(spotter, person, pages)
            refused(programme, spotter, person)


def _words(page: str) -> str:
    main = page.partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def said(spotter: Spotter, person: Facts, path: str, words: str) -> None:
    """What any page may not say of somebody who stands so."""
    wrong = MAY if person.refusal else MAY_NOT
    for sentence in wrong:
        assert sentence not in words, (
            f"{path} says “{sentence}” to {spotter.name}: {person.standing}, gate: {person.refusal or 'open'}"
        )
    if person.ready:
        for sentence in TO_DO:
            assert sentence not in words, f"{path} says “{sentence}” to {spotter.name}, who waits for a coordinator"


def by_itself(spotter: Spotter, person: Facts, pages: dict[str, str]) -> None:
    """What some pages have to say."""
    training = pages["/training"]
    if not person.refusal:
        assert "You can report." in training, f"/training does not say to {spotter.name} that they can report"
    if person.ready:
        assert "A coordinator will now look" in training, f"/training does not say to {spotter.name} who is next"
    if person.standing is Standing.SUSPENDED:
        assert "appeal" in training or "review" in training, f"/training shows {spotter.name} no way to appeal"


def refused(programme: Programme, spotter: Spotter, person: Facts) -> None:
    """The API's refusal says the same as the pages."""
    if not person.refusal:
        return
    answer = programme.world.api(
        spotter.email, spotter.id, Scope.REPORTS, "POST", "/reports",
        json={"url": "https://mercado.test/itm/1"}, headers={"Idempotency-Key": "00000000-0000-4000-8000-000000000000"},
    )  # fmt: skip
    if answer.status_code == 403 and (person.ready or (person.passed and not person.signed)):
        for sentence in TO_DO:
            assert sentence not in answer.json["detail"], f"the API says “{sentence}” to {spotter.name}, who has passed"
