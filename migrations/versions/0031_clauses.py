"""the clauses of each company's policy

Revision: 0031
Follows: 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "company_clauses",
        sa.Column("company_id", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_company_clauses_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", "reference", name=op.f("pk_company_clauses")),
    )


def downgrade():
    op.drop_table("company_clauses")
