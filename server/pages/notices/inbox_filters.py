"""What a company narrows its inbox by: in the address of the page, and of what is downloaded and answered from there."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from flask import request
from sqlalchemy.orm import Session

from server.core import clock, times
from server.core.sentences import Sentence, sentence
from server.core.wording import GROUP
from server.ledger.companies import store as companies
from server.ledger.notices.inbox_store import Narrowed

OVERDUE, TODAY, WEEK = "overdue", "today", "week"
DUE = {OVERDUE: sentence("Overdue"), TODAY: sentence("Due today"), WEEK: sentence("Within a week")}
LABELS = {
    "platform": sentence("Platform"),
    "group": sentence("Species group"),
    "due": sentence("Answer by"),
    "since": sentence("Sent on or after"),
}
KEPT = ("tab", "q", *LABELS)  # of the inbox's address, beside its page


class Chosen(NamedTuple):
    """What can be chosen, as `[{name, label, options [(value, words)] (none: a day), value, words}]`, and which notices are wanted."""

    fields: list[dict[str, Any]]
    narrowed: Narrowed

    @property
    def values(self) -> dict[str, str]:
        """What was chosen, by the names of the address's parameters."""
        return {field["name"]: field["value"] for field in self.fields if field["value"]}


def chosen(session: Session, company_id: str) -> Chosen:
    """What this request's address asks for; what cannot be chosen counts for nothing."""
    run = [each for each in companies.directory(session).platforms if each.company.id == company_id]
    platforms = {each.slug: each for each in run} if len(run) > 1 else {}
    options: dict[str, list[tuple[str, str | Sentence]]] = {
        "platform": sorted(((slug, each.name) for slug, each in platforms.items()), key=lambda one: one[1].casefold()),
        "group": list(GROUP.items()),
        "due": list(DUE.items()),
        "since": [],
    }
    values = {name: request.args.get(name, "") for name in LABELS}
    for name in ("platform", "group", "due"):
        values[name] = values[name] if values[name] in dict(options[name]) else ""
    since = _day(values["since"])
    due_from, due_before = _due(values["due"])
    platform = platforms.get(values["platform"])
    narrowed = Narrowed(
        platform_id=platform.id if platform else "",
        group=values["group"],
        sent_from=_begins(since) if since else None,
        due_from=due_from,
        due_before=due_before,
    )
    values["since"] = since.isoformat() if since else ""
    fields: list[dict[str, Any]] = [
        {"name": name, "label": label, "options": options[name], "value": values[name],
         "words": dict(options[name]).get(values[name]) or (times.date(since) if since else "")}
        for name, label in LABELS.items()
        if options[name] or name == "since"
    ]  # fmt: skip
    return Chosen(fields, narrowed)


def _due(when: str) -> tuple[datetime | None, datetime | None]:
    """From when and before when an answer is due, by the days under which the inbox lists it; a week has today in it."""
    today = clock.now().date()
    if when == OVERDUE:
        return None, _begins(today)
    days = {TODAY: 1, WEEK: 8}.get(when)
    return (_begins(today), _begins(today + timedelta(days=days))) if days else (None, None)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
