"""What is kept for everybody is never wrong, and nothing of one person is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from flask import Flask

from shop.accounts import operations as accounts
from shop.catalog.models import Category, Publisher
from shop.catalog.operations import editions, games, publishers, publishing, words
from shop.catalog.operations.pricing import reprice
from shop.catalog.rules.facts import EditionFacts
from shop.catalog.rules.prices import Rounding
from shop.db import db, transaction
from shop.stock import operations as stock
from tests.clients import Browser, browser
from tests.factories import (
    AT,
    SYSTEM,
    EditionFactsFactory,
    GameFactsFactory,
    editions_of,
    key,
    make_game,
    make_location,
    make_stock,
)
from web.fragments import fragments

BY = {"actor": SYSTEM, "at": AT}
NBSP = "\N{NO-BREAK SPACE}"


class Shown:
    """A shop with one game of a publisher and a category, two copies of it, and a shopper who has seen its pages."""

    def __init__(self, shopper: Browser) -> None:
        self.shopper = shopper
        with transaction():
            self.publisher_id = publishers.add_publisher("Ігромаг", **BY).id
            self.category_id = words.add_word(words.CATEGORIES, "Фентезі", name_en="Fantasy", **BY).id
        self.facts = {"publisher_id": self.publisher_id, "category_ids": frozenset({self.category_id})}
        self.game_id = make_game(EditionFactsFactory(price=Decimal(890)), title="Каркасон", **self.facts).id
        self.place = make_location()
        self.edition = editions_of(make_game(title="Інша", **self.facts))[0]
        self.edition_id = self.editions()[0].id
        make_stock(self.editions()[0], self.place, 5)
        for _ in range(2):
            self.pages()

    def editions(self) -> list:
        from shop.catalog.models import Game

        return editions_of(db.session.get_one(Game, self.game_id))

    def pages(self) -> tuple[str, str]:
        """The catalogue and the game's page, as the next request gets them."""
        return self.shopper.get("/").text, self.shopper.get("/games/karkason").text

    def version(self) -> int:
        from shop.catalog.models import Game

        return db.session.get_one(Game, self.game_id).version


@pytest.fixture
def shown(shopper: Browser) -> Shown:
    return Shown(shopper)


def _rename(shown: Shown) -> None:
    facts = GameFactsFactory(title="Каркасон 2", **shown.facts)
    games.change_game(shown.game_id, facts, version=shown.version(), **BY)


def _rename_category(shown: Shown) -> None:
    version = db.session.get_one(Category, shown.category_id).version
    words.rename_word(words.CATEGORIES, shown.category_id, "Казки", name_en="Tales", version=version, **BY)


def _rename_publisher(shown: Shown) -> None:
    version = db.session.get_one(Publisher, shown.publisher_id).version
    publishers.rename_publisher(shown.publisher_id, "Geekach", version=version, **BY)


def _write_off(shown: Shown, quantity: int) -> None:
    lines = [stock.Line(shown.edition_id, quantity)]
    stock.write_off(lines, location_id=shown.place.id, reason="Розлита кава", key=key(), **BY)


def _dearer(shown: Shown) -> None:
    edition = shown.editions()[0]
    facts = EditionFacts(id=edition.id, price=Decimal(950), sku=edition.sku, cost=edition.cost)
    facts_of_game = GameFactsFactory(title="Каркасон", **shown.facts)
    games.change_game(shown.game_id, facts_of_game, [facts], version=shown.version(), **BY)


def _reprice(shown: Shown) -> None:
    seen = {shown.edition_id: Decimal(890)}
    reprice(seen, percent=Decimal(10), rounding=Rounding.NINE, reason="курс", key=key(), **BY)


@pytest.mark.parametrize(
    ("deed", "on_list", "on_page"),
    [
        (_rename, ">Каркасон 2<", ">Каркасон 2<"),
        (_rename_category, '<option value="fentezi">Казки</option>', ">Казки</a>"),
        (_rename_publisher, "", "Geekach"),
        (_dearer, f"950{NBSP}₴", f"950{NBSP}₴"),
        (_reprice, f"979{NBSP}₴", f"979{NBSP}₴"),
        (lambda shown: _write_off(shown, 5), "немає в наявності", "немає в наявності"),
        (lambda shown: _write_off(shown, 4), "закінчується", "закінчується"),
        (
            lambda shown: editions.add_edition(shown.game_id, EditionFactsFactory(price=Decimal(700)), **BY),
            "від 700",
            "700",
        ),
        (lambda shown: editions.attach_barcode(shown.edition_id, "4006381333931", **BY), "", "4006381333931"),
    ],
)
def test_the_very_next_request_shows_what_has_changed(
    shown: Shown, deed: Callable[[Shown], object], on_list: str, on_page: str
) -> None:
    before = shown.pages()
    assert not (on_list and on_list in before[0].replace(">Інша<", "").split('class="games"')[1].split("</article>")[0])
    assert on_page not in before[1]
    with transaction():
        deed(shown)
    after = shown.pages()
    assert on_list in after[0]
    assert on_page in after[1]


def test_a_sold_out_game_that_comes_again_is_in_stock_at_once(shown: Shown) -> None:
    with transaction():
        _write_off(shown, 5)
    assert "немає в наявності" in shown.pages()[1]
    make_stock(shown.editions()[0], shown.place, 9)
    assert "немає в наявності" not in shown.pages()[1]


def test_a_hidden_game_is_gone_at_once_and_back_at_once(shown: Shown) -> None:
    with transaction():
        publishing.hide_game(shown.game_id, **BY)
    assert "Каркасон" not in shown.pages()[0]
    assert shown.shopper.get("/games/karkason").status_code == 404
    with transaction():
        publishing.publish_games([shown.game_id], **BY)
    assert "Каркасон" in shown.pages()[0]
    assert shown.shopper.get("/games/karkason").status_code == 200


def test_a_new_category_can_be_chosen_and_a_removed_one_not(shown: Shown) -> None:
    with transaction():
        word_id = words.add_word(words.CATEGORIES, "Пригоди", name_en="Adventure", **BY).id
    assert '<option value="pryhody">' in shown.pages()[0]
    with transaction():
        words.remove_word(words.CATEGORIES, word_id, **BY)
    assert '<option value="pryhody">' not in shown.pages()[0]


def test_a_deed_that_is_undone_changes_nothing_that_is_kept(shown: Shown) -> None:
    before = shown.pages()
    with pytest.raises(ZeroDivisionError), transaction():
        _rename(shown)
        raise ZeroDivisionError
    assert shown.pages() == before


def test_two_languages_do_not_mix(shown: Shown) -> None:
    for _ in range(2):
        assert '<html lang="uk">' in shown.shopper.get("/games/karkason").text
        assert '<html lang="en">' in shown.shopper.get("/en/games/karkason").text


def test_one_page_is_kept_however_its_address_is_spelled(shown: Shown) -> None:
    fragments().pages.empty()
    spellings = (
        "/?players=3&age=8",
        "/?age=8&players=3",
        "/?age=8&utm_source=x&players=3&page=1",
        "/?players=3&age=8&page=0",
    )
    answers = {shown.shopper.get(address).text for address in spellings}
    assert len(answers) == 1
    assert len(fragments().pages) == 1


def test_another_host_has_pages_of_its_own(shown: Shown) -> None:
    ours = shown.shopper.get("/games/karkason").text
    theirs = shown.shopper.get("/games/karkason", headers={"Host": "localhost:8080"}).text
    assert 'href="http://localhost:8080/games/karkason"' in theirs
    assert "localhost:8080" not in ours
    assert shown.shopper.get("/games/karkason").text == ours


def test_who_is_signed_in_gets_the_page_that_all_get(app: Flask, shown: Shown) -> None:
    from web.passwords import new_password

    with transaction():
        accounts.add_staff(
            "olena@example.com",
            name="Олена Власниця",
            password=new_password("kava-paperovyi-77"),
            roles=["owner"],
            **BY,
        )
    owner = browser(app)
    owner.sign_in("olena@example.com", "kava-paperovyi-77", remember="y")
    assert owner.is_signed_in()
    fragments().empty()
    seen = owner.get("/games/karkason")
    assert "Олена" not in seen.text
    assert "Set-Cookie" not in seen.headers
    anybody = browser(app).get("/games/karkason")
    assert anybody.data == seen.data
    assert "private" not in anybody.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/", "/?q=гра&players=3", "/en/", "/games/karkason", "/nope", "/robots.txt"])
def test_a_public_page_touches_no_session(shown: Shown, address: str) -> None:
    answer = shown.shopper.get(address)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_page_that_was_seen_is_not_sent_again(shown: Shown) -> None:
    for address in ("/", "/games/karkason"):
        first = shown.shopper.get(address)
        assert first.headers["Cache-Control"] == "public, max-age=0, s-maxage=1, stale-while-revalidate=5"
        again = shown.shopper.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert "Content-Security-Policy" in again.headers
    with transaction():
        _rename(shown)
    assert shown.shopper.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_many_addresses_do_not_fill_the_memory(shown: Shown) -> None:
    kept = fragments().pages
    bound = kept._most_bytes
    kept._most_bytes = 100_000
    try:
        for number in range(30):
            assert shown.shopper.get(f"/?q=нісенітниця {number}").status_code == 200
        assert 0 < kept.bytes_kept <= 100_000
        assert len(kept) < 30
    finally:
        kept._most_bytes = bound


def test_while_prices_change_nobody_is_shown_an_older_one_than_before(app: Flask, shown: Shown) -> None:
    """Readers at once with a writer: what a shopper sees never goes back."""

    def reads() -> list[int]:
        shopper, seen = browser(app), []
        for _ in range(25):
            page = shopper.get("/games/karkason").text
            seen += [price for price in range(1000, 1010) if f"1{NBSP}{price - 1000:03d}{NBSP}₴" in page][:1]
        return seen

    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(reads) for _ in range(4)]
        for price in range(1000, 1010):
            edition = shown.editions()[0]
            facts = EditionFacts(id=edition.id, price=Decimal(price), sku=edition.sku, cost=edition.cost)
            with transaction():
                games.change_game(
                    shown.game_id,
                    GameFactsFactory(title="Каркасон", **shown.facts),
                    [facts],
                    version=shown.version(),
                    **BY,
                )
        for reader in readers:
            assert reader.result() == sorted(reader.result())
    assert f"1{NBSP}009{NBSP}₴" in shown.pages()[1]
