"""A programme that is kept and goes on with another server is the same as one that was never stopped."""

from pathlib import Path

import pytest

from tests.programme import counts, waits
from tests.programme.kept import Kept, going_on

PEOPLE, ROUNDS, STOPPED, DAYS = 12, 1, 7, 12


def test_what_was_kept_goes_on_as_if_it_had_never_stopped(template: Path | str, tmp_path: Path) -> None:
    if not isinstance(template, Path):
        pytest.skip("a programme is kept on SQLite alone")
    kept, lives = Kept(tmp_path / "kept"), []
    with going_on(template, kept, tmp_path, PEOPLE, ROUNDS) as (programme, pages):
        programme.checks = [programme.post.check, waits.check, pages.check, counts.check]
        for day in range(DAYS):
            programme.live(day)
            if day + 1 == STOPPED:
                kept.keep(programme, pages)
        lives.append((dict(programme.world.seen), len(programme.world.mail.taken)))
    with going_on(template, Kept(tmp_path / "kept"), tmp_path, PEOPLE, ROUNDS) as (programme, pages):
        assert programme.days == STOPPED
        programme.checks = [programme.post.check, waits.check, pages.check, counts.check]
        for day in range(STOPPED, DAYS):
            programme.live(day)
        lives.append((dict(programme.world.seen), len(programme.world.mail.taken)))
    assert lives[0] == lives[1]
    assert lives[1][0]["exam sat"] and lives[1][0]["joined"]


def test_a_run_that_was_stopped_while_it_kept_a_week_goes_on_from_the_one_before(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "memory.pickle").write_bytes(b"")
    assert Kept(tmp_path).week == tmp_path / "old"
