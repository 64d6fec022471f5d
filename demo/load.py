"""Loading the demo: through the shop's own operations, once, with progress; run again it changes nothing."""

import csv
import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import click
from sqlalchemy import func, select

from demo.barcodes import house_barcode
from shop.accounts import operations as accounts
from shop.accounts.models import Account
from shop.audit.rules import Actor
from shop.catalog.models import Category, Edition, Game, Mechanic, Publisher
from shop.catalog.operations.games import add_game
from shop.catalog.operations.publishers import add_publisher
from shop.catalog.operations.words import CATEGORIES, MECHANICS, Vocabulary, add_word
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.facts import EditionFacts, GameFacts
from shop.db import db, transaction
from shop.stock import operations as stock
from shop.stock.models import Location, StockDocument
from shop.stock.operations import add_location, verify

FOLDER = Path(__file__).parent
LOADER = Actor.command("Демо")
PASSWORD = "komora-demo-2026"
PEOPLE = (
    ("owner@demo.example", "Олена Власниця", "owner"),
    ("manager@demo.example", "Марко Менеджер", "manager"),
    ("warehouse@demo.example", "Ірина Комірниця", "warehouse"),
    ("translator@demo.example", "Тарас Перекладач", "translator"),
    ("viewer@demo.example", "Віра Спостерігачка", "viewer"),
)
PLACES = ("Основний склад", "Крамниця на Подолі")
BATCH = 100
HISTORY_DAYS = 90
NEW_GAMES = 24
"""The last games of the file have been added this week, and none of their boxes has come yet."""
Row = dict[str, str]


def load(*, at: datetime, password: accounts.NewPassword) -> None:
    """Make everything that isn't there yet, in the order of its time: the shop is 90 days old."""
    opened = at - timedelta(days=HISTORY_DAYS + 1)
    with transaction():
        people = _people(opened, password)
        places = _places(opened)
    _words(opened)
    games, by_key = list(_rows("games")), dict[str, int]()
    _games(games[:-NEW_GAMES], by_key, opened)
    _stock(at, people, places)
    _games(games[-NEW_GAMES:], by_key, at - timedelta(days=3))
    verify(at=at)


def _people(at: datetime, password: accounts.NewPassword) -> dict[str, Actor]:
    known = {account.email: account for account in db.session.scalars(select(Account))}
    for email, name, role in PEOPLE:
        if email not in known:
            known[email] = accounts.add_staff(email, name=name, password=password, roles=[role], actor=LOADER, at=at)
            accounts.set_demo_password(known[email].id, password)
    return {role: known[email].actor for email, _, role in PEOPLE}


def _places(at: datetime) -> list[int]:
    known = {location.name: location.id for location in db.session.scalars(select(Location))}
    return [known.get(name) or add_location(name, actor=LOADER, at=at).id for name in PLACES]


def _words(at: datetime) -> None:
    with transaction():
        for words in (CATEGORIES, MECHANICS):
            known = set(db.session.scalars(select(words.table.name)))
            for row in _rows(f"{words.link.name.removeprefix('game_')}"):
                if row["name_uk"] not in known:
                    add_word(words, row["name_uk"], name_en=row["name_en"], actor=LOADER, at=at)
        known_publishers = set(db.session.scalars(select(Publisher.name)))
        for name in dict.fromkeys(row["publisher"] for row in _rows("games") if row["publisher"]):
            if name not in known_publishers:
                add_publisher(name, actor=LOADER, at=at)


def _games(rows: Sequence[Row], by_key: dict[str, int], at: datetime) -> None:
    """Games in the order of the file: base games stand before their expansions."""
    editions: dict[str, list[EditionFacts]] = {}
    for number, row in enumerate(_rows("editions")):
        editions.setdefault(row["game_key"], []).append(_edition(row, number))
    publishers = {name: publisher_id for publisher_id, name in _ids(Publisher)}
    categories, mechanics = _english(CATEGORIES), _english(MECHANICS)
    present = {title: game_id for game_id, title in db.session.execute(select(Game.id, Game.title))}
    with click.progressbar(length=len(rows), label="games") as progress:
        for start in range(0, len(rows), BATCH):
            with transaction():
                for row in rows[start : start + BATCH]:
                    if row["title_uk"] not in present:
                        facts = _facts(row, publishers, categories, mechanics, by_key)
                        of_game = editions.get(row["key"], ())
                        game = add_game(facts, of_game, publish=bool(of_game), actor=LOADER, at=at)
                        present[row["title_uk"]] = game.id
                    by_key[row["key"]] = present[row["title_uk"]]
            progress.update(len(rows[start : start + BATCH]))


def _stock(at: datetime, people: dict[str, Actor], places: list[int]) -> None:
    """Deliveries of 90 days, a few losses and transfers: a history to explain. Always the same one."""
    if db.session.scalar(select(func.count()).select_from(StockDocument)):
        return
    chance = random.Random(20260301)
    editions = [(edition.id, edition.price) for edition in db.session.scalars(select(Edition).order_by(Edition.id))]
    chance.shuffle(editions)
    deliveries = [editions[start : start + 28] for start in range(0, len(editions), 28)]
    with click.progressbar(list(enumerate(deliveries)), label="stock") as progress:
        for number, delivery in progress:
            age = HISTORY_DAYS * (1 - number / len(deliveries))
            moment = at - timedelta(days=age, hours=chance.randint(0, 6))
            with transaction():
                _delivery(number, delivery, chance, moment, people, places)


def _delivery(
    number: int,
    delivery: list[tuple[int, Decimal]],
    chance: random.Random,
    moment: datetime,
    people: dict[str, Actor],
    places: list[int],
) -> None:
    lines = [
        stock.Line(edition_id, chance.choice([1, 2, 3, 4, 6, 8, 12, 24]), _cost(price))
        for edition_id, price in delivery
        if chance.random() < 0.86
    ]
    stock.receive(
        lines,
        location_id=places[0],
        reference=f"Накладна {1200 + number}",
        key=f"demo-receipt-{number}",
        actor=people["warehouse"],
        at=moment,
    )
    moved = [stock.Line(line.edition_id, line.quantity // 3) for line in lines if line.quantity >= 6]
    if moved:
        stock.transfer(
            moved,
            from_location_id=places[0],
            to_location_id=places[1],
            reason="Поповнення вітрини",
            key=f"demo-transfer-{number}",
            actor=people["warehouse"],
            at=moment + timedelta(hours=2),
        )
    if number % 4 == 1:
        stock.write_off(
            [stock.Line(lines[0].edition_id, 1)],
            location_id=places[0],
            reason="Пошкоджена коробка",
            key=f"demo-loss-{number}",
            actor=people["manager"],
            at=moment + timedelta(hours=3),
        )


def _cost(price: Decimal) -> Decimal:
    """About 62 % of the price: an invented margin, the same for all."""
    return (price * 62 / 100).quantize(Decimal(1))


def _facts(
    row: Row,
    publishers: dict[str, int],
    categories: dict[str, int],
    mechanics: dict[str, int],
    by_key: dict[str, int],
) -> GameFacts:
    return GameFacts(
        title=row["title_uk"],
        title_original=row["title_original"],
        publisher_id=publishers.get(row["publisher"]),
        year=_whole(row["year"]),
        min_players=_whole(row["min_players"]),
        max_players=_whole(row["max_players"]),
        best_players=_whole(row["best_players"]),
        min_minutes=_whole(row["min_minutes"]),
        max_minutes=_whole(row["max_minutes"]),
        min_age=_whole(row["min_age"]),
        weight=Decimal(row["weight"]) if row["weight"] else None,
        bgg_id=_whole(row["bgg_id"]),
        is_expansion=row["kind"] == "expansion",
        base_game_id=by_key.get(row["base_key"]),
        category_ids=frozenset(categories[name] for name in _several(row["categories"])),
        mechanic_ids=frozenset(mechanics[name] for name in _several(row["mechanics"])),
        designers=tuple(_several(row["designers"])),
    )


def _edition(row: Row, number: int) -> EditionFacts:
    price = Decimal(row["price_uah"])
    return EditionFacts(
        price=price,
        cost=_cost(price),
        language=Language(row["language"]),
        condition=Condition(row["condition"]),
        ean13=row["ean13"] or house_barcode(number),
    )


def _english(words: Vocabulary) -> dict[str, int]:
    table: type[Category] | type[Mechanic] = words.table
    return {name: word_id for word_id, name in db.session.execute(select(table.id, table.name_en))}


def _ids(table: type[Publisher]) -> Iterator[tuple[int, str]]:
    for row in db.session.execute(select(table.id, table.name)):
        yield row[0], row[1]


def _rows(name: str) -> Iterator[Row]:
    file = {"category": "categories", "mechanic": "mechanics"}.get(name, name)
    with (FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _several(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None
