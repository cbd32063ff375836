"""Models, kept as plain numbers and made ready once for each version.

The weights are three arrays, one behind the other, little-endian and compressed by zlib: buckets (32-bit unsigned), weights and
inverse document frequencies (32-bit floats).
"""

import zlib
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from server.core import audit, clock
from server.core.cached import Cached
from server.core.database import new_id, reference
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.learning.calibration import Scale
from server.ledger.learning.learner import Learned
from server.ledger.learning.models import LearnedModel
from server.ledger.learning.training import Weights

NO_MODEL = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A model that can judge; version None: there is none, the rules stand alone."""

    version: str | None
    weights: Weights | None = None
    scale: Scale | None = None


def pack(weights: Weights) -> bytes:
    """The weights as they are kept."""
    arrays = (weights.bucket.astype("<u4"), weights.weight.astype("<f4"), weights.inverse.astype("<f4"))
    return zlib.compress(b"".join(array.tobytes() for array in arrays))


def unpack(kept: bytes, rules: float, base: float) -> Weights:
    """The weights again."""
    plain = zlib.decompress(kept)
    third = len(plain) // 3
    parts = [plain[start : start + third] for start in (0, third, 2 * third)]
    bucket = np.frombuffer(parts[0], "<u4").astype(np.uint32)
    weight, inverse = (np.frombuffer(part, "<f4").astype(np.float32) for part in parts[1:])
    return Weights(bucket, weight, inverse, rules, base)


def keep(session: Session, learned: Learned, decisions: int) -> LearnedModel:
    """Keep a new model; the weights of earlier ones that do not order the queue go."""
    session.execute(update(LearnedModel).where(~LearnedModel.active).values(weights=None))
    identifier = new_id()
    row = LearnedModel(id=identifier, version=reference("M", identifier), made_at=clock.now(), decisions=decisions)
    row.learnt_from, row.compared_on, row.weights = learned.learnt_from, learned.compared_on, pack(learned.weights)
    row.rules_weight, row.base = learned.weights.rules, learned.weights.base
    row.scale_slope, row.scale_base = learned.scale
    row.rules, row.model = learned.rules._asdict(), learned.model._asdict()
    row.different, row.active = [list(each) for each in learned.different], False
    session.add(row)
    session.flush()
    audit.record(session, None, "model_learned", "model", row.id, decisions=decisions)
    return row


def newest(session: Session) -> LearnedModel | None:
    """The newest model."""
    return session.scalars(select(LearnedModel).order_by(LearnedModel.id.desc()).limit(1)).first()


def active(session: Session) -> LearnedModel | None:
    """The model that orders the queue; None: the rules alone do."""
    return session.scalars(select(LearnedModel).where(LearnedModel.active)).first()


def switch(session: Session, version: str | None, by_id: str) -> None:
    """Let a model order the queue; None: the rules alone. Raises Refused: not-found, conflict (its weights are gone)."""
    at, before = clock.now(), active(session)
    row = None
    if version is not None:
        row = session.scalars(select(LearnedModel).where(LearnedModel.version == version).with_for_update()).first()
        if row is None:
            raise Refused("not-found", sentence("There is no such model."))
        if row.weights is None:
            raise Refused("conflict", sentence("There is a newer model. Look at its figures first."))
    if before:
        before.active, before.switched_at, before.switched_by = False, at, by_id
        session.flush()
    if row:
        row.active, row.switched_at, row.switched_by = True, at, by_id
    names = {"before": before.version if before else None, "after": row.version if row else None}
    _ready.forget(session)
    audit.record(session, by_id, "model_switched", "model", (row or before or LearnedModel(id="rules")).id, **names)


def ready(session: Session) -> Ready:
    """The model that orders the queue, made ready once for each version."""
    return _ready.get(session)


def _version(session: Session) -> str:
    return session.scalar(select(LearnedModel.version).where(LearnedModel.active)) or NO_MODEL


def _load(session: Session, version: str) -> Ready:
    if version == NO_MODEL:
        return Ready(None)
    chosen = select(LearnedModel).where(LearnedModel.version == version).options(undefer(LearnedModel.weights))
    row = session.scalars(chosen).one()
    weights = unpack(row.weights or b"", row.rules_weight, row.base)
    return Ready(version, weights, Scale(row.scale_slope, row.scale_base))


_ready = Cached(_version, _load)
