"""colleagues: invitations that a vendor's invited person hands on"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

OF_A_COLLEAGUE = sa.text("handed_by IS NOT NULL AND revoked_at IS NULL")


def upgrade() -> None:
    """Every invitation so far is one of the buyer's own."""
    with op.batch_alter_table("invitation") as table:
        table.add_column(sa.Column("handed_by", sa.String(length=320), nullable=True))
        table.add_column(sa.Column("handed_over", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("language", sa.String(length=8), nullable=True))
        table.add_column(sa.Column("message", sa.Text(), nullable=True))
        table.add_column(sa.Column("done_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("done_note", sa.Text(), nullable=True))
    with op.batch_alter_table("invitation") as table:
        table.create_check_constraint(
            op.f("ck_invitation_colleague_has_something"),
            "handed_by IS NULL OR handed_over IS NOT NULL",
        )
        table.create_index(
            "uq_invitation_colleague",
            ["assessment_id", "email"],
            unique=True,
            sqlite_where=OF_A_COLLEAGUE,
            postgresql_where=OF_A_COLLEAGUE,
        )


def downgrade() -> None:
    """A colleague's link would open everything, so it goes with what made it less."""
    op.execute(
        sa.text(
            "DELETE FROM code WHERE invitation_id IN "
            "(SELECT id FROM invitation WHERE handed_by IS NOT NULL)"
        )
    )
    op.execute(sa.text("DELETE FROM invitation WHERE handed_by IS NOT NULL"))
    with op.batch_alter_table("invitation") as table:
        table.drop_index("uq_invitation_colleague")
        table.drop_constraint(op.f("ck_invitation_colleague_has_something"), type_="check")
        for name in ("done_note", "done_at", "message", "language", "handed_over", "handed_by"):
            table.drop_column(name)
