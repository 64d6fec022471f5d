"""Write the sort keys anew in which a number stands, so that numbers sort by their size: «7 чудес» before «13 …»."""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = ("game", "publisher", "category", "mechanic", "location")
MANY = 5000
NUMBER = re.compile(r"[0-9]+")


def upgrade() -> None:
    """Apply."""
    for table in TABLES:
        _rewrite(op.get_bind(), table, lambda key: NUMBER.sub(_numbered, key)[:120])


def downgrade() -> None:
    """Take back, but for zeros before a number."""
    for table in TABLES:
        _rewrite(op.get_bind(), table, lambda key: NUMBER.sub(_plain, key))


def _rewrite(connection: sa.Connection, table: str, rewritten: Callable[[str], str]) -> None:
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column("sort_key", sa.String))
    change = rows.update().where(rows.c.id == sa.bindparam("row")).values(sort_key=sa.bindparam("key"))
    last = 0
    while some := connection.execute(sa.select(rows).where(rows.c.id > last).order_by(rows.c.id).limit(MANY)).all():
        last = some[-1].id
        keys = [{"row": each.id, "key": rewritten(each.sort_key)} for each in some if NUMBER.search(each.sort_key)]
        if keys:
            connection.execute(change, keys)


def _numbered(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0") or "0"
    nines, rest = divmod(len(digits), 9)
    return "9" * nines + str(rest) + digits


def _plain(number: re.Match[str]) -> str:
    nines = len(number[0]) - len(number[0].lstrip("9"))
    for tried in range(nines, -1, -1):
        length = tried * 9 + int(number[0][tried : tried + 1] or 0)
        digits = number[0][tried + 1 :]
        if len(digits) == length:
            return digits
    return number[0]
