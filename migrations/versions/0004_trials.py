"""trials"""

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rater",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("languages", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_rater_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfi_id"], ["rfi.id"], name=op.f("fk_rater_rfi_id_rfi"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rater")),
        sa.UniqueConstraint("rfi_id", "email", name=op.f("uq_rater_rfi_id_email")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_rater_token_hash")),
    )
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_rater_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"],
            ["assessment.id"],
            name=op.f("fk_trial_assessment_id_assessment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_trial_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfi_id"], ["rfi.id"], name=op.f("fk_trial_rfi_id_rfi"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_trial_assessment_id")),
    )
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trial_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_trial_rfi_id"), ["rfi_id"], unique=False)
        batch_op.create_index(
            "uq_trial_in_house",
            ["rfi_id"],
            unique=True,
            sqlite_where=sa.text("assessment_id IS NULL"),
            postgresql_where=sa.text("assessment_id IS NULL"),
        )

    op.create_table(
        "planned_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("scenario_id", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("time_band", sa.String(length=16), nullable=False),
        sa.Column("calibration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "time_band IN ('peak', 'quiet', 'latest', 'weekend', 'night')",
            name=op.f("ck_planned_call_time_band"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_planned_call_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfi_id"], ["rfi.id"], name=op.f("fk_planned_call_rfi_id_rfi"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"],
            ["trial.id"],
            name=op.f("fk_planned_call_trial_id_trial"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_call")),
        sa.UniqueConstraint("rfi_id", "code", name=op.f("uq_planned_call_rfi_id_code")),
    )
    with op.batch_alter_table("planned_call", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_planned_call_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_planned_call_trial_id"), ["trial_id"], unique=False)

    op.create_table(
        "trial_figures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("drill", sa.String(length=16), nullable=True),
        sa.Column("stated_by", sa.String(length=200), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "drill IN ('done', 'refused', 'not_done')", name=op.f("ck_trial_figures_drill")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_trial_figures_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"],
            ["trial.id"],
            name=op.f("fk_trial_figures_trial_id_trial"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_figures")),
        sa.UniqueConstraint("trial_id", "version", name=op.f("uq_trial_figures_trial_id_version")),
    )
    with op.batch_alter_table("trial_figures", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trial_figures_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "trial_summary",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("trial_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=True),
        sa.Column("means", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("critical_errors", sa.Integer(), nullable=True),
        sa.Column("stated_by", sa.String(length=200), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_trial_summary_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["trial_id"],
            ["trial.id"],
            name=op.f("fk_trial_summary_trial_id_trial"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_summary")),
        sa.UniqueConstraint("trial_id", "version", name=op.f("uq_trial_summary_trial_id_version")),
    )
    with op.batch_alter_table("trial_summary", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_trial_summary_organisation_id"), ["organisation_id"], unique=False
        )

    op.create_table(
        "call_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("rater_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("critical", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_call_rating_version")),
        sa.ForeignKeyConstraint(
            ["call_id"],
            ["planned_call.id"],
            name=op.f("fk_call_rating_call_id_planned_call"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_call_rating_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rater_id"],
            ["rater.id"],
            name=op.f("fk_call_rating_rater_id_rater"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_rating")),
        sa.UniqueConstraint(
            "call_id", "rater_id", "version", name=op.f("uq_call_rating_call_id_rater_id_version")
        ),
    )
    with op.batch_alter_table("call_rating", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_call_rating_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_call_rating_rater_id"), ["rater_id"], unique=False)

    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.add_column(sa.Column("rater_id", sa.Uuid(), nullable=True))
        batch_op.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=True)
        batch_op.create_index(batch_op.f("ix_code_rater_id"), ["rater_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_code_rater_id_rater"), "rater", ["rater_id"], ["id"], ondelete="CASCADE"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_code_opens"), "invitation_id IS NOT NULL OR rater_id IS NOT NULL"
        )

    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_audit_row_actor_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_audit_row_actor_kind"),
            "actor_kind IN ('staff', 'vendor', 'rater', 'service')",
        )


def downgrade() -> None:
    op.execute("DELETE FROM code WHERE invitation_id IS NULL")
    op.execute("UPDATE audit_row SET actor_kind = 'vendor' WHERE actor_kind = 'rater'")
    with op.batch_alter_table("audit_row", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_audit_row_actor_kind"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_audit_row_actor_kind"), "actor_kind IN ('staff', 'vendor', 'service')"
        )
    with op.batch_alter_table("code", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_code_opens"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_code_rater_id_rater"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_code_rater_id"))
        batch_op.alter_column("invitation_id", existing_type=sa.Uuid(), nullable=False)
        batch_op.drop_column("rater_id")

    with op.batch_alter_table("call_rating", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_call_rating_rater_id"))
        batch_op.drop_index(batch_op.f("ix_call_rating_organisation_id"))

    op.drop_table("call_rating")
    with op.batch_alter_table("trial_summary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trial_summary_organisation_id"))

    op.drop_table("trial_summary")
    with op.batch_alter_table("trial_figures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trial_figures_organisation_id"))

    op.drop_table("trial_figures")
    with op.batch_alter_table("planned_call", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_planned_call_trial_id"))
        batch_op.drop_index(batch_op.f("ix_planned_call_organisation_id"))

    op.drop_table("planned_call")
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_trial_in_house",
            sqlite_where=sa.text("assessment_id IS NULL"),
            postgresql_where=sa.text("assessment_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_trial_rfi_id"))
        batch_op.drop_index(batch_op.f("ix_trial_organisation_id"))

    op.drop_table("trial")
    with op.batch_alter_table("rater", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rater_organisation_id"))

    op.drop_table("rater")
