"""How a webhook's signing secret is written (standardwebhooks.com), and what names it on pages."""

import base64
import hashlib

from server.ledger.companies import signing_secret


def test_it_is_written_as_the_specification_of_standard_webhooks_says():
    written = signing_secret.written(bytes(range(24)))
    assert written == "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX"
    assert base64.b64decode(written.removeprefix("whsec_")) == bytes(range(24))
    assert (signing_secret.LEAST, signing_secret.MOST) == (24, 64), "bytes, by the specification"
    assert signing_secret.ACTIVE == 2, "the old one and the new one, while it is changed"


def test_eight_digits_of_its_hash_name_it():
    secret = signing_secret.written(b"x" * 24)
    assert signing_secret.fingerprint(secret) == hashlib.sha256(secret.encode()).hexdigest()[:8]
