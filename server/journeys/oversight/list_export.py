"""A list is exported as a file: who took it is recorded, with how much of it and by which filters."""

from collections.abc import Collection

from server.core import audit
from server.core.database import write


def record_export(account_id: str, action: str, kind: str, object_id: str, by: Collection[str], **count: int) -> None:
    """`by`: the names of the filters, never what was looked for, which may be a person's name."""
    with write() as session:
        audit.record(session, account_id, action, kind, object_id, by=sorted(by), **count)
