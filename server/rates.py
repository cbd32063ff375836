"""How often one account or network may ask for something: counted in this process, in a window that moves."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.words import Refused

_limiter = MovingWindowRateLimiter(MemoryStorage())


def limit(kind: str, who: str, most: int, sentence: str) -> None:
    """Count one act of `kind`. Raises Refused("too-many") with `sentence` beyond `most` a minute; 0: no limit."""
    if most and not _limiter.hit(RateLimitItemPerMinute(most), kind, who):
        raise Refused("too-many", f"At most {most} {kind} a minute. {sentence}", retry_after=20)
