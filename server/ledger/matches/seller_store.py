"""Keys of sellers, kept as keyed hashes for a limited time, and found again by being equal."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, aliased

from server.core import web
from server.core.database import INSERT, connection
from server.core.words import LinkKind, SellerKeyKind
from server.ledger.matches.models import Link, SellerKey
from server.ledger.matches.sellers import Key

MOST_SELLERS = 25  # under which a key may stand: with more it is a site's own, and no seller's
MOST_NEAR = 64  # cases found by one key, the newest


FEW = 500  # rows deleted in one transaction


class Seal(NamedTuple):
    """What keys of sellers are hashed with: made of the installation's secret for this alone. `name` tells it from another."""

    secret: bytes
    name: str

    def mac(self, value: str) -> bytes:
        """The keyed hash of a value."""
        return hmac.new(self.secret, value.encode(), hashlib.sha256).digest()[:16]


def seal() -> Seal:
    """The seal of this installation."""
    return _seal(web.settings().secret_key)


@lru_cache(maxsize=4)
def _seal(secret: str) -> Seal:
    made = hmac.new(secret.encode(), b"cyber spotter: keys of sellers", hashlib.sha256).digest()
    return Seal(made, hashlib.sha256(made).hexdigest()[:8])


def keep(session: Session, case_id: str, keys: Iterable[Key], seller: str | None, seen_at: datetime) -> list[bytes]:
    """Keep what the case's seller is known by; the keyed hashes. Safe to repeat.

    seller: the name or account that the ad states, by which different sellers with one key are told apart; without one
    each case counts as a seller.
    """
    made = seal()
    macs = {made.mac(f"{key.kind} {key.value}"): key.kind for key in keys}
    if not macs:
        return []
    on = connection(session)
    new = INSERT[on.dialect.name](SellerKey.__table__)
    later = new.on_conflict_do_update(
        index_elements=["case_id", "mac"],
        set_={"seen_at": new.excluded.seen_at},
        where=new.excluded.seen_at > SellerKey.__table__.c.seen_at,
    )
    of = made.mac(f"seller {seller or case_id}")
    values = {"case_id": case_id, "seller": of, "key_id": made.name, "seen_at": seen_at}
    on.execute(later, [values | {"mac": mac, "kind": kind.value} for mac, kind in sorted(macs.items())])
    return sorted(macs)


def near(session: Session, macs: Iterable[bytes], other_than: str) -> list[str]:
    """The other cases with one of these keys, the newest of each. A key of very many sellers finds none: it is a site's own, such as
    that of its help line."""
    cases: dict[str, None] = {}
    for mac in macs:
        if _sellers(session, mac) <= MOST_SELLERS:
            chosen = (
                select(SellerKey.case_id).where(SellerKey.mac == mac).order_by(SellerKey.id.desc()).limit(MOST_NEAR)
            )
            cases |= dict.fromkeys(session.scalars(chosen))
    cases.pop(other_than, None)
    return list(cases)


def _sellers(session: Session, mac: bytes) -> int:
    """Under how many different sellers a key stands, counted to a little over the limit."""
    different = select(SellerKey.seller).where(SellerKey.mac == mac).distinct().limit(2 * MOST_SELLERS)
    return len(session.scalars(different).all())


def shared(session: Session, case_id: str, others: Iterable[str]) -> dict[str, list[SellerKeyKind]]:
    """By what each of the other cases has the seller of this one, as far as that is still kept."""
    own, other = aliased(SellerKey), aliased(SellerKey)
    chosen = select(other.case_id, own.kind).join(other, other.mac == own.mac).distinct()
    chosen = chosen.where(own.case_id == case_id, other.case_id.in_(list(others)))
    kinds: dict[str, list[SellerKeyKind]] = {}
    for identifier, kind in session.execute(chosen.order_by(own.kind)):
        kinds.setdefault(identifier, []).append(SellerKeyKind(kind))
    return kinds


def unlink_common(session: Session, macs: Iterable[bytes]) -> None:
    """Delete the links that rest on those of these keys alone that have just turned out to be a site's own."""
    common = [mac for mac in macs if MOST_SELLERS < _sellers(session, mac) < 2 * MOST_SELLERS]
    if common:
        cases = select(SellerKey.case_id).where(SellerKey.mac.in_(common))
        _unlink(session, cases, common)


def _unlink(session: Session, cases: Any, common: list[bytes]) -> None:
    """Delete what was found by a seller of these cases and no key that both still have holds, `common` keys apart.

    What a coordinator has undone stays, so that it is never found again.
    """
    first, second = aliased(SellerKey), aliased(SellerKey)
    held = select(first.id).join(second, second.mac == first.mac).where(first.mac.not_in(common))
    held = held.where(first.case_id == Link.first_case_id, second.case_id == Link.second_case_id)
    stands = (Link.linked_by.is_(None), Link.undone_at.is_(None))
    found = delete(Link).where(Link.kind == LinkKind.SELLER, *stands, ~held.exists())
    theirs = or_(Link.first_case_id.in_(cases), Link.second_case_id.in_(cases))
    session.execute(found.where(theirs).execution_options(synchronize_session=False))


def forget(session: Session, before: datetime) -> int:
    """Delete some of the keys that no ad has been reported with since, and the links they made; how many keys."""
    rows = session.execute(select(SellerKey.id, SellerKey.case_id).where(SellerKey.seen_at < before).limit(FEW)).all()
    session.execute(delete(SellerKey).where(SellerKey.id.in_([row.id for row in rows])))
    if rows:
        _unlink(session, sorted({row.case_id for row in rows}), [])
    return len(rows)


def outdated(session: Session, limit: int) -> list[str]:
    """Cases whose keys were hashed with an earlier secret of this installation."""
    chosen = select(SellerKey.case_id).where(SellerKey.key_id != seal().name).distinct().limit(limit)
    return list(session.scalars(chosen))


def forget_outdated(session: Session, case_id: str) -> None:
    """Delete a case's keys that were hashed with an earlier secret."""
    session.execute(delete(SellerKey).where(SellerKey.case_id == case_id, SellerKey.key_id != seal().name))
