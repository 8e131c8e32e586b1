"""requirement changes: the requirements of a sent RFI become another version"""

import sqlalchemy as sa
from alembic import op


revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STANDS = "published_at IS NULL AND ended_at IS NULL"


def upgrade() -> None:
    with op.batch_alter_table("requirement_set_version") as table:
        table.add_column(sa.Column("weighting", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "requirement_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("rfi_id", sa.Uuid(), nullable=False),
        sa.Column("begun_on", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asks_less", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("prices_seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effects", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["user.id"], name=op.f(f"fk_requirement_change_{name}_user")
            )
            for name in ("agreed_by", "ended_by", "proposed_by")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_requirement_change_organisation_id_organisation"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rfi_id"],
            ["rfi.id"],
            name=op.f("fk_requirement_change_rfi_id_rfi"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement_change")),
        sa.UniqueConstraint("rfi_id", "number", name=op.f("uq_requirement_change_rfi_id_number")),
    )
    with op.batch_alter_table("requirement_change") as table:
        table.create_index(op.f("ix_requirement_change_organisation_id"), ["organisation_id"])
        table.create_index(op.f("ix_requirement_change_rfi_id"), ["rfi_id"])
        table.create_index(
            "ix_requirement_change_standing",
            ["rfi_id"],
            unique=True,
            sqlite_where=sa.text(_STANDS),
            postgresql_where=sa.text(_STANDS),
        )


def downgrade() -> None:
    op.drop_table("requirement_change")
    with op.batch_alter_table("requirement_set_version") as table:
        table.drop_column("weighting")
