"""What the table of `core/endpoints.py` says of one endpoint: which action it is, and whose objects it may touch."""

from dataclasses import dataclass
from enum import StrEnum

from server.core.words import Scope


class Own(StrEnum):
    """Whose objects an endpoint may touch; `web.owner` gives it that id, and the gate sees to it that it was asked."""

    ACCOUNT = "account"
    COMPANY = "company"


@dataclass(frozen=True)
class Rule:
    """Who may reach one endpoint.

    action: what one must be able to do; empty: anyone may come, signed in or not.
    scope: set for API endpoints, which read bearer tokens only, never cookies.
    also: a second scope of the endpoint. Its holders touch every object of its kind, whatever `own` says of the first one's.
    own: whose objects alone it touches; None: no object, or every object of its kind.
    a_minute: how often one address of the network may send it a minute; 0: no limit.
    """

    action: str = ""
    scope: Scope | None = None
    own: Own | None = None
    a_minute: int = 0
    also: Scope | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes of which a token needs one; empty: no endpoint of the API."""
        return tuple(scope for scope in (self.scope, self.also) if scope)
