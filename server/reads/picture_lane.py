"""The picture lane as a spotter sees it: the next picture, the result of an answer, and the picture's two copies.

Nothing of a picture that is not answered tells what it shows: its address is a number that only this instance can tell.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses import catalogue, lesson_links, licences
from server.people.courses.pictured import Pictured
from server.people.rounds import choice_store
from server.people.skill import lane, picture_store, steps
from server.people.skill.models import PictureAnswer
from server.people.skill.steps import Difficulty
from server.reads import practice_lane


@dataclass(frozen=True, slots=True)
class PictureItem:
    """One picture of the lane before it is judged. `token` is all that a page tells of which one it is."""

    token: str
    picture: Pictured
    step: Difficulty
    left: int  # pictures that are not answered yet, this one included

    @property
    def address(self) -> str:
        """Where the licence stands; empty where it has no page."""
        return licences.ADDRESS.get(self.picture.licence, "")

    @property
    def drawn(self) -> bool:
        """Whether a program drew it: every picture that comes with the modules."""
        return self.picture.name in catalogue.pictures()


def all_pictures(session: Session) -> dict[str, Pictured]:
    """Every picture of the lane by name: those that come with the modules, and those that an operator loaded."""
    return picture_store.loaded(session) | catalogue.pictures()


def next_item(session: Session, account_id: str) -> PictureItem | None:
    """The picture to show next. None: there is none, or none is left.

    It follows everybody's answers, which say how hard each picture is: whoever looks at one is held to it by `item`.
    """
    answers = picture_store.answers(session, account_id)
    pictures = _open(session, account_id, answers)
    ordered = lane.in_order(practice_lane.secret("pictures", account_id), pictures)
    hard = picture_store.difficulties(session, pictures)
    name = steps.next_up(ordered, hard, steps.step_after(answer.right for answer in answers))
    if name is None:
        return None
    return PictureItem(_token(account_id, name), pictures[name], steps.step(hard[name]), len(pictures))


def item(session: Session, account_id: str, token: str) -> PictureItem | None:
    """The picture that this person was shown as `token`. None: it is answered, left out by now or gone, or never was."""
    pictures = _open(session, account_id, picture_store.answers(session, account_id))
    name = next((name for name in pictures if _token(account_id, name) == token), None)
    if name is None:
        return None
    hard = picture_store.difficulties(session, {name: pictures[name]})
    return PictureItem(token, pictures[name], steps.step(hard[name]), len(pictures))


def _open(session: Session, account_id: str, answers: Iterable[PictureAnswer]) -> dict[str, Pictured]:
    """The pictures that this person, who gave these answers, may still judge."""
    done = {answer.picture for answer in answers}
    avoids = frozenset(choice_store.choice(session, account_id).avoids or ())
    return {
        name: picture
        for name, picture in all_pictures(session).items()
        if name not in done and picture.group not in avoids
    }


def _token(account_id: str, name: str) -> str:
    return f"{practice_lane.secret('picture', account_id, name):064x}"[:32]


def answered(session: Session, account_id: str, answer_id: str) -> dict[str, Any]:
    """An own answer with what was right; `item` is None when the picture is gone. Raises Refused("not-found")."""
    answer = picture_store.answer(session, account_id, answer_id)
    picture = all_pictures(session).get(answer.picture)
    shown = None
    if picture:
        step = steps.step(picture_store.difficulties(session, {picture.name: picture})[picture.name])
        shown = PictureItem(_token(account_id, picture.name), picture, step, 0)
    lesson = lesson_links.get(picture.lesson) if picture and picture.lesson else None
    return {"said": answer.said, "right": answer.right, "at": answer.at, "item": shown, "lesson": lesson}


def copy(session: Session, account_id: str, token: str, *, blurred: bool) -> bytes:
    """One of the two copies of a picture, by this person's token for it. Raises Refused("not-found")."""
    name = next((name for name in all_pictures(session) if _token(account_id, name) == token), "")
    shipped = catalogue.pictures().get(name)
    if shipped:
        path = catalogue.pictures_folder() / shipped.file
        return (path.with_suffix(".blurred.webp") if blurred else path).read_bytes()
    data = picture_store.copy(session, name, blurred=blurred) if name else None
    if data is None:
        raise Refused("not-found", sentence("There is no such picture."))
    return data
