"""Pages of the catalogue."""

from decimal import Decimal

import pytest
from flask import Flask

from shop.catalog.rules.wishes import Sort, Wish
from shop.db import reading
from shop.pages import catalogue
from shop.pages.cards import Card
from shop.pages.catalogue import Counts, catalogue_page, counts_of
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock


def _page(wish: Wish, number: int = 1) -> list[Card]:
    with reading() as connection:
        counts = counts_of(wish, connection=connection)
        return list(catalogue_page(wish, number=number, counts=counts, connection=connection).cards)


def test_a_card_has_what_the_public_sees(app: Flask) -> None:
    game = make_game(EditionFactsFactory(price=Decimal(900)), EditionFactsFactory(price=Decimal(890)), title="Гра")
    make_stock(editions_of(game)[0], make_location(), 1)
    assert _page(Wish()) == [Card(game.id, "Гра", "hra", False, 2, 4, 30, 45, 8, Decimal(890), True, 2, False)]


@pytest.mark.parametrize(
    ("sort", "order"), [(Sort.TITLE, "абвгґ"), (Sort.CHEAP, "вбагґ"), (Sort.DEAR, "абвґг"), (Sort.NEW, "вбаґг")]
)
def test_in_stock_come_first_in_any_order_and_pages_go_on_where_the_last_one_ended(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sort: Sort, order: str
) -> None:
    monkeypatch.setattr(catalogue, "PER_PAGE", 2)
    place = make_location()
    for title, price in (("а", 300), ("б", 200), ("в", 100), ("г", 100), ("ґ", 200)):
        game = make_game(EditionFactsFactory(price=Decimal(price)), title=title)
        if title in "абв":
            make_stock(editions_of(game)[0], place, 1)
    pages = [[card.title for card in _page(Wish(sort=sort), number)] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert "".join(sum(pages, [])) == order
    assert _page(Wish(sort=sort), 99) == _page(Wish(sort=sort), 3)


def test_more_than_can_be_paged_to_are_not_counted(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "MOST", 3)
    for number in range(5):
        make_game(title=f"Гра {number}")
    with reading() as connection:
        counts = counts_of(Wish(), connection=connection)
    assert counts == Counts(in_stock=0, out=4)
    assert (counts.total, counts.more) == (3, True)


def test_who_wants_only_what_is_in_stock_counts_only_that(app: Flask) -> None:
    make_game()
    with reading() as connection:
        assert counts_of(Wish(available=True), connection=connection) == Counts(in_stock=0, out=0)
        assert counts_of(Wish(), connection=connection) == Counts(in_stock=0, out=1)


def test_two_wishes_of_one_shape_find_each_its_own(app: Flask) -> None:
    make_game(title="Для двох", min_players=1, max_players=2, min_age=6)
    make_game(title="Для пʼятьох", min_players=3, max_players=5, min_age=12)
    found = [[card.title for card in _page(Wish(players=players, age=14))] for players in (2, 5, 1, 9)]
    assert found == [["Для двох"], ["Для пʼятьох"], ["Для двох"], []]
    assert [card.title for card in _page(Wish(players=2, age=5))] == []
