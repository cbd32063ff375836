"""the teams of companies: who manages one, who was invited, what happened

Everybody who has an account for a company manages its team, as nobody has said otherwise.

Revision: 0062
Follows: 0061
"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

NAMES = {
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
}
TIME = sa.DateTime(timezone=True)
ROLES = "team_role IN ('manager', 'member')"
EVENTS = "event IN ('joined', 'made_manager', 'made_member', 'removed', 'left')"
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade():
    with op.batch_alter_table("accounts", naming_convention=NAMES) as accounts:
        accounts.add_column(sa.Column("team_role", sa.String(32)))
    op.execute("UPDATE accounts SET team_role = 'manager' WHERE role = 'company'")
    with op.batch_alter_table("accounts", naming_convention=NAMES) as accounts:
        accounts.create_check_constraint(op.f("ck_accounts_team_role"), ROLES)
        accounts.create_check_constraint(
            op.f("ck_accounts_team_person"), "(role = 'company') = (team_role IS NOT NULL)"
        )
    op.create_table(
        "team_invitations",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("team_role", sa.String(32), nullable=False),
        sa.Column("invited_by_id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8)),
        sa.Column("invited_at", TIME, nullable=False),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        sa.Column("expires_at", TIME, nullable=False),
        sa.Column("ended_at", TIME),
        sa.CheckConstraint(ROLES, name=op.f("ck_team_invitations_team_role")),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_team_invitations_company_id_companies")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["accounts.id"], name=op.f("fk_team_invitations_invited_by_id_accounts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_invitations")),
    )
    op.create_index(op.f("ix_team_invitations_company_id"), "team_invitations", ["company_id"])
    op.create_index(
        "uq_team_invitations_open",
        "team_invitations",
        ["company_id", "email"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "team_changes",
        sa.Column("number", NUMBER, nullable=False, autoincrement=True),
        sa.Column("company_id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("by_id", sa.String(32), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.CheckConstraint(EVENTS, name=op.f("ck_team_changes_event")),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_team_changes_company_id_companies")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_team_changes_account_id_accounts")),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_team_changes_by_id_accounts")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_team_changes")),
    )
    op.create_index(op.f("ix_team_changes_company_id"), "team_changes", ["company_id"])


def downgrade():
    op.drop_table("team_changes")
    op.drop_table("team_invitations")
    with op.batch_alter_table("accounts", naming_convention=NAMES) as accounts:
        accounts.drop_constraint(op.f("ck_accounts_team_person"), type_="check")
        accounts.drop_constraint(op.f("ck_accounts_team_role"), type_="check")
        accounts.drop_column("team_role")
