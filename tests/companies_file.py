"""A companies file of two companies, and the database it is taken into."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from server.core.database import WRITING
from server.core.urls import read
from server.ledger.companies import importing, schemas, store

MERCADO = """
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/policy
    platforms:
      - slug: mercado
        name: Mercado
        domains: [mercado.test, MERCADO.co.uk.]
        hosts: [mercado.localhost]
        listing: '/itm/(?P<id>\\d+)'
        search: 'https://www.mercado.co.uk/find?q={words}'
        monitoring: {agreed_by: Mia, date: 2026-11-01}
    spocs:
      - name: Mia
        email: mia@mercado.test
        regions: [NO, EU]
        languages: [no]
        verified: 2026-11-01
  - slug: tradepost
    name: Tradepost
    platforms:
      - {slug: tradepost, name: Tradepost, domains: [tradepost.test]}
"""


def read_text(text):
    return schemas.read_file(text.encode())


@pytest.fixture
def data():
    return read_text(MERCADO)


@pytest.fixture
def session(database_url):
    engine = create_engine(database_url)
    with Session(engine, info=WRITING) as session:
        yield session
    engine.dispose()


def take_in(session, data, *, replace=False):
    counts = dict(importing.import_directory(session, data, replace=replace))
    session.commit()
    return counts


def numbers(created=0, updated=0, unchanged=0, retired=0):
    return {"created": created, "updated": updated, "unchanged": unchanged, "retired": retired}


def route(session, text):
    platform = store.directory(session).route(read(text))
    return platform.slug if platform else None


def mercado(session):
    return store.directory(session).company("mercado")


BARE = """
companies:
  - slug: mercado
    name: Mercado
    platforms:
      - {slug: mercado, name: Mercado, domains: [mercado.test]}
      - {slug: mercado-auctions, name: Mercado Auctions, domains: [mercado-auctions.test]}
    spocs:
      - {name: Otto, email: otto@mercado.test}
"""


def place(old, new):
    return MERCADO.replace(old, new, 1)


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join('*' + chr(97 + i) for _ in range(9))}]\n" for i in range(12)
)


KIOSK = r"""
companies:
  - slug: kiosk
    name: Kiosk
    platforms: [{slug: kiosk, name: Kiosk, domains: [kiosk.test, kiosk-shop.test], listing: '/ad/(?P<id>\d+)'}]
"""


HIDDEN = "whsec_" + "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMgYXQgbGVhc3Q="
