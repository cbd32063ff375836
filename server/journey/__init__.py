"""The life of one report, step by step. Read its files in the order of the steps and you have read the system.

One function a step, one transaction a function: what changes, its audit row and the work that follows commit together.
This is the one place that changes things in several rooms; ids go in, plain values come out.

Steps 1 and 2 are the extension's, 3 is `reports/api.py`:

 4 to 8   `intake`        the gate; keep, know the listing again, know what it is, triage
 8 to 10  `decision`      a coordinator decides; route, compose and queue the notice
11        `delivery`      it leaves, by hand where there is a form, is overdue and asked about once more, or cannot leave
12        `answer`        the company answers, or we take the notice back
13        `verification`  people look whether it is really gone
14        `feedback`      the spotter hears, and may answer; `weekly`: once a week, for those who chose so
"""

from server.journey.answer import answer_notice, record_answer, withdraw_notice
from server.journey.decision import decide, mark_clean, take_in
from server.journey.delivery import (
    NOT_DELIVERED,
    deliver_notice,
    form_sent,
    not_delivered,
    notice_overdue,
    remind_notice,
    take_back_notice,
)
from server.journey.feedback import complain, mail_feedback, reply
from server.journey.intake import copy_picture, may_report, receive_report
from server.journey.verification import ask_check, look, look_again, look_as_coordinator
from server.journey.weekly import mail_week, queue_week_mails

__all__ = [
    "NOT_DELIVERED",
    "answer_notice",
    "ask_check",
    "complain",
    "copy_picture",
    "decide",
    "deliver_notice",
    "form_sent",
    "look",
    "look_again",
    "look_as_coordinator",
    "mail_feedback",
    "mail_week",
    "mark_clean",
    "may_report",
    "not_delivered",
    "notice_overdue",
    "queue_week_mails",
    "receive_report",
    "record_answer",
    "remind_notice",
    "reply",
    "take_back_notice",
    "take_in",
    "withdraw_notice",
]
