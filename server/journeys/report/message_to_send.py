"""Step 11: whether there is still reason to say something to a company, and its words, composed again at each attempt."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from server.core import cells, clock, languages, post
from server.core.database import read
from server.core.sentences import sentence
from server.core.words import REMINDERS, Basis, CaseState, Channel, CheckState, Event
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import registry, reminding
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Closed, Definition, Failure, PlainMessage
from server.ledger.delivery.models import Message
from server.ledger.notices import compose, facts, link, pending_store, reply_store, stop_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.reads import glosses, list_rows, outgoing, species_pages, withheld
from server.reads.outgoing import CleanPictures

HELD = "Only frozen accounts reported what it says, its answer can still be undone, or it is our turn."
HELD_FOR = 60.0  # seconds until what is held back is looked at again


def is_due(session: Session, event: Event, notice: Notice) -> bool:
    """Whether there is still reason to say this of a notice."""
    stands = notices.stands(notice)
    match event:
        case Event.CREATED:
            return stands
        case Event.DUE_SOON:
            in_time = reminding.leaves_time(clock.now(), notice.answer_by, *hours(session, notice))
            return stands and in_time and _asks_again(session, notice)
        case Event.REMINDED:
            return stands and notice.answer_by <= clock.now() and _asks_again(session, notice)
        case Event.REPLIED:
            return notice.withdrawn_at is None  # what was asked is answered, also beside a later notice
        case Event.WITHDRAWN:
            return True


def _asks_again(session: Session, notice: Notice) -> bool:
    """Whether a reminder has something to ask for: no decision, the listing not found to be gone, a case that is not over, and
    a notice that is not held for good.
    """
    if notice.decided_at is not None or notice.found == CheckState.GONE:
        return False
    is_over = cases.get(session, notice.case_id).state == CaseState.CLOSED
    return not is_over and not is_held_for_good(session, notice)


def hours(session: Session, notice: Notice) -> tuple[str | None, int | None]:
    """The time zone and the hour of a notice's contact, as `slots` takes them."""
    spoc = companies.routed(session, notice.spoc_id) if notice.spoc_id else None
    return (spoc.time_zone, spoc.digest_hour) if spoc else (None, None)


def is_our_turn(session: Session, notice: Notice) -> bool:
    """Whether a reminder waits for us: a stop holds notices to its company, it has written to us, or its case is open again."""
    stop = stop_store.current(session, stop_store.On(notice.company_id, Basis(notice.basis)))
    is_notified = cases.get(session, notice.case_id).state == CaseState.NOTIFIED
    return stop is not None or notice.our_turn_since is not None or not is_notified


def is_held(session: Session, held: Collection[Notice]) -> bool:
    """Whether frozen accounts alone reported one of these or said what it says: a threatened volunteer's words do not leave."""
    return any(withheld.is_held(session, notice.case_id, notice.document) for notice in held)


def is_held_for_good(session: Session, notice: Notice) -> bool:
    """Whether it is, and nobody is left to be unfrozen."""
    return withheld.is_held_for_good(session, notice.case_id, notice.document)


def is_held_back(session: Session, event: Event, held: Collection[Notice]) -> bool:
    """Whether a message does not leave now: it is held, or asks for an answer where one was given that does not count yet.

    A withdrawal leaves, without what frozen accounts alone said: a company that has the notice must hear that we were wrong.
    """
    answering = event in deliveries.ASKING and bool(pending_store.on(session, [notice.id for notice in held]))
    ours = event in REMINDERS and any(is_our_turn(session, notice) for notice in held)
    return answering or ours or (event is not Event.WITHDRAWN and is_held(session, held))


# --- Its words -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MessageToSend:
    """What an attempt needs, read in the transaction that recorded it."""

    message: Message
    n: int
    notices: tuple[Notice, ...]  # at least one; a channel that does not gather says the first
    spoc: Spoc | None
    clean_pictures: Mapping[str, CleanPictures]  # by the case's id
    first: Message | None  # the notice's own message, where this one follows it
    reply: str | None  # what it brings, if it is a coordinator's reply
    question: str | None  # and what the company wrote before that
    following: int = 0  # notices of a digest that leave in another one
    species_pages: Mapping[str, str] = field(default_factory=dict)  # of a digest: by scientific name
    # Of a withdrawal: its notices' documents without what frozen accounts alone said.
    unsaid: Mapping[str, compose.Document] = field(default_factory=dict)

    @property
    def notice(self) -> Notice:
        return self.notices[0]

    @property
    def channel(self) -> Definition:
        return registry.CHANNELS[Channel(self.message.channel)]

    def refuse_closed(self) -> None:
        """Raises Closed for a webhook that its company has closed since: it is not called again."""
        by_hook = self.message.channel == Channel.WEBHOOK and self.spoc and self.spoc.bounced_at
        if by_hook and self.spoc and self.spoc.webhook_url == self.message.address:
            raise Closed(Failure.CLOSED)

    def document(self, notice: Notice) -> compose.Document:
        """A notice of it as it is sent."""
        shown = {} if self.message.event == Event.WITHDRAWN else self.clean_pictures
        said = self.unsaid.get(notice.id, notice.document)
        return outgoing.serialised(said, notice.id, shown.get(notice.case_id, CleanPictures()))


def prepared(
    session: Session, message: Message, n: int, carried: Sequence[Notice], spoc: Spoc | None, following: int = 0
) -> MessageToSend:
    """A message with what it takes to word it, as an attempt sends it now. carried: at least one notice, all of this SPOC."""
    notice = carried[0]
    first = None if message.event == Event.CREATED else deliveries.of_notice(session, notice.id)
    clean = outgoing.clean_pictures(session, [each.case_id for each in carried])
    reply = reply_store.of_message(session, message.id) if message.event == Event.REPLIED else None
    question = reply_store.replied_to(session, reply) if reply else None
    pages = species_pages.named_in(session, [each.document for each in carried]) if gathers(message) else {}
    unsaid = withheld.documents(session, carried) if message.event == Event.WITHDRAWN else {}
    return MessageToSend(
        message,
        n,
        tuple(carried),
        spoc,
        clean,
        first,
        reply.text if reply else None,
        question,
        following,
        pages,
        unsaid,
    )


TEMPLATES = {
    Event.CREATED: "notice", Event.DUE_SOON: "reminder", Event.REMINDED: "reminder", Event.REPLIED: "reply",
    Event.WITHDRAWN: "withdrawn",
}  # fmt: skip


def gathers(message: Message) -> bool:
    """Whether what a message says waits for others, to leave with them."""
    return registry.CHANNELS[Channel(message.channel)].together is not None and message.event in deliveries.ASKING


def _subject(event: Event, reference: str) -> str:
    match event:
        case Event.CREATED:
            return sentence("Notice %(reference)s: suspected wildlife listing", reference=reference)
        case Event.DUE_SOON | Event.REMINDED:
            return sentence("Notice %(reference)s waits for your answer", reference=reference)
        case Event.REPLIED:
            return sentence("Re: Notice %(reference)s: suspected wildlife listing", reference=reference)
        case Event.WITHDRAWN:
            return sentence("Notice %(reference)s is withdrawn", reference=reference)


def plain_message(sending: MessageToSend) -> PlainMessage:
    """The message in words, in the company's language, and as data: what a channel carries."""
    event = Event(sending.message.event)
    with languages.speaking(languages.of_company(sending.spoc.languages if sending.spoc else ())):
        if sending.channel.together and event in deliveries.ASKING:
            return _digest(sending, event)
        document = sending.document(sending.notice)
        context = _facts(sending.notice, document) | {"reply": sending.reply, "question": sending.question}
        context |= {"check_url": link.check_url(document["reference"]), "is_early": event is Event.DUE_SOON}
        context |= {"recalled": notices.is_recalled(sending.notice)}
        return PlainMessage(
            stable_id=sending.message.stable_id,
            address=sending.message.address,
            event=event.to_programs,
            subject=languages.translated(_subject(event, document["reference"])),
            text=post.render(f"mail/{TEMPLATES[event]}.txt", context),
            html=post.render(f"mail/{TEMPLATES[event]}.html", context),
            data=compose.thin(document),
            attachments=(("notice.json", "application/json", _json(document)),),
            secrets=tuple((sending.spoc and sending.spoc.webhook_secrets) or ()),
            in_reply_to=sending.first.stable_id if sending.first else None,
            returning=(sending.message.id, sending.n),
            headers={"Auto-Submitted": "no"} if sending.reply else {},  # RFC 3834: a person wrote it
        )


def _facts(notice: Notice, document: compose.Document) -> dict[str, Any]:
    with read() as session:  # not that of the claim: the first words of a process take the whole lexicon
        return facts.context(document, glosses.lines(session, notice.document))


def _digest(sending: MessageToSend, event: Event) -> PlainMessage:
    """Notices as a numbered list, with all that each of them says."""
    documents = [sending.document(notice) for notice in sending.notices]
    context = {
        "entries": [
            _facts(notice, document) | {"pages": _pages(sending, document)}
            for notice, document in zip(sending.notices, documents, strict=True)
        ],
        "notifier": _one_notifier(documents),
        "tlp": documents[0]["tlp"],
        "check_url": link.check_url(),
        "reminds": event in REMINDERS,
        "is_early": event is Event.DUE_SOON,
        "following": sending.following,
    }
    shown = (one | outgoing.progress(notice) for one, notice in zip(documents, sending.notices, strict=True))
    rows = (list_rows.cells(row, list_rows.NOTICES) for row in shown)
    table = cells.BOM + "".join(cells.lines(chain([list_rows.NOTICES], rows)))
    return PlainMessage(
        stable_id=sending.message.stable_id,
        address=sending.message.address,
        event=event.to_programs,
        subject=languages.translated(_digest_subject(event, [document["reference"] for document in documents])),
        text=post.render("mail/digest.txt", context),
        html=post.render("mail/digest.html", context),
        data={},  # for programs: none reads a digest
        attachments=(
            ("notices.csv", "text/csv; charset=utf-8", table.encode()),
            ("notices.json", "application/json", _json(documents)),
        ),
        in_reply_to=sending.first.stable_id if sending.first else None,
        returning=(sending.message.id, sending.n),
    )


def _one_notifier(documents: Sequence[compose.Document]) -> dict[str, str] | None:
    """Who sends all of these notices; None: not all are sent by the same organisation."""
    names = [{part: each["notifier"][part] for part in ("organisation", "email")} for each in documents]
    return names[0] if all(name == names[0] for name in names) else None


def _pages(sending: MessageToSend, document: compose.Document) -> list[str]:
    """The page of each species that a notice names and that has one."""
    said = (taxon["scientific_name"] for taxon in document["suspicion"]["taxa"])
    return [sending.species_pages[name] for name in said if name in sending.species_pages]


def _digest_subject(event: Event, references: list[str]) -> str:
    first, more = references[0], len(references) - 1
    if not more:
        return _subject(event, first)
    if event is Event.CREATED:
        return sentence(
            "Notice %(reference)s and %(number)s more: suspected wildlife listings", reference=first, number=more
        )
    return sentence("Notice %(reference)s and %(number)s more wait for your answer", reference=first, number=more)


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode()
