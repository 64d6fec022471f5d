"""Alembic's entry: runs the numbered migrations on the application's own engine, in one transaction."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, text

from shop.columns import EnumText, Hundredths, Money, UtcTime
from shop.db import db
from shop.migrations import immutable

ADVISORY_LOCK = 1_203_998_213  # any number of our own: two containers that start together migrate one after the other


def render_item(kind: str, item: Any, _autogen: object) -> str | Literal[False]:
    """Our column types as the plain ones that they store: an old migration must not change when the code does."""
    if kind != "type":
        return False
    plain = {UtcTime: "sa.DateTime(timezone=True)", Money: "sa.BigInteger()", Hundredths: "sa.Integer()"}
    return "sa.String(length=40)" if isinstance(item, EnumText) else plain.get(type(item), False)


def run(connection: Connection) -> None:
    """Migrate, holding off a second migrator."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET lock_timeout = 0"))  # whoever migrates second waits as long as it takes
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        connection.commit()
    else:
        # rebuilding a table would cascade into its children; a PRAGMA is ignored inside a transaction
        connection.connection.execute("PRAGMA foreign_keys=OFF")
        connection.execution_options(sqlite_begin="IMMEDIATE")
    try:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            transactional_ddl=True,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
            if immutable.missing(connection):
                immutable.renew(connection)
        connection.commit()
    finally:
        connection.rollback()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
            connection.commit()
        else:
            connection.connection.execute("PRAGMA foreign_keys=ON")


if context.is_offline_mode():
    raise SystemExit("Migrations run on a database, not into a script.")
with db.engine.connect() as _connection:
    run(_connection)
