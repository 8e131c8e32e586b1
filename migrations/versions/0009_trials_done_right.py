"""consent, repeats, and voices as they are"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Consent that was given before it could be recorded here has to be recorded before more calls
    # are planned; what was planned and rated stays.
    op.create_table(
        "trial_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_by", sa.String(length=200), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("stated_by", sa.String(length=200), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_trial_consent_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"],
            ["trial.id"],
            name=op.f("fk_trial_consent_trial_id_trial"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_consent")),
        sa.UniqueConstraint("trial_id", "version", name=op.f("uq_trial_consent_trial_id_version")),
    )
    with op.batch_alter_table("trial_consent", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trial_consent_organisation_id"), ["organisation_id"], unique=False
        )
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.add_column(sa.Column("repeat_of", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("fix", sa.Text(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("uq_trial_assessment_id"), type_="unique")
    first = sa.text("repeat_of IS NULL")
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.alter_column("fix", server_default=None)
        batch_op.create_foreign_key(
            batch_op.f("fk_trial_repeat_of_trial"),
            "trial",
            ["repeat_of"],
            ["id"],
            ondelete="CASCADE",
        )
        batch_op.create_unique_constraint(batch_op.f("uq_trial_repeat_of"), ["repeat_of"])
        batch_op.create_index(
            "uq_trial_first",
            ["assessment_id"],
            unique=True,
            sqlite_where=first,
            postgresql_where=first,
        )
    with op.batch_alter_table("planned_call", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("unaltered", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("planned_call", schema=None) as batch_op:
        batch_op.alter_column("unaltered", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("planned_call", schema=None) as batch_op:
        batch_op.drop_column("unaltered")
    op.execute(sa.text("DELETE FROM trial WHERE repeat_of IS NOT NULL"))
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.drop_index("uq_trial_first")
        batch_op.drop_constraint(batch_op.f("uq_trial_repeat_of"), type_="unique")
        batch_op.drop_constraint(batch_op.f("fk_trial_repeat_of_trial"), type_="foreignkey")
        batch_op.drop_column("fix")
        batch_op.drop_column("repeat_of")
        batch_op.create_unique_constraint(batch_op.f("uq_trial_assessment_id"), ["assessment_id"])
    with op.batch_alter_table("trial_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trial_consent_organisation_id"))
    op.drop_table("trial_consent")
