"""When a contact is reminded of a notice: once before its answer is due, once after. Pure.

Both leave at the contact's hour of a working day (`slots`). The first leaves them a full working day: from their hour on one
working day to the same hour on the next. Where the notice would not have been there for a full working day either, there
is none: it would follow the notice at once.
"""

from datetime import datetime, time

from server.ledger.delivery import slots


def before(arrived: datetime, answer_by: datetime, zone: str | None = None, hour: int | None = None) -> datetime | None:
    """When the reminder before `answer_by` leaves: as late as leaves a full working day; None: there is none."""
    slot, last = slots.next_slot(slots.next_slot(arrived, zone, hour), zone, hour), None
    while leaves_time(slot, answer_by, zone, hour):
        last, slot = slot, slots.next_slot(slot, zone, hour)
    return last


def leaves_time(at: datetime, answer_by: datetime, zone: str | None = None, hour: int | None = None) -> bool:
    """Whether a reminder at `at`, on the contact's working day, leaves them a full one until `answer_by`."""
    return slots.next_slot(at, zone, hour) <= answer_by


def after(answer_by: datetime, zone: str | None = None, hour: int | None = None) -> datetime:
    """When the reminder after `answer_by` leaves: once the day that mails name, which is that of its own zone, is over."""
    last = datetime.combine(answer_by.date(), time.max, answer_by.tzinfo)
    return slots.next_slot(last, zone, hour)
