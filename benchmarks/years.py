"""Years of use, invented and seeded: what stands in a database after three of them. For `benchmarks.scale`.

Plain rows in bulk, every constraint kept. Reports come thicker towards the end; one case has 300 of them, one spotter a
twelfth of all (at most 16,700), one company a third of the notices. Nothing here is a real person, company, address or ad.
"""

import hashlib
import random
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, text

from server.core import anchor, audit, seals
from server.core.audit import AuditRow, AuditSeal
from server.core.database import db, reference, write
from server.core.outbox import Work
from server.ledger.cases.models import Case, CaseDecision, CaseTaxon
from server.ledger.complaints.models import Complaint
from server.ledger.delivery.models import Message, MessageAttempt, MessageNotice
from server.ledger.listings.models import Listing
from server.ledger.monitoring.models import Check, CheckResult
from server.ledger.notices import compose
from server.ledger.notices import store as notices
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Evidence, Feedback, IdempotencyKey, Report
from server.people.accounts.models import Account, DeviceGrant, SignIn, SignInFailures, Token
from server.people.accreditation import agreement
from server.people.accreditation.models import AccreditationRow, Certificate, Signature, StepDown
from server.people.courses import catalogue
from server.people.exams import exam
from server.people.exams.models import Attempt, AttemptAnswer
from server.people.recruitment.models import Application
from server.people.rounds.models import Membership, Round, RoundMail, Search, Team
from server.people.skill.models import LaneAnswer, Proposal
from server.people.training.models import PracticeAnswer, Reading
from server.reads import eligibility

SPAN, COMPANIES, BATCH = timedelta(days=3 * 365), 40, 5000
BUSY = 300  # reports on the one case that everybody reports
# A programme grows in reports before it grows in people: at most so many spotters, and reports by the busiest of them.
SPOTTERS, BUSIEST = 2_000, 16_700
TEXT = (
    "Carved piece from an old collection, about 12 cm, fine grain. No papers. Message me before you come, "
    "cash only, can be sent within a week. Another one is there for whoever takes both."
)
WHY = [
    {"code": "no_papers", "weight": 0.0, "params": {}},
    {"code": "name", "weight": 0.6, "params": {"word": "carved"}},
]
TOLD: dict[str, dict[str, Any]] = {  # by status
    "notified": {"code": "notice_queued", "params": {}, "text": None},
    "removed": {"code": "answered", "params": {"company": "Marketplace 1", "answer": "removed"}, "text": None},
    "dismissed": {"code": "dismissed", "params": {}, "text": "The grain is that of bone."},
    "needs_info": {"code": "question", "params": {}, "text": "Is there a second picture?"},
    "in_review": {"code": "held", "params": {}, "text": None},
}


class Years:
    """The filling: one object knows the chance, the clock's end and what has been made."""

    def __init__(self, reports: int, now: datetime, seed: int = 20261125) -> None:
        self.number, self.now, self.chance = reports, now, random.Random(seed)
        self.crowd = min(max(reports // 100, 20), SPOTTERS)
        self.begin, self.spotters, self.desk, self.answerers = now - SPAN, list[str](), list[str](), list[str]()
        self.platforms, self.seq = list[tuple[str, str, str]](), 0
        self.waiting: dict[Any, list[dict[str, Any]]] = {}
        self.seen: dict[str, str] = {}  # of a case or person a page is measured with, by its name

    # --- How rows are made -----------------------------------------------------------------------------------------

    def id(self, at: datetime) -> str:
        """An identifier as if made at `at`."""
        tail = self.chance.getrandbits(76)
        return f"{int(at.timestamp() * 1000):012x}7{tail >> 64:03x}{0x8000000000000000 | tail & (2**62 - 1):016x}"

    def moment(self) -> datetime:
        """Some time in the years, thicker towards their end."""
        return self.begin + SPAN * float(self.chance.random() ** 0.6) - timedelta(minutes=1)

    def after(self, at: datetime, most: timedelta) -> datetime:
        """Some time within `most` after `at`, never in the future."""
        return min(at + most * self.chance.random(), self.now - timedelta(seconds=1))

    def add(self, model: Any, **row: Any) -> str:
        """Keep a row for its table; its id."""
        rows = self.waiting.setdefault(model, [])
        rows.append(row)
        return str(row.get("id", ""))

    def noted(self, at: datetime, actor: str | None, action: str, kind: str, about: str, **detail: Any) -> None:
        """An audit row, numbered and sealed when all are known."""
        self.add(AuditRow, at=at, actor_id=actor, action=action, kind=kind, object_id=about, detail=detail)

    def flush(self, *models: Any) -> None:
        """Write what is kept of these tables, in that order."""
        with write() as session:
            for model in models:
                rows = self.waiting.pop(model, [])
                # Rows of one table may differ in what they leave out: each gets every name.
                names = {name for row in rows for name in row}
                for start in range(0, len(rows), BATCH):
                    batch = [dict.fromkeys(names) | row for row in rows[start : start + BATCH]]
                    session.connection().execute(model.__table__.insert(), batch)

    # --- What stands there -----------------------------------------------------------------------------------------

    def fill(self) -> dict[str, str]:
        """All of it, in an empty migrated database with the companies of `directory()`; names of what to look at."""
        self.people()
        self.learning()
        self.rounds()
        cases = self.cases()
        self.reports(cases)
        self.trail()
        self.odds_and_ends()
        return self.seen

    def people(self) -> None:
        """Spotters, coordinators, who answers for companies; their devices, sign-ins and accreditations."""
        with write() as session:
            rows = session.execute(
                text("SELECT p.id, p.slug, c.id FROM platforms p JOIN companies c ON c.id = p.company_id ORDER BY 2")
            )
            self.platforms = [tuple(row) for row in rows]
        start = self.begin - timedelta(days=10)

        def person(number: int, role: str, at: datetime, company: str | None = None, **more: Any) -> str:
            email = f"{role}{number}@scale.test"
            return self.add(Account, id=self.id(at), email=email, name=f"{role.capitalize()} {number}", role=role,
                            company_id=company, team_role="manager" if company else None, created_at=at, password_hash="none",
                            **more)  # fmt: skip

        self.desk = [person(number, "coordinator", start) for number in range(12)]
        self.seen |= {"coordinator": self.desk[0], "admin": person(0, "admin", start)}
        self.answerers = [person(number, "company", start, row[2]) for number, row in enumerate(self.platforms)]
        self.seen["company"] = self.answerers[0]
        covers = {name: content_hash for name, (content_hash, _) in eligibility.basis().items()}
        for number in range(self.crowd):
            joined = self.begin + SPAN * (number / self.crowd) * 0.98
            who = person(number, "spotter", joined, languages=["en"])
            self.spotters.append(who)
            self.add(Signature, id=self.id(joined), account_id=who, content_hash=covers[agreement.NAME],
                     name="Signed", at=joined)  # fmt: skip
            at, level = joined + timedelta(days=5), "probation"
            while at < self.now:  # renewed every year; one in ten has let it lapse
                row = {"account_id": who, "level": level, "standing": "active", "by_account_id": self.desk[number % 12]}
                last = self.add(AccreditationRow, id=self.id(at), **row, why="Passed, and judges with care.", at=at,
                                exam_waived=False, covers=covers, expires_at=at + timedelta(days=365))  # fmt: skip
                self.noted(at, row["by_account_id"], "accredited", "account", who, level=level)
                at, level = at + timedelta(days=350), "trusted"
                if number and self.chance.random() < 0.1:
                    break
            if number % 40 == 7 and level == "trusted":
                self.add(
                    StepDown,
                    accreditation_id=last,
                    account_id=who,
                    params={"judged": 12, "low": 20, "high": 55, "asks": 70},
                    at=self.after(joined, SPAN),
                )
            if number % 25 == 0:
                self.add(Proposal, id=self.id(joined), account_id=who, level="probation", move="up", judged=30,
                         at=joined, decided_at=None if number % 100 == 0 else joined)  # fmt: skip
                self.add(Certificate, id=self.id(joined), account_id=who, code=f"code{number}", alias="A spotter",
                         made_at=joined, expires_at=joined + timedelta(days=365))  # fmt: skip
            for turn in range(8):
                at = self.after(joined, SPAN)
                name = hashlib.sha256(f"{number}.{turn}".encode()).hexdigest()
                self.add(SignIn, id=self.id(at), hash=name, account_id=who, created_at=at,
                         expires_at=at + timedelta(days=14))  # fmt: skip
                if turn < 3:
                    self.add(Token, id=self.id(at), hash=name, account_id=who, scope="reports:write", label="A browser",
                             created_at=at, revoked_at=at if turn else None)  # fmt: skip
                    self.add(DeviceGrant, id=self.id(at), device_hash=name, user_code=f"{number:05d}{turn:03d}",
                             label="A browser", created_at=at, expires_at=at + timedelta(minutes=10),
                             account_id=who, redeemed_at=at)  # fmt: skip
                    self.add(SignInFailures, key=name, count=2, last_at=at)
        self.seen["spotter"] = self.spotters[0]
        self.flush(Account, Signature, AccreditationRow, StepDown, Proposal, Certificate, SignIn, Token, DeviceGrant,
                   SignInFailures)  # fmt: skip

    def learning(self) -> None:
        """What everybody read, practised, sat for and judged in the lane."""
        modules = list(catalogue.modules().values())
        gold = list(catalogue.known_listings().values())
        for number, who in enumerate(self.spotters):
            joined = self.begin + SPAN * (number / len(self.spotters)) * 0.98
            for module in modules if number % 5 == 0 else [each for each in modules if each.required]:
                at = self.after(joined, timedelta(days=60))
                for lesson in module.lessons:
                    self.add(Reading, account_id=who, module=module.slug, section=lesson.name, at=at)
                for question in self.chance.sample(list(module.questions), 8):
                    order = list(range(len(question.choices)))
                    self.add(PracticeAnswer, id=self.id(at), account_id=who, module=module.slug, question=question.name,
                             order=order, chosen=[0], right=self.chance.random() < 0.8, at=at)  # fmt: skip
                for attempt in range(1 + (self.chance.random() < 0.3)):
                    at = self.after(at, timedelta(days=90))
                    drawn = exam.draw(module.questions, self.chance.randrange(10**6))
                    row = {"account_id": who, "module": module.slug, "content_hash": module.content_hash}
                    sat = self.add(Attempt, id=self.id(at), **row, position=len(drawn), started_at=at,
                                   drawn=[{"name": item.name, "order": list(item.order)} for item in drawn],
                                   ends_at=at + exam.time_for(exam.LENGTH), finished_at=at + exam.time_for(exam.LENGTH) / 2, right=13 - attempt, of=15,
                                   passed=attempt == 0)  # fmt: skip
                    for place, item in enumerate(drawn):
                        self.add(AttemptAnswer, attempt_id=sat, position=place, question=item.name, chosen=[item.order[0]],
                                 right=self.chance.random() < 0.85, at=at)  # fmt: skip
            for listing in self.chance.sample(gold, min(len(gold), 20)):
                at = self.after(joined, SPAN)
                self.add(LaneAnswer, id=self.id(at), account_id=who, listing=listing.name, taxon_group=listing.group,
                         said=self.chance.choice(("flag", "innocent")), right=self.chance.random() < 0.8, at=at)  # fmt: skip
        self.flush(Reading, PracticeAnswer, Attempt, AttemptAnswer, LaneAnswer)

    def rounds(self) -> None:
        """A round every quarter, the last one running; a sixth of the spotters in each, and what they searched."""
        for number in range(12):
            start = (self.begin + SPAN * ((number + 0.97) / 12)).date() - timedelta(days=20)
            first = self.begin + SPAN * (number / 12)
            name = self.id(first)
            self.add(Round, id=name, name=f"Round {number + 1}", about="", starts_on=start,
                     ends_on=start + timedelta(days=41), targets=[100] * 6, groups=[], platforms=[], languages=[],
                     state="open", made_at=first)  # fmt: skip
            self.seen["round"] = name
            teams = [self.add(Team, id=self.id(first), round_id=name, name=f"Team {place}") for place in range(4)]
            here = [who for who in self.spotters if self.chance.random() < 1 / 6]
            for who in {self.spotters[0], *here}:
                self.add(Membership, round_id=name, account_id=who, team_id=self.chance.choice(teams), joined_at=first)
                self.add(
                    RoundMail, id=self.id(first), round_id=name, account_id=who, name="start", at=first, mailed_at=first
                )
                for day in range(25):
                    on = start + timedelta(days=day)
                    at = datetime.combine(on, datetime.min.time(), self.now.tzinfo)
                    if on <= self.now.date():
                        self.add(Search, id=self.id(at), account_id=who, round_id=name, term=f"word {day} {number}",
                                 platform_id=self.chance.choice(self.platforms)[0], language="en" if day % 3 else None,
                                 day=on, seen=40, minutes=10, stated=True, at=at)  # fmt: skip
        self.flush(Round, Team, Membership, RoundMail, Search)

    def cases(self) -> list[tuple[str, datetime, str, int]]:
        """Listings with their cases, notices, answers and checks: id, when, where it stands, platform's place; -1: none."""
        reports = []
        taxa = [row[0] for row in db.session.execute(text("SELECT id FROM taxa ORDER BY id LIMIT 60"))]
        db.session.close()
        for at in sorted(self.moment() for _ in range(max(self.number * 6 // 10, 2))):
            number, place = len(reports), int(COMPANIES * self.chance.random() ** 3)
            place = -1 if self.chance.random() < 0.05 else place
            platform, slug, company = self.platforms[place] if place >= 0 else (None, f"stall{number % 400}", None)
            url = f"https://{slug}.test/ad/{10**8 + number}"
            listing = self.add(Listing, id=self.id(at), key=f"{slug}:{10**8 + number}", platform_id=platform, url=url,
                               number=str(10**8 + number) if platform else None, title=f"Old carving no. {number}",
                               first_seen_at=at, last_reported_at=at)  # fmt: skip
            state = self._state(at, place)
            name, changed = self.id(at), self.after(at, timedelta(days=10))
            self.add(Case, id=name, reference=reference("C", name), listing_id=listing, state=state, version=3,
                     priority=self.chance.randint(5, 95), reasons=WHY,
                     signals={"likely": 0.6, "harm": 0.7, "fresh": 0.3}, text=TEXT, matches=[[0, 6, "trade"]],
                     company_id=company, host=f"{slug}.test", created_at=at, updated_at=changed,
                     report_count=1, unseen_count=1 if state == "open" or self.chance.random() < 0.01 else 0,
                     held_until=self.now + timedelta(days=9) if state == "held" else None,
                     held_why="police_first" if state == "held" else None)  # fmt: skip
            for taxon in self.chance.sample(taxa, self.chance.choice((0, 1, 1, 2))):
                self.add(CaseTaxon, case_id=name, taxon_id=taxon, likelihood=0.7)
            if state != "open":
                word = {"held": "hold", "asked": "ask", "closed": "dismiss"}.get(state, "notify")
                by = self.chance.choice(self.desk)
                self.add(CaseDecision, id=self.id(changed), case_id=name, decision=word, reason="Looked at with care.",
                         account_id=by, at=changed, version=2)  # fmt: skip
                self.noted(changed, by, f"case_{word}", "case", name, before="open", after=state)
            if state in ("notified", "answered"):
                self._notice(name, listing, url, place, changed, state)
            reports.append((name, at, state, place))
            self.seen[state] = name
            if len(self.waiting[Case]) >= 4 * BATCH:
                self._flush_cases()
        self._flush_cases()
        return reports

    def _flush_cases(self) -> None:
        self.flush(
            Listing,
            Case,
            CaseTaxon,
            CaseDecision,
            Notice,
            Message,
            MessageNotice,
            MessageAttempt,
            GivenAnswer,
            Check,
            CheckResult,
        )

    def _state(self, at: datetime, place: int) -> str:
        """Where a case that came at `at` stands today: what is recent waits, what is old is mostly over."""
        draw, recent = self.chance.random(), self.now - at < timedelta(days=10)
        if (recent and draw < 0.7) or draw < 0.014:
            return "open"
        if place < 0:
            return "closed" if draw < 0.8 else "open"
        ends = (("asked", 0.024), ("held", 0.03), ("notified", 0.1), ("answered", 0.63))
        return next((state for state, end in ends if draw < end), "closed")

    def _notice(self, case: str, listing: str, url: str, place: int, at: datetime, state: str) -> None:
        _, slug, company = self.platforms[place]
        name = self.id(at)
        number = reference("N", name)
        document = compose.compose(
            notice_id=name, reference=number, company={"slug": slug, "name": slug}, platform={"slug": slug, "name": slug},
            listing={"url": url, "title": "Old carving", "first_seen": at}, category="product",
            taxa=[{"scientific_name": "Loxodonta africana", "common_name": "African elephant"}],
            reasons=["no papers named"], legality_evidence="none", basis="policy", policy_reference="Rule 2",
            organisation="The programme", contact_email="desk@scale.test", at=at,
        )  # fmt: skip
        answer = (
            self.chance.choice(("removed",) * 6 + ("not_violating", "restricted", "need_info"))
            if state == "answered"
            else None
        )
        answered = self.after(at, timedelta(days=8)) if answer else None
        by = at + compose.ANSWER_WITHIN
        self.add(Notice, id=name, reference=number, case_id=case, company_id=company, document=document,
                 searched=notices.searched(document), basis="policy", created_at=at, answer_by=by, answer=answer,
                 answered_at=answered, reminded_at=by if by < self.now - timedelta(days=1) and not answer else None)  # fmt: skip
        message = self.add(Message, id=self.id(at), event="notice.created", channel="mail", address="desk@scale.test",
                           stable_id=f"<{name}@scale.test>", delivered_at=at,
                           state="failed" if self.chance.random() < 0.001 else "delivered")  # fmt: skip
        self.add(MessageNotice, message_id=message, notice_id=name)
        self.add(MessageAttempt, message_id=message, n=1, started_at=at, finished_at=at, outcome="sent")
        self.noted(at, None, "notice_queued", "notice", name, case_id=case, channel="mail")
        if place == 0:
            self.seen["notice"] = name
        if answered:
            self.add(GivenAnswer, id=self.id(answered), notice_id=name, answer=answer, reason="We have looked.", actions=[],
                     via="portal", account_id=self.answerers[place], at=answered, said_at=answered)  # fmt: skip
            self.noted(answered, self.answerers[place], "notice_answered", "notice", name, answer=answer)
        if answered and answer == "removed":
            due = answered + timedelta(days=2)
            open_still = due > self.now - timedelta(days=3) or self.chance.random() < 0.02
            check = self.add(Check, id=self.id(answered), listing_id=listing, notice_id=name, category="product", why="answered",
                             asked_at=answered, due_at=due, settled_at=None if open_still else due,
                             state="open" if open_still else self.chance.choice(("gone",) * 14 + ("present",)))  # fmt: skip
            for who in self.chance.sample(self.spotters, 0 if open_still else 2):
                self.add(
                    CheckResult, id=self.id(due), check_id=check, account_id=who, coordinator=False, seen="gone", at=due
                )

    def reports(self, cases: list[tuple[str, datetime, str, int]]) -> None:
        """One report on every case, the rest on some again; what their spotters were told."""
        busy = next(i for i, case in enumerate(cases) if case[2] == "answered")
        self.seen |= {
            "busy": cases[busy][0],
            "busy url": f"https://{self.platforms[cases[busy][3]][1]}.test/ad/{10**8 + busy}",
        }
        which = [*range(len(cases)), *[busy] * min(BUSY, self.number // 10)]
        which += [self.chance.randrange(len(cases)) for _ in range(self.number - len(which))]
        counted: dict[int, int] = {}
        statuses = {"answered": ("notified", "removed"), "notified": ("notified",), "closed": ("dismissed",),
                "asked": ("needs_info",), "held": ("in_review",), "open": ()}  # fmt: skip
        moments = [(cases[i][1] if place < len(cases) else self.after(cases[i][1], timedelta(days=60)), i)
                   for place, i in enumerate(which)]  # fmt: skip
        busiest = min(1 / 12, BUSIEST / self.number)
        for at, i in sorted(moments):
            case, _, state, _ = cases[i]
            counted[i] = counted.get(i, 0) + 1
            active = self.spotters[: max(1, int(len(self.spotters) * min(1.0, (at - self.begin) / SPAN + 0.01)))]
            who = self.spotters[0] if self.chance.random() < busiest else self.chance.choice(active)
            name, steps = self.id(at), statuses[state]
            status = steps[-1] if steps else "received"
            self.add(Report, id=name, reference=reference("R", name), account_id=who, case_id=case, captured_at=at,
                     url=f"https://scale.test/ad/{i}", category="product", legality_evidence="none", confidence="likely",
                     reason="No papers, and the grain is plain to see.", title=f"Old carving no. {i}",
                     listing={"title": f"Old carving no. {i}", "description": TEXT, "price": {"text": "120"}}, client={},
                     level="trusted", status=status, outcome="removed" if status == "removed" else None, received_at=at,
                     updated_at=at, looked_at=at if steps else None)  # fmt: skip
            self.seen["report" if who == self.spotters[0] else "other report"] = name
            self.noted(at, who, "report_received", "report", name, case=case)
            for word in steps:
                at = self.after(at, timedelta(days=4))
                self.add(Feedback, id=self.id(at), report_id=name, at=at, status=word, speaker="coordinator",
                         mailed_at=at, **TOLD[word])  # fmt: skip
                self.noted(at, self.desk[0], "report_moved", "report", name, before="received", after=word)
            if self.chance.random() < 0.5:
                self.add(Evidence, id=self.id(at), report_id=name, name="screenshot", sha256="0" * 64, size=90000,
                         media_type="image/png", width=800, height=600, copy_sha256="0" * 64, blurred_sha256="0" * 64)  # fmt: skip
            if at > self.now - timedelta(days=30):
                self.add(IdempotencyKey, account_id=who, key=f"key-{name}", content="0" * 64, created_at=at,
                         answer={"id": name, "status": "received"})  # fmt: skip
            if len(self.waiting[Report]) >= 4 * BATCH:
                self.flush(Report, Feedback, Evidence, IdempotencyKey)
        self.flush(Report, Feedback, Evidence, IdempotencyKey)
        with write() as session:
            session.connection().execute(
                text("UPDATE cases SET report_count = :n, unseen_count = MIN(unseen_count * :n, :n) WHERE id = :id"
                        if db.engine.dialect.name == "sqlite" else
                        "UPDATE cases SET report_count = :n, unseen_count = LEAST(unseen_count * :n, :n) WHERE id = :id"),
                [{"n": n, "id": cases[i][0]} for i, n in counted.items() if n > 1],
            )  # fmt: skip

    def trail(self) -> None:
        """The audit rows in the order of time, all but the last hundred sealed."""
        with write() as session:  # what taking in the companies left
            kept = anchor.load()
            done = seals.seal(session, kept)
            before = session.scalars(select(AuditSeal.hash).where(AuditSeal.position == done)).first() or ""
        rows = sorted(self.waiting.pop(AuditRow), key=lambda row: row["at"])
        for seq, row in enumerate(rows, done + 1):
            self.add(AuditRow, seq=seq, **row)
            if seq <= done + len(rows) - 100:
                before = audit.link(before, AuditRow(seq=seq, **row))
                mark = anchor.mac(anchor.key_of(kept), seq, seq, before)
                self.add(AuditSeal, position=seq, seq=seq, hash=before, mac=mark)
                kept.head = anchor.Head(seq, before, mark)
            if seq % (20 * BATCH) == 0:
                self.flush(AuditRow, AuditSeal)
        self.flush(AuditRow, AuditSeal)
        anchor.save(kept)
        if db.engine.dialect.name == "postgresql":
            with write() as session:
                session.execute(text("SELECT setval('audit_rows_seq_seq', (SELECT max(seq) FROM audit_rows))"))

    def odds_and_ends(self) -> None:
        """Work that is done, complaints, applications."""
        for number in range(self.number // 3):
            at = self.now - timedelta(days=13.9) * self.chance.random()
            kind = self.chance.choice(("mail_feedback", "copy_picture", "review_skill", "deliver_notice"))
            self.add(Work, id=self.id(at), kind=kind, subject_id=f"{number:032x}", due_at=at, attempts=1, done_at=at,
                     dead_lettered_at=None)  # fmt: skip
        for number in range(40):
            at = self.moment()
            self.add(Work, id=self.id(at), kind="mail_feedback", subject_id=f"{number:032x}", due_at=at, attempts=20,
                     done_at=None, dead_lettered_at=at, last_error="refused")  # fmt: skip
        for number in range(self.crowd):
            at = self.moment()
            name = self.id(at)
            self.add(Complaint, id=name, reference=reference("Q", name), about=f"https://scale.test/ad/{number}",
                     text="This carving is made of resin.", email=f"seller{number}@scale.test", at=at, state="open",
                     due_at=at + timedelta(days=14), answer="", words="")  # fmt: skip
        for number in range(self.crowd // 10):
            self.add(Application, id=self.id(self.now), email=f"applicant{number}@scale.test", name="Applicant",
                     languages=["en"], hours=3, why="To help.", heard="friend", answers={}, state="waiting",
                     at=self.now - timedelta(days=number % 80), erase_at=self.now + timedelta(days=90))  # fmt: skip
        self.flush(Work, Complaint, Application)


def directory() -> bytes:
    """The companies file: forty invented companies, each with one platform and a SPOC."""
    lines = ["companies:"]
    for number in range(COMPANIES):
        slug = f"market{number:02d}"
        lines += [
            f"  - slug: {slug}",
            f"    name: Market {number}",
            f"    policy_url: https://{slug}.test/rules",
            "    platforms:",
            f"      - {{slug: {slug}, name: Market {number}, domains: [{slug}.test], listing: '/ad/(?P<id>\\d+)'}}",
            "    spocs:",
            f"      - {{name: Trust and Safety, email: spoc@{slug}.test, languages: [en], channel: mail, verified: 2026-11-01}}",
        ]
    return "\n".join(lines).encode()
