"""The kinds of returned mail, for the room that distinguishes them and the wording of pages. Pure."""

from enum import StrEnum

from server.core.sentences import Sentence, sentence


class MailKind(StrEnum):
    """What a mail is that comes back."""

    BOUNCE = "bounce"  # our mail was not delivered, and nobody tries again
    DELAY = "delay"  # not yet; they go on trying
    RECEIPT = "receipt"  # it was delivered, or displayed
    COMPLAINT = "complaint"  # somebody has marked our mail as spam
    AUTOMATIC = "automatic"  # no person wrote it
    OWN = "own"  # our own mail
    REPLY = "reply"
    UNREADABLE = "unreadable"


MAIL_KIND: dict[MailKind, Sentence] = {
    MailKind.BOUNCE: sentence("Not delivered"),
    MailKind.DELAY: sentence("Delivery delayed"),
    MailKind.RECEIPT: sentence("Receipt"),
    MailKind.COMPLAINT: sentence("Marked as spam"),
    MailKind.AUTOMATIC: sentence("Automatic reply"),
    MailKind.OWN: sentence("Our own email"),
    MailKind.REPLY: sentence("Reply"),
    MailKind.UNREADABLE: sentence("Cannot be read"),
}
