"""The triggers by which rows of what has happened can't be changed, deleted or replaced; made anew after migrations.

A batch migration on SQLite builds its table anew and loses its triggers, so every run of migrations ends in `renew`.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, inspect, text

TABLES = (
    "audit_entry",
    "older_stock",
    "price_batch",
    "price_change",
    "stock_check",
    "stock_document",
    "stock_movement",
)
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def missing(connection: Connection) -> list[str]:
    """The triggers that immutable tables should have and don't, as `table.trigger`."""
    present = _present(connection)
    wanted = [f"{table}.{name}" for table, name, _ in _triggers(connection)]
    return [name for name in wanted if name not in present]


def lift(connection: Connection) -> None:
    """Take all triggers away, for a migration that has to write into what has happened."""
    for trigger in _present(connection):
        table, name = trigger.split(".")
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER {name}{on}"))


def renew(connection: Connection) -> None:
    """Make all triggers anew, for the tables that there are."""
    lift(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text(_POSTGRES_FUNCTION))
    for _, _, statement in _triggers(connection):
        connection.execute(text(statement))


def _triggers(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Each trigger that should be there: table, name and the statement that makes it."""
    there = set(inspect(connection).get_table_names())
    for table in TABLES:
        if table not in there:
            continue
        if connection.dialect.name == "postgresql":
            yield from _postgres(table)
        else:
            yield from _sqlite(connection, table)


def _postgres(table: str) -> Iterator[tuple[str, str, str]]:
    for name, deed, each in (("change", "UPDATE OR DELETE", "ROW"), ("truncate", "TRUNCATE", "STATEMENT")):
        trigger = f"{table}_no_{name}"
        made = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {table} FOR EACH {each} EXECUTE FUNCTION refuse_change()"
        yield table, trigger, made


def _sqlite(connection: Connection, table: str) -> Iterator[tuple[str, str, str]]:
    refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
    for deed in ("update", "delete"):
        trigger = f"{table}_no_{deed}"
        yield table, trigger, f"CREATE TRIGGER {trigger} BEFORE {deed.upper()} ON {table} {refusal}"
    trigger = f"{table}_no_replace"
    same = " OR ".join(" AND ".join(f"{name} = NEW.{name}" for name in key) for key in _keys(connection, table))
    when = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
    # INSERT OR REPLACE deletes the row in its way, and without recursive_triggers no DELETE trigger sees it
    yield table, trigger, f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} {when} {refusal}"


def _keys(connection: Connection, table: str) -> list[list[str]]:
    """All sets of columns that no two rows share."""
    inspector = inspect(connection)
    primary = [str(name) for name in inspector.get_pk_constraint(table)["constrained_columns"]]
    unique = [[str(name) for name in each["column_names"]] for each in inspector.get_unique_constraints(table)]
    return [primary, *sorted(unique)]


def _present(connection: Connection) -> set[str]:
    """The triggers of immutable tables that there are, as `table.trigger`."""
    if connection.dialect.name == "postgresql":
        rows = "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal"
    else:
        rows = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    return {f"{table}.{name}" for table, name in connection.execute(text(rows)) if table in TABLES}
