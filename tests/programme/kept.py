"""A long programme is lived in several runs: after each week it is kept, and the next run goes on from there.

`SPOTTER_PROGRAMME_KEPT` names a folder. It holds the programme's files (`data`), and those of the last kept week (`week`) with
what its people remember. They are replaced together, so a run that is stopped at any moment loses a week at most. For
SQLite alone, and with the same version of these tests.
"""

import pickle
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from tests.programme.mails import Post
from tests.programme.programme import Programme
from tests.programme.sentences import Pages
from tests.programme.world import instance, world

DATABASE, MEMORY = "spotter.sqlite3", "memory.pickle"


class Kept:
    """The folder of a programme. `week` is the kept one, or None at its beginning."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = self.folder / "data"
        self.week = next((week for name in ("week", "old") if (week := self.folder / name).exists()), None)
        shutil.rmtree(self.data, ignore_errors=True)  # what was lived after that week is lost
        if self.week:
            shutil.copytree(self.week, self.data)
        self.data.mkdir(parents=True, exist_ok=True)

    def keep(self, programme: Programme, pages: Pages) -> None:
        """Replace the kept week by this moment."""
        new, old, week = (self.folder / name for name in ("new", "old", "week"))
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(self.data, new, ignore=shutil.ignore_patterns(f"{DATABASE}*", MEMORY))
        with closing(sqlite3.connect(self.data / DATABASE)) as lived, closing(sqlite3.connect(new / DATABASE)) as copy:
            lived.backup(copy)
        (new / MEMORY).write_bytes(pickle.dumps((programme.world.now, programme, pages)))
        if week.exists():
            shutil.rmtree(old, ignore_errors=True)
            week.rename(old)
        new.rename(week)
        shutil.rmtree(old, ignore_errors=True)


@contextmanager
def going_on(
    template: Path | str, kept: Kept | None, folder: Path, people: int, rounds: int
) -> Iterator[tuple[Programme, Pages]]:
    """The kept programme, or a new one on its first morning; in `folder` where none is kept. Its checks are to be set."""
    if kept and kept.week:
        moment: datetime
        programme: Programme
        moment, programme, pages = pickle.loads((kept.week / MEMORY).read_bytes())
        with instance(template, kept.data, kept.week / DATABASE, moment) as here:
            programme.world.live_in(*here)
            yield programme, pages
        return
    with world(template, kept.data if kept else folder, people) as begun:
        yield Programme(begun, people, rounds, [], Post()), Pages()
