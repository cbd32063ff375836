"""past work: imports of spreadsheets of earlier years, and what their rows say of listings

Revision: 0068
Follows: 0067
"""

import sqlalchemy as sa
from alembic import op

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "past_imports",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("date_order", sa.String(32), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("date_order IN ('day_first', 'month_first')", name=op.f("ck_past_imports_date_order")),
        sa.CheckConstraint(
            "state IN ('mapping', 'checking', 'checked', 'importing', 'imported', 'undoing', 'undone')",
            name=op.f("ck_past_imports_state"),
        ),
        sa.CheckConstraint("done >= 0 AND (total IS NULL OR done <= total)", name=op.f("ck_past_imports_done")),
        sa.CheckConstraint(
            "data IS NOT NULL OR state IN ('imported', 'undoing', 'undone')", name=op.f("ck_past_imports_data")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_past_imports_account_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_imports")),
    )
    op.create_table(
        "past_cases",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("import_id", sa.String(32), nullable=False),
        sa.Column("case_id", sa.String(32), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("species", sa.Text(), nullable=True),
        sa.Column("taxon_group", sa.String(16), nullable=True),
        sa.Column("statement", sa.String(32), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('removed', 'restricted', 'kept', 'gone_before', 'no_answer', 'dismissed', 'unknown')",
            name=op.f("ck_past_cases_outcome"),
        ),
        sa.ForeignKeyConstraint(["import_id"], ["past_imports.id"], name=op.f("fk_past_cases_import_id_past_imports")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_past_cases_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_cases")),
        sa.UniqueConstraint("case_id", "statement", name=op.f("uq_past_cases_case_id_statement")),
    )
    op.create_index(op.f("ix_past_cases_import_id"), "past_cases", ["import_id"])


def downgrade():
    op.drop_table("past_cases")
    op.drop_table("past_imports")
