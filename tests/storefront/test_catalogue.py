"""The catalogue that the public sees."""

from decimal import Decimal

import pytest

from shop.catalog.rules.editions import Language
from tests.clients import Browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock
from tests.statements import counted


def test_ukrainian_whatever_the_browser_asks_and_english_by_choice(shopper: Browser) -> None:
    for asked in ("ru", "en", "de;q=0.9"):
        assert '<html lang="uk">' in shopper.get("/", headers={"Accept-Language": asked}).text
    assert '<html lang="en">' in shopper.get("/en/").text


def test_a_page_costs_at_most_five_statements_and_a_kept_one_a_single_one(shopper: Browser) -> None:
    place = make_location()
    for number in range(30):
        make_stock(editions_of(make_game(title=f"Гра {number}"))[0], place, 1 + number % 3)
    for address in ("/", "/?page=2", "/?q=гра&players=3&sort=cheap"):
        with counted() as statements:
            assert shopper.get(address).status_code == 200
        assert len(statements) <= 5, statements
        with counted() as statements:
            assert shopper.get(address).status_code == 200
        assert len(statements) == 1, statements


def test_games_in_stock_come_first_and_only_they_when_asked(shopper: Browser) -> None:
    make_game(title="Абетка")
    make_stock(editions_of(make_game(title="Яр"))[0], make_location(), 1)
    page = shopper.get("/").text
    assert page.index(">Яр<") < page.index(">Абетка<")
    assert "Абетка" not in shopper.get("/?available=1").text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("players=3", {"Каркасон", "Дика"}),
        ("players=6", {"Дика"}),
        ("minutes=45", {"Каркасон"}),
        ("age=8", {"Каркасон"}),
        ("weight=light", {"Каркасон"}),
        ("price_to=900", {"Каркасон"}),
        ("price_from=1 000,50", {"Дика"}),
        ("expansions=1", set()),
        ("edition_language=en", {"Дика"}),
        ("q=карк", {"Каркасон"}),
        ("category=nope", set()),
        ("players=abc&minutes=-1&weight=zz&page=zz", {"Каркасон", "Дика"}),
    ],
)
def test_filters_think_as_players_do(shopper: Browser, asked: str, found: set[str]) -> None:
    make_game(title="Каркасон", weight=Decimal("1.9"))
    heavy = {"max_players": 6, "min_minutes": 90, "max_minutes": 120, "min_age": 14, "weight": Decimal("3.5")}
    make_game(EditionFactsFactory(price=Decimal(1500), language=Language.ENGLISH), title="Дика", **heavy)
    page = shopper.get(f"/?{asked}").text
    assert {title for title in ("Каркасон", "Дика") if f">{title}<" in page} == found


def test_what_is_asked_is_told_and_can_be_taken_back_one_by_one(shopper: Browser) -> None:
    make_game(title="Каркасон")
    page = shopper.get("/?players=3&price_to=900&expansions=0").text
    assert 'href="/?expansions=0&amp;price_to=900" aria-label="Зняти фільтр: 3\N{NO-BREAK SPACE}гравці"' in page
    assert "до 900\N{NO-BREAK SPACE}₴ ×" in page
    assert '<input type="hidden" name="players" value="3">' in page
    assert 'href="/en/?players=3&amp;expansions=0&amp;price_to=900" lang="en"' in page


def test_a_parameter_that_means_nothing_is_not_carried_on(shopper: Browser) -> None:
    for number in range(30):
        make_game(title=f"Гра {number}")
    page = shopper.get("/?utm_source=x&players=3&endpoint=1&_method=POST").text
    assert "utm_source" not in page
    assert 'rel="next" href="/?players=3&amp;page=2"' in page
    assert shopper.get("/?category=%00").status_code == 400


def test_the_language_of_editions_is_not_the_language_of_the_page(shopper: Browser) -> None:
    for number in range(30):
        make_game(EditionFactsFactory(language=Language.ENGLISH), title=f"Гра {number}")
    page = shopper.get("/?edition_language=en").text
    assert '<html lang="uk">' in page
    assert "/?edition_language=en&amp;page=2" in page


def test_a_search_keeps_the_filters_and_filters_keep_the_search(shopper: Browser) -> None:
    make_game(title="Каркасон")
    page = shopper.get("/?q=карк&players=3&available=1&sort=cheap").text
    search, filters = page.split('<form class="search"')[1].split("</form>")[0], page.split('<form method="get"')[1]
    for name, value in (("players", "3"), ("available", "1"), ("sort", "cheap")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in search
    assert search.count('name="q"') == 1
    assert '<input type="hidden" name="q" value="карк">' in filters
    assert 'type="hidden"' not in shopper.get("/games/karkason").text


def test_a_pick_leads_to_a_page_whose_panel_is_open(shopper: Browser) -> None:
    page = shopper.get("/?players=3").text
    assert 'href="/?players=3&amp;minutes=45#filters"' in page
    assert '<a href="/#filters" aria-current="true">3</a>' in page


def test_searchers_know_a_page_by_whole_addresses(shopper: Browser) -> None:
    for number in range(30):
        make_game(title=f"Гра {number}")
    page = shopper.get("/?utm_source=x&page=2&players=3").text
    assert '<link rel="canonical" href="http://localhost/?players=3&amp;page=2">' in page
    assert '<link rel="alternate" hreflang="en" href="http://localhost/en/?players=3&amp;page=2">' in page
    assert '<link rel="alternate" hreflang="x-default" href="http://localhost/?players=3&amp;page=2">' in page
    assert '<link rel="canonical" href="http://localhost/en/">' in shopper.get("/en/").text


def test_cards_tell_of_the_edition_asked_for_and_lead_to_it(shopper: Browser) -> None:
    english = EditionFactsFactory(price=Decimal(1500), language=Language.ENGLISH)
    make_stock(editions_of(make_game(EditionFactsFactory(), english, title="Каркасон"))[0], make_location(), 9)
    page = shopper.get("/?edition_language=en").text
    assert 'href="/games/karkason?edition_language=en"' in page
    assert "немає в наявності" in page
    assert "Каркасон" not in shopper.get("/?edition_language=en&available=1").text
    assert "Каркасон" not in shopper.get("/?edition_language=en&price_to=1000").text
    assert 'href="/games/karkason"' in shopper.get("/").text


def test_a_search_that_finds_nothing_can_be_tried_without_filters(shopper: Browser) -> None:
    make_game(title="Каркасон")
    page = shopper.get("/?q=карк&players=9").text
    assert '<a class="btn" href="/?q=%D0%BA%D0%B0%D1%80%D0%BA">Шукати «карк» без фільтрів</a>' in page


def test_nobody_writes_markup_into_a_page(shopper: Browser) -> None:
    make_game(title="<script>alert(1)</script>")
    assert "<script>alert" not in shopper.get("/").text
    assert "<script>alert" not in shopper.get("/?q=<script>alert(1)</script>").text


def test_when_nothing_is_found_a_way_back_is_offered(shopper: Browser) -> None:
    page = shopper.get("/en/?q=nothing").text
    assert "No games found" in page
    assert '<a class="btn primary" href="/en/">' in page
