"""Evidence in a bucket of a real S3-compatible store that is killed, full, slow, lies, or does not know us.

Nothing acknowledged is lost: a report is answered 201 only when the store gives back just what it was given. Else it is
503 with Retry-After, and the same report sent again later is kept. Each promise comes with its mutation.
"""

import contextlib
import hashlib
import logging
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import circuit, config, intake_lock, vault, vault_bucket, work
from server.core.database import db, read
from server.core.outbox import Work
from server.core.vault import FileState
from server.core.vault_bucket import Bucket
from server.core.words import Refused
from server.ledger.reports.models import Evidence, Report
from tests.conftest import People, settings_for
from tests.gateway import KEY, SECRET, Gateway, Line, line, prefix, store  # noqa: F401
from tests.sending import png, send

Make = Callable[..., dict[str, Any]]
RETRY_AFTER = range(1, 61)  # seconds: what a client may be told


@pytest.fixture
def settings(database_url: str, tmp_path: Path, store: Gateway, line: Line, prefix: str) -> config.Settings:
    return settings_for(
        tmp_path,
        database_url,
        SPOTTER_VAULT_URL=store.url(prefix, line.port),
        AWS_ACCESS_KEY_ID=KEY,
        AWS_SECRET_ACCESS_KEY=SECRET,
    )


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in life, in less time."""
    monkeypatch.setattr(vault_bucket, "PATIENCE", 0.4)
    monkeypatch.setattr(circuit, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(circuit, "LONGEST_PAUSE", 0.01)


class Spotter:
    """Ana, who sends reports with a screenshot and keeps what was acknowledged."""

    def __init__(self, app: Flask, people: People, make: Make) -> None:
        self.app, self.make, self.token = app, make, people.token("ana")
        self.acknowledged: dict[str, str] = {}  # the file's hash by the report's id

    def send(self, number: int, key: str) -> int:
        """One report; its status. A refusal is 503 and says when to come back."""
        picture = png((40 + number, 30))
        url = f"https://mercado.test/itm/{700000000 + number}"
        answer = send(self.app.test_client(), self.token, self.make(url=url), key, screenshot=picture)
        if answer.status_code in (200, 201):
            self.acknowledged[answer.json["id"]] = hashlib.sha256(picture).hexdigest()
        else:
            assert answer.status_code == 503, answer.text
            assert int(answer.headers["Retry-After"]) in RETRY_AFTER
            assert answer.json["type"].endswith("/unavailable")
        return int(answer.status_code)

    def lost(self, store: Gateway, prefix: str) -> set[str]:
        """Reports that were acknowledged and are not in the database, or whose file is not in the store, whole."""
        there = {name for name, data in store.objects(prefix).items() if hashlib.sha256(data).hexdigest() == name}
        with read() as session:
            kept = set(session.scalars(select(Report.id)))
        return {name for name, digest in self.acknowledged.items() if name not in kept or digest not in there}


@pytest.fixture
def ana(app: Flask, people: People, report_json: Make) -> Spotter:
    return Spotter(app, people, report_json)


def count() -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(Report)) or 0


MOMENTS = ["put_half_way", "put_done"]  # of the upload: half of it has come, or all of it and we are not told


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_store_that_is_killed_in_an_upload_loses_nothing_acknowledged(
    ana: Spotter, store: Gateway, line: Line, prefix: str, moment: str, impatient: None
) -> None:
    assert ana.send(1, str(uuid.uuid4())) == 201
    setattr(line, moment, store.kill)
    key = str(uuid.uuid4())
    assert ana.send(2, key) == 503
    assert count() == 1
    setattr(line, moment, lambda: None)
    store.start()
    while ana.send(2, key) != 201:
        pass
    assert ana.send(2, key) == 200, "the same key has the first answer"
    assert count() == 2 and len(ana.acknowledged) == 2
    assert ana.lost(store, prefix) == set()


def test_a_store_that_is_back_within_seconds_is_waited_for(
    ana: Spotter, store: Gateway, line: Line, prefix: str
) -> None:
    def restarted() -> None:
        line.put_half_way = lambda: None
        store.kill()
        threading.Thread(target=store.start).start()

    line.put_half_way = restarted
    assert ana.send(1, str(uuid.uuid4())) == 201
    assert ana.lost(store, prefix) == set()


@pytest.mark.mutation
def test_the_mutation_that_acknowledges_before_the_store_has_it_is_caught(
    ana: Spotter, store: Gateway, line: Line, prefix: str, monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    honest, uploads = Bucket.keep, []

    def hasty(self: Bucket, digest: str, data: bytes) -> None:
        uploads.append(threading.Thread(target=lambda: _quietly(honest, self, digest, data)))
        uploads[-1].start()

    monkeypatch.setattr(Bucket, "keep", hasty)
    line.put_half_way = store.kill
    assert ana.send(1, str(uuid.uuid4())) == 201
    for upload in uploads:
        upload.join()
    store.start()
    assert len(ana.lost(store, prefix)) == 1, "the rig does not notice what was acknowledged and lost"


def _quietly(act: Callable[..., None], *arguments: Any) -> None:
    with contextlib.suppress(vault_bucket.Away, vault_bucket.OtherBytes, circuit.Open):
        act(*arguments)


def test_a_key_whose_file_is_still_on_its_way_to_the_store_is_told_to_come_back(
    app: Flask, ana: Spotter, line: Line, report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first sending has let go of its turn; it is in flight all the same (contract: 409)."""
    monkeypatch.setattr(intake_lock, "PATIENCE", 0.2)
    monkeypatch.setattr(vault_bucket, "PATIENCE", 60.0)
    key = str(uuid.uuid4())
    with line.holding():
        first = threading.Thread(target=ana.send, args=(1, key))
        first.start()
        assert line.held.acquire(timeout=30)
        url = "https://mercado.test/itm/700000001"
        second = send(app.test_client(), ana.token, report_json(url=url), key, screenshot=png((41, 30)))
        assert (second.status_code, second.headers["Retry-After"]) == (409, "5"), second.text
    first.join()
    assert ana.send(1, key) == 200 and count() == 1


@pytest.mark.parametrize("answered", [(507, "XMinioStorageFull"), (403, "QuotaExceeded"), (503, "SlowDown")])
def test_a_full_store_refuses_what_it_cannot_keep_and_takes_it_later(
    ana: Spotter, store: Gateway, line: Line, prefix: str, answered: tuple[int, str], impatient: None
) -> None:
    line.full, key = answered, str(uuid.uuid4())
    assert ana.send(1, key) == 503
    assert count() == 0 and store.objects(prefix) == {}, "nothing is left behind"
    line.full = None
    assert ana.send(1, key) == 201
    assert ana.lost(store, prefix) == set()


def altered(body: bytes) -> bytes:
    return body[:-1] + bytes([body[-1] ^ 1])


@pytest.mark.parametrize("changed", [altered, lambda _: b"", lambda body: body + b"!"], ids=["a bit", "none", "more"])
def test_a_store_that_gives_back_other_bytes_has_kept_nothing(
    ana: Spotter, line: Line, changed: Callable[[bytes], bytes], impatient: None
) -> None:
    line.changed, key = changed, str(uuid.uuid4())
    assert ana.send(1, key) == 503
    assert count() == 0
    line.changed = lambda body: body
    assert ana.send(1, key) == 201


@pytest.mark.mutation
def test_the_mutation_that_does_not_read_back_is_caught(
    ana: Spotter, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(self: Bucket, key: str, data: bytes, _anew: bool) -> None:
        await self._store.put_async(key, data)

    monkeypatch.setattr(Bucket, "_put", blind)
    line.changed = altered
    assert ana.send(1, str(uuid.uuid4())) == 201, "the rig does not notice that nothing was read back"


def test_what_is_kept_whole_is_never_put_again(app: Flask, line: Line) -> None:
    """A store that spoils the second put of the same bytes spoils nothing that was acknowledged; by a conditional put
    this one overwrites all the same."""
    vault.keep(b"evidence")
    puts: list[bool] = []
    line.put_half_way = lambda: puts.append(True)
    vault.keep(b"evidence")
    assert not puts


def test_other_bytes_are_shown_to_nobody(
    app: Flask, ana: Spotter, people: People, line: Line, work_all: Callable[[], int]
) -> None:
    assert ana.send(1, str(uuid.uuid4())) == 201
    with read() as session:
        file = session.scalars(select(Evidence)).one()
        case_id = session.get_one(Report, file.report_id).case_id
    cora = people.browser("cora")
    original = f"/cases/{case_id}/evidence/{file.id}/original"
    assert cora.get(original).data == png((41, 30))
    line.changed = altered
    answer = cora.get(original)
    assert answer.status_code == 500 and b"not what was saved" in answer.data
    assert vault.state(file.sha256) is FileState.ALTERED
    work_all()
    with read() as session:
        assert session.get_one(Evidence, file.id).copy_sha256 is None
    line.changed = lambda body: body
    assert vault.state(file.sha256) is FileState.WHOLE and vault.state("0" * 64) is FileState.MISSING


def test_wrong_credentials_are_named_and_the_secret_is_not(
    app: Flask, ana: Spotter, store: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    settings = app.config["SPOTTER"]
    app.config["SPOTTER"] = config.replace(settings, vault_secret="a wrong secret")
    key = str(uuid.uuid4())
    with caplog.at_level(logging.ERROR):
        assert ana.send(1, key) == 503
        assert app.test_client().get("/readyz").json["vault"] == "not ready"
    assert "it answers SignatureDoesNotMatch" in caplog.text
    assert "a wrong secret" not in caplog.text and SECRET not in caplog.text
    assert count() == 0
    app.config["SPOTTER"] = settings
    assert ana.send(1, key) == 201
    assert app.test_client().get("/readyz").json["vault"] == "ready"


def test_the_vault_is_ready_when_it_can_be_written_to(app: Flask, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that can be read, and takes nothing, is not; and one that does is not written to again and again."""
    monkeypatch.setattr(vault_bucket, "PROBED_EVERY", 0.0)
    line.full = 507, "Full"
    assert "it answers Full" in vault.problem()
    line.full = None
    assert vault.problem() == ""
    puts: list[bool] = []
    line.put_half_way = lambda: puts.append(True)
    assert vault.problem() == "" and not puts
    line.full, line.put_half_way = (507, "Full"), None
    with pytest.raises(Refused):
        vault.keep(b"A file that the store no longer takes.")
    assert "it answers Full" in vault.problem()


def test_work_that_needs_the_store_waits_for_it_and_is_never_given_up(
    ana: Spotter, store: Gateway, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch, impatient: None
) -> None:
    monkeypatch.setattr(work, "MAX_ATTEMPTS", 2)
    assert ana.send(1, str(uuid.uuid4())) == 201
    store.kill()
    for _ in range(work.MAX_ATTEMPTS + 2):
        with db.session.begin():
            db.session.execute(Work.__table__.update().values(due_at=work.clock.now()))
        work_all()
    with read() as session:
        pieces = list(session.scalars(select(Work).where(Work.kind == "copy_picture")))
    assert [(piece.done_at, piece.dead_lettered_at) for piece in pieces] == [(None, None)]
    store.start()
    with db.session.begin():
        db.session.execute(Work.__table__.update().values(due_at=work.clock.now()))
    work_all()
    with read() as session:
        assert session.scalars(select(Evidence.copy_sha256)).one()
