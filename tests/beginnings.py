"""The beginning of a PostgreSQL database: its first rows, kept in a schema beside it, and how they are put back."""

from collections.abc import Mapping, Sequence

from psycopg import Connection, sql

KEPT = "beginning"
_TABLES = """
SELECT c.relname, array_agg(a.attname ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
# a change of a table, a column, an index, a trigger or a function writes its row of these anew, under another xmin
_DESCRIPTION = " UNION ALL ".join(
    f"SELECT count(*), sum(xmin::text::bigint) FROM {table} WHERE {of} >= 16384"
    for table, of in (
        ("pg_class", "oid"),
        ("pg_attribute", "attrelid"),
        ("pg_trigger", "oid"),
        ("pg_constraint", "oid"),
        ("pg_proc", "oid"),
    )
)
Tables = Mapping[str, Sequence[str]]
Sequences = Mapping[str, int | None]


def keep(connection: Connection) -> tuple[Tables, Sequences]:
    """Copy the rows of each table that has any; (each table's columns, each sequence's last value)."""
    with connection:
        tables = {str(name): list(columns) for name, columns in connection.execute(_TABLES)}
        connection.execute(f"CREATE SCHEMA {KEPT}")
        for name in tables:
            here, there = sql.Identifier("public", name), sql.Identifier(KEPT, name)
            if connection.execute(sql.SQL("SELECT EXISTS (TABLE {})").format(here)).fetchone() == (True,):
                connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(there, here))
        return tables, dict(connection.execute(_SEQUENCES).fetchall())


def description(connection: Connection) -> object:
    """What tells one state of the tables themselves from another."""
    return connection.execute(_DESCRIPTION).fetchall()


def put_back(connection: Connection, tables: Tables, sequences: Sequences) -> None:
    """Make every table hold its first rows again, past triggers and foreign keys, in one transaction."""
    kept = {name for (name,) in connection.execute(f"SELECT tablename FROM pg_tables WHERE schemaname = '{KEPT}'")}
    steps = [sql.SQL("SET LOCAL session_replication_role = replica")]
    steps += [sql.SQL("DELETE FROM {}").format(sql.Identifier("public", name)) for name in tables]
    for name in kept:
        columns = sql.SQL(", ").join(map(sql.Identifier, tables[name]))
        steps.append(
            sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}").format(
                sql.Identifier("public", name), columns, columns, sql.Identifier(KEPT, name)
            )
        )
    for name, last in sequences.items():
        whole = sql.Literal(sql.Identifier("public", name).as_string(connection))
        steps.append(sql.SQL("SELECT setval({}, {}, {})").format(whole, sql.Literal(last or 1), last is not None))
    with connection.transaction():
        connection.execute(sql.SQL("; ").join(steps))
