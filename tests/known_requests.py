"""What no page can tell a walk: what a person types, and requests that follow upon a mail, a device or another person.

`TYPED` goes into the forms that pages show; `requests` are whole. A test fails for a POST that nothing has taken; it is taken
as soon as a line here says how.
"""

import json
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pyotp
from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import CaseState
from server.journeys.company import directory_upload
from server.journeys.report import answering_in_portal, decision
from server.ledger.cases.models import Case
from server.ledger.companies import address_link, entries, exporting, reconfirm_link, reconfirm_store, schemas
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Spoc
from server.ledger.complaints.models import Complaint
from server.ledger.complaints.states import ComplaintState
from server.ledger.disputes.models import Dispute
from server.ledger.inbound.models import InboundMail, MailState
from server.ledger.matches.models import Link
from server.ledger.notices import link
from server.ledger.notices.models import Notice
from server.ledger.reports import addition
from server.ledger.reports.models import Report
from server.people.accounts import (
    factors,
    invitation_link,
    one_time_codes,
    pairing,
    signing_in,
    stop_link,
    store,
)
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue
from server.people.exams.models import Attempt
from server.people.skill import store as skill
from server.people.teams.invitation_link import make as team_token
from server.people.teams.models import TeamInvitation
from server.reads import disputes
from tests import trainees
from tests.conftest import PASSWORD, People
from tests.walking import Target

Form = dict[str, Any]
SCOPE: Form = {"languages": "en", "second": None}
DECISION: Form = {"none_of_these": None, "find": None, "other_taxon": None, "duplicate_of": None}
AWARD: Form = {"country": "FR", "since": "2025-03-27", "until": "2027-03-27"}
# By endpoint: what is typed in a field of its forms; None: it stays empty, or is not ticked.
TYPED: dict[str, Form] = {
    "accounts.join": {"name": "Quillfern"},
    "admin.invite": {"name": "Otterline"},
    "cases.decide": DECISION | {"because": "other", "basis": "policy"},
    "cases.record_answer": {"url": None},
    "exams.answer": {"choice": "0"},
    "organisations.add": AWARD | {"name": "Otter Trust"},
    "organisations.change": AWARD | {"name": "Otterline"},
    "past.map_columns": {"url": "1", "date": "0"},
    "notices.answer": dict.fromkeys(("url", "redress_url", "statement_id", "ground", "automated")),
    "notices.answer_many": {"url": None},
    "people.accredit": SCOPE,
    "people.add_staff": {"name": "Otterline"},
    "people.change_level": SCOPE,
    "people.decide_appeal": {"second": None},
    "people.invite": {"name": "Quillfern"},
    "people.reinstate": {"second": None},
    "recruitment.send": {"website": None},
    "unrouted.record": {
        "way": "letter",
        "organisation": "Otter Trust",
        "address": "desk@otters.test",
        "day": "2026-01-05",
    },
    "planning.create": {"targets": "10", "teams": "Otters"},
}

# A code of an authenticator app counts for a minute and once: what takes one is walked as far as its refusals.
# A message of a company's program is signed, word for word.
UNTAKEN = {"factor.answer", "factor.enrol", "factor.enrol_at_sign_in", "factor.new_codes", "factor.turn_off"}
UNTAKEN |= {"hooks_api.receive"}


LONG = timedelta(days=1)  # what lasts for minutes lasts as long as a walk may take


def requests(people: People) -> Iterator[Target]:
    """Whole requests, each with what it needs made just before the walk begins."""
    yield from _accounts(people)
    yield from _spotters(people)
    yield from _desk(people)
    yield from _company(people)
    yield from _addresses(people)


def _form(**fields: str | list[str]) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else value for name, value in fields.items()}


def _accounts(people: People) -> Iterator[Target]:
    at = clock.now()
    with write() as session:
        oli = session.scalars(select(Account).where(Account.email == "oli@people.test")).one()
        token = invitation_link.make(oli.id, store.mark(oli))
        secret = signing_in.make_link(session, people.ids["ana"], at + LONG)
        _, waiting = pairing.authorize_device(session, "Chromium")
        device, answered = pairing.authorize_device(session, "Firefox")
        waiting.expires_at = answered.expires_at = at + LONG
        waiting_code, answered_code = waiting.user_code, answered.user_code
    with write() as session:
        pairing.answer_device(session, people.ids["ana"], answered_code, True, "Firefox")
    yield Target(
        "nobody", "accounts.sign_in", "/sign-in", _form(email="ana@people.test", password=PASSWORD, next="/reports")
    )
    yield Target("nobody", "accounts.sign_in_by_link", f"/sign-in/link/{secret}")
    yield Target("nobody", "accounts.set_password", f"/join/{token}", _form(password="swift-river-lamp"))
    yield Target("ana", "accounts.find_device", "/device", _form(user_code=waiting_code))
    for allowed in ("approve", "refuse"):
        form = _form(user_code=waiting_code, label="Chromium", decision=allowed)
        yield Target("ana", "accounts.approve_device", "/device/approve", form)
    client = "cyber-spotter-extension"
    yield Target(
        "nobody", "accounts_api.authorize", "/api/v1/device/authorize", _form(client_id=client, label="Chromium")
    )
    grant = "urn:ietf:params:oauth:grant-type:device_code"
    form = _form(grant_type=grant, device_code=device, client_id=client)
    yield Target("nobody", "accounts_api.token", "/api/v1/device/token", form)


def _spotters(people: People) -> Iterator[Target]:
    agreement = accreditation.agreement()
    promises = [str(place) for place in range(len(agreement.promises))]
    form = _form(version=agreement.content_hash, promises=promises, name="Ida")
    yield Target("ida", "accreditation.sign", "/training/agreement", form)
    token = stop_link.make(people.ids["ana"], stop_link.Mailing.REVIEW)
    yield Target("nobody", "unsubscribe.ask", f"/unsubscribe/{token}")
    yield Target("nobody", "unsubscribe.stop", f"/unsubscribe/{token}", _form())
    yield Target("lia", "accreditation.send_appeal", "/training/appeal", _form(text="I never shared one."))
    slug = list(catalogue.modules())[-1]
    with write() as session:
        session.execute(update(Attempt).where(Attempt.module == slug).values(ends_at=clock.now() + LONG))
    yield Target("ana", "exams.answer", f"/training/{slug}/exam/1", _form(choice="0"))
    report = _form(
        key=str(uuid.UUID(int=7)), url="https://mercado.test/itm/grey-parrot/265370482899", title="Grey parrot",
        category="live", reason="No papers are named.", legality_evidence="none", confidence="likely", access="public",
    )  # fmt: skip
    yield Target("ana", "reports.create", "/reports/new", report)
    with read() as session:
        mine = select(Report.id).where(Report.account_id == people.ids["ana"], Report.status.not_in(addition.OVER))
        report_id = session.scalars(mine.order_by(Report.id)).first()
    form = _form(text="The seller’s page names a shop.")
    yield Target("ana", "reports.add", f"/reports/{report_id}/additions", form)
    yield Target("ula", "questions.ask", "/questions", _form(text="Is this horn?", report=""))
    yield Target("ana", "reports.about", "/reports/new/address", _form(url="https://mercado.test/itm/265370482899"))


def _desk(people: People) -> Iterator[Target]:
    people_csv = b"name,email\nUma,uma@people.test\n"
    reopened = f"/people/{people.ids['ben']}/exams/{next(iter(catalogue.modules()))}"
    yield Target("cora", "people.open_exam", reopened, _form(why="They read the lessons again."))
    yield Target("cora", "invitations.check", "/people/invitations", files={"people": people_csv})
    yield Target("cora", "invitations.send", "/people/invitations/send", _form(people=people_csv.decode()))
    with read() as session:
        asked = skill.open_proposals(session, store.open_spotters())[0].account_id
    yield Target("cora", "people.leave_level", f"/people/{asked}/not-now", _form(why="We have not talked yet."))
    wren = trainees.ready("wren@people.test", "Wren", clock.now() - timedelta(days=5))
    yield Target("cora", "desk.accredit", "/people/desk/accredit", _form(person=wren, why="Passed everything."))
    form = _form(level="probation", languages=["en"], why="Passed everything.")
    yield Target("cora", "people.accredit", f"/people/{wren}/accredit", form)
    at, key = clock.now(), one_time_codes.new_key()
    with write() as session:
        factors.enrol(session, wren, key, pyotp.TOTP(key).at(at), at)
    reset = _form(why="She has lost her phone.")
    yield Target("ada", "factor_resets.ask", f"/people/{wren}/second-factor/reset", reset)
    again = _form(why="She keeps addresses to herself now.")
    yield Target("cora", "people.reinstate", f"/people/{people.ids['lia']}/reinstate", again)
    for endpoint, key in (("people.reopen", "eve"), ("people.unfreeze", "kim")):
        path = f"/people/{people.ids[key]}/{endpoint.partition('.')[2]}"
        yield Target("cora", endpoint, path, _form(why="They have written to us."))
    yield Target(
        "cora", "past.upload", "/past-work", _form(name="2018"), files={"file": b"url,date\na.test/ad/1,2018\n"}
    )
    with read() as session:
        mails = session.scalars(select(InboundMail.id).where(InboundMail.state == MailState.WAITING)).all()
        about = session.scalars(select(Notice.reference).order_by(Notice.id)).first()
    for mail_id in mails:
        yield Target("cora", "mail.file", f"/mail/{mail_id}/file", _form(reference=about or ""))
    yield Target("cora", "saved.save", "/cases/saved?tab=answered", _form(name="Answered"))
    snippet = _form(decision="notify", title="Worked", text="The ad shows a worked tusk.", language="en")
    yield Target("cora", "snippets.save", "/cases/snippets", snippet)
    noor = people.ids["noor"]
    with read() as session:
        last = accreditation.current(session, noor)
        cases = session.execute(select(Case.id, Case.version, Case.reference).where(Case.state == CaseState.OPEN)).all()
    assert last
    form = _form(seen=last.id, granted="yes", why="The account was another one.")
    yield Target("dan", "people.decide_appeal", f"/people/{noor}/appeal", form)
    (first, *_), (_, _, second) = cases[:2]
    link = _form(other=second, kind="photo", why="The same photo.")
    yield Target("cora", "links.make", f"/cases/{first}/links", link)
    with read() as session:
        undone = session.scalars(select(Link).where(Link.undone_at.is_not(None))).one()
        path = f"/cases/{undone.first_case_id}/links/{undone.second_case_id}/redo"
    yield Target("cora", "links.redo", path, _form(kind=undone.kind))
    third = cases[2]
    later = clock.now() + LONG
    decision.decide(
        third.id, people.ids["cora"], decision="hold", note="Later.", version=third.version, undo_until=later
    )
    path = f"/api/v1/cases/{third.id}/undo"
    fourth = cases[3]
    yield Target("cora", "cases_api.claim", f"/api/v1/cases/{fourth.id}/claim", body={"take_over": True})
    form = _form(case=[f"{fourth.id}:{fourth.version}"], decision="hold", why="other", reason="Later.")
    yield Target("cora", "many.decide", "/cases/many", form)
    yield Target("cora", "many.undo", "/cases/undo", _form(case=[f"{fourth.id}:{fourth.version + 1}"]))
    form = _form(case=[f"{fourth.id}:{fourth.version}"], to=people.ids["dan"])
    yield Target("cora", "claims.hand_over_many", "/cases/hand-over", form)
    many = {"case_id": third.id, "decision": "dismiss", "reason": "A toy.", "because": "other", "version": 99}
    yield Target("cora", "cases_api.undo", path, body={"version": third.version + 1})
    yield Target("cora", "cases_api.decide_many", "/api/v1/cases/decisions", body=[many])
    with read() as session:
        complaint = session.scalars(
            select(Complaint).where(Complaint.case_id.is_(None), Complaint.state == ComplaintState.OPEN)
        ).one()
    written = _form(about="https://mercado.test/itm/1", text="It is a toy.", email="sela@people.test", language="en")
    yield Target("dan", "complaints.write_down", "/complaints/new", written)
    yield Target("dan", "complaints.choose_case", f"/complaints/{complaint.id}/case", _form(case=second))
    yield from _disputes()
    for case_id, version, _ in cases[:2]:
        body = {"decision": "dismiss", "reason": "A toy.", "because": "other", "version": version}
        yield Target("cora", "cases_api.decide", f"/api/v1/cases/{case_id}/decisions", body=body)


def _disputes() -> Iterator[Target]:
    """An answer is disputed; what was written is sent; what was not answered is rejected late, or taken to a body."""
    day = clock.now().date().isoformat()
    with read() as session:
        ids = {row.state: row.id for row in session.scalars(select(Dispute))}
        pages = [(case_id, disputes.start(session, case_id)) for case_id in session.scalars(select(Case.id))]
        case_id, page = next((case_id, page) for case_id, page in pages if page and not page["standing"])
        form = _form(
            answer=page["ground"].answer.id, text="No papers are shown.", told=page["ground"].told_on.isoformat()
        )
    yield Target("cora", "disputes.begin", f"/cases/{case_id}/dispute", form)
    form = _form(text="No papers are shown.", via="form", day=day, receipt="MX-78")
    yield Target("cora", "disputes.send", f"/disputes/{ids['open']}/sent", form)
    yield Target("cora", "disputes.hear", f"/disputes/{ids['no_answer']}/outcome", _form(outcome="rejected", day=day))
    form = _form(body="Appeals Centre", day=day)
    yield Target("cora", "disputes.take_to_body", f"/disputes/{ids['no_answer']}/body", form)


def _addresses(people: People) -> Iterator[Target]:
    """A SPOC is proposed for Mercado, one of Tradepost's is approved, one refused, a form is opened, a webhook tried; the new
    address of the first confirms."""
    with read() as session:
        rows = select(AddressChange).where(AddressChange.state.in_(("pending", "proven"))).order_by(AddressChange.id)
        pending, approved, refused, opened, tried = session.scalars(rows).all()
    form = _form(
        spoc_id="", name="Otter desk", channel="mail", address="otters@mercado.test", secret="", why="By phone."
    )
    path = "/companies/tradepost/contacts"
    yield Target("cora", "contacts.approve", f"{path}/{opened.id}/approve", _form(opened="made_sure"))
    yield Target("cora", "contacts.test", f"{path}/{tried.id}/test", _form())
    yield Target("ada", "contacts.propose", "/companies/mercado/contacts", form)
    for change, act in ((approved, "approve"), (refused, "refuse")):
        yield Target("cora", f"contacts.{act}", f"/companies/tradepost/contacts/{change.id}/{act}", _form())
    yield from _entries(people)
    link = f"/contacts/{address_link.make(pending.id, 'new')}"
    yield from _still_right()
    yield Target("nobody", "contact_links.show", link)
    yield Target("nobody", "contact_links.answer", link, _form(agrees="1"))


def _entries(people: People) -> Iterator[Target]:
    """A company is added, and what the directory says of another is changed by whoever has seen it as it is."""
    with read() as session:
        company = entries.company(session, "mercado")
        whole, spoc = exporting.company_entry(company), next(each for each in company.spocs if not each.retired_at)
        seen = exporting.spoc_entry(spoc)
    form = _form(name="Otter Market", slug="otter-market", platform_0_name="Otters", platform_0_domains="otters.test")
    yield Target("ada", "company_edit.add", "/companies/new", form)
    file = {"companies": [{"slug": "otter-toys", "name": "Otter Toys"}]}
    yield Target("ada", "directory_upload.check", "/companies/import", files={"file": json.dumps(file).encode()})
    mark = directory_upload.import_file(schemas.check(file), "", people.ids["ada"]).mark
    form = _form(content=json.dumps(file), seen=mark)
    yield Target("ada", "directory_upload.take_in", "/companies/import/take", form)
    form = _form(name="Otters Two", slug="otters-two", domains="otters-two.test")
    yield Target("ada", "platform_edit.add", "/companies/mercado/platforms/new", form)
    place = whole["platforms"][0]
    form = _form(
        name="Mercado Two",
        domains=place["domains"],
        listing=place["listing"],
        seen=entries.mark(place, entries.OF_PLATFORM),
    )
    yield Target("ada", "platform_edit.save", f"/companies/mercado/platforms/{place['slug']}/edit", form)
    form = _form(name="Mercado Two", seen=entries.mark(whole, entries.OF_COMPANY))
    yield Target("ada", "company_edit.save", "/companies/mercado/edit", form)
    form = _form(
        name="Otter desk",
        channel=seen["channel"],
        seen=entries.mark(seen, entries.OF_SPOC),
        time_zone="",
        digest_hour="",
    )
    yield Target("cora", "spoc_edit.save", f"/companies/mercado/contacts/{spoc.id}/edit", form)
    yield Target("cora", "spoc_edit.confirm", f"/companies/mercado/contacts/{spoc.id}/confirm", _form())


def _still_right() -> Iterator[Target]:
    """A SPOC of Mercado's was asked whether it is still right, and says that somebody else is."""
    at = clock.now()
    with write() as session:
        spoc = session.scalars(select(Spoc).where(Spoc.email == "spoc@mercado.test")).one()
        spoc.verified_on = at.date() - timedelta(days=100)
        asked = reconfirm_store.ask(session, spoc.id, at.date(), at, demo=False)
        assert asked
        link = f"/contacts/still-right/{reconfirm_link.make(asked.id)}"
    yield Target("nobody", "still_right.show", link)
    yield Target("nobody", "still_right.answer", link, _form(right="0", note="The otters know."))


def _company(people: People) -> Iterator[Target]:
    with read() as session:
        notice = session.scalars(select(Notice).where(Notice.answer.is_(None)).order_by(Notice.id)).first()
        assert notice
        path = link.answer_url(notice.id).partition("spotter.test")[2]
    checked = _form(reference=notice.reference, sha256="0" * 64)
    yield Target("nobody", "proofs.check", "/check-notice", checked, files={"notice": b""})
    yield Target("nobody", "answers.answer", path, _form(answer="removed", reason="As our rules say."))
    body = [{"id": notice.id, "answer": "received"}]
    yield Target("mia", "notices_api.answer_many", "/api/v1/notices/answers", body=body)
    batch = answering_in_portal.begin(notice.company_id, people.ids["mia"])._replace(due_at=clock.now() + LONG)
    answering_in_portal.answer(batch, notice.id, {"answer": "removed"})
    yield Target("mia", "notices.undo", "/notices/undo", _form(batch=batch.id))
    yield Target("mia", "answer_files.send", "/notices/file/answers", _form(answers=json.dumps(body)))
    table = f"reference,answer\n{notice.reference},received\n".encode()
    yield Target("mia", "answer_files.check", "/notices/file", files={"table": table})
    with read() as session:
        invited = session.scalars(select(TeamInvitation)).one()
    joining = f"/team/join/{team_token(invited.id, invited.sendings)}"
    yield Target("nobody", "team.join", joining, _form(name="Max", password="swift-river-lamp"))
    yield Target(
        "mia", "team.invite", "/team/invitations", _form(email="newt@mercado.test", team_role="member", sure="y")
    )
    for who in ("mia", "cora"):
        yield Target(who, "notices_api.reply", f"/api/v1/notices/{notice.id}/replies", body={"text": "Which picture?"})
    yield from _webhook()
    yield Target(
        "mia", "notices.answer_many", "/notices", _form(notice=[notice.id], answer="removed", reason="Our rules.")
    )


def _webhook() -> Iterator[Target]:
    """What was created in these hours is sent again."""
    with read() as session:
        taken = session.scalars(select(Spoc).where(Spoc.name == "Notice desk")).one()
    hour = timedelta(hours=1)
    span = {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in (("since", clock.now() - hour), ("until", clock.now() + hour))}
    yield Target("mia", "team_webhooks.replay", f"/team/webhooks/{taken.id}/replay", _form(**span))
