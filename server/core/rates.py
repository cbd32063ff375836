"""Rate limits for each account or network, counted in this process over a moving window."""

import math

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from server.core import clock
from server.core.sentences import Sentence
from server.core.words import Refused

_limiter = MovingWindowRateLimiter(MemoryStorage())


def limit(kind: str, who: str, most: int, detail: Sentence) -> None:
    """Count one act of `kind`. Raises Refused("too-many") with `detail` beyond `most` a minute; 0: no limit."""
    item = RateLimitItemPerMinute(most or 1)
    if most and not _limiter.hit(item, kind, who):
        free = _limiter.get_window_stats(item, kind, who).reset_time - clock.now().timestamp()
        raise Refused("too-many", detail, retry_after=max(1, math.ceil(free)))
