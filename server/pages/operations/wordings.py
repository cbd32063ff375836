"""Kinds of work, reasons for failing and parts of the installation, in words."""

from enum import StrEnum

from server.core.failures import WorkFailure
from server.core.phrases import Phrase
from server.core.sentences import Sentence, sentence

KINDS: dict[str, Sentence] = {
    "deliver_notice": sentence("Notice to a company"),
    "deliver_digest": sentence("Notices to a company, in one message"),
    "deliver_reply": sentence("Reply to a company"),
    "message_returned": sentence("Returned message"),
    "read_mailbox": sentence("Reading of the mailbox"),
    "remind_early": sentence("Reminder to a company before its answer is due"),
    "remind_notice": sentence("Reminder to a company after its answer was due"),
    "take_back_notice": sentence("Withdrawal of a notice"),
    "notice_overdue": sentence("Notice without an answer in time"),
    "test_webhook": sentence("Test of a company’s webhook"),
    "prove_webhook": sentence("Test of a new webhook"),
    "replay_webhook": sentence("Messages resent to a webhook"),
    "take_effect": sentence("Decision taking effect"),
    "take_answer": sentence("Answer taking effect"),
    "copy_picture": sentence("Copy of a picture"),
    "know_again": sentence("Search for the same photo, text or seller"),
    "past_work": sentence("Import of past work"),
    "judge_by_model": sentence("Priority by the learned model"),
    "judge_reposts": sentence("Priority of a listing that is posted again"),
    "look_again": sentence("Check of a listing"),
    "look_for_relisting": sentence("Check whether a listing is back online"),
    "look_first": sentence("Check of a listing before its notice is sent"),
    "review_skill": sentence("Review of a spotter’s level"),
    "end_exam": sentence("End of an exam"),
    "join": sentence("Request for an account"),
    "announce_round": sentence("Announcement of a round"),
    "announce_lead": sentence("Announcement of a team’s lead"),
    "audit_alarm": sentence("Audit trail alarm"),
    "audit_accepted": sentence("Accepted state of the audit trail"),
    "mail_accepted": sentence("Email: application accepted"),
    "mail_address_proof": sentence("Email: new address of a SPOC to be confirmed"),
    "mail_address_warning": sentence("Email: request to change a SPOC’s address"),
    "mail_still_right": sentence("Email: SPOC asked whether it is still right"),
    "mail_alarm": sentence("Email: alarm about a seller’s reports"),
    "mail_applied": sentence("Email: application received"),
    "mail_audit_alarm": sentence("Email: audit trail alarm"),
    "mail_audit_head": sentence("Email: head of the audit trail"),
    "mail_complaint_received": sentence("Email: complaint received"),
    "mail_complaint_answer": sentence("Email: answer to a complaint"),
    "mail_declined": sentence("Email: application declined"),
    "mail_encouragement": sentence("Email: encouragement"),
    "mail_feedback": sentence("Email: news of a report"),
    "mail_inbox_alert": sentence("Email: notices wait in a company’s inbox"),
    "mail_invited": sentence("Email: invitation"),
    "mail_joining": sentence("Email: welcome"),
    "mail_review": sentence("Email: reminder of the review"),
    "mail_round": sentence("Email: round"),
    "mail_second": sentence("Email: second person of an accreditation"),
    "mail_sign_in_link": sentence("Email: link to sign in"),
    "mail_standing": sentence("Email: accreditation"),
    "mail_step_down": sentence("Email: proposal of a lower level"),
    "mail_factor_on": sentence("Email: second factor set up"),
    "mail_factor_replaced": sentence("Email: second factor replaced"),
    "mail_factor_off": sentence("Email: second factor turned off"),
    "mail_recovery_code_used": sentence("Email: recovery code used"),
    "mail_factor_reset_asked": sentence("Email: reset of a second factor asked for"),
    "mail_factor_reset": sentence("Email: second factor reset"),
    "mail_team_change": sentence("Email: change in a company’s team"),
    "mail_team_invited": sentence("Email: invitation to a company’s team"),
    "mail_week": sentence("Email: week in figures"),
}


def kind(name: str) -> str:
    """A kind of work in words; one of another version by its name."""
    return KINDS.get(name, name)


FAILURES: dict[WorkFailure, Sentence] = {
    WorkFailure.UNREACHABLE: sentence("No connection: nothing answers."),
    WorkFailure.RESTS: sentence(
        "The destination did not answer, or was slow, a moment ago: we will try again shortly."
    ),
    WorkFailure.REFUSED_FOR_NOW: sentence("The mail server did not accept it this time."),
    WorkFailure.ADDRESS_REFUSED: sentence("The address rejected our email."),
    WorkFailure.REFUSED: sentence("The mail server did not accept this email."),
    WorkFailure.ANSWERED: sentence("The webhook answered with an error."),
    WorkFailure.CLOSED: sentence("The company has closed its webhook."),
    WorkFailure.FORBIDDEN: sentence("Nothing is sent to such an address."),
    WorkFailure.TOO_LARGE: sentence("The message is larger than its channel carries."),
    WorkFailure.NO_SECRET: sentence("The SPOC has no webhook secret, and nothing is sent unsigned."),
    WorkFailure.MAIL_AWAY: sentence("Our mail server does not answer, or accepts nothing."),
    WorkFailure.STORE_AWAY: sentence("The evidence store does not answer."),
    WorkFailure.WORKER_STOPPED: sentence("The worker crashed on it five times in a row."),
    WorkFailure.UNEXPECTED: sentence("An error in the program: the log has the details."),
    WorkFailure.OTHER: sentence("See the details."),
}


def failure(code: str | None) -> Sentence:
    """Why the last attempt failed, in words."""
    return FAILURES[WorkFailure(code)] if code else FAILURES[WorkFailure.OTHER]


PARTS: dict[str, Sentence] = {
    "database": sentence("Database"),
    "tables": sentence("Tables"),
    "vault": sentence("Evidence store"),
    "disk": sentence("Disk"),
    "clock": sentence("Clock"),
    "worker": sentence("Worker"),
    "mail": sentence("Mail server"),
    "mailbox": sentence("Mailbox"),
    "audit": sentence("Audit trail"),
    "keys": sentence("Keys of all machines"),
}


class PartState(StrEnum):
    """How a part of the installation is."""

    READY = "ready"
    NOT_READY = "not_ready"
    TO_FILES = "to_files"  # of the mail server: there is none


PART_STATES = {
    PartState.READY: Phrase(sentence("Ready"), "check-circle-fill", "removed"),
    PartState.NOT_READY: Phrase(sentence("Not ready"), "exclamation-triangle-fill", "problem"),
    PartState.TO_FILES: Phrase(
        sentence("Emails are written to files and reach nobody"), "exclamation-triangle-fill", "no_answer"
    ),
}
