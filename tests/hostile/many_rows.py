"""A large shop out of one game: its rows are copied below the operations, whatever columns they have."""

from typing import Any

from sqlalchemy import Table, insert, select, text

from shop.db import db

_CHUNK = 500


def many_games(count: int) -> list[int]:
    """As many games as the first one, each with its first edition, level and movement; the ids of the editions.

    The sums that the shop keeps beside them are not brought up to date.
    """
    tables = db.metadata.tables
    game, edition = tables["game"], tables["edition"]
    first_game, first_edition = _first(game), _first(edition)
    ids = range(100_000, 100_000 + count)
    _copy(game, first_game, ids, lambda n: {"title": f"Гра {n}", "slug": f"hra-{n}", "bgg_id": None})
    _copy(edition, first_edition, ids, lambda n: {"game_id": n, "sku": f"GK-{n}", "ean13": None})
    if db.session.scalar(text("SELECT count(*) FROM stock_movement")):
        level, movement = tables["stock_level"], tables["stock_movement"]
        _copy(level, _first(level), ids, lambda n: {"edition_id": n})
        _copy(movement, _first(movement), ids, lambda n: {"level_id": n, "idempotency_key": f"m-{n}"})
    _ids_go_on(*(tables[name] for name in ("game", "edition", "stock_level", "stock_movement")))
    return list(ids)


def many_movements(count: int) -> None:
    """As many movements as the first one, each with a long reason, so that a list of them is megabytes."""
    movement = db.metadata.tables["stock_movement"]
    ids = range(100_000, 100_000 + count)
    reason = "дуже довга причина " * 25
    _copy(movement, _first(movement), ids, lambda n: {"idempotency_key": f"m-{n}", "reason": reason})


def _first(table: Table) -> dict[str, Any]:
    with db.engine.connect() as connection:
        return dict(connection.execute(select(table).order_by(table.c.id).limit(1)).mappings().one())


def _copy(table: Table, row: dict[str, Any], ids: range, different: Any) -> None:
    with db.engine.begin() as connection:
        for begun in range(0, len(ids), _CHUNK):
            rows = [row | {"id": n} | different(n) for n in ids[begun : begun + _CHUNK]]
            connection.execute(insert(table), rows)


def _ids_go_on(*tables: Table) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    with db.engine.begin() as connection:
        for table in tables:
            name = table.name
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"))
