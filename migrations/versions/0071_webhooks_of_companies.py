"""webhooks of companies: since when each secret signs, and what was asked of a webhook

Revision: 0071
Follows: 0070
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None

KINDS = ("test", "replay")
FAILURES = (
    "unreachable", "refused_for_now", "address_refused", "refused", "answered", "closed", "forbidden", "too_large",
    "no_secret", "unexpected", "as_written",
)  # fmt: skip


def one_of(column, words):
    return sa.CheckConstraint(
        f"{column} IN ({', '.join(repr(word) for word in words)})", name=op.f(f"ck_webhook_runs_{column}")
    )


def upgrade():
    time = sa.DateTime(timezone=True)
    op.create_table(
        "webhook_secrets",
        sa.Column("spoc_id", sa.String(32), nullable=False),
        sa.Column("fingerprint", sa.String(8), nullable=False),
        sa.Column("since", time, nullable=True),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("retired_at", time, nullable=True),
        sa.PrimaryKeyConstraint("spoc_id", "fingerprint", name=op.f("pk_webhook_secrets")),
        sa.ForeignKeyConstraint(["spoc_id"], ["spocs.id"], name=op.f("fk_webhook_secrets_spoc_id_spocs")),
    )
    op.create_table(
        "webhook_runs",
        sa.Column("spoc_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("run_id", sa.String(32), nullable=False),
        sa.Column("asked_at", time, nullable=False),
        sa.Column("finished_at", time, nullable=True),
        sa.Column("failure", sa.String(32), nullable=True),
        sa.Column("params", sa.JSON(), nullable=True),
        sa.Column("since", time, nullable=True),
        sa.Column("until", time, nullable=True),
        sa.Column("cursor", sa.String(32), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("spoc_id", "kind", name=op.f("pk_webhook_runs")),
        sa.UniqueConstraint("run_id", name=op.f("uq_webhook_runs_run_id")),
        sa.ForeignKeyConstraint(["spoc_id"], ["spocs.id"], name=op.f("fk_webhook_runs_spoc_id_spocs")),
        one_of("kind", KINDS),
        one_of("failure", FAILURES),
    )
    _record_what_signs()


def _record_what_signs():
    """Those there are sign since before this was recorded."""
    secrets = sa.table(
        "webhook_secrets", sa.column("spoc_id"), sa.column("fingerprint"), sa.column("own", sa.Boolean())
    )
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, webhook_secrets FROM spocs WHERE webhook_secrets IS NOT NULL"))
    for spoc_id, kept in rows.all():
        known = json.loads(kept) if isinstance(kept, str) else kept
        for secret in known or ():
            name = hashlib.sha256(secret.encode()).hexdigest()[:8]
            connection.execute(secrets.insert().values(spoc_id=spoc_id, fingerprint=name, own=False))


def downgrade():
    op.drop_table("webhook_runs")
    op.drop_table("webhook_secrets")
