"""The pages, registered with the app. The list to read when a page is added."""

from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

from server.core import access, pausing, web
from server.core.database import db
from server.pages.accounts import factor_views
from server.pages.accounts import views as accounts
from server.pages.accreditation import views as accreditation
from server.pages.alarms import views as alarms
from server.pages.attention import views as attention
from server.pages.audit import views as audit
from server.pages.cases import claims, linked, many, queue_csv, saved, snippets
from server.pages.cases import views as cases
from server.pages.companies import (
    company_edits,
    contact_links,
    contacts,
    directory_upload,
    history,
    platform_away,
    platform_edits,
    quality,
    spoc_edits,
    still_right,
)
from server.pages.companies import views as companies
from server.pages.complaints import public
from server.pages.complaints import views as complaints
from server.pages.disputes import views as disputes
from server.pages.exams import views as exams
from server.pages.figures import unrouted
from server.pages.figures import views as figures
from server.pages.leads import question_views
from server.pages.leads import views as leads
from server.pages.learning import views as learning
from server.pages.mail import views as mail
from server.pages.notices import answer_files, by_link, proofs
from server.pages.notices import views as notices
from server.pages.operations import views as operations
from server.pages.organisations import views as organisations
from server.pages.past import views as past
from server.pages.people import admin_views, desk_views, factor_resets, invitation_views
from server.pages.people import views as people
from server.pages.recruitment import views as recruitment
from server.pages.reports import views as reports
from server.pages.rounds import planning
from server.pages.rounds import views as rounds
from server.pages.site import views as site
from server.pages.skill import picture_views
from server.pages.skill import views as skill
from server.pages.species import guide_views
from server.pages.species import views as species
from server.pages.team import token_views, webhook_views
from server.pages.team import views as team
from server.pages.training import review_views
from server.pages.training import views as training
from server.pages.unsubscribe import views as unsubscribe
from server.reads.figures import waiting

NOUNS = (
    mail,
    site,
    accounts,
    factor_views,
    people,
    desk_views,
    invitation_views,
    factor_resets,
    admin_views,
    recruitment,
    training,
    review_views,
    exams,
    accreditation,
    skill,
    picture_views,
    reports,
    question_views,
    leads,
    rounds,
    planning,
    species,
    guide_views,
    cases,
    quality,
    queue_csv,
    saved,
    snippets,
    past,
    many,
    claims,
    linked,
    alarms,
    learning,
    companies,
    contacts,
    contact_links,
    still_right,
    directory_upload,
    company_edits,
    platform_away,
    platform_edits,
    spoc_edits,
    history,
    organisations,
    public,
    complaints,
    disputes,
    team,
    notices,
    answer_files,
    proofs,
    token_views,
    webhook_views,
    figures,
    unrouted,
    attention,
    audit,
    operations,
    unsubscribe,
)


def init_app(app: Flask) -> None:
    """Add every page."""
    for noun in NOUNS:
        app.register_blueprint(noun.pages)
    app.register_blueprint(by_link.pages)
    for pages in (by_link.pages, unsubscribe.pages):
        web.csrf.exempt(pages)  # behind a link, without cookies: there is nothing to forge
    app.context_processor(_counts)


def _counts() -> dict[str, Any]:
    """The numbers in the navigation, and for the desk whether sending is paused; nothing while the database is away, so
    that the page saying so still comes."""
    account = web.page_account()
    try:
        paused = access.can("cases.see", account) and pausing.is_paused(db.session())
        return {"nav_counts": waiting(db.session(), account), "sending_paused": paused}
    except DBAPIError:
        return {"nav_counts": {}}
