"""Who is mailed about what: every mail of a spotter's life against every state in which its reader may be."""

from datetime import UTC, datetime, timedelta

import pytest

from server.core.words import Level, Standing
from server.journeys.spotter import letters, mailing
from server.journeys.spotter.mailing import Addressee
from server.people.accreditation import occasions
from server.people.accreditation.occasions import Occasion
from server.people.accreditation.standings import Accreditation
from server.people.rounds.weeks import Reminder

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
ANA = Addressee(Standing.ACTIVE)
PEOPLE = {
    "Ana, accredited": ANA,
    "Ana without reminders": Addressee(Standing.ACTIVE, reminders=False),
    "Ida, accredited, who pauses": Addressee(Standing.ACTIVE, paused=True),
    "Mo, lapsed, who pauses": Addressee(Standing.LAPSED, paused=True),
    "Ben in training": Addressee(Standing.NONE),
    "Lia, lapsed": Addressee(Standing.LAPSED),
    "Sol, suspended": Addressee(Standing.SUSPENDED),
    "Noor, withdrawn": Addressee(Standing.WITHDRAWN),
    "Max, closed or erased": Addressee(Standing.ACTIVE, open=False),
}
DECISIONS = (
    Occasion.ACCREDITED, Occasion.RENEWED, Occasion.LEVEL, Occasion.SUSPENDED, Occasion.REINSTATED, Occasion.WITHDRAWN,
    Occasion.APPEAL_RECEIVED, Occasion.APPEAL_GRANTED, Occasion.APPEAL_DISMISSED, Occasion.EXAM_REOPENED,
    Occasion.ANSWERED,
)  # fmt: skip
EVERYBODY = {name for name, person in PEOPLE.items() if person.open}
ACCREDITED = {"Ana, accredited", "Ana without reminders"}
ASKED = {"Ana, accredited"}
GOING = EVERYBODY - {"Sol, suspended", "Noor, withdrawn"}
HEARS = {
    **dict.fromkeys(DECISIONS, EVERYBODY),
    **dict.fromkeys((Occasion.ASKED, Occasion.CHANGED, Occasion.LAPSE_60, Occasion.LAPSE_30), ACCREDITED),
    Occasion.LAPSE_7: ACCREDITED | {"Ida, accredited, who pauses"},
    Occasion.LAPSED: {"Lia, lapsed", "Mo, lapsed, who pauses"},
    **dict.fromkeys(mailing.ASKING, ASKED),
    **dict.fromkeys((Reminder.CANCELLED, Reminder.REOPENED, Reminder.LEAD), GOING),
    Reminder.ADMITTED: ACCREDITED | {"Ida, accredited, who pauses"},
    Reminder.RESULTS: GOING - {"Ana without reminders"},
}


def test_the_table_speaks_of_every_mail():
    assert set(HEARS) == {*Occasion, *Reminder}


@pytest.mark.parametrize("mail", [*Occasion, *Reminder], ids=lambda mail: f"{type(mail).__name__}-{mail.value}")
def test_each_mail_goes_to_those_whom_it_concerns_and_to_nobody_else(mail):
    assert {name for name, person in PEOPLE.items() if mailing.concerns(mail, person)} == HEARS[mail]


def accreditation(standing=Standing.ACTIVE, level=Level.PROBATION, *, days=100):
    return Accreditation(level, standing, NOW - timedelta(days=265), NOW + timedelta(days=days))


@pytest.mark.parametrize(
    ("before", "after", "occasion"),
    [(None, accreditation(), Occasion.ACCREDITED),
     (accreditation(Standing.WITHDRAWN), accreditation(), Occasion.ACCREDITED),
     (accreditation(), accreditation(days=365), Occasion.RENEWED),
     (accreditation(days=-3), accreditation(days=365), Occasion.RENEWED),
     (accreditation(), accreditation(level=Level.TRUSTED), Occasion.LEVEL),
     (accreditation(), accreditation(Standing.SUSPENDED), Occasion.SUSPENDED),
     (accreditation(Standing.SUSPENDED), accreditation(), Occasion.REINSTATED),
     (accreditation(), accreditation(Standing.WITHDRAWN), Occasion.WITHDRAWN)],
)  # fmt: skip
def test_a_decision_is_told_for_what_it_changed(before, after, occasion):
    assert occasions.of_decision(before, after) is occasion


@pytest.mark.parametrize(
    ("days", "occasion"),
    [(61, None), (60, Occasion.LAPSE_60), (31, Occasion.LAPSE_60), (30, Occasion.LAPSE_30), (8, Occasion.LAPSE_30),
     (7, Occasion.LAPSE_7), (0.01, Occasion.LAPSE_7), (0, Occasion.LAPSED), (-13, Occasion.LAPSED), (-14, None)],
)  # fmt: skip
def test_the_end_is_told_at_sixty_thirty_and_seven_days_and_when_it_has_come(days, occasion):
    due = occasions.of_end(accreditation(days=days), NOW)
    assert (due and due[0]) == occasion


def test_a_changed_module_is_known_by_the_same_words_in_every_release():
    """A key that changed would mail everybody again, and its column holds 64 characters."""
    assert occasions.of_change("n" * 60, "h" * 64) == "n" * 40 + "." + "h" * 20


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.WITHDRAWN])
def test_the_end_of_what_was_stopped_is_not_told(standing):
    assert occasions.of_end(accreditation(standing, days=5), NOW) is None


@pytest.mark.parametrize("occasion", [occasion for occasion in Occasion if occasion is not Occasion.CHANGED])
def test_each_letter_is_whole_and_says_what_is_next_only_while_it_is_so(occasion):
    params = {
        "date": "1 November 2026",
        "by": "Cora",
        "until": "27 November 2026",
        "level": "Trusted",
        "title": "Basics",
    }
    now, later = (letters.letter(occasion, params, current=current) for current in (True, False))
    assert now.subject and later.text == now.text[: len(later.text)]
    assert not [part for part in now.text if "%" in part]
    assert "from now on" not in " ".join(later.text) or occasion is Occasion.LAPSE_60


# --- What changed ----------------------------------------------------------------------------------------------------

PART = {"kind": "part", "title": "Safe and well", "lessons": "“Strong pictures”", "until": "28 December 2026"}
WHOLE = {"kind": "whole", "title": "Skins", "lessons": "", "until": "3 January 2027"}
AGREEMENT = {"kind": "agreement", "title": "Volunteer agreement", "lessons": "", "until": "28 December 2026"}


def said(*changes, overdue=0):
    letter = letters.of_changes([change | {"overdue": at < overdue} for at, change in enumerate(changes)])
    return letter.subject, " ".join((*letter.text, *letter.lines, *letter.after))


@pytest.mark.parametrize("overdue", [0, 1])
@pytest.mark.parametrize(
    ("change", "asked", "until_then"),
    [(PART, "In “Safe and well” this has changed: “Strong pictures”.", "until you have passed it"),
     (WHOLE, "“Skins” has changed.", "until you have done it"),
     (AGREEMENT, "The volunteer agreement has changed.", "until you have signed it")],
)  # fmt: skip
def test_one_change_is_told_with_its_day_and_once_that_has_passed_without(change, asked, until_then, overdue):
    _, text = said(change, overdue=overdue)
    assert asked in text
    assert (change["until"] in text and "Until then you can report as before" in text and until_then in text) == (
        not overdue
    )
    assert ("until then you cannot report" in text) == bool(overdue)


def test_several_changes_are_a_list_with_the_day_of_each():
    subject, text = said(PART, AGREEMENT, WHOLE)
    assert subject == "Several things you passed or signed have changed"
    assert "“Safe and well”: a short test on “Strong pictures”, by 28 December 2026" in text
    assert "The volunteer agreement: read it and sign it again, by 28 December 2026" in text
    assert "“Skins”: the whole exam again, by 3 January 2027" in text
    assert text.endswith("Until 28 December 2026 you can report as before. After that day, reports wait until you have done what was due.")  # fmt: skip


def test_of_several_one_may_be_overdue():
    _, text = said(PART, WHOLE, overdue=1)
    assert "it was due on 28 December 2026" in text and "by 3 January 2027" in text
    assert text.endswith("Until you have done what was due, you cannot report.")
