"""Who may close an account, and open it again. Pure.

A coordinator closes the accounts of spotters and of company people, an administrator every one; somebody must remain who
can open them again.
"""

from collections.abc import Collection
from typing import Protocol

from server.core import access
from server.core.sentences import sentence
from server.core.words import Refused


class Member(Protocol):
    """An account, as this rule sees it."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def team_role(self) -> str | None: ...


def may_close(account: Member, by: Member, administrators: Collection[str]) -> None:
    """Whether `by` may close this account. Raises Refused: forbidden, or conflict for the last administrator.

    administrators: the ids of all whose account is open.
    """
    may_manage(account, by)
    if set(administrators) == {account.id}:
        raise Refused(
            "conflict", sentence("This is the last administrator. Add another before you close this account.")
        )


def may_manage(account: Member, by: Member) -> None:
    """Whether `by` may close or reopen an account of this role at all. Raises Refused("forbidden")."""
    if access.can("people.manage_staff", by):
        return
    if not access.can("people.close", by):
        raise Refused("forbidden", sentence("Only coordinators and administrators can close or reopen accounts."))
    if access.can("cases.see", account):
        raise Refused(
            "forbidden",
            sentence("Only an administrator can close or reopen the account of a coordinator or administrator."),
        )
