"""Reads and writes of the picture lane. Every function takes the session first; times come from the caller."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import pictured
from server.people.courses.pictured import Pictured
from server.people.skill import lane
from server.people.skill.models import LoadedPicture, PictureAnswer


class Loading(NamedTuple):
    """A picture that is about to be kept: its entry in the manifest and its two copies."""

    entry: dict[str, Any]
    file_sha256: str
    clean: bytes
    blurred: bytes


# --- Pictures that an operator loaded ----------------------------------------------------------------------------------


def loaded(session: Session) -> dict[str, Pictured]:
    """Every loaded picture by name."""
    rows = session.execute(select(LoadedPicture.name, LoadedPicture.entry).order_by(LoadedPicture.name))
    return {name: _read(json.dumps(entry)) for name, entry in rows}


@lru_cache(maxsize=4096)
def _read(entry: str) -> Pictured:
    return pictured.kept(json.loads(entry))


def known_files(session: Session) -> dict[str, tuple[dict[str, Any], str]]:
    """The entry of each loaded picture and the hash of the file that it was made of, by name."""
    rows = session.execute(select(LoadedPicture.name, LoadedPicture.entry, LoadedPicture.file_sha256))
    return {name: (entry, digest) for name, entry, digest in rows}


def copy(session: Session, name: str, *, blurred: bool) -> bytes | None:
    """One of the two copies of a loaded picture; None: there is no such picture."""
    column = LoadedPicture.blurred if blurred else LoadedPicture.clean
    return session.scalar(select(column).where(LoadedPicture.name == name))


def keep(session: Session, loading: Loading, at: datetime) -> None:
    """Keep one picture, in the place of the one of the same name."""
    name = loading.entry["name"]
    row = session.get(LoadedPicture, name)
    if row is None:
        row = LoadedPicture(name=name)
        session.add(row)
    row.entry, row.licence, row.file_sha256 = loading.entry, loading.entry["licence"], loading.file_sha256
    row.clean, row.blurred, row.loaded_at = loading.clean, loading.blurred, at
    session.flush()
    audit.record(session, None, "picture_loaded", "picture", name, licence=row.licence)


def remove(session: Session, name: str) -> bool:
    """Delete a loaded picture and all that was said of it; answers to it stay. False: there is none."""
    gone = session.execute(delete(LoadedPicture).where(LoadedPicture.name == name).returning(LoadedPicture.name))
    if gone.first() is None:
        return False
    audit.record(session, None, "picture_removed", "picture", name)
    return True


# --- Answers -----------------------------------------------------------------------------------------------------------


def answers(session: Session, account_id: str) -> list[PictureAnswer]:
    """Everything this person answered in the picture lane, oldest first."""
    mine = select(PictureAnswer).where(PictureAnswer.account_id == account_id)
    return list(session.scalars(mine.order_by(PictureAnswer.at, PictureAnswer.id)))


def answer(session: Session, account_id: str, answer_id: str) -> PictureAnswer:
    """One of this person's own answers. Raises Refused("not-found") for anybody else's."""
    mine = select(PictureAnswer).where(PictureAnswer.id == answer_id, PictureAnswer.account_id == account_id)
    answer = session.scalars(mine).first()
    if answer is None:
        raise Refused("not-found", sentence("You have no such answer."))
    return answer


def keep_answer(session: Session, account_id: str, picture: Pictured, said: str, at: datetime) -> str:
    """Keep and mark an answer; its id. Raises Refused("conflict"): answered already."""
    answer = PictureAnswer(
        id=new_id(), account_id=account_id, picture=picture.name, taxon_group=picture.group, said=said,
        right=lane.mark(said, picture.right), at=at,
    )  # fmt: skip
    try:
        with session.begin_nested():
            session.add(answer)
    except IntegrityError:
        raise Refused("conflict", sentence("You have already answered this one. The first answer counts.")) from None
    return answer.id


def answers_by_picture(session: Session, names: Iterable[str]) -> dict[str, set[tuple[str, bool | None]]]:
    """What people said of these pictures, and how it was marked, by name; only those that were answered."""
    asked = select(PictureAnswer.picture, PictureAnswer.said, PictureAnswer.right)
    found: dict[str, set[tuple[str, bool | None]]] = defaultdict(set)
    for name, said, right in session.execute(asked.where(PictureAnswer.picture.in_(list(names))).distinct()):
        found[name].add((said, right))
    return dict(found)


def difficulties(session: Session, pictures: Mapping[str, Pictured]) -> dict[str, float]:
    """How hard each picture is, 0 to 1: its author's guess, corrected by what people answered."""
    right, wrong = (func.count().filter(PictureAnswer.right.is_(value)) for value in (True, False))
    rows = session.execute(select(PictureAnswer.picture, right, wrong).group_by(PictureAnswer.picture))
    counted = {name: (right, wrong) for name, right, wrong in rows}
    return {name: lane.difficulty(picture.difficulty, *counted.get(name, (0, 0))) for name, picture in pictures.items()}
