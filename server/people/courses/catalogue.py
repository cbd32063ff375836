"""The modules of this instance, in the reader's language, and since when each has been as it is now."""

import functools
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from flask import current_app, request
from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from server.core import reader, web
from server.core.database import Model, Time
from server.core.keeping import NO_END, PLAIN, Erasure, Export, Keeping
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import known, pictured, plain
from server.people.courses.known import Known
from server.people.courses.module import Module
from server.people.courses.module_file import PICTURE_LANE, load_all
from server.people.courses.pictured import Pictured

COOKIE = "lesson-language"  # not the site's: more languages have lessons than pages
CONTENT = Path(__file__).resolve().parents[3] / "training_modules"


class ContentState(Model):
    """Since when a module, or the agreement, has had this content. Grace periods run from it."""

    __tablename__ = "content_states"
    __keeping__ = Keeping(
        purpose="Records when a module or the agreement was last changed.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN, "content_hash": PLAIN},
    )
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(Time)


def folder() -> Path:
    """Where the content lies. `TRAINING_MODULES` in the app's config names another folder than the shipped one."""
    return Path(current_app.config.get("TRAINING_MODULES", CONTENT))


def modules() -> dict[str, Module]:
    """The modules of this instance by slug, in their order, read once."""
    return _modules(folder())


@functools.cache
def _modules(root: Path) -> dict[str, Module]:
    return load_all(root)


def known_listings() -> dict[str, Known]:
    """The known listings of this instance by name: the content folder's, else the shipped ones."""
    path = folder() / known.NAME
    return _known_listings(path if path.is_file() else CONTENT / known.NAME)


@functools.cache
def _known_listings(path: Path) -> dict[str, Known]:
    return known.load(path)


def pictures() -> dict[str, Pictured]:
    """The pictures of the picture lane that come with us, by name, read once."""
    return _pictures(pictures_folder())


def pictures_folder() -> Path:
    """Where they lie, each beside its blurred copy. Never in another content folder: a photograph there has its metadata
    still, and no blurred copy. An operator loads it."""
    return CONTENT / PICTURE_LANE


@functools.cache
def _pictures(root: Path) -> dict[str, Pictured]:
    path = root / pictured.NAME
    return {name: picture for name, (picture, _) in pictured.load(path).items()} if path.is_file() else {}


def module(slug: str) -> Module:
    """One module in the reader's language. Raises Refused("not-found")."""
    module = modules().get(slug)
    if module is None:
        raise Refused("not-found", sentence("There is no such module."))
    return module.read_in(languages())


def version(slug: str, name: str) -> str | None:
    """Which state of a practice question this is, by what the original asks; None: there is no such question (any more)."""
    module = modules().get(slug)
    question = module.question(name) if module else None
    return plain.version(question) if question else None


def languages() -> list[str]:
    """The languages the reader wants, most wanted first: asked for in the address, chosen for lessons, chosen for the site
    (in the profile, or on a page), or set in the browser."""
    account, cookies = web.page_account(), request.cookies
    own = account.language if account else None
    chosen = (request.args.get("language"), cookies.get(COOKIE), own, cookies.get(reader.COOKIE))
    return [language for language in (*chosen, *request.accept_languages.values()) if language]


def note_states(session: Session, states: Mapping[str, str], at: datetime) -> list[tuple[str, str]]:
    """Remember since when each content of `states` (by name) has been as it is; what was taught before begins anew.

    Returns name and hash of what begins anew.
    """
    anew: list[tuple[str, str]] = []
    latest: dict[str, ContentState] = {}
    known: dict[tuple[str, str], ContentState] = {}
    for state in session.scalars(select(ContentState).order_by(ContentState.seen_at)):
        latest[state.name] = known[state.name, state.content_hash] = state
    for name, content_hash in states.items():
        if (name, content_hash) in known:
            if latest[name].content_hash != content_hash:
                known[name, content_hash].seen_at = at
                anew.append((name, content_hash))
        else:
            try:
                with session.begin_nested():
                    session.add(ContentState(name=name, content_hash=content_hash, seen_at=at))
            except IntegrityError:
                pass  # another process saw it in the same moment
    return anew


def seen_since(session: Session, names: Iterable[str]) -> dict[tuple[str, str], datetime]:
    """Since when each state of the named contents has been there, by name and hash."""
    states = select(ContentState).where(ContentState.name.in_(list(names)))
    return {(state.name, state.content_hash): state.seen_at for state in session.scalars(states)}


def changes_seen(session: Session, taught: Iterable[Module]) -> dict[tuple[str, str], datetime]:
    """When each material change of these modules was there first, by its state; asked only where there are any."""
    names = [change.state[0] for module in taught for change in module.material]
    return seen_since(session, names) if names else {}
