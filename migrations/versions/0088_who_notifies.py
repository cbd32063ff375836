"""organisations that notify, their trusted-flagger awards, and whom they write to

Revision: 0088
Follows: 0087
"""

import sqlalchemy as sa
from alembic import op

revision = "0088"
down_revision = "0087"
branch_labels = None
depends_on = None

OF_ORGANISATIONS = sa.text("kind = 'organisation'")
CHECKS = {
    "since": "(authority IS NULL) = (since IS NULL)",
    "country": "(authority IS NULL) = (country IS NULL)",
    "area": "(authority IS NULL) = (area IS NULL)",
    "until": "until IS NULL OR until >= since AND since IS NOT NULL",
    "suspended_on": "suspended_on IS NULL OR since IS NOT NULL",
}


def upgrade():
    op.create_table(
        "organisations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("authority", sa.String(200), nullable=True),
        sa.Column("country", sa.String(2), nullable=True),
        sa.Column("area", sa.String(500), nullable=True),
        sa.Column("categories", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_organisations_name")),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_organisations_{name}")) for name, rule in CHECKS.items()),
    )
    op.create_table(
        "company_notifiers",
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("organisation_id", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_company_notifiers")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_company_notifiers_company_id_companies")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_company_notifiers_organisation_id_organisations")
        ),
    )
    op.create_index(op.f("ix_company_notifiers_organisation_id"), "company_notifiers", ["organisation_id"])
    op.create_table(
        "own_mechanisms",
        sa.Column("spoc_id", sa.String(32), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("spoc_id", name=op.f("pk_own_mechanisms")),
        sa.ForeignKeyConstraint(["spoc_id"], ["spocs.id"], name=op.f("fk_own_mechanisms_spoc_id_spocs")),
    )
    op.create_index(
        "ix_audit_rows_organisations", "audit_rows", ["object_id", "seq"],
        sqlite_where=OF_ORGANISATIONS, postgresql_where=OF_ORGANISATIONS,
    )  # fmt: skip


def downgrade():
    """An older version writes in the name of the organisation of the settings; notices that have left keep what they say."""
    op.drop_index("ix_audit_rows_organisations", "audit_rows")
    op.drop_table("own_mechanisms")
    op.drop_table("company_notifiers")
    op.drop_table("organisations")
