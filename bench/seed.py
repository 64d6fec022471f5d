"""A large shop, always the same one: games with words, editions and levels, and a long history of movements."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import text

from shop.catalog.rules.spelling import sort_key, terms
from shop.db import db
from shop.stock.rules import trading_day

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [
    "каркасон",
    "місто",
    "замок",
    "дракон",
    "острів",
    "ліс",
    "море",
    "зірка",
    "марс",
    "корона",
    "меч",
    "шлях",
    "скарб",
    "вітер",
    "таємниця",
    "лабіринт",
    "гра",
    "карта",
    "кубик",
    "король",
    "лицар",
    "торгівля",
    "колонія",
    "виноград",
    "порт",
    "фабрика",
    "поле",
    "сад",
    "музей",
    "шпигун",
    "детектив",
]


def seed(*, games: int, movements: int) -> None:
    """Fill a migrated, empty database: one edition for each game at two locations, movements spread evenly."""
    chance = random.Random(20260301)
    titles = [f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}".capitalize() for number in range(1, games + 1)]
    _bulk("location", ("id", "name", "sort_key", "version"), [(1, "Склад", "s", 1), (2, "Зала", "z", 1)])
    _bulk(
        "publisher",
        ("id", "name", "key", "sort_key", "version"),
        ((n, f"В{n}", f"v{n}", f"{n:05}", 1) for n in range(1, 201)),
    )
    levels = 2 * games
    per_level = movements // levels
    _bulk("game", _GAME, (_game(number, titles[number - 1], chance) for number in range(1, games + 1)))
    _bulk("game_term", ("term", "game_id"), _terms(titles))
    _bulk("edition", _EDITION, (_edition(number) for number in range(1, games + 1)))
    held = (per_level, 0, 0, 0, 2, per_level * 10_000)
    documents = movements // 1000 or 1
    booked = per_level * levels
    last = (_document_of((per_level - 1) * levels + n, booked, documents) * 60 for n in range(1, levels + 1))
    _bulk("stock_level", _LEVEL, ((n, -(-n // 2), 2 - n % 2, *held, _at(at)) for n, at in enumerate(last, 1)))
    _bulk("stock_total", _TOTAL, ((place, per_level * games, games, per_level * games * 10_000) for place in (1, 2)))
    _bulk(
        "stock_document",
        _DOCUMENT,
        (
            (n, "receipt", f"d{n}", "", "", "", "", "command", "Постачання", _at(n * 60))
            for n in range(1, documents + 1)
        ),
    )
    _bulk("stock_movement", _MOVEMENT, _movements(levels, per_level * levels, documents))
    _bulk("stock_day", _DAY, _days(levels, per_level * levels, documents))
    if db.engine.dialect.name == "postgresql":
        for table in ("location", "publisher", "game", "edition", "stock_level", "stock_document", "stock_movement"):
            _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    _tidy()


_GAME = ("id", "title", "title_original", "slug", "publisher_id", "year", "min_players", "max_players", "min_minutes")
_GAME += ("max_minutes", "min_age", "weight", "description", "is_expansion", "price_from", "in_stock", "sort_key")
_GAME += ("created_at", "updated_at", "version", "state", "was_in_stock")
_EDITION = ("id", "game_id", "language", "condition", "printing", "sku", "price", "cost", "vat_rate", "low_stock_at")
_EDITION += ("created_at", "version")
_LEVEL = ("id", "edition_id", "location_id", "on_hand", "allocated", "held", "oversell_cap", "low_at", "value")
_LEVEL += ("last_moved_at",)
_TOTAL = ("location_id", "copies", "editions", "value")
_DAY = ("day", "location_id", "came", "went", "receipts")
_DOCUMENT = ("id", "kind", "idempotency_key", "reference", "reason", "source_kind", "source_key", "actor_kind")
_DOCUMENT += ("actor_name", "occurred_at")
_MOVEMENT = ("id", "level_id", "document_id", "kind", "quantity", "balance_after", "unit_cost", "value", "reason")
_MOVEMENT += ("actor_kind", "actor_name", "occurred_at", "idempotency_key")


def _game(number: int, title: str, chance: random.Random) -> tuple[Any, ...]:
    price = 20_000 + number * 7919 % 300_000
    minutes = chance.choice((15, 30, 45, 60, 90))
    facts = (2, chance.randint(2, 6), minutes, minutes + 15, chance.choice((6, 8, 10, 14)), 100 + number * 37 % 400)
    shown = ("", False, price, True, sort_key(title), _at(number), _at(number), 1, "on_sale", True)
    return (number, title, "", f"g-{number}", 1 + number % 200, 2000 + number % 27, *facts, *shown)


def _edition(number: int) -> tuple[Any, ...]:
    price = 20_000 + number * 7919 % 300_000
    return (number, number, "uk", "new", "", f"GK-{number:06}-UK", price, 10_000, "none", 2, _at(number), 1)


def _terms(titles: Sequence[str]) -> Iterator[tuple[str, int]]:
    for number, title in enumerate(titles, 1):
        yield from ((term, number) for term in terms(title, f"GK-{number:06}-UK"))


def _movements(levels: int, movements: int, documents: int) -> Iterator[tuple[Any, ...]]:
    for number in range(1, movements + 1):
        document = _document_of(number, movements, documents)
        level, balance = 1 + (number - 1) % levels, 1 + (number - 1) // levels
        yield (
            number,
            level,
            document,
            "receipt",
            1,
            balance,
            10_000,
            10_000,
            "",
            "command",
            "Постачання",
            _at(document * 60),
            f"m{number}",
        )


def _days(levels: int, movements: int, documents: int) -> Iterator[tuple[Any, ...]]:
    """What the movements sum up to: each is one copy that came, at the first location if its level's number is odd."""
    came: Counter[tuple[date, int]] = Counter()
    for number in range(1, movements + 1):
        document = _document_of(number, movements, documents)
        came[trading_day(_at(document * 60)), 2 - (1 + (number - 1) % levels) % 2] += 1
    yield from ((day, place, count, 0, count) for (day, place), count in came.items())


def _document_of(movement: int, movements: int, documents: int) -> int:
    return min(1 + movement * documents // movements, documents)


def _at(seconds: int) -> datetime:
    return START + timedelta(seconds=seconds)


def _bulk(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert past the ORM: `executemany` on SQLite, COPY on PostgreSQL. What isn't given gets an empty value."""
    more = _empty_values(table, columns)
    names, filled = [*columns, *more], ((*row, *more.values()) for row in rows)
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        if db.engine.dialect.name == "sqlite":
            cursor.execute("BEGIN")
            marks = ", ".join("?" * len(names))
            cursor.executemany(
                f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", (_plain(row) for row in filled)
            )
        else:
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in filled:
                    copy.write_row(row)
        connection.commit()
    finally:
        connection.close()


def _empty_values(table: str, given: Sequence[str]) -> dict[str, Any]:
    """For the columns that must have a value and get none: a command's name for doers, else zero or nothing."""
    values: dict[str, Any] = {}
    for column in db.metadata.tables[table].columns:
        if column.name not in given and not column.nullable and not column.primary_key:
            is_text = column.type.python_type is str
            values[column.name] = "command" if column.name == "actor_kind" else "" if is_text else 0
    return values


def _plain(row: Sequence[Any]) -> list[Any]:
    return [f"{value:%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value for value in row]


def _tidy() -> None:
    """What autovacuum does by itself after a while."""
    connection = db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    with connection:
        for statement in ("VACUUM ANALYZE", "CHECKPOINT") if db.engine.dialect.name == "postgresql" else ("ANALYZE",):
            connection.execute(text(statement))


def _run(statement: str) -> None:
    with db.engine.begin() as connection:
        connection.execute(text(statement))
