"""A lead: answers what her team asks, says of its reports on probation whether she would send them, and is away at times."""

import re

from tests.programme import content, study
from tests.programme.spotter import EXAMS_OPEN
from tests.programme.world import LEAD, World

TAUGHT = ("basics", "birds")  # what she reads and sits when her accreditation ends
ANSWER = re.compile(r'action="/lead/questions/(\w{32})/answer"')
REPORT = re.compile(r'href="/lead/reports/(\w{32})"')
AWAY = range(20, 34)  # days on which she looks at nothing; the desk answers for her
PAUSES = 38  # from this day on she takes a break and says so; her team's questions are the desk's at once


class Lead:
    """Lena, whom the programme has had for years."""

    has_read = False  # the lessons, before she is accredited again

    def __init__(self, world: World) -> None:
        self.world = world

    def live(self, day: int) -> None:
        """Every other day; after her break she goes on, and is away at other times no more. A spotter like others, she has to
        be accredited again after a year; until then the desk answers for her.
        """
        if day == PAUSES:
            assert self.post("/profile/pause", weeks="8") == 302
        pauses = PAUSES <= day < PAUSES + 56
        if day % 2 and day not in AWAY and not pauses and self.may_lead():
            self.answer()
            self.confirm()

    def may_lead(self) -> bool:
        """Whether her training lets her, after she has done what it asks of her today."""
        page = self.world.get(LEAD[1], "/training")
        active = "You can report." in page
        if not active or "Take the exams for your renewal" in page:
            for slug in TAUGHT if not self.has_read else ():
                for name in content.LESSONS:
                    study.read_lesson(self.world, LEAD[1], slug, name)
            self.has_read = True
            for slug in EXAMS_OPEN.findall(self.world.get(LEAD[1], "/training")):
                if slug in TAUGHT and study.sit_exam(self.world, LEAD[1], slug):
                    self.world.note("a lead sat an exam again")
            if not active and "/training/agreement" in page:
                study.sign(self.world, LEAD[1], LEAD[0])
        return active

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
