"""The decision panel: the choices that the case gives its forms, what a filled-in form states, and the preview."""

from datetime import UTC, datetime, time
from typing import Any

from wtforms.fields.choices import SelectChoice

from server.core import clock, web, wording
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Basis, Category, Decision, LeaveOut, Refused
from server.journeys.report import decision
from server.ledger.notices import compose, facts, standing
from server.ledger.notifiers.priority import Barrier
from server.ledger.species import names, provisions
from server.ledger.species.entries import Provision
from server.pages.cases.forms import PANELS
from server.reads import glosses, ready_reasons
from server.reads.case import checks
from server.reads.case import route as notice_route
from server.reads.ready_reasons import ReadyReason

OTHER_LAW = "other"


def make(panel: str, case: dict[str, Any], route: dict[str, Any] | None, *, blank: bool = False) -> Any:
    """The form of a panel with the case's choices. `blank`: as it is opened, else as it was sent."""
    first = {"version": case["version"], "category": case["category"]}
    form = PANELS[panel](formdata=None, **first) if blank else PANELS[panel]()
    if panel != "answer":
        choose(form, case, route)
    elif case["notice"]:
        mark_seen(form, case["notice"]["id"])
    return form


def mark_seen(form: Any, notice_id: str) -> None:
    """Let the form of an answer say what its page shows as the notice's answer."""
    form.seen.data = standing.marks(db.session(), [notice_id])[notice_id]


def choose(form: Any, case: dict[str, Any], route: dict[str, Any] | None) -> None:
    """Give a form the case's taxa, those ticked and those found; and a notice's the clauses and the laws."""
    found = names.search(db.session(), form.find.data or "")
    ticked = names.known(db.session(), form.taxa.data or []).values()
    taxa = {taxon["scientific_name"]: taxon for taxon in [*case["taxa"], *ticked, *found]}
    form.taxa.choices = [SelectChoice(name, name) for name in taxa]
    form.listed_taxa = list(taxa.values())
    if "policy_reference" in form:
        said = _said(form)
        groups = {taxon["group"] for taxon in (case["taxa"] if said is None else said)}
        clauses = route["clauses"](groups) if route else []
        whole = SelectChoice("", sentence("No clause: the policy as a whole"))
        form.policy_reference.choices = [
            whole, *(SelectChoice(clause.reference, clause.reference) for clause in clauses)
        ]  # fmt: skip
        covering = provisions.covering(taxa.values(), form.category.data or case["category"], clock.now().date())
        others = [provision for provision in provisions.every() if provision.annex and provision not in covering]
        form.known_law.choices = [
            *(SelectChoice(known.id, _law(known)) for known in [*covering, *others]),
            SelectChoice(OTHER_LAW, sentence("Another provision: name it")),
        ]
        form.covering = covering


def ready(panel: str, form: Any, case: dict[str, Any], route: dict[str, Any] | None) -> list[ReadyReason]:
    """The reasons that may be picked in this panel, for what its form says so far."""
    if panel not in set(Decision):
        return []
    said = _said(form)
    chosen = case["taxa"] if said is None else said
    return ready_reasons.offered(
        db.session(),
        Decision(panel),
        case["id"],
        web.current_account().id,
        category=form.category.data or case["category"],
        protected=any(taxon["listings"] for taxon in chosen),
        spoc_languages=_readers(route if said is None else _route(case, said)),
    )


def follow(form: Any, context: dict[str, Any]) -> dict[str, Any]:
    """The context of the case's page (`route`, `checks`) for what the form says it is, as the notice beside it has it."""
    if (said := _said(form)) is None:
        return context
    followed = context | {"route": _route(context["case"], said)}
    return followed | {"checks": checks(followed, identified=True)}


def _said(form: Any) -> list[dict[str, Any]] | None:
    """The taxa that the form says it is so far, as the notice would have them; None: it says nothing yet."""
    other = " ".join((form.other_taxon.data or "").split())
    if not (form.taxa.data or other or form.none_of_these.data):
        return None
    ticked = set(form.taxa.data or [])
    taxa = [taxon for taxon in form.listed_taxa if taxon["scientific_name"] in ticked]
    return taxa + list(names.resolve(db.session(), [other]).values() if other else ())


def _route(case: dict[str, Any], taxa: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Where a notice would go that names these taxa: another group may have another SPOC."""
    stated = [taxon | {"confirmed": True} for taxon in taxa]
    text = "".join(piece["text"] for piece in case["text"])
    return notice_route(db.session(), case["listing"]["url"], text, stated, case["language"])


def _readers(route: dict[str, Any] | None) -> list[str] | None:
    """The languages of the SPOC that a notice would go to; None: it would go to nobody."""
    return route["spoc"]["languages"] if route and route["spoc"] else None


def pick(form: Any, reasons: list[ReadyReason], code: str) -> None:
    """Put a ready reason into the form, where no script does; picked again it is taken out. An unknown code does nothing."""
    picked = next((reason for reason in reasons if reason.code == code), None)
    if picked is None:
        return
    text = (form.note.data or "").strip()
    if picked.fields:  # it goes with one choice of the form, as no other does
        for other in reasons:
            text = text if other is picked or not other.fields else without(text, other.text)
        for name, value in picked.fields.items():
            field(form, name).data = value
    form.note.data = without(text, picked.text) if picked.text in text else " ".join(filter(None, (text, picked.text)))


def without(text: str, sentence: str) -> str:
    """A text without this sentence in it. Pure."""
    before, found, after = text.partition(sentence)
    return " ".join(filter(None, (before.strip(), after.strip()))) if found else text


def field(form: Any, name: str) -> Any:
    """The field that is sent under this name, as the API has it; None: the form has none."""
    return next((field for field in form if field.short_name == name), None)


def until(form: Any) -> datetime | None:
    """The moment at which what is held until a day comes back."""
    return datetime.combine(form.until.data, time(6), UTC) if form.until.data else None


def version(text: str | None) -> int:
    """The version of a case that a page was made of; -1, which none has, for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1


def _law(known: Provision) -> str:
    return sentence(
        "%(jurisdiction)s: %(provision)s", jurisdiction=wording.territory(known.jurisdiction), provision=known.provision
    )


def stated(form: Any, panel: str) -> dict[str, Any]:
    """What a filled-in form states, as `decision.decide` takes it, without the version."""
    values: dict[str, Any] = {"note": (form.note.data or "").strip()}
    values["ad_words"] = [word for word in form.ad_words.data or [] if "@" not in word and len(word) <= 200][:50]
    values["other_taxon"] = " ".join((form.other_taxon.data or "").split()) or None
    if form.taxa.data or form.none_of_these.data or values["other_taxon"]:
        values["taxa"] = form.taxa.data or []
    if panel == Decision.NOTIFY or "taxa" in values:
        values["category"] = form.category.data if form.category.data in set(Category) else None
    if panel == Decision.NOTIFY:
        values |= {"basis": form.basis.data, "policy_reference": form.policy_reference.data or None}
        values["shown_to"] = form.to.data or None
        values["leave_out"] = [name for name in form.leave_out.data or [] if name in set(LeaveOut)]
        if form.basis.data == Basis.ILLEGAL:
            values["law"] = _stated_law(form)
    elif panel == Decision.HOLD:
        values |= {"hold_reason": form.hold_reason.data, "until": until(form)}
    elif panel == Decision.DISMISS:
        values |= {
            "dismiss_reason": form.dismiss_reason.data or None,
            "duplicate_of": (form.duplicate_of.data or "").strip() or None,
        }
    return values


def _stated_law(form: Any) -> dict[str, Any]:
    source = {"source": (form.source.data or "").strip() or None}
    known = provisions.get(form.known_law.data or "")
    if known:
        return source | {
            "jurisdiction": known.jurisdiction,
            "provision": known.provision,
            "effective_from": known.effective_from,
        }
    return source | {name: form[name].data or None for name in ("jurisdiction", "provision", "effective_from")}


def preview(case_id: str, form: Any) -> dict[str, Any]:
    """The notice as it would leave, to whom (`to`), and what is missing, a sentence each; without a notice where none can be composed."""
    try:
        values = {
            name: value for name, value in stated(form, Decision.NOTIFY).items() if name not in ("ad_words", "shown_to")
        }
        draft = decision.preview(case_id, **values)
    except Refused as refusal:
        details = [detail for details in refusal.errors.values() for detail in details]
        return {"missing": details or [refusal.detail]}
    to = {
        "company": draft.company.name,
        "spoc": draft.spoc.name,
        "channel": draft.spoc.channel,
        "address": draft.spoc.address,
        "mark": draft.goes_to,
    }
    shown = facts.context(compose.serialise(draft.document, ""), glosses.lines(db.session(), draft.document))
    why = NO_PRIORITY.get(draft.barrier) if draft.barrier else None
    return shown | {"missing": compose.missing(draft.document), "to": to, "no_priority": why}


NO_PRIORITY = {  # of an organisation that has an award, in a notice that relies on a law
    Barrier.OTHER_LAW: sentence("the law is not the European Union’s or a Member State’s."),
    Barrier.NOT_YET: sentence("the status is not in force yet."),
    Barrier.SUSPENDED: sentence("the status is suspended."),
    Barrier.OVER: sentence("the status has ended."),
    Barrier.CATEGORY: sentence("the area of expertise does not cover what is offered."),
    Barrier.GROUP: sentence("the area of expertise does not cover these species."),
    Barrier.MECHANISM: sentence(
        "this contact is not recorded as the company’s own notice-and-action mechanism (Article 16)."
    ),
}
