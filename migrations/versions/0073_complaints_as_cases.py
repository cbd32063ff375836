"""complaints as cases: state, clock, case, who works on it, answer, correction

Revision: 0073
Follows: 0072
"""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}
OPEN, KEPT = sa.text("state = 'open'"), sa.text("forgotten_at IS NULL")
TIME, ID = sa.DateTime(timezone=True), sa.String(32)
LISTS = {
    "state": ("open", "answered", "closed"),
    "outcome": ("upheld", "partly", "rejected", "not_ours"),
    "correction": ("withdraw", "write", "none"),
    "closed_why": ("answered_before", "repeated", "taken_back", "no_complaint", "erased"),
}
RULES = {
    "answered": "(state = 'answered') = (outcome IS NOT NULL)",
    "corrected": "(state = 'answered') = (correction IS NOT NULL)",
    "closed": "(state = 'closed') = (closed_why IS NOT NULL)",
    "settled_at": "(state = 'open') = (settled_at IS NULL)",
    "settled_by": "(state = 'open') = (settled_by_id IS NULL)",
    "notice": "(correction IN ('withdraw', 'write')) = (notice_id IS NOT NULL) OR correction IS NULL",
    "case": "outcome = 'not_ours' OR outcome IS NULL OR case_id IS NOT NULL",
}
KEYS = {"case_id": "cases", "worker_id": "accounts", "settled_by_id": "accounts", "notice_id": "notices"}


def upgrade():
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.add_column(sa.Column("language", sa.String(8), nullable=True))
        complaints.add_column(sa.Column("state", ID, nullable=False, server_default="open"))
        complaints.add_column(sa.Column("due_at", TIME, nullable=True))
        for name in KEYS:
            complaints.add_column(sa.Column(name, ID, nullable=True))
        for name in ("outcome", "correction", "closed_why"):
            complaints.add_column(sa.Column(name, ID, nullable=True))
        for name in ("answer", "words"):
            complaints.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in ("acknowledged_at", "settled_at", "mailed_at", "failed_at", "forgotten_at"):
            complaints.add_column(sa.Column(name, TIME, nullable=True))
    # What came before stays as it is: nobody wrote down whether it was answered, so a person says so.
    table = sa.table("complaints", sa.column("id", ID), sa.column("at", TIME), sa.column("due_at", TIME))
    session = op.get_bind()
    for row in session.execute(sa.select(table.c.id, table.c.at)).all():
        session.execute(table.update().where(table.c.id == row.id).values(due_at=row.at + timedelta(days=14)))
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        complaints.alter_column("due_at", existing_type=TIME, nullable=False)
        complaints.alter_column("state", existing_type=ID, existing_nullable=False, server_default=None)
        for name in ("answer", "words"):
            complaints.alter_column(name, existing_type=sa.Text(), existing_nullable=False, server_default=None)
        for name, words in LISTS.items():
            listed = ", ".join(f"'{word}'" for word in words)
            complaints.create_check_constraint(op.f(f"ck_complaints_{name}"), f"{name} IN ({listed})")
        for name, rule in RULES.items():
            complaints.create_check_constraint(op.f(f"ck_complaints_{name}"), rule)
        for name, other in KEYS.items():
            complaints.create_foreign_key(op.f(f"fk_complaints_{name}_{other}"), other, [name], ["id"])
    op.create_index("ix_complaints_case_id", "complaints", ["case_id"])
    op.create_index("ix_complaints_acknowledged_at", "complaints", ["acknowledged_at"])
    op.create_index("ix_complaints_state", "complaints", ["state", "id"])
    op.create_index("ix_complaints_open", "complaints", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_complaints_kept", "complaints", ["settled_at"], sqlite_where=KEPT, postgresql_where=KEPT)


def downgrade():
    for name in ("kept", "open", "state", "acknowledged_at", "case_id"):
        op.drop_index(f"ix_complaints_{name}", "complaints")
    with op.batch_alter_table("complaints", naming_convention=NAMES) as complaints:
        for name, other in KEYS.items():
            complaints.drop_constraint(op.f(f"fk_complaints_{name}_{other}"), type_="foreignkey")
        for name in (*RULES, *LISTS):
            complaints.drop_constraint(op.f(f"ck_complaints_{name}"), type_="check")
        for name in (
            "language", "state", "due_at", *KEYS, "outcome", "correction", "closed_why", "answer", "words",
            "acknowledged_at", "settled_at", "mailed_at", "failed_at", "forgotten_at",
        ):  # fmt: skip
            complaints.drop_column(name)
