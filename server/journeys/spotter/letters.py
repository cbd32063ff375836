"""What the mails about an accreditation say. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.core.sentences import sentence
from server.people.accreditation.occasions import Occasion


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail: its subject, what it says, and where its one link leads (an endpoint's name, and its words)."""

    subject: str
    text: tuple[str, ...]
    page: str
    link: str


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


_SHORT_TEST: tuple[str, tuple[str, ...], tuple[str, str], tuple[str, ...]] = (
    sentence("A module you passed has changed"),
    (
        sentence("In “%(title)s” this has changed: %(lessons)s. Please pass a short test on it by %(until)s."),
        sentence("Until then you can report as before. After that day, reports wait until you have passed it."),
    ),
    _TRAINING,
    (),
)
# Of a change whose day has passed: who paused hears of it afterwards, and a second change may follow one that is due.
_OVERDUE = (sentence("“%(title)s” has changed. Go through it again: until then you cannot report."),)
_SHORT_TEST_OVERDUE = (
    sentence("In “%(title)s” this has changed: %(lessons)s. Pass a short test on it: until then you cannot report."),
)


def letter(occasion: Occasion, params: Mapping[str, object], *, current: bool) -> Letter:
    """The mail about `occasion`. params: date, by, until, level, title, lessons, as its sentences ask, and
    overdue: of a change, that its day has passed; current: nothing followed it.
    """
    subject, text, (page, link), then = _SHORT_TEST if params.get("lessons") else _PATTERNS[occasion]
    if params.get("overdue"):
        text = _SHORT_TEST_OVERDUE if params.get("lessons") else _OVERDUE
    said = tuple(sentence(str(part), **params) for part in (*text, *(then if current else ())))
    return Letter(subject, said, page, link)
