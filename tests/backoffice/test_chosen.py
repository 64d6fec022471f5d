"""What is done to editions that were ticked in a list: new prices and labels."""

import re
from collections.abc import Callable

from shop.catalog.models import Edition
from shop.db import db
from tests.clients import Browser
from tests.factories import EditionFactsFactory, editions_of, make_game, make_location, make_stock


def test_prices_of_the_games_that_were_ticked_are_previewed_and_changed(manager: Browser) -> None:
    chosen, other = (editions_of(make_game(title=title))[0] for title in ("Азул", "Бункер"))
    asked = manager.post("/admin/games/action/", data={"action": "reprice", "rowid": [chosen.game_id]}).text
    editions = re.search(r'name="editions"[^>]*value="([^"]*)"', asked)[1]
    assert editions == str(chosen.id)
    fields = {"editions": editions, "percent": "10", "rounding": "hryvnia", "reason": "курс"}
    preview = manager.post("/admin/prices/", data=fields).text
    assert ("Азул" in preview, "Бункер" in preview, "Змінити 1 ціну" in preview) == (True, False, True)
    sent = {
        "seen": re.search(r'name="seen" value="([^"]+)"', preview)[1],
        "previewed": re.search(r'name="previewed" value="([^"]+)"', preview)[1],
        "key": re.search(r'name="key" value="([^"]+)"', preview)[1],
    }
    assert manager.post("/admin/prices/apply/", data=fields | sent).status_code == 303
    db.session.rollback()
    assert [db.session.get_one(Edition, each.id).price for each in (chosen, other)] == [979, 890]


def test_labels_tell_title_price_and_bars_of_what_is_on_sale(manager: Browser) -> None:
    facts = EditionFactsFactory(sku="KARK-1", ean13="4006381333931")
    make_stock(editions_of(make_game(facts, title="Каркасон"))[0], make_location(), 3)
    game = make_game(title="Азул")
    from_levels = manager.post("/admin/levels/action/", data={"action": "labels", "rowid": [1]}).text
    assert "Каркасон" in from_levels
    assert "890\N{NO-BREAK SPACE}₴" in from_levels
    assert "4006381333931" in from_levels
    assert from_levels.count("<rect") == 30
    from_games = manager.post("/admin/games/action/", data={"action": "labels", "rowid": [game.id]}).text
    assert ("Азул" in from_games, "<rect" in from_games) == (True, False)


def test_who_may_not_change_prices_is_offered_labels_only(staff: Callable[[str], Browser]) -> None:
    make_stock(editions_of(make_game())[0], make_location(), 3)
    warehouse = staff("warehouse")
    page = warehouse.get("/admin/levels/").text
    assert ('value="labels"' in page, 'value="reprice"' in page) == (True, False)
    assert warehouse.post("/admin/levels/action/", data={"action": "reprice", "rowid": [1]}).status_code == 403
    assert warehouse.post("/admin/games/action/", data={"action": "hide", "rowid": [1]}).status_code == 403
