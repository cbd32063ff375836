"""the notice that left by each decision, and a hash of the text that was decided on

Revision: 0035
Follows: 0034
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

NAMES = {"fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s"}  # SQLite tells no name of a column's own
CHECKS = {
    "snapshot": "(snapshot IS NULL) = (text_sha256 IS NULL)",
    "text_sha256": "length(text_sha256) = 64",
    "notice_id": "notice_id IS NULL OR decision = 'notify'",
}
FEW = 500  # rows at a time


def upgrade():
    with op.batch_alter_table("decisions", naming_convention=NAMES) as batch:
        batch.add_column(sa.Column("text_sha256", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("notice_id", sa.String(length=32), nullable=True))
        batch.create_foreign_key(op.f("fk_decisions_notice_id_notices"), "notices", ["notice_id"], ["id"])
    # The notice is composed in the decision's own transaction, a moment before.
    op.execute(
        "UPDATE decisions SET notice_id = (SELECT max(notices.id) FROM notices"
        " WHERE notices.case_id = decisions.case_id AND notices.created_at <= decisions.at)"
        " WHERE decision = 'notify'"
    )
    connection, last = op.get_bind(), ""
    rows = sa.text(
        "SELECT id, snapshot FROM decisions WHERE id > :last AND snapshot IS NOT NULL ORDER BY id LIMIT :few"
    )
    while kept := connection.execute(rows, {"last": last, "few": FEW}).all():
        hashed = [{"named": identifier, "hash": _hash(snapshot)} for identifier, snapshot in kept]
        connection.execute(sa.text("UPDATE decisions SET text_sha256 = :hash WHERE id = :named"), hashed)
        last = kept[-1][0]
    with op.batch_alter_table("decisions", naming_convention=NAMES) as batch:
        for name, check in CHECKS.items():
            batch.create_check_constraint(op.f(f"ck_decisions_{name}"), check)
        batch.create_index(op.f("ix_decisions_notice_id"), ["notice_id"])


def _hash(snapshot):
    known = json.loads(snapshot) if isinstance(snapshot, str) else snapshot
    return hashlib.sha256(known["text"].encode()).hexdigest()


def downgrade():
    with op.batch_alter_table("decisions", naming_convention=NAMES) as batch:
        batch.drop_index(op.f("ix_decisions_notice_id"))
        for name in CHECKS:
            batch.drop_constraint(op.f(f"ck_decisions_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_decisions_notice_id_notices"), type_="foreignkey")
        batch.drop_column("notice_id")
        batch.drop_column("text_sha256")
