"""The pages of the directory as a browser sees them: what a form holds, and what the directory has."""

import html
import re

from sqlalchemy import select

from server.core.audit import AuditRow
from server.core.database import read
from server.ledger.companies import exporting, store
from server.ledger.companies.models import Company, Spoc


def entry(slug):
    with read() as session:
        return exporting.company_entry(store.whole(session, slug))


def company_of(slug):
    with read() as session:
        return session.scalars(select(Company).where(Company.slug == slug)).one_or_none()


def audited(slug):
    with read() as session:
        rows = select(AuditRow).where(AuditRow.kind == "company", AuditRow.object_id == company_of(slug).id)
        return [(row.action, row.actor_id, row.detail) for row in session.scalars(rows.order_by(AuditRow.seq))]


def spoc_of(slug):
    with read() as session:
        return session.scalars(select(Spoc).join(Company).where(Company.slug == slug).order_by(Spoc.id)).first()


def words(answer):
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", answer.text)))


def filled(who, path):
    """What the form of a page holds, as a browser would send it."""
    page = who.get(path).text
    form = page[page.index('name="seen"') - 600 :]
    data: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf' {each}="([^"]*)"', tag) for each in ("name", "value"))
        kind = re.search(r'type="(\w+)"', tag)
        if name and (not kind or kind[1] not in ("checkbox", "radio") or " checked" in tag):
            kept = html.unescape(value[1]) if value else ""
            ticks = kind and kind[1] == "checkbox"
            data[name[1]] = [*data.get(name[1], []), kept] if ticks else kept
    for name, text in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', form, re.S):
        data[name] = html.unescape(text)
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        data[name] = html.unescape(chosen[1]) if chosen else ""
    return data
