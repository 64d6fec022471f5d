"""A shop that has something of each kind: games on sale, sold out and hidden, documents, prices, people, a check."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from shop.accounts import operations as accounts
from shop.accounts.operations.roles import add_role
from shop.accounts.rules import Permission
from shop.catalog.models import Edition
from shop.catalog.operations import publishers, publishing, words
from shop.catalog.operations.pricing import reprice
from shop.catalog.rules.editions import Condition, Language
from shop.catalog.rules.prices import Rounding
from shop.db import transaction
from shop.stock import operations as stock
from shop.stock.operations import verify
from tests.factories import SYSTEM, EditionFactsFactory, editions_of, key, make_game, make_location, make_stock
from web.passwords import new_password


def furnish(password: str) -> None:
    """Make it; `owner@x.ua` signs in with this password."""
    by: dict[str, Any] = {"actor": SYSTEM, "at": datetime.now(UTC)}
    new, _box = _games(by)
    _stock(new, by)
    hashed = new_password(password)
    with transaction():
        seen = {new.id: Decimal(890)}
        reprice(seen, percent=Decimal(10), rounding=Rounding.NINE, reason="курс", key=key(), **by)
        add_role("Пакувальник", permissions=[Permission.STOCK_READ], **by)
        for role in ("owner", "warehouse"):
            accounts.add_staff(f"{role}@x.ua", name="Олена Бондар", password=hashed, roles=[role], **by)
    verify(at=by["at"])


def _games(by: dict[str, Any]) -> list[Edition]:
    with transaction():
        publisher_id = publishers.add_publisher("Feelindigo", **by).id
        category_id = words.add_word(words.CATEGORIES, "Фентезі", name_en="Fantasy", **by).id
        mechanic_id = words.add_word(words.MECHANICS, "Плитки", name_en="Tile placement", **by).id
    base = make_game(
        EditionFactsFactory(sku="KARK-1", ean13="4006381333931"),
        EditionFactsFactory(price=Decimal("1299.50"), condition=Condition.OPEN_BOX, language=Language.ENGLISH),
        title="Каркасон",
        title_original="Carcassonne",
        publisher_id=publisher_id,
        category_ids=frozenset({category_id}),
        mechanic_ids=frozenset({mechanic_id}),
        designers=("Клаус-Юрген Вреде",),
        weight=Decimal("1.9"),
        best_players=2,
        year=2000,
        description="Викладайте плитки й ставте міплів.",
        bgg_id=822,
    )
    make_game(title="Мисливці", is_expansion=True, base_game_id=base.id)
    make_game(title="Дика", min_players=None, max_players=None, min_minutes=None, max_minutes=None, min_age=None)
    hidden = make_game(title="Схована")
    with transaction():
        publishing.hide_games([hidden.id], **by)
    for number in range(25):
        make_game(title=f"Гра {number}")
    return editions_of(base)


def _stock(edition: Edition, by: dict[str, Any]) -> None:
    place, other = make_location("Основний склад"), make_location("Вітрина")
    make_stock(edition, place, 50)
    lines = [stock.Line(edition.id, 3)]
    with transaction():
        wrong = stock.write_off(lines, location_id=place.id, reason="не та коробка", key=key(), **by).id
        stock.reverse(wrong, reason="коробка знайшлася", key=key(), **by)
        stock.transfer(lines, from_location_id=place.id, to_location_id=other.id, key=key(), **by)
