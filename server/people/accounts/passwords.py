"""Passwords: Argon2id with the parameters OWASP names as the least (19 MiB, 2 passes, 1 lane)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from server.core.sentences import counted
from server.core.words import Refused

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobody = _hasher.hash("nobody's password")  # so that an unknown address takes as long as a known one

SHORTEST = 10


def hash_password(password: str) -> str:
    """The hash to keep of a password somebody chooses. Slow on purpose: never while others wait to write.

    Raises Refused("invalid") for a short one.
    """
    refuse_short(password)
    return _hasher.hash(password)


def refuse_short(password: str) -> None:
    """Raises Refused("invalid") for a password that is too short."""
    if len(password) < SHORTEST:
        raise Refused(
            "invalid",
            counted("Choose at least %(number)s character.", "Choose at least %(number)s characters.", SHORTEST),
        )


def matches(password: str, kept: str | None) -> bool:
    """Whether `password` is the one kept. The same time passes when there is none."""
    try:
        return _hasher.verify(kept or _nobody, password) and kept is not None
    except (VerificationError, InvalidHashError):
        return False
