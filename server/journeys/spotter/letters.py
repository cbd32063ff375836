"""What the mails about an accreditation say. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.core.sentences import sentence
from server.people.accreditation.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its subject, what it says, and where its one link leads (an endpoint's name, and its words).

    lines: a list between what it says first and what it says `after`.
    """

    subject: str
    text: tuple[str, ...]
    page: str
    link: str
    lines: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


_REPORT = ("reports.new", sentence("Report an ad"))
_TRAINING = ("training.index", sentence("Open the training"))
_PROFILE = ("accounts.profile", sentence("Open your profile"))
_APPEAL = ("accreditation.appeal", sentence("See your appeal"))
_AGAIN = sentence("For that, pass the required exams again; then a coordinator renews it.")
# Subject, text, link, and what holds only while nothing has followed: no other decision, no exam passed for a renewal.
_PATTERNS: Mapping[Occasion, tuple[str, tuple[str, ...], tuple[str, str], tuple[str, ...]]] = {
    Occasion.ACCREDITED: (
        sentence("You are accredited"),
        (sentence("On %(date)s, %(by)s accredited you, until %(until)s. Your level: %(level)s."),),
        _REPORT,
        (sentence("You can report from now on, with the extension or on the page."),),
    ),
    Occasion.RENEWED: (
        sentence("Your accreditation is renewed"),
        (sentence("On %(date)s, %(by)s renewed your accreditation, until %(until)s. Your level: %(level)s."),),
        _PROFILE,
        (),
    ),
    Occasion.LEVEL: (
        sentence("Your level or its scope has changed"),
        (sentence("On %(date)s, %(by)s changed your level or its scope. Your level: %(level)s, until %(until)s."),),
        _PROFILE,
        (),
    ),
    Occasion.SUSPENDED: (
        sentence("Your accreditation is suspended"),
        (
            sentence("On %(date)s, a coordinator suspended your accreditation. What you reported until then stays."),
            sentence(
                "Do you see it differently? You can appeal, in your own words. Somebody other than the person who decided "
                "reviews it and gives you the reason."
            ),
        ),
        ("accreditation.appeal", sentence("Appeal")),
        (sentence("Until the suspension is lifted, you cannot report."),),
    ),
    Occasion.REINSTATED: (
        sentence("Your suspension is lifted"),
        (sentence("On %(date)s, %(by)s lifted your suspension. Your accreditation lasts until %(until)s."),),
        _REPORT,
        (sentence("You can report from now on, with the extension or on the page."),),
    ),
    Occasion.WITHDRAWN: (
        sentence("Your accreditation is withdrawn"),
        (
            sentence("On %(date)s, a coordinator withdrew your accreditation. What you reported until then stays."),
            sentence(
                "Do you see it differently? You can appeal, in your own words. Somebody other than the person who decided "
                "reviews it and gives you the reason."
            ),
        ),
        ("accreditation.appeal", sentence("Appeal")),
        (sentence("To return, pass the exams again; then a coordinator can accredit you."),),
    ),
    Occasion.APPEAL_RECEIVED: (
        sentence("We have your appeal"),
        (
            sentence(
                "We received your appeal of %(date)s. Somebody who neither decided nor invited you reviews it. "
                "We email you what they decide, with the reason."
            ),
        ),
        _APPEAL,
        (),
    ),
    Occasion.APPEAL_GRANTED: (
        sentence("Your appeal is granted"),
        (sentence("On %(date)s, %(by)s granted your appeal. Your accreditation is restored, until %(until)s."),),
        _APPEAL,
        (sentence("You can report from now on, with the extension or on the page."),),
    ),
    Occasion.APPEAL_DISMISSED: (
        sentence("Your appeal is decided"),
        (sentence("On %(date)s, %(by)s reviewed the decision. It stands."),),
        _APPEAL,
        (),
    ),
    Occasion.EXAM_REOPENED: (
        sentence("You can take the exam again"),
        (sentence("On %(date)s, %(by)s reopened the exam “%(title)s” for you."),),
        _TRAINING,
        (),
    ),
    Occasion.ASKED: (
        sentence("A spotter you lead has a question"),
        (
            sentence(
                "On %(date)s, a spotter you lead asked you a question. Please answer within three days; after that, a "
                "coordinator may answer in your place."
            ),
        ),
        ("leads.index", sentence("Open your page as lead")),
        (),
    ),
    Occasion.ANSWERED: (
        sentence("Your question is answered"),
        (sentence("The question of %(date)s that you asked your lead is answered."),),
        ("questions.index", sentence("See your questions")),
        (),
    ),
    Occasion.CHANGED: (
        sentence("Something you passed or signed has changed"),
        (
            sentence("“%(title)s” has changed. Please go through it again by %(until)s."),
            sentence("Until then you can report as before. After that day, reports wait until you have done it."),
        ),
        _TRAINING,
        (),
    ),
    Occasion.LAPSE_60: (
        sentence("You can renew your accreditation"),
        (sentence("Your accreditation lasts until %(until)s. From now on it can be renewed for a year."),),
        _TRAINING,
        (_AGAIN,),
    ),
    Occasion.LAPSE_30: (
        sentence("Your accreditation ends soon"),
        (sentence("Your accreditation lasts until %(until)s. It can be renewed before that day."),),
        _TRAINING,
        (_AGAIN,),
    ),
    Occasion.LAPSE_7: (
        sentence("Your accreditation ends within a week"),
        (
            sentence("Your accreditation lasts until %(until)s. If it is not renewed by then, it lapses."),
            sentence("Nothing is lost if it does: what you reported stays, and it can be renewed later."),
        ),
        _TRAINING,
        (),
    ),
    Occasion.LAPSED: (
        sentence("Your accreditation has lapsed"),
        (
            sentence("Your accreditation lapsed on %(until)s. You cannot report until it is renewed."),
            sentence("What you reported stays, and you still hear what becomes of it."),
        ),
        _TRAINING,
        (),
    ),
}

# Of a decision that gives back what has ended in the meantime: what was decided, before that it has lapsed.
_ENDED = {
    Occasion.REINSTATED: sentence("On %(date)s, %(by)s lifted your suspension."),
    Occasion.APPEAL_GRANTED: sentence("On %(date)s, %(by)s granted your appeal."),
}
# For a granted appeal against the withdrawal of somebody who was suspended before.
_STILL_SUSPENDED = sentence(
    "On %(date)s, %(by)s granted your appeal. Your accreditation is no longer withdrawn, but it is suspended, as before."
)

_SHORT_TEST: tuple[str, tuple[str, ...], tuple[str, str], tuple[str, ...]] = (
    sentence("A module you passed has changed"),
    (
        sentence("In “%(title)s” this has changed: %(lessons)s. Please pass a short test on it by %(until)s."),
        sentence("Until then you can report as before. After that day, reports wait until you have passed it."),
    ),
    _TRAINING,
    (),
)
_AGREEMENT: tuple[str, tuple[str, ...], tuple[str, str], tuple[str, ...]] = (
    sentence("The volunteer agreement has changed"),
    (
        sentence("The volunteer agreement has changed. Please read it and sign it again by %(until)s."),
        sentence("Until then you can report as before. After that day, reports wait until you have signed it."),
    ),
    ("accreditation.agreement", sentence("Read the agreement")),
    (),
)
_CHANGED = {"part": _SHORT_TEST, "agreement": _AGREEMENT, "whole": _PATTERNS[Occasion.CHANGED]}
# Of a change whose day has passed: who paused hears of it afterwards, and a second change may follow one that is due.
_OVERDUE = {
    "part": sentence("In “%(title)s” this has changed: %(lessons)s. Pass a short test on it: until then you cannot report."),
    "agreement": sentence("The volunteer agreement has changed. Read it and sign it again: until then you cannot report."),
    "whole": sentence("“%(title)s” has changed. Go through it again: until then you cannot report."),
}  # fmt: skip
_LINES = {
    "part": sentence("“%(title)s”: a short test on %(lessons)s, by %(until)s"),
    "agreement": sentence("The volunteer agreement: read it and sign it again, by %(until)s"),
    "whole": sentence("“%(title)s”: the whole exam again, by %(until)s"),
}
_LINES_OVERDUE = {
    "part": sentence("“%(title)s”: a short test on %(lessons)s; it was due on %(until)s"),
    "agreement": sentence("The volunteer agreement: read it and sign it again; it was due on %(until)s"),
    "whole": sentence("“%(title)s”: the whole exam again; it was due on %(until)s"),
}


_ASKED_AGAIN = sentence(
    "On %(date)s, a spotter you lead asked you another question. Please answer within three days; after that, a coordinator "
    "may answer in your place."
)


def letter(
    occasion: Occasion, params: Mapping[str, object], *, current: bool, ended: bool = False, suspended: bool = False,
    again: bool = False,
) -> Letter:  # fmt: skip
    """The mail about `occasion`, other than of changes. params: date, by, until, level, title, as its sentences ask;
    current: nothing followed it; ended: what was given back had lapsed before; suspended: it is suspended after it;
    again: an earlier mail named the same day.
    """
    subject, text, (page, link), then = _PATTERNS[occasion]
    if suspended and occasion is Occasion.APPEAL_GRANTED:
        text, then = (_STILL_SUSPENDED,), _PATTERNS[Occasion.SUSPENDED][3]
    elif again:
        text = (_ASKED_AGAIN,)
    elif ended:
        text, (page, link), then = (_ENDED[occasion], *_PATTERNS[Occasion.LAPSED][1]), _TRAINING, ()
    said = tuple(sentence(str(part), **params) for part in (*text, *(then if current else ())))
    return Letter(subject, said, page, link)


def of_changes(changes: Sequence[Mapping[str, object]]) -> Letter:
    """The one mail about what changed at once, the most urgent first.

    Of each: kind ("part", "agreement", "whole": what is to be gone through again), title, lessons, until (its day) and
    overdue (that day has passed).
    """
    if len(changes) == 1:
        [change] = changes
        kind = str(change["kind"])
        subject, text, (page, link), _ = _CHANGED[kind]
        text = (_OVERDUE[kind],) if change["overdue"] else text
        return Letter(subject, tuple(sentence(str(part), **change) for part in text), page, link)
    lines = tuple(
        sentence(str((_LINES_OVERDUE if change["overdue"] else _LINES)[str(change["kind"])]), **change) for change in changes
    )  # fmt: skip
    wait = (
        sentence("Until you have done what was due, you cannot report.")
        if changes[0]["overdue"]
        else sentence("Until %(until)s you can report as before. After that day, reports wait until you have done what was due.",
                      until=changes[0]["until"])
    )  # fmt: skip
    return Letter(
        sentence("Several things you passed or signed have changed"),
        (sentence("These have changed. Please go through each of them again:"),), *_TRAINING, lines, (wait,),
    )  # fmt: skip
