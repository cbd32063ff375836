"""Pictures of the picture lane: loaded by an operator with their licence, removed again, and answered by spotters.

Every file is treated as hostile: checked by its header, re-encoded in a separate process, and never kept as it came.
"""

import hashlib
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from sqlalchemy import select

from server.core import clock, work
from server.core.database import db, read, write
from server.core.words import Refused
from server.journeys.spotter import gate
from server.ledger.reports import pictures
from server.ledger.reports.pictures import NoCopy
from server.ledger.species.models import Taxon
from server.people.courses import catalogue, pictured
from server.people.courses.pictured import Pictured
from server.people.courses.yaml_lines import Invalid, Located, Problem
from server.people.skill import lane, picture_store
from server.people.skill.picture_store import Loading
from server.reads import picture_lane

FORMATS = {"PNG": (".png",), "JPEG": (".jpg", ".jpeg"), "WEBP": (".webp",)}
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 40_000_000  # read from the header: a bomb is refused before anything is decoded
FEWEST = 200  # pixels of the longer side: with fewer there is nothing to see


class PictureLoad(NamedTuple):
    """What an import did, or would do: names of pictures."""

    added: list[str]
    changed: list[str]
    unchanged: list[str]


def load_pictures(folder: Path, *, dry_run: bool) -> PictureLoad:
    """Load the pictures that the manifest of `folder` names, all of them or none. Pictures that it leaves out stay.

    A picture with answers keeps its choices and what is right: answers already marked are not marked again.
    Raises Invalid with every problem, by line of the manifest. With `dry_run` everything is checked and nothing kept.
    """
    lessons = {f"{module.slug}/{lesson.name}" for module in catalogue.modules().values() for lesson in module.lessons}
    entries = pictured.load(folder / pictured.NAME, lessons)
    with read() as session:
        there = picture_store.known_files(session)
        before, given = picture_store.loaded(session), picture_store.answers_by_picture(session, entries)
        taxa = {picture.taxon for picture, _ in entries.values()} - {""}
        known = set(session.scalars(select(Taxon.scientific_name).where(Taxon.scientific_name.in_(taxa))))
    problems: list[Problem] = []
    loadings: list[Loading] = []
    done = PictureLoad([], [], [])
    for name, (picture, entry) in entries.items():
        if name in catalogue.pictures():
            problems.append(_problem(entry, "name", f"{name} is a picture that comes with us: choose another name"))
        if name in given and _asks_otherwise(picture, before.get(name), given[name]):
            problems.append(_problem(entry, "name", f"{name} has answers: choose another name"))
        if picture.taxon and picture.taxon not in known:
            problems.append(_problem(entry, "taxon", f"{picture.taxon} is no scientific name that is known here"))
        try:
            data = _checked(folder / picture.file)
            kept = pictured.as_kept(entry)
            digest = hashlib.sha256(data).hexdigest()
            if there.get(name) == (kept, digest):
                done.unchanged.append(name)
                continue
            (done.changed if name in there else done.added).append(name)
            cut = pictures.cuts(data, [None])[0]
            loadings.append(Loading(kept, digest, cut.clean, cut.blurred))
        except ValueError as refusal:
            problems.append(_problem(entry, "file", f"{picture.file} {refusal}"))
        except NoCopy:
            problems.append(_problem(entry, "file", f"{picture.file} is damaged, or takes too long to read"))
    if problems:
        raise Invalid(problems)
    if loadings and not dry_run:
        with write() as session:
            for loading in loadings:
                picture_store.keep(session, loading, clock.now())
    return done


def _asks_otherwise(picture: Pictured, before: Pictured | None, given: Iterable[tuple[str, bool | None]]) -> bool:
    """Whether answers that were given and marked would stand beside another question. `before`: None, it was removed."""
    if before and (picture.right, picture.choices) != (before.right, before.choices):
        return True
    return any(said not in picture.keys or lane.mark(said, picture.right) != right for said, right in given)


def _checked(path: Path) -> bytes:
    """The bytes of a picture. Raises ValueError with what is wrong with it, to be read after its name."""
    if path.is_symlink() or not path.is_file():
        raise ValueError("is not in the folder")
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("is larger than 20 MB")
    data = path.read_bytes()
    try:
        with (
            warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning),
            Image.open(path, formats=list(FORMATS)) as header,
        ):
            kind, (width, height) = header.format or "", header.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("has more than 40 million pixels") from None
    except Exception:  # whatever a decoder trips over in a hostile header
        raise ValueError("is no PNG, JPEG or WebP picture") from None
    if path.suffix.lower() not in FORMATS[kind]:
        raise ValueError(f"is a {kind} by another name")
    if width * height > MOST_PIXELS:
        raise ValueError("has more than 40 million pixels")
    if max(width, height) < FEWEST:
        raise ValueError(f"is smaller than {FEWEST} pixels: nothing could be seen")
    return data


def _problem(entry: Located, key: str, what: str) -> Problem:
    return Problem(pictured.NAME, entry.lines[key], what)


def remove_picture(name: str) -> bool:
    """Take a loaded picture out of the lane, for good; answers to it stay. False: there is none of that name."""
    with write() as session:
        return picture_store.remove(session, name)


def answer_picture(account_id: str, token: str, said: str) -> str | None:
    """A spotter says what the picture before them shows; the answer's id. None: it is not open to them any more.

    Raises Refused("not-accredited").
    """
    gate.may_report(account_id)
    item = picture_lane.item(db.session(), account_id, token)
    if item is None or said not in item.picture.keys:
        return None
    try:
        with write() as session:
            answer_id = picture_store.keep_answer(session, account_id, item.picture, said, clock.now())
            work.enqueue(session, "review_skill", account_id)
            return answer_id
    except Refused as refusal:
        if refusal.kind != "conflict":  # the same answer a second time, at the same moment
            raise
        return None
