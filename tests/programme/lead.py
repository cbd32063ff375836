"""A lead: answers what her team asks, says of its reports on probation whether she would send them, and is away at times."""

import re

from tests.programme.world import LEAD, World

ANSWER = re.compile(r'action="/lead/questions/(\w{32})/answer"')
REPORT = re.compile(r'href="/lead/reports/(\w{32})"')
AWAY = range(20, 34)  # days on which she looks at nothing; the desk answers for her
PAUSES = 38  # from this day on she takes a break and says so; her team's questions are the desk's at once


class Lead:
    """Lena, whom the programme has had for years."""

    def __init__(self, world: World) -> None:
        self.world = world

    def live(self, day: int) -> None:
        """Every other day; after her break she goes on, and is away at other times no more."""
        if day == PAUSES:
            assert self.post("/profile/pause", weeks="8") == 302
        pauses = PAUSES <= day < PAUSES + 56
        if day % 2 and day not in AWAY and not pauses:
            self.answer()
            self.confirm()

    def answer(self) -> None:
        """Answer whatever waits on her page."""
        for question_id in ANSWER.findall(self.world.get(LEAD[1], "/lead")):
            assert self.post(f"/lead/questions/{question_id}/answer", answer="Look at the beak.") == 302
            self.world.note("a lead answered")

    def confirm(self) -> None:
        """Say something of the first reports of her team."""
        for report_id in dict.fromkeys(REPORT.findall(self.world.get(LEAD[1], "/lead"))):
            doubts = "Plush" in self.world.get(LEAD[1], f"/lead/reports/{report_id}")
            form = {"said": "doubt", "because": "not_offered"} if doubts else {"said": "confirm"}
            assert self.post(f"/lead/reports/{report_id}/confirmation", **form) == 302
            self.world.note("a lead doubted" if doubts else "a lead confirmed")

    def post(self, path: str, **fields: str) -> int:
        """Send a form; the status."""
        return int(self.world.post(LEAD[1], path, **fields).status_code)
