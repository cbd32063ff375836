"""How each value that is about somebody is said: a role, a level, a standing, a judgement. Pure. The voice is that of `phrases`."""

from server.core.phrases import Phrase
from server.core.sentences import Sentence, sentence
from server.core.words import Level, Role, Standing, TeamRole

LEVEL: dict[Level, Sentence] = {
    Level.PROBATION: sentence("On probation"),
    Level.TRUSTED: sentence("Trusted"),
    Level.LEAD: sentence("Lead"),
}
# What became of a judgement (skill/posterior.py, Outcome, by value), as its spotter reads it
JUDGED: dict[str, Phrase] = {
    "gold_right": Phrase(sentence("Right"), "check-circle-fill", "removed", sentence("From the practice lanes.")),
    "gold_wrong": Phrase(
        sentence("Not quite"), "book-half", "no_answer", sentence("From the practice lanes, to learn from.")
    ),
    "cannot_tell": Phrase(
        sentence("Cannot tell"), "question-circle", "received", sentence("Never counts against you.")
    ),
    "notified": Phrase(sentence("Worth a notice"), "send", "notified", sentence("A coordinator agreed with you.")),
    "acted": Phrase(sentence("The company acted"), "check-circle-fill", "removed", sentence("It agreed with you.")),
    "not_violating": Phrase(
        sentence("Kept online"), "dash-circle", "kept", sentence("Does not count: a coordinator agreed with you.")
    ),
    "dismissed_innocent": Phrase(
        sentence("Innocent listing"), "book-half", "no_answer", sentence("The lesson explains how to tell.")
    ),
    "dismissed_otherwise": Phrase(
        sentence("Not forwarded"), "archive", "dismissed", sentence("Counts neither for nor against you.")
    ),
}
# An answer in the practice lane (skill/lane.py, Said, by value); the sentence is the choice as it is offered.
SAID: dict[str, Phrase] = {
    "flag": Phrase(sentence("Flag"), "flag", "notified", sentence("I would flag it")),
    "innocent": Phrase(sentence("Leave"), "dash-circle", "dismissed", sentence("I would leave it")),
    "cannot_tell": Phrase(
        sentence("Cannot tell"), "question-circle", "received", sentence("I cannot tell (never counts against you)")
    ),
}
STANDING: dict[Standing, Phrase] = {
    Standing.NONE: Phrase(sentence("Not accredited"), "mortarboard", "received", sentence("The training comes first.")),
    Standing.ACTIVE: Phrase(sentence("Accredited"), "check-circle-fill", "notified", sentence("May report.")),
    Standing.LAPSED: Phrase(
        sentence("Lapsed"), "hourglass-split", "no_answer", sentence("The training must be refreshed before reporting.")
    ),
    Standing.SUSPENDED: Phrase(
        sentence("Suspended"), "pause-circle", "problem", sentence("A coordinator has suspended reporting.")
    ),
    Standing.WITHDRAWN: Phrase(
        sentence("Withdrawn"), "dash-circle", "dismissed", sentence("A coordinator has ended the accreditation.")
    ),
}
ROLE: dict[Role, Sentence] = {
    Role.SPOTTER: sentence("Spotter"),
    Role.COORDINATOR: sentence("Coordinator"),
    Role.COMPANY: sentence("Company"),
    Role.ADMIN: sentence("Administrator"),
}
TEAM_ROLE: dict[TeamRole, Sentence] = {
    TeamRole.MANAGER: sentence("Manager"),
    TeamRole.MEMBER: sentence("Member"),
}
TEAM_ROLE_SAID: dict[TeamRole, Sentence] = {
    TeamRole.MANAGER: sentence("Manager: answers notices and manages the team and its API tokens"),
    TeamRole.MEMBER: sentence("Member: answers notices"),
}
