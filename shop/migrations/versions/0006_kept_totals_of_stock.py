"""Keep what many pages sum: totals of locations, the flow of days, what runs low, when a level moved last."""

from collections import defaultdict
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KYIV = ZoneInfo("Europe/Kyiv")
AVAILABLE = "on_hand - allocated - held"
LOW = sa.text(f"{AVAILABLE} > 0 AND {AVAILABLE} <= low_at")


def upgrade() -> None:
    """Apply."""
    op.create_index("ix_edition_id_low_stock_at", "edition", ["id", "low_stock_at"], unique=True)
    op.create_index("ix_game_sort_key_id", "game", ["sort_key", "id"])
    op.create_index("ix_stock_movement_kind_id", "stock_movement", ["kind", "id"])
    _add_to_levels()
    op.create_table(
        "stock_total",
        sa.Column("location_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("copies", sa.BigInteger(), nullable=False),
        sa.Column("editions", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_stock_total_location_id_location")),
        sa.PrimaryKeyConstraint("location_id", name=op.f("pk_stock_total")),
    )
    op.execute(
        "INSERT INTO stock_total (location_id, copies, editions, value) SELECT location_id, sum(on_hand),"
        " sum(CASE WHEN on_hand > 0 THEN 1 ELSE 0 END), sum(value) FROM stock_level GROUP BY location_id"
    )
    days = op.create_table(
        "stock_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("location_id", sa.Integer(), nullable=False),
        sa.Column("came", sa.BigInteger(), nullable=False),
        sa.Column("went", sa.BigInteger(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name=op.f("fk_stock_day_location_id_location")),
        sa.PrimaryKeyConstraint("day", "location_id", name=op.f("pk_stock_day")),
    )
    counted = _counted(op.get_bind())
    op.bulk_insert(days, [{"day": day, "location_id": place} | flow for (day, place), flow in counted.items()])


def downgrade() -> None:
    """Take back."""
    op.drop_table("stock_day")
    op.drop_table("stock_total")
    op.drop_index("ix_stock_level_low", "stock_level")
    with op.batch_alter_table("stock_level") as batch:
        batch.drop_constraint(op.f("ck_stock_level_value"), type_="check")
        batch.drop_constraint("fk_stock_level_edition_id_edition", type_="foreignkey")
        batch.create_foreign_key("fk_stock_level_edition_id_edition", "edition", ["edition_id"], ["id"])
        batch.drop_column("last_moved_at")
        batch.drop_column("low_at")
    op.drop_index("ix_stock_movement_kind_id", "stock_movement")
    op.drop_index("ix_game_sort_key_id", "game")
    op.drop_index("ix_edition_id_low_stock_at", "edition")


def _add_to_levels() -> None:
    op.add_column("stock_level", sa.Column("low_at", sa.Integer()))
    op.add_column("stock_level", sa.Column("last_moved_at", sa.DateTime(timezone=True)))
    op.execute(
        "UPDATE stock_level SET low_at = (SELECT low_stock_at FROM edition WHERE edition.id = edition_id),"
        " last_moved_at = (SELECT max(occurred_at) FROM stock_movement WHERE level_id = stock_level.id)"
    )
    with op.batch_alter_table("stock_level") as batch:
        batch.alter_column("low_at", existing_type=sa.Integer(), nullable=False)
        batch.drop_constraint("fk_stock_level_edition_id_edition", type_="foreignkey")
        batch.create_foreign_key(
            "fk_stock_level_edition_id_edition",
            "edition",
            ["edition_id", "low_at"],
            ["id", "low_stock_at"],
            onupdate="CASCADE",
        )
        batch.create_check_constraint("value", "value >= 0 AND (on_hand > 0 OR value = 0)")
    op.create_index(
        "ix_stock_level_low", "stock_level", ["last_moved_at", "id"], sqlite_where=LOW, postgresql_where=LOW
    )


def _counted(connection: sa.Connection) -> dict[tuple[date, int], dict[str, int]]:
    """What came and went, transfers and their undoing apart, by the day in Kyiv and the location."""
    hour = "strftime('%Y-%m-%d %H', m.occurred_at)"
    if connection.dialect.name == "postgresql":
        hour = "to_char(timezone('UTC', m.occurred_at), 'YYYY-MM-DD HH24')"
    flows = connection.execute(
        sa.text(
            f"""
            SELECT {hour} AS hour, location_id,
                   sum(CASE WHEN m.quantity > 0 AND NOT apart THEN m.quantity ELSE 0 END) AS came,
                   sum(CASE WHEN m.quantity < 0 AND NOT apart THEN -m.quantity ELSE 0 END) AS went,
                   sum(CASE WHEN m.kind = 'receipt' THEN 1 ELSE 0 END) AS receipts
            FROM (SELECT stock_movement.*, coalesce(undone.kind, stock_movement.kind)
                         IN ('transfer_in', 'transfer_out') AS apart
                  FROM stock_movement LEFT JOIN stock_movement undone ON undone.id = stock_movement.reverses_id) m
            JOIN stock_level ON stock_level.id = m.level_id
            GROUP BY 1, 2
            """  # the hour is one of two texts above
        )
    )
    counted: dict[tuple[date, int], dict[str, int]] = defaultdict(lambda: {"came": 0, "went": 0, "receipts": 0})
    for row in flows:
        day = datetime.fromisoformat(f"{row.hour}:00:00+00:00").astimezone(KYIV).date()
        for name in ("came", "went", "receipts"):
            counted[day, row.location_id][name] += int(getattr(row, name))
    return counted
