"""A spotter adds to a report of their own what they have learned since: it adds, and never rewrites what others saw.

It is the same voice again, so it does not add support, and no part of it is sent with a notice: a coordinator who uses
something of it over writes it. The case stands among what waits until somebody has looked, unless it is closed: a
spotter whose report was set aside is answered like any other.
"""

from collections.abc import Sequence

from server.core import audit
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import CaseState, FeedbackCode, Refused, Status
from server.journeys.report import effect, intake
from server.ledger.cases import store as cases
from server.ledger.reports import addition, addition_store, submission
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry


def add(account_id: str, report_id: str, text: str, pictures: Sequence[bytes] = ()) -> None:
    """Keep a further text, with the pictures beside it. A decision that can still be undone lapses.

    The same once more, as a form that is sent twice, changes nothing.

    The pictures are checked and kept as those of an answer are: in the vault, fsynced, before the transaction begins.
    Raises Refused: not-found, conflict (closed, or added to often enough), invalid (text, pictures), unavailable.
    """
    words = text.strip()
    if not words or len(words) > addition.LONGEST:
        detail = sentence("Write what you want to add, in at most 2,000 characters.")
        raise Refused("invalid", detail, errors={"text": [detail]})
    files: list[submission.File] = []
    if pictures:
        with read() as session:
            report = reports.own(session, account_id, report_id)
            addition.refuse(Status(report.status), addition_store.count(session, report_id))
            there = [file.name for file in reports.evidence(session, [report_id])[report_id]]
        files = submission.check_answer(list(pictures), there)
        intake.keep_files(files)
    with write() as session:
        case = cases.get(session, reports.own(session, account_id, report_id).case_id, lock=True)
        report = reports.own(session, account_id, report_id)  # again, now that nobody else changes it
        if addition_store.said_last(session, report_id, FeedbackCode.ADDED, words, [file.sha256 for file in files]):
            return
        addition.refuse(Status(report.status), addition_store.count(session, report_id))
        names = [file.name for file in files]
        there = [file.name for file in reports.evidence(session, [report_id])[report_id]]
        if not set(there).isdisjoint(names):
            raise Refused(
                "conflict", sentence("Something was added to this report at the same moment. Send this again.")
            )
        entry = Entry(FeedbackCode.ADDED, {"pictures": names} if names else {}, words, "spotter")
        reports.add_evidence(session, report.id, files)
        effect.overtake(session, case)
        reports.say(session, report.id, report.status, entry)
        # One that nobody has looked at stands among what waits already; in a closed case, such as a ring's, nothing waits.
        if report.status != Status.RECEIVED and case.state != CaseState.CLOSED:
            cases.count_answer(case)
        cases.touch(case)  # a decision is made on what was seen: this is something else
        audit.record(session, account_id, "report_added_to", "report", report.id)
